//! Rules of interventions, of the catalogue of problems and of appraisal schemes.

use super::*;

fn intervention(id: u128) -> Intervention {
    Intervention {
        id: id.into(),
        name: "Training".to_owned(),
        kind: InterventionKind::Training,
        model: MODEL.into(),
        stage: SECOND.into(),
        from: day(1),
        until: None,
        people: vec![PERSON.into()],
        note: String::new(),
    }
}

fn put(intervention: Intervention) -> Command {
    Command::PutIntervention(Box::new(intervention))
}

fn scheme(measures: &[(MeasureKind, u16, i64)]) -> Scheme {
    let measures =
        measures.iter().map(|(kind, weight, target)| Measure { kind: *kind, weight: *weight, target: *target });
    Scheme { id: 1.into(), name: "Quarter".to_owned(), measures: measures.collect(), incentive: Incentive::default() }
}

#[test]
fn an_intervention_is_about_a_stage_that_its_model_knows() {
    let start = workspace();
    let no = |intervention: Intervention| refused(&start, put(intervention));
    assert_eq!(
        no(Intervention { name: " ".to_owned(), ..intervention(1) }),
        Rejection::Blank(RecordKind::Intervention)
    );
    assert_eq!(no(Intervention { model: 99.into(), ..intervention(1) }), Rejection::Unknown(RecordKind::Model));
    assert_eq!(no(Intervention { stage: 99.into(), ..intervention(1) }), Rejection::Unknown(RecordKind::Stage));
    assert_eq!(no(Intervention { from: day(2), until: Some(day(1)), ..intervention(1) }), Rejection::EndsBeforeStart);
    let twice = vec![PERSON.into(), PERSON.into()];
    assert_eq!(no(Intervention { people: twice, ..intervention(1) }), Rejection::PersonTwice);
    assert_eq!(no(Intervention { people: vec![99.into()], ..intervention(1) }), Rejection::Unknown(RecordKind::Person));
    let start = done(&start, put(Intervention { until: Some(day(1)), ..intervention(1) }), 2);
    // The stage leaves with a revision and stays known.
    let mut draft = ModelDraft::of(start.models.get(MODEL.into()).unwrap());
    draft.stages.retain(|stage| stage.id != SECOND.into());
    let start = done(&start, Command::ReviseModel(Box::new(draft)), 3);
    let start = done(&start, put(intervention(2)), 4);
    // It keeps its model, and the forms of it that know the stage.
    let in_use = Rejection::InUse { kind: RecordKind::Model, by: 3 };
    assert_eq!(refused(&start, Command::RemoveModel(MODEL.into())), in_use);
    let model = start.models.get(MODEL.into()).unwrap();
    let forgetful = FunnelModel { revisions: Vec::new(), ..FunnelModel::clone(model) };
    let batch = Batch { models: vec![forgetful], ..Batch::default() };
    let in_use = Rejection::InUse { kind: RecordKind::Stage, by: 2 };
    assert_eq!(refused(&start, Command::Import(Box::new(batch))), in_use);
    let gone = done(&start, Command::RemoveIntervention(1.into()), 4);
    assert_eq!(refused(&gone, Command::RemoveIntervention(1.into())), Rejection::Unknown(RecordKind::Intervention));
}

#[test]
fn a_person_whom_an_intervention_names_stays() {
    let start = done(&workspace(), Command::PutPerson(person(50)), 2);
    let start = done(&start, put(Intervention { people: vec![50.into()], ..intervention(1) }), 2);
    let in_use = Rejection::InUse { kind: RecordKind::Person, by: 1 };
    assert_eq!(refused(&start, Command::RemovePerson(50.into())), in_use);
}

#[test]
fn a_problem_says_who_has_it_and_what_it_is() {
    let problem = Problem {
        id: 1.into(),
        company: "Machine builder".to_owned(),
        words: Vec::new(),
        problem: "Late deliveries".to_owned(),
        questions: Vec::new(),
        introduction: String::new(),
    };
    let put = |problem: Problem| Command::PutProblem(Box::new(problem));
    let no = |problem: Problem| refused(&workspace(), put(problem));
    assert_eq!(no(Problem { company: " ".to_owned(), ..problem.clone() }), Rejection::BlankProblem);
    assert_eq!(no(Problem { problem: String::new(), ..problem.clone() }), Rejection::BlankProblem);
    let start = done(&workspace(), put(problem), 2);
    let gone = done(&start, Command::RemoveProblem(1.into()), 2);
    assert_eq!(refused(&gone, Command::RemoveProblem(1.into())), Rejection::Unknown(RecordKind::Problem));
}

#[test]
fn a_scheme_adds_up() {
    use MeasureKind::{Attainment, WonAmount, WonDeals};
    let no = |scheme: Scheme| refused(&workspace(), Command::PutScheme(scheme));
    assert_eq!(no(Scheme { name: String::new(), ..scheme(&[]) }), Rejection::Blank(RecordKind::Scheme));
    assert_eq!(no(scheme(&[(WonDeals, 60, 5), (Attainment, 39, 100)])), Rejection::Weights { sum: 99 });
    assert_eq!(no(scheme(&[(WonDeals, 60, 5), (WonDeals, 40, 6)])), Rejection::MeasureTwice);
    assert_eq!(no(scheme(&[(WonDeals, 100, -1)])), Rejection::MeasureTarget);
    assert_eq!(no(scheme(&[(WonDeals, 100, 1 << 40)])), Rejection::MeasureTarget);
    let step = |from| IncentiveStep { from, share: Share::percent(3) };
    let flat = Incentive { steps: vec![step(80), step(80)], ..Incentive::default() };
    assert_eq!(no(Scheme { incentive: flat, ..scheme(&[]) }), Rejection::StepsNotRising);
    let rising = Incentive { steps: vec![step(80), step(100)], ..Incentive::default() };
    let whole = Scheme { incentive: rising, ..scheme(&[(WonDeals, 60, 5), (WonAmount, 40, 1 << 40)]) };
    let start = done(&workspace(), Command::PutScheme(whole), 2);
    // A target in money keeps the digits of the currency.
    let yen = Profile { currency: "JPY".parse().unwrap(), ..Profile::clone(&start.profile) };
    assert_eq!(refused(&start, Command::SetProfile(yen)), Rejection::CurrencyInUse);
    let gone = done(&start, Command::RemoveScheme(1.into()), 2);
    assert_eq!(refused(&gone, Command::RemoveScheme(1.into())), Rejection::Unknown(RecordKind::Scheme));
}
