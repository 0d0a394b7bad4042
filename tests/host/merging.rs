//! Several people's workspaces become one, whatever their order, and nothing is lost.

use std::collections::{BTreeMap, BTreeSet};

use loudou::{
    codec::{
        document::{decode, encode},
        merge::{Difference, Key, Merged, Options, Remark, Value, merge, spot},
    },
    model::{Change, Command, Currency, Event, EventId, Profile, Record, Stamp, Table, Workspace, apply},
};
use proptest::{collection::vec, prelude::*};

use crate::{
    r#gen::{Mood, empty, first_day, moment, run, steps},
    laws::dangling,
};

fn stamp() -> Stamp {
    Stamp { on: first_day(), at: moment(), by: None, seed: ulid::Ulid(7 << 64) }
}

/// The workspace in yuan: what is in several currencies is not merged.
fn in_yuan(workspace: &Workspace) -> Workspace {
    let profile = Profile { currency: Currency::CNY, ..(*workspace.profile).clone() };
    let before = workspace.profile.clone();
    workspace.with(&Change { profile: Some((before, profile.into())), ..Change::default() })
}

/// What everybody starts from, and what three people made of it, each with events of their own.
pub(crate) fn team() -> impl Strategy<Value = (Workspace, Vec<Workspace>)> {
    (empty(), steps(Mood::Tame, 40), vec(steps(Mood::Tame, 12), 3)).prop_map(|(start, before, after)| {
        let base = in_yuan(&run(&start, &before));
        let sides = after.into_iter().zip(1_u128..).map(|(steps, side)| {
            // What belongs to the beginning would replace the records that all share.
            let own = steps
                .into_iter()
                .skip(6)
                .map(|(command, stamp)| (command, Stamp { seed: ulid::Ulid(stamp.seed.0 | side << 120), ..stamp }));
            in_yuan(&run(&base, &own.collect::<Vec<_>>()))
        });
        let sides = sides.collect();
        (base, sides)
    })
}

/// Workspaces that have nothing to do with one another but their ids, which often are the same.
fn strangers() -> impl Strategy<Value = Vec<Workspace>> {
    vec((empty(), steps(Mood::Tame, 30)), 3)
        .prop_map(|sides| sides.iter().map(|(start, steps)| in_yuan(&run(start, steps))).collect())
}

fn merged(sides: &[&Workspace], base: Option<&Workspace>) -> Merged {
    merge(sides, base, &Options::default()).unwrap()
}

/// What does not depend on how the sides are numbered.
fn essence(merged: &Merged) -> (Workspace, BTreeSet<(Key, bool, String)>) {
    let told =
        |difference: &Difference| (difference.key.clone(), difference.conflict, format!("{:?}", difference.by_rule));
    (merged.workspace.clone(), merged.differences.iter().map(told).collect())
}

fn ids<V: Record>(table: &Table<V>) -> BTreeSet<String> {
    table.iter().map(|record| record.id().to_string()).collect()
}

fn tables(workspace: &Workspace) -> BTreeMap<&'static str, BTreeSet<String>> {
    [
        ("models", ids(&workspace.models)),
        ("departments", ids(&workspace.departments)),
        ("people", ids(&workspace.people)),
        ("quotas", ids(&workspace.quotas)),
        ("products", ids(&workspace.products)),
        ("targets", ids(&workspace.targets)),
        ("customers", ids(&workspace.customers)),
        ("campaigns", ids(&workspace.campaigns)),
        ("deals", ids(&workspace.deals)),
        ("activities", ids(&workspace.activities)),
        ("promises", ids(&workspace.promises)),
        ("handovers", ids(&workspace.handovers)),
        ("interventions", ids(&workspace.interventions)),
        ("problems", ids(&workspace.problems)),
        ("schemes", ids(&workspace.schemes)),
    ]
    .into()
}

fn events(workspace: &Workspace) -> BTreeMap<(String, EventId), Event> {
    let of_deals =
        workspace.deals.iter().flat_map(|deal| deal.history().iter().map(|event| (deal.id.to_string(), event)));
    of_deals.map(|(deal, event)| ((deal, event.id), event.clone())).collect()
}

/// Whether two workspaces are equal; if not, says where.
fn same(one: &Workspace, other: &Workspace) -> Result<(), TestCaseError> {
    let change = Change::between(one, other);
    prop_assert!(change.is_empty(), "{}", format!("{change:?}").chars().take(3_000).collect::<String>());
    prop_assert_eq!(one.id, other.id);
    Ok(())
}

/// Everything that holds of every merge.
fn check(sides: &[&Workspace], base: Option<&Workspace>) -> Result<Merged, TestCaseError> {
    let merged = merged(sides, base);
    let (workspace, differences) = (&merged.workspace, &merged.differences);
    // It holds together: every rule of the model, and of the document.
    prop_assert_eq!(dangling(workspace), Vec::<String>::new());
    let here = sides[0];
    let change = apply(here, Command::TakeOver(Box::new(workspace.clone())), stamp());
    let change = change.map_err(|rule| TestCaseError::fail(rule.to_string()))?;
    let after = here.with(&change);
    same(&after, &Workspace { id: here.id, ..workspace.clone() })?;
    same(&after.with(&change.inverse()), here)?;
    same(&decode(encode(workspace, moment()).as_bytes()).unwrap().workspace, workspace)?;

    // Whatever differs has a name that people read.
    for difference in differences {
        prop_assert!(spot(&difference.key).is_some(), "{:?} has no name", difference.key);
    }

    // Every record and every event of every side is there, or it is said what became of it.
    let (there, known) = (tables(workspace), events(workspace));
    let gone = |table: &str, id: &str| {
        let of = |difference: &&Difference| difference.key.table == table && difference.key.id == id;
        differences
            .iter()
            .filter(of)
            .any(|difference| difference.key.field.is_empty() && difference.by_rule == Value::Gone)
    };
    for side in sides {
        for (table, ids) in tables(side) {
            for id in ids {
                prop_assert!(there[table].contains(&id) || gone(table, &id), "{} {} is lost", table, id);
            }
        }
        for ((deal, id), event) in events(side) {
            let left_out = merged.notes.iter().any(|note| {
                let named = matches!(&note.remark, Remark::EventLeftOut { event, .. } if *event == id.to_string());
                named && note.key.id == deal
            });
            let rewritten =
                differences.iter().any(|difference| difference.key.field.starts_with(&format!("history[{id}]")));
            let kept = known.get(&(deal.clone(), id)).is_some_and(|known| *known == event || rewritten);
            prop_assert!(kept || left_out || gone("deals", &deal), "the event {} of {} is lost", id, deal);
        }
        // What is not as this side says it is listed, with what this side says.
        let named =
            differences.iter().any(|difference| difference.key.table == "profile" && difference.key.field == "name");
        prop_assert!(side.profile.name == workspace.profile.name || named);
        for customer in side.customers.iter() {
            let Some(now) = workspace.customers.get(customer.id) else { continue };
            for (field, says, is) in [
                ("industry", &customer.industry, &now.industry),
                ("needs", &customer.needs, &now.needs),
                ("notes", &customer.notes, &now.notes),
            ] {
                let id = customer.id.to_string();
                let listed =
                    differences.iter().any(|d| d.key.field == field && d.key.id == id && d.key.table == "customers");
                prop_assert!(says == is || listed, "{} of {:?}", field, customer);
            }
        }
    }
    // Without a common file, nothing goes.
    if base.is_none() {
        prop_assert!(differences.iter().all(|difference| difference.by_rule != Value::Gone));
    }
    Ok(merged)
}

/// Orders and repetitions that come to the same.
fn check_order(sides: &[Workspace], base: Option<&Workspace>) -> Result<(), TestCaseError> {
    let [a, b, c] = sides else { return Ok(()) };
    let all = check(&[a, b, c], base)?;
    let outcome = essence(&all);
    for others in [[b, a, c], [c, b, a], [b, c, a]] {
        let other = essence(&merged(&others, base));
        same(&other.0, &outcome.0)?;
        prop_assert_eq!(&other.1, &outcome.1);
    }
    let repeated = essence(&merged(&[a, b, c, b, a], base));
    same(&repeated.0, &outcome.0)?;
    prop_assert_eq!(&repeated.1, &outcome.1);
    same(&merged(&[a], base).workspace, a)?;
    same(&merged(&[a, a], base).workspace, a)?;
    // In steps it comes to the same, as long as no step leaves anything out.
    let (left, right) = (merged(&[a, b], base), merged(&[b, c], base));
    if left.notes.is_empty() && right.notes.is_empty() && all.notes.is_empty() {
        same(&merged(&[&left.workspace, c], base).workspace, &all.workspace)?;
        same(&merged(&[a, &right.workspace], base).workspace, &all.workspace)?;
        // What was merged before brings nothing new.
        same(&merged(&[&all.workspace, a], base).workspace, &all.workspace)?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_a_teams_files_does_not_matter((_, sides) in team()) {
        check_order(&sides, None)?;
    }

    #[test]
    fn nor_does_it_with_the_common_file((base, sides) in team()) {
        check_order(&sides, Some(&base))?;
    }

    #[test]
    fn nor_that_of_strangers_files(sides in strangers()) {
        check_order(&sides, None)?;
    }

    #[test]
    fn one_who_changed_something_is_right((base, sides) in team()) {
        let side = &sides[0];
        let merged = merged(&[&base, side, &base], Some(&base));
        prop_assert_eq!(merged.conflicts().collect::<Vec<_>>(), Vec::<&Difference>::new());
        if merged.notes.is_empty() {
            same(&merged.workspace, &Workspace { id: merged.workspace.id, ..side.clone() })?;
        }
    }

    #[test]
    fn every_choice_is_carried_out((base, sides) in team(), prefer in 0_usize..3) {
        let sides: Vec<_> = sides.iter().collect();
        let plain = merged(&sides, Some(&base));
        let options = Options { prefer: Some(prefer), ..Options::default() };
        let chosen = merge(&sides, Some(&base), &options).unwrap();
        prop_assert_eq!(dangling(&chosen.workspace), Vec::<String>::new());
        for conflict in plain.conflicts().filter(|conflict| conflict.key.table == "customers" && !conflict.key.field.contains('[')) {
            let (Ok(id), says) = (conflict.key.id.parse(), sides[prefer]) else { continue };
            let (Some(says), Some(is)) = (says.customers.get(id), chosen.workspace.customers.get(id)) else { continue };
            match conflict.key.field.as_str() {
                "name" => prop_assert_eq!(&is.name, &says.name),
                "needs" => prop_assert_eq!(&is.needs, &says.needs),
                "notes" => prop_assert_eq!(&is.notes, &says.notes),
                "owner" => prop_assert_eq!(is.owner, says.owner),
                _ => {}
            }
        }
        let change = apply(sides[0], Command::TakeOver(Box::new(chosen.workspace.clone())), stamp());
        prop_assert!(change.is_ok(), "{:?}", change);
    }
}
