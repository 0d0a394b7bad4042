//! Journeys of a visitor through the release build, each in a fresh browser under a sub path.
//!
//! A journey is a function over a [`Visit`]; add it to [`JOURNEYS`]. After each one the runner also checks what holds for
//! all: no request to another origin, no violation of the content security policy, no error on the console.

mod accessibility;
mod bad_files;
mod board;
mod demo;
mod fields;
mod first_page;
mod import;
mod keyboard;
mod language;
mod models;
mod parts;
mod storage;
mod time_zone;
mod typing;
mod visit;

use std::{fs, path::Path, time::Instant};

use anyhow::{Context, Result, ensure};

use crate::{
    browser::Browser,
    project,
    static_server::StaticServer,
    tools::{self, BrowserTools},
};

pub(crate) use visit::Visit;

type Journey = fn(&Visit) -> Result<()>;

const JOURNEYS: &[(&str, Journey)] = &[
    ("opens under a sub path", first_page::opens_under_a_sub_path),
    ("first page is accessible", first_page::is_accessible),
    ("crash panel works without the program", first_page::crash_panel_works),
    ("first page does without the parts", parts::first_page_does_without),
    ("a part that does not come is asked for again", parts::asked_for_again),
    ("first visit to the demo company", demo::first_visit),
    ("undo by key", board::undo_by_key),
    ("import, move, reload, export, delete, open", import::there_and_back),
    ("keyboard only", keyboard::from_skip_link_to_deal),
    ("Chinese throughout", language::chinese_throughout),
    ("English throughout", language::english_throughout),
    ("what is typed survives leaving", typing::survives_leaving),
    ("a model is read, added and taken back", models::read_and_add),
    ("days are calendar days", time_zone::days_are_calendar_days),
    ("fields of one's own are made and used", fields::made_and_used),
    ("damaged storage opens as far as it can", storage::damaged),
    ("full storage is said and nothing is lost", storage::full),
    ("bad files change nothing", bad_files::change_nothing),
    ("every page is accessible in English", accessibility::in_english),
    ("every page is accessible in Chinese", accessibility::in_chinese),
];

/// Runs every journey over `dist`, one browser at a time.
///
/// # Errors
/// When a journey fails; all are run first, and each failure leaves a screenshot.
pub(crate) fn run(dist: &Path) -> Result<()> {
    ensure!(dist.join("index.html").is_file(), "{} holds no release build", dist.display());
    let tools = BrowserTools::ensure()?;
    let axe = tools::axe()?;
    let server = StaticServer::start(dist.to_owned())?;
    let mut failed = Vec::new();
    for (name, journey) in JOURNEYS {
        let start = Instant::now();
        let visit = Visit::new(Browser::open(&tools, true)?, server.page(), axe.clone());
        let result = journey(&visit).and_then(|()| check_what_always_holds(&visit, server.origin()));
        println!(
            "{} {name} ({:.1} s)",
            if result.is_ok() { "ok    " } else { "FAILED" },
            start.elapsed().as_secs_f64()
        );
        if let Err(error) = result {
            println!("  {error:#}");
            report(&visit, name)?;
            failed.push(*name);
        }
    }
    println!("{} of {} journeys passed", JOURNEYS.len() - failed.len(), JOURNEYS.len());
    ensure!(failed.is_empty(), "failed: {}", failed.join(", "));
    Ok(())
}

fn check_what_always_holds(visit: &Visit, origin: &str) -> Result<()> {
    check_requests(visit, origin)?;
    let console = visit.browser.console()?;
    let bad = |line: &&String| line.starts_with("SEVERE") || line.contains("Content Security Policy");
    let bad: Vec<_> = console.iter().filter(bad).map(String::as_str).collect();
    ensure!(bad.is_empty(), "the console has errors:\n  {}", bad.join("\n  "));
    Ok(())
}

/// The page has asked nobody but its own host since the last check.
fn check_requests(visit: &Visit, origin: &str) -> Result<()> {
    let own =
        |address: &String| address.starts_with(origin) || address.starts_with("blob:") || address.starts_with("data:");
    let foreign: Vec<_> = visit.browser.requests()?.into_iter().filter(|address| !own(address)).collect();
    ensure!(foreign.is_empty(), "the page asked other origins: {}", foreign.join(", "));
    Ok(())
}

fn report(visit: &Visit, name: &str) -> Result<()> {
    let picture = project::scratch()?.join(format!("{}.png", name.replace(' ', "-")));
    fs::write(&picture, visit.browser.screenshot()?)
        .with_context(|| format!("could not write {}", picture.display()))?;
    println!("  screenshot: {}", picture.display());
    for line in visit.browser.console()? {
        println!("  console: {line}");
    }
    Ok(())
}
