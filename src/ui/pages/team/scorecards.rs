//! How each person and department sells: a table of all, and a card of one that prints.

mod card;
mod desk;
mod table;
mod words;

use std::sync::Arc;

use leptos::prelude::*;

use self::{card::Single, desk::Desk, table::All};
use crate::{
    i18n::{t_string, use_i18n},
    metrics::scorecard::{Of, Scorecards as Cards, scorecards},
    ui::{
        components::empty::Empty,
        filters::{FilterBar, use_scope},
        parts::{
            counted::{made_anew, use_counted},
            nothing::NoRecords,
        },
        route::use_navigation,
    },
};

/// The key of the address that opens one card.
const CARD: &str = "card";

/// The scorecards.
#[component]
pub fn Scorecards() -> impl IntoView {
    let (i18n, navigation) = (use_i18n(), use_navigation());
    let scope = use_scope();
    let counted = use_counted(scope);
    let cards = Memo::new_with_compare(
        move |_| {
            let counted = counted.get();
            scope.with(|scope| scorecards(&counted.workspace, &counted.frame, scope.as_of, &scope.filter)).map(Arc::new)
        },
        |before: Option<&Option<Arc<Cards>>>, after| match (before, after) {
            (Some(Some(before)), Some(Some(after))) => made_anew(Some(before), Some(after)),
            _ => true,
        },
    );
    let desk = Desk::new(scope, counted);
    // Whose card is asked for, of those that there are.
    let one = Memo::new(move |_| {
        let wished = navigation.query.with(|query| query.get(CARD).map(str::to_owned))?;
        cards.with(|cards| find(cards.as_ref()?, &wished))
    });
    let nobody = move || cards.with(|cards| cards.as_ref().is_none_or(|cards| cards.people.is_empty()));
    let no_deals = Memo::new(move |_| counted.with(|counted| counted.workspace.deals.is_empty()));
    view! {
        <FilterBar scope/>
        {move || match (no_deals.get(), nobody(), one.get()) {
            (true, ..) => view! {
                <NoRecords icon=icondata_lu::LuGauge text=Signal::derive(move || t_string!(i18n, team.scorecards.no_deals).to_owned())/>
            }.into_any(),
            (_, true, _) => view! {
                <Empty icon=icondata_lu::LuGauge text=Signal::derive(move || t_string!(i18n, team.scorecards.nobody).to_owned())/>
            }.into_any(),
            (_, _, Some(of)) => view! { <Single desk cards of/> }.into_any(),
            (.., None) => view! { <All desk cards/> }.into_any(),
        }}
    }
    .into_any()
}

/// The card of this id.
fn find(cards: &Cards, id: &str) -> Option<Of> {
    let departments = cards.departments.iter().map(|department| (department.to_string(), Of::Department(*department)));
    let people = cards.people.iter().map(|person| (person.to_string(), Of::Person(*person)));
    departments.chain(people).find(|(known, _)| known == id).map(|(_, of)| of)
}
