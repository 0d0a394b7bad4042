//! Columns that a person chooses and sorts by.

use std::borrow::Cow;

use leptos::prelude::*;

use crate::{
    model::{CustomField, Profile, address::read_list},
    store::use_store,
    ui::{
        components::data_table::{Column, Sort},
        parts::listing::cell::Cell,
        route::{Query, use_navigation},
        wording::I18n,
    },
};

/// A column of a list of records.
pub trait ListField: Clone + PartialEq + Send + Sync + 'static {
    /// Every column that is always there, in order.
    const ALL: &[Self];
    /// The columns in view until somebody chooses others.
    const USUAL: &[Self];

    /// The name in addresses.
    fn code(&self) -> Cow<'static, str>;
    /// The heading.
    fn heading(&self, i18n: I18n) -> String;
    /// The CSS grid track.
    fn width(&self) -> &'static str;
    /// Whether it holds figures.
    fn numeric(&self) -> bool;
    /// Whether it is edited in its cell.
    fn editable(&self) -> bool;

    /// Every column in order; a list may have columns of the user's own.
    fn all(_profile: &Profile) -> Vec<Self> {
        Self::ALL.to_vec()
    }

    /// The column of a name; `None` for a stranger.
    fn parse(code: &str, profile: &Profile) -> Option<Self> {
        Self::all(profile).into_iter().find(|field| field.code() == code)
    }

    /// The column as a table shows it.
    fn column<K>(&self, i18n: I18n, cell: Cell<K>) -> Column<K, String> {
        let field = self.clone();
        Column {
            id: self.code().into_owned(),
            title: Signal::derive(move || field.heading(i18n)),
            width: self.width(),
            numeric: self.numeric(),
            sortable: true,
            cell,
        }
    }
}

/// The columns of a list as they are chosen and sorted.
#[derive(Debug)]
pub struct Columns<F: Send + Sync + 'static> {
    /// Every column.
    pub all: Memo<Vec<F>>,
    /// Those in view.
    pub shown: Memo<Vec<F>>,
    /// The order of the rows.
    pub sort: Memo<Sort<F>>,
}

impl<F: Send + Sync + 'static> Clone for Columns<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F: Send + Sync + 'static> Copy for Columns<F> {}

impl<F: ListField> Columns<F> {
    /// The columns that the address chooses and the order that it asks for, else `usual`. Call it in a component body.
    ///
    /// Columns of another list choose nothing: then the usual ones are in view. One of the user's own that is gone is left out.
    pub fn follow(usual: Sort<F>) -> Self {
        let (store, query) = (use_store(), use_navigation().query);
        let profile = Memo::new(move |_| store.with(|workspace| workspace.profile.clone()));
        let all = Memo::new(move |_| profile.with(|profile| F::all(profile)));
        let shown = Memo::new(move |_| {
            let codes = query.with(|query| query.get("columns").map(read_list)).unwrap_or_default();
            all.with(|all| {
                let known =
                    |code: &String| all.iter().any(|field| field.code() == *code) || code.contains(CustomField::MARK);
                let shown = |field: &&F| codes.iter().any(|code| field.code() == *code);
                let shown: Vec<_> = all.iter().filter(shown).cloned().collect();
                if shown.is_empty() || !codes.iter().all(known) { F::USUAL.to_vec() } else { shown }
            })
        });
        let sort = Memo::new(move |_| {
            let asked = query.with(|query| profile.with(|profile| read_sort(query, profile)));
            asked.unwrap_or_else(|| usual.clone())
        });
        Self { all, shown, sort }
    }

    /// The order as a table shows it.
    pub fn sorted(self) -> Signal<Option<Sort<String>>> {
        let shown = |sort: &Sort<F>| Sort { column: sort.column.code().into_owned(), descending: sort.descending };
        Signal::derive(move || Some(self.sort.with(shown)))
    }
}

/// Takes the order that a heading asks for into the address.
pub fn use_sorting() -> Callback<Sort<String>> {
    let navigation = use_navigation();
    Callback::new(move |sort: Sort<String>| {
        let sign = if sort.descending { "-" } else { "" };
        navigation.set_query("sort", Some(&[sign, &sort.column].concat()));
    })
}

/// `-amount` is the amount from the largest.
fn read_sort<F: ListField>(query: &Query, profile: &Profile) -> Option<Sort<F>> {
    let text = query.get("sort")?;
    let code = text.strip_prefix('-');
    let column = F::parse(code.unwrap_or(text), profile)?;
    Some(Sort { column, descending: code.is_some() })
}
