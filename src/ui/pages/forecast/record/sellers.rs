//! What each seller said of their deals, against what came.

use std::sync::Arc;

use leptos::prelude::*;

use super::{super::Wish, chances::leaning, looked::Found};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::backtest::{Leaning, Optimism},
    ui::{
        charts::intervals::{IntervalRow, Intervals},
        components::{
            explain::Explain,
            tag::{Tag, Tone},
        },
        format::{Format, UNKNOWN, use_format},
        parts::names::use_names,
        wording::I18n,
    },
};

/// How many won deals a usual slip needs.
const ENOUGH: usize = 5;

#[component]
pub(super) fn Sellers(wish: Wish, found: RwSignal<Option<Arc<Found>>>) -> impl IntoView {
    let (i18n, format, names) = (use_i18n(), use_format(), use_names());
    let sellers = move || found.with(|found| found.as_ref().map(|found| found.sellers.clone()).unwrap_or_default());
    let name = move |seller: &Optimism| match seller.person {
        Some(person) => names.with(|names| names.person(Some(person))),
        None => t_string!(i18n, list.nobody).to_owned(),
    };
    // Of whom too little is known is in the table alone.
    let drawn = move || sellers().into_iter().filter(|seller| seller.group.leaning() != Leaning::TooFew);
    let rows = Signal::derive(move || {
        let row = |seller: Optimism| {
            let interval = seller.group.interval();
            IntervalRow {
                name: name(&seller),
                value: Some(seller.group.gap()),
                range: Some((interval.low, interval.high)),
                tone: leaning(i18n, seller.group.leaning()).0,
            }
        };
        drawn().map(row).collect::<Vec<_>>()
    });
    let open = move |seller: &Optimism| {
        let title = t_string!(i18n, forecast.track.deals_of, name = name(seller)).to_string();
        let undecided =
            t_string!(i18n, forecast.track.undecided, count = format.count(seller.undecided.len())).to_string();
        wish.opener.run(title, &seller.group.deals, undecided);
    };
    let on_pick = Callback::new(move |index: usize| {
        if let Some(seller) = untrack(|| drawn().nth(index)) {
            open(&seller);
        }
    });
    let table = move || {
        let line = |seller: Optimism| {
            let name = name(&seller);
            let cells = cells(i18n, format, &seller);
            let count = format.count(seller.group.won.of());
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td><button type="button" class="link" on:click=move |_| open(&seller)>{count}</button></td>
                    {cells}
                </tr>
            }
        };
        sellers().into_iter().map(line).collect_view()
    };
    let counted = move || {
        let decided = sellers().iter().map(|seller| seller.group.won.of()).sum::<usize>();
        t_string!(i18n, funnel.deals, count = format.count(decided)).to_string()
    };
    let left_out = move || {
        let open = sellers().iter().map(|seller| seller.undecided.len()).sum::<usize>();
        (open > 0).then(|| t_string!(i18n, forecast.track.undecided, count = format.count(open)).to_string())
    };
    view! {
        <section class="card stack" data-testid="track-sellers">
            <div class="forecast__head">
                <h2>{t!(i18n, forecast.track.sellers)}</h2>
                <Explain
                    formula=Signal::derive(move || t_string!(i18n, forecast.track.sellers_formula).to_owned())
                    counted=Signal::derive(counted)
                    left_out=MaybeProp::derive(left_out)
                />
            </div>
            <p class="muted small">{t!(i18n, forecast.track.sellers_what)}</p>
            <Show when=move || { drawn().next().is_some() }>
                <Intervals
                    label=Signal::derive(move || t_string!(i18n, forecast.track.sellers).to_owned())
                    row_name=Signal::derive(move || t_string!(i18n, domain.field.owner).to_owned())
                    value_name=Signal::derive(move || t_string!(i18n, forecast.track.gap).to_owned())
                    rows
                    beside=0.0
                    format=Callback::new(move |gap: f64| points(i18n, format, gap))
                    on_pick
                />
            </Show>
            <div class="table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, forecast.track.sellers)>
                <table class="table figures">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, domain.field.owner)}</th>
                            <th scope="col">{t!(i18n, forecast.track.decided)}</th>
                            <th scope="col">{t!(i18n, forecast.track.said)}</th>
                            <th scope="col">{t!(i18n, forecast.track.won)}</th>
                            <th scope="col">{t!(i18n, forecast.track.gap)}</th>
                            <th scope="col">{t!(i18n, forecast.track.slip)}</th>
                        </tr>
                    </thead>
                    <tbody>{table}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// What was said, what came, how far apart they are, and how late the won deals came.
fn cells(i18n: I18n, format: Format, seller: &Optimism) -> AnyView {
    let group = &seller.group;
    let (said, won) = (format.percent(group.said, 0), format.percent(group.won.value(), 0));
    let (tone, words) = match group.leaning() {
        Leaning::High => (Tone::Warn, t_string!(i18n, forecast.track.optimistic)),
        Leaning::Low => (Tone::Accent, t_string!(i18n, forecast.track.cautious)),
        other => leaning(i18n, other),
    };
    let gap = points(i18n, format, group.gap());
    #[expect(clippy::cast_precision_loss, reason = "days are few")]
    let slip = seller.slip.filter(|_| seller.slipped.len() >= ENOUGH).map(|days| days as f64);
    let slip = slip.map_or_else(|| UNKNOWN.to_owned(), |days| format.days(days));
    view! {
        <td>{said}</td>
        <td>{won}</td>
        <td>{gap}" "<Tag tone=Signal::derive(move || tone)>{words}</Tag></td>
        <td>{slip}</td>
    }
    .into_any()
}

/// A difference of shares in percentage points, with its sign.
fn points(i18n: I18n, format: Format, gap: f64) -> String {
    let sign = if gap * 100.0 >= 0.5 { "+" } else { "" };
    let points = [sign, &format.number((gap * 100.0).round() + 0.0, 0)].concat();
    t_string!(i18n, forecast.track.points, points = points).to_string()
}
