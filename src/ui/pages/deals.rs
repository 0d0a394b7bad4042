//! The list of all deals: sort, filter, edit in place, change many at once, take elsewhere.

mod bulk;
mod cell;
mod column;
mod edit;
mod export;
mod filters;
mod sieve;

use leptos::{ev, prelude::*, task::spawn_local};

use bulk::Bulk;
use cell::{Desk, Names, cells};
use column::Field;
use export::Form;
use filters::Filters;
use sieve::{BETWEEN, Sieve, read_list};

use crate::{
    i18n::{t, t_string, use_i18n},
    model::{DealId, Workspace},
    store::use_store,
    ui::{
        clock::use_clock,
        components::{
            button::Button,
            data_table::{Column, DataTable, Sort},
            empty::Empty,
            tag::Tone,
            toast::use_toasts,
        },
        file,
        format::use_format,
        route::{Route, use_navigation},
        selection::{Chosen, Selection},
        settings::Settings,
    },
};

/// The order until somebody sorts: the largest amounts first.
const USUAL_SORT: Sort = Sort { column: "amount", descending: true };

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

/// The sums of a list of deals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Totals {
    deals: usize,
    amount: i64,
    weighted: i64,
    without_amount: usize,
}

impl Totals {
    /// Amounts are bounded by 2⁵¹, so their sum fits as long as there are fewer than 4,096 of the largest.
    fn of(ids: &[DealId], workspace: &Workspace) -> Self {
        let mut totals = Self { deals: ids.len(), ..Self::default() };
        for deal in ids.iter().filter_map(|id| workspace.deals.get(*id)) {
            match deal.standing().amount {
                Some(amount) => totals.amount = totals.amount.saturating_add(amount.minor()),
                None => totals.without_amount += 1,
            }
            totals.weighted = totals.weighted.saturating_add(column::weighted(deal, workspace).unwrap_or_default());
        }
        totals
    }
}

#[component]
fn List() -> impl IntoView {
    let (i18n, store, navigation, clock) = (use_i18n(), use_store(), use_navigation(), use_clock());
    let (settings, selection): (Settings, Selection) = (expect_context(), expect_context());
    let fields = Memo::new(move |_| {
        let chosen = navigation.query.with(|query| query.get("columns").map(|text| read_list(text, BETWEEN)));
        let Some(chosen) = chosen else { return Field::USUAL.to_vec() };
        Field::ALL.into_iter().filter(|field| chosen.iter().any(|code| code == field.code())).collect()
    });
    let desk = Desk {
        editing: RwSignal::new(None),
        marked: RwSignal::default(),
        fields: fields.into(),
        names: Names::follow(store),
        table: NodeRef::new(),
    };
    let sort =
        Memo::new(move |_| navigation.query.with(|query| query.get("sort").and_then(read_sort)).unwrap_or(USUAL_SORT));
    let sieve = Memo::new(move |_| navigation.query.with(Sieve::of));
    let picked = Memo::new(move |_| sieve.with(|sieve| sieve.set).then(|| selection.chosen().get()).flatten());
    let rows = Memo::new(move |_| {
        let (today, language) = (clock.today.get(), settings.language.get().tag());
        picked.with(|picked| {
            let ids = picked.as_ref().map(|picked| picked.deals.as_slice());
            sieve.with(|sieve| store.with(|workspace| sieve.list(ids, workspace, sort.get(), today, i18n, language)))
        })
    });
    let totals = Memo::new(move |_| rows.with(|rows| store.with(|workspace| Totals::of(rows, workspace))));
    let columns = Signal::derive(move || {
        let column = |field: &Field| {
            let field = *field;
            Column {
                id: field.code(),
                title: Signal::derive(move || field.heading(i18n).to_owned()),
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
    let on_sort = move |sort: Sort| {
        let sign = if sort.descending { "-" } else { "" };
        navigation.set_query("sort", Some(&[sign, sort.column].concat()));
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
            <Filters desk/>
            <Sums totals=totals.into() rows=rows.into() fields=fields.into() desk/>
            <Show when=move || marking.get()><Bulk desk listed=rows.into()/></Show>
            <div class="deals__table" node_ref=desk.table data-testid="deals-table">
                <DataTable
                    label
                    columns
                    rows
                    sort=Signal::derive(move || Some(sort.get()))
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
fn read_sort(text: &str) -> Option<Sort> {
    let code = text.strip_prefix('-');
    let field = Field::parse(code.unwrap_or(text))?;
    Some(Sort { column: field.code(), descending: code.is_some() })
}

/// The column of boxes that mark deals.
fn mark_column(desk: Desk) -> Column<DealId> {
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
        id: "mark",
        title: Signal::derive(move || t_string!(i18n, deals.mark).to_owned()),
        width: "3.25rem",
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

/// The sums of the list, and its way into other programs.
#[component]
fn Sums(totals: Signal<Totals>, rows: Signal<Vec<DealId>>, fields: Signal<Vec<Field>>, desk: Desk) -> impl IntoView {
    let (i18n, store, format, clock, toasts) = (use_i18n(), use_store(), use_format(), use_clock(), use_toasts());
    let money = move |minor: i64| {
        let currency = store.peek(|workspace| workspace.profile.currency);
        format.money(minor, currency.code(), currency.digits(), true)
    };
    let table = move |form| {
        let marked = desk.marked.get_untracked();
        let taken = |id: &DealId| marked.is_empty() || marked.contains(id);
        let ids: Vec<_> = rows.with_untracked(|rows| rows.iter().copied().filter(taken).collect());
        let bytes = fields.with_untracked(|fields| {
            store.peek(|workspace| export::table(form, &ids, fields, workspace, clock.today.get_untracked(), i18n))
        });
        (ids.len(), bytes.unwrap_or_default())
    };
    let failed = move || toasts.say(t_string!(i18n, deals.not_taken).to_owned(), Tone::Bad);
    let copy = move |_| {
        let (count, bytes) = table(Form::Tsv);
        spawn_local(async move {
            if export::copy(String::from_utf8_lossy(&bytes).into_owned()).await {
                toasts.say(t_string!(i18n, deals.copied, count = count).to_string(), Tone::Good);
            } else {
                failed();
            }
        });
    };
    let download = move |_| {
        let (_, bytes) = table(Form::Csv);
        let name = format!("{}-{}.csv", t_string!(i18n, nav.deals), clock.today.get_untracked());
        if file::download(&name, "text/csv;charset=utf-8", &bytes).is_err() {
            failed();
        }
    };
    view! {
        <div class="deals__sums">
            <dl>
                <div><dt>{t!(i18n, common.count)}</dt><dd data-testid="deals-count">{move || format.count(totals.get().deals)}</dd></div>
                <div><dt>{t!(i18n, common.amount)}</dt><dd>{move || money(totals.get().amount)}</dd></div>
                <div><dt>{t!(i18n, common.weighted)}</dt><dd>{move || money(totals.get().weighted)}</dd></div>
                <Show when=move || totals.get().without_amount != 0>
                    <div><dt>{t!(i18n, deals.without_amount)}</dt><dd>{move || format.count(totals.get().without_amount)}</dd></div>
                </Show>
            </dl>
            <div class="row">
                <Button icon=icondata_lu::LuCopy on_click=copy>{t!(i18n, deals.copy)}</Button>
                <Button icon=icondata_lu::LuDownload on_click=download>{t!(i18n, deals.download)}</Button>
            </div>
        </div>
    }
    .into_any()
}
