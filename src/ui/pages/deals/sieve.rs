//! Which deals are listed and in what order, as the address says.

use std::{collections::BTreeSet, sync::Arc};

use super::column::Field;
use crate::{
    model::{Date, Deal, DealId, Status, Workspace},
    ui::{
        components::data_table::Sort,
        parts::listing::{
            address::{BETWEEN, BETWEEN_TEXTS, read_list},
            column::ListField,
            order::sorted,
        },
        route::Query,
        typed::folded,
        wording::I18n,
    },
};

/// The value of the owner filter that stands for deals nobody owns.
pub(super) const NOBODY: &str = "none";
/// The value of the status filter that stands for deals of any status.
pub(super) const ANY: &str = "all";

/// What the address asks for. An empty list asks for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sieve {
    pub(super) models: Vec<String>,
    pub(super) stages: Vec<String>,
    /// Empty for any status.
    pub(super) statuses: Vec<String>,
    pub(super) departments: Vec<String>,
    pub(super) people: Vec<String>,
    pub(super) products: Vec<String>,
    pub(super) sources: Vec<String>,
    /// Folded.
    pub(super) text: String,
    /// Whether only the deals that another page picked are listed.
    pub(super) set: bool,
}

impl Sieve {
    /// Reads the query of an address. Without a status it asks for open deals, unless another page picked the deals.
    pub(super) fn of(query: &Query) -> Self {
        let set = query.get("set").is_some();
        let statuses = match query.get("status") {
            None if set => Vec::new(),
            None => vec!["open".to_owned()],
            Some(ANY) => Vec::new(),
            Some(text) => read_list(text, BETWEEN),
        };
        let list = |key| query.get(key).map(|text| read_list(text, BETWEEN)).unwrap_or_default();
        Self {
            models: list("model"),
            stages: list("stage"),
            statuses,
            departments: list("department"),
            people: list("person"),
            products: list("product"),
            sources: query.get("source").map(|text| read_list(text, BETWEEN_TEXTS)).unwrap_or_default(),
            text: query.get("q").map(folded).unwrap_or_default(),
            set,
        }
    }

    /// Whether a deal is listed.
    fn lets_pass(&self, deal: &Deal, workspace: &Workspace) -> bool {
        let (standing, details) = (deal.standing(), &deal.details);
        let owner = standing.owner.and_then(|id| workspace.people.get(id));
        let one_of = |wanted: &[String], id: Option<String>| {
            wanted.is_empty() || wanted.contains(&id.unwrap_or_else(|| NOBODY.to_owned()))
        };
        // Filters that ask for nothing cost nothing: making the text of an id does.
        let by = |wanted: &[String], id: &dyn Fn() -> Option<String>| wanted.is_empty() || one_of(wanted, id());
        by(&self.statuses, &|| Some(status_code(&standing.status).to_owned()))
            && by(&self.models, &|| Some(standing.model.to_string()))
            && by(&self.stages, &|| Some(standing.stage.to_string()))
            && by(&self.people, &|| standing.owner.map(|id| id.to_string()))
            && by(&self.departments, &|| owner.and_then(|person| person.department).map(|id| id.to_string()))
            && by(&self.sources, &|| Some(details.source.clone()))
            && (self.products.is_empty()
                || details.lines.iter().any(|line| self.products.contains(&line.product.to_string())))
            && (self.text.is_empty() || self.is_named(deal, workspace))
    }

    fn is_named(&self, deal: &Deal, workspace: &Workspace) -> bool {
        let owner = deal.standing().owner.and_then(|id| workspace.people.get(id));
        let customer = workspace.customer_of(deal);
        let holds = |text: &str| folded(text).contains(&self.text);
        holds(&deal.details.title)
            || customer.is_some_and(|customer| holds(&customer.name))
            || owner.is_some_and(|person| holds(&person.name))
            || holds(&deal.details.reference)
    }

    /// The deals listed, in order. Deals without a value stand last either way; equal ones in the order of their ids.
    pub(super) fn list(
        &self,
        picked: Option<&[DealId]>,
        workspace: &Workspace,
        sort: Sort,
        today: Date,
        i18n: I18n,
        language: &str,
    ) -> Vec<DealId> {
        let picked: Option<BTreeSet<_>> = picked.map(|picked| picked.iter().copied().collect());
        let listed = |deal: &&Arc<Deal>| {
            picked.as_ref().is_none_or(|picked| picked.contains(&deal.id)) && self.lets_pass(deal, workspace)
        };
        let deals: Vec<_> = workspace.deals.iter().filter(listed).collect();
        let Some(field) = Field::parse(sort.column) else { return deals.iter().map(|deal| deal.id).collect() };
        let rows: Vec<_> = deals.iter().map(|deal| (deal.id, field.value(deal, workspace, today, i18n))).collect();
        sorted(&rows, sort.descending, language)
    }
}

/// The name of a status in addresses.
pub(super) const fn status_code(status: &Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Dormant { .. } => "dormant",
        Status::Won { .. } => "won",
        Status::Lost { .. } => "lost",
    }
}
