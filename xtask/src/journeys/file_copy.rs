//! A file that is always current, and the calm word when there is no copy.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{
    Visit, board,
    visit::{bare, settings},
};

/// Lets a file of the browser's own folder stand for one that a person would choose: a real file handle, without the dialog.
const CHOOSE: &str = "window.showSaveFilePicker = async options => {
        const folder = await navigator.storage.getDirectory();
        return folder.getFileHandle('copy.json', { create: true });
    };";
/// What the file holds.
const READ: &str = "return (async () => {
        const folder = await navigator.storage.getDirectory();
        const file = await (await folder.getFileHandle('copy.json', { create: true })).getFile();
        return file.text();
    })()";
const STATE: &str = "return document.querySelector('[data-testid=file-state]')?.dataset.state === arguments[0]";

/// The file is chosen once, follows every change, also over a reload and when the page is left, and is forgotten when it is turned off.
/// A browser that writes into no file is told apart in words.
pub(super) fn follows_every_change(visit: &Visit) -> Result<()> {
    visit.settle(&settings("en", "light"))?;
    visit.open_demo()?;
    visit.open("#/data")?;
    if visit.browser.script("return 'showSaveFilePicker' in window", &[])? == false {
        let said = "return document.querySelector('main').innerText.includes('cannot write into a file by itself')";
        return visit.until("the page to say that this browser cannot", said, &[]);
    }
    // The file is followed a moment after the page stands.
    visit.browser.find(r#"[data-testid="file-choose"]"#)?;
    visit.browser.script(CHOOSE, &[])?;
    visit.browser.click(r#"[data-testid="file-choose"]"#)?;
    visit.until("the file to be written", STATE, &["written".into()])?;
    visit.check_accessibility("the data page with a file")?;
    ensure!(visit.browser.text(r#"[data-testid="file-name"]"#)? == "copy.json", "the file has another name");
    is_current(visit)?;
    let copied = "return JSON.parse(localStorage.getItem('loudou/settings')).copied";
    ensure!(visit.browser.script(copied, &[])?.as_str().is_some_and(|text| !text.is_empty()), "it counts as no copy");

    // A change is written a few seconds later.
    visit.open("#/board")?;
    let (_deal, _, _) = board::drag_back(visit)?;
    visit.saved()?;
    until_current(visit)?;

    // A change made just before the page goes is written then, or by the next visit.
    visit.open("#/board")?;
    board::drag_back(visit)?;
    visit.saved()?;
    visit.reload()?;
    until_current(visit)?;
    visit.open("#/data")?;
    visit.until("the file to be remembered", STATE, &["written".into()])?;

    visit.browser.click(r#"[data-testid="file-off"]"#)?;
    visit.until("the file to be off", "return document.querySelector('[data-testid=file-name]') === null", &[])?;
    visit.reload()?;
    visit.open("#/data")?;
    visit.browser.find(r#"[data-testid="file-choose"]"#)?;
    let before = visit.browser.script(READ, &[])?;
    visit.open("#/board")?;
    board::drag_back(visit)?;
    visit.saved()?;
    std::thread::sleep(std::time::Duration::from_secs(6));
    ensure!(visit.browser.script(READ, &[])? == before, "the file is written though it is turned off");
    Ok(())
}

/// Without a copy the page says so once there is work in it, and keeps still when that is not wanted; the demo company never asks.
pub(super) fn reminds_calmly(visit: &Visit) -> Result<()> {
    const REMINDER: &str = r#"[data-testid="copy-reminder"]"#;
    visit.settle(&settings("en", "light"))?;
    visit.open_demo()?;
    std::thread::sleep(std::time::Duration::from_secs(5));
    ensure!(visit.count(REMINDER)? == 0, "the demo company asks for a copy");

    // As if it were one's own.
    let own = "const settings = JSON.parse(localStorage.getItem('loudou/settings')); delete settings.hushed;
        localStorage.setItem('loudou/settings', JSON.stringify(settings))";
    visit.browser.script(own, &[])?;
    visit.reload()?;
    visit.browser.find(REMINDER).context("nothing says that there is no copy")?;
    visit.check_accessibility("a page with a reminder")?;
    visit.browser.click(r#"[data-testid="copy-later"]"#)?;
    let gone = "return document.querySelector(arguments[0]) === null";
    visit.until("the reminder to go", gone, &[REMINDER.into()])?;
    visit.reload()?;
    std::thread::sleep(std::time::Duration::from_secs(5));
    ensure!(visit.count(REMINDER)? == 0, "the reminder is back at once");

    visit.browser.script(own, &[])?;
    visit.reload()?;
    let folder = visit.folder.join("downloads");
    visit.browser.download(r#"[data-testid="copy-now"]"#, &folder)?;
    visit.until("the reminder to go", gone, &[REMINDER.into()])
}

/// Waits until the file holds what the page shows.
fn until_current(visit: &Visit) -> Result<()> {
    let exported = visit.export()?.1;
    crate::browser::until("the file to be current", || Ok((read(visit)? == exported).then_some(())))
}

fn is_current(visit: &Visit) -> Result<()> {
    let exported = visit.export()?.1;
    ensure!(read(visit)? == exported, "the file is not what the page shows");
    Ok(())
}

/// What the file holds, but for the moment in it.
fn read(visit: &Visit) -> Result<Value> {
    let text = visit.browser.script(READ, &[])?;
    let mut document: Value = serde_json::from_str(text.as_str().unwrap_or_default()).unwrap_or(json!(null));
    bare(&mut document);
    Ok(document)
}
