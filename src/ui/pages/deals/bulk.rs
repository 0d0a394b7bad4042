//! One change for many deals.

use std::{collections::BTreeSet, sync::Arc};

use leptos::prelude::*;

use super::{cell::Desk, edit};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Change, Command, DealId, Patch, Rejection, StageId, Stamp, Table, Workspace, apply},
    store::use_store,
    ui::{
        components::{button::Button, tag::Tone, toast::use_toasts},
        format::use_format,
        parts::{
            listing::bulk::{Bulk, BulkBar, BulkChoice, Doubt},
            names::people,
        },
        wording,
    },
};

/// The row of changes for the deals that are marked.
#[component]
pub(super) fn DealsBulk(desk: Desk, listed: Signal<Vec<DealId>>) -> impl IntoView {
    let (i18n, store, format, toasts) = (use_i18n(), use_store(), use_format(), use_toasts());
    let bulk = Bulk::new(desk);
    let change = move |command: &dyn Fn(DealId) -> Command| {
        let stamp = store.stamp(None);
        let marked: Vec<_> = desk.marked.with_untracked(|marked| marked.iter().copied().collect());
        let words = |refusal: &Refusal, workspace: &Workspace| match refusal {
            Refusal::OtherModel => t_string!(i18n, deals.other_model).to_owned(),
            Refusal::Rule(rejection) => wording::rejection(i18n, format, workspace, rejection),
        };
        let asked = store.peek(|workspace| ask(workspace, &marked, command, stamp, &words));
        bulk.change(asked, |i18n, count| t_string!(i18n, deals.changed, count = count).to_string());
    };
    let on_owner = move |chosen: String| {
        let to = edit::person(&chosen);
        change(&|id| Command::SetOwner { id, to });
    };
    let on_stage = move |chosen: String| {
        if let Ok(to) = chosen.parse::<StageId>() {
            change(&|id| Command::MoveDeal { id, to, override_reason: None });
        }
    };
    let date = RwSignal::new(String::new());
    let on_date = move |_| match edit::day(&date.get_untracked()) {
        Ok(to) => change(&|id| Command::SetExpectedClose { id, to }),
        Err(()) => toasts.say(t_string!(i18n, list.not_a_date).to_owned(), Tone::Bad),
    };
    let owners = Signal::derive(move || {
        desk.names.track();
        people(store, t_string!(i18n, list.nobody), "")
    });
    let stages = Signal::derive(move || {
        desk.names.track();
        desk.marked.with(|marked| store.peek(|workspace| stages_of(marked.iter(), workspace)))
    });
    view! {
        <BulkBar
            desk
            listed
            bulk
            label=Signal::derive(move || t_string!(i18n, deals.bulk).to_owned())
            marked=Signal::derive(move || {
                t_string!(i18n, deals.marked, count = desk.marked.with(BTreeSet::len)).to_string()
            })
            refused=move |count: usize| t_string!(i18n, deals.refused, count = count).to_string()
        >
            <BulkChoice label=Signal::derive(move || t_string!(i18n, list.set_owner).to_owned()) options=owners on_choose=on_owner/>
            <BulkChoice label=Signal::derive(move || t_string!(i18n, deals.move_to).to_owned()) options=stages on_choose=on_stage/>
            <div class="listing__bulk-pair">
                <input
                    type="date"
                    class="field__control"
                    aria-label=move || t_string!(i18n, domain.field.expected_close)
                    prop:value=date
                    on:input=move |event| date.set(event_target_value(&event))
                />
                <Button on_click=on_date disabled=Signal::derive(move || date.with(String::is_empty))>{t!(i18n, deals.set_close)}</Button>
            </div>
        </BulkBar>
    }
    .into_any()
}

/// Why a deal does not take part.
enum Refusal {
    /// It runs through a model without the stage.
    OtherModel,
    /// A rule of the domain.
    Rule(Rejection),
}

/// Asks each deal for itself, so that one refusal does not hide the others.
fn ask(
    workspace: &Workspace,
    ids: &[DealId],
    command: &dyn Fn(DealId) -> Command,
    stamp: Stamp,
    words: &dyn Fn(&Refusal, &Workspace) -> String,
) -> Doubt {
    let mut doubt = Doubt::default();
    let refuse = |doubt: &mut Doubt, id: DealId, refusal: &Refusal| {
        let title = workspace.deals.get(id).map(|deal| deal.details.title.clone()).unwrap_or_default();
        doubt.refused.push((title, words(refusal, workspace)));
    };
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
                refuse(&mut doubt, *id, &Refusal::OtherModel);
                continue;
            }
        }
        match apply(&alone, command.clone(), stamp) {
            Ok(_) => doubt.willing.push(command),
            Err(rejection) => refuse(&mut doubt, *id, &Refusal::Rule(rejection)),
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
