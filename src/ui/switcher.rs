//! The workspace that is open, and the way to the others.

use leptos::prelude::*;

use crate::{
    i18n::{t_string, use_i18n},
    store::{Shelf, use_store},
    ui::{
        components::{
            menu::{Menu, MenuItem},
            tag::Tone,
            toast::use_toasts,
        },
        parts::workspaces::title,
        route::{Query, Route, use_navigation},
        starting,
    },
};

/// A menu of the workspaces of this browser; nothing while there are none.
#[component]
pub fn Switcher() -> impl IntoView {
    let (i18n, store, navigation, toasts) = (use_i18n(), use_store(), use_navigation(), use_toasts());
    let library = store.library();
    let (shelves, opened) = (library.shelves(), library.opened());
    let label = Signal::derive(move || match opened.get() {
        Some(_) => store.with(|workspace| workspace.profile.name.clone()),
        None => t_string!(i18n, switcher.none).to_owned(),
    });
    let open = move |shelf: &Shelf| {
        // Filters name records of the workspace that is left.
        match store.open(shelf.id) {
            Ok(()) => navigation.go_with(&Route::Funnel, &Query::default()),
            Err(error) => toasts.say(starting::refusal(i18n, &error.into()), Tone::Bad),
        }
    };
    let items = Signal::derive(move || {
        let item = |shelf: Shelf| {
            let is_open = opened.get() == Some(shelf.id);
            let name = shelf.clone();
            MenuItem {
                label: Signal::derive(move || title(i18n, &name)),
                icon: Some(if is_open { icondata_lu::LuCheck } else { icondata_lu::LuArchive }),
                danger: false,
                on_choose: Callback::new(move |()| {
                    if !is_open {
                        open(&shelf);
                    }
                }),
            }
        };
        let mut items: Vec<_> = shelves.get().into_iter().map(item).collect();
        items.push(MenuItem {
            label: Signal::derive(move || t_string!(i18n, switcher.more).to_owned()),
            icon: Some(icondata_lu::LuPlus),
            danger: false,
            on_choose: Callback::new(move |()| navigation.go_with(&Route::Welcome, &Query::default())),
        });
        items
    });
    view! {
        <Show when=move || opened.get().is_some() || shelves.with(|shelves| !shelves.is_empty())>
            <div class="switcher" data-testid="switcher"><Menu label items/></div>
        </Show>
    }
    .into_any()
}
