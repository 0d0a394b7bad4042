//! The scores so far, the latest first.

use leptos::prelude::*;

use super::desk::{Desk, of_key};
use crate::{
    codec::progress::{Attempt, Exercise},
    i18n::{t, t_string},
    ui::format::UNKNOWN,
};

/// How many are shown.
const SHOWN: usize = 12;

#[component]
pub(super) fn History(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let progress = desk.learning.progress();
    let latest = Memo::new(move |_| {
        progress.with(|progress| progress.of(Exercise::Drill).rev().take(SHOWN).cloned().collect::<Vec<_>>())
    });
    let rows = move || latest.get().into_iter().map(|attempt| row(desk, attempt)).collect_view();
    view! {
        <section class="drills__part" data-testid="drill-history">
            <h2>{t!(i18n, learn.drills.history)}</h2>
            <Show
                when=move || latest.with(|latest| !latest.is_empty())
                fallback=move || view! { <p class="muted">{t!(i18n, learn.drills.no_history)}</p> }
            >
                <div class="table-scroll card" tabindex="0" role="region" aria-label=move || t_string!(i18n, learn.drills.history)>
                    <table class="table figures">
                        <thead>
                            <tr>
                                <th scope="col">{t!(i18n, learn.drills.when)}</th>
                                <th scope="col">{t!(i18n, learn.drills.level)}</th>
                                <th scope="col">{t!(i18n, learn.drills.number)}</th>
                                <th scope="col">{t!(i18n, learn.drills.minutes)}</th>
                                <th scope="col">{t!(i18n, learn.drills.score)}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </Show>
        </section>
    }
    .into_any()
}

fn row(desk: Desk, attempt: Attempt) -> impl IntoView {
    let Attempt { on, key, score, seconds, .. } = attempt;
    let drill = of_key(&key);
    let level = move || drill.map_or(UNKNOWN, |drill| desk.words(|words| Some(words.level(drill.level.code())?.name)));
    let number = drill.map_or_else(|| UNKNOWN.to_owned(), |drill| drill.seed.to_string());
    view! {
        <tr>
            <th scope="row">{move || desk.format.date(on)}</th>
            <td>{level}</td>
            <td>{number}</td>
            <td>{move || desk.format.number(f64::from(seconds) / 60.0, 1)}</td>
            <td>{move || desk.format.count(usize::from(score))}</td>
        </tr>
    }
}
