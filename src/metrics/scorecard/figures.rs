//! The figures of a card, those of its owner beside those of the rest of the team.

use super::{Acts, Line, Measure, Of, Scorecards, Side, Told, acts::Week};
use crate::{
    metrics::{
        Interval, LeftOut, Rate, Reason, Row,
        censored::of_stay,
        cohort::Fate,
        comparison::FEW,
        cycle::median,
        difference::{Estimate, difference, of_mean, of_median, of_product, of_sum},
        survival::count,
    },
    model::StageId,
};

/// The lines of a card, not told yet.
pub(super) fn lines(cards: &Scorecards, of: Of, own: &Acts, team: &Acts) -> Vec<Line> {
    let measured = measures(&cards.stages).into_iter().map(|measure| match measure {
        Measure::Attainment => {
            let (own, team) = attainment(cards, of, own);
            line(measure, own, team)
        }
        _ => line(measure, side(&cards.stages, measure, own), side(&cards.stages, measure, team)),
    });
    measured.collect()
}

/// What is measured, in the order in which it is read.
fn measures(stages: &[StageId]) -> Vec<Measure> {
    let stages = stages.iter().copied().map(Measure::Stage);
    stages
        .chain([
            Measure::WinRate,
            Measure::Cycle,
            Measure::Stay,
            Measure::Velocity,
            Measure::PutOff,
            Measure::PutOffDays,
            Measure::GateSkips,
            Measure::Optimism,
            Measure::Activities,
            Measure::Visits,
            Measure::Minutes,
            Measure::Won,
            Measure::WonAmount,
            Measure::Attainment,
        ])
        .collect()
}

fn line(measure: Measure, own: Side, team: Side) -> Line {
    let estimate = |side: &Side| Some(Estimate { value: side.value?, interval: side.interval? });
    let gap = own.value.zip(team.value).map(|(own, team)| own - team);
    let interval = estimate(&own).zip(estimate(&team)).map(|(own, team)| difference(own, team));
    let few = match measure {
        // Of somebody who won nothing where others win much, something can be told.
        Measure::Won => own.deals.len() + team.deals.len() < FEW,
        // Where nobody writes down what they do, nothing is known of it.
        Measure::Activities | Measure::Visits | Measure::Minutes => {
            own.few || team.few || [&own, &team].iter().all(|side| side.value.is_none_or(|value| value <= 0.0))
        }
        _ => own.few || team.few,
    };
    let told = match interval {
        _ if gap.is_some() && few => Told::TooFew,
        Some(_) => Told::Unclear,
        None => Told::NoInterval,
    };
    // The rest of the team is many: its deals are listed when somebody asks.
    let team = Side { deals: Vec::new(), left_out: LeftOut::default(), ..team };
    Line { measure, own, team, difference: gap, interval, told }
}

/// The deals behind a figure.
pub(super) fn rows(stages: &[StageId], measure: Measure, acts: &Acts) -> Vec<Row> {
    let closed = || acts.won.iter().map(|win| win.row).chain(acts.lost.iter().copied());
    let mut rows: Vec<Row> = match measure {
        Measure::Stage(id) => {
            let stage = stages.iter().position(|stage| *stage == id).and_then(|place| acts.stages.get(place));
            stage.map(|stage| [&stage.passed[..], &stage.lost].concat()).unwrap_or_default()
        }
        Measure::WinRate => closed().collect(),
        Measure::Cycle => acts.won.iter().filter(|win| win.days.is_some()).map(|win| win.row).collect(),
        Measure::Stay => acts.ways.iter().map(|(_, _, row)| *row).collect(),
        Measure::Velocity => closed().chain(acts.open.iter().copied()).collect(),
        Measure::PutOff => acts.closes.iter().map(|(row, _)| *row).collect(),
        Measure::PutOffDays => acts.closes.iter().filter(|(_, days)| *days > 0).map(|(row, _)| *row).collect(),
        Measure::GateSkips => [&acts.met[..], &acts.skipped].concat(),
        Measure::Optimism => acts.said.iter().map(|said| said.row).collect(),
        Measure::Activities | Measure::Visits | Measure::Minutes => acts.worked.iter().copied().collect(),
        Measure::Won | Measure::WonAmount => acts.won.iter().map(|win| win.row).collect(),
        Measure::Attainment => acts.won_in_months_rows.clone(),
    };
    rows.sort_unstable();
    rows.dedup();
    rows
}

fn side(stages: &[StageId], measure: Measure, acts: &Acts) -> Side {
    let heads = count(acts.people.max(1));
    let side = match measure {
        Measure::Stage(id) => stage(stages, id, acts),
        Measure::WinRate => of_rate(Rate::new(acts.won.len(), acts.won.len() + acts.lost.len())),
        Measure::Cycle => {
            let days = cycle_days(acts);
            Side { few: days.len() < FEW, ..of_estimate(median(&days), of_median(&days)) }
        }
        Measure::Stay => {
            let ways: Vec<_> = acts.ways.iter().map(|(days, fate, _)| (*days, *fate)).collect();
            let decided = ways.iter().filter(|(_, fate)| *fate != Fate::Open).count();
            let stay = of_stay(&ways);
            Side { few: decided < FEW, ..of_estimate(stay.map(|stay| stay.value), stay) }
        }
        Measure::Velocity => velocity(acts),
        Measure::PutOff => {
            let put_off = acts.closes.iter().filter(|(_, days)| *days > 0).count();
            of_rate(Rate::new(put_off, acts.closes.len()))
        }
        Measure::PutOffDays => {
            let days = acts.closes.iter().map(|(_, days)| *days).filter(|days| *days > 0);
            let mut days: Vec<f64> = days.filter_map(|days| i32::try_from(days).ok()).map(f64::from).collect();
            days.sort_by(f64::total_cmp);
            Side { few: days.len() < FEW, ..of_estimate(median(&days), of_median(&days)) }
        }
        Measure::GateSkips => of_rate(Rate::new(acts.skipped.len(), acts.met.len() + acts.skipped.len())),
        Measure::Optimism => optimism(acts),
        Measure::Activities => weekly(acts, heads, |week| f64::from(week.activities)),
        Measure::Visits => weekly(acts, heads, |week| f64::from(week.visits)),
        #[expect(clippy::cast_precision_loss, reason = "minutes of a week stay far below 2⁵³")]
        Measure::Minutes => weekly(acts, heads, |week| week.minutes as f64),
        Measure::Won => won(acts, heads),
        Measure::WonAmount => won_amount(acts, heads),
        Measure::Attainment => Side::default(),
    };
    Side { deals: rows(stages, measure, acts), ..side }
}

fn of_rate(rate: Option<Rate>) -> Side {
    Side {
        value: rate.map(|rate| rate.value()),
        interval: rate.map(|rate| rate.interval()),
        few: rate.is_none_or(|rate| rate.of() < FEW),
        ..Side::default()
    }
}

fn of_estimate(value: Option<f64>, estimate: Option<Estimate>) -> Side {
    Side { value, interval: estimate.map(|estimate| estimate.interval), ..Side::default() }
}

fn stage(stages: &[StageId], id: StageId, acts: &Acts) -> Side {
    let found = stages.iter().position(|stage| *stage == id).and_then(|place| acts.stages.get(place));
    let Some(stage) = found else { return Side::default() };
    let mut left_out = LeftOut::default();
    stage.open.iter().for_each(|row| left_out.add(Reason::Undecided, *row));
    Side { left_out, ..of_rate(Rate::new(stage.passed.len(), stage.passed.len() + stage.lost.len())) }
}

/// Days from the first day to the signature, quickest first.
fn cycle_days(acts: &Acts) -> Vec<f64> {
    let mut days: Vec<f64> = acts.won.iter().filter_map(|win| win.days).collect();
    days.sort_by(f64::total_cmp);
    days
}

/// The known amounts of the deals won, in minor units.
pub(super) fn amounts(acts: &Acts) -> Vec<f64> {
    #[expect(clippy::cast_precision_loss, reason = "amounts are bounded by 2^51")]
    acts.won.iter().filter_map(|win| win.amount).map(|minor| minor as f64).collect()
}

/// Open deals × mean won amount × win rate ÷ median cycle, for each of the people.
fn velocity(acts: &Acts) -> Side {
    let open = count(acts.open.len()) / count(acts.people.max(1));
    let (amounts, days) = (amounts(acts), cycle_days(acts));
    let rate = Rate::new(acts.won.len(), acts.won.len() + acts.lost.len());
    let mean = (!amounts.is_empty()).then(|| amounts.iter().sum::<f64>() / count(amounts.len()));
    let value = || Some(open * mean? * rate?.value() / median(&days).filter(|days| *days > 0.0)?);
    let counted = Estimate { value: open, interval: Interval { low: open, high: open } };
    let product = || of_product(&[counted, of_mean(&amounts)?, Estimate::of_rate(rate?)], &[of_median(&days)?]);
    Side { few: days.len() < FEW, ..of_estimate(value(), product()) }
}

/// The mean of what was said less the share that was won; what was said is known, the share has its interval.
fn optimism(acts: &Acts) -> Side {
    let hits = acts.said.iter().filter(|said| said.fate == Fate::Passed).count();
    let Some(won) = Rate::new(hits, acts.said.len()) else { return Side { few: true, ..Side::default() } };
    let said = acts.said.iter().map(|said| said.chance).sum::<f64>() / count(won.of());
    let Interval { low, high } = won.interval();
    Side {
        value: Some(said - won.value()),
        interval: Some(Interval { low: said - high, high: said - low }),
        few: won.of() < FEW,
        ..Side::default()
    }
}

/// The mean over the weeks, for each of the people.
fn weekly(acts: &Acts, heads: f64, read: impl Fn(&Week) -> f64) -> Side {
    let weeks: Vec<f64> = acts.weeks.iter().map(|week| read(week) / heads).collect();
    let mean = (!weeks.is_empty()).then(|| weeks.iter().sum::<f64>() / count(weeks.len()));
    Side { few: weeks.len() < FEW, ..of_estimate(mean, of_mean(&weeks)) }
}

fn won(acts: &Acts, heads: f64) -> Side {
    let ones = vec![1.0; acts.won.len()];
    // Of none, the exact upper end of a Poisson count is −ln 5 %.
    let interval = of_sum(&ones).map_or(Interval { low: 0.0, high: -0.05_f64.ln() }, |sum| sum.interval);
    let interval = Interval { low: interval.low / heads, high: interval.high / heads };
    Side { value: Some(count(ones.len()) / heads), interval: Some(interval), ..Side::default() }
}

fn won_amount(acts: &Acts, heads: f64) -> Side {
    let amounts = amounts(acts);
    let interval = of_sum(&amounts).map(|sum| sum.interval);
    let mut left_out = LeftOut::default();
    acts.won.iter().filter(|win| win.amount.is_none()).for_each(|win| left_out.add(Reason::NoAmount, win.row));
    Side {
        // Nothing at all adds up to −0.
        value: (!amounts.is_empty() || acts.won.is_empty()).then(|| amounts.iter().sum::<f64>() / heads + 0.0),
        interval: interval.map(|Interval { low, high }| Interval { low: low / heads, high: high / heads }),
        left_out,
        few: amounts.len() < FEW,
        ..Side::default()
    }
}

/// What was won ÷ what is asked, here and in the rest of the team; of the rest those count who have a quota.
fn attainment(cards: &Scorecards, of: Of, own: &Acts) -> (Side, Side) {
    #[expect(clippy::cast_precision_loss, reason = "a share that is shown")]
    let share = |won: i128, asked: i128| (asked > 0).then(|| won as f64 / asked as f64);
    let asked = cards.asked.get(&of).copied().unwrap_or_default();
    let whose = cards.whose(of);
    let others = cards.acts.iter().filter(|(person, _)| !whose.contains(person));
    let others = others.filter_map(|(person, acts)| Some((cards.asked.get(&Of::Person(*person))?, acts)));
    let (team_asked, team_won) =
        others.fold((0, 0), |(asked, won), (more, acts)| (asked + more, won + acts.won_in_months));
    let side = |value| Side { value, ..Side::default() };
    let own = Side { deals: rows(&cards.stages, Measure::Attainment, own), ..side(share(own.won_in_months, asked)) };
    (own, side(share(team_won, team_asked)))
}
