//! Random commands and workspaces for the laws.
//!
//! Ids come from small pools, so that references often lead somewhere and often do not.

mod manager;
mod own;
mod records;

use loudou::model::{Batch, Command, Customer, Date, ModelDraft, Person, PersonId, Stamp, Timestamp, Workspace, apply};
use own::{custom_field, field_name, field_of};
use proptest::{collection::vec, option, prelude::*};
pub(crate) use records::after_sale;
use records::{
    activity, campaign, customer, date, deal, deal_id, department, details, id, model, money, new_deal, person,
    product, profile, quota, share, stage_id, stage_move, target, text,
};

/// How far commands stray from what a user would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    /// Mostly acceptable: few ids, days that go forward.
    Tame,
    /// Anything: strange ids, blank names, days in any order.
    Wild,
}

/// The day before every generated one.
pub(crate) fn first_day() -> Date {
    Date::from_ymd_opt(2026, 1, 1).unwrap()
}

/// The moment of every generated export.
pub(crate) fn moment() -> Timestamp {
    "2026-11-23T08:30:00.25Z".parse().unwrap()
}

/// A workspace that commands led to.
pub(crate) fn workspace() -> impl Strategy<Value = Workspace> {
    (empty(), steps(Mood::Tame, 60)).prop_map(|(start, steps)| run(&start, &steps))
}

/// A workspace with nothing but a profile.
pub(crate) fn empty() -> impl Strategy<Value = Workspace> {
    (any::<u128>(), profile(Mood::Tame)).prop_map(|(id, profile)| Workspace::new(id.into(), profile))
}

/// The workspace after every command that is not refused.
pub(crate) fn run(start: &Workspace, steps: &[(Command, Stamp)]) -> Workspace {
    steps.iter().fold(start.clone(), |workspace, (command, stamp)| match apply(&workspace, command.clone(), *stamp) {
        Ok(change) => workspace.with(&change),
        Err(_) => workspace,
    })
}

/// At most `max` commands with their stamps. Tame ones begin with what the others need.
pub(crate) fn steps(mood: Mood, max: usize) -> impl Strategy<Value = Vec<(Command, Stamp)>> {
    let stamp = (0_i64..5, option::of(id(mood)));
    (basics(mood), vec((command(mood), stamp), 0..max)).prop_map(move |(basics, rest)| {
        let basics = basics.into_iter().map(|command| (command, (0, None)));
        let mut day = first_day();
        let numbered = basics.chain(rest).zip(1_u128..);
        numbered
            .map(|((command, (days, by)), number)| {
                let days = chrono::TimeDelta::days(if mood == Mood::Wild { days * 7 - 14 } else { days });
                day += days;
                let seed = ulid::Ulid(number << 64);
                (command, Stamp { on: day, at: moment(), by: by.map(PersonId::from), seed })
            })
            .collect()
    })
}

fn basics(mood: Mood) -> impl Strategy<Value = Vec<Command>> {
    let deals = vec(new_deal(mood), 0..6);
    (vec(model(mood), 1..3), vec(person(mood), 1..4), vec(product(mood), 1..3), vec(customer(mood), 1..4), deals)
        .prop_flat_map(move |(models, people, products, customers, deals)| {
            let made = manager::Made {
                models: models.iter().map(|model| model.id).collect(),
                people: people.iter().map(|person| person.id).collect(),
                customers: customers.iter().map(|customer| customer.id).collect(),
            };
            let people = people.into_iter().map(|person| Command::PutPerson(Person { department: None, ..person }));
            let customers = customers.into_iter().map(|customer| {
                Command::PutCustomer(Box::new(Customer {
                    referred_by: None,
                    owner: None,
                    not_same_as: Vec::new(),
                    ..customer
                }))
            });
            let deals = deals.into_iter().map(|deal| Command::CreateDeal(Box::new(deal)));
            let models = models.into_iter().map(|model| Command::AddModel(Box::new(model)));
            let first: Vec<_> = models
                .chain(people)
                .chain(products.into_iter().map(Command::PutProduct))
                .chain(customers)
                .chain(deals)
                .collect();
            manager::about(mood, made).prop_map(move |rest| [first.clone(), rest].concat())
        })
}

/// Any command, also several at once.
fn command(mood: Mood) -> impl Strategy<Value = Command> {
    prop_oneof![
        12 => simple(mood),
        1 => vec(simple(mood), 0..4).prop_map(Command::Many),
        1 => batch(mood).prop_map(|batch| Command::Import(Box::new(batch))),
    ]
}

/// A merge of two customers, now and then of one with itself.
pub(crate) fn merge_customers(mood: Mood) -> impl Strategy<Value = Command> {
    (id(mood), id(mood), text()).prop_map(|(keep, gone, remark)| Command::MergeCustomers {
        keep: keep.into(),
        gone: gone.into(),
        remark,
    })
}

fn simple(mood: Mood) -> BoxedStrategy<Command> {
    let records = prop_oneof![
        profile(mood).prop_map(Command::SetProfile),
        model(mood).prop_map(|model| Command::AddModel(Box::new(model))),
        (model(mood), vec(stage_move(mood), 0..4)).prop_map(|(model, moves)| {
            Command::ReviseModel(Box::new(ModelDraft { moves, ..ModelDraft::of(&model) }))
        }),
        id(mood).prop_map(|id| Command::RemoveModel(id.into())),
        department(mood).prop_map(Command::PutDepartment),
        id(mood).prop_map(|id| Command::RemoveDepartment(id.into())),
        person(mood).prop_map(Command::PutPerson),
        id(mood).prop_map(|id| Command::RemovePerson(id.into())),
        quota(mood).prop_map(Command::PutQuota),
        id(mood).prop_map(|id| Command::RemoveQuota(id.into())),
        product(mood).prop_map(Command::PutProduct),
        id(mood).prop_map(|id| Command::RemoveProduct(id.into())),
        customer(mood).prop_map(|customer| Command::PutCustomer(Box::new(customer))),
        id(mood).prop_map(|id| Command::RemoveCustomer(id.into())),
        target(mood).prop_map(Command::PutTarget),
        id(mood).prop_map(|id| Command::RemoveTarget(id.into())),
        campaign(mood).prop_map(|campaign| Command::PutCampaign(Box::new(campaign))),
        id(mood).prop_map(|id| Command::RemoveCampaign(id.into())),
        (option::of(field_name()), custom_field()).prop_map(|(was, field)| Command::PutCustomField { was, field }),
        (field_of(), field_name()).prop_map(|(of, name)| Command::RemoveCustomField { of, name }),
        merge_customers(mood),
        activity(mood).prop_map(|activity| Command::PutActivity(Box::new(activity))),
        id(mood).prop_map(|id| Command::RemoveActivity(id.into())),
    ];
    let manager = manager::command(mood);
    let deals = prop_oneof![
        3 => new_deal(mood).prop_map(|deal| Command::CreateDeal(Box::new(deal))),
        2 => (deal_id(mood), details(mood)).prop_map(|(id, details)| Command::EditDeal { id, details: Box::new(details) }),
        1 => deal_id(mood).prop_map(Command::RemoveDeal),
        2 => (deal_id(mood), option::of(money())).prop_map(|(id, to)| Command::SetAmount { id, to }),
        2 => (deal_id(mood), option::of(date())).prop_map(|(id, to)| Command::SetExpectedClose { id, to }),
        2 => (deal_id(mood), option::of(id(mood))).prop_map(|(id, to)| Command::SetOwner { id, to: to.map(Into::into) }),
        2 => (deal_id(mood), option::of(share())).prop_map(|(id, to)| Command::SetProbability { id, to }),
        4 => (deal_id(mood), stage_id(mood), text())
            .prop_map(|(id, stage, proof)| Command::TickCriterion { id, criterion: stage.value().0.into(), proof }),
        1 => (deal_id(mood), stage_id(mood))
            .prop_map(|(id, stage)| Command::UntickCriterion { id, criterion: stage.value().0.into() }),
        8 => (deal_id(mood), stage_id(mood), option::of(text()))
            .prop_map(|(id, to, override_reason)| Command::MoveDeal { id, to, override_reason }),
        2 => (deal_id(mood), id(mood), stage_id(mood))
            .prop_map(|(id, model, stage)| Command::TransferDeal { id, model: model.into(), stage }),
        2 => (deal_id(mood), option::of(text()))
            .prop_map(|(id, override_reason)| Command::WinDeal { id, override_reason }),
        2 => (deal_id(mood), text(), text()).prop_map(|(id, reason, note)| Command::LoseDeal { id, reason, note }),
        2 => (deal_id(mood), option::of(date())).prop_map(|(id, wake)| Command::SleepDeal { id, wake }),
        3 => deal_id(mood).prop_map(Command::ReopenDeal),
    ];
    prop_oneof![3 => records, 6 => deals, 2 => manager].boxed()
}

fn batch(mood: Mood) -> impl Strategy<Value = Batch> {
    (
        vec(model(mood), 0..2),
        vec(department(mood), 0..3),
        (vec(person(mood), 0..3), vec(quota(mood), 0..2)),
        vec(product(mood), 0..2),
        (vec(target(mood), 0..2), vec(customer(mood), 0..3), vec(campaign(mood), 0..2)),
        vec(deal(mood), 0..3),
        (vec(activity(mood), 0..3), manager::batch(mood)),
    )
        .prop_map(
            |(models, departments, (people, quotas), products, (targets, customers, campaigns), deals, rest)| {
                let (activities, rest) = rest;
                Batch {
                    models,
                    departments,
                    people,
                    quotas,
                    products,
                    targets,
                    customers,
                    campaigns,
                    deals,
                    activities,
                    ..rest
                }
            },
        )
}
