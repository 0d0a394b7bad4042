//! A plan of the same length that is better: nearer to the band, or better in what counts second.

use super::{Move, Puzzle};

/// So many times a better plan is looked for beside the last one.
const ROUNDS: usize = 40;
/// Plans that may be weighed in all.
const STEPS: usize = 200_000;

/// Puts one move in the place of another while less lies outside the bands then, or as little and fewer customers leave their
/// territory, or the spread is smaller.
pub(super) fn polish(puzzle: &Puzzle, mut moves: Vec<Move>) -> Vec<Move> {
    let merit_of = |moves: &[Move]| {
        let held = puzzle.after(moves);
        (puzzle.all_outside(&held), puzzle.merit(moves, &held))
    };
    let mut merit = merit_of(&moves);
    let mut steps = STEPS;
    for _ in 0..ROUNDS {
        let mut better = None;
        for place in 0..moves.len() {
            for parcel in 0..puzzle.parcels.len() {
                let elsewhere = moves.iter().enumerate().any(|(at, step)| at != place && step.parcel == parcel);
                if elsewhere {
                    continue;
                }
                for to in 0..puzzle.seats.len() {
                    if puzzle.parcels.get(parcel).is_some_and(|parcel| parcel.from == to) {
                        continue;
                    }
                    let Some(left) = steps.checked_sub(1) else { return better.unwrap_or(moves) };
                    steps = left;
                    let mut other = moves.clone();
                    if let Some(step) = other.get_mut(place) {
                        *step = Move { parcel, to };
                    }
                    let its = merit_of(&other);
                    if its < merit {
                        (merit, better) = (its, Some(other));
                    }
                }
            }
        }
        match better {
            Some(other) => moves = other,
            None => break,
        }
    }
    moves
}
