//! The question which customers are to change hands, and its answer, as they go between page and worker.

use serde::{Deserialize, Serialize};

use crate::metrics::balance::{
    Band,
    moves::{Effort, Move, Parcel, Plan, Puzzle, Seat, fewest},
};

/// Who holds what, and what may change hands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BalanceOrder {
    /// What each holds, with the fair share and the ends of the band.
    seats: Vec<[i128; 4]>,
    /// With whom each is, what it is worth, and where it leaves its territory.
    parcels: Vec<(usize, i128, Vec<bool>)>,
}

impl From<&Puzzle> for BalanceOrder {
    fn from(puzzle: &Puzzle) -> Self {
        let seat = |Seat { held, band: Band { fair, low, high } }: &Seat| [*held, *fair, *low, *high];
        let parcel = |Parcel { from, worth, away }: &Parcel| (*from, *worth, away.clone());
        Self { seats: puzzle.seats.iter().map(seat).collect(), parcels: puzzle.parcels.iter().map(parcel).collect() }
    }
}

impl BalanceOrder {
    pub(super) fn solve(self) -> FoundMoves {
        let seat = |[held, fair, low, high]: [i128; 4]| Seat { held, band: Band { fair, low, high } };
        let parcel = |(from, worth, away)| Parcel { from, worth, away };
        let seats = self.seats.into_iter().map(seat).collect();
        let puzzle = Puzzle { seats, parcels: self.parcels.into_iter().map(parcel).collect() };
        let Plan { moves, outside, at_least, impossible } = fewest(&puzzle, Effort::default());
        let moves = moves.into_iter().map(|Move { parcel, to }| (parcel, to)).collect();
        FoundMoves { moves, outside, at_least, impossible }
    }
}

/// The moves, and what is known of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundMoves {
    moves: Vec<(usize, usize)>,
    outside: i128,
    at_least: usize,
    impossible: bool,
}

impl From<FoundMoves> for Plan {
    fn from(found: FoundMoves) -> Self {
        let FoundMoves { moves, outside, at_least, impossible } = found;
        let moves = moves.into_iter().map(|(parcel, to)| Move { parcel, to }).collect();
        Self { moves, outside, at_least, impossible }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::worker::{Request, Response, Work};

    #[test]
    fn the_worker_finds_the_moves_that_the_page_would() {
        let band = Band { fair: 100, low: 85, high: 115 };
        let seats = [150, 50].map(|held| Seat { held, band }).to_vec();
        let parcels = [20, 40].map(|worth| Parcel { from: 0, worth, away: vec![false, true] }).to_vec();
        let puzzle = Puzzle { seats, parcels };
        let answer = Work::default().handle(Request::Balance((&puzzle).into()), &mut |_, _| {});
        let Response::Balance(found) = answer else { panic!("another answer") };
        let plan = Plan::from(found);
        assert_eq!(plan, fewest(&puzzle, Effort::default()));
        assert_eq!(plan.moves, [Move { parcel: 1, to: 1 }]);
    }
}
