//! Cells that become editors, and the column of boxes that mark rows.

use std::sync::Arc;

use leptos::{ev, html, prelude::*};

use super::{
    column::ListField,
    desk::{Control, Desk},
};
use crate::{
    i18n::{t_string, use_i18n},
    store::use_store,
    ui::{
        components::{data_table::Column, dom_id, field::is_half_a_date, tag::Tone},
        format::UNKNOWN,
        settings::use_settings,
    },
};

/// The view of a column's cells.
pub type Cell<K> = Arc<dyn Fn(K) -> AnyView + Send + Sync>;

/// A cell that is only read, with what is to be noticed in it where there may be something.
///
/// Like all of these cells it follows its value as a whole: a table makes hundreds of them at once, and each part that follows for itself
/// costs as much as the cell.
pub fn read_only(text: Signal<String>, tone: Option<Signal<Tone>>) -> AnyView {
    let shown = move || {
        let tone = tone.map(|tone| tone.get().as_str());
        view! { <span class="listing__text" data-tone=tone>{text.get()}</span> }
    };
    shown.into_any()
}

/// The name of a record as the link to its page. The row opens it too, so the link takes no stop of the Tab key.
pub fn link(href: Signal<String>, text: Signal<String>) -> AnyView {
    let shown = move || {
        view! {
            <a class="listing__name" href=href.get() tabindex="-1" data-record on:click=|event| event.stop_propagation()>
                {text.get()}
            </a>
        }
    };
    shown.into_any()
}

/// Another record that a row names, as the link to its page.
pub fn mention(href: Signal<String>, text: Signal<String>) -> AnyView {
    let shown = move || {
        view! {
            <a
                class="listing__text listing__mention"
                href=href.get()
                tabindex="-1"
                on:click=|event| event.stop_propagation()
            >
                {text.get()}
            </a>
        }
    };
    shown.into_any()
}

/// Carries out the keys of a table with a desk: F2 edits the row, Space marks it, L logs an activity for it.
pub fn on_key<K, F>(desk: Desk<K, F>, log: impl Fn(K) + Send + Sync + 'static) -> Callback<(ev::KeyboardEvent, K)>
where
    K: Copy + Ord + Send + Sync + 'static,
    F: ListField,
{
    let settings = use_settings();
    Callback::new(move |(event, key): (ev::KeyboardEvent, K)| match event.key().as_str() {
        "F2" => {
            event.prevent_default();
            desk.edit_row(key);
        }
        " " => {
            event.prevent_default();
            desk.mark(key);
        }
        "l" | "L"
            if settings.single_keys.get_untracked() && !event.ctrl_key() && !event.meta_key() && !event.alt_key() =>
        {
            event.prevent_default();
            log(key);
        }
        _ => {}
    })
}

/// The column of boxes that mark rows; `name` names a row.
pub fn mark_column<K, F>(
    desk: Desk<K, F>,
    name: impl Fn(K) -> Signal<String> + Send + Sync + 'static,
) -> Column<K, String>
where
    K: Copy + Ord + Send + Sync + 'static,
    F: ListField,
{
    let i18n = use_i18n();
    let cell = move |key: K| {
        let name = name(key);
        let label = move || t_string!(i18n, list.mark_one, title = name.get()).to_string();
        let marked = Memo::new(move |_| desk.marked.with(|marked| marked.contains(&key)));
        view! {
            <label class="listing__mark" on:click=|event| event.stop_propagation()>
                <input type="checkbox" tabindex="-1" aria-label=label prop:checked=marked on:change=move |_| desk.mark(key)/>
            </label>
        }
        .into_any()
    };
    Column {
        id: "mark".to_owned(),
        title: Signal::derive(move || t_string!(i18n, list.mark).to_owned()),
        width: "3.5rem",
        numeric: false,
        sortable: false,
        cell: Arc::new(cell),
    }
}

/// A text that becomes an editor.
#[component]
pub fn Editable<K, F>(
    /// The row.
    key: K,
    /// The column.
    field: F,
    /// What the rows share.
    desk: Desk<K, F>,
    /// The present value in words.
    text: Signal<String>,
    /// What is to be noticed in it, where there may be something.
    tone: Option<Signal<Tone>>,
) -> impl IntoView
where
    K: Copy + Ord + Send + Sync + 'static,
    F: ListField,
{
    let i18n = use_i18n();
    let cell = StoredValue::new((key, field));
    let editing = Memo::new(move |_| {
        desk.editing.with(|editing| cell.with_value(|cell| editing.as_ref().is_some_and(|editing| editing == cell)))
    });
    move || {
        if editing.get() {
            let (key, field) = cell.get_value();
            return view! { <Editor key field desk/> }.into_any();
        }
        let begin = move |event: ev::MouseEvent| {
            event.stop_propagation();
            desk.editing.set(Some(cell.get_value()));
        };
        let text = text.get();
        let class = if text == UNKNOWN {
            "listing__text listing__text--editable muted"
        } else {
            "listing__text listing__text--editable"
        };
        view! {
            <span
                class=class
                data-tone=tone.map(|tone| tone.get().as_str())
                title=t_string!(i18n, list.edit_hint)
                on:click=|event| event.stop_propagation()
                on:dblclick=begin
            >
                {text}
            </span>
        }
        .into_any()
    }
}

/// Takes a new value for a cell: Enter or leaving it carries it out, Escape gives it up, Tab goes on to the next cell.
#[component]
fn Editor<K, F>(key: K, field: F, desk: Desk<K, F>) -> impl IntoView
where
    K: Copy + Ord + Send + Sync + 'static,
    F: ListField,
{
    let (i18n, store) = (use_i18n(), use_store());
    let refusal = RwSignal::new(None::<String>);
    // Whether a date is half typed, which is never carried out.
    let half = StoredValue::new(false);
    let draft = untrack(|| desk.begin.run((key, field.clone())));
    let (field, before) = (StoredValue::new(field), StoredValue::new(draft.text.clone()));
    let written = RwSignal::new(draft.text.clone());
    let commit = move || {
        if half.get_value() {
            return false;
        }
        let text = written.get_untracked();
        let same = before.with_value(|before| *before == text);
        let outcome = if same { Ok(()) } else { desk.change.run((key, field.get_value(), text)) };
        let done = outcome.is_ok();
        refusal.set(outcome.err());
        done
    };
    let on_blur = move |_: ev::FocusEvent| {
        // An editor that goes away loses the focus too, even after the page: what it held is carried out or given up by then.
        let editing = desk.editing.try_get_untracked().flatten();
        let here =
            editing.is_some_and(|(of, in_field)| of == key && field.try_with_value(|f| *f == in_field) == Some(true));
        if here && commit() {
            desk.editing.set(None);
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        event.stop_propagation();
        match event.key().as_str() {
            "Escape" => desk.leave(),
            "Enter" if commit() => desk.leave(),
            "Tab" => {
                event.prevent_default();
                if commit() {
                    desk.go_on(key, &field.get_value(), event.shift_key());
                }
            }
            _ => {}
        }
    };
    let note = dom_id::fresh();
    let label = move || field.with_value(|field| field.heading(i18n));
    let invalid = move || refusal.with(|refusal| refusal.as_ref().map(|_| "true"));
    let write = move |event: ev::Event| {
        let text = event_target_value(&event);
        // What would be refused is said at the key that makes it so.
        let outcome = if is_half_a_date(&event) {
            Err(t_string!(i18n, common.half_a_date).to_owned())
        } else {
            store.rehearse(|| desk.change.run((key, field.get_value(), text.clone())))
        };
        half.set_value(is_half_a_date(&event));
        refusal.set(outcome.err());
        written.set(text);
    };
    let control = match draft.control {
        Control::Choice(options) => {
            let node = NodeRef::<html::Select>::new();
            Effect::new(move || {
                if let Some(node) = node.get() {
                    node.focus().ok();
                }
            });
            let option = |(value, text): (String, String)| {
                let selected = value == draft.text;
                view! { <option value=value selected=selected>{text}</option> }
            };
            let options = options.into_iter().map(option).collect_view();
            view! {
                <select node_ref=node class="field__control" aria-label=label aria-invalid=invalid aria-describedby=note.clone() on:change=write on:blur=on_blur on:keydown=on_key>
                    {options}
                </select>
            }
            .into_any()
        }
        control => {
            let node = NodeRef::<html::Input>::new();
            Effect::new(move || {
                if let Some(node) = node.get() {
                    node.focus().ok();
                    node.select();
                }
            });
            let kind = if control == Control::Date { "date" } else { "text" };
            let decimal = control == Control::Number;
            view! {
                <input
                    node_ref=node
                    class="field__control"
                    class:field__control--number=decimal
                    type=kind
                    inputmode=decimal.then_some("decimal")
                    autocomplete="off"
                    aria-label=label
                    aria-invalid=invalid
                    aria-describedby=note.clone()
                    prop:value=written
                    on:input=write
                    on:blur=on_blur
                    on:keydown=on_key
                />
            }
            .into_any()
        }
    };
    view! {
        <div class="listing__editor" on:click=|event| event.stop_propagation() on:dblclick=|event| event.stop_propagation()>
            {control}
            <span id=note class="listing__refusal" role="alert">{move || refusal.get()}</span>
        </div>
    }
    .into_any()
}
