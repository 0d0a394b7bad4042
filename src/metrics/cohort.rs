//! Deals that entered something, and what became of them (method §6).

use super::{Incidence, LeftOut, Rate, Reason, Row, Survival, passage::Passage, survival::count};

/// What became of a deal after it entered a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// It went on: it stood in a later stage or was won. A later fallback does not undo it.
    Passed = 0,
    /// It was lost, or slept past its day of waking, before it went on.
    Lost,
    /// Neither: no success and no failure.
    Open,
}

/// The deals whose first entry lies in the period, by what became of them. Each counts once, however often it came back.
///
/// [`entered`](Self::entered) = passed + lost + open, always.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cohort {
    /// Those that went on.
    pub passed: Vec<Row>,
    /// Those lost before they went on.
    pub lost: Vec<Row>,
    /// Those still undecided, with those that moved to another model undecided.
    pub open: Vec<Row>,
    /// Those that entered but are not counted: [`Reason::Undated`] and [`Reason::OutsidePeriod`], and for a whole model
    /// [`Reason::EnteredMidway`].
    pub left_out: LeftOut,
    /// Counted deals without a duration, for their entry is undated.
    pub without_duration: Vec<Row>,
    times: Vec<(u32, Fate)>,
}

impl Cohort {
    /// How many entered.
    pub fn entered(&self) -> usize {
        self.decided() + self.open.len()
    }

    /// All that entered: passed, then lost, then open.
    pub fn deals(&self) -> impl Iterator<Item = &Row> {
        [&self.passed, &self.lost, &self.open].into_iter().flatten()
    }

    /// How many were passed or lost.
    pub fn decided(&self) -> usize {
        self.passed.len() + self.lost.len()
    }

    /// Whether fewer than five deals are decided: then a rate says little and should say so.
    pub fn too_few(&self) -> bool {
        self.decided() < 5
    }

    /// Passed ÷ entered: conversion *so far*. Open deals count below the line only, so a young cohort reads low. `None` when
    /// nobody entered.
    pub fn so_far(&self) -> Option<Rate> {
        Rate::new(self.passed.len(), self.entered())
    }

    /// Passed ÷ (passed + lost): conversion *of decided*. Where losing is quicker than passing, a young cohort reads low, and the
    /// other way round. `None` when nothing is decided.
    pub fn of_decided(&self) -> Option<Rate> {
        Rate::new(self.passed.len(), self.decided())
    }

    /// Lost ÷ entered. `None` when nobody entered.
    pub fn lost_so_far(&self) -> Option<Rate> {
        Rate::new(self.lost.len(), self.entered())
    }

    /// Lost ÷ (passed + lost). `None` when nothing is decided.
    pub fn lost_of_decided(&self) -> Option<Rate> {
        Rate::new(self.lost.len(), self.decided())
    }

    /// Days since the entry and how it stood then, of every counted deal with a duration.
    pub fn ways(&self) -> &[(u32, Fate)] {
        &self.times
    }

    /// The *estimated* conversion and loss over the days since the entry; deals of [`without_duration`](Self::without_duration)
    /// are not in it.
    pub fn incidence(&self) -> Incidence {
        Incidence::new(self.times.iter().copied())
    }

    /// How long deals stay: from the entry until they pass or are lost, the open ones counted as long as they were seen.
    ///
    /// A loss ends the stay as a promotion does. To treat losses like open deals would answer how long promotion would take if
    /// nobody ever lost, and come out too long.
    pub fn stay(&self) -> Survival {
        Survival::new(self.times.iter().map(|(days, fate)| (*days, *fate != Fate::Open)))
    }

    /// How long it takes, in days.
    pub fn durations(&self) -> Durations {
        let stay = self.stay();
        let mean = |fates: &[Fate]| {
            let days: Vec<_> = self.times.iter().filter(|(_, f)| fates.contains(f)).map(|(days, _)| *days).collect();
            let total: u64 = days.iter().copied().map(u64::from).sum();
            u32::try_from(total).ok().map(f64::from).filter(|_| !days.is_empty()).map(|sum| sum / count(days.len()))
        };
        Durations {
            lower_quartile: stay.quantile(0.25),
            median: stay.median(),
            upper_quartile: stay.quantile(0.75),
            mean: mean(&[Fate::Passed, Fate::Lost]),
            mean_to_pass: mean(&[Fate::Passed]),
        }
    }

    pub(super) fn add(&mut self, passage: &Passage) {
        match passage.fate {
            Fate::Passed => self.passed.push(passage.row),
            Fate::Lost => self.lost.push(passage.row),
            Fate::Open => self.open.push(passage.row),
        }
        match passage.days() {
            Some(days) => self.times.push((days, passage.fate)),
            None => self.without_duration.push(passage.row),
        }
    }

    pub(super) fn leave_out(&mut self, reason: Reason, row: Row) {
        self.left_out.add(reason, row);
    }
}

/// How long deals stay in a stage (升迁耗时), in days.
///
/// The quartiles are those of the [Kaplan–Meier curve](Cohort::stay): open deals are in them. The plain means are of decided
/// deals only and so too short while many are open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Durations {
    /// A quarter have left by then; `None` when too many are open to tell.
    pub lower_quartile: Option<u32>,
    /// Half have left by then; `None` when too many are open to tell.
    pub median: Option<u32>,
    /// Three quarters have left by then; `None` when too many are open to tell.
    pub upper_quartile: Option<u32>,
    /// Mean stay of the decided deals; `None` without any.
    pub mean: Option<f64>,
    /// Mean stay of the passed deals; `None` without any.
    pub mean_to_pass: Option<f64>,
}
