//! The figures of a lesson as a small company, so that the product's own metrics read them.

use chrono::Days;

use crate::{
    codec::content::{
        Language,
        lessons::{Funnel, FunnelStage, Way, Weighed},
    },
    metrics::{
        Conversion, Filter, Frame,
        bottleneck::bottleneck,
        conversion,
        replenishment::{Replenishment, StageAssumption, replenishment},
        shape::{Cause, Shape, shape},
        stock,
    },
    model::{
        Change, Currency, Date, Deal, DealDetails, Event, EventKind, FunnelModel, Gate, ModelId, Money, Patch,
        Playbook, Profile, Share, Stage, Timestamp, Workspace,
    },
};

/// Days from the first day of a practice company to the day it is looked at: longer than any deal of a lesson lasts.
const YEARS: Days = Days::new(3_650);
/// The amount of every deal of a funnel, in minor units.
const AMOUNT: i64 = 10_000_000;

/// Σ amount × probability of open deals, in whole units of money, as the product's stock has it.
///
/// ```
/// use loudou::{codec::content::{Text, lessons::Weighed}, training::lesson::practice::weighted};
/// let large = Weighed { name: Text::default(), amount: 2_000_000, percent: 25 };
/// assert_eq!(weighted(&[large]), 500_000.0);
/// ```
pub fn weighted(deals: &[Weighed]) -> f64 {
    let stages = vec![a_stage(0, String::new(), Share::ONE, 1)];
    let deals = deals.iter().zip(0..).filter_map(|(deal, number)| {
        let created = created(Money::from_minor(deal.amount.checked_mul(100)?), Some(Share::percent(deal.percent)));
        a_deal(number, vec![(Date::default(), created)])
    });
    let company = company(a_model(stages), deals.collect());
    let (frame, all) = (Frame::new(&company), Filter::default());
    stock(&frame.view(Date::default(), &all)).first().map_or(0.0, |stock| stock.open.weighted / 100.0)
}

/// The way back from what is wanted: see [`replenishment`]. `target` and `today` only matter for the dates in it; `None` when a rate
/// is 0.
pub fn way_back(way: &Way, target: Date, today: Date) -> Option<Replenishment> {
    let stages = way.steps.iter().zip(0..);
    let stages = stages.map(|(step, number)| a_stage(number, String::new(), Share::percent(step.rate), step.days));
    let model = a_model(stages.collect());
    let assumed = way.steps.iter().map(|step| StageAssumption {
        rate: Share::percent(step.rate).as_f64(),
        days: step.days.into(),
        open: step.there as usize,
    });
    replenishment(&model, &assumed.collect::<Vec<_>>(), way.wanted.into(), target, today)
}

/// A funnel of a lesson as a company whose deals all began in its first stage, each with the same amount: those lost and open in a
/// stage came through all stages before it, each in the days that the model expects.
pub fn of_funnel(language: Language, funnel: &Funnel) -> Workspace {
    let stage = |(stage, number): (&FunnelStage, u128)| {
        a_stage(number, stage.name.in_language(language).to_owned(), Share::percent(stage.rate), stage.days)
    };
    let model = a_model(funnel.stages.iter().zip(0..).map(stage).collect());
    let mut deals = Vec::new();
    for (place, stage) in funnel.stages.iter().enumerate() {
        let lost = EventKind::Lost { reason: String::new(), note: String::new() };
        for end in [(stage.lost, Some(lost)), (stage.open, None)] {
            deals.extend(std::iter::repeat_n((place, end.1), end.0 as usize));
        }
    }
    let last = funnel.stages.len().saturating_sub(1);
    deals.extend(std::iter::repeat_n((last, Some(EventKind::Won { gate: Gate::Met })), funnel.won as usize));
    let deals = deals.into_iter().zip(0..).filter_map(|((place, end), number)| {
        let mut day = Date::default();
        let mut events = vec![(day, created(Money::from_minor(AMOUNT), None))];
        for (position, stage) in model.stages.iter().enumerate().take(place + 1) {
            if position > 0 {
                events.push((day, EventKind::Entered { stage: stage.id, gate: Gate::Met }));
            }
            day = day.checked_add_days(Days::new(stage.expected_days.into()))?;
        }
        events.extend(end.map(|end| (day, end)));
        a_deal(number, events)
    });
    let deals = deals.collect();
    company(model, deals)
}

/// What the product reads in a funnel of a lesson; `None` for one without stages.
#[derive(Clone, Debug, PartialEq)]
pub struct Readings {
    /// How many went on from each stage.
    pub conversion: Conversion,
    /// The four readings of its shape.
    pub shape: Shape,
    /// The place of the stage that costs most, where one can be named.
    pub bottleneck: Option<usize>,
    /// The place of the stage that holds most deals too many, where there are enough to tell.
    pub fullest: Option<usize>,
}

impl Readings {
    /// Reads a funnel.
    pub fn of(funnel: &Funnel) -> Option<Self> {
        let company = of_funnel(Language::English, funnel);
        let model = company.models.iter().next()?;
        let (frame, all) = (Frame::new(&company), Filter::default());
        let view = frame.view(Date::default().checked_add_days(YEARS)?, &all);
        let conversion = conversion(&view).into_iter().next()?;
        let shape = shape(&view, model, None, None)?;
        let named = bottleneck(model, &conversion, None).stage;
        let fullest = match shape.evenness.reading.cause {
            Cause::TooFull(stage, _) => Some(stage),
            _ => None,
        };
        let place = |stage| model.position(stage);
        Some(Self { conversion, shape, bottleneck: named.and_then(place), fullest: fullest.and_then(place) })
    }
}

/// How many deals of a funnel entered each stage, then how many were won.
///
/// ```
/// use loudou::{codec::content::lessons::{Picture, lesson}, training::lesson::practice::reached};
/// let screens = &lesson("job-fair").unwrap().screens;
/// let funnel = screens.iter().find_map(|screen| match &screen.picture {
///     Some(Picture::Funnel(funnel)) => Some(funnel),
///     _ => None,
/// });
/// assert_eq!(reached(funnel.unwrap()), [1000, 200, 100, 50, 10]);
/// ```
pub fn reached(funnel: &Funnel) -> Vec<u32> {
    let mut here = funnel.won;
    let mut reached = vec![here];
    for stage in funnel.stages.iter().rev() {
        here += stage.lost + stage.open;
        reached.push(here);
    }
    reached.reverse();
    reached
}

fn company(model: FunnelModel, deals: Vec<Deal>) -> Workspace {
    let model = Patch { id: model.id, before: None, after: Some(model.into()) };
    let deals = deals.into_iter().map(|deal| Patch { id: deal.id, before: None, after: Some(deal.into()) });
    let change = Change { models: vec![model], deals: deals.collect(), ..Change::default() };
    Workspace::new(1.into(), Profile::named(String::new(), Currency::CNY)).with(&change)
}

/// The model of every practice company.
fn a_model(stages: Vec<Stage>) -> FunnelModel {
    FunnelModel {
        id: ModelId::from(1),
        name: String::new(),
        description: String::new(),
        stages,
        after_sale: None,
        segments: Vec::new(),
        revisions: Vec::new(),
        retired: Vec::new(),
    }
}

/// The first stage has the number 0.
fn a_stage(number: u128, name: String, rate: Share, days: u16) -> Stage {
    Stage {
        id: (number + 1).into(),
        name,
        zone: None,
        probability: rate,
        promotion_rate: rate,
        expected_days: days,
        weight: None,
        criteria: Vec::new(),
        tasks: Vec::new(),
        required_fields: Vec::new(),
        playbook: Playbook::default(),
    }
}

fn created(amount: Option<Money>, probability: Option<Share>) -> EventKind {
    EventKind::Created {
        model: ModelId::from(1),
        stage: 1.into(),
        owner: None,
        amount,
        expected_close: None,
        probability,
    }
}

/// `None` for a history that cannot be.
fn a_deal(number: u128, events: Vec<(Date, EventKind)>) -> Option<Deal> {
    let events = events.into_iter().zip(1..).map(|((on, kind), place)| Event {
        id: (number * 100 + place).into(),
        on: Some(on),
        at: Timestamp::UNIX_EPOCH,
        by: None,
        kind,
    });
    Deal::from_history((number + 1).into(), DealDetails::default(), events.collect()).ok()
}
