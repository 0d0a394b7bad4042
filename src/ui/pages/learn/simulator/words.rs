//! Words of the simulator.

use leptos::prelude::*;

use super::{decide::Use, desk::Desk};
use crate::{
    codec::{content, run::Strictness},
    i18n::t_string,
    model::Zone,
    training::simulator::{Lever, Part},
    ui::wording::I18n,
};

/// What hours go to.
pub(super) fn use_of_hours(i18n: I18n, part: Use) -> &'static str {
    match part {
        Use::Prospecting => t_string!(i18n, learn.simulator.uses.prospecting),
        Use::Upper => t_string!(i18n, learn.simulator.uses.upper),
        Use::Middle => t_string!(i18n, learn.simulator.uses.middle),
        Use::Lower => t_string!(i18n, learn.simulator.uses.lower),
        Use::Coaching => t_string!(i18n, learn.simulator.uses.coaching),
    }
}

/// How strict the gates are.
pub(super) fn gate(i18n: I18n, strictness: Strictness) -> &'static str {
    match strictness {
        Strictness::Loose => t_string!(i18n, learn.simulator.gate.loose),
        Strictness::Normal => t_string!(i18n, learn.simulator.gate.normal),
        Strictness::Strict => t_string!(i18n, learn.simulator.gate.strict),
    }
}

/// Something that is decided.
pub(super) fn lever(i18n: I18n, lever: Lever) -> &'static str {
    match lever {
        Lever::Hours => t_string!(i18n, learn.simulator.lever.hours),
        Lever::Overtime => t_string!(i18n, learn.simulator.lever.overtime),
        Lever::Channels => t_string!(i18n, learn.simulator.lever.channels),
        Lever::Training => t_string!(i18n, learn.simulator.lever.training),
        Lever::Gates => t_string!(i18n, learn.simulator.lever.gates),
        Lever::Hiring => t_string!(i18n, learn.simulator.lever.hiring),
        Lever::Discounts => t_string!(i18n, learn.simulator.lever.discounts),
    }
}

/// A kind of money.
pub(super) fn part(i18n: I18n, part: Part) -> &'static str {
    match part {
        Part::Margin => t_string!(i18n, learn.simulator.part.margin),
        Part::Team => t_string!(i18n, learn.simulator.part.team),
        Part::Channels => t_string!(i18n, learn.simulator.part.channels),
        Part::Training => t_string!(i18n, learn.simulator.part.training),
        Part::Hiring => t_string!(i18n, learn.simulator.part.hiring),
    }
}

/// A zone where it stands by itself.
pub(super) fn zone(i18n: I18n, of: Zone) -> &'static str {
    use_of_hours(
        i18n,
        match of {
            Zone::Upper => Use::Upper,
            Zone::Middle => Use::Middle,
            Zone::Lower => Use::Lower,
        },
    )
}

impl Desk {
    /// Where leads come from, by the place in the counts of a week.
    pub(super) fn origin(self, place: usize) -> String {
        let source = self.of_scenario(|scenario| scenario.source(place));
        let sources = content::profile(self.language.get().into(), "").sources;
        sources.into_iter().nth(source).unwrap_or_default()
    }
}
