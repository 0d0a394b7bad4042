//! The deals behind a number, and the words for those it leaves out.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    i18n::t_string,
    metrics::{Frame, LeftOut, Reason, Row},
    model::DealId,
    ui::{
        format::Format,
        selection::{Chosen, use_open_list},
        wording::I18n,
    },
};

/// Opens the deals behind a number of a page.
#[derive(Clone, Copy, Debug)]
pub struct Opener {
    open: Callback<Chosen>,
    frame: Signal<Option<Arc<Frame>>>,
}

impl Opener {
    /// Opens deals by their rows in `frame`; call it in a component body.
    pub fn new(frame: Signal<Option<Arc<Frame>>>) -> Self {
        Self { open: use_open_list(), frame }
    }

    /// Opens the deals of some rows under a title; `left_out` says which the number does not count.
    pub fn run(self, title: String, rows: &[Row], left_out: String) {
        if let Some(frame) = self.frame.get_untracked() {
            self.list(title, frame.deals(rows).collect(), left_out);
        }
    }

    /// Opens some deals.
    pub fn list(self, title: String, deals: Vec<DealId>, left_out: String) {
        self.open.run(Chosen { title, deals, left_out });
    }
}

/// What a number leaves out, in words; empty when nothing.
pub fn left_out_words(i18n: I18n, format: Format, left_out: &LeftOut) -> String {
    let part =
        |(reason, rows): (Reason, &[Row])| [format.count(rows.len()), reason_name(i18n, reason).to_owned()].join(" ");
    left_out.iter().map(part).collect::<Vec<_>>().join(" · ")
}

fn reason_name(i18n: I18n, reason: Reason) -> &'static str {
    match reason {
        Reason::NoAmount => t_string!(i18n, funnel.reason.no_amount),
        Reason::NoCustomer => t_string!(i18n, funnel.reason.no_customer),
        Reason::NoUnits => t_string!(i18n, funnel.reason.no_units),
        Reason::Undated => t_string!(i18n, funnel.reason.undated),
        Reason::OutsidePeriod => t_string!(i18n, funnel.reason.outside_period),
        Reason::EnteredMidway => t_string!(i18n, funnel.reason.entered_midway),
        Reason::UnknownStage => t_string!(i18n, funnel.reason.unknown_stage),
        Reason::NoCost => t_string!(i18n, funnel.reason.no_cost),
        Reason::Undecided => t_string!(i18n, funnel.reason.undecided),
    }
}
