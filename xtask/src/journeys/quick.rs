//! Working fast: keys, search by pinyin, the page of today.

use anyhow::{Context, Result, ensure};

use super::{Visit, visit::settings};
use crate::browser::key;

const DIALOG: &str = "dialog[open]";
const FIELD: &str = r#"[data-testid="palette-field"]"#;

/// The map of the keys opens by `?`; `g` and a letter lead to a page; single letters can be turned off.
pub(super) fn keys(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    visit.browser.press(&['?'])?;
    visit.browser.find(DIALOG)?;
    ensure!(visit.browser.text(DIALOG)?.contains("New deal"), "the map of keys is not shown");
    visit.browser.press(&[key::ESCAPE])?;
    let closed = "return document.querySelector('dialog[open]') === null && !document.activeElement.closest('dialog')";
    visit.until("the map to close", closed, &[])?;
    for (letter, page) in [('t', "#/today"), ('d', "#/deals"), ('c', "#/customers"), ('b', "#/board")] {
        visit.browser.press(&['g'])?;
        visit.browser.press(&[letter])?;
        visit.until(page, "return location.hash.startsWith(arguments[0])", &[page.into()])?;
    }
    visit.browser.press(&['?'])?;
    visit.browser.find(DIALOG)?;
    visit.browser.click("dialog[open] .checkbox input")?;
    visit.browser.press(&[key::ESCAPE])?;
    visit.browser.press(&['n'])?;
    ensure!(visit.count(DIALOG)? == 0, "a letter works although letters were turned off");
    Ok(())
}

/// A customer is found by the initials of its name.
pub(super) fn search_by_pinyin(visit: &Visit) -> Result<()> {
    visit.settle(&settings("zh", "light"))?;
    visit.open_demo()?;
    visit.browser.press(&[key::CONTROL, 'k'])?;
    visit.browser.type_into(FIELD, "zhaoyt")?;
    visit.until(
        "a person by pinyin",
        "return document.querySelector('[role=option]')?.innerText.includes(arguments[0])",
        &["赵雅婷".into()],
    )?;
    visit.browser.press(&[key::ENTER])?;
    visit.until("the deals of that person", "return location.hash.startsWith('#/deals?owner=')", &[])
}

/// What asks for attention: a deal is given a new day, is no longer overdue, and is again after an undo.
pub(super) fn today(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    visit.open("#/today")?;
    let rows = r#"[data-testid="today-kind"][data-kind="0"] [data-testid="today-row"]"#;
    let link = visit.browser.find(&format!("{rows} a")).context("nothing is overdue in the demo company")?;
    let address = visit.browser.attribute(&link, "href")?.context("the deal has no address")?;
    let (_, hash) = address.split_once('#').context("the address has no hash")?;
    let same = format!(r##"{rows} a[href="#{hash}"]"##);
    visit.browser.click(&format!("{rows} .today__do button"))?;
    let count = "return document.querySelectorAll(arguments[0]).length === arguments[1]";
    visit.until("the deal to leave the list", count, &[same.as_str().into(), 0.into()])?;
    visit.saved()?;
    visit.browser.press(&[key::CONTROL, 'z'])?;
    visit.until("the deal to come back", count, &[same.as_str().into(), 1.into()])
}
