//! What may be wrong with a deal that does not move, and what can be done about it (method §7).
//!
//! The [`Clocks`] say that something is wrong; the zone in which the deal stands says what it is likely to be, and what is known of
//! the deal says more. Everything rests on [`Evidence`]: a number or a day that is in the records.

mod facts;

use super::stall::{Clock, Clocks, Health};
use crate::model::{Date, Zone};

pub use facts::Facts;

/// What may be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ailment {
    /// Upper zone: the customer has not decided to buy at all.
    NotDeciding,
    /// Upper zone: the seller has not been in touch.
    OutOfTouch,
    /// Middle zone: the customer hesitates.
    Hesitating,
    /// Middle zone: the customer is leaning to a competitor.
    LeaningAway,
    /// Lower zone: something inside the customer's company, approval, budget, people or contract.
    HeldUpInside,
}

/// What can be done, in the order to do it in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Remedy {
    /// Speak to the customer.
    GetInTouch,
    /// Find out where it really stands inside the customer's company.
    FindState,
    /// Ask again for need, budget and time.
    Requalify,
    /// Go through the questions of a first visit.
    FirstVisit,
    /// Find out who else is bidding.
    NameCompetitor,
    /// Find out who decides, who pays and who advises.
    NameDeciders,
    /// Set our offer beside the others.
    CompareOffers,
    /// Take the customer to one who is content.
    ReferenceVisit,
    /// Take the manager along.
    ManagerJoins,
    /// Meet whoever pays.
    MeetBuyer,
    /// Put a date and a name to each formality that is left.
    FixFormalities,
    /// Get what the gate of the stage asks for.
    MeetGate,
    /// Say what comes next, who does it and until when.
    PlanNext,
    /// Agree on another day with the customer and write it down.
    NewClose,
    /// Let it sleep until the customer is ready.
    Sleep,
}

/// What a suspicion or an advice rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// It has stood in its stage for so long.
    InStage {
        /// Days.
        days: u32,
        /// The limit that these exceed.
        limit: u32,
    },
    /// Nobody has been in touch for so long.
    Silent {
        /// Days.
        days: u32,
        /// The limit that these exceed.
        limit: u32,
        /// The last contact; `None` when there never was one.
        last: Option<Date>,
    },
    /// Its expected close has passed.
    Overdue {
        /// The day.
        close: Date,
        /// Days since.
        days: u32,
    },
    /// Its close was put off.
    Pushed {
        /// How often.
        times: u32,
        /// By how many days in all.
        days: u32,
    },
    /// The customer's intent to buy is written down as low.
    LowIntent,
    /// How well the need matches what we sell is written down as low.
    LowFit,
    /// So many competitors are named.
    Competitors(usize),
    /// No competitor is named.
    NoCompetitor,
    /// Of so many contacts at the customer, no role in the decision is known of any.
    NoRole(usize),
    /// Something is written down that stands between us and the signature.
    Obstacle,
    /// The gate of the stage still asks for so many criteria and fields.
    GateOpen {
        /// Required criteria without evidence.
        criteria: usize,
        /// Required fields that are empty.
        fields: usize,
    },
    /// Nothing is planned.
    NothingPlanned,
    /// What was planned was due on this day.
    ActionOverdue(Date),
}

/// Something that may be wrong, and why one thinks so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspicion {
    /// What.
    pub ailment: Ailment,
    /// How likely: to be [watched](Health::Watch), or [ill](Health::Ill). Never healthy.
    pub grade: Health,
    /// What it rests on; never empty.
    pub evidence: Vec<Evidence>,
}

/// Something to do, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// What.
    pub remedy: Remedy,
    /// What it rests on; never empty.
    pub evidence: Vec<Evidence>,
}

/// What may be wrong with a deal, and what can be done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// The zone in which it stands.
    pub zone: Zone,
    /// What may be wrong, the likeliest first.
    pub suspicions: Vec<Suspicion>,
    /// What can be done, in the order to do it in.
    pub advice: Vec<Advice>,
}

impl Diagnosis {
    /// The diagnosis of a deal; `None` when no clock is to be watched, and in a stage that no model has.
    ///
    /// Each clock points to one ailment of the zone, and to more remedies when it is ill than when it is only to be watched:
    ///
    /// | zone | age, overdue, pushes | idle |
    /// |---|---|---|
    /// | upper | the customer has not decided to buy | the seller has not been in touch |
    /// | middle | the customer hesitates | the customer is leaning to a competitor |
    /// | lower | something inside the customer's company | the same |
    ///
    /// What is known of the deal is looked at only then: a deal that keeps its pace is left alone. A competitor that is named makes
    /// leaning likelier, a low intent makes it likelier that the customer does not decide at all.
    ///
    /// ```
    /// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
    /// # use oracles::{day, six_deals};
    /// use loudou::{
    ///     metrics::{diagnosis::{Ailment, Diagnosis, Evidence, Facts, Remedy}, stall::Yardsticks},
    ///     model::Stalling,
    /// };
    /// let (workspace, today) = (six_deals(), day(2026, 3, 31));
    /// // The third deal has stood in Talk, in the middle of the funnel, for 49 days instead of 14.
    /// let deal = workspace.deals.get(3.into()).unwrap();
    /// let clocks = Yardsticks::new(&workspace, today, Stalling::Model).read(deal).unwrap();
    /// let diagnosis = Diagnosis::of(&clocks, &Facts::of(&workspace, deal, today)).unwrap();
    /// let [hesitating] = &diagnosis.suspicions[..] else { panic!() };
    /// assert_eq!(hesitating.ailment, Ailment::Hesitating);
    /// assert_eq!(hesitating.evidence, [Evidence::InStage { days: 49, limit: 21 }]);
    /// let remedies: Vec<Remedy> = diagnosis.advice.iter().map(|advice| advice.remedy).collect();
    /// use Remedy::{CompareOffers, ManagerJoins, NameCompetitor, NameDeciders, PlanNext, ReferenceVisit};
    /// assert_eq!(remedies, [NameCompetitor, NameDeciders, CompareOffers, ReferenceVisit, ManagerJoins, PlanNext]);
    /// ```
    pub fn of(clocks: &Clocks, facts: &Facts) -> Option<Self> {
        let zone = clocks.zone?;
        let mut diagnosis = Self { zone, suspicions: Vec::new(), advice: Vec::new() };
        for clock in Clock::ALL {
            let Some(grade) = clocks.health(clock).filter(|health| *health > Health::Healthy) else { continue };
            let Some(evidence) = shown_by(clocks, clock, grade) else { continue };
            diagnosis.suspect(ailment(zone, clock), grade, evidence);
            for remedy in remedies(zone, clock, grade) {
                diagnosis.advise(*remedy, evidence);
            }
        }
        if diagnosis.suspicions.is_empty() {
            return None;
        }
        diagnosis.look_at(facts);
        diagnosis.suspicions.sort_by_key(|suspicion| (std::cmp::Reverse(suspicion.grade), suspicion.ailment));
        diagnosis.advice.sort_by_key(|advice| advice.remedy);
        Some(diagnosis)
    }

    fn suspect(&mut self, ailment: Ailment, grade: Health, evidence: Evidence) {
        match self.suspicions.iter_mut().find(|suspicion| suspicion.ailment == ailment) {
            Some(known) => {
                known.grade = known.grade.max(grade);
                known.evidence.push(evidence);
            }
            None => self.suspicions.push(Suspicion { ailment, grade, evidence: vec![evidence] }),
        }
    }

    fn advise(&mut self, remedy: Remedy, evidence: Evidence) {
        match self.advice.iter_mut().find(|advice| advice.remedy == remedy) {
            Some(known) => known.evidence.push(evidence),
            None => self.advice.push(Advice { remedy, evidence: vec![evidence] }),
        }
    }

    /// What is known of the deal, and what is not.
    fn look_at(&mut self, facts: &Facts) {
        let no_role = (!facts.has_role).then_some(Evidence::NoRole(facts.contacts));
        match self.zone {
            Zone::Upper => {
                let low = [(facts.low_intent, Evidence::LowIntent), (facts.low_fit, Evidence::LowFit)];
                for (_, evidence) in low.into_iter().filter(|(is_low, _)| *is_low) {
                    self.suspect(Ailment::NotDeciding, Health::Watch, evidence);
                    self.advise(Remedy::Requalify, evidence);
                }
            }
            Zone::Middle => {
                match facts.competitors {
                    0 => self.advise(Remedy::NameCompetitor, Evidence::NoCompetitor),
                    named => {
                        self.suspect(Ailment::LeaningAway, Health::Watch, Evidence::Competitors(named));
                        self.advise(Remedy::CompareOffers, Evidence::Competitors(named));
                    }
                }
                if let Some(evidence) = no_role {
                    self.advise(Remedy::NameDeciders, evidence);
                }
            }
            Zone::Lower => {
                if facts.has_obstacle {
                    self.suspect(Ailment::HeldUpInside, Health::Watch, Evidence::Obstacle);
                    self.advise(Remedy::FixFormalities, Evidence::Obstacle);
                }
                if let Some(evidence) = no_role {
                    self.advise(Remedy::NameDeciders, evidence);
                    self.advise(Remedy::MeetBuyer, evidence);
                }
            }
        }
        let (criteria, fields) = facts.gate;
        if criteria + fields > 0 {
            self.advise(Remedy::MeetGate, Evidence::GateOpen { criteria, fields });
        }
        if let Some(evidence) = facts.plan {
            self.advise(Remedy::PlanNext, evidence);
        }
    }
}

/// What a clock shows, against the limit that it exceeds.
fn shown_by(clocks: &Clocks, clock: Clock, grade: Health) -> Option<Evidence> {
    let limit = |limits: super::stall::Limits| if grade == Health::Ill { limits.ill } else { limits.watch };
    Some(match clock {
        Clock::Age => {
            let age = clocks.age?;
            Evidence::InStage { days: age.days, limit: limit(age.limits) }
        }
        Clock::Idle => {
            let idle = clocks.idle?;
            Evidence::Silent { days: idle.days, limit: limit(idle.limits), last: idle.last }
        }
        Clock::Overdue => {
            let overdue = clocks.overdue?;
            Evidence::Overdue { close: overdue.close, days: overdue.days }
        }
        Clock::Pushes => Evidence::Pushed { times: clocks.pushes.times, days: clocks.pushes.days },
    })
}

const fn ailment(zone: Zone, clock: Clock) -> Ailment {
    match (zone, clock) {
        (Zone::Upper, Clock::Idle) => Ailment::OutOfTouch,
        (Zone::Upper, _) => Ailment::NotDeciding,
        (Zone::Middle, Clock::Idle) => Ailment::LeaningAway,
        (Zone::Middle, _) => Ailment::Hesitating,
        (Zone::Lower, _) => Ailment::HeldUpInside,
    }
}

/// What a clock asks for that is to be watched or ill.
const fn remedies(zone: Zone, clock: Clock, grade: Health) -> &'static [Remedy] {
    use Clock::{Age, Idle, Overdue, Pushes};
    use Remedy::{
        CompareOffers, FindState, FirstVisit, FixFormalities, GetInTouch, ManagerJoins, MeetBuyer, NewClose,
        ReferenceVisit, Requalify, Sleep,
    };
    match (zone, clock, grade) {
        (_, _, Health::Healthy) => &[],
        (Zone::Upper | Zone::Middle | Zone::Lower, Idle, Health::Watch) => &[GetInTouch],
        (Zone::Upper, Age | Pushes, Health::Watch) => &[Requalify],
        (Zone::Upper, Age, Health::Ill) => &[Requalify, FirstVisit, Sleep],
        (Zone::Upper, Idle, Health::Ill) => &[GetInTouch, FirstVisit, Sleep],
        (Zone::Upper, Overdue, Health::Watch) => &[Requalify, NewClose],
        (Zone::Upper, Overdue, Health::Ill) => &[Requalify, NewClose, Sleep],
        (Zone::Upper, Pushes, Health::Ill) => &[Requalify, Sleep],
        (Zone::Middle, Age | Pushes, Health::Watch) => &[CompareOffers],
        (Zone::Middle, Age | Pushes, Health::Ill) => &[CompareOffers, ReferenceVisit, ManagerJoins],
        (Zone::Middle, Idle, Health::Ill) => &[GetInTouch, CompareOffers, ManagerJoins],
        (Zone::Middle, Overdue, Health::Watch) => &[CompareOffers, NewClose],
        (Zone::Middle, Overdue, Health::Ill) => &[CompareOffers, ReferenceVisit, ManagerJoins, NewClose],
        (Zone::Lower, Age, Health::Watch) => &[FindState],
        (Zone::Lower, Pushes, Health::Watch) => &[FindState, FixFormalities],
        (Zone::Lower, Age | Pushes, Health::Ill) => &[FindState, MeetBuyer, FixFormalities],
        (Zone::Lower, Idle, Health::Ill) => &[GetInTouch, FindState, MeetBuyer],
        (Zone::Lower, Overdue, Health::Watch) => &[FindState, FixFormalities, NewClose],
        (Zone::Lower, Overdue, Health::Ill) => &[FindState, MeetBuyer, FixFormalities, NewClose],
    }
}
