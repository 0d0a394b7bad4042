//! A quota round and a leaver's handover on the demo company, in both languages; undo brings all of it back.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{Visit, visit::settings};
use crate::browser::key;

/// The last line of the plan: what holds now, and what the plan asks of everybody, without the note below it.
const SUMS: &str = "const row = [...document.querySelectorAll('[data-testid=\"plan-sums\"] tr')].at(-1);
    if (!row) return null;
    const cells = [...row.cells].slice(-3);
    return { now: cells[0].innerText.trim(), plan: cells[2].firstChild.textContent.trim(), minor: row.dataset.sum };";

/// Whether what is written into the plan adds up to what stands below it.
const ADDS_UP: &str = "const row = [...document.querySelectorAll('[data-testid=\"plan-sums\"] tr')].at(-1);
    const fields = [...document.querySelectorAll('[data-testid=\"quota-plan\"] tbody input')];
    const sum = fields.reduce((all, field) => all + Math.round(parseFloat(field.value || '0') * 100), 0);
    return fields.length > 1 && String(sum) === row?.dataset.sum;";

/// A plan is proposed, changed, written at once and locked; the totals agree, and undo brings the quotas back.
pub(super) fn quota_round(visit: &Visit) -> Result<()> {
    for language in ["zh", "en"] {
        visit.settle(&settings(language, "light"))?;
        if language == "zh" {
            visit.open_demo()?;
        }
        let (_, before) = visit.export()?;
        visit.open("#/forecast?tab=quotas")?;
        visit.browser.find(r#"[data-testid="quota-attained"] tr[data-whose="company"] .attained__pace-bar"#)?;
        visit.check_accessibility("the attainment of quotas")?;
        visit.open("#/forecast?tab=quotas&part=plan")?;
        visit.browser.find(r#"[data-testid="quota-plan"] tbody input"#)?;
        visit.check_accessibility("a plan of quotas")?;
        visit.until("the sum of the proposals", ADDS_UP, &[])?;
        let proposed = visit.browser.script(SUMS, &[])?;
        visit.browser.type_into(r#"[data-testid="quota-plan"] tbody tr input"#, "123000\u{e007}")?;
        let another = "const row = [...document.querySelectorAll('[data-testid=\"plan-sums\"] tr')].at(-1);
            return row && row.dataset.sum !== arguments[0];";
        visit.until("another sum", another, &[proposed["minor"].clone()])?;
        visit.until("the sum of the plan", ADDS_UP, &[])?;
        visit.browser.click(r#"[data-testid="plan-write"]"#)?;
        visit.saved()?;
        let agrees = format!("const sums = (() => {{ {SUMS} }})(); return sums !== null && sums.now === sums.plan;");
        visit.until("the total that was written", &agrees, &[])?;
        visit.browser.click(r#"[data-testid="plan-lock"]"#)?;
        visit.browser.find(r#"[data-testid="quota-plan"] .quotas__locked"#).context("nothing is locked")?;
        visit.saved()?;
        visit.open("#/board")?;
        for _ in ["the lock", "the plan"] {
            visit.browser.press(&[key::CONTROL, 'z'])?;
            visit.saved()?;
        }
        let (_, undone) = visit.export()?;
        ensure!(undone == before, "undo did not bring the quotas back ({language})");
    }
    Ok(())
}

/// Chooses a place of a list of choices.
fn choose(visit: &Visit, css: &str, place: usize) -> Result<Value> {
    let script = "const select = document.querySelector(arguments[0]);
        select.selectedIndex = arguments[1];
        select.dispatchEvent(new Event('change', { bubbles: true }));
        return select.value;";
    visit.browser.script(script, &[css.into(), place.into()])
}

/// The open figures of the funnel page.
fn totals(visit: &Visit) -> Result<Value> {
    visit.open("#/funnel")?;
    visit.browser.find(".stat__figure")?;
    visit
        .browser
        .script("return [...document.querySelectorAll('.stat__figure')].slice(0, 2).map(f => f.innerText)", &[])
}

/// Somebody leaves: everything is handed over in one step, the checklist is followed, sheets are printed, and undo brings it back.
pub(super) fn handover(visit: &Visit) -> Result<()> {
    for language in ["zh", "en"] {
        visit.settle(&settings(language, "dark"))?;
        if language == "zh" {
            visit.open_demo()?;
        }
        let (_, before) = visit.export()?;
        let funnel = totals(visit)?;
        visit.open("#/team?tab=handover")?;
        let who = r#"[data-testid="handover-who"] select"#;
        visit.browser.find(who)?;
        visit.check_accessibility("a handover that has not begun")?;
        let leaver = choose(visit, who, 1)?;
        let lots = r#"[data-testid="handover-lots"] tbody tr"#;
        visit.browser.find(lots).context("nothing of the leaver is shown")?;
        visit.check_accessibility("a guided handover")?;
        let lines = visit.count(lots)?;

        // All to one person moves the bars; back to the proposal they are as before.
        let bars = "return document.querySelector('[data-testid=\"handover-loads\"]').innerText";
        let proposed = visit.browser.script(bars, &[])?;
        choose(visit, r#"[data-testid="handover-all"] select"#, 1)?;
        visit.until(
            "other loads",
            &format!("return (() => {{ {bars} }})() !== arguments[0]"),
            std::slice::from_ref(&proposed),
        )?;
        choose(visit, r#"[data-testid="handover-all"] select"#, 0)?;
        visit.until("the proposed loads", &format!("return (() => {{ {bars} }})() === arguments[0]"), &[proposed])?;

        visit.browser.click(r#"[data-testid="handover-run"]"#)?;
        visit.browser.find(r#"[data-testid="handover-line"]"#).context("no checklist has begun")?;
        visit.saved()?;
        ensure!(visit.count(r#"[data-testid="handover-line"]"#)? == lines, "the checklist has not as many lines");
        visit.check_accessibility("a checklist of a handover")?;
        ensure!(totals(visit)? == funnel, "the open amounts changed");

        // Nothing of the leaver is left but quotas of months that have begun.
        let id = leaver.as_str().context("no leaver")?;
        visit.open(&format!("#/team?tab=handover&leaver={id}"))?;
        let nothing =
            "const figures = [...document.querySelectorAll('[data-testid=\"handover-theirs\"] .stat__figure')];
            return figures.length > 4 && figures.slice(0, 5).every(figure => figure.innerText.trim() === '0')";
        visit.until("nothing to be left over", nothing, &[])?;

        // The receiver's day says what is to be done, and a step that is ticked is a step done.
        visit.open("#/today?who=all")?;
        visit.browser.click(r#"[data-testid="today-handover"] .handover__steps input"#)?;
        visit.saved()?;
        visit.open("#/team?tab=handover")?;
        let one = "return [...document.querySelectorAll('[data-testid=\"handover-line\"] input[type=checkbox]')].filter(box => box.checked).length === 1";
        visit.until("one step done", one, &[])?;
        visit.browser.script("window.print = () => {}", &[])?;
        visit.browser.click(r#"[data-testid="handover-print"]"#)?;
        visit.until("the sheets", "return document.querySelector('[data-testid=briefing-ready]') !== null", &[])?;
        visit.browser.set_medium("print")?;
        visit.until("the sheets on paper", "return document.querySelector('.print-sheet .briefing') !== null", &[])?;
        let sheets = visit.count(".print-sheet .briefing")?;
        visit.browser.set_medium("")?;
        ensure!(sheets == lines, "{sheets} sheets for {lines} lines");

        visit.open("#/board")?;
        for _ in ["the step", "the handover"] {
            visit.browser.press(&[key::CONTROL, 'z'])?;
            visit.saved()?;
        }
        let (_, undone) = visit.export()?;
        ensure!(undone == before, "undo did not bring everything back ({language})");
    }
    Ok(())
}
