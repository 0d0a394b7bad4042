//! Appraisal schemes (考核方案, method §8): by what a seller is measured, and what share of the won money is paid for it.

use super::{Money, SchemeId, Share};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MeasureKind {
    /// 定额完成率: won of the quota, in percent
    Attainment,
    /// 成交金额: in minor units of the currency
    WonAmount,
    /// 成交数: won deals
    WonDeals,
    /// 赢单率: in percent
    WinRate,
    /// 成交周期: in days
    CycleDays,
    /// 活动数: activities
    Activities,
    /// 越级: promotions past a gate that was not met, in percent
    GateSkips,
    /// 延期: close dates that were put off, in percent
    Slippage,
    /// 承诺兑现率: kept promises, in percent
    PromisesKept,
    /// 数据质量: in percent
    DataQuality,
}

impl MeasureKind {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Attainment,
        Self::WonAmount,
        Self::WonDeals,
        Self::WinRate,
        Self::CycleDays,
        Self::Activities,
        Self::GateSkips,
        Self::Slippage,
        Self::PromisesKept,
        Self::DataQuality,
    ];
}

/// One measure of a scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// What is measured; no other measure of the scheme has it.
    pub kind: MeasureKind,
    /// How much it counts, in percent; all measures of a scheme together have 100.
    pub weight: u16,
    /// What is to be reached, in the unit of the kind: percent, days, a count, minor units. Never below 0; of what is no amount at most
    /// [`u32::MAX`].
    pub target: i64,
}

impl Measure {
    /// Whether what is measured can have this target.
    pub fn can_be_reached(&self) -> bool {
        let most = match self.kind {
            MeasureKind::WonAmount => Money::MAX.minor(),
            _ => u32::MAX.into(),
        };
        (0..=most).contains(&self.target)
    }
}

/// A step of an incentive: a share of its own from some part of the quota on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IncentiveStep {
    /// From so many percent of the quota on; each step begins above the one before it.
    pub from: u16,
    /// The share of the won money above that.
    pub share: Share,
}

/// What is paid for won money.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Incentive {
    /// The share of the won money below the first step.
    pub share: Share,
    /// Other shares from some part of the quota on.
    pub steps: Vec<IncentiveStep>,
    /// The share of what a department won above its quota, parted equally among its people.
    pub team: Share,
}

/// An appraisal scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// Unique within the workspace.
    pub id: SchemeId,
    /// Never blank.
    pub name: String,
    /// By what people are measured; empty when only the incentive counts.
    pub measures: Vec<Measure>,
    /// What is paid.
    pub incentive: Incentive,
}

impl Scheme {
    /// What the weights of its measures add up to, in percent.
    pub fn weights(&self) -> u32 {
        self.measures.iter().map(|measure| u32::from(measure.weight)).sum()
    }
}
