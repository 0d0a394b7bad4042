//! Luck beside the odds: trying once and many times, what the draws came to, and how likely it was.

use std::{ops::RangeInclusive, time::Duration};

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string},
    training::sums::{Drawn, Sums, bars},
    ui::{
        charts::{
            chart_frame::Look,
            lines::{Column, Line, Lines, Rule, Stroke},
        },
        components::{
            button::{Button, Variant},
            tag::Tone,
        },
        format::Format,
        wording::I18n,
    },
};

/// How high a bar is, of what was drawn or of the odds.
type Height = fn(&(Drawn, Sums), RangeInclusive<u32>) -> Option<f64>;

/// The most ranges of a picture.
const BARS: u32 = 30;
/// From one step of a fast-forward to the next.
const STEP: Duration = Duration::from_millis(90);

/// Draws more and more often, doubling from step to step until `to`: the page shows how luck wears off. At once for those who ask for
/// less motion.
fn fast_forward(draws: RwSignal<u32>, to: u32) {
    let still = window().match_media("(prefers-reduced-motion: reduce)").ok().flatten();
    if still.is_some_and(|query| query.matches()) {
        draws.set(to);
    } else {
        step(draws, 1, to);
    }
}

fn step(draws: RwSignal<u32>, now: u32, to: u32) {
    // The page may be gone meanwhile.
    if draws.try_set(now).is_none() && now < to {
        set_timeout(move || step(draws, now.saturating_mul(2).min(to), to), STEP);
    }
}

/// The buttons that try once more, and many times.
#[component]
pub(super) fn Tries(
    i18n: I18n,
    /// The picture of one try.
    icon: icondata_core::Icon,
    /// The words of one try.
    words: fn(I18n) -> &'static str,
    /// How often was tried.
    tries: RwSignal<u64>,
    /// How many draws the fast-forward has made.
    draws: RwSignal<u32>,
    /// How many it makes in the end.
    all: u32,
) -> impl IntoView {
    view! {
        <div class="row">
            <Button variant=Variant::Primary icon on_click=move |_| tries.update(|tries| *tries += 1)>{move || words(i18n)}</Button>
            <Button icon=icondata_lu::LuFastForward on_click=move |_| fast_forward(draws, all)>
                {t!(i18n, learn.games.fast_forward)}
            </Button>
        </div>
    }
    .into_any()
}

/// How many draws were made, which share of them reached a target, and which share the odds promise, in words.
pub(super) fn often(format: Format, drawn: &Drawn, target: u32, odds: f64) -> [String; 3] {
    [format.count(drawn.draws() as usize), format.percent(drawn.at_least(target), 1), format.percent(odds, 1)]
}

/// The sums that came, as shares of all draws, beside their exact chances, with the target as a line.
#[component]
pub(super) fn Luck(
    i18n: I18n,
    format: Format,
    /// What was drawn and all there may be; nothing is shown without.
    #[prop(into)]
    found: Signal<Option<(Drawn, Sums)>>,
    /// What is to be reached.
    #[prop(into)]
    target: Signal<u32>,
    /// A sum in words.
    #[prop(into)]
    word: Callback<u32, String>,
) -> impl IntoView {
    let ranges = Memo::new(move |_| {
        found.with(|found| found.as_ref().map(|(_, sums)| bars(sums.most(), BARS)).unwrap_or_default())
    });
    let columns = Signal::derive(move || {
        ranges.with(|ranges| {
            let every = ranges.len().div_ceil(8).max(1);
            let column = |(place, range): (usize, &RangeInclusive<u32>)| {
                let (from, to) = (*range.start(), *range.end());
                let name = if from == to { word.run(from) } else { [&word.run(from), "–", &word.run(to)].concat() };
                let axis = if place.is_multiple_of(every) { word.run(from) } else { String::new() };
                Column { at: f64::from(from), name, word: axis }
            };
            ranges.iter().enumerate().map(column).collect::<Vec<_>>()
        })
    });
    let lines = Signal::derive(move || {
        let values = |of: Height| {
            found.with(|found| {
                let of_range = |range: &RangeInclusive<u32>| of(found.as_ref()?, range.clone());
                ranges.with(|ranges| ranges.iter().map(of_range).collect::<Vec<_>>())
            })
        };
        vec![
            Line {
                name: t_string!(i18n, learn.games.drawn).to_owned(),
                look: Look::Tone(Tone::Accent),
                stroke: Stroke::Area,
                values: values(|(drawn, _), range| drawn.within(range)),
                ranges: Vec::new(),
            },
            Line {
                name: t_string!(i18n, learn.games.odds).to_owned(),
                look: Look::Tone(Tone::Neutral),
                stroke: Stroke::Points,
                values: values(|(_, sums), range| Some(sums.within(range))),
                ranges: Vec::new(),
            },
        ]
    });
    let rules = Signal::derive(move || {
        let at = f64::from(target.get());
        vec![Rule { at, name: t_string!(i18n, learn.games.target).to_owned(), upright: true }]
    });
    view! {
        <Show when=move || found.with(Option::is_some)>
            <Lines
                label=Signal::derive(move || t_string!(i18n, learn.games.luck).to_owned())
                column_name=Signal::derive(move || t_string!(i18n, learn.games.result).to_owned())
                columns
                lines
                rules
                format=Callback::new(move |share: f64| format.percent(share, 1))
                height=200.0
            />
        </Show>
    }
    .into_any()
}
