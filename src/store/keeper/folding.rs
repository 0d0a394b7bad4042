//! Folds the journal into a new generation, in idle moments and a step at a time.
//!
//! The generation is made of the data as it is when it begins, which shares its records with what comes after; so edits go on meanwhile.
//! A piece is written out when its turn comes, and only when a record in it has changed since the generation before.

use std::{collections::BTreeMap, rc::Rc, time::Duration};

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

use super::{Desk, Library, Loss};
use crate::{
    codec::journal,
    model::Workspace,
    storage::{Compaction, Offer, Progress, Sum},
};

/// Entries after which the journal is folded into a new generation.
const LONG_JOURNAL: usize = 64;
/// The pause before a step of a compaction in milliseconds, so that the page stays quick.
const IDLE: u32 = 50;
/// The pause before a compaction begins.
const REST: Duration = Duration::from_secs(2);

/// The data as it was folded last, and what tells the texts of its pieces from others.
pub(super) struct Folded {
    workspace: Workspace,
    sums: BTreeMap<String, Sum>,
}

impl Library {
    /// Folds the journal in a while, when it has grown long.
    pub(super) fn fold_when_long(self) {
        let long = self.at_desk(|desk| {
            let length = desk.replica.as_ref().map_or(0, |replica| replica.keys().len());
            length >= LONG_JOURNAL && !std::mem::replace(&mut desk.compacting, true)
        });
        if long {
            set_timeout(move || self.under_lock(self.compact()), REST);
        }
    }

    /// Folds what the data in memory contains by now into a new generation, unless a stored piece holds more than was read of it: then
    /// it stays, and the journal grows. A compaction whose workspace is no longer open gives itself up.
    async fn compact(self) {
        let holds_more = |loss: &Loss| matches!(loss, Loss::Piece(problem) if problem.fault.holds_more());
        let unread = self.losses.with_untracked(|losses| losses.iter().any(holds_more));
        let begun = if unread { None } else { self.at_desk(begin) };
        // When it was not begun or fails, the journal is whole all the same; the next change tries again.
        if let Some((workspace, mut compaction)) = begun {
            let done = loop {
                match self.at_desk(|desk| desk.archive.as_mut().map(|archive| compaction.step(archive))) {
                    Some(Ok(Progress::More)) => TimeoutFuture::new(IDLE).await,
                    outcome => break matches!(outcome, Some(Ok(Progress::Done))),
                }
                if self.desk.is_disposed() {
                    return;
                }
            };
            if done {
                let folded = Folded { workspace, sums: compaction.sums().clone() };
                self.at_desk(|desk| desk.folded = Some(Rc::new(folded)));
            }
        }
        self.at_desk(|desk| {
            desk.compacting = false;
            if let (Some(archive), Some(replica)) = (&desk.archive, &mut desk.replica) {
                replica.settle(|entry| archive.covers(entry));
            }
        });
    }
}

fn begin(desk: &mut Desk) -> Option<(Workspace, Compaction)> {
    let replica = desk.replica.as_ref()?;
    let contained: Vec<_> = replica.keys().cloned().collect();
    let workspace = replica.present().clone();
    let offers = offers(&workspace, desk.folded.clone());
    Some((workspace, desk.archive.as_mut()?.compact(offers, &contained).ok()?))
}

/// The pieces of a workspace, each written out when it is needed. What is known of one that is as it was is said with it.
pub(super) fn offers(workspace: &Workspace, folded: Option<Rc<Folded>>) -> impl Iterator<Item = Offer> + 'static {
    journal::cuts(workspace).map(move |cut| {
        let name = cut.name();
        let before = folded.as_ref().filter(|folded| cut.is_same_in(&folded.workspace));
        let sum = before.and_then(|folded| folded.sums.get(&name).copied());
        Offer::new(name, sum, move || cut.text())
    })
}
