//! How one amount became another: a bar for each kind of change, each beginning where the one before ends.

use leptos::prelude::*;

use super::{
    chart_frame::{ChartFrame, Figures},
    geometry::round,
    rows::{Rows, RowsPicture},
};
use crate::{
    i18n::{t_string, use_i18n},
    ui::components::tag::Tone,
};

/// Half the height of a bar.
const HALF: f64 = 9.0;

/// One row: a total, or a change between totals.
#[derive(Debug, Clone, PartialEq)]
pub struct WaterfallBar {
    /// What it is.
    pub name: String,
    /// The value where it begins and where it ends; a total begins at 0.
    pub ends: (f64, f64),
    /// Its figure with unit and, for a change, with its sign.
    pub figure: String,
    /// How many deals are behind it, in words.
    pub deals: String,
    /// What it means: totals are neutral, what adds is good, what takes away is bad.
    pub tone: Tone,
}

/// The bars from top to bottom, with a table of the same figures.
#[component]
pub fn Waterfall(
    /// What it shows, with the unit.
    #[prop(into)]
    label: Signal<String>,
    /// The rows: a total first and last.
    #[prop(into)]
    bars: Signal<Vec<WaterfallBar>>,
    /// Opens what is behind a row.
    #[prop(optional, into)]
    on_pick: Option<Callback<usize>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let figures = Signal::derive(move || Figures {
        heads: [t_string!(i18n, chart.change), t_string!(i18n, common.count), t_string!(i18n, common.amount)]
            .map(str::to_owned)
            .to_vec(),
        rows: bars.with(|bars| {
            bars.iter().map(|bar| vec![bar.name.clone(), bar.deals.clone(), bar.figure.clone()]).collect()
        }),
    });
    let ends = Signal::derive(move || {
        let all = bars.with(|bars| bars.iter().flat_map(|bar| [bar.ends.0, bar.ends.1]).collect::<Vec<_>>());
        all.into_iter().fold((0.0, 0.0), |(least, most): (f64, f64), end| (least.min(end), most.max(end)))
    });
    let describe = Callback::new(move |index: usize| {
        let words = |bar: &WaterfallBar| [&bar.name, " ", &bar.figure, ", ", &bar.deals].concat();
        bars.with(|bars| bars.get(index).map(words)).unwrap_or_default()
    });
    let draw = Callback::new(move |rows: Rows| bars.with(|bars| drawing(rows, bars)));
    let count = Signal::derive(move || bars.with(Vec::len));
    view! {
        <ChartFrame label figures>
            <RowsPicture count ends describe draw on_pick/>
        </ChartFrame>
    }
    .into_any()
}

fn drawing(rows: Rows, bars: &[WaterfallBar]) -> AnyView {
    let bar = |(row, bar): (usize, &WaterfallBar)| {
        let (middle, (from, to)) = (rows.middle(row), (rows.x(bar.ends.0), rows.x(bar.ends.1)));
        let (left, right) = (from.min(to), from.max(to));
        // Where the next row begins: this one's end.
        let link = (row + 1 < bars.len()).then(|| {
            let next = rows.middle(row + 1) - HALF;
            view! { <line class="chart__link" x1=round(to) x2=round(to) y1=round(middle + HALF) y2=round(next)></line> }
        });
        view! {
            {rows.words(row, &bar.name, &bar.figure)}
            {link}
            <rect
                class="chart__bar"
                data-tone=bar.tone.as_str()
                x=round(left)
                y=round(middle - HALF)
                width=round((right - left).max(1.0))
                height=round(2.0 * HALF)
            ></rect>
        }
    };
    let all = bars.iter().enumerate().map(bar).collect_view();
    view! { {rows.upright(0.0, bars.len())} {all} }.into_any()
}
