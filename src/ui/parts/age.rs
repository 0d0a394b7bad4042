//! The colour of a deal's pace.

use crate::{metrics::Pace, ui::components::tag::Tone};

/// The colour a pace is shown in.
pub const fn tone(pace: Pace) -> Tone {
    match pace {
        Pace::OnTime => Tone::Accent,
        Pace::Watch => Tone::Warn,
        Pace::Late => Tone::Bad,
    }
}
