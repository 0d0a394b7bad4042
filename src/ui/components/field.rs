//! Form fields: a label, the control, a hint and the error beside it.

use js_sys::Reflect;
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::{choice::choices, dom_id};
use crate::i18n::{t_string, use_i18n};

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FieldKind {
    /// One line of text.
    #[default]
    Text,
    /// A number; the page parses it.
    Number,
    /// An amount of money; the page parses it. The unit stands in the label.
    Money,
    /// A calendar date, `YYYY-MM-DD` or empty.
    Date,
    /// Several lines of text.
    Long,
    /// A passphrase: it is not shown, and the browser neither keeps nor offers it.
    Secret,
}

/// A field with text inside: it keeps the draft itself and hands it over when the person leaves it. What is wrong with the draft is
/// said beside it from the key that makes it so.
#[component]
pub fn Field(
    /// What belongs in it.
    #[prop(into)]
    label: Signal<String>,
    /// What it takes.
    #[prop(optional)]
    kind: FieldKind,
    /// The text it shows; a change from outside replaces the draft.
    #[prop(into)]
    value: Signal<String>,
    /// Takes the text on leaving the field or on Enter.
    #[prop(into)]
    on_change: Callback<String>,
    /// Takes the text at every key, for searches and previews.
    #[prop(optional, into)]
    on_input: Option<Callback<String>>,
    /// What is wrong with the text, asked at every key.
    #[prop(optional, into)]
    check: Option<Callback<String, Option<String>>>,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    /// Texts offered while typing; any other may be written.
    #[prop(optional, into)]
    suggestions: MaybeProp<Vec<String>>,
    /// Whether it must not stay empty.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let id = dom_id::fresh();
    let note = dom_id::fresh();
    let (list, offered) = suggestions.with_untracked(Option::is_some).then(|| datalist(suggestions)).unzip();
    let i18n = use_i18n();
    // What is wrong with the draft; a value from outside is another draft.
    let complaint = RwSignal::new(None::<String>);
    let shown = Memo::new(move |_| value.get());
    Effect::new(move || {
        shown.track();
        complaint.set(None);
    });
    let half = move |event: &ev::Event| is_half_a_date(event).then(|| t_string!(i18n, common.half_a_date).to_owned());
    let complain = move |event: &ev::Event, text: String| {
        complaint.set(half(event).or_else(|| check.and_then(|check| check.run(text))));
    };
    let changed = move |event: ev::Event| {
        let text = event_target_value(&event);
        complain(&event, text.clone());
        if !is_half_a_date(&event) {
            on_change.run(text);
        }
    };
    let typed = move |event: ev::Event| {
        let text = event_target_value(&event);
        complain(&event, text.clone());
        if let Some(on_input) = on_input {
            on_input.run(text);
        }
    };
    // The parts of a date that is not whole change without an input event.
    let left = move |event: ev::FocusEvent| {
        if let Some(words) = half(&event) {
            complaint.set(Some(words));
        }
    };
    let error = MaybeProp::derive(move || complaint.get().or_else(|| error.get()));
    let invalid = move || error.get().map(|_| "true");
    let control = if kind == FieldKind::Long {
        view! {
            <textarea
                id=id.clone()
                class="field__control"
                rows="4"
                prop:value=value
                required=required
                aria-invalid=invalid
                aria-describedby=note.clone()
                on:change=changed
                on:input=typed
            ></textarea>
        }
        .into_any()
    } else {
        let numeric = matches!(kind, FieldKind::Number | FieldKind::Money);
        let (of_browser, autocomplete) = match kind {
            FieldKind::Date => ("date", "off"),
            FieldKind::Secret => ("password", "new-password"),
            _ => ("text", "off"),
        };
        view! {
            <input
                id=id.clone()
                class="field__control"
                class:field__control--number=numeric
                type=of_browser
                inputmode=numeric.then_some("decimal")
                autocomplete=autocomplete
                list=list
                prop:value=value
                required=required
                aria-invalid=invalid
                aria-describedby=note.clone()
                on:change=changed
                on:input=typed
                on:blur=left
            />
            {offered}
        }
        .into_any()
    };
    framed(label, id, note, hint, error, control)
}

/// Whether the target is a date field that holds parts of a date, or one that does not exist: then its text is empty, or its year is
/// still being typed. Neither is what anybody means.
pub fn is_half_a_date(event: &ev::Event) -> bool {
    let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    let bad = |input: &web_sys::HtmlInputElement| {
        let validity = Reflect::get(input, &"validity".into()).ok();
        validity
            .and_then(|validity| Reflect::get(&validity, &"badInput".into()).ok())
            .is_some_and(|bad| bad.is_truthy())
    };
    input.is_some_and(|input| input.type_() == "date" && (bad(&input) || input.value().starts_with('0')))
}

/// The list of texts that a field offers, with the id under which the field names it.
pub fn datalist(texts: MaybeProp<Vec<String>>) -> (String, AnyView) {
    let id = dom_id::fresh();
    let options = move || {
        texts.get().unwrap_or_default().into_iter().map(|text| view! { <option value=text></option> }).collect_view()
    };
    (id.clone(), view! { <datalist id=id>{options}</datalist> }.into_any())
}

/// A field with a list to choose one thing from.
#[component]
pub fn SelectField(
    /// What is chosen.
    #[prop(into)]
    label: Signal<String>,
    /// The choices: value and words.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The value of the present choice.
    #[prop(into)]
    value: Signal<String>,
    /// Takes the value of a new choice.
    #[prop(into)]
    on_change: Callback<String>,
    /// What helps to choose.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with the choice.
    #[prop(optional, into)]
    error: MaybeProp<String>,
) -> impl IntoView {
    let id = dom_id::fresh();
    let note = dom_id::fresh();
    let control = view! {
        <select
            id=id.clone()
            class="field__control"
            aria-invalid=move || error.get().map(|_| "true")
            aria-describedby=note.clone()
            on:change=move |event| on_change.run(event_target_value(&event))
        >
            {choices(options, value)}
        </select>
    }
    .into_any();
    framed(label, id, note, hint, error, control)
}

/// A box to tick.
#[component]
pub fn Checkbox(
    /// What it says when ticked.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is ticked.
    #[prop(into)]
    value: Signal<bool>,
    /// Takes the new state.
    #[prop(into)]
    on_change: Callback<bool>,
) -> impl IntoView {
    let ticked = move |event: ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        on_change.run(input.is_some_and(|input| input.checked()));
    };
    view! {
        <label class="checkbox">
            <input type="checkbox" prop:checked=value on:change=ticked/>
            <span>{label}</span>
        </label>
    }
}

/// The label above and the hint or error below a control.
fn framed(
    label: Signal<String>,
    id: String,
    note: String,
    hint: MaybeProp<String>,
    error: MaybeProp<String>,
    control: AnyView,
) -> AnyView {
    view! {
        <div class="field">
            <label class="field__label" for=id>{label}</label>
            {control}
            <div id=note class="field__note" class:field__note--error=move || error.get().is_some()>
                {move || error.get().or_else(|| hint.get())}
            </div>
        </div>
    }
    .into_any()
}
