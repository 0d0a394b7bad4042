//! The metrics against other tools, against a slow and plain reading of the same histories, and against known mistakes.

#[path = "oracles/brute_force.rs"]
mod brute_force;
#[path = "oracles/curves.rs"]
mod curves;
#[path = "oracles/defects.rs"]
mod defects;
#[path = "oracles/six_deals.rs"]
mod six_deals;
