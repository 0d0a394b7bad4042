//! What became of a stage: before and after, those concerned and the others, with the deals behind.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    super::{
        Desk,
        periods::line::{told_tone, told_words},
    },
    Found, dates, stage_name,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{
        Cohort, Interval, Period, Row,
        comparison::Told,
        difference::Estimate,
        intervention::{Contrast, Effect, Gap, Reading},
    },
    model::Intervention,
    ui::{
        charts::{
            gap::gap,
            intervals::{IntervalRow, Intervals},
        },
        components::{
            explain::Explain,
            segmented::Segmented,
            tag::{Tag, Tone},
        },
        format::{Format, UNKNOWN, use_format},
        parts::behind::left_out_words,
        wording::I18n,
    },
};

/// What is told of: a reading of conversion, or the days.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Figure {
    Conversion(Reading),
    Days,
}

impl Figure {
    const ALL: [Self; 4] = [
        Self::Conversion(Reading::SoFar),
        Self::Conversion(Reading::OfDecided),
        Self::Conversion(Reading::Estimated),
        Self::Days,
    ];

    fn of(self, contrast: &Contrast) -> Option<Gap> {
        match self {
            Self::Conversion(reading) => contrast.conversion(reading),
            Self::Days => contrast.days(),
        }
    }

    fn beyond_others(self, effect: &Effect) -> Option<(Estimate, Told)> {
        match self {
            Self::Conversion(reading) => effect.beyond_others(reading),
            Self::Days => effect.days_beyond_others(),
        }
    }

    fn name(self, i18n: I18n) -> &'static str {
        match self {
            Self::Conversion(reading) => reading_name(i18n, reading),
            Self::Days => t_string!(i18n, funnel.median_days),
        }
    }

    fn shown(self, format: Format, value: f64) -> String {
        match self {
            Self::Conversion(_) => format.percent(value, 0),
            Self::Days => format.days(value),
        }
    }

    /// A difference with its sign; of shares in points.
    fn difference(self, i18n: I18n, format: Format, value: f64) -> String {
        let sign = match () {
            () if value > 0.0 => "+",
            () if value < 0.0 => "−",
            () => "",
        };
        match self {
            Self::Conversion(_) => {
                let points = [sign, &format.number(value.abs() * 100.0, 1)].concat();
                t_string!(i18n, analysis.periods.points, points = points).to_string()
            }
            Self::Days => [sign, &format.days(value.abs())].concat(),
        }
    }

    fn span(self, i18n: I18n, format: Format, interval: Interval) -> String {
        let [low, high] = [interval.low, interval.high].map(|end| self.difference(i18n, format, end));
        t_string!(i18n, analysis.periods.range, low = low, high = high).to_string()
    }
}

fn reading_name(i18n: I18n, reading: Reading) -> &'static str {
    match reading {
        Reading::SoFar => t_string!(i18n, funnel.so_far),
        Reading::OfDecided => t_string!(i18n, funnel.of_decided),
        Reading::Estimated => t_string!(i18n, analysis.estimated),
    }
}

/// What a difference says, in words; `None` where there is none. Fewer days are good.
pub(super) fn verdict(i18n: I18n, told: Option<Told>, less_is_better: bool) -> (&'static str, Tone) {
    let told = told.unwrap_or(Told::TooFew);
    (told_words(i18n, told), told_tone(told, less_is_better))
}

/// The card of one intervention.
#[component]
pub(super) fn EffectCard(desk: Desk, one: Arc<Intervention>, effect: Option<Effect>) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let about = [dates(format, &one), stage_name(desk, &one)].join(" · ");
    let note = (!one.note.trim().is_empty()).then(|| one.note.clone());
    let name = one.name.clone();
    let inner = match effect {
        Some(effect) => view! { <Told desk found=(one, Some(effect))/> }.into_any(),
        None => view! { <p class="muted">{t!(i18n, analysis.interventions.no_days)}</p> }.into_any(),
    };
    view! {
        <section class="card stack" data-testid="intervention">
            <h2>{name}</h2>
            <p class="muted small">{about}</p>
            {note.map(|note| view! { <p>{note}</p> })}
            {inner}
        </section>
    }
    .into_any()
}

#[component]
fn Told(desk: Desk, found: Found) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let reading = RwSignal::new(Reading::Estimated);
    let options = Reading::ALL.map(|one| (one, Signal::derive(move || reading_name(i18n, one).to_owned()))).to_vec();
    let Some(effect) = found.1 else { return ().into_any() };
    let effect = StoredValue::new(effect);
    let period = |period: Period| [format.date(period.from), format.date(period.to)].join(" – ");
    let windows = effect.with_value(|effect| {
        let (before, after) = (period(effect.windows.before), period(effect.windows.after));
        t_string!(i18n, analysis.interventions.windows, before = before, after = after).to_string()
    });
    let sides = move || effect.with_value(|effect| sides(i18n, effect));
    let rows = Signal::derive(move || {
        let reading = reading.get();
        let row = |(name, contrast, is_after): (String, Contrast, bool)| {
            let gap = contrast.conversion(reading);
            let side = gap.map(|gap| if is_after { gap.after } else { gap.before });
            let tone = gap.map_or(Tone::Neutral, |gap| verdict(i18n, Some(gap.told), false).1);
            IntervalRow {
                name,
                value: side.map(|side| side.value),
                range: side.map(|side| (side.interval.low, side.interval.high)),
                tone: if is_after && tone == Tone::Neutral {
                    Tone::Accent
                } else if is_after {
                    tone
                } else {
                    Tone::Neutral
                },
            }
        };
        sides().into_iter().map(row).collect::<Vec<_>>()
    });
    let pick = Callback::new(move |index: usize| {
        if let Some((name, contrast, is_after)) = sides().into_iter().nth(index) {
            let cohort = if is_after { &contrast.after } else { &contrast.before };
            open(desk, i18n, format, name, cohort);
        }
    });
    let table = move || effect.with_value(|effect| lines(desk, i18n, format, effect));
    view! {
        <p class="small">{windows}</p>
        <Segmented
            label=Signal::derive(move || t_string!(i18n, funnel.reading).to_owned())
            options
            value=reading
            on_change=move |to| reading.set(to)
        />
        <Intervals
            label=Signal::derive(move || t_string!(i18n, analysis.interventions.picture).to_owned())
            row_name=Signal::derive(move || t_string!(i18n, analysis.interventions.side).to_owned())
            value_name=Signal::derive(move || t_string!(i18n, funnel.reading).to_owned())
            rows
            format=Callback::new(move |share: f64| format.percent(share, 0))
            on_pick=pick
        />
        <div class="table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, analysis.interventions.figures)>
            <table class="table figures periods" data-testid="intervention-lines">
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, analysis.periods.figure)}</th>
                        <th scope="col">{t!(i18n, analysis.interventions.before)}</th>
                        <th scope="col">{t!(i18n, analysis.interventions.after)}</th>
                        <th scope="col">{t!(i18n, analysis.periods.difference)}</th>
                        <th scope="col" colspan="2">{t!(i18n, chart.range)}</th>
                        <th scope="col">{t!(i18n, analysis.periods.told)}</th>
                    </tr>
                </thead>
                {table}
            </table>
        </div>
        <p class="muted small">{t!(i18n, analysis.interventions.no_experiment)}</p>
    }
    .into_any()
}

/// Who is looked at, before and after, from top to bottom.
fn sides(i18n: I18n, effect: &Effect) -> Vec<(String, Contrast, bool)> {
    let side = |contrast: &Contrast, who: &str| {
        [false, true].map(|is_after| {
            let when = if is_after {
                t_string!(i18n, analysis.interventions.after)
            } else {
                t_string!(i18n, analysis.interventions.before)
            };
            ([who, " · ", when].concat(), contrast.clone(), is_after)
        })
    };
    let (concerned, others) = group_names(i18n, effect);
    let mut all = side(&effect.concerned, concerned).to_vec();
    all.extend(effect.others.iter().flat_map(|contrast| side(contrast, others)));
    all
}

fn group_names(i18n: I18n, effect: &Effect) -> (&'static str, &'static str) {
    let concerned = if effect.others.is_some() {
        t_string!(i18n, analysis.interventions.concerned)
    } else {
        t_string!(i18n, analysis.interventions.everybody)
    };
    (concerned, t_string!(i18n, analysis.interventions.others))
}

/// Opens the deals that entered the stage.
fn open(desk: Desk, i18n: I18n, format: Format, title: String, cohort: &Cohort) {
    let rows: Vec<Row> = cohort.deals().copied().collect();
    desk.opener.run(title, &rows, left_out_words(i18n, format, &cohort.left_out));
}

/// The figures of those concerned, of the others, and by how much more the former changed.
fn lines(desk: Desk, i18n: I18n, format: Format, effect: &Effect) -> AnyView {
    let (concerned, others) = group_names(i18n, effect);
    let concerned = group(desk, i18n, format, concerned, &effect.concerned);
    let beside = effect.others.as_ref().map(|contrast| {
        let beyond = Figure::ALL.map(|figure| beyond(i18n, format, figure, effect)).collect_view();
        view! {
            {group(desk, i18n, format, others, contrast)}
            <tbody>
                <tr class="figures__group"><th scope="colgroup" colspan="7">{t!(i18n, analysis.interventions.beyond)}</th></tr>
                {beyond}
            </tbody>
        }
    });
    view! { {concerned} {beside} }.into_any()
}

fn group(desk: Desk, i18n: I18n, format: Format, who: &'static str, contrast: &Contrast) -> AnyView {
    let side = |cohort: &Cohort, when: &str| {
        let title = [who, " · ", when].concat();
        let left_out = left_out_words(i18n, format, &cohort.left_out);
        let rows: Vec<Row> = cohort.deals().copied().collect();
        desk.link(format.count(cohort.entered()), title, rows, left_out)
    };
    let before = side(&contrast.before, t_string!(i18n, analysis.interventions.before));
    let after = side(&contrast.after, t_string!(i18n, analysis.interventions.after));
    let figures = Figure::ALL.map(|figure| line(i18n, format, figure, contrast)).collect_view();
    view! {
        <tbody>
            <tr class="figures__group"><th scope="colgroup" colspan="7">{who}</th></tr>
            <tr>
                <th scope="row">{t!(i18n, funnel.entered)}</th>
                <td>{before}</td>
                <td>{after}</td>
                <td></td>
                <td></td>
                <td></td>
                <td></td>
            </tr>
            {figures}
        </tbody>
    }
    .into_any()
}

fn line(i18n: I18n, format: Format, figure: Figure, contrast: &Contrast) -> AnyView {
    let gap = figure.of(contrast);
    let side =
        |read: fn(&Gap) -> f64| gap.as_ref().map_or_else(|| UNKNOWN.to_owned(), |gap| figure.shown(format, read(gap)));
    let (words, tone) = verdict(i18n, gap.map(|gap| gap.told), figure == Figure::Days);
    let formula = match figure {
        Figure::Conversion(Reading::Estimated) => t_string!(i18n, analysis.interventions.formula.estimated),
        Figure::Conversion(_) => t_string!(i18n, analysis.periods.formula.rate),
        Figure::Days => t_string!(i18n, analysis.interventions.formula.days),
    };
    let counted = {
        let [before, after] = [&contrast.before, &contrast.after].map(|cohort| format.count(cohort.decided()));
        t_string!(i18n, analysis.interventions.counted, before = before, after = after).to_string()
    };
    let difference = gap.map(|gap| gap.difference);
    view! {
        <tr data-tone=tone.as_str()>
            <th scope="row"><span class="readings__rate">{figure.name(i18n)}<Explain formula counted/></span></th>
            <td>{side(|gap| gap.before.value)}</td>
            <td>{side(|gap| gap.after.value)}</td>
            {told_cells(i18n, format, figure, difference, words, tone)}
        </tr>
    }
    .into_any()
}

fn beyond(i18n: I18n, format: Format, figure: Figure, effect: &Effect) -> AnyView {
    let found = figure.beyond_others(effect);
    let (words, tone) = verdict(i18n, found.map(|(_, told)| told), figure == Figure::Days);
    let counted = t_string!(i18n, funnel.deals, count = format.count(effect.rows().len())).to_string();
    view! {
        <tr data-tone=tone.as_str()>
            <th scope="row">
                <span class="readings__rate">{figure.name(i18n)}<Explain formula=t_string!(i18n, analysis.interventions.formula.beyond) counted/></span>
            </th>
            <td></td>
            <td></td>
            {told_cells(i18n, format, figure, found.map(|(difference, _)| difference), words, tone)}
        </tr>
    }
    .into_any()
}

/// A difference with its interval, drawn, and what it says.
fn told_cells(
    i18n: I18n,
    format: Format,
    figure: Figure,
    difference: Option<Estimate>,
    words: &'static str,
    tone: Tone,
) -> AnyView {
    let shown = |read: &dyn Fn(Estimate) -> String| difference.map_or_else(|| UNKNOWN.to_owned(), read);
    view! {
        <td>{shown(&|found| figure.difference(i18n, format, found.value))}</td>
        <td class="small">{shown(&|found| figure.span(i18n, format, found.interval))}</td>
        <td class="periods__picture">{difference.map(|found| gap(found.value, found.interval.low, found.interval.high))}</td>
        <td><Tag tone=Signal::derive(move || tone)>{words}</Tag></td>
    }
    .into_any()
}
