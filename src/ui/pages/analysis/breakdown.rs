//! Who, what, whom, whence: the figures of the deals by what they have in common, and where and why deals are lost.

mod column;
mod losses;
mod table;
mod words;

use std::sync::Arc;

use leptos::prelude::*;

use super::Desk;
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{Breakdown, Dimension, breakdown, breakdown::Line, breakdown::Value},
    ui::{
        charts::intervals::{IntervalRow, Intervals},
        components::{field::SelectField, icon::Icon, segmented::Segmented, tag::Tone},
        format::{Format, use_format},
        parts::behind::left_out_words,
        route::use_navigation,
        settings::Settings,
        wording::I18n,
    },
};

use column::{Column, Sorting};
use losses::LossesCard;
use table::LinesTable;
use words::{dimension_code, dimension_name, value_name};

/// At most so many lines are drawn.
const DRAWN: usize = 15;

/// A breakdown with its lines by name, in the order of the table.
struct Shown {
    by: Dimension,
    breakdown: Arc<Breakdown>,
    lines: Vec<(Value, String)>,
    sorting: Sorting,
}

impl Shown {
    /// The lines with their names, in order.
    fn lines(&self) -> impl Iterator<Item = (&str, &Line)> {
        self.lines.iter().filter_map(|(value, name)| Some((name.as_str(), self.breakdown.lines.get(value)?)))
    }
}

#[component]
pub(super) fn BreakdownTab(desk: Desk) -> impl IntoView {
    let (i18n, format, navigation) = (use_i18n(), use_format(), use_navigation());
    let language = expect_context::<Settings>().language;
    let by = Memo::new(move |_| {
        let code = navigation.query.with(|query| query.get("by").map(str::to_owned));
        let wished = Dimension::ALL.into_iter().find(|one| Some(dimension_code(*one)) == code.as_deref());
        wished.unwrap_or_default()
    });
    let counted = desk.metric(move |view| breakdown(view, by.get()).pop());
    let sorted = Memo::new(move |_| navigation.query.with(|query| query.get("sorted").map(str::to_owned)));
    let show = move |_: Option<&Option<Arc<Shown>>>| {
        let breakdown = counted.get()?;
        let by = by.get();
        let sorting = Sorting::read(by, sorted.get().as_deref());
        let named = breakdown.lines.keys().map(|value| (value.clone(), value_name(desk, i18n, value)));
        let lines = sorting.sorted(named.collect(), &breakdown, language.get().tag());
        Some(Arc::new(Shown { by, breakdown, lines, sorting }))
    };
    let shown = Memo::new_with_compare(show, |_, _| true);
    let options = Signal::derive(move || {
        Dimension::ALL.map(|one| (dimension_code(one).to_owned(), dimension_name(i18n, one).to_owned())).to_vec()
    });
    let choose = move |code: String| {
        // The order is that of the columns of one choice.
        navigation.set_query("sorted", None);
        navigation.set_query("by", (code != dimension_code(Dimension::default())).then_some(code.as_str()));
    };
    let several = move || shown.get().map(|shown| several_words(desk, i18n, format, &shown));
    let has_lines =
        Memo::new(move |_| counted.with(|found| found.as_ref().is_some_and(|found| !found.lines.is_empty())));
    view! {
        <section class="card stack">
            <div class="card__head">
                <h2>{t!(i18n, analysis.breakdown.lines)}</h2>
                <SelectField
                    label=Signal::derive(move || t_string!(i18n, analysis.breakdown.by).to_owned())
                    options
                    value=Signal::derive(move || dimension_code(by.get()).to_owned())
                    on_change=choose
                />
            </div>
            <Show
                when=move || has_lines.get()
                fallback=move || view! { <p class="muted">{t!(i18n, analysis.breakdown.nothing)}</p> }
            >
                <p class="muted small">{move || what(i18n, by.get())}</p>
                <LinesTable desk shown/>
                {several}
            </Show>
        </section>
        <Show when=move || has_lines.get() && !by.get().is_of_losses()>
            <Rates desk shown/>
        </Show>
        <LossesCard desk/>
    }
}

/// What the lines say.
fn what(i18n: I18n, by: Dimension) -> &'static str {
    match by {
        Dimension::LostReason | Dimension::LostStage => t_string!(i18n, analysis.breakdown.what_losses),
        Dimension::Person | Dimension::Department => t_string!(i18n, analysis.breakdown.what_owner),
        _ => t_string!(i18n, analysis.breakdown.what),
    }
}

/// Whether the lines add up to the total, and what was spent on no line.
fn several_words(desk: Desk, i18n: I18n, format: Format, shown: &Shown) -> AnyView {
    let breakdown = &shown.breakdown;
    let sum: usize = breakdown.lines.values().map(|line| line.rows().len()).sum();
    let total = breakdown.total.rows().len();
    let words = if breakdown.several.is_empty() {
        t_string!(i18n, analysis.breakdown.adds_up, total = format.count(total)).to_string()
    } else {
        t_string!(
            i18n,
            analysis.breakdown.several,
            sum = format.count(sum),
            total = format.count(total),
            several = format.count(breakdown.several.len())
        )
        .to_string()
    };
    let unassigned = (breakdown.unassigned != 0).then(|| {
        let amount = desk.amount(format, breakdown.unassigned);
        let words = t_string!(i18n, analysis.breakdown.unassigned, amount = amount).to_string();
        view! { <p class="muted small">{words}</p> }
    });
    view! {
        <p class="small analysis__proof" data-testid="breakdown-sum" data-sum=sum.to_string() data-total=total.to_string()>
            <Icon icon=icondata_lu::LuEqual/>
            {words}
        </p>
        {unassigned}
    }
    .into_any()
}

/// How conversion is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    SoFar,
    OfDecided,
}

/// Conversion of the first lines with the intervals, beside that of all deals.
#[component]
fn Rates(desk: Desk, shown: Memo<Option<Arc<Shown>>>) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let reading = RwSignal::new(Reading::OfDecided);
    let rate = move |line: &Line| match reading.get() {
        Reading::SoFar => line.cohort.so_far(),
        Reading::OfDecided => line.cohort.of_decided(),
    };
    let rows = Signal::derive(move || {
        let Some(shown) = shown.get() else { return Vec::new() };
        let row = |(name, line): (&str, &Line)| {
            let rate = rate(line);
            let range = rate.map(|rate| rate.interval()).map(|interval| (interval.low, interval.high));
            let tone = if line.cohort.too_few() { Tone::Neutral } else { Tone::Accent };
            IntervalRow { name: name.to_owned(), value: rate.map(|rate| rate.value()), range, tone }
        };
        shown.lines().filter(|(_, line)| line.cohort.entered() > 0).take(DRAWN).map(row).collect::<Vec<_>>()
    });
    let on_pick = move |place: usize| {
        let Some(shown) = shown.get_untracked() else { return };
        let found = shown.lines().filter(|(_, line)| line.cohort.entered() > 0).nth(place);
        let Some((name, line)) = found else { return };
        let cohort = &line.cohort;
        let rows: Vec<_> = cohort.deals().copied().collect();
        let title = [t_string!(i18n, analysis.breakdown.began), name].join(" · ");
        desk.opener.run(title, &rows, left_out_words(i18n, format, &cohort.left_out));
    };
    let whole = move || shown.get().and_then(|shown| rate(&shown.breakdown.total)).map(|rate| rate.value());
    let options = vec![
        (Reading::SoFar, Signal::derive(move || t_string!(i18n, funnel.so_far).to_owned())),
        (Reading::OfDecided, Signal::derive(move || t_string!(i18n, funnel.of_decided).to_owned())),
    ];
    let name = move || {
        let by = shown.get().map_or("", |shown| dimension_name(i18n, shown.by));
        [t_string!(i18n, analysis.breakdown.rates), by].join(" · ")
    };
    view! {
        <section class="card stack">
            <div class="card__head">
                <h2>{t!(i18n, analysis.breakdown.rates)}</h2>
                <Segmented
                    label=Signal::derive(move || t_string!(i18n, analysis.reading).to_owned())
                    options
                    value=reading
                    on_change=move |to| reading.set(to)
                />
            </div>
            <p class="muted small">{move || t_string!(i18n, analysis.breakdown.rates_what, count = DRAWN).to_string()}</p>
            <Intervals
                label=Signal::derive(name)
                row_name=Signal::derive(move || shown.get().map_or("", |shown| dimension_name(i18n, shown.by)).to_owned())
                value_name=Signal::derive(move || Column::title_of(i18n, reading.get() == Reading::SoFar).to_owned())
                rows
                beside=MaybeProp::derive(whole)
                format=Callback::new(move |share: f64| format.percent(share, 0))
                on_pick=Callback::new(on_pick)
            />
        </section>
    }
    .into_any()
}
