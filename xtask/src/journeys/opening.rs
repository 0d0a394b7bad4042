//! Large documents: read in the background worker and kept a piece at a time; what a kill leaves of one goes at the next start.

use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{Visit, visit::settings};
use crate::sample;

const OPENED: &str = r#"[data-testid="document-opened"]"#;
const FAILED: &str = r#"[data-testid="document-error"]"#;

/// Notes what is said while a document opens, and whether the page still hears a timer meanwhile.
const WATCH: &str = "
    window.opening = { said: [], turns: 0 };
    window.turning = setInterval(() => { window.opening.turns += 1; }, 20);
    new MutationObserver(() => {
        const said = document.querySelector('[data-testid=document-opening]')?.innerText;
        if (said && window.opening.said.at(-1) !== said) window.opening.said.push(said);
    }).observe(document.body, { childList: true, subtree: true, characterData: true });";

/// A document that is too long to be read at once opens whole, in both languages, and the page is there meanwhile.
pub(super) fn large_document(visit: &Visit) -> Result<()> {
    let folder = &visit.folder;
    let file = folder.join("large.json");
    fs::write(&file, sample::company::document(3_000, 1_000))?;
    let broken = folder.join("large-broken.json");
    let text = fs::read_to_string(&file)?;
    fs::write(&broken, text.get(..text.len() - 10).unwrap_or_default())?;
    for (language, words) in [("zh", ["正在读取", "large.json"]), ("en", ["Reading", "large.json"])] {
        visit.settle(&settings(language, "light"))?;
        if language == "zh" {
            visit.open_demo()?;
        }
        visit.open("#/data")?;
        visit.browser.script(WATCH, &[])?;
        visit.give("open-document", &file)?;
        visit.browser.find(OPENED).context("the large document does not open")?;
        visit.saved()?;
        let seen = visit.browser.script("clearInterval(window.turning); return window.opening", &[])?;
        let said = seen["said"].as_array().cloned().unwrap_or_default();
        let first = said.first().and_then(Value::as_str).unwrap_or_default();
        ensure!(words.iter().all(|word| first.contains(word)), "while it is read the page says {first:?}");
        ensure!(seen["turns"].as_u64() > Some(2), "the page heard nothing while it was read and kept");
    }
    let (_, document) = visit.export()?;
    let count = |document: &Value| document["workspace"]["deals"].as_array().map_or(0, Vec::len);
    ensure!(count(&document) == 3_000, "{} deals came", count(&document));
    visit.reload()?;
    let (_, again) = visit.export()?;
    ensure!(again == document, "another document was kept than was shown");
    // Why one does not open is said as ever.
    visit.open("#/data")?;
    let stored = visit.stored()?;
    visit.give("open-document", &broken)?;
    visit.browser.find(FAILED).context("nothing says why the document does not open")?;
    ensure!(visit.stored()? == stored, "a document that does not open has changed what is stored");
    Ok(())
}

/// Pieces of a workspace that was never finished are gone after the next start; what is kept stays.
pub(super) fn leftovers(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    visit.saved()?;
    let stored = visit.stored()?;
    let leave = "const root = 'loudou/w/01ARZ3NDEKTSV4RRFFQ69G5FAV/g/1.killed/';
        for (const piece of [0, 1, 2]) localStorage.setItem(root + piece, 'x'.repeat(100))";
    visit.browser.script(leave, &[])?;
    ensure!(visit.stored()? != stored, "nothing was left behind");
    visit.reload()?;
    let left = "return Object.keys(localStorage).every(key => !key.includes('1.killed'))";
    visit.until("the leftovers to go", left, &[])?;
    ensure!(visit.stored()? == stored, "more has gone than what was left behind");
    Ok(())
}
