//! A lesson as somebody goes through it: which screen, what was done, whether an answer is right, and what is said to it.
//!
//! What is right is counted: by [`stock`](crate::metrics::stock()) for weighted sums, by
//! [`replenishment`](crate::metrics::replenishment) for match-sticks and plans, by [`bottleneck`](crate::metrics::bottleneck) and
//! [`shape`](crate::metrics::shape) for stages, by [`calibration`](crate::metrics::calibration) for what to assume. See [`task`].

pub mod practice;
pub mod run;
pub mod task;

pub use run::{Mark, Run};
pub use task::{Answer, Verdict, judge, solution};
