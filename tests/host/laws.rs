//! What holds for every workspace and every sequence of commands.

use std::path::Path;

use loudou::{
    codec::{
        document::{DocumentError, Encoding, Severity, decode, encode},
        journal::{assemble, decode_change, encode_change, pieces},
    },
    model::{
        Change, Command, Date, Deal, EventKind, HandedOver, Profile, QuotaOf, Stamp, Workspace, apply, history::replay,
    },
};
use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};
use serde_json::{Map, Value, json};

use crate::r#gen::{Mood, empty, moment, run, steps, workspace};

fn mood() -> impl Strategy<Value = Mood> {
    prop_oneof![Just(Mood::Tame), Just(Mood::Wild)]
}

fn session() -> impl Strategy<Value = (Workspace, Vec<(Command, Stamp)>)> {
    (empty(), mood().prop_flat_map(|mood| steps(mood, 40)))
}

/// Every reference of every record that leads nowhere.
pub(crate) fn dangling(workspace: &Workspace) -> Vec<String> {
    let mut found = Vec::new();
    let mut check = |there: bool, what: String| {
        if !there {
            found.push(what);
        }
    };
    for department in workspace.departments.iter() {
        check(department.parent.is_none_or(|id| workspace.departments.contains(id)), format!("{department:?}"));
    }
    for person in workspace.people.iter() {
        check(person.department.is_none_or(|id| workspace.departments.contains(id)), format!("{person:?}"));
    }
    for quota in workspace.quotas.iter() {
        let known = match quota.of {
            QuotaOf::Company {} => true,
            QuotaOf::Department { department } => workspace.departments.contains(department),
            QuotaOf::Person { person } => workspace.people.contains(person),
        };
        check(known, format!("{quota:?}"));
    }
    for customer in workspace.customers.iter() {
        check(customer.owner.is_none_or(|id| workspace.people.contains(id)), format!("{customer:?}"));
        check(customer.referred_by.is_none_or(|id| workspace.customers.contains(id)), format!("{customer:?}"));
        check(customer.not_same_as.iter().all(|id| workspace.customers.contains(*id)), format!("{customer:?}"));
    }
    for activity in workspace.activities.iter() {
        check(activity.by.is_none_or(|id| workspace.people.contains(id)), format!("{activity:?}"));
        check(activity.customer.is_none_or(|id| workspace.customers.contains(id)), format!("{activity:?}"));
        check(activity.deal.is_none_or(|id| workspace.deals.contains(id)), format!("{activity:?}"));
    }
    for promise in workspace.promises.iter() {
        check(workspace.people.contains(promise.person), format!("{promise:?}"));
        check(promise.customer.is_none_or(|id| workspace.customers.contains(id)), format!("{promise:?}"));
        check(promise.deal.is_none_or(|id| workspace.deals.contains(id)), format!("{promise:?}"));
        let known = |stage| workspace.models.iter().any(|model| model.known_stage(stage).is_some());
        check(promise.reaches.is_none_or(known), format!("{promise:?}"));
    }
    for handover in workspace.handovers.iter() {
        check(workspace.people.contains(handover.from), format!("{handover:?}"));
        for item in &handover.items {
            let there = match item.what {
                HandedOver::Customer(id) => workspace.customers.contains(id),
                HandedOver::Deal(id) => workspace.deals.contains(id),
            };
            check(there && workspace.people.contains(item.to), format!("{item:?}"));
        }
    }
    for intervention in workspace.interventions.iter() {
        let model = workspace.models.get(intervention.model);
        let stage = model.is_some_and(|model| model.known_stage(intervention.stage).is_some());
        let people = intervention.people.iter().all(|id| workspace.people.contains(*id));
        check(stage && people, format!("{intervention:?}"));
    }
    for campaign in workspace.campaigns.iter() {
        check(campaign.audience.is_none_or(|id| workspace.targets.contains(id)), format!("{campaign:?}"));
        for touch in &campaign.touches {
            let customer = workspace.customers.get(touch.customer);
            let contact = touch.contact.is_none_or(|id| customer.is_some_and(|c| c.contact(id).is_some()));
            check(customer.is_some() && contact, format!("{touch:?}"));
        }
    }
    for deal in workspace.deals.iter() {
        let details = &deal.details;
        check(details.customer.is_none_or(|id| workspace.customers.contains(id)), format!("{details:?}"));
        check(details.contact.is_none() || workspace.contact_of(deal).is_some(), format!("{details:?}"));
        let helpers = details.supporters.iter().copied();
        let people = helpers.chain(details.next_action.as_ref().and_then(|action| action.owner));
        check(people.into_iter().all(|id| workspace.people.contains(id)), format!("{details:?}"));
        check(details.lines.iter().all(|line| workspace.products.contains(line.product)), format!("{details:?}"));
        check(details.campaign.is_none_or(|id| workspace.campaigns.contains(id)), format!("{details:?}"));
        check(details.follows.is_none_or(|id| workspace.deals.contains(id)), format!("{details:?}"));
        let standing = deal.standing();
        let stands = workspace.models.get(standing.model).is_some_and(|model| model.stage(standing.stage).is_some());
        check(workspace.stage_of(deal).is_some() && (stands || standing.is_closed()), format!("{standing:?}"));
        let mut current = deal.standing().model;
        for event in deal.history() {
            check(event.by.is_none_or(|id| workspace.people.contains(id)), format!("{event:?}"));
            let person = match event.kind {
                EventKind::Created { model, owner, .. } => {
                    current = model;
                    owner
                }
                EventKind::Transferred { model, .. } => {
                    current = model;
                    None
                }
                EventKind::OwnerChanged { to } => to,
                _ => None,
            };
            let model = workspace.models.get(current);
            let reads = |stage| model.is_some_and(|model| model.reads_as(stage).is_some());
            check(event.kind.stage().is_none_or(reads), format!("{event:?}"));
            check(person.is_none_or(|id| workspace.people.contains(id)), format!("{event:?}"));
        }
    }
    found
}

fn stands_where_its_history_ends(deal: &Deal) -> bool {
    let last = deal.last_day().unwrap_or(Date::MAX);
    replay(deal.history()).as_ref() == Ok(deal.standing()) && deal.standing_on(last).as_deref() == Some(deal.standing())
}

#[test]
fn a_piece_of_which_something_was_not_read_says_so() {
    let faults = |text: &str| {
        let (_, problems) = assemble(1.into(), &[("people-0", text)]);
        let of_people = problems.into_iter().filter(|problem| problem.piece == "people-0");
        of_people.map(|problem| problem.fault.holds_more()).collect::<Vec<_>>()
    };
    let piece = |fields: &str| format!(r#"{{"version":1,"people":[{{"id":"01ARZ3NDEKTSV4RRFFQ69G5301",{fields}}}]}}"#);
    assert!(faults(&piece(r#""name":"A""#)).is_empty());
    assert_eq!(faults(&piece(r#""name":"A","department":"01ARZ3NDEKTSV4RRFFQ69G5999""#)), [false]);
    assert_eq!(faults(&piece(r#""name":"A","nickname":"B""#)), [true]);
    assert_eq!(faults(&piece(r#""name":" ""#)), [true]);
    assert_eq!(faults("{"), [true]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn commands_change_what_they_say_and_can_be_undone((start, steps) in session()) {
        let mut workspace = start;
        for (command, stamp) in steps {
            let before = workspace.clone();
            let Ok(change) = apply(&workspace, command, stamp) else {
                prop_assert_eq!(&workspace, &before);
                continue;
            };
            let after = workspace.with(&change);
            prop_assert_eq!(&after.with(&change.inverse()), &before);
            prop_assert_eq!(&Change::between(&before, &after), &change);
            prop_assert_eq!(change.is_empty(), before == after);
            let entry = decode_change(&encode_change(&change), &before);
            prop_assert_eq!(entry.as_ref(), Ok(&change));
            workspace = after;
        }
    }

    #[test]
    fn references_hold_and_histories_add_up((start, steps) in session()) {
        let workspace = run(&start, &steps);
        prop_assert_eq!(dangling(&workspace), Vec::<String>::new());
        prop_assert!(workspace.deals.iter().all(|deal| stands_where_its_history_ends(deal)));
    }

    #[test]
    fn documents_and_pieces_hold_the_whole_workspace((start, steps) in session()) {
        let workspace = run(&start, &steps);
        let text = encode(&workspace, moment());
        let decoded = decode(text.as_bytes()).map_err(|error| TestCaseError::fail(format!("{error:?}")))?;
        prop_assert_eq!(&decoded.workspace, &workspace);
        prop_assert_eq!(encode(&decoded.workspace, decoded.exported), text);
        let (assembled, problems) = assemble(workspace.id, &pieces(&workspace));
        prop_assert_eq!(&assembled, &workspace);
        prop_assert!(problems.iter().all(|problem| matches!(
            &problem.fault,
            loudou::codec::journal::PieceFault::Record(problem) if problem.severity == Severity::Warning
        )));
    }

    #[test]
    fn a_cut_document_never_opens(workspace in workspace(), at in any::<prop::sample::Index>()) {
        let text = encode(&workspace, moment());
        // The line feed at the end is no part of the JSON.
        let cut = &text.as_bytes()[..at.index(text.len() - 1)];
        prop_assert!(decode(cut).is_err());
    }

    #[test]
    fn a_flipped_bit_never_panics(workspace in workspace(), at in any::<prop::sample::Index>(), bit in 0_u8..8) {
        let mut bytes = encode(&workspace, moment()).into_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        if let Ok(decoded) = decode(&bytes) {
            // Whatever opens is a workspace like any other.
            prop_assert_eq!(dangling(&decoded.workspace), Vec::<String>::new());
        }
    }

    #[test]
    fn any_bytes_give_an_error(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(decode(&bytes).is_err());
    }

    #[test]
    fn any_json_gives_an_error(text in r#"(\{"format":"loudou","version":[0-2],)?("workspace":)?[\[\]{}",:0-9a-z]{0,80}"#) {
        prop_assert!(decode(text.as_bytes()).is_err());
    }

    #[test]
    fn a_lost_piece_costs_no_other(workspace in workspace(), at in any::<prop::sample::Index>()) {
        let mut kept = pieces(&workspace);
        let (lost, _) = kept.remove(at.index(kept.len()));
        let (assembled, problems) = assemble(workspace.id, &kept);
        prop_assert!(problems.iter().any(|problem| problem.piece == lost) || lost != "profile");
        for (before, after, piece) in counts(&workspace, &assembled) {
            prop_assert_eq!(after, if lost == piece { 0 } else { before }, "{}", piece);
        }
    }

    #[test]
    fn a_changed_piece_costs_no_other(
        workspace in workspace(),
        piece in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        sign in r"[ -~]?",
    ) {
        let mut changed = pieces(&workspace);
        let piece = piece.index(changed.len());
        let (name, text) = &mut changed[piece];
        let places: Vec<_> = text.char_indices().map(|(place, _)| place).collect();
        let place = places[at.index(places.len())];
        let after = place + text[place..].chars().next().unwrap().len_utf8();
        text.replace_range(place..after, &sign);
        let name = name.clone();
        let (assembled, _problems) = assemble(workspace.id, &changed);
        for (before, after, piece) in counts(&workspace, &assembled) {
            prop_assert!(after == before || name == piece, "{} of {} in {}", after, before, piece);
        }
    }

    #[test]
    fn pieces_with_record_after_record_are_read((start, steps) in session()) {
        let mut workspace = run(&start, &steps);
        // Amounts have no places after the point in the pieces of any currency, and in documents of this one.
        workspace.profile = Profile { currency: "JPY".parse().unwrap(), ..(*workspace.profile).clone() }.into();
        let document: Value = serde_json::from_str(&encode(&workspace, moment())).unwrap();
        let Value::Object(fields) = &document["workspace"] else { panic!("a workspace is an object") };
        let keys = counts(&workspace, &workspace).map(|(_, _, piece)| piece.strip_suffix("-0").unwrap());
        let keys = [keys.as_slice(), &["quotas", "targets", "campaigns", "promises", "handovers", "interventions", "problems", "schemes"]].concat();
        let (records, mut profile): (Map<_, _>, Map<_, _>) =
            fields.clone().into_iter().partition(|(key, _)| keys.contains(&key.as_str()));
        profile.remove("id");
        let mut rows = vec![("profile".to_owned(), json!({ "version": 1, "profile": profile }).to_string())];
        rows.extend(records.into_iter().map(|(key, list)| (format!("{key}-0"), json!({ "version": 1, key: list }).to_string())));
        let (assembled, problems) = assemble(workspace.id, &rows);
        prop_assert_eq!(&assembled, &workspace);
        prop_assert_eq!(problems, assemble(workspace.id, &pieces(&workspace)).1);
    }
}

/// How many records of each kind there were and are, and the piece that they stand in.
fn counts(before: &Workspace, after: &Workspace) -> [(usize, usize, &'static str); 7] {
    [
        (before.models.len(), after.models.len(), "models-0"),
        (before.departments.len(), after.departments.len(), "departments-0"),
        (before.people.len(), after.people.len(), "people-0"),
        (before.products.len(), after.products.len(), "products-0"),
        (before.customers.len(), after.customers.len(), "customers-0"),
        (before.deals.len(), after.deals.len(), "deals-0"),
        (before.activities.len(), after.activities.len(), "activities-0"),
    ]
}

/// The files of `JSONTestSuite` are JSON of all kinds, right and wrong; none is a Loudou document.
#[test]
fn foreign_json_gives_an_error() {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let folders = above.map(|folder| folder.join("shared/data/nasty/JSONTestSuite/test_parsing"));
    let Some(files) = folders.into_iter().find_map(|folder| std::fs::read_dir(folder).ok()) else {
        eprintln!("skipped: there is no shared/data/nasty/JSONTestSuite beside the project");
        return;
    };
    let mut looked_at = 0;
    for file in files {
        let path = file.unwrap().path();
        assert!(decode(&std::fs::read(&path).unwrap()).is_err(), "{}", path.display());
        looked_at += 1;
    }
    assert!(looked_at > 300, "only {looked_at} files");
}

#[test]
fn deep_nesting_gives_an_error() {
    let text = "[".repeat(1_000_000);
    assert!(matches!(decode(text.as_bytes()), Err(DocumentError::NotJson { line: 1, .. })));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn a_document_made_in_steps_is_the_same(workspace in workspace()) {
        let mut encoding = Encoding::new(workspace.clone(), moment());
        while encoding.step() {}
        prop_assert_eq!(encoding.finish(), encode(&workspace, moment()));
        prop_assert_eq!(Encoding::new(workspace.clone(), moment()).finish(), encode(&workspace, moment()));
    }
}

#[test]
fn a_long_document_made_in_steps_is_the_same() {
    let today = Date::from_ymd_opt(2026, 11, 23).unwrap();
    let company = loudou::training::demo::company(loudou::codec::content::Language::Chinese, today, 4);
    assert!(company.deals.chunks().len() > 1);
    assert_eq!(Encoding::new(company.clone(), moment()).finish(), encode(&company, moment()));
}

/// The laws are of little use where the draws never come.
#[test]
fn random_workspaces_hold_what_a_manager_keeps() {
    let mut runner = TestRunner::deterministic();
    let mut counts = [0_usize; 7];
    for _ in 0..80 {
        let workspace = workspace().new_tree(&mut runner).unwrap().current();
        let items = || workspace.handovers.iter().flat_map(|handover| &handover.items);
        let reaching = workspace.promises.iter().filter(|promise| promise.reaches.is_some()).count();
        let found = [
            workspace.promises.len(),
            reaching,
            workspace.handovers.len(),
            items().filter(|item| matches!(item.what, HandedOver::Deal(_))).count(),
            workspace.interventions.len(),
            workspace.problems.len(),
            workspace.schemes.iter().filter(|scheme| !scheme.measures.is_empty()).count(),
        ];
        counts.iter_mut().zip(found).for_each(|(count, found)| *count += found);
    }
    assert!(counts.iter().all(|count| *count > 4), "{counts:?}");
}
