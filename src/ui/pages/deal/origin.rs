//! Where the deal comes from: the campaign that brought it, the deal that it follows.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string},
    model::{Deal, DealId, Workspace},
    ui::{
        parts::{
            editor::{EditChoice, Editor},
            names::choices,
        },
        route::{Route, use_navigation},
    },
};

/// The campaign that brought the deal.
#[component]
pub fn Campaign(
    /// Edits the deal.
    editor: Editor,
) -> impl IntoView {
    let i18n = editor.i18n;
    let options = Signal::derive(move || {
        editor.names.with(|names| choices(names.campaigns.iter().map(|c| (c.id.to_string(), c.name.clone()))))
    });
    let chosen = move || editor.read(|deal| deal.details.campaign).map(|id| id.to_string());
    view! {
        <EditChoice
            label=Signal::derive(move || t_string!(i18n, domain.field.campaign).to_owned())
            options
            value=Signal::derive(move || chosen().unwrap_or_default())
            save=move |text: String| editor.details(|details| details.campaign = text.parse().ok())
        />
    }
}

/// The earlier deal that this one repeats or follows from, with a link to it.
#[component]
pub fn Follows(
    /// Edits the deal.
    editor: Editor,
) -> impl IntoView {
    let (i18n, navigation) = (editor.i18n, use_navigation());
    let follows = Memo::new(move |_| editor.read(|deal| deal.details.follows));
    let options = Memo::new(move |_| {
        let customer = editor.read(|deal| deal.details.customer);
        editor.store.with(|workspace| earlier(workspace, editor.id, customer, follows.get()))
    });
    let title = move || {
        let title = |workspace: &Workspace| Some(workspace.deals.get(follows.get()?)?.details.title.clone());
        editor.store.with(title)
    };
    let link = move || {
        let href = navigation.href(&Route::Deal(follows.get()?.to_string()));
        Some(view! { <a class="small" href=href>{title()}</a> })
    };
    view! {
        <div>
            <EditChoice
                label=Signal::derive(move || t_string!(i18n, domain.field.follows).to_owned())
                options
                value=Signal::derive(move || follows.get().map(|id| id.to_string()).unwrap_or_default())
                save=move |text: String| editor.details(|details| details.follows = text.parse().ok())
            />
            <Show when=move || follows.get().is_some()>{link}</Show>
            <Show when=move || options.with(|options| options.len() == 1)>
                <p class="field__note">{t!(i18n, deal.no_earlier)}</p>
            </Show>
        </div>
    }
}

/// The other deals of the customer, and the one chosen now.
fn earlier(
    workspace: &Workspace,
    own: DealId,
    customer: Option<crate::model::CustomerId>,
    chosen: Option<DealId>,
) -> Vec<(String, String)> {
    let offered = |deal: &&Arc<Deal>| {
        deal.id != own && ((customer.is_some() && deal.details.customer == customer) || Some(deal.id) == chosen)
    };
    let deals = workspace.deals.iter().filter(offered);
    choices(deals.map(|deal| (deal.id.to_string(), deal.details.title.clone())))
}
