//! What is told about a model from its deals (bottleneck, calibration, replenishment) equals a plain reading of the histories.

use std::f64::consts::FRAC_PI_2;

use loudou::{
    metrics::{
        Filter, Frame,
        bottleneck::bottleneck,
        calibration::{ShareCheck, calibration},
        cohort::Fate,
        conversion,
        replenishment::{StageAssumption, replenishment},
    },
    model::{Date, FunnelModel, Status, Workspace},
};
use proptest::{collection::vec, prelude::*};
use rand::SeedableRng as _;
use rand_distr::{Beta, Distribution as _};

use super::brute_force::{Told, Way, counts, filters, ids, later, plans, shown, tell, way, workspace};

/// Per stage, the deals whose first entry lies in the period, with their ways.
fn cohorts<'a, 'b>(
    told: &'b [Told<'a>],
    model: &FunnelModel,
    as_of: Date,
    filter: &Filter,
) -> Vec<Vec<(&'b Told<'a>, Way)>> {
    let of = |place| {
        let ways = told.iter().filter_map(|told| Some((told, way(told, model, place, false, as_of)?)));
        ways.filter(|(_, way)| counts(filter, way.0)).collect()
    };
    (0..model.stages.len()).map(of).collect()
}

fn of(cohort: &[(&Told, Way)], wanted: Fate) -> usize {
    cohort.iter().filter(|(_, way)| way.1 == wanted).count()
}

/// The first day by which half of the stays have ended, by the Kaplan–Meier curve.
fn median_stay(cohort: &[(&Told, Way)]) -> Option<u32> {
    let stays: Vec<(i64, bool)> = cohort
        .iter()
        .filter_map(|(_, (entered, fate, until))| Some((((*until)? - (*entered)?).num_days(), *fate != Fate::Open)))
        .collect();
    let mut lasting = 1.0;
    for day in 0..400 {
        let at_risk = stays.iter().filter(|(days, _)| *days >= day).count() as f64;
        let ended = stays.iter().filter(|stay| **stay == (day, true)).count() as f64;
        lasting *= if ended > 0.0 { 1.0 - ended / at_risk } else { 1.0 };
        if ended > 0.0 && lasting <= 0.5 + 1e-12 {
            return u32::try_from(day).ok();
        }
    }
    None
}

/// The mean of `what` over the posterior of a share, Beta(passed + ½, lost + ½), by plain integration: with the share as the square
/// of a sine, the density is a product of whole powers.
fn mean(passed: usize, lost: usize, what: impl Fn(f64) -> f64) -> f64 {
    let steps = 4_000;
    let (mut sum, mut all) = (0.0, 0.0);
    for step in 0..steps {
        let angle = (f64::from(step) + 0.5) / f64::from(steps) * FRAC_PI_2;
        let power = |base: f64, times: usize| base.powi(i32::try_from(2 * times).unwrap());
        let weight = power(angle.sin(), passed) * power(angle.cos(), lost);
        sum += weight * what(angle.sin().powi(2));
        all += weight;
    }
    sum / all
}

/// A stage as the wins depend on it: deals that began there, passed and lost there, the model's rate.
#[derive(Clone, Copy, Debug)]
struct Step {
    began: usize,
    passed: usize,
    lost: usize,
    assumed: f64,
}

impl Step {
    fn is_decided(self) -> bool {
        self.passed + self.lost > 0
    }

    /// The mean of `what` over its rate; the rate of a stage of which nothing is decided is the model's.
    fn mean(self, what: impl Fn(f64) -> f64) -> f64 {
        if self.is_decided() { mean(self.passed, self.lost, what) } else { what(self.assumed) }
    }
}

/// The mean gain of every stage, exactly: the rates are independent, so the mean of the product is the product of the means.
fn gains(steps: &[Step]) -> Vec<f64> {
    let gain = |(place, step): (usize, &Step)| {
        let coming: f64 = (0..=place)
            .map(|first| {
                steps[first].began as f64
                    * steps[first..place].iter().map(|step| step.mean(|rate| rate)).product::<f64>()
            })
            .sum();
        let short = step.mean(|rate| (step.assumed - rate).max(0.0));
        coming * short * steps[place + 1..].iter().map(|step| step.mean(|rate| rate)).product::<f64>()
    };
    steps.iter().enumerate().map(gain).collect()
}

/// Draws of the gains: every deal once, from the stage it began in to the end.
fn drawn(steps: &[Step], draws: usize) -> Vec<Vec<f64>> {
    let mut chance = rand_pcg::Pcg32::seed_from_u64(7);
    let wins = |rates: &[f64]| -> f64 {
        let from = |place: usize| steps[place].began as f64 * rates[place..].iter().product::<f64>();
        (0..steps.len()).map(from).sum()
    };
    let draw = |_| {
        let rates: Vec<f64> = steps
            .iter()
            .map(|step| {
                let beta = Beta::new(step.passed as f64 + 0.5, step.lost as f64 + 0.5).unwrap();
                if step.is_decided() { beta.sample(&mut chance) } else { step.assumed }
            })
            .collect();
        let better = |place: usize| {
            let mut better = rates.clone();
            better[place] = better[place].max(steps[place].assumed);
            wins(&better) - wins(&rates)
        };
        (0..steps.len()).map(better).collect()
    };
    (0..draws).map(draw).collect()
}

fn check_bottleneck(workspace: &Workspace, as_of: Date, filter: &Filter) {
    let (frame, told) = (Frame::new(workspace), tell(workspace, as_of, filter));
    for (figures, model) in conversion(&frame.view(as_of, filter)).iter().zip(shown(workspace, filter)) {
        let cohorts = cohorts(&told, model, as_of, filter);
        let step = |place: usize| {
            let began = cohorts[place].iter().filter(|(told, _)| {
                !cohorts[..place].iter().flatten().any(|(earlier, _)| earlier.deal.id == told.deal.id)
            });
            Step {
                began: began.count(),
                passed: of(&cohorts[place], Fate::Passed),
                lost: of(&cohorts[place], Fate::Lost),
                assumed: model.stages[place].promotion_rate.as_f64(),
            }
        };
        let steps: Vec<Step> = (0..cohorts.len()).map(step).collect();
        let intake = steps.iter().map(|step| step.began as f64).sum::<f64>();
        let found = bottleneck(model, figures, Some(1_000.0));
        let draws = drawn(&steps, 2_000);
        for (place, (gain, exact)) in found.gains.iter().zip(gains(&steps)).enumerate() {
            let Step { passed, lost, assumed, .. } = steps[place];
            assert_eq!((gain.stage, gain.assumed), (model.stages[place].id, assumed));
            assert_eq!(gain.observed, steps[place].is_decided().then(|| passed as f64 / (passed + lost) as f64));
            assert_eq!(gain.money, Some(1_000.0 * gain.wins));
            // A gain lies between nothing and the whole intake, which bounds its spread: six standard errors of 2,000 draws.
            let error = 6.0 * (intake * exact / 2_000.0).sqrt() + 1e-6;
            assert!((gain.wins - exact).abs() <= error, "{} {exact} {steps:?}", gain.wins);
            let share = |wanted: &dyn Fn(f64) -> bool| {
                draws.iter().filter(|draw| wanted(draw[place])).count() as f64 / draws.len() as f64
            };
            let hair = 1e-12;
            for (end, beyond) in [(gain.interval.low, 0.05), (gain.interval.high, 0.95)] {
                assert!(share(&|gain| gain < end - hair) <= beyond + 0.04, "{end} {steps:?}");
                assert!(share(&|gain| gain <= end + hair) >= beyond - 0.04, "{end} {steps:?}");
            }
            let largest = draws.iter().filter(|draw| {
                draw[place] > 0.0 && (0..draw.len()).all(|other| other == place || draw[other] < draw[place])
            });
            let largest = largest.count() as f64 / draws.len() as f64;
            assert!((gain.largest - largest).abs() <= 0.09, "{} {largest} {steps:?}", gain.largest);
            let days = median_stay(&cohorts[place]);
            let expected = u32::from(model.stages[place].expected_days);
            assert_eq!(gain.days, days.map(|days| days.saturating_sub(expected)));
        }
        let named = found.gains.iter().find(|gain| gain.largest >= 0.8 && gain.wins > 0.0);
        assert_eq!(found.stage, named.map(|gain| gain.stage));
    }
}

fn check_calibration(workspace: &Workspace, as_of: Date, filter: &Filter) {
    let (frame, told) = (Frame::new(workspace), tell(workspace, as_of, filter));
    let view = frame.view(as_of, filter);
    for model in workspace.models.iter() {
        let Some(checks) = calibration(&view, model) else {
            assert!(shown(workspace, filter).iter().all(|shown| shown.id != model.id));
            continue;
        };
        let cohorts = cohorts(&told, model, as_of, filter);
        for ((check, cohort), stage) in checks.iter().zip(&cohorts).zip(&model.stages) {
            let mut deals = ids(&frame, &check.deals);
            deals.sort_unstable();
            assert_eq!(deals, cohort.iter().map(|(told, _)| told.deal.id).collect::<Vec<_>>());
            // Won in this model, or lost in it; one that overslept counts as lost, as in the conversion.
            let ended = |wanted: &dyn Fn(&Status) -> bool| {
                let ended =
                    cohort.iter().filter(|(told, _)| told.now().model == model.id && wanted(&told.now().status));
                ended.count()
            };
            let won = ended(&|status| matches!(status, Status::Won { .. }));
            let lost = ended(&|status| match status {
                Status::Lost { .. } => true,
                Status::Dormant { wake, .. } => wake.is_some_and(|wake| wake < as_of),
                Status::Open | Status::Won { .. } => false,
            });
            check_share(&check.probability, stage.probability.as_f64(), won, won + lost);
            let (passed, failed) = (of(cohort, Fate::Passed), of(cohort, Fate::Lost));
            check_share(&check.promotion, stage.promotion_rate.as_f64(), passed, passed + failed);
            assert_eq!((check.days.assumed, check.days.decided), (stage.expected_days, passed + failed));
            assert_eq!(check.days.median, median_stay(cohort));
            let untold = check.days.decided < 5 || check.days.median.is_none();
            assert!(!untold || check.days.proposal() == stage.expected_days);
            assert!(
                check.days.proposal() == stage.expected_days
                    || check.days.median == Some(check.days.proposal().into())
                    || check.days.median == Some(0)
            );
        }
    }
}

/// The assumption counts for ten deals beside those that are decided.
fn check_share(check: &ShareCheck, assumed: f64, hits: usize, decided: usize) {
    assert_eq!((check.assumed, check.hits, check.decided), (assumed, hits, decided));
    let mean = (10.0 * assumed.clamp(0.01, 0.99) + hits as f64) / (10.0 + decided as f64);
    assert!((check.mean - if decided == 0 { assumed } else { mean }).abs() < 1e-12);
    let held = check.interval.low <= assumed && assumed <= check.interval.high;
    let proposal = if decided < 5 || held { assumed } else { (mean * 100.0).round() / 100.0 };
    assert!((check.proposal().as_f64() - proposal).abs() < 1e-9);
}

/// How many must begin so that the target is reached, found by trying: the open deals and the new ones are sent through the funnel.
fn check_replenishment(workspace: &Workspace, as_of: Date, filter: &Filter, rates: &[u8], wins: f64, ahead: i64) {
    let told = tell(workspace, as_of, filter);
    let target = as_of + chrono::TimeDelta::days(ahead);
    for model in shown(workspace, filter) {
        let open: Vec<usize> = model
            .stages
            .iter()
            .map(|stage| told.iter().filter(|told| told.now().is_open() && told.now().stage == stage.id).count())
            .collect();
        let rate = |place: usize| f64::from(rates[place]) / 100.0;
        let assumed: Vec<StageAssumption> = model
            .stages
            .iter()
            .enumerate()
            .map(|(place, stage)| StageAssumption {
                rate: rate(place),
                days: stage.expected_days.into(),
                open: open[place],
            })
            .collect();
        let need = replenishment(model, &assumed, wins, target, as_of).unwrap();
        // Sends deals through the funnel from a stage on, and counts the wins.
        let won = |entering: &dyn Fn(usize) -> f64| {
            (0..open.len()).fold(0.0, |flowing, place| (flowing + entering(place)) * rate(place))
        };
        let expected = won(&|place| open[place] as f64);
        assert!((need.expected - expected).abs() < 1e-9);
        let reached = won(&|place| open[place] as f64 + if place == 0 { need.new } else { 0.0 });
        assert!(if need.new > 0.0 { (reached - wins).abs() < 1e-6 } else { reached >= wins - 1e-6 });
        for (place, stage) in need.stages.iter().enumerate() {
            let further = won(&|other| if other > place { open[other] as f64 } else { 0.0 });
            let with = won(&|other| if other == place { stage.needed } else { 0.0 }) + further;
            assert!(if stage.needed > 0.0 { (with - wins).abs() < 1e-6 } else { with >= wins - 1e-6 });
            let days: i64 = model.stages[place..].iter().map(|stage| i64::from(stage.expected_days)).sum();
            assert_eq!((stage.there, stage.by), (open[place], Some(target - chrono::TimeDelta::days(days))));
        }
        let left = (need.by.unwrap() - as_of).num_days();
        assert_eq!(need.per_week.is_some(), left > 0);
        assert!(need.per_week.is_none_or(|week| (week * left as f64 / 7.0 - need.new).abs() < 1e-6));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_bottleneck_is_what_the_histories_tell(plans in plans(), as_of in 0..90_u64, filter in filters()) {
        check_bottleneck(&workspace(plans), later(as_of), &filter);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn calibration_is_what_the_histories_tell(plans in plans(), as_of in 0..90_u64, filter in filters()) {
        check_calibration(&workspace(plans), later(as_of), &filter);
    }

    #[test]
    fn replenishment_brings_exactly_what_is_missing(
        plans in plans(), as_of in 0..90_u64, filter in filters(), rates in vec(1..=100_u8, 3), wins in 0.0..40.0, ahead in 0..200_i64,
    ) {
        check_replenishment(&workspace(plans), later(as_of), &filter, &rates, wins, ahead);
    }
}
