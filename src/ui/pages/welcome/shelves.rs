//! The workspaces kept in this browser.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    model::WorkspaceId,
    store::{Shelf, use_store},
    ui::{
        components::{
            button::{Button, Variant},
            dialog::Dialog,
            field::Field,
            tag::{Tag, Tone},
            toast::use_toasts,
        },
        starting::StartError,
        wording::I18n,
    },
};

/// The workspaces of this browser, each to open or to delete.
#[component]
pub(super) fn Shelves(
    /// Takes what came of opening one.
    #[prop(into)]
    on_done: Callback<Result<(), StartError>>,
) -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let library = store.library();
    let (shelves, opened) = (library.shelves(), library.opened());
    let leaving = RwSignal::new(None::<Shelf>);
    let row = move |shelf: Shelf| {
        let id = shelf.id;
        let name = title(i18n, &shelf);
        let is_open = Memo::new(move |_| opened.get() == Some(id));
        let open =
            move |_| on_done.run(if is_open.get_untracked() { Ok(()) } else { store.open(id).map_err(Into::into) });
        view! {
            <li class="welcome__shelf">
                <button type="button" class="welcome__name" on:click=open>{name}</button>
                <Show when=move || is_open.get()>
                    <Tag tone=Tone::Accent>{t!(i18n, welcome.is_open)}</Tag>
                </Show>
                <Button variant=Variant::Bare icon=icondata_lu::LuTrash2
                    label=Signal::derive({ let shelf = shelf.clone(); move || t_string!(i18n, welcome.delete_one, name = title(i18n, &shelf)).to_string() })
                    on_click=move |_| leaving.set(Some(shelf.clone()))/>
            </li>
        }
    };
    view! {
        <Show when=move || shelves.with(|shelves| !shelves.is_empty())>
            <section class="welcome__shelves" data-testid="shelves">
                <h2>{t!(i18n, welcome.here)}</h2>
                <ul class="card">
                    <For each=move || shelves.get() key=|shelf| (shelf.id, shelf.name.clone()) children=row/>
                </ul>
            </section>
        </Show>
        <Farewell leaving/>
    }
    .into_any()
}

/// The name of a workspace; damaged ones have none until they are opened.
pub(crate) fn title(i18n: I18n, shelf: &Shelf) -> String {
    shelf.name.clone().unwrap_or_else(|| t_string!(i18n, welcome.nameless).to_owned())
}

/// Asks for the name of the workspace before it goes for good.
#[component]
fn Farewell(leaving: RwSignal<Option<Shelf>>) -> impl IntoView {
    let (i18n, store, toasts) = (use_i18n(), use_store(), use_toasts());
    let written = RwSignal::new(String::new());
    let name =
        Memo::new(move |_| leaving.with(|shelf| shelf.as_ref().map(|shelf| title(i18n, shelf))).unwrap_or_default());
    let agreed = Memo::new(move |_| written.with(|written| written.trim() == name.get().trim()));
    let close = move || {
        leaving.set(None);
        written.set(String::new());
    };
    let delete = move |_| {
        let id: Option<WorkspaceId> = leaving.with_untracked(|shelf| shelf.as_ref().map(|shelf| shelf.id));
        if let Some(id) = id.filter(|_| agreed.get_untracked()) {
            match store.delete(id) {
                Ok(()) => {
                    let words = t_string!(i18n, welcome.deleted, name = name.get_untracked()).to_string();
                    toasts.say(words, Tone::Neutral);
                }
                Err(_refused) => toasts.say(t_string!(i18n, welcome.not_deleted).to_owned(), Tone::Bad),
            }
            close();
        }
    };
    view! {
        <Dialog
            open=Signal::derive(move || leaving.with(Option::is_some))
            title=Signal::derive(move || t_string!(i18n, welcome.delete_one, name = name.get()).to_string())
            on_close=move |()| close()
        >
            <p>{t!(i18n, welcome.delete_what)}</p>
            <Field
                label=Signal::derive(move || t_string!(i18n, welcome.delete_name, name = name.get()).to_string())
                value=written
                on_change=move |text| written.set(text)
                on_input=Callback::new(move |text| written.set(text))
            />
            <div class="dialog__actions">
                <Button on_click=move |_| close()>{t!(i18n, common.cancel)}</Button>
                <Button variant=Variant::Danger disabled=Signal::derive(move || !agreed.get()) on_click=delete>{t!(i18n, welcome.delete)}</Button>
            </div>
        </Dialog>
    }
    .into_any()
}
