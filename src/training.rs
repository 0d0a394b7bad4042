//! Exercises and demonstrations: all of it drawn from a seed, nothing from a clock.

pub mod class;
pub mod contest;
pub mod demo;
mod draw;
pub mod drill;
pub mod illness;
pub mod job_fair;
pub mod lesson;
pub mod matches;
pub mod simulator;
pub mod sums;
