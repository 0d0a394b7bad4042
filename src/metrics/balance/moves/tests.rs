use super::*;

fn puzzle(fair: i128, parcels: &[&[i128]]) -> Puzzle {
    let band = Band { fair, low: fair * 85 / 100, high: fair * 115 / 100 };
    let seats: Vec<_> = parcels.iter().map(|held| Seat { held: held.iter().sum(), band }).collect();
    let parcel = |from: usize| move |worth: &i128| Parcel { from, worth: *worth, away: vec![false; parcels.len()] };
    let parcels = parcels.iter().enumerate().flat_map(|(from, held)| held.iter().map(parcel(from))).collect();
    Puzzle { seats, parcels }
}

fn solve(puzzle: &Puzzle) -> Plan {
    fewest(puzzle, Effort::default())
}

#[test]
fn balanced_people_keep_what_they_have() {
    let plan = solve(&puzzle(100, &[&[60, 45], &[95], &[50, 50]]));
    assert_eq!(plan, Plan::default());
    assert_eq!(solve(&Puzzle::default()), Plan::default());
}

#[test]
fn an_exchange_is_found() {
    // 70 cannot simply go; 70 there and 40 back leave 110 and 90.
    let plan = solve(&puzzle(100, &[&[70, 70], &[40, 20]]));
    assert_eq!(plan.moves, [Move { parcel: 0, to: 1 }, Move { parcel: 2, to: 0 }]);
    assert_eq!((plan.outside, plan.at_least, plan.impossible), (0, 2, false));
}

#[test]
fn a_giant_makes_the_band_unreachable() {
    // 10 and 10 of the first go to the second: nearer, but 200 stays far above.
    let plan = solve(&puzzle(120, &[&[200, 10, 10], &[20]]));
    assert!(plan.impossible);
    assert_eq!(plan.moves.len(), 2);
    assert_eq!(plan.outside, (200 - 138) + (102 - 40));
}

#[test]
fn too_little_to_move_is_known_to_be_impossible() {
    let mut fixed = puzzle(100, &[&[10], &[]]);
    fixed.seats[0].held = 200;
    let plan = solve(&fixed);
    assert!(plan.impossible);
    assert_eq!((plan.outside, plan.moves.len()), (75 + 75, 1));
}

#[test]
fn territories_are_left_only_where_that_spares_a_move() {
    let mut choice = puzzle(100, &[&[70, 42], &[100], &[50]]);
    choice.parcels.push(Parcel { from: 0, worth: 40, away: vec![false; 3] });
    choice.seats[0].held = 152;
    choice.parcels[1].away = vec![true; 3];
    let plan = solve(&choice);
    // 42 would leave a smaller spread, but its territory.
    assert_eq!(plan.moves, [Move { parcel: 4, to: 2 }]);
}

#[test]
fn without_steps_there_is_still_a_plan() {
    let plan = fewest(&puzzle(100, &[&[60, 60, 40, 40], &[60, 40], &[0]]), Effort { beam: 0, exact: 0 });
    assert_eq!(plan.outside, 0);
    assert!(plan.at_least <= plan.moves.len());
}
