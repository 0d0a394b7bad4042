//! Target profiles and campaigns.

use std::fs;

use anyhow::{Context, Result, ensure};

use super::Visit;
use crate::browser::key;

const PASSING: &str = r#"[data-testid="passing"]"#;
const WEIGHT: &str = r#"[data-testid="wish"] .wish__weight select"#;
const ASK: &str = r#"[data-testid="take-over-fits"]"#;
const CONFIRM: &str = r#"[data-testid="confirm-fits"]"#;
const MESSAGE: &str = r#"[data-testid="message"]"#;
const PREVIEW: &str = r#"[data-testid="preview"]"#;
const TOUCHED: &str = r#"[data-testid="campaign-figures"] > :nth-child(2) .stat__figure"#;

/// A weight changes who passes, fits are taken over in one go, and an undo gives both back.
pub(super) fn profiles(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    visit.open("#/targets")?;
    let before = visit.browser.text(PASSING)?;
    ensure!(before.contains("of 220"), "not all customers are scored: {before}");
    visit.check_accessibility("targets")?;
    put(visit, WEIGHT, "9")?;
    let other = "return document.querySelector(arguments[0])?.textContent !== arguments[1]";
    visit.until("another number to pass", other, &[PASSING.into(), before.as_str().into()])?;
    visit.browser.press(&[key::CONTROL, 'z'])?;
    let same = "return document.querySelector(arguments[0])?.textContent === arguments[1]";
    visit.until("the former number to pass", same, &[PASSING.into(), before.as_str().into()])?;

    let asked = ask(visit)?;
    visit.check_accessibility("fits to take over")?;
    ensure!(asked != "Set 0 fits", "no customer is without a fit");
    visit.browser.click(CONFIRM)?;
    visit.saved()?;
    ensure!(ask(visit)? == "Set 0 fits", "some fits were not taken over");
    visit.browser.press(&[key::ESCAPE])?;
    visit.browser.press(&[key::CONTROL, 'z'])?;
    visit.saved()?;
    ensure!(ask(visit)? == asked, "the fits were not given back");
    Ok(())
}

/// A campaign gets an audience and a text; a misspelt place is refused by name, everybody is marked touched, and the list comes out.
pub(super) fn campaign(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    visit.open("#/campaigns")?;
    visit.browser.find(r#"[data-testid="campaigns-table"] [role="row"] a"#)?;
    visit.check_accessibility("campaigns")?;
    visit.browser.click(r#"[data-testid="new-campaign"]"#)?;
    visit.until("the new campaign", "return /^#\\/campaign\\/[0-9A-Z]{26}$/.test(location.hash)", &[])?;
    put(visit, r#"[data-testid="campaign-name-field"] input"#, "Spring letters")?;
    let named = "return document.querySelector('[data-testid=campaign-name]')?.textContent === 'Spring letters'";
    visit.until("the name", named, &[])?;
    let audience = r#"[data-testid="campaign-audience"] select"#;
    let choose = "return document.querySelector(arguments[0]).options[1].value";
    let target = visit.browser.script(choose, &[audience.into()])?;
    put(visit, audience, target.as_str().context("no target profile to choose")?)?;

    put(visit, MESSAGE, "Dear {contact|reader}, hello {custmer}")?;
    let refused = "return document.querySelector(arguments[0])?.closest('.field').innerText.includes('custmer')";
    visit.until("the misspelt place to be named", refused, &[MESSAGE.into()])?;
    put(visit, MESSAGE, "Dear {contact|reader}, hello {customer}")?;
    let shown = visit.browser.text(PREVIEW)?;
    ensure!(shown.starts_with("Dear ") && !shown.contains('{'), "the text is not filled in: {shown}");
    visit.check_accessibility("campaign")?;

    visit.browser.click(r#"[data-testid="mark-all"]"#)?;
    visit.browser.click(r#"[data-testid="touch"]"#)?;
    visit.until(
        "the touches",
        "return document.querySelector(arguments[0])?.textContent !== '0'",
        &[TOUCHED.into()],
    )?;
    visit.saved()?;
    let touched: usize = visit.browser.text(TOUCHED)?.parse().context("the number of touches is none")?;
    let folder = visit.folder.join("downloads");
    let file = visit.browser.download(r#"[data-testid="export-texts"]"#, &folder)?;
    let text = fs::read_to_string(&file).with_context(|| format!("could not read {}", file.display()))?;
    ensure!(text.matches("Dear ").count() == touched, "the file has not one text for each of {touched}");
    Ok(())
}

/// Opens the question about fits, and reads what its button says.
fn ask(visit: &Visit) -> Result<String> {
    if visit.count(CONFIRM)? == 0 {
        visit.browser.click(ASK)?;
    }
    visit.browser.text(CONFIRM)
}

/// Writes into a field, or chooses in a list, as if a person had done so and left it.
fn put(visit: &Visit, css: &str, value: &str) -> Result<()> {
    visit.browser.find(css)?;
    let script = "const field = document.querySelector(arguments[0]);
        field.focus();
        field.value = arguments[1];
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.dispatchEvent(new Event('change', { bubbles: true }))";
    visit.browser.script(script, &[css.into(), value.into()]).map(drop)
}
