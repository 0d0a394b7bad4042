//! The four readings of the shape, and the sales cycle, equal a plain reading of the histories.

use loudou::{
    metrics::{
        Filter, Frame, Period, Reason,
        cohort::Fate,
        sales_cycle,
        shape::{Levers, QuotaLeft, Reading, Verdict, shape},
    },
    model::{Date, FunnelModel, Standing, Status, Workspace},
};
use proptest::{option, prelude::*};

use super::brute_force::{Told, chance, counts, filters, ids, later, plans, shown, tell, way, workspace};

/// Deals of the model in this condition.
fn among<'a, 'b>(told: &'b [Told<'a>], model: &FunnelModel, wanted: impl Fn(&Standing) -> bool) -> Vec<&'b Told<'a>> {
    told.iter().filter(|told| told.now().model == model.id && wanted(told.now())).collect()
}

fn near(ours: Option<f64>, theirs: Option<f64>) {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) => assert!((ours - theirs).abs() <= 1e-9 * theirs.abs().max(1.0), "{ours} {theirs}"),
        _ => assert_eq!(ours, theirs),
    }
}

/// Days from the first event to the signature of the deals won in the period, in order.
fn cycles(told: &[Told], model: &FunnelModel, filter: &Filter) -> Vec<i64> {
    let won = among(told, model, |now| matches!(now.status, Status::Won { on } if counts(filter, on)));
    let days = won.iter().filter_map(|told| match told.now().status {
        Status::Won { on } => Some((on? - told.path[0].0?).num_days()),
        _ => None,
    });
    let mut days: Vec<_> = days.collect();
    days.sort_unstable();
    days
}

fn levers(told: &[Told], model: &FunnelModel, filter: &Filter) -> Levers {
    let won = among(told, model, |now| matches!(now.status, Status::Won { on } if counts(filter, on)));
    let lost = among(told, model, |now| matches!(now.status, Status::Lost { on, .. } if counts(filter, on))).len();
    let amounts: Vec<_> = won.iter().filter_map(|told| told.now().amount).map(|amount| amount.minor() as f64).collect();
    let days = cycles(told, model, filter);
    let middle = |half: usize| days[half] as f64 / 2.0;
    Levers {
        open: among(told, model, Standing::is_open).len(),
        won_amount: (!amounts.is_empty()).then(|| amounts.iter().sum::<f64>() / amounts.len() as f64),
        win_rate: (won.len() + lost > 0).then(|| won.len() as f64 / (won.len() + lost) as f64),
        cycle: (!days.is_empty()).then(|| middle((days.len() - 1) / 2) + middle(days.len() / 2)),
    }
}

/// Open deals × mean won amount × win rate ÷ median cycle.
fn velocity(levers: &Levers) -> Option<f64> {
    let cycle = levers.cycle.filter(|days| *days > 0.0)?;
    Some(levers.open as f64 * levers.won_amount? * levers.win_rate? / cycle)
}

/// What a comparison says; within a hair of a limit either side is right.
fn verdict(reading: &Reading, value: Option<f64>, fine: f64, ill: f64) {
    let Some(value) = value else { return assert_eq!(reading.verdict, Verdict::TooFew) };
    if (value - fine).abs() > 1e-9 && (value - ill).abs() > 1e-9 {
        let said = if value > fine {
            Verdict::Healthy
        } else if value > ill {
            Verdict::Watch
        } else {
            Verdict::Ill
        };
        assert_eq!(reading.verdict, said, "{value}");
    }
}

/// Passed and lost of each stage in the period, and how many entered.
fn flows(told: &[Told], model: &FunnelModel, as_of: Date, filter: &Filter) -> Vec<(usize, usize, usize)> {
    let flow = |place| {
        let ways = told.iter().filter_map(|told| way(told, model, place, false, as_of));
        let fates: Vec<Fate> = ways.filter(|way| counts(filter, way.0)).map(|way| way.1).collect();
        let of = |wanted| fates.iter().filter(|fate| **fate == wanted).count();
        (of(Fate::Passed), of(Fate::Lost), fates.len())
    };
    (0..model.stages.len()).map(flow).collect()
}

fn check_slope(slope: &loudou::metrics::shape::Slope, model: &FunnelModel, flows: &[(usize, usize, usize)]) {
    let root = |product: f64| product.powf(1.0 / flows.len() as f64);
    let assumed = root(model.stages.iter().map(|stage| stage.promotion_rate.as_f64()).product());
    let rates = flows.iter().map(|(passed, lost, _)| *passed as f64 / (passed + lost) as f64);
    let observed = Some(root(rates.product())).filter(|mean| mean.is_finite() && *mean > 0.0);
    near(Some(slope.assumed), Some(assumed));
    near(slope.observed, observed);
    let Some(observed) = observed else {
        assert_eq!((slope.interval, slope.reading.verdict), (None, Verdict::TooFew));
        return;
    };
    // The variance of each posterior, carried to the logarithm of the geometric mean.
    let variance = flows.iter().map(|(passed, lost, _)| {
        let (a, b) = (*passed as f64 + 0.5, *lost as f64 + 0.5);
        let mean = a / (a + b);
        a * b / ((a + b).powi(2) * (a + b + 1.0)) / mean.powi(2)
    });
    let reach = 1.644_853_626_951_472_7 * variance.sum::<f64>().sqrt() / flows.len() as f64;
    let interval = slope.interval.unwrap();
    near(Some(interval.low), Some(observed * (-reach).exp()));
    near(Some(interval.high), Some((observed * reach.exp()).min(1.0)));
    let few = flows.iter().any(|(passed, lost, _)| passed + lost < 5);
    let said = match slope.reading.verdict {
        _ if few => Verdict::TooFew,
        _ if observed >= assumed || interval.high >= assumed => Verdict::Healthy,
        _ if interval.high >= 0.85 * assumed => Verdict::Watch,
        _ => Verdict::Ill,
    };
    assert_eq!(slope.reading.verdict, said);
}

fn check_shape(
    workspace: &Workspace,
    (as_of, filter): (Date, &Filter),
    (eve, earlier): (Date, &Filter),
    quota: Option<QuotaLeft>,
) {
    let frame = Frame::new(workspace);
    let (told, told_before) = (tell(workspace, as_of, filter), tell(workspace, eve, earlier));
    let (view, before) = (frame.view(as_of, filter), frame.view(eve, earlier));
    for model in workspace.models.iter() {
        let Some(shape) = shape(&view, model, Some(&before), quota) else {
            assert!(shown(workspace, filter).iter().all(|shown| shown.id != model.id));
            continue;
        };
        let weighted = |told: &[Told]| -> f64 {
            let open = among(told, model, Standing::is_open);
            let amount = |told: &&&Told| told.now().amount.map_or(0, loudou::model::Money::minor);
            open.iter().map(|told| amount(&told) as f64 * f64::from(chance(model, told)) / 10_000.0).sum()
        };
        let open = among(&told, model, Standing::is_open);
        let amounts = open.iter().filter_map(|told| told.now().amount).map(|amount| i128::from(amount.minor()));
        assert_eq!(shape.capacity.open, amounts.sum::<i128>());
        assert!((shape.capacity.weighted - weighted(&told)).abs() < 1e-6);
        let coverage = quota.filter(|quota| quota.left > 0.0).map(|quota| quota.closing / quota.left);
        near(shape.capacity.coverage, coverage);
        let was = Some(weighted(&told_before)).filter(|before| *before > 0.0).map(|before| weighted(&told) / before);
        match coverage {
            Some(_) => verdict(&shape.capacity.reading, coverage, 1.0, 0.7),
            None => verdict(&shape.capacity.reading, was, 0.95, 0.8),
        }

        let flows = flows(&told, model, as_of, filter);
        check_slope(&shape.slope, model, &flows);

        let steady: Vec<f64> = flows
            .iter()
            .zip(&model.stages)
            .map(|(flow, stage)| flow.2 as f64 * f64::from(stage.expected_days))
            .collect();
        let all: f64 = steady.iter().sum();
        let apart = model.stages.iter().zip(&steady).map(|(stage, steady)| {
            let here = open.iter().filter(|told| told.now().stage == stage.id).count();
            (here as f64 / open.len() as f64 - steady / all).abs()
        });
        let evenness = Some(1.0 - apart.sum::<f64>() / 2.0).filter(|_| !open.is_empty() && all > 0.0);
        near(shape.evenness.value, evenness);
        verdict(&shape.evenness.reading, evenness.filter(|_| open.len() >= 5), 0.8, 0.65);

        let now = levers(&told, model, filter);
        let ours = shape.velocity.levers;
        assert_eq!((ours.open, ours.cycle), (now.open, now.cycle));
        near(ours.won_amount, now.won_amount);
        near(ours.win_rate, now.win_rate);
        near(shape.velocity.per_day, velocity(&now));
        let earlier = velocity(&levers(&told_before, model, earlier)).filter(|before| *before > 0.0);
        verdict(&shape.velocity.reading, velocity(&now).zip(earlier).map(|(now, earlier)| now / earlier), 0.95, 0.8);
        if let (Some(gains), Some(now)) = (ours.gains(), velocity(&now)) {
            for (number, gain) in gains.into_iter().enumerate() {
                let mut better = ours;
                match number {
                    // Open deals are whole: their tenth is one of the others.
                    0 | 1 => better.won_amount = ours.won_amount.map(|amount| amount * 1.1),
                    2 => better.win_rate = ours.win_rate.map(|rate| rate * 1.1),
                    _ => better.cycle = ours.cycle.map(|days| days * 0.9),
                }
                near(Some(gain), velocity(&better).map(|better| better - now));
            }
        }
    }
}

fn check_cycle(workspace: &Workspace, as_of: Date, filter: &Filter) {
    let (frame, told) = (Frame::new(workspace), tell(workspace, as_of, filter));
    for (cycle, model) in sales_cycle(&frame.view(as_of, filter)).iter().zip(shown(workspace, filter)) {
        let won = |wanted: &dyn Fn(Option<Date>, Option<Date>) -> bool| {
            let of = |told: &&Told| match told.now().status {
                Status::Won { on } if told.now().model == model.id => wanted(told.path[0].0, on),
                _ => false,
            };
            told.iter().filter(of).map(|told| told.deal.id).collect::<Vec<_>>()
        };
        let mut counted = ids(&frame, &cycle.deals);
        counted.sort_unstable();
        assert_eq!(counted, won(&|began, on| counts(filter, on) && began.is_some() && on.is_some()));
        let left_out = |reason| ids(&frame, cycle.left_out.of(reason));
        let undated = |began: Option<Date>, on: Option<Date>| match filter.period {
            Some(_) => on.is_none() || (counts(filter, on) && began.is_none()),
            None => on.is_none() || began.is_none(),
        };
        assert_eq!(left_out(Reason::Undated), won(&undated));
        assert_eq!(left_out(Reason::OutsidePeriod), won(&|_, on| on.is_some() && !counts(filter, on)));
        let days = cycles(&told, model, filter);
        near(cycle.mean, (!days.is_empty()).then(|| days.iter().sum::<i64>() as f64 / days.len() as f64));
        // At least half last as long as the median, and at least half no longer.
        if let Some(median) = cycle.median {
            assert!(days.iter().filter(|days| **days as f64 >= median).count() * 2 >= days.len());
            assert!(days.iter().filter(|days| **days as f64 <= median).count() * 2 >= days.len());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_shape_is_what_the_histories_tell(
        plans in plans(),
        (as_of, back) in (0..90_u64, 1..60_u64),
        filter in filters(),
        quota in option::of((-10.0..3e6, 0.0..3e6)),
    ) {
        let eve = later(as_of) - chrono::Days::new(back);
        let period = Period { from: eve - chrono::Days::new(back), to: eve };
        let earlier = Filter { period: Some(period), ..filter.clone() };
        let quota = quota.map(|(left, closing)| QuotaLeft { left, closing });
        check_shape(&workspace(plans), (later(as_of), &filter), (eve, &earlier), quota);
    }

    #[test]
    fn the_sales_cycle_is_what_the_histories_tell(plans in plans(), as_of in 0..90_u64, filter in filters()) {
        check_cycle(&workspace(plans), later(as_of), &filter);
    }
}
