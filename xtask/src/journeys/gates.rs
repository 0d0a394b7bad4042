//! A gate holds whichever way a deal is moved, and a written reason is the only way past it.

use anyhow::{Context, Result, ensure};

use super::Visit;
use crate::browser::key;

const TITLE: &str = "Gate journey";
const ASKED: &str = r#"dialog[open] [data-testid="gate-missing"] li"#;
const REASON: &str = "The manager met the customer";
const COLUMN: &str = r#"[data-testid="board-column"]"#;

/// By drag, by key, in bulk and on the deal's page the same gate asks for the same things; the deal stays until they are there.
pub(super) fn hold_on_all_paths(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    let (deal, home) = begin_deal(visit)?;
    let card = format!(r#"[data-deal="{deal}"]"#);

    let columns = visit.browser.all(COLUMN)?;
    visit.browser.drag(&visit.browser.find(&card)?, columns.get(1).context("one column only")?)?;
    let by_drag = asked(visit, "a drag")?;
    visit.stands_in(&deal, &home)?;

    let focus = "document.querySelector(arguments[0]).focus()";
    visit.browser.script(focus, &[card.as_str().into()])?;
    visit.browser.press(&[']'])?;
    ensure!(asked(visit, "a key")? == by_drag, "the key asks for other things than the drag");
    visit.stands_in(&deal, &home)?;

    visit.open(&format!("#/deal/{deal}"))?;
    visit.browser.click(r#"[data-testid="deal-stage"] li:nth-child(2) button"#)?;
    ensure!(asked(visit, "the deal's page")? == by_drag, "the deal's page asks for other things than the drag");

    in_bulk(visit)?;
    visit.open("#/board")?;
    visit.stands_in(&deal, &home)?;
    pass_with_a_reason(visit, &deal)
}

/// Begins a deal with the key N; its id, and the name of the column it stands in.
fn begin_deal(visit: &Visit) -> Result<(String, String)> {
    visit.open("#/board")?;
    visit.browser.find(r#"[data-testid="deal-card"]"#)?;
    visit.browser.press(&['n'])?;
    let field = r#"[data-testid="new-deal-form"] input"#;
    visit.browser.type_into(field, TITLE)?;
    visit.browser.click("dialog[open] .dialog__actions .button--primary")?;
    let script = "return document.activeElement.closest('[data-testid=deal-card]')?.dataset.deal ?? null";
    let deal = crate::browser::until("the new card to have the focus", || {
        Ok(visit.browser.script(script, &[])?.as_str().map(str::to_owned))
    })?;
    let home = visit.column_of(&deal)?.context("the new card stands in no column")?;
    Ok((deal, home))
}

/// What the open dialog asks for; closes it.
fn asked(visit: &Visit, way: &str) -> Result<Vec<String>> {
    visit.browser.find(ASKED).with_context(|| format!("{way} was not asked for what the gate needs"))?;
    let script =
        "return [...document.querySelectorAll(arguments[0])].map(item => item.querySelector('label').innerText)";
    let labels = visit.browser.script(script, &[ASKED.into()])?;
    let labels: Vec<_> = labels.as_array().into_iter().flatten().filter_map(|label| label.as_str()).collect();
    ensure!(!labels.is_empty(), "{way} was asked for nothing");
    let labels = labels.into_iter().map(str::to_owned).collect();
    visit.browser.press(&[key::ESCAPE])?;
    visit.until("the dialog to close", "return document.querySelector('dialog[open]') === null", &[])?;
    Ok(labels)
}

/// Marks the deal in the list and moves what is marked.
fn in_bulk(visit: &Visit) -> Result<()> {
    visit.open(&format!("#/deals?q={}", TITLE.replace(' ', "%20")))?;
    visit.browser.click(r#"[data-testid="deals-table"] [role="row"] input[type="checkbox"]"#)?;
    let choose = "const options = [...document.querySelectorAll('[role=group] select option')];
        const option = options.find(option => option.text.endsWith('Interest'));
        option.parentElement.value = option.value;
        option.parentElement.dispatchEvent(new Event('change', { bubbles: true }))";
    visit.browser.script(choose, &[])?;
    visit.browser.find("dialog[open]").context("no gate held a bulk move")?;
    ensure!(visit.browser.text("dialog[open]")?.contains(TITLE), "the deal is not among those that were refused");
    visit.browser.press(&[key::ESCAPE])?;
    visit.until("the dialog to close", "return document.querySelector('dialog[open]') === null", &[])
}

/// With a written reason the deal passes, and the reason stays with it.
fn pass_with_a_reason(visit: &Visit, deal: &str) -> Result<()> {
    visit.open(&format!("#/deal/{deal}"))?;
    let step = r#"[data-testid="deal-stage"] li:nth-child(2) button"#;
    visit.browser.click(step)?;
    visit.browser.find(ASKED)?;
    let anyway = "dialog[open] .button--danger";
    visit.browser.click(anyway)?;
    visit.browser.find("dialog[open] .gate__anyway .field__note--error")?;
    visit.browser.type_into("dialog[open] .gate__anyway textarea", REASON)?;
    visit.browser.click(anyway)?;
    visit.browser.find(&format!("{step}[aria-current='step']"))?;
    let told = visit.browser.text(r#"[data-testid="deal-history"]"#)?;
    ensure!(told.contains(REASON), "the history does not keep the reason");
    visit
        .browser
        .find(r#".deal__name .tag[data-tone="warn"]"#)
        .context("the deal does not show that a gate was skipped")?;
    visit.saved()
}
