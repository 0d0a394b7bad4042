//! Every metric equals a slow and plain reading of the histories, on random companies, days and filters.

use std::collections::BTreeSet;

use loudou::{
    metrics::{
        Cohort, Filter, Frame, Holding, Month, Period, Reason, Row, cohort::Fate, conversion, forecast, sales_cycle,
        stock,
    },
    model::{
        Batch, Customer, Date, Deal, DealId, Department, Event, EventKind, FunnelModel, Gate, Money, Person, Product,
        ProductLine, Share, Stage, StageId, Standing, Status, Timestamp, Workspace, history::replay,
    },
};
use proptest::{collection::vec, option, prelude::*};

use super::six_deals::{company, day, deal, model, stage};

/// What happens next to a deal: days after the event before (`None`: undated, as long as all before are), what, and a number
/// that says which.
type Happening = (Option<u8>, u8, u8);
/// Stage, owner, amount and expected close in days at creation; customer, product lines and source; what happens.
type Plan = ((u8, u8, Option<i32>, Option<u8>), (u8, u8, u8), Vec<Happening>);

pub(super) fn plans() -> impl Strategy<Value = Vec<Plan>> {
    let created = (0..5_u8, 0..4_u8, option::of(0..1_000_000), option::of(0..120_u8));
    let happening = (option::weighted(0.9, 0..12_u8), 0..11_u8, any::<u8>());
    vec((created, (0..4_u8, 0..4_u8, 0..3_u8), vec(happening, 0..9)), 0..25)
}

pub(super) fn filters() -> impl Strategy<Value = Filter> {
    let one_in = |of: u8| option::weighted(0.25, 1..=of);
    let period = option::weighted(0.5, (0..60_u64, 0..60_u64));
    (one_in(2), one_in(3), one_in(3), one_in(3), one_in(3), one_in(3), period).prop_map(
        |(model, department, person, product, source, territory, period)| Filter {
            model: model.map(|id| u128::from(id).into()),
            departments: department.map(|id| u128::from(id).into()).into_iter().collect(),
            people: person.map(|id| u128::from(id).into()).into_iter().collect(),
            products: product.map(|id| u128::from(id).into()).into_iter().collect(),
            sources: source.map(source_name).into_iter().collect(),
            period: period.map(|(from, days)| Period { from: later(from), to: later(from + days) }),
            territories: territory.map(territory_name).into_iter().collect(),
            ..Filter::default()
        },
    )
}

pub(super) fn later(days: u64) -> Date {
    day(2026, 1, 1) + chrono::Days::new(days)
}

fn source_name(number: u8) -> String {
    ["", "web", "fair", "web"][usize::from(number % 4)].into()
}

/// Customer 1 is in the north, the others and nobody are nowhere.
fn territory_name(number: u8) -> String {
    if number == 1 { "north".into() } else { String::new() }
}

/// Model 1 has the stages 1, 2, 3; model 2 has 4 and 5.
fn models() -> Vec<FunnelModel> {
    let named = |id: u16, percent: u8| Stage {
        promotion_rate: Share::percent(100 - percent),
        expected_days: id * 5,
        ..stage(id.into(), &format!("Stage {id}"), percent)
    };
    let first = [1, 2, 3].map(|id| named(id, u8::try_from(id).unwrap() * 20));
    let second = [5, 4].map(|id| named(id, u8::try_from(id).unwrap() * 15));
    vec![model(1, first.into()), model(2, second.into())]
}

fn model_of(stage: u128) -> u128 {
    if stage < 4 { 1 } else { 2 }
}

fn kind(what: u8, which: u8, on: Option<Date>) -> EventKind {
    let stage = u128::from(which % 5) + 1;
    let soon = option_of(which, || on.unwrap_or(later(0)) + chrono::Days::new(u64::from(which / 4)));
    match what {
        0..=2 => EventKind::Entered { stage: stage.into(), gate: gate(which) },
        3 => EventKind::Transferred { model: model_of(stage).into(), stage: stage.into() },
        4 => EventKind::Won { gate: gate(which) },
        5 => EventKind::Lost { reason: ["price", "time ", ""][usize::from(which % 3)].into(), note: String::new() },
        6 => EventKind::Dormant { wake: soon },
        7 => EventKind::Reopened { stage: stage.into() },
        8 => EventKind::AmountChanged { to: option_of(which, || Money::from_minor(i64::from(which) * 1_000).unwrap()) },
        9 => EventKind::OwnerChanged { to: option_of(which, || u128::from(which % 3 + 1).into()) },
        _ => EventKind::ProbabilityChanged { to: option_of(which, || Share::percent(which % 101)) },
    }
}

fn gate(which: u8) -> Gate {
    match which / 5 % 3 {
        0 => Gate::Met,
        1 => Gate::Unchecked,
        _ => Gate::Overridden { reason: "The board decided".into(), missing: Vec::new() },
    }
}

fn option_of<T>(which: u8, value: impl FnOnce() -> T) -> Option<T> {
    if which.is_multiple_of(4) { None } else { Some(value()) }
}

/// The deal of a plan, without what cannot happen to it.
fn plan(id: u128, ((first, owner, amount, close), (customer, lines, source), happenings): Plan) -> Deal {
    let mut on = None;
    let first = u128::from(first) + 1;
    let created = EventKind::Created {
        model: model_of(first).into(),
        stage: first.into(),
        owner: option_of(owner, || u128::from(owner).into()),
        amount: amount.and_then(|minor| Money::from_minor(minor.into())),
        expected_close: close.map(|days| later(days.into())),
        probability: None,
    };
    let mut deal = deal(id, created, on, vec![]);
    if let Some((days, ..)) = happenings.first() {
        on = days.map(|days| later(days.into()));
        let first = Event { on, ..deal.history()[0].clone() };
        deal = Deal::from_history(deal.id, deal.details, vec![first]).unwrap();
    }
    deal.details.customer = option_of(customer, || u128::from(customer).into());
    deal.details.lines =
        (0..lines).map(|n| ProductLine { product: u128::from(n + 1).into(), units: 2, price: None }).collect();
    deal.details.source = source_name(source);
    for (number, (days, what, which)) in happenings.into_iter().enumerate() {
        on = match (on, days) {
            (None, None) => None,
            (None, Some(days)) => Some(later(days.into())),
            (Some(on), days) => Some(on + chrono::Days::new(days.unwrap_or(0).into())),
        };
        let same_model =
            |stage: StageId| models().iter().any(|m| m.id == deal.standing().model && m.stage(stage).is_some());
        let kind = kind(what, which, on);
        let foreign = match kind {
            EventKind::Entered { stage, .. } | EventKind::Reopened { stage } => !same_model(stage),
            _ => false,
        };
        if !foreign {
            let id = (id * 1_000 + 100 + u128::try_from(number).unwrap()).into();
            // An event that the history refuses did not happen.
            let _refused = deal.record(Event { id, on, at: Timestamp::UNIX_EPOCH, by: None, kind });
        }
    }
    deal
}

/// Departments 1 ⊃ 2 and 3; person n works in department n; customer 1 was found on the web.
pub(super) fn workspace(plans: Vec<Plan>) -> Workspace {
    let department = |id: u128, parent: Option<u128>| Department {
        id: id.into(),
        name: "Sales".into(),
        parent: parent.map(Into::into),
        manager: String::new(),
    };
    let person = |id: u128| Person {
        id: id.into(),
        name: "Seller".into(),
        department: Some(id.into()),
        territory: String::new(),
        capacity: None,
        active: true,
    };
    let product =
        |id: u128| Product { id: id.into(), name: "Suite".into(), series: String::new(), price: None, active: true };
    let customer = |id: u128| Customer {
        source: if id == 1 { "web".into() } else { String::new() },
        territory: territory_name(u8::try_from(id).unwrap()),
        ..Customer::named(id.into(), "Customer")
    };
    company(Batch {
        models: models(),
        departments: vec![department(1, None), department(2, Some(1)), department(3, None)],
        people: [1, 2, 3].map(person).into(),
        products: [1, 2, 3].map(product).into(),
        customers: [1, 2, 3].map(customer).into(),
        deals: (1..).zip(plans).map(|(id, deal)| plan(id, deal)).collect(),
        ..Batch::default()
    })
}

/// A deal as the histories tell it: the standing after each event up to the day, with the event's day.
pub(super) struct Told<'a> {
    pub(super) deal: &'a Deal,
    pub(super) path: Vec<(Option<Date>, Standing)>,
}

impl Told<'_> {
    /// The first day, if it was written down.
    pub(super) fn began(&self) -> Option<Date> {
        self.path[0].0
    }

    pub(super) fn now(&self) -> &Standing {
        &self.path.last().unwrap().1
    }
}

pub(super) fn tell<'a>(workspace: &'a Workspace, as_of: Date, filter: &Filter) -> Vec<Told<'a>> {
    let told = workspace.deals.iter().map(|deal| {
        let count = deal.history().iter().filter(|event| event.on <= Some(as_of)).count();
        let path = (1..=count).map(|n| (deal.history()[n - 1].on, replay(&deal.history()[..n]).unwrap())).collect();
        Told { deal, path }
    });
    let passes = |told: &Told| {
        let Some((_, now)) = told.path.last() else { return false };
        let details = &told.deal.details;
        let territory = workspace.customer_of(told.deal).map_or("", |customer| &customer.territory);
        let customer = workspace.customer_of(told.deal).map_or("", |customer| &customer.source);
        let source = if details.source.is_empty() { customer } else { &details.source };
        let mut departments = BTreeSet::new();
        let mut up = now.owner.and_then(|owner| workspace.people.get(owner)?.department);
        while let Some(id) = up {
            departments.insert(id);
            up = workspace.departments.get(id).and_then(|department| department.parent);
        }
        (filter.departments.is_empty() || !filter.departments.is_disjoint(&departments))
            && (filter.people.is_empty() || now.owner.is_some_and(|owner| filter.people.contains(&owner)))
            && (filter.products.is_empty() || details.lines.iter().any(|line| filter.products.contains(&line.product)))
            && (filter.sources.is_empty() || filter.sources.contains(source))
            && (filter.territories.is_empty() || filter.territories.contains(territory))
    };
    told.filter(passes).collect()
}

pub(super) fn counts(filter: &Filter, on: Option<Date>) -> bool {
    filter.period.is_none_or(|period| on.is_some_and(|on| period.from <= on && on <= period.to))
}

pub(super) fn ids(frame: &Frame, rows: &[Row]) -> Vec<DealId> {
    frame.deals(rows).collect()
}

pub(super) fn check_holding(frame: &Frame, holding: &Holding, expected: &[(&Told, u16)]) {
    assert_eq!(ids(frame, &holding.deals), expected.iter().map(|(told, _)| told.deal.id).collect::<Vec<_>>());
    let customers: BTreeSet<_> = expected.iter().filter_map(|(told, _)| told.deal.details.customer).collect();
    assert_eq!(holding.customers, customers.len());
    let units: u32 = expected.iter().flat_map(|(told, _)| &told.deal.details.lines).map(|line| line.units).sum();
    assert_eq!(holding.units, u64::from(units));
    let amounts = expected.iter().filter_map(|(told, chance)| Some((told.now().amount?.minor(), *chance)));
    assert_eq!(holding.amount, amounts.clone().map(|(amount, _)| i128::from(amount)).sum::<i128>());
    let weighted: i64 = amounts.map(|(amount, chance)| amount * i64::from(chance)).sum();
    assert!((holding.weighted - weighted as f64 / 10_000.0).abs() < 1e-6);
    let unknown = expected.iter().filter(|(told, _)| told.now().amount.is_none()).count();
    assert_eq!(holding.left_out.of(Reason::NoAmount).len(), unknown);
}

/// The chance of an open deal in basis points.
pub(super) fn chance(model: &FunnelModel, told: &Told) -> u16 {
    let now = told.now();
    now.probability.unwrap_or(model.stage(now.stage).unwrap().probability).basis_points()
}

pub(super) fn shown<'a>(workspace: &'a Workspace, filter: &'a Filter) -> Vec<&'a FunnelModel> {
    let models = workspace.models.iter().map(AsRef::as_ref);
    models.filter(|model| filter.model.is_none_or(|wanted| wanted == model.id)).collect()
}

fn check_stock(workspace: &Workspace, as_of: Date, filter: &Filter) {
    let (frame, told) = (Frame::new(workspace), tell(workspace, as_of, filter));
    let stock = stock(&frame.view(as_of, filter));
    let models = shown(workspace, filter);
    assert_eq!(
        stock.iter().map(|stock| stock.model).collect::<Vec<_>>(),
        models.iter().map(|m| m.id).collect::<Vec<_>>()
    );
    for (stock, model) in stock.iter().zip(models) {
        let here = |wanted: &dyn Fn(&Standing) -> bool, share: &dyn Fn(&Told) -> u16| {
            let told = told.iter().filter(|told| told.now().model == model.id && wanted(told.now()));
            told.map(|told| (told, share(told))).collect::<Vec<_>>()
        };
        for (column, stage) in stock.stages.iter().zip(&model.stages) {
            assert_eq!(column.stage, stage.id);
            let open = here(&|now| now.is_open() && now.stage == stage.id, &|told| chance(model, told));
            check_holding(&frame, &column.open, &open);
            let asleep = |now: &Standing| matches!(now.status, Status::Dormant { .. }) && now.stage == stage.id;
            check_holding(&frame, &column.dormant, &here(&asleep, &|_| 0));
        }
        check_holding(&frame, &stock.open, &here(&Standing::is_open, &|told| chance(model, told)));
        let won = |now: &Standing| matches!(now.status, Status::Won { on } if counts(filter, on));
        check_holding(&frame, &stock.won, &here(&won, &|_| 10_000));
        let lost = |now: &Standing| matches!(now.status, Status::Lost { on, .. } if counts(filter, on));
        check_holding(&frame, &stock.lost, &here(&lost, &|_| 0));
    }
}

/// The day of an entry, what became of it, and the day of that.
pub(super) type Way = (Option<Date>, Fate, Option<Date>);

/// A deal's way through a stage, or through the whole model; `None` when it never entered.
pub(super) fn way(told: &Told, model: &FunnelModel, stage: usize, whole: bool, as_of: Date) -> Option<Way> {
    let here = |standing: &Standing| if standing.model == model.id { model.position(standing.stage) } else { None };
    let first = told.path.iter().position(|(_, standing)| here(standing) == Some(stage))?;
    let entered = told.path[first].0;
    let after = &told.path[first..];
    let passed = after.iter().find(|(_, standing)| {
        here(standing).is_some_and(|place| (place > stage && !whole) || matches!(standing.status, Status::Won { .. }))
    });
    if let Some((on, _)) = passed {
        return Some((entered, Fate::Passed, *on));
    }
    let (on, now) = told.path.last()?;
    if now.model != model.id {
        let stay = after.iter().rposition(|(_, standing)| standing.model == model.id)?;
        return Some((entered, Fate::Open, after[stay + 1].0));
    }
    Some(match now.status {
        Status::Lost { on, .. } => (entered, Fate::Lost, on),
        Status::Dormant { wake: Some(wake), .. } if wake < as_of => (entered, Fate::Lost, wake.succ_opt()),
        _ => (entered, Fate::Open, Some(as_of.max(on.unwrap_or(as_of)))),
    })
}

pub(super) fn check_cohort(frame: &Frame, cohort: &Cohort, ways: &[(DealId, Way)], filter: &Filter) {
    let counted: Vec<_> = ways.iter().filter(|(_, (entered, ..))| counts(filter, *entered)).collect();
    for (fate, rows) in [(Fate::Passed, &cohort.passed), (Fate::Lost, &cohort.lost), (Fate::Open, &cohort.open)] {
        let expected: Vec<_> = counted.iter().filter(|(_, way)| way.1 == fate).map(|(id, _)| *id).collect();
        assert_eq!(ids(frame, rows), expected);
    }
    assert_eq!(cohort.entered(), counted.len());
    let missed: usize =
        [Reason::Undated, Reason::OutsidePeriod].map(|reason| cohort.left_out.of(reason).len()).iter().sum();
    assert_eq!(cohort.entered() + missed, ways.len());
    let days: Vec<(i64, bool)> = counted
        .iter()
        .filter_map(|(_, (entered, fate, until))| Some((((*until)? - (*entered)?).num_days(), *fate != Fate::Open)))
        .collect();
    assert_eq!(cohort.without_duration.len() + days.len(), counted.len());
    // Kaplan–Meier straight from its definition: the product over the days of the share that stays.
    let mut share = 1.0;
    for t in 0..200 {
        let at_risk = days.iter().filter(|(d, _)| *d >= t).count() as f64;
        let ended = days.iter().filter(|way| **way == (t, true)).count() as f64;
        share *= if ended > 0.0 { 1.0 - ended / at_risk } else { 1.0 };
        let t = u32::try_from(t).unwrap();
        assert!((cohort.stay().at(t) - share).abs() < 1e-9);
        let chances = cohort.incidence().at(t);
        assert!((chances.open - share).abs() < 1e-9);
        assert!((chances.passed + chances.lost + chances.open - 1.0).abs() < 1e-9);
    }
    for rate in
        [cohort.so_far(), cohort.of_decided(), cohort.lost_so_far(), cohort.lost_of_decided()].into_iter().flatten()
    {
        let interval = rate.interval();
        assert!(
            (0.0..=1.0).contains(&rate.value()) && (0.0..interval.high).contains(&interval.low) && interval.high <= 1.0
        );
    }
}

fn check_conversion(workspace: &Workspace, as_of: Date, filter: &Filter) {
    let (frame, told) = (Frame::new(workspace), tell(workspace, as_of, filter));
    for (conversion, model) in conversion(&frame.view(as_of, filter)).iter().zip(shown(workspace, filter)) {
        assert_eq!(conversion.model, model.id);
        let ways = |stage, whole| {
            told.iter()
                .filter_map(|told| Some((told.deal.id, way(told, model, stage, whole, as_of)?)))
                .collect::<Vec<_>>()
        };
        for (place, (column, stage)) in conversion.stages.iter().zip(&model.stages).enumerate() {
            assert_eq!(column.stage, stage.id);
            check_cohort(&frame, &column.cohort, &ways(place, false), filter);
        }
        check_cohort(&frame, &conversion.overall, &ways(0, true), filter);
        let in_model =
            told.iter().filter(|told| told.path.iter().any(|(_, standing)| standing.model == model.id)).count();
        let midway = conversion.overall.left_out.of(Reason::EnteredMidway).len();
        assert_eq!(midway + ways(0, true).len(), in_model);
    }
}

fn check_forecast_and_cycle(workspace: &Workspace, as_of: Date, filter: &Filter) {
    let (frame, told) = (Frame::new(workspace), tell(workspace, as_of, filter));
    let view = frame.view(as_of, filter);
    let forecast = forecast(&view);
    let models = shown(workspace, filter);
    let bucket = |wanted: &dyn Fn(&Standing) -> bool| {
        let told = told.iter().filter(|told| told.now().is_open() && wanted(told.now()));
        let with_chance = told.filter_map(|told| {
            let model = models.iter().find(|model| model.id == told.now().model)?;
            Some((told, chance(model, told)))
        });
        with_chance.collect::<Vec<_>>()
    };
    check_holding(&frame, &forecast.without_amount, &bucket(&|now| now.amount.is_none()));
    check_holding(&frame, &forecast.without_date, &bucket(&|now| now.amount.is_some() && now.expected_close.is_none()));
    let overdue = |now: &Standing| now.amount.is_some() && now.expected_close.is_some_and(|close| close < as_of);
    check_holding(&frame, &forecast.overdue, &bucket(&overdue));
    for (month, figures) in &forecast.months {
        let due = |now: &Standing| {
            now.amount.is_some() && now.expected_close.is_some_and(|close| close >= as_of && Month::of(close) == *month)
        };
        check_holding(&frame, &figures.open, &bucket(&due));
    }
    let all = bucket(&|_| true).len();
    let months = forecast.months.values().map(|month| &month.open);
    let buckets = [&forecast.overdue, &forecast.without_date, &forecast.without_amount];
    assert_eq!(months.chain(buckets).map(|bucket| bucket.deals.len()).sum::<usize>(), all);
    assert_eq!(forecast.categories.values().map(|bucket| bucket.deals.len()).sum::<usize>(), all);

    for (cycle, model) in sales_cycle(&view).iter().zip(&models) {
        let days = told.iter().filter(|told| told.now().model == model.id).filter_map(|told| match told.now().status {
            Status::Won { on } if counts(filter, on) => Some((on? - told.path[0].0?).num_days()),
            _ => None,
        });
        let mut days: Vec<_> = days.collect();
        days.sort_unstable();
        assert_eq!(cycle.deals.len(), days.len());
        let mean = days.iter().sum::<i64>() as f64 / days.len() as f64;
        assert!(cycle.mean.is_none_or(|ours| (ours - mean).abs() < 1e-9) && cycle.mean.is_none() == days.is_empty());
        let middle = |half: usize| days[half] as f64 / 2.0;
        let median = (!days.is_empty()).then(|| middle((days.len() - 1) / 2) + middle(days.len() / 2));
        assert_eq!(cycle.median, median);
        let won = forecast.months.values().map(|month| month.won.deals.len()).sum::<usize>();
        assert!(filter.model.is_none() || won >= days.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn stock_is_what_the_histories_tell(plans in plans(), as_of in 0..90_u64, filter in filters()) {
        check_stock(&workspace(plans), later(as_of), &filter);
    }

    #[test]
    fn conversion_and_durations_are_what_the_histories_tell(plans in plans(), as_of in 0..90_u64, filter in filters()) {
        check_conversion(&workspace(plans), later(as_of), &filter);
    }

    #[test]
    fn forecast_and_cycle_are_what_the_histories_tell(plans in plans(), as_of in 0..90_u64, filter in filters()) {
        check_forecast_and_cycle(&workspace(plans), later(as_of), &filter);
    }

    /// Deals are numbered in the order of their plans; that order is in no number.
    #[test]
    fn the_order_of_the_deals_does_not_matter(plans in plans(), as_of in 0..90_u64, filter in filters()) {
        let backwards = plans.iter().rev().cloned().collect();
        let [a, b] = [plans, backwards].map(|plans| {
            let frame = Frame::new(&workspace(plans));
            let view = frame.view(later(as_of), &filter);
            let stock: Vec<_> = stock(&view).into_iter().map(|s| (s.open.amount, s.open.weighted.to_bits(), s.won.units)).collect();
            let flow: Vec<_> = conversion(&view)
                .into_iter()
                .flat_map(|c| c.stages)
                .map(|s| (s.cohort.so_far(), s.cohort.lost_of_decided(), s.cohort.stay().steps().to_vec()))
                .collect();
            let months: Vec<_> = forecast(&view).months.into_iter().map(|(m, f)| (m, f.open.weighted.to_bits(), f.won.amount)).collect();
            (stock, format!("{flow:?}"), months)
        });
        prop_assert_eq!(a, b);
    }
}
