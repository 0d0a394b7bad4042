//! What is done in the page, as a visitor does it.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::{browser::Browser, routes};

/// A deal's amount and title, as far as they are looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Deal {
    pub(super) amount: Option<String>,
    pub(super) title: String,
}

/// Functions of every script. Waiting goes by messages: timers of a page in the background are slowed down.
pub(super) const WORDS: &str = "
    const turn = () => new Promise(done => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => { port1.close(); done(); };
        port2.postMessage(0);
    });
    const until = async question => {
        for (const end = performance.now() + 20000; performance.now() < end;) {
            const answer = question();
            if (answer) return answer;
            await turn();
        }
        throw new Error('waited in vain for ' + question);
    };
    const saved = async () => {
        // What is shown follows a change a turn later.
        await turn(); await turn();
        await until(() => document.querySelector('[data-testid=saving][data-state=saved]'));
    };
    const opened = async deal => {
        const hash = '#/deal/' + deal;
        if (!location.hash.startsWith(hash)) {
            document.querySelector('[data-testid=deal-amount]')?.setAttribute('data-old', '');
            location.hash = hash;
        }
        return await until(() => document.querySelector('[data-testid=deal-amount]:not([data-old]) input'));
    };
    const edit = async (deal, what, value) => {
        const amount = await opened(deal);
        const field = what === 'amount' ? amount : amount.closest('section').querySelector('input');
        field.focus();
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, value);
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        field.dispatchEvent(new Event('change', { bubbles: true }));
        field.blur();
    };
    const undo = () => {
        document.activeElement?.blur();
        window.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true }));
    };
";

/// Waits until the page stands with its data.
pub(super) fn ready(browser: &Browser) -> Result<()> {
    browser.find(&format!("{} main h1", routes::READY)).map(drop)
}

/// The document of the open workspace as the page exports it.
pub(super) fn document(browser: &Browser) -> Result<Value> {
    let script = [
        WORDS,
        "location.hash = '#/data';
        const button = await until(() => document.querySelector('[data-testid=export-json]:not([disabled])'));
        const lost = document.querySelector('[data-testid=losses]')?.innerText?.trim();
        if (lost) throw new Error('not all could be read: ' + lost);
        const make = URL.createObjectURL, click = HTMLAnchorElement.prototype.click;
        const text = new Promise(done => {
            URL.createObjectURL = blob => { blob.text().then(done); return make.call(URL, blob); };
            HTMLAnchorElement.prototype.click = () => {};
        });
        button.dispatchEvent(new MouseEvent('click', { bubbles: true }));
        const document_ = await text;
        URL.createObjectURL = make;
        HTMLAnchorElement.prototype.click = click;
        return document_;",
    ];
    let text = browser.script(&wrapped(&script.concat()), &[])?;
    serde_json::from_str(text.as_str().context("nothing was exported")?).context("the export is no JSON")
}

/// A script that may wait.
pub(super) fn wrapped(script: &str) -> String {
    format!("return (async (...given) => {{ {script} }})(...arguments)")
}

/// The deals of a document, by id.
pub(super) fn deals(document: &Value) -> Result<BTreeMap<String, Deal>> {
    let deals = document.pointer("/workspace/deals").and_then(Value::as_array).context("the export has no deals")?;
    let read = |deal: &Value| {
        let id = deal["id"].as_str().context("a deal without id")?.to_owned();
        let history = deal["history"].as_array().context("a deal without history")?;
        let amount = history.iter().rev().find_map(|event| match event["event"].as_str()? {
            "amountChanged" => Some(event["to"].as_str().map(str::to_owned)),
            "created" => Some(event["amount"].as_str().map(str::to_owned)),
            _ => None,
        });
        Ok((id, Deal { amount: amount.flatten(), title: deal["title"].as_str().unwrap_or_default().to_owned() }))
    };
    let deals: BTreeMap<_, _> = deals.iter().map(read).collect::<Result<_>>()?;
    ensure!(!deals.is_empty(), "the export has no deals");
    Ok(deals)
}

/// Deals that are open: those with a card on the board.
pub(super) fn open_deals(browser: &Browser) -> Result<Vec<String>> {
    let script = [
        WORDS,
        "location.hash = '#/board';
        await until(() => document.querySelector('[data-testid=deal-card]'));
        await turn();
        return [...document.querySelectorAll('[data-testid=deal-card]')].map(card => card.dataset.deal);",
    ];
    let found = browser.script(&wrapped(&script.concat()), &[])?;
    let ids: Vec<_> = found.as_array().into_iter().flatten().filter_map(|id| id.as_str().map(str::to_owned)).collect();
    ensure!(ids.len() >= 10, "only {} cards on the board", ids.len());
    Ok(ids)
}
