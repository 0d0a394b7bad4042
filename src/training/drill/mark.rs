//! What an answer is worth: forty points for the illness, thirty for the evidence, thirty for the treatment.

use std::collections::BTreeSet;

use super::{Question, Treatment};
use crate::training::illness::{Condition, Figure, Illness};

/// The points there are for each part.
const POINTS: [u8; 3] = [40, 30, 30];

/// What somebody answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The illnesses that they see; empty when they say that the company is healthy, `None` while they have not said.
    pub illnesses: Option<Condition>,
    /// The figures that show it.
    pub evidence: BTreeSet<Figure>,
    /// What is to be done.
    pub treatments: BTreeSet<Treatment>,
}

/// What one part of an answer comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<T> {
    /// The points it brought.
    pub points: u8,
    /// The points there were.
    pub of: u8,
    /// What was chosen and is right.
    pub right: Vec<T>,
    /// What is right and was not chosen.
    pub missed: Vec<T>,
    /// What was chosen and is not right.
    pub wrong: Vec<T>,
}

/// What an answer comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marks {
    /// The illnesses.
    pub illness: Part<Illness>,
    /// The figures.
    pub evidence: Part<Figure>,
    /// The treatments.
    pub treatment: Part<Treatment>,
}

impl Marks {
    /// The points of all parts, from 0 to 100.
    pub const fn score(&self) -> u8 {
        self.illness.points + self.evidence.points + self.treatment.points
    }
}

/// What a drill asks, and what is right.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// What is asked.
    pub question: Question,
    /// What the company has.
    pub condition: Condition,
    /// The figures that show it.
    pub evidence: BTreeSet<Figure>,
}

impl Sheet {
    /// The answer that gets all points.
    pub fn right(&self) -> Answer {
        Answer {
            illnesses: Some(self.condition.clone()),
            evidence: self.evidence.clone(),
            treatments: Treatment::of(&self.condition).into_iter().collect(),
        }
    }

    /// What an answer is worth.
    ///
    /// Of the illnesses and of the treatments, the share that is right of all that is right or was chosen. Of the evidence, the share of
    /// the figures that speak less the share of those beside the point that were chosen; of a healthy company no figure speaks, and each
    /// that is chosen costs its share. Whoever has not said what the company has gets nothing for the rest: a choice without a finding is
    /// a guess.
    pub fn mark(&self, answer: &Answer) -> Marks {
        let right = self.right();
        let [of_illness, of_evidence, of_treatment] = POINTS;
        let Some(named) = &answer.illnesses else {
            return Marks {
                illness: Part::new(0.0, of_illness, &Condition::new(), &self.condition),
                evidence: Part::new(0.0, of_evidence, &answer.evidence, &right.evidence),
                treatment: Part::new(0.0, of_treatment, &answer.treatments, &right.treatments),
            };
        };
        let beside = self.question.figures.len().saturating_sub(right.evidence.len());
        Marks {
            illness: Part::new(common(named, &self.condition), of_illness, named, &self.condition),
            evidence: Part::new(
                told_apart(&answer.evidence, &right.evidence, beside),
                of_evidence,
                &answer.evidence,
                &right.evidence,
            ),
            treatment: Part::new(
                common(&answer.treatments, &right.treatments),
                of_treatment,
                &answer.treatments,
                &right.treatments,
            ),
        }
    }
}

impl<T: Copy + Ord> Part<T> {
    fn new(share: f64, of: u8, chosen: &BTreeSet<T>, right: &BTreeSet<T>) -> Self {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of at most 40 points")]
        let points = (share.clamp(0.0, 1.0) * f64::from(of)).round() as u8;
        Self {
            points,
            of,
            right: chosen.intersection(right).copied().collect(),
            missed: right.difference(chosen).copied().collect(),
            wrong: chosen.difference(right).copied().collect(),
        }
    }
}

/// What both have, as a share of what either has; 1 when neither has anything.
fn common<T: Ord>(chosen: &BTreeSet<T>, right: &BTreeSet<T>) -> f64 {
    share(chosen.intersection(right).count(), chosen.union(right).count()).unwrap_or(1.0)
}

/// The share of what is right that was chosen less the share of the `beside` others that was.
fn told_apart<T: Ord>(chosen: &BTreeSet<T>, right: &BTreeSet<T>, beside: usize) -> f64 {
    let hits = share(chosen.intersection(right).count(), right.len()).unwrap_or(1.0);
    hits - share(chosen.difference(right).count(), beside).unwrap_or_default()
}

#[expect(clippy::cast_precision_loss, reason = "counts of choices")]
fn share(part: usize, of: usize) -> Option<f64> {
    (of > 0).then(|| part as f64 / of as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessing_everything_is_worth_little() {
        let right = BTreeSet::from([1, 2]);
        assert!((common(&BTreeSet::from([1, 2, 3, 4, 5, 6]), &right) - 1.0 / 3.0).abs() < 1e-12);
        assert!(told_apart(&BTreeSet::from([1, 2, 3, 4, 5, 6]), &right, 4).abs() < 1e-12);
        assert!((told_apart(&BTreeSet::from([1, 3]), &right, 4) - 0.25).abs() < 1e-12);
    }

    #[test]
    fn of_nothing_nothing_is_right() {
        let none = BTreeSet::<u8>::new();
        assert!((common(&none, &none) - 1.0).abs() < 1e-12);
        assert!((told_apart(&none, &none, 4) - 1.0).abs() < 1e-12);
        assert!((told_apart(&BTreeSet::from([1]), &none, 4) - 0.75).abs() < 1e-12);
    }
}
