//! Charts: plain SVG and grid, every figure readable by keyboard and as a table, every picture to take away. They know no store.
//!
//! They are our own because the chart libraries for Leptos draw lines and bars without a table behind them, without a read-out by
//! keyboard and without a way to take the picture along; those three are the larger part of each chart here.

pub mod bar_months;
pub mod chart_frame;
pub mod funnel_picture;
pub mod gap;
pub mod geometry;
pub mod intervals;
pub mod lines;
pub mod read_out;
mod rows;
pub mod strips;
mod take_away;
pub mod waterfall;
