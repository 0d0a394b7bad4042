//! The line above which a customer passes: a slider and a number.

use leptos::prelude::*;

use super::desk::Desk;
use crate::{
    i18n::t_string,
    model::Share,
    ui::components::field::{Field, FieldKind},
};

/// The line in percent; while the slider moves, everything that follows from it moves along.
#[component]
pub(super) fn Line(desk: Desk) -> impl IntoView {
    let refusal = RwSignal::new(None::<String>);
    let percent = Signal::derive(move || {
        let points = desk.see(|target| target.line).basis_points();
        (f64::from(points) / 100.0).to_string()
    });
    let on_change = move |text: String| match read(&text) {
        Some(line) => refusal.set(desk.save(|target| target.line = line)),
        None => refusal.set(Some(t_string!(desk.i18n, targets.bad_line).to_owned())),
    };
    let on_input = move |text: String| {
        if let Some(line) = read(&text) {
            desk.preview(|target| target.line = line);
        }
    };
    view! {
        <div class="targets__line">
            <Field
                label=desk.label(|i18n| t_string!(i18n, targets.line))
                kind=FieldKind::Number
                value=percent
                hint=desk.label(|i18n| t_string!(i18n, targets.line_hint))
                error=refusal
                on_input=on_input
                on_change=on_change
            />
            <input
                type="range"
                class="targets__slider"
                min="0"
                max="100"
                step="1"
                aria-label=desk.label(|i18n| t_string!(i18n, targets.line))
                prop:value=percent
                data-testid="target-line"
                on:input=move |event| on_input(event_target_value(&event))
                on:change=move |event| on_change(event_target_value(&event))
            />
        </div>
    }
    .into_any()
}

/// A share written in percent, with at most two decimals.
fn read(text: &str) -> Option<Share> {
    let percent: f64 = text.trim().trim_end_matches(['%', '\u{ff05}']).trim().parse().ok()?;
    let points = (0.0..=100.0).contains(&percent).then_some((percent * 100.0).round())?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 10,000")]
    Share::from_basis_points(points as u16)
}
