//! The metrics that an examination reads, and from when on each figure is out of order.

use std::collections::BTreeMap;

use chrono::{Days, Months};

use super::Sign;
use crate::{
    metrics::{
        Clock, Conversion, Dimension, Filter, Frame, GateSkips, Period, Rate, View, Yardsticks,
        backtest::{Leaning, Lookback, Optimism, Past, Reliability, month_ends, optimism, reliability},
        bottleneck::bottleneck,
        breakdown,
        breakdown::{Line, Value},
        conversion, gate_skips, sales_cycle,
        shape::{Slope, shape},
        simulation::Basis,
        stall::Health,
        stock,
    },
    model::{Date, DealId, FunnelModel, PersonId, Stage, Stalling, Status, Workspace, Zone},
    training::{
        demo::strain::DISCOVERY,
        illness::{Figure, Page, Place},
    },
};

/// Days of the stretch in which new deals are counted: 13 weeks.
const QUARTER: u64 = 91;
/// Month-ends on which the forecast is looked back at: as many as the page looks at.
const MONTH_ENDS: usize = 24;

/// Out of order: fewer than this share of those before.
const FEW: f64 = 0.5;
/// Out of order: a stay this many times as long as the model expects. Where much is lost it is nearly twice as long, for a no takes
/// longer than a yes.
const LONG: f64 = 2.1;
/// Out of order: a sales cycle this many times as long as the model expects.
const SLOW: f64 = 1.4;
/// The least evenness that is healthy.
const EVEN: f64 = 0.8;
/// Out of order: surely more than this share of the deals of a zone has a clock that is ill. Deals that stand still are many in any
/// funnel, and of a few deals chance alone makes half of them look old.
const MANY: f64 = 1.0 / 3.0;
/// Out of order: one seller has this share.
const LARGE: f64 = 0.5;
/// Out of order: less than this share of what came was said, of the chance and of the amount.
const LESS: (f64, f64) = (0.8, 0.95);

/// What is read of a company.
pub(super) struct Readings<'a> {
    workspace: &'a Workspace,
    model: &'a FunnelModel,
    today: Date,
    frame: Frame,
}

/// A figure, against what, the name it is about, and whether it is out of order.
type Read = (f64, f64, String, bool);

impl<'a> Readings<'a> {
    /// Of a company with a model.
    pub(super) fn of(workspace: &'a Workspace, today: Date) -> Option<Self> {
        let model = workspace.models.iter().next()?;
        Some(Self { workspace, model, today, frame: Frame::new(workspace) })
    }

    /// Every figure that is defined, in the order of [`Figure::ALL`].
    pub(super) fn signs(&self) -> Vec<Sign> {
        let mut read: Vec<(Figure, Option<Read>)> = Vec::new();
        read.push((Figure::NewDeals, self.new_deals()));
        read.push((Figure::UpperStock, self.upper_stock()));
        read.extend(self.of_the_year());
        read.extend(self.of_clocks());
        read.extend(self.of_sellers());
        read.extend(self.of_claims());
        let sign = |figure: Figure| {
            let (value, against, name, ill) = read.iter().find(|(known, _)| *known == figure)?.1.clone()?;
            Some(Sign { figure, value, against, name, ill, place: place(figure) })
        };
        Figure::ALL.into_iter().filter_map(sign).collect()
    }

    fn new_deals(&self) -> Option<Read> {
        let end = self.today.checked_sub_days(Days::new(QUARTER))?;
        let came = |to: Date| {
            let from = to.checked_sub_days(Days::new(QUARTER - 1))?;
            let filter = Filter { period: Some(Period { from, to }), ..Filter::default() };
            let figures = conversion(&self.frame.view(self.today, &filter)).into_iter().next()?;
            Some(number(figures.stages.first()?.cohort.entered()))
        };
        let (new, before) = (came(self.today)?, came(end)?);
        (before > 0.0).then_some((new, before, String::new(), new < FEW * before))
    }

    /// The twelve months up to a day.
    fn year(day: Date) -> Option<Filter> {
        let from = day.checked_sub_months(Months::new(12))?.checked_add_days(Days::new(1))?;
        Some(Filter { period: Some(Period { from, to: day }), ..Filter::default() })
    }

    fn of_the_year(&self) -> Vec<(Figure, Option<Read>)> {
        let Some(filter) = Self::year(self.today) else { return Vec::new() };
        let view = self.frame.view(self.today, &filter);
        let figures = conversion(&view).into_iter().next();
        let figures = figures.as_ref();
        let shape = shape(&view, self.model, None, None);
        let before = self.today.checked_sub_months(Months::new(12));
        let before = before.and_then(|day| Some((day, Self::year(day)?)));
        let before = before.as_ref().map(|(day, filter)| self.frame.view(*day, filter));
        vec![
            (Figure::MiddleStay, figures.and_then(|figures| self.middle_stay(figures))),
            (Figure::DiscoveryRate, figures.and_then(|figures| self.discovery_rate(figures))),
            (Figure::DiscoveryGain, figures.and_then(|figures| self.discovery_gain(figures))),
            (Figure::Slope, shape.as_ref().and_then(|shape| slope(&shape.slope))),
            (
                Figure::Evenness,
                shape.as_ref().and_then(|shape| Some((shape.evenness.value?, EVEN, String::new(), false))),
            ),
            (Figure::Cycle, self.cycle(&view)),
            (
                Figure::GateSkips,
                compared(&view, before.as_ref(), |view| {
                    Some(GateSkips::together(gate_skips(self.workspace, view).values()).rate()?.value())
                }),
            ),
        ]
    }

    fn upper_stock(&self) -> Option<Read> {
        let all = Filter::default();
        let stood = |day: Date| {
            let stock = stock(&self.frame.view(day, &all)).into_iter().next()?;
            let upper = self.model.stages.iter().zip(&stock.stages).filter(|(stage, _)| stage.zone() == Zone::Upper);
            Some(number(upper.map(|(_, stock)| stock.open.deals.len()).sum()))
        };
        let (stands, before) = (stood(self.today)?, stood(self.today.checked_sub_days(Days::new(2 * QUARTER))?)?);
        (before > 0.0).then_some((stands, before, String::new(), stands < FEW * before))
    }

    fn middle_stay(&self, figures: &Conversion) -> Option<Read> {
        let stays = self.model.stages.iter().zip(&figures.stages).filter_map(|(stage, figures)| {
            let median = figures.cohort.stay().median().filter(|_| stage.zone() == Zone::Middle)?;
            Some((f64::from(median), f64::from(stage.expected_days), stage))
        });
        let (days, expected, stage) = stays.min_by(|a, b| (a.0 / a.1).total_cmp(&(b.0 / b.1)))?;
        Some((days, expected, stage.name.clone(), days > LONG * expected))
    }

    fn cycle(&self, view: &View) -> Option<Read> {
        let median = sales_cycle(view).into_iter().next()?.median?;
        let expected = self.model.stages.iter().map(|stage| f64::from(stage.expected_days)).sum::<f64>();
        Some((median, expected, String::new(), median > SLOW * expected))
    }

    fn discovery(&self) -> Option<&Stage> {
        self.model.stages.get(DISCOVERY)
    }

    fn discovery_rate(&self, figures: &Conversion) -> Option<Read> {
        let stage = self.discovery()?;
        let rate = figures.stages.get(DISCOVERY)?.cohort.of_decided()?;
        let assumed = stage.promotion_rate.as_f64();
        let leaks = rate.interval().high < assumed;
        Some((rate.value(), assumed, stage.name.clone(), leaks))
    }

    fn discovery_gain(&self, figures: &Conversion) -> Option<Read> {
        let stage = self.discovery()?;
        let found = bottleneck(self.model, figures, None);
        let here = found.gains.iter().find(|gain| gain.stage == stage.id)?.wins;
        let elsewhere = found.gains.iter().filter(|gain| gain.stage != stage.id).map(|gain| gain.wins);
        Some((here, elsewhere.fold(0.0, f64::max), stage.name.clone(), found.stage == Some(stage.id)))
    }

    /// Shares of the open deals of a zone of which a clock is ill, against that of the zone that is best off. Each illness makes other
    /// zones look old too, a stuck middle the one below it, a thin top the one at the top, but hardly all of them.
    fn of_clocks(&self) -> Vec<(Figure, Option<Read>)> {
        let yardsticks = Yardsticks::new(self.workspace, self.today, Stalling::Model);
        let open = self.workspace.deals.iter().filter_map(|deal| {
            let zone = self.model.stage(deal.standing().stage)?.zone();
            Some((zone, yardsticks.read(deal)?))
        });
        let open: Vec<_> = open.collect();
        let share = |clock: Clock, counted: Zone| {
            let of = open.iter().filter(|(zone, _)| *zone == counted);
            let ill = of.clone().filter(|(_, clocks)| clocks.health(clock) == Some(Health::Ill)).count();
            Rate::new(ill, of.count())
        };
        let in_zone = |zone: Zone, clock: Clock| {
            let here = share(clock, zone)?;
            let others = [Zone::Upper, Zone::Middle, Zone::Lower].into_iter().filter(|other| *other != zone);
            let elsewhere = others.filter_map(|other| share(clock, other)).map(|rate| rate.value());
            let elsewhere = elsewhere.min_by(f64::total_cmp)?;
            let ill = here.interval().low > MANY && here.value() > elsewhere;
            Some((here.value(), elsewhere, String::new(), ill))
        };
        vec![
            (Figure::MiddleStalled, in_zone(Zone::Middle, Clock::Age)),
            (Figure::LowerOverdue, in_zone(Zone::Lower, Clock::Overdue)),
            (Figure::LowerStalled, in_zone(Zone::Lower, Clock::Age)),
        ]
    }

    fn of_sellers(&self) -> Vec<(Figure, Option<Read>)> {
        let Some(filter) = Self::year(self.today) else { return Vec::new() };
        let view = self.frame.view(self.today, &filter);
        let by_person = breakdown(&view, Dimension::Person).into_iter().next();
        let lines = by_person.map(|by_person| by_person.lines).unwrap_or_default();
        let sellers = self.workspace.people.iter().filter(|person| person.active).count();
        let largest = |of: &dyn Fn(&Line) -> f64| {
            let all: f64 = lines.values().map(of).sum();
            let person = |value: &Value| match value {
                Value::Person(person) => *person,
                _ => None,
            };
            let shares = lines.iter().filter_map(|(value, line)| Some((of(line) / all, person(value)?)));
            let (share, person): (f64, PersonId) = shares.max_by(|a, b| a.0.total_cmp(&b.0))?;
            let name = self.workspace.people.get(person)?.name.clone();
            let equal = 1.0 / number(sellers.max(1));
            (all > 0.0).then_some((share, equal, name, share >= LARGE))
        };
        #[expect(clippy::cast_precision_loss, reason = "a share of money is shown, not added to")]
        let won = |line: &Line| line.won.amount as f64;
        vec![(Figure::TopWon, largest(&won)), (Figure::TopOpen, largest(&|line| line.open.weighted))]
    }

    /// What sellers said of their deals at past month-ends, against what came.
    fn of_claims(&self) -> Vec<(Figure, Option<Read>)> {
        let mut lookback = Lookback::new(self.workspace.clone());
        let past = |day| lookback.past(day, &Filter::default(), Basis::Own, 1);
        let pasts: Vec<_> = month_ends(self.today, MONTH_ENDS).into_iter().map(past).collect();
        let record = reliability(&self.frame, self.today, &pasts);
        let sellers = optimism(&self.frame, self.today, &pasts);
        vec![
            (Figure::SaidChance, self.said_chance(&record)),
            (Figure::SaidAmount, self.said_amount(&pasts)),
            (Figure::Slip, slip(&sellers)),
        ]
    }

    /// The chances of the deals that stood in the last stage: what happens to deals above, in a leak or a jam, does not touch them.
    fn said_chance(&self, record: &Reliability) -> Option<Read> {
        let last = self.model.stages.iter().next_back()?;
        let group = &record.stages.iter().find(|known| known.stage == last.id)?.group;
        let less = group.leaning() == Leaning::Low && group.said < LESS.0 * group.won.value();
        Some((group.said, group.won.value(), last.name.clone(), less))
    }

    /// What was first said of the deals that are won by now, as a share of what they brought; deals without an amount are left out.
    #[expect(clippy::cast_precision_loss, reason = "a share of money is shown, not added to")]
    fn said_amount(&self, pasts: &[Past]) -> Option<Read> {
        let mut first: BTreeMap<DealId, i64> = BTreeMap::new();
        for claim in pasts.iter().flat_map(|past| &past.claims) {
            if let (Some(deal), Some(said)) = (self.frame.deal(claim.row), claim.amount) {
                first.entry(deal).or_insert(said.minor());
            }
        }
        let won = first.iter().filter_map(|(deal, said)| {
            let standing = self.workspace.deals.get(*deal)?.standing();
            matches!(standing.status, Status::Won { .. }).then_some((*said, standing.amount?.minor()))
        });
        let (said, brought) = won.fold((0, 0), |sums, deal| (sums.0 + deal.0, sums.1 + deal.1));
        let share = (brought > 0).then(|| said as f64 / brought as f64)?;
        Some((share, 1.0, String::new(), share < LESS.1))
    }
}

fn slope(slope: &Slope) -> Option<Read> {
    let (observed, interval) = (slope.observed?, slope.interval?);
    Some((observed, slope.assumed, String::new(), interval.high < slope.assumed))
}

#[expect(clippy::cast_precision_loss, reason = "days are shown, not added to")]
fn slip(sellers: &[Optimism]) -> Option<Read> {
    let mut slips: Vec<i64> = sellers.iter().filter_map(|seller| seller.slip).collect();
    slips.sort_unstable();
    let middle = *slips.get(slips.len() / 2)? as f64;
    Some((middle, 0.0, String::new(), middle < 0.0))
}

/// A figure of the year beside that of the year before; it is never out of order by itself.
fn compared(view: &View, before: Option<&View>, read: impl Fn(&View) -> Option<f64>) -> Option<Read> {
    Some((read(view)?, read(before?)?, String::new(), false))
}

/// Where the page is that shows the figure.
fn place(figure: Figure) -> Place {
    match figure {
        Figure::NewDeals | Figure::UpperStock => Place::of(Page::Analysis, &[("tab", "movement")]),
        Figure::Slope | Figure::Evenness | Figure::DiscoveryGain | Figure::GateSkips => Place::of(Page::Funnel, &[]),
        Figure::MiddleStay | Figure::Cycle => Place::of(Page::Analysis, &[("tab", "time")]),
        Figure::MiddleStalled | Figure::LowerStalled => Place::of(Page::Deals, &[("mark", "stalled")]),
        Figure::DiscoveryRate => Place::of(Page::Analysis, &[]),
        Figure::LowerOverdue => Place::of(Page::Deals, &[("mark", "slipped")]),
        Figure::TopWon => Place::of(Page::Analysis, &[("tab", "breakdown")]),
        Figure::TopOpen => Place::of(Page::Team, &[]),
        Figure::SaidAmount => Place::of(Page::Analysis, &[("tab", "change")]),
        Figure::SaidChance | Figure::Slip => Place::of(Page::Forecast, &[("tab", "record"), ("basis", "own")]),
    }
}

/// A count as a number.
#[expect(clippy::cast_precision_loss, reason = "counts of deals are far below the limit")]
fn number(count: usize) -> f64 {
    count as f64
}
