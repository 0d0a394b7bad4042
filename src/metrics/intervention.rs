//! What a training or a change of a rule did to a stage (method §8, intervention): the same stage before and after, and those it did not
//! concern beside it.

use std::collections::BTreeSet;

use chrono::{Days, TimeDelta};

use super::{
    Cohort, Filter, Frame, Interval, Period, Row,
    censored::{of_incidence, of_stay},
    comparison::Told,
    difference::{Estimate, difference},
    frame::StageColumn,
    passage::Leg,
    timeline::value_on,
};
use crate::model::{Date, FunnelModel, Intervention, InterventionKind, ModelId, PersonId, StageId};

/// Below so many decided deals a figure says little.
const FEW: usize = 5;

/// What was done, to which stage, when and with whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The model.
    pub model: ModelId,
    /// The stage it was meant to help.
    pub stage: StageId,
    /// The first day of it: what came before ends the day before.
    pub from: Date,
    /// The first day of what comes after: the same day, or a later one for what took some time. The days between count in neither.
    pub after: Date,
    /// The last day that counts as after; `None` while it lasts.
    pub until: Option<Date>,
    /// Whom it concerned; empty: everybody.
    pub people: BTreeSet<PersonId>,
}

impl Mark {
    /// The mark of an intervention in its model. What a training took counts in neither window: what comes after begins the day after its
    /// last one. A change of a rule is judged while it holds. A stage that left the model reads as the one it went into.
    ///
    /// ```
    /// use loudou::{metrics::intervention::Mark, model::{Date, Intervention, InterventionKind}};
    /// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
    /// let day = |text: &str| text.parse::<Date>().unwrap();
    /// let seven_weeks = Intervention {
    ///     id: 1.into(), name: "Ask before you show".into(), kind: InterventionKind::Training, model: 1.into(), stage: 2.into(),
    ///     from: day("2026-01-05"), until: Some(day("2026-02-20")), people: vec![], note: String::new(),
    /// };
    /// let model = oracles::model(1, vec![oracles::stage(2, "Talk", 25)]);
    /// assert_eq!(Mark::of(&seven_weeks, &model).after, day("2026-02-21"));
    /// let rule = Mark::of(&Intervention { kind: InterventionKind::RuleChange, ..seven_weeks }, &model);
    /// assert_eq!((rule.after, rule.until), (day("2026-01-05"), Some(day("2026-02-20"))));
    /// ```
    pub fn of(intervention: &Intervention, model: &FunnelModel) -> Self {
        let takes_time = intervention.kind == InterventionKind::Training;
        let next = intervention.until.filter(|_| takes_time).and_then(|until| until.succ_opt());
        Self {
            model: intervention.model,
            stage: model.reads_as(intervention.stage).unwrap_or(intervention.stage),
            from: intervention.from,
            after: next.unwrap_or(intervention.from),
            until: intervention.until.filter(|_| !takes_time),
            people: intervention.people.iter().copied().collect(),
        }
    }
}

/// The two windows of a mark, of one length: the last days before it and the first days after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Windows {
    /// The days before.
    pub before: Period,
    /// The days after.
    pub after: Period,
}

impl Windows {
    /// Windows of at most `days` days, as far as there are so many days after the mark by the end of `as_of`; `None` when there are none.
    ///
    /// ```
    /// use loudou::{metrics::intervention::{Mark, Windows}, model::Date};
    /// let day = |text: &str| text.parse::<Date>().unwrap();
    /// let (model, stage, people) = (1.into(), 1.into(), [].into());
    /// let mark = Mark { model, stage, people, from: day("2026-03-01"), after: day("2026-03-11"), until: None };
    /// let windows = Windows::of(&mark, day("2026-03-20"), 90).unwrap();
    /// // Ten days have passed since, so ten days before are looked at.
    /// assert_eq!((windows.after.from, windows.after.to), (day("2026-03-11"), day("2026-03-20")));
    /// assert_eq!((windows.before.from, windows.before.to), (day("2026-02-19"), day("2026-02-28")));
    /// assert_eq!(Windows::of(&mark, day("2026-03-10"), 90), None);
    /// ```
    pub fn of(mark: &Mark, as_of: Date, days: u32) -> Option<Self> {
        let last = mark.until.map_or(as_of, |until| until.min(as_of));
        let reach = u64::from(days).min(u64::try_from((last - mark.after).num_days() + 1).ok()?);
        let longer = Days::new(reach.checked_sub(1)?);
        let end = mark.from.pred_opt()?;
        Some(Self {
            before: Period { from: end.checked_sub_days(longer)?, to: end },
            after: Period { from: mark.after, to: mark.after.checked_add_days(longer)? },
        })
    }

    /// How many days each has.
    pub fn days(&self) -> i64 {
        (self.after.to - self.after.from + TimeDelta::days(1)).num_days()
    }
}

/// Which reading of conversion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reading {
    /// Passed ÷ entered.
    SoFar,
    /// Passed ÷ (passed + lost).
    OfDecided,
    /// The [estimated](of_incidence) one.
    Estimated,
}

impl Reading {
    /// All of them, in the order in which they are read.
    pub const ALL: [Self; 3] = [Self::SoFar, Self::OfDecided, Self::Estimated];
}

/// A figure before and after.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    /// Before.
    pub before: Estimate,
    /// After.
    pub after: Estimate,
    /// After − before, with its 90 % interval.
    pub difference: Estimate,
    /// What it says.
    pub told: Told,
}

/// The deals of some people that entered the stage before and after.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contrast {
    /// Those that entered before.
    pub before: Cohort,
    /// Those that entered after.
    pub after: Cohort,
}

impl Contrast {
    /// Conversion before and after; `None` when a side has no deals, or none decided for the reading that needs some.
    pub fn conversion(&self, reading: Reading) -> Option<Gap> {
        self.gap(|cohort| match reading {
            Reading::SoFar => cohort.so_far().map(Estimate::of_rate),
            Reading::OfDecided => cohort.of_decided().map(Estimate::of_rate),
            Reading::Estimated => of_incidence(cohort.ways()),
        })
    }

    /// Median days in the stage before and after, the open deals counted as long as they were seen; `None` when too many are open to
    /// tell, or to tell how far the interval reaches.
    pub fn days(&self) -> Option<Gap> {
        self.gap(|cohort| of_stay(cohort.ways()))
    }

    /// Whether a side has fewer than five decided deals.
    pub fn too_few(&self) -> bool {
        self.before.decided() < FEW || self.after.decided() < FEW
    }

    fn gap(&self, figure: impl Fn(&Cohort) -> Option<Estimate>) -> Option<Gap> {
        let (before, after) = (figure(&self.before)?, figure(&self.after)?);
        let difference = less(after, before);
        Some(Gap { before, after, difference, told: told(difference.interval, self.too_few()) })
    }
}

/// What became of a stage around a mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// The days looked at.
    pub windows: Windows,
    /// The deals of those whom it concerned.
    pub concerned: Contrast,
    /// The deals of all others, nobody's among them; `None` when it concerned everybody.
    pub others: Option<Contrast>,
}

impl Effect {
    /// By how much more conversion changed with those concerned than with the others (difference in differences), with its 90 % interval
    /// and what it says: what changed for everybody, such as the season, is not in it. `None` without others or without their figures.
    pub fn beyond_others(&self, reading: Reading) -> Option<(Estimate, Told)> {
        self.beyond(|contrast| contrast.conversion(reading))
    }

    /// The same of the median days.
    pub fn days_beyond_others(&self) -> Option<(Estimate, Told)> {
        self.beyond(Contrast::days)
    }

    fn beyond(&self, gap: impl Fn(&Contrast) -> Option<Gap>) -> Option<(Estimate, Told)> {
        let others = self.others.as_ref()?;
        let found = less(gap(&self.concerned)?.difference, gap(others)?.difference);
        Some((found, told(found.interval, self.concerned.too_few() || others.too_few())))
    }

    /// Every deal that entered the stage in one of the windows and was counted.
    pub fn rows(&self) -> Vec<Row> {
        let contrasts = std::iter::once(&self.concerned).chain(&self.others);
        contrasts.flat_map(|contrast| contrast.before.deals().chain(contrast.after.deals())).copied().collect()
    }
}

/// `now` − `then` with its interval.
fn less(now: Estimate, then: Estimate) -> Estimate {
    Estimate { value: now.value - then.value, interval: difference(now, then) }
}

fn told(interval: Interval, few: bool) -> Told {
    if few { Told::TooFew } else { Told::of(interval) }
}

/// The stage of a mark before and after it, each window seen from its own last day: what happened later does not exist. So the deals of
/// both had the same time to be decided, and the later ones are not judged shorter; nor is anything that happened after the mark
/// counted as before it.
///
/// A deal lies in the window of its first entry to the stage, and belongs to who owned it at the end of that day. The period and the
/// model of `filter` do not matter. Differences of rates are those of [`difference`](fn@difference); so is the difference in
/// differences, as the two contrasts have no deal in common. `None` while no day lies after the mark by the end of `as_of`, or when
/// the model has no such stage.
///
/// It is no experiment: whoever was trained may have been chosen, and other things change in the same days.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::metrics::{Filter, Frame, comparison::Told, intervention::{Mark, Reading, intervention}};
/// let frame = Frame::new(&six_deals());
/// let (from, people) = (day(2026, 1, 25), [].into());
/// let mark = Mark { model: 1.into(), stage: 1.into(), from, after: from, until: None, people };
/// let effect = intervention(&frame, day(2026, 3, 31), &Filter::default(), &mark, 20).unwrap();
/// // In the twenty days before, two came to Lead, and one had passed it by the last of them; in the twenty after one came.
/// let found = effect.concerned.conversion(Reading::SoFar).unwrap();
/// assert_eq!((found.before.value, found.after.value, found.difference.value), (0.5, 0.0, -0.5));
/// assert_eq!((found.told, effect.others), (Told::TooFew, None));
/// ```
pub fn intervention(frame: &Frame, as_of: Date, filter: &Filter, mark: &Mark, days: u32) -> Option<Effect> {
    let windows = Windows::of(mark, as_of, days)?;
    let column = |column: &StageColumn| {
        column.id == mark.stage && frame.models.get(column.model).is_some_and(|model| model.id == mark.model)
    };
    let stage = frame.stages.iter().position(column)?;
    let [before, after] = [windows.before, windows.after].map(|window| entered(frame, filter, mark, stage, window));
    let everybody = mark.people.is_empty();
    Some(Effect {
        windows,
        concerned: Contrast { before: before.concerned, after: after.concerned },
        others: (!everybody).then_some(Contrast { before: before.others, after: after.others }),
    })
}

/// The deals that entered a stage in a window.
#[derive(Default)]
struct Entered {
    concerned: Cohort,
    others: Cohort,
}

fn entered(frame: &Frame, filter: &Filter, mark: &Mark, stage: usize, window: Period) -> Entered {
    let filter = Filter { period: Some(window), model: Some(mark.model), ..filter.clone() };
    let view = frame.view(window.to, &filter);
    let mut found = Entered::default();
    view.each_passages(|passages| {
        for passage in passages.iter().filter(|passage| passage.leg == Leg::Stage(stage)) {
            let on = passage.entered.unwrap_or(Date::MIN);
            let owner = value_on(frame.owners(passage.row), on).flatten();
            let concerns = mark.people.is_empty() || owner.is_some_and(|owner| mark.people.contains(&owner));
            let cohort = if concerns { &mut found.concerned } else { &mut found.others };
            match view.in_period(passage.entered) {
                Ok(()) => cohort.add(passage),
                Err(reason) => cohort.leave_out(reason, passage.row),
            }
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_deals_nothing_is_told() {
        let none = Contrast::default();
        assert!(Reading::ALL.iter().all(|reading| none.conversion(*reading).is_none()));
        assert!(none.too_few() && none.days().is_none());
    }

    #[test]
    fn a_difference_is_told_by_where_its_interval_lies() {
        let interval = |low, high| Interval { low, high };
        assert_eq!(told(interval(0.1, 0.2), false), Told::More);
        assert_eq!(told(interval(-0.2, -0.1), false), Told::Less);
        assert_eq!(told(interval(-0.2, 0.1), false), Told::Unclear);
        assert_eq!(told(interval(0.1, 0.2), true), Told::TooFew);
    }
}
