//! What is known of an activity before anything is asked: the kinds there are, and whom the log is about.

use crate::{
    model::{ActivityKind, CustomerId, DealId, PersonId, Workspace},
    store::Store,
    ui::wording::{self, I18n},
};

/// The kinds on offer, the commonest first.
pub const KINDS: [ActivityKind; 9] = [
    ActivityKind::Visit,
    ActivityKind::Call,
    ActivityKind::Demo,
    ActivityKind::Meeting,
    ActivityKind::Email,
    ActivityKind::Sms,
    ActivityKind::ReturnVisit,
    ActivityKind::ServiceRequest,
    ActivityKind::Note,
];

/// The letter that logs a kind, the same in every language.
pub const fn letter(kind: ActivityKind) -> &'static str {
    match kind {
        ActivityKind::Visit => "V",
        ActivityKind::Call => "C",
        ActivityKind::Demo => "D",
        ActivityKind::Meeting => "M",
        ActivityKind::Email => "E",
        ActivityKind::Sms => "S",
        ActivityKind::ReturnVisit => "R",
        ActivityKind::ServiceRequest => "W",
        ActivityKind::Note => "N",
    }
}

/// The kinds as choices: their place and their words.
pub(super) fn kinds(i18n: I18n) -> Vec<(String, String)> {
    let kinds = KINDS.iter().enumerate();
    kinds.map(|(place, kind)| (place.to_string(), wording::activity_kind(i18n, *kind).to_owned())).collect()
}

/// What is known of an activity before anything is asked; the form asks for the customer and the deal that are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// What it was.
    pub kind: ActivityKind,
    /// With whom.
    pub customer: Option<CustomerId>,
    /// For which deal; its customer goes without saying.
    pub deal: Option<DealId>,
}

impl Preset {
    /// A visit about which nothing is known.
    pub const NOTHING: Self = Self { kind: ActivityKind::Visit, customer: None, deal: None };

    /// A visit to a customer.
    pub const fn customer(id: CustomerId) -> Self {
        Self { customer: Some(id), ..Self::NOTHING }
    }

    /// A visit for a deal.
    pub const fn deal(id: DealId) -> Self {
        Self { deal: Some(id), ..Self::NOTHING }
    }

    /// A return visit after a won deal.
    pub const fn return_visit(id: DealId) -> Self {
        Self { kind: ActivityKind::ReturnVisit, ..Self::deal(id) }
    }

    /// Whether it is known whom it is about.
    pub const fn has_subject(self) -> bool {
        self.customer.is_some() || self.deal.is_some()
    }

    /// Who did it, most likely: whoever sits here, or else owns the deal or the customer.
    pub(super) fn by(self, store: Store) -> Option<PersonId> {
        leptos::prelude::untrack(|| store.me()).or_else(|| store.peek(|workspace| self.owner(workspace)))
    }

    fn owner(self, workspace: &Workspace) -> Option<PersonId> {
        match (self.deal, self.customer) {
            (Some(deal), _) => workspace.deals.get(deal)?.standing().owner,
            (None, Some(customer)) => workspace.customers.get(customer)?.owner,
            (None, None) => None,
        }
    }

    /// The customer: the one known, or that of the deal.
    pub(super) fn with(self, workspace: &Workspace) -> Option<CustomerId> {
        self.customer.or_else(|| workspace.deals.get(self.deal?)?.details.customer)
    }

    /// Whom it is about, in words: the deal's title, or the customer's name.
    pub(super) fn about(self, workspace: &Workspace) -> Option<String> {
        match self.deal {
            Some(deal) => workspace.deals.get(deal).map(|deal| deal.details.title.clone()),
            None => workspace.customers.get(self.customer?).map(|customer| customer.name.clone()),
        }
    }
}
