//! Which deals are listed, as the address says.

use std::{collections::BTreeSet, str::FromStr, sync::Arc};

use super::column::OWN;
use crate::{
    metrics::{CustomFilter, CustomWish, Yardsticks},
    model::{
        CampaignId, CustomerId, Deal, DealId, DepartmentId, ModelId, PersonId, ProductId, Profile, StageId, Workspace,
        address::{Query, read_list, read_texts},
    },
    search::Sought,
    ui::parts::listing::own::wishes,
};

/// The value of a filter that stands for deals without a record of its kind.
pub(super) const NOBODY: &str = "none";
/// The value of the status filter that stands for deals of any status.
pub(super) const ANY: &str = "all";

/// Records that are wanted; `None` wants any.
type Wanted<T> = Option<Vec<Option<T>>>;

/// What the address asks for, parted by how often it changes: what is typed changes at every key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sieve {
    pub(super) chosen: Chosen,
    pub(super) typed: Typed,
    /// Whether only the deals that another page picked are listed.
    pub(super) set: bool,
}

/// What is ticked. An empty list asks for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chosen {
    /// Empty for any status.
    statuses: Vec<String>,
    models: Wanted<ModelId>,
    stages: Wanted<StageId>,
    departments: Wanted<DepartmentId>,
    people: Wanted<PersonId>,
    products: Wanted<ProductId>,
    campaigns: Wanted<CampaignId>,
    sources: Vec<String>,
    tags: Vec<String>,
    competitors: Vec<String>,
    /// Codes of marks.
    marks: Vec<String>,
    own: Vec<CustomWish>,
}

/// What is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typed {
    text: Sought,
    own: Vec<CustomWish>,
}

impl Sieve {
    /// Reads the query of an address. Without a status it asks for open deals, unless another page picked the deals.
    pub(super) fn of(query: &Query, profile: &Profile) -> Self {
        let texts = |key| query.get(key).map(read_texts).unwrap_or_default();
        let is_ticked = |wish: &CustomWish| matches!(wish.wanted, CustomFilter::AnyOf(_));
        let (ticked, sought) = wishes(query, profile, OWN).into_iter().partition(is_ticked);
        let chosen = Chosen {
            statuses: statuses(query),
            models: wanted(query, "model"),
            stages: wanted(query, "stage"),
            departments: wanted(query, "department"),
            people: wanted(query, "person"),
            products: wanted(query, "product"),
            campaigns: wanted(query, "campaign"),
            sources: texts("source"),
            tags: texts("tag"),
            competitors: texts("competitor"),
            marks: query.get("mark").map(read_list).unwrap_or_default(),
            own: ticked,
        };
        let typed = Typed { text: query.get("q").map(Sought::of).unwrap_or_default(), own: sought };
        Self { chosen, typed, set: query.get("set").is_some() }
    }
}

/// The statuses that an address asks for; none for any.
pub(super) fn statuses(query: &Query) -> Vec<String> {
    match query.get("status") {
        None if query.get("set").is_some() => Vec::new(),
        None => vec!["open".to_owned()],
        Some(ANY) => Vec::new(),
        Some(text) => read_list(text),
    }
}

fn wanted<T: FromStr>(query: &Query, key: &str) -> Wanted<T> {
    let asked = read_list(query.get(key)?);
    let read = |text: String| if text == NOBODY { Some(None) } else { text.parse().ok().map(Some) };
    (!asked.is_empty()).then(|| asked.into_iter().filter_map(read).collect())
}

impl Chosen {
    /// The deals that may be listed, in the order of their ids.
    pub(super) fn list(
        &self,
        picked: Option<&[DealId]>,
        workspace: &Workspace,
        yardsticks: &Yardsticks,
    ) -> Vec<Arc<Deal>> {
        let picked: Option<BTreeSet<_>> = picked.map(|picked| picked.iter().copied().collect());
        let listed = |deal: &&Arc<Deal>| {
            picked.as_ref().is_none_or(|picked| picked.contains(&deal.id))
                && self.lets_pass(deal, workspace)
                && self.is_marked(deal, yardsticks)
        };
        workspace.deals.iter().filter(listed).cloned().collect()
    }

    fn is_marked(&self, deal: &Deal, yardsticks: &Yardsticks) -> bool {
        let marks = || yardsticks.read(deal).map(|clocks| clocks.marks()).unwrap_or_default();
        self.marks.is_empty() || marks().iter().any(|mark| self.marks.iter().any(|wanted| wanted == mark.code()))
    }

    fn lets_pass(&self, deal: &Deal, workspace: &Workspace) -> bool {
        let (standing, details) = (deal.standing(), &deal.details);
        let department = || standing.owner.and_then(|id| workspace.people.get(id)?.department);
        let any =
            |wanted: &[String], texts: &[String]| wanted.is_empty() || texts.iter().any(|text| wanted.contains(text));
        (self.statuses.is_empty() || self.statuses.iter().any(|status| status == standing.status.code()))
            && wants(self.models.as_deref(), || Some(standing.model))
            && wants(self.stages.as_deref(), || Some(standing.stage))
            && wants(self.people.as_deref(), || standing.owner)
            && wants(self.departments.as_deref(), department)
            && wants(self.campaigns.as_deref(), || details.campaign)
            && self.products.as_ref().is_none_or(|wanted| {
                details.lines.iter().any(|line| wanted.contains(&Some(line.product)))
                    || (details.lines.is_empty() && wanted.contains(&None))
            })
            && (self.sources.is_empty() || self.sources.contains(&details.source))
            && any(&self.tags, &details.tags)
            && any(&self.competitors, &details.competitors)
            && own_met(&self.own, deal, workspace)
    }
}

impl Typed {
    /// Whether each of the deals is listed.
    pub(super) fn marks(&self, deals: &[Arc<Deal>], workspace: &Workspace) -> Vec<bool> {
        if self.text.is_empty() && self.own.is_empty() {
            return vec![true; deals.len()];
        }
        // Names that many deals share are looked through once.
        let customers: BTreeSet<CustomerId> =
            workspace.customers.iter().filter(|c| self.text.is_in(&c.name)).map(|c| c.id).collect();
        let people: BTreeSet<PersonId> =
            workspace.people.iter().filter(|p| self.text.is_in(&p.name)).map(|p| p.id).collect();
        let named = |deal: &Deal| {
            self.text.is_in(&deal.details.title)
                || deal.details.customer.is_some_and(|id| customers.contains(&id))
                || deal.standing().owner.is_some_and(|id| people.contains(&id))
                || self.text.is_in(&deal.details.reference)
        };
        deals.iter().map(|deal| own_met(&self.own, deal, workspace) && named(deal)).collect()
    }
}

fn wants<T: PartialEq>(wanted: Option<&[Option<T>]>, value: impl FnOnce() -> Option<T>) -> bool {
    wanted.is_none_or(|wanted| wanted.contains(&value()))
}

fn own_met(wishes: &[CustomWish], deal: &Deal, workspace: &Workspace) -> bool {
    wishes.iter().all(|wish| wish.is_met(Some(deal), workspace.customer_of(deal).map(AsRef::as_ref)))
}
