//! All cards in one table: departments, then people; a measure a column.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    desk::Desk,
    words::{figure, verdict},
};
use crate::{
    codec::table::{encode, neutral},
    i18n::{t, t_string, use_i18n},
    metrics::scorecard::{Card, Line, Of, Scorecards as Cards},
    ui::{
        components::tag::Tone,
        parts::{behind::left_out_words, listing::export::TakeAway},
        wording::I18n,
    },
};

#[component]
pub(super) fn All(desk: Desk, cards: Memo<Option<Arc<Cards>>>) -> impl IntoView {
    let i18n = use_i18n();
    let all = Memo::new_with_compare(
        move |_| cards.with(|cards| cards.as_ref().map(|cards| Arc::new(cards.cards())).unwrap_or_default()),
        |before: Option<&Arc<Vec<Card>>>, after| {
            before.zip(after).is_none_or(|(before, after)| !Arc::ptr_eq(before, after))
        },
    );
    let heads = move || {
        let first = all.with(|all| all.first().map(|card| card.lines.clone()).unwrap_or_default());
        first.into_iter().map(|line| view! { <th scope="col">{desk.measure(i18n, line.measure)}</th> }).collect_view()
    };
    let rows = move || all.with(|all| all.iter().map(|card| row(desk, i18n, card)).collect_view());
    let text = move |form| {
        let rows = all.with_untracked(|all| plain(desk, i18n, all));
        Ok((rows.len().saturating_sub(1), encode(form, rows)?))
    };
    view! {
        <section class="card stack">
            <h2>{t!(i18n, team.scorecards.title)}</h2>
            <p class="muted small">{t!(i18n, team.scorecards.what)}</p>
            <div class="table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, team.scorecards.title)>
                <table class="table figures scorecards" data-testid="scorecards">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, team.scorecards.who)}</th>
                            <th scope="col">{t!(i18n, team.scorecards.train_short)}</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <div class="row no-print">
                <TakeAway
                    name=Signal::derive(move || t_string!(i18n, team.scorecards.title).to_owned())
                    table=Callback::new(text)
                />
            </div>
        </section>
    }
    .into_any()
}

fn row(desk: Desk, i18n: I18n, card: &Card) -> AnyView {
    let of = card.of;
    let name = desk.name(of);
    let cells = card.lines.iter().map(|line| cell(desk, i18n, &name, line)).collect_view();
    let class = matches!(of, Of::Department(_)).then_some("scorecards__department");
    let train = train_words(desk, i18n, card);
    let shown = name.clone();
    view! {
        <tr class=class>
            <th scope="row"><a class="link" href=move || desk.href(of)>{shown}</a></th>
            <td class="scorecards__train">{train}</td>
            {cells}
        </tr>
    }
    .into_any()
}

/// What to train, in few words.
fn train_words(desk: Desk, i18n: I18n, card: &Card) -> String {
    match card.train {
        Some(training) => desk.measure(i18n, training.measure),
        None if card.too_few => t_string!(i18n, team.scorecards.told.too_few).to_owned(),
        None => t_string!(i18n, team.scorecards.nothing_told).to_owned(),
    }
}

fn cell(desk: Desk, i18n: I18n, name: &str, line: &Line) -> AnyView {
    let shown = figure(desk, i18n, line.measure, line.own.value);
    let (words, tone) = verdict(i18n, line);
    let title = [name, &desk.measure(i18n, line.measure)].join(" · ");
    let left_out = left_out_words(i18n, desk.format, &line.own.left_out);
    let told = (tone != Tone::Neutral).then_some(words);
    view! {
        <td data-tone=tone.as_str() class:scorecards__told=told.is_some() class:muted=line.own.few>
            {desk.link(shown, title, line.own.deals.clone(), left_out)}
            {told.map(|words| view! { <span class="scorecards__verdict small">{words}</span> })}
        </td>
    }
    .into_any()
}

fn plain(desk: Desk, i18n: I18n, all: &[Card]) -> Vec<Vec<String>> {
    let first = all.first().map(|card| card.lines.as_slice()).unwrap_or_default();
    let heads = [t_string!(i18n, team.scorecards.who), t_string!(i18n, team.scorecards.train_short)].map(str::to_owned);
    let heads = heads.into_iter().chain(first.iter().map(|line| neutral(&desk.measure(i18n, line.measure))));
    let row = |card: &Card| {
        let figures =
            card.lines.iter().map(|line| line.own.value.map(|value| format!("{value:.4}")).unwrap_or_default());
        [neutral(&desk.name(card.of)), neutral(&train_words(desk, i18n, card))].into_iter().chain(figures).collect()
    };
    std::iter::once(heads.collect()).chain(all.iter().map(row)).collect()
}
