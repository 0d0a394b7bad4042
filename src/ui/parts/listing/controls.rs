//! The controls above a list: search, filters, columns.

use leptos::prelude::*;

use super::column::{Columns, ListField};
use crate::{
    i18n::{t_string, use_i18n},
    model::{
        Record, Table,
        address::{read_list, read_texts, write_list, write_texts},
    },
    ui::{
        components::{chip_select::ChipSelect, icon::Icon},
        route::use_navigation,
    },
};

/// The field that searches; what is sought is `q` of the address.
#[component]
pub fn Search(
    /// What is searched.
    #[prop(into)]
    label: Signal<String>,
    /// The name of the field for tests.
    test_id: &'static str,
) -> impl IntoView {
    let navigation = use_navigation();
    let sought = Signal::derive(move || navigation.query.with(|query| query.get("q").unwrap_or_default().to_owned()));
    let on_search = move |event| {
        let text = event_target_value(&event);
        navigation.set_query("q", (!text.is_empty()).then_some(text.as_str()));
    };
    view! {
        <label class="listing__search">
            <Icon icon=icondata_lu::LuSearch/>
            <input
                type="search"
                class="field__control"
                data-testid=test_id
                aria-label=label
                placeholder=label
                prop:value=sought
                on:input=on_search
            />
        </label>
    }
}

/// The choice of columns.
#[component]
pub fn ChooseColumns<F: ListField>(
    /// The columns of the list.
    columns: Columns<F>,
) -> impl IntoView {
    let (i18n, navigation) = (use_i18n(), use_navigation());
    let options = Signal::derive(move || {
        let option = |field: &F| (field.code().into_owned(), field.heading(i18n));
        columns.all.with(|all| all.iter().map(option).collect::<Vec<_>>())
    });
    let codes = |fields: &Vec<F>| fields.iter().map(|field| field.code().into_owned()).collect::<Vec<_>>();
    let chosen = Signal::derive(move || columns.shown.with(codes));
    let on_change = move |values: Vec<String>| {
        let usual = values.len() == F::USUAL.len()
            && F::USUAL.iter().all(|field| values.iter().any(|code| *code == field.code()));
        let written = if usual { None } else { write_list(&values) };
        navigation.set_query("columns", written.as_deref());
    };
    view! { <ChipSelect label=Signal::derive(move || t_string!(i18n, list.columns).to_owned()) options chosen on_change/> }
}

/// Reads the values of a filter from the address.
type Read = fn(&str) -> Vec<String>;
/// Writes the values of a filter for the address.
type Write = fn(&[String]) -> Option<String>;

/// A filter whose values are in the address; nothing chosen asks for nothing. It shows once there is something to choose.
#[component]
pub fn FilterChip(
    /// Its key in the address.
    key: &'static str,
    /// What it filters.
    #[prop(into)]
    label: Signal<String>,
    /// The choices: value and words.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// Whether its values are texts that people wrote, not ids or codes.
    #[prop(optional)]
    texts: bool,
    /// How many choices make it worth showing.
    #[prop(default = 1)]
    least: usize,
) -> impl IntoView {
    let navigation = use_navigation();
    let (read, write): (Read, Write) = if texts { (read_texts, write_texts) } else { (read_list, write_list) };
    let chosen = Signal::derive(move || navigation.query.with(|query| query.get(key).map(read).unwrap_or_default()));
    let on_change = move |values: Vec<String>| navigation.set_query(key, write(&values).as_deref());
    view! {
        <Show when=move || options.with(|options| options.len() >= least)>
            <ChipSelect label options chosen on_change/>
        </Show>
    }
    .into_any()
}

/// The records of a table as choices, by name.
pub fn named<V: Record>(table: &Table<V>, name: impl Fn(&V) -> &String) -> Vec<(String, String)> {
    let mut choices: Vec<_> =
        table.iter().map(|record| (record.id().to_string(), name(record.as_ref()).clone())).collect();
    choices.sort_by(|(_, a), (_, b)| a.cmp(b));
    choices
}
