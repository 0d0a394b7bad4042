//! How people sell and what is paid for it: scorecards, an intervention with what became of its stage, an appraisal scheme.

use anyhow::{Context, Result, ensure};

use super::{Visit, visit::settings};
use crate::browser::key;

const CARDS: &str = r#"[data-testid="scorecards"] tbody tr"#;
const LINES: &str = r#"[data-testid="scorecard-lines"] tbody tr"#;
const FORM: &str = r#"[data-testid="intervention-form"]"#;
const MARKS: &str = r#"[data-testid="interventions"] tbody tr"#;
const PAID: &str = r#"[data-testid="sheets"] tbody td[data-paid]"#;

/// Everybody stands in the table; a card says of every figure what it is beside the team, and a figure opens its deals.
pub(super) fn cards(visit: &Visit) -> Result<()> {
    for (language, few) in [("zh", "样本太少"), ("en", "Too few")] {
        visit.settle(&settings(language, "light"))?;
        if language == "zh" {
            visit.open_demo()?;
        }
        visit.open("#/team?tab=scorecards")?;
        visit.browser.find(CARDS)?;
        let rows = visit.count(CARDS)?;
        // Three departments and twelve sellers, and who left if something of theirs lies in the period.
        ensure!(rows >= 15, "{rows} cards");
        visit.check_accessibility("scorecards")?;
        visit.browser.click(&format!("{CARDS}:not(.scorecards__department) th a"))?;
        visit.browser.find(LINES)?;
        let (lines, told) = (visit.count(LINES)?, visit.count(&format!("{LINES} .tag"))?);
        ensure!(lines > 14 && lines == told, "{lines} figures, {told} of them told");
        visit.check_accessibility("scorecard")?;
        ensure!(visit.count(".chart svg.chart__picture")? > 1, "the card has no charts");
        // In the month so far nobody has closed five deals in each stage: that is said, and nothing against anybody.
        let hash = visit.browser.script("return location.hash", &[])?;
        visit.open(&format!("{}&period=month", hash.as_str().context("no address")?))?;
        let said =
            "return [...document.querySelectorAll(arguments[0])].some(tag => tag.innerText.includes(arguments[1]))";
        visit.until("that it is too few", said, &[format!("{LINES} .tag").into(), few.into()])?;
    }
    visit.open("#/team?tab=scorecards")?;
    visit.browser.click(&format!("{CARDS} td button.link"))?;
    visit.until("the deals behind the figure", "return location.hash.startsWith('#/deals')", &[])
}

/// A training is marked a quarter ago: its stage stands there before and after, the others beside it; a figure opens its deals; undo takes
/// the mark away.
pub(super) fn intervention(visit: &Visit) -> Result<()> {
    visit.settle(&settings("en", "light"))?;
    visit.open_demo()?;
    visit.open("#/analysis?tab=interventions")?;
    visit.check_accessibility("no interventions")?;
    visit.browser.click(r#"[data-testid="new-intervention"]"#)?;
    visit.browser.find(FORM)?;
    // Without a name it is refused in words.
    visit.browser.click(r#"[data-testid="keep-intervention"]"#)?;
    let refused = "return document.querySelector(`${arguments[0]} .field__note--error`)?.innerText.length > 3";
    visit.until("the refusal", refused, &[FORM.into()])?;
    let write = "const fields = [...document.querySelectorAll(`${arguments[0]} :is(input, select)`)];
        const set = (field, value) => {
            field.value = value;
            field.dispatchEvent(new Event('input', { bubbles: true }));
            field.dispatchEvent(new Event('change', { bubbles: true }));
        };
        const [name, kind, stage, from] = fields;
        const day = new Date(Date.parse(from.value) - 100 * 864e5).toISOString().slice(0, 10);
        set(name, 'Ask before you show');
        set(stage, stage.options[1].value);
        set(from, day)";
    visit.browser.script(write, &[FORM.into()])?;
    visit.check_accessibility("form of an intervention")?;
    visit.browser.click(&format!("{FORM} .chip"))?;
    visit.browser.click(&format!("{FORM} [role=dialog] input[type=checkbox]"))?;
    visit.browser.press(&[key::ESCAPE])?;
    if visit.count(r#"[data-testid="keep-intervention"]"#)? == 0 {
        anyhow::bail!("Escape closed the form with the list of people");
    }
    visit.browser.click(r#"[data-testid="keep-intervention"]"#)?;
    visit.saved()?;
    visit.browser.find(MARKS)?;
    visit.browser.find(r#"[data-testid="intervention-lines"] tbody tr"#)?;
    // Those concerned, the others, and by how much the former changed more.
    let groups = visit.count(r#"[data-testid="intervention-lines"] .figures__group"#)?;
    ensure!(groups == 3, "{groups} groups of figures");
    visit.check_accessibility("interventions")?;
    visit.open("#/analysis?tab=movement")?;
    visit.until("the mark in the chart", "return document.querySelector('.chart__rule') !== null", &[])?;
    visit.open("#/analysis?tab=interventions")?;
    visit.browser.find(MARKS)?;
    visit.browser.press(&[key::CONTROL, 'z'])?;
    visit.until("no mark", "return document.querySelector(arguments[0]) === null", &[MARKS.into()])
}

/// A usual scheme is tried out before it is kept: weights that do not add up are refused, a larger share pays more at once, the lines of
/// a sheet add up to what the table says.
pub(super) fn appraisal(visit: &Visit) -> Result<()> {
    visit.settle(&settings("en", "light"))?;
    visit.open_demo()?;
    visit.open("#/team?tab=appraisal")?;
    visit.check_accessibility("no scheme")?;
    visit.browser.click(r#"[data-testid="new-scheme"]"#)?;
    visit.browser.find(PAID)?;
    visit.check_accessibility("appraisal")?;
    ensure!(visit.count(r#"[data-testid="tried"] thead th"#)? == 10, "not eight quarters");
    let before = paid(visit)?;
    ensure!(before > 0, "nothing is paid in the last quarter");

    let weight = r#"[data-testid="measures"] tbody tr:first-child input"#;
    put(visit, weight, "50")?;
    visit.browser.click(r#"[data-testid="keep-scheme"]"#)?;
    let refused = "return document.querySelector('[data-testid=scheme] .field__note--error')?.innerText.includes('90')";
    visit.until("that the weights do not add up", refused, &[])?;
    put(visit, weight, "60")?;
    put(visit, r#"[data-testid="incentive"] tbody tr:first-child input"#, "3")?;
    visit.until(
        "more to be paid",
        "return [...document.querySelectorAll(arguments[0])].reduce((all, cell) => all + Number(cell.dataset.paid), 0) > arguments[1]",
        &[PAID.into(), before.into()],
    )?;
    visit.browser.click(r#"[data-testid="keep-scheme"]"#)?;
    visit.saved()?;
    let kept = paid(visit)?;

    visit.browser.click(r#"[data-testid="sheets"] tbody th a"#)?;
    visit.browser.find(r#"[data-testid="sheet-pay"] tfoot"#)?;
    visit.check_accessibility("sheet")?;
    let adds = "const rows = [...document.querySelectorAll('[data-testid=sheet-pay] :is(tbody, tfoot) tr')];
        const money = rows.map(row => Math.round(Number(row.cells[3].innerText.replace(/[^0-9.]/g, '')) * 100));
        return money.slice(0, -1).reduce((a, b) => a + b, 0) === money.at(-1)";
    ensure!(visit.holds(adds, &[])?, "the lines of the sheet do not add up");

    visit.reload()?;
    visit.open("#/team?tab=appraisal")?;
    visit.browser.find(PAID)?;
    ensure!(paid(visit)? == kept, "after a reload something else is paid");
    visit.settle(&settings("zh", "dark"))?;
    visit.open("#/team?tab=appraisal")?;
    visit.browser.find(PAID)?;
    visit.check_accessibility("appraisal in Chinese")?;
    ensure!(paid(visit)? == kept, "in Chinese something else is paid");
    Ok(())
}

/// What is paid to all in the quarter that is shown, in minor units.
fn paid(visit: &Visit) -> Result<u64> {
    let sum =
        "return [...document.querySelectorAll(arguments[0])].reduce((all, cell) => all + Number(cell.dataset.paid), 0)";
    visit.browser.script(sum, &[PAID.into()])?.as_u64().context("what is paid is no number")
}

/// Writes into a field as if a person had done so and left it.
fn put(visit: &Visit, css: &str, value: &str) -> Result<()> {
    visit.browser.find(css)?;
    let script = "const field = document.querySelector(arguments[0]);
        field.value = arguments[1];
        field.dispatchEvent(new Event('change', { bubbles: true }))";
    visit.browser.script(script, &[css.into(), value.into()]).map(drop)
}
