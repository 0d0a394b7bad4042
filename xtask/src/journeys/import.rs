//! A file of thousands of deals: in, changed, kept, out, and in again.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{Visit, board};
use crate::{browser::until, project, sample};

/// Deals in the file, public or generated.
const DEALS: u32 = 8_800;

const CARD: &str = r#"[data-testid="import-file-card"]"#;

/// Two files, one of them by mistake → import → move a card → reload → still there → export → delete the workspace → open the file → the same data.
pub(super) fn there_and_back(visit: &Visit) -> Result<()> {
    visit.open("#/import")?;
    let wrong = visit.folder.join("wrong.csv");
    fs::write(&wrong, "Account,Industry\nNobody,Glass\n")?;
    visit.give("import-file", &wrong)?;
    visit.browser.find(CARD)?;
    visit.give("import-file", &file(visit)?)?;
    until("both files", || Ok((visit.count(CARD)? == 2).then_some(())))?;
    visit.browser.click(r#"[data-testid="import-forget"]"#)?;
    until("the wrong file to be left out", || Ok((visit.count(CARD)? == 1).then_some(())))?;
    visit.browser.find(r#"[data-testid="import-preview"]"#)?;
    visit.browser.click(r#"[data-testid="import-confirm"]:not([disabled])"#)?;
    visit.browser.find(r#"[data-testid="import-done"]"#)?;
    visit.saved()?;

    let (deal, _, entered) = board::drag_back(visit)?;
    visit.saved()?;
    visit.reload()?;
    visit.stands_in(&deal, &entered)?;
    count_deals(visit)?;

    let (exported, before) = visit.export()?;
    ensure!(!before.to_string().contains("Nobody"), "the file that was left out came in");
    let deals = before.pointer("/workspace/deals").and_then(Value::as_array).map_or(0, Vec::len);
    ensure!(deals == DEALS as usize, "the export holds {deals} deals");
    let name = before.pointer("/workspace/name").and_then(Value::as_str);
    delete_open_workspace(visit, name.context("the export names no workspace")?)?;

    let kept = visit.folder.join("exported.json");
    fs::copy(&exported, &kept).context("could not keep the export")?;
    visit.open("#/data")?;
    visit.give("open-document", &kept)?;
    visit.browser.find(r#"[data-testid="workspace-row"]"#)?;
    visit.saved()?;
    let (_, after) = visit.export()?;
    ensure!(after == before, "the opened file exports something else than what was in it");
    visit.open("#/board")?;
    visit.stands_in(&deal, &entered)
}

/// The demo company → a workbook of its tables → imported: the sheet of the deals is found and all of them would come in.
pub(super) fn workbook_there_and_back(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    let (_, document) = visit.export()?;
    let deals = document.pointer("/workspace/deals").and_then(Value::as_array).map_or(0, Vec::len);
    let folder = visit.folder.join("downloads");
    let book = visit.browser.download(r#"[data-testid="export-xlsx"]"#, &folder)?;
    ensure!(fs::read(&book)?.starts_with(b"PK"), "the workbook is no archive");
    let kept = visit.folder.join("exported.xlsx");
    fs::copy(&book, &kept).context("could not keep the workbook")?;
    visit.open("#/import")?;
    visit.give("import-file", &kept)?;
    visit.browser.find(CARD)?;
    visit.browser.find(r#"[data-testid="import-sheet"]"#)?;
    visit.browser.find(r#"[data-testid="import-preview"]"#)?;
    // What a list offers is no text in every browser.
    let said = "return document.querySelector(arguments[0]).textContent";
    let said = visit.browser.script(said, &[CARD.into()])?.to_string();
    ensure!(deals > 0 && said.contains("Deals"), "the sheet of the deals is not the one that was read: {said}");
    Ok(())
}

/// The public data set where it is there, else a file of the same form.
fn file(visit: &Visit) -> Result<PathBuf> {
    let public = project::root().join("../shared/data/maven/sales_pipeline.csv");
    if public.is_file() {
        return Ok(public.canonicalize()?);
    }
    let file = visit.folder.join("deals.csv");
    fs::write(&file, sample::csv(DEALS, 85)).with_context(|| format!("could not write {}", file.display()))?;
    Ok(file)
}

fn count_deals(visit: &Visit) -> Result<()> {
    visit.open("#/deals?status=all")?;
    until("all deals to be counted", || {
        let digits: String =
            visit.text_if_there(r#"[data-testid="deals-count"]"#)?.chars().filter(char::is_ascii_digit).collect();
        Ok((digits == DEALS.to_string()).then_some(()))
    })
}

fn delete_open_workspace(visit: &Visit, name: &str) -> Result<()> {
    visit.browser.click(r#"[data-testid="delete-workspace"]"#)?;
    visit.browser.type_into(r#"[data-testid="delete-name"] input"#, name)?;
    visit.browser.click(r#"[data-testid="confirm-delete"]:not([disabled])"#)?;
    until("the workspace to be gone", || {
        let gone = visit.stored()?.as_object().is_some_and(serde_json::Map::is_empty);
        Ok((gone && visit.count(r#"[data-testid="workspace-row"]"#)? == 0).then_some(()))
    })
}
