//! What this is too small for: where it ends, how near the open workspace is, and the files that go on from here.

mod engines;
mod limits;
mod products;

use leptos::prelude::*;

use crate::{
    i18n::{t, use_i18n},
    store::use_store,
    ui::route::{Route, use_navigation},
};

use engines::Engines;
use limits::Limits;
use products::Products;

/// The page.
#[component]
pub fn GrowingOutPage() -> impl IntoView {
    let (i18n, navigation) = (use_i18n(), use_navigation());
    let opened = use_store().library().opened();
    view! {
        <h1>{t!(i18n, growing.title)}</h1>
        <p class="page__sub">{t!(i18n, growing.sub)}</p>
        <div class="growing stack">
            <Limits/>
            <Show
                when=move || opened.get().is_some()
                fallback=move || view! {
                    <p class="card" data-testid="growing-none">{t!(i18n, growing.none)}" "<a href="#/">{t!(i18n, data.start)}</a></p>
                }
            >
                <Products/>
                <Engines/>
            </Show>
            <p><a href=move || navigation.href(&Route::Data)>{t!(i18n, growing.back)}</a></p>
        </div>
    }
}
