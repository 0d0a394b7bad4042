//! A deal that asks for attention, and what can be done about it right there.

use chrono::TimeDelta;
use leptos::prelude::*;

use super::words;
use crate::{
    i18n::{t, t_string},
    metrics::{Cause, Concern},
    model::{Command, Deal, Field},
    ui::{
        anywhere::{Deed, use_anywhere},
        clock::use_clock,
        components::{
            button::{Button, Variant},
            tag::{Tag, Tone},
        },
        format::use_format,
        parts::{
            deal_field::DealField,
            editor::Editor,
            log_preset::Preset,
            mover::{Mover, Target},
            next_action::NextAction,
        },
        route::{Query, Route},
    },
};

/// One deal.
#[component]
pub(super) fn Row(
    /// Which deal, and why it is here.
    concern: Concern,
    /// Moves deals and offers to undo.
    mover: Mover,
) -> impl IntoView {
    let Concern { deal, causes } = concern;
    let editor = Editor::of(deal);
    let (i18n, format, anywhere) = (editor.i18n, use_format(), use_anywhere());
    let first = causes.first().copied().unwrap_or(Cause::NoNextAction);
    let opened = RwSignal::new(false);
    let name = move || {
        let customer = editor.customer().map(|customer| customer.name.clone());
        let title = editor.read(|deal| deal.details.title.clone());
        customer.into_iter().chain([title]).collect::<Vec<_>>().join(" · ")
    };
    let facts = move || {
        let place = |deal: &Deal| Some((deal.standing().stage, deal.standing().amount, deal.standing().owner));
        let Some((stage, amount, owner)) = editor.read(place) else { return String::new() };
        let amount = editor.amounts.full(amount);
        editor.names.with(|names| [names.stage_name(stage), amount, names.person(owner)].join(" · "))
    };
    let planned = move || {
        let action = editor.read(|deal| deal.details.next_action.clone())?;
        let due = action.due.map(|due| format.date(due));
        Some(std::iter::once(action.what).chain(due).collect::<Vec<_>>().join(" · "))
    };
    let tags = causes.iter().map(|cause| {
        let (cause, tone) = (*cause, tone(*cause));
        view! { <Tag tone>{move || words(i18n, cause)}</Tag> }
    });
    let tags = tags.collect_view();
    let today = use_clock().today;
    let postpone = move |days: i64| {
        let due = today.get_untracked().checked_add_signed(TimeDelta::days(days));
        let details = editor.deal.with_untracked(|deal| deal.as_ref().map(|deal| deal.details.clone()));
        let Some(mut details) = details else { return };
        if let Some(action) = &mut details.next_action {
            action.due = due;
        }
        let command = Command::EditDeal { id: deal, details: Box::new(details) };
        match editor.store.dispatch(command) {
            Ok(change) => mover.offer_undo(t_string!(i18n, today.postponed).to_owned(), change),
            Err(refused) => mover.complain(&refused),
        }
    };
    let is_action = matches!(first, Cause::Overdue { .. } | Cause::Due);
    let wakes = matches!(first, Cause::Wakes { .. });
    view! {
        <li class="today__row" data-testid="today-row">
            <div class="today__what">
                <a href=Route::Deal(deal.to_string()).href(&Query::default()) data-record>{name}</a>
                <span class="small muted">{facts}</span>
                {move || planned().map(|planned| view! { <span class="small">{planned}</span> })}
            </div>
            <div class="today__why">{tags}</div>
            <div class="today__do">
                {is_action.then(|| view! {
                    <Button variant=Variant::Bare on_click=move |_| postpone(1)>{t!(i18n, today.tomorrow)}</Button>
                    <Button variant=Variant::Bare on_click=move |_| postpone(7)>{t!(i18n, today.next_week)}</Button>
                })}
                {wakes.then(|| view! {
                    <Button variant=Variant::Bare on_click=move |_| mover.go(deal, Target::Open)>{t!(i18n, moves.reopen)}</Button>
                })}
                <Button variant=Variant::Bare on_click=move |_| anywhere.open(Deed::Choose(Preset::deal(deal)))>{t!(i18n, palette.log)}</Button>
                <Button variant=Variant::Bare on_click=move |_| mover.choose(deal)>{t!(i18n, today.move_on)}</Button>
                <Button
                    variant=Variant::Bare
                    icon=icondata_lu::LuPencil
                    label=Signal::derive(move || t_string!(i18n, today.edit).to_owned())
                    on_click=move |_| opened.update(|opened| *opened = !*opened)
                />
            </div>
            <Show when=move || opened.get()>
                <div class="form today__fields">
                    <NextAction editor mover/>
                    <DealField editor field=Field::ExpectedClose/>
                </div>
            </Show>
        </li>
    }
    .into_any()
}

const fn tone(cause: Cause) -> Tone {
    match cause {
        Cause::Overdue { .. } | Cause::Slipped { .. } => Tone::Bad,
        Cause::ReturnVisit { .. } | Cause::Stalled { .. } | Cause::NoNextAction => Tone::Warn,
        Cause::Due | Cause::Wakes { .. } => Tone::Accent,
    }
}
