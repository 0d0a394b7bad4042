//! What is typed counts, however the field is left.

use anyhow::{Result, ensure};
use serde_json::Value;

use super::Visit;
use crate::{browser::key, routes};

const AMOUNT: &str = r#"[data-testid="deal-amount"] input"#;

/// An amount typed into a deal is kept when the next thing is the browser's Back, or the page is loaded again.
pub(super) fn survives_leaving(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    let deal = routes::hash(&visit.browser, &visit.page, "deal")?;
    visit.open("#/funnel")?;
    type_amount(visit, &deal, "123451")?;
    visit.browser.back()?;
    visit.until("the funnel page", "return location.hash.startsWith('#/funnel')", &[])?;
    shows_amount(visit, &deal, "123451")?;

    type_amount(visit, &deal, "123452")?;
    visit.reload()?;
    shows_amount(visit, &deal, "123452")
}

fn type_amount(visit: &Visit, deal: &str, amount: &str) -> Result<()> {
    visit.open(deal)?;
    visit.browser.find(AMOUNT)?;
    visit.browser.script("document.querySelector(arguments[0]).select()", &[AMOUNT.into()])?;
    visit.browser.type_into(AMOUNT, amount)
}

fn shows_amount(visit: &Visit, deal: &str, amount: &str) -> Result<()> {
    visit.open(deal)?;
    let shown = "return document.querySelector(arguments[0])?.value.replace(/\\D/g, '') === arguments[1]";
    visit.until("the amount typed before", shown, &[AMOUNT.into(), amount.into()])
}

/// What is wrong with an amount, a date or an address is said beside its field while it is typed, before anything is kept.
pub(super) fn said_while_typed(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    let (_, before) = visit.export()?;
    let deal = routes::hash(&visit.browser, &visit.page, "deal")?;
    type_amount(visit, &deal, "12x")?;
    says(visit, AMOUNT, "amount")?;
    visit.browser.press(&[key::BACKSPACE])?;
    fine(visit, AMOUNT)?;
    visit.browser.press(&['x'])?;
    says(visit, AMOUNT, "amount")?;
    ensure!(unchanged(visit, &before)?, "a text that is no amount was kept, or one was kept while it was typed");

    // A date without its day is no text to the browser, which must not pass for an empty field.
    visit.open(&deal)?;
    visit.browser.find(DATE)?;
    let kept = visit.browser.script("return document.querySelector(arguments[0]).value", &[DATE.into()])?;
    ensure!(kept != "", "the deal has no expected close date");
    visit.browser.script("document.querySelector(arguments[0]).focus()", &[DATE.into()])?;
    visit.browser.press(&[key::BACKSPACE])?;
    says(visit, DATE, "no such day")?;
    ensure!(unchanged(visit, &before)?, "half a date was kept");

    let customer = routes::hash(&visit.browser, &visit.page, "customer")?;
    visit.open(&customer)?;
    visit.browser.find(r#"[data-testid="contact"] summary"#)?;
    let open = "const contact = document.querySelector('[data-testid=contact] details');
        contact.open = true;
        const label = [...contact.querySelectorAll('label')].find(label => label.innerText === 'E-mail');
        label.parentElement.dataset.testid = 'email';
        document.getElementById(label.htmlFor).select()";
    visit.browser.script(open, &[])?;
    visit.browser.type_into(EMAIL, "somebody.example")?;
    let odd = "return document.querySelector('[data-testid=email] .field__note').innerText.includes('e-mail')";
    visit.until("the address to be called odd", odd, &[])?;
    visit.browser.type_into(EMAIL, "@example.org")?;
    visit.until("the address to be fine", &odd.replace("return ", "return !"), &[])
}

const DATE: &str = r#"[data-testid="deal-amount"] + .field input[type="date"]"#;
const EMAIL: &str = r#"[data-testid="email"] input"#;

fn unchanged(visit: &Visit, before: &Value) -> Result<bool> {
    // Leaving a field is no way to keep what it refuses.
    Ok(visit.export()?.1 == *before)
}

/// Waits until a field is marked wrong and the note beside it says so.
fn says(visit: &Visit, field: &str, words: &str) -> Result<()> {
    let script = "const field = document.querySelector(arguments[0]);
        const note = document.getElementById(field.getAttribute('aria-describedby'));
        return field.getAttribute('aria-invalid') === 'true' && note.innerText.includes(arguments[1])";
    visit.until(words, script, &[field.into(), words.into()])
}

/// Waits until a field is not marked wrong.
fn fine(visit: &Visit, field: &str) -> Result<()> {
    let script = "return document.querySelector(arguments[0]).getAttribute('aria-invalid') !== 'true'";
    visit.until("the field to be fine", script, &[field.into()])
}
