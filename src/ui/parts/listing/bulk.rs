//! One change for many rows.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::{column::ListField, desk::Desk};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::Command,
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            dialog::Dialog,
        },
        parts::mover::Mover,
        wording::I18n,
    },
};

/// The value of a list of choices that stands for its name.
const NO_CHANGE: &str = "-";

/// A change that some of the rows refuse; it waits for an answer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Doubt {
    /// What those that can follow would do.
    pub willing: Vec<Command>,
    /// The names of those that cannot, and why.
    pub refused: Vec<(String, String)>,
}

/// What carries out a change of many records as one step, or asks first when some refuse. Copy it freely.
#[derive(Debug, Clone, Copy)]
pub struct Bulk {
    doubt: RwSignal<Option<(Doubt, Said)>>,
    carry_out: Callback<(Vec<Command>, Said)>,
}

/// Says how many rows were changed, and how.
pub type Said = fn(I18n, usize) -> String;

impl Bulk {
    /// Tells `on_done` after each change; call it in a component body and show its questions with [`Doubts`].
    pub fn new(on_done: impl Fn() + Send + Sync + 'static) -> Self {
        let (i18n, store, mover) = (use_i18n(), use_store(), Mover::new(Callback::new(|_| ())));
        let carry_out = Callback::new(move |(commands, said): (Vec<Command>, Said)| {
            let count = commands.len();
            match store.dispatch(Command::Many(commands)) {
                Ok(change) => {
                    on_done();
                    // They may have it already; then there is nothing to undo.
                    if !change.is_empty() {
                        mover.offer_undo(said(i18n, count), change);
                    }
                }
                Err(rejection) => mover.complain(&rejection),
            }
        });
        Self { doubt: RwSignal::new(None), carry_out }
    }

    /// Carries out what all are willing to do; else asks whether the willing ones go on.
    pub fn change(self, asked: Doubt, said: Said) {
        if asked.refused.is_empty() {
            self.carry_out.run((asked.willing, said));
        } else {
            self.doubt.set(Some((asked, said)));
        }
    }
}

/// The row of changes for the marked rows.
#[component]
pub fn BulkBar<K, F>(
    /// What the rows share.
    desk: Desk<K, F>,
    /// All rows listed.
    listed: Signal<Vec<K>>,
    /// Carries out the changes.
    bulk: Bulk,
    /// What it is for.
    #[prop(into)]
    label: Signal<String>,
    /// How many are marked, in words.
    #[prop(into)]
    marked: Signal<String>,
    /// The heading over the rows that refuse, by how many they are.
    #[prop(into)]
    refused: Callback<usize, String>,
    /// The controls of the changes.
    children: Children,
) -> impl IntoView
where
    K: Copy + Ord + Send + Sync + 'static,
    F: ListField,
{
    let i18n = use_i18n();
    let mark_all = move |_| desk.marked.set(listed.with_untracked(|listed| listed.iter().copied().collect()));
    view! {
        <div class="listing__bulk" role="group" aria-label=label>
            <b>{marked}</b>
            {children()}
            <Button variant=Variant::Bare on_click=mark_all>{t!(i18n, list.mark_all)}</Button>
            <Button variant=Variant::Bare on_click=move |_| desk.unmark()>{t!(i18n, list.unmark)}</Button>
            <Doubts bulk refused/>
        </div>
    }
    .into_any()
}

/// Lists those that refuse a change and asks whether the others go on.
#[component]
pub fn Doubts(
    /// Whose questions.
    bulk: Bulk,
    /// The heading over those that refuse, by how many they are.
    #[prop(into)]
    refused: Callback<usize, String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let doubt = bulk.doubt;
    let go_on = move |_| {
        if let Some((doubt, said)) = doubt.try_update(Option::take).flatten() {
            bulk.carry_out.run((doubt.willing, said));
        }
    };
    let count = move |of: fn(&Doubt) -> usize| doubt.with(|doubt| doubt.as_ref().map_or(0, |(doubt, _)| of(doubt)));
    let willing = move || count(|doubt| doubt.willing.len());
    let title = Signal::derive(move || refused.run(count(|doubt| doubt.refused.len())));
    let refusals = move || {
        let rows = doubt.with(|doubt| doubt.as_ref().map(|(doubt, _)| doubt.refused.clone())).unwrap_or_default();
        let row =
            |(name, reason): (String, String)| view! { <li><b>{name}</b><span class="muted">{reason}</span></li> };
        rows.into_iter().map(row).collect_view()
    };
    view! {
        <Dialog open=Signal::derive(move || doubt.with(Option::is_some)) title on_close=move |()| doubt.set(None)>
            <ul class="listing__refusals" tabindex="0" aria-label=title>{refusals}</ul>
            <div class="dialog__actions">
                <Button on_click=move |_| doubt.set(None)>{t!(i18n, common.cancel)}</Button>
                <Show when=move || willing() != 0>
                    <Button variant=Variant::Primary on_click=go_on>
                        {move || t_string!(i18n, list.go_on, count = willing()).to_string()}
                    </Button>
                </Show>
            </div>
        </Dialog>
    }
    .into_any()
}

/// A list of choices that carries out what is chosen and then shows its name again.
#[component]
pub fn BulkChoice(
    /// What is done, as a verb.
    #[prop(into)]
    label: Signal<String>,
    /// The choices: value and words.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// Takes the chosen value.
    #[prop(into)]
    on_choose: Callback<String>,
) -> impl IntoView {
    let choose = move |event: ev::Event| {
        let chosen = event_target_value(&event);
        if let Some(select) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlSelectElement>().ok()) {
            select.set_value(NO_CHANGE);
        }
        on_choose.run(chosen);
    };
    let options = move || {
        options.get().into_iter().map(|(value, text)| view! { <option value=value>{text}</option> }).collect_view()
    };
    view! {
        <select class="field__control" aria-label=label on:change=choose>
            <option value=NO_CHANGE>{label}</option>
            {options}
        </select>
    }
    .into_any()
}
