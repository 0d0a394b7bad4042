//! What is counted over a whole company: the draws of a forecast, and the funnel after an edit in a company larger than any.

use anyhow::{Context, Result};

use super::{Scenario, Stage, Timed, acts::play, flow};
use crate::browser::until;

/// With 20,000 deals, after they were brought in.
pub(super) const DRAWN: Scenario = Scenario {
    title: "forecast: 10,000 draws in the worker",
    limit: 2_000.0,
    rounds: 3,
    brings_data: false,
    act: draw,
};
pub(super) const HELD_UP: Scenario = Scenario {
    title: "forecast: held up while drawing",
    limit: 50.0,
    rounds: 3,
    brings_data: false,
    act: held_up_by_draws,
};

/// With 100,000 deals.
pub(super) const HUGE: [Scenario; 2] = [
    Scenario { title: "import end to end", limit: 30_000.0, rounds: 1, brings_data: true, act: flow::import },
    Scenario { title: "funnel: undone and done again", limit: 50.0, rounds: 5, brings_data: false, act: undo_and_redo },
];

/// Opens the forecast and watches it until the draws are there: the time in all, and the longest time in which the page did not hear.
fn watch_draws(stage: &Stage) -> Result<[f64; 2]> {
    const WATCH: &str = "
        location.hash = '#/board';
        await rest();
        const begun = performance.now();
        let longest = 0, before = begun;
        location.hash = css[0];
        const there = () => /[0-9]/.test(document.querySelector('[data-testid=forecast-answers] .stat__figure')?.innerText ?? '');
        // The page itself comes first: it is held up once by its making, which is no draw.
        while (document.querySelector('[data-testid=forecast-answers]') === null && before < begun + 30000) {
            await pause(0);
            before = performance.now();
        }
        while (!there() && before < begun + 30000) {
            await pause(0);
            const now = performance.now();
            longest = Math.max(longest, now - before);
            before = now;
        }
        if (!there()) throw new Error('nothing was drawn');
        times.push(['all', before - begun], ['longest', longest]);";
    let times = play(stage, "#/board", WATCH, &["#/forecast?months=12"])?;
    let of = |what: &str| times.iter().find(|(name, _)| name == what).map(|(_, time)| *time).context("no time");
    Ok([of("all")?, of("longest")?])
}

fn draw(stage: &Stage) -> Result<Vec<Timed>> {
    Ok(vec![(String::new(), watch_draws(stage)?[0])])
}

fn held_up_by_draws(stage: &Stage) -> Result<Vec<Timed>> {
    Ok(vec![(String::new(), watch_draws(stage)?[1])])
}

/// On the funnel page takes the last change back and makes it again, by the keyboard.
fn undo_and_redo(stage: &Stage) -> Result<Vec<Timed>> {
    const KEYS: &str = "
        const key = letter => document.body.dispatchEvent(
            new KeyboardEvent('keydown', { key: letter, ctrlKey: true, bubbles: true, cancelable: true }));
        await there('.funnel-picture');
        await act('undone', () => key('z'));
        await act('done again', () => key('y'));";
    if !stage.browser.script("return location.hash.startsWith('#/funnel')", &[])?.as_bool().unwrap_or_default() {
        stage.browser.script("location.hash = '#/board'", &[])?;
        flow::drag_a_card(stage)?;
        stage.browser.script("location.hash = window.benchPage = '#/funnel'", &[])?;
        until("the funnel", || Ok(stage.browser.all(".funnel-picture")?.pop()))?;
    }
    play(stage, "#/funnel", KEYS, &[])
}
