//! Revisions by example.

use std::cmp::Ordering;

use ulid::Ulid;

use super::*;
use crate::model::*;

const MODEL: u128 = 1;
/// Lead 10 %, Talk 25 %, Offer 50 %, Sign 80 %.
const LEAD: u128 = 11;
const TALK: u128 = 12;
const OFFER: u128 = 13;
const SIGN: u128 = 14;
const SEEN: u128 = 21;

fn day(day: u32) -> Date {
    Date::from_ymd_opt(2026, 3, day).unwrap()
}

fn stamp(on: u32) -> Stamp {
    Stamp { on: day(on), at: Timestamp::UNIX_EPOCH, by: None, seed: Ulid(u128::from(on) << 64) }
}

fn stage(id: u128, name: &str, percent: u8) -> Stage {
    Stage {
        id: id.into(),
        name: name.to_owned(),
        zone: None,
        probability: Share::percent(percent),
        promotion_rate: Share::percent(90),
        expected_days: 10,
        weight: None,
        criteria: vec![],
        tasks: vec![],
        required_fields: vec![],
        playbook: Playbook::default(),
    }
}

fn model() -> FunnelModel {
    let mut lead = stage(LEAD, "Lead", 10);
    lead.criteria.push(Criterion { id: SEEN.into(), text: "Need seen".to_owned(), required: false });
    FunnelModel {
        id: MODEL.into(),
        name: "Four".to_owned(),
        description: String::new(),
        stages: vec![lead, stage(TALK, "Talk", 25), stage(OFFER, "Offer", 50), stage(SIGN, "Sign", 80)],
        after_sale: None,
        segments: vec![],
        revisions: vec![],
        retired: vec![],
    }
}

fn done(workspace: &Workspace, command: Command, on: u32) -> Workspace {
    let change = apply(workspace, command, stamp(on)).unwrap();
    let next = workspace.with(&change);
    assert_eq!(next.with(&change.inverse()), *workspace);
    next
}

fn to(deal: u128, stage: u128) -> Command {
    Command::MoveDeal { id: deal.into(), to: stage.into(), override_reason: None }
}

/// Deal 1 stands in Talk after Lead, 2 in Lead with evidence, 3 sleeps in Talk, 4 was lost in Talk after Offer.
fn company() -> Workspace {
    let profile = Profile::named("Test", Currency::CNY);
    let begin = |id: u128, stage: u128, amount: Option<i64>| {
        Command::CreateDeal(Box::new(NewDeal {
            id: id.into(),
            details: DealDetails { title: format!("Deal {id}"), ..DealDetails::default() },
            model: MODEL.into(),
            stage: stage.into(),
            owner: None,
            amount: amount.and_then(Money::from_minor),
            expected_close: None,
        }))
    };
    let steps = [
        (1, Command::AddModel(Box::new(model()))),
        (2, begin(1, LEAD, Some(1_000))),
        (2, begin(2, LEAD, Some(3_000))),
        (2, begin(3, TALK, None)),
        (2, begin(4, OFFER, Some(500))),
        (3, to(1, TALK)),
        (3, Command::TickCriterion { id: 2.into(), criterion: SEEN.into(), proof: String::new() }),
        (4, Command::SleepDeal { id: 3.into(), wake: None }),
        (4, to(4, TALK)),
        (5, Command::LoseDeal { id: 4.into(), reason: "price".to_owned(), note: String::new() }),
    ];
    steps.into_iter().fold(Workspace::new(0.into(), profile), |workspace, (on, command)| done(&workspace, command, on))
}

fn draft() -> ModelDraft {
    ModelDraft::of(&model())
}

fn revise(workspace: &Workspace, draft: ModelDraft, on: u32) -> Workspace {
    done(workspace, Command::ReviseModel(Box::new(draft)), on)
}

fn refused(draft: ModelDraft) -> Rejection {
    apply(&company(), Command::ReviseModel(Box::new(draft)), stamp(9)).unwrap_err()
}

fn stands(workspace: &Workspace, deal: u128) -> StageId {
    workspace.deals.get(deal.into()).unwrap().standing().stage
}

fn the_model(workspace: &Workspace) -> &FunnelModel {
    workspace.models.get(MODEL.into()).unwrap()
}

#[test]
fn a_merged_stage_takes_its_deals_and_reads_as_the_other() {
    let mut draft = draft();
    draft.merge(&model(), TALK.into(), OFFER.into());
    let next = revise(&company(), draft, 9);
    assert_eq!([1, 2, 3, 4].map(|deal| stands(&next, deal)), [OFFER, LEAD, OFFER, TALK].map(StageId::from));
    let model = the_model(&next);
    assert_eq!(model.stages.iter().map(|stage| stage.expected_days).collect::<Vec<_>>(), [10, 20, 10]);
    assert_eq!(model.stage(OFFER.into()).unwrap().promotion_rate, Share::percent(81));
    assert_eq!(
        (model.place(TALK.into()), model.place(OFFER.into()), model.position(TALK.into())),
        (Some(1), Some(1), None)
    );
    assert_eq!(model.known_stage(TALK.into()).unwrap().name, "Talk");
    // Nobody was promoted: the event says what it is, and the sleeping deal sleeps on.
    let asleep = next.deals.get(3.into()).unwrap();
    assert_eq!(asleep.history().last().unwrap().kind, EventKind::Restaged { stage: OFFER.into() });
    assert!(matches!(asleep.standing().status, Status::Dormant { .. }));
    // A closed deal keeps its standing, and comes back where its stage went.
    let reopened = done(&next, Command::ReopenDeal(4.into()), 10);
    assert_eq!(stands(&reopened, 4), OFFER.into());
    // The model as it was counted before.
    let before = next.as_counted_on(day(8));
    assert_eq!(the_model(&before).stages, super::tests::model().stages);
    assert_eq!(the_model(&next.as_counted_on(day(9))), the_model(&next));
}

#[test]
fn a_stage_that_deals_went_through_leaves_only_into_another() {
    let without = |stage: u128| {
        let mut draft = draft();
        draft.stages.retain(|s| s.id != stage.into());
        draft
    };
    assert_eq!(refused(without(OFFER)), Rejection::StageInUse { stage: OFFER.into(), deals: 1 });
    assert_eq!(the_model(&revise(&company(), without(SIGN), 9)).retired, []);
    let with = |from: u128, to: u128, only: Option<u128>| {
        let only_with = only.map(Into::into);
        let moves = vec![StageMove { from: from.into(), to: to.into(), only_with }];
        ModelDraft { moves, ..without(LEAD) }
    };
    assert_eq!(refused(with(LEAD, LEAD, None)), Rejection::Unknown(RecordKind::Stage));
    assert_eq!(refused(with(99, TALK, None)), Rejection::Unknown(RecordKind::Stage));
    assert_eq!(refused(with(TALK, TALK, None)), Rejection::SameStage);
    assert_eq!(refused(with(LEAD, TALK, Some(SEEN))), Rejection::StageInUse { stage: LEAD.into(), deals: 2 });
    let next = revise(&company(), with(LEAD, TALK, None), 9);
    let retirement = Retirement { stage: LEAD.into(), on: day(9), into: TALK.into(), until: None };
    assert_eq!(the_model(&next).retired, [retirement]);
    // The stage it went into cannot go without one either, though no deal were in it.
    let mut last = ModelDraft::of(the_model(&next));
    last.stages.retain(|s| s.id != TALK.into());
    let refusal = apply(&next, Command::ReviseModel(Box::new(last.clone())), stamp(10)).unwrap_err();
    assert_eq!(refusal, Rejection::StageInUse { stage: TALK.into(), deals: 4 });
    last.send(TALK.into(), SIGN.into());
    let last = revise(&next, last, 10);
    assert_eq!(the_model(&last).reads_as(LEAD.into()), Some(SIGN.into()));
}

#[test]
fn a_split_sends_the_deals_it_is_told_to() {
    let mut draft = draft();
    draft.split(LEAD.into(), 31.into(), "Qualified".to_owned());
    assert_eq!(draft.problems(), []);
    let names: Vec<_> = draft.stages.iter().map(|stage| stage.name.as_str()).collect();
    assert_eq!(names, ["Lead", "Qualified", "Talk", "Offer", "Sign"]);
    assert_eq!((draft.stages[0].expected_days, draft.stages[1].expected_days), (5, 5));
    assert_eq!(stands(&revise(&company(), draft.clone(), 9), 2), LEAD.into());
    draft.fetch(31.into(), Some((LEAD.into(), None)));
    draft.fetch(31.into(), Some((LEAD.into(), Some(SEEN.into()))));
    assert_eq!(draft.fetched(31.into()), Some((LEAD.into(), Some(SEEN.into()))));
    let next = revise(&company(), draft.clone(), 9);
    assert_eq!([1, 2].map(|deal| stands(&next, deal)), [TALK, 31].map(StageId::from));
    // What was to go to a stage that leaves again goes where that goes.
    draft.retire(&model(), 31.into(), TALK.into());
    assert_eq!(draft.moves, [StageMove { from: LEAD.into(), to: TALK.into(), only_with: Some(SEEN.into()) }]);
    draft.keep(&model(), TALK.into());
    assert_eq!(draft.stages.len(), 4);
}

#[test]
fn a_later_entry_delays_the_move_and_not_the_revision() {
    let ahead = done(&company(), Command::SetAmount { id: 1.into(), to: None }, 20);
    let mut draft = draft();
    draft.retire(&model(), TALK.into(), LEAD.into());
    let next = revise(&ahead, draft, 9);
    assert_eq!(next.deals.get(1.into()).unwrap().history().last().unwrap().on, Some(day(20)));
    assert_eq!(the_model(&next).revisions[0].until, day(9));
}

#[test]
fn a_restored_form_brings_stages_back() {
    let mut merged = draft();
    merged.merge(&model(), TALK.into(), OFFER.into());
    merged.split(SIGN.into(), 31.into(), "Paid".to_owned());
    let merged = revise(&company(), merged, 9);
    let mut restored = ModelDraft::of(the_model(&merged));
    restored.restore(the_model(&merged), &the_model(&merged).revisions[0]);
    assert_eq!(restored.moves, [StageMove { from: 31.into(), to: SIGN.into(), only_with: None }]);
    let effect = effect(&merged, &restored, stamp(12)).unwrap();
    let fates: Vec<_> = effect.stages.iter().map(|stage| stage.fate).collect();
    assert_eq!(fates, [Fate::Stays, Fate::Returns, Fate::Stays, Fate::Stays, Fate::Goes]);
    let next = revise(&merged, restored, 12);
    let model = the_model(&next);
    assert_eq!((model.stages.len(), model.reads_as(TALK.into())), (4, Some(TALK.into())));
    assert_eq!(
        model.retired,
        [Retirement { stage: TALK.into(), on: day(9), into: OFFER.into(), until: Some(day(12)) }]
    );
    // In between it read as the other one.
    assert_eq!(model.on(day(10)).reads_as(TALK.into()), Some(OFFER.into()));
    assert_eq!(model.on(day(8)).reads_as(TALK.into()), Some(TALK.into()));
    // Deals stay where the merger put them, until somebody moves them.
    assert_eq!(stands(&next, 1), OFFER.into());
}

#[test]
fn deals_come_home_unless_they_moved_on() {
    let mut merged = draft();
    merged.merge(&model(), TALK.into(), OFFER.into());
    let mut merged = revise(&company(), merged, 9);
    merged = done(&merged, to(1, SIGN), 10);
    let moved = done(&merged, to(1, OFFER), 11);
    let mut twice = ModelDraft::of(the_model(&moved));
    twice.name = "Another".to_owned();
    twice.merge(the_model(&moved), OFFER.into(), SIGN.into());
    let twice = revise(&moved, twice, 12);
    let asleep = |workspace: &Workspace| {
        let asleep = workspace.deals.iter().find(|d| matches!(d.standing().status, Status::Dormant { .. })).unwrap();
        (asleep.id, asleep.standing().stage)
    };
    assert_eq!(asleep(&twice).1, SIGN.into());
    let mut restored = ModelDraft::of(the_model(&twice));
    restored.restore(the_model(&twice), &the_model(&twice).revisions[0]);
    assert_eq!(restored.name, model().name);
    let back = restored.returning(the_model(&twice));
    assert_eq!(back, [TALK.into(), OFFER.into()]);
    assert_eq!(restored.coming_home(&twice, &back), 2);
    restored.home = back;
    let effect = effect(&twice, &restored, stamp(13)).unwrap();
    assert_eq!(effect.stages[3].sent, [(TALK.into(), 1), (OFFER.into(), 1)]);
    let next = revise(&twice, restored.clone(), 13);
    // The one that slept goes all the way back; the one that somebody moved meanwhile only to where he put it.
    assert_eq!((asleep(&next).1, stands(&next, 1)), (TALK.into(), OFFER.into()));
    let last = next.deals.get(asleep(&next).0).unwrap().history().last().cloned().unwrap();
    assert_eq!((last.kind, last.on), (EventKind::Restaged { stage: TALK.into() }, Some(day(13))));
    restored.home.push(99.into());
    let refused = apply(&twice, Command::ReviseModel(Box::new(restored)), stamp(13)).unwrap_err();
    assert_eq!(refused, Rejection::Unknown(RecordKind::Stage));
}

#[test]
fn the_effect_says_where_everything_goes() {
    let mut draft = draft();
    draft.merge(&model(), TALK.into(), OFFER.into());
    draft.shift(LEAD.into(), 9);
    let effect = effect(&company(), &draft, stamp(9)).unwrap();
    let reading = |open, dormant, weighted| Some(Reading { open, dormant, weighted: Some(weighted) });
    let rows: Vec<_> =
        effect.stages.iter().map(|s| (s.name.as_str(), s.fate, s.before, s.after, s.closed, s.deals)).collect();
    assert_eq!(
        rows,
        [
            ("Offer", Fate::Stays, reading(0, 0, 0), reading(1, 1, 500), 0, 1),
            ("Sign", Fate::Stays, reading(0, 0, 0), reading(0, 0, 0), 0, 0),
            ("Lead", Fate::Stays, reading(1, 0, 300), reading(1, 0, 300), 0, 2),
            ("Talk", Fate::Into(OFFER.into()), reading(1, 1, 250), None, 1, 3),
        ]
    );
    assert_eq!(effect.stages[3].sent, [(OFFER.into(), 2)]);
    assert_eq!(
        (effect.sent(), effect.before, effect.after),
        (2, reading(2, 1, 550).unwrap(), reading(2, 1, 800).unwrap())
    );
    let turned =
        |from: u128, to: u128, was, will_be| Turned { from: from.into(), to: to.into(), was, will_be, moves: 1 };
    assert_eq!(
        effect.turned,
        [turned(LEAD, TALK, Ordering::Greater, Ordering::Less), turned(OFFER, TALK, Ordering::Less, Ordering::Equal),]
    );
}

#[test]
fn nothing_known_weighs_nothing_known() {
    let workspace = done(&company(), Command::SetAmount { id: 1.into(), to: None }, 6);
    let effect = effect(&workspace, &draft(), stamp(9)).unwrap();
    assert_eq!(effect.stages[1].before, Some(Reading { open: 1, dormant: 1, weighted: None }));
    assert_eq!(revise(&workspace, draft(), 9), workspace);
}

#[test]
fn problems_refuse_or_ask() {
    use ModelProblem as Problem;
    let with = |write: &dyn Fn(&mut ModelDraft)| {
        let mut draft = draft();
        write(&mut draft);
        let problems = draft.problems();
        let refused = apply(&company(), Command::ReviseModel(Box::new(draft)), stamp(9)).is_err();
        assert_eq!(refused, problems.iter().any(|problem| problem.refuses()), "{problems:?}");
        problems
    };
    let id = StageId::from(TALK);
    assert_eq!(with(&|d| d.name = " ".to_owned()), [Problem::NoName]);
    assert_eq!(with(&|d| d.stages.clear()), [Problem::NoStage]);
    assert_eq!(with(&|d| d.stages[1].name = "\u{3000}".to_owned()), [Problem::Nameless(id)]);
    assert_eq!(with(&|d| d.stages[1].name = " LEAD ".to_owned()), [Problem::Twin(id)]);
    assert_eq!(with(&|d| d.stages[1].expected_days = 0), [Problem::NoDuration(id)]);
    assert_eq!(with(&|d| d.stages[1].promotion_rate = Share::ZERO), [Problem::NobodyPasses(id)]);
    assert_eq!(
        with(&|d| d.stages[1].criteria = vec![Criterion { id: 9.into(), text: String::new(), required: true }]),
        [Problem::BlankCriterion(id, 9.into())]
    );
    let nobody = Segment { name: String::new(), who: String::new(), action: String::new() };
    assert_eq!(with(&|d| d.segments = vec![nobody.clone()]), [Problem::NamelessSegment(0)]);
    assert_eq!(
        with(&|d| d.after_sale = Some(AfterSale { name: " ".to_owned(), ..care() })),
        [Problem::NamelessAfterSale]
    );
    assert_eq!(with(&|d| d.after_sale = Some(AfterSale { return_visit_days: 0, ..care() })), [Problem::NoInterval]);
    assert_eq!(with(&|d| d.stages[1].probability = Share::percent(9)), [Problem::ProbabilityFalls(id)]);
    assert_eq!(with(&|d| d.stages[1].promotion_rate = Share::percent(20)), [Problem::WinsExceedPasses(id)]);
    assert_eq!(with(&|d| d.stages[3].zone = Some(Zone::Upper)), [Problem::ZoneFalls(SIGN.into())]);
    assert_eq!(with(&|d| d.stages[1].weight = Some(Share::ONE)), [Problem::WeightApart(id)]);
    let many = |d: &mut ModelDraft| d.stages.extend((40..50).map(|n| stage(n, &n.to_string(), 80)));
    assert_eq!(with(&many), [Problem::ManyStages(14)]);
}

fn care() -> AfterSale {
    let tasks = vec!["Visit".to_owned()];
    AfterSale { name: "Care".to_owned(), return_visit_days: 90, tasks, playbook: Playbook::default() }
}

#[test]
fn what_follows_after_the_win_is_revised_compared_and_restored() {
    let with = |after_sale| ModelDraft { after_sale, ..draft() };
    let longer = AfterSale { name: "Service".to_owned(), return_visit_days: 180, tasks: vec![], ..care() };
    let later = revise(&revise(&company(), with(Some(care())), 12), with(Some(longer.clone())), 13);
    assert_eq!(refused(with(Some(AfterSale { name: String::new(), ..care() }))), Rejection::BlankAfterSale);
    assert_eq!(refused(with(Some(AfterSale { return_visit_days: 0, ..care() }))), Rejection::NoInterval);
    let forms = &the_model(&later).revisions;
    let had: Vec<_> = forms.iter().map(|form| (form.until, form.after_sale.clone())).collect();
    assert_eq!(had, [(day(12), None), (day(13), Some(care()))]);
    assert_eq!(the_model(&later).on(day(12)).after_sale, Some(care()));
    assert_eq!(compare_after_sale(None, Some(&care())), [Difference::Added]);
    assert_eq!(compare_after_sale(Some(&care()), None), [Difference::Gone]);
    assert_eq!(compare_after_sale(Some(&care()), Some(&care())), []);
    assert_eq!(
        compare_after_sale(Some(&care()), Some(&longer)),
        [
            Difference::Renamed("Care".to_owned()),
            Difference::Interval(90, 180),
            Difference::TaskGone("Visit".to_owned())
        ]
    );
    let mut restored = ModelDraft::of(the_model(&later));
    restored.restore(the_model(&later), &forms[1]);
    assert_eq!((restored.after_sale, restored.moves), (Some(care()), vec![]));
}

#[test]
fn forms_are_compared_stage_by_stage() {
    let before = model().stages;
    assert_eq!(compare(&before, &before), []);
    let mut draft = draft();
    draft.shift(SIGN.into(), 0);
    draft.stages.retain(|stage| stage.id != OFFER.into());
    let talk = draft.stage_mut(TALK.into()).unwrap();
    talk.name = "Needs".to_owned();
    talk.tasks.push("Ask".to_owned());
    talk.probability = Share::percent(30);
    talk.playbook.goal = "A need".to_owned();
    draft.stages.push(stage(31, "Paid", 90));
    let lead = draft.stage_mut(LEAD.into()).unwrap();
    lead.criteria[0].required = true;
    let (criterion, required) = (model().stages[0].criteria[0].clone(), lead.criteria[0].clone());
    lead.required_fields = vec![Field::Fit.into()];
    let found = compare(&before, &draft.stages);
    let found: Vec<_> = found.iter().map(|s| (s.name.as_str(), s.differences.as_slice())).collect();
    assert_eq!(
        found,
        [
            ("Sign", &[Difference::Moved(3, 0)][..]),
            ("Lead", &[Difference::CriterionChanged(criterion, required), Difference::FieldAdded(Field::Fit.into())]),
            (
                "Needs",
                &[
                    Difference::Renamed("Talk".to_owned()),
                    Difference::Probability(Share::percent(25), Share::percent(30)),
                    Difference::TaskAdded("Ask".to_owned()),
                    Difference::Changed(Part::Goal),
                ]
            ),
            ("Paid", &[Difference::Added]),
            ("Offer", &[Difference::Gone]),
        ]
    );
}

#[test]
fn other_orders_of_lists_are_seen() {
    let with = |tasks: [&str; 2]| vec![Stage { tasks: tasks.map(str::to_owned).to_vec(), ..stage(1, "A", 10) }];
    let found = compare(&with(["a", "b"]), &with(["b", "a"]));
    assert_eq!(found[0].differences, [Difference::Changed(Part::Tasks)]);
}
