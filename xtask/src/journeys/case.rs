//! The case: its company from the welcome page, and the five steps of its story.

use anyhow::{Result, ensure};

use super::{Visit, visit::settings};

/// The words that a step has to show, in one language.
struct Words {
    language: &'static str,
    stage: &'static str,
    training: &'static str,
    accept: &'static str,
}

const LANGUAGES: [Words; 2] = [
    Words { language: "zh", stage: "需求探寻", training: "需求探寻训练：先问后讲", accept: "采纳" },
    Words {
        language: "en",
        stage: "Needs discovery",
        training: "Discovery drills: ask before you show",
        accept: "Accept",
    },
];

/// In both languages: the company opens, its five steps lead to where they say, and what they promise stands there. The story can be
/// put away and stays away.
pub(super) fn told(visit: &Visit) -> Result<()> {
    for words in &LANGUAGES {
        visit.settle(&settings(words.language, "light"))?;
        visit.open("#/")?;
        visit.browser.click(r#"[data-testid="open-case"]"#)?;
        visit.until("the case to open", "return location.hash.startsWith('#/funnel')", &[])?;
        visit.saved()?;
        let story = visit.browser.text(r#"[data-testid="story"]"#)?;
        ensure!(story.contains(words.stage), "the story does not name the stage:\n{story}");
        ensure!(visit.count(r#"[data-testid="story-step"]"#)? == 5, "the story has not five steps");
        visit.check_accessibility("the story of the case")?;
        steps(visit, words)?;
        visit.open("#/funnel")?;
        visit.browser.click(r#"[data-testid="story-close"]"#)?;
        visit.until("the story to go", "return document.querySelector('[data-testid=story]') === null", &[])?;
        visit.reload()?;
        visit.browser.find(r#"[data-testid="bottleneck"]"#)?;
        ensure!(visit.count(r#"[data-testid="story"]"#)? == 0, "the story came back");
    }
    Ok(())
}

/// Follows each link of the story.
fn steps(visit: &Visit, words: &Words) -> Result<()> {
    let follow = |step: &str| {
        visit.open("#/funnel")?;
        visit.browser.click(&format!(r#"[data-testid="story-step"][data-step="{step}"]"#))
    };
    let shows = |what: &str, css: &str, word: &str| {
        let script = "return document.querySelector(arguments[0])?.innerText.includes(arguments[1]) ?? false";
        visit.until(what, script, &[css.into(), word.into()])
    };
    follow("lines")?;
    visit.until("the lines as of a past day", "return /as-of=.*tab=movement/.test(location.hash)", &[])?;
    shows("the lines of the stage", "main", words.stage)?;
    follow("bottleneck")?;
    shows("the bottleneck to name the stage", r#"[data-testid="bottleneck"]"#, words.stage)?;
    visit.until(
        "the bottleneck to be told",
        "return document.querySelector('[data-testid=bottleneck]')?.dataset.tone === 'bad'",
        &[],
    )?;
    follow("training")?;
    shows("the training", r#"[data-testid="intervention"]"#, words.training)?;
    let lines = "const lines = [...document.querySelectorAll('[data-testid=intervention-lines] tbody tr')]
        .filter(line => line.querySelector('.tag'));
        return lines.length >= 3 && lines.slice(0, 3).every(line => line.querySelector('.tag').dataset.tone === 'good')";
    visit.until("readings whose interval leaves out 0", lines, &[])?;
    follow("calibration")?;
    shows("the stage to calibrate", r#"[data-testid="calibration"]"#, words.stage)?;
    let row = "const row = [...document.querySelectorAll('[data-testid=calibration] tbody tr')]
        .find(row => row.cells[0].innerText.trim() === arguments[0]);
        return Boolean(row?.cells[2].querySelector('.tag'))";
    visit.until("a proposal for its promotion rate", row, &[words.stage.into()])?;
    shows("the button that accepts", r#"[data-testid="calibrate"]"#, words.accept)?;
    follow("forecast")?;
    visit.until(
        "the record to be judged",
        "return document.querySelector('[data-testid=track-record]')?.dataset.judged === 'true'",
        &[],
    )
}
