//! The figures that an examination reads, and what each of them can show.

use super::Illness;

/// A figure of a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Figure {
    /// New deals of the last 13 weeks, against those of the 13 weeks before.
    NewDeals,
    /// The open deals of the upper zone, against those of 26 weeks before.
    UpperStock,
    /// The median stay in the stage of the middle zone that is quickest against its model, against the days that the model expects.
    MiddleStay,
    /// The share of the open deals of the middle zone that have stood in their stage for too long, against that of the other zone that
    /// is better off.
    MiddleStalled,
    /// The promotion rate of the stage in which needs are found out, against that of the model.
    DiscoveryRate,
    /// The wins more in a year if that stage had the model's rate, against the most that another stage would bring.
    DiscoveryGain,
    /// The share of the open deals of the lower zone whose expected close passed more than a week ago, against that of the other zone
    /// that is better off.
    LowerOverdue,
    /// The share of the open deals of the lower zone that have stood in their stage for too long, against that of the other zone that is
    /// better off.
    LowerStalled,
    /// The share of the won money of a year that one seller won, against an equal share.
    TopWon,
    /// The share of the weighted open amount that one seller has, against an equal share.
    TopOpen,
    /// The mean chance that sellers gave their decided deals in the last stage, against the share of them that were won.
    SaidChance,
    /// What sellers had said that the won deals would bring, as a share of what they brought, against all of it.
    SaidAmount,
    /// Days from the expected close to the signature, the middle one of the sellers, against 0.
    Slip,
    /// The geometric mean of the promotion rates of a year, against that of the model.
    Slope,
    /// The median sales cycle of the deals won in a year, against the days that the model expects in all.
    Cycle,
    /// The share of the gates of a year that were passed without being met, against that of the year before.
    GateSkips,
    /// How evenly the open deals lie, against the least that is healthy.
    Evenness,
}

/// What a figure counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Deals.
    Deals,
    /// A share of 1.
    Share,
    /// Days.
    Days,
    /// Deals won more, not whole ones.
    Wins,
}

impl Figure {
    /// All of them, in the order to show.
    pub const ALL: [Self; 17] = [
        Self::NewDeals,
        Self::UpperStock,
        Self::MiddleStay,
        Self::MiddleStalled,
        Self::DiscoveryRate,
        Self::DiscoveryGain,
        Self::LowerOverdue,
        Self::LowerStalled,
        Self::TopWon,
        Self::TopOpen,
        Self::SaidChance,
        Self::SaidAmount,
        Self::Slip,
        Self::Slope,
        Self::Cycle,
        Self::GateSkips,
        Self::Evenness,
    ];

    /// Its name in content and addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NewDeals => "new-deals",
            Self::UpperStock => "upper-stock",
            Self::MiddleStay => "middle-stay",
            Self::MiddleStalled => "middle-stalled",
            Self::DiscoveryRate => "discovery-rate",
            Self::DiscoveryGain => "discovery-gain",
            Self::LowerOverdue => "lower-overdue",
            Self::LowerStalled => "lower-stalled",
            Self::TopWon => "top-won",
            Self::TopOpen => "top-open",
            Self::SaidChance => "said-chance",
            Self::SaidAmount => "said-amount",
            Self::Slip => "slip",
            Self::Slope => "slope",
            Self::Cycle => "cycle",
            Self::GateSkips => "gate-skips",
            Self::Evenness => "evenness",
        }
    }

    /// The figure of a name.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|figure| figure.code() == code)
    }

    /// The illness that it shows; `None` when it shows none by itself.
    pub const fn shows(self) -> Option<Illness> {
        match self {
            Self::NewDeals | Self::UpperStock => Some(Illness::ThinTop),
            Self::MiddleStay | Self::MiddleStalled | Self::Cycle => Some(Illness::StuckMiddle),
            Self::DiscoveryRate | Self::DiscoveryGain | Self::Slope => Some(Illness::LeakingDiscovery),
            Self::LowerOverdue | Self::LowerStalled => Some(Illness::StaleBottom),
            Self::TopWon | Self::TopOpen => Some(Illness::OneSeller),
            Self::SaidChance | Self::SaidAmount | Self::Slip => Some(Illness::Sandbagging),
            Self::GateSkips | Self::Evenness => None,
        }
    }

    /// What it counts in.
    pub const fn unit(self) -> Unit {
        match self {
            Self::NewDeals | Self::UpperStock => Unit::Deals,
            Self::MiddleStay | Self::Slip | Self::Cycle => Unit::Days,
            Self::DiscoveryGain => Unit::Wins,
            _ => Unit::Share,
        }
    }
}
