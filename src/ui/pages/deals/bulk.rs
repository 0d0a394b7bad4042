//! One change for many deals.

use std::sync::Arc;

use leptos::{ev, prelude::*};

use super::{cell::people, edit};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Change, Command, DealId, Patch, Rejection, StageId, Stamp, Table, Workspace, apply},
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            dialog::Dialog,
            tag::Tone,
            toast::use_toasts,
        },
        format::use_format,
        pages::deals::cell::Desk,
        wording,
    },
};

/// Why a deal does not take part.
#[derive(Debug, Clone, PartialEq)]
enum Refusal {
    /// It runs through a model without the stage.
    OtherModel,
    /// A rule of the domain.
    Rule(Rejection),
}

/// A change that some of the deals refuse; it waits for an answer.
#[derive(Debug, Clone, PartialEq)]
struct Doubt {
    willing: Vec<Command>,
    refused: Vec<(DealId, Refusal)>,
}

/// The row of changes for the deals that are marked.
#[component]
pub(super) fn Bulk(desk: Desk, listed: Signal<Vec<DealId>>) -> impl IntoView {
    let (i18n, store, format, toasts) = (use_i18n(), use_store(), use_format(), use_toasts());
    let doubt = RwSignal::new(None::<Doubt>);
    let carry_out = move |commands: Vec<Command>| {
        let count = commands.len();
        match store.dispatch(Command::Many(commands)) {
            // They have it already, so there is nothing to undo.
            Ok(change) if change.is_empty() => desk.marked.update(std::collections::BTreeSet::clear),
            Ok(_) => {
                desk.marked.update(std::collections::BTreeSet::clear);
                let undo = move || {
                    store.undo();
                };
                toasts.say_with_undo(t_string!(i18n, deals.changed, count = count).to_string(), undo);
            }
            Err(rejection) => {
                let words = store.peek(|workspace| wording::rejection(i18n, format, workspace, &rejection));
                toasts.say(words, Tone::Bad);
            }
        }
    };
    let change = move |command: &dyn Fn(DealId) -> Command| {
        let stamp = store.stamp(None);
        let marked: Vec<_> = desk.marked.with_untracked(|marked| marked.iter().copied().collect());
        let asked = store.peek(|workspace| ask(workspace, &marked, command, stamp));
        if asked.refused.is_empty() {
            carry_out(asked.willing);
        } else {
            doubt.set(Some(asked));
        }
    };
    let on_owner = move |event: ev::Event| {
        let chosen = event_target_value(&event);
        if chosen != NO_CHANGE {
            let to = edit::person(&chosen);
            change(&|id| Command::SetOwner { id, to });
        }
    };
    let on_stage = move |event: ev::Event| {
        if let Ok(to) = event_target_value(&event).parse::<StageId>() {
            change(&|id| Command::MoveDeal { id, to, override_reason: None });
        }
    };
    let date = RwSignal::new(String::new());
    let on_date = move |_| match edit::day(&date.get_untracked()) {
        Ok(to) => change(&|id| Command::SetExpectedClose { id, to }),
        Err(()) => toasts.say(t_string!(i18n, deals.not_a_date).to_owned(), Tone::Bad),
    };
    let owners = move || {
        desk.names.track();
        let mut owners = people(store, t_string!(i18n, deals.nobody), "");
        owners.insert(0, (NO_CHANGE.to_owned(), t_string!(i18n, deals.set_owner).to_owned()));
        owners.into_iter().map(|(value, text)| view! { <option value=value>{text}</option> }).collect_view()
    };
    let stages = move || {
        desk.names.track();
        let stages = desk.marked.with(|marked| store.peek(|workspace| stages_of(marked.iter(), workspace)));
        stages.into_iter().map(|(value, text)| view! { <option value=value>{text}</option> }).collect_view()
    };
    let count = move || desk.marked.with(std::collections::BTreeSet::len);
    let mark_all = move |_| desk.marked.set(listed.with_untracked(|listed| listed.iter().copied().collect()));
    view! {
        <div class="deals__bulk" role="group" aria-label=move || t_string!(i18n, deals.bulk)>
            <b>{move || t_string!(i18n, deals.marked, count = count()).to_string()}</b>
            <select class="field__control" aria-label=move || t_string!(i18n, deals.set_owner) prop:value=move || { count(); NO_CHANGE } on:change=on_owner>
                {owners}
            </select>
            <select class="field__control" aria-label=move || t_string!(i18n, deals.move_to) prop:value=move || { count(); "" } on:change=on_stage>
                <option value="">{t!(i18n, deals.move_to)}</option>
                {stages}
            </select>
            <div class="deals__bulk-date">
                <input
                    type="date"
                    class="field__control"
                    aria-label=move || t_string!(i18n, domain.field.expected_close)
                    prop:value=date
                    on:input=move |event| date.set(event_target_value(&event))
                />
                <Button on_click=on_date disabled=Signal::derive(move || date.with(String::is_empty))>{t!(i18n, deals.set_close)}</Button>
            </div>
            <Button variant=Variant::Bare on_click=mark_all>{t!(i18n, deals.mark_all)}</Button>
            <Button variant=Variant::Bare on_click=move |_| desk.marked.update(std::collections::BTreeSet::clear)>{t!(i18n, deals.unmark)}</Button>
            <Doubts doubt on_go_on=carry_out/>
        </div>
    }
    .into_any()
}

/// Lists the deals that refuse a change and asks whether the others go on.
#[component]
fn Doubts(doubt: RwSignal<Option<Doubt>>, #[prop(into)] on_go_on: Callback<Vec<Command>>) -> impl IntoView {
    let (i18n, store, format) = (use_i18n(), use_store(), use_format());
    let go_on = move |_| {
        if let Some(doubt) = doubt.try_update(Option::take).flatten() {
            on_go_on.run(doubt.willing);
        }
    };
    let title = Signal::derive(move || {
        let refused = doubt.with(|doubt| doubt.as_ref().map_or(0, |doubt| doubt.refused.len()));
        t_string!(i18n, deals.refused, count = refused).to_string()
    });
    let refusals = move || {
        let rows = doubt.with(|doubt| doubt.as_ref().map(|doubt| doubt.refused.clone())).unwrap_or_default();
        let row = |(id, refusal): (DealId, Refusal)| {
            store.peek(|workspace| {
                let title = workspace.deals.get(id).map(|deal| deal.details.title.clone()).unwrap_or_default();
                let reason = match &refusal {
                    Refusal::OtherModel => t_string!(i18n, deals.other_model).to_owned(),
                    Refusal::Rule(rejection) => wording::rejection(i18n, format, workspace, rejection),
                };
                view! { <li><b>{title}</b><span class="muted">{reason}</span></li> }
            })
        };
        rows.into_iter().map(row).collect_view()
    };
    let willing = move || doubt.with(|doubt| doubt.as_ref().map_or(0, |doubt| doubt.willing.len()));
    view! {
        <Dialog open=Signal::derive(move || doubt.with(Option::is_some)) title on_close=move |()| doubt.set(None)>
                <ul class="deals__refusals" tabindex="0" aria-label=title>{refusals}</ul>
                <div class="dialog__actions">
                    <Button on_click=move |_| doubt.set(None)>{t!(i18n, common.cancel)}</Button>
                    <Show when=move || willing() != 0>
                        <Button variant=Variant::Primary on_click=go_on>
                            {move || t_string!(i18n, deals.go_on, count = willing()).to_string()}
                        </Button>
                    </Show>
                </div>
            </Dialog>
    }
}

/// The value of a list of choices that stands for its name.
const NO_CHANGE: &str = "-";

/// Asks each deal for itself, so that one refusal does not hide the others.
fn ask(workspace: &Workspace, ids: &[DealId], command: &dyn Fn(DealId) -> Command, stamp: Stamp) -> Doubt {
    let mut doubt = Doubt { willing: Vec::new(), refused: Vec::new() };
    for id in ids {
        let Some(alone) = alone(workspace, *id) else { continue };
        let command = command(*id);
        if let Command::MoveDeal { to, .. } = &command {
            let standing = workspace.deals.get(*id).map(|deal| deal.standing());
            if standing.is_some_and(|standing| standing.stage == *to) {
                // It is where it is wanted.
                continue;
            }
            let model = standing.and_then(|standing| workspace.models.get(standing.model));
            if model.is_some_and(|model| model.stage(*to).is_none()) {
                doubt.refused.push((*id, Refusal::OtherModel));
                continue;
            }
        }
        match apply(&alone, command.clone(), stamp) {
            Ok(_) => doubt.willing.push(command),
            Err(rejection) => doubt.refused.push((*id, Refusal::Rule(rejection))),
        }
    }
    doubt
}

/// The workspace with this deal as its only one: asking it costs the same however many deals there are.
fn alone(workspace: &Workspace, id: DealId) -> Option<Workspace> {
    let deal = workspace.deals.get(id)?;
    let patch = Patch { id, before: None, after: Some(Arc::clone(deal)) };
    let without = Workspace { deals: Table::default(), activities: Table::default(), ..workspace.clone() };
    Some(without.with(&Change { deals: vec![patch], ..Change::default() }))
}

/// The stages of the models that the marked deals run through; with the model's name when there are several.
fn stages_of<'a>(marked: impl Iterator<Item = &'a DealId>, workspace: &Workspace) -> Vec<(String, String)> {
    let mut models: Vec<_> =
        marked.filter_map(|id| workspace.deals.get(*id)).map(|deal| deal.standing().model).collect();
    models.sort_unstable();
    models.dedup();
    let several = models.len() > 1;
    let models = models.into_iter().filter_map(|id| workspace.models.get(id));
    let stage = |(model, stage): (&str, &crate::model::Stage)| {
        let name = if several { [model, " · ", &stage.name].concat() } else { stage.name.clone() };
        (stage.id.to_string(), name)
    };
    models.flat_map(|model| model.stages.iter().map(|s| (model.name.as_str(), s))).map(stage).collect()
}
