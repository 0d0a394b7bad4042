//! Flows by month, stage and seller, in one pass over columns of small numbers.

mod of_view;
mod sums;

pub use of_view::{OfModel, ledger};
pub use sums::{Months, Row, StageSums, Sums};

/// How a deal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is worked on.
    Open,
    /// It was won.
    Won,
    /// It was lost.
    Lost,
}

/// Whose a deal is and where it came from, by numbers of the caller's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Whose {
    /// Who sells it.
    pub owner: u16,
    /// Where that person works.
    pub department: u16,
    /// Where it came from.
    pub source: u16,
}

/// What a deal is worth and how it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its amount in the smallest unit.
    pub amount: i64,
    /// How it stands.
    pub outcome: Outcome,
    /// When it was won or lost, in ticks.
    pub closed: i64,
}

/// What is counted. The default counts everything; all conditions must hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Deals of this seller only.
    pub owner: Option<u16>,
    /// Deals of this department only.
    pub department: Option<u16>,
    /// Deals from this source only.
    pub source: Option<u16>,
    /// Only what happened from this tick on, up to that one, which is not in it. What is open is open whatever the period.
    pub period: Option<(i64, i64)>,
}

/// What the ticks, stages and people of a [`Ledger`] are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ground {
    /// The first tick of each month in order, and the tick at which the last one ends.
    pub months: Vec<i64>,
    /// The probability of each stage, first to last, in percent or basis points: weighted amounts are in hundredths or ten-thousandths.
    pub weights: Vec<i64>,
    /// How many sellers there are.
    pub owners: u16,
    /// How many departments there are.
    pub departments: u16,
}

/// How a stay ended: not yet, or where the deal went. The numbers are places in [`Cell`]; an open stay has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Open = 0,
    Promoted = 1,
    Lost = 2,
    Back = 3,
}

/// Entries, promotions, losses and steps back in one stage and month.
type Cell = [u32; 4];

/// The time of a deal in one stage.
#[derive(Clone, Copy, Debug)]
struct Stay {
    entered: i64,
    left: i64,
    /// Month × stages + stage of the entry, and of the end.
    entered_cell: u16,
    left_cell: u16,
    stage: u8,
    end: End,
}

/// A deal: what it is worth, and where its stays are.
#[derive(Clone, Copy, Debug)]
struct Deal {
    amount: i64,
    closed: i64,
    /// From the first entry to the end, in ticks; 0 for open deals.
    cycle: i64,
    /// Where its stays end; they begin where those of the one before end.
    end: u32,
    /// The stage in which it stands or stood last.
    stage: u8,
    outcome: Outcome,
}

/// The deals that one person sold in one department. Whoever asks for that person reads nothing else.
#[derive(Clone, Debug)]
struct Group {
    owner: u16,
    department: u16,
    /// Where each deal came from; stands apart, so that of the other deals nothing is read.
    sources: Vec<u16>,
    deals: Vec<Deal>,
    stays: Vec<Stay>,
}

/// The ways of deals through the stages of one model, in ticks: days in the workspace, whatever unit elsewhere.
///
/// It answers what a table of months or of sellers asks, [`sums`](Self::sums), in one pass and without a look at a record; it does not say
/// which deals it counted. For that ask the metrics of a [`View`](super::View).
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    ground: Ground,
    /// In the order of owner and department.
    groups: Vec<Group>,
}

impl Ledger {
    /// An empty ledger. `None` when there are more than 255 stages, or more months × stages than 65,535.
    pub fn new(ground: Ground) -> Option<Self> {
        let stages = u8::try_from(ground.weights.len()).ok()?;
        let months = ground.months.len().saturating_sub(1);
        u16::try_from(months * usize::from(stages)).ok()?;
        Some(Self { ground, ..Self::default() })
    }

    /// How many deals are in it.
    pub fn deals(&self) -> usize {
        self.groups.iter().map(|group| group.deals.len()).sum()
    }

    /// Adds a deal with its entries, each the stage and the tick, in the order of time; one without entries is not added. What it is won
    /// from counts as a promotion.
    pub fn push(&mut self, whose: Whose, line: Line, entries: &[(u8, i64)]) {
        let Some((last, first)) = entries.last().zip(entries.first()) else { return };
        let Whose { owner, department, source } = whose;
        let place = self.groups.binary_search_by_key(&(owner, department), |group| (group.owner, group.department));
        let place = place.unwrap_or_else(|place| {
            let group = Group { owner, department, sources: Vec::new(), deals: Vec::new(), stays: Vec::new() };
            self.groups.insert(place, group);
            place
        });
        let (ground, Some(group)) = (&self.ground, self.groups.get_mut(place)) else { return };
        for (place, (stage, entered)) in entries.iter().enumerate() {
            let (left, end) = match entries.get(place + 1) {
                Some((next, left)) => (*left, if next > stage { End::Promoted } else { End::Back }),
                None => match line.outcome {
                    Outcome::Open => (0, End::Open),
                    Outcome::Won => (line.closed, End::Promoted),
                    Outcome::Lost => (line.closed, End::Lost),
                },
            };
            let left_cell = if end == End::Open { 0 } else { ground.cell(left, *stage) };
            let entered_cell = ground.cell(*entered, *stage);
            group.stays.push(Stay { entered: *entered, left, entered_cell, left_cell, stage: *stage, end });
        }
        let Line { amount, outcome, closed } = line;
        let cycle = if outcome == Outcome::Open { 0 } else { closed - first.1 };
        let end = u32::try_from(group.stays.len()).unwrap_or(u32::MAX);
        group.sources.push(source);
        group.deals.push(Deal { amount, closed, cycle, end, stage: last.0, outcome });
    }
}

impl Ground {
    /// The place of a tick and a stage among months × stages; before the first month is in it, after the last in that.
    fn cell(&self, tick: i64, stage: u8) -> u16 {
        let month = month_of(&self.months, tick);
        u16::try_from(month * self.weights.len() + usize::from(stage)).unwrap_or_default()
    }
}

/// The number of the month in which a tick lies. Months are of about one length: a first guess is right or next to it.
fn month_of(months: &[i64], tick: i64) -> usize {
    let Some((first, [middle @ .., end])) = months.split_first() else { return 0 };
    let share = (tick - first).saturating_mul(i64::try_from(middle.len() + 1).unwrap_or(1)) / (end - first).max(1);
    let mut month = usize::try_from(share).unwrap_or_default().min(middle.len());
    while month > 0 && middle.get(month - 1).is_some_and(|begins| tick < *begins) {
        month -= 1;
    }
    while middle.get(month).is_some_and(|begins| *begins <= tick) {
        month += 1;
    }
    month
}

#[cfg(test)]
mod tests {
    use super::month_of;

    #[test]
    fn a_tick_lies_in_the_month_that_began_last() {
        let months = [0, 31, 59, 90, 120, 121, 300];
        for tick in -5..310 {
            let plain = months.iter().rposition(|begins| *begins <= tick).unwrap_or_default().min(5);
            assert_eq!(month_of(&months, tick), plain, "tick {tick}");
        }
        assert_eq!((month_of(&[], 3), month_of(&[3], 3), month_of(&[3, 9], 12)), (0, 0, 0));
    }
}
