//! The pages of numbers: what moved and what is told apart adds up, a figure opens its deals, a revision comes of calibration, the
//! forecast has odds, a track record and a quota to reach.

use std::fs;

use anyhow::{Context, Result, ensure};

use super::{Visit, visit::settings};

/// The sums of the movement tabs are 0 on the demo company, and a cell of the table opens as many deals as it says.
pub(super) fn movement_adds_up(visit: &Visit) -> Result<()> {
    visit.settle(&settings("en", "light"))?;
    visit.open_demo()?;
    for rows in ["", "&rows=person", "&rows=product"] {
        visit.open(&format!("#/analysis?tab=movement{rows}"))?;
        residual(visit, "promotion-residual")?;
    }
    let lines = visit.count(r#"[data-testid="promotion-table"] tbody tr"#)?;
    ensure!(lines > 6, "by product the table has {lines} lines");
    for since in ["", "&since=2026-01-01", "&closing-by=2027-01-01"] {
        visit.open(&format!("#/analysis?tab=change{since}"))?;
        residual(visit, "waterfall-residual")?;
    }
    visit.open("#/analysis?tab=movement")?;
    opens_its_deals(visit, r#"[data-testid="promotion-table"] td button"#)
}

/// A count opens a list of as many deals.
fn opens_its_deals(visit: &Visit, cell: &str) -> Result<()> {
    let said: usize = visit.browser.text(cell)?.trim().parse().context("the first cell is no number")?;
    visit.browser.click(cell)?;
    visit.until(
        "the deals behind the cell",
        "return location.hash.startsWith('#/deals') && document.querySelector('main')?.innerText.includes(arguments[0])",
        &[said.to_string().into()],
    )
}

/// What deals have in common: the lines say what they add up to and do, a click on a heading sorts, a number opens its deals; the
/// cells of the lost deals add up to their sums.
pub(super) fn breakdowns_add_up(visit: &Visit) -> Result<()> {
    visit.settle(&settings("en", "light"))?;
    visit.open_demo()?;
    for (by, once) in
        [("person", true), ("source", true), ("campaign", true), ("product", false), ("competitor", false)]
    {
        visit.open(&format!("#/analysis?tab=breakdown&by={by}"))?;
        let [sum, total] = ["data-sum", "data-total"].map(|name| count(visit, "breakdown-sum", name));
        let (sum, total) = (sum?, total?);
        ensure!(total > 10 && if once { sum == total } else { sum > total }, "by {by}: {sum} of {total}");
        for column in ["began", "won"] {
            let (lines, foot) = column_sum(visit, "breakdown-table", column)?;
            ensure!(if once { lines == foot } else { lines >= foot }, "by {by}, {column}: {lines}, not {foot}");
        }
    }
    visit.open("#/analysis?tab=breakdown&by=lost-reason")?;
    let (lines, foot) = column_sum(visit, "breakdown-table", "lost")?;
    let cells = visit.browser.script(
        "const table = document.querySelector('[data-testid=\"losses\"]');
        const number = cell => Number(cell.querySelector('button')?.innerText ?? 0);
        const rows = [...table.tBodies[0].rows].map(row => [...row.cells].slice(1).map(number));
        const sums = [...table.tFoot.rows[0].cells].slice(1).map(number);
        const adds = row => row.slice(0, -1).reduce((a, b) => a + b, 0) === row.at(-1);
        const columns = sums.every((sum, n) => rows.reduce((all, row) => all + row[n], 0) === sum);
        return rows.every(adds) && adds(sums) && columns ? sums.at(-1) : -1",
        &[],
    )?;
    ensure!(lines == foot && cells.as_u64() == Some(foot), "lost deals: {lines}, {foot}, {cells}");
    visit.open("#/analysis?tab=breakdown&by=source")?;
    let heading = r#"[data-testid="breakdown-table"] th[data-column="won-amount"] .data-table__sort"#;
    for order in ["descending", "ascending"] {
        visit.browser.click(heading)?;
        visit.until(
            "the lines in another order",
            "return document.querySelector('th[data-column=\"won-amount\"]')?.getAttribute('aria-sort') === arguments[0]",
            &[order.into()],
        )?;
    }
    opens_its_deals(visit, r#"[data-testid="breakdown-table"] tbody td button"#)
}

fn count(visit: &Visit, id: &str, attribute: &str) -> Result<u64> {
    let element = visit.browser.find(&format!(r#"[data-testid="{id}"]"#))?;
    let text = visit.browser.attribute(&element, attribute)?.unwrap_or_default();
    text.parse().with_context(|| format!("{attribute} of {id} is {text}"))
}

/// The sum of a column of counts, and what stands at its foot.
fn column_sum(visit: &Visit, id: &str, column: &str) -> Result<(u64, u64)> {
    let sums = visit.browser.script(
        "const table = document.querySelector(`[data-testid=\"${arguments[0]}\"]`);
        const place = table.querySelector(`th[data-column=\"${arguments[1]}\"]`).cellIndex;
        const number = row => Number(row.cells[place].innerText.replace(/[^0-9]/g, ''));
        return [[...table.tBodies[0].rows].reduce((all, row) => all + number(row), 0), number(table.tFoot.rows[0])]",
        &[id.into(), column.into()],
    )?;
    sums[0].as_u64().zip(sums[1].as_u64()).with_context(|| format!("{column} of {id} adds up to {sums}"))
}

/// Every figure of two periods says what its difference means, other dates compare others, a figure opens its deals; the activities of
/// the stages add up.
pub(super) fn periods_and_effort(visit: &Visit) -> Result<()> {
    visit.settle(&settings("en", "light"))?;
    visit.open_demo()?;
    visit.open("#/analysis?tab=periods")?;
    visit.browser.find(r#"[data-testid="periods"] tbody .tag"#)?;
    let told = visit.count(r#"[data-testid="periods"] tbody .tag"#)?;
    ensure!(told > 12 && told == visit.count(r#"[data-testid="periods"] tbody tr"#)?, "{told} figures");
    visit
        .open("#/analysis?tab=periods&then-from=2025-01-01&then-to=2025-12-31&now-from=2025-06-01&now-to=2026-05-31")?;
    visit.until(
        "the word about days in common",
        "return document.querySelector('.notice[data-tone=warn]') !== null",
        &[],
    )?;
    visit.until("no interval", "return document.querySelectorAll('[data-testid=periods] .gap').length === 0", &[])?;
    visit.open("#/analysis?tab=effort")?;
    visit.browser.find(r#"[data-testid="effort-stages"] tfoot"#)?;
    let sums = visit.browser.script(
        "const number = row => Number(row.cells[1].innerText.replace(/[^0-9]/g, ''));
        const table = document.querySelector('[data-testid=\"effort-stages\"]');
        return [[...table.tBodies[0].rows].reduce((all, row) => all + number(row), 0), number(table.tFoot.rows[0])]",
        &[],
    )?;
    ensure!(sums[0] == sums[1] && sums[1].as_u64() > Some(100), "activities: {sums}");
    visit.open("#/analysis?tab=periods")?;
    opens_its_deals(visit, r#"[data-testid="periods"] tbody td button"#)
}

fn residual(visit: &Visit, id: &str) -> Result<()> {
    let found = format!(r#"[data-testid="{id}"]"#);
    let element = visit.browser.find(&found)?;
    let residual = visit.browser.attribute(&element, "data-residual")?;
    ensure!(residual.as_deref() == Some("0"), "{id} is {residual:?}");
    Ok(())
}

/// Every chart shows the same figures as a table, and its picture can be taken away.
pub(super) fn charts_have_tables(visit: &Visit) -> Result<()> {
    visit.settle(&settings("zh", "dark"))?;
    visit.open_demo()?;
    for tab in ["conversion", "time", "movement", "change", "breakdown"] {
        visit.open(&format!("#/analysis?tab={tab}"))?;
        visit.until("a chart", "return document.querySelectorAll('.chart svg.chart__picture').length > 0", &[])?;
        let charts = visit.count(".chart")?;
        let switch = "for (const link of document.querySelectorAll('.chart__tools .link')) link.click(); return true";
        visit.browser.script(switch, &[])?;
        visit.until(
            "every chart as a table",
            "return document.querySelectorAll('.chart .table tbody tr').length >= arguments[0]
                && document.querySelectorAll('.chart svg.chart__picture').length === 0",
            &[charts.into()],
        )?;
    }
    Ok(())
}

/// A chart and the funnel are saved as pictures: the SVG says what it is and needs no style sheet, the PNG is one.
pub(super) fn pictures_are_taken(visit: &Visit) -> Result<()> {
    visit.settle(&settings("zh", "dark"))?;
    visit.open_demo()?;
    let folder = visit.folder.join("pictures");
    for (page, picture, word) in
        [("#/funnel", ".funnel-picture", "目标"), ("#/analysis?tab=movement", "svg.chart__picture", "方案")]
    {
        visit.open(page)?;
        visit.browser.find(picture)?;
        let tools = format!(".chart:has({picture}) .chart__tools");
        let take = |place: usize| {
            visit.browser.click(&format!("{tools} [aria-haspopup]"))?;
            visit.browser.download(&format!("{tools} .menu__item:nth-of-type({place})"), &folder)
        };
        let svg = fs::read_to_string(take(1)?).context("the SVG cannot be read")?;
        ensure!(
            svg.starts_with("<svg") && svg.contains("<title>") && svg.contains(word),
            "{page}: this was saved: {svg:.300}"
        );
        ensure!(
            !svg.contains("class=") && !svg.contains("var(--") && !svg.contains("oklch"),
            "{page}: the SVG needs a style sheet"
        );
        let png = fs::read(take(2)?).context("the PNG cannot be read")?;
        ensure!(png.starts_with(b"\x89PNG") && png.len() > 10_000, "{page}: the PNG has {} bytes", png.len());
    }
    Ok(())
}

/// The forecast answers with a range, and a target with a chance; another basis gives another answer.
pub(super) fn forecast_has_odds(visit: &Visit) -> Result<()> {
    visit.settle(&settings("en", "light"))?;
    visit.open_demo()?;
    visit.open("#/forecast?goal=1000000")?;
    let answered =
        "const figure = document.querySelector('[data-testid=\"forecast-answers\"] .stat__figure')?.innerText ?? '';
        return /[0-9]/.test(figure) && !document.querySelector('.progress')";
    visit.until("the draws", answered, &[])?;
    let figures = "return [...document.querySelectorAll('[data-testid=\"forecast-answers\"] .stat__figure')].map(f => f.innerText)";
    let by_model = visit.browser.script(figures, &[])?;
    let chance = by_model[1].as_str().unwrap_or_default().to_owned();
    ensure!(chance.ends_with('%'), "the chance to reach the target is {chance}");
    visit.open("#/forecast?goal=1000000&basis=own")?;
    visit.until(
        "another answer",
        "return !document.querySelector('.progress')
            && document.querySelector('[data-testid=\"forecast-answers\"] .stat__figure')?.innerText !== arguments[0]",
        &[by_model[0].clone()],
    )
}

/// The track record judges the past of the demo company, says so in a sentence, and a seller's decided deals open; the weighted
/// forecast opens the deals of a month.
pub(super) fn forecast_is_judged(visit: &Visit) -> Result<()> {
    visit.settle(&settings("en", "light"))?;
    visit.open_demo()?;
    visit.open("#/forecast?tab=record&months=3")?;
    visit.until(
        "the look back",
        "return document.querySelector('[data-testid=\"track-record\"]')?.dataset.judged === 'true'
            && !document.querySelector('.progress')",
        &[],
    )?;
    let sentence = visit.browser.text(r#"[data-testid="track-sentence"]"#)?;
    ensure!(sentence.contains('%') || sentence.contains("no range"), "the sentence is {sentence}");
    let figures =
        "return [...document.querySelectorAll('[data-testid=\"track-figures\"] .stat__figure')].map(f => f.innerText)";
    let by_model = visit.browser.script(figures, &[])?;
    let figure = |place: usize| by_model[place].as_str().unwrap_or_default().to_owned();
    let brier: f64 = figure(1).parse().with_context(|| format!("the Brier score is {}", figure(1)))?;
    ensure!(brier > 0.0 && brier < 0.25, "the Brier score is {brier}");
    ensure!(figure(2).contains(" of "), "the months in the range are {}", figure(2));
    visit.open("#/forecast?tab=record&months=3&basis=observed")?;
    visit.until(
        "another answer",
        "return !document.querySelector('.progress')
            && document.querySelectorAll('[data-testid=\"track-figures\"] .stat__figure')[1]?.innerText !== arguments[0]",
        &[by_model[1].clone()],
    )?;
    opens(visit, r#"[data-testid="track-sellers"] td button"#)?;
    visit.open("#/forecast")?;
    opens(visit, r#"[data-testid="forecast-weighted"] td button"#)
}

/// The demo company's quotas are what the forecast is to reach; one for the whole company takes their place, and stays after a reload.
pub(super) fn quota_is_to_be_reached(visit: &Visit) -> Result<()> {
    visit.settle(&settings("en", "light"))?;
    visit.open_demo()?;
    visit.open("#/forecast?months=3")?;
    let chance = "return document.querySelectorAll('[data-testid=\"forecast-answers\"] .stat')[1]?.innerText.match(/[0-9]+%/)?.[0] ?? null";
    visit.until("a chance to reach the quota", &format!("return (() => {{ {chance} }})() !== null"), &[])?;
    let of_sellers = visit.browser.script(chance, &[])?;
    visit.open("#/forecast?tab=quotas&span=year")?;
    let cell = r#"[data-testid="quotas"] tbody tr:first-child input"#;
    visit.browser.type_into(cell, "99000000\u{e007}")?;
    visit.saved()?;
    visit.reload()?;
    visit.until(
        "the quota after a reload",
        "return document.querySelector(arguments[0])?.value === '99000000'",
        &[cell.into()],
    )?;
    // The company's own quota counts before those of its sellers.
    visit.open("#/forecast?months=3")?;
    visit.until(
        "another chance",
        &format!("const now = (() => {{ {chance} }})(); return now !== arguments[0]"),
        &[of_sellers],
    )?;
    visit.open("#/funnel")?;
    visit.browser.find(r#"[data-testid="against-quota"]"#).map(drop)
}

/// A figure opens its deals.
fn opens(visit: &Visit, button: &str) -> Result<()> {
    visit.browser.click(button)?;
    visit.until(
        "the deals behind the figure",
        "return location.hash.startsWith('#/deals') && document.querySelectorAll('main a[href*=\"#/deal/\"]').length > 0",
        &[],
    )
}
