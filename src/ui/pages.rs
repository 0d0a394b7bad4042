//! The pages; the only users of the store.

pub mod board;
pub mod data;
pub mod deal;
pub mod deals;
pub mod funnel;
pub mod import;
pub mod not_found;
pub mod settings;
pub mod welcome;
