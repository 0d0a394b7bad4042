//! When the next return visit is due, in words.

use leptos::prelude::*;

use crate::{
    i18n::{t_string, use_i18n},
    metrics::ReturnVisit,
    ui::{
        clock::use_clock,
        components::tag::{Tag, Tone},
        format::use_format,
        wording::I18n,
    },
};

/// How long a return visit has been due, in days from its day.
pub fn waited(i18n: I18n, days: i64) -> String {
    match days {
        0 => t_string!(i18n, after_sale.due_today).to_owned(),
        days => t_string!(i18n, after_sale.waited, count = days).to_string(),
    }
}

/// The day of the next return visit, and whether it has come; nothing when none is to come.
#[component]
pub fn Next(
    /// The visit.
    #[prop(into)]
    visit: Signal<Option<ReturnVisit>>,
) -> impl IntoView {
    let (i18n, format, today) = (use_i18n(), use_format(), use_clock().today);
    let shown = move || {
        let ReturnVisit { due, .. } = visit.get()?;
        let day = t_string!(i18n, after_sale.next_on, day = format.date(due)).to_string();
        let days = (today.get() - due).num_days();
        let tag = (days >= 0).then(|| view! { <Tag tone=Tone::Warn>{waited(i18n, days)}</Tag> });
        Some(view! { <p class="row small" data-testid="next-visit"><span>{day}</span>{tag}</p> })
    };
    view! { {shown} }
}
