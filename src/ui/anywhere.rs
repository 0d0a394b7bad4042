//! What can be done from anywhere on the page: begin a deal, log an activity, look up the keys.
//!
//! A page says with [`Anywhere::here`] what it is about, so that a deal begun there begins with its customer, say.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::{
    model::{ActivityId, CustomerId, DealId, ModelId},
    ui::{parts::log_preset::Preset, route::Route},
};

/// What the page at hand is about.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place {
    /// The funnel model.
    pub model: Option<ModelId>,
    /// The customer.
    pub customer: Option<CustomerId>,
    /// The deal.
    pub deal: Option<DealId>,
    /// Takes a deal that was begun there; without it, its page is opened.
    pub on_begun: Option<Callback<DealId>>,
}

/// Something that can be done from anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Begin a deal.
    Begin,
    /// Say what kind of activity to log.
    Choose(Preset),
    /// Log an activity.
    Log(Preset),
    /// Write an activity anew.
    Amend(ActivityId),
    /// Look up the keys.
    Keys,
    /// Search.
    Search,
}

/// What is being done, and where. Copy it freely.
#[derive(Clone, Copy, Debug)]
pub struct Anywhere {
    /// What is open, if anything.
    pub deed: RwSignal<Option<Deed>>,
    place: RwSignal<Place>,
}

impl Anywhere {
    /// Starts with nothing open and provides itself as context.
    pub fn provide() -> Self {
        let anywhere = Self { deed: RwSignal::new(None), place: RwSignal::new(Place::default()) };
        provide_context(anywhere);
        anywhere
    }

    /// Says what the page is about, as long as the present component lasts; followed.
    pub fn here(self, place: impl Fn() -> Place + 'static) {
        Effect::new(move || self.place.set(place()));
        on_cleanup(move || {
            self.place.try_set(Place::default());
        });
    }

    /// Asks what was done: for the record at hand, or else for what the page is about.
    pub fn log(self) {
        self.open(Deed::Choose(self.subject()));
    }

    /// What an activity is about that is logged now.
    pub fn subject(self) -> Preset {
        let place = self.place();
        at_hand().unwrap_or(match (place.deal, place.customer) {
            (Some(deal), _) => Preset::deal(deal),
            (None, Some(customer)) => Preset::customer(customer),
            (None, None) => Preset::NOTHING,
        })
    }

    /// What the page at hand is about, as it is now.
    pub fn place(self) -> Place {
        self.place.get_untracked()
    }

    /// Whether this is open; followed.
    pub fn is(self, deed: Deed) -> Signal<bool> {
        Signal::derive(move || self.deed.get() == Some(deed))
    }

    /// Opens it.
    pub fn open(self, deed: Deed) {
        self.deed.set(Some(deed));
    }

    /// Closes whatever is open.
    pub fn close(self) {
        self.deed.set(None);
    }
}

/// What can be done from anywhere; the page provides it at its root.
pub fn use_anywhere() -> Anywhere {
    expect_context()
}

/// What stands for a record: a card, a row of a table, a row of today.
const STANDS_FOR: &str = "[data-deal], .data-table__row, .today__row";

/// The record of the card or row that has the focus, or else of the one under the pointer.
fn at_hand() -> Option<Preset> {
    let focused = document().active_element();
    let row = |table: &Element| document().get_element_by_id(&table.get_attribute("aria-activedescendant")?);
    let focused = focused.and_then(|focused| row(&focused).or(Some(focused)));
    let pointed =
        || document().query_selector_all(":hover").ok().and_then(|all| all.item(all.length().checked_sub(1)?));
    focused.and_then(|focused| record(&focused)).or_else(|| record(pointed()?.dyn_ref()?))
}

/// The record that an element belongs to.
fn record(element: &Element) -> Option<Preset> {
    let holder = element.closest(STANDS_FOR).ok().flatten()?;
    if let Some(deal) = holder.get_attribute("data-deal") {
        return deal.parse().ok().map(Preset::deal);
    }
    let link = holder.query_selector("[data-record]").ok().flatten()?.get_attribute("href")?;
    match Route::parse(&link).0 {
        Route::Deal(id) => id.parse().ok().map(Preset::deal),
        Route::Customer(id) => id.parse().ok().map(Preset::customer),
        _ => None,
    }
}
