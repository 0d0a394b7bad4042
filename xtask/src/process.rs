//! Running other programs, visibly.

use std::{
    fs::{self, File},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

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

/// A program that runs while something else is done; what it says is kept in a file meanwhile.
#[derive(Debug)]
pub(crate) struct Background {
    child: Child,
    line: String,
    log: PathBuf,
}

impl Background {
    /// Starts it.
    ///
    /// # Errors
    /// When it cannot be started, or the file not be written.
    pub(crate) fn start(command: &mut Command, log: PathBuf) -> Result<Self> {
        let line = line(command);
        let file = File::create(&log).with_context(|| format!("could not write {}", log.display()))?;
        command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
        let child = command.spawn().with_context(|| format!("could not start `{line}`"))?;
        println!("$ {line} > {} &", log.display());
        Ok(Self { child, line, log })
    }

    /// Waits for its end and prints what it said.
    ///
    /// # Errors
    /// When it reports failure.
    pub(crate) fn finish(mut self) -> Result<()> {
        let status = self.child.wait()?;
        print!("{}", String::from_utf8_lossy(&fs::read(&self.log)?));
        ensure!(status.success(), "`{}` failed ({status})", self.line);
        Ok(())
    }
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
