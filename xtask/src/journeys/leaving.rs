//! Ways out for what has grown too large, for those who may not see names, and for paper.

use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{Visit, visit::settings};

const VERDICT: &str = r#"[data-testid="verdict"]"#;
const PRODUCTS: [&str; 5] = ["salesforce", "hubspot", "pipedrive", "odoo", "twenty"];

/// The page says how near the limits are, in both languages, and hands over whole files.
pub(super) fn growing_out(visit: &Visit) -> Result<()> {
    for (language, fits) in [("zh", "放得下"), ("en", "fits")] {
        visit.settle(&settings(language, "light"))?;
        if language == "zh" {
            visit.open("#/growing-out")?;
            visit.browser.find(r#"[data-testid="growing-none"]"#).context("without a workspace nothing is said")?;
            visit.open_demo()?;
        }
        visit.open("#/data")?;
        visit.browser.click(r#"[data-testid="to-growing-out"]"#)?;
        let verdict = visit.browser.text(VERDICT)?;
        ensure!(verdict.contains(fits), "the verdict is {verdict}");
        visit.check_accessibility("growing out")?;
    }
    let folder = visit.folder.join("downloads");
    for product in PRODUCTS {
        let file = visit.browser.download(&format!(r#"[data-testid="crm-{product}"]"#), &folder)?;
        let bytes = fs::read(&file)?;
        let name = file.to_string_lossy();
        ensure!(name.ends_with(&format!("{product}.zip")), "the file of {product} is {name}");
        ensure!(bytes.starts_with(b"PK"), "the file of {product} is no archive");
        // The list of files stands at the end as it is.
        let names = bytes.windows(4).filter(|letters| letters == b".csv").count();
        ensure!(names >= 6, "the archive of {product} has {} files", names / 2);
    }
    let events = visit.browser.download(r#"[data-testid="growing-events"]"#, &folder)?;
    ensure!(fs::read_to_string(events)?.contains("case_id,seq,activity"), "the event log has another header");
    let queries = visit.browser.download(r#"[data-testid="growing-sql"]"#, &folder)?;
    ensure!(fs::read_to_string(queries)?.contains("-- name: promotion"), "the queries are others");
    Ok(())
}

/// A document without names opens, tells no name, and has every deal; a part has only the chosen ones.
pub(super) fn less_in_it(visit: &Visit) -> Result<()> {
    visit.settle(&settings("en", "light"))?;
    visit.open_demo()?;
    let (_, whole) = visit.export()?;
    let deals = |document: &Value| document["workspace"]["deals"].as_array().map_or(0, Vec::len);
    let name = |kind: &str| whole["workspace"][kind][0]["name"].as_str().map(str::to_owned);
    let (customer, person) = (name("customers").context("no customer")?, name("people").context("nobody")?);
    visit.open("#/data")?;
    let boxes = visit.count(r#"[data-testid="travel"] input[type="checkbox"]"#)?;
    ensure!(boxes >= 2, "there are {boxes} choices");
    tick(visit, 1)?;
    visit.check_accessibility("a document without names")?;
    let folder = visit.folder.join("downloads");
    let file = visit.browser.download(r#"[data-testid="travel-make"]"#, &folder)?;
    let text = fs::read_to_string(&file)?;
    ensure!(!text.contains(&customer) && !text.contains(&person), "a name is left");
    let veiled: Value = serde_json::from_str(&text)?;
    ensure!(deals(&veiled) == deals(&whole), "{} deals of {}", deals(&veiled), deals(&whole));

    // One person's deals, with their names.
    let owner = whole["workspace"]["people"][0]["id"].as_str().context("nobody has an id")?;
    visit.open(&format!("#/data?person={owner}"))?;
    tick(visit, 0)?;
    let counted = visit.browser.text(r#"[data-testid="travel-counted"]"#)?;
    let part = visit.browser.download(r#"[data-testid="travel-make"]"#, &folder)?;
    let document: Value = serde_json::from_str(&fs::read_to_string(&part)?)?;
    let kept = deals(&document);
    ensure!(kept > 0 && kept < deals(&whole), "{kept} deals travel");
    ensure!(counted.contains(&kept.to_string()), "{kept} deals travel, and the page says: {counted}");
    visit.give("open-document", &file)?;
    visit.browser.find(r#"[data-testid="app-ready"]"#).map(drop)
}

/// One of the choices of what travels.
fn tick(visit: &Visit, place: usize) -> Result<()> {
    let script = "document.querySelectorAll('[data-testid=travel] input[type=checkbox]')[arguments[0]].click()";
    visit.browser.script(script, &[place.into()]).map(drop)
}

/// The funnel is printed on one page of A4, in both languages, light also in the dark theme.
pub(super) fn one_page(visit: &Visit) -> Result<()> {
    for language in ["zh", "en"] {
        visit.settle(&settings(language, "dark"))?;
        if language == "zh" {
            visit.open_demo()?;
        }
        visit.open("#/funnel")?;
        // Nobody answers the browser's own dialog here.
        visit.browser.script("window.print = () => {}", &[])?;
        let ready = "return document.querySelector('[data-testid=one-page]')?.matches(':not([aria-disabled=true], :disabled)') ?? false";
        visit.until("the figures", ready, &[])?;
        visit.browser.click(r#"[data-testid="one-page"]"#)?;
        visit.until("the sheet", "return document.querySelector('[data-testid=one-page-ready]') !== null", &[])?;
        visit.browser.set_medium("print")?;
        visit.until("the sheet on paper", "return document.querySelector('.print-sheet .one-page') !== null", &[])?;
        let seen = visit.browser.script(
            "const sheet = document.querySelector('.print-sheet .one-page');
             return { stages: sheet.querySelectorAll('thead ~ tbody tr').length,
                 picture: sheet.querySelectorAll('.funnel-picture__stage').length,
                 figures: sheet.querySelectorAll('dt').length, text: sheet.innerText,
                 scheme: getComputedStyle(document.documentElement).colorScheme }",
            &[],
        )?;
        visit.browser.set_medium("")?;
        ensure!(seen["figures"] == 5, "{} figures stand on top", seen["figures"]);
        let stages = seen["stages"].as_u64().unwrap_or_default();
        ensure!(stages > 2 && seen["picture"] == stages + 1, "{stages} stages, {} in the picture", seen["picture"]);
        ensure!(seen["scheme"] == "light", "paper is {}", seen["scheme"]);
        let text = seen["text"].as_str().unwrap_or_default();
        let interval = if language == "zh" { "八成把握" } else { "eight in ten" };
        ensure!(text.contains(interval), "the forecast has no interval: {text}");
        let pages = visit.printed_pages()?;
        ensure!(pages == 1, "the report takes {pages} pages");
    }
    Ok(())
}
