//! What is deleted comes back days later, or goes for good when that is wanted.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{Visit, visit::settings};
use crate::{browser::until, routes};

const ROW: &str = r#"[data-testid="trash-row"]"#;
const TITLE: &str = r#"[data-testid="deal-title"]"#;

/// A deal is deleted, found in the trash after a reload and put back whole; what needs something that is gone says so; another tab
/// sees the same trash; what goes for good is asked about first.
pub(super) fn put_back_after_a_reload(visit: &Visit) -> Result<()> {
    visit.settle(&settings("en", "light"))?;
    visit.open_demo()?;
    let before = visit.export()?.1;
    let hash = routes::hash(&visit.browser, &visit.page, "won-deal")?;
    visit.open(&hash)?;
    let title = visit.browser.text(TITLE)?;
    delete(visit, "deals")?;
    visit.saved()?;
    ensure!(visit.export()?.1 != before, "the deal is still there");

    visit.reload()?;
    visit.open("#/trash")?;
    let said = visit.browser.text(ROW)?;
    ensure!(said.contains(&title), "the trash holds {said:?}, not {title:?}");
    visit.check_accessibility("the trash")?;
    visit.browser.click(r#"[data-testid="put-back"]"#)?;
    rows_are(visit, 0)?;
    visit.saved()?;
    ensure!(visit.export()?.1 == before, "what came back is not what was deleted");

    // Taking that back puts it into the trash again, and so on.
    visit.open("#/trash")?;
    visit.browser.click(".toast .link")?;
    rows_are(visit, 1)?;
    visit.reload()?;
    rows_are(visit, 1)?;
    visit.browser.click(r#"[data-testid="empty-trash"]"#)?;
    visit.browser.find("dialog[open]")?;
    visit.browser.script("document.querySelector('dialog[open]').close()", &[])?;
    rows_are(visit, 1)?;
    visit.browser.click(r#"[data-testid="delete-for-good"]"#)?;
    visit.browser.click(r#"[data-testid="confirm-delete-for-good"]"#)?;
    rows_are(visit, 0)?;
    visit.reload()?;
    rows_are(visit, 0)?;
    ensure!(visit.count("main .empty")? == 1, "the empty trash says nothing");
    Ok(())
}

/// Enough of them to make room for a change.
const DELETED: usize = 12;

/// What is deleted never keeps work from being saved: with no room left it gives way.
pub(super) fn gives_way_to_work(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    // A change takes more room than the deal that it changes.
    for deleted in 1..=DELETED {
        visit.open(&routes::hash(&visit.browser, &visit.page, "won-deal")?)?;
        visit.browser.find(TITLE)?;
        delete(visit, "deals")?;
        visit.saved()?;
        ensure!(in_trash(visit)? == deleted, "the deal is not in the trash");
    }
    let fill = "let size = 1 << 22, text = '';
        while (size >= 1) {
            try { localStorage.setItem('filler', text + 'x'.repeat(size)); text += 'x'.repeat(size); } catch { size >>= 1; }
        }";
    visit.browser.script(fill, &[])?;
    visit.open("#/board")?;
    super::board::drag_back(visit)?;
    visit.saved().context("the trash kept work from being saved")?;
    ensure!(in_trash(visit)? < DELETED, "the trash kept its room");
    visit.browser.script("localStorage.removeItem('filler')", &[]).map(drop)
}

/// Deletes the deal of the page by its menu.
pub(super) fn delete(visit: &Visit, name: &str) -> Result<()> {
    visit.browser.click(".deal__head [aria-haspopup='menu']")?;
    visit.browser.click(".deal__head .menu__item--danger, .popover:popover-open .menu__item--danger")?;
    visit.until(
        &format!("{name} to be left"),
        "return !location.hash.startsWith('#/deal/') && document.querySelector('.toast') !== null",
        &[],
    )
}

fn rows_are(visit: &Visit, count: usize) -> Result<()> {
    until(&format!("{count} deletions in the trash"), || Ok((visit.count(ROW)? == count).then_some(())))
}

/// How many deletions are stored.
fn in_trash(visit: &Visit) -> Result<usize> {
    let stored = visit.stored()?;
    let keys = stored.as_object().map(|stored| stored.keys().filter(|key| key.contains("/t/")).count());
    keys.filter(|_| stored != Value::Null).context("nothing is stored")
}
