//! From the win to the next deal: the after-sale card, a return visit, a referral, the next purchase.

use anyhow::{Context, Result, ensure};

use super::Visit;
use crate::browser::key;

const CARD: &str = r#"[data-testid="after-sale"]"#;
const NEXT: &str = r#"[data-testid="next-visit"]"#;
const LAST: &str = r#"[data-testid="last-visit"]"#;
const DUE: &str = r#"[data-testid="today-kind"][data-kind="3"] [data-testid="today-row"] a"#;
const GATE: &str = r#"dialog[open] [data-testid="gate-missing"]"#;
const NOTE: &str = "Runs smoothly since the go-live";
const REFERRED: &str = "Journey Recommended Ltd";

/// A deal is won and its card says what follows; a visit that is due is logged, which moves the next one and clears the list of today;
/// the customer names another one; the next deal begins. A reload finds all of it.
pub(super) fn from_win_to_next_deal(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    win_a_deal(visit)?;

    visit.open("#/today")?;
    let row = visit.browser.find(DUE).context("no return visit is due in the demo company")?;
    let address = visit.browser.attribute(&row, "href")?.context("the deal has no address")?;
    let (_, hash) = address.split_once('#').context("the address has no hash")?;
    let (hash, waiting) = (format!("#{hash}"), visit.count(DUE)?);
    visit.open(&hash)?;
    visit.browser.find(&format!(r#"{NEXT} .tag[data-tone="warn"]"#)).context("the card does not say that it is due")?;
    let before = visit.browser.text(NEXT)?;
    log_visit(visit)?;
    let moved = "const next = document.querySelector(arguments[0]);
        return next !== null && next.innerText !== arguments[1] && next.querySelector('.tag') === null";
    visit.until("the next visit to move", moved, &[NEXT.into(), before.as_str().into()])?;
    visit.saved()?;
    visit.open("#/today")?;
    let gone = "return document.querySelectorAll(arguments[0]).length < arguments[1]
        && [...document.querySelectorAll(arguments[0])].every(link => !link.href.endsWith(arguments[2]))";
    visit.until("the visit to leave the list", gone, &[DUE.into(), waiting.into(), hash.as_str().into()])?;

    visit.open(&hash)?;
    refer(visit)?;
    let title = visit.browser.text(r#"[data-testid="deal-title"]"#)?;
    clear_of_messages(visit, r#"[data-testid="next-deal"]"#)?;
    visit.browser.find(r#"[data-testid="repeat-form"] input"#)?;
    visit.browser.press(&[key::ENTER])?;
    visit.until("the dialog to close", "return document.querySelector('dialog[open]') === null", &[])?;
    visit.saved()?;

    visit.reload()?;
    let visited = visit.browser.text(LAST)?;
    ensure!(visited.contains("Last return visit"), "after a reload the card says {visited:?}");
    visit.open("#/customers?q=Journey%20Recommended")?;
    visit.until(
        "the referred customer",
        "return document.querySelector('[data-testid=customers-table]')?.innerText.includes(arguments[0])",
        &[REFERRED.into()],
    )?;
    visit.open("#/deals?q=repeat%20purchase")?;
    visit.until(
        "the next deal",
        "return document.querySelector('[data-testid=deals-table]')?.innerText.includes(arguments[0])",
        &[title.as_str().into()],
    )
}

/// Wins the first deal of the board, with a reason where its gate is not met; the card shows when to come back.
fn win_a_deal(visit: &Visit) -> Result<()> {
    visit.open("#/board")?;
    let card = visit.browser.find(r#"[data-testid="deal-card"]"#)?;
    let deal = visit.browser.attribute(&card, "data-deal")?.context("the card has no deal")?;
    visit.open(&format!("#/deal/{deal}"))?;
    visit.browser.find(".deal__line .row button")?;
    ensure!(visit.count(CARD)? == 0, "an open deal shows what follows after the win");
    let press = "const buttons = [...document.querySelectorAll('.deal__line .row button')];
        const won = buttons.find(button => ['Won', 'Mark as won'].includes(button.innerText.trim()));
        won?.click();
        return won !== undefined";
    ensure!(visit.holds(press, &[])?, "the deal has no button to win it");
    visit.browser.click("dialog[open] .dialog__actions .button--primary")?;
    let answered = format!("return document.querySelector('{CARD}, {GATE}') !== null");
    visit.until("the win or its gate", &answered, &[])?;
    if visit.count(GATE)? > 0 {
        let anyway = "dialog[open] .button--danger";
        visit.browser.click(anyway)?;
        visit.browser.type_into("dialog[open] .gate__anyway textarea", "Signed on the spot")?;
        visit.browser.click(anyway)?;
    }
    visit.browser.find(CARD).context("the won deal does not show what follows")?;
    ensure!(visit.count(NEXT)? == 1, "the card does not say when the next visit is due");
    visit.saved()
}

/// Logs a return visit with a satisfaction of 5.
fn log_visit(visit: &Visit) -> Result<()> {
    clear_of_messages(visit, r#"[data-testid="log-visit"]"#)?;
    visit.browser.find(r#"dialog[open] [data-testid="log-satisfaction"] select"#)?;
    let choose = "const select = document.querySelector('dialog[open] [data-testid=log-satisfaction] select');
        select.value = '5';
        select.dispatchEvent(new Event('change', { bubbles: true }))";
    visit.browser.script(choose, &[])?;
    visit.browser.type_into(r#"dialog[open] [data-testid="log-form"] textarea"#, NOTE)?;
    visit.browser.press(&[key::CONTROL, key::ENTER])?;
    let logged = "return document.querySelector('[data-testid=activities]')?.innerText.includes(arguments[0])";
    visit.until("the visit among the activities", logged, &[NOTE.into()])
}

/// Notes a referral to a customer that is new; asked again for the customer itself, the form says why not.
fn refer(visit: &Visit) -> Result<()> {
    let form = r#"dialog[open] [data-testid="referral-form"]"#;
    clear_of_messages(visit, r#"[data-testid="ask-referral"]"#)?;
    visit.browser.find(&format!("{form} input"))?;
    let own = "return document.querySelector('.deal .page__sub').innerText.split(' · ')[0]";
    let own = visit.browser.script(own, &[])?.as_str().unwrap_or_default().to_owned();
    for (name, fits) in [(own.as_str(), false), (REFERRED, true)] {
        let clear = "const field = document.querySelector(arguments[0]); field.value = ''; field.focus()";
        visit.browser.script(clear, &[format!("{form} input").into()])?;
        visit.browser.type_into(&format!("{form} input"), name)?;
        visit.browser.press(&[key::TAB])?;
        visit.browser.click(&format!("{form} .button--primary"))?;
        if !fits {
            visit.browser.find(&format!("{form} .field__note--error")).context("a customer may refer itself")?;
        }
    }
    visit.until("the dialog to close", "return document.querySelector('dialog[open]') === null", &[])?;
    visit.saved()
}

/// Clicks what is brought to the middle of the page: messages lie over its lower edge.
fn clear_of_messages(visit: &Visit, css: &str) -> Result<()> {
    visit.browser.find(css)?;
    visit.browser.script("document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })", &[css.into()])?;
    visit.browser.click(css)
}
