//! What can be done from anywhere on the page: begin a deal, log an activity, look up the keys.
//!
//! A page says with [`Anywhere::here`] what it is about, so that a deal begun there begins with its customer, say.

use leptos::prelude::*;

use crate::{
    model::{CustomerId, DealId, ModelId},
    ui::parts::log_form::Preset,
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
    /// Log an activity.
    Log(Preset),
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

    /// Opens the log of what the page at hand is about.
    pub fn log(self) {
        let place = self.place();
        self.open(Deed::Log(match (place.deal, place.customer) {
            (Some(deal), _) => Preset::deal(deal),
            (None, Some(customer)) => Preset::customer(customer),
            (None, None) => Preset::NOTHING,
        }));
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
