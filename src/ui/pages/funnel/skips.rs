//! How often gates were passed without being met.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Figures, More, opener};
use crate::{
    i18n::{t_string, use_i18n},
    ui::{components::stat::Stat, format::use_format},
};

/// The tile of the gate-skip rate.
#[component]
pub(super) fn Skips(
    /// The figures of the page.
    figures: Memo<Option<Arc<Figures>>>,
    /// What is more to be said of them.
    more: Memo<Option<Arc<More>>>,
) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let opener = opener(figures);
    let rate = move || more.get().and_then(|more| more.skips.rate()).map(|rate| rate.value());
    let skip_note = move || {
        let skips = &more.get()?.skips;
        let (skipped, met, unchecked) = (skips.overridden.len(), skips.met.len(), skips.unchecked.len());
        let (skipped, checked) = (format.count(skipped), format.count(skipped + met));
        let note = t_string!(i18n, funnel.skip_note, skipped = skipped, checked = checked).to_string();
        let more = (unchecked > 0)
            .then(|| t_string!(i18n, funnel.skip_unchecked, unchecked = format.count(unchecked)).to_string());
        Some(std::iter::once(note).chain(more).collect::<Vec<_>>().join(" "))
    };
    let open_skips = move |()| {
        if let Some(more) = more.get_untracked() {
            let mut deals = more.skips.overridden.clone();
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
