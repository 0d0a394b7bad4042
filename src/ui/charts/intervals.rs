//! Values with the ranges in which they lie, one row each, beside a line to compare them with.

use leptos::prelude::*;

use super::{
    chart_frame::{ChartFrame, Figures},
    geometry::round,
    rows::{Rows, RowsPicture},
};
use crate::{
    i18n::{t_string, use_i18n},
    ui::{components::tag::Tone, format::UNKNOWN},
};

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct IntervalRow {
    /// What it is.
    pub name: String,
    /// The value; `None` when there is none.
    pub value: Option<f64>,
    /// The range, from low to high.
    pub range: Option<(f64, f64)>,
    /// What the colour means.
    pub tone: Tone,
}

/// Points with their ranges, with a table of the same figures.
#[component]
pub fn Intervals(
    /// What it shows, with the unit.
    #[prop(into)]
    label: Signal<String>,
    /// What the rows are, for the table.
    #[prop(into)]
    row_name: Signal<String>,
    /// What the values are, for the table.
    #[prop(into)]
    value_name: Signal<String>,
    /// The rows from top to bottom.
    #[prop(into)]
    rows: Signal<Vec<IntervalRow>>,
    /// The value to compare with: no difference, the whole, the plan.
    #[prop(optional, into)]
    beside: MaybeProp<f64>,
    /// A value with its unit.
    #[prop(into)]
    format: Callback<f64, String>,
    /// Opens what is behind a row.
    #[prop(optional, into)]
    on_pick: Option<Callback<usize>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let value = move |value: Option<f64>| value.map_or_else(|| UNKNOWN.to_owned(), |value| format.run(value));
    let range = move |range: Option<(f64, f64)>| {
        range.map_or_else(|| UNKNOWN.to_owned(), |(low, high)| [&format.run(low), " – ", &format.run(high)].concat())
    };
    let figures = Signal::derive(move || Figures {
        heads: vec![row_name.get(), value_name.get(), t_string!(i18n, chart.range).to_owned()],
        rows: rows
            .with(|rows| rows.iter().map(|row| vec![row.name.clone(), value(row.value), range(row.range)]).collect()),
    });
    let ends = Signal::derive(move || {
        let all = rows.with(|rows| {
            let of = |row: &IntervalRow| [row.value, row.range.map(|range| range.0), row.range.map(|range| range.1)];
            rows.iter().flat_map(of).flatten().chain(beside.get()).filter(|v| v.is_finite()).collect::<Vec<_>>()
        });
        let (least, most) =
            all.into_iter().fold((0.0, 0.0), |(least, most): (f64, f64), v| (least.min(v), most.max(v)));
        // Room at both sides, so that no point lies on the edge.
        let room = (most - least) * 0.04;
        (if least < 0.0 { least - room } else { least }, most + room)
    });
    let describe = Callback::new(move |index: usize| {
        let words = |row: &IntervalRow| [&row.name, " ", &value(row.value), " (", &range(row.range), ")"].concat();
        rows.with(|rows| rows.get(index).map(words)).unwrap_or_default()
    });
    let draw = Callback::new(move |place: Rows| {
        let beside = beside.get();
        rows.with(|rows| drawing(place, rows, beside, value))
    });
    let count = Signal::derive(move || rows.with(Vec::len));
    view! {
        <ChartFrame label figures>
            <RowsPicture count ends below=20.0 describe draw on_pick/>
        </ChartFrame>
    }
    .into_any()
}

fn drawing(place: Rows, rows: &[IntervalRow], beside: Option<f64>, words: impl Fn(Option<f64>) -> String) -> AnyView {
    let row = |(index, row): (usize, &IntervalRow)| {
        let y = round(place.middle(index));
        let range = row.range.map(|(low, high)| {
            view! { <line class="chart__whisker" x1=round(place.x(low)) x2=round(place.x(high)) y1=y.clone() y2=y.clone()></line> }
        });
        let point = row
            .value
            .map(|value| view! { <circle class="chart__dot" cx=round(place.x(value)) cy=y.clone() r="5"></circle> });
        view! { <g data-tone=row.tone.as_str()>{place.words(index, &row.name, &words(row.value))}{range}{point}</g> }
    };
    let all = rows.iter().enumerate().map(row).collect_view();
    let axis = place.axis(rows.len(), |value| words(Some(value)));
    let line = beside.map(|value| place.upright(value, rows.len()));
    view! { {axis} {line} {all} }.into_any()
}
