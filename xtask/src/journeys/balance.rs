//! The team's balance: the proposal, the draft by list and by mouse, one change that is taken back; and a conflict settled in place.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{Visit, visit::settings};
use crate::browser::{key, until};

const BALANCE: &str = "#/team?tab=balance";
const BAR: &str = r#"[data-testid="balance-bar"]"#;
const COLUMN: &str = r#"[data-testid="balance-column"]"#;
const CARD: &str = r#"[data-testid="balance-card"]"#;
const MOVE: &str = r#"[data-testid="balance-move"]"#;
const PROPOSAL: &str = r#"[data-testid="balance-proposal"]"#;
const PENDING: &str = r#"[data-testid="balance-pending"]"#;
const CONFLICTS: &str = r#"[data-testid="conflicts"]"#;
const CONFLICT: &str = r#"[data-testid="conflict"][data-kind="OtherSeller"]"#;

/// The proposal moves customers, the totals before and after agree, and an undo brings all of it back.
pub(super) fn rebalanced(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    propose_and_apply(visit)
}

/// The same in Chinese.
pub(super) fn rebalanced_in_chinese(visit: &Visit) -> Result<()> {
    visit.settle(&settings("zh", "light"))?;
    visit.open_demo()?;
    propose_and_apply(visit)?;
    visit.open(BALANCE)?;
    let words = visit.browser.text(PROPOSAL)?;
    ensure!(words.contains("均衡带"), "the proposal speaks another language: {words}");
    Ok(())
}

fn propose_and_apply(visit: &Visit) -> Result<()> {
    let (_, original) = visit.export()?;
    visit.open(BALANCE)?;
    let before = potentials(visit)?;
    visit.browser.click(&format!("{PROPOSAL} .button--primary"))?;
    visit.browser.find(r#"[data-testid="balance-found"]"#)?;
    let moves = visit.count(MOVE)?;
    ensure!(moves > 0, "the demo company needs no moves");
    let drafted = potentials(visit)?;
    ensure!(total(&drafted) == total(&before), "the draft changes the total");
    ensure!(drafted != before, "the bars do not move with the draft");

    // One move left out and taken in again.
    visit.browser.click(&format!("{MOVE} input"))?;
    until("the bars without one move", || Ok((potentials(visit)? != drafted).then_some(())))?;
    visit.browser.click(&format!("{MOVE} input"))?;
    until("the bars with all moves", || Ok((potentials(visit)? == drafted).then_some(())))?;

    visit.browser.click(&format!("{PENDING} .button--primary"))?;
    visit.until("the draft to be carried out", "return !document.querySelector(arguments[0])", &[PENDING.into()])?;
    visit.saved()?;
    until("the bars of the data", || Ok((potentials(visit)? == drafted).then_some(())))?;
    visit.reload()?;
    ensure!(potentials(visit)? == drafted, "what was carried out is not what was drafted");
    let (_, changed) = visit.export()?;
    ensure!(counts(&changed) == counts(&original), "records came or went");
    ensure!(changed != original, "nothing was written");

    // After a reload there is no undo: the same again, and back.
    visit.open(BALANCE)?;
    drag_and_take_back(visit)
}

/// A customer dragged to the next seller moves the bars and nothing else; applied, it is one change with a way back.
fn drag_and_take_back(visit: &Visit) -> Result<()> {
    let (_, original) = visit.export()?;
    visit.open(BALANCE)?;
    visit.browser.find(CARD)?;
    let before = potentials(visit)?;
    let columns = visit.browser.all(COLUMN)?;
    let target = columns.get(1).context("nobody to drag a customer to")?;
    visit.browser.script("document.querySelector(arguments[0]).scrollIntoView()", &[COLUMN.into()])?;
    let card = visit.browser.find(&format!("{COLUMN}:first-child {CARD}"))?;
    let customer = visit.browser.attribute(&card, "data-customer")?.context("the card has no customer")?;
    // By what it says of the customer: a list on the card is no handle.
    let handle = visit.browser.find(&format!("{COLUMN}:first-child {CARD} .muted"))?;
    visit.browser.drag(&handle, target)?;
    visit.browser.find(PENDING)?;
    ensure!(total(&potentials(visit)?) == total(&before), "the drag changes the total");
    visit.browser.click(&format!("{PENDING} .button:not(.button--primary)"))?;
    until("the bars as they were", || Ok((potentials(visit)? == before).then_some(())))?;

    // The same by the list on the card.
    let script = "const select = document.querySelector(arguments[0]);
        select.value = select.options[1].value;
        select.dispatchEvent(new Event('change', { bubbles: true }));
        return true";
    let select = format!(r#"{COLUMN}:first-child [data-customer="{customer}"] select"#);
    visit.browser.script(script, &[select.into()])?;
    visit.browser.click(&format!("{PENDING} .button--primary"))?;
    visit.saved()?;
    let (_, changed) = visit.export()?;
    ensure!(changed != original, "nothing was written");
    visit.browser.press(&[key::CONTROL, 'z'])?;
    visit.saved()?;
    let (_, again) = visit.export()?;
    ensure!(again == original, "one undo does not bring all of it back");
    Ok(())
}

/// A customer whose owner is not who sells to it is a conflict, found at once, settled by a click, and back by an undo.
pub(super) fn conflict_settled(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    visit.open(BALANCE)?;
    visit.browser.find(CARD)?;
    let script = "const columns = [...document.querySelectorAll(arguments[0])];
        const card = columns[0].querySelector(arguments[1]);
        return [card.dataset.customer, columns[1].dataset.drop]";
    let found = visit.browser.script(script, &[COLUMN.into(), CARD.into()])?;
    let text = |place: usize| found[place].as_str().map(str::to_owned).context("no customer with a seller");
    let (customer, other) = (text(0)?, text(1)?);
    visit.open("#/team?tab=conflicts")?;
    let before = visit.count(CONFLICT)?;
    visit.open(&format!("#/customer/{customer}"))?;
    let script = "const select = [...document.querySelectorAll('main select')]
            .find(select => [...select.options].some(option => option.value === arguments[0]));
        if (!select) return false;
        select.value = arguments[0];
        select.dispatchEvent(new Event('change', { bubbles: true }));
        return true";
    ensure!(visit.holds(script, &[other.into()])?, "the customer has no owner to choose");
    visit.saved()?;
    visit.open("#/team?tab=conflicts")?;
    has_conflicts(visit, before + 1)?;
    ensure!(visit.browser.find(CONFLICTS).is_ok(), "the page of conflicts is not there");
    let (_, contested) = visit.export()?;
    visit.open("#/team?tab=conflicts")?;
    visit.browser.click(&format!("{CONFLICT} .conflict__hand .button"))?;
    has_conflicts(visit, before)?;
    visit.saved()?;
    visit.browser.press(&[key::CONTROL, 'z'])?;
    has_conflicts(visit, before + 1)?;
    visit.saved()?;
    let (_, again) = visit.export()?;
    ensure!(again == contested, "the undo brought something else back");
    Ok(())
}

/// The potential of each person, in minor units.
fn potentials(visit: &Visit) -> Result<Vec<i64>> {
    visit.browser.find(BAR)?;
    let script = "return [...document.querySelectorAll(arguments[0])].map(bar => Number(bar.dataset.potential))";
    let found = visit.browser.script(script, &[BAR.into()])?;
    found.as_array().context("no bars")?.iter().map(|bar| bar.as_i64().context("a bar without a potential")).collect()
}

fn total(potentials: &[i64]) -> i64 {
    potentials.iter().sum()
}

/// How many customers and deals a document has.
fn counts(document: &Value) -> [usize; 2] {
    ["/workspace/customers", "/workspace/deals"]
        .map(|path| document.pointer(path).and_then(Value::as_array).map_or(0, Vec::len))
}

fn has_conflicts(visit: &Visit, wanted: usize) -> Result<()> {
    until(&format!("{wanted} conflicts"), || Ok((visit.count(CONFLICT)? == wanted).then_some(())))
}
