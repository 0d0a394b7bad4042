//! One change for many deals: those that refuse it are listed before the others go on.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    editor::Refusal,
    listing::bulk::{self, Bulk, Doubt, Refused, Said},
};
use crate::{
    i18n::{t_string, use_i18n},
    model::{Change, Command, Deal, DealId, Patch, Rejection, StageId, Stamp, Table, Workspace, apply},
    store::{Store, use_store},
    ui::{
        format::{Format, use_format},
        wording::{self, I18n},
    },
};

/// What is wished for a deal; `None` when it has it already.
pub type Wish = Arc<dyn Fn(&Deal) -> Option<Command> + Send + Sync>;

/// Says how many deals were changed.
const SAID: Said = |i18n, count| t_string!(i18n, deals.changed, count = count).to_string();

/// Changes many deals at once. Copy it freely.
#[derive(Clone, Copy, Debug)]
pub struct Several {
    /// Carries the changes out, or asks first.
    pub bulk: Bulk,
    store: Store,
    i18n: I18n,
    format: Format,
}

impl Several {
    /// A changer that tells `on_done` after each change; call it in a component body and show its questions with [`Doubts`].
    pub fn new(on_done: impl Fn() + Send + Sync + 'static) -> Self {
        Self { bulk: Bulk::new(on_done), store: use_store(), i18n: use_i18n(), format: use_format() }
    }

    /// Gives each deal its command; a deal without one stays as it is. When some refuse, asks first.
    pub fn change(self, deals: &[DealId], wish: impl Fn(&Deal) -> Option<Command>) {
        self.bulk.change(self.ask(deals, wish), SAID);
    }

    /// Like [`Several::change`], for what was written in a dialog; see [`Bulk::attempt`].
    pub fn attempt(self, deals: &[DealId], wish: impl Fn(&Deal) -> Option<Command>) -> Refusal {
        self.bulk.attempt(self.ask(deals, wish), SAID)
    }

    /// Asks each deal for itself, so that one refusal does not hide the others.
    fn ask(self, deals: &[DealId], wish: impl Fn(&Deal) -> Option<Command>) -> Doubt {
        let stamp = self.store.stamp(None);
        self.store.peek(|workspace| {
            let mut doubt = Doubt::default();
            for deal in deals.iter().filter_map(|id| workspace.deals.get(*id)) {
                if let Some(command) = wish(deal) {
                    self.ask_one(workspace, deal, command, stamp, &mut doubt);
                }
            }
            doubt
        })
    }

    fn ask_one(self, workspace: &Workspace, deal: &Arc<Deal>, command: Command, stamp: Stamp, doubt: &mut Doubt) {
        let mut refuse = |reason: String, at_gate: Option<Command>| {
            doubt.refused.push(Refused { name: deal.details.title.clone(), reason, at_gate });
        };
        if let Command::MoveDeal { to, .. } = &command {
            if deal.standing().stage == *to {
                // It is where it is wanted.
                return;
            }
            if !runs_through(workspace, deal, *to) {
                return refuse(t_string!(self.i18n, deals.other_model).to_owned(), None);
            }
        }
        match apply(&alone(workspace, deal), command.clone(), stamp) {
            Ok(_) => doubt.willing.push(command),
            Err(rejection) => {
                let reason = wording::rejection(self.i18n, self.format, workspace, &rejection);
                refuse(reason, matches!(rejection, Rejection::GateClosed { .. }).then_some(command));
            }
        }
    }
}

/// How many deals refuse a change, in words.
pub fn refused(i18n: I18n) -> Callback<usize, String> {
    Callback::new(move |count| t_string!(i18n, deals.refused, count = count).to_string())
}

/// Lists the deals that refuse a change and asks whether the others go on.
#[component]
pub fn Doubts(
    /// Whose questions.
    several: Several,
) -> impl IntoView {
    let refused = refused(use_i18n());
    view! { <bulk::Doubts bulk=several.bulk refused/> }
}

fn runs_through(workspace: &Workspace, deal: &Deal, stage: StageId) -> bool {
    workspace.models.get(deal.standing().model).is_none_or(|model| model.stage(stage).is_some())
}

/// The workspace with this deal and those it follows from as its only ones: asking it costs the same however many deals there are.
fn alone(workspace: &Workspace, deal: &Arc<Deal>) -> Workspace {
    let mut deals = vec![Arc::clone(deal)];
    while let Some(former) = deals.last().and_then(|last| workspace.deals.get(last.details.follows?)) {
        if deals.iter().any(|known| known.id == former.id) {
            break;
        }
        deals.push(Arc::clone(former));
    }
    let patch = |deal: Arc<Deal>| Patch { id: deal.id, before: None, after: Some(deal) };
    let without = Workspace { deals: Table::default(), activities: Table::default(), ..workspace.clone() };
    without.with(&Change { deals: deals.into_iter().map(patch).collect(), ..Change::default() })
}
