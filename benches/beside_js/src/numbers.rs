//! The sums as one row of numbers, in the order in which `bench.mjs` takes them apart.

use loudou::metrics::ledger::{Row, Sums};

/// A day in milliseconds.
const DAY: f64 = 86_400_000.0;

/// Per stage: open deals, amount, weighted amount in hundredths, ended stays, their days and the middle of them. Then the entries, promotions,
/// losses and steps back of each month and stage; the middle cycle in days; and of each seller, then of each department: open deals, amount, weighted
/// amount in hundredths, won deals, their amount, lost deals, days from the first entry to the win. What is not there is 0.
#[expect(clippy::cast_precision_loss, reason = "JavaScript has no other numbers")]
pub fn numbers(sums: &Sums) -> Vec<f64> {
    let mut all = Vec::new();
    for stage in &sums.stages {
        all.extend([f64::from(stage.open), stage.amount as f64, stage.weighted as f64, stage.stays as f64]);
        all.extend([stage.ticks as f64 / DAY, stage.median.unwrap_or_default() / DAY]);
    }
    all.extend(sums.months.entries().map(f64::from));
    all.extend(sums.months.promotions().map(f64::from));
    all.extend(sums.months.losses().map(f64::from));
    all.extend(sums.months.backs().map(f64::from));
    all.push(sums.cycle.unwrap_or_default() / DAY);
    let row = |row: &Row| {
        let (open, won, lost) = (f64::from(row.open), f64::from(row.won), f64::from(row.lost));
        let (amount, weighted) = (row.open_amount as f64, row.weighted as f64);
        [open, amount, weighted, won, row.won_amount as f64, lost, row.cycle as f64 / DAY]
    };
    all.extend(sums.owners.iter().chain(&sums.departments).flat_map(row));
    all
}
