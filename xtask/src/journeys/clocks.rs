//! The clocks of deals: marks on the board and in the list, the diagnosis of a deal with its remedies, and what to ask on a first visit.

use anyhow::{Context, Result, ensure};

use super::{Visit, visit::settings};

const MARKED: &str = "#/deals?mark=stalled&columns=title.days.idle.overdue.pushes.mark&sort=-days";
const ROW: &str = r#"[data-testid="deals-table"] .data-table__row:not(.data-table__row--head)"#;
const PACE: &str = r#"[data-testid="deal-pace"]"#;
const CATALOGUE: &str = r#"[data-testid="problem-catalogue"]"#;

/// The list of stalled deals holds no other; one of them says why it stalls and what to do; a plan made there pauses the silence and
/// leaves the age alone; what is long can be taken from the deals that won. In both languages.
pub(super) fn marked_diagnosed_planned(visit: &Visit) -> Result<()> {
    for (language, stalled, paused, won) in
        [("zh", "停滞", "暂停至", "成交商机"), ("en", "Stalled", "Paused until", "won deals")]
    {
        visit.settle(&settings(language, "light"))?;
        visit.open_demo()?;
        visit.open("#/board")?;
        visit.until(
            "marks on the board",
            "return document.querySelector('[data-testid=deal-card] [data-mark]') !== null",
            &[],
        )?;
        visit.open(MARKED)?;
        visit.browser.find(ROW).context("no deal of the demo company is stalled")?;
        let script =
            "return [...document.querySelectorAll(arguments[0])].every(row => row.innerText.includes(arguments[1]))";
        visit.until("rows that are stalled and no other", script, &[ROW.into(), stalled.into()])?;
        let first = visit.browser.find(&format!("{ROW} a"))?;
        let address = visit.browser.attribute(&first, "href")?.context("the deal has no address")?;
        let (_, hash) = address.split_once('#').context("the address has no hash")?;
        visit.open(&format!("#{hash}"))?;
        visit.browser.find(&format!("{PACE} [data-mark=stalled]"))?;
        ensure!(visit.count(&format!("{PACE} [data-clock]"))? == 4, "not every clock is shown");
        ensure!(visit.count(&format!("{PACE} [data-testid=suspicions] li"))? > 0, "nothing is suspected");
        let age = visit.browser.text(&format!("{PACE} [data-clock=Age] b"))?;
        plan(visit)?;
        let shown = "return document.querySelector(arguments[0])?.innerText.includes(arguments[1]) ?? false";
        visit.until("the silence to pause", shown, &[format!("{PACE} [data-clock=Idle]").into(), paused.into()])?;
        ensure!(
            visit.browser.text(&format!("{PACE} [data-clock=Age] b"))? == age,
            "a plan changed the age in the stage"
        );
        visit.browser.click(&format!("{PACE} .pace__basis summary"))?;
        choose(visit, 1)?;
        visit.until("the deals that won", shown, &[format!("{PACE} .pace__basis").into(), won.into()])?;
        choose(visit, 0)?;
        visit.saved()?;
    }
    Ok(())
}

/// Plans what the first advice that takes a plan says.
fn plan(visit: &Visit) -> Result<()> {
    let press =
        "const planned = ['FindState', 'Requalify', 'CompareOffers', 'ReferenceVisit', 'MeetBuyer', 'PlanNext'];
        const advice = [...document.querySelectorAll(arguments[0] + ' [data-remedy]')];
        const one = advice.find(one => planned.includes(one.dataset.remedy) && one.dataset.remedy !== 'PlanNext');
        one?.querySelector('button').click();
        return one !== undefined";
    ensure!(visit.holds(press, &[PACE.into()])?, "no advice takes a plan");
    visit.browser.find(r#"dialog[open] [data-testid="plan-form"]"#)?;
    visit.browser.click("dialog[open] .dialog__actions .button--primary")?;
    visit.until("the dialog to close", "return document.querySelector('dialog[open]') === null", &[])
}

/// Takes one of the two grounds of what is long.
fn choose(visit: &Visit, place: usize) -> Result<()> {
    let script = "document.querySelectorAll('.pace__basis input[type=radio]')[arguments[0]].click()";
    visit.browser.script(script, &[place.into()]).map(drop)
}

/// The shipped catalogue is taken and taken back in one step; a deal in discovery says what its customer may suffer from and why, and
/// the sheet of the first visit fits on one page. In both languages.
pub(super) fn first_visit(visit: &Visit) -> Result<()> {
    for (language, found) in [("zh", "行业"), ("en", "industry")] {
        visit.settle(&settings(language, "light"))?;
        visit.open_demo()?;
        visit.open("#/settings")?;
        visit.browser.click(&format!("{CATALOGUE} .empty button"))?;
        let companies = format!("return document.querySelectorAll('{CATALOGUE} details').length === arguments[0]");
        visit.until("the shipped catalogue", &companies, &[14.into()])?;
        visit.open("#/board")?;
        let card = visit.browser.find(r#"[data-testid="board-column"] [data-testid="deal-card"]"#)?;
        let deal = visit.browser.attribute(&card, "data-deal")?.context("the card has no deal")?;
        visit.open(&format!("#/deal/{deal}"))?;
        visit.browser.find(r#"[data-testid="likely-problems"] li"#).context("the customer has no likely problem")?;
        let signs = visit.browser.text(r#"[data-testid="likely-problems"]"#)?;
        ensure!(signs.contains(found), "why a problem is likely is not said: {signs}");
        // Nobody answers the browser's own dialog here.
        visit.browser.script("window.print = () => {}", &[])?;
        visit.browser.click(r#"[data-testid="first-visit"]"#)?;
        visit.until("the sheet", "return document.querySelector('[data-testid=first-visit-ready]') !== null", &[])?;
        visit.browser.set_medium("print")?;
        visit.until(
            "the sheet on paper",
            "return document.querySelector('.print-sheet .first-visit li') !== null",
            &[],
        )?;
        visit.browser.set_medium("")?;
        let pdf = visit.browser.print()?;
        let text = String::from_utf8_lossy(&pdf).into_owned();
        let pages = text.matches("/Type /Page").count() - text.matches("/Type /Pages").count();
        ensure!(pages == 1, "the sheet takes {pages} pages");
        visit.open("#/settings")?;
        empty(visit)?;
    }
    Ok(())
}

/// Takes the catalogue back with one undo.
fn empty(visit: &Visit) -> Result<()> {
    visit.browser.find(&format!("{CATALOGUE} details"))?;
    visit.browser.press(&[crate::browser::key::CONTROL, 'z'])?;
    visit.until("an empty catalogue", &format!("return document.querySelector('{CATALOGUE} .empty') !== null"), &[])
}
