//! The deals behind a number: a page that shows a number hands them to the list of deals.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    model::DealId,
    ui::route::{Navigation, Query, Route},
};

/// Some deals and what they have in common, in the words of the page that picked them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selected {
    /// What they are: `Passed 意向 in Q3`.
    pub title: String,
    /// Which ones.
    pub ids: Arc<[DealId]>,
    /// How the number behind which they stand was counted, and what it leaves out.
    pub note: String,
}

/// The deals handed over last. It lives as long as the page: thousands of ids have no place in an address.
#[derive(Debug, Clone, Copy)]
pub struct Selection(RwSignal<Option<Selected>>);

impl Selection {
    /// Starts without deals and provides itself as context.
    pub fn provide() -> Self {
        let selection = Self(RwSignal::new(None));
        provide_context(selection);
        selection
    }

    /// Opens the list of deals on these. The day that stands for today stays in the address; filters do not.
    pub fn show(self, navigation: Navigation, selected: Selected) {
        self.0.set(Some(selected));
        let mut query = Query::default();
        query.set("today", navigation.query.with_untracked(|query| query.get("today").map(str::to_owned)).as_deref());
        query.set("set", Some("1"));
        navigation.go_with(&Route::Deals, &query);
    }

    /// The deals handed over last; `None` when there were none since the page was loaded.
    pub fn current(self) -> Signal<Option<Selected>> {
        self.0.into()
    }
}

/// The selection of the page; the page provides it at its root.
pub fn use_selection() -> Selection {
    expect_context()
}
