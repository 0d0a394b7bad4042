//! How often gates were passed without being met.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Figures, opener};
use crate::{
    i18n::{t_string, use_i18n},
    ui::{components::stat::Stat, format::use_format},
};

/// The tile of the gate-skip rate.
#[component]
pub(super) fn Skips(
    /// The figures of the page.
    figures: Memo<Option<Arc<Figures>>>,
) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let opener = opener(figures);
    let rate = move || figures.get().and_then(|figures| figures.skips.rate()).map(|rate| rate.value());
    let skip_note = move || {
        let figures = figures.get()?;
        let (skipped, met) = (figures.skips.overridden.len(), figures.skips.met.len());
        let unchecked = figures.skips.unchecked.len();
        let (skipped, checked) = (format.count(skipped), format.count(skipped + met));
        let note = t_string!(i18n, funnel.skip_note, skipped = skipped, checked = checked).to_string();
        let more = (unchecked > 0)
            .then(|| t_string!(i18n, funnel.skip_unchecked, unchecked = format.count(unchecked)).to_string());
        Some(std::iter::once(note).chain(more).collect::<Vec<_>>().join(" "))
    };
    let open_skips = move |()| {
        if let Some(figures) = figures.get_untracked() {
            let mut deals = figures.skips.overridden.clone();
            // A deal that was let through twice is one row.
            deals.dedup();
            opener.list(t_string!(i18n, funnel.list.skips).to_owned(), deals, String::new());
        }
    };
    view! {
        <Stat
            label=Signal::derive(move || t_string!(i18n, funnel.skip_rate).to_owned())
            figure=Signal::derive(move || format.percent(rate(), 1))
            note=Signal::derive(move || skip_note().unwrap_or_default())
            on_open=Callback::new(open_skips)
        />
    }
    .into_any()
}
