//! One change for many deals.

mod ask;
mod doubts;
mod questions;

use std::{collections::BTreeSet, sync::Arc};

use leptos::{ev, prelude::*};

use super::{
    cell::{Desk, people},
    edit,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Command, DealId, StageId, Workspace},
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            menu::{Menu, MenuItem},
            tag::Tone,
            toast::use_toasts,
        },
        format::use_format,
        parts::undo::use_way_back,
        wording,
    },
};
use ask::{Doubt, Wish, ask};
use doubts::Doubts;
use questions::{BulkQuestions, Question};

/// The row of changes for the deals that are marked.
#[component]
pub(super) fn Bulk(desk: Desk, listed: Signal<Vec<DealId>>) -> impl IntoView {
    let (i18n, store, format, toasts, way_back) = (use_i18n(), use_store(), use_format(), use_toasts(), use_way_back());
    let doubt = RwSignal::new(None::<Doubt>);
    let question = RwSignal::new(None::<Question>);
    let unmark = move || desk.marked.update(BTreeSet::clear);
    let carry_out = move |commands: Vec<Command>| {
        let count = commands.len();
        match store.dispatch(Command::Many(commands)) {
            // They have it already, so there is nothing to undo.
            Ok(change) if change.is_empty() => unmark(),
            Ok(change) => {
                unmark();
                way_back.offer(t_string!(i18n, deals.changed, count = count).to_string(), change);
            }
            Err(rejection) => {
                let words = store.peek(|workspace| wording::rejection(i18n, format, workspace, &rejection));
                toasts.say(words, Tone::Bad);
            }
        }
    };
    let asked = move |wish: &Wish| {
        let marked: Vec<_> = desk.marked.with_untracked(|marked| marked.iter().copied().collect());
        store.peek(|workspace| ask(workspace, &marked, wish, store.stamp(None)))
    };
    let answer = move |asked: Doubt| {
        if asked.refused.is_empty() {
            carry_out(asked.willing);
        } else {
            doubt.set(Some(asked));
        }
    };
    let change = move |wish: Wish| answer(asked(&wish));
    // A rule that refuses all alike is about what was written in the dialog, so it is said there.
    let from_dialog = Callback::new(move |wish: Wish| {
        let asked = asked(&wish);
        if let Some(rule) = asked.common_rule() {
            return Some(store.peek(|workspace| wording::rejection(i18n, format, workspace, rule)));
        }
        question.set(None);
        answer(asked);
        None
    });
    let on_owner = move |event: ev::Event| {
        let chosen = event_target_value(&event);
        if chosen != NO_CHANGE {
            let to = edit::person(&chosen);
            change(Arc::new(move |deal| Some(Command::SetOwner { id: deal.id, to })));
        }
    };
    let on_stage = move |event: ev::Event| {
        if let Ok(to) = event_target_value(&event).parse::<StageId>() {
            change(Arc::new(move |deal| Some(Command::MoveDeal { id: deal.id, to, override_reason: None })));
        }
    };
    let date = RwSignal::new(String::new());
    let on_date = move |_| match edit::day(&date.get_untracked()) {
        Ok(to) => change(Arc::new(move |deal| Some(Command::SetExpectedClose { id: deal.id, to }))),
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
    let count = move || desk.marked.with(BTreeSet::len);
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
            <More question/>
            <Button variant=Variant::Bare on_click=mark_all>{t!(i18n, deals.mark_all)}</Button>
            <Button variant=Variant::Bare on_click=move |_| unmark()>{t!(i18n, deals.unmark)}</Button>
        </div>
        <Doubts doubt on_go_on=carry_out/>
        <BulkQuestions desk question change=from_dialog/>
    }
    .into_any()
}

/// The changes that need to be told more.
#[component]
fn More(question: RwSignal<Option<Question>>) -> impl IntoView {
    let i18n = use_i18n();
    let items = Signal::derive(move || {
        let item = |asks: Question| MenuItem {
            label: Signal::derive(move || asks.words(i18n).to_owned()),
            icon: Some(asks.icon()),
            danger: asks == Question::Delete,
            on_choose: Callback::new(move |()| question.set(Some(asks))),
        };
        Question::ALL.map(item).to_vec()
    });
    view! { <Menu label=Signal::derive(move || t_string!(i18n, deals.more_changes).to_owned()) items/> }
}

/// The value of a list of choices that stands for its name.
const NO_CHANGE: &str = "-";

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
