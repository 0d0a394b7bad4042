//! Backups: made, restored beside what is there, put in its place and taken back, kept of what was deleted, named when damaged.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{Visit, board};

const LIST: &str = r#"[data-testid="backups"]"#;
const ROW: &str = r#"[data-testid="backup"]"#;
const NOW: &str = r#"[data-testid="backup-now"]"#;
const RESTORE: &str = r#"[data-testid="backup-restore"]"#;
const REPLACE: &str = r#"[data-testid="backup-replace"]"#;
const CONFIRM: &str = r#"dialog[open] [data-testid="backup-replace-confirm"]"#;
const REPLACED: &str = r#"[data-testid="backup-replaced"]"#;

/// Reads and changes what the database holds.
const AT_BACKUPS: &str = "const opened = indexedDB.open('loudou');
    const room = (mode) => new Promise((done, fail) => {
        opened.onsuccess = () => done(opened.result.transaction('backups', mode).objectStore('backups'));
        opened.onerror = fail;
    });
    const answer = (request) => new Promise((done, fail) => {
        request.onsuccess = () => done(request.result);
        request.onerror = fail;
    });";

/// A backup is made on demand; what it held comes back as another workspace and in the place of the open one, which can be undone.
pub(super) fn there_and_back(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    visit.open("#/data")?;
    let shelves = visit.count(r#"[data-testid="workspace-row"]"#)?;
    visit.browser.click(NOW)?;
    rows(visit, 1)?;
    visit.check_accessibility("backups")?;
    let (_, before) = visit.export()?;

    visit.open("#/board")?;
    board::drag_back(visit)?;
    visit.saved()?;
    let (_, after) = visit.export()?;
    ensure!(after != before, "the drag changed nothing");

    // What was handed out is a backup, too: the same data is not kept twice, so one row is new. The last one was made on demand.
    rows(visit, 2).context("what was handed out is not kept")?;
    visit.browser.script(&of_last(2, REPLACE), &[])?;
    visit.browser.find(CONFIRM)?;
    visit.check_accessibility("the question before a backup replaces the data")?;
    visit.browser.click(CONFIRM)?;
    visit.browser.find(REPLACED).context("nothing says that the backup has taken the place")?;
    visit.saved()?;
    same(visit, &before, "what was replaced is not what the backup held")?;
    rows(visit, 3).context("there is no backup of what was replaced")?;
    visit.browser.click(r#"[data-testid="backup-undo"]"#)?;
    visit.saved()?;
    same(visit, &after, "the step was not undone")?;

    visit.browser.script(&of_last(3, RESTORE), &[])?;
    let more = "return document.querySelectorAll('[data-testid=workspace-row]').length === arguments[0]";
    visit.until("another workspace", more, &[(shelves + 1).into()])?;
    visit.saved()?;
    let (_, restored) = visit.export()?;
    ensure!(restored["workspace"]["deals"] == before["workspace"]["deals"], "the restored deals are others");
    ensure!(
        restored["workspace"]["id"] != before["workspace"]["id"],
        "the restored workspace took the place of another"
    );

    let folder = visit.folder.join("downloads");
    let file = visit.browser.download(r#"[data-testid="backup-download"]"#, &folder)?;
    let document: Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    ensure!(document["format"] == "loudou", "the file is no document");
    Ok(())
}

/// What was deleted is in the list, with the day until which it stays, and comes back as it was.
pub(super) fn of_deleted(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    let (_, before) = visit.export()?;
    visit.browser.click(r#"[data-testid="delete-workspace"]"#)?;
    let name = before["workspace"]["name"].as_str().context("the workspace has no name")?;
    visit.browser.type_into(r#"dialog[open] [data-testid="delete-name"] input"#, name)?;
    visit.browser.click(r#"dialog[open] [data-testid="confirm-delete"]:not([disabled])"#)?;
    visit.browser.find(r#"[data-testid="backups-of-deleted"]"#).context("the list does not tell of the deleted one")?;
    visit.browser.click(RESTORE)?;
    visit.saved()?;
    same(visit, &before, "the restored workspace is another one")?;
    ensure!(visit.count(r#"[data-testid="backups-of-deleted"]"#)? == 0, "it is still called deleted");
    Ok(())
}

/// A backup that is damaged is named, and not offered.
pub(super) fn damaged(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    visit.open("#/data")?;
    visit.browser.click(NOW)?;
    rows(visit, 1)?;
    let damage = "return (async () => {
        const store = await room('readwrite');
        const key = (await answer(store.getAllKeys())).find(key => key.endsWith('/text'));
        const text = await answer(store.get(key));
        const at = text.length >> 1;
        await answer(store.put(text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1), key));
        return true;
    })()";
    ensure!(visit.holds(&[AT_BACKUPS, damage].concat(), &[])?, "nothing could be damaged");
    visit.reload()?;
    visit.browser.find(r#"[data-testid="backup-damaged"]"#).context("the damaged backup is not named")?;
    ensure!(visit.count(RESTORE)? == 0, "a damaged backup is offered");
    visit.check_accessibility("a damaged backup")
}

/// Presses a button of the last of so many rows, which is the oldest.
fn of_last(rows: usize, button: &str) -> String {
    format!("document.querySelectorAll('{ROW}')[{}].querySelector('{button}').click()", rows - 1)
}

/// Waits until the list shows so many.
fn rows(visit: &Visit, count: usize) -> Result<()> {
    let holds = "return document.querySelectorAll(arguments[0]).length === arguments[1]";
    visit.browser.find(LIST)?;
    visit.until(&format!("{count} backups"), holds, &[format!("{LIST} {ROW}").into(), count.into()])
}

fn same(visit: &Visit, expected: &Value, otherwise: &'static str) -> Result<()> {
    let (_, found) = visit.export()?;
    ensure!(found == *expected, "{otherwise}");
    Ok(())
}
