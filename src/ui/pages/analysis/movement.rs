//! What moved: the lines month by month, the promotion status table with its sums, and where deals went from where.

mod lines;
mod matrix;
mod table;

use leptos::prelude::*;

use super::Desk;
use crate::{metrics::Period, model::Date};

use lines::LinesCard;
use matrix::MatrixCard;
use table::TableCard;

#[component]
pub(super) fn MovementTab(desk: Desk) -> impl IntoView {
    view! {
        <LinesCard desk/>
        <TableCard desk/>
        <MatrixCard desk/>
    }
}

/// The period of the scope, followed; all time begins with the first deal.
pub(super) fn use_period(desk: Desk) -> Memo<Period> {
    Memo::new(move |_| {
        let (to, period) = desk.scope.with(|scope| (scope.as_of, scope.filter.period));
        period.unwrap_or_else(|| Period { from: first_day(desk).unwrap_or(to), to })
    })
}

/// The first dated event of all deals.
fn first_day(desk: Desk) -> Option<Date> {
    desk.counted.with(|counted| {
        let deals = counted.workspace.deals.iter();
        deals.filter_map(|deal| deal.history().iter().find_map(|event| event.on)).min()
    })
}
