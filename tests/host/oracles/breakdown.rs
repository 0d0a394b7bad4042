//! Breakdowns and losses equal a slow and plain reading of the histories, on random companies with rivals, campaigns and costs.

use std::collections::{BTreeMap, BTreeSet};

use loudou::{
    metrics::{
        Breakdown, Dimension, Filter, Frame, Reason, breakdown, breakdown::Line, breakdown::Value, conversion, losses,
        sales_cycle, stock,
    },
    model::{
        Activity, ActivityKind, Campaign, CampaignId, Change, Customer, Date, DealId, FunnelModel, Money, Patch,
        Record, Status, Workspace,
    },
};
use proptest::{collection::vec, option, prelude::*};

use super::brute_force::{
    Told, check_cohort, check_holding, counts, filters, ids, later, plans, shown, tell, way, workspace,
};

/// An activity: the day, its deal, minutes, cost, who.
type Doing = (u64, u8, Option<u32>, Option<i64>, u8);
/// A campaign: its first day and its cost.
type Fair = (Option<u64>, Option<i64>);

pub(super) fn doings() -> impl Strategy<Value = Vec<Doing>> {
    vec((0..90_u64, 0..30_u8, option::of(0..200_u32), option::of(0..9_000_i64), 0..4_u8), 0..30)
}

fn fairs() -> impl Strategy<Value = [Fair; 3]> {
    let fair = || (option::of(0..90_u64), option::of(0..9_000_i64));
    [fair(), fair(), fair()]
}

fn put<V: Record>(record: V) -> Patch<V> {
    Patch { id: record.id(), before: None, after: Some(record.into()) }
}

/// The company of these plans with activities, campaigns, rivals and sizes by the numbers of the deals.
pub(super) fn busy(company: &Workspace, doings: &[Doing], fairs: &[Fair]) -> Workspace {
    let deal = |(number, deal): (usize, &std::sync::Arc<loudou::model::Deal>)| {
        let mut deal = loudou::model::Deal::clone(deal);
        let rivals: [&[&str]; 4] = [&[], &["Ant"], &["Bee ", "Ant", "Bee"], &[" "]];
        deal.details.competitors = rivals[number % 4].iter().map(|name| (*name).to_owned()).collect();
        deal.details.campaign = (!number.is_multiple_of(3)).then(|| (number as u128 % 3).into());
        put(deal)
    };
    let activity = |(id, (on, deal, minutes, cost, by)): (u128, &Doing)| {
        put(Activity {
            id: id.into(),
            on: later(*on),
            kind: ActivityKind::Call,
            by: (*by > 0).then(|| u128::from(*by).into()),
            customer: None,
            deal: (*deal > 0).then(|| u128::from(*deal).into()),
            note: String::new(),
            result: String::new(),
            next_step: String::new(),
            satisfaction: None,
            minutes: *minutes,
            cost: cost.and_then(Money::from_minor),
        })
    };
    let fair = |(id, (starts, cost)): (u128, &Fair)| {
        let cost = cost.and_then(Money::from_minor);
        put(Campaign { starts: starts.map(later), cost, ..Campaign::named(id.into(), "Fair") })
    };
    let customer = |customer: &std::sync::Arc<Customer>| {
        let size = if customer.id == 2_u128.into() { " big" } else { "" };
        put(Customer { size: size.into(), industry: "tools".into(), ..Customer::clone(customer) })
    };
    company.with(&Change {
        deals: company.deals.iter().enumerate().map(deal).collect(),
        customers: company.customers.iter().map(customer).collect(),
        activities: (1..).zip(doings).map(activity).collect(),
        campaigns: (1..).zip(fairs).map(fair).collect(),
        ..Change::default()
    })
}

/// What a deal has, told by its records alone.
fn values(workspace: &Workspace, told: &Told, by: Dimension) -> Vec<Value> {
    let details = &told.deal.details;
    let customer = workspace.customer_of(told.deal);
    let text = |text: &str| vec![Value::Text(text.trim().to_owned())];
    let of_customer = |read: fn(&Customer) -> &String| text(customer.map_or("", |customer| read(customer)));
    let lost = match &told.now().status {
        Status::Lost { reason, .. } => Some(reason.trim().to_owned()),
        _ => None,
    };
    let owner = told.now().owner;
    let all: Vec<Value> = match by {
        Dimension::Person => vec![Value::Person(owner)],
        Dimension::Department => {
            vec![Value::Department(owner.and_then(|id| workspace.people.get(id)?.department))]
        }
        Dimension::Product if details.lines.is_empty() => vec![Value::Product(None)],
        Dimension::Product => details.lines.iter().map(|line| Value::Product(Some(line.product))).collect(),
        Dimension::Source if details.source.is_empty() => of_customer(|customer| &customer.source),
        Dimension::Source => text(&details.source),
        Dimension::Territory => of_customer(|customer| &customer.territory),
        Dimension::Size => of_customer(|customer| &customer.size),
        Dimension::Industry => of_customer(|customer| &customer.industry),
        Dimension::Campaign => vec![Value::Campaign(details.campaign)],
        Dimension::Competitor => {
            let named: Vec<_> = details.competitors.iter().filter(|name| !name.trim().is_empty()).collect();
            if named.is_empty() { text("") } else { named.into_iter().flat_map(|name| text(name)).collect() }
        }
        Dimension::LostReason => lost.map(Value::Text).into_iter().collect(),
        Dimension::LostStage => lost.map(|_| Value::Stage(Some(told.now().stage))).into_iter().collect(),
    };
    all.into_iter().collect::<BTreeSet<_>>().into_iter().collect()
}

/// What each deal cost in the period, campaigns shared out by rank, and what went to no deal.
fn costs(workspace: &Workspace, as_of: Date, filter: &Filter) -> (BTreeMap<DealId, i128>, i128) {
    let (mut by_deal, mut nowhere) = (BTreeMap::new(), 0);
    for activity in workspace.activities.iter().filter(|a| a.on <= as_of && counts(filter, Some(a.on))) {
        let Some(cost) = activity.cost.map(|cost| i128::from(cost.minor())) else { continue };
        match activity.deal.filter(|deal| workspace.deals.contains(*deal)) {
            Some(deal) => *by_deal.entry(deal).or_default() += cost,
            None => nowhere += cost,
        }
    }
    let of = |id: CampaignId| -> Vec<DealId> {
        let there = workspace.deals.iter().filter(|deal| deal.standing_on(as_of).is_some());
        there.filter(|deal| deal.details.campaign == Some(id)).map(|deal| deal.id).collect()
    };
    for campaign in workspace.campaigns.iter().filter(|c| c.starts <= Some(as_of) && counts(filter, c.starts)) {
        let Some(cost) = campaign.cost.map(|cost| i128::from(cost.minor())) else { continue };
        let deals = of(campaign.id);
        let all = deals.len() as i128;
        for (rank, deal) in (0..).zip(&deals) {
            *by_deal.entry(*deal).or_default() += cost * (rank + 1) / all - cost * rank / all;
        }
        nowhere += if deals.is_empty() { cost } else { 0 };
    }
    (by_deal, nowhere)
}

fn check_line(frame: &Frame, line: &Line, told: &[&Told], model: &FunnelModel, as_of: Date, filter: &Filter) {
    let ways = told.iter().filter_map(|told| Some((told.deal.id, way(told, model, 0, true, as_of)?)));
    check_cohort(frame, &line.cohort, &ways.collect::<Vec<_>>(), filter);
    let here = |wanted: &dyn Fn(&Status) -> bool| -> Vec<&Told> {
        let here = told.iter().filter(|told| told.now().model == model.id && wanted(&told.now().status));
        here.copied().collect()
    };
    let won = here(&|status| matches!(status, Status::Won { on } if counts(filter, *on)));
    let lost = here(&|status| matches!(status, Status::Lost { on, .. } if counts(filter, *on)));
    let open = here(&|status| *status == Status::Open);
    assert_eq!(line.open.deals.len(), open.len());
    for (holding, expected, chance) in [(&line.won, &won, 10_000), (&line.lost, &lost, 0)] {
        check_holding(frame, holding, &expected.iter().map(|told| (*told, chance)).collect::<Vec<_>>());
    }
    let mut days: Vec<i64> = Vec::new();
    for told in &won {
        if let (Status::Won { on: Some(on) }, Some(began)) = (&told.now().status, told.began()) {
            days.push((*on - began).num_days());
        }
    }
    days.sort_unstable();
    let middle = |half: usize| days[half] as f64 / 2.0;
    let median = (!days.is_empty()).then(|| middle((days.len() - 1) / 2) + middle(days.len() / 2));
    assert_eq!(line.cycle.median, median);
    let amounts: Vec<i64> = won.iter().filter_map(|told| Some(told.now().amount?.minor())).collect();
    let mean = (!amounts.is_empty()).then(|| amounts.iter().sum::<i64>() as f64 / amounts.len() as f64);
    assert_eq!(line.mean_won(), mean);
}

fn check(workspace: &Workspace, as_of: Date, filter: &Filter, by: Dimension) {
    let (frame, told) = (Frame::new(workspace), tell(workspace, as_of, filter));
    let view = frame.view(as_of, filter);
    let (costs, nowhere) = costs(workspace, as_of, filter);
    for (made, model) in breakdown(&view, by).iter().zip(shown(workspace, filter)) {
        assert_eq!(made.model, model.id);
        let mut groups: BTreeMap<Value, Vec<&Told>> = BTreeMap::new();
        for told in &told {
            for value in values(workspace, told, by) {
                groups.entry(value).or_default().push(told);
            }
        }
        for (value, told) in &groups {
            let Some(line) = made.lines.get(value) else { continue };
            check_line(&frame, line, told, model, as_of, filter);
            let spent: Vec<i128> = told
                .iter()
                .filter(|told| told.now().model == model.id)
                .filter_map(|told| costs.get(&told.deal.id).copied())
                .collect();
            assert_eq!(line.cost.known(), (!spent.is_empty()).then(|| spent.iter().sum()));
            let unknown = line.cost.left_out.of(Reason::NoCost);
            assert!(ids(&frame, unknown).iter().all(|deal| !costs.contains_key(deal)));
        }
        assert!(made.lines.keys().all(|value| groups.contains_key(value)));
        assert_eq!(made.unassigned, nowhere);
        check_sums(made, &view, by);
    }
}

/// What has one value each adds up to the total, and the total of all deals is what the other metrics say.
fn check_sums(made: &Breakdown, view: &loudou::metrics::View, by: Dimension) {
    let counts = |line: &Line| {
        let cohort = &line.cohort;
        let counted = [&cohort.passed, &cohort.lost, &cohort.open, &line.open.deals, &line.won.deals, &line.lost.deals];
        counted.map(Vec::len)
    };
    let sums = made.lines.values().map(counts).fold([0; 6], |a, b| std::array::from_fn(|n| a[n] + b[n]));
    let total = counts(&made.total);
    if made.several.is_empty() {
        assert_eq!(sums, total);
        assert_eq!(made.lines.values().map(|line| line.won.amount).sum::<i128>(), made.total.won.amount);
    } else {
        assert!(matches!(by, Dimension::Product | Dimension::Competitor));
        assert!(
            sums.iter().zip(total).all(|(sum, total)| *sum >= total) && sums.iter().sum::<usize>() > total.iter().sum()
        );
    }
    if !by.is_of_losses() {
        let find = |model| model == made.model;
        assert_eq!(
            conversion(view).into_iter().find(|c| find(c.model)).map(|c| c.overall).as_ref(),
            Some(&made.total.cohort)
        );
        let stock = stock(view).into_iter().find(|stock| find(stock.model)).unwrap();
        assert_eq!((&stock.won, &stock.lost, &stock.open), (&made.total.won, &made.total.lost, &made.total.open));
        assert_eq!(sales_cycle(view).into_iter().find(|c| find(c.model)).as_ref(), Some(&made.total.cycle));
    }
}

fn check_losses(workspace: &Workspace, as_of: Date, filter: &Filter, rival: Option<&str>) {
    let (frame, told) = (Frame::new(workspace), tell(workspace, as_of, filter));
    for (table, model) in losses(&frame.view(as_of, filter), rival).iter().zip(shown(workspace, filter)) {
        let mut cells: BTreeMap<(usize, String), Vec<(&Told, u16)>> = BTreeMap::new();
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        for told in told.iter().filter(|told| told.now().model == model.id) {
            let Status::Lost { on, reason, .. } = &told.now().status else { continue };
            if !counts(filter, *on) {
                continue;
            }
            let rivals = values(workspace, told, Dimension::Competitor);
            for value in &rivals {
                let Value::Text(name) = value else { unreachable!() };
                *names.entry(name.clone()).or_default() += 1;
            }
            if rival.is_none_or(|rival| rivals.contains(&Value::Text(rival.to_owned()))) {
                let place = model.position(told.now().stage).unwrap();
                cells.entry((place, reason.trim().to_owned())).or_default().push((told, 0));
            }
        }
        assert_eq!(table.cells.keys().collect::<Vec<_>>(), cells.keys().collect::<Vec<_>>());
        for (cell, expected) in table.cells.values().zip(cells.values()) {
            check_holding(&frame, cell, expected);
        }
        assert_eq!(table.competitors, names);
        for (place, sum) in table.by_stage.iter().enumerate() {
            let row = table.cells.iter().filter(|((stage, _), _)| *stage == place);
            assert_eq!(row.map(|(_, cell)| cell.amount).sum::<i128>(), sum.amount);
        }
        for (reason, sum) in &table.by_reason {
            let column = table.cells.iter().filter(|((_, other), _)| other == reason);
            assert_eq!(column.map(|(_, cell)| cell.deals.len()).sum::<usize>(), sum.deals.len());
        }
        assert_eq!(table.cells.values().map(|cell| cell.deals.len()).sum::<usize>(), table.total.deals.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn breakdowns_are_what_the_histories_tell(
        plans in plans(), as_of in 0..90_u64, filter in filters(), doings in doings(), fairs in fairs(), by in 0..11_usize
    ) {
        let company = busy(&workspace(plans), &doings, &fairs);
        check(&company, later(as_of), &filter, Dimension::ALL[by]);
    }

    #[test]
    fn losses_are_what_the_histories_tell(plans in plans(), as_of in 0..90_u64, filter in filters(), rival in 0..4_usize) {
        let company = busy(&workspace(plans), &[], &[]);
        check_losses(&company, later(as_of), &filter, [None, Some(""), Some("Ant"), Some("Bee")][rival]);
    }
}
