//! Drills: a company is looked at on its pages, the sheet is answered, and the same drill asks the same a second time.

use anyhow::{Context, Result, ensure};

use super::{Visit, visit::settings};

const DRILLS: &str = "#/learn?tab=drills";
/// A drill by its level and number, as a link names it.
const NAMED: &str = "#/learn?tab=drills&drill=clear-4711";
const BEGIN: &str = r#"[data-testid="drill-named"] .button--primary"#;
const SHEET: &str = r#"[data-testid="drill-sheet"]"#;
const BAND: &str = r#"[data-testid="drill-band"]"#;
const RESULT: &str = r#"[data-testid="drill-result"]"#;
const HAND_IN: &str = r#"[data-testid="drill-hand-in"]"#;
const FINISH: &str = r#"[data-testid="drill-finish"]"#;

/// What is right of a drill, by its codes.
struct Right {
    illness: String,
    figures: Vec<String>,
    treatments: Vec<String>,
}

/// Handed in once with a guess, the result says what is right; the second time that is worth all points.
pub(super) fn answered_twice(visit: &Visit) -> Result<()> {
    visit.settle(&settings("en", "light"))?;
    visit.open(DRILLS)?;
    visit.browser.find(r#"[data-testid="drill-level"]"#)?;
    visit.check_accessibility("drills")?;
    begin(visit)?;
    visit.check_accessibility("the sheet of a drill")?;
    // Nothing is handed in before anything is said.
    visit.browser.click(HAND_IN)?;
    visit.until(
        "the sheet to ask",
        "return document.querySelector(arguments[0] + ' [role=alert]').textContent !== ''",
        &[SHEET.into()],
    )?;

    // The company is looked at like any other, and a bar leads back.
    visit.browser.click(r#"[data-testid="drill-subject"] nav a"#)?;
    visit.browser.find(".funnel-picture__stage")?;
    visit.browser.click(r#"[data-testid="drill-to-sheet"]"#)?;
    visit.browser.find(SHEET)?;

    choose(visit, r#"[data-testid="drill-illness"] input[value="healthy"]"#)?;
    visit.browser.click(HAND_IN)?;
    let low = score(visit)?;
    visit.check_accessibility("the result of a drill")?;
    let right = right(visit)?;
    ensure!(!right.figures.is_empty() && right.treatments.len() == 1, "the result does not say what is right");
    visit.browser.click(FINISH)?;

    begin(visit)?;
    choose(visit, &format!(r#"[data-testid="drill-illness"] input[value="{}"]"#, right.illness))?;
    for figure in &right.figures {
        choose(visit, &format!(r#"[data-figure="{figure}"] input"#))?;
    }
    for treatment in &right.treatments {
        choose(visit, &format!(r#"[data-treatment="{treatment}"] input"#))?;
    }
    visit.browser.click(HAND_IN)?;
    let high = score(visit)?;
    ensure!(low < 40 && high == 100, "a guess is worth {low}, the right answer {high}");
    visit.browser.click(FINISH)?;
    visit.until("the company to be left", "return !document.querySelector(arguments[0])", &[BAND.into()])?;
    let rows = r#"[data-testid="drill-history"] tbody tr"#;
    ensure!(visit.count(rows)? == 2, "two drills were done");
    visit.reload()?;
    visit.browser.find(rows)?;
    ensure!(visit.count(rows)? == 2, "the scores are gone");
    Ok(())
}

/// The companies on offer say what their managers ask, and open to be looked at.
pub(super) fn looked_round_in_chinese(visit: &Visit) -> Result<()> {
    visit.settle(&settings("zh", "light"))?;
    visit.open(DRILLS)?;
    let company = r#"[data-testid="drill-company"][data-code="thin-top"]"#;
    visit.browser.click(&format!("{company} summary"))?;
    let words = visit.browser.text(company)?;
    ensure!(
        words.contains("顶部偏薄") && words.contains("每周固定时段"),
        "the company speaks another language: {words}"
    );
    visit.check_accessibility("drills in Chinese")?;
    visit.browser.click(&format!("{company} > .button"))?;
    visit.browser.find(".funnel-picture__stage")?;
    visit.browser.find(r#"[data-testid="visit"]"#)?;
    Ok(())
}

/// Begins the named drill and waits for its sheet.
fn begin(visit: &Visit) -> Result<()> {
    visit.open(NAMED)?;
    visit.browser.click(BEGIN)?;
    visit.browser.find(SHEET)?;
    visit.browser.find(BAND)?;
    Ok(())
}

/// Ticks a box or takes one of several.
fn choose(visit: &Visit, css: &str) -> Result<()> {
    visit.browser.click(css)?;
    visit.until("the choice to be taken", "return document.querySelector(arguments[0]).checked", &[css.into()])
}

fn score(visit: &Visit) -> Result<u8> {
    let result = visit.browser.find(RESULT)?;
    let score = visit.browser.attribute(&result, "data-score")?.context("the result has no score")?;
    score.parse().context("the score is no number")
}

/// What the result says of it.
fn right(visit: &Visit) -> Result<Right> {
    let script = "const codes = place => [...document.querySelectorAll('.drills > section.card.drills__part')][place]
            .querySelectorAll('[data-fared=good], [data-fared=warn]');
        const read = place => [...codes(place)].map(line => line.dataset.code);
        return [document.querySelector('[data-illness]').dataset.illness, read(1), read(2)]";
    let found = visit.browser.script(script, &[])?;
    let texts = |place: usize| -> Vec<String> {
        let codes = found[place].as_array().into_iter().flatten();
        codes.filter_map(|code| code.as_str()).map(str::to_owned).collect()
    };
    let illness = found[0].as_str().context("the result names no illness")?.to_owned();
    Ok(Right { illness, figures: texts(1), treatments: texts(2) })
}
