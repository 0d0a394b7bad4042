//! Who refuses a change, and what to do about it.

use leptos::prelude::*;

use super::ask::{Doubt, Refusal, Refused};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Command, Rejection},
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            dialog::Dialog,
            field::{Field, FieldKind},
        },
        format::use_format,
        parts::mover::overridden,
        wording,
    },
};

/// Lists the deals that refuse a change and asks whether the others go on; a written reason takes those along that wait at a gate.
#[component]
pub(super) fn Doubts(doubt: RwSignal<Option<Doubt>>, #[prop(into)] on_go_on: Callback<Vec<Command>>) -> impl IntoView {
    let (i18n, store, format) = (use_i18n(), use_store(), use_format());
    let (reason, no_reason) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let count = move |of: fn(&Doubt) -> usize| doubt.with(|doubt| doubt.as_ref().map_or(0, of));
    let willing = move || count(|doubt| doubt.willing.len());
    let waiting = move || count(|doubt| doubt.refused.iter().filter(|refused| refused.waits_at_gate()).count());
    let close = move || {
        doubt.set(None);
        reason.set(String::new());
        no_reason.set(None);
    };
    let go_on = move |_| {
        if let Some(doubt) = doubt.get_untracked() {
            close();
            on_go_on.run(doubt.willing);
        }
    };
    let override_gates = move |_| {
        let written = reason.get_untracked();
        if written.trim().is_empty() {
            let words = |workspace: &_| wording::rejection(i18n, format, workspace, &Rejection::OverrideReason);
            return no_reason.set(Some(store.peek(words)));
        }
        let Some(Doubt { mut willing, refused }) = doubt.get_untracked() else { return };
        let waiting = refused.into_iter().filter(Refused::waits_at_gate);
        willing.extend(waiting.map(|refused| overridden(refused.command, &written)));
        close();
        on_go_on.run(willing);
    };
    let title =
        Signal::derive(move || t_string!(i18n, deals.refused, count = count(|doubt| doubt.refused.len())).to_string());
    let refusals = move || {
        let rows = doubt.with(|doubt| doubt.as_ref().map(|doubt| doubt.refused.clone())).unwrap_or_default();
        let row = |Refused { id, why, .. }: Refused| {
            store.peek(|workspace| {
                let title = workspace.deals.get(id).map(|deal| deal.details.title.clone()).unwrap_or_default();
                let reason = match &why {
                    Refusal::OtherModel => t_string!(i18n, deals.other_model).to_owned(),
                    Refusal::Rule(rejection) => wording::rejection(i18n, format, workspace, rejection),
                };
                view! { <li><b>{title}</b><span class="muted">{reason}</span></li> }
            })
        };
        rows.into_iter().map(row).collect_view()
    };
    view! {
        <Dialog open=Signal::derive(move || doubt.with(Option::is_some)) title on_close=move |()| close()>
            <ul class="deals__refusals" tabindex="0" aria-label=title>{refusals}</ul>
            <Show when=move || waiting() != 0>
                <p>{move || t_string!(i18n, deals.gate_what, count = waiting()).to_string()}</p>
                <Field
                    label=Signal::derive(move || t_string!(i18n, moves.reason).to_owned())
                    kind=FieldKind::Long
                    value=reason
                    hint=Signal::derive(move || t_string!(i18n, moves.reason_hint).to_owned())
                    error=no_reason
                    on_change=move |text: String| reason.set(text)
                    on_input=move |text: String| reason.set(text)
                />
            </Show>
            <div class="dialog__actions">
                <Button on_click=move |_| close()>{t!(i18n, common.cancel)}</Button>
                <Show when=move || waiting() != 0>
                    <Button variant=Variant::Danger on_click=override_gates>
                        {move || t_string!(i18n, deals.gate_anyway, count = willing() + waiting()).to_string()}
                    </Button>
                </Show>
                <Show when=move || willing() != 0>
                    <Button variant=Variant::Primary on_click=go_on>
                        {move || t_string!(i18n, deals.go_on, count = willing()).to_string()}
                    </Button>
                </Show>
            </div>
        </Dialog>
    }
}
