//! A difference in a row of a table, drawn on a scale of its own.

use leptos::prelude::*;

/// A difference and its interval on a scale whose middle is no difference and whose ends are the largest of the three.
pub fn gap(difference: f64, low: f64, high: f64) -> AnyView {
    let reach = [difference, low, high].map(f64::abs).into_iter().fold(0.0, f64::max);
    let place = |value: f64| {
        let share = if reach > 0.0 { 0.5 + value / reach * 0.46 } else { 0.5 };
        format!("{share:.4}")
    };
    view! {
        <span
            class="gap"
            aria-hidden="true"
            style:--low=place(low)
            style:--high=place(high)
            style:--at=place(difference)
        ></span>
    }
    .into_any()
}
