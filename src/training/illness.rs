//! The illnesses of a funnel (method §9), companies that have them, and what the product's own readings say of such a company.
//!
//! An illness changes what the generator of the [demo company](super::demo) does, nothing else: no figure is written down. Whether a
//! company reads as ill is said by the [`Examination`], from the metrics that the pages show.
//!
//! Chance makes some companies read as they were not meant. Of 200 companies, so many show exactly what was planted, nothing less and
//! nothing more (`the_readings_tell` in `tests/host/drills.rs` counts). Three counts each: on the seeds 1 to 200, by which doses and
//! thresholds are set; on 1001 to 1200, by which the mild doses are checked; on 2001 to 2200, which set nothing. A drill is never given
//! with a company that reads otherwise.
//!
//! | planted | strong | mild |
//! |---|---|---|
//! | none | 199, 200, 199 | 199, 200, 199 |
//! | thin top | 199, 200, 200 | 198, 196, 197 |
//! | stuck middle | 197, 199, 199 | 200, 200, 199 |
//! | leaking discovery | 198, 198, 194 | 192, 190, 194 |
//! | stale bottom | 200, 200, 200 | 198, 198, 196 |
//! | one seller | 199, 199, 200 | 198, 197, 200 |
//! | sandbagging | 200, 200, 199 | 197, 200, 199 |
//!
//! | two, strong | stuck middle | leaking discovery | stale bottom | one seller | sandbagging |
//! |---|---|---|---|---|---|
//! | thin top | 200, 199, 200 | 192, 195, 191 | 200, 200, 197 | 200, 200, 200 | 200, 200, 200 |
//! | stuck middle |  | 191, 195, 188 | 190, 189, 194 | 199, 197, 199 | 200, 199, 200 |
//! | leaking discovery |  |  | 193, 191, 192 | 196, 195, 198 | 192, 192, 195 |
//! | stale bottom |  |  |  | 200, 198, 197 | 197, 198, 190 |
//! | one seller |  |  |  |  | 199, 200, 200 |
//!
//! What goes wrong is a matter of few deals. Where half of what comes in is lost early, a dozen deals stand at the bottom, and a few old
//! ones among them read as a stale bottom, or the leak is not named as the bottleneck because the rates below it are as uncertain.

mod examination;
mod figure;
mod place;

use std::collections::BTreeSet;

use super::demo::{
    sick,
    strain::{Caution, Strain},
};
use crate::{
    codec::content::{Language, Text},
    model::{Date, Workspace},
};

pub use examination::{Examination, Sign};
pub use figure::{Figure, Unit};
pub use place::{Page, Place};

/// What may be wrong with a funnel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Illness {
    /// Too little comes in at the top.
    ThinTop,
    /// Deals stay in the middle for much longer than they should.
    StuckMiddle,
    /// Too many deals are lost where needs are found out.
    LeakingDiscovery,
    /// What stands at the bottom is over, and nobody has closed it.
    StaleBottom,
    /// One seller wins most of what is won.
    OneSeller,
    /// Sellers say less than comes: lower chances, smaller amounts, later days.
    Sandbagging,
}

impl Illness {
    /// All of them, in the order to show.
    pub const ALL: [Self; 6] = [
        Self::ThinTop,
        Self::StuckMiddle,
        Self::LeakingDiscovery,
        Self::StaleBottom,
        Self::OneSeller,
        Self::Sandbagging,
    ];

    /// Its name in content, addresses and what is kept.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ThinTop => "thin-top",
            Self::StuckMiddle => "stuck-middle",
            Self::LeakingDiscovery => "leaking-discovery",
            Self::StaleBottom => "stale-bottom",
            Self::OneSeller => "one-seller",
            Self::Sandbagging => "sandbagging",
        }
    }

    /// The illness of a name.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|illness| illness.code() == code)
    }
}

/// How bad it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dose {
    /// Nobody can overlook it.
    #[default]
    Strong,
    /// It has to be looked for.
    Mild,
}

/// The illnesses that a company has; none of them, if it is healthy.
pub type Condition = BTreeSet<Illness>;

/// A company that has these illnesses, as it stands on `today`: two years on one model, drawn from a seed.
///
/// ```
/// use loudou::{
///     codec::content::{Language, Text},
///     model::Date,
///     training::illness::{self, Dose, Examination, Illness},
/// };
/// let today = Date::from_ymd_opt(2026, 11, 23).unwrap();
/// let ill = [Illness::ThinTop].into();
/// let company = illness::company((Language::English, today, 3), Text::default(), &ill, Dose::Strong);
/// assert_eq!(Examination::of(&company, today).found(), ill);
/// ```
pub fn company(
    (language, today, seed): (Language, Date, u64),
    name: Text,
    condition: &Condition,
    dose: Dose,
) -> Workspace {
    sick::company((language, today, seed), name, strain(condition, dose))
}

/// What the illnesses together change.
fn strain(condition: &Condition, dose: Dose) -> Strain {
    let pick = |strong: f64, mild: f64| if dose == Dose::Strong { strong } else { mild };
    let mut strain = Strain { since: -390, ..Strain::NONE };
    for illness in condition {
        match illness {
            Illness::ThinTop => strain.intake = (-75, pick(0.25, 0.32)),
            Illness::StuckMiddle => strain.stays = [1.0, pick(2.8, 2.5), 1.0],
            Illness::LeakingDiscovery => strain.discovery = pick(0.38, 0.42),
            Illness::StaleBottom => strain.lying = pick(0.95, 0.85),
            Illness::OneSeller => strain.star = pick(0.6, 0.5),
            Illness::Sandbagging => {
                strain.caution =
                    Some(Caution { chance: pick(0.35, 0.5), amount: pick(0.65, 0.8), close: pick(1.8, 1.6) });
            }
        }
    }
    strain
}
