//! The workspaces of this browser: opened, renamed, deleted.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Command, WorkspaceId},
    store::{Shelf, use_store},
    ui::{
        components::{
            button::{Button, Variant},
            dialog::Dialog,
            field::Field,
            tag::{Tag, Tone},
            toast::use_toasts,
        },
        format::use_format,
        wording::{self, storage},
    },
};

/// The list.
#[component]
pub(super) fn Workspaces() -> impl IntoView {
    let i18n = use_i18n();
    let library = use_store().library();
    let shelves = library.shelves();
    let doomed = RwSignal::new(None::<Shelf>);
    let is_renaming = RwSignal::new(false);
    view! {
        <section class="card stack" aria-labelledby="data-workspaces">
            <h2 id="data-workspaces">{t!(i18n, data.workspaces.title)}</h2>
            <Show when=move || shelves.with(Vec::is_empty)>
                <p class="muted">{t!(i18n, data.workspaces.none)}</p>
            </Show>
            <ul class="data__workspaces">
                <For each=move || shelves.get() key=|shelf| (shelf.id, shelf.name.clone()) let(shelf)>
                    <Row shelf doomed is_renaming/>
                </For>
            </ul>
        </section>
        <Rename is_renaming/>
        <Delete doomed/>
    }
}

fn name_of(i18n: wording::I18n, shelf: &Shelf) -> String {
    shelf.name.clone().unwrap_or_else(|| t_string!(i18n, data.workspaces.unnamed).to_owned())
}

/// One workspace.
#[component]
fn Row(shelf: Shelf, doomed: RwSignal<Option<Shelf>>, is_renaming: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let store = use_store();
    let toasts = use_toasts();
    let id = shelf.id;
    let is_open = Memo::new(move |_| store.library().opened().get() == Some(id));
    let open = move |_| {
        if let Err(error) = store.open(id) {
            toasts.say(storage::shelf_error(i18n, &error), Tone::Bad);
        }
    };
    let shown = shelf.clone();
    view! {
        <li class="data__workspace" data-testid="workspace-row">
            <span class="data__name">{move || name_of(i18n, &shown)}</span>
            <Show when=move || is_open.get() fallback=move || view! { <Button on_click=open>{t!(i18n, data.workspaces.open)}</Button> }>
                <Tag tone=Tone::Accent>{t!(i18n, data.workspaces.opened)}</Tag>
                <Button variant=Variant::Bare on_click=move |_| is_renaming.set(true)>{t!(i18n, data.workspaces.rename)}</Button>
            </Show>
            <Button variant=Variant::Danger on_click=move |_| doomed.set(Some(shelf.clone())) attr:data-testid="delete-workspace">
                {t!(i18n, data.workspaces.delete)}
            </Button>
        </li>
    }
}

/// Gives the open workspace another name.
#[component]
fn Rename(is_renaming: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let store = use_store();
    let error = RwSignal::new(None::<String>);
    let draft = RwSignal::new(String::new());
    let name = Signal::derive(move || store.with(|workspace| workspace.profile.name.clone()));
    let close = move || {
        is_renaming.set(false);
        error.set(None);
    };
    let save = move |_| {
        let mut profile = store.peek(|workspace| (*workspace.profile).clone());
        profile.name = draft.get_untracked().trim().to_owned();
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
            title=Signal::derive(move || t_string!(i18n, data.workspaces.rename).to_owned())
            on_close=move |()| close()
        >
            <Field
                label=Signal::derive(move || t_string!(i18n, data.workspaces.name).to_owned())
                value=name
                error
                required=true
                on_change=move |text| draft.set(text)
                on_input=move |text| draft.set(text)
            />
            <div class="dialog__actions">
                <Button on_click=move |_| close()>{t!(i18n, common.cancel)}</Button>
                <Button variant=Variant::Primary on_click=save>{t!(i18n, data.workspaces.save)}</Button>
            </div>
        </Dialog>
    }
}

/// Asks before a workspace goes for good.
#[component]
fn Delete(doomed: RwSignal<Option<Shelf>>) -> impl IntoView {
    let i18n = use_i18n();
    let store = use_store();
    let toasts = use_toasts();
    let name = move || doomed.get().map(|shelf| name_of(i18n, &shelf)).unwrap_or_default();
    let delete = move |_| {
        let name = untrack(name);
        let Some(id) = doomed.get_untracked().map(|shelf: Shelf| -> WorkspaceId { shelf.id }) else { return };
        doomed.set(None);
        match store.delete(id) {
            Ok(()) => toasts.say(t_string!(i18n, data.workspaces.deleted, name = name).to_string(), Tone::Neutral),
            Err(error) => toasts.say(storage::storage_error(i18n, &error), Tone::Bad),
        }
    };
    view! {
        <Dialog
            open=Signal::derive(move || doomed.with(Option::is_some))
            title=Signal::derive(move || t_string!(i18n, data.workspaces.delete_title, name = name()).to_string())
            on_close=move |()| doomed.set(None)
        >
            <p>{t!(i18n, data.workspaces.delete_text)}</p>
            <div class="dialog__actions">
                <Button on_click=move |_| doomed.set(None)>{t!(i18n, common.cancel)}</Button>
                <Button variant=Variant::Danger on_click=delete attr:data-testid="confirm-delete">
                    {t!(i18n, data.workspaces.delete_confirm)}
                </Button>
            </div>
        </Dialog>
    }
}
