//! What an illness changes in the making of a company: how many deals come in, how long they stay, how many go on, who gets them, what
//! is said of them. At rest it changes nothing, not one draw.

use super::calendar::Workday;
use crate::{
    model::{Share, Stage, Zone},
    training::draw::Draw,
};

/// How far a company is from a healthy one.
#[derive(Clone, Copy, Debug)]
pub(in crate::training) struct Strain {
    /// The first day of it; what a deal meets before is as in a healthy company.
    pub since: Workday,
    /// The first day on which fewer deals come in, and the share of the usual ones that still come.
    pub intake: (Workday, f64),
    /// How long deals that go on stay in the upper, the middle and the lower zone, as a multiple of the usual time.
    pub stays: [f64; 3],
    /// The promotion rate of the stage in which needs are found out, as a multiple of the usual one.
    pub discovery: f64,
    /// The share of the customers that one seller looks after beside their own.
    pub star: f64,
    /// How likely a deal that is lost in the lower zone, or goes to sleep there, is left in the books instead, and nobody looks at it.
    pub lying: f64,
    /// What sellers say, as a multiple of what they could say.
    pub caution: Option<Caution>,
}

/// How much less sellers say than they think.
#[derive(Clone, Copy, Debug)]
pub(in crate::training) struct Caution {
    /// The probability they write down, as a multiple of that of the stage.
    pub chance: f64,
    /// The amount they write down until the signature.
    pub amount: f64,
    /// The time until the signature.
    pub close: f64,
}

/// The stage in which needs are found out, by its position in the models that sick companies run.
pub(in crate::training) const DISCOVERY: usize = 1;
/// The place of the seller who carries everything.
pub(super) const STAR: usize = 4;
/// How likely a deal that would go on is left lying, beside one that is over.
const FORGOTTEN: f64 = 0.2;
/// How much of the time that is added to a stay is added to one that ends in a loss or in sleep.
const REFUSED_LATER: f64 = 1.0 / 3.0;
/// How likely a seller who says less writes down a probability of their own.
const WRITES_DOWN: f64 = 0.85;

impl Strain {
    /// A healthy company.
    pub(in crate::training) const NONE: Self = Self {
        since: Workday::MIN,
        intake: (Workday::MAX, 1.0),
        stays: [1.0; 3],
        discovery: 1.0,
        star: 0.0,
        lying: 0.0,
        caution: None,
    };

    /// The share of the usual deals that come in on a day.
    pub(super) const fn intake_on(&self, day: Workday) -> f64 {
        let (since, share) = self.intake;
        if day < since { 1.0 } else { share }
    }

    /// How long a deal that comes to the stage on this day stays there, as a multiple of the usual time, by whether it goes on from
    /// there. Customers who will sign put it off; those who will not take a little longer to say so. Were both put off alike, few
    /// losses would be known by today, and the rates would look better than they are.
    pub(super) fn stay(&self, stage: &Stage, day: Workday, goes_on: bool) -> f64 {
        let [upper, middle, lower] = self.stays;
        let multiple = match stage.zone() {
            _ if day < self.since => 1.0,
            Zone::Upper => upper,
            Zone::Middle => middle,
            Zone::Lower => lower,
        };
        if goes_on { multiple } else { 1.0 + REFUSED_LATER * (multiple - 1.0) }
    }

    /// The promotion rate that it meets there, as a multiple of the usual one.
    pub(super) const fn rate(&self, position: usize, day: Workday) -> f64 {
        if position == DISCOVERY && day >= self.since { self.discovery } else { 1.0 }
    }

    /// Whether a deal is left in the books of the stage, which it came to on this day: one that is over there, or now and then one that
    /// would have gone on and is forgotten among the others.
    pub(super) fn leaves_lying(&self, draw: &mut Draw, stage: &Stage, day: Workday, over: bool) -> bool {
        let share = if over { 1.0 } else { FORGOTTEN };
        self.lying > 0.0 && stage.zone() == Zone::Lower && day >= self.since && draw.chance(self.lying * share)
    }

    /// How much less is said on a day.
    pub(super) fn caution_on(&self, day: Workday) -> Option<Caution> {
        self.caution.filter(|_| day >= self.since)
    }

    /// The place of the seller of a customer: the one who carries everything, or whoever it would be.
    pub(super) fn seller(&self, draw: &mut Draw, usual: usize) -> usize {
        if self.star > 0.0 && draw.chance(self.star) { STAR } else { usual }
    }

    /// How well the seller at a place sells, where `usual` is how well they would: whoever carries everything is good at it.
    pub(super) fn skill(&self, place: usize, usual: f64) -> f64 {
        match () {
            () if self.star <= 0.0 => usual,
            () if place == STAR => usual.max(1.0) * 1.1,
            () => usual * 0.85,
        }
    }
}

impl Caution {
    /// The probability that a seller writes down in a stage, if they do.
    pub(super) fn probability(self, draw: &mut Draw, stage: &Stage) -> Option<Share> {
        let points = f64::from(stage.probability.basis_points()) * self.chance;
        let rounded = crate::training::draw::whole(points / 500.0).max(1) * 500;
        draw.chance(WRITES_DOWN).then(|| u16::try_from(rounded).ok().and_then(Share::from_basis_points)).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_rest_nothing_changes_and_nothing_is_drawn() {
        let (mut drawn, mut untouched) = (Draw::new(7), Draw::new(7));
        let rest = Strain::NONE;
        assert_eq!(rest.seller(&mut drawn, 3), 3);
        assert!((rest.skill(STAR, 1.02) - 1.02).abs() < f64::EPSILON);
        assert!((rest.intake_on(0) - 1.0).abs() < f64::EPSILON && (rest.rate(DISCOVERY, 0) - 1.0).abs() < f64::EPSILON);
        assert!(rest.caution_on(0).is_none());
        assert_eq!(drawn.bits(), untouched.bits());
    }

    #[test]
    fn an_illness_has_a_first_day() {
        let thin = Strain { since: -100, intake: (-60, 0.3), discovery: 0.5, ..Strain::NONE };
        assert!((thin.intake_on(-61) - 1.0).abs() < f64::EPSILON && (thin.intake_on(-60) - 0.3).abs() < f64::EPSILON);
        assert!((thin.rate(DISCOVERY, -101) - 1.0).abs() < f64::EPSILON);
        assert!((thin.rate(DISCOVERY, -100) - 0.5).abs() < f64::EPSILON);
        assert!((thin.rate(DISCOVERY + 1, -100) - 1.0).abs() < f64::EPSILON);
    }
}
