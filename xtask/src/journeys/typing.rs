//! What is typed counts, however the field is left.

use anyhow::Result;

use super::Visit;
use crate::routes;

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
