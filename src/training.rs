//! Exercises and demonstrations: all of it drawn from a seed, nothing from a clock.

pub mod demo;
mod draw;
pub mod progress;
