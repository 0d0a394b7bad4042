//! How files with the same columns were read before, so that nobody decides the same twice.
//!
//! A [`Memory`] is a text that the page keeps. It holds what the user decided about files, by the names of their columns, and nothing of
//! what stands in them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    FileKind, FileShape, Kind, KindReason, NameChoice, OnKnown, OnProblem, Options, Reading, StageChoice, header::key,
};
use crate::model::Date;

/// So many layouts are remembered; the one that was used longest ago is forgotten first.
const MOST: usize = 24;

/// The longest text that a memory is written to, in bytes.
const LONGEST: usize = 96 << 10;

/// How files with the same columns were read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// The names of their columns, see [`layout`].
    layout: String,
    /// The day on which one was imported last.
    pub on: Date,
    /// How it was read.
    pub reading: Reading,
    /// What its columns of dates and numbers held, for those that can be read in two ways.
    held: BTreeMap<usize, Kind>,
    kind: Option<FileKind>,
    model: Option<String>,
    stages: BTreeMap<String, StageChoice>,
    stage_order: Vec<String>,
    closed_from: Option<String>,
    names: Vec<NameChoice>,
    lost_zero_is_unknown: bool,
    on_problem: OnProblem,
    on_known: OnKnown,
}

/// The layout of a file as it was first read: the names of its columns, as they are compared. `None` for a file without a header.
pub fn layout(shape: &FileShape) -> Option<String> {
    shape.header.value?;
    let names: Vec<String> = shape.columns.iter().map(|column| key(&column.header)).collect();
    Some(names.join("\n"))
}

impl Remembered {
    /// What to remember of a file: its layout, how it reads now, and what was decided about the import; `file` is its place there.
    pub fn of(layout: String, on: Date, reading: &Reading, shape: &FileShape, options: &Options, file: usize) -> Self {
        let held = |(place, column): (usize, &super::ColumnShape)| {
            matches!(column.kind.value, Kind::Date(_) | Kind::Number(_)).then_some((place, column.kind.value))
        };
        Self {
            layout,
            on,
            reading: reading.clone(),
            held: shape.columns.iter().enumerate().filter_map(held).collect(),
            kind: options.kinds.get(&file).copied(),
            model: options.model.clone(),
            stages: options.stages.clone(),
            stage_order: options.stage_order.clone(),
            closed_from: options.closed_from.clone(),
            names: options.names.clone(),
            lost_zero_is_unknown: options.lost_zero_is_unknown,
            on_problem: options.on_problem,
            on_known: options.on_known,
        }
    }

    /// How to read a file of this shape: as it was decided before, and in the way that was found right before where it can be read in
    /// two ways.
    pub fn reading(&self, shape: &FileShape) -> Reading {
        let mut reading = self.reading.clone();
        for (place, column) in shape.columns.iter().enumerate() {
            let KindReason::Ambiguous { other } = column.kind.reason else { continue };
            if let Some(held) = self.held.get(&place).filter(|held| **held == other || **held == column.kind.value) {
                reading.columns.entry(place).or_default().kind.get_or_insert(*held);
            }
        }
        reading
    }

    /// Brings what was decided before into an import in which the file has the place `file`. What is decided there already stays.
    pub fn decide(&self, options: &mut Options, file: usize) {
        if let Some(kind) = self.kind {
            options.kinds.entry(file).or_insert(kind);
        }
        for (value, choice) in &self.stages {
            options.stages.entry(value.clone()).or_insert_with(|| choice.clone());
        }
        for choice in &self.names {
            if !options.names.iter().any(|known| known.of == choice.of && known.name == choice.name) {
                options.names.push(choice.clone());
            }
        }
        if options.stage_order.is_empty() {
            options.stage_order.clone_from(&self.stage_order);
        }
        options.model = options.model.take().or_else(|| self.model.clone());
        options.closed_from = options.closed_from.take().or_else(|| self.closed_from.clone());
        options.lost_zero_is_unknown &= self.lost_zero_is_unknown;
        if options.on_problem == OnProblem::default() {
            options.on_problem = self.on_problem;
        }
        if options.on_known == OnKnown::default() {
            options.on_known = self.on_known;
        }
    }
}

/// The layouts that are remembered, the one used last in front.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory(Vec<Remembered>);

impl Memory {
    /// The memory of a text that [`write`](Self::write) made. A text that is none remembers nothing.
    pub fn read(text: &str) -> Self {
        Self(serde_json::from_str(text).unwrap_or_default())
    }

    /// The memory as a text; what is too much for it is forgotten.
    pub fn write(&mut self) -> String {
        loop {
            // What it holds are texts and numbers: nothing in it cannot be written.
            let text = serde_json::to_string(&self.0).unwrap_or_default();
            if text.len() <= LONGEST || self.0.pop().is_none() {
                return text;
            }
        }
    }

    /// What is remembered of a layout.
    pub fn recall(&self, layout: &str) -> Option<&Remembered> {
        self.0.iter().find(|remembered| remembered.layout == layout)
    }

    /// Remembers, in the place of what was remembered of the same layout.
    pub fn keep(&mut self, remembered: Remembered) {
        self.forget(&remembered.layout);
        self.0.insert(0, remembered);
        self.0.truncate(MOST);
    }

    /// Forgets a layout.
    pub fn forget(&mut self, layout: &str) {
        self.0.retain(|remembered| remembered.layout != layout);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::csv::{DateOrder, Field, Meaning, StageRole, read};

    const FILE: &[u8] = b"Deal Name,Stage,Seen,Close Date\nA,Hot,1,3/4/2026\nB,Cold,2,5/6/2026\n";

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_same_columns_are_read_as_last_time() {
        // The first file tells day from month, the next one does not.
        let first = read(b"Deal Name,Stage,Seen,Close Date\nA,Hot,1,24/12/2026\n", &Reading::default()).unwrap();
        let mut reading = Reading::default();
        reading.columns.entry(2).or_default().meaning = Some(Meaning::LeftOut);
        let choice = StageChoice { role: StageRole::Won, stage: None };
        let options = Options { stages: [("Hot".to_owned(), choice.clone())].into(), ..Options::default() };
        let name = layout(&first.shape).unwrap();
        let mut memory = Memory::default();
        memory.keep(Remembered::of(name.clone(), day("2026-11-23"), &reading, &first.shape, &options, 0));

        let memory = Memory::read(&memory.write());
        let next = read(FILE, &Reading::default()).unwrap();
        let found = memory.recall(&layout(&next.shape).unwrap()).unwrap();
        assert_eq!(found.on, day("2026-11-23"));
        let again = read(FILE, &found.reading(&next.shape)).unwrap();
        assert_eq!(again.shape.columns[2].meaning, Meaning::LeftOut);
        assert_eq!(again.shape.columns[3].kind.value, Kind::Date(DateOrder::DayMonthYear));
        let mut options = Options::default();
        found.decide(&mut options, 3);
        assert_eq!(options.stages.get("Hot"), Some(&choice));
        // Other columns are another layout.
        let other = read(b"Deal Name,Stage,Amount\nA,Hot,1\n", &Reading::default()).unwrap();
        assert_eq!(other.shape.columns[2].meaning, Meaning::Field(Field::Amount));
        assert_eq!(memory.recall(&layout(&other.shape).unwrap()), None);
    }

    #[test]
    fn a_memory_has_an_end_and_can_forget() {
        let shape = read(FILE, &Reading::default()).unwrap().shape;
        let options = Options { stage_order: vec!["x".repeat(9_000)], ..Options::default() };
        let mut memory = Memory::default();
        for number in 0..40 {
            let layout = number.to_string();
            memory.keep(Remembered::of(layout, day("2026-11-23"), &Reading::default(), &shape, &options, 0));
        }
        assert_eq!(memory.0.len(), MOST);
        assert!(memory.write().len() <= LONGEST);
        assert!(memory.recall("39").is_some() && memory.recall("16").is_none());
        memory.forget("39");
        assert_eq!(memory.recall("39"), None);
        for text in ["", "{}", "[1]", "null"] {
            assert_eq!(Memory::read(text), Memory::default());
        }
    }
}
