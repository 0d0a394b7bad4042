//! One change for many rows.

mod doubts;
mod question;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::{column::ListField, desk::Desk};
use crate::{
    i18n::{t, use_i18n},
    model::Command,
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            field::datalist,
        },
        parts::{editor::Refusal, mover::Mover},
        wording::I18n,
    },
};
pub use doubts::Doubts;
pub use question::{Actions, Asker, MoreChanges, Question, QuestionDialog};

/// The value of a list of choices that stands for its name.
const NO_CHANGE: &str = "-";

/// A row that does not take part in a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused {
    /// The name of the record.
    pub name: String,
    /// Why.
    pub reason: String,
    /// What it would do after all with a written reason; `None` when nothing helps.
    pub at_gate: Option<Command>,
}

/// A change that some of the rows refuse; it waits for an answer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Doubt {
    /// What those that can follow would do.
    pub willing: Vec<Command>,
    /// Those that cannot.
    pub refused: Vec<Refused>,
}

impl Doubt {
    /// The one reason for which all refuse, unless a written reason would let them pass: then what was asked is wrong, not the rows.
    fn common_reason(&self) -> Option<&str> {
        let first = self.refused.first().filter(|_| self.willing.is_empty())?;
        let alike = |refused: &Refused| refused.at_gate.is_none() && refused.reason == first.reason;
        self.refused.iter().all(alike).then_some(first.reason.as_str())
    }
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

    /// Like [`Bulk::change`], for what was written in a dialog: a reason for which all refuse is about that, so it is given back to be
    /// said there.
    pub fn attempt(self, asked: Doubt, said: Said) -> Refusal {
        let refusal = asked.common_reason().map(str::to_owned);
        if refusal.is_none() {
            self.change(asked, said);
        }
        refusal
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

/// A text and the button that carries it out.
#[component]
pub fn BulkText(
    /// What is written.
    #[prop(into)]
    label: Signal<String>,
    /// What is done, as a verb.
    #[prop(into)]
    act: Signal<String>,
    /// Texts offered while it is written.
    #[prop(into)]
    suggestions: MaybeProp<Vec<String>>,
    /// Takes the text.
    #[prop(into)]
    on_act: Callback<String>,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let (list, suggestions) = datalist(suggestions);
    let blank = Signal::derive(move || text.with(|text| text.trim().is_empty()));
    view! {
        <div class="listing__bulk-pair">
            <input
                type="text"
                class="field__control"
                autocomplete="off"
                aria-label=label
                placeholder=label
                list=list
                prop:value=text
                on:input=move |event| text.set(event_target_value(&event))
            />
            {suggestions}
            <Button disabled=blank on_click=move |_| on_act.run(text.get_untracked().trim().to_owned())>{act}</Button>
        </div>
    }
    .into_any()
}
