//! Funnel models: read, added, taken back; revised while deals are in them; out as a file and in again.

use std::{collections::BTreeSet, fs};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::Visit;
use crate::{browser::key, routes};

const NAME: &str = r#"[data-testid="model-name"]"#;
const OWN: &str = r#"[data-testid="own-models"] li"#;

/// A model that ships is read in full, joins the workspace, and leaves it by an undo.
pub(super) fn read_and_add(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    visit.open("#/models")?;
    visit.browser.find(OWN)?;
    let before = visit.count(OWN)?;
    visit.browser.click(r##"[data-testid="gallery"] a[href="#/model/telesales"]"##)?;
    let name = visit.browser.text(NAME)?;
    let stages = visit.count(".model__stages > li")?;
    ensure!(stages == 4, "{name} shows {stages} stages");
    for part in
        ["Needed to move on", "Tasks", "Strategy", "Questions to ask", "Phrases", "Material", "Objections and answers"]
    {
        let text = visit.browser.text(".model__stages")?;
        ensure!(text.matches(part).count() == stages, "not every stage has {part:?}");
    }
    visit.browser.click(r#"[data-testid="add-model"]"#)?;
    visit.until("the model of the workspace", "return /^#\\/model\\/[0-9A-Z]{26}$/.test(location.hash)", &[])?;
    ensure!(visit.browser.text(NAME)? == name, "another model was added");
    visit.saved()?;
    visit.open("#/models")?;
    ensure!(visit.count(OWN)? == before + 1, "the model is not among those of the workspace");
    visit.browser.press(&[key::CONTROL, 'z'])?;
    visit.until(
        "the model to leave",
        "return document.querySelectorAll(arguments[0]).length === arguments[1]",
        &[OWN.into(), before.into()],
    )
}

const NAMES: &str = r#"[data-testid="stage-name"] input"#;
const EDITOR: &str = r#"[data-testid="editor-stage"]"#;
const REVISIONS: &str = r#"[data-testid="revisions"]"#;

/// What is typed into a model is there after a reload and said to be; a damaged draft is shown as it is.
pub(super) fn draft_outlives_reload(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    let editor = routes::hash(&visit.browser, &visit.page, "edit-model")?;
    visit.open(&editor)?;
    let second = format!("{EDITOR}:nth-of-type(2) [data-testid='stage-name'] input");
    visit.browser.find(&second)?;
    visit.browser.script("document.querySelector(arguments[0]).select()", &[second.as_str().into()])?;
    visit.browser.type_into(&second, "Half a na")?;
    visit.reload()?;
    visit.browser.find(r#"[data-testid="resumed"]"#).context("nothing says that the draft is still here")?;
    ensure!(names(visit)?[1] == "Half a na", "the draft came back as {:?}", names(visit)?);
    visit.check_accessibility("a resumed draft")?;

    let damage = "const key = Object.keys(localStorage).find(key => /^loudou\\/w\\/[^/]+\\/d\\//.test(key));
        localStorage.setItem(key, localStorage.getItem(key).replace('Half a na', 'Half a no'))";
    visit.browser.script(damage, &[])?;
    visit.forget_mirror()?;
    visit.reload()?;
    let raw = "return document.querySelector('[data-testid=damaged-draft] textarea')?.value.includes('Half a no')";
    visit.until("the raw text of the damaged draft", raw, &[])?;
    visit.check_accessibility("a damaged draft")?;
    visit.browser.click(r#"[data-testid="damaged-draft"] button"#)?;
    visit.saved()?;
    visit.reload()?;
    let gone = "return !Object.keys(localStorage).some(key => key.includes('/d/'))
        && document.querySelector('[data-testid=damaged-draft], [data-testid=resumed]') === null";
    visit.until("the draft to be gone", gone, &[])
}

/// A stage is renamed and two stages with deals inside become one: the effect is told before, no deal and no history is lost, the board
/// follows; the old form is compared, restored, and both steps are undone.
pub(super) fn revise_with_deals(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    let (_, before) = visit.export()?;
    let editor = routes::hash(&visit.browser, &visit.page, "edit-model")?;
    let model = editor.replace("#/edit-model/", "#/model/");
    visit.open(&editor)?;
    visit.browser.find(EDITOR)?;
    let stages = names(visit)?;
    ensure!(stages.len() == 5, "the model has the stages {stages:?}");

    visit.browser.script("document.querySelectorAll(arguments[0])[1].select()", &[NAMES.into()])?;
    visit.browser.type_into(&format!("{EDITOR}:nth-of-type(2) [data-testid='stage-name'] input"), "Renamed")?;
    choose(visit, 3, 3)?;
    visit.until(
        "two stages to become one",
        "return document.querySelectorAll(arguments[0]).length === 4",
        &[EDITOR.into()],
    )?;

    // What is typed waits while another page is looked at.
    visit.open("#/models")?;
    visit.open(&editor)?;
    visit.browser.find(EDITOR)?;
    let drafted = names(visit)?;
    ensure!(drafted == [&*stages[0], "Renamed", &stages[3], &stages[4]], "the draft came back as {drafted:?}");

    press(visit, "review")?;
    let effect = visit.browser.text(r#"[data-testid="effect"]"#)?;
    for part in ["deals move to “Renamed”", "Goes into “Renamed”", "closed deals keep their standing"] {
        ensure!(effect.contains(part), "the effect does not say {part:?}:\n{effect}");
    }
    ensure!(visit.count(r#"[data-testid="effect-row"]"#)? == 5, "the effect does not tell of every stage");
    ensure!(visit.browser.text(r#"[data-testid="turned"]"#)?.contains("no move"), "past moves are not told");
    press(visit, "save-revision")?;
    visit.browser.find(EDITOR)?;
    visit.saved()?;

    let (_, merged) = visit.export()?;
    check_nothing_lost(&before, &merged)?;
    visit.open(&model.replace("#/model/", "#/board?model="))?;
    visit.browser.find(r#"[data-testid="board-column"]"#)?;
    let columns =
        "return [...document.querySelectorAll('[data-testid=board-column]')].map(column => column.dataset.stage)";
    let columns = texts(&visit.browser.script(columns, &[])?);
    ensure!(columns.iter().any(|name| name == "Renamed"), "the board has the columns {columns:?}");
    ensure!(!columns.contains(&stages[2]), "the board still has {}", stages[2]);

    visit.open(&model)?;
    let differences = visit.browser.text(&format!(r#"{REVISIONS} [data-testid="differences"]"#))?;
    for part in [format!("Was called “{}”", stages[1]), "Leaves the model".to_owned()] {
        ensure!(differences.contains(&part), "the comparison does not say {part:?}:\n{differences}");
    }
    press(visit, "restore")?;
    let effect = visit.browser.text(r#"[data-testid="effect"]"#)?;
    ensure!(effect.contains("Comes back"), "the effect of restoring is\n{effect}");
    // Who was moved by the merger and has not moved since comes home when asked to.
    let back = format!("deals move to “{}”", stages[2]);
    ensure!(!effect.contains(&back), "deals come home unasked:\n{effect}");
    visit.browser.click(r#"[data-testid="bring-back"] input"#)?;
    let told = "return document.querySelector('[data-testid=effect]').innerText.includes(arguments[0])";
    visit.until("the deals that come home", told, &[back.as_str().into()])?;
    press(visit, "save-revision")?;
    visit.until("the old stages", "return document.querySelectorAll('.model__stages > li').length === 5", &[])?;
    visit.saved()?;
    check_nothing_lost(&merged, &visit.export()?.1)?;

    visit.open(&model)?;
    for stages in [4, 5] {
        visit.browser.press(&[key::CONTROL, 'z'])?;
        let undone = "return document.querySelectorAll('.model__stages > li').length === arguments[0]";
        visit.until("the step to be undone", undone, &[stages.into()])?;
    }
    visit.saved()?;
    ensure!(visit.export()?.1 == before, "undoing did not bring everything back");
    Ok(())
}

/// A model is exported; a file that is broken says where and changes nothing; the good one becomes a model of its own.
pub(super) fn out_and_in(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    visit.open("#/models")?;
    let before = visit.browser.find(OWN).and_then(|_| visit.count(OWN))?;
    visit.browser.click(&format!("{OWN} a"))?;
    let name = visit.browser.text(NAME)?;
    let folder = visit.folder.join("downloads");
    let file = visit.browser.download(r#"[data-testid="export-model"]"#, &folder)?;
    let text = fs::read_to_string(&file).with_context(|| format!("could not read {}", file.display()))?;
    ensure!(text.contains(r#""format": "loudou-model""#), "the file begins with {text:.80}");

    let broken = folder.join("broken-model.json");
    fs::write(&broken, text.replacen(r#""expectedDays": "#, r#""expectedDays": -"#, 1))?;
    visit.open("#/models")?;
    visit.give("import-model", &broken)?;
    let said = visit.browser.text(r#"[data-testid="model-import-outcome"]"#)?;
    ensure!(said.contains("stages[0].expectedDays"), "the broken file is answered with\n{said}");
    ensure!(visit.count(OWN)? == before, "the broken file changed the models");

    visit.give("import-model", &file)?;
    visit.until("the page of the new model", "return /^#\\/model\\/[0-9A-Z]{26}$/.test(location.hash)", &[])?;
    ensure!(visit.browser.text(NAME)? == name, "another model came in");
    visit.saved()?;
    visit.open("#/models")?;
    ensure!(visit.count(OWN)? == before + 1, "the model is not among those of the workspace");
    Ok(())
}

/// The names of the stages in the editor.
fn names(visit: &Visit) -> Result<Vec<String>> {
    let script = "return [...document.querySelectorAll(arguments[0])].map(field => field.value)";
    Ok(texts(&visit.browser.script(script, &[NAMES.into()])?))
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect()
}

/// Chooses an entry, from 1, of the menu of a stage, from 1.
fn choose(visit: &Visit, stage: usize, entry: usize) -> Result<()> {
    // The bar at the bottom of the page may lie over the button, so that no mouse reaches it there.
    let open = "document.querySelector(arguments[0]).click()";
    visit.browser.script(open, &[format!("{EDITOR}:nth-of-type({stage}) [aria-haspopup='menu']").into()])?;
    visit.browser.click(&format!("[role='menuitem']:nth-of-type({entry})"))
}

/// Presses a button by its name among tests, wherever the page is scrolled.
fn press(visit: &Visit, button: &str) -> Result<()> {
    let css = format!(r#"[data-testid="{button}"]"#);
    visit.browser.find(&css)?;
    visit.until(
        button,
        "const button = document.querySelector(arguments[0]); button?.click(); return button !== null && !button.disabled",
        &[css.into()],
    )
}

/// Every deal is still there, and what its history said it still says.
fn check_nothing_lost(before: &Value, after: &Value) -> Result<()> {
    let deals = |document: &Value| document["workspace"]["deals"].as_array().cloned().unwrap_or_default();
    let (before, after) = (deals(before), deals(after));
    let ids = |deals: &[Value]| deals.iter().map(|deal| deal["id"].to_string()).collect::<BTreeSet<_>>();
    ensure!(!before.is_empty() && ids(&before) == ids(&after), "deals were lost");
    for (old, new) in before.iter().zip(&after) {
        let (old, new) = (old["history"].as_array(), new["history"].as_array());
        let kept = old.zip(new).is_some_and(|(old, new)| new.starts_with(old));
        ensure!(kept, "the history of a deal was rewritten");
    }
    Ok(())
}
