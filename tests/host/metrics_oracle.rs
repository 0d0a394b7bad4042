//! The metrics against other tools, against a slow and plain reading of the same histories, and against known mistakes.

#![allow(
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::float_cmp,
    reason = "a test may panic, its counts are small, and what is exact is compared exactly"
)]

#[path = "oracles/appraisals.rs"]
mod appraisals;
#[path = "oracles/backtest.rs"]
mod backtest;
#[path = "oracles/balance.rs"]
mod balance;
#[path = "oracles/breakdown.rs"]
mod breakdown;
#[path = "oracles/brute_force.rs"]
mod brute_force;
#[path = "oracles/brute_gates.rs"]
mod brute_gates;
#[path = "oracles/brute_model.rs"]
mod brute_model;
#[path = "oracles/brute_shape.rs"]
mod brute_shape;
#[path = "oracles/cohorts.rs"]
mod cohorts;
#[path = "oracles/curves.rs"]
mod curves;
#[path = "oracles/defects.rs"]
mod defects;
#[path = "oracles/differences.rs"]
mod differences;
#[path = "oracles/effort.rs"]
mod effort;
#[path = "oracles/intervals.rs"]
mod intervals;
#[path = "oracles/interventions.rs"]
mod interventions;
#[path = "oracles/log.rs"]
mod log;
#[path = "oracles/movement.rs"]
mod movement;
#[path = "oracles/revisions.rs"]
mod revisions;
#[path = "oracles/scorecards.rs"]
mod scorecards;
#[path = "oracles/six_deals.rs"]
pub(crate) mod six_deals;
#[path = "oracles/stall.rs"]
mod stall;
