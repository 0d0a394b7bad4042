//! Files that come in again, and files that come from anywhere.

use std::fs;

use anyhow::{Context, Result, ensure};

use super::Visit;
use crate::browser::until;

const PREVIEW: &str = r#"[data-testid="import-preview"]"#;
const CONFIRM: &str = r#"[data-testid="import-confirm"]:not([disabled])"#;
const DONE: &str = r#"[data-testid="import-done"]"#;
const MEMORY: &str = r#"[data-testid="import-memory"]"#;
const KNOWN: &str = r#"[data-testid="import-known"]"#;
const VEIL: &str = r#"[data-testid="drop-veil"]"#;

const FILE: &str = "Record ID,Deal Name,Deal Stage,Amount,Create Date,Colour\n1,One,Prospecting,100,2026-01-05,red\n\
                    2,Two,Proposal,200,2026-01-06,blue\n3,Three,Closed Won,300,2026-01-07,green\n";

/// A column is decided about → imported → the same file is read as last time and has nothing new → a later file changes one deal → the memory
/// is given up on request.
pub(super) fn once_more(visit: &Visit) -> Result<()> {
    let file = visit.folder.join("again.csv");
    fs::write(&file, FILE)?;
    visit.open("#/import")?;
    visit.give("import-file", &file)?;
    visit.browser.find(PREVIEW)?;
    ensure!(visit.count(MEMORY)? == 0, "a first file is said to be read as last time");
    visit.browser.click(CONFIRM)?;
    visit.browser.find(DONE)?;
    visit.saved()?;
    let deals = deals(visit)?;
    ensure!(deals == 3, "{deals} deals came in");

    visit.open("#/import")?;
    visit.give("import-file", &file)?;
    visit.browser.find(MEMORY).context("the same columns are not read as last time")?;
    visit.browser.find(KNOWN).context("it is not said that the deals are here already")?;
    visit.check_accessibility("a file that comes in again")?;
    until("nothing to be left to import", || {
        Ok(visit.browser.all(r#"[data-testid="import-confirm"][disabled]"#)?.pop().map(drop))
    })?;

    let later = visit.folder.join("later.csv");
    fs::write(&later, FILE.replace("2,Two,Proposal,200", "2,Two,Proposal,250"))?;
    visit.open("#/data")?;
    visit.open("#/import")?;
    visit.give("import-file", &later)?;
    visit.browser.click(CONFIRM)?;
    visit.browser.find(DONE)?;
    visit.saved()?;
    let (_, after) = visit.export()?;
    ensure!(self::deals(visit)? == 3, "a deal was doubled");
    ensure!(after.to_string().contains("250"), "the new amount did not come in");

    visit.open("#/import")?;
    visit.give("import-file", &file)?;
    visit.browser.click(r#"[data-testid="import-scratch"]"#)?;
    until("the memory to be given up", || Ok((visit.count(MEMORY)? == 0).then_some(())))?;
    Ok(())
}

fn deals(visit: &Visit) -> Result<usize> {
    let (_, document) = visit.export()?;
    Ok(document.pointer("/workspace/deals").and_then(serde_json::Value::as_array).map_or(0, Vec::len))
}

/// What a hand does that drags files over the page and drops them, or pastes a text.
const HAND: &str = "
    const [kind, name, text] = arguments, transfer = new DataTransfer();
    if (kind === 'paste') transfer.setData('text/plain', text);
    else transfer.items.add(new File([text], name));
    const event = kind === 'paste'
        // In the words of Chromium, and in those of Firefox.
        ? new ClipboardEvent('paste', { clipboardData: transfer, dataType: 'text/plain', data: text, bubbles: true, cancelable: true })
        : new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true });
    document.body.dispatchEvent(event);";

/// A table that is dropped on the board goes to the import, a document to the data page, a picture is named; a pasted table is imported,
/// one that is pasted into a field is the field's.
pub(super) fn from_anywhere(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    let hand = |kind: &str, name: &str, text: &str| {
        visit.browser.script(HAND, &[kind.into(), name.into(), text.into()]).map(drop)
    };
    let at = |hash: &str| {
        until(hash, || {
            let here = visit.browser.script("return location.hash", &[])?;
            Ok(here.as_str().is_some_and(|here| here.starts_with(hash)).then_some(()))
        })
    };
    visit.open("#/board")?;
    hand("dragover", "deals.csv", FILE)?;
    visit.browser.find(VEIL).context("nothing shows that files can be dropped")?;
    hand("drop", "deals.csv", FILE)?;
    at("#/import")?;
    visit.browser.find(PREVIEW).context("the dropped table is not planned")?;
    ensure!(visit.count(VEIL)? == 0, "the veil stays");

    let (file, _) = visit.export()?;
    visit.open("#/deals")?;
    hand("drop", "company.json", &std::fs::read_to_string(file)?)?;
    at("#/data")?;
    visit.browser.find(r#"[data-testid="document-opened"]"#).context("the dropped document is not opened")?;

    visit.open("#/board")?;
    hand("drop", "picture.gif", "GIF89a")?;
    at("#/import")?;
    visit.browser.find(r#"[data-testid="import-error"]"#).context("a picture is not refused")?;

    visit.open("#/board")?;
    hand("paste", "", &FILE.replace(',', "\t"))?;
    at("#/import")?;
    visit.browser.find(PREVIEW).context("the pasted table is not planned")?;
    visit.open("#/board")?;
    hand("paste", "", "only a word")?;
    at("#/board")
}
