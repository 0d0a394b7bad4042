//! A point for everybody in every row, with the middle half and the median: how far a group is apart.

use leptos::prelude::*;

use super::{
    chart_frame::{ChartFrame, Figures},
    geometry::round,
    rows::{Rows, RowsPicture},
};
use crate::{
    i18n::{t_string, use_i18n},
    ui::format::UNKNOWN,
};

/// Points that lie on one another are drawn one above the other, so many pixels apart.
const APART: f64 = 3.0;
/// So many levels above and below the middle of a row.
const LEVELS: usize = 3;

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct StripRow {
    /// What it is.
    pub name: String,
    /// The value of everybody, in any order.
    pub values: Vec<f64>,
    /// Least, lower quartile, median, upper quartile, greatest; `None` without values.
    pub five: Option<[f64; 5]>,
}

/// Points in rows, with a table of the five figures of each row.
#[component]
pub fn Strips(
    /// What it shows, with the unit.
    #[prop(into)]
    label: Signal<String>,
    /// What the rows are, for the table.
    #[prop(into)]
    row_name: Signal<String>,
    /// The greatest value that there can be; the least is 0.
    most: f64,
    /// The rows from top to bottom.
    #[prop(into)]
    rows: Signal<Vec<StripRow>>,
    /// A value with its unit.
    #[prop(into)]
    format: Callback<f64, String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let figures = Signal::derive(move || Figures {
        heads: vec![
            row_name.get(),
            t_string!(i18n, chart.count).to_owned(),
            t_string!(i18n, chart.least).to_owned(),
            t_string!(i18n, chart.lower).to_owned(),
            t_string!(i18n, chart.median).to_owned(),
            t_string!(i18n, chart.upper).to_owned(),
            t_string!(i18n, chart.greatest).to_owned(),
        ],
        rows: rows.with(|rows| rows.iter().map(|row| table_row(row, format)).collect()),
    });
    let describe = Callback::new(move |index: usize| {
        rows.with(|rows| rows.get(index).map(|row| table_row(row, format).join(" "))).unwrap_or_default()
    });
    let draw = Callback::new(move |place: Rows| rows.with(|rows| drawing(place, rows, format)));
    let count = Signal::derive(move || rows.with(Vec::len));
    let ends = Signal::derive(move || (0.0, most));
    view! {
        <ChartFrame label figures>
            <RowsPicture count ends below=20.0 describe draw on_pick=None/>
        </ChartFrame>
    }
    .into_any()
}

fn table_row(row: &StripRow, format: Callback<f64, String>) -> Vec<String> {
    let five = match row.five {
        Some(five) => five.map(|value| format.run(value)),
        None => [(); 5].map(|()| UNKNOWN.to_owned()),
    };
    [row.name.clone(), row.values.len().to_string()].into_iter().chain(five).collect()
}

fn drawing(place: Rows, rows: &[StripRow], format: Callback<f64, String>) -> AnyView {
    let row = |(index, row): (usize, &StripRow)| {
        let middle = place.middle(index);
        let median = row.five.map(|five| five[2]);
        let words =
            place.words(index, &row.name, &median.map_or_else(|| UNKNOWN.to_owned(), |value| format.run(value)));
        let half = row.five.map(|[_, lower, median, upper, _]| {
            let (left, right) = (place.x(lower), place.x(upper));
            let at = round(place.x(median));
            view! {
                <rect class="chart__band" x=round(left) width=round((right - left).max(1.0)) y=round(middle - 11.0) height="22"></rect>
                <line class="chart__whisker" x1=at.clone() x2=at y1=round(middle - 11.0) y2=round(middle + 11.0)></line>
            }
        });
        let points = points(place, &row.values).into_iter().map(|(x, level)| {
            view! { <circle class="chart__dot" cx=round(x) cy=round(middle + level) r="3.5"></circle> }
        });
        view! { <g data-tone="accent">{words}{half}{points.collect_view()}</g> }
    };
    let all = rows.iter().enumerate().map(row).collect_view();
    let axis = place.axis(rows.len(), |value| format.run(value));
    view! { {axis} {all} }.into_any()
}

/// Where the points lie: at their values, those at the same place above and below one another.
fn points(place: Rows, values: &[f64]) -> Vec<(f64, f64)> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let mut drawn: Vec<(f64, f64)> = Vec::with_capacity(sorted.len());
    let (mut last, mut same) = (f64::NEG_INFINITY, 0_usize);
    for value in sorted {
        let x = place.x(value);
        same = if x - last < APART { same + 1 } else { 0 };
        last = if same == 0 { x } else { last };
        #[expect(clippy::cast_precision_loss, reason = "a handful of levels")]
        let step = (same.div_ceil(2) % (LEVELS + 1)) as f64 * APART;
        drawn.push((x, if same.is_multiple_of(2) { step } else { -step }));
    }
    drawn
}
