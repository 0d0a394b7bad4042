//! What the rows of a list share: which cell is being edited, which rows are marked.

use std::{collections::BTreeSet, sync::Arc};

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

use super::column::{Columns, ListField};
use crate::{model::Workspace, store::use_store};

/// How a cell is edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Control {
    /// One line of text.
    Text,
    /// A figure or an amount.
    Number,
    /// A day.
    Date,
    /// One of these: value and words.
    Choice(Vec<(String, String)>),
}

/// What an editor begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The present value as text.
    pub text: String,
    /// What takes the new one.
    pub control: Control,
}

/// The records that rows name: two are equal when no such record changed in between.
#[derive(Debug, Clone)]
pub struct Records(Workspace);

impl Records {
    /// The records.
    pub fn workspace(&self) -> &Workspace {
        &self.0
    }
}

impl PartialEq for Records {
    fn eq(&self, other: &Self) -> bool {
        let (a, b) = (&self.0, &other.0);
        Arc::ptr_eq(&a.profile, &b.profile)
            && a.models.same(&b.models)
            && a.departments.same(&b.departments)
            && a.people.same(&b.people)
            && a.products.same(&b.products)
            && a.customers.same(&b.customers)
            && a.campaigns.same(&b.campaigns)
    }
}

/// What the rows share. `K` tells rows apart, `F` columns.
#[derive(Debug)]
pub struct Desk<K: Send + Sync + 'static, F: Send + Sync + 'static> {
    /// The cell that is being edited.
    pub editing: RwSignal<Option<(K, F)>>,
    /// The rows marked for a change together.
    pub marked: RwSignal<BTreeSet<K>>,
    /// The columns.
    pub columns: Columns<F>,
    /// Wakes readers when a record that rows name has changed.
    pub names: Memo<Records>,
    /// The element around the table.
    pub table: NodeRef<html::Div>,
    /// What the editor of a cell begins with.
    pub begin: Callback<(K, F), Draft>,
    /// Carries out what was written into a cell, or says why not.
    pub change: Callback<(K, F, String), Result<(), String>>,
}

impl<K: Send + Sync + 'static, F: Send + Sync + 'static> Clone for Desk<K, F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K: Send + Sync + 'static, F: Send + Sync + 'static> Copy for Desk<K, F> {}

impl<K, F> Desk<K, F>
where
    K: Copy + Ord + Send + Sync + 'static,
    F: ListField,
{
    /// A desk where nothing is marked or edited; call it in a component body.
    pub fn new(
        columns: Columns<F>,
        begin: Callback<(K, F), Draft>,
        change: Callback<(K, F, String), Result<(), String>>,
    ) -> Self {
        let store = use_store();
        Self {
            editing: RwSignal::new(None),
            marked: RwSignal::default(),
            columns,
            names: Memo::new(move |_| Records(store.with(Workspace::clone))),
            table: NodeRef::new(),
            begin,
            change,
        }
    }

    /// The name of the column in which a cell is being edited.
    pub fn edited(self) -> Signal<Option<String>> {
        let name = |(_, field): &(K, F)| field.code().into_owned();
        Signal::derive(move || self.editing.with(|editing| editing.as_ref().map(name)))
    }

    /// Ends editing; the keyboard goes back to the table.
    pub fn leave(self) {
        self.editing.set(None);
        let grid = self.table.get_untracked().and_then(|table| table.query_selector("[role=grid]").ok().flatten());
        if let Some(grid) = grid.and_then(|grid| grid.dyn_into::<web_sys::HtmlElement>().ok()) {
            // Focusing an element of the page cannot fail.
            grid.focus().ok();
        }
    }

    /// Edits the next cell of the row that can be edited, or the one before.
    pub fn go_on(self, key: K, field: &F, back: bool) {
        let mut fields = self.columns.shown.get_untracked();
        fields.retain(F::editable);
        let here = fields.iter().position(|known| known == field);
        let next = here.and_then(|here| if back { here.checked_sub(1) } else { Some(here + 1) });
        match next.and_then(|next| fields.into_iter().nth(next)) {
            Some(next) => self.editing.set(Some((key, next))),
            None => self.leave(),
        }
    }

    /// Begins to edit the first cell of a row that can be edited.
    pub fn edit_row(self, key: K) {
        let first = self.columns.shown.with_untracked(|fields| fields.iter().find(|field| field.editable()).cloned());
        if let Some(field) = first {
            self.editing.set(Some((key, field)));
        }
    }

    /// Marks a row, or takes the mark away.
    pub fn mark(self, key: K) {
        self.marked.update(|marked| {
            if !marked.remove(&key) {
                marked.insert(key);
            }
        });
    }

    /// Takes all marks away.
    pub fn unmark(self) {
        self.marked.update(BTreeSet::clear);
    }

    /// The rows that go elsewhere: the marked ones among those listed, or all when none is marked.
    pub fn taken(self, listed: Signal<Vec<K>>) -> Vec<K> {
        let taken = |key: &K| self.marked.with_untracked(|marked| marked.is_empty() || marked.contains(key));
        listed.with_untracked(|listed| listed.iter().copied().filter(taken).collect())
    }
}
