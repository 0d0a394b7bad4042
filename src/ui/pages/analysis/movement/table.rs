//! The promotion status table: for every row and stage what stood there, came, left and stands there now.

use std::sync::Arc;

use leptos::prelude::*;

use super::{super::Desk, use_period};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{
        Row,
        movement::{By, Flow, Group, Promotion, StageFlow, promotion},
    },
    ui::{
        components::{explain::Explain, field::SelectField, icon::Icon},
        format::{Format, UNKNOWN, use_format},
        parts::counted::made_anew,
        route::use_navigation,
        wording::I18n,
    },
};

const ALL: [(&str, By); 5] = [
    ("company", By::Company),
    ("department", By::Department),
    ("person", By::Person),
    ("product", By::Product),
    ("source", By::Source),
];

/// A column: its flows, and what it is called.
type Column = (&'static [Flow], fn(I18n) -> &'static str);

const COLUMNS: [Column; 9] = [
    (&[Flow::Opening], |i18n| t_string!(i18n, analysis.flow.opening)),
    (&[Flow::Created, Flow::PromotedIn, Flow::FellBackIn, Flow::Reopened], |i18n| {
        t_string!(i18n, analysis.flow.entered)
    }),
    (&[Flow::Promoted, Flow::Won], |i18n| t_string!(i18n, analysis.flow.promoted)),
    (&[Flow::Skipped], |i18n| t_string!(i18n, analysis.flow.skipped)),
    (&[Flow::FellBack], |i18n| t_string!(i18n, analysis.flow.fell_back)),
    (&[Flow::Lost], |i18n| t_string!(i18n, analysis.flow.lost)),
    (&[Flow::Dormant], |i18n| t_string!(i18n, analysis.flow.dormant)),
    (&[Flow::TakenOver, Flow::HandedOver, Flow::ChangedIn, Flow::ChangedOut], |i18n| {
        t_string!(i18n, analysis.flow.changed)
    }),
    (&[Flow::Closing], |i18n| t_string!(i18n, analysis.flow.closing)),
];

#[component]
pub(super) fn TableCard(desk: Desk) -> impl IntoView {
    let (i18n, format, navigation) = (use_i18n(), use_format(), use_navigation());
    let period = use_period(desk);
    let by = Memo::new(move |_| {
        let code = navigation.query.with(|query| query.get("rows").map(str::to_owned));
        ALL.iter().find(|(key, _)| Some(*key) == code.as_deref()).map_or(By::Company, |(_, by)| *by)
    });
    let table = Memo::new_with_compare(
        move |_| {
            let counted = desk.counted.get();
            let table = desk.scope.with(|scope| promotion(&counted.frame, &scope.filter, period.get(), by.get()));
            Arc::new(table.into_iter().next())
        },
        made_anew,
    );
    let options = Signal::derive(move || ALL.map(|(key, by)| (key.to_owned(), by_name(i18n, by).to_owned())).to_vec());
    let chosen = move || ALL.iter().find(|(_, one)| *one == by.get()).map_or("company", |(key, _)| *key).to_owned();
    let heads = move || COLUMNS.map(|(_, name)| view! { <th scope="col">{name(i18n)}</th> }).collect_view();
    let body = move || {
        let table = table.get();
        let Some(table) = table.as_ref() else { return ().into_any() };
        rows(desk, i18n, format, table)
    };
    // Whether it adds up, on every row.
    let residual = move || {
        let table = table.get();
        let stages = table.iter().flat_map(|table| table.rows.values().flatten());
        stages.map(|stage| stage.residual().unsigned_abs()).sum::<u64>()
    };
    view! {
        <section class="card stack">
            <div class="card__head">
                <h2>{t!(i18n, analysis.promotion)}</h2>
                <SelectField
                    label=Signal::derive(move || t_string!(i18n, analysis.rows).to_owned())
                    options
                    value=Signal::derive(chosen)
                    on_change=move |key: String| navigation.set_query("rows", (key != "company").then_some(key.as_str()))
                />
            </div>
            <div class="table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, analysis.promotion)>
                <table class="table figures" data-testid="promotion-table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, funnel.stage)}</th>
                            {heads}
                            <th scope="col">{t!(i18n, analysis.flow.rate)}</th>
                            <th scope="col">{t!(i18n, funnel.median_days)}</th>
                        </tr>
                    </thead>
                    {body}
                </table>
            </div>
            <p class="small analysis__proof" data-testid="promotion-residual" data-residual=move || residual().to_string()>
                <Icon icon=icondata_lu::LuEqual/>
                {move || t_string!(i18n, analysis.promotion_adds_up, residual = residual()).to_string()}
                <Explain
                    formula=Signal::derive(move || t_string!(i18n, analysis.promotion_formula).to_owned())
                    counted=Signal::derive(move || {
                        let period = period.get();
                        [format.date(period.from), format.date(period.to)].join(" – ")
                    })
                />
            </p>
        </section>
    }
    .into_any()
}

fn rows(desk: Desk, i18n: I18n, format: Format, table: &Promotion) -> AnyView {
    let bodies = table.rows.iter().map(|(group, stages)| {
        let name = group_name(desk, i18n, group);
        let head = (*group != Group::Company).then(|| {
            view! { <tr class="figures__group"><th scope="rowgroup" colspan="12">{name.clone()}</th></tr> }
        });
        let lines = stages.iter().enumerate().map(|(place, stage)| line(desk, i18n, format, &name, place, stage));
        view! { <tbody>{head}{lines.collect_view()}</tbody> }
    });
    bodies.collect_view().into_any()
}

fn line(desk: Desk, i18n: I18n, format: Format, group: &str, place: usize, flow: &StageFlow) -> AnyView {
    let stage = desk.stage_name(place);
    let cells = COLUMNS.map(|(flows, name)| {
        let deals: Vec<Row> = flows.iter().filter_map(|kind| flow.flows.get(kind)).flatten().copied().collect();
        let title = [name(i18n), &stage, group].join(" · ");
        let shown = match flows {
            [Flow::TakenOver, ..] => {
                let sum = |which: fn(Flow) -> bool| -> usize {
                    flows.iter().filter(|kind| which(**kind)).map(|kind| flow.count(*kind)).sum()
                };
                let (came, went) = (sum(Flow::is_in), sum(Flow::is_out));
                if came + went == 0 { UNKNOWN.to_owned() } else { ["+", &format.count(came), " −", &format.count(went)].concat() }
            }
            _ if deals.is_empty() => "0".to_owned(),
            _ => format.count(deals.len()),
        };
        if deals.is_empty() {
            return view! { <td class="muted">{shown}</td> }.into_any();
        }
        view! {
            <td><button type="button" class="link" on:click=move |_| desk.opener.run(title.clone(), &deals, String::new())>{shown}</button></td>
        }
        .into_any()
    });
    let rate = format.percent(flow.promotion_rate().map(|rate| rate.value()), 0);
    let days = format.days(flow.median_days());
    view! { <tr><th scope="row">{stage}</th>{cells.collect_view()}<td>{rate}</td><td>{days}</td></tr> }.into_any()
}

fn by_name(i18n: I18n, by: By) -> &'static str {
    match by {
        By::Company => t_string!(i18n, analysis.company),
        By::Department => t_string!(i18n, domain.field.department),
        By::Person => t_string!(i18n, domain.field.owner),
        By::Product => t_string!(i18n, domain.field.products),
        By::Source => t_string!(i18n, domain.field.source),
    }
}

fn group_name(desk: Desk, i18n: I18n, group: &Group) -> String {
    let nobody = || t_string!(i18n, list.nobody).to_owned();
    let unknown = || UNKNOWN.to_owned();
    desk.counted.with_untracked(|counted| {
        let workspace = &counted.workspace;
        match group {
            Group::Company => t_string!(i18n, analysis.company).to_owned(),
            Group::Department(id) => {
                id.and_then(|id| workspace.departments.get(id)).map_or_else(unknown, |one| one.name.clone())
            }
            Group::Person(id) => id.and_then(|id| workspace.people.get(id)).map_or_else(nobody, |one| one.name.clone()),
            Group::Product(id) => {
                id.and_then(|id| workspace.products.get(id)).map_or_else(unknown, |one| one.name.clone())
            }
            Group::Source(name) if name.is_empty() => unknown(),
            Group::Source(name) => name.clone(),
        }
    })
}
