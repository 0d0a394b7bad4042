//! Drills: a company is looked at on its pages, the sheet is answered, and the same drill asks the same a second time. Three in a row, one
//! of each level, by somebody who reads the figures.

mod learner;

use anyhow::{Context, Result, ensure};

use self::learner::{Look, furthest, sentences};
use super::{Visit, visit::settings};

const DRILLS: &str = "#/learn?tab=drills";
/// A drill by its level and number.
const NAMED: &str = "clear-4711";
/// One with an illness.
const FAINT: &str = "faint-5";
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
    begin(visit, NAMED)?;
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

    begin(visit, NAMED)?;
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

/// A drill of each level in a row. Of the first and the last the figures are read; the one between is answered wrongly, and its result
/// says which figures would have told.
pub(super) fn three_in_a_row(visit: &Visit) -> Result<()> {
    visit.settle(&settings("en", "light"))?;
    let first = answer_by_figures(visit, "clear-21", 1)?;
    let second = answer_wrongly(visit, FAINT)?;
    let third = answer_by_figures(visit, "mixed-33", 2)?;
    ensure!(first >= 75 && second < 40 && third >= 75, "the drills are worth {first}, {second} and {third}");
    // The latest first.
    let script = "return [...document.querySelectorAll(`[data-testid=drill-history] tbody tr`)]
        .map(row => row.lastElementChild.textContent.trim())";
    let kept = visit.browser.script(script, &[])?;
    ensure!(kept == serde_json::json!([third, second, first].map(|score| score.to_string())), "kept is {kept}");
    let script = "return [...document.querySelectorAll(`[data-testid=drill-level] p:last-of-type`)]
        .every(line => /\\d/.test(line.textContent))";
    ensure!(visit.holds(script, &[])?, "a level does not say that it was done");
    Ok(())
}

/// Does a drill by the figures that stand furthest from what is usual: each names an illness and is its evidence.
fn answer_by_figures(visit: &Visit, drill: &str, illnesses: usize) -> Result<u8> {
    begin(visit, drill)?;
    let seen = furthest(&sentences(visit)?)?;
    ensure!(seen.len() > illnesses, "the sheet has too few figures to choose from");
    for (Look { figure, illness, treatment, .. }, _) in seen.into_iter().take(illnesses) {
        choose(visit, &format!(r#"[data-testid="drill-illness"] input[value="{illness}"]"#))?;
        choose(visit, &format!(r#"[data-figure="{figure}"] input"#))?;
        choose(visit, &format!(r#"[data-treatment="{treatment}"] input"#))?;
    }
    visit.browser.click(HAND_IN)?;
    let score = score(visit)?;
    visit.browser.click(FINISH)?;
    visit.until("the company to be left", "return !document.querySelector(arguments[0])", &[BAND.into()])?;
    Ok(score)
}

/// Names an illness that no figure speaks for. The result names another one, with the figures that show it as they stood on the sheet,
/// each with the page on which it is seen.
fn answer_wrongly(visit: &Visit, drill: &str) -> Result<u8> {
    begin(visit, drill)?;
    let sheet = sentences(visit)?;
    let (usual, _) = furthest(&sheet)?.pop().context("the sheet has no figure that anybody knows")?;
    choose(visit, &format!(r#"[data-testid="drill-illness"] input[value="{}"]"#, usual.illness))?;
    choose(visit, &format!(r#"[data-figure="{}"] input"#, usual.figure))?;
    visit.browser.click(HAND_IN)?;
    let score = score(visit)?;
    let right = right(visit)?;
    ensure!(right.illness != usual.illness && right.illness != "healthy", "{drill} is {}", right.illness);
    let wrong = format!(r#".drills__line[data-code="{}"][data-fared="bad"]"#, usual.illness);
    ensure!(visit.count(&wrong)? == 1, "nothing says that {} is wrong", usual.illness);
    let script = "return [...document.querySelectorAll('.drills__explained .drills__signs li')]
        .map(line => [line.textContent.trim(), line.querySelector('a')?.getAttribute('href') ?? ''])";
    let signs = visit.browser.script(script, &[])?;
    let signs: Vec<[String; 2]> = serde_json::from_value(signs).context("the signs are no lines")?;
    ensure!(!signs.is_empty() && signs.len() == right.figures.len(), "{} signs are explained", signs.len());
    for [line, link] in &signs {
        ensure!(!learner::numbers(line).is_empty(), "the explanation has no number: {line}");
        let of_sheet = right.figures.iter().filter_map(|figure| sheet.get(figure)).any(|said| line.starts_with(said));
        ensure!(of_sheet, "the explanation is not about what the sheet said: {line}");
        ensure!(link.starts_with("#/"), "{line} is seen nowhere");
    }
    visit.check_accessibility("the result of a wrong answer")?;
    // The page of a figure is a step away, and the bar leads back to the result.
    visit.browser.click(".drills__explained .drills__signs a")?;
    let there = "return location.hash === arguments[0] && document.querySelector('main h1') !== null";
    visit.until("the page of the figure", there, &[signs.first().map_or("", |[_, link]| link).into()])?;
    visit.browser.click(r#"[data-testid="drill-to-sheet"]"#)?;
    visit.browser.find(RESULT)?;
    visit.browser.click(FINISH)?;
    visit.until("the company to be left", "return !document.querySelector(arguments[0])", &[BAND.into()])?;
    Ok(score)
}

/// Begins a drill that a link names by its level and number, and waits for its sheet.
fn begin(visit: &Visit, drill: &str) -> Result<()> {
    visit.open(&format!("{DRILLS}&drill={drill}"))?;
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
