//! `cargo xtask bench`: times on the host, then in the browser against the limits.
//!
//! In the browser the page itself measures: it records `performance.measure` entries named `loudou:…`, from the visitor's
//! act to the paint that shows its effect. A scenario is a function that acts; it is listed in [`SCENARIOS`].

use std::{fs, path::Path};

use anyhow::{Context, Result, bail, ensure};

use crate::{
    arguments::Arguments,
    browser::{Browser, until},
    dist,
    process::{run, title},
    project, routes, sample,
    static_server::StaticServer,
    tools::BrowserTools,
};

/// Deals in the generated file: as many as in the public data set the importer is checked with.
const DEALS: u32 = 8_800;

const CONFIRM_IMPORT: &str = r#"[data-testid="import-confirm"]:not([disabled])"#;
const IMPORTED: &str = r#"[data-testid="import-done"]"#;
/// The one measure that is taken here and not by the page.
const IMPORT: &str = "bench:import";
const CARD: &str = r#"[data-testid="deal-card"]"#;
const COLUMN: &str = r#"[data-testid="board-column"]"#;

/// What is measured: the name of the page's own measure, the limit in milliseconds, how often, and how it is provoked.
struct Scenario {
    title: &'static str,
    measure: &'static str,
    limit: f64,
    repeats: usize,
    act: fn(&Stage) -> Result<()>,
}

/// In this order: each builds on the data the first one leaves.
const SCENARIOS: [Scenario; 5] = [
    Scenario { title: "import end to end", measure: IMPORT, limit: 2_000.0, repeats: 1, act: import },
    Scenario { title: "start to painted board", measure: "loudou:start", limit: 700.0, repeats: 5, act: start },
    Scenario {
        title: "drop of a card to painted board",
        measure: "loudou:move",
        limit: 50.0,
        repeats: 5,
        act: move_card,
    },
    Scenario {
        title: "funnel after an edit",
        measure: "loudou:funnel",
        limit: 30.0,
        repeats: 5,
        act: funnel_after_edit,
    },
    Scenario {
        title: "key in a filter to painted list",
        measure: "loudou:filter",
        limit: 50.0,
        repeats: 5,
        act: filter_deals,
    },
];

/// The browser, the page's address and the file to import.
struct Stage<'a> {
    browser: Browser,
    page: String,
    file: &'a Path,
}

/// Runs the host benchmarks and the browser scenarios, or the part named by `--only`.
///
/// # Errors
/// When a benchmark does not run or a median is over its limit.
pub(crate) fn bench(mut arguments: Arguments) -> Result<()> {
    let only = arguments.value("--only")?;
    let build = !arguments.flag("--no-build");
    arguments.finish()?;
    let (on_host, in_browser) = match only.as_deref() {
        None => (true, true),
        Some("host") => (true, false),
        Some("browser") => (false, true),
        Some(other) => bail!("no such part: {other}; there are host, browser"),
    };
    if on_host {
        host()?;
    }
    if in_browser {
        browser(&if build { dist::build()? } else { project::dist() })?;
    }
    Ok(())
}

fn host() -> Result<()> {
    title("Benchmarks on the host");
    if !project::root().join("benches").join("metrics.rs").exists() {
        println!("benches/metrics.rs is not there: skipped");
        return Ok(());
    }
    run(project::cargo().args(["bench", "--locked", "--package", "loudou", "--bench", "metrics"]))
}

fn browser(dist: &Path) -> Result<()> {
    let tools = BrowserTools::ensure()?;
    let server = StaticServer::start(dist.to_owned())?;
    let file = project::scratch()?.join(format!("deals-{DEALS}.csv"));
    fs::write(&file, sample::csv(DEALS))?;
    title(&format!("In the browser with {DEALS} deals: median, all times, limit (ms)"));
    let stage = Stage { browser: Browser::open(&tools, false)?, page: server.page(), file: &file };
    let mut over = Vec::new();
    for scenario in SCENARIOS {
        let mut times = Vec::new();
        for _ in 0..scenario.repeats {
            stage.browser.script("performance.clearMeasures(arguments[0])", &[scenario.measure.into()])?;
            (scenario.act)(&stage).with_context(|| scenario.title)?;
            times.push(measured(&stage.browser, scenario.measure)?);
        }
        let median = median(&mut times).context("a scenario without repeats")?;
        let all = times.iter().map(|time| format!("{time:.1}")).collect::<Vec<_>>().join(" ");
        println!("{:<32} {median:>8.1}   [{all}]   {}", scenario.title, scenario.limit);
        if median > scenario.limit {
            over.push(scenario.title);
        }
    }
    ensure!(over.is_empty(), "over the limit: {}", over.join(", "));
    Ok(())
}

/// The duration of the page's newest measure of that name, once there is one.
fn measured(browser: &Browser, name: &str) -> Result<f64> {
    until(&format!("the measure {name}"), || {
        let script = "return performance.getEntriesByName(arguments[0], 'measure').at(-1)?.duration ?? null";
        Ok(browser.script(script, &[name.into()])?.as_f64())
    })
}

fn median(times: &mut [f64]) -> Option<f64> {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied()
}

/// Watches an import from the outside: from the choice of the file until its preview can be confirmed, and from the click until
/// what came of it is painted. The time in which a person would look at the preview is left out.
const WATCH_IMPORT: &str = "
    const [field, confirm, done, name] = arguments, now = () => performance.now();
    const painted = work => requestAnimationFrame(() => requestAnimationFrame(work));
    const appears = (css, work) => new MutationObserver((_, observer) => {
        if (document.querySelector(css) === null) return;
        observer.disconnect();
        painted(work);
    }).observe(document.body, { childList: true, subtree: true, attributes: true });
    let chosen, ready, clicked;
    document.querySelector(field).addEventListener('change', () => { chosen = now(); }, { capture: true, once: true });
    appears(confirm, () => { ready ??= now(); });
    document.addEventListener('click', event => { if (event.target.closest(confirm)) { clicked = now(); ready ??= clicked; } }, true);
    appears(done, () => performance.measure(name, { start: 0, duration: (ready - chosen) + (now() - clicked) }));";

fn import(stage: &Stage) -> Result<()> {
    stage.browser.goto(&format!("{}#/import", stage.page))?;
    let field = routes::file_field("import-file");
    stage.browser.find(&field)?;
    let names = [field.as_str(), CONFIRM_IMPORT, IMPORTED, IMPORT].map(Into::into);
    stage.browser.script(WATCH_IMPORT, &names)?;
    stage.browser.type_into(&field, &stage.file.display().to_string())?;
    stage.browser.click(CONFIRM_IMPORT)?;
    stage.browser.find(IMPORTED).map(drop)
}

fn start(stage: &Stage) -> Result<()> {
    // By way of another page: from the same one only the hash would change.
    stage.browser.goto("about:blank")?;
    stage.browser.goto(&format!("{}#/board", stage.page))?;
    stage.browser.find(routes::READY).map(drop)
}

/// Drags the first card there is to the column beside its own.
fn move_card(stage: &Stage) -> Result<()> {
    stage.browser.find(&format!("{COLUMN} {CARD}"))?;
    let script = "const columns = [...document.querySelectorAll(arguments[0])];
        return columns.findIndex(column => column.querySelector(arguments[1]))";
    let place = stage.browser.script(script, &[COLUMN.into(), CARD.into()])?;
    let place = usize::try_from(place.as_u64().context("no column has a card")?)?;
    let columns = stage.browser.all(COLUMN)?;
    let target = columns.get(place + 1).or_else(|| columns.get(place.checked_sub(1)?));
    let card = stage.browser.find(&format!("{COLUMN} {CARD}"))?;
    stage.browser.drag(&card, target.context("the board has fewer than two columns")?)
}

fn funnel_after_edit(stage: &Stage) -> Result<()> {
    stage.browser.goto(&format!("{}#/board", stage.page))?;
    move_card(stage)?;
    stage.browser.goto(&format!("{}#/funnel", stage.page))
}

/// Types a letter into the search over deals of every status.
fn filter_deals(stage: &Stage) -> Result<()> {
    let search = r#"[data-testid="deals-search"]"#;
    stage.browser.goto(&format!("{}#/deals?status=all", stage.page))?;
    stage.browser.find(search)?;
    stage.browser.type_into(search, "a")
}
