//! The tables of the method: their totals are those of the funnel, views are kept, and paper gets every row.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{Visit, visit::settings};

const SUMMARY: &str = r#"[data-testid="tables-summary"]"#;
const VIEWS: &str = r#"button:has([data-testid="views"])"#;
const VIEW: &str = r#"[data-testid="view"] button"#;
const NAME: &str = "Mine";

/// What the funnel page and the sheet of the same model say is open: a number of deals, and an amount.
pub(super) fn totals_and_views(visit: &Visit) -> Result<()> {
    visit.settle(&settings("en", "light"))?;
    visit.open_demo()?;
    visit.until("the funnel's figures", "return /[0-9]/.test(document.querySelector('.page__sub')?.innerText)", &[])?;
    let funnel = figures(&visit.browser.text(".page__sub")?);
    let model = visit.browser.script("return document.querySelector('.filter-bar select').value", &[])?;
    let sheet = format!("#/tables?model={}", model.as_str().context("the funnel names no model")?);
    visit.open(&sheet)?;
    let summary = figures(&visit.browser.text(SUMMARY)?);
    let (deals, shown) = (funnel.first(), funnel.get(1).copied().unwrap_or_default());
    let amount = summary.last().copied().unwrap_or_default();
    ensure!(deals.is_some() && summary.first() == deals, "the funnel shows {funnel:?}, the sheet {summary:?}");
    // The funnel page shortens the amount to three digits.
    ensure!((amount - shown).abs() <= shown / 200.0, "the funnel shows {shown} open, the sheet {amount}");

    // The sheet of one person is a part of it; it is kept under a name and found again.
    let (_, document) = visit.export()?;
    let owner = document["workspace"]["people"][0]["id"].as_str().context("the demo company has nobody")?;
    visit.open(&format!("{sheet}&person={owner}"))?;
    let mine = visit.browser.text(SUMMARY)?;
    ensure!(figures(&mine).first() < summary.first(), "the filter changed nothing: {mine}");
    visit.browser.click(VIEWS)?;
    visit.browser.type_into(r#"[data-testid="view-name"]"#, NAME)?;
    visit.browser.click(r#"[data-testid="keep-view"]"#)?;
    visit.browser.find(VIEW)?;
    visit.saved()?;
    visit.open("#/tables?table=status")?;
    visit.reload()?;
    visit.browser.click(VIEWS)?;
    visit.browser.click(VIEW)?;
    visit.until(
        "the view to be applied",
        "return location.hash.includes('person=') && document.querySelector(arguments[0])?.innerText === arguments[1]",
        &[SUMMARY.into(), mine.into()],
    )
}

/// Both languages print the sheet on A4 landscape with every row and its totals.
pub(super) fn printed(visit: &Visit) -> Result<()> {
    for language in ["zh", "en"] {
        visit.settle(&settings(language, "dark"))?;
        if language == "zh" {
            visit.open_demo()?;
        }
        visit.open("#/tables")?;
        let total = figures(&visit.browser.text(SUMMARY)?);
        let pages = pages(&visit.browser.print()?);
        ensure!(pages.len() > 1, "the sheet fits on {} page", pages.len());
        let wrong = pages.iter().find(|page| !is_a4_landscape(**page));
        ensure!(wrong.is_none(), "a page measures {wrong:?} points: {pages:?}");
        emulate(visit, "print")?;
        let printed = visit.browser.script(
            "return { lines: document.querySelectorAll('.print-sheet tr:has(> td:first-child)').length,
                totals: [...document.querySelectorAll('.print-sheet__sum--total')].at(-1)?.innerText ?? '',
                others: [...document.body.children].filter(child => child.checkVisibility()
                    && !child.matches('.print-sheet')).length }",
            &[],
        )?;
        emulate(visit, "")?;
        let said = figures(printed["totals"].as_str().unwrap_or_default());
        ensure!(said.first() == total.first() && said.last() == total.last(), "{total:?} on screen, {said:?} on paper");
        let lines = printed["lines"].as_f64().unwrap_or_default();
        ensure!(Some(&lines) >= total.first(), "{lines} lines on paper for {total:?}");
        ensure!(printed["others"] == 0, "more than the sheet is printed");
    }
    Ok(())
}

fn emulate(visit: &Visit, media: &str) -> Result<()> {
    visit.browser.set_medium(media)?;
    let there = "return (document.querySelector('.print-sheet') !== null) === arguments[0]";
    visit.until("the sheet to follow the medium", there, &[Value::Bool(media == "print")])
}

/// The numbers of a sentence: `Open: 113 deals; $5,241,895` has 113 and 5241895, `$5.24M` is 5240000.
fn figures(text: &str) -> Vec<f64> {
    let number = |sign: char| sign.is_ascii_digit() || matches!(sign, '.' | ',');
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|sign: char| sign.is_ascii_digit()) {
        let (_, from) = rest.split_at(start);
        let end = from.find(|sign| !number(sign)).unwrap_or(from.len());
        let (digits, after) = from.split_at(end);
        let factor = match after.chars().next() {
            Some('K') => 1e3,
            Some('M') => 1e6,
            Some('B') => 1e9,
            _ => 1.0,
        };
        found.extend(digits.replace(',', "").trim_end_matches('.').parse::<f64>().map(|number| number * factor));
        rest = after;
    }
    found
}

/// The width and height of every page of a PDF in points.
fn pages(pdf: &[u8]) -> Vec<(f64, f64)> {
    let text = String::from_utf8_lossy(pdf);
    let size = |part: &str| {
        let mut numbers = part.split(']').next()?.split_whitespace().map(str::parse::<f64>).skip(2);
        Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
    };
    text.split("/MediaBox [").skip(1).filter_map(size).collect()
}

/// 297 mm × 210 mm are 841.89 × 595.28 points.
fn is_a4_landscape((width, height): (f64, f64)) -> bool {
    (width - 841.89).abs() < 1.0 && (height - 595.28).abs() < 1.0
}

#[cfg(test)]
mod tests {
    use super::{figures, is_a4_landscape, pages};

    #[test]
    fn reads_the_numbers_of_a_sentence() {
        assert_eq!(figures("Open: 113 deals, 5 without amount; $5,241,895"), [113.0, 5.0, 5_241_895.0]);
        assert_eq!(figures("113 open deals, $5.24M; Nov 25"), [113.0, 5_240_000.0, 25.0]);
    }

    #[test]
    fn reads_the_size_of_pages() {
        let sizes = pages(b"<</Type /Page /MediaBox [0 0 841.91998 594.95996]>> /MediaBox [0 0 595 842]");
        assert_eq!(sizes.iter().map(|size| is_a4_landscape(*size)).collect::<Vec<_>>(), [true, false]);
    }
}
