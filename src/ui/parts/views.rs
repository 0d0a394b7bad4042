//! Views of a page that were kept: its filters, order and columns under a name.

use leptos::{ev, html, prelude::*};

use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Command, CustomField, Profile, RecordKind, Rejection, SavedView},
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            icon::Icon,
            popover::{Popover, PopoverHandle},
        },
        format::use_format,
        parts::editor::Refusal,
        route::{Query, Route, use_navigation},
        wording,
    },
};

/// The views of one page. Copy it freely.
#[derive(Clone, Copy)]
struct Kept {
    route: StoredValue<Route>,
    /// The page in the profile: its address without the mark before it.
    page: StoredValue<String>,
    /// Its views, in the order in which they were kept.
    views: Memo<Vec<SavedView>>,
    /// What the address asks for now, as a view would keep it.
    present: Memo<String>,
    /// Carries out a change of the views.
    revise: Callback<Vec<SavedView>, Refusal>,
}

impl Kept {
    fn new(route: Route, keys: Vec<&'static str>) -> Self {
        let (i18n, store, format, navigation) = (use_i18n(), use_store(), use_format(), use_navigation());
        let page = StoredValue::new(route.href(&Query::default()).trim_start_matches("#/").to_owned());
        let views = Memo::new(move |_| {
            let own = |view: &&SavedView| page.with_value(|page| view.page == *page);
            store.with(|workspace| workspace.profile.views.iter().filter(own).cloned().collect())
        });
        let present = Memo::new(move |_| {
            let mut own = Query::default();
            navigation.query.with(|query| {
                for key in &keys {
                    own.set(key, query.get(key));
                }
                // A filter by a field of the user's own is a filter too.
                for (key, value) in query.iter().filter(|(key, _)| key.contains(CustomField::MARK)) {
                    own.set(key, Some(value));
                }
            });
            own.format()
        });
        let revise = Callback::new(move |of_page: Vec<SavedView>| {
            let mut profile: Profile = store.peek(|workspace| (*workspace.profile).clone());
            page.with_value(|page| profile.views.retain(|view| view.page != *page));
            profile.views.extend(of_page);
            let refused = store.dispatch(Command::SetProfile(profile)).err()?;
            Some(match refused {
                Rejection::Exists(RecordKind::View) => t_string!(i18n, views.taken).to_owned(),
                refused => store.peek(|workspace| wording::rejection(i18n, format, workspace, &refused)),
            })
        });
        Self { route: StoredValue::new(route), page, views, present, revise }
    }

    /// The name of the view at a place, followed.
    fn name(self, place: usize) -> String {
        self.views.with(|views| views.get(place).map(|view| view.name.clone())).unwrap_or_default()
    }

    /// Keeps what the address asks for now under a new name.
    fn keep(self, name: &str) -> Refusal {
        let query = self.present.get_untracked();
        let view = SavedView { name: name.trim().to_owned(), page: self.page.get_value(), query };
        self.change(|views| views.push(view))
    }

    fn edit(self, place: usize, edit: impl FnOnce(&mut SavedView)) -> Refusal {
        self.change(|views| {
            if let Some(view) = views.get_mut(place) {
                edit(view);
            }
        })
    }

    fn remove(self, place: usize) -> Refusal {
        self.change(|views| {
            if place < views.len() {
                views.remove(place);
            }
        })
    }

    fn change(self, change: impl FnOnce(&mut Vec<SavedView>)) -> Refusal {
        let mut views = self.views.get_untracked();
        change(&mut views);
        self.revise.run(views)
    }
}

/// A button with the views of a page: applies, keeps, renames, updates and removes them. Every change can be undone.
#[component]
pub fn Views(
    /// The page.
    route: Route,
    /// The keys of its address that a view keeps.
    keys: Vec<&'static str>,
) -> impl IntoView {
    let i18n = use_i18n();
    let kept = Kept::new(route, keys);
    let shown = move || {
        let present = kept.present.get();
        let name =
            kept.views.with(|views| views.iter().find(|view| view.query == present).map(|view| view.name.clone()));
        name.unwrap_or_else(|| t_string!(i18n, views.title).to_owned())
    };
    view! {
        <Popover icon=icondata_lu::LuBookmark trigger=move || view! { <span class="menu__name" data-testid="views">{shown}</span> }>
            <Panel kept/>
        </Popover>
    }
}

#[component]
fn Panel(kept: Kept) -> impl IntoView {
    let i18n = use_i18n();
    let refusal = RwSignal::new(None::<String>);
    let places = Memo::new(move |_| (0..kept.views.with(Vec::len)).collect::<Vec<_>>());
    view! {
        <div class="views" role="group" aria-label=move || t_string!(i18n, views.title)>
            <ul class="views__list">
                <For each=move || places.get() key=|place| *place children=move |place| view! { <Row kept place refusal/> }/>
            </ul>
            <Show when=move || places.with(Vec::is_empty)><p class="muted small">{t!(i18n, views.none)}</p></Show>
            <New kept refusal/>
            <p class="field__note field__note--error" role="alert">{move || refusal.get()}</p>
        </div>
    }
}

/// One view: its name applies it, the buttons beside it change it.
#[component]
fn Row(kept: Kept, place: usize, refusal: RwSignal<Option<String>>) -> impl IntoView {
    let (i18n, navigation, handle) = (use_i18n(), use_navigation(), use_context::<PopoverHandle>());
    let renaming = RwSignal::new(false);
    let button = NodeRef::<html::Button>::new();
    let is_present = Memo::new(move |_| {
        kept.views.with(|views| views.get(place).map(|view| view.query.clone())) == Some(kept.present.get())
    });
    let apply = move |_| {
        let query = kept.views.with_untracked(|views| views.get(place).map(|view| Query::parse(&view.query)));
        if let Some(handle) = handle {
            handle.close();
        }
        navigation.go_with(&kept.route.get_value(), &query.unwrap_or_default());
    };
    let end = move || {
        renaming.set(false);
        request_animation_frame(move || {
            // The view may be gone by then.
            if let Some(button) = button.try_get_untracked().flatten() {
                button.focus().ok();
            }
        });
    };
    let rename = move |name: String| {
        let refused = kept.edit(place, |view| name.trim().clone_into(&mut view.name));
        if refused.is_none() {
            end();
        }
        refusal.set(refused);
    };
    let update = move |_| refusal.set(kept.edit(place, |view| view.query = kept.present.get_untracked()));
    let remove = move |_| refusal.set(kept.remove(place));
    let named = move |words: fn(wording::I18n, String) -> String| Signal::derive(move || words(i18n, kept.name(place)));
    view! {
        <li class="views__row" data-testid="view">
            <Show
                when=move || !renaming.get()
                fallback=move || view! { <NameField value=kept.name(place) label=named(|i18n, name| t_string!(i18n, views.rename, name = name).to_string()) on_name=rename on_give_up=move |()| end()/> }
            >
                <button node_ref=button type="button" class="menu__item views__apply" aria-current=move || is_present.get().then_some("true") on:click=apply>
                    <Icon icon=icondata_lu::LuBookmark/>
                    <span class="menu__name">{move || kept.name(place)}</span>
                </button>
                <Button
                    variant=Variant::Bare
                    icon=icondata_lu::LuSave
                    label=named(|i18n, name| t_string!(i18n, views.update, name = name).to_string())
                    disabled=is_present
                    on_click=update
                />
                <Button
                    variant=Variant::Bare
                    icon=icondata_lu::LuPencil
                    label=named(|i18n, name| t_string!(i18n, views.rename, name = name).to_string())
                    on_click=move |_| renaming.set(true)
                />
                <Button
                    variant=Variant::Bare
                    icon=icondata_lu::LuTrash2
                    label=named(|i18n, name| t_string!(i18n, views.delete, name = name).to_string())
                    on_click=remove
                />
            </Show>
        </li>
    }
    .into_any()
}

/// A field for the name of a view: Enter takes it, Escape gives it up.
#[component]
fn NameField(
    value: String,
    #[prop(into)] label: Signal<String>,
    on_name: impl Fn(String) + Copy + Send + Sync + 'static,
    on_give_up: impl Fn(()) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(field) = field.get() {
            field.set_value(&value);
            // A field that is in the page takes the focus.
            field.focus().ok();
            field.select();
        }
    });
    let on_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            on_name(field.get_untracked().map(|field| field.value()).unwrap_or_default());
        }
        "Escape" => {
            // Else the panel closes too.
            event.prevent_default();
            on_give_up(());
        }
        _ => {}
    };
    view! {
        <input node_ref=field class="field__control" type="text" autocomplete="off" aria-label=label on:keydown=on_key/>
    }
}

/// Keeps what is in view now under a name.
#[component]
fn New(kept: Kept, refusal: RwSignal<Option<String>>) -> impl IntoView {
    let i18n = use_i18n();
    let name = RwSignal::new(String::new());
    let keep = move || {
        let refused = kept.keep(&name.get_untracked());
        if refused.is_none() {
            name.set(String::new());
        }
        refusal.set(refused);
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        keep();
    };
    view! {
        <form class="views__new" on:submit=submit>
            <input
                class="field__control"
                type="text"
                autocomplete="off"
                data-testid="view-name"
                aria-label=move || t_string!(i18n, views.name)
                placeholder=move || t_string!(i18n, views.name)
                prop:value=name
                on:input=move |event| name.set(event_target_value(&event))
            />
            <button type="submit" class="button" data-testid="keep-view">{t!(i18n, views.keep)}</button>
        </form>
    }
}
