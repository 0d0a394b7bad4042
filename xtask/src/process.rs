//! Running other programs, visibly.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// A title on its own line, so that a long log can be skimmed.
pub(crate) fn title(text: &str) {
    println!("\n== {text}");
}

/// Runs the program with its output on the terminal, after printing the command line.
///
/// # Errors
/// When it cannot be started or reports failure.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let line = line(command);
    println!("$ {line}");
    let status = command.status().with_context(|| format!("could not start `{line}`"))?;
    ensure!(status.success(), "`{line}` failed ({status})");
    Ok(())
}

/// What the program prints, or `None` when it cannot be started or reports failure.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
