//! Files of several people come into one workspace.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{
    Visit, trash,
    visit::{bare, settings},
};
use crate::{
    browser::{key, until},
    routes,
};

const FILE: &str = r#"[data-testid="merge-file"]"#;
const DIFFERENCE: &str = r#"[data-testid="merge-difference"]"#;
const FOUND: &str = r#"[data-testid="merge-base-found"]"#;
const CONFIRM: &str = r#"[data-testid="merge-confirm"]:not([disabled])"#;
const DONE: &str = r#"[data-testid="merge-done"]"#;

/// Two people's files and the one that they started from, a broken one by mistake → one conflict, decided → merged →
/// undone → as before.
pub(super) fn two_files(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    let (exported, before) = visit.export()?;
    let folder = visit.folder.join("merge");
    fs::create_dir_all(&folder)?;
    let base = folder.join("base.json");
    fs::copy(&exported, &base).context("could not keep the export")?;
    let one = changed(&base, &folder.join("one.json"), |customer| {
        customer["industry"] = json!("Steel");
        customer["needs"] = json!("A roof for the yard");
    })?;
    let other = changed(&base, &folder.join("other.json"), |customer| customer["industry"] = json!("Foundry"))?;
    let broken = folder.join("broken.json");
    fs::write(&broken, "{\"format\": \"loudou\"")?;

    visit.open("#/data")?;
    for (count, file) in [&one, &other].into_iter().enumerate() {
        visit.give("merge-files", file)?;
        until("the file to be compared", || Ok((visit.count(FILE)? == count + 1).then_some(())))?;
    }
    visit.browser.find(FOUND).context("the common file is not found by itself")?;
    visit.give("merge-base", &base)?;
    visit.browser.find(r#"[data-testid="merge-base-known"]"#)?;
    until("one conflict", || Ok((visit.count(DIFFERENCE)? == 1).then_some(())))?;
    visit.give("merge-files", &broken)?;
    let refused = visit.browser.text(r#"[data-testid="merge-refused"]"#)?;
    ensure!(refused.contains("broken.json"), "the refusal does not name the file: {refused}");
    until("the conflict again", || Ok((visit.count(DIFFERENCE)? == 1).then_some(())))?;
    visit.check_accessibility("merge")?;
    // The rule stands first, then what the sides say.
    let choose = "const radios = [...document.querySelectorAll(arguments[0] + ' input')];
        radios.find(radio => radio.parentElement.textContent.includes('Steel') && radio !== radios[0]).click()";
    visit.browser.script(choose, &[DIFFERENCE.into()])?;
    until("the choice to hold", || {
        let ticked = "const ticked = document.querySelector(arguments[0] + ' input:checked');
            return !!ticked && ticked.parentElement.textContent.includes('Steel')";
        Ok(visit.holds(ticked, &[DIFFERENCE.into()])?.then_some(()))
    })?;
    visit.browser.click(CONFIRM)?;
    visit.browser.find(DONE)?;
    visit.saved()?;
    let (_, merged) = visit.export()?;
    let customer = merged.pointer("/workspace/customers/0").context("no customer is left")?;
    ensure!(customer["industry"] == "Steel", "the choice was not taken: {customer}");
    ensure!(customer["needs"] == "A roof for the yard", "what only one changed is not there: {customer}");

    visit.browser.click(r#"[data-testid="merge-undo"]"#)?;
    visit.saved()?;
    let (_, after) = visit.export()?;
    ensure!(after == before, "the undo left something of the merge");
    Ok(())
}

/// The manager hands a file out; the seller opens it as a workspace, changes a deal, deletes another one and hands it back; the manager has
/// changed another field of the same deal meanwhile. Nobody names the file that both started from, and there is no conflict: both changes
/// hold and what was deleted goes. Then the other way round, from where the first merge ended.
pub(super) fn finds_the_common_file(visit: &Visit) -> Result<()> {
    visit.settle(&settings("en", "light"))?;
    visit.open_demo()?;
    let deal = routes::hash(&visit.browser, &visit.page, "deal")?;
    let doomed = routes::hash(&visit.browser, &visit.page, "won-deal")?;
    ensure!(deal != doomed, "the first deal of the list is won");
    let given = kept(visit, "given.json")?;

    visit.give("open-document", &given)?;
    visit.browser.find(r#"[data-testid="document-opened"]"#)?;
    visit.saved()?;
    write(visit, &deal, "ID in the source file", "S-1")?;
    visit.open(&doomed)?;
    trash::delete(visit, "the deal")?;
    visit.saved()?;
    let sold = kept(visit, "sold.json")?;
    let said = fs::read_to_string(&sold)?;
    let first: Value = serde_json::from_str(&fs::read_to_string(&given)?)?;
    let export = first["export"].as_str().context("the export has no id")?;
    ensure!(said.contains(export), "what the seller hands out does not say where it comes from");

    switch(visit)?;
    write(visit, &deal, "Title", "A title of the manager")?;
    visit.open("#/data")?;
    visit.give("merge-files", &sold)?;
    visit.browser.find(FOUND).context("the common file is not found")?;
    no_conflict(visit)?;
    visit.browser.find(r#"[data-testid="merge-removed"]"#).context("nothing says that a deal goes")?;
    visit.check_accessibility("a merge whose common file is found")?;
    visit.browser.click(CONFIRM)?;
    visit.browser.find(DONE)?;
    visit.saved()?;
    let back = kept(visit, "back.json")?;
    check_both(&back, &deal, &doomed)?;

    // The seller goes on from what was handed back last.
    switch(visit)?;
    visit.open("#/data")?;
    visit.give("merge-files", &back)?;
    visit.browser.find(FOUND).context("the way back finds no common file")?;
    no_conflict(visit)?;
    visit.browser.click(r#"[data-testid="merge-base-switch"]"#)?;
    visit.browser.find(r#"[data-testid="merge-base-none"]"#)?;
    visit.browser.click(r#"[data-testid="merge-base-switch"]"#)?;
    visit.browser.find(FOUND)?;
    no_conflict(visit)?;
    visit.browser.click(CONFIRM)?;
    visit.browser.find(DONE)?;
    visit.saved()?;
    check_both(&kept(visit, "end.json")?, &deal, &doomed)?;

    // A copy without names says nothing of where it comes from.
    let nameless = changed(&given, &visit.folder.join("merge/nameless.json"), |_| {})?;
    let mut document: Value = serde_json::from_str(&fs::read_to_string(&nameless)?)?;
    bare(&mut document);
    document["exported"] = first["exported"].clone();
    fs::write(&nameless, document.to_string())?;
    visit.open("#/data")?;
    visit.give("merge-files", &nameless)?;
    until("the file to be compared", || Ok((visit.count(FILE)? == 1).then_some(())))?;
    ensure!(visit.count(FOUND)? == 0, "a file that says nothing is said to come from an export");
    Ok(())
}

/// An export of the open workspace under a name of its own.
fn kept(visit: &Visit, name: &str) -> Result<PathBuf> {
    let (exported, _) = visit.export()?;
    let folder = visit.folder.join("merge");
    fs::create_dir_all(&folder)?;
    let file = folder.join(name);
    fs::copy(&exported, &file).context("could not keep the export")?;
    Ok(file)
}

/// Writes into a field of a deal, found by its label.
fn write(visit: &Visit, deal: &str, label: &str, text: &str) -> Result<()> {
    const TOLD: &str = r#"[data-testid="told"]"#;
    visit.open(deal)?;
    let mark =
        "const label = [...document.querySelectorAll('main label')].find(one => one.innerText.trim() === arguments[0]);
        const field = label && document.getElementById(label.htmlFor);
        if (!field) return false;
        field.dataset.testid = 'told';
        field.select();
        return true";
    visit.until(&format!("the field {label}"), mark, &[label.into()])?;
    visit.browser.type_into(TOLD, text)?;
    visit.browser.press(&[key::TAB])?;
    visit.saved()
}

/// Opens the other workspace of this browser.
fn switch(visit: &Visit) -> Result<()> {
    visit.open("#/data")?;
    let open = "const rows = [...document.querySelectorAll('[data-testid=workspace-row]')];
        const buttons = rows.flatMap(row => [...row.querySelectorAll('button')]);
        const open = buttons.find(button => button.innerText.trim() === 'Open');
        open?.click();
        return !!open";
    visit.until("another workspace to open", open, &[])?;
    visit.saved()
}

fn no_conflict(visit: &Visit) -> Result<()> {
    until("a merge without conflicts", || {
        Ok((visit.text_if_there(r#"[data-testid="merge-conflicts"]"#)? == "No conflicts").then_some(()))
    })
}

/// Whether a document holds what both changed, and not what was deleted.
fn check_both(file: &Path, deal: &str, doomed: &str) -> Result<()> {
    let document: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
    let deals = document.pointer("/workspace/deals").and_then(Value::as_array).context("no deal is left")?;
    let of = |hash: &str| {
        let id = hash.trim_start_matches("#/deal/").to_owned();
        deals.iter().find(move |deal| deal["id"] == id.as_str())
    };
    let both = of(deal).context("the deal is gone")?;
    ensure!(both["title"] == "A title of the manager", "the manager's change is not there: {}", both["title"]);
    ensure!(both["reference"] == "S-1", "the seller's change is not there: {}", both["reference"]);
    ensure!(of(doomed).is_none(), "what the seller deleted came back");
    Ok(())
}

/// A copy of a document with another first customer.
fn changed(base: &Path, file: &Path, change: impl FnOnce(&mut Value)) -> Result<PathBuf> {
    let mut document: Value = serde_json::from_str(&fs::read_to_string(base)?)?;
    change(document.pointer_mut("/workspace/customers/0").context("the document has no customer")?);
    fs::write(file, document.to_string()).with_context(|| format!("could not write {}", file.display()))?;
    Ok(file.to_owned())
}
