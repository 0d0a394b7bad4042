//! What a person does in a table or a search, each thing timed from the event until the frame that shows what came of it is painted.

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Stage, Timed};
use crate::{
    browser::{self, until},
    routes,
};

/// What the scripts share. `act` does one thing once the page is at rest, and notes how long the page took; `click`, `put` and `press` are
/// what a person's hand would do. A frame is painted before the message that its callback sends arrives.
const HAND: &str = "
    const times = [], css = arguments;
    const all = (css, within = document) => [...within.querySelectorAll(css)];
    const one = (css, within = document) => within.querySelector(css) ?? (() => { throw new Error(`no ${css}`); })();
    const pause = time => new Promise(done => setTimeout(done, time));
    const painted = () => new Promise(done => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = done;
        port2.postMessage(null);
    }));
    const rest = async () => { await pause(40); await new Promise(done => requestIdleCallback(done, { timeout: 2000 })); };
    const act = async (what, work) => {
        await rest();
        const start = performance.now();
        work();
        await painted();
        times.push([what, performance.now() - start]);
    };
    const put = (field, value, ...events) => {
        field.value = value;
        for (const event of events) field.dispatchEvent(new Event(event, { bubbles: true }));
    };
    const press = (field, key) => field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    const there = async (css, within = document) => {
        const end = performance.now() + 20000;
        while (within.querySelector(css) === null && performance.now() < end) await pause(20);
        return one(css, within);
    };";

/// The measure of a key.
const KEY: &str = "bench:key";

/// From the next input of a person until what comes of it is painted.
const WATCH_KEY: &str = "
    const [name] = arguments;
    document.addEventListener('input', event => {
        const start = event.timeStamp;
        requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => performance.measure(name, { start });
            port2.postMessage(null);
        });
    }, { capture: true, once: true });";

const PALETTE: &str = r#"[data-testid="palette-field"]"#;

/// Goes to a page by its hash, unless it is there.
pub(super) fn turn_to(stage: &Stage, hash: &str) -> Result<()> {
    let script = "if (!window.benchPage || window.benchPage !== arguments[0]) {
            document.querySelector('dialog[open]')?.close();
            location.hash = arguments[0];
            window.benchPage = arguments[0];
        }";
    stage.browser.script(script, &[hash.into()])?;
    stage.browser.find(&format!("{} main h1", routes::READY)).map(drop)
}

/// Plays a script on a page; it is given `arguments` as `css` and does what it does by `act`.
pub(super) fn play(stage: &Stage, hash: &str, script: &str, arguments: &[&str]) -> Result<Vec<Timed>> {
    turn_to(stage, hash)?;
    let script = format!("{HAND} return (async () => {{ {script}; return times; }})()");
    let arguments: Vec<Value> = arguments.iter().map(|argument| (*argument).into()).collect();
    let times = stage.browser.script(&script, &arguments)?;
    let read = |pair: &Value| Some((pair.get(0)?.as_str()?.to_owned(), pair.get(1)?.as_f64()?));
    times.as_array().context("the script gave no times")?.iter().map(|p| read(p).context("no time")).collect()
}

/// Types the next letter of `word` into a field of a page, by the keyboard.
pub(super) fn type_in(stage: &Stage, hash: &str, field: &str, word: &str) -> Result<Vec<Timed>> {
    turn_to(stage, hash)?;
    stage.browser.find(field)?;
    let written = stage.browser.script("return document.querySelector(arguments[0]).value", &[field.into()])?;
    let written = written.as_str().unwrap_or_default();
    let letter = word.strip_prefix(written).and_then(|rest| rest.chars().next());
    let letter = letter.with_context(|| format!("{written:?} is no beginning of {word:?}"))?;
    let time = stage.timed(KEY, || {
        stage.browser.script(WATCH_KEY, &[KEY.into()])?;
        stage.browser.type_into(field, &letter.to_string())
    });
    Ok(vec![(String::new(), time?)])
}

/// Types the next letter of `word` into the search everywhere.
pub(super) fn type_in_palette(stage: &Stage, word: &str) -> Result<Vec<Timed>> {
    turn_to(stage, "#/board")?;
    let begun = "const field = document.querySelector(arguments[0]);
        if (field !== null && !arguments[1].startsWith(field.value)) field.closest('dialog').close();
        return document.querySelector('dialog[open] ' + arguments[0]) !== null";
    if stage.browser.script(begun, &[PALETTE.into(), word.into()])? != true {
        until("the palette to close", || Ok(stage.browser.all(PALETTE)?.is_empty().then_some(())))?;
        stage.browser.press(&[browser::key::CONTROL, 'k'])?;
    }
    type_in(stage, "#/board", PALETTE, word)
}

/// Sorts the table of a page by each of its columns.
pub(super) fn sort(stage: &Stage, hash: &str) -> Result<Vec<Timed>> {
    const SORT: &str = "
        const headings = () => all('main [role=columnheader] button');
        await there('main [role=columnheader] button');
        for (let place = 0; place < headings().length; place += 1) {
            await act(headings()[place].textContent.trim(), () => headings()[place].click());
        }";
    play(stage, hash, SORT, &[])
}

/// Ticks the first choice of each filter of a page and takes the tick away again, or writes into its first field and empties it.
pub(super) fn filter(stage: &Stage, hash: &str) -> Result<Vec<Timed>> {
    const FILTER: &str = "
        await there('main .chip[popovertarget]');
        const shown = chip => chip.closest('.listing__chips, .filter-bar, .board__filters');
        const chips = all('main .chip[popovertarget]').filter(shown);
        if (chips.length === 0) throw new Error('no filters');
        for (const chip of chips) {
            const name = one('.chip__name', chip).textContent.trim(), panel = document.getElementById(chip.getAttribute('popovertarget'));
            panel.showPopover();
            await there('input', panel);
            const box = panel.querySelector('input[type=checkbox]'), field = panel.querySelector('input:not([type=checkbox])');
            if (box !== null) {
                await act(name, () => box.click());
                await act(name, () => box.click());
            } else {
                const text = field.type === 'date' ? '2026-02-01' : field.type === 'search' ? 'a' : '7';
                await act(name, () => put(field, text, 'input'));
                await act(name, () => put(field, '', 'input'));
            }
            panel.hidePopover();
        }";
    play(stage, hash, FILTER, &[])
}

/// Chooses another value in each list above a table, and then the former one again.
pub(super) fn choose(stage: &Stage, hash: &str, list: &str) -> Result<Vec<Timed>> {
    const CHOOSE: &str = "
        await there(css[0]);
        for (const list of all(css[0])) {
            const before = list.value, other = [...list.options].find(option => option.value !== before && option.value !== '');
            if (!other) continue;
            const name = list.closest('label, .field')?.querySelector('.field__label')?.textContent.trim() ?? list.ariaLabel ?? '';
            await act(name, () => put(list, other.value, 'input', 'change'));
            await act(name, () => put(list, before, 'input', 'change'));
        }";
    play(stage, hash, CHOOSE, &[list])
}
