//! The tables of the method against a plain reading of the histories, and against each other.

#![allow(clippy::float_cmp, clippy::cast_precision_loss, reason = "what is exact is compared exactly")]

use std::collections::BTreeSet;

use loudou::{
    metrics::{
        Filter, Frame, Holding, Reason, stock,
        tables::{CustomerStatus, LevelCell, LevelRow, Place, customer_levels, customer_status, funnel_sheet},
    },
    model::{ActivityKind, Customer, CustomerId, Date, Deal, Standing, Status, Workspace},
};
use proptest::{option, prelude::*};

use crate::r#gen::{first_day, workspace};

/// A model, a person and a customer whose territory is asked for, each by its place among all.
type Asked = (Option<usize>, Option<usize>, Option<usize>);

fn asked() -> impl Strategy<Value = Asked> {
    let one = || option::weighted(0.3, 0..4_usize);
    (one(), one(), one())
}

fn filter(workspace: &Workspace, (model, person, territory): Asked) -> Filter {
    let customer = territory.and_then(|place| workspace.customers.iter().nth(place));
    Filter {
        model: model.and_then(|place| workspace.models.iter().nth(place)).map(|model| model.id),
        people: person
            .and_then(|place| workspace.people.iter().nth(place))
            .map(|person| person.id)
            .into_iter()
            .collect(),
        territories: customer.map(|customer| customer.territory.trim().to_owned()).into_iter().collect(),
        ..Filter::default()
    }
}

/// The deals that the filter asks for with where they stood, as their histories tell it.
fn told<'a>(workspace: &'a Workspace, filter: &Filter, as_of: Date) -> Vec<(&'a Deal, Standing)> {
    let told = workspace.deals.iter().filter_map(|deal| Some((deal.as_ref(), deal.standing_on(as_of)?.into_owned())));
    let asked = |(deal, now): &(&Deal, Standing)| {
        let territory = workspace.customer_of(deal).map_or("", |customer| customer.territory.trim());
        filter.model.is_none_or(|model| model == now.model)
            && (filter.people.is_empty() || now.owner.is_some_and(|owner| filter.people.contains(&owner)))
            && (filter.territories.is_empty() || filter.territories.contains(territory))
    };
    told.filter(asked).collect()
}

/// Customers, units, amount and deals without amount.
fn sums(deals: &[&(&Deal, Standing)]) -> (usize, u64, i128, usize) {
    let customers: BTreeSet<_> = deals.iter().filter_map(|(deal, _)| deal.details.customer).collect();
    let units = deals.iter().flat_map(|(deal, _)| &deal.details.lines).map(|line| u64::from(line.units)).sum();
    let amount = deals.iter().filter_map(|(_, now)| now.amount).map(|amount| i128::from(amount.minor())).sum();
    (customers.len(), units, amount, deals.iter().filter(|(_, now)| now.amount.is_none()).count())
}

fn held(holding: &Holding) -> (usize, u64, i128, usize) {
    (holding.customers, holding.units, holding.amount, holding.left_out.of(Reason::NoAmount).len())
}

/// Where the status table says a customer stands.
fn place(workspace: &Workspace, customer: &Customer, deals: &[(&Deal, Standing)], as_of: Date) -> Place {
    let own: Vec<_> = deals.iter().filter(|(deal, _)| deal.details.customer == Some(customer.id)).collect();
    let progress = |now: &Standing| {
        let model = workspace.models.get(now.model).unwrap();
        (model.position(now.stage).unwrap() + 1) * 10_000 / model.stages.len()
    };
    let mut open: Vec<_> = own.iter().filter(|(_, now)| now.is_open()).collect();
    // A stable sort leaves the first of equals in front.
    open.sort_by_key(|(_, now)| std::cmp::Reverse((progress(now), now.amount)));
    if let Some((_, now)) = open.first() {
        return Place::Stage(now.model, now.stage);
    }
    if own.iter().any(|(_, now)| matches!(now.status, Status::Dormant { .. })) {
        return Place::Dormant;
    }
    let won: Vec<_> =
        own.iter().filter_map(|(_, now)| if let Status::Won { on } = now.status { Some(on) } else { None }).collect();
    if let Some(first) = won.iter().min() {
        let served = workspace.activities.iter().any(|activity| {
            matches!(activity.kind, ActivityKind::ReturnVisit | ActivityKind::ServiceRequest)
                && activity.on <= as_of
                && Some(activity.on) >= *first
                && whose(workspace, activity.customer, activity.deal) == Some(customer.id)
        });
        return if served { Place::AfterSale } else { Place::Won };
    }
    if own.is_empty() { Place::NoDeal } else { Place::Lost }
}

fn whose(
    workspace: &Workspace,
    customer: Option<CustomerId>,
    deal: Option<loudou::model::DealId>,
) -> Option<CustomerId> {
    customer.or_else(|| workspace.deals.get(deal?).and_then(|deal| deal.details.customer))
}

/// The cells, added up.
fn together<'a>(cells: impl Iterator<Item = &'a LevelCell>) -> (usize, usize, i128) {
    cells.fold((0, 0, 0), |(customers, deals, amount), cell| {
        (customers + cell.customers.len(), deals + cell.open.deals.len(), amount + cell.open.amount)
    })
}

fn of_row(row: &LevelRow) -> (usize, usize, i128) {
    together(std::iter::once(&row.all))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_sheet_adds_up_to_the_stock_and_to_the_histories((workspace, asked, days) in (workspace(), asked(), -30..400_i64)) {
        let (filter, as_of) = (filter(&workspace, asked), first_day() + chrono::TimeDelta::days(days));
        let frame = Frame::new(&workspace);
        let view = frame.view(as_of, &filter);
        let (sheet, told) = (funnel_sheet(&view), told(&workspace, &filter, as_of));
        let open: Vec<_> = told.iter().filter(|(_, now)| now.is_open()).collect();
        prop_assert_eq!(held(&sheet.open), sums(&open));
        let stock = stock(&view);
        prop_assert_eq!(sheet.models.len(), stock.len());
        for (part, stock) in sheet.models.iter().zip(&stock) {
            prop_assert_eq!((part.model, &part.open), (stock.model, &stock.open));
            for ((stage, group), column) in part.stages.iter().zip(&stock.stages) {
                prop_assert_eq!((*stage, &group.sum), (column.stage, &column.open));
                let here: Vec<_> = open.iter().copied().filter(|(_, now)| now.stage == *stage).collect();
                prop_assert_eq!(held(&group.sum), sums(&here));
                let lines: Vec<_> = group.lines.iter().map(|line| (line.deal, line.began, line.amount)).collect();
                let told = here.iter().map(|(deal, now)| (deal.id, deal.history()[0].on, now.amount));
                prop_assert_eq!(lines, told.collect::<Vec<_>>());
            }
        }
        prop_assert_eq!(sheet.won.amount, stock.iter().map(|stock| stock.won.amount).sum::<i128>());
        prop_assert_eq!(sheet.won.deals.len(), stock.iter().map(|stock| stock.won.deals.len()).sum::<usize>());
        // What stands in the stages stands on the sheet, no more and no less.
        let lines: usize = sheet.models.iter().flat_map(|part| &part.stages).map(|(_, group)| group.lines.len()).sum();
        prop_assert_eq!(lines, open.len());
    }

    #[test]
    fn customers_stand_where_their_deals_say((workspace, asked, days) in (workspace(), asked(), -30..400_i64)) {
        let (filter, as_of) = (filter(&workspace, asked), first_day() + chrono::TimeDelta::days(days));
        let frame = Frame::new(&workspace);
        let table = customer_status(&frame.view(as_of, &filter), &workspace);
        let told = told(&workspace, &filter, as_of);
        let begun = |customer: &Customer| workspace.deals.iter().any(|deal| deal.details.customer == Some(customer.id) && deal.history()[0].on <= Some(as_of));
        let listed = |customer: &&std::sync::Arc<Customer>| {
            told.iter().any(|(deal, _)| deal.details.customer == Some(customer.id))
                || filter.model.is_none() && !begun(customer)
                    && (filter.people.is_empty() || customer.owner.is_some_and(|owner| filter.people.contains(&owner)))
                    && (filter.territories.is_empty() || filter.territories.contains(customer.territory.trim()))
        };
        let expected: Vec<_> = workspace.customers.iter().filter(listed).map(|customer| (customer.id, place(&workspace, customer, &told, as_of))).collect();
        prop_assert_eq!(table.iter().map(|line| (line.customer, line.place)).collect::<Vec<_>>(), expected);
        for line in &table {
            let contacts = workspace.activities.iter().filter(|activity| {
                activity.kind != ActivityKind::Note && activity.on <= as_of && whose(&workspace, activity.customer, activity.deal) == Some(line.customer)
            });
            prop_assert_eq!(line.last_contact, contacts.map(|activity| activity.on).max());
            let due = frame.deals(&line.open.deals).filter_map(|id| workspace.deals.get(id)?.details.next_action.clone()).filter_map(|action| action.due).min();
            prop_assert_eq!(line.next_action.as_ref().and_then(|action| action.due), due);
        }
    }

    #[test]
    fn levels_conserve_customers_and_money((workspace, asked, days) in (workspace(), asked(), -30..400_i64)) {
        let (filter, as_of) = (filter(&workspace, asked), first_day() + chrono::TimeDelta::days(days));
        let frame = Frame::new(&workspace);
        let view = frame.view(as_of, &filter);
        let customers = customer_status(&view, &workspace);
        let levels = customer_levels(&view, &customers);
        let deals = |line: &CustomerStatus| (line.open.deals.len(), line.open.amount);
        let all = customers.iter().map(deals).fold((0, 0), |(n, sum), (deals, amount)| (n + deals, sum + amount));
        prop_assert_eq!(of_row(&levels.total), (customers.len(), all.0, all.1));
        for row in levels.places.iter().map(|(_, row)| row).chain([&levels.total]).chain(levels.zones.iter().map(|(_, row)| row)) {
            prop_assert_eq!(together(row.by_fit.iter()), of_row(row));
        }
        let rows = levels.places.iter().map(|(_, row)| row);
        for fit in 0..4 {
            prop_assert_eq!(together(rows.clone().map(|row| &row.by_fit[fit])), together([&levels.total.by_fit[fit]].into_iter()));
        }
        let in_stages = levels.places.iter().filter(|(place, _)| matches!(place, Place::Stage(..)));
        let zones = levels.zones.iter().map(|(_, row)| &row.all);
        prop_assert_eq!(together(in_stages.map(|(_, row)| &row.all)), together(zones));
        // With the deals that name no customer it is the stock.
        let stock: Vec<_> = stock(&view).into_iter().map(|stock| stock.open).collect();
        let nobody = levels.left_out.of(Reason::NoCustomer).len();
        prop_assert_eq!(levels.total.all.open.deals.len() + nobody, stock.iter().map(|open| open.deals.len()).sum::<usize>());
        if nobody == 0 {
            prop_assert_eq!(levels.total.all.open.amount, stock.iter().map(|open| open.amount).sum::<i128>());
        }
    }
}
