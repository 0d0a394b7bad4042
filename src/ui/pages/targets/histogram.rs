//! How many customers score how much.

use leptos::prelude::*;

use super::desk::Desk;
use crate::{
    i18n::{t, t_string},
    metrics::Screening,
};

/// Ten bars with the line across them, or the same figures as a table.
#[component]
pub(super) fn Histogram(desk: Desk) -> impl IntoView {
    let as_table = RwSignal::new(false);
    let bars = Memo::new(move |_| desk.screening.with(Screening::histogram));
    let line = Memo::new(move |_| desk.see(|target| target.line).as_f64());
    let range = move |place: usize| {
        #[expect(clippy::cast_precision_loss, reason = "there are ten bars")]
        let percent = |tenths: usize| desk.format.percent(tenths as f64 / 10.0, 0);
        [percent(place), percent(place + 1)].join("–")
    };
    let picture = move || {
        let most = bars.with(|bars| bars.iter().copied().max()).unwrap_or_default().max(1);
        let bar = move |place: usize| {
            let count = move || bars.with(|bars| bars.get(place).copied().unwrap_or_default());
            #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
            let height = move || (count() as f64 / most as f64).to_string();
            view! {
                <div class="histogram__bar" style:--share=height title=move || range(place)>
                    <span class="small">{move || desk.format.count(count())}</span>
                </div>
            }
        };
        view! {
            <div class="histogram__bars" aria-hidden="true" style:--line=move || line.get().to_string()>
                {(0..Screening::BARS).map(bar).collect_view()}
            </div>
            <div class="histogram__axis small muted" aria-hidden="true">
                <span>{move || desk.format.percent(0.0, 0)}</span>
                <span>{move || desk.format.percent(0.5, 0)}</span>
                <span>{move || desk.format.percent(1.0, 0)}</span>
            </div>
        }
        .into_any()
    };
    let table = move || {
        let row = |place: usize| {
            let count = move || bars.with(|bars| bars.get(place).copied().unwrap_or_default());
            view! { <tr><th scope="row">{move || range(place)}</th><td>{move || desk.format.count(count())}</td></tr> }
        };
        view! {
            <table class="table">
                <thead><tr><th scope="col">{t!(desk.i18n, targets.score)}</th><th scope="col">{t!(desk.i18n, targets.customers)}</th></tr></thead>
                <tbody>{(0..Screening::BARS).map(row).collect_view()}</tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <div class="histogram" role="group" aria-label=desk.label(|i18n| t_string!(i18n, targets.histogram))>
            <button
                type="button"
                class="link histogram__form small"
                aria-pressed=move || as_table.get().to_string()
                on:click=move |_| as_table.update(|shown| *shown = !*shown)
            >
                {move || if as_table.get() { t_string!(desk.i18n, common.as_picture) } else { t_string!(desk.i18n, common.as_table) }}
            </button>
            {move || if as_table.get() { table() } else { picture() }}
        </div>
    }
    .into_any()
}
