//! The append-only history of a deal, and the standing it adds up to (method §3).

use std::collections::BTreeMap;

use super::{CriterionId, Date, EventId, Gate, ModelId, Money, PersonId, Share, StageId, Timestamp};

/// Something that happened to a deal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Unique over the workspace.
    pub id: EventId,
    /// The day it happened in the user's calendar. `None`: before every dated event, on a day nobody wrote down.
    pub on: Option<Date>,
    /// When it was recorded.
    pub at: Timestamp,
    /// Who did it; credit stays here whoever owns the deal later.
    pub by: Option<PersonId>,
    /// What happened.
    pub kind: EventKind,
}

/// What can happen to a deal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// The deal began. Always the first event and only the first.
    Created {
        /// The model it runs through.
        model: ModelId,
        /// The stage it entered first.
        stage: StageId,
        /// Who owns it.
        owner: Option<PersonId>,
        /// What it may bring; `None` while nobody knows.
        amount: Option<Money>,
        /// When it may close.
        expected_close: Option<Date>,
        /// The seller's own probability; `None` uses the model's.
        probability: Option<Share>,
    },
    /// It entered another stage of its model: a promotion, a skip or a fallback, by the order of the stages.
    Entered {
        /// The stage entered.
        stage: StageId,
        /// How it came through the gate of the stage it left.
        gate: Gate,
    },
    /// A revision of its model put it into another stage: neither a promotion nor a fallback. Nobody passed a gate, and how long it
    /// has stood where it stands goes on being counted from its latest move.
    Restaged {
        /// The stage it was put into.
        stage: StageId,
    },
    /// It changed over to a stage of another model.
    Transferred {
        /// The new model.
        model: ModelId,
        /// The stage entered there.
        stage: StageId,
    },
    /// A promotion criterion was seen.
    EvidenceTicked {
        /// Which one.
        criterion: CriterionId,
        /// What proves it.
        proof: String,
    },
    /// A promotion criterion turned out not to hold.
    EvidenceUnticked {
        /// Which one.
        criterion: CriterionId,
    },
    /// The expected amount changed.
    AmountChanged {
        /// The new amount.
        to: Option<Money>,
    },
    /// The expected close date changed.
    ExpectedCloseChanged {
        /// The new date.
        to: Option<Date>,
    },
    /// Another person took it over.
    OwnerChanged {
        /// The new owner.
        to: Option<PersonId>,
    },
    /// The seller's own probability was set, or handed back to the model with `None`.
    ProbabilityChanged {
        /// The new probability.
        to: Option<Share>,
    },
    /// The customer signed.
    Won {
        /// How it came through the gate of the stage it left.
        gate: Gate,
    },
    /// The customer will not buy.
    Lost {
        /// One of the workspace's reasons.
        reason: String,
        /// More about it.
        note: String,
    },
    /// It sleeps until the customer is ready.
    Dormant {
        /// When to look again.
        wake: Option<Date>,
    },
    /// A closed or sleeping deal went on.
    Reopened {
        /// The stage it went back to.
        stage: StageId,
    },
}

impl EventKind {
    /// How the deal came through a gate, for events that pass one.
    pub fn gate(&self) -> Option<&Gate> {
        match self {
            Self::Entered { gate, .. } | Self::Won { gate } => Some(gate),
            _ => None,
        }
    }
}

/// Whether a deal is still worked on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// In the funnel.
    Open,
    /// Signed.
    Won {
        /// The day; `None` when nobody wrote it down.
        on: Option<Date>,
    },
    /// Gone.
    Lost {
        /// The day; `None` when nobody wrote it down.
        on: Option<Date>,
        /// Why.
        reason: String,
        /// More about it.
        note: String,
    },
    /// Asleep.
    Dormant {
        /// The day it went to sleep; `None` when nobody wrote it down.
        on: Option<Date>,
        /// When to look again.
        wake: Option<Date>,
    },
}

impl Status {
    /// Its name in addresses and tables for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Dormant { .. } => "dormant",
            Self::Won { .. } => "won",
            Self::Lost { .. } => "lost",
        }
    }
}

/// Proof that a promotion criterion holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The day it was seen.
    pub on: Option<Date>,
    /// Who saw it.
    pub by: Option<PersonId>,
    /// What proves it.
    pub proof: String,
}

/// Where a deal stands: the fold of its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The model it runs through.
    pub model: ModelId,
    /// The stage it is in, or was in when it closed.
    pub stage: StageId,
    /// Who owns it.
    pub owner: Option<PersonId>,
    /// What it may bring, or brought.
    pub amount: Option<Money>,
    /// When it may close.
    pub expected_close: Option<Date>,
    /// The seller's own probability; it survives moves until it is handed back.
    pub probability: Option<Share>,
    /// Whether it is still worked on.
    pub status: Status,
    /// Criteria seen so far.
    pub evidence: BTreeMap<CriterionId, Evidence>,
}

impl Standing {
    /// Whether the deal is in the funnel.
    pub fn is_open(&self) -> bool {
        self.status == Status::Open
    }

    /// Whether the deal is won or lost; a sleeping one is neither open nor closed.
    pub fn is_closed(&self) -> bool {
        matches!(self.status, Status::Won { .. } | Status::Lost { .. })
    }
}

/// Why a list of events is no history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HistoryFault {
    /// The first event must say how the deal began, and no later one may.
    #[error("a history begins with one creation")]
    Creation,
    /// An event is dated before the one it follows, or undated after a dated one.
    #[error("events must be in the order of their days")]
    Order,
    /// The deal was not in the funnel when this happened.
    #[error("the deal was not open")]
    NotOpen,
    /// The deal was open when it was reopened.
    #[error("the deal was open already")]
    AlreadyOpen,
    /// The deal entered, or was put into, the stage it was in.
    #[error("the deal was in this stage already")]
    SameStage,
}

impl EventKind {
    /// The stage that the deal came to stand in, if this put it into one.
    pub fn stage(&self) -> Option<StageId> {
        match self {
            Self::Created { stage, .. }
            | Self::Entered { stage, .. }
            | Self::Restaged { stage }
            | Self::Transferred { stage, .. }
            | Self::Reopened { stage } => Some(*stage),
            _ => None,
        }
    }
}

/// The standing before any event, or after some.
pub(super) fn fold(standing: Option<&Standing>, event: &Event) -> Result<Standing, HistoryFault> {
    let Some(before) = standing else {
        let EventKind::Created { model, stage, owner, amount, expected_close, probability } = event.kind else {
            return Err(HistoryFault::Creation);
        };
        let (status, evidence) = (Status::Open, BTreeMap::new());
        return Ok(Standing { model, stage, owner, amount, expected_close, probability, status, evidence });
    };
    let open = before.is_open();
    let mut next = before.clone();
    match &event.kind {
        EventKind::Created { .. } => return Err(HistoryFault::Creation),
        EventKind::Entered { .. }
        | EventKind::Transferred { .. }
        | EventKind::Won { .. }
        | EventKind::Dormant { .. }
            if !open =>
        {
            return Err(HistoryFault::NotOpen);
        }
        EventKind::Lost { .. } | EventKind::Restaged { .. }
            if !open && !matches!(before.status, Status::Dormant { .. }) =>
        {
            return Err(HistoryFault::NotOpen);
        }
        EventKind::Reopened { .. } if open => return Err(HistoryFault::AlreadyOpen),
        EventKind::Entered { stage, .. } | EventKind::Restaged { stage } if *stage == before.stage => {
            return Err(HistoryFault::SameStage);
        }
        EventKind::Entered { stage, .. } | EventKind::Restaged { stage } => next.stage = *stage,
        EventKind::Transferred { model, stage } => (next.model, next.stage) = (*model, *stage),
        EventKind::EvidenceTicked { criterion, proof } => {
            next.evidence.insert(*criterion, Evidence { on: event.on, by: event.by, proof: proof.clone() });
        }
        EventKind::EvidenceUnticked { criterion } => {
            next.evidence.remove(criterion);
        }
        EventKind::AmountChanged { to } => next.amount = *to,
        EventKind::ExpectedCloseChanged { to } => next.expected_close = *to,
        EventKind::OwnerChanged { to } => next.owner = *to,
        EventKind::ProbabilityChanged { to } => next.probability = *to,
        EventKind::Won { .. } => next.status = Status::Won { on: event.on },
        EventKind::Lost { reason, note } => {
            next.status = Status::Lost { on: event.on, reason: reason.clone(), note: note.clone() };
        }
        EventKind::Dormant { wake } => next.status = Status::Dormant { on: event.on, wake: *wake },
        EventKind::Reopened { stage } => (next.stage, next.status) = (*stage, Status::Open),
    }
    Ok(next)
}

/// The standing after all `events`.
///
/// # Errors
/// The place of the first event that cannot follow those before it, and why. An empty list fails at 0.
pub fn replay<'a>(events: impl IntoIterator<Item = &'a Event>) -> Result<Standing, (usize, HistoryFault)> {
    let mut standing: Option<Standing> = None;
    let mut last = None;
    for (index, event) in events.into_iter().enumerate() {
        if event.on < last {
            return Err((index, HistoryFault::Order));
        }
        last = event.on;
        standing = Some(fold(standing.as_ref(), event).map_err(|fault| (index, fault))?);
    }
    standing.ok_or((0, HistoryFault::Creation))
}
