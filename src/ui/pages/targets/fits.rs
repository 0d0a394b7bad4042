//! Takes over the proposed fits of all customers, after saying what that does.

use std::sync::Arc;

use leptos::prelude::*;

use super::desk::Desk;
use crate::{
    i18n::{t, t_string},
    model::{Command, Customer},
    ui::{
        components::{
            button::{Button, Variant},
            dialog::Dialog,
            field::Checkbox,
        },
        parts::mover::Mover,
    },
};

/// The button and its question.
#[component]
pub(super) fn Fits(desk: Desk, mover: Mover) -> impl IntoView {
    let i18n = desk.i18n;
    let asking = RwSignal::new(false);
    let ask = move |_| asking.set(true);
    let nothing =
        Memo::new(move |_| desk.screening.with(|screening| screening.scored().iter().all(|s| s.fit.is_none())));
    view! {
        <Button on_click=ask disabled=nothing attr:data-testid="take-over-fits">{t!(i18n, targets.take_over_all)}</Button>
        <Dialog open=asking title=desk.label(|i18n| t_string!(i18n, targets.take_over_title)) on_close=move |()| asking.set(false)>
            <Question desk mover asking/>
        </Dialog>
    }
}

#[component]
fn Question(desk: Desk, mover: Mover, asking: RwSignal<bool>) -> impl IntoView {
    let i18n = desk.i18n;
    let replace = RwSignal::new(false);
    let proposals = Memo::new(move |_| {
        desk.screening.with(|screening| desk.names.with(|names| screening.proposals(&names.customers)))
    });
    let count = move || {
        proposals.with(|proposals| proposals.fresh.len() + if replace.get() { proposals.other.len() } else { 0 })
    };
    let take = move |_| {
        asking.set(false);
        let proposals = proposals.get_untracked();
        let other = if replace.get_untracked() { proposals.other } else { Vec::new() };
        let chosen: Vec<_> = proposals.fresh.into_iter().chain(other).collect();
        let commands: Vec<_> = desk.store.peek(|workspace| {
            let command = |(id, fit)| {
                let known = workspace.customers.get(id)?.clone();
                let customer = Customer { fit: Some(fit), ..Arc::unwrap_or_clone(known) };
                Some(Command::PutCustomer(Box::new(customer)))
            };
            chosen.into_iter().filter_map(command).collect()
        });
        let count = commands.len();
        match desk.store.dispatch(Command::Many(commands)) {
            Ok(change) => mover.offer_undo(t_string!(i18n, targets.taken_over, count = count).to_string(), change),
            Err(refused) => mover.complain(&refused),
        }
    };
    let fresh = move || proposals.with(|proposals| proposals.fresh.len());
    let other = move || proposals.with(|proposals| proposals.other.len());
    let same = move || proposals.with(|proposals| proposals.same);
    let unsettled = move || proposals.with(|proposals| proposals.unsettled);
    view! {
        <ul class="targets__proposals">
            <li>{move || t_string!(i18n, targets.fresh, count = fresh()).to_string()}</li>
            <li>{move || t_string!(i18n, targets.differing, count = other()).to_string()}</li>
            <li class="muted">{move || t_string!(i18n, targets.same, count = same()).to_string()}</li>
            <li class="muted">{move || t_string!(i18n, targets.unsettled, count = unsettled()).to_string()}</li>
        </ul>
        <Show when=move || other() != 0>
            <Checkbox
                label=Signal::derive(move || t_string!(i18n, targets.replace, count = other()).to_string())
                value=replace
                on_change=move |chosen| replace.set(chosen)
            />
        </Show>
        <div class="dialog__actions">
            <Button on_click=move |_| asking.set(false)>{t!(i18n, common.cancel)}</Button>
            <Button
                variant=Variant::Primary
                on_click=take
                disabled=Signal::derive(move || count() == 0)
                attr:data-testid="confirm-fits"
            >
                {move || t_string!(i18n, targets.set_fits, count = count()).to_string()}
            </Button>
        </div>
    }
    .into_any()
}
