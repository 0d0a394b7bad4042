//! Giving a number.

use leptos::prelude::*;

use super::{ask, check};
use crate::{
    codec::content::lessons::{self, Unit},
    i18n::t_string,
    training::lesson::Answer,
    ui::{
        components::field::{Field, FieldKind},
        pages::learn::lessons::desk::Desk,
        typed::folded,
    },
};

/// A field for the number.
#[component]
pub(super) fn Counting(desk: Desk, count: &'static lessons::Count) -> impl IntoView {
    let i18n = desk.i18n;
    let text = RwSignal::new(String::new());
    let draft = RwSignal::new(String::new());
    desk.when_shown(move |answer| {
        if let Answer::Number(number) = answer {
            text.set(number.to_string());
            draft.set(number.to_string());
        }
    });
    let number = Signal::derive(move || draft.with(|draft| read(draft)));
    let hand_in = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(number) = number.get_untracked() {
            desk.answer(&Answer::Number(number));
        }
    };
    let label = Signal::derive(move || {
        let words = match count.unit {
            Unit::Count => t_string!(i18n, learn.lessons.a_count),
            Unit::Percent => t_string!(i18n, learn.lessons.a_percent),
            Unit::Money => t_string!(i18n, learn.lessons.an_amount),
            Unit::Days => t_string!(i18n, learn.lessons.some_days),
        };
        words.to_owned()
    });
    let no_number = move |text: String| {
        (!text.trim().is_empty() && read(&text).is_none()).then(|| t_string!(i18n, learn.lessons.no_number).to_owned())
    };
    view! {
        <form class="lesson__form" data-kind="count" on:submit=hand_in>
            {ask(desk, count.ask)}
            <div class="lesson__number-field" data-testid="lesson-number">
                <Field
                    label
                    kind=FieldKind::Number
                    value=text
                    check=Callback::new(no_number)
                    on_input=move |text: String| draft.set(text)
                    on_change=move |text: String| draft.set(text)
                />
            </div>
            {check(desk, Signal::derive(move || number.get().is_none()))}
        </form>
    }
    .into_any()
}

/// A number as people write it: with separators or a sign for percent, in Chinese also in ten thousands.
fn read(text: &str) -> Option<f64> {
    const TEN_THOUSAND: char = '\u{4e07}';
    let plain: String = folded(text).chars().filter(|c| !matches!(c, ',' | ' ' | '\u{a0}' | '\'' | '%')).collect();
    let (digits, times) = plain.strip_suffix(TEN_THOUSAND).map_or((plain.as_str(), 1.0), |digits| (digits, 10_000.0));
    let number: f64 = digits.parse().ok()?;
    number.is_finite().then_some(number * times)
}
