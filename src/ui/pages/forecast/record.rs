//! How well the forecast held: what it said at past month-ends, against what came.

mod chances;
mod looked;
mod money;
mod sellers;

use std::sync::Arc;

use leptos::prelude::*;

use super::{Asked, Wish, asking::UnderWay};
use crate::{
    i18n::{t_string, use_i18n},
    metrics::{
        Reason,
        backtest::{Brier, MoneyRecord},
    },
    ui::{
        components::{empty::Empty, explain::Explain, stat::Stat},
        format::{Format, UNKNOWN, use_format},
        parts::behind::left_out_words,
        wording::I18n,
    },
};

use chances::Chances;
use looked::{Found, MONTH_ENDS, use_looked};
use money::Money;
use sellers::Sellers;

#[component]
pub(super) fn Record(wish: Wish) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let looked = use_looked(wish);
    let judged = Memo::new(move |_| {
        looked.found.with(|found| found.as_ref().map(|found| found.chances.all.is_some() || !found.money.is_empty()))
    });
    let what = move || {
        let day = wish.scope.with(|scope| format.date(scope.as_of));
        t_string!(i18n, forecast.track.what, count = format.count(MONTH_ENDS), day = day).to_string()
    };
    view! {
        <div class="stack forecast" data-testid="track-record" data-judged=move || judged.get().map(|judged| judged.to_string())>
            <Asked wish/>
            <p class="muted small">{what}</p>
            <UnderWay asking=looked.asking label=Signal::derive(move || t_string!(i18n, forecast.track.looking).to_owned())/>
            {move || match judged.get() {
                Some(true) => view! {
                    <Figures wish found=looked.found/>
                    <div class="forecast-page">
                        <Chances wish found=looked.found/>
                        <Money wish found=looked.found/>
                    </div>
                    <Sellers wish found=looked.found/>
                }.into_any(),
                Some(false) => view! {
                    <Empty icon=icondata_lu::LuHistory text=Signal::derive(move || t_string!(i18n, forecast.track.nothing).to_owned())/>
                }.into_any(),
                None => ().into_any(),
            }}
        </div>
    }
    .into_any()
}

/// The record in figures.
#[component]
fn Figures(wish: Wish, found: RwSignal<Option<Arc<Found>>>) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let brier = move || found.with(|found| found.as_ref()?.chances.brier);
    let all = move || found.with(|found| found.as_ref()?.chances.all.clone());
    let record = move || found.with(|found| found.as_ref()?.money_record());
    let left_out = move || {
        found.with(|found| {
            let words = left_out_words(i18n, format, &found.as_ref()?.chances.left_out);
            (!words.is_empty()).then_some(words)
        })
    };
    let claims = move || {
        let (claims, deals) = all().map_or((0, 0), |all| (all.won.of(), all.deals.len()));
        t_string!(i18n, forecast.track.claims, claims = format.count(claims), deals = format.count(deals)).to_string()
    };
    let open_claims = move |()| {
        let Some(all) = all() else { return };
        wish.opener.run(t_string!(i18n, forecast.track.decided).to_owned(), &all.deals, left_out().unwrap_or_default());
    };
    view! {
        <div class="tiles" data-testid="track-figures">
            <Stat
                label=Signal::derive(move || t_string!(i18n, forecast.track.said_and_won).to_owned())
                figure=Signal::derive(move || {
                    let (said, won) = all().map(|all| (all.said, all.won.value())).unzip();
                    [format.percent(said, 0), format.percent(won, 0)].join(" → ")
                })
                note=Signal::derive(move || {
                    all().map_or_else(
                        || t_string!(i18n, funnel.too_few).to_owned(),
                        |all| t_string!(i18n, forecast.track.said_note, said = format.percent(all.said, 0), won = format.percent(all.won.value(), 0)).to_string(),
                    )
                })
                on_open=open_claims
            >
                <Explain
                    formula=Signal::derive(move || [t_string!(i18n, forecast.track.once), " ", wish.basis_words(i18n)].concat())
                    counted=Signal::derive(claims)
                    left_out=MaybeProp::derive(left_out)
                />
            </Stat>
            <Stat
                label=Signal::derive(move || t_string!(i18n, forecast.track.brier).to_owned())
                figure=Signal::derive(move || format.number(brier().map(|brier| brier.score), 3))
                note=Signal::derive(move || brier().map_or_else(|| UNKNOWN.to_owned(), |brier| skill_words(i18n, format, brier)))
            >
                <Explain
                    formula=Signal::derive(move || brier_formula(i18n, format, brier()))
                    counted=Signal::derive(claims)
                    left_out=MaybeProp::derive(left_out)
                />
            </Stat>
            <Stat
                label=Signal::derive(move || t_string!(i18n, forecast.track.inside).to_owned())
                figure=Signal::derive(move || record().map_or_else(|| UNKNOWN.to_owned(), |record| {
                    t_string!(i18n, forecast.track.of, some = format.count(record.inside), all = format.count(record.windows)).to_string()
                }))
                note=Signal::derive(move || t_string!(i18n, forecast.track.inside_note).to_owned())
            />
            <Stat
                label=Signal::derive(move || t_string!(i18n, forecast.track.crps).to_owned())
                figure=Signal::derive(move || record().map_or_else(|| UNKNOWN.to_owned(), |record| wish.money(format, record.crps)))
                note=Signal::derive(move || record().map_or_else(|| UNKNOWN.to_owned(), |record| crps_words(wish, i18n, format, record)))
            >
                <Explain
                    formula=Signal::derive(move || t_string!(i18n, forecast.track.crps_formula, draws = format.count(looked::DRAWS)).to_string())
                    counted=Signal::derive(move || {
                        t_string!(i18n, forecast.track.month_ends, count = format.count(record().map_or(0, |record| record.windows))).to_string()
                    })
                />
            </Stat>
        </div>
    }
    .into_any()
}

/// Whether the chances tell deals apart.
fn skill_words(i18n: I18n, format: Format, brier: Brier) -> String {
    match brier.skill {
        Some(skill) if skill > 0.0 => {
            t_string!(i18n, forecast.track.better, share = format.percent(skill, 0)).to_string()
        }
        Some(skill) => t_string!(i18n, forecast.track.worse, share = format.percent(-skill, 0)).to_string(),
        None => t_string!(i18n, forecast.track.no_skill).to_owned(),
    }
}

fn brier_formula(i18n: I18n, format: Format, brier: Option<Brier>) -> String {
    let number = |read: fn(Brier) -> f64| format.number(brier.map(read), 3);
    t_string!(i18n, forecast.track.brier_formula, score = number(|b| b.score), base = number(|b| b.base)).to_string()
}

fn crps_words(wish: Wish, i18n: I18n, format: Format, record: MoneyRecord) -> String {
    let money = |minor| wish.money(format, minor);
    t_string!(i18n, forecast.track.crps_note, actual = money(record.actual), error = money(record.error)).to_string()
}

/// How many deals the record leaves out because nobody knows yet.
fn undecided(found: &Found) -> usize {
    found.chances.left_out.of(Reason::Undecided).len()
}
