//! A table on screen: only the rows in view exist.

use std::sync::Arc;

use leptos::prelude::*;

use super::grid::{Grid, GridColumn, Opens, RowKey, Sum};
use crate::{
    i18n::{t, t_string, use_i18n},
    store::use_store,
    ui::{
        components::{
            button::Button,
            data_table::{Column, DataTable, Sort},
        },
        format::use_format,
        parts::listing::column::use_sorting,
        route::{Query, Route, use_navigation},
        selection::{Chosen, use_open_list},
    },
};

/// The table; a line opens its deal or customer, a sum the list of the deals it counts.
#[component]
pub(super) fn GridTable(
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// What stands in it.
    grid: Memo<Arc<Grid>>,
    /// How it is sorted.
    sort: Signal<Option<Sort<String>>>,
) -> impl IntoView {
    let (i18n, navigation, open_list) = (use_i18n(), use_navigation(), use_open_list());
    let rows = Memo::new(move |_| grid.with(|grid| grid.rows()));
    let shown = Memo::new(move |_| grid.with(|grid| grid.columns.clone()));
    let cell = cells(grid);
    let columns = Signal::derive(move || {
        let column = |(place, column): (usize, GridColumn)| {
            let cell = Arc::clone(&cell);
            Column {
                id: column.code.into_owned(),
                title: Signal::stored(column.heading),
                width: column.width,
                numeric: column.numeric,
                sortable: column.sortable,
                cell: Arc::new(move |key| cell(place, key)),
            }
        };
        shown.get().into_iter().enumerate().map(column).collect::<Vec<_>>()
    });
    let on_open = move |key: RowKey| {
        let opens = grid.with_untracked(|grid| match key {
            RowKey::Title(_) => None,
            RowKey::Line(group, line) => grid.line(group, line).map(|line| line.opens.clone()),
            RowKey::Sum(group, sum) => grid.sum(group, sum).map(|sum| sum.opens.clone()),
        });
        match opens {
            Some(Opens::Deal(id)) => navigation.go(&Route::Deal(id.to_string())),
            Some(Opens::Customer(id)) => navigation.go(&Route::Customer(id.to_string())),
            Some(Opens::Deals(title, deals)) => open_list.run(Chosen { title, deals, left_out: String::new() }),
            Some(Opens::Nothing) | None => {}
        }
    };
    let none = Memo::new(move |_| grid.with(|grid| grid.lines() == 0));
    let clear = move |_| navigation.go_with(&Route::Tables, &Query::default());
    view! {
        <div class="listing__table" data-testid="tables-table">
            <DataTable label columns rows sort on_sort=use_sorting() on_open/>
            <Show when=move || none.get()>
                <div class="listing__none">
                    <p>{t!(i18n, tables.none_match)}</p>
                    <Button on_click=clear>{t!(i18n, tables.show_all)}</Button>
                </div>
            </Show>
        </div>
        <p class="small muted" role="status">{move || grid.with(|grid| grid.note.clone())}</p>
        <p class="listing__keys small muted no-print">{move || t_string!(i18n, tables.keys)}</p>
    }
    .into_any()
}

/// The view of the cell in a column of a row. What it says follows the table.
fn cells(grid: Memo<Arc<Grid>>) -> Arc<dyn Fn(usize, RowKey) -> AnyView + Send + Sync> {
    let (store, format) = (use_store(), use_format());
    Arc::new(move |place, key| match key {
        RowKey::Title(group) if place == 0 => {
            let title = move || grid.with(|grid| grid.title(group).to_owned());
            view! { <span class="tables__title">{title}</span> }.into_any()
        }
        RowKey::Title(_) => ().into_any(),
        RowKey::Line(group, line) => {
            let text = move || {
                let shown = |grid: &Arc<Grid>| {
                    let value = grid.line(group, line)?.cells().get(place)?;
                    Some(store.peek(|workspace| value.shown(format, workspace)))
                };
                grid.with(shown).unwrap_or_default()
            };
            view! { <span class="listing__text">{text}</span> }.into_any()
        }
        RowKey::Sum(group, sum) if place == 0 => {
            let label = move || grid.with(|grid| grid.sum(group, sum).map(Sum::full_label));
            let total = move || grid.with(|grid| grid.sum(group, sum).is_some_and(|sum| sum.total));
            view! { <span class="tables__label" class:tables__label--total=total>{label}</span> }.into_any()
        }
        RowKey::Sum(group, sum) => {
            let words = move || {
                let words = |grid: &Arc<Grid>| Some(grid.sum(group, sum)?.cells.get(place)?.as_ref()?.1.clone());
                grid.with(words)
            };
            view! { <span class="listing__text">{words}</span> }.into_any()
        }
    })
}
