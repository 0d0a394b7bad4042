//! Fields of the user's own: made, filled, shown, filtered, sorted, renamed.

use anyhow::{Context, Result, ensure};

use super::Visit;
use crate::browser::key;

const FORM: &str = r#"[data-testid="field-form"]"#;
const SAVE: &str = "dialog[open] .dialog__actions .button--primary";
const ON_DEAL: &str = r#"[data-testid="deal-custom"]"#;
const FIRST_ROW: &str = r#"[data-testid="deals-table"] [role="row"][aria-rowindex="2"]"#;

/// A choice and a number are made in the settings, filled on two deals and used in the list; a new name keeps the values.
pub(super) fn made_and_used(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    visit.open("#/settings")?;
    add(visit, "Plan", "choice", Some("Silver\nGold"))?;
    add(visit, "Seats", "number", None)?;
    visit.saved()?;

    let deals = two_deals(visit)?;
    for (deal, plan, seats) in [(&deals[0], "Gold", "1,200"), (&deals[1], "Silver", "90")] {
        visit.open(deal)?;
        choose(visit, &format!("{ON_DEAL} select"), plan)?;
        fill(visit, &format!("{ON_DEAL} input"), seats)?;
        visit.browser.press(&[key::ENTER])?;
        visit.saved()?;
    }
    refuses_a_bad_number(visit)?;
    sorts_and_filters(visit)?;
    renames(visit)
}

fn add(visit: &Visit, name: &str, kind: &str, options: Option<&str>) -> Result<()> {
    visit.browser.click(r#"[data-testid="add-deal-field"] button"#)?;
    fill(visit, &format!("{FORM} input"), name)?;
    choose(visit, &format!("{FORM} select"), kind)?;
    if let Some(options) = options {
        fill(visit, &format!("{FORM} textarea"), options)?;
    }
    visit.check_accessibility("the dialog of a field")?;
    visit.browser.click(SAVE)?;
    visit.browser.find(&row(name)).map(drop).with_context(|| format!("{name} is not in the list"))
}

fn row(name: &str) -> String {
    format!(r#"[data-testid="custom-fields"] [data-field="{name}"]"#)
}

/// Writes a text in place of what stands in a field.
fn fill(visit: &Visit, css: &str, text: &str) -> Result<()> {
    visit.browser.find(css)?;
    visit.browser.script("document.querySelector(arguments[0]).select()", &[css.into()])?;
    visit.browser.type_into(css, text)
}

fn choose(visit: &Visit, css: &str, value: &str) -> Result<()> {
    visit.browser.find(css)?;
    let script = "const select = document.querySelector(arguments[0]);
        select.value = arguments[1];
        select.dispatchEvent(new Event('change', { bubbles: true }));
        return select.value === arguments[1]";
    ensure!(visit.holds(script, &[css.into(), value.into()])?, "{css} does not offer {value}");
    Ok(())
}

/// The addresses of the first two deals of the list.
fn two_deals(visit: &Visit) -> Result<Vec<String>> {
    visit.open("#/deals")?;
    visit.browser.find(FIRST_ROW)?;
    let script = "return [...document.querySelectorAll('.listing__name')].slice(0, 2).map(link => link.hash)";
    let found = visit.browser.script(script, &[])?;
    let found: Vec<_> = found.as_array().into_iter().flatten().filter_map(|a| a.as_str().map(str::to_owned)).collect();
    ensure!(found.len() == 2, "the list has fewer than two deals");
    Ok(found)
}

/// On the deal that is open: what is no number is said beside the field while it is typed, and what was kept stays.
fn refuses_a_bad_number(visit: &Visit) -> Result<()> {
    let number = format!("{ON_DEAL} input");
    fill(visit, &number, "many")?;
    let said = visit.browser.text(&format!("{ON_DEAL} .field__note--error"))?;
    ensure!(said.contains("number"), "a bad number is answered with {said:?}");
    visit.browser.press(&[key::ENTER])?;
    let marked = "return document.querySelector(arguments[0]).getAttribute('aria-invalid') === 'true'";
    ensure!(visit.holds(marked, &[number.as_str().into()])?, "the field is not marked");
    visit.reload()?;
    let kept = "return document.querySelector(arguments[0])?.value === '90'";
    visit.until("the number that was kept", kept, &[number.into()])
}

fn sorts_and_filters(visit: &Visit) -> Result<()> {
    visit.open("#/deals?columns=title.custom:Plan.custom:Seats")?;
    let sort = r#"[data-testid="deals-table"] [role="columnheader"]:last-child button"#;
    let first = |text: &str| {
        let script = "return document.querySelector(arguments[0])?.innerText.includes(arguments[1]) ?? false";
        visit.until(&format!("{text} in the first row"), script, &[FIRST_ROW.into(), text.into()])
    };
    visit.browser.click(sort)?;
    first("1,200")?;
    visit.browser.click(sort)?;
    first("90")?;
    visit.open("#/deals?columns=title.custom:Plan.custom:Seats&custom:Plan=Gold")?;
    counts(visit, "1")?;
    visit.open("#/deals?columns=title.custom:Plan.custom:Seats&custom:Seats=100..2000")?;
    counts(visit, "1")?;
    first("1,200")?;
    visit.check_accessibility("the list with fields of one's own")
}

fn counts(visit: &Visit, count: &str) -> Result<()> {
    let script = "return document.querySelector('[data-testid=deals-count]')?.innerText === arguments[0]";
    visit.until(&format!("{count} deal in the list"), script, &[count.into()])
}

/// The values go along to the new name; an undo brings the old one back.
fn renames(visit: &Visit) -> Result<()> {
    visit.open("#/settings")?;
    visit.browser.click(&format!(r#"{} button[aria-label^="Change"]"#, row("Seats")))?;
    fill(visit, &format!("{FORM} input"), "Licences")?;
    visit.browser.click(SAVE)?;
    let renamed = visit.browser.text(&row("Licences"))?;
    ensure!(renamed.contains("2 values"), "after the new name: {renamed:?}");
    visit.saved()?;
    visit.browser.press(&[key::CONTROL, 'z'])?;
    visit.browser.find(&row("Seats")).map(drop).context("the old name is not back")
}
