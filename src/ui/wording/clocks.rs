//! Clocks, marks and diagnoses in words.

use crate::{
    i18n::t_string,
    metrics::{
        Clock, Health, Mark,
        diagnosis::{Ailment, Evidence, Remedy},
    },
    ui::{format::Format, wording::I18n},
};

/// A clock.
pub fn clock(i18n: I18n, value: Clock) -> &'static str {
    match value {
        Clock::Age => t_string!(i18n, clocks.age),
        Clock::Idle => t_string!(i18n, clocks.idle),
        Clock::Overdue => t_string!(i18n, clocks.overdue),
        Clock::Pushes => t_string!(i18n, clocks.pushes),
    }
}

/// How a clock stands.
pub fn health(i18n: I18n, value: Health) -> &'static str {
    match value {
        Health::Healthy => t_string!(i18n, clocks.health.healthy),
        Health::Watch => t_string!(i18n, clocks.health.watch),
        Health::Ill => t_string!(i18n, clocks.health.ill),
    }
}

/// A mark.
pub fn mark(i18n: I18n, value: Mark) -> &'static str {
    match value {
        Mark::AtRisk => t_string!(i18n, clocks.mark.at_risk),
        Mark::Slipped => t_string!(i18n, clocks.mark.slipped),
        Mark::Stalled => t_string!(i18n, clocks.mark.stalled),
        Mark::Idle => t_string!(i18n, clocks.mark.idle),
    }
}

/// Marks in a row; empty without any.
pub fn marks(i18n: I18n, marks: &[Mark]) -> String {
    let words: Vec<&str> = marks.iter().map(|value| mark(i18n, *value)).collect();
    words.join(t_string!(i18n, deals.joint))
}

/// What may be wrong.
pub fn ailment(i18n: I18n, value: Ailment) -> &'static str {
    match value {
        Ailment::NotDeciding => t_string!(i18n, clocks.diagnosis.ailment.not_deciding),
        Ailment::OutOfTouch => t_string!(i18n, clocks.diagnosis.ailment.out_of_touch),
        Ailment::Hesitating => t_string!(i18n, clocks.diagnosis.ailment.hesitating),
        Ailment::LeaningAway => t_string!(i18n, clocks.diagnosis.ailment.leaning_away),
        Ailment::HeldUpInside => t_string!(i18n, clocks.diagnosis.ailment.held_up_inside),
    }
}

/// What can be done.
pub fn remedy(i18n: I18n, value: Remedy) -> &'static str {
    match value {
        Remedy::GetInTouch => t_string!(i18n, clocks.diagnosis.remedy.get_in_touch),
        Remedy::FindState => t_string!(i18n, clocks.diagnosis.remedy.find_state),
        Remedy::Requalify => t_string!(i18n, clocks.diagnosis.remedy.requalify),
        Remedy::FirstVisit => t_string!(i18n, clocks.diagnosis.remedy.first_visit),
        Remedy::NameCompetitor => t_string!(i18n, clocks.diagnosis.remedy.name_competitor),
        Remedy::NameDeciders => t_string!(i18n, clocks.diagnosis.remedy.name_deciders),
        Remedy::CompareOffers => t_string!(i18n, clocks.diagnosis.remedy.compare_offers),
        Remedy::ReferenceVisit => t_string!(i18n, clocks.diagnosis.remedy.reference_visit),
        Remedy::ManagerJoins => t_string!(i18n, clocks.diagnosis.remedy.manager_joins),
        Remedy::MeetBuyer => t_string!(i18n, clocks.diagnosis.remedy.meet_buyer),
        Remedy::FixFormalities => t_string!(i18n, clocks.diagnosis.remedy.fix_formalities),
        Remedy::MeetGate => t_string!(i18n, clocks.diagnosis.remedy.meet_gate),
        Remedy::PlanNext => t_string!(i18n, clocks.diagnosis.remedy.plan_next),
        Remedy::NewClose => t_string!(i18n, clocks.diagnosis.remedy.new_close),
        Remedy::Sleep => t_string!(i18n, clocks.diagnosis.remedy.sleep),
    }
}

/// What a suspicion or an advice rests on.
pub fn evidence(i18n: I18n, format: Format, value: Evidence) -> String {
    let days = |days: u32| format.days(f64::from(days));
    match value {
        Evidence::InStage { days: stayed, limit } => {
            t_string!(i18n, clocks.diagnosis.evidence.in_stage, days = days(stayed), limit = days(limit)).to_string()
        }
        Evidence::Silent { days: silent, limit, last: Some(_) } => {
            t_string!(i18n, clocks.diagnosis.evidence.silent, days = days(silent), limit = days(limit)).to_string()
        }
        Evidence::Silent { days: silent, limit, last: None } => {
            t_string!(i18n, clocks.diagnosis.evidence.never, days = days(silent), limit = days(limit)).to_string()
        }
        Evidence::Overdue { close, days: passed } => {
            let (day, days) = (format.date(close), days(passed));
            t_string!(i18n, clocks.diagnosis.evidence.overdue, day = day, days = days).to_string()
        }
        Evidence::Pushed { times, days: later } => {
            t_string!(i18n, clocks.diagnosis.evidence.pushed, count = times, days = days(later)).to_string()
        }
        Evidence::LowIntent => t_string!(i18n, clocks.diagnosis.evidence.low_intent).to_owned(),
        Evidence::LowFit => t_string!(i18n, clocks.diagnosis.evidence.low_fit).to_owned(),
        Evidence::Competitors(named) => {
            t_string!(i18n, clocks.diagnosis.evidence.competitors, count = named).to_string()
        }
        Evidence::NoCompetitor => t_string!(i18n, clocks.diagnosis.evidence.no_competitor).to_owned(),
        Evidence::NoRole(0) => t_string!(i18n, clocks.diagnosis.evidence.no_contact).to_owned(),
        Evidence::NoRole(contacts) => t_string!(i18n, clocks.diagnosis.evidence.no_role, count = contacts).to_string(),
        Evidence::Obstacle => t_string!(i18n, clocks.diagnosis.evidence.obstacle).to_owned(),
        Evidence::GateOpen { criteria, fields } => {
            let (criteria, fields) = (format.count(criteria), format.count(fields));
            t_string!(i18n, clocks.diagnosis.evidence.gate, criteria = criteria, fields = fields).to_string()
        }
        Evidence::NothingPlanned => t_string!(i18n, clocks.diagnosis.evidence.nothing_planned).to_owned(),
        Evidence::ActionOverdue(due) => {
            t_string!(i18n, clocks.diagnosis.evidence.action_overdue, day = format.date(due)).to_string()
        }
    }
}
