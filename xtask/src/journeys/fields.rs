//! Fields of the user's own: made, filled, shown, filtered, sorted, changed together, asked for by a gate, renamed.

use anyhow::{Context, Result, ensure};

use super::Visit;
use crate::{browser::key, routes};

const FORM: &str = r#"[data-testid="field-form"]"#;
const SAVE: &str = "dialog[open] .dialog__actions .button--primary";
const ON_DEAL: &str = r#"[data-testid="deal-custom"]"#;
const FIRST_ROW: &str = r#"[data-testid="deals-table"] [role="row"][aria-rowindex="2"]"#;

/// A choice and a number are made in the settings, filled on two deals and used in the list; a new name keeps the values.
pub(super) fn made_and_used(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    visit.open("#/settings")?;
    add(visit, "deal", "Plan", "choice", Some("Silver\nGold"))?;
    add(visit, "deal", "Seats", "number", None)?;
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

/// Makes a field of deals or of customers on the page of settings.
fn add(visit: &Visit, of: &str, name: &str, kind: &str, options: Option<&str>) -> Result<()> {
    visit.browser.click(&format!(r#"[data-testid="add-{of}-field"] button"#))?;
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
    counts(visit, "deals", "1")?;
    visit.open("#/deals?columns=title.custom:Plan.custom:Seats&custom:Seats=100..2000")?;
    counts(visit, "deals", "1")?;
    first("1,200")?;
    visit.check_accessibility("the list with fields of one's own")
}

fn counts(visit: &Visit, list: &str, count: &str) -> Result<()> {
    let script = "return document.querySelector(`[data-testid=${arguments[0]}-count]`)?.innerText === arguments[1]";
    visit.until(&format!("{count} in the list of {list}"), script, &[list.into(), count.into()])
}

/// The values go along to the new name; an undo brings the old one back.
fn renames(visit: &Visit) -> Result<()> {
    rename(visit, "Seats", "Licences", "2 values")?;
    visit.browser.press(&[key::CONTROL, 'z'])?;
    visit.browser.find(&row("Seats")).map(drop).context("the old name is not back")
}

/// On the page of settings gives a field another name; its line says then how many values it has.
fn rename(visit: &Visit, from: &str, to: &str, values: &str) -> Result<()> {
    visit.open("#/settings")?;
    visit.browser.click(&format!(r#"{} button[aria-label^="Change"]"#, row(from)))?;
    fill(visit, &format!("{FORM} input"), to)?;
    visit.browser.click(SAVE)?;
    let renamed = visit.browser.text(&row(to))?;
    ensure!(renamed.contains(values), "after the new name: {renamed:?}");
    visit.saved()
}

const TIER_COLUMNS: &str = "#/customers?columns=name.customer:Tier";
const CUSTOMERS: &str = r#"[data-testid="customers-table"]"#;

/// A field of customers is a column, a filter and a change of many; a kept view follows it to a new name, and lets it go with it.
pub(super) fn of_customers(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    visit.open("#/settings")?;
    add(visit, "customer", "Tier", "choice", Some("Silver\nGold"))?;
    visit.saved()?;
    visit.open(TIER_COLUMNS)?;
    visit.browser.find(&format!("{CUSTOMERS} .listing__mark input"))?;
    let mark = "[...document.querySelectorAll(arguments[0])].slice(0, 2).forEach(box => box.click())";
    visit.browser.script(mark, &[format!("{CUSTOMERS} .listing__mark input").into()])?;
    visit.browser.click(".listing__bulk > .button:has(+ .button--danger)")?;
    visit.browser.find("dialog[open] select")?;
    visit.check_accessibility("a field of one's own for many customers")?;
    choose(visit, "dialog[open] .field:last-of-type select, dialog[open] .field ~ .field select", "Gold")?;
    visit.browser.click(SAVE)?;
    visit.saved()?;

    visit.open(&format!("{TIER_COLUMNS}&customer:Tier=Gold&sort=-customer:Tier"))?;
    counts(visit, "customers", "2")?;
    edit_first_tier(visit, "Silver")?;
    counts(visit, "customers", "1")?;
    visit.check_accessibility("the customers with fields of one's own")?;

    visit.browser.click(r#"button:has([data-testid="views"])"#)?;
    visit.browser.type_into(r#"[data-testid="view-name"]"#, "Golden")?;
    visit.browser.click(r#"[data-testid="keep-view"]"#)?;
    visit.browser.find(r#"[data-testid="view"]"#)?;
    visit.browser.press(&[key::ESCAPE])?;
    visit.saved()?;
    rename(visit, "Tier", "Rank", "2 values")?;
    let query = apply_view(visit)?;
    ensure!(query == "sort=-customer:Rank&columns=name.customer:Rank&customer:Rank=Gold", "the view became {query}");
    counts(visit, "customers", "1")?;
    ensure!(visit.browser.text(CUSTOMERS)?.contains("Rank"), "the column has not the new name");

    visit.open("#/settings")?;
    // Messages of what was done before may lie over the button.
    let remove = format!(r#"{} button[aria-label^="Remove"]"#, row("Rank"));
    visit.browser.find(&remove)?;
    visit.browser.script("document.querySelector(arguments[0]).click()", &[remove.into()])?;
    visit.browser.click("dialog[open] .button--danger")?;
    visit.saved()?;
    ensure!(apply_view(visit)? == "columns=name", "the view names the field that is gone");
    visit.browser.press(&[key::CONTROL, 'z'])?;
    ensure!(apply_view(visit)?.contains("customer:Rank"), "an undo does not bring the field back into the view");
    counts(visit, "customers", "1")
}

/// Chooses another value in the first row of the list, in its cell.
fn edit_first_tier(visit: &Visit, value: &str) -> Result<()> {
    let cell = format!("{CUSTOMERS} .listing__text--editable");
    visit.browser.find(&cell)?;
    let begin = "document.querySelector(arguments[0]).dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))";
    visit.browser.script(begin, &[cell.into()])?;
    choose(visit, &format!("{CUSTOMERS} [role='row'] select"), value)?;
    visit.browser.press(&[key::ENTER])?;
    visit.saved()
}

/// Applies the one kept view of the customers; the query of its address in plain letters.
fn apply_view(visit: &Visit) -> Result<String> {
    visit.open("#/customers")?;
    visit.browser.click(r#"button:has([data-testid="views"])"#)?;
    visit.browser.click(r#"[data-testid="view"] .views__apply"#)?;
    visit.until("the query of the view", "return location.hash.includes('columns=')", &[])?;
    let query = visit.browser.script("return decodeURIComponent(location.hash.split('?')[1])", &[])?;
    query.as_str().map(str::to_owned).context("the address has no query")
}

const ASKED: &str = r#"dialog[open] [data-testid="gate-missing"]"#;
const COLUMN: &str = r#"[data-testid="board-column"]"#;
const STAGE: &str = r#"[data-testid="editor-stage"]"#;

/// A stage that asks for a field of the user's own holds a card that is dragged on until the field is filled in right there.
pub(super) fn asked_at_gates(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    visit.open("#/settings")?;
    add(visit, "deal", "Budget code", "number", None)?;
    add(visit, "customer", "Tier", "choice", Some("Silver\nGold"))?;
    visit.saved()?;
    let editor = routes::hash(&visit.browser, &visit.page, "edit-model")?;
    visit.open(&editor)?;
    visit.browser.find(STAGE)?;
    visit.browser.script("document.querySelector(arguments[0]).open = true", &[format!("{STAGE} details").into()])?;
    visit.browser.find(".editor__fields input")?;
    // The stage asks for these two fields and nothing else.
    let only = "for (const box of document.querySelectorAll('.editor__fields input')) {
            const own = ['Budget code', 'Tier (customer)'].includes(box.closest('label').innerText.trim());
            if (box.checked !== own) box.click();
        }
        for (const box of document.querySelectorAll('.editor__row .checkbox input')) if (box.checked) box.click();";
    visit.browser.script(only, &[])?;
    visit.check_accessibility("the gate of a stage in the editor")?;
    for button in ["review", "save-revision"] {
        let css = format!(r#"[data-testid="{button}"]"#);
        visit.browser.find(&css)?;
        visit.until(
            button,
            "const b = document.querySelector(arguments[0]); b?.click(); return b !== null && !b.disabled",
            &[css.into()],
        )?;
    }
    visit.browser.find(STAGE)?;
    visit.saved()?;

    visit.open(&editor.replace("#/edit-model/", "#/board?model="))?;
    visit.browser.find(&format!("{COLUMN} [data-testid='deal-card']"))?;
    let first = "return document.querySelector(arguments[0]).querySelector('[data-testid=deal-card]').dataset.deal";
    let deal = visit.browser.script(first, &[COLUMN.into()])?;
    let deal = deal.as_str().context("the first column has no card")?;
    let home = visit.column_of(deal)?.context("the card stands in no column")?;
    let columns = visit.browser.all(COLUMN)?;
    visit
        .browser
        .drag(&visit.browser.find(&format!(r#"[data-deal="{deal}"]"#))?, columns.get(1).context("one column only")?)?;
    let asked = visit.browser.text(ASKED)?;
    for name in ["Budget code", "Tier (customer)"] {
        ensure!(asked.contains(name), "the gate does not ask for {name}:\n{asked}");
    }
    visit.stands_in(deal, &home)?;
    visit.check_accessibility("a gate that asks for fields of one's own")?;
    fill(visit, &format!("{ASKED} input"), "4711")?;
    visit.browser.press(&[key::TAB])?;
    choose(visit, &format!("{ASKED} select"), "Gold")?;
    let go = "dialog[open] .dialog__actions .button--primary:not(:disabled)";
    visit.browser.click(go)?;
    let next = visit.browser.attribute(columns.get(1).context("one column only")?, "data-stage")?;
    visit.stands_in(deal, &next.context("the column has no name")?)?;
    visit.saved()?;
    visit.open(&format!("#/deal/{deal}"))?;
    let kept = "return document.querySelector(arguments[0])?.value";
    visit.until("the value on the deal", &format!("{kept} === '4,711'"), &[format!("{ON_DEAL} input").into()])
}
