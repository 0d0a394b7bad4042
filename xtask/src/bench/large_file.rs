//! A file of 50 MB: how long it takes until its preview stands, and how long the page is held up meanwhile.

use std::fs;

use anyhow::{Context, Result};

use super::{Scenario, Stage, Timed};
use crate::{browser::until, project, routes, sample};

/// Bytes of the file, about: 400,000 deals.
const ROWS: u32 = 400_000;
const CUSTOMERS: u32 = 30_000;

/// The longest task is of the page; the time is the worker's. The second begins where the first has ended.
pub(super) const SCENARIOS: [Scenario; 2] = [
    Scenario {
        title: "50 MB: held up while read and planned",
        limit: 200.0,
        rounds: 1,
        brings_data: false,
        act: held_up,
    },
    Scenario { title: "50 MB: read and planned", limit: 30_000.0, rounds: 1, brings_data: false, act: planned },
];

const PLANNED: &str = r#"[data-testid="import-preview"]"#;

/// Notes the longest task since now, and the time from the choice of a file until its preview stands.
const WATCH: &str = "
    const [field, preview] = arguments;
    window.held = { longest: 0, took: null };
    new PerformanceObserver(list => {
        for (const task of list.getEntries()) window.held.longest = Math.max(window.held.longest, task.duration);
    }).observe({ type: 'longtask' });
    let chosen;
    document.querySelector(field).addEventListener('change', () => { chosen = performance.now(); }, { capture: true, once: true });
    new MutationObserver((_, observer) => {
        if (document.querySelector(preview) === null) return;
        observer.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(() => { window.held.took = performance.now() - chosen; }));
    }).observe(document.body, { childList: true, subtree: true });";

fn watched(stage: &Stage) -> Result<[f64; 2]> {
    let file = project::scratch()?.join("50mb.csv");
    if !file.is_file() {
        fs::write(&file, sample::wide_csv(ROWS, CUSTOMERS))?;
    }
    stage.browser.goto("about:blank")?;
    stage.browser.goto(&format!("{}#/import", stage.page))?;
    let field = routes::file_field("import-file");
    stage.browser.find(&field)?;
    stage.browser.script(WATCH, &[field.as_str().into(), PLANNED.into()])?;
    stage.browser.type_into(&field, &file.display().to_string())?;
    // Patience with one question is shorter than the worker may take.
    let took = || until("the preview", || Ok(stage.browser.script("return window.held.took", &[])?.as_f64()));
    let took = took().or_else(|_| took()).or_else(|_| took())?;
    let longest = stage.browser.script("return window.held.longest", &[])?.as_f64().context("no longest task")?;
    Ok([longest, took])
}

fn held_up(stage: &Stage) -> Result<Vec<Timed>> {
    Ok(vec![(String::new(), watched(stage)?[0])])
}

fn planned(stage: &Stage) -> Result<Vec<Timed>> {
    Ok(vec![(String::new(), watched(stage)?[1])])
}
