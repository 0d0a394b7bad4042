//! A customer who is to be visited again after a win.

use leptos::prelude::*;

use super::words;
use crate::{
    i18n::t,
    metrics::Concern,
    ui::{
        anywhere::{Deed, use_anywhere},
        components::{
            button::{Button, Variant},
            tag::{Tag, Tone},
        },
        parts::{editor::Editor, log_preset::Preset},
        route::{Query, Route},
    },
};

/// One customer, by the won deal that the visit is for.
#[component]
pub(super) fn VisitRow(
    /// Which deal, and for how long the visit has been due.
    concern: Concern,
) -> impl IntoView {
    let Concern { deal, causes } = concern;
    let editor = Editor::of(deal);
    let (i18n, anywhere) = (editor.i18n, use_anywhere());
    let name = move || {
        let customer = editor.customer().map(|customer| customer.name.clone());
        let title = editor.read(|deal| deal.details.title.clone());
        customer.into_iter().chain([title]).collect::<Vec<_>>().join(" · ")
    };
    let facts = move || {
        let standing = editor.read(|deal| Some((deal.standing().model, deal.standing().owner)));
        let owner = editor.customer().and_then(|customer| customer.owner).or(standing.and_then(|(_, owner)| owner));
        editor.names.with(|names| {
            let model = standing.and_then(|(model, _)| names.models.get(model));
            let phase = model.and_then(|model| model.after_sale.as_ref()).map(|after| after.name.clone());
            phase.into_iter().chain([names.person(owner)]).collect::<Vec<_>>().join(" · ")
        })
    };
    let tags = causes.into_iter().map(|cause| view! { <Tag tone=Tone::Warn>{move || words(i18n, cause)}</Tag> });
    let tags = tags.collect_view();
    let log = move |_| anywhere.open(Deed::Log(Preset::return_visit(deal)));
    view! {
        <li class="today__row" data-testid="today-row">
            <div class="today__what">
                <a href=Route::Deal(deal.to_string()).href(&Query::default()) data-record>{name}</a>
                <span class="small muted">{facts}</span>
            </div>
            <div class="today__why">{tags}</div>
            <div class="today__do">
                <Button variant=Variant::Bare on_click=log attr:data-testid="log-visit">{t!(i18n, customer.log_visit)}</Button>
            </div>
        </li>
    }
    .into_any()
}
