//! What the draft would have paid in past quarters: a person a row, a quarter a column.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::desk::Desk;
use crate::{
    codec::table::{encode, neutral},
    i18n::{t, t_string, use_i18n},
    metrics::appraisal::{Pay, Tried},
    model::PersonId,
    ui::{format::UNKNOWN, parts::listing::export::TakeAway, wording::I18n},
};

#[component]
pub(super) fn TriedOut(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let tried = desk.tried();
    let heads = move || {
        let quarters = tried.get();
        let head = |one: &Tried| view! { <th scope="col">{desk.quarter_words(one.first)}</th> };
        quarters.iter().map(head).collect_view()
    };
    let rows = move || {
        let quarters = tried.get();
        let row = |person: PersonId| {
            let paid = quarters.iter().map(|one| pay_of(one, person).map(Pay::total));
            let all: i128 = paid.clone().flatten().sum();
            let cells = paid.map(|paid| {
                view! { <td>{paid.map_or_else(|| UNKNOWN.to_owned(), |paid| desk.money(paid))}</td> }
            });
            view! { <tr><th scope="row">{desk.name(person)}</th>{cells.collect_view()}<td>{desk.money(all)}</td></tr> }
        };
        people(&quarters).into_iter().map(row).collect_view()
    };
    let sums = move || {
        let quarters = tried.get();
        let won: i128 = quarters.iter().map(Tried::won).sum();
        let paid: i128 = quarters.iter().map(Tried::paid).sum();
        let line = |words: &'static str, cells: Vec<String>| {
            let cells = cells.into_iter().map(|shown| view! { <td>{shown}</td> }).collect_view();
            view! { <tr><th scope="row">{words}</th>{cells}</tr> }
        };
        let of_all = |read: fn(&Tried) -> i128, all: i128| {
            quarters.iter().map(read).chain([all]).map(|minor| desk.money(minor)).collect()
        };
        #[expect(clippy::cast_precision_loss, reason = "a share that is shown")]
        let share = (won > 0).then(|| paid as f64 / won as f64);
        let shares = quarters.iter().map(Tried::share).chain([share]).map(|share| desk.format.percent(share, 2));
        view! {
            {line(t_string!(i18n, team.appraisal.paid), of_all(Tried::paid, paid))}
            {line(t_string!(i18n, team.appraisal.won), of_all(Tried::won, won))}
            {line(t_string!(i18n, team.appraisal.of_won), shares.collect())}
        }
    };
    let text = move |form| {
        let rows = tried.with_untracked(|tried| plain(desk, i18n, tried));
        Ok((rows.len().saturating_sub(1), encode(form, rows)?))
    };
    view! {
        <section class="card stack no-print">
            <h2>{t!(i18n, team.appraisal.tried)}</h2>
            <p class="muted small">{t!(i18n, team.appraisal.tried_what)}</p>
            <div class="table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, team.appraisal.tried)>
                <table class="table figures scorecards" data-testid="tried">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, team.appraisal.who)}</th>
                            {heads}
                            <th scope="col">{t!(i18n, team.appraisal.together)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                    <tfoot>{sums}</tfoot>
                </table>
            </div>
            <div class="row no-print">
                <TakeAway
                    name=Signal::derive(move || t_string!(i18n, team.appraisal.tried).to_owned())
                    table=Callback::new(text)
                />
            </div>
        </section>
    }
    .into_any()
}

/// Everybody who is paid in one of the quarters.
fn people(quarters: &[Tried]) -> BTreeSet<PersonId> {
    quarters.iter().flat_map(|one| &one.pays).map(|(person, _)| *person).collect()
}

fn pay_of(quarter: &Tried, person: PersonId) -> Option<&Pay> {
    quarter.pays.iter().find(|(one, _)| *one == person).map(|(_, pay)| pay)
}

fn plain(desk: Desk, i18n: I18n, quarters: &[Tried]) -> Vec<Vec<String>> {
    let heads = std::iter::once(t_string!(i18n, team.appraisal.who).to_owned());
    let heads = heads.chain(quarters.iter().map(|one| one.first.to_string())).collect();
    let row = |person: PersonId| {
        let paid =
            quarters.iter().map(|one| pay_of(one, person).map(|pay| desk.decimal(pay.total())).unwrap_or_default());
        std::iter::once(neutral(&desk.name(person))).chain(paid).collect()
    };
    std::iter::once(heads).chain(people(quarters).into_iter().map(row)).collect()
}
