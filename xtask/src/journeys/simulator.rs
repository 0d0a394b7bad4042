//! The simulator: a whole year decided and played, its company looked at on the way, the debrief at its end, and the run as a file.

use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{Visit, visit::settings};
use crate::browser::until;

const SIMULATOR: &str = "#/learn?tab=simulator";
const SCENARIO: &str = r#"[data-testid="simulator-scenario"]"#;
const BEGIN: &str = r#"[data-testid="simulator-begin"]"#;
const WEEK: &str = r#"[data-testid="simulator-week"]"#;
const DEBRIEF: &str = r#"[data-testid="simulator-debrief"]"#;

/// In Chinese a few weeks; in English the year, with weeks taken back, the company looked at, and the debrief.
pub(super) fn a_year(visit: &Visit) -> Result<()> {
    visit.settle(&settings("zh", "light"))?;
    begin(visit)?;
    visit.browser.click(r#"[data-testid="simulator-play-four"]"#)?;
    week(visit, 4)?;
    let news = visit.browser.text(r#"[data-testid="simulator-news"]"#)?;
    ensure!(news.contains("新线索") && !news.contains("leads"), "the news speak another language: {news}");
    visit.check_accessibility("the simulator in Chinese")?;
    visit.browser.click(r#"[data-testid="simulator-leave"]"#)?;
    visit.browser.click(r#"[data-testid="simulator-leave-really"]"#)?;
    visit.browser.find(BEGIN)?;

    visit.settle(&settings("en", "light"))?;
    begin(visit)?;
    decide(visit)?;
    look(visit)?;
    visit.browser.resize(390, 844)?;
    visit.check_accessibility("the simulator on a phone")?;
    visit.browser.resize(1280, 900)?;
    // The rest of the year by itself, at the highest speed.
    visit.browser.click(".simulator__bar .segmented__option:last-child")?;
    visit.browser.click(r#"[data-testid="simulator-run"]"#)?;
    week(visit, 52)?;
    let debrief = visit.browser.text(DEBRIEF)?;
    for words in ["Doing nothing", "A good way", "What mattered", "The best weeks", "How hours were spread"] {
        ensure!(debrief.contains(words), "the debrief does not say “{words}”:\n{debrief}");
    }
    visit.check_accessibility("the debrief of the simulator")?;
    let file = visit.browser.download(r#"[data-testid="simulator-export"]"#, &visit.folder.join("run"))?;
    let run: Value = serde_json::from_str(&fs::read_to_string(&file)?).context("the run is no JSON")?;
    ensure!(run["format"] == "loudou-run" && run["weeks"] == 52, "another run was written: {run}");
    ensure!(run["turns"][0]["hours"]["prospecting"] == 6, "what was decided is not in the run: {run}");
    // A year that is over is left without a question.
    visit.browser.click(r#"[data-testid="simulator-leave"]"#)?;
    visit.browser.find(BEGIN).map(drop)
}

fn begin(visit: &Visit) -> Result<()> {
    visit.open(SIMULATOR)?;
    visit.browser.find(SCENARIO)?;
    ensure!(visit.count(SCENARIO)? == 3, "there are not three scenarios");
    visit.check_accessibility("the scenarios of the simulator")?;
    visit.browser.click(BEGIN)?;
    week(visit, 0)
}

/// Waits until so many weeks have been played.
fn week(visit: &Visit, weeks: usize) -> Result<()> {
    until(&format!("week {weeks} to be played"), || {
        let script = "return document.querySelector(arguments[0])?.dataset.week ?? null";
        let played = visit.browser.script(script, &[WEEK.into()])?;
        Ok((played == weeks.to_string().as_str()).then_some(()))
    })
}

/// Sets hours and a training, plays, takes a week back, and plays it again.
fn decide(visit: &Visit) -> Result<()> {
    set(visit, "hours-prospecting", 6)?;
    set(visit, "hours-lower", 17)?;
    let sum = visit.browser.text(r#"[data-testid="simulator-hours"]"#)?;
    ensure!(sum.contains("38"), "the hours do not add up: {sum}");
    set(visit, "hours-upper", 12)?;
    let sum = visit.browser.text(r#"[data-testid="simulator-hours"]"#)?;
    ensure!(sum.contains("4 of them overtime"), "overtime is not said: {sum}");
    set(visit, "hours-upper", 6)?;
    visit.browser.click(r#"[data-testid="simulator-training"]"#)?;
    visit.browser.click(r#"[data-testid="simulator-play"]"#)?;
    week(visit, 1)?;
    let before = visit.browser.text(r#"[data-testid="simulator-figures"]"#)?;
    visit.browser.click(r#"[data-testid="simulator-play"]"#)?;
    week(visit, 2)?;
    visit.browser.click(r#"[data-testid="simulator-back"]"#)?;
    week(visit, 1)?;
    let after = visit.browser.text(r#"[data-testid="simulator-figures"]"#)?;
    ensure!(before == after, "a week that was taken back left something behind:\n{before}\n{after}");
    visit.browser.click(r#"[data-testid="simulator-play-four"]"#)?;
    week(visit, 5)
}

/// Moves a slider, as an arrow key would.
fn set(visit: &Visit, slider: &str, value: u32) -> Result<()> {
    let script = "const slider = document.querySelector(`[data-testid=\"${arguments[0]}\"]`);
        slider.value = arguments[1];
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        return true";
    visit.browser.script(script, &[slider.into(), value.into()]).map(drop)
}

/// The company on the page of the funnel, to be looked at; the year goes on afterwards where it stood, also after a reload.
fn look(visit: &Visit) -> Result<()> {
    visit.browser.click(r#"[data-testid="simulator-look"]"#)?;
    visit.until("the company to open", "return location.hash.startsWith('#/funnel')", &[])?;
    visit.browser.find(r#"[data-testid="visit"]"#)?;
    visit.open("#/coaching")?;
    visit.browser.find("main h1")?;
    visit.browser.click(r#"[data-testid="visit-leave"]"#)?;
    visit.open(SIMULATOR)?;
    week(visit, 5)?;
    visit.reload()?;
    week(visit, 5)
}
