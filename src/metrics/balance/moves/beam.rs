//! The most promising drafts, one move longer at a time.

use std::collections::BTreeSet;

use super::{Move, Puzzle, shift};

/// No level keeps more drafts than this.
const WIDEST: usize = 256;
/// So many levels without coming nearer end the search.
const PATIENCE: usize = 4;
/// With more choices than this at a draft, only those are weighed that help whoever is farthest off.
const CHOICES: usize = 20_000;

/// Some moves.
#[derive(Clone)]
struct Draft {
    moves: Vec<Move>,
    held: Vec<i128>,
    outside: i128,
    away: usize,
    /// The same for the same moves in any order.
    mark: u64,
}

/// A draft with one move more.
struct Next {
    outside: i128,
    away: usize,
    draft: usize,
    step: Move,
    mark: u64,
}

impl Next {
    fn key(&self) -> (i128, usize, usize, Move) {
        (self.outside, self.away, self.draft, self.step)
    }
}

/// Few moves that bring everybody into the band; else those that come nearest to it, a move for each hundredth of the mean.
pub(super) fn search(puzzle: &Puzzle, mut steps: usize) -> Vec<Move> {
    let held: Vec<i128> = puzzle.seats.iter().map(|seat| seat.held).collect();
    let outside = puzzle.all_outside(&held);
    let mut level = vec![Draft { moves: Vec::new(), held, outside, away: 0, mark: 0 }];
    let (mut nearest, mut nearest_price) = (Vec::new(), outside);
    let (mut least, mut idle) = (outside, 0);
    let mut price = 0;
    while least > 0 && idle < PATIENCE {
        let mut next: Vec<Next> = Vec::new();
        for (place, draft) in level.iter().enumerate() {
            if place > 0 && next.len() > steps {
                break;
            }
            weigh(puzzle, place, draft, &mut next);
        }
        steps = steps.saturating_sub(next.len());
        let width = WIDEST.min(1 + steps / (next.len() / level.len().max(1)).max(1) / 8);
        level = choose(puzzle, &level, next, width);
        let Some(best) = level.first() else { break };
        price += puzzle.step();
        if best.outside < least {
            (least, idle) = (best.outside, 0);
        } else {
            idle += 1;
        }
        if best.outside == 0 || best.outside + price < nearest_price {
            nearest_price = best.outside + price;
            nearest.clone_from(&best.moves);
        }
    }
    nearest
}

/// Every move that takes from somebody above the band or gives to somebody below it.
fn weigh(puzzle: &Puzzle, place: usize, draft: &Draft, next: &mut Vec<Next>) {
    let off = |seat: usize| {
        let (held, band) = (draft.held.get(seat).copied().unwrap_or_default(), puzzle.seats.get(seat).map(|s| s.band));
        band.map_or((0, 0), |band| ((held - band.high).max(0), (band.low - held).max(0)))
    };
    let seats = puzzle.seats.len();
    let narrow = seats * puzzle.parcels.len() > CHOICES;
    let farthest = |side: fn((i128, i128)) -> i128| (0..seats).map(|seat| side(off(seat))).max().unwrap_or_default();
    let (over, short) = if narrow { (farthest(|(over, _)| over), farthest(|(_, short)| short)) } else { (1, 1) };
    let gives: Vec<bool> = (0..seats).map(|seat| off(seat).0 >= over.max(1)).collect();
    let takes: Vec<bool> = (0..seats).map(|seat| off(seat).1 >= short.max(1)).collect();
    for (parcel, what) in puzzle.parcels.iter().enumerate() {
        if draft.moves.iter().any(|step| step.parcel == parcel) {
            continue;
        }
        let from = draft.held.get(what.from).copied().unwrap_or_default();
        let left = puzzle.outside(what.from, from - what.worth) - puzzle.outside(what.from, from);
        let may_go = gives.get(what.from) == Some(&true);
        for (to, held) in draft.held.iter().enumerate() {
            if to == what.from || !(may_go || takes.get(to) == Some(&true)) {
                continue;
            }
            let step = Move { parcel, to };
            let change = left + puzzle.outside(to, held + what.worth) - puzzle.outside(to, *held);
            let away = draft.away + usize::from(puzzle.leaves_territory(step));
            let mark = draft.mark.wrapping_add(mark(step));
            next.push(Next { outside: draft.outside + change, away, draft: place, step, mark });
        }
    }
}

/// The best drafts of the next level; among those that reach the band, the best of them alone.
fn choose(puzzle: &Puzzle, level: &[Draft], mut next: Vec<Next>, width: usize) -> Vec<Draft> {
    let reached = next.iter().filter(|next| next.outside == 0);
    let done = reached.filter_map(|next| grown(puzzle, level, next));
    if let Some(best) = done.min_by_key(|draft| (puzzle.merit(&draft.moves, &draft.held), sorted(&draft.moves))) {
        return vec![best];
    }
    // The same moves in another order are the same draft.
    let some = (width * 8).min(next.len());
    if some < next.len() {
        next.select_nth_unstable_by_key(some, Next::key);
        next.truncate(some);
    }
    next.sort_unstable_by_key(Next::key);
    let mut seen = BTreeSet::new();
    let fresh = next.iter().filter(|next| seen.insert(next.mark)).take(width);
    fresh.filter_map(|next| grown(puzzle, level, next)).collect()
}

fn grown(puzzle: &Puzzle, level: &[Draft], next: &Next) -> Option<Draft> {
    let mut draft = level.get(next.draft)?.clone();
    let parcel = puzzle.parcels.get(next.step.parcel)?;
    draft.moves.push(next.step);
    shift(&mut draft.held, parcel.from, -parcel.worth);
    shift(&mut draft.held, next.step.to, parcel.worth);
    Some(Draft { outside: next.outside, away: next.away, mark: next.mark, ..draft })
}

fn sorted(moves: &[Move]) -> Vec<Move> {
    let mut moves = moves.to_vec();
    moves.sort_unstable();
    moves
}

/// A number that hardly any other move has: the mixing of `SplitMix64`.
fn mark(step: Move) -> u64 {
    let mut mixed = ((step.parcel as u64) << 24 | step.to as u64).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
