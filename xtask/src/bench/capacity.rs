//! A hundred thousand deals with their histories, kept where a browser gives a page 5 MiB: whether they fit, and how long a visitor waits
//! for them.

use std::{fs, thread, time::Duration};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use super::{HUGE, Scenario, Stage, Timed};
use crate::{routes, sample};

/// What Chromium and Firefox give a page in local storage, in UTF-16 units of keys and values.
const QUOTA: f64 = 5_242_880.0;
/// So long in seconds the opening of a document may take in all.
const PATIENCE: u64 = 120;
/// The deals of the company, and of smaller ones that are tried when it does not fit.
const SIZES: [u32; 3] = [HUGE.0, 75_000, 50_000];

/// In this order: the first opens the document and waits until it is kept; the others come back to it.
pub(super) const SCENARIOS: [Scenario; 4] = [
    Scenario {
        title: "100,000 deals: opened and saved",
        limit: 60_000.0,
        rounds: 1,
        brings_data: true,
        act: open_what_fits,
    },
    Scenario {
        title: "100,000 deals: start to painted board",
        limit: 10_000.0,
        rounds: 3,
        brings_data: false,
        act: |stage| start(stage, "board"),
    },
    Scenario {
        title: "100,000 deals: start to funnel",
        limit: 10_000.0,
        rounds: 3,
        brings_data: false,
        act: |stage| start(stage, "funnel"),
    },
    Scenario {
        title: "100,000 deals: from the funnel to a manager's pages",
        limit: 10_000.0,
        rounds: 3,
        brings_data: false,
        act: managers_pages,
    },
];

/// The pages that read every deal for somebody who leads others, and what stands on them when they are there.
const MANAGERS: [(&str, &str); 3] = [
    ("coaching", "[data-testid=meeting-person]"),
    ("team", "[data-testid=balance-column]"),
    ("team?tab=scorecards", "[data-testid=scorecards] tbody td"),
];

/// Goes to a page by its hash and waits until it is painted, in milliseconds.
const GO: &str = "
    const [hash, there] = arguments, begun = performance.now();
    location.hash = hash;
    return new Promise(done => {
        const look = () => document.querySelector(there) === null ? requestAnimationFrame(look)
            : requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));
        look();
    })";

/// Opens each of the manager's pages.
fn managers_pages(stage: &Stage) -> Result<Vec<Timed>> {
    let mut times = Vec::new();
    for (page, there) in MANAGERS {
        stage.browser.goto("about:blank")?;
        stage.browser.goto(&format!("{}#/funnel", stage.page))?;
        stage.browser.find(".funnel-picture")?;
        let time = stage.browser.script(GO, &[format!("#/{page}").into(), there.into()])?;
        times.push((page.to_owned(), time.as_f64().with_context(|| format!("{page} was not painted"))?));
    }
    Ok(times)
}

/// Notes when a file is chosen, when the page leaves the one it was chosen on, and when what is shown is kept or cannot be; and the longest
/// task in which it is read and kept.
const WATCH_SAVING: &str = r"
    const [field, saving] = arguments, times = window.bench = {}, now = () => performance.now();
    document.querySelector(field).addEventListener('change', () => { times.chosen = now(); }, { capture: true, once: true });
    times.longest = 0;
    new PerformanceObserver(list => {
        if (times.chosen === undefined || times.opened !== undefined) return;
        for (const task of list.getEntries()) times.longest = Math.max(times.longest, task.duration);
    }).observe({ type: 'longtask' });
    const look = () => {
        const errors = document.querySelectorAll('[data-testid=document-error], .toast[data-tone=bad], main [role=alert]');
        const error = [...errors].find(error => error.innerText.trim() !== '');
        const state = error ? 'failed' : document.querySelector(saving)?.dataset.state;
        if (times.chosen === undefined || times.opened === undefined && !error || !['saved', 'failed', 'memory'].includes(state)) return;
        observer.disconnect();
        Object.assign(times, { state, words: (error ?? document.querySelector(saving)).innerText });
        requestAnimationFrame(() => requestAnimationFrame(() => { times.ended = now(); }));
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true });
    window.addEventListener('hashchange', () => { times.opened = now(); look(); }, { once: true });";

/// Opens the whole company, or the largest part of it that fits, and says which.
fn open_what_fits(stage: &Stage) -> Result<Vec<Timed>> {
    for deals in SIZES {
        if let Some(times) = open_and_save(stage, deals)? {
            return Ok(times);
        }
    }
    bail!("not even {} deals fit", SIZES.last().unwrap_or(&0))
}

/// Opens a document of so many deals and waits until it is kept; `None` when it is not. Says how much room it takes.
fn open_and_save(stage: &Stage, deals: u32) -> Result<Option<Vec<Timed>>> {
    let document = stage.document.with_file_name(format!("{deals}.json"));
    // A third as many customers as deals.
    fs::write(&document, sample::company::document(deals, deals / 3))?;
    stage.browser.goto("about:blank")?;
    stage.browser.goto(&format!("{}#/", stage.page))?;
    stage.browser.script("localStorage.clear()", &[])?;
    stage.browser.reload()?;
    let field = routes::file_field("open-file");
    stage.browser.find(&field)?;
    stage.browser.script(WATCH_SAVING, &[field.as_str().into(), r#"[data-testid="saving"]"#.into()])?;
    stage.browser.type_into(&field, &document.display().to_string())?;
    let times = wait_for_the_end(stage)?;
    let units = "return Object.entries(localStorage).reduce((sum, [key, text]) => sum + key.length + text.length, 0)";
    let units = stage.browser.script(units, &[])?.as_f64().context("no size")?;
    let bytes = fs::metadata(&document)?.len();
    if times["state"] != "saved" {
        println!("{deals} deals, {bytes} bytes of JSON, do NOT fit: {}", times["words"]);
        return Ok(None);
    }
    println!("{deals} deals, {bytes} bytes of JSON, take {units} units of {QUOTA}: {:.1} %", units / QUOTA * 100.0);
    println!("The longest task until it is shown takes {:.0} ms.", times["longest"].as_f64().unwrap_or(f64::NAN));
    let between = |from: &str, to: &str| Some(times[to].as_f64()? - times[from].as_f64()?);
    let named = |what: &str, from, to| Some((what.to_owned(), between(from, to)?));
    let times = [named("until it is shown", "chosen", "opened"), named("until it is kept", "chosen", "ended")];
    times.into_iter().collect::<Option<Vec<_>>>().context("no times").map(Some)
}

fn wait_for_the_end(stage: &Stage) -> Result<Value> {
    for _ in 0..PATIENCE {
        let times = stage.browser.script("return window.bench.ended === undefined ? null : window.bench", &[])?;
        if !times.is_null() {
            return Ok(times);
        }
        thread::sleep(Duration::from_secs(1));
    }
    let shown = stage.browser.script("return document.body.innerText.slice(0, 300)", &[])?;
    bail!("after {PATIENCE} s the document is neither kept nor refused; the page says {shown}")
}

/// Notes, before anything of the page runs, when it reads its pieces, how long it waits for the storage, and when its first cards or
/// its funnel are there.
const WATCH_START: &str = r"
    const notes = window.start = { reads: 0, waited: 0 }, getItem = Storage.prototype.getItem, now = () => performance.now();
    Storage.prototype.getItem = function (key) {
        if (!/^loudou\/w\/.*\/g\//.test(key)) return getItem.call(this, key);
        const start = now();
        notes.first ??= start;
        const text = getItem.call(this, key);
        notes.last = now();
        notes.waited += notes.last - start;
        notes.reads += 1;
        return text;
    };
    new MutationObserver((_, observer) => {
        if (document.querySelector('[data-testid=deal-card], .funnel-picture') === null) return;
        observer.disconnect();
        notes.there = now();
    }).observe(document, { childList: true, subtree: true });";

/// Loads the page anew as a returning visitor, until its first view is painted, and says where the time went.
fn start(stage: &Stage, page: &str) -> Result<Vec<Timed>> {
    let time = stage.timed("loudou:start", || {
        // By way of another page: from the same one only the hash would change.
        stage.browser.goto("about:blank")?;
        let _until_dropped = stage.browser.before_every_page(WATCH_START)?;
        stage.browser.goto(&format!("{}#/{page}", stage.page))?;
        stage.browser.find(&format!("{} main h1", routes::READY)).map(drop)
    })?;
    stage.browser.find(r#"[data-testid="deal-card"], .funnel-picture"#)?;
    let notes = stage.browser.script("return window.start", &[])?;
    let note = |name: &str| notes[name].as_f64().with_context(|| format!("the page did not note {name:?}"));
    let (first, last, waited, there) = (note("first")?, note("last")?, note("waited")?, note("there")?);
    ensure!(last > first, "the page read nothing");
    println!(
        "  {page}: {first:.0} until the first piece, {waited:.0} in the storage ({} pieces), {:.0} unpacked and inflated, \
         {:.0} decoded, put together and laid out, {:.0} painted",
        notes["reads"],
        last - first - waited,
        there - last,
        time - there
    );
    Ok(vec![(String::new(), time)])
}
