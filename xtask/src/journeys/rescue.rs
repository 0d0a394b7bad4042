//! The rescue page: what is stored goes out as it is, and comes back as it was, whether the page itself can read it or not.

use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{Visit, visit::settings};

const PAGE: &str = r#"[data-testid="rescue"]"#;
const SAID: &str = r#"[data-testid="rescue-said"]"#;

/// Everything that is stored under our keys, in signs that every driver passes on.
const STORED: &str =
    "return Object.fromEntries(Object.keys(localStorage).filter(key => key.startsWith('loudou')).sort()
    .map(key => [key, JSON.stringify(localStorage.getItem(key))]))";

/// A head of a newer version, garbage in a piece, a lone surrogate: none of it opens, all of it is handed out, deleted, and put back.
pub(super) fn there_and_back(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    let damage = "const keys = Object.keys(localStorage).filter(key => key.startsWith('loudou/w/'));
        const head = keys.find(key => /^loudou.w.[^/]+.head$/.test(key));
        localStorage.setItem(head, localStorage.getItem(head).replace(/^loudou.[0-9]+ /, 'loudou/9 '));
        localStorage.setItem(keys.find(key => key.endsWith('/0')), 'garbage \\ud800 漏斗 \\u0000');
        return keys.length";
    // From the rescue page, so that the page itself writes nothing meanwhile.
    open(visit)?;
    ensure!(visit.browser.script(damage, &[])?.as_u64() > Some(5), "too little is stored");
    open(visit)?;
    let before = visit.browser.script(STORED, &[])?;
    visit.check_accessibility("the rescue page")?;
    ensure!(visit.count(r#"[data-testid="rescue-workspace"]"#)? == 1, "the workspace is not listed");

    let folder = visit.folder.join("downloads");
    let file = visit.browser.download(r#"[data-testid="rescue-download"]"#, &folder)?;
    let text = fs::read_to_string(&file)?;
    let saved: Value = serde_json::from_str(&text.replace("\\ud800", "\\ufffd"))?;
    let entries = saved["entries"].as_object().context("the file has no entries")?;
    ensure!(entries.len() == before.as_object().map_or(0, serde_json::Map::len), "the file lacks keys");
    ensure!(text.contains("\\ud800"), "the file does not hold what no text may hold");

    // Asked twice, and the file is offered first.
    visit.browser.click(r#"[data-testid="rescue-clear"]"#)?;
    visit.browser.find(r#"dialog[open] [data-testid="rescue-clear-download"]"#)?;
    visit.check_accessibility("the question before all is deleted")?;
    visit.browser.click(r#"dialog[open] [data-testid="rescue-clear-go-on"]"#)?;
    visit.browser.click(r#"dialog[open] [data-testid="rescue-clear-now"]"#)?;
    let gone = "return !Object.keys(localStorage).some(key => key.startsWith('loudou'))";
    visit.until("all to be deleted", gone, &[])?;
    visit.until(
        "the page to say so",
        "return Boolean(document.querySelector(arguments[0])?.innerText)",
        &[SAID.into()],
    )?;

    put_back(visit, &file)?;
    let after = visit.browser.script(STORED, &[])?;
    for (key, text) in before.as_object().context("nothing was stored")? {
        ensure!(after.get(key) == Some(text), "{key} was put back as {:?} and was {text}", after.get(key));
    }
    ensure!(after == before, "more was put back than there was");
    // Once more: everything is here already.
    put_back(visit, &file)?;
    ensure!(visit.browser.script(STORED, &[])? == before, "putting back twice changed something");

    // A file of something else changes nothing.
    let other = visit.folder.join("no-rescue.json");
    fs::write(&other, r#"{"format":"loudou","version":1}"#)?;
    visit.give("rescue-file", &other)?;
    visit.browser.find(&format!("{SAID}[data-bad]")).context("a foreign file is not refused")?;
    ensure!(visit.browser.script(STORED, &[])? == before, "a foreign file changed something");
    Ok(())
}

/// In Chinese it is Chinese.
pub(super) fn in_chinese(visit: &Visit) -> Result<()> {
    visit.settle(&settings("zh", "dark"))?;
    visit.open_demo()?;
    visit.open("#/data")?;
    visit.browser.click(r#"[data-testid="rescue-link"]"#)?;
    visit.browser.find(PAGE)?;
    let text = visit.browser.text(PAGE)?;
    for words in ["救援", "下载全部", "放回救援文件", "删除全部"] {
        ensure!(text.contains(words), "the page does not say {words}");
    }
    visit.check_accessibility("the rescue page in Chinese")?;
    visit.browser.click(r#"[data-testid="rescue-leave"]"#)?;
    visit.saved()
}

fn open(visit: &Visit) -> Result<()> {
    visit.browser.goto(&format!("{}rescue.html", visit.page))?;
    visit.browser.find(PAGE).map(drop).context("the rescue page does not open")
}

fn put_back(visit: &Visit, file: &std::path::Path) -> Result<()> {
    visit.give("rescue-file", file)?;
    visit.browser.find(r#"dialog[open] [data-testid="rescue-put-what"]"#).context("nothing is asked")?;
    visit.check_accessibility("the question before a file is put back")?;
    // The page is drawn anew when it is done; until then it shows what was said before.
    visit.browser.script("document.querySelector('main').dataset.before = ''", &[])?;
    visit.browser.click(r#"dialog[open] [data-testid="rescue-put-now"]"#)?;
    let done = "return !document.querySelector('dialog[open], main[data-before]')
        && Boolean(document.querySelector(arguments[0])?.innerText)";
    visit.until("the file to be put back", done, &[SAID.into()])?;
    ensure!(visit.count(&format!("{SAID}[data-bad]"))? == 0, "the file was not put back whole");
    Ok(())
}
