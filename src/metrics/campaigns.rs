//! Campaigns: whom they address, whom they reached, and what they cost and brought (method §3).

use std::collections::{BTreeMap, BTreeSet};

use super::Screening;
use crate::model::{
    Campaign, CampaignId, Contact, Customer, CustomerId, Date, Deal, DealId, ModelId, Status, TargetId, Touch,
    Workspace,
};

/// Where a campaign stands in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Its first day lies ahead.
    Planned,
    /// It has begun, as far as its dates say, and has not ended.
    Running,
    /// Its last day has passed.
    Over,
}

/// Which of its customers a campaign lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Whom {
    /// The whole audience.
    #[default]
    Audience,
    /// Those of the audience that were not touched yet.
    Waiting,
    /// Everyone who was touched, whether still in the audience or not.
    Touched,
}

/// How a campaign comes to its recipients, and so which contact it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Reach {
    /// By e-mail.
    #[default]
    Email,
    /// By phone.
    Phone,
}

impl Reach {
    /// The contact to write to or to call: the first one whose address or number is known, or else the first one.
    pub fn contact(self, customer: &Customer) -> Option<&Contact> {
        let known = |contact: &&Contact| {
            let way = match self {
                Self::Email => &contact.email,
                Self::Phone => &contact.phone,
            };
            !way.trim().is_empty()
        };
        customer.contacts.iter().find(known).or_else(|| customer.contacts.first())
    }
}

/// Some deals and what they amount to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Worth {
    /// How many deals.
    pub deals: usize,
    /// The sum of their amounts in minor units; deals without amount add nothing.
    pub amount: i128,
    /// How many of them have no amount.
    pub without_amount: usize,
}

/// The figures of one campaign.
#[derive(Clone, Debug, PartialEq)]
pub struct CampaignFigures {
    /// Which campaign.
    pub id: CampaignId,
    /// Where it stands in time; `None` without dates.
    pub phase: Option<Phase>,
    /// How many customers it addresses.
    pub audience: usize,
    /// How many of them were not touched yet.
    pub waiting: usize,
    /// How many customers were touched, each counted once.
    pub touched: usize,
    /// The deals that name the campaign.
    pub deals: Vec<DealId>,
    /// Those of them that are open.
    pub open: Worth,
    /// Those of them that were won.
    pub won: Worth,
    /// What it cost for each deal won, in minor units; `None` without a cost or without a win.
    pub cost_per_win: Option<f64>,
}

/// Where a campaign stands on `today`; `None` when it has no dates. One that has only a last day runs until then.
///
/// ```
/// use loudou::{metrics::{Phase, phase}, model::{Campaign, Date}};
///
/// let day = |day| Date::from_ymd_opt(2026, 11, day);
/// let fair = Campaign { starts: day(3), ends: day(5), ..Campaign::named(1.into(), "Fair") };
/// assert_eq!(phase(&fair, day(2).unwrap()), Some(Phase::Planned));
/// assert_eq!(phase(&fair, day(5).unwrap()), Some(Phase::Running));
/// assert_eq!(phase(&fair, day(6).unwrap()), Some(Phase::Over));
/// assert_eq!(phase(&Campaign::named(2.into(), "Idea"), day(2).unwrap()), None);
/// ```
pub fn phase(campaign: &Campaign, today: Date) -> Option<Phase> {
    match (campaign.starts, campaign.ends) {
        (None, None) => None,
        (_, Some(ends)) if ends < today => Some(Phase::Over),
        (Some(starts), _) if starts > today => Some(Phase::Planned),
        _ => Some(Phase::Running),
    }
}

/// The customers that a campaign addresses: those that its target profile lets through, best first; all customers when it has none.
pub fn audience(workspace: &Workspace, campaign: &Campaign) -> Vec<CustomerId> {
    segment(workspace, campaign.audience)
}

fn segment(workspace: &Workspace, target: Option<TargetId>) -> Vec<CustomerId> {
    match target.and_then(|id| workspace.targets.get(id)) {
        Some(target) => Screening::of(&workspace.customers, target).segment().collect(),
        None => workspace.customers.iter().map(|customer| customer.id).collect(),
    }
}

/// The customers that a campaign lists: the audience best first, those touched in the order in which they first were.
pub fn recipients(workspace: &Workspace, campaign: &Campaign, whom: Whom) -> Vec<CustomerId> {
    let mut touched = BTreeSet::new();
    let once = campaign.touches.iter().map(|touch| touch.customer).filter(|id| touched.insert(*id));
    let in_order: Vec<_> = once.collect();
    match whom {
        Whom::Touched => in_order,
        Whom::Audience => audience(workspace, campaign),
        Whom::Waiting => audience(workspace, campaign).into_iter().filter(|id| !touched.contains(id)).collect(),
    }
}

/// The latest touch of a customer; among those of one day, the one noted last.
pub fn last_touch(campaign: &Campaign, customer: CustomerId) -> Option<&Touch> {
    campaign.touches.iter().filter(|touch| touch.customer == customer).max_by_key(|touch| touch.on)
}

/// Of `customers`, those for whom a deal in `model` can begin, and those that have an open one there already.
pub fn without_open_deal(
    workspace: &Workspace,
    model: ModelId,
    customers: &[CustomerId],
) -> (Vec<CustomerId>, Vec<CustomerId>) {
    let open = |deal: &&std::sync::Arc<Deal>| deal.standing().is_open() && deal.standing().model == model;
    let busy: BTreeSet<_> = workspace.deals.iter().filter(open).filter_map(|deal| deal.details.customer).collect();
    customers.iter().copied().partition(|id| !busy.contains(id))
}

/// The figures of every campaign, in the order of their ids.
///
/// # Examples
///
/// A fair that cost 900.00 reached two customers and brought three deals, one of them won:
///
/// ```
/// use loudou::{metrics::campaigns, model::*};
///
/// let day = |day| Date::from_ymd_opt(2026, 11, day).unwrap();
/// let stage = Stage {
///     id: 1.into(), name: "Offer".into(), zone: None, probability: Share::percent(50), promotion_rate: Share::percent(50),
///     expected_days: 9, weight: None, criteria: vec![], tasks: vec![], required_fields: vec![], playbook: Playbook::default(),
/// };
/// let model = FunnelModel {
///     id: 1.into(), name: "Short".into(), description: String::new(), stages: vec![stage], after_sale: None, segments: vec![],
///     revisions: vec![],
///     retired: vec![],
/// };
/// let touch = |id: u128| Touch { customer: id.into(), contact: None, on: day(3) };
/// let fair = Campaign {
///     starts: Some(day(2)),
///     ends: Some(day(4)),
///     cost: Money::from_minor(90_000),
///     touches: vec![touch(1), touch(2), touch(1)],
///     ..Campaign::named(1.into(), "Fair")
/// };
/// let deal = |id: u128, minor| {
///     let details = DealDetails { title: "A".into(), campaign: Some(fair.id), ..DealDetails::default() };
///     let (model, stage, amount) = (1.into(), 1.into(), Money::from_minor(minor));
///     let deal = NewDeal { id: id.into(), details, model, stage, owner: None, amount, expected_close: None };
///     Command::CreateDeal(Box::new(deal))
/// };
/// let customer = |id: u128| Command::PutCustomer(Box::new(Customer::named(id.into(), "A")));
/// let commands = vec![
///     Command::AddModel(Box::new(model)), customer(1), customer(2), customer(3), Command::PutCampaign(Box::new(fair.clone())),
///     deal(1, 10_000), deal(2, 20_000), deal(3, 70_000), Command::WinDeal { id: 3.into(), override_reason: None },
/// ];
/// let empty = Workspace::new(1.into(), Profile::named("A", Currency::CNY));
/// let stamp = Stamp { on: day(9), at: Timestamp::UNIX_EPOCH, by: None, seed: ulid::Ulid(0) };
/// let workspace = empty.with(&apply(&empty, Command::Many(commands), stamp).unwrap());
///
/// let [figures] = &campaigns(&workspace, day(9))[..] else { unreachable!() };
/// assert_eq!((figures.audience, figures.touched, figures.waiting), (3, 2, 1));
/// assert_eq!((figures.deals.len(), figures.open.amount, figures.won.amount), (3, 30_000, 70_000));
/// assert_eq!(figures.cost_per_win, Some(90_000.0));
/// ```
pub fn campaigns(workspace: &Workspace, today: Date) -> Vec<CampaignFigures> {
    let mut segments: BTreeMap<Option<TargetId>, Vec<CustomerId>> = BTreeMap::new();
    let mut deals: BTreeMap<CampaignId, Vec<&Deal>> = BTreeMap::new();
    for deal in workspace.deals.iter() {
        if let Some(id) = deal.details.campaign {
            deals.entry(id).or_default().push(deal);
        }
    }
    let figures = |campaign: &std::sync::Arc<Campaign>| {
        let audience = segments.entry(campaign.audience).or_insert_with(|| segment(workspace, campaign.audience));
        figures(campaign, audience, deals.get(&campaign.id).map_or(&[], Vec::as_slice), today)
    };
    workspace.campaigns.iter().map(figures).collect()
}

/// The figures of one campaign; see [`campaigns`].
pub fn campaign_figures(workspace: &Workspace, campaign: &Campaign, today: Date) -> CampaignFigures {
    let named = |deal: &&std::sync::Arc<Deal>| deal.details.campaign == Some(campaign.id);
    let deals: Vec<_> = workspace.deals.iter().filter(named).map(AsRef::as_ref).collect();
    figures(campaign, &audience(workspace, campaign), &deals, today)
}

fn figures(campaign: &Campaign, audience: &[CustomerId], deals: &[&Deal], today: Date) -> CampaignFigures {
    let touched: BTreeSet<_> = campaign.touches.iter().map(|touch| touch.customer).collect();
    let won = worth(deals, |status| matches!(status, Status::Won { .. }));
    #[expect(clippy::cast_precision_loss, reason = "amounts are bounded by 2^51, and a campaign brings few deals")]
    let per_win = |cost: crate::model::Money| (won.deals > 0).then(|| cost.minor() as f64 / won.deals as f64);
    CampaignFigures {
        id: campaign.id,
        phase: phase(campaign, today),
        audience: audience.len(),
        waiting: audience.iter().filter(|id| !touched.contains(id)).count(),
        touched: touched.len(),
        deals: deals.iter().map(|deal| deal.id).collect(),
        open: worth(deals, |status| *status == Status::Open),
        won,
        cost_per_win: campaign.cost.and_then(per_win),
    }
}

fn worth(deals: &[&Deal], counts: impl Fn(&Status) -> bool) -> Worth {
    let mut worth = Worth::default();
    for standing in deals.iter().map(|deal| deal.standing()).filter(|standing| counts(&standing.status)) {
        worth.deals += 1;
        match standing.amount {
            Some(amount) => worth.amount += i128::from(amount.minor()),
            None => worth.without_amount += 1,
        }
    }
    worth
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Attribute, Change, Currency, Customer, Level, Patch, Profile, Share, Target, Wanted, Wish};

    fn day(day: u32) -> Date {
        Date::from_ymd_opt(2026, 11, day).unwrap()
    }

    /// Four customers, of which 2 and 4 can pay, and a profile that wants just that.
    fn workspace() -> Workspace {
        let customer = |id: u128| {
            let buying_power = Some(if id.is_multiple_of(2) { Level::High } else { Level::Low });
            let customer = Customer { buying_power, ..Customer::named(id.into(), "A") };
            Patch { id: customer.id, before: None, after: Some(customer.into()) }
        };
        let wanted = Wanted::AtLeast { level: Level::High };
        let wishes = vec![Wish { attribute: Attribute::BuyingPower, wanted, weight: 1 }];
        let target = Target { id: 1.into(), name: "A".to_owned(), wishes, line: Share::ONE };
        let change = Change {
            customers: (1..5).map(customer).collect(),
            targets: vec![Patch { id: target.id, before: None, after: Some(target.into()) }],
            ..Change::default()
        };
        Workspace::new(1.into(), Profile::named("A", Currency::CNY)).with(&change)
    }

    fn campaign(audience: Option<u128>, touched: &[(u128, u32)]) -> Campaign {
        let touch = |(id, on): &(u128, u32)| Touch { customer: (*id).into(), contact: None, on: day(*on) };
        Campaign {
            audience: audience.map(Into::into),
            touches: touched.iter().map(touch).collect(),
            ..Campaign::named(1.into(), "A")
        }
    }

    #[test]
    fn touched_customers_stay_listed_when_they_leave_the_audience() {
        let workspace = workspace();
        let campaign = campaign(Some(1), &[(3, 1), (2, 1), (3, 4)]);
        let listed = |whom| recipients(&workspace, &campaign, whom);
        assert_eq!(listed(Whom::Audience), [2, 4].map(CustomerId::from));
        assert_eq!(listed(Whom::Waiting), [4].map(CustomerId::from));
        assert_eq!(listed(Whom::Touched), [3, 2].map(CustomerId::from));
        let figures = campaign_figures(&workspace, &campaign, day(9));
        assert_eq!((figures.audience, figures.waiting, figures.touched), (2, 1, 2));
        assert_eq!(figures.cost_per_win, None);
    }

    #[test]
    fn the_latest_touch_counts() {
        let campaign = campaign(None, &[(1, 7), (2, 9), (1, 3)]);
        assert_eq!(last_touch(&campaign, 1.into()).map(|touch| touch.on), Some(day(7)));
        assert_eq!(last_touch(&campaign, 3.into()), None);
    }

    #[test]
    fn the_contact_that_can_be_reached_is_chosen() {
        let contact = |id: u128, phone: &str, email: &str| Contact {
            id: id.into(),
            name: "A".to_owned(),
            job_title: String::new(),
            phone: phone.to_owned(),
            email: email.to_owned(),
            role: String::new(),
        };
        let contacts = vec![contact(1, "", " "), contact(2, "1", ""), contact(3, "2", "a@b")];
        let customer = Customer { contacts, ..Customer::named(1.into(), "A") };
        let chosen = |reach: Reach| reach.contact(&customer).map(|contact| contact.id);
        assert_eq!((chosen(Reach::Email), chosen(Reach::Phone)), (Some(3.into()), Some(2.into())));
        let customer = Customer { contacts: vec![contact(1, "", "")], ..customer };
        assert_eq!(Reach::Email.contact(&customer).map(|contact| contact.id), Some(1.into()));
    }

    #[test]
    fn half_known_dates() {
        let with = |starts: Option<u32>, ends: Option<u32>| {
            let campaign = Campaign { starts: starts.map(day), ends: ends.map(day), ..campaign(None, &[]) };
            phase(&campaign, day(5))
        };
        assert_eq!(with(Some(6), None), Some(Phase::Planned));
        assert_eq!(with(Some(5), None), Some(Phase::Running));
        assert_eq!(with(None, Some(5)), Some(Phase::Running));
        assert_eq!(with(None, Some(4)), Some(Phase::Over));
    }
}
