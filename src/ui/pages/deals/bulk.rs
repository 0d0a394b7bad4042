//! One change for many deals.

mod questions;

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::{cell::Desk, edit};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Command, DealId, StageId, Workspace},
    store::use_store,
    ui::{
        components::{button::Button, tag::Tone, toast::use_toasts},
        parts::{
            listing::bulk::{Asker, BulkBar, BulkChoice, MoreChanges},
            names::people,
            several::{Several, Wish, refused},
        },
    },
};
use questions::BulkQuestions;

/// The row of changes for the deals that are marked.
#[component]
pub(super) fn DealsBulk(desk: Desk, listed: Signal<Vec<DealId>>) -> impl IntoView {
    let (i18n, store, toasts) = (use_i18n(), use_store(), use_toasts());
    let several = Several::new(move || desk.unmark());
    let marked = move || desk.marked.with_untracked(|marked| marked.iter().copied().collect::<Vec<_>>());
    let change = move |command: &dyn Fn(DealId) -> Command| several.change(&marked(), |deal| Some(command(deal.id)));
    let asker = Asker::new(move |wish: Wish| several.attempt(&marked(), |deal| wish(deal)));
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
            bulk=several.bulk
            label=Signal::derive(move || t_string!(i18n, deals.bulk).to_owned())
            marked=Signal::derive(move || {
                t_string!(i18n, deals.marked, count = desk.marked.with(BTreeSet::len)).to_string()
            })
            refused=refused(i18n)
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
            <MoreChanges asker/>
            <BulkQuestions desk asker/>
        </BulkBar>
    }
    .into_any()
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
