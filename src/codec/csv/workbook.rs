//! The sheets of an Excel workbook as rows of cells.
//!
//! What a workbook knows of its cells becomes the text that says the same: a date `2026-03-01`, a number with a point and without the
//! noise of binary fractions, `TRUE`. Everything after it is the same as for a text. Nothing is unpacked before [`archive::check`] has
//! seen how much it is, and no cell is kept beyond the limits below: the format lets a file of some kilobytes claim 17 thousand million.

mod archive;
mod cell;

use std::io::Cursor;

use calamine::{Reader as _, SheetType, SheetVisible, Xlsx};
use csv::StringRecord;

use super::{
    encoding::{Measure, Refusal},
    rows::Row,
};
use cell::Cell;

/// The most columns that are read: several times those of the widest export known.
const MOST_COLUMNS: usize = 4096;

/// The most filled cells of a sheet: 100,000 deals with 50 columns.
const MOST_FILLED: usize = 5_000_000;

/// The most cells of a sheet with the empty ones in its rows.
const MOST_CELLS: usize = 20_000_000;

/// The most bytes of text in a sheet: one long text of the workbook may stand in every cell.
const MOST_TEXT: usize = 256 << 20;

/// A workbook that can be read.
pub(super) struct Book<'a> {
    workbook: Xlsx<Cursor<&'a [u8]>>,
    /// Names of the sheets that hold cells, each with whether it is hidden.
    sheets: Vec<(String, bool)>,
}

impl<'a> Book<'a> {
    /// Opens the workbook that these bytes are.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        archive::check(bytes)?;
        let workbook = Xlsx::new(Cursor::new(bytes)).map_err(|_error| Refusal::Damaged)?;
        let cells = workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        let sheets: Vec<_> = cells.map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect();
        if sheets.is_empty() { Err(Refusal::Empty) } else { Ok(Self { workbook, sheets }) }
    }

    /// The names of the sheets.
    pub(super) fn sheets(&self) -> Vec<String> {
        self.sheets.iter().map(|(name, _)| name.clone()).collect()
    }

    /// The places of the sheets in the order in which they are worth a look: visible ones first.
    pub(super) fn order(&self) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.sheets.len()).collect();
        places.sort_by_key(|place| self.sheets.get(*place).is_some_and(|(_, hidden)| *hidden));
        places
    }

    /// The rows of a sheet that hold anything, all of one width, and how many cells of each column are numbers.
    ///
    /// A cell that is merged with those below says the same for each of their rows. Numbers stay where they are: repeated, they would
    /// be counted several times.
    pub(super) fn table(&mut self, place: usize) -> Result<(Vec<Row>, Vec<usize>), Refusal> {
        let damaged = |_error| Refusal::Damaged;
        let (name, _) = self.sheets.get(place).ok_or(Refusal::NoRows)?;
        let mut cells = Cells::default();
        let is_1904 = self.workbook.has_1904_epoch();
        let mut reader = self.workbook.worksheet_cells_reader(name).map_err(damaged)?;
        while let Some(read) = reader.next_cell().map_err(damaged)? {
            if let Some(cell) = Cell::of(read.get_value(), is_1904) {
                cells.add(read.get_position(), cell)?;
            }
        }
        drop(reader);
        cells.sort();
        let merged = self.workbook.merge_cells_by_sheet_name(name).map_err(damaged)?;
        cells.fill_down(merged.into_iter().map(|region| (region.start, region.end)))?;
        cells.rows()
    }
}

/// The filled cells of a sheet, each with its row and column from 0.
#[derive(Default)]
struct Cells {
    cells: Vec<((u32, u32), Cell)>,
    text: usize,
}

impl Cells {
    fn add(&mut self, place: (u32, u32), cell: Cell) -> Result<(), Refusal> {
        let too_much = |measure, limit| Err(Refusal::Swollen { measure, limit });
        self.text += cell.text.len();
        if place.1 as usize >= MOST_COLUMNS {
            return too_much(Measure::Columns, MOST_COLUMNS);
        }
        if self.cells.len() >= MOST_FILLED {
            return too_much(Measure::Cells, MOST_FILLED);
        }
        if self.text > MOST_TEXT {
            return too_much(Measure::Text, MOST_TEXT);
        }
        self.cells.push((place, cell));
        Ok(())
    }

    /// Into the order of the sheet. A place that is filled twice keeps what came last, as in Excel.
    fn sort(&mut self) {
        self.cells.reverse();
        self.cells.sort_by_key(|(place, _)| *place);
        self.cells.dedup_by_key(|(place, _)| *place);
    }

    fn fill_down(&mut self, regions: impl Iterator<Item = ((u32, u32), (u32, u32))>) -> Result<(), Refusal> {
        let mut lines: Vec<u32> = self.cells.iter().map(|((line, _), _)| *line).collect();
        lines.dedup();
        let sorted = self.cells.len();
        for (start, end) in regions.filter(|(start, end)| end.0 > start.0) {
            let Some(cell) = at(&self.cells, sorted, start).filter(|cell| !cell.is_number).cloned() else { continue };
            let below = lines.partition_point(|line| *line <= start.0)..lines.partition_point(|line| *line <= end.0);
            for line in lines.get(below).unwrap_or_default() {
                let place = (*line, start.1);
                if at(&self.cells, sorted, place).is_none() {
                    self.add(place, cell.clone())?;
                }
            }
        }
        if self.cells.len() > sorted {
            self.sort();
        }
        Ok(())
    }

    fn rows(self) -> Result<(Vec<Row>, Vec<usize>), Refusal> {
        let width = self.cells.iter().map(|((_, column), _)| *column as usize + 1).max().unwrap_or_default();
        let (mut rows, mut numbers) = (Vec::new(), vec![0; width]);
        for line in self.cells.chunk_by(|(one, _), (other, _)| one.0 == other.0) {
            if (rows.len() + 1) * width > MOST_CELLS {
                return Err(Refusal::Swollen { measure: Measure::Cells, limit: MOST_CELLS });
            }
            let mut row = StringRecord::new();
            for ((_, column), cell) in line {
                let column = *column as usize;
                (row.len()..column).for_each(|_| row.push_field(""));
                row.push_field(&cell.text);
                if let Some(count) = numbers.get_mut(column) {
                    *count += usize::from(cell.is_number);
                }
            }
            (row.len()..width).for_each(|_| row.push_field(""));
            let number = line.first().map_or(0, |((line, _), _)| *line);
            rows.push(Row::new(number.saturating_add(1), row));
        }
        Ok((rows, numbers))
    }
}

/// The cell in this place among the first `sorted`.
fn at(cells: &[((u32, u32), Cell)], sorted: usize, place: (u32, u32)) -> Option<&Cell> {
    let cells = cells.get(..sorted)?;
    let found = cells.binary_search_by_key(&place, |(at, _)| *at).ok()?;
    cells.get(found).map(|(_, cell)| cell)
}
