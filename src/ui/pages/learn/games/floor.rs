//! The floor of the fair: a dot for every employer, coloured by how far it came; and many fairs, fast-forward.

use leptos::prelude::*;

use super::{
    fair::Stand,
    luck::{Luck, Tries, often},
};
use crate::{
    i18n::{t, t_string},
    training::job_fair::Fair,
};

/// How many fairs fast-forward holds.
const DRAWS: u32 = 512;
/// Dots in a row.
const WIDE: u32 = 50;
/// More dots than can be told apart.
const MOST: u32 = 2_000;

/// The picture of one fair, and what many came to.
#[component]
pub(super) fn Floor(stand: Stand, wanted: u32) -> impl IntoView {
    let Stand { i18n, format, fair, seed, .. } = stand;
    let (tries, draws) = (RwSignal::new(0_u64), RwSignal::new(0_u32));
    // What was spread with other rates says nothing.
    Effect::new(move |before: Option<()>| {
        fair.track();
        if before.is_some() {
            tries.set(0);
            draws.set(0);
        }
    });
    // Without a draw the picture shows what comes on average.
    let counts = Memo::new(move |_| {
        let tries = tries.get();
        fair.with(|fair| if tries > 0 { fair.day(seed.wrapping_add(tries)).counts } else { on_average(fair) })
    });
    let found = Memo::new(move |_| {
        let draws = draws.get();
        (draws > 0).then(|| {
            fair.with(|fair| {
                let spread = fair.days(draws, seed);
                let most = spread.counts().map(|(sum, _)| sum).max().unwrap_or_default();
                (spread, fair.sums(most.saturating_add(1)))
            })
        })
    });
    let often = move || {
        found.with(|found| {
            let (spread, _) = found.as_ref()?;
            let [draws, share, odds] = often(format, spread, wanted, fair.with(|fair| fair.chance(wanted)));
            let (n, mean) = (format.count(wanted as usize), format.number(spread.mean(), 1));
            Some(
                t_string!(i18n, learn.games.fairs_often, draws = draws, mean = mean, n = n, share = share, odds = odds)
                    .to_string(),
            )
        })
    };
    let legend = move || {
        let counts = counts.get();
        let most = counts.len().saturating_sub(1);
        let entry = |(place, count): (usize, u32)| {
            view! {
                <li>
                    <span class="fair__swatch" style:--stage-position=position(place, most)></span>
                    {stand.name(place)}" "<strong>{format.count(count as usize)}</strong>
                </li>
            }
        };
        counts.into_iter().enumerate().map(entry).collect_view()
    };
    let status = move || {
        let hired = counts.with(|counts| counts.last().copied().unwrap_or_default());
        let n = format.count(hired as usize);
        if tries.get() > 0 {
            t_string!(i18n, learn.games.fair_came, n = n).to_string()
        } else {
            t_string!(i18n, learn.games.fair_average, n = n).to_string()
        }
    };
    view! {
        <section class="card games__part" data-testid="fair-floor">
            <h2>{t!(i18n, learn.games.floor)}</h2>
            <ul class="fair__legend">{legend}</ul>
            {move || counts.with(|counts| dots(counts))}
            <p role="status" data-testid="fair-outcome">{status}</p>
            <Tries i18n icon=icondata_lu::LuDices words=|i18n| t_string!(i18n, learn.games.hold) tries draws all=DRAWS/>
            <p data-testid="fair-often">{often}</p>
            <Luck i18n format found target=Signal::stored(wanted) word=Callback::new(move |sum: u32| format.count(sum as usize))/>
        </section>
    }
    .into_any()
}

/// The counts on average, to whole people.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of people; the cast saturates")]
fn on_average(fair: &Fair) -> Vec<u32> {
    fair.counts().into_iter().map(|count| count.round() as u32).collect()
}

#[expect(clippy::cast_precision_loss, reason = "steps are few")]
fn position(place: usize, most: usize) -> String {
    (place as f64 / most.max(1) as f64).to_string()
}

/// A dot for each who came, those who came furthest first: one path for each step.
fn dots(counts: &[u32]) -> AnyView {
    let all = counts.first().copied().unwrap_or_default().min(MOST);
    let most = counts.len().saturating_sub(1);
    let paths = counts.iter().enumerate().map(|(place, count)| {
        let further = counts.get(place + 1).copied().unwrap_or_default().min(all);
        let path: String = (further..(*count).min(all)).map(dot).collect();
        view! { <path class="fair__dots" d=path style:--stage-position=position(place, most)></path> }
    });
    let height = all.div_ceil(WIDE) * 2;
    view! {
        <svg class="fair__floor" viewBox=format!("0 0 {} {height}", WIDE * 2) aria-hidden="true">{paths.collect_view()}</svg>
    }
    .into_any()
}

fn dot(place: u32) -> String {
    let (x, y) = (place % WIDE * 2, place / WIDE * 2);
    format!("M{x}.3 {y}.3h1.4v1.4h-1.4z")
}
