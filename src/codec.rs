//! Forms in which data leaves and enters.

pub mod csv;
