//! Tables as an Excel workbook: one sheet each, with real dates and numbers, the header frozen and filtered, columns as wide as their
//! words.
//!
//! A text is always a text here: no cell becomes a formula, whatever it begins with.

mod records;

pub use records::{Words, sheets};

use chrono::Datelike as _;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatBorder, Workbook, Worksheet, XlsxError};

use crate::model::{Date, Money};

/// The longest text that Excel keeps in a cell, in its units of UTF-16.
const LONGEST_TEXT: usize = 32_767;

/// Columns are no narrower and no wider than so many letters.
const WIDTHS: (usize, usize) = (8, 60);

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing: unknown.
    Empty,
    /// Words.
    Text(String),
    /// A count.
    Count(u64),
    /// An amount of the workspace's currency.
    Amount(Money),
    /// A share of 1, shown in percent.
    Share(f64),
    /// A day.
    Day(Date),
}

impl Cell {
    /// Words; an empty text is an empty cell.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// A cell of something that may be unknown.
    pub fn known<T>(value: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Empty, cell)
    }

    /// How many letters wide it is; a Chinese one is two.
    fn width(&self) -> usize {
        match self {
            Self::Empty => 0,
            Self::Text(text) => {
                let line = text.lines().next().unwrap_or_default();
                line.chars().take(WIDTHS.1).map(|sign| if sign.is_ascii() { 1 } else { 2 }).sum()
            }
            Self::Count(number) => number.to_string().len(),
            Self::Amount(amount) => amount.minor().to_string().len() + 4,
            Self::Share(_) => 6,
            Self::Day(_) => 10,
        }
    }
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BookSheet {
    /// The sheet's name.
    pub name: String,
    /// The names of the columns.
    pub headings: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

/// The sheets as the bytes of an `.xlsx` file; `digits` are those of the currency behind the point, `progress` hears how many sheets of
/// how many are written. A text that is longer than a cell of Excel holds ends in `…`.
///
/// # Errors
/// What the writer says: more rows than the 1,048,576 of a sheet, or a name that no sheet can have.
///
/// ```
/// use loudou::{codec::{book::{BookSheet, Cell, encode}, csv::{Reading, read}}, model::{Date, Money}};
///
/// let day = Date::from_ymd_opt(2026, 11, 23).unwrap();
/// let row = vec![Cell::text("=1+1"), Cell::known(Money::from_minor(120_050), Cell::Amount), Cell::Day(day)];
/// let headings = ["Deal Name", "Amount", "Close Date"].map(str::to_owned).to_vec();
/// let bytes = encode(&[BookSheet { name: "Deals".into(), headings, rows: vec![row] }], 2, day, &mut |_, _| {})?;
/// let read = read(&bytes, &Reading::default()).unwrap();
/// assert_eq!(read.rows[0].iter().collect::<Vec<_>>(), ["=1+1", "1200.5", "2026-11-23"]);
/// # Ok::<(), rust_xlsxwriter::XlsxError>(())
/// ```
pub fn encode(
    sheets: &[BookSheet],
    digits: u32,
    today: Date,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    if let Some(today) = excel_day(today) {
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&today));
    }
    let formats = Formats::new(digits);
    for (done, sheet) in sheets.iter().enumerate() {
        progress(done, sheets.len());
        write(workbook.add_worksheet(), sheet, &formats)?;
    }
    progress(sheets.len(), sheets.len());
    workbook.save_to_buffer()
}

struct Formats {
    digits: u32,
    heading: Format,
    amount: Format,
    share: Format,
    day: Format,
}

impl Formats {
    fn new(digits: u32) -> Self {
        let amount = match digits {
            0 => "#,##0".to_owned(),
            digits => ["#,##0.", &"0".repeat(digits as usize)].concat(),
        };
        Self {
            digits,
            heading: Format::new().set_bold().set_border_bottom(FormatBorder::Thin),
            amount: Format::new().set_num_format(amount),
            share: Format::new().set_num_format("0.##%"),
            day: Format::new().set_num_format("yyyy-mm-dd"),
        }
    }
}

fn write(worksheet: &mut Worksheet, sheet: &BookSheet, formats: &Formats) -> Result<(), XlsxError> {
    worksheet.set_name(&sheet.name)?;
    worksheet.set_freeze_panes(1, 0)?;
    for (column, heading) in (0..).zip(&sheet.headings) {
        worksheet.write_string_with_format(0, column, heading, &formats.heading)?;
        let cells = sheet.rows.iter().filter_map(|row| row.get(usize::from(column))).map(Cell::width);
        let heading = Cell::text(heading.as_str()).width() + 3;
        let width = cells.chain([heading]).max().unwrap_or_default().clamp(WIDTHS.0, WIDTHS.1);
        #[allow(clippy::cast_precision_loss, reason = "at most 60")]
        worksheet.set_column_width(column, width as f64)?;
    }
    for (line, row) in (1..).zip(&sheet.rows) {
        for (column, cell) in (0..).zip(row) {
            write_cell(worksheet, line, column, cell, formats)?;
        }
    }
    let last = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
    match u16::try_from(sheet.headings.len().saturating_sub(1)) {
        Ok(column) if !sheet.headings.is_empty() => worksheet.autofilter(0, 0, last, column).map(|_| ()),
        _ => Ok(()),
    }
}

fn write_cell(sheet: &mut Worksheet, line: u32, column: u16, cell: &Cell, formats: &Formats) -> Result<(), XlsxError> {
    #[allow(clippy::cast_precision_loss, reason = "Excel has no other numbers")]
    match cell {
        Cell::Empty => return Ok(()),
        Cell::Text(text) => sheet.write_string(line, column, fitted(text))?,
        Cell::Count(number) => sheet.write_number(line, column, *number as f64)?,
        Cell::Amount(amount) => {
            // Through the decimal: the nearest number to what is meant.
            let value: f64 = amount.to_decimal(formats.digits).parse().unwrap_or_default();
            sheet.write_number_with_format(line, column, value, &formats.amount)?
        }
        Cell::Share(share) => sheet.write_number_with_format(line, column, *share, &formats.share)?,
        Cell::Day(day) => match excel_day(*day) {
            Some(day) => sheet.write_datetime_with_format(line, column, day, &formats.day)?,
            None => sheet.write_string(line, column, day.to_string())?,
        },
    };
    Ok(())
}

/// The day, where Excel's calendar has it.
fn excel_day(day: Date) -> Option<ExcelDateTime> {
    let (month, of_month) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    ExcelDateTime::from_ymd(u16::try_from(day.year()).ok()?, month, of_month).ok()
}

fn fitted(text: &str) -> String {
    if text.len() <= LONGEST_TEXT || text.encode_utf16().count() <= LONGEST_TEXT {
        return text.to_owned();
    }
    let mut left = LONGEST_TEXT - 1;
    let fits = |sign: &char| {
        let units = sign.len_utf16();
        let fits = units <= left;
        left = left.saturating_sub(units);
        fits
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_too_long_ends_in_dots() {
        let long = "漏".repeat(40_000);
        let fitted = fitted(&long);
        assert_eq!((fitted.chars().count(), fitted.ends_with('…')), (LONGEST_TEXT, true));
        let sheet = BookSheet { name: "S".into(), headings: vec!["h".into()], rows: vec![vec![Cell::text(long)]] };
        assert!(encode(&[sheet], 2, Date::default(), &mut |_, _| {}).is_ok());
    }

    #[test]
    fn days_before_the_calendar_of_excel_are_texts() {
        assert!(excel_day(Date::from_ymd_opt(1850, 1, 1).unwrap()).is_none());
        assert!(excel_day(Date::from_ymd_opt(2026, 11, 23).unwrap()).is_some());
    }
}
