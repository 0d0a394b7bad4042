//! The list of customers.

use leptos::prelude::*;

use crate::i18n::{t, use_i18n};

/// The list of customers.
#[component]
pub fn CustomersPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <h1>{t!(i18n, customers.title)}</h1> }.into_any()
}
