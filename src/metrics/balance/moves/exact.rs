//! Whether so many moves suffice, by trying all that could.
//!
//! Whoever stands above the band has to give something, whoever stands below has to get something: the search takes the one with the
//! fewest choices and tries what the largest parcel of that kind may be. Larger ones are set aside below that branch, so that no
//! set of moves is looked at twice. A branch ends when even the largest parcels at hand would need more moves than are left.

use super::{Move, Puzzle, shift};

/// What came of a search for a plan of some length.
#[derive(Debug)]
pub(super) enum Outcome {
    /// These moves bring everybody into the band.
    Found(Vec<Move>),
    /// There are none.
    Refuted,
    /// The steps are used up.
    Tired,
}

/// The need of one seat.
#[derive(Clone, Copy, Debug)]
struct Need {
    seat: usize,
    /// It has to give; else to get.
    gives: bool,
    /// How much.
    gap: i128,
    /// At least so many parcels.
    parcels: usize,
}

pub(super) struct Search<'a> {
    puzzle: &'a Puzzle,
    /// The parcels, the most valuable first.
    order: Vec<usize>,
    held: Vec<i128>,
    /// Parcels that moved or shall stay.
    settled: Vec<bool>,
    /// For each parcel and seat, whether it shall not go there.
    barred: Vec<bool>,
    path: Vec<Move>,
    steps: usize,
    /// What a branch costs: looking at it takes the longer, the more there is.
    price: usize,
    /// How many of the path leave their territory.
    away: usize,
    /// The best plan that is known, when the best is looked for.
    best: Option<((usize, i128), Vec<Move>)>,
}

/// What becomes of the search after a branch.
#[derive(PartialEq, Eq)]
enum Flow {
    GoOn,
    Stop,
}

impl<'a> Search<'a> {
    pub(super) fn new(puzzle: &'a Puzzle, steps: usize) -> Self {
        let worth = |parcel: &usize| puzzle.parcels.get(*parcel).map_or(0, |parcel| parcel.worth);
        let mut order: Vec<usize> = (0..puzzle.parcels.len()).filter(|parcel| worth(parcel) > 0).collect();
        order.sort_by_key(|parcel| (-worth(parcel), *parcel));
        Self {
            puzzle,
            order,
            held: puzzle.seats.iter().map(|seat| seat.held).collect(),
            settled: vec![false; puzzle.parcels.len()],
            barred: vec![false; puzzle.parcels.len() * puzzle.seats.len()],
            path: Vec::new(),
            steps,
            price: 1 + puzzle.seats.len() * puzzle.parcels.len() / 256,
            away: 0,
            best: None,
        }
    }

    /// At least so many moves are needed; `None` when no moves suffice.
    pub(super) fn bound(&self) -> Option<usize> {
        let needs = self.needs()?;
        Some(least(&needs))
    }

    /// Whether so many moves suffice.
    pub(super) fn within(&mut self, moves: usize) -> Outcome {
        self.best = None;
        let flow = self.go(moves, true);
        match self.best.take() {
            Some((_, moves)) => Outcome::Found(moves),
            None if flow == Flow::Stop => Outcome::Tired,
            None => Outcome::Refuted,
        }
    }

    /// The best plan that is as long as this one, and whether all of them were seen.
    pub(super) fn best_of(&mut self, moves: Vec<Move>) -> (Vec<Move>, bool) {
        let length = moves.len();
        self.best = Some((self.puzzle.merit(&moves, &self.puzzle.after(&moves)), moves));
        let flow = self.go(length, false);
        (self.best.take().map(|(_, moves)| moves).unwrap_or_default(), flow == Flow::GoOn)
    }

    fn go(&mut self, left: usize, first: bool) -> Flow {
        let Some(steps) = self.steps.checked_sub(self.price) else { return Flow::Stop };
        self.steps = steps;
        let Some(needs) = self.needs() else { return Flow::GoOn };
        if needs.is_empty() {
            return self.arrive(first);
        }
        if least(&needs) > left {
            return Flow::GoOn;
        }
        let spare = |need: &Need| left - (sum(&needs, need.gives) - need.parcels);
        let choices = |need: &&Need| {
            let targets = if need.gives { self.held.len() - 1 } else { 1 };
            self.at_hand(**need).filter(|worth| worth * whole(spare(need)) >= need.gap).count() * targets
        };
        let Some(need) = needs.iter().min_by_key(choices).copied() else { return Flow::GoOn };
        let most = spare(&need);
        if need.gives { self.give(need, most, left, first) } else { self.get(need, most, left, first) }
    }

    /// Somebody above the band: which parcel is the largest that leaves?
    fn give(&mut self, need: Need, most: usize, left: usize, first: bool) -> Flow {
        let mut set_aside = Vec::new();
        let mut flow = Flow::GoOn;
        for parcel in self.order.clone() {
            let Some(what) = self.puzzle.parcels.get(parcel) else { continue };
            if what.from != need.seat || self.is_settled(parcel) {
                continue;
            }
            if what.worth * whole(most) < need.gap {
                break;
            }
            self.settle(parcel, true);
            for to in 0..self.held.len() {
                if to != need.seat && !self.is_barred(parcel, to) {
                    flow = self.try_move(Move { parcel, to }, left, first);
                    if flow == Flow::Stop {
                        break;
                    }
                }
            }
            // It stays in the branches that follow.
            set_aside.push(parcel);
            if flow == Flow::Stop || self.parcels_for(need).is_none_or(|parcels| parcels > most) {
                break;
            }
        }
        for parcel in set_aside {
            self.settle(parcel, false);
        }
        flow
    }

    /// Somebody below the band: which parcel is the largest that comes?
    fn get(&mut self, need: Need, most: usize, left: usize, first: bool) -> Flow {
        let mut set_aside = Vec::new();
        let mut flow = Flow::GoOn;
        for parcel in self.order.clone() {
            let Some(what) = self.puzzle.parcels.get(parcel) else { continue };
            if what.from == need.seat || self.is_settled(parcel) || self.is_barred(parcel, need.seat) {
                continue;
            }
            if what.worth * whole(most) < need.gap {
                break;
            }
            self.settle(parcel, true);
            flow = self.try_move(Move { parcel, to: need.seat }, left, first);
            self.settle(parcel, false);
            self.bar(parcel, need.seat, true);
            set_aside.push(parcel);
            if flow == Flow::Stop || self.parcels_for(need).is_none_or(|parcels| parcels > most) {
                break;
            }
        }
        for parcel in set_aside {
            self.bar(parcel, need.seat, false);
        }
        flow
    }

    fn try_move(&mut self, step: Move, left: usize, first: bool) -> Flow {
        let away = usize::from(self.puzzle.leaves_territory(step));
        let too_far = !first && self.best.as_ref().is_some_and(|((best, _), _)| self.away + away > *best);
        let (Some(left), Some(what), false) = (left.checked_sub(1), self.puzzle.parcels.get(step.parcel), too_far)
        else {
            return Flow::GoOn;
        };
        shift(&mut self.held, what.from, -what.worth);
        shift(&mut self.held, step.to, what.worth);
        self.path.push(step);
        self.away += away;
        let flow = self.go(left, first);
        self.away -= away;
        self.path.pop();
        shift(&mut self.held, what.from, what.worth);
        shift(&mut self.held, step.to, -what.worth);
        flow
    }

    /// Everybody is in the band.
    fn arrive(&mut self, first: bool) -> Flow {
        let merit = self.puzzle.merit(&self.path, &self.held);
        if self.best.as_ref().is_none_or(|(best, _)| merit < *best) {
            self.best = Some((merit, self.path.clone()));
        }
        if first { Flow::Stop } else { Flow::GoOn }
    }

    /// What those need who are outside the band; `None` when one of them cannot get or give enough.
    fn needs(&self) -> Option<Vec<Need>> {
        let mut needs = Vec::new();
        for (seat, (held, whose)) in self.held.iter().zip(&self.puzzle.seats).enumerate() {
            let (over, short) = (held - whose.band.high, whose.band.low - held);
            if over > 0 || short > 0 {
                let need = Need { seat, gives: over > 0, gap: over.max(short), parcels: 0 };
                needs.push(Need { parcels: self.parcels_for(need)?, ..need });
            }
        }
        Some(needs)
    }

    /// How many of the largest parcels at hand make up a need; `None` when all of them do not.
    fn parcels_for(&self, need: Need) -> Option<usize> {
        let (mut rest, mut parcels) = (need.gap, 0);
        for worth in self.at_hand(need) {
            if rest <= 0 {
                break;
            }
            rest -= worth;
            parcels += 1;
        }
        (rest <= 0).then_some(parcels)
    }

    /// The worth of the parcels that may still move to meet a need, the largest first.
    fn at_hand(&self, need: Need) -> impl Iterator<Item = i128> {
        self.order.iter().filter_map(move |parcel| {
            let what = self.puzzle.parcels.get(*parcel)?;
            let may = !self.is_settled(*parcel)
                && if need.gives {
                    what.from == need.seat
                } else {
                    what.from != need.seat && !self.is_barred(*parcel, need.seat)
                };
            may.then_some(what.worth)
        })
    }

    fn is_settled(&self, parcel: usize) -> bool {
        self.settled.get(parcel).copied().unwrap_or(true)
    }

    fn settle(&mut self, parcel: usize, settled: bool) {
        if let Some(slot) = self.settled.get_mut(parcel) {
            *slot = settled;
        }
    }

    fn is_barred(&self, parcel: usize, seat: usize) -> bool {
        self.barred.get(parcel * self.held.len() + seat).copied().unwrap_or(true)
    }

    fn bar(&mut self, parcel: usize, seat: usize, barred: bool) {
        let seats = self.held.len();
        if let Some(slot) = self.barred.get_mut(parcel * seats + seat) {
            *slot = barred;
        }
    }
}

/// At least so many moves are needed: each parcel leaves one and comes to one.
fn least(needs: &[Need]) -> usize {
    sum(needs, true).max(sum(needs, false))
}

fn sum(needs: &[Need], gives: bool) -> usize {
    needs.iter().filter(|need| need.gives == gives).map(|need| need.parcels).sum()
}

fn whole(count: usize) -> i128 {
    i128::try_from(count).unwrap_or(i128::MAX / (1 << 80))
}
