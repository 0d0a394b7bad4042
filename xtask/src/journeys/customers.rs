//! A customer's page from the search to the next purchase.

use anyhow::{Context, Result, ensure};

use super::Visit;
use crate::browser::key;

const LINK: &str = r##"[data-testid="customers-table"] a[href*="#/customer/"]"##;
const NEEDS: &str = r#"[data-testid="customer-needs"] textarea"#;
const NEED: &str = "Reports by region every Monday";
const CONTACT: &str = "Wang Journey";
const NOTE: &str = "Uses it daily";
const DEAL: &str = r#"[data-testid="customer-deal"]"#;

/// Finds a customer who has bought, writes down what it needs, adds a contact, logs a return visit, begins the next purchase, takes that
/// back and makes it again; a reload finds all of it.
pub(super) fn from_search_to_next_purchase(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    let name = someone_who_bought(visit)?;
    visit.open("#/customers")?;
    visit.browser.find(LINK)?;
    visit.browser.type_into(r#"[data-testid="customers-search"]"#, &name)?;
    let found = "return document.querySelector(arguments[0])?.innerText === arguments[1]";
    visit.until("the customer to be found", found, &[LINK.into(), name.as_str().into()])?;
    visit.browser.click(LINK)?;
    visit.until(
        "the customer's page",
        "return document.querySelector('[data-testid=customer-title]')?.innerText === arguments[0]",
        &[name.as_str().into()],
    )?;

    visit.browser.find(NEEDS)?;
    visit.browser.script("document.querySelector(arguments[0]).select()", &[NEEDS.into()])?;
    visit.browser.type_into(NEEDS, NEED)?;
    visit.browser.press(&[key::TAB])?;
    visit.browser.type_into(r#"[data-testid="new-contact"] input"#, CONTACT)?;
    visit.browser.press(&[key::ENTER])?;
    shows(visit, r#"[data-testid="contact"]"#, CONTACT)?;
    log_return_visit(visit)?;

    let before = visit.count(DEAL)?;
    click_clear_of_messages(visit, r#"[data-testid="repeat"] button"#)?;
    visit.browser.find(r#"[data-testid="repeat-form"] input"#)?;
    visit.until(
        "the focus on the title",
        "return document.activeElement.closest('[data-testid=repeat-form]') !== null",
        &[],
    )?;
    visit.browser.press(&[key::ENTER])?;
    deals_are(visit, before + 1)?;
    visit.browser.press(&[key::CONTROL, 'z'])?;
    deals_are(visit, before)?;
    visit.browser.press(&[key::CONTROL, 'y'])?;
    deals_are(visit, before + 1)?;
    visit.saved()?;

    visit.reload()?;
    deals_are(visit, before + 1)?;
    let kept = "return document.querySelector(arguments[0])?.value === arguments[1]";
    visit.until("the need written before", kept, &[NEEDS.into(), NEED.into()])?;
    shows(visit, r#"[data-testid="contact"]"#, CONTACT)?;
    shows(visit, r#"[data-testid="return-visits"]"#, NOTE)?;
    shows(visit, r#"[data-testid="activities"]"#, NOTE)?;
    let follows =
        "return [...document.querySelectorAll('[data-testid=follows]')].some(chain => chain.innerText !== '')";
    visit.until("the next purchase to say what it follows from", follows, &[])
}

/// The name of the first customer who has bought.
fn someone_who_bought(visit: &Visit) -> Result<String> {
    visit.open("#/customers?is=won")?;
    visit.browser.find(LINK)?;
    let all = visit.text_if_there(r#"[data-testid="customers-count"]"#)?;
    ensure!(all != "0", "nobody has bought");
    let name = visit.text_if_there(LINK)?;
    (!name.is_empty()).then_some(name).context("the list has no names")
}

/// Logs a return visit with a satisfaction of 4 without leaving the keyboard.
fn log_return_visit(visit: &Visit) -> Result<()> {
    click_clear_of_messages(visit, r#"[data-testid="log-return-visit"] button"#)?;
    visit.browser.find(r#"[data-testid="log-satisfaction"] select"#)?;
    let choose = "const select = document.querySelector('[data-testid=log-satisfaction] select');
        select.value = '4';
        select.dispatchEvent(new Event('change', { bubbles: true }))";
    visit.browser.script(choose, &[])?;
    visit.browser.type_into(r#"[data-testid="log-form"] textarea"#, NOTE)?;
    visit.browser.press(&[key::CONTROL, key::ENTER])?;
    shows(visit, r#"[data-testid="return-visits"]"#, NOTE)?;
    let rated = "return document.querySelector('[data-testid=satisfaction]')?.innerText.match(/\\d/) !== null";
    visit.until("the satisfaction", rated, &[])
}

/// Clicks what is brought to the middle of the page: messages lie over its lower edge.
fn click_clear_of_messages(visit: &Visit, css: &str) -> Result<()> {
    visit.browser.find(css)?;
    visit.browser.script("document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })", &[css.into()])?;
    visit.browser.click(css)
}

fn shows(visit: &Visit, css: &str, text: &str) -> Result<()> {
    let script =
        "return [...document.querySelectorAll(arguments[0])].some(one => one.innerText.includes(arguments[1]))";
    visit.until(text, script, &[css.into(), text.into()])
}

fn deals_are(visit: &Visit, count: usize) -> Result<()> {
    let script = "return document.querySelectorAll(arguments[0]).length === arguments[1]";
    visit.until(&format!("{count} deals of the customer"), script, &[DEAL.into(), count.into()])
}
