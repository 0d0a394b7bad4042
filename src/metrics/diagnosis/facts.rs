//! What is known of a deal that a diagnosis looks at.

use super::Evidence;
use crate::model::{Date, Deal, Level, Missing, Workspace, gate::missing};

/// What is known of a deal, and what is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own with a plain answer")]
pub struct Facts {
    /// How many competitors are named.
    pub competitors: usize,
    /// How many contacts the customer has.
    pub contacts: usize,
    /// Whether the role in the decision is known of any of them.
    pub has_role: bool,
    /// Whether something is written down that stands between us and the signature.
    pub has_obstacle: bool,
    /// Whether the customer's intent is low.
    pub low_intent: bool,
    /// Whether the fit is low: that of the deal, or else that of the customer.
    pub low_fit: bool,
    /// How many required criteria and fields the gate of the stage still asks for.
    pub gate: (usize, usize),
    /// What is wrong with the plan: nothing is planned, or it is overdue.
    pub plan: Option<Evidence>,
}

impl Facts {
    /// What the records say of a deal. They have no history, so this is what is known today; only whether the plan is overdue is
    /// read on `day`.
    pub fn of(workspace: &Workspace, deal: &Deal, day: Date) -> Self {
        let (details, customer) = (&deal.details, workspace.customer_of(deal).map(AsRef::as_ref));
        let lacking = workspace.stage_of(deal).map(|(_, stage)| missing(stage, deal, customer, &workspace.profile));
        let lacking = lacking.unwrap_or_default();
        let criteria = lacking.iter().filter(|missing| matches!(missing, Missing::Criterion(_))).count();
        let contacts = customer.map_or(&[][..], |customer| &customer.contacts);
        let is_low = |level: Option<Level>| level == Some(Level::Low);
        Self {
            competitors: details.competitors.len(),
            contacts: contacts.len(),
            has_role: contacts.iter().any(|contact| !contact.role.trim().is_empty()),
            has_obstacle: !details.obstacles.trim().is_empty(),
            low_intent: is_low(customer.and_then(|customer| customer.intent)),
            low_fit: is_low(details.fit.or(customer.and_then(|customer| customer.fit))),
            gate: (criteria, lacking.len() - criteria),
            plan: match &details.next_action {
                None => Some(Evidence::NothingPlanned),
                Some(action) => action.due.filter(|due| *due < day).map(Evidence::ActionOverdue),
            },
        }
    }
}
