//! The sums of a ledger.

use super::{Cell, Deal, End, Group, Ledger, Outcome, Stay, Wanted};

/// What a seller, a department or the whole has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Open deals.
    pub open: u32,
    /// Their amount.
    pub open_amount: i64,
    /// Σ amount × weight of the stage.
    pub weighted: i64,
    /// Deals won in the period.
    pub won: u32,
    /// Their amount.
    pub won_amount: i64,
    /// Deals lost in the period.
    pub lost: u32,
    /// Ticks from the first entry to the win, over the deals won in the period.
    pub cycle: i64,
}

impl Row {
    /// Counts a deal in a stage of this weight; `closed` tells whether it was closed in the period.
    fn count(&mut self, deal: &Deal, weight: i64, closed: bool) {
        match deal.outcome {
            Outcome::Open => {
                self.open += 1;
                self.open_amount += deal.amount;
                self.weighted += deal.amount * weight;
            }
            Outcome::Won if closed => {
                self.won += 1;
                self.won_amount += deal.amount;
                self.cycle += deal.cycle;
            }
            Outcome::Lost if closed => self.lost += 1,
            Outcome::Won | Outcome::Lost => {}
        }
    }

    fn add(&mut self, part: &Self) {
        self.open += part.open;
        self.open_amount += part.open_amount;
        self.weighted += part.weighted;
        self.won += part.won;
        self.won_amount += part.won_amount;
        self.lost += part.lost;
        self.cycle += part.cycle;
    }

    /// Won ÷ (won + lost); `None` when nothing was decided.
    pub fn win_rate(&self) -> Option<f64> {
        let decided = self.won + self.lost;
        (decided > 0).then(|| f64::from(self.won) / f64::from(decided))
    }
}

/// What a stage has.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StageSums {
    /// Open deals.
    pub open: u32,
    /// Their amount.
    pub amount: i64,
    /// Σ amount × weight.
    pub weighted: i64,
    /// Stays that ended in the period.
    pub stays: usize,
    /// Their length in ticks together.
    pub ticks: i64,
    /// The middle length in ticks, or the mean of the two in the middle; `None` without stays.
    pub median: Option<f64>,
}

/// Entries, promotions, losses and steps back, month by month and in each month stage by stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Months {
    cells: Vec<Cell>,
}

impl Months {
    /// Entries in each month and stage.
    pub fn entries(&self) -> impl Iterator<Item = u32> {
        self.kind(End::Open)
    }

    /// Promotions.
    pub fn promotions(&self) -> impl Iterator<Item = u32> {
        self.kind(End::Promoted)
    }

    /// Losses.
    pub fn losses(&self) -> impl Iterator<Item = u32> {
        self.kind(End::Lost)
    }

    /// Steps back.
    pub fn backs(&self) -> impl Iterator<Item = u32> {
        self.kind(End::Back)
    }

    fn kind(&self, end: End) -> impl Iterator<Item = u32> {
        self.cells.iter().map(move |cell| cell[end as usize])
    }
}

/// The sums of a ledger through one filter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sums {
    /// The stages, first to last.
    pub stages: Vec<StageSums>,
    /// What flowed.
    pub months: Months,
    /// The sellers, by number.
    pub owners: Vec<Row>,
    /// The departments, by number.
    pub departments: Vec<Row>,
    /// The middle cycle of the deals won in the period in ticks; `None` when none was won.
    pub cycle: Option<f64>,
}

impl Ledger {
    /// The sums of what is wanted. A stay counts by the moment of its entry as an entry, and by that of its end as what it ended in;
    /// a win and a loss by the day of the close.
    ///
    /// ```
    /// use loudou::metrics::ledger::{Ground, Ledger, Line, Outcome, Wanted, Whose};
    /// // Two stages at 25 and 50 %, two months of 30 ticks.
    /// let ground = Ground { months: vec![0, 30, 60], weights: vec![25, 50], owners: 1, departments: 1 };
    /// let mut ledger = Ledger::new(ground).unwrap();
    /// let (whose, line) = (Whose::default(), Line { amount: 1_000, outcome: Outcome::Open, closed: 0 });
    /// ledger.push(whose, line, &[(0, 3), (1, 13)]);
    /// ledger.push(whose, Line { outcome: Outcome::Won, closed: 40, ..line }, &[(0, 5), (1, 25)]);
    /// let sums = ledger.sums(&Wanted::default());
    /// // The first went on after 10 ticks, the second after 20; the one that is open stands in the second stage.
    /// assert_eq!((sums.stages[0].stays, sums.stages[0].median), (2, Some(15.0)));
    /// assert_eq!((sums.stages[1].open, sums.stages[1].weighted), (1, 50_000));
    /// assert_eq!(sums.months.promotions().collect::<Vec<_>>(), [2, 0, 0, 1]);
    /// assert_eq!((sums.owners[0].won, sums.owners[0].cycle, sums.cycle), (1, 35, Some(35.0)));
    /// // In the second month one was won and nothing was entered.
    /// let second = ledger.sums(&Wanted { period: Some((30, 60)), ..Wanted::default() });
    /// assert_eq!((second.months.entries().sum::<u32>(), second.owners[0].won), (0, 1));
    /// ```
    pub fn sums(&self, wanted: &Wanted) -> Sums {
        let stages = self.ground.weights.len();
        let cells = self.ground.months.len().saturating_sub(1) * stages;
        let mut counting =
            Counting { cells: vec![Cell::default(); cells], lengths: vec![Vec::new(); stages], period: wanted.period };
        let mut sums = Sums {
            stages: vec![StageSums::default(); stages],
            owners: vec![Row::default(); usize::from(self.ground.owners)],
            departments: vec![Row::default(); usize::from(self.ground.departments)],
            ..Sums::default()
        };
        let mut cycles = Vec::new();
        let asked = |wanted: Option<u16>, is: u16| wanted.is_none_or(|wanted| wanted == is);
        let asked_for = |group: &&Group| asked(wanted.owner, group.owner) && asked(wanted.department, group.department);
        for group in self.groups.iter().filter(asked_for) {
            let mut row = Row::default();
            let mut start = 0;
            for (deal, source) in group.deals.iter().zip(&group.sources) {
                let stays = start..deal.end as usize;
                start = stays.end;
                if !asked(wanted.source, *source) {
                    continue;
                }
                let closed = wanted.period.is_none_or(|(from, to)| deal.closed >= from && deal.closed < to);
                let weight = self.ground.weights.get(usize::from(deal.stage)).copied().unwrap_or_default();
                row.count(deal, weight, closed);
                match (deal.outcome, sums.stages.get_mut(usize::from(deal.stage))) {
                    (Outcome::Open, Some(stage)) => {
                        stage.open += 1;
                        stage.amount += deal.amount;
                        stage.weighted += deal.amount * weight;
                    }
                    (Outcome::Won, _) if closed => cycles.push(deal.cycle),
                    _ => {}
                }
                counting.count(group.stays.get(stays).unwrap_or_default());
            }
            let owner = sums.owners.get_mut(usize::from(group.owner));
            let department = sums.departments.get_mut(usize::from(group.department));
            owner.into_iter().chain(department).for_each(|whole| whole.add(&row));
        }
        for (stage, lengths) in sums.stages.iter_mut().zip(&mut counting.lengths) {
            stage.stays = lengths.len();
            stage.ticks = lengths.iter().sum();
            stage.median = middle(lengths);
        }
        sums.months = Months { cells: counting.cells };
        sums.cycle = middle(&mut cycles);
        sums
    }
}

/// What is gathered of the stays.
struct Counting {
    cells: Vec<Cell>,
    /// For each stage the lengths of the stays that ended.
    lengths: Vec<Vec<i64>>,
    period: Option<(i64, i64)>,
}

impl Counting {
    fn count(&mut self, stays: &[Stay]) {
        for stay in stays {
            let within = |tick: i64| self.period.is_none_or(|(from, to)| tick >= from && tick < to);
            let (entered, left) = (within(stay.entered), stay.end != End::Open && within(stay.left));
            if entered && let Some(cell) = self.cells.get_mut(usize::from(stay.entered_cell)) {
                cell[End::Open as usize] += 1;
            }
            if left && let Some(cell) = self.cells.get_mut(usize::from(stay.left_cell)) {
                cell[stay.end as usize] += 1;
                if let Some(lengths) = self.lengths.get_mut(usize::from(stay.stage)) {
                    lengths.push(stay.left - stay.entered);
                }
            }
        }
    }
}

/// The middle of numbers in any order, or the mean of the two in the middle; `None` without any. Puts them into another order.
#[expect(clippy::cast_precision_loss, reason = "lengths of time are shown, not added to")]
fn middle(numbers: &mut [i64]) -> Option<f64> {
    if numbers.is_empty() {
        return None;
    }
    let is_even = numbers.len().is_multiple_of(2);
    let (below, upper, _) = numbers.select_nth_unstable(numbers.len() / 2);
    let lower = if is_even { below.iter().max().unwrap_or(upper) } else { &*upper };
    Some(f64::midpoint(*lower as f64, *upper as f64))
}
