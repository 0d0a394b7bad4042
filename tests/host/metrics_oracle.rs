//! The metrics against other tools, against a slow and plain reading of the same histories, and against known mistakes.

#![allow(
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::float_cmp,
    reason = "a test may panic, its counts are small, and what is exact is compared exactly"
)]

#[path = "oracles/backtest.rs"]
mod backtest;
#[path = "oracles/brute_force.rs"]
mod brute_force;
#[path = "oracles/curves.rs"]
mod curves;
#[path = "oracles/defects.rs"]
mod defects;
#[path = "oracles/movement.rs"]
mod movement;
#[path = "oracles/six_deals.rs"]
pub(crate) mod six_deals;
