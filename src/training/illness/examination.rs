//! What the product's readings say of a company, and which illnesses they show.

mod readings;

use std::collections::BTreeSet;

use self::readings::Readings;
use super::{Condition, Figure, Illness, Place};
use crate::model::{Date, Workspace};

/// A figure of a company, and against what it is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Sign {
    /// Which figure.
    pub figure: Figure,
    /// What it is.
    pub value: f64,
    /// What it is read against.
    pub against: f64,
    /// The name of the stage or the seller it is about; empty for the whole company.
    pub name: String,
    /// Whether it is out of order, so that it speaks for the illness that the figure [shows](Figure::shows).
    pub ill: bool,
    /// Where it is seen.
    pub place: Place,
}

/// The signs of one company on one day, read from the metrics of the pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Examination {
    signs: Vec<Sign>,
}

impl Examination {
    /// Examines a company that runs one model, as [`company`](super::company) makes it. A figure that is not defined is missing.
    pub fn of(workspace: &Workspace, today: Date) -> Self {
        let signs = Readings::of(workspace, today).map(|readings| readings.signs()).unwrap_or_default();
        Self { signs }
    }

    /// All signs, in the order of the figures.
    pub fn signs(&self) -> &[Sign] {
        &self.signs
    }

    /// The sign of a figure; `None` when it is not defined.
    pub fn sign(&self, figure: Figure) -> Option<&Sign> {
        self.signs.iter().find(|sign| sign.figure == figure)
    }

    /// The illnesses that are shown: each by all of the figures that decide it.
    pub fn found(&self) -> Condition {
        Illness::ALL.into_iter().filter(|illness| self.shows(*illness)).collect()
    }

    /// The figures that are out of order and speak for one of these illnesses.
    pub fn evidence(&self, condition: &Condition) -> BTreeSet<Figure> {
        let speaks = |sign: &&Sign| sign.ill && sign.figure.shows().is_some_and(|shown| condition.contains(&shown));
        self.signs.iter().filter(speaks).map(|sign| sign.figure).collect()
    }

    fn shows(&self, illness: Illness) -> bool {
        let decisive: &[Figure] = match illness {
            Illness::ThinTop => &[Figure::NewDeals],
            Illness::StuckMiddle => &[Figure::MiddleStay, Figure::MiddleStalled],
            Illness::LeakingDiscovery => &[Figure::DiscoveryRate, Figure::DiscoveryGain],
            Illness::StaleBottom => &[Figure::LowerOverdue, Figure::LowerStalled],
            Illness::OneSeller => &[Figure::TopWon],
            Illness::Sandbagging => &[Figure::SaidChance, Figure::SaidAmount],
        };
        decisive.iter().all(|figure| self.sign(*figure).is_some_and(|sign| sign.ill))
    }
}
