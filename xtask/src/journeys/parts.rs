//! The parts of the program that are fetched after the first page.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, ensure};

use super::{Visit, check_requests};
use crate::{browser::until, project, routes, static_server::StaticServer};

const FOLDER: &str = "parts";

/// What is weighed as the first page is all that the first page asks for.
pub(super) fn first_page_does_without(visit: &Visit) -> Result<()> {
    visit.open("#/")?;
    let early = "const [first] = performance.getEntriesByName('loudou:start');
        return first && performance.getEntriesByType('resource')
            .filter(entry => entry.startTime <= first.duration).map(entry => entry.name)";
    let early = until("the first page to be painted", || Ok(visit.browser.script(early, &[])?.as_array().cloned()))?;
    let names: Vec<_> = early.iter().filter_map(|name| name.as_str()).collect();
    ensure!(names.iter().any(|name| name.contains("/app_bg-")), "the program is not among the requests: {names:?}");
    let later: Vec<_> = names.iter().filter(|name| name.contains("/parts/") || name.contains("/worker")).collect();
    ensure!(later.is_empty(), "the first page asked for {later:?}");
    let ahead =
        "return performance.getEntriesByType('resource').filter(entry => entry.name.includes('/parts/')).length >= 2";
    visit.until("the parts to be fetched ahead", ahead, &[])
}

/// A part that does not come is said and asked for again; nothing else stops.
pub(super) fn asked_for_again(visit: &Visit) -> Result<()> {
    let folder = visit.folder.join("without-parts");
    copy_all(&folder)?;
    fs::remove_dir_all(folder.join(FOLDER))?;
    let server = StaticServer::start(folder.clone())?;
    visit.browser.goto(&server.page())?;
    visit.browser.find(routes::READY)?;
    visit.browser.click(routes::OPEN_DEMO)?;
    visit.browser.find(".toast[data-tone=\"bad\"]")?;
    visit.browser.find(&format!("{}:not([disabled])", routes::OPEN_DEMO))?;
    visit.browser.click("a[href^=\"#/settings\"]")?;
    visit.browser.find(r#"[data-testid="not-fetched"]"#)?;
    visit.check_accessibility("a page that could not be fetched")?;

    copy(&project::dist().join(FOLDER), &folder.join(FOLDER))?;
    visit.browser.click(r#"[data-testid="not-fetched"] button"#)?;
    visit.browser.find("main h1:not([data-testid=\"not-fetched\"] *)")?;
    ensure!(visit.count(r#"[data-testid="not-fetched"]"#)? == 0, "the page came and is still called missing");
    visit.browser.goto(&format!("{}#/", server.page()))?;
    routes::open_demo(&visit.browser)?;
    // What is checked after every journey knows the host of all journeys only, and no part that is missing; this host is judged here.
    check_requests(visit, server.origin())?;
    let errors = visit.browser.console()?;
    let bad: Vec<_> = errors.iter().filter(|line| line.starts_with("SEVERE") && !line.contains("/parts")).collect();
    ensure!(bad.is_empty(), "more failed than the parts: {bad:?}");
    visit.browser.goto(&visit.page)
}

/// A copy of the release, for a host of its own.
pub(super) fn release(visit: &Visit) -> Result<PathBuf> {
    let folder = visit.folder.join("release");
    copy_all(&folder)?;
    Ok(folder)
}

/// Copies the release into a folder.
pub(super) fn copy_all(to: &Path) -> Result<()> {
    let release = project::dist();
    copy(&release, to)?;
    for entry in fs::read_dir(&release)? {
        let folder = entry?;
        if folder.path().is_dir() {
            copy(&folder.path(), &to.join(folder.file_name()))?;
        }
    }
    Ok(())
}

/// Copies the files of a folder, without the folders in it.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        if path.is_file() {
            fs::copy(&path, to.join(path.file_name().unwrap_or_default()))?;
        }
    }
    Ok(())
}
