//! What deals have in common.

use std::collections::BTreeSet;

use crate::{
    metrics::{
        View,
        timeline::value_on,
        view::{State, Status},
    },
    model::{CampaignId, Customer, DepartmentId, EventKind, PersonId, ProductId, StageId},
};

/// By what deals are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// The department of the owner, without those it lies in.
    Department,
    /// The owner on the day of the view.
    #[default]
    Person,
    /// The products; a deal may have several.
    Product,
    /// The source of the deal, or of its customer when the deal names none.
    Source,
    /// The territory of the customer.
    Territory,
    /// The size of the customer.
    Size,
    /// The industry of the customer.
    Industry,
    /// The campaign that brought the deal.
    Campaign,
    /// Who else bids; a deal may have several.
    Competitor,
    /// Why the deal was lost; deals that are not lost have none.
    LostReason,
    /// The stage the deal stood in when it was lost; deals that are not lost have none.
    LostStage,
}

impl Dimension {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Person,
        Self::Department,
        Self::Product,
        Self::Source,
        Self::Territory,
        Self::Size,
        Self::Industry,
        Self::Campaign,
        Self::Competitor,
        Self::LostReason,
        Self::LostStage,
    ];

    /// Whether only lost deals have it, so that it says nothing about conversion.
    pub const fn is_of_losses(self) -> bool {
        matches!(self, Self::LostReason | Self::LostStage)
    }
}

/// What deals of one line have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// A department; `None` without one.
    Department(Option<DepartmentId>),
    /// A person; `None` for nobody.
    Person(Option<PersonId>),
    /// A product; `None` without one.
    Product(Option<ProductId>),
    /// A campaign; `None` without one.
    Campaign(Option<CampaignId>),
    /// A stage; `None` for one that the model does not have.
    Stage(Option<StageId>),
    /// A text that somebody wrote, without blanks around it; `""` when nobody did.
    Text(String),
}

/// The values that a deal has, at least one unless only lost deals have any.
pub(super) fn values(view: &View, by: Dimension, state: &State) -> BTreeSet<Value> {
    let frame = view.frame;
    let one = |value: Value| BTreeSet::from([value]);
    let owner = || value_on(frame.owners(state.row), view.as_of).flatten();
    let customer = state.facts.customer.and_then(|place| frame.customers.get(place));
    let of_customer = |text: fn(&Customer) -> &String| one(written(customer.map_or("", |customer| text(customer))));
    let deal = frame.record(state.row);
    let some_or_none = |values: BTreeSet<Value>, none: Value| if values.is_empty() { one(none) } else { values };
    match by {
        Dimension::Person => one(Value::Person(owner())),
        Dimension::Department => {
            let works = owner().and_then(|owner| frame.people.iter().find(|(person, _)| *person == owner));
            one(Value::Department(works.and_then(|(_, department)| *department)))
        }
        Dimension::Product => {
            let products = frame.products(state.row).iter().map(|product| Value::Product(Some(*product)));
            some_or_none(products.collect(), Value::Product(None))
        }
        Dimension::Source => one(written(frame.sources().get(state.facts.source).map_or("", String::as_str))),
        Dimension::Territory => of_customer(|customer| &customer.territory),
        Dimension::Size => of_customer(|customer| &customer.size),
        Dimension::Industry => of_customer(|customer| &customer.industry),
        Dimension::Campaign => one(Value::Campaign(deal.and_then(|deal| deal.details.campaign))),
        Dimension::Competitor => competitors(view, state).into_iter().map(Value::Text).collect(),
        Dimension::LostReason => lost_reason(view, state).map(Value::Text).into_iter().collect(),
        Dimension::LostStage => {
            let stood = Value::Stage(state.stage.map(|stage| stage.id));
            if matches!(state.status, Status::Lost(_)) { one(stood) } else { BTreeSet::new() }
        }
    }
}

fn written(text: &str) -> Value {
    Value::Text(text.trim().to_owned())
}

/// Who else bids for a deal, each once; `""` alone when nobody is named.
pub(super) fn competitors(view: &View, state: &State) -> BTreeSet<String> {
    let named = view.frame.record(state.row).map_or(&[][..], |deal| &deal.details.competitors);
    let once: BTreeSet<_> = named.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
    if once.is_empty() { BTreeSet::from([String::new()]) } else { once }
}

/// Why a deal is lost on the day of the view; `None` when it is not.
pub(super) fn lost_reason(view: &View, state: &State) -> Option<String> {
    if !matches!(state.status, Status::Lost(_)) {
        return None;
    }
    let deal = view.frame.record(state.row)?;
    let told = deal.history().iter().take_while(|event| event.on <= Some(view.as_of));
    let reasons = told.filter_map(|event| match &event.kind {
        EventKind::Lost { reason, .. } => Some(reason.trim().to_owned()),
        _ => None,
    });
    reasons.last()
}
