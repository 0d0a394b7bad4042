//! The list of all deals: sort, filter, edit in place, change many at once, take elsewhere.

mod bulk;
mod cell;
mod column;
mod edit;
mod export;
mod filters;
mod order;
mod own_filters;
mod sieve;
mod summary;
mod value;

use leptos::{ev, prelude::*};

use bulk::Bulk;
use cell::{Desk, Names, cells};
use column::Field;
use filters::Filters;
use order::{By, order};
use sieve::{BETWEEN, Sieve, read_list};
use summary::Summary;

use crate::{
    i18n::{t, t_string, use_i18n},
    model::{DealId, Profile},
    store::use_store,
    ui::{
        clock::use_clock,
        components::{
            button::Button,
            data_table::{Column, DataTable, Sort},
            empty::Empty,
        },
        route::{Route, use_navigation},
        selection::{Chosen, Selection},
        settings::Settings,
    },
};

/// The order until somebody sorts: the largest amounts first.
const USUAL_SORT: By = By { field: Field::Amount, descending: true };

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
                <Empty icon=icondata_lu::LuList text=Signal::derive(move || t_string!(i18n, deals.no_workspace).to_owned())>
                    <a class="button button--primary" href="#/">{t!(i18n, deals.begin)}</a>
                </Empty>
            }.into_any()
        } else if none.get() {
            view! {
                <Empty icon=icondata_lu::LuList text=Signal::derive(move || t_string!(i18n, deals.no_deals).to_owned())>
                    <a class="button button--primary" href="#/import">{t!(i18n, deals.import)}</a>
                    <a class="button" href="#/board">{t!(i18n, deals.to_board)}</a>
                </Empty>
            }.into_any()
        } else {
            view! { <List/> }.into_any()
        }}
    }
}

#[component]
fn List() -> impl IntoView {
    let (i18n, store, navigation, clock) = (use_i18n(), use_store(), use_navigation(), use_clock());
    let (settings, selection): (Settings, Selection) = (expect_context(), expect_context());
    let profile = Memo::new(move |_| store.with(|workspace| workspace.profile.clone()));
    let fields = Memo::new(move |_| {
        let chosen = navigation.query.with(|query| query.get("columns").map(|text| read_list(text, BETWEEN)));
        let Some(chosen) = chosen else { return Field::USUAL.to_vec() };
        let mut fields = profile.with(|profile| Field::all(profile));
        fields.retain(|field| chosen.iter().any(|code| *code == field.code()));
        fields
    });
    let desk = Desk {
        editing: RwSignal::new(None),
        marked: RwSignal::default(),
        fields: fields.into(),
        names: Names::follow(store),
        table: NodeRef::new(),
    };
    let sort = Memo::new(move |_| {
        let sort = navigation.query.with(|query| query.get("sort").map(str::to_owned));
        sort.and_then(|sort| profile.with(|profile| read_sort(&sort, profile))).unwrap_or(USUAL_SORT)
    });
    let sieve = Memo::new(move |_| navigation.query.with(|query| profile.with(|profile| Sieve::of(query, profile))));
    let picked = Memo::new(move |_| sieve.with(|sieve| sieve.set).then(|| selection.chosen().get()).flatten());
    let (chosen, typed) = (
        Memo::new(move |_| sieve.with(|sieve| sieve.chosen.clone())),
        Memo::new(move |_| sieve.with(|s| s.typed.clone())),
    );
    // What is ticked is put in order once; a key in a search field only looks through that.
    let ordered = Memo::new(move |_| {
        let (today, language) = (clock.today.get(), settings.language.get().tag());
        picked.with(|picked| {
            let ids = picked.as_ref().map(|picked| picked.deals.as_slice());
            store.with(|workspace| {
                let deals = chosen.with(|chosen| chosen.list(ids, workspace));
                sort.with(|by| order(&deals, workspace, by, today, i18n, language))
            })
        })
    });
    let rows = Memo::new(move |_| {
        ordered.with(|ordered| typed.with(|typed| store.with(|workspace| typed.list(ordered, workspace))))
    });
    let columns = Signal::derive(move || {
        let column = |field: &Field| {
            let titled = field.clone();
            Column {
                id: field.code().into_owned(),
                title: Signal::derive(move || titled.heading(i18n)),
                width: field.width(),
                numeric: field.numeric(),
                sortable: true,
                cell: cells(field, desk),
            }
        };
        let mut columns = vec![mark_column(desk)];
        fields.with(|fields| columns.extend(fields.iter().map(column)));
        columns
    });
    let on_sort = move |sort: Sort<String>| {
        let sign = if sort.descending { "-" } else { "" };
        navigation.set_query("sort", Some(&[sign, &sort.column].concat()));
    };
    let sorted = move || {
        sort.with(|By { field, descending }| Some(Sort { column: field.code().into_owned(), descending: *descending }))
    };
    let on_key = move |(event, id): (ev::KeyboardEvent, DealId)| match event.key().as_str() {
        "F2" => {
            event.prevent_default();
            desk.edit_row(id);
        }
        " " => {
            event.prevent_default();
            desk.mark(id);
        }
        _ => {}
    };
    let label = Signal::derive(move || t_string!(i18n, nav.deals).to_owned());
    let marking = Memo::new(move |_| desk.marked.with(|marked| !marked.is_empty()));
    let clear = move |_| navigation.go_with(&Route::Deals, &crate::ui::route::Query::default());
    view! {
        <div class="deals">
            <Banner picked=picked.into() lost=Signal::derive(move || sieve.with(|sieve| sieve.set) && picked.with(Option::is_none))/>
            <Summary rows=rows.into() fields=fields.into() desk/>
            <Filters desk/>
            <Show when=move || marking.get()><Bulk desk listed=rows.into()/></Show>
            <div class="deals__table" node_ref=desk.table data-testid="deals-table">
                <DataTable
                    label
                    columns
                    rows
                    sort=Signal::derive(sorted)
                    on_sort
                    on_open=move |id: DealId| navigation.go(&Route::Deal(id.to_string()))
                    on_key=on_key
                />
                <Show when=move || rows.with(Vec::is_empty)>
                    <div class="deals__none">
                        <p>{t!(i18n, deals.none_match)}</p>
                        <Button on_click=clear>{t!(i18n, deals.show_open)}</Button>
                    </div>
                </Show>
            </div>
            <p class="deals__keys small muted">{t!(i18n, deals.keys)}</p>
        </div>
    }
    .into_any()
}

/// `-amount` is the amount from the largest.
fn read_sort(text: &str, profile: &Profile) -> Option<By> {
    let code = text.strip_prefix('-');
    let field = Field::parse(code.unwrap_or(text), profile)?;
    Some(By { field, descending: code.is_some() })
}

/// The column of boxes that mark deals.
fn mark_column(desk: Desk) -> Column<DealId, String> {
    let (i18n, store) = (use_i18n(), use_store());
    let cell = move |id: DealId| {
        let deal = store.deal(id);
        let name = move || {
            let title = deal.with(|deal| deal.as_ref().map(|deal| deal.details.title.clone())).unwrap_or_default();
            t_string!(i18n, deals.mark_one, title = title).to_string()
        };
        let marked = Memo::new(move |_| desk.marked.with(|marked| marked.contains(&id)));
        view! {
            <label class="deals__mark" on:click=|event| event.stop_propagation()>
                <input type="checkbox" tabindex="-1" aria-label=name prop:checked=marked on:change=move |_| desk.mark(id)/>
            </label>
        }
        .into_any()
    };
    Column {
        id: "mark".to_owned(),
        title: Signal::derive(move || t_string!(i18n, deals.mark).to_owned()),
        width: "3.5rem",
        numeric: false,
        sortable: false,
        cell: std::sync::Arc::new(cell),
    }
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
            <div class="deals__banner" data-testid="deals-selection">
                <div>
                    <b>{picked.title}</b>
                    <p class="small muted">{picked.left_out}</p>
                </div>
                <Button on_click=clear>{t!(i18n, deals.clear_selection)}</Button>
            </div>
        })}
        <Show when=move || lost.get()>
            <div class="deals__banner">
                <p>{t!(i18n, deals.selection_gone)}</p>
                <Button on_click=clear>{t!(i18n, deals.clear_selection)}</Button>
            </div>
        </Show>
    }
}
