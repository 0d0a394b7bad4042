//! From files to a workspace.

use std::{fs, path::PathBuf};

use loudou::{codec::document, model::Workspace};

/// The workspace in the files; what was noticed while reading goes to standard error.
pub(crate) fn read(files: &[PathBuf]) -> Result<Workspace, String> {
    let [file] = files else { return Err("one document at a time".into()) };
    let name = file.display();
    let bytes = fs::read(file).map_err(|error| format!("{name}: {error}"))?;
    let decoded = document::decode(&bytes).map_err(|error| match error {
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
