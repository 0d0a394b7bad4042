//! `cargo xtask bench`: times on the host, then in the browser against the limits.
//!
//! A scenario is a function that acts in the page and says how long each thing it did took until it was painted, several times over.
//! What counts is the median, so that a disturbance of the machine is no failure; the worst time is printed beside it.

mod acts;
mod capacity;
mod flow;
mod keys;
mod large_file;
mod numbers;

use std::{collections::BTreeMap, fs, path::PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::{
    arguments::Arguments,
    browser::{Browser, until},
    dist,
    process::{run, title},
    project, sample,
    static_server::StaticServer,
    tools::{BrowserTools, Kind, PageTools, WASM},
};

/// Deals and customers in the generated file: as many as in the public data set the importer is checked with.
const USUAL: (u32, u32) = (8_800, 85);
/// A company that is large for this page.
const LARGE: (u32, u32) = (20_000, 10_000);
/// A company larger than any: a hundred thousand deals.
const HUGE: (u32, u32) = (100_000, 33_000);
/// The day of the page, so that a run next year measures the same.
const TODAY: &str = "2026-03-31";

/// What was done, in words where a scenario does several things, and how long it took in milliseconds.
type Timed = (String, f64);

/// What is measured: how long it may take in milliseconds, how often it is done, and how.
struct Scenario {
    title: &'static str,
    limit: f64,
    rounds: usize,
    /// Whether it brings the data that the others need.
    brings_data: bool,
    act: fn(&Stage) -> Result<Vec<Timed>>,
}

/// The browser, the page's address and the files to open.
struct Stage {
    browser: Browser,
    page: String,
    csv: PathBuf,
    document: PathBuf,
}

impl Stage {
    /// Acts, and reads the newest measure of that name which the page then has.
    fn timed(&self, measure: &str, act: impl FnOnce() -> Result<()>) -> Result<f64> {
        self.browser.script("performance.clearMeasures(arguments[0])", &[measure.into()])?;
        act()?;
        until(&format!("the measure {measure}"), || {
            let script = "return performance.getEntriesByName(arguments[0], 'measure').at(-1)?.duration ?? null";
            Ok(self.browser.script(script, &[measure.into()])?.as_f64())
        })
    }
}

/// Runs the host benchmarks and the browser scenarios, or the part named by `--only`; `--scenario` plays those whose title holds the
/// word, and what they build on.
///
/// # Errors
/// When a benchmark does not run or a median is over its limit.
pub(crate) fn bench(mut arguments: Arguments) -> Result<()> {
    let only = arguments.value("--only")?;
    let word = arguments.value("--scenario")?.unwrap_or_default();
    let build = !arguments.flag("--no-build");
    arguments.finish()?;
    let (on_host, in_browser) = match only.as_deref() {
        None => (word.is_empty(), true),
        Some("host") => (true, false),
        Some("browser") => (false, true),
        Some("beside-js") => return beside_js(),
        Some(other) => bail!("no such part: {other}; there are host, browser, beside-js"),
    };
    if on_host {
        host()?;
    }
    if in_browser {
        let dist = if build { dist::build()? } else { project::dist() };
        let mut over = scenarios(&dist, USUAL, &flow::SCENARIOS, &word)?;
        over.extend(scenarios(&dist, LARGE, &keys::SCENARIOS, &word)?);
        over.extend(scenarios(&dist, HUGE, &numbers::HUGE, &word)?);
        over.extend(scenarios(&dist, HUGE, &capacity::SCENARIOS, &word)?);
        over.extend(scenarios(&dist, USUAL, &large_file::SCENARIOS, &word)?);
        ensure!(over.is_empty(), "over the limit: {}", over.join(", "));
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

/// Builds the module that a benchmark beside JavaScript loads, and says where it is.
fn beside_js() -> Result<()> {
    let tools = PageTools::ensure()?;
    title("The ledger as a module to be timed beside JavaScript");
    let build = ["build", "--locked", "--profile", "beside-js", "--package", "beside-js", "--target", WASM];
    run(project::cargo().args(build))?;
    let folder = project::scratch()?.join("beside-js");
    let wasm = project::wasm("beside-js", "beside_js")?;
    run(tools.wasm_bindgen().args(["--target", "web", "--no-typescript", "--out-dir"]).arg(&folder).arg(wasm))?;
    let module = folder.join("bench.mjs");
    fs::copy(project::root().join("benches").join("beside_js").join("bench.mjs"), &module)?;
    println!("{}: name, init(), load(text), recompute(filter)", module.display());
    Ok(())
}

/// Plays the scenarios in a fresh browser, in their order; the titles of those over their limit.
fn scenarios(
    dist: &std::path::Path,
    (deals, customers): (u32, u32),
    scenarios: &[Scenario],
    word: &str,
) -> Result<Vec<&'static str>> {
    if !scenarios.iter().any(|scenario| scenario.title.contains(word)) {
        return Ok(Vec::new());
    }
    let tools = BrowserTools::ensure(Kind::Chromium)?;
    let server = StaticServer::start(dist.to_owned())?;
    let scratch = project::scratch()?;
    let (csv, document) = (scratch.join(format!("{deals}.csv")), scratch.join(format!("{deals}.json")));
    fs::write(&csv, sample::csv(deals, customers))?;
    fs::write(&document, sample::company::document(deals, customers))?;
    title(&format!("In the browser with {deals} deals of {customers} customers, in ms"));
    println!("{:<46} {:>8} {:>8} {:>8}", "", "median", "worst", "limit");
    let page = format!("{}?today={TODAY}", server.page());
    let stage = Stage { browser: Browser::open(&tools, false)?, page, csv, document };
    let mut over = Vec::new();
    for scenario in scenarios.iter().filter(|scenario| scenario.is_asked(word)) {
        if !scenario.play(&stage).with_context(|| scenario.title)? {
            over.push(scenario.title);
        }
    }
    Ok(over)
}

impl Scenario {
    /// Whether it is played when those are asked for whose title holds the word.
    fn is_asked(&self, word: &str) -> bool {
        self.title.contains(word) || self.brings_data
    }

    /// Plays all rounds and prints what they took: of several things done, the one that takes longest, and which. Tells whether it is within
    /// the limit.
    fn play(&self, stage: &Stage) -> Result<bool> {
        let mut things: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        for _ in 0..self.rounds {
            for (what, time) in (self.act)(stage)? {
                things.entry(what).or_default().push(time);
            }
        }
        let count = things.len();
        let slowest = things
            .iter_mut()
            .filter_map(|(what, times)| Some((what, median(times)?, *times.last()?)))
            .max_by(|(_, one, _), (_, two, _)| one.total_cmp(two));
        let (what, median, worst) = slowest.context("nothing was measured")?;
        let which = if count > 1 { format!("  {what}, the slowest of {count}") } else { String::new() };
        println!("{:<46} {median:>8.1} {worst:>8.1} {:>8}{which}", self.title, self.limit);
        Ok(median <= self.limit)
    }
}

/// Sorts the times; the one in the middle.
fn median(times: &mut [f64]) -> Option<f64> {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn a_single_bad_time_does_not_count() {
        assert_eq!(median(&mut [9.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&mut []), None);
    }
}
