//! Everything that happened to the deal, newest first.

use leptos::prelude::*;

use super::story::{Chapter, Teller};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Deal, Event, EventKind, Gate},
    ui::{
        components::{icon::Icon, segmented::Segmented},
        format::use_format,
        parts::{earlier::Earlier, editor::Editor},
    },
};

/// How many events are shown at first, and how many more at each step: most deals have fewer.
const STEP: usize = 50;

/// The timeline.
#[component]
pub fn History(
    /// Reads the deal.
    editor: Editor,
) -> impl IntoView {
    let i18n = use_i18n();
    let teller = Teller { i18n, format: use_format(), amounts: editor.amounts };
    let (chapter, shown) = (RwSignal::new(None::<Chapter>), RwSignal::new(STEP));
    let told = move |event: &&Event| chapter.get().is_none_or(|chapter| Chapter::of(&event.kind) == chapter);
    let all = Memo::new(move |_| editor.read(|deal| deal.history().iter().filter(told).count()));
    let entries = move || {
        let take =
            |deal: &Deal| deal.history().iter().rev().filter(told).take(shown.get()).cloned().collect::<Vec<_>>();
        let events = editor.read(take);
        editor.names.with(|names| events.iter().map(|event| entry(teller, event, names)).collect_view())
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
            <Earlier all shown step=STEP/>
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
