//! The way of a visitor without a mouse.

use anyhow::{Context, Result, ensure};

use super::Visit;
use crate::browser::{key, until};

/// As many stops of the Tab key as a visitor may be asked to take.
const STOPS: usize = 120;

/// Skip link → board → a card by arrows → moved by a key → opened → its amount edited → back.
pub(super) fn from_skip_link_to_deal(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    visit.open("#/board")?;
    visit.browser.find(r#"[data-testid="deal-card"]"#)?;
    visit.reload()?;
    visit.browser.press(&[key::TAB])?;
    ensure!(
        visit.holds("return document.activeElement.matches('.skip-link')", &[])?,
        "Tab does not lead to the skip link first"
    );
    visit.browser.press(&[key::ENTER])?;
    ensure!(
        visit.holds("return document.activeElement.id === 'main'", &[])?,
        "the skip link does not lead to the page"
    );
    ensure!(visit.holds("return location.hash.startsWith('#/board')", &[])?, "the skip link leaves the page");

    tab_to(visit, r#"[data-testid="board-column"] [tabindex="0"]"#)?;
    visit.browser.press(&[key::DOWN])?;
    let first = focused_card(visit)?;
    visit.browser.press(&[key::DOWN])?;
    let second = focused_card_other_than(visit, &first)?;
    visit.browser.press(&[key::UP])?;
    ensure!(focused_card_other_than(visit, &second)? == first, "up does not undo down");
    let home = visit.column_of(&first)?.context("the card stands in no column")?;
    visit.browser.press(&[key::RIGHT])?;
    let card = focused_card_other_than(visit, &first)?;
    let away = visit.column_of(&card)?.context("the card stands in no column")?;
    ensure!(away != home, "right does not lead to another column");

    // Back a stage, which no gate forbids.
    visit.browser.press(&['['])?;
    visit.stands_in(&card, &home)?;
    until("the focus to follow the card", || Ok((focused_card(visit)? == card).then_some(())))?;
    visit.saved()?;

    visit.browser.press(&[key::ENTER])?;
    visit.browser.find(r#"[data-testid="deal-title"]"#)?;
    ensure!(
        visit.holds("return location.hash.includes(arguments[0])", &[card.as_str().into()])?,
        "another deal opened"
    );
    tab_to(visit, r#"[data-testid="deal-amount"]"#)?;
    if !visit.holds("return document.activeElement.matches('input')", &[])? {
        visit.browser.press(&[key::ENTER])?;
    }
    visit.until("a field for the amount", "return document.activeElement.matches('input')", &[])?;
    visit.browser.press(&[key::CONTROL, 'a'])?;
    for digit in "98765".chars() {
        visit.browser.press(&[digit])?;
    }
    visit.browser.press(&[key::ENTER])?;
    visit.saved()?;
    visit.browser.back()?;
    visit.stands_in(&card, &home)?;
    visit.open(&format!("#/deal/{card}"))?;
    until("the new amount", || {
        let script = "const place = document.querySelector('[data-testid=deal-amount]');
            return [place?.innerText, place?.value, ...[...place?.querySelectorAll('input') ?? []].map(input => input.value)].join(' ')";
        let shown = visit.browser.script(script, &[])?;
        let digits: String = shown.as_str().unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
        Ok(digits.contains("98765").then_some(()))
    })
}

/// Presses Tab until the focus is on or in what matches.
fn tab_to(visit: &Visit, css: &str) -> Result<()> {
    for _ in 0..STOPS {
        visit.browser.press(&[key::TAB])?;
        if visit.holds("return document.activeElement.closest(arguments[0]) !== null", &[css.into()])? {
            return Ok(());
        }
    }
    anyhow::bail!("{STOPS} presses of Tab do not lead to `{css}`")
}

fn focused_card(visit: &Visit) -> Result<String> {
    until("a card to have the focus", || {
        let script = "return document.activeElement.closest('[data-testid=deal-card]')?.dataset.deal ?? null";
        Ok(visit.browser.script(script, &[])?.as_str().map(str::to_owned))
    })
}

fn focused_card_other_than(visit: &Visit, other: &str) -> Result<String> {
    until("another card to have the focus", || Ok(Some(focused_card(visit)?).filter(|card| card != other)))
}
