//! The one bottleneck, in a sentence.

use std::sync::Arc;

use leptos::prelude::*;

use super::More;
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::bottleneck::Gain,
    ui::{
        charts::intervals::{IntervalRow, Intervals},
        components::{icon::Icon, tag::Tone},
        format::{Format, use_format},
        wording::I18n,
    },
};

/// The sentence, and the gains of all stages behind it.
#[component]
pub(super) fn Bottleneck(
    /// What is more to be said of the figures of the page.
    more: Memo<Option<Arc<More>>>,
) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let named = Memo::new(move |_| more.with(|more| more.as_ref().is_some_and(|more| more.bottleneck.stage.is_some())));
    let words = move || more.get().map(|more| sentence(i18n, format, &more)).unwrap_or_default();
    let rows = Signal::derive(move || {
        let Some(more) = more.get() else { return Vec::new() };
        let row = |(gain, stage): (&Gain, &crate::model::Stage)| IntervalRow {
            name: stage.name.clone(),
            value: Some(gain.wins),
            range: Some((gain.interval.low, gain.interval.high)),
            tone: if more.bottleneck.stage == Some(gain.stage) { Tone::Bad } else { Tone::Neutral },
        };
        more.bottleneck.gains.iter().zip(&more.figures.model.stages).map(row).collect()
    });
    view! {
        <section class="card bottleneck" data-tone=move || if named.get() { "bad" } else { "neutral" } data-testid="bottleneck">
            <p class="bottleneck__words"><Icon icon=icondata_lu::LuFunnel/><span>{words}</span></p>
            <details>
                <summary>{t!(i18n, funnel.gains)}</summary>
                <div class="stack">
                    <p class="muted small">{t!(i18n, funnel.gains_what)}</p>
                    <Intervals
                        label=Signal::derive(move || t_string!(i18n, funnel.gains).to_owned())
                        row_name=Signal::derive(move || t_string!(i18n, funnel.stage).to_owned())
                        value_name=Signal::derive(move || t_string!(i18n, funnel.more_wins).to_owned())
                        rows
                        beside=Some(0.0)
                        format=Callback::new(move |wins: f64| format.number(wins, 1))
                    />
                </div>
            </details>
        </section>
    }
    .into_any()
}

pub(super) fn sentence(i18n: I18n, format: Format, more: &More) -> String {
    let (found, figures) = (&more.bottleneck, &more.figures);
    let gain = found.gains.iter().find(|gain| Some(gain.stage) == found.stage);
    let Some((gain, stage)) = gain.and_then(|gain| Some((gain, figures.model.stage(gain.stage)?))) else {
        return t_string!(i18n, funnel.no_bottleneck).to_owned();
    };
    let wins = format.number(gain.wins, 1);
    let (low, high) = (format.number(gain.interval.low, 1), format.number(gain.interval.high, 1));
    let (observed, assumed) = (format.percent(gain.observed, 0), format.percent(gain.assumed, 0));
    let money = gain.money.map(|minor| figures.weighted(format, minor)).unwrap_or_default();
    t_string!(
        i18n,
        funnel.bottleneck,
        stage = stage.name.clone(),
        observed = observed,
        assumed = assumed,
        wins = wins,
        low = low,
        high = high,
        money = money
    )
    .to_string()
}
