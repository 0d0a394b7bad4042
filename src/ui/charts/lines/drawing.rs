//! Where everything in a picture of lines lies, and the picture.

use leptos::prelude::*;

use super::{Column, Line, Rule, Stroke};
use crate::ui::charts::geometry::{apart, round, shortened, ticks};

const LEFT: f64 = 64.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 26.0;
/// At the right of a wide picture the series have their names there.
const NAMES: f64 = 112.0;
const EDGE: f64 = 12.0;
const WIDE: f64 = 560.0;
/// A word on the axis needs this much room.
const WORD: f64 = 56.0;
/// From one name at the right to the next.
const ROW: f64 = 15.0;

/// The measures of a picture: everything that does not depend on what is read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Plan {
    width: f64,
    height: f64,
    right: f64,
    /// The axis from its least to its largest value.
    axis: Vec<f64>,
    /// Where each column lies, in pixels.
    places: Vec<f64>,
    /// The words on the axis that have room.
    words: Vec<(f64, String)>,
    rules: Vec<(f64, Rule)>,
    /// The values of each column, in pixels from the top.
    marks: Vec<Vec<f64>>,
}

impl Plan {
    pub(super) fn new(
        width: f64,
        height: f64,
        columns: &[Column],
        lines: &[Line],
        rules: &[Rule],
        most: Option<f64>,
    ) -> Self {
        let right = if width >= WIDE && lines.len() > 1 { NAMES } else { EDGE };
        let values = lines.iter().flat_map(|line| {
            let ranges = line.ranges.iter().flatten().flat_map(|(low, high)| [*low, *high]);
            line.values.iter().flatten().copied().chain(ranges)
        });
        let values = values.chain(rules.iter().filter(|rule| !rule.upright).map(|rule| rule.at));
        let (least, largest) = values
            .filter(|value| value.is_finite())
            .fold((0.0, 0.0), |(least, largest): (f64, f64), value| (least.min(value), largest.max(value)));
        let axis = axis(least, most.unwrap_or(largest));
        let mut plan = Self {
            width,
            height,
            right,
            axis,
            places: Vec::new(),
            words: Vec::new(),
            rules: Vec::new(),
            marks: Vec::new(),
        };
        let (left_end, right_end) = (columns.first().map_or(0.0, |c| c.at), columns.last().map_or(0.0, |c| c.at));
        let room = (width - LEFT - right).max(1.0);
        let x = |at: f64| {
            if right_end > left_end {
                LEFT + (at - left_end) / (right_end - left_end) * room
            } else {
                LEFT + room / 2.0
            }
        };
        plan.places = columns.iter().map(|column| x(column.at)).collect();
        let mut free = f64::NEG_INFINITY;
        for column in columns.iter().filter(|column| !column.word.is_empty()) {
            let at = x(column.at);
            if at >= free {
                plan.words.push((at, column.word.clone()));
                free = at + WORD;
            }
        }
        let placed = |rule: &Rule| (if rule.upright { x(rule.at) } else { plan.y(rule.at) }, rule.clone());
        plan.rules = rules.iter().map(placed).collect();
        let of = |index: usize| {
            let values = lines.iter().filter_map(|line| line.values.get(index).copied().flatten());
            values.map(|value| plan.y(value)).collect()
        };
        plan.marks = (0..columns.len()).map(of).collect();
        plan
    }

    /// The column nearest to a place in the picture.
    pub(super) fn nearest(&self, x: f64) -> Option<usize> {
        let away = |place: &f64| (place - x).abs();
        self.places.iter().enumerate().min_by(|(_, a), (_, b)| away(a).total_cmp(&away(b))).map(|(index, _)| index)
    }

    fn y(&self, value: f64) -> f64 {
        let (least, most) = (self.axis.first().copied().unwrap_or(0.0), self.axis.last().copied().unwrap_or(1.0));
        TOP + (self.height - TOP - BOTTOM) * (1.0 - (value - least) / (most - least))
    }

    /// The points of a series that has a value in them.
    fn points(&self, values: &[Option<f64>]) -> Vec<Option<(f64, f64)>> {
        let place = |(x, value): (&f64, &Option<f64>)| value.filter(|v| v.is_finite()).map(|value| (*x, self.y(value)));
        self.places.iter().zip(values).map(place).collect()
    }
}

/// Round values that reach from at most `least`, which is not above 0, to at least `most`.
fn axis(least: f64, most: f64) -> Vec<f64> {
    let up = ticks(most.max(0.0), 4);
    if least >= 0.0 {
        return up;
    }
    let step =
        if most > -least { up.get(1).copied().unwrap_or(1.0) } else { ticks(-least, 4).get(1).copied().unwrap_or(1.0) };
    let (mut down, mut value) = (Vec::new(), 0.0);
    while value > least * 0.999_999 {
        value -= step;
        down.push(value);
    }
    let (mut all, mut value): (Vec<f64>, f64) = (down.into_iter().rev().collect(), 0.0);
    all.push(0.0);
    while value < most * 0.999_999 {
        value += step;
        all.push(value);
    }
    all
}

/// The picture.
pub(super) fn drawing(plan: &Plan, lines: &[Line], format: Callback<f64, String>) -> AnyView {
    let end = round(plan.width - plan.right);
    let grid = plan.axis.iter().map(|value| {
        let y = plan.y(*value);
        view! {
            <line class="chart__grid" class:chart__grid--zero=*value == 0.0 x1=LEFT.to_string() x2=end.clone() y1=round(y) y2=round(y)></line>
            <text class="chart__word" x=(LEFT - 8.0).to_string() y=round(y + 4.0) text-anchor="end">{format.run(*value)}</text>
        }
    });
    let grid = grid.collect_view();
    let words = plan.words.iter().map(|(x, word)| {
        view! { <text class="chart__word" x=round(*x) y=round(plan.height - 6.0) text-anchor="middle">{word.clone()}</text> }
    });
    let words = words.collect_view();
    let series = lines.iter().map(|line| one(plan, line)).collect_view();
    view! { {grid} {words} {series} {rules(plan)} {names(plan, lines)} }.into_any()
}

fn one(plan: &Plan, line: &Line) -> AnyView {
    let points = plan.points(&line.values);
    let (tone, position) = (line.look.tone(), line.look.position());
    let floor = plan.y(0.0);
    let body = match line.stroke {
        Stroke::Points => {
            let dots = points.iter().flatten().map(|(x, y)| {
                view! { <circle class="chart__dot" cx=round(*x) cy=round(*y) r="4"></circle> }
            });
            dots.collect_view().into_any()
        }
        Stroke::Area => view! { <path class="chart__area" d=area(&points, floor)></path> }.into_any(),
        stroke => {
            let path = path(&points, stroke == Stroke::Steps);
            view! { <path class="chart__line" class:chart__line--dashed=stroke == Stroke::Dashed d=path></path> }
                .into_any()
        }
    };
    let ranges = if line.stroke == Stroke::Points {
        let bars = plan.places.iter().zip(&line.ranges).filter_map(|(x, range)| {
            let (low, high) = (*range)?;
            Some(view! { <line class="chart__whisker" x1=round(*x) x2=round(*x) y1=round(plan.y(low)) y2=round(plan.y(high))></line> })
        });
        bars.collect_view().into_any()
    } else {
        view! { <path class="chart__band" d=band(plan, line)></path> }.into_any()
    };
    view! { <g data-tone=tone style:--stage-position=position>{ranges}{body}</g> }.into_any()
}

/// A line through the points; where one is missing, it begins anew.
fn path(points: &[Option<(f64, f64)>], steps: bool) -> String {
    let mut path = String::new();
    let mut before = None::<(f64, f64)>;
    for point in points {
        if let Some((x, y)) = *point {
            let (at, to) = (round(x), round(y));
            match before {
                None => path.push_str(&["M", &at, ",", &to].concat()),
                Some(_) if steps => path.push_str(&["H", &at, "V", &to].concat()),
                Some(_) => path.push_str(&["L", &at, ",", &to].concat()),
            }
        }
        before = *point;
    }
    path
}

fn area(points: &[Option<(f64, f64)>], floor: f64) -> String {
    let (Some(first), Some(last)) = (points.iter().flatten().next(), points.iter().flatten().last()) else {
        return String::new();
    };
    let top: Vec<_> = points.iter().flatten().map(|point| Some(*point)).collect();
    [&path(&top, false), "L", &round(last.0), ",", &round(floor), "L", &round(first.0), ",", &round(floor), "Z"]
        .concat()
}

/// The ranges of a series as one area.
fn band(plan: &Plan, line: &Line) -> String {
    let there: Vec<_> = plan.places.iter().zip(&line.ranges).filter_map(|(x, range)| Some((*x, (*range)?))).collect();
    if there.len() < 2 {
        return String::new();
    }
    let high = there.iter().map(|(x, (_, high))| (*x, plan.y(*high)));
    let low = there.iter().rev().map(|(x, (low, _))| (*x, plan.y(*low)));
    let around: Vec<_> = high.chain(low).map(Some).collect();
    [&path(&around, false), "Z"].concat()
}

fn rules(plan: &Plan) -> AnyView {
    let end = plan.width - plan.right;
    let rule = |(at, rule): &(f64, Rule)| {
        let at = *at;
        let (x1, x2, y1, y2) = if rule.upright { (at, at, TOP, plan.height - BOTTOM) } else { (LEFT, end, at, at) };
        let late = rule.upright && at > f64::midpoint(LEFT, end);
        let (x, y, anchor) = match (rule.upright, late) {
            (true, true) => (at - 4.0, TOP + 9.0, "end"),
            (true, false) => (at + 4.0, TOP + 9.0, "start"),
            (false, _) => (end - 4.0, at - 4.0, "end"),
        };
        view! {
            <line class="chart__rule" x1=round(x1) x2=round(x2) y1=round(y1) y2=round(y2)></line>
            <text class="chart__word chart__word--rule" x=round(x) y=round(y) text-anchor=anchor>{rule.name.clone()}</text>
        }
    };
    plan.rules.iter().map(rule).collect_view().into_any()
}

/// The names of the series at the end of their lines, when there is room.
fn names(plan: &Plan, lines: &[Line]) -> Option<AnyView> {
    if plan.right < NAMES {
        return None;
    }
    let ends: Vec<_> = lines
        .iter()
        .filter(|line| !matches!(line.stroke, Stroke::Area | Stroke::Points))
        .filter_map(|line| Some((plan.points(&line.values).into_iter().flatten().last()?.1, line)))
        .collect();
    let places = apart(&ends.iter().map(|(y, _)| *y).collect::<Vec<_>>(), ROW, TOP, plan.height - BOTTOM);
    let x = plan.width - plan.right + 8.0;
    let names = ends.iter().zip(places).map(|((_, line), y)| {
        view! {
            <g data-tone=line.look.tone() style:--stage-position=line.look.position()>
                <text class="chart__name" translate="no" x=round(x) y=round(y + 4.0)>{shortened(&line.name, NAMES - 8.0)}</text>
            </g>
        }
    });
    Some(names.collect_view().into_any())
}

/// The column that is read.
pub(super) fn reading(plan: &Plan, index: usize) -> Option<AnyView> {
    let x = round(*plan.places.get(index)?);
    let dots = plan.marks.get(index)?.iter().map(|y| {
        view! { <circle class="chart__read-dot" cx=x.clone() cy=round(*y) r="3.5"></circle> }
    });
    let dots = dots.collect_view();
    let bottom = round(plan.height - BOTTOM);
    Some(view! { <line class="chart__read" x1=x.clone() x2=x y1=TOP.to_string() y2=bottom></line> {dots} }.into_any())
}
