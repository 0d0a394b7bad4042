//! Without a network: the page after its first visit, a newer release of it, and the single file from a disk.

use std::fs;

use anyhow::{Context, Result, ensure};

use super::{Visit, check_requests, parts};
use crate::{project, routes, static_server::StaticServer};

/// Whether a service worker keeps the files.
/// The page has a worker of its own: one of a folder above would answer for it, too.
const KEPT: &str = "const folder = new URL('./', location.href.split(/[?#]/)[0]).href;
    return navigator.serviceWorker.getRegistration().then(found => found?.scope === folder && Boolean(found.active))";
const RESCUE: &str = r#"[data-testid="rescue"]"#;
const NEWER: &str = r#"[data-testid="new-release"]"#;

/// When the host is gone the page opens all the same, with what was done, its parts and its worker.
pub(super) fn after_first_visit(visit: &Visit) -> Result<()> {
    let server = StaticServer::start(parts::release(visit)?)?;
    visit.browser.goto(&server.page())?;
    visit.browser.find(routes::READY)?;
    visit.until("the files to be kept", KEPT, &[])?;
    routes::open_demo(&visit.browser)?;
    let before = visit.stored()?;
    check_requests(visit, server.origin())?;
    only_own_files(visit)?;

    let page = server.page();
    drop(server);
    visit.browser.goto(&page)?;
    visit.browser.find(&format!("{} main h1", routes::READY)).context("the page does not open without its host")?;
    ensure!(visit.stored()? == before, "what was stored has changed");
    for hash in ["#/board", "#/analysis", "#/data", "#/"] {
        visit.browser.script("location.hash = arguments[0]", &[hash.into()])?;
        visit.browser.find("main h1")?;
        ensure!(visit.count(r#"[data-testid="not-fetched"]"#)? == 0, "{hash} needs the network");
    }
    // The worker makes the demo company.
    routes::open_demo(&visit.browser).context("the background worker needs the network")?;
    visit.browser.goto(&format!("{page}rescue.html"))?;
    visit.browser.find(RESCUE).context("the rescue page needs the network")?;
    leave(visit)
}

/// A newer release waits until it is wanted; then it runs, and everything is as it was.
pub(super) fn newer_release(visit: &Visit) -> Result<()> {
    let folder = parts::release(visit)?;
    let server = StaticServer::start(folder.clone())?;
    visit.browser.goto(&server.page())?;
    visit.browser.find(routes::READY)?;
    visit.until("the files to be kept", KEPT, &[])?;
    routes::open_demo(&visit.browser)?;
    visit.browser.reload()?;
    visit.browser.find(routes::SAVED)?;
    let before = visit.stored()?;
    ensure!(visit.count(NEWER)? == 0, "a newer release is spoken of where there is none");

    // The same files under another name of the release.
    let worker = folder.join("service-worker.js");
    let text = fs::read_to_string(&worker)?;
    let (_, release) = text.split_once("const RELEASE = \"").context("the service worker names no release")?;
    let release = release.get(..16).context("the release has no name")?;
    fs::write(&worker, text.replace(release, "ffffffffffffffff"))?;
    // The files are looked after a moment behind the first page.
    visit.browser.reload()?;
    visit.browser.find(NEWER).context("a newer release is not spoken of")?;
    visit.check_accessibility("a newer release")?;
    visit.browser.click(r#"[data-testid="new-release-reload"]"#)?;
    let runs = "return caches.keys().then(names => names.length === 1 && names[0].endsWith('ffffffffffffffff'))";
    visit.until("the newer release to run", runs, &[])?;
    visit.browser.find(routes::SAVED)?;
    ensure!(visit.count(NEWER)? == 0, "the newer release runs and is still spoken of");
    ensure!(visit.stored()? == before, "the change of the release has changed what is stored");
    check_requests(visit, server.origin())?;
    leave(visit)
}

/// Each path of a host has its own release, and neither clears away the other's.
pub(super) fn two_paths(visit: &Visit) -> Result<()> {
    let folder = parts::release(visit)?;
    parts::copy_all(&folder.join("other"))?;
    let server = StaticServer::start(folder)?;
    let pages = [server.page(), format!("{}other/", server.page())];
    for page in &pages {
        visit.browser.goto(page)?;
        visit.browser.find(routes::READY)?;
        visit.until("the files to be kept", KEPT, &[])?;
    }
    only_own_files(visit)?;
    drop(server);
    for page in &pages {
        visit.browser.goto(page)?;
        visit.browser.find(&format!("{} main h1", routes::READY)).with_context(|| format!("{page} does not open"))?;
    }
    leave(visit)
}

/// The one file does all that the page does, and asks for nothing.
pub(super) fn single_file(visit: &Visit) -> Result<()> {
    let file = project::dist().join("loudou.html");
    ensure!(file.is_file(), "there is no {}", file.display());
    let page = format!("file://{}", file.display());
    visit.browser.goto(&page)?;
    visit.browser.find(routes::READY)?;
    // The worker makes the demo company.
    routes::open_demo(&visit.browser)?;
    let before = visit.stored()?;
    for hash in ["#/board", "#/analysis", "#/data", "#/settings"] {
        visit.browser.script("location.hash = arguments[0]", &[hash.into()])?;
        visit.browser.find("main h1")?;
    }
    visit.browser.goto("about:blank")?;
    visit.browser.goto(&page)?;
    visit.browser.find(routes::SAVED).context("the file does not open what it stored")?;
    ensure!(visit.stored()? == before, "what was stored has changed");
    visit.browser.goto(&format!("{page}#rescue"))?;
    visit.browser.find(RESCUE).context("the file has no rescue page")?;
    visit.check_accessibility("the rescue page of the single file")?;
    visit.browser.click(r#"[data-testid="rescue-leave"]"#)?;
    visit.browser.find(routes::SAVED).context("there is no way back from the rescue page")?;
    let own = |address: &String| {
        let inside = ["blob:", "data:", "about:"].iter().any(|start| address.starts_with(start));
        inside || address.split('#').next() == Some(&page)
    };
    let foreign: Vec<_> = visit.browser.requests()?.into_iter().filter(|address| !own(address)).collect();
    ensure!(foreign.is_empty(), "the file asked for {}", foreign.join(", "));
    visit.browser.goto(&visit.page)
}

/// What is kept are files of the page: no document, nothing of another host.
fn only_own_files(visit: &Visit) -> Result<()> {
    let kept = visit.browser.script(
        "return (async () => { const folder = new URL('./', location.href.split(/[?#]/)[0]).href;
        const addresses = [];
        for (const name of await caches.keys())
            for (const request of await (await caches.open(name)).keys()) addresses.push(request.url);
        return addresses.filter(address => !address.startsWith(new URL('..', folder).href) || address.endsWith('.json'))
            .concat(addresses.length > 10 ? [] : [`too few: ${addresses.length}`]) })()",
        &[],
    )?;
    ensure!(kept == serde_json::json!([]), "the service worker keeps {kept}");
    Ok(())
}

/// Back to the host of all journeys. That the other one is gone stands on the console, and is no fault of the page.
fn leave(visit: &Visit) -> Result<()> {
    let console = visit.browser.console()?;
    let fault = |line: &&String| line.starts_with("SEVERE") && !line.contains("net::ERR_");
    let faults: Vec<_> = console.iter().filter(fault).collect();
    ensure!(faults.is_empty(), "the console has errors: {faults:?}");
    visit.browser.goto(&visit.page)?;
    // Requests to the host that is gone were judged above.
    visit.browser.requests().map(drop)
}
