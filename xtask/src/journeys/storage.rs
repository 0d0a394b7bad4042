//! What is stored, damaged or without room.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{Visit, board};

/// Where the data page says what could not be read.
const LOSSES: &str = r#"[data-testid="losses"]"#;

/// Whichever piece is damaged, the rest opens, the page says what is missing and hands out the raw text.
pub(super) fn damaged(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    let whole = visit.stored()?;
    let entries = whole.as_object().context("nothing is stored")?;
    let is_piece = |key: &str| {
        let mut parts = key.rsplit('/');
        parts.next().is_some_and(|last| last.parse::<u32>().is_ok()) && parts.nth(1) == Some("g")
    };
    let pieces: Vec<_> = entries.keys().filter(|key| is_piece(key)).collect();
    ensure!(pieces.len() >= 5, "the demo company is stored in {} pieces", pieces.len());
    for piece in pieces {
        // One letter in the middle becomes another.
        let damage = "for (const key of Object.keys(localStorage)) if (key.startsWith('loudou/w/')) localStorage.removeItem(key);
            for (const [key, text] of Object.entries(arguments[0])) localStorage.setItem(key, text);
            const text = arguments[0][arguments[1]], at = text.length >> 1;
            localStorage.setItem(arguments[1], text.slice(0, at) + (text[at] === 'x' ? 'y' : 'x') + text.slice(at + 1));
            return localStorage.getItem(arguments[1])";
        let raw = visit.browser.script(damage, &[whole.clone(), piece.as_str().into()])?;
        visit.forget_mirror()?;
        open_the_rest(visit, &raw).with_context(|| format!("with {piece} damaged"))?;
    }
    Ok(())
}

/// A damaged piece is put right from the second copy, and what a killed browser forgot is put back.
pub(super) fn kept_twice(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    visit.saved()?;
    visit.open("#/data")?;
    let said = visit.browser.text(r#"[data-testid="kept-places"]"#)?;
    ensure!(said.contains("two places"), "the page does not say that it keeps everything twice but {said:?}");
    let (_, whole) = visit.export()?;
    let harm = [
        (
            "a damaged piece",
            "const key = Object.keys(localStorage).find(key => /^loudou.w.[^/]+.g.[^/]+.3$/.test(key));
            localStorage.setItem(key, localStorage.getItem(key).slice(0, -9) + 'something')",
        ),
        (
            "everything forgotten",
            "for (const key of Object.keys(localStorage)) if (!key.includes('settings')) localStorage.removeItem(key)",
        ),
    ];
    for (what, harm) in harm {
        visit.saved()?;
        visit.browser.script(harm, &[])?;
        visit.open("#/funnel")?;
        visit.reload()?;
        visit.saved()?;
        let (_, found) = visit.export()?;
        ensure!(found == whole, "after {what} the workspace is not what it was");
        ensure!(visit.count(LOSSES)? == 0, "after {what} something is called lost");
    }
    Ok(())
}

fn open_the_rest(visit: &Visit, raw: &Value) -> Result<()> {
    for hash in ["#/board", "#/funnel", "#/deals", "#/settings", "#/data"] {
        visit.open(hash)?;
        visit.reload()?;
        ensure!(visit.count("dialog#crash[open]")? == 0, "{hash} ended the program");
    }
    let said = visit.browser.text(LOSSES).context("the data page does not say what is missing")?;
    ensure!(!said.trim().is_empty(), "the data page says nothing of what is missing");
    let kept = visit.stored()?;
    let kept = kept.as_object().context("nothing is stored")?;
    ensure!(kept.iter().any(|(key, text)| key.contains("/q/") && text == raw), "the raw text is in no quarantine");
    let folder = visit.folder.join("downloads");
    let file = visit.browser.download(r#"[data-testid="losses"] button"#, &folder)?;
    let handed_out = std::fs::read_to_string(&file)?;
    ensure!(raw == handed_out.as_str(), "the text handed out is not the raw one");
    Ok(())
}

/// With no room left the page says so, work goes on and can be exported; with room again everything is saved.
pub(super) fn full(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    visit.open("#/board")?;
    let take_all_room = "let size = 1 << 22, text = '';
        while (size >= 1) {
            try { localStorage.setItem('filler', text + 'x'.repeat(size)); text += 'x'.repeat(size); } catch { size >>= 1; }
        }
        return text.length";
    let filled = visit.browser.script(take_all_room, &[])?;
    ensure!(filled.as_u64().is_some_and(|units| units > 1_000_000), "only {filled} units could be filled");
    let (deal, _, entered) = board::drag_back(visit)?;
    visit
        .browser
        .find(r#"[data-testid="saving"][data-state="failed"]"#)
        .context("the page does not say that it is not saved")?;
    let said = visit.browser.text(r#"[data-testid="saving"]"#)?;
    ensure!(said.contains("full"), "the page does not say that the storage is full but {said:?}");

    // By links, since loading the page anew would leave the change behind.
    visit.browser.click(r##"a.rail__entry[href^="#/data"]"##)?;
    let folder = visit.folder.join("downloads");
    let file = visit.browser.download(r#"[data-testid="export-json"]"#, &folder)?;
    let exported: Value = serde_json::from_str(&std::fs::read_to_string(&file)?)?;
    let deals = exported.pointer("/workspace/deals").and_then(Value::as_array).context("the export has no deals")?;
    ensure!(deals.iter().any(|found| found["id"] == deal.as_str()), "the export lacks the deal that was moved");

    visit.browser.script("localStorage.removeItem('filler')", &[])?;
    visit.browser.click(r##"a.rail__entry[href^="#/board"]"##)?;
    let (other, _, other_entered) = board::drag_back(visit)?;
    visit.saved()?;
    visit.reload()?;
    visit.stands_in(&deal, &entered)?;
    visit.stands_in(&other, &other_entered)
}
