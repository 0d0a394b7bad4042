//! The dialogs of what can be done from [anywhere](super::anywhere), and the keys that open them.

use leptos::prelude::*;

use crate::ui::{
    keys::follow_keys,
    parts::{log_dialog::LogDialog, mover::Mover, new_deal::NewDealDialog},
};

/// The dialogs, and the keys that open them.
#[component]
pub fn Doing() -> impl IntoView {
    follow_keys();
    let mover = Mover::new(Callback::new(|_| ()));
    view! {
        <NewDealDialog mover/>
        <LogDialog/>
    }
    .into_any()
}
