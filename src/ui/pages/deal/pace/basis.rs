//! Where the limits come from, and the deals behind them.

use leptos::prelude::*;

use super::StageThreshold;
use crate::{
    i18n::{t, t_string},
    metrics::stall::{FEWEST_WON, Origin, Threshold},
    ui::{
        components::button::{Button, Variant},
        format::{Format, use_format},
        parts::{clocks::StallingChoice, editor::Editor},
        selection::{Chosen, use_open_list},
        wording::I18n,
    },
};

/// What the limits of the age rest on, in words, and the way to the deals that won.
#[component]
pub(super) fn BasisNote(
    /// Reads the deal.
    editor: Editor,
    /// The threshold of its stage.
    threshold: StageThreshold,
) -> impl IntoView {
    let (i18n, format, open) = (editor.i18n, use_format(), use_open_list());
    let words = move || threshold.with(|threshold| threshold.as_ref().map(|threshold| of(i18n, format, threshold)));
    let silence = move || {
        let expected = threshold.with(|threshold| threshold.as_ref().map(|threshold| threshold.expected))?;
        let days = format.days(f64::from(expected));
        Some(t_string!(i18n, clocks.basis.silence, days = days).to_string())
    };
    let has_deals = Memo::new(move |_| {
        threshold.with(|threshold| threshold.as_ref().is_some_and(|threshold| !threshold.won.is_empty()))
    });
    let show = move |_| {
        let Some(Threshold { won, undated, .. }) = threshold.get_untracked() else { return };
        let stage = editor.deal.with_untracked(|deal| deal.as_ref().map(|deal| deal.standing().stage));
        let name = stage.map(|stage| editor.names.with_untracked(|names| names.stage_name(stage))).unwrap_or_default();
        let left_out = (!undated.is_empty())
            .then(|| t_string!(i18n, clocks.basis.undated, count = format.count(undated.len())).to_string());
        open.run(Chosen {
            title: t_string!(i18n, clocks.basis.list, stage = name).to_string(),
            deals: won,
            left_out: left_out.unwrap_or_default(),
        });
    };
    view! {
        <details class="pace__basis small">
            <summary>{t!(i18n, clocks.basis.title)}</summary>
            <div class="pace__choice">
                <StallingChoice/>
                <Show when=move || has_deals.get()>
                    <Button variant=Variant::Bare on_click=show>{t!(i18n, clocks.basis.show)}</Button>
                </Show>
            </div>
            <p>{words}</p>
            <p>{silence}</p>
        </details>
    }
    .into_any()
}

fn of(i18n: I18n, format: Format, threshold: &Threshold) -> String {
    let days = format.days(f64::from(threshold.expected));
    let count = format.count(threshold.won.len());
    match threshold.origin {
        Origin::Model => t_string!(i18n, clocks.basis.of_model, days = days).to_string(),
        Origin::TooFew => {
            let needed = format.count(FEWEST_WON);
            t_string!(i18n, clocks.basis.too_few, count = count, needed = needed, days = days).to_string()
        }
        Origin::Won => {
            let day = |day: u32| format.count(day as usize);
            let (watch, ill) = (day(threshold.limits.watch), day(threshold.limits.ill));
            t_string!(i18n, clocks.basis.of_won, count = count, watch = watch, ill = ill).to_string()
        }
    }
}
