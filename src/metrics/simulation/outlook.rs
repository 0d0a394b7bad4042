//! What a basis says of each open deal: how likely it is won, and when.

use super::{Basis, Chance, Class, Prospects};
use crate::{
    metrics::{
        Conversion, Month, Row, View,
        calibration::WEIGHT,
        conversion,
        frame::StageColumn,
        survival::count,
        view::{State, Status},
    },
    model::{Date, FunnelModel},
};

/// An open deal with what is said of it.
#[derive(Clone, Debug)]
pub(in crate::metrics) struct Prospect {
    pub(in crate::metrics) row: Row,
    chance: Chance,
    /// For each month of the horizon, the share of the wins that have come by its end.
    by: Vec<f64>,
    /// Its amount in minor units.
    amount: Option<f64>,
}

/// All open deals of a view whose stage is known.
#[derive(Clone, Debug)]
pub(in crate::metrics) struct Outlook {
    pub(in crate::metrics) deals: Vec<Prospect>,
    rates: Vec<(f64, f64)>,
    /// The mean of each rate.
    means: Vec<f64>,
    months: Vec<(i32, u32)>,
}

impl Outlook {
    pub(in crate::metrics) fn new(view: &View, models: &[&FunnelModel], basis: Basis, months: u32) -> Self {
        let ends = month_ends(view.as_of(), months);
        let conversions = if basis == Basis::Observed { conversion(view) } else { Vec::new() };
        let mut paths = Paths::new(models, &conversions, &ends, view.as_of());
        let mut deals = Vec::new();
        for state in view.states.iter().filter(|state| state.status == Status::Open) {
            let Some(stage) = state.stage.filter(|stage| view.shows(stage.model)) else { continue };
            let Some((chance, by)) = paths.of(view, state, stage, basis) else { continue };
            #[expect(clippy::cast_precision_loss, reason = "amounts are bounded by 2⁵¹")]
            let amount = state.amount.map(|amount| amount.minor() as f64);
            deals.push(Prospect { row: state.row, chance, by, amount });
        }
        let months = ends.iter().map(|(month, _)| (month.year, month.month)).collect();
        let means = paths.rates.iter().map(|(passed, lost)| passed / (passed + lost)).collect();
        Self { deals, rates: paths.rates, means, months }
    }

    /// The chance of a deal as one number: with rates that are only known so well, the product of their means.
    pub(in crate::metrics) fn chance(&self, deal: &Prospect) -> f64 {
        deal.chance.value(&self.means)
    }

    /// The deals with an amount, those alike together.
    pub(in crate::metrics) fn prospects(&self) -> Prospects {
        let mut classes: Vec<Class> = Vec::new();
        let mut without_amount = 0;
        let mut largest: Option<(f64, usize, usize)> = None;
        for Prospect { chance, by, amount, .. } in &self.deals {
            let Some(amount) = *amount else {
                without_amount += 1;
                continue;
            };
            let place = classes.iter().position(|class| class.chance == *chance && class.by == *by);
            let place = place.unwrap_or_else(|| {
                classes.push(Class { chance: chance.clone(), by: by.clone(), amounts: Vec::new() });
                classes.len() - 1
            });
            let Some(class) = classes.get_mut(place) else { continue };
            if largest.is_none_or(|(most, ..)| amount > most) {
                largest = Some((amount, place, class.amounts.len()));
            }
            class.amounts.push(amount);
        }
        Prospects {
            months: self.months.clone(),
            classes,
            rates: self.rates.clone(),
            largest: largest.map(|(_, class, place)| (class, place)),
            without_amount,
        }
    }
}

/// The months of the horizon with the last day of each.
pub(super) fn month_ends(as_of: Date, months: u32) -> Vec<(Month, Date)> {
    let mut month = Month::of(as_of);
    let mut ends = Vec::new();
    for _ in 0..months {
        let next = month.next();
        let Some(end) = next.first_day().and_then(|day| day.pred_opt()) else { break };
        ends.push((month, end));
        month = next;
    }
    ends
}

/// The chances and times of the stages, each made once.
struct Paths<'a> {
    models: &'a [&'a FunnelModel],
    conversions: &'a [Conversion],
    horizon: &'a [(Month, Date)],
    as_of: Date,
    rates: Vec<(f64, f64)>,
    /// Which stage each rate is of: two stages with the same figures are still two unknowns.
    rated: Vec<(usize, usize)>,
    /// For each stage of the frame that was asked for: the chance by the basis, and the times.
    made: Vec<(usize, usize, Chance, Vec<f64>)>,
}

impl<'a> Paths<'a> {
    fn new(
        models: &'a [&'a FunnelModel],
        conversions: &'a [Conversion],
        horizon: &'a [(Month, Date)],
        as_of: Date,
    ) -> Self {
        Self { models, conversions, horizon, as_of, rates: Vec::new(), rated: Vec::new(), made: Vec::new() }
    }

    fn of(&mut self, view: &View, deal: &State, stage: &StageColumn, basis: Basis) -> Option<(Chance, Vec<f64>)> {
        let (mut chance, mut by) = self.of_stage(view, stage, basis)?;
        if let Some(own) = deal.probability.filter(|_| basis == Basis::Own) {
            chance = Chance::Known(own.as_f64());
        }
        if basis == Basis::Own
            && let Some(close) = deal.close.filter(|close| *close >= self.as_of)
        {
            by = self.horizon.iter().map(|(_, end)| if close <= *end { 1.0 } else { 0.0 }).collect();
        }
        Some((chance, by))
    }

    fn of_stage(&mut self, view: &View, stage: &StageColumn, basis: Basis) -> Option<(Chance, Vec<f64>)> {
        let known = self.made.iter().find(|(model, place, ..)| (*model, *place) == (stage.model, stage.position));
        if let Some((_, _, chance, by)) = known {
            return Some((chance.clone(), by.clone()));
        }
        let id = view.frame.models.get(stage.model)?.id;
        let model = self.models.iter().find(|model| model.id == id)?;
        let seen = self.conversions.iter().find(|conversion| conversion.model == id);
        let ahead = model.stages.iter().enumerate().skip(stage.position);
        let mut days = Vec::new();
        let mut product = Vec::new();
        for (place, stage) in ahead {
            let cohort = seen.and_then(|seen| seen.stages.get(place)).map(|seen| &seen.cohort).filter(|c| !c.too_few());
            let median = cohort.and_then(|cohort| cohort.stay().median());
            days.push(median.map_or_else(
                || f64::from(stage.expected_days),
                |days| f64::from(days.max(1)) / std::f64::consts::LN_2,
            ));
            let beta = cohort.map_or_else(
                || {
                    // An assumption that no deal speaks against counts for as much as in calibration.
                    let assumed = stage.promotion_rate.as_f64().clamp(0.01, 0.99);
                    (WEIGHT * assumed, WEIGHT * (1.0 - assumed))
                },
                |cohort| (count(cohort.passed.len()) + 0.5, count(cohort.lost.len()) + 0.5),
            );
            product.push((place, beta));
        }
        let chance = if basis == Basis::Observed {
            let places = product.into_iter().map(|(place, beta)| {
                let known = self.rated.iter().position(|rated| *rated == (stage.model, place));
                known.unwrap_or_else(|| {
                    self.rated.push((stage.model, place));
                    self.rates.push(beta);
                    self.rates.len() - 1
                })
            });
            Chance::Product(places.collect())
        } else {
            Chance::Known(stage.probability.as_f64())
        };
        let by = self.times(&days);
        self.made.push((stage.model, stage.position, chance.clone(), by.clone()));
        Some((chance, by))
    }

    /// The share of the wins that have come by the end of each month, when stays of these mean days follow one another.
    fn times(&self, means: &[f64]) -> Vec<f64> {
        let Some((_, last)) = self.horizon.last() else { return Vec::new() };
        let days = usize::try_from((*last - self.as_of).num_days()).unwrap_or_default() + 1;
        // The share that is through by the end of each day, day by day, stage after stage.
        let mut through = vec![1.0; days];
        for mean in means {
            let stays = (-1.0 / mean.max(0.5)).exp();
            let (mut waiting, mut before, mut done) = (0.0, 0.0, 0.0);
            for share in &mut through {
                let arrived = *share - before;
                before = *share;
                // Whoever arrives today waits half a day on average; the others go with the same chance every day.
                let gone = waiting * (1.0 - stays) + arrived * (1.0 - stays.sqrt());
                waiting += arrived - gone;
                done += gone;
                *share = done;
            }
        }
        let by = |(_, end): &(Month, Date)| {
            let days = (*end - self.as_of).num_days();
            usize::try_from(days).ok().and_then(|day| through.get(day)).copied().unwrap_or_default()
        };
        self.horizon.iter().map(by).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_fill_up_and_never_fall() {
        let horizon = month_ends(Date::default(), 24);
        let paths = Paths::new(&[], &[], &horizon, Date::default());
        let by = paths.times(&[14.0, 30.0, 20.0]);
        assert!(by.is_sorted() && by[0] < 0.2 && by[23] > 0.99, "{by:?}");
        // One stage alone is an exponential stay.
        let one = paths.times(&[30.0]);
        let days = f64::from(u32::try_from((horizon[0].1 - Date::default()).num_days()).unwrap());
        assert!((one[0] - (1.0 - (-(days + 0.5) / 30.0).exp())).abs() < 0.01, "{one:?}");
    }
}
