//! The controls above the list: search, filters, columns.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    cell::Desk,
    column::Field,
    own_filters::OwnFilters,
    sieve::{self, ANY, BETWEEN, BETWEEN_SOURCES, NOBODY, read_list, write_list},
};
use crate::{
    codec::address,
    i18n::{t_string, use_i18n},
    model::{Record, Status, Table, Workspace},
    store::use_store,
    ui::{
        components::{chip_select::ChipSelect, icon::Icon},
        format::UNKNOWN,
        parts::tags::{competitors_in_use, deal_tags},
        route::use_navigation,
        timing::{measure_until_painted, moment},
        wording,
    },
};

/// Reads the values of a filter from the address.
type Read = fn(&str) -> Vec<String>;
/// Writes the values of a filter for the address.
type Write = fn(&[String]) -> Option<String>;

/// The filters; they live in the address, like everything else that is chosen here.
#[component]
pub(super) fn Filters(desk: Desk) -> impl IntoView {
    let (i18n, store, navigation) = (use_i18n(), use_store(), use_navigation());
    let read = move |read: fn(&Workspace) -> Vec<(String, String)>| {
        Signal::from(Memo::new(move |_| {
            desk.names.track();
            store.peek(read)
        }))
    };
    // These are written in the deals themselves, so the lists follow them all.
    let sources = Memo::new(move |_| store.with(sources));
    let tags = Memo::new(move |_| store.with(|workspace| alike(deal_tags(workspace))));
    let competitors = Memo::new(move |_| store.with(|workspace| alike(competitors_in_use(workspace))));
    let campaigns = Memo::new(move |_| {
        desk.names.track();
        let mut campaigns = store.peek(|workspace| named(&workspace.campaigns, |campaign| &campaign.name));
        if !campaigns.is_empty() {
            campaigns.insert(0, (NOBODY.to_owned(), UNKNOWN.to_owned()));
        }
        campaigns
    });
    let owners = Memo::new(move |_| {
        desk.names.track();
        let mut owners = vec![(NOBODY.to_owned(), t_string!(i18n, deals.nobody).to_owned())];
        owners.extend(store.peek(|workspace| named(&workspace.people, |person| &person.name)));
        owners
    });
    let statuses = Signal::derive(move || {
        let day = None;
        let (reason, note) = (String::new(), String::new());
        [
            Status::Open,
            Status::Dormant { on: day, wake: day },
            Status::Won { on: day },
            Status::Lost { on: day, reason, note },
        ]
        .iter()
        .map(|status| (sieve::status_code(status).to_owned(), wording::status(i18n, status).to_owned()))
        .collect::<Vec<_>>()
    });
    let stages = Signal::from(Memo::new(move |_| {
        desk.names.track();
        let models =
            navigation.query.with(|query| query.get("model").map(|text| read_list(text, BETWEEN)).unwrap_or_default());
        store.peek(|workspace| stages(workspace, &models))
    }));
    let models = read(|workspace| named(&workspace.models, |model| &model.name));
    let departments = read(|workspace| named(&workspace.departments, |department| &department.name));
    let products = read(|workspace| named(&workspace.products, |product| &product.name));
    let chip = move |key: &'static str,
                     label: fn(wording::I18n) -> &'static str,
                     options: Signal<Vec<(String, String)>>,
                     least: usize| {
        let (read, write): (Read, Write) = match key {
            "tag" | "competitor" => (address::read_texts, address::write_texts),
            "source" => (|text| read_list(text, BETWEEN_SOURCES), |values| write_list(values, BETWEEN_SOURCES)),
            _ => (|text| read_list(text, BETWEEN), |values| write_list(values, BETWEEN)),
        };
        let chosen =
            Signal::derive(move || navigation.query.with(|query| query.get(key).map(read).unwrap_or_default()));
        let on_change = move |values: Vec<String>| navigation.set_query(key, write(&values).as_deref());
        view! {
            <Show when=move || options.with(|options| options.len() >= least)>
                <ChipSelect label=Signal::derive(move || label(i18n).to_owned()) options chosen on_change/>
            </Show>
        }
        .into_any()
    };
    let status_chosen = Signal::derive(move || navigation.query.with(sieve::statuses));
    let on_status = move |values: Vec<String>| {
        let written = write_list(&values, BETWEEN).unwrap_or_else(|| ANY.to_owned());
        navigation.set_query("status", Some(&written));
    };
    view! {
        <div class="deals__chips" role="group" aria-label=move || t_string!(i18n, deals.filters)>
            <ChipSelect label=Signal::derive(move || t_string!(i18n, domain.field.status).to_owned()) options=statuses chosen=status_chosen on_change=on_status/>
            {chip("model", |i18n| t_string!(i18n, domain.field.model), models, 2)}
            {chip("stage", |i18n| t_string!(i18n, domain.field.stage), stages, 1)}
            {chip("department", |i18n| t_string!(i18n, domain.field.department), departments, 1)}
            {chip("person", |i18n| t_string!(i18n, domain.field.owner), owners.into(), 2)}
            {chip("product", |i18n| t_string!(i18n, domain.field.products), products, 1)}
            {chip("source", |i18n| t_string!(i18n, domain.field.source), sources.into(), 1)}
            {chip("campaign", |i18n| t_string!(i18n, domain.field.campaign), campaigns.into(), 1)}
            {chip("competitor", |i18n| t_string!(i18n, domain.field.competitors), competitors.into(), 1)}
            {chip("tag", |i18n| t_string!(i18n, domain.field.tags), tags.into(), 1)}
            <OwnFilters desk/>
        </div>
    }
    .into_any()
}

/// The choice of columns.
#[component]
pub(super) fn Columns(desk: Desk) -> impl IntoView {
    let (i18n, store, navigation) = (use_i18n(), use_store(), use_navigation());
    let columns = Signal::derive(move || {
        desk.names.track();
        let fields = store.peek(|workspace| Field::all(&workspace.profile));
        fields.iter().map(|field| (field.code().into_owned(), field.heading(i18n))).collect::<Vec<_>>()
    });
    let shown = Signal::derive(move || {
        desk.fields.with(|fields| fields.iter().map(|field| field.code().into_owned()).collect())
    });
    let on_columns = move |values: Vec<String>| {
        let usual = values.len() == Field::USUAL.len()
            && Field::USUAL.iter().all(|field| values.iter().any(|code| *code == field.code()));
        let written = if usual { None } else { write_list(&values, BETWEEN) };
        navigation.set_query("columns", written.as_deref());
    };
    view! {
        <ChipSelect label=Signal::derive(move || t_string!(i18n, deals.columns).to_owned()) options=columns chosen=shown on_change=on_columns/>
    }
}

/// The name under which the browser's performance record keeps how long the list takes from a key to the painted page.
const MEASURE: &str = "loudou:filter";

/// The field that searches titles, customers, owners and ids.
#[component]
pub(super) fn Search() -> impl IntoView {
    let (i18n, navigation) = (use_i18n(), use_navigation());
    let sought = Signal::derive(move || navigation.query.with(|query| query.get("q").unwrap_or_default().to_owned()));
    let on_search = move |event| {
        let (start, text) = (moment(), event_target_value(&event));
        navigation.set_query("q", (!text.is_empty()).then_some(text.as_str()));
        measure_until_painted(MEASURE, start);
    };
    view! {
        <label class="deals__search">
            <Icon icon=icondata_lu::LuSearch/>
            <input
                type="search"
                class="field__control"
                data-testid="deals-search"
                aria-label=move || t_string!(i18n, deals.search)
                placeholder=move || t_string!(i18n, deals.search)
                prop:value=sought
                on:input=on_search
            />
        </label>
    }
}

/// The records of a table as choices, by name.
fn named<V: Record>(table: &Table<V>, name: impl Fn(&V) -> &String) -> Vec<(String, String)> {
    let mut choices: Vec<_> =
        table.iter().map(|record| (record.id().to_string(), name(record.as_ref()).clone())).collect();
    choices.sort_by(|(_, a), (_, b)| a.cmp(b));
    choices
}

/// The stages of the models asked for, or of all, in their order; with the model's name when there are several.
fn stages(workspace: &Workspace, models: &[String]) -> Vec<(String, String)> {
    let asked = |model: &&Arc<crate::model::FunnelModel>| models.is_empty() || models.contains(&model.id.to_string());
    let models: Vec<_> = workspace.models.iter().filter(asked).collect();
    let several = models.len() > 1;
    let choice = |model: &str, stage: &crate::model::Stage| {
        let name = if several { [model, " · ", &stage.name].concat() } else { stage.name.clone() };
        (stage.id.to_string(), name)
    };
    models.iter().flat_map(|model| model.stages.iter().map(|stage| choice(&model.name, stage))).collect()
}

/// Texts as choices that stand for themselves.
fn alike(texts: Vec<String>) -> Vec<(String, String)> {
    texts.into_iter().map(|text| (text.clone(), text)).collect()
}

/// The sources that deals name.
fn sources(workspace: &Workspace) -> Vec<(String, String)> {
    let mut sources: Vec<_> = workspace.deals.iter().map(|deal| deal.details.source.as_str()).collect();
    sources.sort_unstable();
    sources.dedup();
    sources.retain(|source| !source.trim().is_empty());
    sources.into_iter().map(|source| (source.to_owned(), source.to_owned())).collect()
}
