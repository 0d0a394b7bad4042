//! The funnel picture of the page.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Figures, opener};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{Cohort, Rate},
    model::Stage,
    ui::{
        charts::funnel_picture::{FunnelFigure, FunnelPart, FunnelPicture, FunnelStage, FunnelWon},
        components::{segmented::Segmented, tag::Tone},
        format::{Format, use_format},
        parts::behind::left_out_words,
        wording::{self, I18n},
    },
};

/// What the width of the picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Width {
    Count,
    Amount,
}

/// Which conversion stands on the wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    SoFar,
    OfDecided,
}

impl Reading {
    fn of(self, cohort: &Cohort) -> Option<Rate> {
        match self {
            Self::SoFar => cohort.so_far(),
            Self::OfDecided => cohort.of_decided(),
        }
    }
}

/// The card with the picture and what it is drawn by.
#[component]
pub(super) fn Picture(
    /// The figures of the page.
    figures: Memo<Option<Arc<Figures>>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let width = RwSignal::new(Width::Count);
    let reading = RwSignal::new(Reading::OfDecided);
    let opener = opener(figures);
    let figure = Memo::new(move |_| {
        figures.get().map_or_else(nothing, |figures| draw(i18n, format, &figures, width.get(), reading.get()))
    });
    let on_pick = move |(position, part): (usize, FunnelPart)| {
        let Some(figures) = figures.get_untracked() else { return };
        let stage = figures.stage_name(position);
        let Some(stock) = figures.stock.stages.get(position) else {
            let won = &figures.stock.won;
            let left_out = left_out_words(i18n, format, &won.left_out);
            opener.run(t_string!(i18n, funnel.list.won).to_owned(), &won.deals, left_out);
            return;
        };
        if let (FunnelPart::Passage, Some(conversion)) = (part, figures.conversion.stages.get(position)) {
            let title = t_string!(i18n, funnel.list.passed, stage = stage).to_string();
            let cohort = &conversion.cohort;
            opener.run(title, &cohort.passed, left_out_words(i18n, format, &cohort.left_out));
        } else {
            let title = t_string!(i18n, funnel.list.stock, stage = stage).to_string();
            opener.run(title, &stock.open.deals, left_out_words(i18n, format, &stock.open.left_out));
        }
    };
    let word = move |name: fn(I18n) -> &'static str| Signal::derive(move || name(i18n).to_owned());
    view! {
        <section class="card">
            <div class="funnel-page__head">
                <h2>{t!(i18n, funnel.shape)}</h2>
                <Segmented
                    label=word(|i18n| t_string!(i18n, funnel.reading))
                    options=vec![
                        (Reading::OfDecided, word(|i18n| t_string!(i18n, funnel.of_decided))),
                        (Reading::SoFar, word(|i18n| t_string!(i18n, funnel.so_far))),
                    ]
                    value=reading
                    on_change=move |value| reading.set(value)
                />
                <Segmented
                    label=word(|i18n| t_string!(i18n, funnel.by))
                    options=vec![
                        (Width::Count, word(|i18n| t_string!(i18n, funnel.count))),
                        (Width::Amount, word(|i18n| t_string!(i18n, funnel.amount))),
                    ]
                    value=width
                    on_change=move |value| width.set(value)
                />
            </div>
            <FunnelPicture label=word(|i18n| t_string!(i18n, funnel.shape)) figure on_pick/>
        </section>
    }
}

fn nothing() -> FunnelFigure {
    let won = FunnelWon { name: String::new(), count: String::new(), amount: String::new() };
    FunnelFigure { stages: Vec::new(), won }
}

pub(super) fn draw(i18n: I18n, format: Format, figures: &Figures, width: Width, reading: Reading) -> FunnelFigure {
    let size = |holding: &crate::metrics::Holding| match width {
        #[expect(clippy::cast_precision_loss, reason = "a width on the screen")]
        Width::Count => holding.deals.len() as f64,
        #[expect(clippy::cast_precision_loss, reason = "a width on the screen")]
        Width::Amount => holding.amount as f64,
    };
    let deals = |count: usize| t_string!(i18n, funnel.deals, count = format.count(count)).to_string();
    let columns = figures.model.stages.iter().zip(&figures.stock.stages).zip(&figures.conversion.stages);
    // Where a steady funnel would hold the same number of deals.
    let evenness = &figures.shape.evenness;
    #[expect(clippy::cast_precision_loss, reason = "a width on the screen")]
    let open = figures.stock.open.deals.len() as f64;
    let ghosts = (width == Width::Count && evenness.value.is_some()).then_some(&evenness.steady);
    let stages = columns.enumerate().map(|(place, ((stage, stock), conversion))| {
        let weighted = figures.weighted_amount(format, &stock.open);
        let win_rate = format.percent(stage.probability.as_f64(), 0);
        let (passage, passage_tone) = passage(i18n, format, stage, &conversion.cohort, reading);
        FunnelStage {
            name: stage.name.clone(),
            zone: Some(wording::zone(i18n, stage.zone()).to_owned()),
            note: t_string!(i18n, funnel.win_rate, share = win_rate).to_string(),
            size: size(&stock.open),
            ghost: ghosts.and_then(|steady| steady.get(place)).map(|share| share * open),
            count: deals(stock.open.deals.len()),
            amount: figures.amount(format, &stock.open),
            weighted: t_string!(i18n, funnel.weighted, amount = weighted).to_string(),
            passage: Some(passage),
            passage_tone,
        }
    });
    let won = &figures.stock.won;
    FunnelFigure {
        stages: stages.collect(),
        won: FunnelWon {
            name: t_string!(i18n, funnel.won_in_period).to_owned(),
            count: deals(won.deals.len()),
            amount: figures.amount(format, won),
        },
    }
}

/// The conversion on the wall. It is marked only when the whole 90 % interval of the decided deals lies below the model's rate.
fn passage(i18n: I18n, format: Format, stage: &Stage, cohort: &Cohort, reading: Reading) -> (String, Tone) {
    let Some(rate) = reading.of(cohort) else {
        return (t_string!(i18n, funnel.too_few).to_owned(), Tone::Neutral);
    };
    let share = format.percent(rate.value(), 0);
    if cohort.too_few() {
        return ([share, t_string!(i18n, funnel.too_few).to_owned()].join(" · "), Tone::Neutral);
    }
    let model = stage.promotion_rate.as_f64();
    match cohort.of_decided() {
        Some(decided) if decided.interval().high < model => {
            let points = format.number((model - decided.value()) * 100.0, 0);
            let note = t_string!(i18n, funnel.below_model, points = points).to_string();
            ([share, note].join(" · "), Tone::Bad)
        }
        _ => (share, Tone::Neutral),
    }
}
