//! The fewest moves that bring everybody into the band: parcels of different worth, each with one of several people, change hands.
//!
//! That is a bin-packing problem, so no method is quick on every case. [`fewest`] is exact where that is possible in a bounded number of
//! steps, and says how far it may be off where it is not:
//!
//! 1. A beam search ([`beam`]) finds few moves that reach the band, or come as near to it as it can.
//! 2. An exhaustive search ([`exact`]) asks of each smaller number of moves, one after the other, whether it suffices. The last number
//!    that it could refute gives the bound [`Plan::at_least`].
//! 3. Among plans of the same length the one with the fewest [moves away](Parcel::away), then the smallest spread, is looked for.
//!
//! Steps are counted, never timed: the same question has the same answer on every machine.

mod beam;
mod exact;
mod polish;

use super::band::Band;

/// Somebody who holds parcels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// What all of it is worth, parcels that cannot move included.
    pub held: i128,
    /// What it ought to be worth.
    pub band: Band,
}

/// Something that can be with one or with another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// With whom it is: the place of a seat.
    pub from: usize,
    /// What it is worth; what is worth nothing is never moved.
    pub worth: i128,
    /// For each seat, whether a move there takes it out of its territory.
    pub away: Vec<bool>,
}

/// Who holds what, and what may change hands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Puzzle {
    /// The people.
    pub seats: Vec<Seat>,
    /// The parcels that may move.
    pub parcels: Vec<Parcel>,
}

/// A parcel goes to a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Move {
    /// The place of the parcel.
    pub parcel: usize,
    /// The place of the seat.
    pub to: usize,
}

/// Moves, and what is known of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The moves, in the order of the parcels.
    pub moves: Vec<Move>,
    /// What still lies outside the bands afterwards; 0 when everybody is in.
    pub outside: i128,
    /// No plan with fewer moves brings everybody into the band: as many as there are moves when the plan is the shortest there is.
    pub at_least: usize,
    /// Whether it is certain that no plan brings everybody into the band.
    pub impossible: bool,
}

/// The work that [`fewest`] may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Moves that the beam search may weigh.
    pub beam: usize,
    /// Branches that the exhaustive search may look into; in large teams each counts for several.
    pub exact: usize,
}

impl Default for Effort {
    fn default() -> Self {
        Self { beam: 400_000, exact: 3_000_000 }
    }
}

impl Puzzle {
    fn outside(&self, seat: usize, held: i128) -> i128 {
        self.seats.get(seat).map_or(0, |seat| seat.band.outside(held))
    }

    fn leaves_territory(&self, step: Move) -> bool {
        self.parcels.get(step.parcel).is_some_and(|parcel| parcel.away.get(step.to).copied().unwrap_or_default())
    }

    /// How good moves are that bring everybody into the band: fewer away, then a smaller spread.
    fn merit(&self, moves: &[Move], held: &[i128]) -> (usize, i128) {
        let off = || held.iter().zip(&self.seats).map(|(held, seat)| held - seat.band.fair);
        let spread = off().max().unwrap_or_default() - off().min().unwrap_or_default();
        (moves.iter().filter(|step| self.leaves_territory(**step)).count(), spread)
    }

    /// What everybody holds after some moves.
    pub fn after(&self, moves: &[Move]) -> Vec<i128> {
        let mut held: Vec<i128> = self.seats.iter().map(|seat| seat.held).collect();
        for step in moves {
            if let Some(parcel) = self.parcels.get(step.parcel) {
                shift(&mut held, parcel.from, -parcel.worth);
                shift(&mut held, step.to, parcel.worth);
            }
        }
        held
    }

    /// What lies outside the bands when everybody holds so much.
    fn all_outside(&self, held: &[i128]) -> i128 {
        held.iter().enumerate().map(|(seat, held)| self.outside(seat, *held)).sum()
    }

    /// What a move has to bring where the band cannot be reached: a hundredth of the mean.
    fn step(&self) -> i128 {
        let total: i128 = self.seats.iter().map(|seat| seat.held).sum();
        let people: i128 = self.seats.iter().map(|_| 100).sum();
        (total / people.max(1)).max(1)
    }

    /// Whether some parcel is too large for everybody who could have it, even with nothing beside it but what cannot move.
    fn has_a_giant(&self) -> bool {
        let mut bare: Vec<i128> = self.seats.iter().map(|seat| seat.held).collect();
        for parcel in &self.parcels {
            shift(&mut bare, parcel.from, -parcel.worth);
        }
        let fits = |worth: i128| bare.iter().zip(&self.seats).any(|(bare, seat)| bare + worth <= seat.band.high);
        self.parcels.iter().any(|parcel| !fits(parcel.worth))
    }
}

fn shift(held: &mut [i128], seat: usize, by: i128) {
    if let Some(held) = held.get_mut(seat) {
        *held += by;
    }
}

/// The fewest moves that bring everybody into the band.
///
/// Where no moves do, the plan comes as near as could be found; a move more has to bring at least a hundredth of the mean. Each parcel
/// moves at most once, so it never goes by a third person.
///
/// ```
/// use loudou::metrics::balance::{Band, moves::{Effort, Move, Parcel, Puzzle, Seat, fewest}};
/// let band = Band { fair: 100, low: 85, high: 115 };
/// let seats = [160, 90, 50].map(|held| Seat { held, band }).to_vec();
/// let parcel = |worth| Parcel { from: 0, worth, away: vec![false; 3] };
/// let puzzle = Puzzle { seats, parcels: vec![parcel(20), parcel(30), parcel(48)] };
/// // 48 leave the first with 112 and the last with 98: one move where 20 and 30 would be two.
/// let plan = fewest(&puzzle, Effort::default());
/// assert_eq!(plan.moves, [Move { parcel: 2, to: 2 }]);
/// assert_eq!((plan.outside, plan.at_least), (0, 1));
/// ```
pub fn fewest(puzzle: &Puzzle, effort: Effort) -> Plan {
    let mut found = beam::search(puzzle, effort.beam);
    let mut search = exact::Search::new(puzzle, effort.exact);
    let Some(mut at_least) = search.bound().filter(|_| !puzzle.has_a_giant()) else {
        return plan(puzzle, polish::polish(puzzle, found), 0, true);
    };
    let reached = |moves: &[Move]| puzzle.all_outside(&puzzle.after(moves)) == 0;
    let limit = if reached(&found) { found.len() } else { puzzle.parcels.len() + 1 };
    while at_least < limit {
        match search.within(at_least) {
            exact::Outcome::Found(moves) => {
                found = moves;
                break;
            }
            exact::Outcome::Refuted => at_least += 1,
            exact::Outcome::Tired => break,
        }
    }
    let impossible = at_least > puzzle.parcels.len();
    if reached(&found) {
        let (better, all_seen) = search.best_of(found);
        found = if all_seen { better } else { polish::polish(puzzle, better) };
    } else {
        found = polish::polish(puzzle, found);
    }
    plan(puzzle, found, at_least, impossible)
}

fn plan(puzzle: &Puzzle, mut moves: Vec<Move>, at_least: usize, impossible: bool) -> Plan {
    moves.sort_unstable();
    let outside = puzzle.all_outside(&puzzle.after(&moves));
    Plan { moves, outside, at_least: if impossible { 0 } else { at_least }, impossible }
}

#[cfg(test)]
mod tests;
