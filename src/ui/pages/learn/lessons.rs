//! Lessons: the list with what was learnt, and a lesson screen by screen. The address names the lesson: `?lesson=weights`.

mod desk;
mod list;
mod pictures;
mod player;
mod tasks;

use leptos::prelude::*;

use self::{list::List, player::Player};
use crate::{codec::content::lessons::lesson, ui::route::use_navigation};

/// The part of the page.
#[component]
pub(super) fn Lessons() -> impl IntoView {
    let navigation = use_navigation();
    let slug = Memo::new(move |_| navigation.query.with(|query| query.get("lesson").map(str::to_owned)));
    move || match slug.get().as_deref().and_then(lesson) {
        Some(lesson) => view! { <Player lesson/> }.into_any(),
        None => view! { <List/> }.into_any(),
    }
}
