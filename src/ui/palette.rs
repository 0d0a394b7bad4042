//! Search and commands from anywhere: Ctrl or ⌘ and K.

use leptos::{ev, html, prelude::*};

use crate::{
    i18n::{t, t_string, use_i18n},
    model::Workspace,
    store::{Store, use_store},
    ui::{
        components::{dialog::Dialog, icon::Icon},
        route::{Navigation, Query, Route, use_navigation},
        typed::folded,
        wording::I18n,
    },
};

/// How many deals and how many customers are offered.
const MOST: usize = 8;

/// What an entry does.
#[derive(Debug, Clone, PartialEq)]
enum Deed {
    Go(Route, Query),
    Undo,
    Redo,
}

/// One entry of the list.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    words: String,
    note: String,
    deed: Deed,
}

/// The button that opens the palette, and the palette.
#[component]
pub fn Palette() -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    let keys = window_event_listener(ev::keydown, move |event| {
        if (event.ctrl_key() || event.meta_key()) && event.key().eq_ignore_ascii_case("k") {
            event.prevent_default();
            open.update(|open| *open = !*open);
        }
    });
    on_cleanup(move || keys.remove());
    view! {
        <button
            type="button"
            class="chip palette__open"
            data-testid="palette-open"
            aria-keyshortcuts="Control+K Meta+K"
            on:click=move |_| open.set(true)
        >
            <Icon icon=icondata_lu::LuSearch/>
            <span class="palette__words">{t!(i18n, common.search)}</span>
            <kbd class="palette__words muted">{t!(i18n, palette.keys)}</kbd>
        </button>
        <Dialog open title=Signal::derive(move || t_string!(i18n, palette.title).to_owned()) on_close=move |()| open.set(false)>
            <Search open/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn Search(open: RwSignal<bool>) -> impl IntoView {
    let (i18n, store, navigation) = (use_i18n(), use_store(), use_navigation());
    let sought = RwSignal::new(String::new());
    let active = RwSignal::new(0_usize);
    let entries = Memo::new(move |_| {
        let sought = folded(&sought.get());
        store.with(|workspace| entries(i18n, store, workspace, &sought))
    });
    let run = move |entry: Entry| {
        open.set(false);
        carry_out(entry.deed, store, navigation);
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let last = entries.with_untracked(Vec::len).saturating_sub(1);
        let here = active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => active.set(if here >= last { 0 } else { here + 1 }),
            "ArrowUp" => active.set(if here == 0 { last } else { here - 1 }),
            // A word that is still being composed takes its own Enter.
            "Enter" if !event.is_composing() => {
                if let Some(entry) = entries.with_untracked(|entries| entries.get(here).cloned()) {
                    run(entry);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let node = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(node) = node.get() {
            // Focusing an element of the page cannot fail.
            node.focus().ok();
        }
    });
    let option = move |(place, entry): (usize, Entry)| {
        let chosen = Memo::new(move |_| active.get() == place);
        let (words, note) = (entry.words.clone(), entry.note.clone());
        view! {
            <li
                id=option_id(place)
                class="palette__option"
                role="option"
                aria-selected=move || chosen.get().to_string()
                on:click=move |_| run(entry.clone())
            >
                <span>{words}</span>
                <span class="muted small">{note}</span>
            </li>
        }
    };
    let options = move || entries.get().into_iter().enumerate().map(option).collect_view();
    view! {
        <input
            node_ref=node
            type="text"
            class="field__control"
            role="combobox"
            aria-expanded="true"
            aria-controls="palette-options"
            aria-activedescendant=move || entries.with(|entries| !entries.is_empty()).then(|| option_id(active.get()))
            aria-label=move || t_string!(i18n, palette.field)
            placeholder=move || t_string!(i18n, palette.field)
            autocomplete="off"
            data-testid="palette-field"
            on:input=move |event| { sought.set(event_target_value(&event)); active.set(0) }
            on:keydown=on_key
        />
        <ul id="palette-options" class="palette__options" role="listbox" aria-label=move || t_string!(i18n, palette.found)>{options}</ul>
        <Show when=move || entries.with(Vec::is_empty)><p class="muted">{t!(i18n, common.nothing_found)}</p></Show>
    }
    .into_any()
}

fn option_id(place: usize) -> String {
    ["palette-option-", &place.to_string()].concat()
}

fn carry_out(deed: Deed, store: Store, navigation: Navigation) {
    match deed {
        Deed::Go(route, query) => navigation.go_with(&route, &query),
        Deed::Undo => {
            store.undo();
        }
        Deed::Redo => {
            store.redo();
        }
    }
}

/// Pages and steps whose name holds the words; deals and customers only once something is sought.
fn entries(i18n: I18n, store: Store, workspace: &Workspace, sought: &str) -> Vec<Entry> {
    let page = |words: &str, route: Route| Entry {
        words: words.to_owned(),
        note: t_string!(i18n, palette.page).to_owned(),
        deed: Deed::Go(route, Query::default()),
    };
    let step =
        |words: &str, deed| Entry { words: words.to_owned(), note: t_string!(i18n, palette.step).to_owned(), deed };
    let mut entries = vec![
        page(t_string!(i18n, nav.funnel), Route::Funnel),
        page(t_string!(i18n, nav.board), Route::Board),
        page(t_string!(i18n, nav.deals), Route::Deals),
        page(t_string!(i18n, nav.models), Route::Models),
        page(t_string!(i18n, nav.data), Route::Data),
        page(t_string!(i18n, nav.settings), Route::Settings),
        page(t_string!(i18n, switcher.more), Route::Welcome),
    ];
    if store.can_undo().get() {
        entries.push(step(t_string!(i18n, saving.undo), Deed::Undo));
    }
    if store.can_redo().get() {
        entries.push(step(t_string!(i18n, saving.redo), Deed::Redo));
    }
    if sought.is_empty() {
        return entries;
    }
    entries.retain(|entry| folded(&entry.words).contains(sought));
    let customers = workspace.customers.iter().filter(|customer| folded(&customer.name).contains(sought));
    entries.extend(customers.take(MOST).map(|customer| Entry {
        words: customer.name.clone(),
        note: t_string!(i18n, domain.field.customer).to_owned(),
        deed: Deed::Go(Route::Deals, Query::default().with("status", "all").with("q", &customer.name)),
    }));
    let deals = workspace.deals.iter().filter(|deal| folded(&deal.details.title).contains(sought));
    entries.extend(deals.take(MOST).map(|deal| Entry {
        words: deal.details.title.clone(),
        note: workspace.customer_of(deal).map(|customer| customer.name.clone()).unwrap_or_default(),
        deed: Deed::Go(Route::Deal(deal.id.to_string()), Query::default()),
    }));
    entries
}
