//! The numbers of the funnel method (method §5–6), each a pure function of a workspace, a day and a filter.
//!
//! Beside them stand [`Screening`], all customers against a target profile, and [`campaigns()`], what campaigns cost and brought.
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
//! | [`backtest`] | what the forecast of past days said, against what came |
//! | [`movement`] | what moved between two days: promotion status, lines by month, waterfall, matrix |
//! | [`ledger`](fn@ledger::ledger) | what flowed month by month, and what each seller has, in one pass over all deals |
//! | [`breakdown`](fn@breakdown) | the same by owner, product, source, customer and more, with what a win costs |
//! | [`losses`] | lost deals by stage, reason and competitor |
//! | [`comparison`](fn@comparison) | two periods side by side, and whether the difference can be told from chance |
//! | [`appraisal`](fn@appraisal::appraisal) | how far each reached what was asked for, and what is paid for it |
//! | [`scorecard`] | what each seller does well beside the team, and the one thing to train |
//! | [`intervention`](fn@intervention::intervention) | what a training or a change of a rule did to a stage, before and after |
//! | [`effort`](fn@effort) | hours and money by stage, per promotion and per person |
//! | [`gate_skips`] | how often a gate was passed without being met |
//! | [`tables`] | the tables of the method: the funnel sheet, where each customer stands, how many at each level |
//!
//! Beside them, of the records as they are: [`Yardsticks`] (the three clocks of each open deal, against their thresholds), [`Diagnosis`]
//! (what may be wrong with one that does not move, and what to do), [`agenda`] (what asks for attention today), [`return_visits`] (who is to be visited
//! again after a win) and [`score`] (how well customers match a
//! target profile).
//! [`balance`](fn@balance::balance) shows how potential and load are spread over the people, and which customers to move; [`handover`] what
//! belongs to somebody who leaves and who fits to take it over. [`attainment`] sets what was won against the quotas, [`quota_pace`] against
//! the calendar; [`quota_plan`] proposes the next ones. [`quality`] lists what is wrong with the data, [`conflicts`](fn@conflicts) the
//! customers of several sellers or spellings, [`duplicates`](fn@duplicates) the customers that may be the same.
//!
//! **Invariants.** A number carries the [`Row`]s it counts, and those it leaves out with the [`Reason`]; [`Frame::deals`] turns
//! them into deals. What happened after the day does not exist. An undated event lies before every day: it counts for where a
//! deal stands, but has no duration and lies in no period. Stages keep the order of their model. Money is added in whole
//! minor units; only rates and weighted amounts are floating-point numbers. What is undefined is `None`, never 0 and never NaN.
//!
//! Stages are those of the models as they are; a stage that left counts as the one it went into, and a deal that a revision of its
//! model put elsewhere has neither been promoted nor fallen back. See [`Frame`].
//!
//! The details of a deal (customer, product lines, source) and of the team have no history: a view of the past shows them as
//! they are today, while stage, status, owner, amount, expected close and probability are those of the day.

pub mod after_sale;
pub mod agenda;
pub mod appraisal;
pub mod backtest;
pub mod balance;
pub mod bottleneck;
pub mod breakdown;
pub mod calibration;
pub mod campaigns;
pub mod censored;
pub mod cohort;
pub mod comparison;
pub mod conflicts;
pub mod conversion;
pub mod custom;
pub mod customers;
pub mod cycle;
pub mod diagnosis;
pub mod difference;
pub mod discovery;
pub mod duplicates;
pub mod effort;
pub mod filter;
pub mod forecast;
pub mod frame;
pub mod gate_skips;
pub mod handover;
pub mod holding;
pub mod incidence;
pub mod intervention;
pub mod ledger;
pub mod left_out;
pub mod likeness;
pub mod meeting;
pub mod movement;
mod passage;
pub mod promises;
pub mod quality;
pub mod quota;
pub mod quota_pace;
pub mod quota_plan;
pub mod rate;
pub mod replenishment;
mod samples;
pub mod scorecard;
pub mod screen;
pub mod screening;
pub mod shape;
pub mod simulation;
pub mod stall;
pub mod stock;
pub mod survival;
pub mod tables;
pub mod target;
mod timeline;
pub mod view;
pub mod week;

pub use after_sale::{ReturnVisit, return_visit, return_visits};
pub use agenda::{Cause, Concern, agenda};
pub use breakdown::{Breakdown, Dimension, Losses, breakdown, losses};
pub use campaigns::{CampaignFigures, Phase, Reach, Whom, Worth, campaign_figures, campaigns, phase, recipients};
pub use cohort::{Cohort, Durations};
pub use comparison::{Comparison, comparison};
pub use conflicts::{Conflict, ConflictKind, Hand, conflicts};
pub use conversion::{Conversion, StageConversion, conversion};
pub use custom::{CustomFilter, CustomWish, FieldUse, LooseName, loose_names};
pub use customers::{CustomerFacts, customer_facts, forerunners, next_review, referrers, review_due};
pub use cycle::{SalesCycle, sales_cycle};
pub use diagnosis::Diagnosis;
pub use duplicates::{Pair, duplicates};
pub use effort::{Effort, effort};
pub use filter::{Filter, Period};
pub use forecast::{Category, Forecast, ForecastMonth, Month, forecast};
pub use frame::{Frame, Row};
pub use gate_skips::{GateSkips, gate_skips};
pub use holding::Holding;
pub use incidence::{Chances, Incidence};
pub use left_out::{LeftOut, Reason};
pub use likeness::Sign;
pub use promises::{Outcome, PromiseRecord, Promised, outcome, promise_record, promised};
pub use quality::{Finding, Problem, Quality, Severity, Subject, quality};
pub use quota::{Asked, Attainment, asked, attainment};
pub use rate::{Interval, Rate};
pub use screen::Screen;
pub use screening::{Decided, Proposals, Scored, Screening, TrackRecord, track_record, values_in_use};
pub use stall::{Clock, Clocks, Health, Mark, Yardsticks};
pub use stock::{StageStock, Stock, stock};
pub use survival::Survival;
pub use target::{Answer, Match, score};
pub use view::View;
pub use week::{Moved, PersonWeek, Still, Way, Week, week};
