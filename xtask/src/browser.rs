//! A headless Chromium with an empty profile, driven by words a tester would use.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow, bail};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::{
    tools::BrowserTools,
    webdriver::{Element, Session},
};

/// How long to wait for something to appear before giving up.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long the driver waits for a page to load and for a script, in milliseconds. Its own patience with a page is five minutes.
const DRIVERS_PATIENCE: u32 = 60_000;

const CHROMIUM_ARGUMENTS: [&str; 11] = [
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

/// One browser window with an empty profile. Closed when dropped.
pub(crate) struct Browser {
    // Dropped in this order: first the window, then the driver.
    session: Session,
    _driver: Driver,
}

impl Browser {
    /// Opens a window. With `watch`, every request is recorded for [`Browser::requests`], which costs some speed.
    ///
    /// # Errors
    /// When the driver or the browser does not start.
    pub(crate) fn open(tools: &BrowserTools, watch: bool) -> Result<Self> {
        let driver = Driver::start(tools)?;
        let mut capabilities = json!({
            "goog:chromeOptions": { "binary": tools.chromium, "args": CHROMIUM_ARGUMENTS },
            "goog:loggingPrefs": { "browser": "ALL" },
            "unhandledPromptBehavior": "accept",
            "timeouts": { "pageLoad": DRIVERS_PATIENCE, "script": DRIVERS_PATIENCE },
        });
        if watch {
            capabilities["goog:loggingPrefs"]["performance"] = "ALL".into();
        }
        let session = Session::open(&driver.address, &capabilities).context("the browser did not start")?;
        let browser = Self { session, _driver: driver };
        browser.resize(1440, 900)?;
        Ok(browser)
    }

    /// Opens a window over a profile that outlives it. Tabs in the background work as fast as the one in front.
    ///
    /// # Errors
    /// When the driver or the browser does not start.
    pub(crate) fn open_in(tools: &BrowserTools, profile: &Path) -> Result<Self> {
        let driver = Driver::start(tools)?;
        let mut arguments: Vec<_> = CHROMIUM_ARGUMENTS.iter().map(|flag| (*flag).to_owned()).collect();
        arguments.extend(WIDE_AWAKE.map(str::to_owned));
        arguments.push(format!("--user-data-dir={}", profile.display()));
        let capabilities = json!({
            "goog:chromeOptions": { "binary": tools.chromium, "args": arguments },
            "unhandledPromptBehavior": "accept",
            "timeouts": { "pageLoad": DRIVERS_PATIENCE, "script": DRIVERS_PATIENCE },
        });
        let session = Session::open(&driver.address, &capabilities).context("the browser did not start")?;
        Ok(Self { session, _driver: driver })
    }

    /// The tab that is driven, by the driver's name for it.
    pub(crate) fn window(&self) -> Result<String> {
        Ok(self.session.get("/window")?.as_str().context("the driver named no tab")?.to_owned())
    }

    /// Opens another tab at an address and drives it from now on.
    pub(crate) fn open_tab(&self, address: &str) -> Result<String> {
        let opened = self.session.post("/window/new", &json!({ "type": "window" }))?;
        let tab = opened["handle"].as_str().context("the driver named no tab")?.to_owned();
        self.switch_to(&tab)?;
        self.goto(address)?;
        Ok(tab)
    }

    /// Drives another tab.
    pub(crate) fn switch_to(&self, tab: &str) -> Result<()> {
        self.session.post("/window", &json!({ "handle": tab })).map(drop)
    }

    /// Loads an address and waits for its load event.
    pub(crate) fn goto(&self, address: &str) -> Result<()> {
        self.session.post("/url", &json!({ "url": address })).map(drop)
    }

    /// Loads the page again, as a returning visitor would.
    pub(crate) fn reload(&self) -> Result<()> {
        self.session.post("/refresh", &json!({})).map(drop)
    }

    /// One step back in the browser's history.
    pub(crate) fn back(&self) -> Result<()> {
        self.session.post("/back", &json!({})).map(drop)
    }

    /// What a click downloads, once it is complete.
    pub(crate) fn download(&self, css: &str, folder: &Path) -> Result<PathBuf> {
        if folder.exists() {
            fs::remove_dir_all(folder).with_context(|| format!("could not empty {}", folder.display()))?;
        }
        fs::create_dir_all(folder).with_context(|| format!("could not create {}", folder.display()))?;
        let behaviour = json!({ "behavior": "allow", "downloadPath": folder });
        self.devtools("Browser.setDownloadBehavior", &behaviour)?;
        self.click(css)?;
        until("the download", || {
            let complete = |path: &PathBuf| path.extension().is_none_or(|extension| extension != "crdownload");
            let files: Vec<_> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
            // While it is written, Chromium keeps a second file beside it or instead of it.
            Ok(if files.iter().all(complete) { files.into_iter().next() } else { None })
        })
    }

    /// Gives the page a size in CSS pixels, also below the smallest window Chromium allows.
    pub(crate) fn resize(&self, width: u32, height: u32) -> Result<()> {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", &metrics).map(drop)
    }

    /// What a DevTools command returns.
    pub(crate) fn devtools(&self, command: &str, parameters: &Value) -> Result<Value> {
        self.session.post("/goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    /// What a script's `return` gives; a promise is awaited. `arguments[0]`… are `arguments`.
    pub(crate) fn script(&self, script: &str, arguments: &[Value]) -> Result<Value> {
        self.session.post("/execute/sync", &json!({ "script": script, "args": arguments }))
    }

    /// The elements that match now, perhaps none.
    pub(crate) fn all(&self, css: &str) -> Result<Vec<Element>> {
        self.session.elements(css)
    }

    /// The first element that matches, waiting for it to appear.
    pub(crate) fn find(&self, css: &str) -> Result<Element> {
        until(&format!("`{css}` to appear"), || Ok(self.all(css)?.into_iter().next()))
    }

    /// Clicks the first element that matches, waiting for it to appear.
    pub(crate) fn click(&self, css: &str) -> Result<()> {
        let element = self.find(css)?;
        self.session.on(&element, "click", &json!({})).map(drop).with_context(|| format!("could not click `{css}`"))
    }

    /// Types into the first element that matches; for a file field, the path of the file.
    pub(crate) fn type_into(&self, css: &str, text: &str) -> Result<()> {
        let element = self.find(css)?;
        self.session
            .on(&element, "value", &json!({ "text": text }))
            .map(drop)
            .with_context(|| format!("could not type into `{css}`"))
    }

    /// Presses keys wherever the focus is: the last one while all before it are held. Special keys are the code points
    /// of the WebDriver standard, as in [`crate::browser::key`].
    pub(crate) fn press(&self, chord: &[char]) -> Result<()> {
        let down = chord.iter().map(|key| json!({ "type": "keyDown", "value": key }));
        let up = chord.iter().rev().map(|key| json!({ "type": "keyUp", "value": key }));
        let actions: Vec<_> = down.chain(up).collect();
        self.session
            .post("/actions", &json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] }))
            .map(drop)
    }

    /// Drags one element onto the middle of another with the mouse.
    pub(crate) fn drag(&self, from: &Element, to: &Element) -> Result<()> {
        let move_to = |element: &Element, x: i32, milliseconds: u32| json!({ "type": "pointerMove", "origin": element.reference(), "x": x, "y": 0, "duration": milliseconds });
        let actions = json!([
            move_to(from, 0, 0),
            { "type": "pointerDown", "button": 0 },
            // A first small move starts the drag, the last one reports the place to the target.
            move_to(from, 8, 50),
            move_to(to, 0, 150),
            move_to(to, 2, 50),
            { "type": "pointerUp", "button": 0 },
        ]);
        let mouse =
            json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": actions });
        self.session.post("/actions", &json!({ "actions": [mouse] })).map(drop)
    }

    /// The text of the first element that matches, as a reader sees it.
    pub(crate) fn text(&self, css: &str) -> Result<String> {
        let text = self.session.of(&self.find(css)?, "text")?;
        text.as_str().map(str::to_owned).context("the driver gave no text")
    }

    /// An attribute of the element, `None` when it is not set.
    pub(crate) fn attribute(&self, element: &Element, name: &str) -> Result<Option<String>> {
        Ok(self.session.of(element, &format!("attribute/{name}"))?.as_str().map(str::to_owned))
    }

    /// The visible part of the page as PNG.
    pub(crate) fn screenshot(&self) -> Result<Vec<u8>> {
        let image = self.session.get("/screenshot")?;
        Ok(STANDARD.decode(image.as_str().context("the driver gave no image")?)?)
    }

    /// The page as it is printed, as PDF, on the paper that its styles ask for.
    pub(crate) fn print(&self) -> Result<Vec<u8>> {
        let printed = self.devtools("Page.printToPDF", &json!({ "preferCSSPageSize": true }))?;
        Ok(STANDARD.decode(printed["data"].as_str().context("the browser printed nothing")?)?)
    }

    /// Console lines since the last call, with their level. Violations of the content security policy are among them.
    pub(crate) fn console(&self) -> Result<Vec<String>> {
        let entries = self.session.post("/se/log", &json!({ "type": "browser" }))?;
        let line = |entry: &Value| Some(format!("{} {}", entry["level"].as_str()?, entry["message"].as_str()?));
        Ok(entries.as_array().into_iter().flatten().filter_map(line).collect())
    }

    /// The addresses of all requests since the last call. Only for a browser opened with `watch`.
    pub(crate) fn requests(&self) -> Result<Vec<String>> {
        let entries = self.session.post("/se/log", &json!({ "type": "performance" }))?;
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
}

/// Waits until `question` has an answer.
///
/// # Errors
/// When patience runs out; `what` is what was waited for.
pub(crate) fn until<T>(what: &str, question: impl Fn() -> Result<Option<T>>) -> Result<T> {
    let start = Instant::now();
    loop {
        if let Some(answer) = question()? {
            return Ok(answer);
        }
        if start.elapsed() > PATIENCE {
            bail!("waited {} s for {what}", PATIENCE.as_secs());
        }
        thread::sleep(Duration::from_millis(30));
    }
}

/// Keys that have no character, by the WebDriver standard.
pub(crate) mod key {
    /// To the next thing that takes keys.
    pub(crate) const TAB: char = '\u{E004}';
    /// Takes away what stands before.
    pub(crate) const BACKSPACE: char = '\u{E003}';
    /// Does what has the focus.
    pub(crate) const ENTER: char = '\u{E007}';
    /// Closes what lies above the page.
    pub(crate) const ESCAPE: char = '\u{E00C}';
    /// Held with a letter for a command.
    pub(crate) const CONTROL: char = '\u{E009}';
    /// One up.
    pub(crate) const UP: char = '\u{E013}';
    /// One to the right.
    pub(crate) const RIGHT: char = '\u{E014}';
    /// One down.
    pub(crate) const DOWN: char = '\u{E015}';
}

/// A running ChromeDriver, ended when dropped.
struct Driver {
    child: Child,
    address: String,
}

impl Driver {
    fn start(tools: &BrowserTools) -> Result<Self> {
        let mut command = Command::new(&tools.chromedriver);
        let mut child = command
            .args(["--port=0", "--log-level=SEVERE"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("could not start {}", tools.chromedriver.display()))?;
        let output = child.stdout.take().context("ChromeDriver has no output")?;
        let mut driver = Self { child, address: String::new() };
        let mut lines = BufReader::new(output).lines();
        let port = lines.by_ref().map_while(Result::ok).find_map(|line| port_in(&line));
        let port = port.ok_or_else(|| anyhow!("ChromeDriver ended without naming its port"))?;
        driver.address = format!("http://127.0.0.1:{port}");
        // Somebody has to read what else it says, or it stops when the pipe is full.
        thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Ok(driver)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// `ChromeDriver was started successfully on port 41234.`
fn port_in(line: &str) -> Option<u16> {
    line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::port_in;

    #[test]
    fn reads_the_port_chromedriver_announces() {
        assert_eq!(port_in("ChromeDriver was started successfully on port 41234."), Some(41234));
        assert_eq!(port_in("Starting ChromeDriver 156.0"), None);
    }
}
