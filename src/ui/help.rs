//! Help for the page that is open, and the tour of the product. Both are fetched when somebody asks for them: neither comes uninvited.

mod dialog;
mod tour;

use leptos::prelude::*;

use self::{dialog::HelpDialog, tour::Tour};
use crate::ui::{
    anywhere::{Deed, use_anywhere},
    chunk::{chunk, use_errands},
};

chunk! {
    /// The dialog and the tour.
    rest fn bring(slot: RwSignal<Option<ViewFn>>) -> () {
        slot.set(Some(ViewFn::from(|| view! { <HelpDialog/><Tour/> })));
    }
}

/// The tour, as far as it has come. Copy it freely.
#[derive(Clone, Copy, Debug)]
pub struct Guided {
    /// The step that is shown, the first one 0.
    pub step: RwSignal<Option<usize>>,
}

impl Guided {
    /// Starts without a tour and provides itself as context.
    pub fn provide() -> Self {
        let guided = Self { step: RwSignal::new(None) };
        provide_context(guided);
        guided
    }

    /// Begins the tour.
    pub fn begin(self) {
        self.step.set(Some(0));
    }

    /// Ends it.
    pub fn end(self) {
        self.step.set(None);
    }
}

/// The tour; the page provides it at its root.
pub fn use_guided() -> Guided {
    expect_context()
}

/// Where the dialog and the tour are shown, over the page. Call it in the body of the root.
pub fn overlay() -> AnyView {
    let (anywhere, guided, run) = (use_anywhere(), use_guided(), use_errands());
    let slot = RwSignal::new(None::<ViewFn>);
    let asked = anywhere.is(Deed::Keys);
    let is_wanted = Memo::new(move |_| asked.get() || guided.step.with(Option::is_some));
    Effect::new(move || {
        if is_wanted.get() && slot.with_untracked(Option::is_none) {
            run(Box::pin(bring(slot)));
        }
    });
    (move || slot.get().map(|view| view.run())).into_any()
}
