//! The demo companies on offer: one that is healthy, one for each illness.

use crate::{
    codec::content::{
        Language,
        drills::{self, IllnessWords},
    },
    model::{Date, Workspace},
    training::illness::{self, Condition, Dose, Illness},
};

/// A company on offer: two years of history, drawn from a seed with which its readings show what it has and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offered {
    /// What it has; `None` if it is healthy.
    pub illness: Option<Illness>,
    seed: u64,
}

/// The healthy one.
const HEALTHY: Offered = Offered { illness: None, seed: 2 };

/// All of them, the healthy one first.
pub const OFFERED: [Offered; 7] = [
    HEALTHY,
    Offered { illness: Some(Illness::ThinTop), seed: 2 },
    Offered { illness: Some(Illness::StuckMiddle), seed: 2 },
    Offered { illness: Some(Illness::LeakingDiscovery), seed: 2 },
    Offered { illness: Some(Illness::StaleBottom), seed: 2 },
    Offered { illness: Some(Illness::OneSeller), seed: 2 },
    Offered { illness: Some(Illness::Sandbagging), seed: 2 },
];

impl Default for Offered {
    fn default() -> Self {
        HEALTHY
    }
}

impl Offered {
    /// Its name in content and addresses: that of the illness, or `healthy`.
    pub fn code(self) -> &'static str {
        self.illness.map_or("healthy", Illness::code)
    }

    /// The company of a name.
    pub fn of_code(code: &str) -> Option<Self> {
        OFFERED.into_iter().find(|offered| offered.code() == code)
    }

    /// What it has.
    pub fn condition(self) -> Condition {
        self.illness.into_iter().collect()
    }

    /// Its name, its story in one line and what its manager asks.
    pub fn words(self) -> Option<IllnessWords> {
        drills::drills().illness(self.code()).copied()
    }

    /// The company as it stands on `today`.
    ///
    /// ```
    /// use loudou::{codec::content::Language, model::Date, training::demo::OFFERED};
    /// let today = Date::from_ymd_opt(2026, 11, 23).unwrap();
    /// let companies = OFFERED.map(|offered| offered.company(Language::English, today));
    /// assert!(companies.iter().all(|company| company.deals.len() == 620));
    /// assert_eq!(companies[0].profile.name, "Evenbrook Software (healthy)");
    /// ```
    pub fn company(self, language: Language, today: Date) -> Workspace {
        let name = self.words().map(|words| words.company).unwrap_or_default();
        illness::company((language, today, self.seed), name, &self.condition(), Dose::Strong)
    }
}
