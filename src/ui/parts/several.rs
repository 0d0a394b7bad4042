//! One change for many deals: those that refuse it are listed before the others go on.

use std::sync::Arc;

use leptos::prelude::*;

use super::listing::bulk::{self, Bulk, Doubt};
use crate::{
    i18n::{t_string, use_i18n},
    model::{Change, Command, DealId, Patch, Stamp, Table, Workspace, apply},
    store::{Store, use_store},
    ui::{
        format::{Format, use_format},
        wording::{self, I18n},
    },
};

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
    pub fn change(self, deals: &[DealId], command: impl Fn(DealId) -> Option<Command>) {
        let stamp = self.store.stamp(None);
        let wishes: Vec<_> = deals.iter().filter_map(|id| Some((*id, command(*id)?))).collect();
        let asked = self.store.peek(|workspace| self.ask(workspace, wishes, stamp));
        self.bulk.change(asked, |i18n, count| t_string!(i18n, deals.changed, count = count).to_string());
    }

    /// Asks each deal for itself, so that one refusal does not hide the others.
    fn ask(self, workspace: &Workspace, wishes: Vec<(DealId, Command)>, stamp: Stamp) -> Doubt {
        let mut doubt = Doubt::default();
        for (id, command) in wishes {
            let (Some(deal), Some(alone)) = (workspace.deals.get(id), alone(workspace, id)) else { continue };
            if let Command::MoveDeal { to, .. } = &command {
                let standing = deal.standing();
                if standing.stage == *to {
                    // It is where it is wanted.
                    continue;
                }
                if workspace.models.get(standing.model).is_some_and(|model| model.stage(*to).is_none()) {
                    let reason = t_string!(self.i18n, deals.other_model).to_owned();
                    doubt.refused.push((deal.details.title.clone(), reason));
                    continue;
                }
            }
            match apply(&alone, command.clone(), stamp) {
                Ok(_) => doubt.willing.push(command),
                Err(rejection) => {
                    let reason = wording::rejection(self.i18n, self.format, workspace, &rejection);
                    doubt.refused.push((deal.details.title.clone(), reason));
                }
            }
        }
        doubt
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

/// The workspace with this deal as its only one: asking it costs the same however many deals there are.
fn alone(workspace: &Workspace, id: DealId) -> Option<Workspace> {
    let deal = workspace.deals.get(id)?;
    let patch = Patch { id, before: None, after: Some(Arc::clone(deal)) };
    let without = Workspace { deals: Table::default(), activities: Table::default(), ..workspace.clone() };
    Some(without.with(&Change { deals: vec![patch], ..Change::default() }))
}
