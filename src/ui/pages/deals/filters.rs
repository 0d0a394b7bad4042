//! The filters above the list.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    cell::Desk,
    column::OWN,
    sieve::{self, ANY, NOBODY},
};
use crate::{
    i18n::{t_string, use_i18n},
    metrics::Mark,
    model::{
        CustomFieldOf, Status, Workspace,
        address::{read_list, write_list},
    },
    store::use_store,
    ui::{
        components::chip_select::ChipSelect,
        format::UNKNOWN,
        parts::{
            customer_editor::different,
            listing::{
                controls::{FilterChip, named},
                own_filters::OwnFilters,
            },
            tags::{competitors_in_use, deal_tags},
        },
        route::use_navigation,
        wording,
    },
};

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
        let mut owners = vec![(NOBODY.to_owned(), t_string!(i18n, list.nobody).to_owned())];
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
        .map(|status| (status.code().to_owned(), wording::status(i18n, status).to_owned()))
        .collect::<Vec<_>>()
    });
    let stages = Signal::from(Memo::new(move |_| {
        desk.names.track();
        let models = navigation.query.with(|query| query.get("model").map(read_list).unwrap_or_default());
        store.peek(|workspace| stages(workspace, &models))
    }));
    let models = read(|workspace| named(&workspace.models, |model| &model.name));
    let departments = read(|workspace| named(&workspace.departments, |department| &department.name));
    let products = read(|workspace| named(&workspace.products, |product| &product.name));
    let marks = Signal::derive(move || {
        let choice = |mark: &Mark| (mark.code().to_owned(), wording::clocks::mark(i18n, *mark).to_owned());
        Mark::ALL.iter().map(choice).collect::<Vec<_>>()
    });
    let chip = move |key: &'static str,
                     label: fn(wording::I18n) -> &'static str,
                     options: Signal<Vec<(String, String)>>,
                     least: usize| {
        let texts = matches!(key, "source" | "competitor" | "tag");
        view! { <FilterChip key label=Signal::derive(move || label(i18n).to_owned()) options texts least/> }
    };
    let status_chosen = Signal::derive(move || navigation.query.with(sieve::statuses));
    let on_status = move |values: Vec<String>| {
        let written = write_list(&values).unwrap_or_else(|| ANY.to_owned());
        navigation.set_query("status", Some(&written));
    };
    view! {
        <div class="listing__chips" role="group" aria-label=move || t_string!(i18n, list.filters)>
            <ChipSelect label=Signal::derive(move || t_string!(i18n, domain.field.status).to_owned()) options=statuses chosen=status_chosen on_change=on_status/>
            {chip("model", |i18n| t_string!(i18n, domain.field.model), models, 2)}
            {chip("stage", |i18n| t_string!(i18n, domain.field.stage), stages, 1)}
            {chip("department", |i18n| t_string!(i18n, domain.field.department), departments, 1)}
            {chip("person", |i18n| t_string!(i18n, domain.field.owner), owners.into(), 2)}
            {chip("product", |i18n| t_string!(i18n, domain.field.products), products, 1)}
            {chip("source", |i18n| t_string!(i18n, domain.field.source), sources.into(), 1)}
            {chip("campaign", |i18n| t_string!(i18n, domain.field.campaign), campaigns.into(), 1)}
            {chip("competitor", |i18n| t_string!(i18n, domain.field.competitors), competitors.into(), 1)}
            {chip("mark", |i18n| t_string!(i18n, clocks.mark.title), marks, 1)}
            {chip("tag", |i18n| t_string!(i18n, domain.field.tags), tags.into(), 1)}
            <OwnFilters of=OWN rows=CustomFieldOf::Deal/>
        </div>
    }
    .into_any()
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
    alike(different(workspace.deals.iter().map(|deal| &deal.details.source)))
}
