//! Everything that happened to the deal, newest first.

use leptos::prelude::*;

use super::story::{Chapter, Teller};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Event, EventKind, Gate},
    ui::{
        components::{icon::Icon, segmented::Segmented},
        format::use_format,
        parts::editor::Editor,
    },
};

/// The timeline.
#[component]
pub fn History(
    /// Reads the deal.
    editor: Editor,
) -> impl IntoView {
    let i18n = use_i18n();
    let teller = Teller { i18n, format: use_format(), amounts: editor.amounts };
    let chapter = RwSignal::new(None::<Chapter>);
    let entries = move || {
        let chosen = chapter.get();
        let events = editor.read(|deal| deal.history().to_vec());
        editor.names.with(|names| {
            let shown = events.iter().rev().filter(|event| chosen.is_none_or(|c| Chapter::of(&event.kind) == c));
            shown.map(|event| entry(teller, event, names)).collect_view()
        })
    };
    let words = |words: fn(crate::ui::wording::I18n) -> &'static str| Signal::derive(move || words(i18n).to_owned());
    view! {
        <section class="card" data-testid="deal-history">
            <div class="deal__card-head">
                <h2>{t!(i18n, deal.history)}</h2>
                <Segmented
                    label=words(|i18n| t_string!(i18n, deal.history_filter))
                    options=vec![
                        (None, words(|i18n| t_string!(i18n, common.all))),
                        (Some(Chapter::Moves), words(|i18n| t_string!(i18n, deal.moves))),
                        (Some(Chapter::Evidence), words(|i18n| t_string!(i18n, deal.evidence))),
                        (Some(Chapter::Values), words(|i18n| t_string!(i18n, deal.values))),
                    ]
                    value=chapter
                    on_change=move |value| chapter.set(value)
                />
            </div>
            <ol class="timeline">{entries}</ol>
        </section>
    }
    .into_any()
}

fn entry(teller: Teller, event: &Event, names: &crate::ui::parts::names::Names) -> AnyView {
    let (icon, tone) = match &event.kind {
        EventKind::Created { .. } => (icondata_lu::LuPlus, "accent"),
        EventKind::Entered { gate: Gate::Overridden { .. }, .. } | EventKind::Won { gate: Gate::Overridden { .. } } => {
            (icondata_lu::LuTriangleAlert, "warn")
        }
        EventKind::Entered { .. } | EventKind::Transferred { .. } => (icondata_lu::LuArrowRight, "accent"),
        EventKind::Restaged { .. } => (icondata_lu::LuShapes, "neutral"),
        EventKind::EvidenceTicked { .. } => (icondata_lu::LuCheck, "good"),
        EventKind::EvidenceUnticked { .. } => (icondata_lu::LuMinus, "neutral"),
        EventKind::Won { .. } => (icondata_lu::LuTrophy, "good"),
        EventKind::Lost { .. } => (icondata_lu::LuX, "bad"),
        EventKind::Dormant { .. } => (icondata_lu::LuMoon, "neutral"),
        EventKind::Reopened { .. } => (icondata_lu::LuRotateCcw, "accent"),
        EventKind::AmountChanged { .. }
        | EventKind::ExpectedCloseChanged { .. }
        | EventKind::OwnerChanged { .. }
        | EventKind::ProbabilityChanged { .. } => (icondata_lu::LuPencil, "neutral"),
    };
    let remark = teller.remark(event, names);
    view! {
        <li class="timeline__entry" data-tone=tone>
            <span class="timeline__mark"><Icon icon/></span>
            <div class="timeline__words">
                <div>{teller.tell(event, names)}</div>
                {remark.map(|remark| view! { <div class="timeline__remark">{remark}</div> })}
                <div class="muted small">{teller.when(event.on, event.by, names)}</div>
            </div>
        </li>
    }
    .into_any()
}
