//! Making the import: the worker makes the change, and the page takes it in part by part, so that it stays quick meanwhile.

use leptos::prelude::*;

use super::draft::{Done, Draft, Failure, Step};
use crate::{
    codec::{journal, parts},
    model::Change,
    storage::backups::Reason,
    ui::timing,
    worker::{Request, Response},
};

/// The change on its way.
#[derive(Clone, Debug)]
struct Taken {
    change: Change,
    /// How many deals it has when all of it is here.
    deals: usize,
    turn: u64,
    start: f64,
}

impl Draft {
    /// Makes the import.
    pub(super) fn confirm(self) {
        let start = timing::moment();
        self.store.catch_up();
        // The data has changed since, in another tab or by an undo.
        if self.planned_for.get_value() != self.revision() {
            self.plan();
        }
        self.begin(Step::Running);
        let turn = self.turn.get_value();
        self.ask(Request::Run, move |draft, response| {
            let Response::Run(answer) = response else { return };
            if draft.turn.get_value() != turn {
                return;
            }
            match answer {
                Ok(_parts) => {
                    let deals = draft.summary.with_untracked(|summary| {
                        summary.as_ref().map_or(0, |summary| summary.deals.created + summary.deals.updated)
                    });
                    draft.take(Taken { change: Change::default(), deals, turn, start });
                }
                Err(unfit) => draft.fail(Failure::Unfit(unfit)),
            }
        });
    }

    /// Asks for the next part; after the last the change is made.
    fn take(self, mut taken: Taken) {
        self.ask(Request::Part, move |draft, response| {
            let Response::Part(part) = response else { return };
            if draft.turn.get_value() != taken.turn {
                return;
            }
            let Some(text) = part else { return draft.finish(taken) };
            match draft.target(|workspace| journal::decode_change(&text, workspace)) {
                Ok(part) => {
                    parts::join(&mut taken.change, part);
                    draft.progress.set(Some((taken.change.deals.len(), taken.deals)));
                    draft.take(taken);
                }
                Err(error) => draft.fail(Failure::Change(error)),
            }
        });
    }

    fn finish(self, taken: Taken) {
        self.store.catch_up();
        if self.planned_for.get_value() != self.revision() {
            // The data has changed while the parts came: what would be done now is shown first.
            self.plan();
            return;
        }
        self.step.set(None);
        match self.adopt(taken.change) {
            Ok(done) => {
                timing::measure("loudou:import", taken.start);
                self.remember();
                self.clear();
                self.done.set(Some(done));
            }
            Err(failure) => self.fail(failure),
        }
    }

    fn adopt(self, change: Change) -> Result<Done, Failure> {
        if self.store.library().opened().get_untracked().is_none() {
            self.store.create(self.fresh.get_untracked()).map_err(Failure::Shelf)?;
        } else {
            self.backups.before_open(Reason::Import);
        }
        let change = self.store.adopt(|_| Ok::<_, Failure>(change))?;
        let workspace = self.store.peek(|workspace| workspace.profile.name.clone());
        Ok(Done { workspace, deals: change.deals.len(), others: change.len() - change.deals.len() })
    }
}
