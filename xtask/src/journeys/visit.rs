//! A visitor: what journeys do and look at, in words they share.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::{
    axe,
    browser::{Browser, until},
    routes,
};

/// A visitor with an empty browser and the address of the page.
pub(crate) struct Visit {
    pub(crate) browser: Browser,
    pub(crate) page: String,
    /// For what the visitor downloads or is given; empty at first, and nobody else's.
    pub(super) folder: PathBuf,
    axe: Option<String>,
}

impl Visit {
    /// A visitor who has not opened the page yet; without `axe` accessibility is not judged.
    pub(super) fn new(browser: Browser, page: String, folder: PathBuf, axe: Option<String>) -> Self {
        Self { browser, page, folder, axe }
    }

    /// Fails with axe's violations on the page as it stands; `name` is the page's name in the message.
    pub(crate) fn check_accessibility(&self, name: &str) -> Result<()> {
        let Some(axe) = &self.axe else { return Ok(()) };
        let violations = axe::violations(&self.browser, axe, name)?;
        ensure!(violations.is_empty(), "axe found {}:\n  {}", violations.len(), violations.join("\n  "));
        Ok(())
    }

    /// Opens a page by its hash and waits for its heading. Once the program runs, it goes on running.
    pub(super) fn open(&self, hash: &str) -> Result<()> {
        let follow = "if (!location.href.startsWith(arguments[0])) return false;
            location.hash = arguments[1];
            return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))";
        if !self.holds(follow, &[self.page.as_str().into(), hash.into()])? {
            self.browser.goto(&format!("{}{hash}", self.page))?;
        }
        self.browser
            .find(&format!("{} main h1", routes::READY))
            .map(drop)
            .with_context(|| format!("{hash} did not open"))
    }

    /// Opens the demo company as a first visitor.
    pub(super) fn open_demo(&self) -> Result<()> {
        self.open("#/")?;
        routes::open_demo(&self.browser)
    }

    /// Loads the page again as a returning visitor would.
    pub(super) fn reload(&self) -> Result<()> {
        self.browser.reload()?;
        self.browser.find(&format!("{} main h1", routes::READY)).map(drop).context("the page did not open again")
    }

    /// Writes settings as another visit would have left them, and loads the page with them.
    pub(super) fn settle(&self, settings: &Value) -> Result<()> {
        self.open("#/")?;
        let change = "localStorage.setItem('loudou/settings', JSON.stringify(arguments[0]))";
        self.browser.script(change, std::slice::from_ref(settings))?;
        self.reload()
    }

    /// How many pages of paper the page takes as it stands.
    pub(super) fn printed_pages(&self) -> Result<usize> {
        let pdf = self.browser.print()?;
        let text = String::from_utf8_lossy(&pdf);
        Ok(text.matches("/Type /Page").count() - text.matches("/Type /Pages").count())
    }

    /// Waits until everything shown is saved.
    pub(super) fn saved(&self) -> Result<()> {
        self.browser.find(routes::SAVED).map(drop).context("the page does not say that it is saved")
    }

    /// How many elements match now.
    pub(super) fn count(&self, css: &str) -> Result<usize> {
        Ok(self.browser.all(css)?.len())
    }

    /// The text of the first match, or nothing when there is none.
    pub(super) fn text_if_there(&self, css: &str) -> Result<String> {
        let script = "return document.querySelector(arguments[0])?.innerText ?? ''";
        Ok(self.browser.script(script, &[css.into()])?.as_str().unwrap_or_default().to_owned())
    }

    /// Whether a script's `return` holds now.
    pub(super) fn holds(&self, script: &str, arguments: &[Value]) -> Result<bool> {
        Ok(self.browser.script(script, arguments)? == true)
    }

    /// Waits until a script's `return` holds.
    pub(super) fn until(&self, what: &str, script: &str, arguments: &[Value]) -> Result<()> {
        until(what, || Ok(self.holds(script, arguments)?.then_some(())))
    }

    /// What is stored of all workspaces, by key.
    pub(super) fn stored(&self) -> Result<Value> {
        let script = "return Object.fromEntries(Object.keys(localStorage).filter(key => key.startsWith('loudou/w/'))
            .sort().map(key => [key, localStorage.getItem(key)]))";
        self.browser.script(script, &[])
    }

    /// Makes the browser's database forget its copy of what local storage keeps, so that what is damaged there cannot be put right.
    pub(super) fn forget_mirror(&self) -> Result<()> {
        let script = "const [name, room] = ['loudou', 'mirror'];
            const database = await new Promise((done, fail) => {
                const request = indexedDB.open(name);
                request.onsuccess = () => done(request.result);
                request.onerror = () => fail(request.error);
            });
            await new Promise((done, fail) => {
                const transaction = database.transaction(room, 'readwrite');
                transaction.objectStore(room).clear();
                transaction.oncomplete = done;
                transaction.onerror = () => fail(transaction.error);
            });
            database.close()";
        self.browser.script(&format!("return (async () => {{ {script} }})()"), &[]).map(drop)
    }

    /// The name of the column a deal's card stands in, if it is among the cards in view.
    pub(super) fn column_of(&self, deal: &str) -> Result<Option<String>> {
        let script = "return document.querySelector(`[data-testid=deal-card][data-deal=\"${arguments[0]}\"]`)
            ?.closest('[data-testid=board-column]')?.dataset.stage ?? null";
        Ok(self.browser.script(script, &[deal.into()])?.as_str().map(str::to_owned))
    }

    /// Waits until a deal's card stands in a column.
    pub(super) fn stands_in(&self, deal: &str, stage: &str) -> Result<()> {
        until(&format!("the card to stand in {stage}"), || {
            Ok(self.column_of(deal)?.filter(|column| column == stage).map(drop))
        })
    }

    /// Exports the open workspace from the data page: the file, and its contents but for the moment of the export and what it says of
    /// where the data comes from.
    pub(super) fn export(&self) -> Result<(PathBuf, Value)> {
        self.open("#/data")?;
        let folder = self.folder.join("downloads");
        let file = self.browser.download(r#"[data-testid="export-json"]"#, &folder)?;
        let text = fs::read_to_string(&file).with_context(|| format!("could not read {}", file.display()))?;
        let mut document: Value = serde_json::from_str(&text).context("the export is no JSON")?;
        ensure!(document["exported"].is_string(), "the export does not say when it was made");
        bare(&mut document);
        Ok((file, document))
    }

    /// Gives a file to the file field with a test id.
    pub(super) fn give(&self, field: &str, file: &std::path::Path) -> Result<()> {
        self.browser.type_into(&routes::file_field(field), &file.display().to_string())
    }

    /// The hashes of all pages that can be opened with data.
    pub(super) fn pages(&self) -> Result<Vec<(&'static str, String)>> {
        let mut pages = vec![(routes::WELCOME, "#/".to_owned())];
        for route in routes::WITH_DATA {
            pages.push((route, routes::hash(&self.browser, &self.page, route)?));
        }
        pages.push(("unknown address", "#/nowhere".to_owned()));
        Ok(pages)
    }
}

/// Takes from a document what differs from one export of the same data to the next.
pub(super) fn bare(document: &mut Value) {
    if let Some(document) = document.as_object_mut() {
        for key in ["exported", "export", "ancestors"] {
            document.remove(key);
        }
    }
}

/// Settings with a language and a theme.
pub(super) fn settings(language: &str, theme: &str) -> Value {
    json!({ "language": language, "theme": theme })
}
