//! A folder for what other programs leave behind.

use std::{
    env, fs,
    path::PathBuf,
    process::{self, Command},
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::Duration,
};

use anyhow::{Context, Result};

/// A folder of this run in the system's folder for temporary files. Removed with all that is in it when dropped.
///
/// Browsers and their drivers make profiles and sockets wherever temporary files go, and leave some of them. The path is short because
/// that of a socket may not be long.
#[derive(Debug)]
pub(crate) struct TemporaryFolder(PathBuf);

impl TemporaryFolder {
    /// Makes an empty one.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(crate) fn new() -> Result<Self> {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let name = format!("loudou-{}-{}", process::id(), MADE.fetch_add(1, Ordering::Relaxed));
        let folder = env::temp_dir().join(name);
        fs::create_dir_all(&folder).with_context(|| format!("could not create {}", folder.display()))?;
        Ok(Self(folder))
    }

    /// Makes a program put its temporary files here.
    pub(crate) fn used_by<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        // By the names of Unix and of Windows.
        ["TMPDIR", "TMP", "TEMP"].iter().fold(command, |command, name| command.env(name, &self.0))
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        // A browser that was told to go may write for a moment longer.
        for _ in 0..50 {
            if fs::remove_dir_all(&self.0).is_ok() || !self.0.exists() {
                return;
            }
            thread::sleep(Duration::from_millis(100));
        }
        println!("!! could not remove {}", self.0.display());
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, process::Command};

    use super::TemporaryFolder;
    use crate::process::output;

    #[test]
    fn is_gone_with_all_that_a_program_left() {
        let (one, other) = (TemporaryFolder::new().unwrap(), TemporaryFolder::new().unwrap());
        assert_ne!(one.0, other.0);
        fs::create_dir(one.0.join("profile")).unwrap();
        fs::write(one.0.join("profile").join("lock"), "").unwrap();
        let mut shell = Command::new("sh");
        if let Some(said) = output(one.used_by(&mut shell).args(["-c", "echo $TMPDIR"])) {
            assert_eq!(said.trim(), one.0.display().to_string());
        }
        let path = one.0.clone();
        drop(one);
        assert!(!path.exists());
        assert!(other.0.exists());
    }
}
