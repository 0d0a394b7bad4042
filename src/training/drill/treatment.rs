//! What can be done about a funnel, and what only seems to help.

use crate::training::illness::{Condition, Illness};

/// Something to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Treatment {
    /// Fixed hours for new contacts every week, and channels that are counted.
    Prospecting,
    /// Every deal that stands still is gone through: who decides, who else bids, the manager joins, or it sleeps.
    Unblocking,
    /// First conversations are rehearsed: ask before you show.
    DiscoveryDrills,
    /// Each deal at the bottom gets a date and a name, or is closed.
    CleaningOut,
    /// Customers are spread, and the others learn from the one who sells.
    SpreadingLoad,
    /// Probabilities follow evidence, and what was said is set against what came.
    HonestForecast,
    /// Nothing but what is done already.
    KeepingOn,
    /// A discount for whoever signs soon.
    Discount,
    /// More pressure towards the end of the quarter.
    QuarterEndPush,
    /// More sellers.
    Hiring,
}

impl Treatment {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Prospecting,
        Self::Unblocking,
        Self::DiscoveryDrills,
        Self::CleaningOut,
        Self::SpreadingLoad,
        Self::HonestForecast,
        Self::KeepingOn,
        Self::Discount,
        Self::QuarterEndPush,
        Self::Hiring,
    ];

    /// Its name in content.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Prospecting => "prospecting",
            Self::Unblocking => "unblocking",
            Self::DiscoveryDrills => "discovery-drills",
            Self::CleaningOut => "cleaning-out",
            Self::SpreadingLoad => "spreading-load",
            Self::HonestForecast => "honest-forecast",
            Self::KeepingOn => "keeping-on",
            Self::Discount => "discount",
            Self::QuarterEndPush => "quarter-end-push",
            Self::Hiring => "hiring",
        }
    }

    /// The treatment of a name.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|treatment| treatment.code() == code)
    }

    /// The illness that it treats; `None` for what treats none.
    pub const fn treats(self) -> Option<Illness> {
        match self {
            Self::Prospecting => Some(Illness::ThinTop),
            Self::Unblocking => Some(Illness::StuckMiddle),
            Self::DiscoveryDrills => Some(Illness::LeakingDiscovery),
            Self::CleaningOut => Some(Illness::StaleBottom),
            Self::SpreadingLoad => Some(Illness::OneSeller),
            Self::HonestForecast => Some(Illness::Sandbagging),
            Self::KeepingOn | Self::Discount | Self::QuarterEndPush | Self::Hiring => None,
        }
    }

    /// What a company in this condition needs: to be left alone, if it is healthy.
    pub fn of(condition: &Condition) -> Vec<Self> {
        if condition.is_empty() {
            return vec![Self::KeepingOn];
        }
        let needed = |one: &Self| one.treats().is_some_and(|illness| condition.contains(&illness));
        Self::ALL.into_iter().filter(needed).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_illness_has_one_treatment() {
        for illness in Illness::ALL {
            let needed = Treatment::of(&[illness].into());
            assert!(matches!(&needed[..], [one] if one.treats() == Some(illness)), "{illness:?}: {needed:?}");
        }
        assert_eq!(Treatment::of(&Condition::new()), [Treatment::KeepingOn]);
        assert_eq!(Treatment::of(&Illness::ALL.into()).len(), Illness::ALL.len());
    }
}
