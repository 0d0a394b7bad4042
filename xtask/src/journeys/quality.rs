//! Data quality: a problem put right in place, and one customer made of two.

use anyhow::{Context, Result, ensure};

use super::Visit;
use crate::{
    browser::{key, until},
    routes,
};

const KIND: &str = r#"[data-kind="NoNextAction"]"#;
const TWIN: &str = r#"[data-testid="twin"]"#;
const CUSTOMER: &str = r#"main [data-testid="customer-field"]"#;

/// A deal gets its next action where it is listed: the count falls, the record stays in view, and an undo brings the problem back.
pub(super) fn fixed_in_place(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    visit.open("#/quality")?;
    visit.browser.find(r#"[data-testid="quality-sound"]"#)?;
    let before = count(visit)?;
    ensure!(before > 0, "the demo company has no deal without a next action");
    visit.browser.click(&format!("{KIND} button"))?;
    let field = format!(r#"{KIND} [data-testid="quality-record"] .quality__fix input"#);
    visit.browser.type_into(&field, "Call the buyer")?;
    visit.browser.press(&[key::TAB])?;
    has_count(visit, before - 1)?;
    ensure!(visit.count(".quality__row--fixed")? == 1, "what was put right does not stay in view");
    visit.saved()?;
    visit.browser.press(&[key::CONTROL, 'z'])?;
    has_count(visit, before)
}

/// Two spellings of one customer are found, merged with everything of both, and parted again by an undo.
pub(super) fn two_become_one(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    let deal = routes::hash(&visit.browser, &visit.page, "deal")?;
    visit.open(&deal)?;
    visit.browser.find(CUSTOMER)?;
    let value = visit.browser.script("return document.querySelector(arguments[0]).value", &[CUSTOMER.into()])?;
    let name = value.as_str().context("the deal has no customer")?.to_owned();
    let own = name.rsplit_once(' ').map_or(name.as_str(), |(own, _)| own);
    visit.browser.script("document.querySelector(arguments[0]).select()", &[CUSTOMER.into()])?;
    visit.browser.type_into(CUSTOMER, &format!("{own} GmbH"))?;
    visit.browser.press(&[key::TAB])?;
    visit.saved()?;
    let (_, apart) = visit.export()?;

    visit.open("#/quality")?;
    let pair = visit.browser.find(TWIN).and_then(|_| visit.browser.text(TWIN))?;
    ensure!(pair.contains(&name), "the pair is another one: {pair}");
    let pairs = visit.count(TWIN)?;
    visit.browser.click(&format!("{TWIN} button"))?;
    visit.browser.click(&format!("{TWIN} .button--primary"))?;
    has_pairs(visit, pairs - 1)?;
    visit.saved()?;
    let (_, merged) = visit.export()?;
    let customers = |document: &serde_json::Value| {
        document.pointer("/workspace/customers").and_then(serde_json::Value::as_array).map_or(0, Vec::len)
    };
    ensure!(customers(&merged) + 1 == customers(&apart), "two customers did not become one");
    let text = merged.to_string();
    ensure!(text.contains(&name) && text.contains(&format!("{own} GmbH")), "a name was lost");
    visit.browser.click(".toast .link")?;
    visit.saved()?;
    let (_, again) = visit.export()?;
    ensure!(again == apart, "the undo brought something else back");
    visit.open("#/quality")?;
    has_pairs(visit, pairs)
}

fn count(visit: &Visit) -> Result<u64> {
    let kind = visit.browser.find(KIND)?;
    let count = visit.browser.attribute(&kind, "data-count")?.context("the kind has no count")?;
    count.parse().context("the count is no number")
}

fn has_count(visit: &Visit, wanted: u64) -> Result<()> {
    until(&format!("{wanted} deals without a next action"), || Ok((count(visit)? == wanted).then_some(())))
}

fn has_pairs(visit: &Visit, wanted: usize) -> Result<()> {
    until(&format!("{wanted} pairs"), || Ok((visit.count(TWIN)? == wanted).then_some(())))
}
