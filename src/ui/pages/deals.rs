//! The list of all deals: sort, filter, edit in place, change many at once, take elsewhere.

mod bulk;
mod cell;
mod column;
mod edit;
mod filters;
mod listed;
mod sieve;
mod summary;

use leptos::prelude::*;

use bulk::DealsBulk;
use cell::cells;
use column::Field;
use filters::Filters;
use listed::Listed;
use sieve::Sieve;
use summary::Summary;

use crate::{
    i18n::{t, t_string, use_i18n},
    model::DealId,
    store::{Store, use_store},
    ui::{
        anywhere::{Deed, use_anywhere},
        components::{
            button::Button,
            data_table::{DataTable, Sort},
        },
        parts::{
            clocks::use_yardsticks,
            listing::{
                cell::{mark_column, on_key},
                column::{Columns, ListField, use_sorting},
            },
            log_preset::Preset,
            nothing::{NoRecords, NoWorkspace},
        },
        route::{Route, use_navigation},
        selection::{Chosen, Selection},
    },
};

/// The order until somebody sorts: the largest amounts first.
const USUAL_SORT: Sort<Field> = Sort { column: Field::Amount, descending: true };

/// The list of all deals.
#[component]
pub fn DealsPage() -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let opened = store.library().opened();
    let none = Memo::new(move |_| store.with(|workspace| workspace.deals.is_empty()));
    view! {
        <h1>{t!(i18n, nav.deals)}</h1>
        {move || if opened.get().is_none() {
            view! {
                <NoWorkspace icon=icondata_lu::LuList text=Signal::derive(move || t_string!(i18n, deals.no_workspace).to_owned())/>
            }.into_any()
        } else if none.get() {
            view! {
                <NoRecords icon=icondata_lu::LuList text=Signal::derive(move || t_string!(i18n, deals.no_deals).to_owned())/>
            }.into_any()
        } else {
            view! { <List/> }.into_any()
        }}
    }
}

#[component]
fn List() -> impl IntoView {
    let (i18n, store, navigation) = (use_i18n(), use_store(), use_navigation());
    let selection: Selection = expect_context();
    let desk = edit::desk(Columns::follow(USUAL_SORT));
    let yardsticks = use_yardsticks();
    let profile = Memo::new(move |_| store.with(|workspace| workspace.profile.clone()));
    let sieve = Memo::new(move |_| navigation.query.with(|query| profile.with(|profile| Sieve::of(query, profile))));
    let picked = Memo::new(move |_| sieve.with(|sieve| sieve.set).then(|| selection.chosen().get()).flatten());
    let chosen = Memo::new(move |_| sieve.with(|sieve| sieve.chosen.clone()));
    let typed = Memo::new(move |_| sieve.with(|sieve| sieve.typed.clone()));
    let ids = Memo::new(move |_| picked.with(|picked| picked.as_ref().map(|picked| picked.deals.clone())));
    let listed = Listed::follow(ids.into(), chosen, typed, desk, yardsticks);
    let rows = listed.rows;
    let columns = Signal::derive(move || {
        let mut columns = vec![mark_column(desk, move |id| title_of(store, id))];
        let column = |field: &Field| field.column(i18n, cells(field, desk, yardsticks));
        desk.columns.shown.with(|fields| columns.extend(fields.iter().map(column)));
        columns
    });
    let label = Signal::derive(move || t_string!(i18n, nav.deals).to_owned());
    let anywhere = use_anywhere();
    let marking = Memo::new(move |_| desk.marked.with(|marked| !marked.is_empty()));
    let clear = move |_| navigation.go_with(&Route::Deals, &crate::ui::route::Query::default());
    view! {
        <div class="listing">
            <Banner picked=picked.into() lost=Signal::derive(move || sieve.with(|sieve| sieve.set) && picked.with(Option::is_none))/>
            <Summary listed desk yardsticks/>
            <Filters desk/>
            <Show when=move || marking.get()><DealsBulk desk listed=rows.into()/></Show>
            <div class="listing__table" node_ref=desk.table data-testid="deals-table">
                <DataTable
                    label
                    columns
                    rows
                    sort=desk.columns.sorted()
                    keep=desk.edited()
                    on_sort=use_sorting()
                    on_open=move |id: DealId| navigation.go(&Route::Deal(id.to_string()))
                    on_key=on_key(desk, move |id| anywhere.open(Deed::Choose(Preset::deal(id))))
                />
                <Show when=move || rows.with(Vec::is_empty)>
                    <div class="listing__none">
                        <p>{t!(i18n, deals.none_match)}</p>
                        <Button on_click=clear>{t!(i18n, deals.show_open)}</Button>
                    </div>
                </Show>
            </div>
            <p class="listing__keys small muted">{t!(i18n, list.keys)}</p>
        </div>
    }
    .into_any()
}

/// The title of a deal, followed.
fn title_of(store: Store, id: DealId) -> Signal<String> {
    let deal = store.deal(id);
    Signal::derive(move || deal.with(|deal| deal.as_ref().map(|deal| deal.details.title.clone())).unwrap_or_default())
}

/// Says which deals another page picked, how their number came about, and leads back to all deals.
#[component]
fn Banner(picked: Signal<Option<Chosen>>, lost: Signal<bool>) -> impl IntoView {
    let (i18n, navigation) = (use_i18n(), use_navigation());
    let selection: Selection = expect_context();
    let clear = move |_| {
        selection.clear();
        navigation.set_query("set", None);
    };
    view! {
        {move || picked.get().map(|picked| view! {
            <div class="listing__banner" data-testid="deals-selection">
                <div>
                    <b>{picked.title}</b>
                    <p class="small muted">{picked.left_out}</p>
                </div>
                <Button on_click=clear>{t!(i18n, deals.clear_selection)}</Button>
            </div>
        })}
        <Show when=move || lost.get()>
            <div class="listing__banner">
                <p>{t!(i18n, deals.selection_gone)}</p>
                <Button on_click=clear>{t!(i18n, deals.clear_selection)}</Button>
            </div>
        </Show>
    }
}
