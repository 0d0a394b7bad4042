//! One figure of a page.

use leptos::prelude::*;

use super::icon::Icon;
use crate::i18n::{t, use_i18n};

/// A figure with its name, a note, and the list of deals behind it.
#[component]
pub fn Stat(
    /// What the figure is.
    #[prop(into)]
    label: Signal<String>,
    /// The figure with its unit.
    #[prop(into)]
    figure: Signal<String>,
    /// What it means or what it is compared with.
    #[prop(optional, into)]
    note: MaybeProp<String>,
    /// Opens the list of deals behind the figure.
    #[prop(optional, into)]
    on_open: Option<Callback<()>>,
    /// A tag or an explanation beside the name.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="card stat">
            <div class="stat__head"><span class="muted">{label}</span>{children.map(|children| children())}</div>
            <div class="stat__figure">{figure}</div>
            {move || note.get().map(|note| view! { <div class="stat__note muted">{note}</div> })}
            {on_open.map(|on_open| view! {
                <button type="button" class="link stat__open" on:click=move |_| on_open.run(())>
                    {t!(i18n, common.show_deals)}
                    <Icon icon=icondata_lu::LuChevronRight/>
                </button>
            })}
        </div>
    }
    .into_any()
}
