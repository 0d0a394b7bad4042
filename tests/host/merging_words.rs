//! What a merge says, case by case.

use loudou::{
    codec::{
        content::{Language, profile},
        merge::{Counts, Hindrance, Key, Misfit, Options, Remark, Standing, TABLES, Value, merge, summary},
    },
    model::{
        Command, Currency, Customer, DealDetails, FunnelModel, ModelDraft, NewDeal, Person, Playbook, Profile, Share,
        Stage, StageMove, Stamp, Workspace, apply,
    },
};

use crate::r#gen::{first_day, moment};

/// A stamp of a day of the year, with ids of its own for each person.
fn stamp(person: u128, day: u64) -> Stamp {
    let on = first_day().checked_add_days(chrono::Days::new(day)).unwrap();
    let at = moment() + chrono::TimeDelta::days(i64::try_from(day).unwrap());
    Stamp { on, at, by: None, seed: ulid::Ulid(person << 100 | u128::from(day) << 64) }
}

fn after(workspace: &Workspace, person: u128, day: u64, command: Command) -> Workspace {
    workspace.with(&apply(workspace, command, stamp(person, day)).unwrap())
}

fn stage(id: u128, name: &str) -> Stage {
    Stage {
        id: id.into(),
        name: name.to_owned(),
        zone: None,
        probability: Share::percent(20),
        promotion_rate: Share::percent(50),
        expected_days: 10,
        weight: None,
        criteria: Vec::new(),
        tasks: Vec::new(),
        required_fields: Vec::new(),
        playbook: Playbook::default(),
    }
}

fn model() -> FunnelModel {
    FunnelModel {
        id: 1.into(),
        name: "Plain".to_owned(),
        description: String::new(),
        stages: vec![stage(11, "Lead"), stage(12, "Offer"), stage(13, "Talks")],
        after_sale: None,
        segments: Vec::new(),
        revisions: Vec::new(),
        retired: Vec::new(),
    }
}

fn new_deal(id: u128, title: &str) -> Command {
    Command::CreateDeal(Box::new(NewDeal {
        id: id.into(),
        details: DealDetails { title: title.to_owned(), ..DealDetails::default() },
        model: 1.into(),
        stage: 11.into(),
        owner: None,
        amount: None,
        expected_close: None,
    }))
}

fn customer(workspace: &Workspace, person: u128, edit: impl FnOnce(&mut Customer)) -> Workspace {
    let mut customer = workspace
        .customers
        .get(21.into())
        .map_or_else(|| Customer::named(21.into(), "Acme"), |known| (**known).clone());
    edit(&mut customer);
    after(workspace, person, 1, Command::PutCustomer(Box::new(customer)))
}

/// What the manager hands out: a model, one customer, one deal.
fn base() -> Workspace {
    let start = Workspace::new(7.into(), profile(Language::English, "North"));
    let start = after(&start, 1, 0, Command::AddModel(Box::new(model())));
    after(&customer(&start, 1, |_| ()), 1, 0, new_deal(31, "Press line"))
}

fn key(table: &str, id: u128, field: &str) -> Key {
    Key { table: table.to_owned(), id: ulid::Ulid(id).to_string(), field: field.to_owned() }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[test]
fn two_values_of_a_field_are_a_conflict_that_can_be_decided() {
    let base = base();
    let one = customer(&base, 2, |customer| customer.industry = "Steel".to_owned());
    let other = customer(&base, 3, |customer| {
        customer.industry = "Foundry".to_owned();
        customer.needs = "Stock".to_owned();
    });
    let merged = merge(&[&one, &other], Some(&base), &Options::default()).unwrap();
    let [conflict] = merged.conflicts().collect::<Vec<_>>()[..] else { panic!("{:?}", merged.differences) };
    assert_eq!((&conflict.key, conflict.name.as_str()), (&key("customers", 21, "industry"), "Acme"));
    let options: Vec<_> = conflict.options.iter().map(|option| (&option.sides[..], option.value.clone())).collect();
    assert_eq!(options, [(&[1][..], text("Foundry")), (&[0][..], text("Steel"))]);
    assert_eq!(conflict.by_rule, text("Foundry"));
    let acme = merged.workspace.customers.get(21.into()).unwrap();
    assert_eq!((acme.industry.as_str(), acme.needs.as_str()), ("Foundry", "Stock"));

    let options = Options { choices: [(key("customers", 21, "industry"), 0)].into(), ..Options::default() };
    let chosen = merge(&[&one, &other], Some(&base), &options).unwrap();
    assert_eq!(chosen.workspace.customers.get(21.into()).unwrap().industry, "Steel");
    assert_eq!(chosen.conflicts().next().unwrap().chosen, Some(0));
    let options = Options { prefer: Some(0), ..Options::default() };
    let preferred = merge(&[&one, &other], Some(&base), &options).unwrap();
    assert_eq!(preferred.workspace, chosen.workspace);
}

#[test]
fn without_the_common_file_what_is_known_wins_over_what_is_not() {
    let base = base();
    let one = customer(&base, 2, |customer| customer.industry = "Steel".to_owned());
    let merged = merge(&[&base, &one], None, &Options::default()).unwrap();
    assert_eq!(merged.conflicts().count(), 0);
    assert_eq!(merged.workspace.customers.get(21.into()).unwrap().industry, "Steel");
    // Somebody emptied the field: with the common file that is known, without it is not.
    let emptied = customer(&one, 3, |customer| customer.industry.clear());
    let industry = |base| {
        let merged = merge(&[&one, &emptied], base, &Options::default()).unwrap();
        merged.workspace.customers.get(21.into()).unwrap().industry.clone()
    };
    assert_eq!((industry(Some(&one)), industry(None)), (String::new(), "Steel".to_owned()));
}

#[test]
fn tags_and_contacts_are_united() {
    let base = customer(&base(), 1, |customer| customer.tags = vec!["old".to_owned(), "VIP".to_owned()]);
    let one = customer(&base, 2, |customer| customer.tags = vec!["VIP".to_owned(), "fair".to_owned()]);
    let other = customer(&base, 3, |customer| customer.tags.push("A".to_owned()));
    let merged = merge(&[&one, &other], Some(&base), &Options::default()).unwrap();
    assert_eq!(merged.workspace.customers.get(21.into()).unwrap().tags, ["VIP", "A", "fair"]);
}

#[test]
fn a_win_and_a_later_loss_are_told_in_order() {
    let base = base();
    let won = after(&base, 2, 5, Command::WinDeal { id: 31.into(), override_reason: None });
    let command = Command::LoseDeal { id: 31.into(), reason: "Price".to_owned(), note: String::new() };
    let lost = after(&base, 3, 6, command);
    let merged = merge(&[&lost, &won], Some(&base), &Options::default()).unwrap();
    let deal = merged.workspace.deals.get(31.into()).unwrap();
    assert!(deal.standing().is_closed() && deal.history().len() == 2);
    let [note] = &merged.notes[..] else { panic!("{:?}", merged.notes) };
    let Remark::EventLeftOut { what, sides, why, .. } = &note.remark else { panic!("{note:?}") };
    assert_eq!((what.as_str(), &sides[..], *why), ("lost", &[0][..], Hindrance::NotOpen));
    let conflict = merged.conflicts().next().unwrap();
    assert_eq!(conflict.key, key("deals", 31, "history"));
    assert!(matches!(conflict.by_rule, Value::History { status: Standing::Won, events: 2, .. }));

    let options = Options { choices: [(key("deals", 31, "history"), 0)].into(), ..Options::default() };
    let chosen = merge(&[&lost, &won], Some(&base), &options).unwrap();
    assert_eq!(chosen.workspace.deals.get(31.into()).unwrap().history(), lost.deals.get(31.into()).unwrap().history());
    assert!(matches!(chosen.notes[0].remark, Remark::EventLeftOut { why: Hindrance::OtherChosen, .. }));
}

#[test]
fn what_went_on_at_different_places_is_no_conflict() {
    let base = base();
    let moved = after(&base, 2, 5, Command::MoveDeal { id: 31.into(), to: 12.into(), override_reason: None });
    let dated = after(&base, 3, 4, Command::SetExpectedClose { id: 31.into(), to: Some(first_day()) });
    let merged = merge(&[&moved, &dated], Some(&base), &Options::default()).unwrap();
    assert_eq!((merged.conflicts().count(), merged.notes.len()), (0, 0));
    let standing = merged.workspace.deals.get(31.into()).unwrap().standing().clone();
    assert_eq!((standing.stage, standing.expected_close), (12.into(), Some(first_day())));
}

#[test]
fn what_one_removed_goes_unless_another_changed_or_names_it() {
    let base = base();
    let gone = after(&base, 2, 1, Command::RemoveCustomer(21.into()));
    let with = |other: &Workspace| merge(&[&gone, other], Some(&base), &Options::default()).unwrap();

    let plain = with(&base);
    assert!(!plain.workspace.customers.contains(21.into()));
    let listed = plain.differences.iter().find(|difference| difference.key == key("customers", 21, "")).unwrap();
    assert_eq!((&listed.by_rule, listed.conflict), (&Value::Gone, false));

    let changed = with(&customer(&base, 3, |customer| customer.needs = "Stock".to_owned()));
    assert!(changed.workspace.customers.contains(21.into()));
    assert!(changed.conflicts().any(|conflict| conflict.key == key("customers", 21, "")));

    let details = DealDetails { title: "Press line".to_owned(), customer: Some(21.into()), ..DealDetails::default() };
    let named = with(&after(&base, 3, 1, Command::EditDeal { id: 31.into(), details: Box::new(details) }));
    assert!(named.workspace.customers.contains(21.into()));
    assert_eq!(named.notes[0].remark, Remark::StaysNamed);
    // Without the common file nobody knows that it was removed.
    assert!(merge(&[&gone, &base], None, &Options::default()).unwrap().workspace.customers.contains(21.into()));
}

#[test]
fn a_deal_in_a_stage_that_left_goes_where_the_model_sends_it() {
    let base = base();
    let moved = after(&base, 2, 5, Command::MoveDeal { id: 31.into(), to: 12.into(), override_reason: None });
    let talks = after(&base, 1, 3, Command::MoveDeal { id: 31.into(), to: 12.into(), override_reason: None });
    let without = FunnelModel { stages: vec![stage(11, "Lead"), stage(13, "Talks")], ..model() };
    let sent = vec![StageMove { from: 12.into(), to: 13.into(), only_with: None }];
    let revised =
        after(&talks, 1, 4, Command::ReviseModel(Box::new(ModelDraft { moves: sent, ..ModelDraft::of(&without) })));
    // The seller's deal went into the stage after it had left the manager's model.
    let seller = after(&moved, 2, 6, new_deal(32, "Second line"));
    let seller = after(&seller, 2, 7, Command::MoveDeal { id: 32.into(), to: 12.into(), override_reason: None });
    let merged = merge(&[&revised, &seller], Some(&base), &Options::default()).unwrap();
    let second = merged.workspace.deals.get(32.into()).unwrap();
    assert_eq!(second.standing().stage, 13.into());
    let remark = Remark::Restaged { from: "Offer".to_owned(), to: "Talks".to_owned() };
    assert!(merged.notes.iter().any(|note| note.remark == remark && note.name == "Second line"), "{:?}", merged.notes);
    assert!(apply(&revised, Command::TakeOver(Box::new(merged.workspace)), stamp(1, 9)).is_ok());
}

#[test]
fn a_stage_of_one_side_stays_in_the_model() {
    let base = base();
    // Without deals a stage leaves without a trace.
    let without = FunnelModel { stages: vec![stage(11, "Lead"), stage(13, "Talks")], ..model() };
    let revised = after(&base, 1, 4, Command::ReviseModel(Box::new(ModelDraft::of(&without))));
    let seller = after(&base, 2, 5, Command::MoveDeal { id: 31.into(), to: 12.into(), override_reason: None });
    let merged = merge(&[&revised, &seller], Some(&base), &Options::default()).unwrap();
    let names: Vec<_> = merged.workspace.models.get(1.into()).unwrap().stages.iter().map(|s| s.name.clone()).collect();
    assert_eq!(names, ["Lead", "Offer", "Talks"]);
    assert_eq!(merged.notes[0].remark, Remark::StageStays { stage: "Offer".to_owned() });
}

#[test]
fn ten_sellers_become_one_company() {
    let base = base();
    let seller = |number: u128| {
        let name = format!("Seller {number}");
        let person = Person {
            id: (100 + number).into(),
            name: name.clone(),
            department: None,
            territory: String::new(),
            capacity: None,
            active: true,
        };
        let mut own = after(&base, number, 1, Command::PutPerson(person));
        for deal in 0..3 {
            own = after(&own, number, 2, new_deal(1_000 * number + deal, &name));
        }
        own
    };
    let sellers: Vec<Workspace> = (2..12).map(seller).collect();
    let sides: Vec<&Workspace> = std::iter::once(&base).chain(&sellers).collect();
    let merged = merge(&sides, Some(&base), &Options::default()).unwrap();
    assert_eq!((merged.workspace.people.len(), merged.workspace.deals.len()), (10, 31));
    assert_eq!((merged.conflicts().count(), merged.notes.len()), (0, 0));
    let summary = summary(&sides, &merged);
    assert_eq!(summary.files.len(), 10);
    assert_eq!(summary.files[0].total(), Counts { added: 4, changed: 0, same: 3 });
    let deals = TABLES.iter().position(|table| *table == "deals").unwrap();
    assert_eq!(summary.outcome.tables[deals], Counts { added: 30, changed: 0, same: 1 });
    // Two departments first, then the company.
    let department = |sellers: &[Workspace]| {
        let sides: Vec<&Workspace> = sellers.iter().collect();
        merge(&sides, Some(&base), &Options::default()).unwrap().workspace
    };
    let (north, south) = (department(&sellers[..4]), department(&sellers[4..]));
    let company = merge(&[&south, &base, &north], Some(&base), &Options::default()).unwrap();
    assert_eq!(company.workspace, merged.workspace);
}

#[test]
fn what_cannot_be_added_up_is_refused() {
    let base = base();
    let other = Workspace::new(8.into(), Profile::named("South", base.profile.currency));
    let yuan = Currency::CNY;
    let foreign = Workspace::new(9.into(), Profile { currency: yuan, ..(*other.profile).clone() });
    let refused = merge(&[&base, &other, &foreign], None, &Options::default());
    let misfit = Misfit::Currency { found: "CNY".to_owned(), expected: "USD".to_owned() };
    assert_eq!(refused, Err((2, misfit)));
    // Two models that claim one stage.
    let twin = FunnelModel { id: 2.into(), ..model() };
    let twin = after(&other, 1, 0, Command::AddModel(Box::new(twin)));
    let refused = merge(&[&base, &twin], None, &Options::default());
    assert_eq!(refused, Err((1, Misfit::Stage { stage: "Lead".to_owned() })));
}

#[test]
fn a_file_with_a_few_of_the_records_removes_none() {
    let base = base();
    let part = Workspace::new(7.into(), (*base.profile).clone());
    let part = after(&part, 1, 0, Command::AddModel(Box::new(model())));
    let merged = merge(&[&base, &part], Some(&base), &Options::default()).unwrap();
    assert_eq!((merged.workspace.customers.len(), merged.workspace.deals.len()), (1, 1));
}
