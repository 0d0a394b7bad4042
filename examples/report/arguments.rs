//! What the command line asks for.

use std::{path::PathBuf, str::FromStr};

use loudou::model::Date;

/// How to call the program.
pub(crate) const USAGE: &str = "usage: report FILE... --as-of YYYY-MM-DD [--from YYYY-MM-DD] [--model NAME-OR-ID] \
                                [--wins NUMBER] [--seed NUMBER] [--save OUT.json]";

/// What to read and how to report it.
pub(crate) struct Arguments {
    /// Documents or tables, at least one.
    pub(crate) files: Vec<PathBuf>,
    /// The day of the report.
    pub(crate) as_of: Date,
    /// The first day of the period; without it, everything counts.
    pub(crate) from: Option<Date>,
    /// Wins that the target takes; without it, as many as the period had.
    pub(crate) wins: Option<f64>,
    /// What the draws of the forecast begin with.
    pub(crate) seed: u64,
    /// The only model to report, by name or id.
    pub(crate) model: Option<String>,
    /// Where to write the workspace as a document.
    pub(crate) save: Option<PathBuf>,
}

impl Arguments {
    /// Reads the words after the program's name.
    pub(crate) fn read(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let (mut files, mut as_of, mut from, mut model, mut save) = (Vec::new(), None, None, None, None);
        let (mut wins, mut seed) = (None, 1);
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or(format!("{word} needs a value"));
            match word.as_str() {
                "--as-of" => as_of = Some(parsed(&value()?, "day like 2026-03-31")?),
                "--from" => from = Some(parsed(&value()?, "day like 2026-03-31")?),
                "--wins" => wins = Some(parsed(&value()?, "number of wins")?),
                "--seed" => seed = parsed(&value()?, "number to begin the draws with")?,
                "--model" => model = Some(value()?),
                "--save" => save = Some(value()?.into()),
                option if option.starts_with("--") => return Err(format!("unknown option {option}")),
                file => files.push(file.into()),
            }
        }
        if files.is_empty() {
            return Err("no file".into());
        }
        Ok(Self { files, as_of: as_of.ok_or("--as-of is missing")?, from, wins, seed, model, save })
    }
}

fn parsed<T: FromStr>(text: &str, what: &str) -> Result<T, String> {
    text.parse().map_err(|_error| format!("{text:?} is no {what}"))
}
