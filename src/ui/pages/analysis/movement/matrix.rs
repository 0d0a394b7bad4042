//! Where the deals stood when the period began, and where they stand at its end.

use std::sync::Arc;

use leptos::prelude::*;

use super::{super::Desk, use_period};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::movement::{Matrix, Place, matrix},
    ui::{
        format::{Format, use_format},
        parts::counted::made_anew,
        wording::I18n,
    },
};

#[component]
pub(super) fn MatrixCard(desk: Desk) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let period = use_period(desk);
    let moved = Memo::new_with_compare(
        move |_| {
            let (counted, period) = (desk.counted.get(), period.get());
            let before = period.from.pred_opt().unwrap_or(period.from);
            Arc::new(desk.scope.with(|scope| {
                let view = |day| counted.frame.view(day, &scope.filter);
                matrix(&view(before), &view(period.to)).pop()
            }))
        },
        made_anew,
    );
    let table = move || {
        let moved = moved.get();
        moved.as_ref().as_ref().map(|moved| grid(desk, i18n, format, moved))
    };
    let days = move || {
        let period = period.get();
        let before = period.from.pred_opt().unwrap_or(period.from);
        t_string!(i18n, analysis.matrix_what, from = format.date(before), to = format.date(period.to)).to_string()
    };
    view! {
        <section class="card stack">
            <h2>{t!(i18n, analysis.matrix)}</h2>
            <p class="muted small">{days}</p>
            <div class="table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, analysis.matrix)>
                {table}
            </div>
        </section>
    }
    .into_any()
}

fn grid(desk: Desk, i18n: I18n, format: Format, moved: &Matrix) -> AnyView {
    let stages = (0..moved.stages).map(Place::Stage);
    let all: Vec<Place> = [Place::NotBegun, Place::Elsewhere]
        .into_iter()
        .chain(stages)
        .chain([Place::Dormant, Place::Won, Place::Lost])
        .collect();
    let from: Vec<Place> = all.iter().copied().filter(|place| moved.from(*place) > 0).collect();
    let to: Vec<Place> = all.into_iter().filter(|place| moved.to(*place) > 0).collect();
    let most = moved.cells.values().map(|cell| cell.deals.len()).max().unwrap_or_default().max(1);
    let heads = to.iter().map(|place| view! { <th scope="col">{name(desk, i18n, *place)}</th> }).collect_view();
    let rows = from.iter().map(|row| {
        let cells = to.iter().map(|column| {
            let Some(cell) = moved.cells.get(&(*row, *column)) else { return view! { <td class="muted">"·"</td> }.into_any() };
            let title = [name(desk, i18n, *row), name(desk, i18n, *column)].join(" → ");
            let deals = cell.deals.clone();
            let amount = desk.amount(format, cell.amount);
            #[expect(clippy::cast_precision_loss, reason = "a shade")]
            let share = deals.len() as f64 / most as f64;
            let count = format.count(deals.len());
            view! {
                <td class="matrix__cell" class:matrix__cell--stayed=row == column style:--share=share.to_string()>
                    <button type="button" class="link" on:click=move |_| desk.opener.run(title.clone(), &deals, String::new())>{count}</button>
                    <span class="muted small">{amount}</span>
                </td>
            }
            .into_any()
        });
        let cells = cells.collect_view();
        let sum = format.count(moved.from(*row));
        view! { <tr><th scope="row">{name(desk, i18n, *row)}</th>{cells}<td><strong>{sum}</strong></td></tr> }
    });
    let rows = rows.collect_view();
    let sums =
        to.iter().map(|place| view! { <td><strong>{format.count(moved.to(*place))}</strong></td> }).collect_view();
    let all = format.count(moved.cells.values().map(|cell| cell.deals.len()).sum::<usize>());
    view! {
        <table class="table figures matrix" data-testid="matrix">
            <thead><tr><th scope="col">{t!(i18n, analysis.from_to)}</th>{heads}<th scope="col">{t!(i18n, analysis.sum)}</th></tr></thead>
            <tbody>
                {rows}
                <tr><th scope="row">{t!(i18n, analysis.sum)}</th>{sums}<td><strong>{all}</strong></td></tr>
            </tbody>
        </table>
    }
    .into_any()
}

fn name(desk: Desk, i18n: I18n, place: Place) -> String {
    match place {
        Place::NotBegun => t_string!(i18n, analysis.place.not_begun).to_owned(),
        Place::Elsewhere => t_string!(i18n, analysis.place.elsewhere).to_owned(),
        Place::Stage(stage) => desk.stage_name(stage),
        Place::Dormant => t_string!(i18n, analysis.place.dormant).to_owned(),
        Place::Won => t_string!(i18n, analysis.place.won).to_owned(),
        Place::Lost => t_string!(i18n, analysis.place.lost).to_owned(),
    }
}
