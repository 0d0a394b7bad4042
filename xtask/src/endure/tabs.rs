//! Tabs that edit one workspace at once.

use std::{
    collections::BTreeMap,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::page::{self, WORDS};
use crate::{browser::Browser, project, routes, tools::BrowserTools};

/// At most so many deals are edited: few enough that tabs meet, and enough that no history gets longer than anybody's.
const DEALS: usize = 200;
/// How long a number of edits may take at most, each.
const PATIENCE: Duration = Duration::from_secs(3_600);

/// Makes so many edits in so many tabs at once. Afterwards all tabs and the next one show the same, and every amount that was entered anywhere
/// stands in the history of its deal.
pub(super) fn endure(tools: &BrowserTools, address: &str, tabs: u64, operations: u64, seed: u64) -> Result<()> {
    let profile = project::scratch()?.join("endure-tabs");
    if profile.exists() {
        std::fs::remove_dir_all(&profile)?;
    }
    let browser = Browser::open_in(tools, &profile)?;
    browser.goto(&format!("{address}#/"))?;
    routes::open_demo(&browser)?;
    let deals: Vec<_> = page::deals(&page::document(&browser)?)?.into_keys().take(DEALS).collect();
    let mut windows = vec![browser.window()?];
    for _ in 1..tabs {
        windows.push(browser.open_tab(&format!("{address}#/funnel"))?);
        page::ready(&browser)?;
    }
    // Every amount is entered once only, so that each can be told from all others.
    let script = page::wrapped(
        &[
            WORDS,
            "const [deals, tab, tabs, count, seed] = given;
            let state = seed * 31 + tab + 1;
            const chance = end => { state = (state * 1103515245 + 12345) % 2147483648; return state % end; };
            window.endured = { entered: [], failed: null, done: false };
            (async () => {
                for (let number = 0; number < count; number++) {
                    const deal = deals[chance(deals.length)], amount = 1000 + number * tabs + tab;
                    await edit(deal, 'amount', String(amount));
                    window.endured.entered.push([deal, amount]);
                    if (chance(4) === 0) for (let pause = chance(8); pause > 0; pause--) await turn();
                }
                await saved();
            })().catch(error => { window.endured.failed = String(error); }).finally(() => { window.endured.done = true; });",
        ]
        .concat(),
    );
    for (tab, window) in windows.iter().enumerate() {
        browser.switch_to(window)?;
        browser.script(&script, &[json!(deals), json!(tab), json!(tabs), json!(operations / tabs), json!(seed)])?;
    }
    let mut entered: Vec<(String, u64)> = Vec::new();
    for (tab, window) in windows.iter().enumerate() {
        browser.switch_to(window)?;
        wait(&browser, tab + 1)?;
        let list = browser.script("return window.endured.entered", &[])?;
        let list = list.as_array().context("a tab entered nothing")?;
        entered.extend(list.iter().filter_map(|pair| Some((pair[0].as_str()?.to_owned(), pair[1].as_u64()?))));
    }
    // Within a second of the last edit every tab shows everything.
    thread::sleep(Duration::from_secs(1));
    let mut documents = Vec::new();
    for window in &windows {
        browser.switch_to(window)?;
        documents.push(page::document(&browser)?["workspace"].take());
    }
    browser.reload()?;
    page::ready(&browser)?;
    documents.push(page::document(&browser)?["workspace"].take());
    ensure!(documents.windows(2).all(|pair| pair[0] == pair[1]), "the tabs and the next visit do not show the same");
    let histories = amounts(&documents[0])?;
    let lost: Vec<_> = entered
        .iter()
        .filter(|(deal, amount)| !histories.get(deal).is_some_and(|told| told.contains(&format!("{amount}.00"))))
        .collect();
    ensure!(lost.is_empty(), "{} of {} edits are in no history: {lost:?}", lost.len(), entered.len());
    println!("{} edits in {tabs} tabs: none lost, and all tabs equal", entered.len());
    Ok(())
}

/// Waits until a tab is through with its edits, and says how far it is.
fn wait(browser: &Browser, tab: usize) -> Result<()> {
    let (start, mut told) = (Instant::now(), 0);
    loop {
        let state = browser.script("return [endured.done, endured.failed, endured.entered.length]", &[])?;
        ensure!(state[1].is_null(), "tab {tab} stopped: {}", state[1]);
        let thousands = state[2].as_u64().unwrap_or_default() / 1_000;
        if thousands > told {
            told = thousands;
            println!("tab {tab}: {told},000 edits, {:.0} s", start.elapsed().as_secs_f64());
        }
        if state[0] == true {
            return Ok(());
        }
        ensure!(start.elapsed() < PATIENCE, "tab {tab} did not come to an end");
        thread::sleep(Duration::from_millis(500));
    }
}

/// All amounts that a deal ever had.
fn amounts(workspace: &Value) -> Result<BTreeMap<String, Vec<String>>> {
    let deals = workspace["deals"].as_array().context("the export has no deals")?;
    let told = |deal: &Value| {
        let events = deal["history"].as_array().into_iter().flatten();
        let amounts = events.filter_map(|event| event["to"].as_str().filter(|_| event["event"] == "amountChanged"));
        Some((deal["id"].as_str()?.to_owned(), amounts.map(str::to_owned).collect()))
    };
    Ok(deals.iter().filter_map(told).collect())
}
