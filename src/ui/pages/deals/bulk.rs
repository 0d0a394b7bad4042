//! One change for many deals.

use leptos::{ev, prelude::*};

use super::{cell::people, edit};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Command, DealId, StageId, Workspace},
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            tag::Tone,
            toast::use_toasts,
        },
        pages::deals::cell::Desk,
        parts::several::{Doubts, Several},
    },
};

/// The row of changes for the deals that are marked.
#[component]
pub(super) fn Bulk(desk: Desk, listed: Signal<Vec<DealId>>) -> impl IntoView {
    let (i18n, store, toasts) = (use_i18n(), use_store(), use_toasts());
    let several = Several::new(move || desk.marked.update(std::collections::BTreeSet::clear));
    let change = move |command: &dyn Fn(DealId) -> Command| {
        let marked: Vec<_> = desk.marked.with_untracked(|marked| marked.iter().copied().collect());
        several.change(&marked, |id| Some(command(id)));
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
            <Doubts several/>
        </div>
    }
    .into_any()
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
