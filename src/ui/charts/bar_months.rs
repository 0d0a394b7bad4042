//! Bars by month, plain or stacked.

use leptos::{ev, html, prelude::*};

use super::{
    chart_frame::{ChartFrame, Figures, Key, Look},
    geometry::{round, stack, ticks},
    read_out::{pick, take_key},
};
use crate::{
    i18n::{t_string, use_i18n},
    ui::components::{tag::Tone, viewport::use_size},
};

/// The height of the picture and its margins, in pixels.
const HEIGHT: f64 = 200.0;
const LEFT: f64 = 64.0;
const TOP: f64 = 8.0;
const BOTTOM: f64 = 24.0;
/// An axis word needs this much room.
const WORD: f64 = 44.0;

/// One part of every bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What it is.
    pub name: String,
    /// What its colour means.
    pub tone: Tone,
}

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct MonthBar {
    /// The month with its year, for the read-out and the table.
    pub month: String,
    /// The month on the axis.
    pub short: String,
    /// One value per series, from the bottom.
    pub parts: Vec<f64>,
}

/// Bars by month with an axis; arrow keys or the pointer read a month, a table holds the same figures.
#[component]
pub fn BarMonths(
    /// What it shows, with the unit.
    #[prop(into)]
    label: Signal<String>,
    /// The parts of the bars, from the bottom.
    #[prop(into)]
    series: Signal<Vec<Series>>,
    /// The bars in time order.
    #[prop(into)]
    bars: Signal<Vec<MonthBar>>,
    /// A value with its unit, for axis, read-out and table.
    #[prop(into)]
    format: Callback<f64, String>,
    /// Opens what is behind a bar.
    #[prop(optional, into)]
    on_pick: Option<Callback<usize>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let keys = Signal::derive(move || {
        let key = |series: &Series| Key { name: series.name.clone(), look: Look::Tone(series.tone), dashed: false };
        series.with(|series| series.iter().map(key).collect::<Vec<_>>())
    });
    let figures = Signal::derive(move || {
        let heads = series.with(|series| series.iter().map(|series| series.name.clone()).collect::<Vec<_>>());
        let row = |bar: &MonthBar| {
            std::iter::once(bar.month.clone()).chain(bar.parts.iter().map(|part| format.run(*part))).collect()
        };
        Figures {
            heads: std::iter::once(t_string!(i18n, common.month).to_owned()).chain(heads).collect(),
            rows: bars.with(|bars| bars.iter().map(row).collect()),
        }
    });
    view! {
        <ChartFrame label keys figures>
            <Picture series bars format on_pick/>
        </ChartFrame>
    }
    .into_any()
}

#[component]
fn Picture(
    series: Signal<Vec<Series>>,
    bars: Signal<Vec<MonthBar>>,
    format: Callback<f64, String>,
    on_pick: Option<Callback<usize>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let frame = NodeRef::<html::Div>::new();
    let size = use_size(frame);
    let read = RwSignal::new(None::<usize>);
    let slot = move || {
        #[allow(clippy::cast_precision_loss, reason = "there are few months")]
        let count = bars.with(Vec::len).max(1) as f64;
        ((size.get().0 - LEFT) / count).max(1.0)
    };
    let on_key = move |event: ev::KeyboardEvent| take_key(&event, read, bars.with_untracked(Vec::len), on_pick);
    let drawing =
        move || {
            let slot = slot();
            let most = bars.with(|bars| bars.iter().map(|bar| bar.parts.iter().sum::<f64>()).fold(0.0, f64::max));
            let ticks = ticks(most, 4);
            let top = ticks.last().copied().unwrap_or(1.0);
            let y = move |value: f64| TOP + (HEIGHT - TOP - BOTTOM) * (1.0 - value / top);
            let axis = ticks.into_iter().map(|tick| {
                view! {
                    <line class="chart__grid" x1=LEFT.to_string() x2="100%" y1=round(y(tick)) y2=round(y(tick))></line>
                    <text class="chart__word" x=(LEFT - 8.0).to_string() y=round(y(tick) + 4.0) text-anchor="end">
                        {format.run(tick)}
                    </text>
                }
            });
            let axis = axis.collect_view();
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive number")]
            let every = (WORD / slot).ceil().max(1.0) as usize;
            let tones: Vec<Tone> = series.with(|series| series.iter().map(|series| series.tone).collect());
            let bars = bars.get().into_iter().enumerate().map(|(index, bar)| {
            #[allow(clippy::cast_precision_loss, reason = "there are few months")]
            let x = LEFT + index as f64 * slot;
            let parts = stack(&bar.parts).into_iter().zip(&tones).map(|((from, to), tone)| {
                view! {
                    <rect
                        class="bar-months__bar"
                        data-tone=tone.as_str()
                        x=round(x + slot * 0.18)
                        width=round(slot * 0.64)
                        y=round(y(to))
                        height=round(y(from) - y(to))
                    ></rect>
                }
            });
            let word = (index % every == 0).then(|| view! {
                <text class="chart__word" x=round(x + slot / 2.0) y=(HEIGHT - 6.0).to_string() text-anchor="middle">
                    {bar.short}
                </text>
            });
            view! {
                <g
                    class="bar-months__month"
                    class:bar-months__month--read=move || read.get() == Some(index)
                    on:pointerenter=move |_| read.set(Some(index))
                    on:click=move |_| pick(on_pick, index)
                >
                    <rect class="bar-months__slot" x=round(x) y="0" width=round(slot) height=HEIGHT.to_string()></rect>
                    {parts.collect_view()}
                    {word}
                </g>
            }
        });
            view! { {axis} {bars.collect_view()} }
        };
    let reading = move || {
        let index = read.get()?;
        let bar = bars.with(|bars| bars.get(index).cloned())?;
        let parts = series.with(|series| {
            let words = series
                .iter()
                .zip(&bar.parts)
                .map(|(series, part)| [series.name.as_str(), &format.run(*part)].join(" "));
            words.collect::<Vec<_>>().join(" · ")
        });
        Some(view! { <strong>{bar.month}</strong> " " {parts} })
    };
    view! {
        <div
            node_ref=frame
            class="chart__frame"
            tabindex="0"
            role="group"
            aria-label=move || t_string!(i18n, chart.keys)
            on:keydown=on_key
        >
            <svg class="chart__picture" width="100%" height=HEIGHT.to_string() aria-hidden="true">{drawing}</svg>
        </div>
        <p class="chart__reading" aria-live="polite">{reading}</p>
    }
    .into_any()
}
