//! The records of a workspace as the files that other products import: for those who have outgrown a browser.
//!
//! Each [`Product`] gets its files in the order in which they are imported: companies, contacts, deals and, where the product takes
//! them from a file, what was done. Names of columns are those of the product in English, whatever the language of the page:
//! importers know them. What holds for all of them:
//!
//! - every record carries an id of its own, and names others by theirs, so that links between files hold;
//! - days are `YYYY-MM-DD`, amounts plain decimals, and what is unknown is empty;
//! - stages are called as they are here. Where a product knows from the stage whether a deal is closed, a closed deal stands in its stage
//!   for that; no product knows a deal that sleeps, so it goes as open, and a column of our own says how it stood;
//! - owners are names: their accounts are made in the product first;
//! - texts are [`neutral`], but for telephone numbers that have only digits and what is written between them.

mod layouts;
mod values;

use std::{
    io::{Cursor, Write as _},
    sync::Arc,
};

use zip::{ZipWriter, write::SimpleFileOptions};

use super::table::{self, Form};
use crate::model::{Status, Workspace};
use layouts::Layout;
use values::{Employed, Source};

#[cfg(doc)]
use super::table::neutral;

/// A product that imports our files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Product {
    /// Salesforce, through its Data Loader: upsert by an external id.
    Salesforce,
    /// `HubSpot`, through its import of several files with a common column.
    HubSpot,
    /// Pipedrive, through its import from a spreadsheet.
    Pipedrive,
    /// Odoo, through its import with external ids.
    Odoo,
    /// Twenty, through its import of records; it takes 10,000 a file.
    Twenty,
}

impl Product {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Salesforce, Self::HubSpot, Self::Pipedrive, Self::Odoo, Self::Twenty];

    /// Its name in the names of files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Salesforce => "salesforce",
            Self::HubSpot => "hubspot",
            Self::Pipedrive => "pipedrive",
            Self::Odoo => "odoo",
            Self::Twenty => "twenty",
        }
    }

    /// The product of this name.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|product| product.code() == code)
    }

    fn layout(self) -> &'static Layout {
        match self {
            Self::Salesforce => &layouts::SALESFORCE,
            Self::HubSpot => &layouts::HUBSPOT,
            Self::Pipedrive => &layouts::PIPEDRIVE,
            Self::Odoo => &layouts::ODOO,
            Self::Twenty => &layouts::TWENTY,
        }
    }
}

/// A file for a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayoutFile {
    /// Its name; the number before it is its turn.
    pub name: String,
    /// Its text: see [`Form::Csv`].
    pub text: String,
}

/// Why no files could be made.
#[derive(Debug, thiserror::Error)]
pub enum LayoutError {
    /// A table could not be written.
    #[error("{0}")]
    Table(#[from] csv::Error),
    /// The archive could not be written.
    #[error("{0}")]
    Archive(#[from] zip::result::ZipError),
    /// A file could not be written into the archive.
    #[error("{0}")]
    File(#[from] std::io::Error),
}

/// The files for a product, in the order in which they are imported; `progress` hears how many are written. Tables without rows have a
/// file all the same: its header says what could stand there.
///
/// # Errors
/// See [`table::encode`].
///
/// ```
/// use loudou::{codec::{content::Language, crm_layout::{Product, files}}, model::Date, training::demo};
///
/// let company = demo::company(Language::English, Date::from_ymd_opt(2026, 11, 23).unwrap(), 7);
/// let files = files(&company, Product::Twenty, &mut |_, _| {})?;
/// let names: Vec<_> = files.iter().map(|file| file.name.as_str()).collect();
/// assert_eq!(names, ["1-companies.csv", "2-people.csv", "3-opportunities.csv"]);
/// assert!(files[2].text.starts_with("\u{feff}Id,Name,Stage,"));
/// # Ok::<(), csv::Error>(())
/// ```
pub fn files(
    workspace: &Workspace,
    product: Product,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Vec<LayoutFile>, csv::Error> {
    let layout = product.layout();
    let source = Source::of(workspace, product);
    let mut sheets = vec![
        Sheet::of(layout.accounts, &source, workspace.customers.iter()),
        Sheet::of_contacts(layout.contacts, &source, workspace),
        Sheet::of(layout.deals, &source, workspace.deals.iter()),
    ];
    sheets.extend(layout.activities.map(|file| Sheet::of(file, &source, workspace.activities.iter())));
    let (total, mut files) = (sheets.len(), Vec::new());
    for (number, sheet) in (1..).zip(sheets) {
        progress(number - 1, total);
        let parts = sheet.parts(layout.most_rows);
        let is_parted = parts.len() > 1;
        for (part, rows) in (1..).zip(parts) {
            let part = if is_parted { format!("-part-{part}") } else { String::new() };
            let text = table::encode(Form::Csv, std::iter::once(&sheet.head).chain(rows))?;
            files.push(LayoutFile { name: format!("{number}-{}{part}.csv", sheet.name), text });
        }
    }
    progress(total, total);
    Ok(files)
}

/// The [`files`] for a product in one archive.
///
/// # Errors
/// What the writers say; files in memory give them no cause.
///
/// ```
/// use loudou::{codec::{content::Language, crm_layout::{Product, zip}}, model::Date, training::demo};
///
/// let company = demo::company(Language::English, Date::from_ymd_opt(2026, 11, 23).unwrap(), 7);
/// let bytes = zip(&company, Product::Salesforce, &mut |_, _| {})?;
/// assert!(bytes.starts_with(b"PK"));
/// # Ok::<(), loudou::codec::crm_layout::LayoutError>(())
/// ```
pub fn zip(
    workspace: &Workspace,
    product: Product,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Vec<u8>, LayoutError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for file in files(workspace, product, progress)? {
        archive.start_file(file.name, SimpleFileOptions::default())?;
        archive.write_all(file.text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

/// How many open deals have no day on which they may close: Salesforce refuses them until they have one.
pub fn without_close(workspace: &Workspace) -> usize {
    let without = |standing: &crate::model::Standing| {
        standing.expected_close.is_none() && matches!(standing.status, Status::Open | Status::Dormant { .. })
    };
    workspace.deals.iter().filter(|deal| without(deal.standing())).count()
}

/// A table before it is written.
struct Sheet {
    name: &'static str,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    fn of<'a, R: 'a>(
        (name, columns): layouts::File<R>,
        source: &Source<'_>,
        records: impl Iterator<Item = &'a Arc<R>>,
    ) -> Self {
        let row = |record: &Arc<R>| columns.iter().map(|(_, value)| value(source, record)).collect();
        let head = columns.iter().map(|(name, _)| (*name).to_owned()).collect();
        Self { name, head, rows: records.map(row).collect() }
    }

    fn of_contacts((name, columns): layouts::Contacts, source: &Source<'_>, workspace: &Workspace) -> Self {
        let all = workspace
            .customers
            .iter()
            .flat_map(|customer| customer.contacts.iter().map(move |contact| Employed { customer, contact }));
        let row = |employed: Employed<'_>| columns.iter().map(|(_, value)| value(source, &employed)).collect();
        let head = columns.iter().map(|(name, _)| (*name).to_owned()).collect();
        Self { name, head, rows: all.map(row).collect() }
    }

    /// The rows by files of at most so many; one file without rows when there is none.
    fn parts(&self, most: usize) -> Vec<&[Vec<String>]> {
        if self.rows.is_empty() { vec![&[]] } else { self.rows.chunks(most).collect() }
    }
}
