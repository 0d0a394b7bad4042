//! What becomes of one change for many deals: who takes part and who refuses.

use std::sync::Arc;

use crate::model::{Change, Command, Deal, DealId, Patch, Rejection, StageId, Stamp, Table, Workspace, apply};

/// What is wished for a deal; `None` when it has it already.
pub(in crate::ui::pages::deals) type Wish = Arc<dyn Fn(&Deal) -> Option<Command> + Send + Sync>;

/// Why a deal does not take part.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Refusal {
    /// It runs through a model without the stage.
    OtherModel,
    /// A rule of the domain.
    Rule(Rejection),
}

/// A deal that does not take part.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Refused {
    pub(super) id: DealId,
    pub(super) command: Command,
    pub(super) why: Refusal,
}

impl Refused {
    /// Whether a written reason lets it pass.
    pub(super) fn waits_at_gate(&self) -> bool {
        matches!(self.why, Refusal::Rule(Rejection::GateClosed { .. }))
    }
}

/// The commands of those who take part, and those who refuse.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Doubt {
    pub(super) willing: Vec<Command>,
    pub(super) refused: Vec<Refused>,
}

impl Doubt {
    /// The one rule for which all refuse, unless a written reason would let them pass: then what was asked is wrong, not the deals.
    pub(super) fn common_rule(&self) -> Option<&Rejection> {
        let first = self.refused.first().filter(|first| self.willing.is_empty() && !first.waits_at_gate())?;
        let same = self.refused.iter().all(|refused| refused.why == first.why);
        match &first.why {
            Refusal::Rule(rule) if same => Some(rule),
            _ => None,
        }
    }
}

/// Asks each deal for itself, so that one refusal does not hide the others.
pub(super) fn ask(workspace: &Workspace, ids: &[DealId], wish: &Wish, stamp: Stamp) -> Doubt {
    let mut doubt = Doubt::default();
    for deal in ids.iter().filter_map(|id| workspace.deals.get(*id)) {
        let Some(command) = wish(deal) else { continue };
        if let Command::MoveDeal { to, .. } = &command {
            if deal.standing().stage == *to {
                // It is where it is wanted.
                continue;
            }
            if !runs_through(workspace, deal, *to) {
                doubt.refused.push(Refused { id: deal.id, command, why: Refusal::OtherModel });
                continue;
            }
        }
        match apply(&alone(workspace, deal), command.clone(), stamp) {
            Ok(_) => doubt.willing.push(command),
            Err(rejection) => doubt.refused.push(Refused { id: deal.id, command, why: Refusal::Rule(rejection) }),
        }
    }
    doubt
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
