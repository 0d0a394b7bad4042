//! What holds of every balance and of every proposal.

use std::collections::{BTreeMap, BTreeSet};

use loudou::{
    metrics::{
        Filter, Frame,
        balance::{
            Side, Stays, balance, bands,
            moves::{Effort, Parcel, Plan, Puzzle, Seat, fewest},
            weights,
        },
        conflicts,
    },
    model::{Command, Date, Stamp, apply, assignment, joint_selling},
};
use proptest::{collection::vec, option, prelude::*};

use crate::r#gen::{moment, workspace};

/// What each person holds of fixed and of movable worth, with a capacity or none.
fn puzzle(people: std::ops::Range<usize>, customers: usize) -> impl Strategy<Value = Puzzle> {
    let person = (option::of(0_u16..40), 0_i128..60, vec(1_i128..200, 0..customers), any::<u64>());
    vec(person, people).prop_filter_map("nothing to share", |people| {
        let weights = weights(&people.iter().map(|(capacity, ..)| *capacity).collect::<Vec<_>>());
        let held: Vec<i128> =
            people.iter().map(|(_, fixed, parcels, _)| fixed + parcels.iter().sum::<i128>()).collect();
        let bands = bands(&weights, held.iter().sum())?;
        let seats = held.iter().zip(bands).map(|(held, band)| Seat { held: *held, band }).collect();
        let count = people.len();
        let parcels = people.iter().enumerate().flat_map(|(from, (_, _, parcels, away))| {
            let parcel = move |worth: &i128| Parcel {
                from,
                worth: *worth,
                away: (0..count)
                    .map(|seat| (*away).rotate_left(u32::try_from(*worth % 64).unwrap()) >> seat & 1 == 1)
                    .collect(),
            };
            parcels.iter().map(parcel)
        });
        Some(Puzzle { parcels: parcels.collect(), seats })
    })
}

fn outside(puzzle: &Puzzle, held: &[i128]) -> i128 {
    held.iter().zip(&puzzle.seats).map(|(held, seat)| seat.band.outside(*held)).sum()
}

/// The fewest moves that bring everybody into the band, of all assignments; `None` when there are none.
fn least_of_all(puzzle: &Puzzle) -> Option<usize> {
    let seats = puzzle.seats.len();
    let every = u32::try_from(puzzle.parcels.len()).ok().and_then(|parcels| seats.checked_pow(parcels)).unwrap();
    let moves = |mut number: usize| {
        let mut held: Vec<i128> = puzzle.seats.iter().map(|seat| seat.held).collect();
        let mut moves = 0;
        for parcel in &puzzle.parcels {
            let to = number % seats;
            number /= seats;
            held[parcel.from] -= parcel.worth;
            held[to] += parcel.worth;
            moves += usize::from(to != parcel.from);
        }
        (outside(puzzle, &held) == 0).then_some(moves)
    };
    (0..every).filter_map(moves).min()
}

fn held_after(puzzle: &Puzzle, plan: &Plan) -> Vec<i128> {
    let mut held: Vec<i128> = puzzle.seats.iter().map(|seat| seat.held).collect();
    for step in &plan.moves {
        let parcel = &puzzle.parcels[step.parcel];
        held[parcel.from] -= parcel.worth;
        held[step.to] += parcel.worth;
    }
    held
}

/// Each of so many people with so many customers of very different worth, a tenth of which stays.
fn large(people: usize, each: usize) -> Puzzle {
    let mut state = 20_261_127_u64;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i128::from(state >> 40)
    };
    let (mut held, mut parcels) = (vec![0; people], Vec::new());
    for (from, held) in held.iter_mut().enumerate() {
        // Who comes first has customers worth up to three times as much as who comes last.
        let rich = 100 + 200 * i128::try_from(people - from).unwrap() / i128::try_from(people).unwrap();
        for _ in 0..each {
            let worth = 1 + next() % 1_000 * rich * (1 + next() % 20) / 100;
            *held += worth;
            if next() % 10 > 0 {
                parcels.push(Parcel { from, worth, away: vec![false; people] });
            }
        }
    }
    let bands = bands(&vec![1; people], held.iter().sum()).unwrap();
    let seats = held.iter().zip(bands).map(|(held, band)| Seat { held: *held, band }).collect();
    Puzzle { seats, parcels }
}

#[test]
fn large_teams_get_a_plan_with_its_gap() {
    for (people, each) in [(6, 40), (12, 40), (30, 30), (60, 50)] {
        let puzzle = large(people, each);
        let since = std::time::Instant::now();
        let plan = fewest(&puzzle, Effort { beam: 100_000, exact: 100_000 });
        let gap = plan.moves.len() - plan.at_least;
        println!("{people} × {each}: {} moves, at most {gap} too many, {:?}", plan.moves.len(), since.elapsed());
        assert_eq!(plan.outside, 0);
        assert!(gap * 5 <= plan.moves.len(), "{people} × {each}: {gap} of {}", plan.moves.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_assignment_has_fewer_moves(puzzle in puzzle(1..4, 4)) {
        let plan = fewest(&puzzle, Effort::default());
        match least_of_all(&puzzle) {
            Some(least) => prop_assert_eq!((plan.outside, plan.moves.len(), plan.at_least, plan.impossible), (0, least, least, false)),
            None => prop_assert!(plan.outside > 0 && plan.impossible, "{:?}", plan),
        }
    }

    #[test]
    fn a_proposal_moves_each_at_most_once_and_makes_nothing_worse(puzzle in puzzle(1..7, 12)) {
        let effort = Effort { beam: 20_000, exact: 5_000 };
        let plan = fewest(&puzzle, effort);
        let held = held_after(&puzzle, &plan);
        let before: Vec<i128> = puzzle.seats.iter().map(|seat| seat.held).collect();
        prop_assert_eq!(held.iter().sum::<i128>(), before.iter().sum::<i128>());
        prop_assert_eq!(plan.outside, outside(&puzzle, &held));
        prop_assert!(plan.outside < outside(&puzzle, &before) || plan.moves.is_empty());
        let moved: BTreeSet<usize> = plan.moves.iter().map(|step| step.parcel).collect();
        prop_assert_eq!(moved.len(), plan.moves.len());
        prop_assert!(plan.moves.iter().all(|step| puzzle.parcels[step.parcel].from != step.to));
        prop_assert!(plan.outside > 0 || plan.at_least <= plan.moves.len());
        prop_assert_eq!(fewest(&puzzle, effort), plan);
    }

    #[test]
    fn what_changes_hands_adds_up(workspace in workspace(), lower_too: bool, moves in vec((0_usize..9, 0_usize..4), 0..6)) {
        let (frame, everything) = (Frame::new(&workspace), Filter::default());
        let view = frame.view(Date::from_ymd_opt(2040, 1, 1).unwrap(), &everything);
        let who: BTreeSet<_> = workspace.people.iter().map(|person| person.id).collect();
        let found = balance(&view, &workspace.people, &who);
        let open = workspace.deals.iter().filter(|deal| deal.standing().is_open()).count();
        let held: usize = found.people.iter().map(|holder| holder.deals.len()).sum();
        prop_assert_eq!(held + found.elsewhere.len(), open);
        let (customers, people): (Vec<_>, Vec<_>) = (workspace.customers.iter().collect(), workspace.people.iter().collect());
        let by_hand = moves.into_iter().filter_map(|(customer, person)| Some((customers.get(customer)?.id, people.get(person)?.id)));
        let after = found.after(&by_hand.collect());
        prop_assert_eq!(after.total(), found.total());
        prop_assert_eq!(after.people.iter().map(|holder| holder.deals.len()).sum::<usize>(), held);
        let Some(question) = found.question(&workspace.customers, &workspace.people, lower_too) else { return Ok(()) };
        let plan = fewest(&question.puzzle, Effort { beam: 2_000, exact: 2_000 });
        let transfers = found.transfers(&question, &plan);
        prop_assert_eq!(transfers.len(), plan.moves.len());
        for transfer in &transfers {
            let account = found.accounts.iter().find(|account| account.customer == transfer.customer).unwrap();
            prop_assert!(account.stays.is_none() || (lower_too && account.stays == Some(Stays::Lower)));
            prop_assert_eq!(account.holder, transfer.from);
        }
        let chosen: BTreeMap<_, _> = transfers.iter().map(|transfer| (transfer.customer, transfer.to)).collect();
        let after = found.after(&chosen);
        prop_assert_eq!(after.total(), found.total());
        if plan.outside == 0 {
            prop_assert_eq!(after.on(Side::Within), after.people.len());
        }
    }

    #[test]
    fn customers_go_with_their_open_deals_and_nothing_else(workspace in workspace(), moves in vec((0_usize..9, 0_usize..4), 1..6)) {
        let (customers, people): (Vec<_>, Vec<_>) = (workspace.customers.iter().collect(), workspace.people.iter().collect());
        let chosen = moves.into_iter().filter_map(|(customer, person)| Some((customers.get(customer)?.id, people.get(person)?.id)));
        let chosen: BTreeMap<_, _> = chosen.collect();
        let Some(command) = assignment(&workspace, &chosen) else { return Ok(()) };
        let on = Date::from_ymd_opt(2040, 1, 1).unwrap();
        let stamp = Stamp { on, at: moment(), by: None, seed: ulid::Ulid(1 << 100) };
        let change = apply(&workspace, command, stamp).unwrap();
        let after = workspace.with(&change);
        prop_assert_eq!(assignment(&after, &chosen), None::<Command>);
        prop_assert_eq!(change.len(), change.customers.len() + change.deals.len());
        for (id, to) in &chosen {
            prop_assert_eq!(after.customers.get(*id).unwrap().owner, Some(*to));
        }
        for (before, after) in workspace.deals.iter().zip(after.deals.iter()) {
            let goes = before.details.customer.and_then(|customer| chosen.get(&customer)).filter(|_| before.standing().is_open());
            let owner = goes.copied().or(before.standing().owner);
            prop_assert_eq!(after.standing().owner, owner);
            prop_assert_eq!(after.standing().amount, before.standing().amount);
            prop_assert_eq!(after.standing().stage, before.standing().stage);
            prop_assert_eq!(&after.history()[..before.history().len()], before.history());
        }
        prop_assert_eq!(after.with(&change.inverse()), workspace);
    }

    #[test]
    fn a_conflict_is_settled_by_one_hand_or_by_joint_selling(workspace in workspace()) {
        let on = Date::from_ymd_opt(2040, 1, 1).unwrap();
        let stamp = Stamp { on, at: moment(), by: None, seed: ulid::Ulid(1 << 100) };
        for conflict in conflicts(&workspace, &[]) {
            let [customer] = conflict.customers[..] else { panic!("two spellings without a pair") };
            let stands = |command: Option<Command>| {
                let after = workspace.with(&apply(&workspace, command.unwrap(), stamp).unwrap());
                conflicts(&after, &[]).iter().any(|other| other.customers == conflict.customers)
            };
            prop_assert!(!stands(joint_selling(&workspace, customer)));
            for hand in &conflict.hands {
                prop_assert!(!stands(assignment(&workspace, &[(customer, hand.person)].into())));
            }
        }
    }
}
