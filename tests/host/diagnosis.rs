//! Every zone × clock × state has its own suspicion and its own advice, and what is known of a deal adds to both.

use loudou::{
    metrics::{
        diagnosis::{
            Ailment::{self, HeldUpInside, Hesitating, LeaningAway, NotDeciding, OutOfTouch},
            Diagnosis, Evidence, Facts,
            Remedy::{
                self, CompareOffers, FindState, FirstVisit, FixFormalities, GetInTouch, ManagerJoins, MeetBuyer,
                MeetGate, NameCompetitor, NameDeciders, NewClose, PlanNext, ReferenceVisit, Requalify, Sleep,
            },
        },
        stall::{
            Age, Clock, Clock::Age as InStage, Clock::Idle as Silence, Clock::Overdue as Late, Clock::Pushes as Pushed,
            Clocks, Health, Health::Healthy, Health::Ill, Health::Watch, Idle, Limits, Overdue, Pushes,
        },
    },
    model::{
        Date,
        Zone::{self, Lower, Middle, Upper},
    },
};
use rstest::rstest;

const LIMITS: Limits = Limits { watch: 10, ill: 20 };

fn day(month: u32, day: u32) -> Date {
    Date::from_ymd_opt(2026, month, day).unwrap()
}

/// All clocks healthy, each of them running.
fn sound(zone: Zone) -> Clocks {
    Clocks {
        zone: Some(zone),
        age: Some(Age { since: day(3, 1), days: 5, limits: LIMITS }),
        idle: Some(Idle { since: day(3, 1), last: Some(day(3, 1)), days: 5, limits: LIMITS, paused: None }),
        overdue: Some(Overdue { close: day(6, 1), days: 0 }),
        pushes: Pushes::default(),
        is_large: false,
    }
}

/// The same with one clock in a state, and what that clock shows.
fn with(clock: Clock, state: Health, clocks: Clocks) -> (Clocks, Evidence) {
    let days = [5, 15, 25][state as usize];
    let (passed, times) = ([0, 5, 15][state as usize], [0, 1, 2][state as usize]);
    let limit = if state == Ill { LIMITS.ill } else { LIMITS.watch };
    let (age, idle) = (clocks.age.unwrap(), clocks.idle.unwrap());
    match clock {
        InStage => (Clocks { age: Some(Age { days, ..age }), ..clocks }, Evidence::InStage { days, limit }),
        Silence => {
            let shown = Evidence::Silent { days, limit, last: idle.last };
            (Clocks { idle: Some(Idle { days, ..idle }), ..clocks }, shown)
        }
        Late => {
            let overdue = Overdue { close: day(3, 1), days: passed };
            (Clocks { overdue: Some(overdue), ..clocks }, Evidence::Overdue { close: day(3, 1), days: passed })
        }
        Pushed => {
            let pushes = Pushes { times, days: times * 30 };
            (Clocks { pushes, ..clocks }, Evidence::Pushed { times, days: times * 30 })
        }
    }
}

/// A deal of which everything is known and nothing stands in the way.
const KNOWN: Facts = Facts {
    competitors: 0,
    contacts: 2,
    has_role: true,
    has_obstacle: false,
    low_intent: false,
    low_fit: false,
    gate: (0, 0),
    plan: None,
};

fn remedies(diagnosis: &Diagnosis) -> Vec<Remedy> {
    diagnosis.advice.iter().map(|advice| advice.remedy).collect()
}

#[rstest]
#[case(Upper, InStage, Watch, NotDeciding, &[Requalify])]
#[case(Upper, InStage, Ill, NotDeciding, &[Requalify, FirstVisit, Sleep])]
#[case(Upper, Silence, Watch, OutOfTouch, &[GetInTouch])]
#[case(Upper, Silence, Ill, OutOfTouch, &[GetInTouch, FirstVisit, Sleep])]
#[case(Upper, Late, Watch, NotDeciding, &[Requalify, NewClose])]
#[case(Upper, Late, Ill, NotDeciding, &[Requalify, NewClose, Sleep])]
#[case(Upper, Pushed, Watch, NotDeciding, &[Requalify])]
#[case(Upper, Pushed, Ill, NotDeciding, &[Requalify, Sleep])]
#[case(Middle, InStage, Watch, Hesitating, &[CompareOffers])]
#[case(Middle, InStage, Ill, Hesitating, &[CompareOffers, ReferenceVisit, ManagerJoins])]
#[case(Middle, Silence, Watch, LeaningAway, &[GetInTouch])]
#[case(Middle, Silence, Ill, LeaningAway, &[GetInTouch, CompareOffers, ManagerJoins])]
#[case(Middle, Late, Watch, Hesitating, &[CompareOffers, NewClose])]
#[case(Middle, Late, Ill, Hesitating, &[CompareOffers, ReferenceVisit, ManagerJoins, NewClose])]
#[case(Middle, Pushed, Watch, Hesitating, &[CompareOffers])]
#[case(Middle, Pushed, Ill, Hesitating, &[CompareOffers, ReferenceVisit, ManagerJoins])]
#[case(Lower, InStage, Watch, HeldUpInside, &[FindState])]
#[case(Lower, InStage, Ill, HeldUpInside, &[FindState, MeetBuyer, FixFormalities])]
#[case(Lower, Silence, Watch, HeldUpInside, &[GetInTouch])]
#[case(Lower, Silence, Ill, HeldUpInside, &[GetInTouch, FindState, MeetBuyer])]
#[case(Lower, Late, Watch, HeldUpInside, &[FindState, FixFormalities, NewClose])]
#[case(Lower, Late, Ill, HeldUpInside, &[FindState, MeetBuyer, FixFormalities, NewClose])]
#[case(Lower, Pushed, Watch, HeldUpInside, &[FindState, FixFormalities])]
#[case(Lower, Pushed, Ill, HeldUpInside, &[FindState, MeetBuyer, FixFormalities])]
fn a_clock_points_to_one_ailment_of_its_zone(
    #[case] zone: Zone,
    #[case] clock: Clock,
    #[case] state: Health,
    #[case] ailment: Ailment,
    #[case] wanted: &[Remedy],
) {
    let (clocks, evidence) = with(clock, state, sound(zone));
    assert_eq!(clocks.health(clock), Some(state));
    // In the middle, nobody having named a competitor is worth a question of its own.
    let facts = Facts { competitors: usize::from(zone == Middle && ailment == LeaningAway), ..KNOWN };
    let diagnosis = Diagnosis::of(&clocks, &facts).unwrap();
    let suspicion = diagnosis.suspicions.iter().find(|suspicion| suspicion.ailment == ailment).unwrap();
    assert_eq!((diagnosis.zone, suspicion.grade), (zone, state));
    assert_eq!(suspicion.evidence[0], evidence);
    let by_clock = diagnosis.advice.iter().filter(|advice| advice.evidence.contains(&evidence));
    let by_clock: Vec<Remedy> = by_clock.map(|advice| advice.remedy).collect();
    assert_eq!(by_clock, in_order(wanted));
    let others: Vec<Remedy> = remedies(&diagnosis).into_iter().filter(|remedy| !by_clock.contains(remedy)).collect();
    let by_facts: &[Remedy] = match (zone, facts.competitors) {
        (Middle, 0) => &[NameCompetitor],
        (Middle, _) if !wanted.contains(&CompareOffers) => &[CompareOffers],
        _ => &[],
    };
    assert_eq!(others, by_facts);
}

fn in_order(remedies: &[Remedy]) -> Vec<Remedy> {
    let mut remedies = remedies.to_vec();
    remedies.sort_unstable();
    remedies
}

#[rstest]
fn a_healthy_clock_says_nothing(
    #[values(Upper, Middle, Lower)] zone: Zone,
    #[values(InStage, Silence, Late, Pushed)] clock: Clock,
) {
    let (clocks, _) = with(clock, Healthy, sound(zone));
    // Not even when everything that could be asked is unknown: a deal that keeps its pace is left alone.
    let nothing = Facts {
        competitors: 0,
        contacts: 0,
        has_role: false,
        has_obstacle: true,
        low_intent: true,
        low_fit: true,
        gate: (3, 2),
        plan: Some(Evidence::NothingPlanned),
    };
    assert_eq!(clocks.health(clock), Some(Healthy));
    assert_eq!(Diagnosis::of(&clocks, &nothing), None);
}

#[rstest]
fn a_clock_that_does_not_run_says_nothing(#[values(Upper, Middle, Lower)] zone: Zone) {
    let clocks = Clocks { age: None, idle: None, overdue: None, ..sound(zone) };
    assert_eq!(Diagnosis::of(&clocks, &KNOWN), None);
    // Nor does a deal in a stage that no model has: nobody knows its zone.
    let (lost, _) = with(Late, Ill, Clocks { zone: None, ..sound(zone) });
    assert_eq!(Diagnosis::of(&lost, &KNOWN), None);
}

#[rstest]
fn a_planned_action_pauses_silence_and_nothing_else(#[values(Watch, Ill)] state: Health) {
    let (clocks, _) = with(Silence, state, sound(Middle));
    let paused = Clocks { idle: clocks.idle.map(|idle| Idle { paused: Some(day(4, 1)), ..idle }), ..clocks };
    assert_eq!((paused.health(Silence), paused.marks()), (Some(Healthy), vec![]));
    let (standing, _) = with(InStage, state, paused);
    assert_eq!(standing.health(InStage), Some(state));
}

#[rstest]
#[case(Facts { competitors: 2, ..KNOWN }, Middle, LeaningAway, Evidence::Competitors(2), CompareOffers)]
#[case(Facts { low_intent: true, ..KNOWN }, Upper, NotDeciding, Evidence::LowIntent, Requalify)]
#[case(Facts { low_fit: true, ..KNOWN }, Upper, NotDeciding, Evidence::LowFit, Requalify)]
#[case(Facts { has_obstacle: true, ..KNOWN }, Lower, HeldUpInside, Evidence::Obstacle, FixFormalities)]
fn what_is_known_makes_an_ailment_likelier(
    #[case] facts: Facts,
    #[case] zone: Zone,
    #[case] ailment: Ailment,
    #[case] evidence: Evidence,
    #[case] remedy: Remedy,
) {
    let (clocks, _) = with(InStage, Watch, sound(zone));
    let diagnosis = Diagnosis::of(&clocks, &facts).unwrap();
    let suspicion = diagnosis.suspicions.iter().find(|suspicion| suspicion.ailment == ailment).unwrap();
    assert!(suspicion.evidence.contains(&evidence));
    let advice = diagnosis.advice.iter().find(|advice| advice.remedy == remedy).unwrap();
    assert!(advice.evidence.contains(&evidence));
}

#[rstest]
#[case(Facts { plan: Some(Evidence::NothingPlanned), ..KNOWN }, &[Upper, Middle, Lower], PlanNext)]
#[case(Facts { plan: Some(Evidence::ActionOverdue(day(2, 1))), ..KNOWN }, &[Upper, Middle, Lower], PlanNext)]
#[case(Facts { gate: (1, 0), ..KNOWN }, &[Upper, Middle, Lower], MeetGate)]
#[case(Facts { gate: (0, 1), ..KNOWN }, &[Upper, Middle, Lower], MeetGate)]
#[case(Facts { has_role: false, ..KNOWN }, &[Middle, Lower], NameDeciders)]
#[case(KNOWN, &[Middle], NameCompetitor)]
fn what_is_not_known_is_asked_for(
    #[case] facts: Facts,
    #[case] zones: &[Zone],
    #[case] remedy: Remedy,
    #[values(Upper, Middle, Lower)] zone: Zone,
) {
    let (clocks, _) = with(InStage, Watch, sound(zone));
    let asked = remedies(&Diagnosis::of(&clocks, &facts).unwrap()).contains(&remedy);
    assert_eq!(asked, zones.contains(&zone));
}

#[test]
fn clocks_that_point_the_same_way_add_up() {
    let (clocks, _) = with(InStage, Watch, sound(Lower));
    let (clocks, _) = with(Late, Ill, clocks);
    let diagnosis = Diagnosis::of(&clocks, &KNOWN).unwrap();
    let [held_up] = &diagnosis.suspicions[..] else { panic!("{diagnosis:?}") };
    assert_eq!((held_up.ailment, held_up.grade, held_up.evidence.len()), (HeldUpInside, Ill, 2));
    assert_eq!(remedies(&diagnosis), [FindState, MeetBuyer, FixFormalities, NewClose]);
}
