//! Who refuses a change, and what to do about it.

use leptos::prelude::*;

use super::{Bulk, Doubt, Refused};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::Rejection,
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

/// Lists those that refuse a change and asks whether the others go on; a written reason takes those along that wait at a gate.
#[component]
pub fn Doubts(
    /// Whose questions.
    bulk: Bulk,
    /// The heading over those that refuse, by how many they are.
    #[prop(into)]
    refused: Callback<usize, String>,
) -> impl IntoView {
    let (i18n, store, format) = (use_i18n(), use_store(), use_format());
    let (reason, no_reason) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let doubt = bulk.doubt;
    let count = move |of: fn(&Doubt) -> usize| doubt.with(|doubt| doubt.as_ref().map_or(0, |(doubt, _)| of(doubt)));
    let willing = move || count(|doubt| doubt.willing.len());
    let waiting = move || count(|doubt| doubt.refused.iter().filter(|refused| refused.at_gate.is_some()).count());
    let close = move || {
        doubt.set(None);
        reason.set(String::new());
        no_reason.set(None);
    };
    let go_on = move |_| {
        let asked = doubt.get_untracked();
        close();
        if let Some((asked, said)) = asked {
            bulk.carry_out.run((asked.willing, said));
        }
    };
    let override_gates = move |_| {
        let written = reason.get_untracked();
        if written.trim().is_empty() {
            let words = |workspace: &_| wording::rejection(i18n, format, workspace, &Rejection::OverrideReason);
            return no_reason.set(Some(store.peek(words)));
        }
        let Some((Doubt { mut willing, refused }, said)) = doubt.get_untracked() else { return };
        let waiting = refused.into_iter().filter_map(|refused| refused.at_gate);
        willing.extend(waiting.map(|command| overridden(command, &written)));
        close();
        bulk.carry_out.run((willing, said));
    };
    let title = Signal::derive(move || refused.run(count(|doubt| doubt.refused.len())));
    let refusals = move || {
        let rows = doubt.with(|doubt| doubt.as_ref().map(|(doubt, _)| doubt.refused.clone())).unwrap_or_default();
        let row = |Refused { name, reason, .. }: Refused| {
            view! { <li><b>{name}</b><span class="muted">{reason}</span></li> }
        };
        rows.into_iter().map(row).collect_view()
    };
    view! {
        <Dialog open=Signal::derive(move || doubt.with(Option::is_some)) title on_close=move |()| close()>
            <ul class="listing__refusals" tabindex="0" aria-label=title>{refusals}</ul>
            <Show when=move || waiting() != 0>
                <p>{move || t_string!(i18n, list.gate_what, count = waiting()).to_string()}</p>
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
                        {move || t_string!(i18n, list.gate_anyway, count = willing() + waiting()).to_string()}
                    </Button>
                </Show>
                <Show when=move || willing() != 0>
                    <Button variant=Variant::Primary on_click=go_on>
                        {move || t_string!(i18n, list.go_on, count = willing()).to_string()}
                    </Button>
                </Show>
            </div>
        </Dialog>
    }
    .into_any()
}
