//! Charts: plain SVG and grid, every figure readable by keyboard and as a table. They know no store.

pub mod bar_months;
pub mod funnel_picture;
pub mod geometry;
