//! Learning: every lesson by somebody who knows the answers, one by somebody who does not, help for a page, and the tour.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{Visit, visit::settings};
use crate::browser::{Pointer, key};

const LESSONS: &str = include_str!("../../../content/lessons.json");
const NEXT: &str = r#"[data-testid="lesson-next"]"#;
const CHECK: &str = r#"[data-testid="lesson-check"]"#;
const SAID: &str = r#"[data-testid="lesson-said"]"#;
const TOUR: &str = r#"[data-testid="tour"]"#;

/// What the sums of the lessons come to, in the order of their screens: numbers to give, and places of stages to find.
const SUMS: [(&str, &[&str], &[usize]); 9] = [
    ("funnel", &["10"], &[]),
    ("matches", &["2", "3", "30", "30"], &[]),
    ("job-fair", &["2000", "20"], &[1]),
    ("weights", &["900,000"], &[]),
    ("shape", &["4"], &[2]),
    ("stalled", &[], &[]),
    ("bottleneck", &["24"], &[1, 2]),
    ("calibration", &["36%"], &[]),
    ("backwards", &["50", "20", "99", "5", "800000"], &[]),
];

/// Every lesson from its first screen to its end, in English, with all tasks right at once; each says where to try it. What was learnt
/// is still there after a reload, and in Chinese.
pub(super) fn every_lesson(visit: &Visit) -> Result<()> {
    visit.settle(&settings("en", "light"))?;
    visit.open("#/learn")?;
    visit.check_accessibility("the list of lessons")?;
    let content: Value = serde_json::from_str(LESSONS)?;
    let lessons = content["lessons"].as_array().context("no lessons")?;
    ensure!(lessons.len() == SUMS.len(), "{} lessons", lessons.len());
    for (lesson, (slug, numbers, stages)) in lessons.iter().zip(SUMS) {
        ensure!(lesson["slug"] == slug, "{slug} is not where it was");
        visit.open(&format!("#/learn?lesson={slug}"))?;
        let (mut numbers, mut stages) = (numbers.iter(), stages.iter());
        let screens = lesson["screens"].as_array().context("no screens")?;
        for (place, screen) in screens.iter().enumerate() {
            on_screen(visit, place)?;
            if let Some((kind, task)) = screen["task"].as_object().and_then(|task| task.iter().next()) {
                answer(visit, kind, task, &mut numbers, &mut stages)
                    .with_context(|| format!("{slug}, screen {place}"))?;
                let said = "return document.querySelector(arguments[0])?.dataset.tone === 'good'";
                visit.until("the answer to be right", said, &[SAID.into()])?;
                visit.check_accessibility(&format!("{slug}, screen {place}"))?;
            }
            // The keyboard turns pages too.
            if place % 2 == 0 { visit.browser.click(NEXT)? } else { visit.browser.press(&[key::PAGE_DOWN])? }
        }
        let score = visit.browser.text(r#"[data-testid="lesson-score"]"#)?;
        ensure!(score.starts_with("100 "), "{slug} ends with {score}");
        visit.check_accessibility(&format!("the end of {slug}"))?;
        let address = lesson["place"]["address"].as_str().context("no place")?;
        visit.browser.click(r#"[data-testid="lesson-try"]"#)?;
        let there = "return location.hash === arguments[0] && document.querySelector('main h1') !== null";
        visit.until("the place to try it", there, &[format!("#/{address}").into()])?;
    }
    visit.settle(&settings("zh", "light"))?;
    visit.open("#/learn")?;
    let done = visit.browser.text(r#"[data-testid="lessons-done"]"#)?;
    ensure!(done.contains("9 / 9"), "the list says {done}");
    ensure!(visit.browser.text(r#"[data-lesson="shape"]"#)?.contains("100"), "the score of a lesson is not kept");
    visit.check_accessibility("the list of finished lessons")
}

fn on_screen(visit: &Visit, place: usize) -> Result<()> {
    let script = "return document.querySelector('[data-testid=lesson-screen]')?.dataset.screen === arguments[0]";
    visit.until(&format!("screen {place}"), script, &[place.to_string().into()])
}

/// Does what a screen asks for.
fn answer<'a>(
    visit: &Visit,
    kind: &str,
    task: &Value,
    numbers: &mut impl Iterator<Item = &'a &'static str>,
    stages: &mut impl Iterator<Item = &'a usize>,
) -> Result<()> {
    let choose = |place: usize| {
        let script = "document.querySelectorAll('[data-testid=lesson-option]')[arguments[0]].click()";
        visit.browser.script(script, &[place.into()])?;
        visit.browser.click(CHECK)
    };
    let list = |key: &str| task[key].as_array().with_context(|| format!("no {key}"));
    match kind {
        "choose" => {
            choose(list("answers")?.iter().position(|answer| answer["right"] == true).context("none is right")?)
        }
        "find" => choose(*stages.next().context("no stage is known")?),
        "count" => {
            let number = numbers.next().context("no number is known")?;
            visit.browser.type_into(r#"[data-testid="lesson-number"] input"#, number)?;
            visit.browser.click(CHECK)
        }
        "weigh" => {
            visit.browser.script("document.querySelector('[data-testid=lesson-slider]').focus()", &[])?;
            // From 25 to 50 percent in steps of 5.
            for _ in 0..5 {
                visit.browser.press(&[key::RIGHT])?;
            }
            visit.browser.click(CHECK)
        }
        "order" => {
            for step in 0..list("steps")?.len() {
                let up = "const steps = [...document.querySelectorAll('[data-testid=lesson-step]')];
                    const here = steps.findIndex(one => one.dataset.step === String(arguments[0]));
                    if (here > arguments[0]) steps[here].querySelector('button').click();
                    return here === arguments[0]";
                visit.until("a step in its place", up, &[step.into()])?;
            }
            visit.browser.click(CHECK)
        }
        "move" => {
            let ready = list("cards")?.iter().position(|card| card["met"] == true).context("none is ready")?;
            visit.browser.click(&format!(r#"[data-card="{ready}"] button:last-child"#))
        }
        other => anyhow::bail!("a task of a kind that nobody knows: {other}"),
    }
}

/// Somebody who does not know: in Chinese, wrong twice, then the answer is shown; what was done is there after a reload.
pub(super) fn not_knowing(visit: &Visit) -> Result<()> {
    visit.settle(&settings("zh", "light"))?;
    visit.open("#/learn?lesson=matches")?;
    visit.browser.click(NEXT)?;
    on_screen(visit, 1)?;
    let number = r#"[data-testid="lesson-number"] input"#;
    for wrong in ["1", "5"] {
        visit.browser.script("document.querySelector(arguments[0]).value = ''", &[number.into()])?;
        visit.browser.type_into(number, wrong)?;
        visit.browser.click(CHECK)?;
        visit.until(
            "the answer to be wrong",
            "return document.querySelector(arguments[0])?.dataset.tone === 'warn'",
            &[SAID.into()],
        )?;
    }
    visit.browser.click(r#"[data-testid="lesson-show"]"#)?;
    visit.until("the answer", "return document.querySelector(arguments[0]).value === '2'", &[number.into()])?;
    visit.check_accessibility("an answer that is shown")?;
    visit.reload()?;
    on_screen(visit, 1)?;
    visit.until("the answer to be kept", "return document.querySelector(arguments[0]).value === '2'", &[number.into()])
}

/// By finger, on a phone: a card goes to another stage, a step to another place, a chance to another figure. A finger that passes over
/// a card scrolls the page, and Escape puts back what is dragged.
pub(super) fn by_finger(visit: &Visit) -> Result<()> {
    visit.settle(&settings("zh", "light"))?;
    visit.browser.resize(390, 844)?;
    on_task(visit, "funnel", 4)?;
    let at = "return [...document.querySelectorAll('[data-testid=lesson-column]')]
        .findIndex(column => column.querySelector('[data-card=\"1\"]'))";
    let ready = visit.browser.script(at, &[])?.as_u64().context("the card is not there")?;
    let card = r#"[data-card="1"]"#;
    let columns = visit.browser.all(r#"[data-testid="lesson-column"]"#)?;
    let next = columns.get(usize::try_from(ready)? + 1).context("no stage after it")?;
    // Both must be on the screen, as they are for whoever drags.
    let show = "document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })";
    visit.browser.script(show, &[card.into()])?;
    let scrolled = "return document.querySelector('.page').scrollTop";
    let before = visit.browser.script(scrolled, &[])?.as_f64().unwrap_or_default();
    visit.browser.swipe_up(&visit.browser.find(&format!("{card} p"))?, 120)?;
    let moved = "return Math.abs(document.querySelector('.page').scrollTop - arguments[0]) > 20";
    if visit.browser.fingers_scroll() {
        visit.until("the page to scroll under a finger", moved, &[before.into()])?;
    }
    ensure!(visit.browser.script(at, &[])?.as_u64() == Some(ready), "a finger that scrolls moved a card");
    visit.browser.script(show, &[card.into()])?;
    let grip = visit.browser.find(&format!("{card} [data-testid=\"grip\"]"))?;
    visit.browser.drag_by(Pointer::Touch, &grip, next, Some(key::ESCAPE))?;
    ensure!(visit.text_if_there(SAID)?.is_empty(), "what Escape put back was handed in");
    visit.browser.drag_by(Pointer::Touch, &grip, next, None)?;
    let good = "return document.querySelector(arguments[0])?.dataset.tone === 'good'";
    visit.until("the card in its next stage", good, &[SAID.into()])?;
    visit.check_accessibility("a card that was dragged")?;

    on_task(visit, "stalled", 5)?;
    let order =
        "return [...document.querySelectorAll('[data-testid=lesson-step]')].map(step => step.dataset.step).join('')";
    ensure!(visit.browser.script(order, &[])? == "30421", "the steps are shown in another order");
    let step = |place: usize| visit.browser.find(&format!(r#"[data-step="{place}"]"#));
    let grip = |place: usize| visit.browser.find(&format!(r#"[data-step="{place}"] [data-testid="grip"]"#));
    visit.browser.script(show, &[r#"[data-step="4"]"#.into()])?;
    // Down to the last place, up to the one before, and the rest by mouse.
    let drags = [(3, 1, Pointer::Touch, "04213"), (1, 4, Pointer::Touch, "01423"), (4, 3, Pointer::Mouse, "01234")];
    for (from, onto, pointer, expected) in drags {
        visit.browser.drag_by(pointer, &grip(from)?, &step(onto)?, None)?;
        visit.until(
            "the step in its place",
            "return [...document.querySelectorAll('[data-testid=lesson-step]')].map(step => step.dataset.step).join('') === arguments[0]",
            &[expected.into()],
        )?;
    }
    visit.browser.click(CHECK)?;
    visit.until("the steps to be right", good, &[SAID.into()])?;
    visit.check_accessibility("steps that were dragged")?;

    on_task(visit, "weights", 3)?;
    let slider = visit.browser.find(r#"[data-testid="lesson-slider"]"#)?;
    visit.browser.script(show, &[r#"[data-testid="lesson-slider"]"#.into()])?;
    visit.browser.drag_by(Pointer::Touch, &slider, &slider, None)?;
    let half = "return document.querySelector('[data-testid=lesson-slider]').value === '50'";
    visit.until("the chance in the middle", half, &[])
}

/// Turns to a screen of a lesson that has something to drag.
fn on_task(visit: &Visit, slug: &str, place: usize) -> Result<()> {
    visit.open(&format!("#/learn?lesson={slug}"))?;
    for screen in 0..place {
        on_screen(visit, screen)?;
        visit.browser.click(NEXT)?;
    }
    on_screen(visit, place)
}

/// The help of a page leads to its lesson; the tour is taken to its end, left by Escape, and does not come back by itself.
pub(super) fn help_and_tour(visit: &Visit) -> Result<()> {
    visit.settle(&settings("en", "light"))?;
    visit.open("#/")?;
    visit.check_accessibility("the first page with its offers")?;
    visit.browser.click(r#"[data-testid="tour-begin"]"#)?;
    visit.until("the tour", "return document.querySelector(arguments[0]) !== null", &[TOUR.into()])?;
    for step in 0..8 {
        let at = "return document.querySelector(arguments[0])?.dataset.step === arguments[1]";
        visit.until(&format!("step {step} of the tour"), at, &[TOUR.into(), step.to_string().into()])?;
        // What it points at is on the screen, once the page is here.
        let points = "return document.querySelector('.tour__ring') !== null";
        visit.until(&format!("what step {step} points at"), points, &[])?;
        if step == 3 {
            visit.check_accessibility("a step of the tour")?;
        }
        visit.browser.click(r#"[data-testid="tour-next"]"#)?;
    }
    let is_over = "return document.querySelector(arguments[0]) === null";
    visit.until("the tour to end", is_over, &[TOUR.into()])?;

    visit.open("#/funnel")?;
    visit.browser.click(r#"[data-testid="help-open"]"#)?;
    let help = visit.browser.text(r#"[data-testid="help-page"]"#)?;
    ensure!(help.contains("four readings"), "the help of the funnel says: {help}");
    visit.check_accessibility("the help of a page")?;
    visit.browser.click(r#"[data-testid="tour-again"]"#)?;
    visit.until("the tour again", "return document.querySelector(arguments[0]) !== null", &[TOUR.into()])?;
    visit.browser.press(&[key::ESCAPE])?;
    visit.until("the tour to end by key", is_over, &[TOUR.into()])?;
    visit.reload()?;
    ensure!(visit.count(TOUR)? == 0, "the tour came back");
    visit.browser.click(r#"[data-testid="help-open"]"#)?;
    visit.browser.click(r#"[data-testid="help-lesson"]"#)?;
    visit.until("the lesson", "return location.hash === '#/learn?lesson=shape'", &[])
}
