//! The deals behind a number: set where the number stands, shown by the list of deals.

use leptos::prelude::*;

use crate::{
    model::DealId,
    ui::route::{Query, Route, use_navigation},
};

/// Some deals, and why just these.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chosen {
    /// What they have in common, as a heading.
    pub title: String,
    /// Which deals, in the order of the number they stand behind.
    pub deals: Vec<DealId>,
    /// What the number leaves out and why; empty when nothing.
    pub left_out: String,
}

/// The deals behind the number that was opened last.
#[derive(Clone, Copy, Debug)]
pub struct Selection {
    chosen: RwSignal<Option<Chosen>>,
}

impl Selection {
    /// Starts without a selection and provides itself as context.
    pub fn provide() -> Self {
        let selection = Self { chosen: RwSignal::new(None) };
        provide_context(selection);
        selection
    }

    /// The deals chosen, followed.
    pub fn chosen(self) -> Signal<Option<Chosen>> {
        self.chosen.into()
    }

    /// Forgets them.
    pub fn clear(self) {
        self.chosen.set(None);
    }
}

/// Opens the list of the deals behind a number.
pub fn use_open_list() -> Callback<Chosen> {
    let selection: Selection = expect_context();
    let navigation = use_navigation();
    Callback::new(move |chosen| {
        selection.chosen.set(Some(chosen));
        navigation.go_with(&Route::Deals, &Query::default().with("set", "1"));
    })
}
