//! Moving deals: by drag, key, menu or button, every move goes through a [`Mover`].
//!
//! It carries out the move, or asks what the move needs first; then it says what was done and offers to undo it.

use std::sync::Arc;

use leptos::prelude::*;

use super::undo::WayBack;
use crate::{
    i18n::{t_string, use_i18n},
    model::{Change, Command, Date, DealId, Missing, Rejection, StageId},
    store::{Store, use_store},
    ui::{
        components::{
            tag::Tone,
            toast::{Toasts, use_toasts},
        },
        format::{Format, use_format},
        timing::{measure_until_painted, moment},
        wording::{self, I18n},
    },
};

/// The name under which the browser's performance record keeps how long a move takes from the wish to the painted page.
const MEASURE: &str = "loudou:move";

/// Where a deal can go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A stage of its model.
    Stage(StageId),
    /// Signed.
    Won,
    /// Gone.
    Lost,
    /// Asleep.
    Dormant,
    /// Back to the stage it left.
    Open,
}

/// A move with everything it needs but, perhaps, an open gate.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// Which deal.
    pub deal: DealId,
    /// Where to.
    pub target: Target,
    /// How.
    pub command: Command,
    /// The day it happens; `None` is today.
    pub on: Option<Date>,
}

/// What has to be asked before a move.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// Where to.
    Where(DealId),
    /// What the gate asks for, or why the deal may pass all the same.
    Gate(Attempt, Vec<Missing>),
    /// Amount and day of the signature.
    Win(DealId),
    /// Why it was lost.
    Lose(DealId),
    /// When to look again.
    Sleep(DealId),
}

/// Moves deals. Copy it freely.
#[derive(Clone, Copy, Debug)]
pub struct Mover {
    /// The question on screen.
    pub question: RwSignal<Option<Question>>,
    store: Store,
    toasts: Toasts,
    i18n: I18n,
    format: Format,
    on_moved: Callback<DealId>,
}

impl Mover {
    /// A mover that tells `on_moved` after each move; call it in a component body and show its questions with
    /// [`Questions`](super::questions::Questions).
    pub fn new(on_moved: Callback<DealId>) -> Self {
        let (store, toasts) = (use_store(), use_toasts());
        Self { question: RwSignal::new(None), store, toasts, i18n: use_i18n(), format: use_format(), on_moved }
    }

    /// Asks where the deal should go.
    pub fn choose(self, deal: DealId) {
        self.question.set(Some(Question::Where(deal)));
    }

    /// Moves a deal, or asks what is needed first.
    pub fn go(self, deal: DealId, target: Target) {
        let command = match target {
            Target::Won => return self.question.set(Some(Question::Win(deal))),
            Target::Lost => return self.question.set(Some(Question::Lose(deal))),
            Target::Dormant => return self.question.set(Some(Question::Sleep(deal))),
            Target::Open => Command::ReopenDeal(deal),
            Target::Stage(to) => {
                if self.store.peek(|w| w.deals.get(deal).is_some_and(|deal| deal.standing().stage == to)) {
                    return;
                }
                Command::MoveDeal { id: deal, to, override_reason: None }
            }
        };
        if let Err(words) = self.attempt(Attempt { deal, target, command, on: None }) {
            self.question.set(None);
            self.toasts.say(words, Tone::Bad);
        }
    }

    /// Carries out a move; a closed gate becomes the next question.
    ///
    /// # Errors
    /// The words of any other refusal.
    pub fn attempt(self, attempt: Attempt) -> Result<(), String> {
        let start = moment();
        match self.store.dispatch_on(attempt.command.clone(), attempt.on) {
            Ok(change) => {
                self.question.set(None);
                self.say(attempt.deal, attempt.target, change);
                self.on_moved.run(attempt.deal);
                measure_until_painted(MEASURE, start);
                Ok(())
            }
            Err(Rejection::GateClosed { missing, .. }) => {
                self.question.set(Some(Question::Gate(attempt, missing)));
                Ok(())
            }
            Err(refused) => Err(self.words(&refused)),
        }
    }

    /// Removes a deal; gives whether it is gone.
    pub fn remove(self, deal: DealId) -> bool {
        let title = self.title(deal);
        match self.store.dispatch(Command::RemoveDeal(deal)) {
            Ok(change) => {
                self.offer_undo(t_string!(self.i18n, moves.removed, title = title).to_string(), change);
                true
            }
            Err(refused) => {
                self.complain(&refused);
                false
            }
        }
    }

    /// Says what was done and offers to take it back.
    pub fn offer_undo(self, words: String, change: Arc<Change>) {
        WayBack { store: self.store, toasts: self.toasts, i18n: self.i18n }.offer(words, change);
    }

    /// The title of a deal, as it is now.
    pub fn title(self, deal: DealId) -> String {
        self.store.peek(|w| w.deals.get(deal).map(|deal| deal.details.title.clone())).unwrap_or_default()
    }

    /// Says why something was refused.
    pub fn complain(self, refused: &Rejection) {
        self.toasts.say(self.words(refused), Tone::Bad);
    }

    /// A refusal in words.
    pub fn words(self, refused: &Rejection) -> String {
        self.store.peek(|workspace| wording::rejection(self.i18n, self.format, workspace, refused))
    }

    fn say(self, deal: DealId, target: Target, change: Arc<Change>) {
        let (i18n, title) = (self.i18n, self.title(deal));
        let words = match target {
            Target::Stage(stage) => {
                let stage = self.store.peek(|workspace| {
                    let named = workspace.models.iter().find_map(|model| model.stage(stage));
                    named.map(|stage| stage.name.clone()).unwrap_or_default()
                });
                t_string!(i18n, moves.moved, title = title, stage = stage).to_string()
            }
            Target::Won => t_string!(i18n, moves.said_won, title = title).to_string(),
            Target::Lost => t_string!(i18n, moves.said_lost, title = title).to_string(),
            Target::Dormant => t_string!(i18n, moves.said_dormant, title = title).to_string(),
            Target::Open => t_string!(i18n, moves.said_open, title = title).to_string(),
        };
        self.offer_undo(words, change);
    }
}

/// The same command with a reason to pass the gate all the same.
pub fn overridden(command: Command, reason: &str) -> Command {
    match command {
        Command::MoveDeal { id, to, .. } => Command::MoveDeal { id, to, override_reason: Some(reason.to_owned()) },
        Command::WinDeal { id, .. } => Command::WinDeal { id, override_reason: Some(reason.to_owned()) },
        Command::Many(commands) => {
            Command::Many(commands.into_iter().map(|command| overridden(command, reason)).collect())
        }
        other => other,
    }
}
