//! Files of several people come into one workspace.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::Visit;
use crate::{browser::until, project};

const FILE: &str = r#"[data-testid="merge-file"]"#;
const DIFFERENCE: &str = r#"[data-testid="merge-difference"]"#;
const DONE: &str = r#"[data-testid="merge-done"]"#;

/// Two people's files and the one that they started from, a broken one by mistake → one conflict, decided → merged →
/// undone → as before.
pub(super) fn two_files(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    let (exported, before) = visit.export()?;
    let folder = project::scratch()?.join("merge");
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
    visit.browser.click(r#"[data-testid="merge-confirm"]:not([disabled])"#)?;
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

/// A copy of a document with another first customer.
fn changed(base: &Path, file: &Path, change: impl FnOnce(&mut Value)) -> Result<PathBuf> {
    let mut document: Value = serde_json::from_str(&fs::read_to_string(base)?)?;
    change(document.pointer_mut("/workspace/customers/0").context("the document has no customer")?);
    fs::write(file, document.to_string()).with_context(|| format!("could not write {}", file.display()))?;
    Ok(file.to_owned())
}
