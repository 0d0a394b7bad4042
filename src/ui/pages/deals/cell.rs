//! The cells of the list, and the editors inside them.

use std::{collections::BTreeSet, sync::Arc};

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::{
    column::{Field, tone},
    edit,
    value::Value,
};
use crate::{
    i18n::{t_string, use_i18n},
    model::{CustomKind, Deal, DealId, Workspace},
    store::{Store, use_store},
    ui::{
        clock::use_clock,
        components::{
            dom_id,
            tag::{Tag, Tone},
        },
        format::{UNKNOWN, use_format},
        parts::custom_value::offered,
        route::{Route, use_navigation},
    },
};

/// What the rows share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Desk {
    /// The cell that is being edited.
    pub(super) editing: RwSignal<Option<(DealId, Field)>>,
    /// The deals marked for a change together.
    pub(super) marked: RwSignal<BTreeSet<DealId>>,
    /// The columns in view.
    pub(super) fields: Signal<Vec<Field>>,
    /// Wakes the cells when a record that deals name has changed.
    pub(super) names: Memo<Names>,
    /// The element around the table.
    pub(super) table: NodeRef<html::Div>,
}

impl Desk {
    /// Ends editing; the keyboard goes back to the table.
    fn leave(self) {
        self.editing.set(None);
        let grid = self.table.get_untracked().and_then(|table| table.query_selector("[role=grid]").ok().flatten());
        if let Some(grid) = grid.and_then(|grid| grid.dyn_into::<web_sys::HtmlElement>().ok()) {
            // Focusing an element of the page cannot fail.
            grid.focus().ok();
        }
    }

    /// Edits the next cell of the row that can be edited, or the one before.
    fn go_on(self, id: DealId, field: &Field, back: bool) {
        let mut fields = self.fields.get_untracked();
        fields.retain(Field::editable);
        let here = fields.iter().position(|known| known == field);
        let next = here.and_then(|here| if back { here.checked_sub(1) } else { Some(here + 1) });
        match next.and_then(|next| fields.into_iter().nth(next)) {
            Some(next) => self.editing.set(Some((id, next))),
            None => self.leave(),
        }
    }

    /// Begins to edit the first cell of a row that can be edited.
    pub(super) fn edit_row(self, id: DealId) {
        let first = self.fields.with_untracked(|fields| fields.iter().find(|field| field.editable()).cloned());
        if let Some(field) = first {
            self.editing.set(Some((id, field)));
        }
    }

    /// Marks a deal, or takes the mark away.
    pub(super) fn mark(self, id: DealId) {
        self.marked.update(|marked| {
            if !marked.remove(&id) {
                marked.insert(id);
            }
        });
    }
}

/// The records that deals name: two are equal when no such record changed in between.
#[derive(Debug, Clone)]
pub(super) struct Names(Workspace);

impl Names {
    /// Follows the store.
    pub(super) fn follow(store: Store) -> Memo<Self> {
        Memo::new(move |_| Self(store.with(Workspace::clone)))
    }
}

impl PartialEq for Names {
    fn eq(&self, other: &Self) -> bool {
        let (a, b) = (&self.0, &other.0);
        Arc::ptr_eq(&a.profile, &b.profile)
            && a.models.same(&b.models)
            && a.departments.same(&b.departments)
            && a.people.same(&b.people)
            && a.products.same(&b.products)
            && a.customers.same(&b.customers)
            && a.campaigns.same(&b.campaigns)
    }
}

/// The view of a column's cells.
pub(super) fn cells(field: &Field, desk: Desk) -> Arc<dyn Fn(DealId) -> AnyView + Send + Sync> {
    let (store, format, clock, i18n, navigation) =
        (use_store(), use_format(), use_clock(), use_i18n(), use_navigation());
    let field = field.clone();
    Arc::new(move |id| {
        let deal = store.deal(id);
        let (valued, toned) = (field.clone(), field.clone());
        let text = Signal::derive(move || {
            desk.names.track();
            let today = clock.today.get();
            store.peek(|workspace| {
                let of = |deal: &Arc<Deal>| valued.value(deal, workspace, today, i18n);
                deal.with(|deal| deal.as_ref().map_or(Value::Unknown, of)).shown(format, workspace)
            })
        });
        let tone = Signal::derive(move || {
            desk.names.track();
            let today = clock.today.get();
            let of = |deal: &Arc<Deal>| store.peek(|workspace| tone(&toned, deal, workspace, today));
            deal.with(|deal| deal.as_ref().map_or(Tone::Neutral, of))
        });
        match &field {
            Field::Title => {
                let href = move || navigation.href(&Route::Deal(id.to_string()));
                view! { <a class="deals__title" href=href tabindex="-1" title=text on:click=|event| event.stop_propagation()>{text}</a> }.into_any()
            }
            Field::Status => view! { <Tag tone>{text}</Tag> }.into_any(),
            Field::Stage => {
                let position = move || {
                    deal.with(|deal| store.peek(|workspace| position(deal.as_ref()?, workspace)))
                        .map(|share| share.to_string())
                };
                view! { <span class="deals__stage" style:--stage-position=position title=text>{text}</span> }.into_any()
            }
            field if field.editable() => view! { <Editable id field=field.clone() desk text tone/> }.into_any(),
            _ => view! { <span class="deals__text" data-tone=move || tone.get().as_str() title=text>{text}</span> }
                .into_any(),
        }
    })
}

/// How far down its funnel a deal is, from 0 to 1.
fn position(deal: &Deal, workspace: &Workspace) -> Option<f64> {
    let (model, stage) = workspace.stage_of(deal)?;
    let (place, last) = (model.position(stage.id)?, model.stages.len().saturating_sub(1).max(1));
    #[expect(clippy::cast_precision_loss, reason = "stages are few")]
    Some(place as f64 / last as f64)
}

/// A text that becomes an editor.
#[component]
fn Editable(id: DealId, field: Field, desk: Desk, text: Signal<String>, tone: Signal<Tone>) -> impl IntoView {
    let i18n = use_i18n();
    let cell = StoredValue::new((id, field));
    let editing = Memo::new(move |_| {
        desk.editing.with(|editing| cell.with_value(|cell| editing.as_ref().is_some_and(|editing| editing == cell)))
    });
    move || {
        if editing.get() {
            let (id, field) = cell.get_value();
            return view! { <Editor id field desk/> }.into_any();
        }
        let begin = move |event: ev::MouseEvent| {
            event.stop_propagation();
            desk.editing.set(Some(cell.get_value()));
        };
        view! {
            <span
                class="deals__text deals__text--editable"
                class:muted=move || text.with(|text| text == UNKNOWN)
                data-tone=move || tone.get().as_str()
                title=move || t_string!(i18n, deals.edit_hint)
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
fn Editor(id: DealId, field: Field, desk: Desk) -> impl IntoView {
    let (i18n, store, format) = (use_i18n(), use_store(), use_format());
    let refusal = RwSignal::new(None::<String>);
    let draft = StoredValue::new(store.peek(|workspace| edit::draft(workspace, id, &field)));
    let written = RwSignal::new(draft.get_value());
    let note = dom_id::fresh();
    let control = Control::of(&field);
    let field = StoredValue::new(field);
    let commit = move || {
        let outcome = written.with_untracked(|written| {
            if draft.with_value(|draft| draft == written) {
                return Ok(());
            }
            field.with_value(|field| edit::change(store, i18n, format, id, field, written))
        });
        let done = outcome.is_ok();
        refusal.set(outcome.err());
        done
    };
    let on_blur = move |_| {
        // An editor that goes away loses the focus too, even after the page: what it held is carried out or given up by then.
        let editing = desk.editing.try_get_untracked().flatten();
        let here =
            editing.is_some_and(|(deal, of)| deal == id && field.try_with_value(|field| *field == of) == Some(true));
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
                    desk.go_on(id, &field.get_value(), event.shift_key());
                }
            }
            _ => {}
        }
    };
    let label = move || field.with_value(|field| field.heading(i18n));
    let invalid = move || refusal.with(|refusal| refusal.as_ref().map(|_| "true"));
    let write = move |event: ev::Event| written.set(event_target_value(&event));
    let chosen = written.get_untracked();
    let options = match &control {
        Control::People => Some(people(store, untrack(|| t_string!(i18n, deals.nobody)), &chosen)),
        Control::Options(options) => Some(offered(options, &chosen)),
        Control::Input { .. } => None,
    };
    let control = if let Some(options) = options {
        let node = NodeRef::<html::Select>::new();
        Effect::new(move || {
            if let Some(node) = node.get() {
                node.focus().ok();
            }
        });
        let option = |(value, text): (String, String)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{text}</option> }
        };
        let options = options.into_iter().map(option).collect_view();
        view! {
            <select node_ref=node class="field__control" aria-label=label aria-invalid=invalid aria-describedby=note.clone() on:change=write on:blur=on_blur on:keydown=on_key>
                {options}
            </select>
        }
        .into_any()
    } else {
        let node = NodeRef::<html::Input>::new();
        Effect::new(move || {
            if let Some(node) = node.get() {
                node.focus().ok();
                node.select();
            }
        });
        let (kind, decimal) = match control {
            Control::Input { date: true, .. } => ("date", false),
            Control::Input { decimal, .. } => ("text", decimal),
            _ => ("text", false),
        };
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
    };
    view! {
        <div class="deals__editor" on:click=|event| event.stop_propagation() on:dblclick=|event| event.stop_propagation()>
            {control}
            <span id=note class="deals__refusal" role="alert">{move || refusal.get()}</span>
        </div>
    }
    .into_any()
}

/// What a cell is edited with.
enum Control {
    People,
    Options(Vec<String>),
    Input { date: bool, decimal: bool },
}

impl Control {
    fn of(field: &Field) -> Self {
        match (field, field.own_kind()) {
            (Field::Owner, _) => Self::People,
            (_, Some(CustomKind::Choice { options })) => Self::Options(options.clone()),
            (field, kind) => Self::Input {
                date: matches!(field, Field::ExpectedClose | Field::Due) || kind == Some(&CustomKind::Date {}),
                decimal: *field == Field::Amount || kind == Some(&CustomKind::Number {}),
            },
        }
    }
}

/// The people to choose from: nobody, then those who work here and the one chosen now, by name.
pub(super) fn people(store: Store, nobody: &str, chosen: &str) -> Vec<(String, String)> {
    let mut people: Vec<_> = store.peek(|workspace| {
        let offered = |person: &&Arc<crate::model::Person>| person.active || person.id.to_string() == chosen;
        workspace.people.iter().filter(offered).map(|person| (person.id.to_string(), person.name.clone())).collect()
    });
    people.sort_by(|(_, a), (_, b)| a.cmp(b));
    people.insert(0, (String::new(), nobody.to_owned()));
    people
}
