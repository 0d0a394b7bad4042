//! What stands in which column: one pass over the deals per change.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    str::FromStr,
};

use crate::{
    model::{Deal, DealId, DepartmentId, ModelId, PersonId, ProductId, Share, StageId, Workspace},
    ui::route::Query,
};

/// The order of the cards in a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The latest change first.
    #[default]
    Changed,
    /// The longest stay first.
    Days,
    /// The largest amount first.
    Amount,
    /// The earliest expected close first.
    Close,
}

impl Sort {
    /// Every order, the usual one first.
    pub const ALL: [Self; 4] = [Self::Changed, Self::Days, Self::Amount, Self::Close];

    /// The value in the address.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Days => "days",
            Self::Amount => "amount",
            Self::Close => "close",
        }
    }

    /// The order with this key; the usual one for any other text.
    pub fn of_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|sort| sort.key() == key).unwrap_or_default()
    }

    fn sort(self, deals: &mut [&Deal]) {
        match self {
            Self::Changed => deals.sort_by_cached_key(|deal| Reverse(deal.history().last().map(|event| event.at))),
            // Nobody knows since when: such a deal has stayed longest of all.
            Self::Days => deals.sort_by_cached_key(|deal| deal.entered_on()),
            Self::Amount => deals.sort_by_key(|deal| Reverse(deal.standing().amount)),
            Self::Close => deals.sort_by_key(|deal| {
                let close = deal.standing().expected_close;
                (close.is_none(), close)
            }),
        }
    }
}

/// Which deals the board shows, and how, as the address says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    model: Option<ModelId>,
    people: BTreeSet<PersonId>,
    departments: BTreeSet<DepartmentId>,
    products: BTreeSet<ProductId>,
    sources: BTreeSet<String>,
    text: String,
    sort: Sort,
}

impl Choice {
    /// Reads the address; what it does not name, or names wrongly, chooses everything.
    pub fn read(query: &Query) -> Self {
        let sources = query.get("source").map(|text| text.split('|').map(str::to_owned).collect());
        Self {
            model: query.get("model").and_then(|id| id.parse().ok()),
            people: ids(query, "person"),
            departments: ids(query, "department"),
            products: ids(query, "product"),
            sources: sources.unwrap_or_default(),
            text: query.get("q").unwrap_or_default().trim().to_lowercase(),
            sort: query.get("sort").map(Sort::of_key).unwrap_or_default(),
        }
    }

    fn holds(&self, workspace: &Workspace, deal: &Deal) -> bool {
        let any = |empty: bool, found: bool| empty || found;
        let owner = deal.standing().owner;
        any(self.people.is_empty(), owner.is_some_and(|owner| self.people.contains(&owner)))
            && any(self.departments.is_empty(), owner.is_some_and(|owner| workspace.works_in(owner, &self.departments)))
            && any(
                self.products.is_empty(),
                deal.details.lines.iter().any(|line| self.products.contains(&line.product)),
            )
            && any(self.sources.is_empty(), self.sources.contains(source(workspace, deal)))
            && any(self.text.is_empty(), self.says(workspace, deal))
    }

    fn says(&self, workspace: &Workspace, deal: &Deal) -> bool {
        let says = |text: &str| text.to_lowercase().contains(&self.text);
        says(&deal.details.title) || workspace.customer_of(deal).is_some_and(|customer| says(&customer.name))
    }
}

/// The source of a deal, or of its customer when the deal names none.
fn source<'a>(workspace: &'a Workspace, deal: &'a Deal) -> &'a str {
    match deal.details.source.as_str() {
        "" => workspace.customer_of(deal).map_or("", |customer| &customer.source),
        source => source,
    }
}

fn ids<T: FromStr + Ord>(query: &Query, key: &str) -> BTreeSet<T> {
    query.get(key).map(|text| text.split('.').filter_map(|id| id.parse().ok()).collect()).unwrap_or_default()
}

/// A stage with the open deals in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The stage.
    pub stage: StageId,
    /// The deals in the order chosen.
    pub deals: Vec<DealId>,
    /// What they are worth.
    pub totals: Totals,
}

/// What the deals of a column are worth, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Totals {
    /// How many deals.
    pub count: usize,
    /// Their amounts.
    pub amount: i64,
    /// Each amount times the deal's own probability or the stage's.
    pub weighted: i64,
    /// Deals without an amount, which neither sum holds.
    pub without: usize,
}

impl Totals {
    /// A sum of these deals; `None` when there are some and none of their amounts is known.
    pub fn known(self, sum: i64) -> Option<i64> {
        (self.count == 0 || self.without < self.count).then_some(sum)
    }
}

/// The columns of one model.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    /// The model; `None` when the workspace has none.
    pub model: Option<ModelId>,
    /// In the order of the funnel.
    pub columns: Vec<Column>,
}

impl Columns {
    /// The columns that `choice` shows of a workspace.
    pub fn of(workspace: &Workspace, choice: &Choice) -> Self {
        let chosen = choice.model.and_then(|id| workspace.models.get(id)).or_else(|| busiest(workspace));
        let Some(model) = chosen else { return Self::default() };
        let mut of_stage: Vec<Vec<&Deal>> = vec![Vec::new(); model.stages.len()];
        for deal in workspace.deals.iter() {
            let standing = deal.standing();
            if standing.model == model.id
                && standing.is_open()
                && let Some(column) = model.position(standing.stage).and_then(|place| of_stage.get_mut(place))
                && choice.holds(workspace, deal)
            {
                column.push(deal);
            }
        }
        let columns = model.stages.iter().zip(of_stage).map(|(stage, mut deals)| {
            choice.sort.sort(&mut deals);
            let totals = Totals::of(&deals, stage.probability);
            Column { stage: stage.id, deals: deals.iter().map(|deal| deal.id).collect(), totals }
        });
        Self { model: Some(model.id), columns: columns.collect() }
    }

    /// Where a deal stands: its column and its place there.
    pub fn find(&self, deal: DealId) -> Option<(usize, usize)> {
        self.columns.iter().enumerate().find_map(|(column, Column { deals, .. })| {
            deals.iter().position(|id| *id == deal).map(|place| (column, place))
        })
    }

    /// The column of a stage.
    pub fn column(&self, stage: StageId) -> Option<&Column> {
        self.columns.iter().find(|column| column.stage == stage)
    }

    /// How many deals stand on the board.
    pub fn count(&self) -> usize {
        self.columns.iter().map(|column| column.totals.count).sum()
    }
}

impl Totals {
    fn of(deals: &[&Deal], probability: Share) -> Self {
        let mut totals = Self { count: deals.len(), ..Self::default() };
        // In minor units times basis points, so that rounding happens once.
        let mut weighted = 0_i128;
        for deal in deals {
            let standing = deal.standing();
            match standing.amount {
                Some(amount) => {
                    let share = standing.probability.unwrap_or(probability);
                    totals.amount = totals.amount.saturating_add(amount.minor());
                    weighted += i128::from(amount.minor()) * i128::from(share.basis_points());
                }
                None => totals.without += 1,
            }
        }
        totals.weighted = i64::try_from(weighted / 10_000).unwrap_or(i64::MAX);
        totals
    }
}

/// The model that most open deals run through; the first one when there are no deals.
fn busiest(workspace: &Workspace) -> Option<&std::sync::Arc<crate::model::FunnelModel>> {
    let mut deals: BTreeMap<ModelId, usize> = BTreeMap::new();
    for deal in workspace.deals.iter().filter(|deal| deal.standing().is_open()) {
        *deals.entry(deal.standing().model).or_default() += 1;
    }
    // The last of equals wins, so the first model is looked at last.
    workspace.models.iter().rev().max_by_key(|model| deals.get(&model.id).copied())
}
