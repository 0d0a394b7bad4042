//! Room: said early and calmly, on every page when it is nearly gone and at once when a change does not fit; closed deals make some.

use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{Visit, board, visit::settings};

const BAND: &str = r#"[data-testid="room-band"]"#;

/// Fills the storage up to so many hundredths of what a browser gives.
fn fill(visit: &Visit, percent: u32) -> Result<()> {
    let fill = "localStorage.removeItem('filler');
        const used = Object.keys(localStorage).reduce((all, key) => all + key.length + localStorage.getItem(key).length, 0);
        localStorage.setItem('filler', 'x'.repeat(Math.floor(5242880 * arguments[0] / 100) - used - 6))";
    visit.browser.script(fill, &[percent.into()]).map(drop)
}

/// At three quarters the data page says so, at nine tenths every page does, and what does not fit is said at once, each with a way out.
pub(super) fn said_in_time(visit: &Visit) -> Result<()> {
    visit.settle(&settings("zh", "light"))?;
    visit.open_demo()?;
    fill(visit, 75)?;
    visit.open("#/data")?;
    let early = visit.browser.text(r#"[data-testid="room-early"]"#).context("nothing is said at 75 %")?;
    ensure!(early.contains("75"), "it says {early:?}");
    visit.browser.click(r#"[data-testid="room-largest"] summary"#)?;
    visit.check_accessibility("what takes the room")?;
    ensure!(visit.count(BAND)? == 0, "every page is told at 75 %");

    fill(visit, 93)?;
    visit.open("#/board")?;
    visit.reload()?;
    let said = visit.browser.text(BAND).context("the board says nothing at 93 %")?;
    // The page tidies a little while it opens.
    ensure!(said.contains("92") || said.contains("93"), "it says {said:?}");
    visit.check_accessibility("the band of a storage that is nearly full")?;
    let folder = visit.folder.join("downloads");
    let file = visit.browser.download(r#"[data-testid="room-download"]"#, &folder)?;
    let document: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
    ensure!(document["format"] == "loudou", "the way out hands out no document");
    visit.browser.click(r#"[data-testid="room-make"]"#)?;
    visit.browser.find(r#"[data-testid="archive"]"#).context("the way out leads nowhere")?;

    // With room again nothing is said; what does not fit is said at once.
    fill(visit, 20)?;
    visit.open("#/board")?;
    visit.reload()?;
    ensure!(visit.count(BAND)? == 0, "it is said although there is room");
    let take_all = "let size = 1 << 22, text = '';
        while (size >= 1) {
            try { localStorage.setItem('filler', text + 'x'.repeat(size)); text += 'x'.repeat(size); } catch { size >>= 1; }
        }";
    visit.browser.script(take_all, &[])?;
    board::drag_back(visit)?;
    visit.browser.find(BAND).context("a change that does not fit is not said at once")?;
    visit.browser.script("localStorage.removeItem('filler')", &[])?;
    board::drag_back(visit)?;
    visit.saved()?;
    visit.until("the band to go", "return !document.querySelector(arguments[0])", &[BAND.into()])
}

/// Closed deals go into a file and out of the workspace in one step; the file is a workspace of its own.
pub(super) fn archived(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    let (_, before) = visit.export()?;
    let choose = r#"const field = document.querySelector('[data-testid="archive"] input[type="date"]');
        field.value = arguments[0];
        for (const event of ['input', 'change']) field.dispatchEvent(new Event(event, { bubbles: true }));"#;
    let day = visit.browser.script("return new Date().toISOString().slice(0, 10)", &[])?;
    visit.browser.script(choose, &[day])?;
    let folder = visit.folder.join("archived");
    let file = visit.browser.download(r#"[data-testid="archive-download"]:not([disabled])"#, &folder)?;
    visit.check_accessibility("the question before closed deals go")?;
    let archived: Value = serde_json::from_str(&fs::read_to_string(&file)?)?;
    let count = |document: &Value| document["workspace"]["deals"].as_array().map_or(0, Vec::len);
    ensure!(count(&archived) > 0 && count(&archived) < count(&before), "the file holds {} deals", count(&archived));
    visit.browser.click(r#"dialog[open] [data-testid="archive-remove"]"#)?;
    visit.browser.find(r#"[data-testid="archive-done"]"#)?;
    visit.saved()?;
    let (_, after) = visit.export()?;
    ensure!(count(&after) + count(&archived) == count(&before), "a deal is in neither or in both");
    visit.browser.click(r#"[data-testid="archive-undo"]"#)?;
    visit.saved()?;
    let (_, undone) = visit.export()?;
    ensure!(undone == before, "the step was not undone");
    visit.give("open-document", &file)?;
    visit.browser.find(r#"[data-testid="document-opened"]"#).context("the file does not open")?;
    visit.saved()
}
