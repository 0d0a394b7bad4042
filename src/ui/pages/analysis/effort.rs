//! What the deals took: hours and money by stage, per promotion and by person.

use std::sync::Arc;

use leptos::prelude::*;

use super::Desk;
use crate::{
    codec::table::{encode, neutral},
    i18n::{t, t_string, use_i18n},
    metrics::{
        Effort, Row, effort,
        effort::{ByStage, Uncounted, Work},
    },
    model::PersonId,
    ui::{
        components::{empty::Empty, explain::Explain},
        format::{Format, UNKNOWN, use_format},
        parts::listing::export::TakeAway,
        wording::I18n,
    },
};

#[component]
pub(super) fn EffortTab(desk: Desk) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let figures = desk.metric(|view| effort(view).pop());
    let any = Memo::new(move |_| figures.with(|found| found.as_ref().is_some_and(|f| f.work.total.activities > 0)));
    let uncounted = move || {
        let words = figures.get().map(|effort| uncounted_words(i18n, format, &effort)).unwrap_or_default();
        (!words.is_empty()).then(|| view! { <p class="muted small" data-testid="effort-uncounted">{words}</p> })
    };
    view! {
        <Show
            when=move || any.get()
            fallback=move || view! {
                <section class="card">
                    <Empty
                        icon=icondata_lu::LuClock
                        text=Signal::derive(move || t_string!(i18n, analysis.effort.nothing).to_owned())
                    >
                        <a class="button button--primary" href="#/deals">{t!(i18n, analysis.effort.to_deals)}</a>
                    </Empty>
                    {uncounted}
                </section>
            }
        >
            <Stages desk figures/>
            <People desk figures/>
            {uncounted}
        </Show>
    }
}

/// What a table of work shows of some work.
#[derive(Clone, Copy)]
enum Cell {
    Hours,
    Cost,
}

impl Cell {
    fn shown(self, desk: Desk, i18n: I18n, format: Format, work: &Work) -> String {
        match self {
            Self::Hours => hours(i18n, format, work.hours()),
            Self::Cost => work.known_cost().map_or_else(|| UNKNOWN.to_owned(), |minor| desk.amount(format, minor)),
        }
    }

    fn plain(self, desk: Desk, work: &Work) -> String {
        match self {
            Self::Hours => work.hours().map(|hours| format!("{hours:.2}")).unwrap_or_default(),
            #[expect(clippy::cast_precision_loss, reason = "amounts are bounded by 2^51")]
            Self::Cost => desk.decimal(work.known_cost().map(|minor| minor as f64)),
        }
    }
}

fn hours(i18n: I18n, format: Format, hours: Option<f64>) -> String {
    let Some(hours) = hours else { return UNKNOWN.to_owned() };
    t_string!(i18n, analysis.effort.hours_of, hours = format.number(hours, 1)).to_string()
}

/// Activities that are in no sum, with the reason; empty when there are none.
fn uncounted_words(i18n: I18n, format: Format, effort: &Effort) -> String {
    let reason = |reason: &Uncounted| match reason {
        Uncounted::NoDeal => t_string!(i18n, analysis.effort.no_deal),
        Uncounted::BeforeDeal => t_string!(i18n, analysis.effort.before_deal),
        Uncounted::UnknownStage => t_string!(i18n, analysis.effort.unknown_stage),
        Uncounted::OutsidePeriod => t_string!(i18n, analysis.effort.outside_period),
    };
    let parts = effort.uncounted.iter().map(|(why, count)| [&format.count(*count), reason(why)].join(" "));
    let parts = parts.collect::<Vec<_>>().join(" · ");
    if parts.is_empty() { parts } else { t_string!(i18n, analysis.effort.uncounted, parts = parts).to_string() }
}

/// The work in each stage, and what a promotion out of it took.
#[component]
fn Stages(desk: Desk, figures: Memo<Option<Arc<Effort>>>) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let table = move || figures.get().map(|effort| stages(desk, i18n, format, &effort));
    let text = move |form| {
        let rows = figures.get_untracked().map(|effort| plain_stages(desk, i18n, &effort)).unwrap_or_default();
        Ok((rows.len().saturating_sub(1), encode(form, rows)?))
    };
    let counted = move || {
        let total = figures.get().map(|effort| effort.work.total.clone()).unwrap_or_default();
        t_string!(
            i18n,
            analysis.effort.counted,
            activities = format.count(total.activities),
            untimed = format.count(total.untimed),
            unpriced = format.count(total.unpriced)
        )
        .to_string()
    };
    view! {
        <section class="card stack">
            <div class="row">
                <h2>{t!(i18n, analysis.effort.by_stage)}</h2>
                <Explain
                    formula=Signal::derive(move || t_string!(i18n, analysis.effort.formula).to_owned())
                    counted=Signal::derive(counted)
                />
            </div>
            <p class="muted small">{t!(i18n, analysis.effort.what)}</p>
            <div class="table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, analysis.effort.by_stage)>
                {table}
            </div>
            <p class="muted small">{counted}</p>
            <div class="row no-print">
                <TakeAway
                    name=Signal::derive(move || t_string!(i18n, analysis.effort.by_stage).to_owned())
                    table=Callback::new(text)
                />
            </div>
        </section>
    }
    .into_any()
}

/// The places of a table of work, with their names: each stage, closed deals, everything.
fn places(desk: Desk, i18n: I18n, work: &ByStage) -> Vec<(String, &Work)> {
    let stages = work.stages.iter().enumerate().map(|(place, work)| (desk.stage_name(place), work));
    let closed = (t_string!(i18n, analysis.effort.closed).to_owned(), &work.closed);
    let total = (t_string!(i18n, analysis.sum).to_owned(), &work.total);
    stages.chain([closed, total]).collect()
}

fn stages(desk: Desk, i18n: I18n, format: Format, effort: &Effort) -> AnyView {
    let all = effort.work.total.minutes;
    let row = |(place, (name, work)): (usize, (String, &Work))| {
        let rows: Vec<Row> = work.deals.iter().copied().collect();
        let title = [t_string!(i18n, analysis.effort.title), &name].join(" · ");
        let deals = desk.link(format.count(work.deals.len()), title, rows, String::new());
        #[expect(clippy::cast_precision_loss, reason = "a shade")]
        let share = (place < effort.stages.len() && all > 0).then(|| (work.minutes as f64 / all as f64).to_string());
        let promoted = effort.promoted.get(place).map(|promoted| {
            let title = t_string!(i18n, funnel.list.passed, stage = name.clone()).to_string();
            desk.link(format.count(promoted.len()), title, promoted.clone(), String::new())
        });
        let per = |value: Option<f64>, shown: &dyn Fn(f64) -> String| {
            promoted.is_some().then(|| value.map_or_else(|| UNKNOWN.to_owned(), shown))
        };
        let time = per(effort.hours_per_promotion(place), &|value| hours(i18n, format, Some(value)));
        let money = per(effort.cost_per_promotion(place), &|minor| desk.money(format, minor));
        let cells = [Cell::Hours, Cell::Cost].map(|cell| cell.shown(desk, i18n, format, work));
        let [taken, spent] = cells;
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{format.count(work.activities)}</td>
                <td>{deals}</td>
                <td class:breakdown__bar=share.is_some() style:--share=share>{taken}</td>
                <td>{spent}</td>
                <td>{promoted}</td>
                <td>{time}</td>
                <td>{money}</td>
            </tr>
        }
    };
    let mut rows: Vec<_> = places(desk, i18n, &effort.work).into_iter().enumerate().map(row).collect();
    let total = rows.pop();
    view! {
        <table class="table figures" data-testid="effort-stages">
            <thead>
                <tr>
                    <th scope="col">{t!(i18n, funnel.stage)}</th>
                    <th scope="col">{t!(i18n, analysis.effort.activities)}</th>
                    <th scope="col">{t!(i18n, common.count)}</th>
                    <th scope="col">{t!(i18n, analysis.effort.hours)}</th>
                    <th scope="col">{t!(i18n, analysis.effort.money)}</th>
                    <th scope="col">{t!(i18n, funnel.passed)}</th>
                    <th scope="col">{t!(i18n, analysis.effort.hours_per)}</th>
                    <th scope="col">{t!(i18n, analysis.effort.money_per)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
            <tfoot>{total}</tfoot>
        </table>
    }
    .into_any()
}

fn plain_stages(desk: Desk, i18n: I18n, effort: &Effort) -> Vec<Vec<String>> {
    let heads = [
        t_string!(i18n, funnel.stage),
        t_string!(i18n, analysis.effort.activities),
        t_string!(i18n, common.count),
        t_string!(i18n, analysis.effort.hours),
        t_string!(i18n, analysis.effort.money),
        t_string!(i18n, funnel.passed),
        t_string!(i18n, analysis.effort.hours_per),
        t_string!(i18n, analysis.effort.money_per),
    ];
    let row = |(place, (name, work)): (usize, (String, &Work))| {
        let promoted = effort.promoted.get(place).map(|promoted| promoted.len().to_string());
        vec![
            neutral(&name),
            work.activities.to_string(),
            work.deals.len().to_string(),
            Cell::Hours.plain(desk, work),
            Cell::Cost.plain(desk, work),
            promoted.unwrap_or_default(),
            effort.hours_per_promotion(place).map(|hours| format!("{hours:.2}")).unwrap_or_default(),
            desk.decimal(effort.cost_per_promotion(place)),
        ]
    };
    let rows = places(desk, i18n, &effort.work).into_iter().enumerate().map(row);
    std::iter::once(heads.map(str::to_owned).to_vec()).chain(rows).collect()
}

/// The hours of each person in each stage, and what they spent.
#[component]
fn People(desk: Desk, figures: Memo<Option<Arc<Effort>>>) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let table = move || figures.get().map(|effort| people(desk, i18n, format, &effort));
    let text = move |form| {
        let rows = figures.get_untracked().map(|effort| plain_people(desk, i18n, &effort)).unwrap_or_default();
        Ok((rows.len().saturating_sub(1), encode(form, rows)?))
    };
    view! {
        <section class="card stack">
            <h2>{t!(i18n, analysis.effort.by_person)}</h2>
            <p class="muted small">{t!(i18n, analysis.effort.by_person_what)}</p>
            <div class="table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, analysis.effort.by_person)>
                {table}
            </div>
            <div class="row no-print">
                <TakeAway
                    name=Signal::derive(move || t_string!(i18n, analysis.effort.by_person).to_owned())
                    table=Callback::new(text)
                />
            </div>
        </section>
    }
    .into_any()
}

/// Everybody with their work, whoever took the most minutes first.
fn by_minutes(effort: &Effort) -> Vec<(Option<PersonId>, &ByStage)> {
    let mut all: Vec<_> = effort.people.iter().map(|(person, work)| (*person, work)).collect();
    all.sort_by_key(|(_, work)| std::cmp::Reverse(work.total.minutes));
    all
}

fn person_name(desk: Desk, i18n: I18n, id: Option<PersonId>) -> String {
    let name = desk.counted.with(|counted| Some(counted.workspace.people.get(id?)?.name.clone()));
    name.unwrap_or_else(|| t_string!(i18n, analysis.effort.unnamed).to_owned())
}

fn people(desk: Desk, i18n: I18n, format: Format, effort: &Effort) -> AnyView {
    let heads = places(desk, i18n, &effort.work).into_iter();
    let heads = heads.map(|(name, _)| view! { <th scope="col">{name}</th> }).collect_view();
    let row = |name: String, work: &ByStage| {
        let cells = places(desk, i18n, work).into_iter().map(|(place, work)| {
            let rows: Vec<Row> = work.deals.iter().copied().collect();
            let title = [name.as_str(), &place].join(" · ");
            let shown = Cell::Hours.shown(desk, i18n, format, work);
            view! { <td>{desk.link(shown, title, rows, String::new())}</td> }
        });
        let cells = cells.collect_view();
        let spent = Cell::Cost.shown(desk, i18n, format, &work.total);
        let activities = format.count(work.total.activities);
        view! { <tr><th scope="row">{name.clone()}</th>{cells}<td>{spent}</td><td>{activities}</td></tr> }
    };
    let rows = by_minutes(effort).into_iter().map(|(person, work)| row(person_name(desk, i18n, person), work));
    let rows = rows.collect_view();
    let total = row(t_string!(i18n, analysis.sum).to_owned(), &effort.work);
    view! {
        <table class="table figures" data-testid="effort-people">
            <thead>
                <tr>
                    <th scope="col">{t!(i18n, analysis.effort.person)}</th>
                    {heads}
                    <th scope="col">{t!(i18n, analysis.effort.money)}</th>
                    <th scope="col">{t!(i18n, analysis.effort.activities)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
            <tfoot>{total}</tfoot>
        </table>
    }
    .into_any()
}

fn plain_people(desk: Desk, i18n: I18n, effort: &Effort) -> Vec<Vec<String>> {
    let hours = places(desk, i18n, &effort.work).into_iter().map(|(name, _)| neutral(&name));
    let heads = std::iter::once(t_string!(i18n, analysis.effort.person).to_owned()).chain(hours).chain(
        [t_string!(i18n, analysis.effort.money), t_string!(i18n, analysis.effort.activities)].map(str::to_owned),
    );
    let row = |(person, work): (Option<PersonId>, &ByStage)| {
        let hours = places(desk, i18n, work).into_iter().map(|(_, work)| Cell::Hours.plain(desk, work));
        let rest = [Cell::Cost.plain(desk, &work.total), work.total.activities.to_string()];
        std::iter::once(neutral(&person_name(desk, i18n, person))).chain(hours).chain(rest).collect()
    };
    std::iter::once(heads.collect()).chain(by_minutes(effort).into_iter().map(row)).collect()
}
