//! Working fast: keys, search by pinyin, the page of today.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

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

/// L and a letter log an activity for the card with the focus; it can be taken back and added to. Without anybody it is about, the
/// form asks; where single letters are turned off, none of them does anything.
pub(super) fn log(visit: &Visit) -> Result<()> {
    const CARD: &str = r#"[data-testid="deal-card"]"#;
    const FORM: &str = r#"dialog[open] [data-testid="log-form"]"#;
    visit.open_demo()?;
    let before = activities(visit)?;
    visit.open("#/board")?;
    visit.browser.find(CARD)?;
    visit.browser.script("document.querySelector(arguments[0]).focus()", &[CARD.into()])?;
    visit.browser.press(&['l'])?;
    visit.browser.find(r#"dialog[open] [data-testid="log-kinds"]"#)?;
    visit.check_accessibility("what did you do")?;
    visit.browser.press(&['c'])?;
    let back = "return document.querySelector('dialog[open]') === null
        && document.activeElement.closest(arguments[0]) !== null && /Logged: Call/.test(document.body.innerText)";
    visit.until("the focus to be on the card again", back, &[CARD.into()])?;
    visit.browser.click(".toast .link:nth-of-type(2)")?;
    visit.browser.type_into(&format!("{FORM} textarea"), "Asked for an offer")?;
    visit.browser.press(&[key::CONTROL, key::ENTER])?;
    visit.until("the form to close", "return document.querySelector('dialog[open]') === null", &[])?;
    visit.saved()?;
    let logged = activities(visit)?;
    ensure!(logged.len() == before.len() + 1, "{} activities became {}", before.len(), logged.len());
    let new = logged.iter().find(|activity| !before.contains(activity)).context("nothing was logged")?;
    ensure!(
        new["kind"] == "call" && new["note"] == "Asked for an offer" && new["deal"].is_string(),
        "this was logged: {new}"
    );
    visit.browser.press(&[key::CONTROL, 'z'])?;
    visit.browser.press(&[key::CONTROL, 'z'])?;
    visit.saved()?;
    ensure!(activities(visit)? == before, "undoing did not take the activity back");

    // A row of a list, by its key.
    visit.open("#/customers")?;
    let grid = r#"[role="grid"]"#;
    visit.browser.find(grid)?;
    visit.browser.script("document.querySelector(arguments[0]).focus()", &[grid.into()])?;
    visit.browser.press(&[key::DOWN])?;
    visit.browser.press(&['l'])?;
    visit.browser.press(&['v'])?;
    visit.until("the visit to be logged", "return /Logged: Visit/.test(document.body.innerText)", &[])?;
    let visited = activities(visit)?;
    ensure!(visited.len() == before.len() + 1, "the row did not log");

    // Nobody is at hand here: the form asks whom it was with, and Enter asks for everything.
    visit.open("#/settings")?;
    visit.browser.press(&['l'])?;
    visit.browser.press(&['d'])?;
    visit.browser.find(FORM)?;
    let asked = "return document.activeElement.matches('[data-testid=customer-field]')";
    visit.until("the form to ask for the customer", asked, &[])?;
    visit.browser.press(&[key::ESCAPE])?;
    visit.until("the form to close", "return document.querySelector('dialog[open]') === null", &[])?;
    visit.browser.press(&['l'])?;
    let ready = "return document.activeElement.matches('[data-testid=log-details]')";
    visit.until("the details to be at hand", ready, &[])?;
    visit.browser.press(&[key::ENTER])?;
    visit.browser.find(FORM).map(drop)
}

fn activities(visit: &Visit) -> Result<Vec<Value>> {
    let (_, document) = visit.export()?;
    document["workspace"]["activities"].as_array().cloned().context("the export holds no activities")
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
