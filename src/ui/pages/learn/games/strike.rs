//! The sticks are struck: once, to see what luck can do, and many times, to see what the odds do.

use leptos::prelude::*;

use super::{
    hand::Hand,
    luck::{Luck, Tries, often},
    sticks::Desk,
};
use crate::{
    i18n::{t, t_string},
    training::matches::{Stick, burn, burns, chance, sums},
    ui::{
        components::{
            segmented::Segmented,
            tag::{Tag, Tone},
        },
        wording::I18n,
    },
};

/// How many draws fast-forward makes.
const DRAWS: u32 = 4_096;

/// Strikes the sticks of the round with as many more as one of the two readings asks for.
#[component]
pub(super) fn Strike(desk: Desk) -> impl IntoView {
    let (i18n, format) = (desk.i18n, desk.format);
    let Some(right) = desk.judged.get_untracked().map(|judged| judged.right) else { return ().into_any() };
    let first = desk.round.with_value(|round| round.seed);
    // How many further sticks, how often was struck, and how many draws fast-forward made.
    let (more, tries, draws) = (RwSignal::new(right.sure), RwSignal::new(0_u64), RwSignal::new(0_u32));
    let sticks: Memo<Vec<Stick>> = Memo::new(move |_| desk.round.with_value(|round| round.with(more.get())));
    let burnt = Memo::new(move |_| {
        let tries = tries.get();
        (tries > 0).then(|| sticks.with(|sticks| burn(sticks, first.wrapping_add(tries))))
    });
    let target = desk.target();
    let found = Memo::new(move |_| {
        let draws = draws.get();
        (draws > 0).then(|| sticks.with(|sticks| (burns(sticks, draws, first), sums(sticks))))
    });
    let option = move |more: u32, words: fn(I18n, String) -> String| {
        (more, Signal::derive(move || words(i18n, format.count(more as usize))))
    };
    let options = vec![
        option(0, |i18n, _| t_string!(i18n, learn.games.with_none).to_owned()),
        option(right.on_average, |i18n, n| t_string!(i18n, learn.games.with_average, n = n).to_string()),
        option(right.sure, |i18n, n| t_string!(i18n, learn.games.with_sure, n = n).to_string()),
    ];
    let outcome = move || {
        let burn = burnt.get()?;
        let reached = burn.sum >= target;
        let (sum, lit) = (desk.whole(burn.sum), burn.lit.iter().filter(|lit| **lit).count());
        let luck = sticks.with(|sticks| sums(sticks).luck(burn.sum));
        let words = t_string!(
            i18n,
            learn.games.outcome,
            lit = format.count(lit),
            all = format.count(burn.lit.len()),
            sum = sum,
            luck = format.percent(luck, 0)
        )
        .to_string();
        let (tone, verdict) = if reached {
            (Tone::Good, t_string!(i18n, learn.games.reached))
        } else {
            (Tone::Bad, t_string!(i18n, learn.games.missed))
        };
        Some(view! { <Tag tone>{verdict}</Tag>" "{words} })
    };
    let often = move || {
        found.with(|found| {
            let (spread, _) = found.as_ref()?;
            let odds = sticks.with(|sticks| chance(sticks, target));
            let [draws, share, odds] = often(format, spread, target, odds);
            Some(t_string!(i18n, learn.games.often, draws = draws, share = share, odds = odds).to_string())
        })
    };
    let change = move |wanted: u32| {
        more.set(wanted);
        tries.set(0);
    };
    view! {
        <section class="card games__part" data-testid="sticks-strike">
            <h2>{t!(i18n, learn.games.strike_title)}</h2>
            <Segmented
                label=Signal::derive(move || t_string!(i18n, learn.games.further).to_owned())
                options
                value=more
                on_change=change
            />
            <Hand desk sticks lit=Signal::derive(move || burnt.with(|burn| burn.as_ref().map(|burn| burn.lit.clone())))/>
            <Tries i18n icon=icondata_lu::LuFlame words=|i18n| t_string!(i18n, learn.games.strike) tries draws all=DRAWS/>
            <p role="status" data-testid="sticks-outcome">{outcome}</p>
            <p data-testid="sticks-often">{often}</p>
            <Luck i18n format found target=Signal::stored(target) word=Callback::new(move |sum: u32| desk.amount(f64::from(sum)))/>
        </section>
    }
    .into_any()
}
