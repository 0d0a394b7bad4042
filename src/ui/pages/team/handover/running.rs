//! The handovers that were begun, with their checklists, until every customer knows whom to call.

use std::cmp::Reverse;

use leptos::prelude::*;

use super::briefing::Briefings;
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::handover::Progress,
    model::{Command, HandedOver, Handover, HandoverId, HandoverItem},
    store::use_store,
    ui::{
        clock::use_clock,
        components::{
            button::{Button, Variant},
            field::{Field, FieldKind},
            tag::{Tag, Tone},
            toast::use_toasts,
        },
        format::use_format,
        parts::{
            handover_steps::{HandoverSteps, lot_name},
            names::use_names,
        },
        route::{Query, Route},
        wording,
    },
};

/// All of them, those still followed first, the newest first.
#[component]
pub(super) fn Running() -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let all = Memo::new(move |_| {
        store.with(|workspace| {
            let mut all: Vec<_> = workspace
                .handovers
                .iter()
                .map(|one| (one.closed.is_some(), Reverse((one.begun, one.id)), one.id))
                .collect();
            all.sort_unstable();
            all.into_iter().map(|(_, _, id)| id).collect::<Vec<HandoverId>>()
        })
    });
    view! {
        <Show when=move || all.with(Vec::is_empty)>
            <p class="muted small">{t!(i18n, team.handover.none)}</p>
        </Show>
        <For each=move || all.get() key=|id| *id let(id)><One id/></For>
    }
    .into_any()
}

/// One handover.
#[component]
fn One(id: HandoverId) -> impl IntoView {
    let (i18n, format, store, names, clock) = (use_i18n(), use_format(), use_store(), use_names(), use_clock());
    let toasts = use_toasts();
    let handover = Memo::new(move |_| store.with(|workspace| workspace.handovers.get(id).cloned()));
    let lines = Memo::new(move |_| {
        handover.with(|found| found.iter().flat_map(|one| one.items.iter().map(|item| item.what)).collect::<Vec<_>>())
    });
    let progress =
        move || handover.with(|found| found.as_ref().map(|one| Progress::of(&one.items)).unwrap_or_default());
    let title = move || {
        let from = handover.with(|found| found.as_ref().map(|one| one.from));
        t_string!(i18n, team.handover.of, name = names.with(|names| names.person(from))).to_string()
    };
    let sub = move || {
        let begun = format.date(handover.with(|found| found.as_ref().map(|one| one.begun)));
        let Progress { of, called, introduced, confirmed } = progress();
        let [of, called, introduced, confirmed] = [of, called, introduced, confirmed].map(|count| format.count(count));
        t_string!(
            i18n,
            team.handover.progress,
            begun = begun,
            of = of,
            called = called,
            introduced = introduced,
            confirmed = confirmed
        )
        .to_string()
    };
    let is_closed = Memo::new(move |_| handover.with(|found| found.as_ref().is_some_and(|one| one.closed.is_some())));
    let put = move |change: &dyn Fn(&mut Handover)| {
        let Some(kept) = handover.get_untracked() else { return };
        let mut next = Handover::clone(&kept);
        change(&mut next);
        if let Err(refused) = store.dispatch(Command::PutHandover(next)) {
            toasts.say(store.peek(|workspace| wording::rejection(i18n, format, workspace, &refused)), Tone::Bad);
        }
    };
    let close = move |_| {
        let today = clock.today.get_untracked();
        put(&move |one| one.closed = if one.closed.is_some() { None } else { Some(today) });
    };
    let note = move |what: HandedOver, text: String| {
        put(&move |one| {
            let lines = one.items.iter_mut().filter(|item| item.what == what);
            lines.for_each(|item| item.note.clone_from(&text));
        });
    };
    let share = move || progress().share().unwrap_or_default().to_string();
    view! {
        <section class="card stack" data-testid="handover">
            <div class="row">
                <h2>{title}</h2>
                <Show when=move || is_closed.get()><Tag tone=Tone::Good>{t!(i18n, team.handover.closed)}</Tag></Show>
            </div>
            <p class="muted small" data-testid="handover-progress">{sub}</p>
            <div class="meter__bar" data-tone="accent" aria-hidden="true" style:--share=share></div>
            <ul class="handover__lines">
                <For each=move || lines.get() key=|what| *what let(what)>
                    <Line id what on_note=Callback::new(move |text| note(what, text))/>
                </For>
            </ul>
            <div class="row no-print">
                <Briefings id lines/>
                <Button variant=Variant::Bare on_click=close attr:data-testid="handover-close">
                    {move || if is_closed.get() { t_string!(i18n, team.handover.reopen) } else { t_string!(i18n, team.handover.close) }}
                </Button>
            </div>
        </section>
    }
    .into_any()
}

/// One line of the checklist.
#[component]
fn Line(id: HandoverId, what: HandedOver, on_note: Callback<String>) -> impl IntoView {
    let (i18n, store, names) = (use_i18n(), use_store(), use_names());
    let item = Memo::new(move |_| {
        store.with(|workspace| workspace.handovers.get(id).and_then(|handover| handover.item(what).cloned()))
    });
    let name = move || store.with(|workspace| lot_name(workspace, what));
    let to = move || names.with(|names| names.person(item.with(|item| item.as_ref().map(|item| item.to))));
    let href = match what {
        HandedOver::Customer(id) => Route::Customer(id.to_string()),
        HandedOver::Deal(id) => Route::Deal(id.to_string()),
    };
    let is_done = move || item.with(|item| item.as_ref().is_some_and(|item: &HandoverItem| item.confirmed.is_some()));
    view! {
        <li class="handover__line" class:handover__line--done=is_done data-testid="handover-line">
            <div class="handover__name">
                <a href=href.href(&Query::default())>{name}</a>
                <span class="muted small">{move || t_string!(i18n, team.handover.to, name = to()).to_string()}</span>
            </div>
            <HandoverSteps handover=id what/>
            <Field
                label=Signal::derive(move || t_string!(i18n, team.handover.note).to_owned())
                kind=FieldKind::Text
                value=Signal::derive(move || item.with(|item| item.as_ref().map(|item| item.note.clone()).unwrap_or_default()))
                on_change=on_note
            />
        </li>
    }
    .into_any()
}
