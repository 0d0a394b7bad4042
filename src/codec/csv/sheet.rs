//! A file as a table: which rows are data, what the columns hold.

use super::{
    column::shapes,
    date::order_evidence,
    dialect::{common_width, declared, sniff},
    encoding::{LARGEST_FILE, Refusal, decode, is_workbook},
    header::field_of,
    number::{DecimalMark, mark_evidence},
    rows::{Row, open_quote, rows},
    shape::{
        ColumnShape, DialectReason, FileShape, Guess, HeaderReason, Kind, KindReason, Origin, Reading, SheetReason,
        SkipReason, SkippedLine,
    },
    workbook::Book,
};

/// How far down the header is looked for.
const HEADER_WITHIN: usize = 30;

/// How many rows are compared with the header.
const COMPARED: usize = 200;

/// Beginnings of lines that stand below the data of a report.
const FOOTERS: &[&str] = &[
    "grand total",
    "total",
    "subtotal",
    "sum ",
    "summe",
    "gesamt",
    "copyright",
    "(c) ",
    "©",
    "confidential",
    "合计",
    "总计",
    "小计",
    "итого",
    "total général",
];

/// A file that was read: what is believed about it, and its rows of data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// What is believed about the file.
    pub shape: FileShape,
    /// The rows of data in the order of the file.
    pub rows: Vec<Row>,
}

/// The table that a file holds, read as the user decided in `reading` and as the file suggests where nothing was decided.
///
/// # Errors
///
/// See [`Refusal`]. Nothing else stops a file from being read: rows of odd lengths and cells of odd contents are reported when a
/// plan is made of the sheet.
///
/// # Examples
///
/// ```
/// use loudou::codec::csv::{DateOrder, Field, Kind, Meaning, Reading, read};
///
/// let sheet = read("Kunde;Abschlussdatum\nMüller;24.12.2026\n".as_bytes(), &Reading::default()).unwrap();
/// assert_eq!(sheet.shape.columns[0].meaning, Meaning::Field(Field::Customer));
/// assert_eq!(sheet.shape.columns[1].kind.value, Kind::Date(DateOrder::DayMonthYear));
/// assert_eq!(sheet.rows[0].cell(0), "Müller");
/// ```
pub fn read(bytes: &[u8], reading: &Reading) -> Result<Sheet, Refusal> {
    if is_workbook(bytes) { read_workbook(bytes, reading) } else { read_text(bytes, reading) }
}

/// Lines before it is known which of them are data.
#[derive(Default)]
struct Lines {
    rows: Vec<Row>,
    skipped: Vec<SkippedLine>,
    replaced: Vec<u32>,
    open_quote: Option<u32>,
    /// How many cells of each column are numbers to the file and not only to whoever reads them.
    numbers: Vec<usize>,
}

fn read_text(bytes: &[u8], reading: &Reading) -> Result<Sheet, Refusal> {
    let decoded = decode(bytes, reading.encoding)?;
    let text = &decoded.text;
    let dialect = match reading.dialect {
        Some(value) => Guess { value, reason: DialectReason::Chosen },
        None => sniff(text),
    };
    let mut rows = rows(text, dialect.value, usize::MAX);
    let open_quote = open_quote(text, dialect.value, &rows);
    let mut skipped = Vec::new();
    if declared(text).is_some() && !rows.is_empty() {
        skip(&mut skipped, &rows.remove(0), SkipReason::Separator);
    }
    let origin = Origin::Text { encoding: decoded.encoding, dialect };
    tabulate(Lines { rows, skipped, replaced: decoded.replaced, open_quote, numbers: Vec::new() }, origin, reading)
}

/// The sheet that the user chose; else the first whose columns have known names, visible ones before hidden ones; else the first that
/// has rows of data.
fn read_workbook(bytes: &[u8], reading: &Reading) -> Result<Sheet, Refusal> {
    if bytes.len() > LARGEST_FILE {
        return Err(Refusal::TooLarge { bytes: bytes.len(), limit: LARGEST_FILE });
    }
    let mut book = Book::open(bytes)?;
    let (sheets, order) = (book.sheets(), book.order());
    let mut table = |value: usize, reason, reading: &Reading| {
        let (rows, numbers) = book.table(value)?;
        let origin = Origin::Workbook { sheets: sheets.clone(), sheet: Guess { value, reason } };
        tabulate(Lines { rows, numbers, ..Lines::default() }, origin, reading)
    };
    if let Some(chosen) = reading.sheet {
        return table(chosen, SheetReason::Chosen, reading);
    }
    let only = sheets.len() == 1;
    let (mut found, mut refusal) = (None, Refusal::Empty);
    for place in order {
        match table(place, SheetReason::FirstWithRows, &Reading::default()) {
            Ok(sheet) if matches!(sheet.shape.header.reason, HeaderReason::KnownNames { .. }) => {
                found = Some((place, SheetReason::KnownNames));
                break;
            }
            Ok(_) => found = found.or(Some((place, SheetReason::FirstWithRows))),
            Err(Refusal::NoRows) => refusal = Refusal::NoRows,
            Err(other) => return Err(other),
        }
    }
    let (place, reason) = found.ok_or(refusal)?;
    table(place, if only { SheetReason::Only } else { reason }, reading)
}

/// Tells data from what stands around it, and the columns from their cells.
fn tabulate(lines: Lines, origin: Origin, reading: &Reading) -> Result<Sheet, Refusal> {
    let Lines { rows: mut all, mut skipped, replaced, open_quote, numbers } = lines;
    let width = common_width(&all).0;
    let header = match reading.header {
        Some(value) => Guess { value, reason: HeaderReason::Chosen },
        None => find_header(&all, width),
    };
    let place = header.value.and_then(|line| all.iter().position(|row| row.line == line));
    let names = place.map(|place| {
        let rest = all.split_off(place + 1);
        let names = all.pop();
        for (rows, reason) in [(all.as_slice(), SkipReason::Title), (names.as_slice(), SkipReason::Header)] {
            for row in rows {
                skip(&mut skipped, row, reason);
            }
        }
        all = rest;
        names
    });
    let names = names.flatten();
    let footer = all.split_off(find_footer(&all, width));
    all.retain(|row| {
        let reason = if row.is_empty() {
            SkipReason::Blank
        } else if names.as_ref().is_some_and(|names| names.iter().eq(row.iter())) {
            SkipReason::RepeatedHeader
        } else {
            return true;
        };
        skip(&mut skipped, row, reason);
        false
    });
    for row in &footer {
        skip(&mut skipped, row, SkipReason::Footer);
    }
    if all.is_empty() {
        return Err(Refusal::NoRows);
    }
    let width = names.as_ref().map_or(width, |names| names.len().max(width));
    let european = matches!(&origin, Origin::Text { dialect, .. } if dialect.value.delimiter == ';');
    let mut columns = shapes(names.as_ref(), &all, width, european, |column| reading.columns.get(&column));
    for (column, numbers) in columns.iter_mut().zip(numbers) {
        settle_mark(column, numbers);
    }
    let header = Guess { value: names.map(|row| row.line), ..header };
    let shape = FileShape { origin, replaced, header, columns, rows: all.len(), skipped, open_quote };
    Ok(Sheet { shape, rows: all })
}

/// A column whose cells are mostly numbers to the workbook has the point that they are written with here, whatever they look like:
/// `1.054` is no thousand.
fn settle_mark(column: &mut ColumnShape, numbers: usize) {
    let kind = column.kind;
    if matches!(kind.value, Kind::Number(_)) && kind.reason != KindReason::Chosen && numbers * 2 > column.filled {
        let reason = KindReason::Cells { matching: numbers.min(column.filled), filled: column.filled };
        column.kind = Guess { value: Kind::Number(DecimalMark::Point), reason };
    }
}

fn skip(skipped: &mut Vec<SkippedLine>, row: &Row, reason: SkipReason) {
    let text = row.iter().filter(|cell| !cell.is_empty()).take(4).collect::<Vec<_>>().join(" · ");
    let text = text.chars().take(80).collect();
    skipped.push(SkippedLine { line: row.line, reason, text });
}

/// The header is the row among the first ones that has the most known names, at least two or a third of its cells; else the first
/// row of full width, provided that it looks unlike the rows below.
fn find_header(rows: &[Row], width: usize) -> Guess<Option<u32>, HeaderReason> {
    let filled = |row: &Row| row.iter().filter(|cell| !cell.is_empty()).count();
    let known = |row: &Row| row.iter().filter(|cell| field_of(cell).is_some()).count();
    let full = |row: &&Row| row.len() >= width.min(2) && filled(row) * 2 > width;
    let best = rows.iter().take(HEADER_WITHIN).filter(full).map(|row| (known(row), row));
    let best = best.reduce(|best, next| if next.0 > best.0 { next } else { best });
    if let Some((count, row)) = best.filter(|(count, row)| *count >= 2 || count * 3 >= filled(row).max(1)) {
        return Guess { value: Some(row.line), reason: HeaderReason::KnownNames { count } };
    }
    let like_data = Guess { value: None, reason: HeaderReason::LikeData };
    let Some(place) = rows.iter().take(HEADER_WITHIN).position(|row| row.len() == width && full(&row)) else {
        return like_data;
    };
    let (Some(row), Some(below)) = (rows.get(place), rows.get(place + 1..)) else { return like_data };
    let value = |cell: &str| mark_evidence(cell).is_some() || order_evidence(cell).is_some();
    let again = |(column, cell): (usize, &str)| {
        below.iter().take(COMPARED).any(|row| !cell.is_empty() && row.cell(column) == cell)
    };
    // A row that stands once more as a whole is a header between groups, not data.
    let repeated = below.iter().any(|other| other.iter().eq(row.iter()));
    if row.iter().any(value) || (!repeated && row.iter().enumerate().any(again)) {
        return like_data;
    }
    Guess { value: Some(row.line), reason: HeaderReason::UnlikeData }
}

/// Where the footer begins: at the first of the narrow rows at the end that says it is one or stands below a gap, or at a row of
/// totals. The number of rows when there is none.
fn find_footer(rows: &[Row], width: usize) -> usize {
    let filled = |row: &Row| row.iter().filter(|cell| !cell.is_empty()).count();
    let says_so = |row: &Row| {
        let first = row.iter().find(|cell| !cell.is_empty()).unwrap_or_default().to_lowercase();
        FOOTERS.iter().any(|footer| first.starts_with(footer))
    };
    let narrow = |row: &Row| width > 1 && filled(row) <= 1;
    let total = |row: &Row| says_so(row) && filled(row) * 3 <= width * 2 && row.cell(0).len() < 80;
    let tail = rows.iter().rev().take_while(|row| narrow(row) || total(row)).count();
    let start = rows.len() - tail;
    let gap = |place: usize| {
        let before = place.checked_sub(1).and_then(|before| rows.get(before));
        let lines =
            |row: &Row| u32::try_from(row.iter().map(|cell| cell.matches('\n').count()).sum::<usize>()).unwrap_or(0);
        matches!((before, rows.get(place)), (Some(before), Some(row)) if row.line > before.line + lines(before) + 1)
    };
    (start..rows.len())
        .find(|place| rows.get(*place).is_some_and(|row| says_so(row) || row.is_empty()) || gap(*place))
        .unwrap_or(rows.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::csv::Kind;

    fn sheet(text: &str) -> Sheet {
        read(text.as_bytes(), &Reading::default()).unwrap()
    }

    fn skipped(sheet: &Sheet) -> Vec<(u32, SkipReason)> {
        sheet.shape.skipped.iter().map(|skipped| (skipped.line, skipped.reason)).collect()
    }

    #[test]
    fn a_report_with_title_and_footer() {
        use SkipReason::{Footer, Header, Title};
        let sheet = sheet(
            "Pipeline report\n\n\"Opportunity Name\",\"Stage\",\"Amount\"\n\"A\",\"Open\",\"5\"\n\"B\",\"Closed Won\",\"6\"\n\n\
             \"Grand Totals (2 records)\"\n\"Pipeline report\"\n\"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved.\"\n",
        );
        assert_eq!(sheet.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [4, 5]);
        assert_eq!(skipped(&sheet), [(1, Title), (3, Header), (7, Footer), (8, Footer), (9, Footer)]);
    }

    #[test]
    fn totals_below_chinese_columns() {
        let sheet = sheet("客户名称,商机阶段,金额\n甲,谈判,5\n乙,谈判,6\n合计,,11\n");
        assert_eq!((sheet.rows.len(), skipped(&sheet)[1]), (2, (4, SkipReason::Footer)));
    }

    #[test]
    fn repeated_headers_and_blank_rows() {
        let sheet = sheet("Deal Name,Stage\nA,x\n,\nDeal Name,Stage\nB,y\n");
        assert_eq!(skipped(&sheet), [(1, SkipReason::Header), (3, SkipReason::Blank), (4, SkipReason::RepeatedHeader)]);
    }

    #[test]
    fn a_file_without_header_loses_no_row() {
        let sheet = sheet("Ada,12,2026-03-01\nBob,13,2026-03-02\n");
        assert_eq!(
            (sheet.shape.header.value, sheet.shape.header.reason, sheet.rows.len()),
            (None, HeaderReason::LikeData, 2)
        );
        assert_eq!(sheet.shape.columns[2].header, "");
        assert!(matches!(sheet.shape.columns[2].kind.value, Kind::Date(_)));
    }

    #[test]
    fn unknown_names_can_be_a_header() {
        let sheet = sheet("流量来源,来源明细,访客数\n一级,-A,35188 \n一级,-B,28467 \n");
        assert_eq!(sheet.shape.header.reason, HeaderReason::UnlikeData);
    }

    #[test]
    fn the_user_decides() {
        let reading = Reading { header: Some(None), ..Reading::default() };
        assert_eq!(read(b"Deal Name,Stage\nA,x\n", &reading).unwrap().rows.len(), 2);
    }

    #[test]
    fn a_truncated_last_row_is_data() {
        assert_eq!(sheet("Deal Name,Stage,Amount\nA,x,1\nB,y,2\nC\n").rows.len(), 3);
    }

    #[test]
    fn a_header_alone_is_refused() {
        assert_eq!(read(b"Deal Name,Stage\n", &Reading::default()), Err(Refusal::NoRows));
    }
}
