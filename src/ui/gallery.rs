use leptos::prelude::*;
#[component]
pub fn Gallery() -> impl IntoView { }
