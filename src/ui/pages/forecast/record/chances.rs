//! Of the deals that were given so much, how many were won.

use std::sync::Arc;

use leptos::prelude::*;

use super::{super::Wish, looked::Found, undecided};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::backtest::{Bin, Group, Leaning, StageRecord},
    ui::{
        charts::{
            chart_frame::Look,
            lines::{Column, Line, Lines, Stroke},
        },
        components::{
            explain::Explain,
            tag::{Tag, Tone},
        },
        format::{Format, use_format},
        parts::{behind::left_out_words, names::use_names},
        wording::I18n,
    },
};

/// The card with the reliability plot and the stages.
#[component]
pub(super) fn Chances(wish: Wish, found: RwSignal<Option<Arc<Found>>>) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let bins = move || found.with(|found| found.as_ref().map(|found| found.chances.bins.clone()).unwrap_or_default());
    let columns = Signal::derive(move || {
        let column = |bin: Bin| {
            let said = format.percent(bin.group.said, 0);
            Column { at: bin.group.said, name: said.clone(), word: said }
        };
        bins().into_iter().map(column).collect::<Vec<_>>()
    });
    let lines = Signal::derive(move || {
        let groups: Vec<Group> = bins().into_iter().map(|bin| bin.group).collect();
        vec![
            Line {
                name: t_string!(i18n, forecast.track.as_said).to_owned(),
                look: Look::Tone(Tone::Neutral),
                stroke: Stroke::Dashed,
                values: groups.iter().map(|group| Some(group.said)).collect(),
                ranges: Vec::new(),
            },
            Line {
                name: t_string!(i18n, forecast.track.won).to_owned(),
                look: Look::Tone(Tone::Accent),
                stroke: Stroke::Points,
                values: groups.iter().map(|group| Some(group.won.value())).collect(),
                ranges: groups
                    .iter()
                    .map(|group| Some((group.won.interval().low, group.won.interval().high)))
                    .collect(),
            },
        ]
    });
    let left_out = move || {
        found.with_untracked(|found| {
            found.as_ref().map(|found| left_out_words(i18n, format, &found.chances.left_out)).unwrap_or_default()
        })
    };
    let open = Callback::new(move |(said, group): (String, Group)| {
        let title = t_string!(i18n, forecast.track.given, said = said).to_string();
        wish.opener.run(title, &group.deals, left_out());
    });
    let on_pick = Callback::new(move |index: usize| {
        let bin = found.with_untracked(|found| found.as_ref()?.chances.bins.get(index).cloned());
        if let Some(bin) = bin {
            open.run((format.percent(bin.group.said, 0), bin.group));
        }
    });
    let counted = move || {
        let claims = found.with(|found| found.as_ref().and_then(|f| f.chances.all.as_ref().map(|all| all.won.of())));
        t_string!(i18n, forecast.track.month_end_claims, count = format.count(claims.unwrap_or_default())).to_string()
    };
    let open_still = move || {
        let count = found.with(|found| found.as_ref().map_or(0, |found| undecided(found)));
        t_string!(i18n, forecast.track.undecided, count = format.count(count)).to_string()
    };
    view! {
        <section class="card stack">
            <div class="forecast__head">
                <h2>{t!(i18n, forecast.track.chances)}</h2>
                <Explain
                    formula=Signal::derive(move || t_string!(i18n, forecast.track.bins_formula).to_owned())
                    counted=Signal::derive(counted)
                    left_out=MaybeProp::derive(move || Some(open_still()))
                />
            </div>
            <p data-testid="track-sentence">{move || found.with(|found| found.as_ref().map(|found| sentence(i18n, format, &found.chances.bins)))}</p>
            <Lines
                label=Signal::derive(move || t_string!(i18n, forecast.track.chances).to_owned())
                column_name=Signal::derive(move || t_string!(i18n, forecast.track.said).to_owned())
                columns
                lines
                format=Callback::new(move |share: f64| format.percent(share, 0))
                most=1.0
                on_pick
            />
            <Stages found open/>
        </section>
    }
    .into_any()
}

/// What was said in each stage, and what came.
#[component]
fn Stages(found: RwSignal<Option<Arc<Found>>>, open: Callback<(String, Group)>) -> impl IntoView {
    let (i18n, format, names) = (use_i18n(), use_format(), use_names());
    let stages = move || {
        let mut stages =
            found.with(|found| found.as_ref().map(|found| found.chances.stages.clone()).unwrap_or_default());
        names.with(|names| {
            // In the order of their models, so that the chances rise down the table.
            stages.sort_by_key(|record| {
                (record.model, names.models.get(record.model).and_then(|model| model.place(record.stage)))
            });
            let several = names.models.len() > 1;
            let row = |record: StageRecord| {
                let model = names.models.get(record.model).filter(|_| several).map(|model| model.name.clone());
                group_row(i18n, format, names.stage_name(record.stage), model, record.group, open)
            };
            stages.into_iter().map(row).collect_view()
        })
    };
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, forecast.track.by_stage)>
            <table class="table figures">
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, funnel.stage)}</th>
                        <th scope="col">{t!(i18n, forecast.track.said)}</th>
                        <th scope="col">{t!(i18n, forecast.track.won)}</th>
                        <th scope="col">{t!(i18n, forecast.track.gap)}</th>
                    </tr>
                </thead>
                <tbody>{stages}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// What was said of a stage, what came, and which way it leans; the count of decided deals opens them.
fn group_row(
    i18n: I18n,
    format: Format,
    name: String,
    model: Option<String>,
    group: Group,
    open: Callback<(String, Group)>,
) -> AnyView {
    let (said, won) = (format.percent(group.said, 0), format.percent(group.won.value(), 0));
    let count =
        t_string!(i18n, forecast.track.of, some = format.count(group.won.hits()), all = format.count(group.won.of()))
            .to_string();
    let (tone, words) = leaning(i18n, group.leaning());
    let title = [name.clone(), said.clone()].join(" · ");
    view! {
        <tr>
            <th scope="row">{name}{model.map(|model| view! { <span class="muted small figures__count">{model}</span> })}</th>
            <td>{said}</td>
            <td>
                {won}" "
                <button type="button" class="link small" on:click=move |_| open.run((title.clone(), group.clone()))>{count}</button>
            </td>
            <td><Tag tone=Signal::derive(move || tone)>{words}</Tag></td>
        </tr>
    }
    .into_any()
}

/// Which way a forecast leans, in words with their colour.
pub(super) fn leaning(i18n: I18n, value: Leaning) -> (Tone, &'static str) {
    match value {
        Leaning::High => (Tone::Warn, t_string!(i18n, forecast.track.too_high)),
        Leaning::Low => (Tone::Accent, t_string!(i18n, forecast.track.too_low)),
        Leaning::Neither => (Tone::Good, t_string!(i18n, forecast.track.held)),
        Leaning::TooFew => (Tone::Neutral, t_string!(i18n, funnel.too_few)),
    }
}

/// The range of chances that was most clearly wrong, by what it meant for its deals; or that none was.
fn sentence(i18n: I18n, format: Format, bins: &[Bin]) -> String {
    let wrong = bins.iter().map(|bin| &bin.group);
    let wrong = wrong.filter(|group| matches!(group.leaning(), Leaning::High | Leaning::Low));
    #[expect(clippy::cast_precision_loss, reason = "some hundreds")]
    let weight = |group: &Group| group.gap().abs() * group.won.of() as f64;
    match wrong.max_by(|a, b| weight(a).total_cmp(&weight(b))) {
        Some(group) => t_string!(
            i18n,
            forecast.track.when_said,
            said = format.percent(group.said, 0),
            won = format.percent(group.won.value(), 0),
            count = format.count(group.won.of())
        )
        .to_string(),
        None => t_string!(i18n, forecast.track.no_range_wrong).to_owned(),
    }
}
