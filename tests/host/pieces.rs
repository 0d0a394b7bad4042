//! A workspace cut into pieces, one at a time.

#![allow(clippy::unwrap_used, reason = "a failed step of a test ends it")]

use std::collections::BTreeMap;

use loudou::{
    codec::{
        content::Language,
        journal::{cuts, pieces},
    },
    model::{Command, Currency, Money, Profile, Stamp, Status, Workspace, apply},
    training::demo,
};
use proptest::prelude::*;

use crate::r#gen::{Mood, empty, first_day, moment, steps};

fn texts(workspace: &Workspace) -> BTreeMap<String, String> {
    pieces(workspace).into_iter().collect()
}

/// The names of pieces that are not surely the same in both.
fn touched(before: &Workspace, after: &Workspace) -> Vec<String> {
    cuts(after).filter(|cut| !cut.is_same_in(before)).map(|cut| cut.name()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_piece_that_is_said_to_be_the_same_is(start in empty(), commands in steps(Mood::Tame, 40)) {
        let mut before = start;
        for (command, stamp) in commands {
            let Ok(change) = apply(&before, command, stamp) else { continue };
            let after = before.with(&change);
            let (old, new) = (texts(&before), texts(&after));
            prop_assert_eq!(cuts(&after).map(|cut| cut.name()).collect::<Vec<_>>(), {
                pieces(&after).into_iter().map(|(name, _)| name).collect::<Vec<_>>()
            });
            for cut in cuts(&after) {
                prop_assert_eq!(new.get(&cut.name()), Some(&cut.text()));
                if cut.is_same_in(&before) {
                    prop_assert_eq!(old.get(&cut.name()), new.get(&cut.name()), "{}", cut.name());
                }
            }
            before = after;
        }
    }
}

#[test]
fn an_edit_touches_the_pieces_it_is_in() {
    let start = demo::company(Language::English, first_day(), 4);
    let stamp = Stamp { on: first_day(), at: moment(), by: None, seed: ulid::Ulid(1 << 64) };
    let last = start.deals.iter().rfind(|deal| deal.standing().status == Status::Open).unwrap().id;
    let set = Command::SetAmount { id: last, to: Money::from_minor(424_200) };
    let after = start.with(&apply(&start, set, stamp).unwrap());
    let place = start.deals.iter().position(|deal| deal.id == last).unwrap();
    assert_eq!(touched(&start, &after), ["profile".to_owned(), format!("deals-{}", place / 500)]);
    assert_eq!(touched(&start, &start), ["profile"]);
    // Amounts read differently in another currency.
    let mut foreign = start.clone();
    foreign.profile = Profile { currency: Currency::CNY, ..(*start.profile).clone() }.into();
    assert_eq!(touched(&start, &foreign).len(), pieces(&start).len());
}
