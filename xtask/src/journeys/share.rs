//! Workspaces that travel in links, in locked files and beside the page.

use std::fs;

use anyhow::{Context, Result, ensure};

use super::{Visit, check_requests, parts};
use crate::{browser::key, routes, static_server::StaticServer};

const MAKE: &str = r#"[data-testid="share-make"]"#;
const LINK: &str = r#"[data-testid="share-link"]"#;
const PHRASE: &str = r#"[data-testid="share"] input[type="password"]"#;
const SHARED: &str = r#"[data-testid="shared"]"#;
const BAND: &str = r#"[data-testid="visit"]"#;
const FAILED: &str = r#"[data-testid="share-error"]"#;

/// A link is looked at and nothing more; a copy is kept when the visitor wants one. What is cut off is named.
pub(super) fn link_is_looked_at(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    let (_, document) = visit.export()?;
    let before = visit.stored()?;
    visit.open("#/data")?;
    visit.browser.click(MAKE)?;
    let link = made(visit)?;
    visit.check_accessibility("a link that was made")?;

    follow(visit, &link)?;
    visit.browser.find(SHARED).context("the link shows nothing")?;
    visit.browser.find(BAND).context("nothing says that it is only looked at")?;
    visit.check_accessibility("a shared workspace")?;
    visit.open("#/settings")?;
    ensure!(visit.count(BAND)? == 1, "another page does not say that it is only looked at");
    ensure!(visit.stored()? == before, "looking at a link has changed what is stored");
    let (_, looked_at) = visit.export()?;
    let deals = |document: &serde_json::Value| document["workspace"]["deals"].clone();
    ensure!(deals(&looked_at) == deals(&document), "the link shows other deals");

    visit.browser.click(r#"[data-testid="visit-keep"]"#)?;
    visit.saved()?;
    ensure!(visit.count(BAND)? == 0, "the copy is still only looked at");
    visit.reload()?;
    let (_, kept) = visit.export()?;
    ensure!(deals(&kept) == deals(&document), "the copy has other deals");

    let stored = visit.stored()?;
    follow(visit, link.get(..link.len() - 40).unwrap_or_default())?;
    visit.browser.find(FAILED).context("a link that is cut off is not refused")?;
    ensure!(visit.text_if_there(FAILED)?.contains("cut off"), "it is not said that the link is cut off");
    ensure!(visit.stored()? == stored, "a bad link has changed what is stored");
    Ok(())
}

/// A locked link opens with its passphrase only, and so does the file.
pub(super) fn locked(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    visit.open("#/data")?;
    visit.browser.type_into(PHRASE, "correct horse")?;
    visit.browser.click(MAKE)?;
    let link = made(visit)?;
    let folder = visit.folder.join("downloads");
    let file = visit.browser.download(r#"[data-testid="share-file"]"#, &folder)?;
    ensure!(file.extension().is_some_and(|ending| ending == "loudou"), "the file is {}", file.display());
    let contents = fs::read(&file)?;
    ensure!(!contents.windows(6).any(|bytes| bytes == b"loudou"), "the file is not locked");

    follow(visit, &link)?;
    unlock(visit)?;
    visit.browser.click(r#"[data-testid="visit-leave"]"#)?;
    visit.open("#/data")?;
    visit.give("open-document", &file)?;
    unlock(visit)
}

/// The address of the page opens a file beside it, and nothing that lies elsewhere.
pub(super) fn file_beside(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    let (file, _) = visit.export()?;
    let folder = parts::release(visit)?;
    fs::create_dir_all(folder.join("packs"))?;
    fs::copy(file, folder.join("packs/first day.json"))?;
    let server = StaticServer::start(folder.clone())?;
    // From here on another host is the page's own.
    check_requests(visit, &visit.page)?;
    visit.browser.goto(&format!("{}?open=packs/first%20day.json", server.page()))?;
    visit.browser.find(BAND).context("the file beside the page is not shown")?;
    visit.until("the funnel", "return location.hash.startsWith('#/funnel')", &[])?;
    ensure!(visit.stored()? == serde_json::json!({}), "looking at a file has stored something");
    for elsewhere in ["https://example.org/a.json", "//example.org/a.json", "../sub.json", "packs/none.json"] {
        visit.browser.goto(&format!("{}?open={}", server.page(), elsewhere.replace('/', "%2F")))?;
        visit.browser.find(FAILED).with_context(|| format!("{elsewhere} is not refused"))?;
    }
    visit.browser.click(r#"[data-testid="share-go-on"]"#)?;
    visit.browser.find("main h1:not([data-testid=\"share-error\"] *)")?;
    check_requests(visit, server.origin())?;
    // A file that is not there is an error of the network on the console; nothing else may be.
    let console = visit.browser.console()?;
    let bad: Vec<_> = console.iter().filter(|line| line.starts_with("SEVERE") && !line.contains("none.json")).collect();
    ensure!(bad.is_empty(), "the console has errors: {bad:?}");
    visit.browser.goto(&visit.page)
}

fn made(visit: &Visit) -> Result<String> {
    visit.browser.find(LINK).context("no link was made")?;
    let link = visit.browser.script("return document.querySelector(arguments[0]).value", &[LINK.into()])?;
    let link = link.as_str().context("the link has no text")?.to_owned();
    ensure!(link.starts_with(&visit.page) && link.contains("#/shared?d="), "the link is {link:.80}");
    Ok(link)
}

/// Opens a link as somebody who was sent it: in a page that has nothing open.
fn follow(visit: &Visit, link: &str) -> Result<()> {
    visit.browser.goto("about:blank")?;
    visit.browser.goto(link)?;
    visit.browser.find(routes::READY).map(drop)
}

fn unlock(visit: &Visit) -> Result<()> {
    let field = r#"[data-testid="share-unlock"] input"#;
    visit.browser.find(field).context("the passphrase is not asked for")?;
    visit.check_accessibility("a locked workspace")?;
    visit.browser.type_into(field, "wrong")?;
    visit.browser.click(r#"[data-testid="share-open"]"#)?;
    visit.browser.find(".field__note--error").context("a wrong passphrase is not said")?;
    ensure!(visit.count(SHARED)? == 0, "a wrong passphrase opens it");
    let again = "const field = document.querySelector(arguments[0]); field.select(); field.focus()";
    visit.browser.script(again, &[field.into()])?;
    visit.browser.press(&[key::BACKSPACE])?;
    visit.browser.type_into(field, "correct horse")?;
    visit.browser.press(&[key::ENTER])?;
    visit.browser.find(SHARED).context("the passphrase does not open it")?;
    visit.browser.find(BAND).map(drop)
}
