//! The catalogue of demand discovery that ships, taken into the workspace.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::mover::Mover;
use crate::{
    codec::content::{IdSource, problems::shipped},
    i18n::{t_string, use_i18n},
    model::{Command, Problem, Workspace},
    store::use_store,
    ui::settings::use_settings,
};

/// Takes the problems that ship, in the language of the page, and offers to undo. Those that are there already, under the same type of
/// company, stay as they are. Call it in a component body.
pub fn use_shipped(mover: Mover) -> Callback<()> {
    let (i18n, store, settings) = (use_i18n(), use_store(), use_settings());
    Callback::new(move |()| {
        let all = shipped(settings.language.get_untracked().into(), &mut IdSource::new(store.fresh()));
        let known: BTreeSet<(String, String)> =
            store.peek(|workspace: &Workspace| workspace.problems.iter().map(|problem| key(problem)).collect());
        let new: Vec<Command> = all
            .into_iter()
            .filter(|problem| !known.contains(&key(problem)))
            .map(|problem| Command::PutProblem(Box::new(problem)))
            .collect();
        let words = t_string!(i18n, discovery.taken, count = new.len()).to_string();
        match store.dispatch(Command::Many(new)) {
            Ok(change) => mover.offer_undo(words, change),
            Err(refused) => mover.complain(&refused),
        }
    })
}

fn key(problem: &Problem) -> (String, String) {
    (problem.company.trim().to_lowercase(), problem.problem.trim().to_lowercase())
}
