//! A browser that is killed in the middle of edits, and what the next one finds.

use std::{
    fs,
    path::Path,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use serde_json::json;

use super::{
    Chance,
    page::{self, Deal, WORDS},
};
use crate::{browser::Browser, project, routes, tools::BrowserTools};

/// A kill comes at most so long after the page stands, in milliseconds.
const LATEST: u64 = 4_000;
/// How long a killed browser may take to be gone.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is known to be saved, and what was under way when the browser was killed.
struct Known {
    deals: std::collections::BTreeMap<String, Deal>,
    under_way: Option<(String, Deal)>,
}

/// Edits until the browser is killed, `kills` times over, and compares what the next one finds with what was shown as saved.
pub(super) fn endure(tools: &BrowserTools, address: &str, kills: u64, chance: &mut Chance) -> Result<()> {
    let profile = project::scratch()?.join("endure-profile");
    if profile.exists() {
        fs::remove_dir_all(&profile)?;
    }
    let browser = Browser::open_in(tools, &profile)?;
    browser.goto(&format!("{address}#/"))?;
    routes::open_demo(&browser)?;
    let candidates = page::open_deals(&browser)?;
    let mut known = Known { deals: page::deals(&page::document(&browser)?)?, under_way: None };
    let (start, mut edits) = (Instant::now(), 0_u64);
    let mut next = Some(browser);
    for kill in 1..=kills {
        let browser = match next.take() {
            Some(browser) => browser,
            None => reopened(tools, &profile, address)?,
        };
        if kill > 1 {
            let found = page::deals(&page::document(&browser)?).with_context(|| format!("after kill {}", kill - 1))?;
            compare(&mut known, found).with_context(|| format!("after kill {}", kill - 1))?;
        }
        let process = browser_process(&profile)?;
        let wait = Duration::from_millis(chance.below(LATEST));
        let killer = thread::spawn(move || {
            thread::sleep(wait);
            run_quietly("kill", &["-KILL", &process])
        });
        edits += edit_until_killed(&browser, &candidates, &mut known, chance);
        killer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        drop(browser);
        gone(&profile)?;
        if kill % 20 == 0 {
            println!("{kill} kills, {edits} edits, {:.0} s: nothing lost", start.elapsed().as_secs_f64());
        }
    }
    let last = reopened(tools, &profile, address)?;
    compare(&mut known, page::deals(&page::document(&last)?)?).context("after the last kill")?;
    println!("{kills} kills in the middle of {edits} edits: no edit shown as saved was lost, no store unreadable");
    Ok(())
}

fn reopened(tools: &BrowserTools, profile: &Path, address: &str) -> Result<Browser> {
    let browser = Browser::open_in(tools, profile)?;
    browser.goto(&format!("{address}#/funnel"))?;
    page::ready(&browser)?;
    Ok(browser)
}

/// Edits one deal after the other; gives the number of edits that were shown as saved.
fn edit_until_killed(browser: &Browser, candidates: &[String], known: &mut Known, chance: &mut Chance) -> u64 {
    let script = page::wrapped(
        &[WORDS, "const [deal, what, value] = given; what === 'undo' ? undo() : await edit(deal, what, value); await saved();"]
            .concat(),
    );
    let mut steps: Vec<(String, Deal)> = Vec::new();
    for saved in 0.. {
        let value = 1 + chance.below(900_000);
        let id = candidates[usize::try_from(chance.below(candidates.len() as u64)).unwrap_or_default()].clone();
        let Some(before) = known.deals.get(&id).cloned() else { continue };
        let (what, value, step) = match chance.below(10) {
            0..5 => ("amount", value.to_string(), (id, Deal { amount: Some(format!("{value}.00")), ..before.clone() })),
            5..8 => {
                ("title", format!("Title {value}"), (id, Deal { title: format!("Title {value}"), ..before.clone() }))
            }
            _ => match steps.pop() {
                Some(step) => ("undo", String::new(), step),
                None => continue,
            },
        };
        if what != "undo" {
            steps.push((step.0.clone(), before));
        }
        known.under_way = Some(step.clone());
        if browser.script(&script, &[json!(step.0), json!(what), json!(value)]).is_err() {
            return saved;
        }
        known.under_way = None;
        known.deals.insert(step.0, step.1);
    }
    0
}

fn compare(known: &mut Known, found: std::collections::BTreeMap<String, Deal>) -> Result<()> {
    ensure!(found.len() == known.deals.len(), "{} deals of {}", found.len(), known.deals.len());
    for (id, saved) in &known.deals {
        let Some(deal) = found.get(id) else { bail!("the deal {id} is gone") };
        let under_way = known.under_way.as_ref().is_some_and(|(other, step)| other == id && step == deal);
        ensure!(deal == saved || under_way, "{id} was saved as {saved:?} and is found as {deal:?}");
    }
    *known = Known { deals: found, under_way: None };
    Ok(())
}

/// The process of the browser itself, which has this profile and is none of its helpers.
fn browser_process(profile: &Path) -> Result<String> {
    processes(profile)?.into_iter().next().context("the browser has no process")
}

fn processes(profile: &Path) -> Result<Vec<String>> {
    let flag = format!("--user-data-dir={}", profile.display());
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").context("processes can be listed on Linux only")? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        // A process may end while it is looked at.
        let Ok(line) = fs::read(format!("/proc/{name}/cmdline")) else { continue };
        let line = String::from_utf8_lossy(&line);
        if line.contains(&flag) && !line.contains("--type=") && !line.contains("chromedriver") {
            found.push(name);
        }
    }
    Ok(found)
}

fn gone(profile: &Path) -> Result<()> {
    let start = Instant::now();
    while !processes(profile)?.is_empty() {
        ensure!(start.elapsed() < PATIENCE, "a killed browser is still there");
        thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

fn run_quietly(program: &str, arguments: &[&str]) -> Result<()> {
    let status =
        Command::new(program).args(arguments).status().with_context(|| format!("could not start {program}"))?;
    ensure!(status.success(), "{program} failed");
    Ok(())
}
