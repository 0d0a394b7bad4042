//! Labels with suggestions from those in use: tags and competitors.

use std::{collections::BTreeSet, sync::Arc};

use leptos::prelude::*;

use super::editor::Refusal;
use crate::{
    i18n::{t_string, use_i18n},
    model::{Deal, Workspace},
    store::use_store,
    ui::components::text_list::TextList,
};

/// The tags of a customer or of a deal, edited in place.
///
/// ```ignore
/// <Tags
///     values=Signal::derive(move || editor.read(|deal| deal.details.tags.clone()))
///     save=move |tags| editor.details(|details| details.tags = tags)
/// />
/// ```
#[component]
pub fn Tags(
    /// The tags.
    #[prop(into)]
    values: Signal<Vec<String>>,
    /// Keeps other tags.
    #[prop(into)]
    save: Callback<Vec<String>, Refusal>,
) -> impl IntoView {
    let i18n = use_i18n();
    let label = Signal::derive(move || t_string!(i18n, domain.field.tags).to_owned());
    view! { <Labels label values in_use=tags_in_use save/> }
}

/// Who else bids for a deal, edited in place.
#[component]
pub fn Competitors(
    /// The competitors.
    #[prop(into)]
    values: Signal<Vec<String>>,
    /// Keeps others.
    #[prop(into)]
    save: Callback<Vec<String>, Refusal>,
) -> impl IntoView {
    let i18n = use_i18n();
    let label = Signal::derive(move || t_string!(i18n, domain.field.competitors).to_owned());
    view! { <Labels label values in_use=competitors_in_use save/> }
}

#[component]
fn Labels(
    label: Signal<String>,
    values: Signal<Vec<String>>,
    in_use: fn(&Workspace) -> Vec<String>,
    save: Callback<Vec<String>, Refusal>,
) -> impl IntoView {
    let store = use_store();
    let offered = Memo::new(move |_| store.with(in_use));
    let refusal = RwSignal::new(Refusal::None);
    let on_change = move |values: Vec<String>| refusal.set(save.run(values));
    view! { <TextList label values offered error=refusal on_change/> }
}

/// The tags that deals and customers have.
pub fn tags_in_use(workspace: &Workspace) -> Vec<String> {
    let customers = workspace.customers.iter().flat_map(|customer| &customer.tags);
    distinct(workspace.deals.iter().flat_map(|deal| &deal.details.tags).chain(customers))
}

/// The tags that deals have.
pub fn deal_tags(workspace: &Workspace) -> Vec<String> {
    distinct(workspace.deals.iter().flat_map(|deal| &deal.details.tags))
}

/// The competitors that deals name.
pub fn competitors_in_use(workspace: &Workspace) -> Vec<String> {
    distinct(workspace.deals.iter().flat_map(|deal| &deal.details.competitors))
}

/// The sources on offer and those that deals name.
pub fn sources_in_use(workspace: &Workspace) -> Vec<String> {
    let written = |deal: &'_ Arc<Deal>| !deal.details.source.trim().is_empty();
    let named = workspace.deals.iter().filter(|deal| written(deal)).map(|deal| &deal.details.source);
    distinct(workspace.profile.sources.iter().chain(named))
}

/// Each text once, in the order of their letters.
fn distinct<'a>(texts: impl Iterator<Item = &'a String>) -> Vec<String> {
    texts.collect::<BTreeSet<_>>().into_iter().cloned().collect()
}
