//! What a better step changes: every rate can be moved, and beside each stands what ten points more would bring.

use leptos::prelude::*;

use super::fair::Stand;
use crate::{
    i18n::{t, t_string},
    model::Share,
    training::job_fair::Lever,
};

/// How much better a step is tried out.
const POINTS: Share = Share::percent(10);

/// The steps with their rates, forwards.
#[component]
pub(super) fn Levers(stand: Stand) -> impl IntoView {
    let Stand { i18n, format, fair, .. } = stand;
    let count = fair.with_untracked(|fair| fair.rates.len());
    let row = move |place: usize| {
        let rate = Memo::new(move |_| fair.with(|fair| fair.rates.get(place).copied().unwrap_or_default()));
        let percent = move || (rate.get().basis_points() / 100).to_string();
        let number = move |of: fn(&Lever) -> f64| {
            let lever = fair.with(|fair| fair.levers(POINTS).get(place).copied());
            lever.map(|lever| stand.people(of(&lever)))
        };
        let before = move || fair.with(|fair| fair.counts().get(place).copied()).map(|count| stand.people(count));
        let set = move |event: leptos::ev::Event| {
            if let Ok(percent) = event_target_value(&event).parse::<u8>() {
                fair.update(|fair| {
                    if let Some(rate) = fair.rates.get_mut(place) {
                        *rate = Share::percent(percent);
                    }
                });
            }
        };
        view! {
            <tr>
                <th scope="row">{move || stand.name(place)}</th>
                <td>{before}</td>
                <td class="fair__set">
                    <input
                        type="range"
                        class="targets__slider"
                        min="1"
                        max="100"
                        step="1"
                        aria-label=move || t_string!(i18n, learn.games.rate_of, step = stand.name(place)).to_string()
                        aria-valuetext=move || format.percent(rate.get().as_f64(), 0)
                        prop:value=percent
                        data-testid="fair-rate"
                        on:input=set
                    />
                    <span>{move || format.percent(rate.get().as_f64(), 0)}</span>
                </td>
                <td>{move || number(|lever| lever.through)}</td>
                <td>{move || number(|lever| lever.visitors.unwrap_or(f64::NAN))}</td>
            </tr>
        }
    };
    let rows = (0..count).map(row).collect_view();
    let hired = move || fair.with(|fair| stand.people(fair.through()));
    view! {
        <section class="card games__part">
            <h2>{t!(i18n, learn.games.levers)}</h2>
            <p class="small muted">{t!(i18n, learn.games.levers_what)}</p>
            <div class="table-scroll" tabindex="0" role="group" aria-label=move || t_string!(i18n, learn.games.levers)>
                <table class="table fair__levers" data-testid="fair-levers">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, learn.games.step)}</th>
                            <th scope="col">{t!(i18n, learn.games.there)}</th>
                            <th scope="col">{t!(i18n, learn.games.rate)}</th>
                            <th scope="col">{t!(i18n, learn.games.hired_better)}</th>
                            <th scope="col">{t!(i18n, learn.games.visitors_better)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                    <tfoot>
                        <tr>
                            <th scope="row">{t!(i18n, learn.games.hired)}</th>
                            <td><strong data-testid="fair-hired">{hired}</strong></td>
                            <td></td>
                            <td></td>
                            <td></td>
                        </tr>
                    </tfoot>
                </table>
            </div>
        </section>
    }
    .into_any()
}
