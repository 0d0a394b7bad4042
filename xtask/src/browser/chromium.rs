//! What only Chromium is asked, in its own words: those of its `DevTools`.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::{tools::BrowserTools, webdriver::Session};

const ARGUMENTS: [&str; 11] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--no-first-run",
    "--lang=en",
];

/// What keeps tabs in the background from being slowed down.
const WIDE_AWAKE: [&str; 3] = [
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
];

/// What a session is opened with over a profile that outlives it, and in which no tab sleeps.
pub(super) fn capabilities_over(tools: &BrowserTools, profile: &Path) -> Value {
    let own = format!("--user-data-dir={}", profile.display());
    let arguments: Vec<_> = ARGUMENTS.iter().chain(&WIDE_AWAKE).copied().chain([own.as_str()]).collect();
    json!({ "goog:chromeOptions": { "binary": tools.browser, "args": arguments } })
}

/// What a session is opened with.
pub(super) fn capabilities(tools: &BrowserTools, watch: bool) -> Value {
    let mut capabilities = json!({
        "goog:chromeOptions": { "binary": tools.browser, "args": ARGUMENTS },
        "goog:loggingPrefs": { "browser": "ALL" },
    });
    if watch {
        capabilities["goog:loggingPrefs"]["performance"] = "ALL".into();
    }
    capabilities
}

/// Where downloads go from here on.
pub(super) fn download_into(session: &Session, folder: &Path) -> Result<()> {
    let behaviour = json!({ "behavior": "allow", "downloadPath": folder });
    devtools(session, "Browser.setDownloadBehavior", &behaviour).map(drop)
}

/// A file of the folder when all that it holds is complete.
pub(super) fn downloaded(folder: &Path) -> Result<Option<std::path::PathBuf>> {
    let files: Vec<_> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    // While it is written, Chromium keeps a second file beside it or instead of it.
    let complete = files.iter().all(|path| path.extension().is_none_or(|extension| extension != "crdownload"));
    Ok(if complete { files.into_iter().next() } else { None })
}

/// Gives the page a size in CSS pixels, also below the smallest window Chromium allows.
pub(super) fn resize(session: &Session, width: u32, height: u32) -> Result<()> {
    let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    devtools(session, "Emulation.setDeviceMetricsOverride", &metrics).map(drop)
}

/// Shows the page as on another medium; none gives the screen back.
pub(super) fn set_medium(session: &Session, medium: &str) -> Result<()> {
    devtools(session, "Emulation.setEmulatedMedia", &json!({ "media": medium })).map(drop)
}

/// Moves the page to another time zone.
pub(super) fn set_time_zone(session: &Session, zone: &str) -> Result<()> {
    devtools(session, "Emulation.setTimezoneOverride", &json!({ "timezoneId": zone })).map(drop)
}

/// The page as PDF in base 64.
pub(super) fn print(session: &Session) -> Result<Value> {
    Ok(devtools(session, "Page.printToPDF", &json!({ "preferCSSPageSize": true }))?["data"].take())
}

/// Console lines since the last call.
pub(super) fn console(session: &Session) -> Result<Vec<String>> {
    let entries = session.post("/se/log", &json!({ "type": "browser" }))?;
    let line = |entry: &Value| Some(format!("{} {}", entry["level"].as_str()?, entry["message"].as_str()?));
    Ok(entries.as_array().into_iter().flatten().filter_map(line).collect())
}

/// Addresses asked for since the last call.
pub(super) fn requests(session: &Session) -> Result<Vec<String>> {
    let entries = session.post("/se/log", &json!({ "type": "performance" }))?;
    let mut found = Vec::new();
    for entry in entries.as_array().into_iter().flatten() {
        let message: Value = serde_json::from_str(entry["message"].as_str().unwrap_or_default())?;
        let message = &message["message"];
        if message["method"] == "Network.requestWillBeSent" {
            found.extend(message["params"]["request"]["url"].as_str().map(str::to_owned));
        }
    }
    Ok(found)
}

/// A script that runs before every page, until this is dropped.
pub(crate) struct Early<'s> {
    session: &'s Session,
    name: Value,
}

impl<'s> Early<'s> {
    pub(super) fn add(session: &'s Session, script: &str) -> Result<Self> {
        let mut added = devtools(session, "Page.addScriptToEvaluateOnNewDocument", &json!({ "source": script }))?;
        Ok(Self { session, name: added["identifier"].take() })
    }
}

impl Drop for Early<'_> {
    fn drop(&mut self) {
        // Without a page there is nothing to take it from.
        devtools(self.session, "Page.removeScriptToEvaluateOnNewDocument", &json!({ "identifier": self.name })).ok();
    }
}

fn devtools(session: &Session, command: &str, parameters: &Value) -> Result<Value> {
    session
        .post("/goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
        .with_context(|| format!("{command} failed"))
}
