//! The tables of the method (method §5.1–5.3), as lines and sums; what they look like is the interface's job.
//!
//! | table | answers |
//! |---|---|
//! | [`funnel_sheet`] | which deals stand in each stage, with subtotals (销售漏斗表) |
//! | [`customer_status`] | where each customer stands, and what comes next (客户状态表) |
//! | [`customer_levels`] | how many customers and how much money stand at each level, by fit (客户级别表) |
//!
//! All three are of one [`View`](super::View): its day, its filter, and no other way to choose deals. Their sums are those of
//! [`stock`](super::stock()): the sheet takes them over, and what the levels hold, with the deals without customer, adds up to them.

mod levels;
mod sheet;
mod status;

pub use levels::{Fit, LevelCell, LevelRow, Levels, customer_levels};
pub use sheet::{Entry, Sheet, SheetGroup, SheetLine, SheetModel, entry, funnel_sheet};
pub use status::{CustomerStatus, Place, customer_status};
