//! All rounds that this browser played: who was nearer, and whether the player is too sure.

use leptos::prelude::*;

use crate::{
    codec::progress::Exercise,
    i18n::{t, t_string},
    metrics::Rate,
    training::contest::{Kept, Record, Reliable},
    ui::{
        charts::{
            chart_frame::Look,
            lines::{Column, Line, Lines, Stroke},
        },
        components::{empty::Empty, stat::Stat, tag::Tone},
        format::Format,
        learning::use_learning,
        wording::I18n,
    },
};

/// The record, or what belongs here.
#[component]
pub(super) fn Rounded(i18n: I18n, format: Format) -> impl IntoView {
    let progress = use_learning().progress();
    let record = Memo::new(move |_| {
        let scores = progress.with(|progress| {
            let rounds = progress.of(Exercise::Contest).filter_map(|attempt| Kept::read(&attempt.details));
            rounds.map(|kept| kept.scores()).collect::<Vec<_>>()
        });
        Record::of(&scores)
    });
    view! {
        <section class="card games__part" data-testid="contest-record">
            <h3>{t!(i18n, learn.contest.record)}</h3>
            {move || match record.get() {
                None => view! {
                    <Empty
                        icon=icondata_lu::LuTarget
                        text=Signal::derive(move || t_string!(i18n, learn.contest.no_record).to_owned())
                    />
                }.into_any(),
                Some(record) => view! { <Filled i18n format record/> }.into_any(),
            }}
        </section>
    }
    .into_any()
}

#[component]
fn Filled(i18n: I18n, format: Format, record: Record) -> impl IntoView {
    let Record { player, product, nearer } = record;
    let of = move |rate: Rate| {
        let (hits, of) = (format.count(rate.hits()), format.count(rate.of()));
        t_string!(i18n, learn.contest.hits_of, hits = hits, of = of).to_string()
    };
    let beside = move |text: String| t_string!(i18n, learn.contest.beside, product = text).to_string();
    let (inside, theirs) = (player.inside, product.inside);
    let (crps, their_crps) = (player.crps, product.crps);
    let (brier, their_brier) = (player.brier.score, product.brier.score);
    view! {
        <div class="tiles">
            <Stat
                label=Signal::derive(move || t_string!(i18n, learn.contest.nearer).to_owned())
                figure=Signal::derive(move || of(nearer))
            />
            <Stat
                label=Signal::derive(move || t_string!(i18n, learn.contest.range).to_owned())
                figure=Signal::derive(move || of(inside))
                note=MaybeProp::derive(move || Some(beside(of(theirs))))
            />
            <Stat
                label=Signal::derive(move || t_string!(i18n, learn.contest.crps_share).to_owned())
                figure=Signal::derive(move || format.percent(crps, 1))
                note=MaybeProp::derive(move || Some(beside(format.percent(their_crps, 1))))
            />
            <Stat
                label=Signal::derive(move || t_string!(i18n, learn.contest.brier).to_owned())
                figure=Signal::derive(move || format.number(brier, 2))
                note=MaybeProp::derive(move || Some(beside(format.number(their_brier, 2))))
            />
        </div>
        <p>{move || lean(i18n, inside)}</p>
        <Calibration i18n format said=player.below.to_vec() words=|i18n| t_string!(i18n, learn.contest.calibration)/>
        <p class="small muted">{t!(i18n, learn.contest.calibration_what)}</p>
        <Calibration i18n format said=player.chances words=|i18n| t_string!(i18n, learn.contest.chances)/>
        <p class="small muted">{t!(i18n, learn.contest.chances_what)}</p>
    }
    .into_any()
}

/// Whether the ranges of a player are too narrow, too wide or neither, as far as the rounds can tell.
fn lean(i18n: I18n, inside: Rate) -> &'static str {
    let interval = inside.interval();
    match () {
        () if inside.of() < 5 => t_string!(i18n, learn.contest.too_few),
        () if interval.high < 0.8 => t_string!(i18n, learn.contest.too_sure),
        () if interval.low > 0.8 => t_string!(i18n, learn.contest.too_wide),
        () => t_string!(i18n, learn.contest.cannot_tell),
    }
}

/// What was said against how often it came, with the line on which both agree.
#[component]
fn Calibration(i18n: I18n, format: Format, said: Vec<Reliable>, words: fn(I18n) -> &'static str) -> impl IntoView {
    let said = StoredValue::new(said);
    let columns = Signal::derive(move || {
        let column = |one: &Reliable| {
            let name = format.percent(one.said, 0);
            Column { at: one.said, word: name.clone(), name }
        };
        said.with_value(|said| said.iter().map(column).collect::<Vec<_>>())
    });
    let lines = Signal::derive(move || {
        said.with_value(|said| {
            vec![
                Line {
                    name: t_string!(i18n, learn.contest.as_said).to_owned(),
                    look: Look::Tone(Tone::Neutral),
                    stroke: Stroke::Dashed,
                    values: said.iter().map(|one| Some(one.said)).collect(),
                    ranges: Vec::new(),
                },
                Line {
                    name: t_string!(i18n, learn.contest.as_came).to_owned(),
                    look: Look::Tone(Tone::Accent),
                    stroke: Stroke::Points,
                    values: said.iter().map(|one| Some(one.came.value())).collect(),
                    ranges: said.iter().map(|one| Some((one.came.interval().low, one.came.interval().high))).collect(),
                },
            ]
        })
    });
    view! {
        <Lines
            label=Signal::derive(move || words(i18n).to_owned())
            column_name=Signal::derive(move || t_string!(i18n, learn.contest.as_said).to_owned())
            columns
            lines
            format=Callback::new(move |share: f64| format.percent(share, 0))
            most=1.0
            height=200.0
        />
    }
    .into_any()
}
