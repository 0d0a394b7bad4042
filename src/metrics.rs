//! The numbers of the funnel method (method §5–6), each a pure function of a workspace, a day and a filter.
//!
//! A [`Frame`] turns a workspace into columns once. [`Frame::view`] fixes the day and the [`Filter`]; every metric is one scan
//! over that [`View`]:
//!
//! | metric | answers |
//! |---|---|
//! | [`stock`] | what stands in each stage now, and what was won and lost in the period |
//! | [`conversion`] | how many of those who entered a stage went on past it, and how long that took |
//! | [`sales_cycle`] | how long a won deal took from its first day |
//! | [`forecast`] | what the open deals may bring, by the month they are expected to close |
//!
//! **Invariants.** A number carries the [`Row`]s it counts, and those it leaves out with the [`Reason`]; [`Frame::deals`] turns
//! them into deals. What happened after the day does not exist. An undated event lies before every day: it counts for where a
//! deal stands, but has no duration and lies in no period. Stages keep the order of their model. Money is added in whole
//! minor units; only rates and weighted amounts are floating-point numbers. What is undefined is `None`, never 0 and never NaN.
//!
//! The details of a deal (customer, product lines, source) and of the team have no history: a view of the past shows them as
//! they are today, while stage, status, owner, amount, expected close and probability are those of the day.

pub mod cohort;
pub mod conversion;
pub mod custom;
pub mod cycle;
pub mod filter;
pub mod forecast;
pub mod frame;
pub mod holding;
pub mod incidence;
pub mod left_out;
mod passage;
pub mod rate;
pub mod sought;
pub mod stock;
pub mod survival;
pub mod target;
mod timeline;
pub mod view;

pub use cohort::{Cohort, Durations};
pub use conversion::{Conversion, StageConversion, conversion};
pub use custom::{CustomFilter, FieldUse, LooseName, loose_names};
pub use cycle::{SalesCycle, sales_cycle};
pub use filter::{Filter, Period};
pub use forecast::{Category, Forecast, ForecastMonth, Month, forecast};
pub use frame::{Frame, Row};
pub use holding::Holding;
pub use incidence::{Chances, Incidence};
pub use left_out::{LeftOut, Reason};
pub use rate::{Interval, Rate};
pub use sought::Sought;
pub use stock::{StageStock, Stock, stock};
pub use survival::Survival;
pub use target::{Answer, Match, score};
pub use view::View;
