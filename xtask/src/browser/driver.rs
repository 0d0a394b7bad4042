//! The program that drives a browser.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    thread,
};

use anyhow::{Context, Result, anyhow};

use crate::{
    temporary::TemporaryFolder,
    tools::{BrowserTools, Kind},
};

/// A running driver, ended when dropped; what it and its browser left in the folder of temporary files goes with it.
pub(super) struct Driver {
    child: Child,
    address: String,
    _folder: TemporaryFolder,
}

impl Driver {
    /// Starts the driver of a browser on a free port.
    ///
    /// # Errors
    /// When it does not start or does not say where it listens.
    pub(super) fn start(tools: &BrowserTools) -> Result<Self> {
        // The port that it found free may be taken in the same moment.
        Self::launch(tools).or_else(|_taken| Self::launch(tools))
    }

    fn launch(tools: &BrowserTools) -> Result<Self> {
        let folder = TemporaryFolder::new()?;
        let name = tools.driver.display();
        let arguments: &[&str] = match tools.kind {
            Kind::Chromium => &["--port=0", "--log-level=SEVERE"],
            // Firefox tells what it asked for and what went wrong only to scripts of its own window.
            Kind::Firefox => &["--port=0", "--websocket-port=0", "--allow-system-access", "--log=info"],
        };
        let mut child = folder
            .used_by(&mut Command::new(&tools.driver))
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("could not start {name}"))?;
        let output = child.stdout.take().with_context(|| format!("{name} has no output"))?;
        let mut driver = Self { child, address: String::new(), _folder: folder };
        let mut lines = BufReader::new(output).lines();
        let port = lines.by_ref().map_while(Result::ok).find_map(|line| port_in(&line));
        let port = port.ok_or_else(|| anyhow!("{name} ended without naming its port"))?;
        driver.address = format!("http://127.0.0.1:{port}");
        // Somebody has to read what else it says, or it stops when the pipe is full.
        thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Ok(driver)
    }

    /// Where it listens.
    pub(super) fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// `ChromeDriver was started successfully on port 41234.`, or geckodriver's `Listening on 127.0.0.1:41234`.
fn port_in(line: &str) -> Option<u16> {
    let after = |words| line.split_once(words).map(|(_, rest)| rest);
    after("successfully on port ").or_else(|| after("Listening on 127.0.0.1:"))?.trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::port_in;

    #[test]
    fn reads_the_port_a_driver_announces() {
        assert_eq!(port_in("ChromeDriver was started successfully on port 41234."), Some(41234));
        assert_eq!(port_in("1795734761219\tgeckodriver\tINFO\tListening on 127.0.0.1:43961"), Some(43961));
        assert_eq!(port_in("Starting ChromeDriver 156.0"), None);
    }
}
