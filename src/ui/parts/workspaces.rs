//! The workspaces of this browser: opened, renamed, deleted.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    model::Command,
    storage::backups::Reason,
    store::{Shelf, ShelfError, use_store},
    ui::{
        backups::use_backups,
        components::{
            button::{Button, Variant},
            dialog::Dialog,
            field::Field,
            tag::{Tag, Tone},
            toast::use_toasts,
        },
        format::use_format,
        parts::rescue::RescueLink,
        wording::{self, I18n, storage},
    },
};

/// The list, with a heading.
#[component]
pub fn Workspaces(
    /// Takes what came of opening one.
    #[prop(into)]
    on_opened: Callback<Result<(), ShelfError>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let shelves = use_store().library().shelves();
    let doomed = RwSignal::new(None::<Shelf>);
    let is_renaming = RwSignal::new(false);
    view! {
        <section class="card stack" aria-labelledby="workspaces" data-testid="workspaces">
            <h2 id="workspaces">{t!(i18n, workspaces.title)}</h2>
            <Show when=move || shelves.with(Vec::is_empty)>
                <p class="muted">{t!(i18n, workspaces.none)}</p>
            </Show>
            <ul class="workspaces">
                <For each=move || shelves.get() key=|shelf| (shelf.id, shelf.name.clone()) let(shelf)>
                    <Row shelf doomed is_renaming on_opened/>
                </For>
            </ul>
            <RescueLink/>
        </section>
        <Rename is_renaming/>
        <Delete doomed/>
    }
    .into_any()
}

/// The name of a workspace; one whose head is damaged has none until it is opened.
pub fn title(i18n: I18n, shelf: &Shelf) -> String {
    shelf.name.clone().unwrap_or_else(|| t_string!(i18n, workspaces.nameless).to_owned())
}

/// One workspace.
#[component]
fn Row(
    shelf: Shelf,
    doomed: RwSignal<Option<Shelf>>,
    is_renaming: RwSignal<bool>,
    on_opened: Callback<Result<(), ShelfError>>,
) -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let id = shelf.id;
    let is_open = Memo::new(move |_| store.library().opened().get() == Some(id));
    let shown = shelf.clone();
    let closed = move || {
        view! { <Button on_click=move |_| on_opened.run(store.open(id))>{t!(i18n, workspaces.open)}</Button> }
    };
    view! {
        <li class="workspaces__row" data-testid="workspace-row">
            <span class="workspaces__name">{move || title(i18n, &shown)}</span>
            <Show when=move || is_open.get() fallback=closed>
                <Tag tone=Tone::Accent>{t!(i18n, workspaces.opened)}</Tag>
                <Button variant=Variant::Bare on_click=move |_| is_renaming.set(true)>{t!(i18n, workspaces.rename)}</Button>
            </Show>
            <Button
                variant=Variant::Bare
                icon=icondata_lu::LuTrash2
                label=Signal::derive({ let shelf = shelf.clone(); move || t_string!(i18n, workspaces.delete_one, name = title(i18n, &shelf)).to_string() })
                on_click=move |_| doomed.set(Some(shelf.clone()))
                attr:data-testid="delete-workspace"
            />
        </li>
    }
}

/// Gives the open workspace another name.
#[component]
fn Rename(is_renaming: RwSignal<bool>) -> impl IntoView {
    let (i18n, format, store) = (use_i18n(), use_format(), use_store());
    let error = RwSignal::new(None::<String>);
    let draft = RwSignal::new(String::new());
    Effect::new(move || {
        if is_renaming.get() {
            draft.set(store.peek(|workspace| workspace.profile.name.clone()));
        }
    });
    let close = move || {
        is_renaming.set(false);
        error.set(None);
    };
    let save = move |_| {
        let mut profile = store.peek(|workspace| (*workspace.profile).clone());
        draft.get_untracked().trim().clone_into(&mut profile.name);
        match store.dispatch(Command::SetProfile(profile)) {
            Ok(_) => close(),
            Err(rejection) => {
                error.set(Some(store.peek(|workspace| wording::rejection(i18n, format, workspace, &rejection))));
            }
        }
    };
    view! {
        <Dialog
            open=is_renaming
            title=Signal::derive(move || t_string!(i18n, workspaces.rename).to_owned())
            on_close=move |()| close()
        >
            <Field
                label=Signal::derive(move || t_string!(i18n, workspaces.name).to_owned())
                value=draft
                error
                required=true
                on_change=move |text| draft.set(text)
                on_input=move |text| draft.set(text)
            />
            <div class="dialog__actions">
                <Button on_click=move |_| close()>{t!(i18n, common.cancel)}</Button>
                <Button variant=Variant::Primary on_click=save>{t!(i18n, workspaces.save)}</Button>
            </div>
        </Dialog>
    }
    .into_any()
}

/// Asks for the name of a workspace before it goes for good.
#[component]
fn Delete(doomed: RwSignal<Option<Shelf>>) -> impl IntoView {
    let backups = use_backups();
    let (i18n, store, toasts) = (use_i18n(), use_store(), use_toasts());
    let written = RwSignal::new(String::new());
    let name =
        Memo::new(move |_| doomed.with(|shelf| shelf.as_ref().map(|shelf| title(i18n, shelf))).unwrap_or_default());
    let agreed = Memo::new(move |_| written.with(|written| written.trim() == name.get().trim()));
    let close = move || {
        doomed.set(None);
        written.set(String::new());
    };
    let delete = move |_| {
        let Some(id) = doomed.with_untracked(|shelf| shelf.as_ref().map(|shelf| shelf.id)) else { return };
        let name = name.get_untracked();
        close();
        backups.before(id, Reason::Delete);
        match store.delete(id) {
            Ok(()) => toasts.say(t_string!(i18n, workspaces.deleted, name = name).to_string(), Tone::Neutral),
            Err(error) => toasts.say(storage::storage_error(i18n, &error), Tone::Bad),
        }
    };
    view! {
        <Dialog
            open=Signal::derive(move || doomed.with(Option::is_some))
            title=Signal::derive(move || t_string!(i18n, workspaces.delete_one, name = name.get()).to_string())
            on_close=move |()| close()
        >
            <p>{t!(i18n, workspaces.delete_what)}</p>
            <div data-testid="delete-name">
                <Field
                    label=Signal::derive(move || t_string!(i18n, workspaces.delete_name, name = name.get()).to_string())
                    value=written
                    on_change=move |text| written.set(text)
                    on_input=move |text| written.set(text)
                />
            </div>
            <div class="dialog__actions">
                <Button on_click=move |_| close()>{t!(i18n, common.cancel)}</Button>
                <Button
                    variant=Variant::Danger
                    disabled=Signal::derive(move || !agreed.get())
                    on_click=delete
                    attr:data-testid="confirm-delete"
                >
                    {t!(i18n, workspaces.delete_confirm)}
                </Button>
            </div>
        </Dialog>
    }
    .into_any()
}
