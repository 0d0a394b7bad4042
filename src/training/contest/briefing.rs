//! What a player is told of the company of a round: all of it by the product's own metrics, on the day of the forecast.

use chrono::{Months, TimeDelta};

use super::{MONTHS, Play};
use crate::{
    metrics::{Conversion, Filter, Frame, Row, conversion, forecast::Month, quota::attainment, stock},
    model::{Currency, Date, FunnelModel, Workspace},
};

/// How many open deals are named.
const NAMED: usize = 12;
/// How many quarters before are shown.
const BEFORE: u32 = 4;

/// The open deals of a stage.
#[derive(Clone, Debug, PartialEq)]
pub struct StageSight {
    /// The name of the stage.
    pub name: String,
    /// How many deals stand there.
    pub deals: usize,
    /// What they may bring, in minor units.
    pub amount: f64,
    /// The share of decided deals that went from here to a win: the product of the rates [of decided](Conversion) from here on; `None` where
    /// none is decided.
    pub chance: Option<f64>,
    /// Days from the beginning of this stage to a win: the sum of the median stays, and of the expected ones where none is known.
    pub days: u32,
}

/// A model with its stages.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelSight {
    /// Its name.
    pub name: String,
    /// Its stages, first to last.
    pub stages: Vec<StageSight>,
}

/// An open deal.
#[derive(Clone, Debug, PartialEq)]
pub struct DealSight {
    /// The customer; empty when nobody knows.
    pub customer: String,
    /// The stage it stands in.
    pub stage: String,
    /// What it may bring, in minor units.
    pub amount: f64,
    /// When it is expected to close.
    pub close: Option<Date>,
}

/// A quarter before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Before {
    /// Its first day.
    pub from: Date,
    /// What was won as many weeks before its end, in minor units.
    pub then: f64,
    /// What was won in all of it, in minor units.
    pub in_all: f64,
}

/// All of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Briefing {
    /// The currency of all amounts.
    pub currency: Currency,
    /// The quota of the quarter, in minor units.
    pub asked: f64,
    /// What was won of it so far, in minor units.
    pub won: f64,
    /// What is expected to close in the quarter by the sellers' dates, weighted, in minor units.
    pub closing: f64,
    /// The open deals by stage.
    pub models: Vec<ModelSight>,
    /// The largest open deals, the largest first.
    pub largest: Vec<DealSight>,
    /// The quarters before, the latest first.
    pub before: Vec<Before>,
}

impl Briefing {
    /// What is told of a round.
    ///
    /// ```
    /// use loudou::{codec::content::Language, training::contest::{Briefing, Round}};
    /// let play = Round::of(1).play(Language::English).unwrap();
    /// let briefing = Briefing::of(&play);
    /// assert_eq!((briefing.asked, briefing.won), (play.quota(), play.won()));
    /// assert_eq!((briefing.models.len(), briefing.largest.len(), briefing.before.len()), (2, 12, 4));
    /// assert!(briefing.before.iter().all(|before| before.then <= before.in_all));
    /// ```
    pub fn of(play: &Play) -> Self {
        let (company, as_of) = (&play.company, play.round.as_of);
        let (frame, all) = (Frame::new(company), Filter::default());
        let view = frame.view(as_of, &all);
        let (stocks, rates) = (stock(&view), conversion(&view));
        let (mut models, mut open) = (Vec::new(), Vec::new());
        for (stock, rates) in stocks.iter().zip(&rates) {
            let Some(model) = company.models.get(stock.model) else { continue };
            let stages = stock.stages.iter().enumerate().map(|(place, held)| StageSight {
                name: name_of(model, place),
                deals: held.open.deals.len(),
                amount: minor(held.open.amount),
                chance: chance(rates, place),
                days: days(rates, place),
            });
            models.push(ModelSight { name: model.name.clone(), stages: stages.collect() });
            open.extend(stock.open.deals.iter().copied());
        }
        Self {
            currency: company.profile.currency,
            asked: play.quota(),
            won: play.won(),
            closing: play.standing.closing.weighted,
            models,
            largest: largest(company, &frame, &open),
            before: (1..=BEFORE).filter_map(|back| before(play, &frame, back)).collect(),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "amounts that are shown, not added to")]
fn minor(amount: i128) -> f64 {
    amount as f64
}

fn name_of(model: &FunnelModel, place: usize) -> String {
    model.stages.get(place).map(|stage| stage.name.clone()).unwrap_or_default()
}

fn chance(rates: &Conversion, from: usize) -> Option<f64> {
    let ahead = rates.stages.iter().skip(from);
    ahead.map(|stage| stage.cohort.of_decided().map(|rate| rate.value())).product()
}

fn days(rates: &Conversion, from: usize) -> u32 {
    let ahead = rates.stages.iter().skip(from);
    ahead.map(|stage| stage.cohort.stay().median().unwrap_or_else(|| u32::from(stage.expected_days))).sum()
}

/// The largest of the deals in these rows, which are open on the last day of the company.
fn largest(company: &Workspace, frame: &Frame, open: &[Row]) -> Vec<DealSight> {
    let sight = |row: &Row| {
        let deal = company.deals.get(frame.deal(*row)?)?;
        let standing = deal.standing();
        Some(DealSight {
            customer: company.customer_of(deal).map(|customer| customer.short_name.clone()).unwrap_or_default(),
            stage: company.stage_of(deal).map(|(_, stage)| stage.name.clone()).unwrap_or_default(),
            amount: minor(i128::from(standing.amount?.minor())),
            close: standing.expected_close,
        })
    };
    let mut deals: Vec<_> = open.iter().filter_map(sight).collect();
    deals.sort_by(|a, b| b.amount.total_cmp(&a.amount));
    deals.truncate(NAMED);
    deals
}

/// A quarter so many before the one that is forecast.
fn before(play: &Play, frame: &Frame, back: u32) -> Option<Before> {
    let quarter = play.round.quarter;
    let from = quarter.from.checked_sub_months(Months::new(MONTHS * back))?;
    let end = from.checked_add_months(Months::new(MONTHS))?.pred_opt()?;
    let then = end - TimeDelta::weeks(i64::from(play.round.weeks));
    let won = |day| {
        let won = attainment(&play.company, frame, day, &Filter::default(), Month::of(from), MONTHS)?.won;
        Some(minor(won.amount))
    };
    Some(Before { from, then: won(then)?, in_all: won(end)? })
}
