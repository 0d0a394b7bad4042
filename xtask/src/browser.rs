//! A headless browser with an empty profile, driven by words a tester would use.
//!
//! Most of it is the WebDriver standard. What the standard lacks each browser is asked in its own way.

mod chromium;
mod driver;
mod firefox;

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use self::driver::Driver;
use crate::{
    tools::{BrowserTools, Kind},
    webdriver::{Element, Session},
};

/// How long to wait for something to appear before giving up.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long the driver waits for a page to load and for a script, in milliseconds. Its own patience with a page is five minutes.
const DRIVERS_PATIENCE: u32 = 60_000;

/// One browser window with an empty profile. Closed when dropped.
pub(crate) struct Browser {
    // Dropped in this order: first the window, then the driver.
    session: Session,
    _driver: Driver,
    kind: Kind,
}

impl Browser {
    /// Opens a window. With `watch`, every request is recorded for [`Browser::requests`], which costs some speed.
    ///
    /// # Errors
    /// When the driver or the browser does not start.
    pub(crate) fn open(tools: &BrowserTools, watch: bool) -> Result<Self> {
        let driver = Driver::start(tools)?;
        let mut capabilities = match tools.kind {
            Kind::Chromium => chromium::capabilities(tools, watch),
            Kind::Firefox => firefox::capabilities(tools),
        };
        capabilities["unhandledPromptBehavior"] = "accept".into();
        capabilities["timeouts"] = json!({ "pageLoad": DRIVERS_PATIENCE, "script": DRIVERS_PATIENCE });
        let session = Session::open(driver.address(), &capabilities).context("the browser did not start")?;
        let browser = Self { session, _driver: driver, kind: tools.kind };
        if browser.kind == Kind::Firefox {
            firefox::watch(&browser.session)?;
        }
        browser.resize(1440, 900)?;
        Ok(browser)
    }

    /// Opens a window of Chromium over a profile that outlives it. Tabs in the background work as fast as the one in front.
    ///
    /// # Errors
    /// When the driver or the browser does not start.
    pub(crate) fn open_in(tools: &BrowserTools, profile: &Path) -> Result<Self> {
        let driver = Driver::start(tools)?;
        let mut capabilities = chromium::capabilities_over(tools, profile);
        capabilities["unhandledPromptBehavior"] = "accept".into();
        capabilities["timeouts"] = json!({ "pageLoad": DRIVERS_PATIENCE, "script": DRIVERS_PATIENCE });
        let session = Session::open(driver.address(), &capabilities).context("the browser did not start")?;
        Ok(Self { session, _driver: driver, kind: tools.kind })
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
        match self.kind {
            Kind::Chromium => self.session.post("/refresh", &json!({})).map(drop),
            Kind::Firefox => firefox::reload(&self.session),
        }
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
        match self.kind {
            Kind::Chromium => chromium::download_into(&self.session, folder)?,
            Kind::Firefox => firefox::download_into(&self.session, folder)?,
        }
        self.click(css)?;
        until("the download", || match self.kind {
            Kind::Chromium => chromium::downloaded(folder),
            Kind::Firefox => firefox::downloaded(&self.session, folder),
        })
    }

    /// Gives the page a size in CSS pixels, also below the smallest window the browser allows.
    pub(crate) fn resize(&self, width: u32, height: u32) -> Result<()> {
        match self.kind {
            Kind::Chromium => chromium::resize(&self.session, width, height),
            Kind::Firefox => firefox::resize(&self.session, width, height),
        }
    }

    /// Shows the page as on another medium, `print` for paper; an empty one gives the screen back.
    pub(crate) fn set_medium(&self, medium: &str) -> Result<()> {
        match self.kind {
            Kind::Chromium => chromium::set_medium(&self.session, medium),
            Kind::Firefox => firefox::set_medium(&self.session, medium),
        }
    }

    /// Moves the page to a time zone, by its name in the IANA database.
    pub(crate) fn set_time_zone(&self, zone: &str) -> Result<()> {
        match self.kind {
            Kind::Chromium => chromium::set_time_zone(&self.session, zone),
            Kind::Firefox => firefox::set_time_zone(&self.session, zone),
        }
    }

    /// Has a script run in every page before anything of the page does, until what is returned is dropped. Only for Chromium.
    ///
    /// # Errors
    /// When the browser is another one.
    pub(crate) fn before_every_page(&self, script: &str) -> Result<chromium::Early<'_>> {
        ensure!(self.kind == Kind::Chromium, "{} is given no script before a page", self.kind.name());
        chromium::Early::add(&self.session, script)
    }

    /// What a script's `return` gives; a promise is awaited. `arguments[0]`… are `arguments`.
    pub(crate) fn script(&self, script: &str, arguments: &[Value]) -> Result<Value> {
        self.session.script(script, arguments)
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
        let click = || self.session.on(&self.find(css)?, "click", &json!({})).map(drop);
        let Err(first) = click() else { return Ok(()) };
        // A message at the edge of the window covers it for some seconds, as it covers it from a visitor; a list that is drawn anew has
        // another element in its place.
        let why = first.to_string();
        let passes = ["intercepted", "stale"].iter().any(|word| why.contains(word));
        let again = || Ok(if passes { click().ok() } else { None });
        until(&format!("`{css}` to take a click"), again).with_context(|| format!("could not click `{css}`: {why}"))
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
        self.drag_by(Pointer::Mouse, from, to, None)
    }

    /// Drags one element onto the middle of another; a key may be pressed before the pointer lets go.
    pub(crate) fn drag_by(&self, pointer: Pointer, from: &Element, to: &Element, key: Option<char>) -> Result<()> {
        let move_to = |element: &Element, x: i32, milliseconds: u32| json!({ "type": "pointerMove", "origin": element.reference(), "x": x, "y": 0, "duration": milliseconds });
        let pause = json!({ "type": "pause", "duration": 0 });
        let actions = json!([
            move_to(from, 0, 0),
            { "type": "pointerDown", "button": 0 },
            // A first small move starts the drag, the last one reports the place to the target.
            move_to(from, 8, 50),
            move_to(to, 0, 150),
            move_to(to, 2, 50),
            pause,
            pause,
            { "type": "pointerUp", "button": 0 },
        ]);
        let hand = json!({ "type": "pointer", "id": pointer.name(), "parameters": { "pointerType": pointer.name() }, "actions": actions });
        let keys = key.map(|key| {
            let waits = std::iter::repeat_n(pause.clone(), 5);
            let presses = ["keyDown", "keyUp"].map(|what| json!({ "type": what, "value": key }));
            json!({ "type": "key", "id": "keyboard", "actions": waits.chain(presses).collect::<Vec<_>>() })
        });
        let sources: Vec<_> = std::iter::once(hand).chain(keys).collect();
        self.session.post("/actions", &json!({ "actions": sources })).map(drop)
    }

    /// Whether the page scrolls under a finger that the driver moves. Firefox's driver hands touches to the page alone.
    pub(crate) fn fingers_scroll(&self) -> bool {
        self.kind == Kind::Chromium
    }

    /// A finger goes down on an element and up again so many pixels above it, as one scrolls.
    pub(crate) fn swipe_up(&self, from: &Element, pixels: i32) -> Result<()> {
        let move_by = |y: i32, milliseconds: u32| json!({ "type": "pointerMove", "origin": from.reference(), "x": 0, "y": y, "duration": milliseconds });
        let actions = json!([
            move_by(0, 0),
            { "type": "pointerDown", "button": 0 },
            move_by(-pixels / 2, 60),
            move_by(-pixels, 60),
            { "type": "pointerUp", "button": 0 },
        ]);
        let name = Pointer::Touch.name();
        let hand = json!({ "type": "pointer", "id": name, "parameters": { "pointerType": name }, "actions": actions });
        self.session.post("/actions", &json!({ "actions": [hand] })).map(drop)
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
        let printed = match self.kind {
            Kind::Chromium => chromium::print(&self.session)?,
            Kind::Firefox => firefox::print(&self.session)?,
        };
        Ok(STANDARD.decode(printed.as_str().context("the browser printed nothing")?)?)
    }

    /// Console lines since the last call, with their level. Violations of the content security policy are among them.
    pub(crate) fn console(&self) -> Result<Vec<String>> {
        match self.kind {
            Kind::Chromium => chromium::console(&self.session),
            Kind::Firefox => firefox::console(&self.session),
        }
    }

    /// The addresses of all requests since the last call. Only for a browser opened with `watch`.
    pub(crate) fn requests(&self) -> Result<Vec<String>> {
        match self.kind {
            Kind::Chromium => chromium::requests(&self.session),
            Kind::Firefox => firefox::requests(&self.session),
        }
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

/// What somebody points with.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Pointer {
    /// A mouse.
    Mouse,
    /// A finger.
    Touch,
}

impl Pointer {
    /// Its name in the WebDriver standard.
    const fn name(self) -> &'static str {
        match self {
            Self::Mouse => "mouse",
            Self::Touch => "touch",
        }
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
    /// The next page.
    pub(crate) const PAGE_DOWN: char = '\u{E00F}';
    /// One up.
    pub(crate) const UP: char = '\u{E013}';
    /// One to the right.
    pub(crate) const RIGHT: char = '\u{E014}';
    /// One down.
    pub(crate) const DOWN: char = '\u{E015}';
}
