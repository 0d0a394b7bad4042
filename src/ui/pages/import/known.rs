//! Deals of the files that are here already, what is put right in histories, and whether all of it has room.

use leptos::prelude::*;

use super::{
    choice::{at, place, says},
    draft::use_draft,
};
use crate::{
    codec::csv::OnKnown,
    i18n::{t, t_string, use_i18n},
    ui::{components::field::SelectField, format::use_format, wording::document::size},
};

const WAYS: [OnKnown; 3] = [OnKnown::Update, OnKnown::Leave, OnKnown::Add];

/// How many deals are here already, and what happens to them.
#[component]
pub(super) fn KnownDeals() -> impl IntoView {
    let (i18n, format, draft) = (use_i18n(), use_format(), use_draft());
    let known = Memo::new(move |_| draft.summary.with(|summary| summary.as_ref().map_or(0, |summary| summary.known)));
    let chosen = Memo::new(move |_| draft.options.with(|options| options.on_known));
    let counts = move || {
        let changed = draft.summary.with(|summary| summary.as_ref().map_or(0, |summary| summary.deals.updated));
        let (count, changed) = (known.get(), format.count(changed));
        t_string!(i18n, import.known.counts, count = count, n = format.count(count), changed = changed).to_string()
    };
    let ways = Signal::derive(move || {
        let words = [
            t_string!(i18n, import.known.update),
            t_string!(i18n, import.known.leave),
            t_string!(i18n, import.known.add),
        ];
        words.iter().enumerate().map(|(n, words)| (n.to_string(), (*words).to_owned())).collect::<Vec<_>>()
    });
    let choose = move |value: String| {
        if let Some(way) = at(&WAYS, &value) {
            draft.decide(|options| options.on_known = way);
        }
    };
    view! {
        <Show when=move || { known.get() > 0 || chosen.get() != OnKnown::Update }>
            <div class="import__known" data-testid="import-known">
                <p>{counts}</p>
                <SelectField
                    label=says(move || t_string!(i18n, import.known.what))
                    options=ways
                    value=Signal::derive(move || place(&WAYS, &chosen.get()))
                    on_change=choose
                />
            </div>
        </Show>
    }
}

/// What is put right in reports of changes and logs of stages.
#[component]
pub(super) fn PutRight() -> impl IntoView {
    let (i18n, format, draft) = (use_i18n(), use_format(), use_draft());
    let cleaned =
        Memo::new(move |_| draft.summary.with(|summary| summary.as_ref().map(|s| s.cleaned).unwrap_or_default()));
    let lines = move || {
        let cleaned = cleaned.get();
        let n = |count| format.count(count);
        let runs = (cleaned.runs > 0)
            .then(|| t_string!(i18n, import.cleaned.runs, count = cleaned.runs, n = n(cleaned.runs)).to_string());
        let gaps = (cleaned.gaps > 0)
            .then(|| t_string!(i18n, import.cleaned.gaps, count = cleaned.gaps, n = n(cleaned.gaps)).to_string());
        let overlaps = (cleaned.overlaps > 0).then(|| {
            t_string!(i18n, import.cleaned.overlaps, count = cleaned.overlaps, n = n(cleaned.overlaps)).to_string()
        });
        [runs, gaps, overlaps].into_iter().flatten().map(|line| view! { <li>{line}</li> }).collect_view()
    };
    view! {
        <Show when=move || cleaned.get() != crate::codec::csv::Cleaned::default()>
            <section class="stack" aria-labelledby="import-cleaned" data-testid="import-cleaned">
                <h3 id="import-cleaned">{t!(i18n, import.cleaned.title)}</h3>
                <ul class="import__balance">{lines}</ul>
            </section>
        </Show>
    }
}

/// Says when the browser has no room for what would come in.
#[component]
pub(super) fn NoRoom() -> impl IntoView {
    let (i18n, format, draft) = (use_i18n(), use_format(), use_draft());
    // Browsers keep two bytes to a unit.
    let words = move || {
        let (needed, free) = draft.room.get().filter(|(needed, free)| needed > free)?;
        let (needed, free) = (size(i18n, format, needed * 2), size(i18n, format, free * 2));
        Some(t_string!(i18n, import.room.too_much, needed = needed, free = free).to_string())
    };
    view! {
        {move || words().map(|words| view! {
            <section class="card notice" data-tone="warn" role="alert" data-testid="import-room">
                <h3>{t!(i18n, import.room.title)}</h3>
                <p>{words}</p>
            </section>
        })}
    }
}
