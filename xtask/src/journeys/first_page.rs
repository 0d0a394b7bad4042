//! What a new visitor meets.

use anyhow::{Result, ensure};

use super::Visit;
use crate::browser::{key, until};

/// The page starts at an address that is not the root of its host, and says what it is.
pub(super) fn opens_under_a_sub_path(visit: &Visit) -> Result<()> {
    visit.browser.goto(&visit.page)?;
    let heading = visit.browser.text("h1")?;
    ensure!(!heading.trim().is_empty(), "the heading is empty");
    let requests =
        visit.browser.script("return performance.getEntriesByType('resource').map(entry => entry.name)", &[])?;
    let requests = requests.as_array().map_or(0, Vec::len);
    ensure!(requests > 0, "the browser recorded no request, so it cannot have seen a foreign one");
    ensure!(visit.browser.all("dialog#crash[open]")?.is_empty(), "the crash panel is open");
    Ok(())
}

/// Axe finds nothing to complain about.
pub(super) fn is_accessible(visit: &Visit) -> Result<()> {
    visit.browser.goto(&visit.page)?;
    visit.browser.find("h1")?;
    visit.check_accessibility("first page")
}

/// The panel of `index.html` can be read and its reload works when the program no longer answers.
pub(super) fn crash_panel_works(visit: &Visit) -> Result<()> {
    visit.browser.goto(&visit.page)?;
    visit.browser.find("h1")?;
    visit.browser.script("document.getElementById('crash').showModal(); window.before = true", &[])?;
    visit.check_accessibility("crash panel")?;
    let text = visit.browser.text("#crash")?;
    for words in ["Loudou has stopped", "漏斗已停止运行"] {
        ensure!(text.contains(words), "the crash panel does not say {words:?}");
    }
    visit.browser.press(&[key::TAB])?;
    let focused = visit.browser.script("return document.activeElement.id", &[])?;
    ensure!(focused == "crash-download", "Tab leads from the reload button to {focused}");
    visit.browser.click("#crash-reload")?;
    until("the page to load again", || {
        Ok(visit.browser.script("return window.before === undefined", &[])?.as_bool().filter(|loaded| *loaded))
    })?;
    visit.browser.find("h1").map(drop)
}
