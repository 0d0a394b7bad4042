//! A hundred thousand deals with their histories, kept where a browser gives a page 5 MiB: whether they fit, and how long a visitor waits
//! for them.

use std::{fs, thread, time::Duration};

use anyhow::{Context, Result, bail, ensure};

use super::{Scenario, Stage, Timed};
use crate::routes;

/// What Chromium and Firefox give a page in local storage, in UTF-16 units of keys and values.
const QUOTA: f64 = 5_242_880.0;
/// So long in seconds the opening of the document may take in all.
const PATIENCE: u64 = 180;

/// In this order: the first opens the document and waits until it is kept; the others come back to it.
pub(super) const SCENARIOS: [Scenario; 3] = [
    Scenario {
        title: "a document opened and saved",
        limit: 30_000.0,
        rounds: 1,
        brings_data: true,
        act: open_and_save,
    },
    Scenario {
        title: "start to painted board",
        limit: 5_000.0,
        rounds: 3,
        brings_data: false,
        act: |stage| start(stage, "board"),
    },
    Scenario {
        title: "start to funnel",
        limit: 5_000.0,
        rounds: 3,
        brings_data: false,
        act: |stage| start(stage, "funnel"),
    },
];

/// Notes when a file is chosen, when the page leaves the one it was chosen on, and when what is shown is kept or cannot be.
const WATCH_SAVING: &str = r#"
    const [field, saving] = arguments, times = window.bench = {}, now = () => performance.now();
    document.querySelector(field).addEventListener('change', () => { times.chosen = now(); }, { capture: true, once: true });
    window.addEventListener('hashchange', () => { times.opened ??= now(); }, { once: true });
    new MutationObserver((_, observer) => {
        const error = document.querySelector('[data-testid=document-error], .toast[data-tone=bad]');
        const state = error ? 'failed' : document.querySelector(saving)?.dataset.state;
        if (times.opened === undefined && !error || !['saved', 'failed', 'memory'].includes(state)) return;
        observer.disconnect();
        Object.assign(times, { state, words: (error ?? document.querySelector(saving)).innerText });
        requestAnimationFrame(() => requestAnimationFrame(() => { times.ended = now(); }));
    }).observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true });"#;

/// Opens the document and waits until it is kept; says how much room it takes, or plainly that there is too little.
fn open_and_save(stage: &Stage) -> Result<Vec<Timed>> {
    stage.browser.goto(&format!("{}#/", stage.page))?;
    let field = routes::file_field("open-file");
    stage.browser.find(&field)?;
    stage.browser.script(WATCH_SAVING, &[field.as_str().into(), r#"[data-testid="saving"]"#.into()])?;
    stage.browser.type_into(&field, &stage.document.display().to_string())?;
    let mut waited = 0;
    let times = loop {
        let times = stage.browser.script("return window.bench.ended === undefined ? null : window.bench", &[])?;
        if !times.is_null() {
            break times;
        }
        ensure!(waited < PATIENCE, "after {PATIENCE} s the document is neither kept nor refused");
        thread::sleep(Duration::from_secs(1));
        waited += 1;
    };
    let units = "return Object.entries(localStorage).reduce((sum, [key, text]) => sum + key.length + text.length, 0)";
    let units = stage.browser.script(units, &[])?.as_f64().context("no size")?;
    let length = fs::metadata(&stage.document)?.len();
    println!("{length} bytes of JSON take {units} UTF-16 units of {QUOTA}: {:.1} %", units / QUOTA * 100.0);
    if times["state"] != "saved" {
        bail!("the company does not fit: {}", times["words"]);
    }
    let between = |from: &str, to: &str| Some(times[to].as_f64()? - times[from].as_f64()?);
    let named = |what: &str, from, to| Some((what.to_owned(), between(from, to)?));
    let times = [named("opened", "chosen", "opened"), named("kept", "chosen", "ended")];
    times.into_iter().collect::<Option<_>>().context("no times")
}

/// Loads the page anew as a returning visitor, until its first view is painted.
fn start(stage: &Stage, page: &str) -> Result<Vec<Timed>> {
    let time = stage.timed("loudou:start", || {
        stage.browser.goto("about:blank")?;
        stage.browser.goto(&format!("{}#/{page}", stage.page))?;
        stage.browser.find(&format!("{} main h1", routes::READY)).map(drop)
    });
    let what = if page == "board" { r#"[data-testid="deal-card"]"# } else { ".funnel-picture" };
    stage.browser.find(what)?;
    Ok(vec![(String::new(), time?)])
}
