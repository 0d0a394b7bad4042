//! What moved between two days (method §5.4–5.6): the promotion status table, the lines month by month, the change waterfall and
//! the matrix from stage to stage.
//!
//! Whatever is said here adds up, and says so: what stood at the beginning, with what came and without what left, is what stands at
//! the end, counted on its own. The residuals are numbers to show, and they are 0.

pub mod lines;
pub mod matrix;
pub mod promotion;
pub mod waterfall;

pub use lines::{LineMonth, Lines, lines};
pub use matrix::{Cell, Matrix, Place, matrix};
pub use promotion::{By, Flow, Group, Promotion, StageFlow, promotion};
pub use waterfall::{Bucket, Item, Waterfall, waterfall};
