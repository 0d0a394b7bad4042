//! One change for many deals: those that refuse it are listed before the others go on.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Change, Command, DealId, Patch, Rejection, Stamp, Table, Workspace, apply},
    store::{Store, use_store},
    ui::{
        components::{
            button::{Button, Variant},
            dialog::Dialog,
            tag::Tone,
            toast::{Toasts, use_toasts},
        },
        format::{Format, use_format},
        wording::{self, I18n},
    },
};

/// Why a deal does not take part.
#[derive(Clone, Debug, PartialEq)]
enum Refusal {
    /// It runs through a model without the stage.
    OtherModel,
    /// A rule of the domain.
    Rule(Rejection),
}

/// A change that some of the deals refuse; it waits for an answer.
#[derive(Clone, Debug, PartialEq)]
struct Doubt {
    willing: Vec<Command>,
    refused: Vec<(DealId, Refusal)>,
}

/// Changes many deals at once. Copy it freely.
#[derive(Clone, Copy, Debug)]
pub struct Several {
    doubt: RwSignal<Option<Doubt>>,
    store: Store,
    toasts: Toasts,
    i18n: I18n,
    format: Format,
    on_done: Callback<()>,
}

impl Several {
    /// A changer that tells `on_done` after each change; call it in a component body and show its questions with [`Doubts`].
    pub fn new(on_done: impl Fn() + Send + Sync + 'static) -> Self {
        let (store, toasts) = (use_store(), use_toasts());
        let on_done = Callback::new(move |()| on_done());
        Self { doubt: RwSignal::new(None), store, toasts, i18n: use_i18n(), format: use_format(), on_done }
    }

    /// Gives each deal its command; a deal without one stays as it is. When some refuse, asks first.
    pub fn change(self, deals: &[DealId], command: impl Fn(DealId) -> Option<Command>) {
        let stamp = self.store.stamp(None);
        let wishes: Vec<_> = deals.iter().filter_map(|id| Some((*id, command(*id)?))).collect();
        let asked = self.store.peek(|workspace| ask(workspace, wishes, stamp));
        if asked.refused.is_empty() {
            self.carry_out(asked.willing);
        } else {
            self.doubt.set(Some(asked));
        }
    }

    fn carry_out(self, commands: Vec<Command>) {
        let count = commands.len();
        match self.store.dispatch(Command::Many(commands)) {
            // They have it already, so there is nothing to undo.
            Ok(change) if change.is_empty() => self.on_done.run(()),
            Ok(change) => {
                self.on_done.run(());
                let undo = move || {
                    self.store.take_back(&change);
                };
                self.toasts.say_with_undo(t_string!(self.i18n, deals.changed, count = count).to_string(), undo);
            }
            Err(rejection) => {
                let words = self.store.peek(|w| wording::rejection(self.i18n, self.format, w, &rejection));
                self.toasts.say(words, Tone::Bad);
            }
        }
    }
}

/// Lists the deals that refuse a change and asks whether the others go on.
#[component]
pub fn Doubts(
    /// Whose questions.
    several: Several,
) -> impl IntoView {
    let Several { doubt, store, format, .. } = several;
    let i18n = use_i18n();
    let go_on = move |_| {
        if let Some(doubt) = doubt.try_update(Option::take).flatten() {
            several.carry_out(doubt.willing);
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

/// Asks each deal for itself, so that one refusal does not hide the others.
fn ask(workspace: &Workspace, wishes: Vec<(DealId, Command)>, stamp: Stamp) -> Doubt {
    let mut doubt = Doubt { willing: Vec::new(), refused: Vec::new() };
    for (id, command) in wishes {
        let Some(alone) = alone(workspace, id) else { continue };
        if let Command::MoveDeal { to, .. } = &command {
            let standing = workspace.deals.get(id).map(|deal| deal.standing());
            if standing.is_some_and(|standing| standing.stage == *to) {
                // It is where it is wanted.
                continue;
            }
            let model = standing.and_then(|standing| workspace.models.get(standing.model));
            if model.is_some_and(|model| model.stage(*to).is_none()) {
                doubt.refused.push((id, Refusal::OtherModel));
                continue;
            }
        }
        match apply(&alone, command.clone(), stamp) {
            Ok(_) => doubt.willing.push(command),
            Err(rejection) => doubt.refused.push((id, Refusal::Rule(rejection))),
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
