//! Charts whose rows have names: what is drawn of a row stands beside its name, or below it on a phone.

use leptos::{html, prelude::*};

use super::geometry::{round, ticks};
use crate::ui::components::viewport::use_size;

/// Room for the names in a wide picture.
const NAMES: f64 = 176.0;
/// How wide a letter of a name is, as a rule, and a Chinese one, in pixels.
const LETTER: f64 = 6.4;
const SQUARE: f64 = 13.0;
/// Room for the figures at the right.
const FIGURES: f64 = 104.0;
const WIDE: f64 = 520.0;

/// Where the rows of a picture lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rows {
    width: f64,
    /// Whether the names stand beside what is drawn.
    wide: bool,
    /// The value at the left end and at the right end.
    ends: (f64, f64),
}

impl Rows {
    pub(super) fn new(width: f64, ends: (f64, f64)) -> Self {
        let ends = if ends.1 > ends.0 { ends } else { (ends.0, ends.0 + 1.0) };
        Self { width, wide: width >= WIDE, ends }
    }

    /// From one row to the next, in pixels.
    pub(super) fn step(self) -> f64 {
        if self.wide { 30.0 } else { 46.0 }
    }

    /// The middle of what is drawn of a row.
    pub(super) fn middle(self, row: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "rows are few")]
        let top = row as f64 * self.step();
        top + if self.wide { self.step() / 2.0 } else { 31.0 }
    }

    /// Where a value lies.
    pub(super) fn x(self, value: f64) -> f64 {
        let (left, right) = (if self.wide { NAMES } else { 4.0 }, self.width - FIGURES);
        let (least, most) = self.ends;
        left + (value.clamp(least, most) - least) / (most - least) * (right - left).max(1.0)
    }

    /// The name of a row and its figure.
    pub(super) fn words(self, row: usize, name: &str, figure: &str) -> AnyView {
        let (middle, x) = (self.middle(row), if self.wide { NAMES - 12.0 } else { 0.0 });
        let shown = fitted(name, if self.wide { x } else { self.width });
        let (y, anchor) = if self.wide { (middle + 4.0, "end") } else { (middle - 15.0, "start") };
        view! {
            <text class="chart__row-name" x=round(x) y=round(y) text-anchor=anchor>{shown}<title>{name.to_owned()}</title></text>
            <text class="chart__figure" x=round(self.width) y=round(middle + 4.0) text-anchor="end">{figure.to_owned()}</text>
        }
        .into_any()
    }

    /// Round values below the rows, each with a line up through them.
    pub(super) fn axis(self, count: usize, words: impl Fn(f64) -> String) -> AnyView {
        #[expect(clippy::cast_precision_loss, reason = "rows are few")]
        let bottom = count as f64 * self.step();
        let (least, most) = self.ends;
        let up = ticks(most.max(-least), 4);
        // Subtracted, for the negative of 0 reads -0.
        let values = up.iter().rev().map(|value| 0.0 - value).chain(up.iter().skip(1).copied());
        let lines = values.filter(|value| (least..=most).contains(value)).map(|value| {
            let x = round(self.x(value));
            view! {
                <line class="chart__grid" x1=x.clone() x2=x.clone() y1="0" y2=round(bottom)></line>
                <text class="chart__word" x=x y=round(bottom + 14.0) text-anchor="middle">{words(value)}</text>
            }
        });
        lines.collect_view().into_any()
    }

    /// A line down all rows at a value.
    pub(super) fn upright(self, value: f64, count: usize) -> AnyView {
        #[expect(clippy::cast_precision_loss, reason = "rows are few")]
        let bottom = count as f64 * self.step();
        let x = round(self.x(value));
        view! { <line class="chart__grid chart__grid--zero" x1=x.clone() x2=x y1="0" y2=round(bottom)></line> }
            .into_any()
    }
}

/// As much of a name as there is room for. All of it stands in the table of the picture.
fn fitted(name: &str, room: f64) -> String {
    let width = |letter: char| if letter < '\u{2e80}' { LETTER } else { SQUARE };
    if name.chars().map(width).sum::<f64>() <= room {
        return name.to_owned();
    }
    let mut left = room - SQUARE;
    let fits = |letter: &char| {
        left -= width(*letter);
        left >= 0.0
    };
    let start: String = name.chars().take_while(fits).collect();
    [start.trim_end(), "…"].concat()
}

/// A picture of rows; a button over each of them when there is something behind it.
#[component]
pub(super) fn RowsPicture(
    /// How many rows.
    count: Signal<usize>,
    /// The values at the left and at the right end.
    ends: Signal<(f64, f64)>,
    /// Room for an axis below the rows, in pixels.
    #[prop(default = 0.0)]
    below: f64,
    /// The name of a row with its figures, for the button.
    describe: Callback<usize, String>,
    /// What is drawn.
    draw: Callback<Rows, AnyView>,
    /// Opens what is behind a row.
    on_pick: Option<Callback<usize>>,
) -> impl IntoView {
    let frame = NodeRef::<html::Div>::new();
    let size = use_size(frame);
    let rows = Memo::new(move |_| Rows::new(size.get().0, ends.get()));
    #[expect(clippy::cast_precision_loss, reason = "rows are few")]
    let height = move || round(count.get() as f64 * rows.get().step() + below);
    let buttons = move || {
        let on_pick = on_pick?;
        let button = |index| {
            view! { <button type="button" class="chart__pick" aria-label=describe.run(index) on:click=move |_| on_pick.run(index)></button> }
        };
        Some((0..count.get()).map(button).collect_view())
    };
    view! {
        <div node_ref=frame class="chart__frame chart__frame--rows">
            <svg class="chart__picture" width="100%" height=height aria-hidden="true">{move || draw.run(rows.get())}</svg>
            <div class="chart__picks" style:--below=format!("{below}px")>{buttons}</div>
        </div>
    }
    .into_any()
}
