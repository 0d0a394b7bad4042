//! The column of a chart that is read out, moved by keyboard.

use leptos::{ev, prelude::*};

/// Moves the read-out of a chart with `count` columns: arrows, Home and End choose a column, Escape none, Enter opens the one read.
pub fn take_key(
    event: &ev::KeyboardEvent,
    read: RwSignal<Option<usize>>,
    count: usize,
    on_pick: Option<Callback<usize>>,
) {
    let Some(last) = count.checked_sub(1) else { return };
    let next = match (event.key().as_str(), read.get_untracked()) {
        ("ArrowLeft", Some(here)) => here.saturating_sub(1),
        ("ArrowRight", Some(here)) => (here + 1).min(last),
        ("ArrowRight" | "Home", _) => 0,
        ("ArrowLeft" | "End", _) => last,
        ("Enter", Some(here)) => return pick(on_pick, here),
        ("Escape", Some(_)) => return read.set(None),
        _ => return,
    };
    event.prevent_default();
    read.set(Some(next));
}

/// Opens a column, if the chart opens any.
pub fn pick(on_pick: Option<Callback<usize>>, column: usize) {
    if let Some(on_pick) = on_pick {
        on_pick.run(column);
    }
}
