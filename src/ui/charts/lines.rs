//! Lines, steps, points with their ranges and areas over one axis: months, days or shares.

mod drawing;

use leptos::{ev, html, prelude::*};

use super::{
    chart_frame::{ChartFrame, Figures, Key, Look},
    read_out::{pick, take_key},
};
use crate::{
    i18n::{t_string, use_i18n},
    ui::{components::viewport::use_size, format::UNKNOWN},
};

use drawing::{Plan, drawing};

/// A place on the horizontal axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Where it lies, in the unit of the axis; not falling from one to the next.
    pub at: f64,
    /// What it is, for the read-out and the table: `Sep 2026`, `day 30`.
    pub name: String,
    /// The word on the axis; empty for a place without one.
    pub word: String,
}

/// How a series is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stroke {
    /// From point to point.
    Plain,
    /// From point to point, broken: what is assumed, or what came before.
    Dashed,
    /// As steps, each value holding until the next column.
    Steps,
    /// Points alone, each with its range.
    Points,
    /// The area down to the axis.
    Area,
}

/// One series.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it is.
    pub name: String,
    /// How it looks.
    pub look: Look,
    /// How it is drawn.
    pub stroke: Stroke,
    /// One value for each column; `None` where there is none.
    pub values: Vec<Option<f64>>,
    /// A range around each value, from low to high; empty for a series without ranges.
    pub ranges: Vec<Option<(f64, f64)>>,
}

/// A line across the picture: a target at a height, or a day on the axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Where it lies, in the unit of its axis.
    pub at: f64,
    /// What it is.
    pub name: String,
    /// Whether it stands upright, at a place of the horizontal axis.
    pub upright: bool,
}

/// Lines over one axis; arrow keys or the pointer read a column, a table holds the same figures.
#[component]
pub fn Lines(
    /// What it shows, with the unit.
    #[prop(into)]
    label: Signal<String>,
    /// What the columns are, for the table: `Month`.
    #[prop(into)]
    column_name: Signal<String>,
    /// The columns from left to right.
    #[prop(into)]
    columns: Signal<Vec<Column>>,
    /// The series; later ones are drawn over earlier ones.
    #[prop(into)]
    lines: Signal<Vec<Line>>,
    /// Lines across the picture.
    #[prop(optional, into)]
    rules: Signal<Vec<Rule>>,
    /// A value with its unit, for axis, read-out and table.
    #[prop(into)]
    format: Callback<f64, String>,
    /// The value at the top of the axis; otherwise the largest one there is.
    #[prop(optional, into)]
    most: MaybeProp<f64>,
    /// The height of the picture in pixels.
    #[prop(default = 260.0)]
    height: f64,
    /// Opens what is behind a column.
    #[prop(optional, into)]
    on_pick: Option<Callback<usize>>,
) -> impl IntoView {
    let keys = Signal::derive(move || lines.with(|lines| lines.iter().map(key).collect::<Vec<_>>()));
    let figures = Signal::derive(move || {
        let heads = std::iter::once(column_name.get())
            .chain(lines.with(|l| l.iter().map(|l| l.name.clone()).collect::<Vec<_>>()));
        let cells =
            |index: usize| lines.with(|lines| lines.iter().map(|line| cell(line, index, format)).collect::<Vec<_>>());
        let row =
            |(index, column): (usize, &Column)| std::iter::once(column.name.clone()).chain(cells(index)).collect();
        Figures { heads: heads.collect(), rows: columns.with(|columns| columns.iter().enumerate().map(row).collect()) }
    });
    view! {
        <ChartFrame label keys figures>
            <Picture columns lines rules format most height on_pick/>
        </ChartFrame>
    }
    .into_any()
}

fn key(line: &Line) -> Key {
    Key { name: line.name.clone(), look: line.look, dashed: line.stroke == Stroke::Dashed }
}

/// A value of a series in words, with its range.
fn cell(line: &Line, column: usize, format: Callback<f64, String>) -> String {
    let at = |value: &Option<f64>| value.map_or_else(|| UNKNOWN.to_owned(), |value| format.run(value));
    let value = line.values.get(column).map_or_else(|| UNKNOWN.to_owned(), at);
    match line.ranges.get(column).copied().flatten() {
        Some((low, high)) => [&value, " (", &format.run(low), "–", &format.run(high), ")"].concat(),
        None => value,
    }
}

#[component]
fn Picture(
    columns: Signal<Vec<Column>>,
    lines: Signal<Vec<Line>>,
    rules: Signal<Vec<Rule>>,
    format: Callback<f64, String>,
    most: MaybeProp<f64>,
    height: f64,
    on_pick: Option<Callback<usize>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let frame = NodeRef::<html::Div>::new();
    let size = use_size(frame);
    let read = RwSignal::new(None::<usize>);
    let plan = Memo::new(move |_| {
        let width = size.get().0;
        columns.with(|columns| {
            lines.with(|lines| rules.with(|rules| Plan::new(width, height, columns, lines, rules, most.get())))
        })
    });
    let on_key = move |event: ev::KeyboardEvent| take_key(&event, read, columns.with_untracked(Vec::len), on_pick);
    let under = move |event: &ev::PointerEvent| {
        let left = frame.get_untracked()?.get_bounding_client_rect().left();
        plan.with_untracked(|plan| plan.nearest(f64::from(event.client_x()) - left))
    };
    let on_point = move |event: ev::PointerEvent| read.set(under(&event));
    let on_click = move |_| {
        if let Some(index) = read.get_untracked() {
            pick(on_pick, index);
        }
    };
    let reading = move || {
        let index = read.get()?;
        let name = columns.with(|columns| columns.get(index).map(|column| column.name.clone()))?;
        let of = |line: &Line| [line.name.as_str(), &cell(line, index, format)].join(" ");
        let parts = lines.with(|lines| lines.iter().map(of).collect::<Vec<_>>().join(" · "));
        Some(view! { <strong>{name}</strong> " " {parts} })
    };
    view! {
        <div
            node_ref=frame
            class="chart__frame"
            class:chart__frame--picks=on_pick.is_some()
            tabindex="0"
            role="group"
            aria-label=move || t_string!(i18n, chart.keys)
            on:keydown=on_key
            on:pointermove=on_point
            on:click=on_click
        >
            <svg class="chart__picture" width="100%" height=height.to_string() aria-hidden="true">
                {move || plan.with(|plan| lines.with(|lines| drawing(plan, lines, format)))}
                {move || read.get().and_then(|index| plan.with(|plan| drawing::reading(plan, index)))}
            </svg>
        </div>
        <p class="chart__reading" aria-live="polite">{reading}</p>
    }
    .into_any()
}
