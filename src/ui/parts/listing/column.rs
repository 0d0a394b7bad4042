//! Columns that a person chooses and sorts by.

use leptos::prelude::*;

use super::address::{BETWEEN, read_list};
use crate::ui::{
    components::data_table::{Column, Sort},
    parts::listing::cell::Cell,
    route::{Query, use_navigation},
    wording::I18n,
};

/// A column of a list of records.
pub trait ListField: Copy + Eq + Send + Sync + 'static {
    /// Every column in order.
    const ALL: &[Self];
    /// The columns in view until somebody chooses others.
    const USUAL: &[Self];

    /// The name in addresses.
    fn code(self) -> &'static str;
    /// The heading.
    fn heading(self, i18n: I18n) -> &'static str;
    /// The CSS grid track.
    fn width(self) -> &'static str;
    /// Whether it holds figures.
    fn numeric(self) -> bool;
    /// Whether it is edited in its cell.
    fn editable(self) -> bool;

    /// The column of a name; `None` for a stranger.
    fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.code() == code)
    }

    /// The column as a table shows it.
    fn column<K>(self, i18n: I18n, cell: Cell<K>) -> Column<K> {
        Column {
            id: self.code(),
            title: Signal::derive(move || self.heading(i18n).to_owned()),
            width: self.width(),
            numeric: self.numeric(),
            sortable: true,
            cell,
        }
    }
}

/// The columns that the address chooses, in their order. Those of another list choose nothing: then the usual ones are in view.
pub fn use_fields<F: ListField>() -> Memo<Vec<F>> {
    let query = use_navigation().query;
    Memo::new(move |_| {
        let codes = query.with(|query| query.get("columns").map(|text| read_list(text, BETWEEN))).unwrap_or_default();
        let chosen: Option<Vec<F>> = codes.iter().map(|code| F::parse(code)).collect();
        match chosen {
            Some(chosen) if !chosen.is_empty() => {
                F::ALL.iter().copied().filter(|field| chosen.contains(field)).collect()
            }
            _ => F::USUAL.to_vec(),
        }
    })
}

/// The order that the address asks for, else `usual`, and what takes another one.
pub fn use_sort<F: ListField>(usual: Sort) -> (Memo<Sort>, Callback<Sort>) {
    let navigation = use_navigation();
    let sort = Memo::new(move |_| navigation.query.with(read_sort::<F>).unwrap_or(usual));
    let on_sort = Callback::new(move |sort: Sort| {
        let sign = if sort.descending { "-" } else { "" };
        navigation.set_query("sort", Some(&[sign, sort.column].concat()));
    });
    (sort, on_sort)
}

/// `-amount` is the amount from the largest.
fn read_sort<F: ListField>(query: &Query) -> Option<Sort> {
    let text = query.get("sort")?;
    let code = text.strip_prefix('-');
    let field = F::parse(code.unwrap_or(text))?;
    Some(Sort { column: field.code(), descending: code.is_some() })
}
