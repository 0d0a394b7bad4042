//! A table ready to be shown on screen, printed and taken to other programs: the same cells three times.

use std::{borrow::Cow, fmt, sync::OnceLock};

use crate::{
    codec::table::neutral,
    i18n::t_string,
    metrics::{Holding, Reason},
    model::{CustomerId, DealId, Workspace},
    ui::{format::Format, parts::listing::value::Value, wording::I18n},
};

/// A table in groups of lines, each with its sums.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// The columns in view, in order.
    pub(super) columns: Vec<GridColumn>,
    /// Its groups, first to last.
    pub(super) groups: Vec<Group>,
    /// What the groups are, as the heading of a column of its own in spreadsheets; `None` when there is one group only.
    pub(super) grouped_by: Option<&'static str>,
    /// What the table comes to, in a sentence.
    pub(super) summary: String,
    /// What is not in it and why; empty when nothing.
    pub(super) note: String,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GridColumn {
    /// Its name in addresses.
    pub(super) code: Cow<'static, str>,
    /// Its heading.
    pub(super) heading: String,
    /// The CSS grid track on screen.
    pub(super) width: &'static str,
    /// How much of the paper it takes, beside the others.
    pub(super) share: u32,
    /// Whether it holds figures.
    pub(super) numeric: bool,
    /// Whether lines can be sorted by it.
    pub(super) sortable: bool,
}

/// Lines that belong together.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// What they have in common; empty when that needs no words.
    pub(super) title: String,
    /// The lines in order.
    pub(super) lines: Vec<Line>,
    /// Their sums.
    pub(super) sums: Vec<Sum>,
}

/// A line: one value for each column. They are made when somebody first looks: most lines of a long table are never in view.
pub(super) struct Line {
    cells: OnceLock<Vec<Value>>,
    make: Box<dyn Fn() -> Vec<Value> + Send + Sync>,
    pub(super) opens: Opens,
}

impl fmt::Debug for Line {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Line").field("cells", &self.cells).field("opens", &self.opens).finish_non_exhaustive()
    }
}

impl Line {
    /// A line whose values `make` makes.
    pub(super) fn new(opens: Opens, make: impl Fn() -> Vec<Value> + Send + Sync + 'static) -> Self {
        Self { cells: OnceLock::new(), make: Box::new(make), opens }
    }

    /// A line of these values.
    pub(super) fn of(opens: Opens, cells: Vec<Value>) -> Self {
        Self { cells: OnceLock::from(cells), make: Box::new(Vec::new), opens }
    }

    /// The values.
    pub(super) fn cells(&self) -> &[Value] {
        self.cells.get_or_init(&self.make)
    }
}

/// A line of sums.
#[derive(Debug, Clone)]
pub(super) struct Sum {
    /// What is summed up.
    pub(super) label: String,
    /// For each column the sum, as a value and in words, if it has one.
    pub(super) cells: Vec<Option<(Value, String)>>,
    /// Whether it sums up the whole table.
    pub(super) total: bool,
    pub(super) opens: Opens,
}

/// What a line leads to.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Opens {
    Nothing,
    Deal(DealId),
    Customer(CustomerId),
    /// These deals, under this heading.
    Deals(String, Vec<DealId>),
}

/// A row on screen, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum RowKey {
    /// The title of a group.
    Title(usize),
    /// A line of a group.
    Line(usize, usize),
    /// A sum of a group.
    Sum(usize, usize),
}

impl Group {
    /// A group without lines.
    pub(super) fn titled(title: &str) -> Self {
        Self { title: title.to_owned(), ..Self::default() }
    }
}

/// A label with the title of its group, for places that do not show both.
pub(super) fn named(title: &str, label: &str) -> String {
    if title.is_empty() { label.to_owned() } else { [title, label].join(" · ") }
}

impl Sum {
    /// The label, with the sum that stands in the same column.
    pub(super) fn full_label(&self) -> String {
        match self.cells.first() {
            Some(Some((_, words))) => [self.label.as_str(), words].join(" · "),
            _ => self.label.clone(),
        }
    }
}

impl Grid {
    /// The rows from top to bottom.
    pub(super) fn rows(&self) -> Vec<RowKey> {
        let of_group = |(place, group): (usize, &Group)| {
            let title = (!group.title.is_empty()).then_some(RowKey::Title(place));
            let lines = (0..group.lines.len()).map(move |line| RowKey::Line(place, line));
            let sums = (0..group.sums.len()).map(move |sum| RowKey::Sum(place, sum));
            title.into_iter().chain(lines).chain(sums)
        };
        self.groups.iter().enumerate().flat_map(of_group).collect()
    }

    /// How many lines there are, without titles and sums.
    pub(super) fn lines(&self) -> usize {
        self.groups.iter().map(|group| group.lines.len()).sum()
    }

    /// The title of a group.
    pub(super) fn title(&self, group: usize) -> &str {
        self.groups.get(group).map_or("", |group| &group.title)
    }

    /// A line.
    pub(super) fn line(&self, group: usize, line: usize) -> Option<&Line> {
        self.groups.get(group)?.lines.get(line)
    }

    /// A line of sums.
    pub(super) fn sum(&self, group: usize, sum: usize) -> Option<&Sum> {
        self.groups.get(group)?.sums.get(sum)
    }

    /// The rows for a spreadsheet, headings first. Groups become a column of their own, so that every line can be filtered by it, and
    /// sums are lines that say so in that column; without groups they say so in the first column that has no sum.
    pub(super) fn plain(&self, workspace: &Workspace) -> Vec<Vec<String>> {
        let lead = |text: &str| self.grouped_by.is_some().then(|| neutral(text));
        let headings = self.columns.iter().map(|column| neutral(&column.heading));
        let mut rows = vec![lead(self.grouped_by.unwrap_or_default()).into_iter().chain(headings).collect()];
        for group in &self.groups {
            for line in &group.lines {
                let cells = line.cells().iter().map(|cell| cell.plain(workspace));
                rows.push(lead(&group.title).into_iter().chain(cells).collect());
            }
            for sum in &group.sums {
                let name = named(&group.title, &sum.label);
                let mut label = lead(&name).is_none().then(|| neutral(&name));
                let cells = sum.cells.iter().map(|cell| match cell {
                    Some((value, _)) => value.plain(workspace),
                    None => label.take().unwrap_or_default(),
                });
                rows.push(lead(&name).into_iter().chain(cells).collect());
            }
        }
        rows
    }
}

/// A sum of some deals that belongs into a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Summed {
    Customers,
    Units,
    Amount,
}

impl Summed {
    /// The sum as a value and in words; what nobody knows is unknown, not 0.
    pub(super) fn of(self, holding: &Holding, i18n: I18n, format: Format, workspace: &Workspace) -> (Value, String) {
        let number = |count: u64| Value::Number(i64::try_from(count).unwrap_or(i64::MAX));
        match self {
            Self::Customers => (number(holding.customers as u64), customers(holding.customers, i18n, format)),
            Self::Units => match holding.known_units() {
                Some(units) => {
                    let shown = format.count(usize::try_from(units).unwrap_or(usize::MAX));
                    (number(units), t_string!(i18n, tables.units, count = units, number = shown).to_string())
                }
                None => (Value::Unknown, Value::<String>::Unknown.shown(format, workspace)),
            },
            Self::Amount => {
                let value = amount(holding);
                let words = value.shown(format, workspace);
                (value, words)
            }
        }
    }
}

/// What the deals amount to, as far as it is known.
pub(super) fn amount(holding: &Holding) -> Value {
    let minor = holding.known_amount().and_then(|minor| i64::try_from(minor).ok());
    minor.map_or(Value::Unknown, Value::Money)
}

/// `12 deals, 2 without amount`: what a sum counts, and what is not in its money.
pub(super) fn counted(holding: &Holding, i18n: I18n, format: Format) -> String {
    let count = holding.deals.len();
    let deals = t_string!(i18n, tables.deals, count = count, number = format.count(count)).to_string();
    match holding.left_out.of(Reason::NoAmount).len() {
        0 => deals,
        without => {
            let number = format.count(without);
            let without = t_string!(i18n, tables.without_amount, count = without, number = number).to_string();
            [deals, without].join(t_string!(i18n, tables.comma))
        }
    }
}

/// `85 customers`.
pub(super) fn customers(count: usize, i18n: I18n, format: Format) -> String {
    t_string!(i18n, tables.customers, count = count, number = format.count(count)).to_string()
}
