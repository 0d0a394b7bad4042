//! Every rule, one by one.

mod customers;
mod guides;
mod market;
mod meetings;
mod put_back;
mod quotas;

use std::sync::Arc;

use ulid::Ulid;

use super::apply;
use crate::model::*;

const MODEL: u128 = 1;
const PERSON: u128 = 2;
const CUSTOMER: u128 = 3;
const CONTACT: u128 = 4;
const PRODUCT: u128 = 5;
const DEAL: u128 = 6;
const FIRST: u128 = 11;
const SECOND: u128 = 12;
const THIRD: u128 = 13;
const CRITERION: u128 = 21;

fn day(day: u32) -> Date {
    Date::from_ymd_opt(2026, 3, day).unwrap()
}

fn on(date: Date) -> Stamp {
    let at = "2026-03-31T00:00:00Z".parse().unwrap();
    Stamp { on: date, at, by: Some(PERSON.into()), seed: Ulid(u128::from(chrono::Datelike::day(&date)) << 64) }
}

fn stage(id: u128) -> Stage {
    Stage {
        id: id.into(),
        name: format!("Stage {id}"),
        zone: None,
        probability: Share::percent(10),
        promotion_rate: Share::percent(50),
        expected_days: 10,
        weight: None,
        criteria: Vec::new(),
        tasks: Vec::new(),
        required_fields: Vec::new(),
        playbook: Playbook::default(),
    }
}

/// Three stages; the first asks for a criterion and the amount.
fn model() -> FunnelModel {
    let mut first = stage(FIRST);
    first.criteria.push(Criterion { id: CRITERION.into(), text: "Need seen".to_owned(), required: true });
    first.required_fields.push(Field::Amount.into());
    let stages = vec![first, stage(SECOND), stage(THIRD)];
    FunnelModel {
        id: MODEL.into(),
        name: "Model".to_owned(),
        description: String::new(),
        stages,
        after_sale: None,
        segments: vec![],
        revisions: vec![],
        retired: vec![],
    }
}

fn person(id: u128) -> Person {
    Person {
        id: id.into(),
        name: "Li".to_owned(),
        department: None,
        territory: String::new(),
        capacity: None,
        active: true,
    }
}

fn department(id: u128, parent: Option<u128>) -> Department {
    Department { id: id.into(), name: "East".to_owned(), parent: parent.map(Into::into), manager: String::new() }
}

fn customer() -> Customer {
    let contact = Contact {
        id: CONTACT.into(),
        name: "Zhang".to_owned(),
        job_title: String::new(),
        phone: String::new(),
        email: String::new(),
        role: String::new(),
    };
    Customer { contacts: vec![contact], ..Customer::named(CUSTOMER.into(), "Customer") }
}

fn product() -> Product {
    Product { id: PRODUCT.into(), name: "GTX".to_owned(), series: String::new(), price: None, active: true }
}

fn details() -> DealDetails {
    DealDetails {
        title: "Deal".to_owned(),
        customer: Some(CUSTOMER.into()),
        contact: Some(CONTACT.into()),
        lines: vec![ProductLine { product: PRODUCT.into(), units: 1, price: None }],
        ..DealDetails::default()
    }
}

fn new_deal() -> NewDeal {
    NewDeal {
        id: DEAL.into(),
        details: details(),
        model: MODEL.into(),
        stage: FIRST.into(),
        owner: None,
        amount: None,
        expected_close: None,
    }
}

fn activity() -> Activity {
    Activity {
        id: 7.into(),
        on: day(2),
        kind: ActivityKind::Call,
        by: None,
        customer: None,
        deal: Some(DEAL.into()),
        note: String::new(),
        result: String::new(),
        next_step: String::new(),
        satisfaction: None,
        minutes: None,
        cost: None,
    }
}

fn profile() -> Profile {
    Profile {
        lost_reasons: vec![LostReason { name: "other".to_owned(), needs_note: true }],
        ..Profile::named("Test", Currency::CNY)
    }
}

/// One of each, and a deal begun on 1 March.
fn workspace() -> Workspace {
    let workspace = Workspace::new(0.into(), profile());
    let commands = vec![
        Command::AddModel(Box::new(model())),
        Command::PutPerson(person(PERSON)),
        Command::PutProduct(product()),
        Command::PutCustomer(Box::new(customer())),
        Command::CreateDeal(Box::new(new_deal())),
    ];
    done(&workspace, Command::Many(commands), 1)
}

fn done(workspace: &Workspace, command: Command, on_day: u32) -> Workspace {
    workspace.with(&apply(workspace, command, on(day(on_day))).unwrap())
}

fn refused(workspace: &Workspace, command: Command) -> Rejection {
    apply(workspace, command, on(day(9))).unwrap_err()
}

fn deal(workspace: &Workspace) -> &Arc<Deal> {
    workspace.deals.get(DEAL.into()).unwrap()
}

fn to(stage: u128) -> Command {
    Command::MoveDeal { id: DEAL.into(), to: stage.into(), override_reason: None }
}

fn to_because(stage: u128, reason: &str) -> Command {
    Command::MoveDeal { id: DEAL.into(), to: stage.into(), override_reason: Some(reason.to_owned()) }
}

fn lose(reason: &str, note: &str) -> Command {
    Command::LoseDeal { id: DEAL.into(), reason: reason.to_owned(), note: note.to_owned() }
}

fn missing() -> Vec<Missing> {
    vec![Missing::Criterion(CRITERION.into()), Missing::Field(Field::Amount.into())]
}

#[test]
fn a_closed_gate_refuses_a_move_forward_and_says_what_is_missing() {
    let start = workspace();
    let closed = Rejection::GateClosed { stage: FIRST.into(), missing: missing() };
    assert_eq!(refused(&start, to(SECOND)), closed);
    assert_eq!(refused(&start, Command::WinDeal { id: DEAL.into(), override_reason: None }), closed);
    assert_eq!(refused(&start, to_because(SECOND, " ")), Rejection::OverrideReason);
}

#[test]
fn an_override_is_kept_with_its_reason_and_what_was_missing() {
    let next = done(&workspace(), to_because(SECOND, "boss"), 2);
    let gate = Gate::Overridden { reason: "boss".to_owned(), missing: missing() };
    assert_eq!(deal(&next).history()[1].kind, EventKind::Entered { stage: SECOND.into(), gate });
}

#[test]
fn a_met_gate_needs_no_reason() {
    let tick = Command::TickCriterion { id: DEAL.into(), criterion: CRITERION.into(), proof: "mail".to_owned() };
    let amount = Command::SetAmount { id: DEAL.into(), to: Money::from_minor(100) };
    let next = done(&workspace(), Command::Many(vec![tick, amount, to(SECOND)]), 2);
    let entered = EventKind::Entered { stage: SECOND.into(), gate: Gate::Met };
    assert_eq!(deal(&next).history().last().unwrap().kind, entered);
    let evidence = &deal(&next).standing().evidence[&CRITERION.into()];
    assert_eq!((evidence.on, evidence.by, evidence.proof.as_str()), (Some(day(2)), Some(PERSON.into()), "mail"));
}

#[test]
fn a_fallback_asks_for_nothing() {
    let next = done(&workspace(), to_because(THIRD, "skip"), 2);
    assert_eq!(deal(&done(&next, to(FIRST), 3)).standing().stage, FIRST.into());
}

#[test]
fn a_deal_stays_in_its_model_and_moves_somewhere_else() {
    let start = workspace();
    assert_eq!(refused(&start, to(99)), Rejection::Unknown(RecordKind::Stage));
    assert_eq!(refused(&start, to(FIRST)), Rejection::SameStage);
    let same = Command::TransferDeal { id: DEAL.into(), model: MODEL.into(), stage: FIRST.into() };
    assert_eq!(refused(&start, same), Rejection::SameStage);
    let elsewhere = Command::TransferDeal { id: DEAL.into(), model: 99.into(), stage: FIRST.into() };
    assert_eq!(refused(&start, elsewhere), Rejection::Unknown(RecordKind::Model));
}

#[test]
fn a_lost_deal_has_a_reason_and_some_reasons_a_note() {
    let start = workspace();
    assert_eq!(refused(&start, lose(" ", "note")), Rejection::LostReason);
    assert_eq!(refused(&start, lose("other", " ")), Rejection::LostNote);
    let lost = done(&start, lose("price", ""), 2);
    let status = Status::Lost { on: Some(day(2)), reason: "price".to_owned(), note: String::new() };
    assert_eq!(deal(&lost).standing().status, status);
    assert_eq!(refused(&lost, to(SECOND)), Rejection::NotOpen);
    assert_eq!(refused(&lost, lose("price", "")), Rejection::NotOpen);
}

#[test]
fn a_reopened_deal_goes_on_in_the_stage_it_left() {
    let start = done(&workspace(), to_because(SECOND, "skip"), 2);
    assert_eq!(refused(&start, Command::ReopenDeal(DEAL.into())), Rejection::AlreadyOpen);
    let closed = done(&start, Command::WinDeal { id: DEAL.into(), override_reason: None }, 3);
    assert_eq!(deal(&closed).standing().status, Status::Won { on: Some(day(3)) });
    let open = done(&closed, Command::ReopenDeal(DEAL.into()), 4);
    assert!(deal(&open).standing().is_open());
    assert_eq!(deal(&open).standing().stage, SECOND.into());
    assert_eq!(deal(&open).standing_on(day(3)).unwrap().status, Status::Won { on: Some(day(3)) });
}

#[test]
fn a_deal_sleeps_until_a_day_to_come_and_can_be_lost_asleep() {
    let start = workspace();
    let sleep = |wake| Command::SleepDeal { id: DEAL.into(), wake };
    assert_eq!(refused(&start, sleep(Some(day(9)))), Rejection::WakeInPast);
    let asleep = done(&start, sleep(Some(day(20))), 9);
    assert_eq!(deal(&asleep).standing().status, Status::Dormant { on: Some(day(9)), wake: Some(day(20)) });
    assert!(matches!(deal(&done(&asleep, lose("price", ""), 10)).standing().status, Status::Lost { .. }));
    assert!(deal(&done(&start, sleep(None), 9)).standing().status != Status::Open);
}

#[test]
fn history_goes_forward() {
    let start = done(&workspace(), Command::SetAmount { id: DEAL.into(), to: Money::from_minor(5) }, 5);
    let late = Command::SetAmount { id: DEAL.into(), to: None };
    assert_eq!(apply(&start, late.clone(), on(day(4))), Err(Rejection::BeforeHistory { last: day(5) }));
    assert!(apply(&start, late, on(day(5))).is_ok());
}

#[test]
fn what_changes_nothing_leaves_no_event() {
    let start = workspace();
    for idle in [
        Command::SetAmount { id: DEAL.into(), to: None },
        Command::SetExpectedClose { id: DEAL.into(), to: None },
        Command::SetOwner { id: DEAL.into(), to: None },
        Command::SetProbability { id: DEAL.into(), to: None },
        Command::PutPerson(person(PERSON)),
    ] {
        assert!(apply(&start, idle, on(day(9))).unwrap().is_empty());
    }
}

#[test]
fn evidence_is_for_criteria_of_the_model() {
    let start = workspace();
    let tick = Command::TickCriterion { id: DEAL.into(), criterion: 99.into(), proof: String::new() };
    assert_eq!(refused(&start, tick), Rejection::Unknown(RecordKind::Criterion));
    let untick = Command::UntickCriterion { id: DEAL.into(), criterion: CRITERION.into() };
    assert_eq!(refused(&start, untick), Rejection::Unknown(RecordKind::Criterion));
}

#[test]
fn what_is_named_is_there() {
    let start = workspace();
    let edit = |details| Command::EditDeal { id: DEAL.into(), details: Box::new(details) };
    let idle = NextAction { what: " ".to_owned(), owner: None, due: None };
    let cases = [
        (DealDetails { title: " ".to_owned(), ..details() }, Rejection::Blank(RecordKind::Deal)),
        (DealDetails { next_action: Some(idle.clone()), ..details() }, Rejection::BlankNextAction),
        (DealDetails { customer: Some(99.into()), ..details() }, Rejection::Unknown(RecordKind::Customer)),
        (DealDetails { customer: None, ..details() }, Rejection::Unknown(RecordKind::Contact)),
        (DealDetails { supporters: vec![99.into()], ..details() }, Rejection::Unknown(RecordKind::Person)),
        (
            DealDetails { lines: vec![ProductLine { product: PRODUCT.into(), units: 0, price: None }], ..details() },
            Rejection::NoUnits,
        ),
    ];
    for (details, rejection) in cases {
        assert_eq!(refused(&start, edit(details)), rejection);
    }
    let idle = DealDetails { next_action: Some(idle), ..details() };
    let created = NewDeal { id: 98.into(), details: idle.clone(), ..new_deal() };
    assert_eq!(refused(&start, Command::CreateDeal(Box::new(created))), Rejection::BlankNextAction);
    let deal = deal(&start);
    let imported = Deal::from_history(deal.id, idle, deal.history().to_vec()).unwrap();
    let batch = Batch { deals: vec![imported], ..Batch::default() };
    assert_eq!(refused(&start, Command::Import(Box::new(batch))), Rejection::BlankNextAction);
    let owner = Command::SetOwner { id: DEAL.into(), to: Some(99.into()) };
    assert_eq!(refused(&start, owner), Rejection::Unknown(RecordKind::Person));
    assert_eq!(refused(&start, Command::CreateDeal(Box::new(new_deal()))), Rejection::Exists(RecordKind::Deal));
    let stranger = Stamp { by: Some(99.into()), ..on(day(9)) };
    let event = Command::SetAmount { id: DEAL.into(), to: Money::from_minor(1) };
    assert_eq!(apply(&start, event, stranger), Err(Rejection::Unknown(RecordKind::Person)));
}

#[test]
fn what_is_named_does_not_go() {
    let start = done(&workspace(), Command::SetOwner { id: DEAL.into(), to: Some(PERSON.into()) }, 2);
    let start = done(&start, Command::SetOwner { id: DEAL.into(), to: None }, 2);
    let in_use = |kind| Rejection::InUse { kind, by: 1 };
    assert_eq!(refused(&start, Command::RemoveModel(MODEL.into())), in_use(RecordKind::Model));
    assert_eq!(refused(&start, Command::RemovePerson(PERSON.into())), in_use(RecordKind::Person));
    assert_eq!(refused(&start, Command::RemoveProduct(PRODUCT.into())), in_use(RecordKind::Product));
    assert_eq!(refused(&start, Command::RemoveCustomer(CUSTOMER.into())), in_use(RecordKind::Customer));
    let alone = Customer::named(CUSTOMER.into(), "Customer");
    assert_eq!(refused(&start, Command::PutCustomer(Box::new(alone))), in_use(RecordKind::Contact));
    let emptied = done(&start, Command::RemoveDeal(DEAL.into()), 2);
    assert!(done(&emptied, Command::RemovePerson(PERSON.into()), 3).people.is_empty());
    assert_eq!(refused(&emptied, Command::RemoveProduct(99.into())), Rejection::Unknown(RecordKind::Product));
}

#[test]
fn a_removed_deal_takes_its_activities_along() {
    let start = done(&workspace(), Command::PutActivity(Box::new(activity())), 2);
    assert_eq!(start.activities.len(), 1);
    assert!(done(&start, Command::RemoveDeal(DEAL.into()), 3).activities.is_empty());
    let rated = Activity { satisfaction: Some(6), ..activity() };
    assert_eq!(refused(&start, Command::PutActivity(Box::new(rated))), Rejection::Satisfaction);
}

#[test]
fn departments_stay_a_tree() {
    let put = |id, parent| Command::PutDepartment(department(id, parent));
    let start = done(&workspace(), Command::Many(vec![put(1, None), put(2, Some(1)), put(3, Some(2))]), 1);
    assert_eq!(refused(&start, put(1, Some(3))), Rejection::Circle(RecordKind::Department));
    assert_eq!(refused(&start, put(4, Some(4))), Rejection::Unknown(RecordKind::Department));
    assert_eq!(
        refused(&start, Command::RemoveDepartment(2.into())),
        Rejection::InUse { kind: RecordKind::Department, by: 1 }
    );
    let batch = Batch { departments: vec![department(5, Some(6)), department(6, Some(5))], ..Batch::default() };
    assert_eq!(refused(&start, Command::Import(Box::new(batch))), Rejection::Circle(RecordKind::Department));
}

#[test]
fn a_revision_keeps_the_stages_as_they_were() {
    let start = workspace();
    let revise = |stages: Vec<Stage>| {
        let draft = ModelDraft::of(&model());
        Command::ReviseModel(Box::new(ModelDraft { name: "New".to_owned(), stages, ..draft }))
    };
    let two = vec![stage(FIRST), stage(SECOND)];
    let next = done(&start, revise(two.clone()), 5);
    let revised = next.models.get(MODEL.into()).unwrap();
    assert_eq!((revised.name.as_str(), &revised.stages), ("New", &two));
    assert_eq!(revised.revisions, [model().replaced(day(5))]);
    let same = done(&next, revise(two.clone()), 6);
    assert_eq!(same, next);
    let renamed = ModelDraft { name: "Newer".to_owned(), ..ModelDraft::of(revised) };
    let renamed = done(&next, Command::ReviseModel(Box::new(renamed)), 6);
    assert_eq!(renamed.models.get(MODEL.into()).unwrap().revisions[1], revised.replaced(day(6)));
    let in_use = Rejection::StageInUse { stage: FIRST.into(), deals: 1 };
    assert_eq!(refused(&start, revise(vec![stage(SECOND)])), in_use);
}

#[test]
fn models_have_stages_of_their_own_that_last() {
    let start = workspace();
    let other = |stages| FunnelModel { id: 9.into(), stages, ..model() };
    let add = |stages| Command::AddModel(Box::new(other(stages)));
    assert_eq!(refused(&start, add(vec![])), Rejection::NoStage);
    assert_eq!(refused(&start, add(vec![stage(FIRST)])), Rejection::Exists(RecordKind::Stage));
    assert_eq!(refused(&start, add(vec![stage(91), stage(91)])), Rejection::Exists(RecordKind::Stage));
    let fleeting = Stage { expected_days: 0, ..stage(91) };
    assert_eq!(refused(&start, add(vec![fleeting.clone()])), Rejection::NoDuration(91.into()));
    let revisions = vec![Revision { until: day(1), cover: None, stages: vec![fleeting], after_sale: None }];
    let past = FunnelModel { revisions, ..other(vec![stage(92)]) };
    assert_eq!(refused(&start, Command::AddModel(Box::new(past))), Rejection::NoDuration(91.into()));
    assert_eq!(refused(&start, Command::AddModel(Box::new(model()))), Rejection::Exists(RecordKind::Model));
}

#[test]
fn the_currency_stays_while_amounts_count_its_digits() {
    let start = workspace();
    let in_currency =
        |currency: &str| Command::SetProfile(Profile { currency: currency.parse().unwrap(), ..profile() });
    assert_eq!(done(&start, in_currency("JPY"), 2).profile.currency.code(), "JPY");
    let priced = done(&start, Command::SetAmount { id: DEAL.into(), to: Money::from_minor(1) }, 2);
    assert_eq!(refused(&priced, in_currency("JPY")), Rejection::CurrencyInUse);
    assert_eq!(done(&priced, in_currency("USD"), 3).profile.currency, Currency::USD);
    let month = Profile { fiscal_year_start: 13, ..profile() };
    assert_eq!(refused(&start, Command::SetProfile(month)), Rejection::Month);
    let nameless = Profile { name: String::new(), ..profile() };
    assert_eq!(refused(&start, Command::SetProfile(nameless)), Rejection::BlankName);
    let nothing = LostReason { name: "\u{3000}".to_owned(), needs_note: true };
    let reasonless = Profile { lost_reasons: vec![nothing], ..profile() };
    assert_eq!(refused(&start, Command::SetProfile(reasonless)), Rejection::BlankLostReason);
}

#[test]
fn many_commands_are_done_all_or_none() {
    let start = workspace();
    let commands = vec![Command::PutPerson(person(8)), to(SECOND)];
    assert!(matches!(refused(&start, Command::Many(commands)), Rejection::GateClosed { .. }));
    let batch = Batch {
        people: vec![person(8)],
        activities: vec![Activity { deal: Some(99.into()), ..activity() }],
        ..Batch::default()
    };
    assert_eq!(refused(&start, Command::Import(Box::new(batch))), Rejection::Unknown(RecordKind::Deal));
    assert_eq!(start, workspace());
}

#[test]
fn customers_of_a_batch_may_refer_to_one_another() {
    let named = |id: u128, by: u128| Customer { referred_by: Some(by.into()), ..Customer::named(id.into(), "C") };
    let batch = Batch { customers: vec![named(31, 32), named(32, CUSTOMER)], ..Batch::default() };
    assert_eq!(done(&workspace(), Command::Import(Box::new(batch)), 2).customers.len(), 3);
    let itself = Batch { customers: vec![named(31, 31)], ..Batch::default() };
    let circle = Rejection::Circle(RecordKind::Customer);
    assert_eq!(refused(&workspace(), Command::Import(Box::new(itself))), circle);
}

#[test]
fn an_imported_history_names_what_is_there() {
    let start = workspace();
    let event = |id: u128, by: Option<u128>, kind| Event {
        id: id.into(),
        on: Some(day(1)),
        at: on(day(1)).at,
        by: by.map(Into::into),
        kind,
    };
    let begun = |stage: u128| EventKind::Created {
        model: MODEL.into(),
        stage: stage.into(),
        owner: None,
        amount: None,
        expected_close: None,
        probability: None,
    };
    let second = || EventKind::Entered { stage: SECOND.into(), gate: Gate::Unchecked };
    let import = |history| {
        let deal = Deal::from_history(8.into(), details(), history).unwrap();
        Command::Import(Box::new(Batch { deals: vec![deal], ..Batch::default() }))
    };
    let whole = import(vec![event(1, None, begun(FIRST)), event(2, Some(PERSON), second())]);
    assert_eq!(done(&start, whole, 9).deals.len(), 2);
    let stage = import(vec![event(1, None, begun(99)), event(2, None, second())]);
    assert_eq!(refused(&start, stage), Rejection::Unknown(RecordKind::Stage));
    let person = import(vec![event(1, None, begun(FIRST)), event(2, Some(99), second())]);
    assert_eq!(refused(&start, person), Rejection::Unknown(RecordKind::Person));
}
