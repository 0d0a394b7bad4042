//! From text to rows of cells, each with its line in the file.

use csv::{ReaderBuilder, StringRecord};

use super::shape::Dialect;
use crate::{codec::table::armed, naming::is_invisible};

/// A row of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The physical line the row begins on, from 1: a quoted cell may run over several. In a workbook, the number of the row.
    pub line: u32,
    cells: StringRecord,
    /// Whether it comes from a text, where what looks like a formula may have been disarmed.
    of_text: bool,
}

impl Row {
    /// A row of a workbook.
    pub(super) fn new(line: u32, cells: StringRecord) -> Self {
        Self { line, cells, of_text: false }
    }

    /// The cell in this column without blanks and invisible signs around it; empty when the row is too short.
    ///
    /// Some products put a zero-width joiner before a cell that a spreadsheet would take for a formula, others and our own tables an
    /// apostrophe: both are taken off. In a workbook an apostrophe is the text's own.
    pub fn cell(&self, column: usize) -> &str {
        self.plain(self.raw(column))
    }

    fn plain<'a>(&self, cell: &'a str) -> &'a str {
        let cell = trim(cell);
        if self.of_text { armed(cell) } else { cell }
    }

    /// The cell in this column to the letter; empty when the row is too short.
    pub fn raw(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or_default()
    }

    /// How many cells the row has.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether no cell holds anything.
    pub fn is_empty(&self) -> bool {
        self.iter().all(str::is_empty)
    }

    /// All cells, as [`cell`](Self::cell) gives them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|cell| self.plain(cell))
    }
}

fn trim(text: &str) -> &str {
    let bytes = text.as_bytes();
    let plain = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_graphic);
    if plain(bytes.first()) && plain(bytes.last()) {
        return text;
    }
    text.trim_matches(|sign: char| sign.is_whitespace() || is_invisible(sign))
}

/// At most `limit` rows of a text. Lines without anything are no rows. Rows may differ in length.
pub(super) fn rows(text: &str, dialect: Dialect, limit: usize) -> Vec<Row> {
    let byte = |sign: char| u8::try_from(sign).unwrap_or(b',');
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(byte(dialect.delimiter))
        .quote(byte(dialect.quote))
        .from_reader(text.as_bytes());
    let mut found = Vec::new();
    let mut lines = Lines { text: text.as_bytes(), at: 0, line: 1 };
    let mut cells = StringRecord::new();
    // Text that is text already cannot fail to be read: a failure would end the table here.
    while found.len() < limit && reader.read_record(&mut cells).is_ok_and(|more| more) {
        let start = cells.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(text.len());
        found.push(Row { line: lines.of(start), cells: std::mem::take(&mut cells), of_text: true });
    }
    found
}

/// The line where a quote opens that nothing closes: the last row runs over several lines to the end of the text, and quotes
/// are odd in number.
pub(super) fn open_quote(text: &str, dialect: Dialect, rows: &[Row]) -> Option<u32> {
    let last = rows.last()?;
    let spills = last.cells.iter().next_back().is_some_and(|cell| cell.contains(['\n', '\r']));
    let odd = text.matches(dialect.quote).count() % 2 == 1;
    (spills && odd).then_some(last.line)
}

/// Counts lines up to a place in the text. The reader's own count is of no use: it stands before the blank lines and the second
/// half of a line end that precede a row.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line of the row that the reader says begins at `start`; `start` may only grow.
    fn of(&mut self, start: usize) -> u32 {
        while let Some(byte) = self.text.get(self.at) {
            let ends_line = match byte {
                b'\n' => true,
                b'\r' => self.text.get(self.at + 1) != Some(&b'\n'),
                _ => false,
            };
            if self.at >= start && !matches!(byte, b'\n' | b'\r') {
                break;
            }
            self.line += u32::from(ends_line);
            self.at += 1;
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMA: Dialect = Dialect { delimiter: ',', quote: '"' };

    fn lines(text: &str) -> Vec<u32> {
        rows(text, COMMA, usize::MAX).iter().map(|row| row.line).collect()
    }

    #[test]
    fn lines_are_those_of_the_file() {
        assert_eq!(lines("a,b\nc,d\ne,f"), [1, 2, 3]);
        assert_eq!(lines("a,b\r\nc,d\r\ne,f\r\n"), [1, 2, 3]);
        assert_eq!(lines("a,b\rc,d\re,f\r"), [1, 2, 3]);
        assert_eq!(lines("\n\na,b\n\n\nc,d\n"), [3, 6]);
        assert_eq!(lines("a,\"x\ny\"\nb,\"x\r\n\r\ny\"\r\nc,d"), [1, 3, 6]);
    }

    #[test]
    fn cells_lose_what_nobody_sees() {
        let row = rows("\u{200d}-10%, x\u{a0},\u{feff}y", COMMA, 1).remove(0);
        assert_eq!(row.iter().collect::<Vec<_>>(), ["-10%", "x", "y"]);
        assert_eq!(row.raw(0), "\u{200d}-10%");
        assert_eq!((row.cell(7), row.len()), ("", 3));
    }

    #[test]
    fn an_open_quote_is_found() {
        let text = "a,b\nc,\"d\ne,f\n";
        assert_eq!(open_quote(text, COMMA, &rows(text, COMMA, usize::MAX)), Some(2));
        let closed = "a,b\nc,\"d\ne\"\n";
        assert_eq!(open_quote(closed, COMMA, &rows(closed, COMMA, usize::MAX)), None);
    }
}
