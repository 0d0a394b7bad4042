//! A file under import: its columns by meaning, its cells by type.

use std::collections::BTreeMap;

use super::{
    ColumnShape, DateOrder, Decimal, DecimalMark, Expected, Field, FileKind, Kind, Meaning, Moment, Row, Sheet,
    SourceFile,
    changes::{Layout, identity, rows_by_deal},
    field_of,
    header::key,
    parse_boolean, parse_date, parse_number,
    plan::ProblemKind,
};

/// What is wrong with a row, with the column in question.
pub(super) type Faults = Vec<(Option<usize>, ProblemKind)>;

/// A file whose columns are known by their meaning.
pub(super) struct Source<'a> {
    pub(super) file: usize,
    pub(super) name: &'a str,
    pub(super) sheet: &'a Sheet,
    pub(super) kind: FileKind,
    columns: BTreeMap<Field, Vec<usize>>,
    /// In a report of changes, its layout and the rows of each deal.
    changes: Option<(Layout, BTreeMap<&'a str, Vec<&'a Row>>)>,
}

impl<'a> Source<'a> {
    pub(super) fn new(file: usize, source: SourceFile<'a>, chosen: Option<FileKind>) -> Self {
        let mut columns: BTreeMap<Field, Vec<usize>> = BTreeMap::new();
        for (place, column) in source.sheet.shape.columns.iter().enumerate() {
            if let Some(field) = column.meaning.field() {
                columns.entry(field).or_default().push(place);
            }
        }
        if let Some(ids) = columns.get_mut(&Field::Reference) {
            prefer_the_deals(ids, source.sheet);
        }
        let kind = chosen.unwrap_or_else(|| kind_of(&columns));
        let changes = rows_by_deal(source.sheet, kind, &columns);
        Self { file, name: source.name, sheet: source.sheet, kind, columns, changes }
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.columns.contains_key(&field)
    }

    /// Whether every row is a change of a deal, and not a deal.
    pub(super) fn is_changes(&self) -> bool {
        self.changes.is_some()
    }

    /// What the rows of a report of changes say.
    pub(super) fn layout(&self) -> Option<Layout> {
        self.changes.as_ref().map(|(layout, _)| *layout)
    }

    /// What the deal of a row goes by in the file; empty when it has no id.
    pub(super) fn identity(&self, row: &'a Row) -> &'a str {
        if self.is_changes() { identity(row, &self.columns) } else { self.text(row, &[Field::Reference]) }
    }

    /// In a report of changes, the rows of this deal in the order of the file.
    pub(super) fn changes_of(&self, identity: &str) -> &[&'a Row] {
        self.changes.as_ref().and_then(|(_, changes)| changes.get(identity)).map_or(&[], Vec::as_slice)
    }

    /// The stages that a row names, each with whether the row stands for a deal's coming to be there.
    pub(super) fn stages_named(&self, row: &'a Row) -> Vec<(&'a str, bool)> {
        let now = self.text(row, &[Field::Stage]);
        let mut named = vec![(now, matches!(self.layout(), None | Some(Layout::Log)))];
        let moved = match self.layout() {
            Some(Layout::Fields) => field_of(self.text(row, &[Field::ChangedField])) == Some(Field::Stage),
            Some(Layout::FromTo) => true,
            Some(Layout::Log) | None => false,
        };
        if moved {
            named.insert(0, (self.text(row, &[Field::OldValue]), false));
            named.insert(1, (self.text(row, &[Field::NewValue]), true));
        }
        named.retain(|(name, _)| !name.is_empty());
        named
    }

    /// The columns of this meaning, left to right.
    pub(super) fn columns(&self, field: Field) -> &[usize] {
        self.columns.get(&field).map_or(&[], Vec::as_slice)
    }

    /// The first filled cell of this meaning with its column.
    fn cell(&self, row: &'a Row, field: Field) -> Option<(usize, &'a str)> {
        self.columns(field).iter().map(|column| (*column, row.cell(*column))).find(|(_, cell)| !cell.is_empty())
    }

    /// The first filled cell of these meanings; empty when there is none.
    pub(super) fn text(&self, row: &'a Row, fields: &[Field]) -> &'a str {
        fields.iter().find_map(|field| self.cell(row, *field)).map_or("", |(_, cell)| cell)
    }

    pub(super) fn flag(&self, row: &'a Row, field: Field) -> Option<bool> {
        self.cell(row, field).and_then(|(_, cell)| parse_boolean(cell))
    }

    pub(super) fn number(&self, row: &'a Row, field: Field, faults: &mut Faults) -> Option<(usize, Decimal)> {
        let (column, cell) = self.cell(row, field)?;
        let mark = match self.sheet.shape.columns.get(column).map(|shape| shape.kind.value) {
            Some(Kind::Number(mark)) => mark,
            _ => DecimalMark::Point,
        };
        match parse_number(cell, mark) {
            Ok(number) => Some((column, number)),
            Err(error) => {
                faults.push((Some(column), ProblemKind::Number(error)));
                None
            }
        }
    }

    pub(super) fn date(&self, row: &'a Row, field: Field, faults: &mut Faults) -> Option<Moment> {
        let (column, _) = self.cell(row, field)?;
        self.date_in(row, column, faults)
    }

    pub(super) fn date_in(&self, row: &'a Row, column: usize, faults: &mut Faults) -> Option<Moment> {
        let cell = row.cell(column);
        if cell.is_empty() {
            return None;
        }
        let order = match self.sheet.shape.columns.get(column).map(|shape| shape.kind.value) {
            Some(Kind::Date(order)) => order,
            _ => DateOrder::YearMonthDay,
        };
        parse_date(cell, order).map_err(|error| faults.push((Some(column), ProblemKind::Date(error)))).ok()
    }

    /// Whether the probabilities of the file are written 0 to 1 and not 0 to 100.
    pub(super) fn probability_is_share(&self) -> bool {
        let largest = self.sheet.rows.iter().filter_map(|row| self.probability(row, false)).fold(0.0, f64::max);
        largest <= 1.0
    }

    /// The chance of winning, 0 to 1.
    pub(super) fn probability(&self, row: &'a Row, is_share: bool) -> Option<f64> {
        let (column, cell) = self.cell(row, Field::Probability)?;
        let Kind::Number(mark) = self.sheet.shape.columns.get(column)?.kind.value else { return None };
        let number = parse_number(cell, mark).ok()?;
        let value = number.measure();
        Some(if is_share || number.percent { value } else { value / 100.0 })
            .filter(|share| (0.0..=100.0).contains(share))
    }

    /// Filled cells of columns that `used` does not name, by the name of their column, for the user's own fields.
    pub(super) fn others(&self, row: &'a Row, used: &[Field]) -> BTreeMap<String, String> {
        let mut fields = BTreeMap::new();
        for (column, shape) in self.free(used) {
            let cell = row.cell(column);
            if cell.is_empty() {
                continue;
            }
            let mut name = if shape.header.is_empty() { (column + 1).to_string() } else { shape.header.clone() };
            // Two columns of one name are two fields.
            while fields.contains_key(&name) {
                name.push('*');
            }
            fields.insert(name, cell.to_owned());
        }
        fields
    }

    /// Columns with content that `used` does not name.
    pub(super) fn unused(&self, used: &[Field]) -> Vec<usize> {
        self.free(used).filter(|(_, shape)| shape.filled > 0).map(|(column, _)| column).collect()
    }

    /// Columns that the import takes in and `used` does not name.
    fn free(&self, used: &[Field]) -> impl Iterator<Item = (usize, &ColumnShape)> {
        self.sheet.shape.columns.iter().enumerate().filter(|(_, shape)| match shape.meaning {
            Meaning::Field(field) => !used.contains(&field),
            Meaning::Own => true,
            Meaning::LeftOut => false,
        })
    }

    /// Faults of the row as a whole.
    pub(super) fn faults(&self, row: &Row) -> Faults {
        let expected = self.sheet.shape.columns.len();
        let mut faults = Faults::new();
        if row.len() != expected {
            faults.push((None, ProblemKind::Width { cells: row.len(), expected }));
        }
        if self.sheet.shape.open_quote == Some(row.line) {
            faults.push((None, ProblemKind::OpenQuote));
        }
        if !self.sheet.shape.replaced.is_empty() && row.iter().any(|cell| cell.contains('\u{fffd}')) {
            faults.push((None, ProblemKind::Unreadable));
        }
        faults
    }
}

/// Puts the column of the deals' ids before that of the rows' own, which a list of changes has beside it.
fn prefer_the_deals(ids: &mut [usize], sheet: &Sheet) {
    let name = |column: &usize| sheet.shape.columns.get(*column).map(|shape| key(&shape.header)).unwrap_or_default();
    ids.sort_by_key(|column| !matches!(name(column).as_str(), "opportunityid" | "dealid"));
}

/// What the rows of a file with these columns are.
fn kind_of(columns: &BTreeMap<Field, Vec<usize>>) -> FileKind {
    use Field::{
        Amount, CloseDate, Created, Customer, Department, EnteredStage, ExpectedClose, LostReason, Manager, Owner,
        Price, Probability, Product, Series, Stage, Title,
    };
    let any = |fields: &[Field]| fields.iter().any(|field| columns.contains_key(field));
    let dated = columns.keys().any(|field| field.expects() == Expected::Date);
    if any(&[Stage, Title, Probability, EnteredStage, LostReason, ExpectedClose, CloseDate])
        || (any(&[Amount]) && dated)
    {
        FileKind::Deals
    } else if any(&[Product]) && any(&[Price, Series]) && !any(&[Customer]) {
        FileKind::Products
    } else if any(&[Owner]) && any(&[Manager, Department]) && !any(&[Customer]) {
        FileKind::People
    } else if any(&[Customer]) {
        FileKind::Customers
    } else if any(&[Product]) {
        FileKind::Products
    } else if any(&[Owner, Department]) {
        FileKind::People
    } else if any(&[Created, Amount]) {
        FileKind::Deals
    } else {
        FileKind::Customers
    }
}
