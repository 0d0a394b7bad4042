//! Target profiles: what kind of customer one wants, and how the customers one has compare with it.

mod desk;
mod fits;
mod histogram;
mod line;
mod list;
mod scores;
mod wish;
mod words;

use leptos::prelude::*;

use desk::Desk;
use line::Line;
use list::{List, add, begin_with_example};
use scores::Scores;
use wish::Wishes;

use crate::{
    i18n::{t, t_string, use_i18n},
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            empty::Empty,
        },
        parts::{editor::EditText, mover::Mover, nothing::NoWorkspace},
        route::{Query, use_navigation},
    },
};

/// Target profiles.
#[component]
pub fn TargetsPage() -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let opened = store.library().opened();
    let none = Memo::new(move |_| store.with(|workspace| workspace.targets.is_empty()));
    view! {
        <h1>{t!(i18n, targets.title)}</h1>
        {move || if opened.get().is_none() {
            view! {
                <NoWorkspace icon=icondata_lu::LuTarget text=Signal::derive(move || t_string!(i18n, targets.no_workspace).to_owned())/>
            }.into_any()
        } else {
            view! { <Opened none/> }.into_any()
        }}
    }
}

#[component]
fn Opened(none: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let mover = Mover::new(Callback::new(|_| ()));
    let (new, example) = (add(mover), begin_with_example(mover));
    let empty = move || {
        view! {
            <Empty icon=icondata_lu::LuTarget text=Signal::derive(move || t_string!(i18n, targets.what).to_owned())>
                <Button variant=Variant::Primary on_click=move |_| example.run(()) attr:data-testid="targets-example">{t!(i18n, targets.example)}</Button>
                <Button on_click=move |_| new.run(())>{t!(i18n, targets.new)}</Button>
            </Empty>
        }
    };
    view! { <Show when=move || !none.get() fallback=empty><Profiles mover new/></Show> }
}

/// The profiles, and the one that is looked at.
#[component]
fn Profiles(mover: Mover, new: Callback<()>) -> impl IntoView {
    let (i18n, store, navigation) = (use_i18n(), use_store(), use_navigation());
    let chosen = Memo::new(move |_| {
        let asked = navigation.query.with(|query: &Query| query.get("profile").and_then(|id| id.parse().ok()));
        store.with(|workspace| {
            let asked = asked.filter(|id| workspace.targets.contains(*id));
            asked.or_else(|| workspace.targets.iter().next().map(|target| target.id))
        })
    });
    let desk = Desk::new(chosen);
    view! {
        <div class="targets">
            <List chosen desk mover new/>
            <div class="targets__columns">
                <section class="card stack targets__editor" aria-labelledby="target-name" data-testid="target-editor">
                    <h2 id="target-name">{move || desk.read(|target| target.name.clone())}</h2>
                    <EditText
                        label=desk.label(|i18n| t_string!(i18n, targets.name))
                        value=Signal::derive(move || desk.read(|target| target.name.clone()))
                        save=move |text: String| desk.save(|target| text.trim().clone_into(&mut target.name))
                    />
                    <Line desk/>
                    <h3>{t!(i18n, targets.wishes)}</h3>
                    <Wishes desk/>
                </section>
                <Scores desk mover/>
            </div>
        </div>
    }
    .into_any()
}
