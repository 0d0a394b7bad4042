//! From files to a workspace: a Loudou document, or tables that the importer of the page recognises by itself.

use std::{
    fs,
    path::{Path, PathBuf},
};

use chrono::NaiveTime;
use loudou::{
    codec::{
        content::{self, Language},
        csv::{self, Options, Reading, Sheet, SourceFile},
        document,
    },
    model::{Date, Stamp, Workspace, WorkspaceId, apply},
};
use ulid::Ulid;

/// The workspace in the files; guesses and what was noticed while reading go to standard error.
pub(crate) fn read(files: &[PathBuf], as_of: Date) -> Result<Workspace, String> {
    let read = |path: &PathBuf| fs::read(path).map_err(|error| format!("{}: {error}", path.display()));
    let contents = files.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let is_document = |bytes: &Vec<u8>| bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    match (files, contents.as_slice()) {
        ([file], [bytes]) if is_document(bytes) => open_document(file, bytes),
        _ if contents.iter().any(is_document) => Err("a document comes alone".into()),
        _ => import_tables(files, &contents, as_of),
    }
}

fn open_document(file: &Path, bytes: &[u8]) -> Result<Workspace, String> {
    let name = file.display();
    let decoded = document::decode(bytes).map_err(|error| match error {
        document::DocumentError::Problems(problems) => {
            problems.iter().map(|problem| format!("{name}: {problem}")).collect::<Vec<_>>().join("\n")
        }
        error => format!("{name}: {error}"),
    })?;
    for problem in &decoded.problems {
        eprintln!("{name}: {problem}");
    }
    Ok(decoded.workspace)
}

/// Ids count on from the day of the report, so the same files give the same document.
fn import_tables(files: &[PathBuf], contents: &[Vec<u8>], as_of: Date) -> Result<Workspace, String> {
    let at = as_of.and_time(NaiveTime::MIN).and_utc();
    let seed = Ulid::from_parts(at.timestamp_millis().unsigned_abs(), 1);
    let stamp = Stamp { on: as_of, at, by: None, seed };
    let empty = Workspace::new(WorkspaceId::new(seed), content::profile(Language::English, "Import"));
    let names: Vec<_> = files.iter().map(|file| file.file_stem().unwrap_or_default().to_string_lossy()).collect();
    let read = |(file, bytes): (&PathBuf, &Vec<u8>)| {
        csv::read(bytes, &Reading::default()).map_err(|refusal| format!("{}: {refusal}", file.display()))
    };
    let sheets = files.iter().zip(contents).map(read).collect::<Result<Vec<Sheet>, _>>()?;
    let sources: Vec<_> = names.iter().zip(&sheets).map(|(name, sheet)| SourceFile { name, sheet }).collect();
    let import =
        csv::plan(&sources, &Options::default(), &empty, stamp, &mut |_, _| true).map_err(|e| e.to_string())?;
    for (name, sheet) in names.iter().zip(&sheets) {
        describe(name, sheet);
    }
    for (name, summary) in names.iter().zip(&import.summary.files) {
        eprintln!(
            "{name}: {:?}, {} rows, {} imported, {} left out",
            summary.kind, summary.rows, summary.imported, summary.skipped
        );
    }
    for question in &import.summary.names {
        eprintln!("{:?} {:?}: near {:?}, taken as {:?}", question.of, question.name, question.near, question.joined);
    }
    for problem in &import.summary.problems {
        let name = names.get(problem.file).map(AsRef::as_ref).unwrap_or_default();
        let outcome = if problem.row_skipped { "row left out" } else { "value left out" };
        eprintln!("{name}:{}: {}: {:?} ({outcome})", problem.line, problem.kind, problem.value);
    }
    let change = apply(&empty, import.command, stamp).map_err(|rejection| rejection.to_string())?;
    Ok(empty.with(&change))
}

/// What was guessed about a table, with the reasons.
fn describe(name: &str, sheet: &Sheet) {
    let shape = &sheet.shape;
    eprintln!("{name}: {:?}", shape.origin);
    for column in &shape.columns {
        eprintln!("{name}: column {:?}: {:?}, {:?}", column.header, column.meaning, column.kind.value);
    }
}
