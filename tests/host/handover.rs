//! What a handover must leave behind: nothing of the leaver, everything of the past.

use std::collections::BTreeMap;

use loudou::{
    codec::content::Language,
    metrics::{
        Filter, Frame, Month,
        handover::{Belongings, Ground, Matching, Plan, hand_over, waiting},
        quota::attainment,
    },
    model::{
        Change, Command, Customer, Date, Deal, DealDetails, EventKind, HandedOver, HandoverId, NextAction, Person,
        PersonId, Promise, Quota, QuotaOf, QuotaSpan, Stamp, Timestamp, Workspace, apply,
    },
    training::demo,
};
use proptest::prelude::*;

use crate::r#gen::workspace;

const CHECKLIST: u128 = 7_000_000;

fn today() -> Date {
    Date::from_ymd_opt(2026, 11, 23).unwrap()
}

fn stamp(on: Date) -> Stamp {
    Stamp { on, at: Timestamp::UNIX_EPOCH, by: None, seed: ulid::Ulid(1 << 100) }
}

fn done(workspace: &Workspace, command: Command) -> Workspace {
    workspace.with(&apply(workspace, command, stamp(today())).unwrap())
}

fn proposed(workspace: &Workspace, from: PersonId, on: Date) -> BTreeMap<HandedOver, PersonId> {
    let owned = Belongings::of(workspace, from, on);
    let proposals = Matching::new(workspace, from, &owned, on).propose();
    proposals.into_iter().map(|one| (one.what, one.fit.person)).collect()
}

/// The plan that is proposed, with the first of the others for the rest; `None` when nobody stays.
fn plan(workspace: &Workspace, from: PersonId, on: Date) -> Option<Plan> {
    let rest = workspace.people.iter().find(|person| person.active && person.id != from)?.id;
    let to = proposed(workspace, from, on);
    Some(Plan { from, to, rest: Some(rest), drop_quotas: true })
}

/// The demo company, in which the busiest seller also supports, acts and promises.
fn busy() -> (Workspace, PersonId) {
    let company = demo::company(Language::English, today(), demo::SEED);
    let owned = |person: &Person| Belongings::of(&company, person.id, today()).deals().count();
    let leaver = company.people.iter().max_by_key(|person| owned(person)).unwrap().id;
    let deals: Vec<_> = company.deals.iter().filter(|deal| deal.standing().is_open()).cloned().collect();
    let own = deals.iter().find(|deal| deal.standing().owner == Some(leaver)).unwrap();
    let other = deals.iter().find(|deal| deal.standing().owner != Some(leaver)).unwrap();
    let act = |deal: &Deal, supporters: Vec<PersonId>| {
        let next_action = Some(NextAction { what: "Call".into(), owner: Some(leaver), due: Some(today()) });
        let details = DealDetails { next_action, supporters, ..deal.details.clone() };
        Command::EditDeal { id: deal.id, details: Box::new(details) }
    };
    let promise = |id: u128, deal| {
        Command::PutPromise(Box::new(Promise {
            id: id.into(),
            person: leaver,
            made: today(),
            due: today(),
            text: "Visit".into(),
            deal,
            customer: None,
            reaches: None,
            settled: None,
        }))
    };
    let commands = vec![
        act(own, vec![]),
        act(other, vec![leaver]),
        promise(901, Some(own.id)),
        promise(902, Some(other.id)),
        promise(903, None),
    ];
    (done(&company, Command::Many(commands)), leaver)
}

/// What must hold whatever was handed over: of `before` only who looks after things changed.
fn check(before: &Workspace, after: &Workspace, from: PersonId, on: Date) -> Result<(), TestCaseError> {
    let mut left = Belongings::of(after, from, on);
    left.quotas.clear();
    prop_assert!(left.is_empty(), "{:?}", left);
    prop_assert!(after.people.get(from).is_some_and(|person| !person.active));
    prop_assert_eq!(before.deals.len(), after.deals.len());
    prop_assert!(before.activities.same(&after.activities) || before.activities == after.activities);
    for (old, new) in before.deals.iter().zip(after.deals.iter()) {
        let (was, is) = (old.standing(), new.standing());
        prop_assert_eq!((was.model, was.stage, was.amount), (is.model, is.stage, is.amount));
        prop_assert_eq!(&was.status, &is.status);
        prop_assert_eq!(&was.evidence, &is.evidence);
        let (known, added) = new.history().split_at(old.history().len());
        prop_assert_eq!(known, old.history());
        prop_assert!(added.len() <= 1);
        let only_owner = added.iter().all(|event| matches!(event.kind, EventKind::OwnerChanged { .. }));
        prop_assert!(only_owner);
        if was.is_closed() {
            prop_assert_eq!(&**old, &**new);
        }
        let action = |deal: &Deal| deal.details.next_action.clone().map(|action| (action.what, action.due));
        prop_assert_eq!(action(old), action(new));
    }
    for (old, new) in before.customers.iter().zip(after.customers.iter()) {
        prop_assert_eq!(&Customer { owner: old.owner, ..Customer::clone(new) }, &**old);
        prop_assert!(old.owner == new.owner || old.owner == Some(from));
    }
    for (old, new) in before.promises.iter().zip(after.promises.iter()) {
        prop_assert_eq!(&Promise { person: old.person, ..Promise::clone(new) }, &**old);
    }
    Ok(())
}

#[test]
fn nothing_of_the_leaver_is_left_and_undo_brings_it_back() {
    let (company, leaver) = busy();
    let owned = Belongings::of(&company, leaver, today());
    assert!(owned.customers() > 0 && owned.deals().count() > 0 && owned.actions.len() >= 2);
    assert!([901, 902, 903].into_iter().all(|id: u128| owned.promises.contains(&id.into())));
    assert!(!owned.supports.is_empty());
    let plan = plan(&company, leaver, today()).unwrap();
    let command = hand_over(&company, &plan, HandoverId::from(CHECKLIST), today()).unwrap();
    let change = apply(&company, command, stamp(today())).unwrap();
    let after = company.with(&change);
    check(&company, &after, leaver, today()).unwrap();
    assert_eq!(after.with(&change.inverse()), company);
    // Every line is on the checklist, under its receiver.
    let handover = after.handovers.get(HandoverId::from(CHECKLIST)).unwrap();
    assert_eq!(handover.items.len(), owned.lots.len());
    assert!(handover.items.iter().all(|item| plan.to.get(&item.what) == Some(&item.to)));
    assert_eq!(waiting(&after, None).count(), owned.lots.len());
    // A promise about somebody else's deal goes to whoever owns that, one about nothing to whoever takes the rest.
    let keeper = |id: u128| after.promises.get(id.into()).map(|promise| promise.person);
    let seller =
        |id: u128| after.deals.get(after.promises.get(id.into()).unwrap().deal.unwrap()).unwrap().standing().owner;
    assert_eq!((keeper(901), keeper(902), keeper(903)), (seller(901), seller(902), plan.rest));
    // Only quotas that have begun are left.
    assert!(company.quotas.iter().any(|quota| quota.of == QuotaOf::Person { person: leaver } && quota.from > today()));
    assert!(!after.quotas.iter().any(|quota| quota.of == QuotaOf::Person { person: leaver } && quota.from > today()));
}

#[test]
fn credit_for_what_was_won_stays_and_totals_agree() {
    let (company, leaver) = busy();
    let plan = plan(&company, leaver, today()).unwrap();
    let after = done(&company, hand_over(&company, &plan, HandoverId::from(CHECKLIST), today()).unwrap());
    let (old, new) = (Frame::new(&company), Frame::new(&after));
    let of_leaver = Filter { people: [leaver].into(), ..Filter::default() };
    for month in 1..12 {
        let first = Month { year: 2026, month };
        let won = |workspace, frame, filter: &Filter| {
            attainment(workspace, frame, today(), filter, first, 1).map(|found| found.won.amount)
        };
        assert_eq!(won(&company, &old, &of_leaver), won(&after, &new, &of_leaver));
        assert_eq!(won(&company, &old, &Filter::default()), won(&after, &new, &Filter::default()));
    }
    let open = |workspace: &Workspace| -> i64 {
        let open = workspace.deals.iter().filter(|deal| deal.standing().is_open());
        open.filter_map(|deal| deal.standing().amount).map(loudou::model::Money::minor).sum()
    };
    assert_eq!(open(&company), open(&after));
}

#[test]
fn who_knows_the_customer_comes_first_and_nobody_is_buried() {
    let (company, leaver) = busy();
    let owned = Belongings::of(&company, leaver, today());
    let matching = Matching::new(&company, leaver, &owned, today());
    let proposals = matching.propose();
    assert_eq!(proposals, matching.propose());
    assert_eq!(proposals.len(), owned.lots.len());
    let to: BTreeMap<_, _> = proposals.iter().map(|one| (one.what, one.fit.person)).collect();
    let loads = matching.loads(&to);
    let given: i64 = loads.iter().map(|(_, before, after)| after.customers - before.customers).sum();
    assert_eq!(given, i64::try_from(owned.customers()).unwrap());
    let most = loads.iter().map(|(_, before, after)| after.deals - before.deals).max().unwrap();
    assert!(most < i64::try_from(owned.lots.len()).unwrap(), "{most} of {}", owned.lots.len());
    // A deal at a customer of somebody else goes to them.
    let foreign = proposals.iter().filter(|one| matches!(one.what, HandedOver::Deal(_)));
    for proposal in foreign {
        let HandedOver::Deal(id) = proposal.what else { unreachable!() };
        let customer = company.customer_of(company.deals.get(id).unwrap()).unwrap();
        let knows = customer.owner.and_then(|person| company.people.get(person)).filter(|person| person.active);
        if knows.is_some() {
            assert!(proposal.fit.grounds.iter().any(|ground| matches!(ground, Ground::Knows(_))), "{proposal:?}");
        }
    }
}

#[test]
fn equal_people_share_evenly() {
    let mut company = demo::company(Language::English, today(), demo::SEED);
    let ids: Vec<_> = company.people.iter().map(|person| person.id).collect();
    let (leaver, others) = ids.split_first().unwrap();
    let mut commands = Vec::new();
    for person in company.people.iter() {
        let mut person = Person::clone(person);
        (person.territory, person.capacity, person.active) = (String::new(), None, true);
        commands.push(Command::PutPerson(person));
    }
    company = done(&company, Command::Many(commands));
    // Nobody has anything but the leaver, who has customers without deals.
    let deals: Vec<_> = company.deals.iter().map(|deal| Command::RemoveDeal(deal.id)).collect();
    company = done(&company, Command::Many(deals));
    let activities: Vec<_> = company.activities.iter().map(|one| Command::RemoveActivity(one.id)).collect();
    company = done(&company, Command::Many(activities));
    let owned = company.customers.iter().map(|customer| {
        let (owner, industry) = (Some(*leaver), String::new());
        Command::PutCustomer(Box::new(Customer { owner, industry, ..Customer::clone(customer) }))
    });
    company = done(&company, Command::Many(owned.collect()));
    let to = proposed(&company, *leaver, today());
    let count = |person: &PersonId| to.values().filter(|one| *one == person).count();
    let counts: Vec<usize> = others.iter().map(count).collect();
    assert!(counts.iter().max().unwrap() - counts.iter().min().unwrap() <= 1, "{counts:?}");
}

#[test]
fn what_has_no_receiver_stops_everything() {
    let (company, leaver) = busy();
    let whole = plan(&company, leaver, today()).unwrap();
    let missing = *whole.to.keys().next().unwrap();
    let mut without = whole.clone();
    without.to.remove(&missing);
    without.rest = None;
    let orphans = hand_over(&company, &without, HandoverId::from(CHECKLIST), today()).unwrap_err();
    assert_eq!(orphans.lots, vec![missing]);
    assert!(orphans.promises.contains(&903.into()));
    let mut to_themselves = whole;
    to_themselves.to.insert(missing, leaver);
    let orphans = hand_over(&company, &to_themselves, HandoverId::from(CHECKLIST), today()).unwrap_err();
    assert_eq!(orphans.receivers, vec![leaver]);
}

#[test]
fn a_receiver_who_leaves_hands_on_what_is_not_confirmed() {
    let (company, leaver) = busy();
    let mut first = plan(&company, leaver, today()).unwrap();
    let second = first.rest.unwrap();
    for to in first.to.values_mut() {
        *to = second;
    }
    let after = done(&company, hand_over(&company, &first, HandoverId::from(CHECKLIST), today()).unwrap());
    let again = plan(&after, second, today()).unwrap();
    let last = done(&after, hand_over(&after, &again, HandoverId::from(CHECKLIST + 1), today()).unwrap());
    check(&after, &last, second, today()).unwrap();
    assert_eq!(waiting(&last, Some(second)).count(), 0);
    assert_eq!(waiting(&last, None).count(), first.to.len() + again.to.len());
}

#[test]
fn locked_quotas_ahead_go_too() {
    let (company, leaver) = busy();
    let of = QuotaOf::Person { person: leaver };
    let ahead = company.quotas.iter().find(|quota| quota.of == of && quota.from > today()).unwrap();
    let company = done(&company, Command::PutQuota(Quota { locked: true, span: QuotaSpan::Quarter, ..**ahead }));
    let plan = plan(&company, leaver, today()).unwrap();
    let after = done(&company, hand_over(&company, &plan, HandoverId::from(CHECKLIST), today()).unwrap());
    assert!(after.quotas.get(ahead.id).is_none());
}

proptest! {
    #[test]
    fn whatever_belongs_to_a_leaver_is_handed_over(workspace in workspace(), place in any::<prop::sample::Index>()) {
        let late = Date::from_ymd_opt(2030, 1, 1).unwrap();
        let people: Vec<_> = workspace.people.iter().map(|person| person.id).collect();
        prop_assume!(!people.is_empty());
        let from = people[place.index(people.len())];
        let Some(plan) = plan(&workspace, from, late) else { return Ok(()) };
        let command = hand_over(&workspace, &plan, HandoverId::from(CHECKLIST), late);
        prop_assert!(command.is_ok(), "{:?}", command);
        let change: Change = apply(&workspace, command.unwrap(), stamp(late)).unwrap();
        let after = workspace.with(&change);
        check(&workspace, &after, from, late)?;
        prop_assert_eq!(after.with(&change.inverse()), workspace);
    }
}
