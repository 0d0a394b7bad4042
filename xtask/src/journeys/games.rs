//! The games of the learning page: a round of match-sticks and of the job fair, and of the forecast contest, whose record is kept.

use anyhow::{Context as _, Result, ensure};

use super::{Visit, visit::settings};

const ASK: &str = r#"[data-testid="sticks-ask"]"#;
const STRIKE: &str = r#"[data-testid="sticks-strike"]"#;
const FAIR: &str = r#"[data-testid="fair-round"]"#;
const FLOOR: &str = r#"[data-testid="fair-floor"]"#;
const SAY: &str = r#"[data-testid="contest-say"]"#;
const RECORD: &str = r#"[data-testid="contest-record"]"#;
const COMPANY: &str = r#"[data-testid="contest-company"]"#;
const BAND: &str = r#"[data-testid="contest-band"]"#;
const TO_ROUND: &str = r#"[data-testid="contest-to-sheet"]"#;
const HELD: &str = r#"[data-testid="contest-held"]"#;
const SAYS: &str = "return document.querySelector(arguments[0])?.innerText.includes(arguments[1]) ?? false";

/// An answer to each game, a draw and its fast-forward.
pub(super) fn sticks_and_fair(visit: &Visit) -> Result<()> {
    visit.settle(&settings("en", "light"))?;
    visit.open("#/learn?tab=games&sticks=1&fair=1")?;
    visit.browser.find(r#"[data-testid="sticks-sum"]"#)?;
    visit.check_accessibility("a round of match-sticks")?;
    let there = visit.count(r#"[data-testid="stick"]"#)?;
    visit.browser.type_into(&format!("{ASK} .field:nth-child(1) input"), "2")?;
    visit.browser.type_into(&format!("{ASK} .field:nth-child(2) input"), "5")?;
    visit.browser.click(&format!("{ASK} .button--primary"))?;
    visit.browser.find(r#"[data-testid="sticks-points"]"#)?;
    visit.browser.find(r#"[data-testid="sticks-need"]"#)?;
    let struck = format!(r#"{STRIKE} [data-testid="stick"]"#);
    ensure!(visit.count(&struck)? > there, "no further sticks are struck");
    visit.browser.click(&format!("{STRIKE} .button--primary"))?;
    let all = "const sticks = [...document.querySelectorAll(arguments[0])];
        return sticks.length > 0 && sticks.every(stick => ['lit', 'out'].includes(stick.dataset.state))";
    visit.until("every stick to burn or not", all, &[struck.into()])?;
    visit.browser.click(&format!("{STRIKE} .row .button:last-child"))?;
    visit.until("thousands of tries", SAYS, &[r#"[data-testid="sticks-often"]"#.into(), "tries".into()])?;
    visit.check_accessibility("match-sticks that burnt")?;

    visit.open("#/learn?tab=games&game=fair&fair=1")?;
    visit.browser.type_into(&format!("{FAIR} input"), "2000")?;
    visit.browser.click(&format!("{FAIR} .button--primary"))?;
    visit.until("all points", SAYS, &[r#"[data-testid="fair-points"]"#.into(), "100".into()])?;
    visit.until("the way back", SAYS, &[r#"[data-testid="fair-backwards"]"#.into(), "2,000".into()])?;
    // The first step is made twice as good.
    let better = r#"const rate = document.querySelector('[data-testid="fair-rate"]');
        rate.value = 40;
        rate.dispatchEvent(new Event('input', { bubbles: true }))"#;
    visit.browser.script(better, &[])?;
    visit.until("twice as many hired", SAYS, &[r#"[data-testid="fair-hired"]"#.into(), "20".into()])?;
    visit.browser.click(&format!("{FLOOR} .button--primary"))?;
    visit.until("a fair that was held", SAYS, &[r#"[data-testid="fair-outcome"]"#.into(), "jobs".into()])?;
    visit.check_accessibility("the job fair")?;

    visit.settle(&settings("zh", "light"))?;
    visit.open("#/learn?tab=games&sticks=2")?;
    let words = visit.browser.text(r#"[data-testid="sticks-round"]"#)?;
    ensure!(words.contains("目标"), "the game speaks another language: {words}");
    Ok(())
}

/// A forecast is made, judged beside the product's, and kept over a reload.
pub(super) fn forecast_contest(visit: &Visit) -> Result<()> {
    visit.settle(&settings("en", "light"))?;
    visit.open("#/learn?tab=contest&contest=1")?;
    visit.browser.find(r#"[data-testid="contest-question"]"#)?;
    ensure!(visit.count(r#"[data-testid="contest-result"]"#)? == 0, "the result shows before the forecast");
    visit.check_accessibility("a round of the contest")?;
    let say =
        |place: usize, text: &str| visit.browser.type_into(&format!("{SAY} .field:nth-child({place}) input"), text);
    say(1, "500000")?;
    company_is_looked_round(visit)?;
    let kept = "return document.querySelector(arguments[0])?.value === arguments[1]";
    visit.until("what was typed", kept, &[format!("{SAY} .field:nth-child(1) input").into(), "500000".into()])?;
    for (place, text) in [(2, "900000"), (3, "1500000"), (4, "40")] {
        say(place, text)?;
    }
    visit.browser.click(&format!("{SAY} .button--primary"))?;
    visit.browser.find(r#"[data-testid="contest-scores"]"#)?;
    visit.until("the first round in the record", SAYS, &[RECORD.into(), "of 1".into()])?;
    visit.check_accessibility("a round of the contest with its result")?;
    // The opponent's own page opens, and the result is there when one comes back.
    visit.browser.click(&format!("{COMPANY} nav a[href=\"#/forecast\"]"))?;
    visit.until("the forecast to be open", "return document.querySelector('main [role=tablist]') !== null", &[])?;
    ensure!(visit.count(HELD)? == 0, "the forecast stays closed");
    visit.browser.click(TO_ROUND)?;
    visit.browser.find(r#"[data-testid="contest-scores"]"#)?;
    visit.browser.click(r#"[data-testid="contest-end"]"#)?;
    visit.until("the company to be left", "return !document.querySelector(arguments[0])", &[BAND.into()])?;
    visit.reload()?;
    visit.until("the record after a reload", SAYS, &[RECORD.into(), "of 1".into()])?;

    visit.settle(&settings("zh", "light"))?;
    visit.open("#/learn?tab=contest&contest=2")?;
    let words = visit.browser.text(r#"[data-testid="contest-question"]"#)?;
    ensure!(words.contains("季度"), "the contest speaks another language: {words}");
    Ok(())
}

/// The company of a round on the product's own pages: as of the day of the round, without the forecast, and back by the bar.
fn company_is_looked_round(visit: &Visit) -> Result<()> {
    visit.browser.click(r#"[data-testid="contest-look"]"#)?;
    visit.browser.find(".funnel-picture__stage").context("the company does not open")?;
    let said = visit.browser.text(BAND)?;
    let day = "const day = document.querySelector('.filter-bar input[type=date]').value;
        return [day, new Date(`${day}T00:00`).toLocaleDateString('en-US', { month: 'short', day: 'numeric', year: 'numeric' })]";
    let days = visit.browser.script(day, &[])?;
    let written = days[1].as_str().unwrap_or_default();
    ensure!(said.contains(written), "the page stands on {days}, the bar says {said}");
    ensure!(visit.count(r#"[data-testid="one-page"]"#)? == 0, "the funnel prints the forecast");
    visit.check_accessibility("the company of a round")?;
    visit.open("#/forecast")?;
    visit.browser.find(HELD).context("the forecast of the opponent is to be seen")?;
    ensure!(visit.count("main [role=tablist]")? == 0, "the forecast is there all the same");
    visit.check_accessibility("the forecast before the player's own")?;
    visit.open("#/board")?;
    visit.browser.find(r#"[data-testid="deal-card"]"#).context("the board is empty")?;
    visit.browser.click(TO_ROUND)?;
    visit.browser.find(SAY).map(drop)
}
