//! The funnel, true to scale.

use leptos::prelude::*;

use super::{
    chart_frame::{ChartFrame, Figures},
    geometry::{Segment, outline, segments},
};
use crate::{
    i18n::{t_string, use_i18n},
    ui::{components::tag::Tone, format::UNKNOWN, wording::I18n},
};

/// How much of the way to the next stage a segment fills: the rest is the wall with the conversion on it.
const REACH: f64 = 0.7;
/// How wide the spout of won deals is beside the last stage.
const SPOUT: f64 = 0.4;

/// One stage of the picture; words are ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelStage {
    /// The stage's name.
    pub name: String,
    /// The zone it belongs to; neighbours of one zone share a bracket.
    pub zone: Option<String>,
    /// A note under the name: the win rate.
    pub note: String,
    /// What the width shows, a count or an amount.
    pub size: f64,
    /// The size that a steady funnel would have here, drawn as a dashed outline.
    pub ghost: Option<f64>,
    /// The number of deals with its unit.
    pub count: String,
    /// Their amount with its unit; empty where none is shown.
    pub amount: String,
    /// Their weighted amount with its unit, and the word that says so: `weighted ¥78万`; empty where none is shown.
    pub weighted: String,
    /// The conversion to the next stage, in words: `62%`.
    pub passage: Option<String>,
    /// Whether the conversion is healthy.
    pub passage_tone: Tone,
}

/// Deals that were won: the spout at the bottom. It is not to scale, since it is what came out over a period and not what is in
/// the funnel now.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelWon {
    /// The word for won.
    pub name: String,
    /// The number of deals with its unit.
    pub count: String,
    /// Their amount with its unit; empty where none is shown.
    pub amount: String,
}

/// The whole picture.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelFigure {
    /// The stages from the top.
    pub stages: Vec<FunnelStage>,
    /// The won deals of the period.
    pub won: FunnelWon,
}

/// Which figure of a stage was picked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FunnelPart {
    /// The number of deals.
    Count,
    /// Their amount.
    Amount,
    /// Their weighted amount.
    Weighted,
    /// The conversion to the next stage.
    Passage,
}

/// The funnel with a button behind every figure, and a table of the same figures.
#[component]
pub fn FunnelPicture(
    /// What it shows, for readers.
    #[prop(into)]
    label: Signal<String>,
    /// The figures.
    #[prop(into)]
    figure: Signal<FunnelFigure>,
    /// Opens what is behind a figure; the index after the last stage is won. Without it, figures are plain.
    #[prop(optional, into)]
    on_pick: Option<Callback<(usize, FunnelPart)>>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <ChartFrame label figures=Signal::derive(move || figures(i18n, &figure.get()))>
            {move || picture(figure.get(), on_pick)}
        </ChartFrame>
    }
    .into_any()
}

/// How wide the spout is, so that the last stage tapers into it.
fn spout(stages: &[FunnelStage]) -> f64 {
    stages.last().map_or(0.0, |last| last.size * SPOUT)
}

/// The picture alone, as it is drawn on paper.
pub fn picture(figure: FunnelFigure, on_pick: Option<Callback<(usize, FunnelPart)>>) -> AnyView {
    let FunnelFigure { stages, won } = figure;
    let sizes: Vec<f64> = stages.iter().map(|stage| stage.size).chain([spout(&stages)]).collect();
    let ghosts: Vec<f64> = stages.iter().map(|stage| stage.ghost.unwrap_or(0.0)).collect();
    let most = sizes.iter().chain(&ghosts).copied().filter(|size| size.is_finite()).fold(0.0, f64::max);
    let walls = segments(&sizes, most, REACH);
    let outlines = segments(&ghosts, most, REACH);
    let (count, won_index) = (stages.len(), stages.len());
    let brackets = zones(&stages).into_iter().map(|(zone, first, length)| {
        let rows = [(2 * first + 1).to_string(), " / span ".to_owned(), (2 * length - 1).to_string()].concat();
        view! { <div class="funnel-picture__zone" style:grid-row=rows><span>{zone}</span></div> }
    });
    let brackets = brackets.collect_view();
    let rows = stages
        .into_iter()
        .zip(walls.iter().copied().zip(outlines))
        .enumerate()
        .map(|(index, (stage, (wall, ghost)))| {
            let ghost = stage.ghost.is_some().then_some(ghost);
            #[allow(clippy::cast_precision_loss, reason = "a funnel has few stages")]
            let position = if count > 1 { index as f64 / (count - 1) as f64 } else { 0.5 };
            let (tone, row) = (stage.passage_tone, (2 * index + 2).to_string());
            let passage = stage.passage.map(|passage| {
                let words = view! {
                    <span aria-hidden="true">{if tone == Tone::Bad { "▼" } else { "↓" }}</span>
                    {passage}
                };
                let Some(on_pick) = on_pick else {
                    return view! {
                        <span class="funnel-picture__passage" data-tone=tone.as_str() style:grid-row=row>{words}</span>
                    }
                    .into_any();
                };
                view! {
                    <button
                        type="button"
                        class="funnel-picture__passage"
                        data-tone=tone.as_str()
                        style:grid-row=row
                        on:click=move |_| on_pick.run((index, FunnelPart::Passage))
                    >
                        {words}
                    </button>
                }
                .into_any()
            });
            view! {
                <div
                    class="funnel-picture__stage"
                    style:grid-row=(2 * index + 1).to_string()
                    style:--stage-position=position.to_string()
                >
                    <div class="funnel-picture__name"><strong>{stage.name}</strong><span class="muted">{stage.note}</span></div>
                    {shape(wall, ghost)}
                    {pick(index, FunnelPart::Count, "count", stage.count, on_pick)}
                    {pick(index, FunnelPart::Amount, "amount", stage.amount, on_pick)}
                    {pick(index, FunnelPart::Weighted, "weighted", stage.weighted, on_pick)}
                </div>
                {passage}
            }
        })
        .collect_view();
    let wall = walls.last().copied().unwrap_or(Segment { top: 0.0, bottom: 0.0 });
    view! {
        <div class="funnel-picture"><div class="funnel-picture__grid">
            {brackets}
            {rows}
            <div
                class="funnel-picture__stage funnel-picture__stage--won"
                style:grid-row=(2 * won_index + 1).to_string()
            >
                <div class="funnel-picture__name"><strong>{won.name}</strong></div>
                {shape(wall, None)}
                {pick(won_index, FunnelPart::Count, "count", won.count, on_pick)}
                {pick(won_index, FunnelPart::Amount, "amount", won.amount, on_pick)}
            </div>
        </div></div>
    }
    .into_any()
}

/// The segment of a stage and, dashed, the steady funnel's.
fn shape(wall: Segment, ghost: Option<Segment>) -> AnyView {
    view! {
        <svg class="funnel-picture__shape" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
            <polygon class="funnel-picture__wall" points=outline(wall)></polygon>
            {ghost.map(|ghost| view! { <polygon class="funnel-picture__ghost" points=outline(ghost)></polygon> })}
        </svg>
    }
    .into_any()
}

fn pick(
    index: usize,
    part: FunnelPart,
    name: &'static str,
    text: String,
    on_pick: Option<Callback<(usize, FunnelPart)>>,
) -> AnyView {
    if text.is_empty() {
        return ().into_any();
    }
    let class = ["funnel-picture__figure funnel-picture__figure--", name].concat();
    let Some(on_pick) = on_pick else { return view! { <span class=class>{text}</span> }.into_any() };
    view! {
        <button
            type="button"
            class=class
            on:click=move |_| on_pick.run((index, part))
        >
            {text}
        </button>
    }
    .into_any()
}

/// Runs of neighbouring stages with one zone: its name, the first stage, how many.
fn zones(stages: &[FunnelStage]) -> Vec<(String, usize, usize)> {
    let mut zones: Vec<(String, usize, usize)> = Vec::new();
    let mut before = None;
    for (index, stage) in stages.iter().enumerate() {
        match (&stage.zone, zones.last_mut()) {
            (Some(zone), Some(last)) if before == Some(zone) => {
                last.2 += 1;
            }
            (Some(zone), _) => zones.push((zone.clone(), index, 1)),
            (None, _) => {}
        }
        before = stage.zone.as_ref();
    }
    zones
}

fn figures(i18n: I18n, figure: &FunnelFigure) -> Figures {
    let or_dash = |text: Option<&String>| text.map_or(UNKNOWN, String::as_str).to_owned();
    let row = |stage: &FunnelStage| {
        let [name, count] = [&stage.name, &stage.count].map(String::clone);
        vec![name, count, stage.amount.clone(), stage.weighted.clone(), or_dash(stage.passage.as_ref())]
    };
    let FunnelWon { name, count, amount } = figure.won.clone();
    let won = vec![name, count, amount, or_dash(None), or_dash(None)];
    let heads = [
        t_string!(i18n, common.stage),
        t_string!(i18n, common.count),
        t_string!(i18n, common.amount),
        t_string!(i18n, common.weighted),
        t_string!(i18n, common.passage),
    ];
    let heads = heads.map(str::to_owned).to_vec();
    let rows: Vec<_> = figure.stages.iter().map(row).chain([won]).collect();
    // A picture without amounts has none in its table.
    let is_shown = |column: usize| {
        figure.stages.is_empty()
            || figure.stages.iter().zip(&rows).any(|(_, row)| row.get(column).is_some_and(|cell| !cell.is_empty()))
    };
    let shown: Vec<usize> = (0..heads.len()).filter(|column| is_shown(*column)).collect();
    let of = |cells: &Vec<String>| shown.iter().filter_map(|column| cells.get(*column).cloned()).collect::<Vec<_>>();
    Figures { heads: of(&heads), rows: rows.iter().map(of).collect() }
}
