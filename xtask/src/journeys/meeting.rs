//! The weekly meeting: its agenda, the promises that come of it, what became of them a week later, and the minutes.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{Visit, visit::settings};

const PERSON: &str = r#"[data-testid="meeting-person"]"#;
const NEXT: &str = r#"[data-testid="meeting-person"] [data-testid="meeting-next"]"#;

/// A whole meeting in English, and the one after it.
pub(super) fn in_english(visit: &Visit) -> Result<()> {
    meeting(visit, "en", ["Promise recorded", "kept on", "Promise kept"])
}

/// The same in Chinese.
pub(super) fn in_chinese(visit: &Visit) -> Result<()> {
    meeting(visit, "zh", ["承诺已记下", "兑现", "承诺已兑现"])
}

fn meeting(visit: &Visit, language: &str, [recorded, kept_on, kept]: [&str; 3]) -> Result<()> {
    visit.settle(&settings(language, "light"))?;
    visit.open_demo()?;
    let before = visit.export()?.1["workspace"].take();
    let open =
        before["deals"].as_array().context("the export holds no deals")?.iter().filter(|deal| is_open(deal)).count();
    visit.open("#/coaching")?;
    visit.browser.find(PERSON)?;
    let today = visit.browser.script("return document.querySelector('main input[type=date]').value", &[])?;
    let today = today.as_str().context("the meeting has no day")?.to_owned();
    let later = "return new Date(Date.parse(arguments[0]) + 7 * 86400000).toISOString().slice(0, 10)";
    let later = visit.browser.script(later, &[today.as_str().into()])?;
    let later = later.as_str().context("a week later is no day")?.to_owned();
    visit.check_accessibility("the weekly meeting")?;
    // Every open deal is somebody's: it moved or it stood still.
    let shown = visit.browser.script(
        "return [...document.querySelectorAll('[data-testid=meeting-person] header .small')]
            .map(about => Number(about.innerText.match(/\\d+/)[0])).reduce((a, b) => a + b, 0)",
        &[],
    )?;
    ensure!(shown == open, "the agendas hold {shown} open deals of {open}");

    // A promise of words, and one that a deal reaches a stage.
    visit.browser.click(&format!(r#"{NEXT} [data-testid="new-promise"]"#))?;
    visit.browser.type_into(&format!("{NEXT} input[type=text]"), "Bring the references")?;
    visit.browser.click(&format!(r#"{NEXT} [data-testid="add-promise"]"#))?;
    visit.until(recorded, "return document.body.innerText.includes(arguments[0])", &[recorded.into()])?;
    let choose = "const select = [...document.querySelectorAll(arguments[0])][arguments[1]];
        select.value = select.options[1].value; select.dispatchEvent(new Event('change', { bubbles: true }));";
    visit.browser.script(choose, &[format!("{NEXT} select").into(), 0.into()])?;
    visit.until(
        "the stages ahead",
        "return document.querySelectorAll(arguments[0]).length > 0",
        &[format!("{NEXT} .meeting__pair label:nth-of-type(1)").into()],
    )?;
    visit.browser.type_into(&format!("{NEXT} input[type=text]"), "Send the offer")?;
    visit.browser.click(&format!(r#"{NEXT} [data-testid="add-promise"]"#))?;
    visit.until(
        "both promises",
        "return document.querySelectorAll(arguments[0]).length === 2",
        &[format!("{PERSON}:first-of-type [data-testid=meeting-next] li").into()],
    )?;
    visit.saved()?;

    // A week later they are asked for; one was kept.
    visit.open(&format!("#/coaching?on={later}&since={today}"))?;
    let asked = r#"[data-testid="meeting-promised"] li"#;
    let made = "return arguments[1].every(words =>
        [...document.querySelectorAll(arguments[0])].some(line => line.innerText.includes(words)))";
    visit.until(
        "the promises of last week",
        made,
        &[asked.into(), json!(["Bring the references", "Send the offer"])],
    )?;
    let figures = || visit.text_if_there(r#"[data-testid="meeting-figures"]"#);
    let unanswered = figures()?;
    let answer = "[...document.querySelectorAll(arguments[0])]
        .find(line => line.innerText.includes('Bring the references')).querySelector('button').click()";
    visit.browser.script(answer, &[asked.into()])?;
    visit.until(kept, "return document.body.innerText.includes(arguments[0])", &[kept.into()])?;
    visit.until(
        "the answer",
        "return [...document.querySelectorAll(arguments[0])].some(line =>
            line.innerText.includes('Bring the references') && line.innerText.includes(arguments[1]))",
        &[asked.into(), kept_on.into()],
    )?;
    ensure!(figures()? != unanswered, "one more was kept, but the page still says: {unanswered}");

    // The minutes say the same.
    let folder = visit.folder.join("downloads");
    let file = visit.browser.download(r#"[data-testid="minutes"] button:last-child"#, &folder)?;
    let minutes = std::fs::read_to_string(&file)?;
    ensure!(
        ["Bring the references", "Send the offer", kept_on].iter().all(|words| minutes.contains(words)),
        "the minutes do not tell of the promises: {minutes}"
    );
    std::fs::remove_file(&file)?;
    // Nobody answers the browser's own dialog here.
    visit.browser.script("window.print = () => {}", &[])?;
    visit.browser.click(r#"[data-testid="minutes"] button"#)?;
    visit.until("the minutes on paper", "return document.querySelector('.print-sheet .minutes') !== null", &[])?;
    let pages = visit.printed_pages()?;
    ensure!(pages == 1, "the minutes take {pages} pages");

    // Nothing but the promises has changed, and undo takes them back.
    let (_, mut after) = visit.export()?;
    let mut after = after["workspace"].take();
    let count = |workspace: &Value| workspace["promises"].as_array().map_or(0, Vec::len);
    ensure!(count(&after) == count(&before) + 2, "the export holds {}", after["promises"]);
    for _ in 0..3 {
        visit.browser.press(&[crate::browser::key::CONTROL, 'z'])?;
    }
    visit.saved()?;
    after = visit.export()?.1["workspace"].take();
    ensure!(after == before, "undoing left something of the meeting");
    Ok(())
}

/// Whether the last word on a deal is that it is worked on.
fn is_open(deal: &Value) -> bool {
    let events = deal["history"].as_array().map(Vec::as_slice).unwrap_or_default();
    let last = events.iter().rev().find_map(|event| match event["event"].as_str()? {
        "won" | "lost" | "dormant" => Some(false),
        "created" | "reopened" => Some(true),
        _ => None,
    });
    last == Some(true)
}
