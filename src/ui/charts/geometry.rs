//! Where the lines of the charts go: pure arithmetic.

/// How wide a letter of a name is, as a rule, and a Chinese one, in pixels.
const LETTER: f64 = 6.4;
const SQUARE: f64 = 13.0;

/// A segment of the funnel: its upper and lower width as shares of the widest stage, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Segment {
    /// The width at the upper edge: the stage's own size, true to scale.
    pub top: f64,
    /// The width at the lower edge, on the straight wall towards the next stage's upper edge.
    pub bottom: f64,
}

/// The segments of a funnel with stages of these sizes, from wide to narrow or not.
///
/// `reach` is how much of the way to the next upper edge a segment fills (the rest is the gap). The last
/// segment goes straight down. Sizes that are negative or not finite count as 0; `most` is the size drawn
/// at full width, so that an outline and a funnel share one scale.
pub fn segments(sizes: &[f64], most: f64, reach: f64) -> Vec<Segment> {
    let share = |size: f64| if size.is_finite() && most > 0.0 { (size / most).clamp(0.0, 1.0) } else { 0.0 };
    let tops: Vec<f64> = sizes.iter().copied().map(share).collect();
    let nexts = tops.iter().copied().skip(1).chain(tops.last().copied());
    tops.iter().zip(nexts).map(|(&top, next)| Segment { top, bottom: top + (next - top) * reach }).collect()
}

/// The outline of a segment in a box of 100 × 100, for the `points` of a polygon.
pub fn outline(segment: Segment) -> String {
    let (top, bottom) = (segment.top * 50.0, segment.bottom * 50.0);
    let corners = [(50.0 - top, 0), (50.0 + top, 0), (50.0 + bottom, 100), (50.0 - bottom, 100)];
    corners.map(|(x, y)| [round(x).as_str(), &y.to_string()].join(",")).join(" ")
}

/// Round values from 0 to at least `most`, about `wanted` steps of 1, 2 or 5 times a power of ten.
///
/// The last is never below `most`; nothing to show gives 0 and 1.
pub fn ticks(most: f64, wanted: u32) -> Vec<f64> {
    if !most.is_finite() || most <= 0.0 {
        return vec![0.0, 1.0];
    }
    let rough = most / f64::from(wanted.max(1));
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|factor| factor * power).find(|step| *step >= rough * 0.999);
    let step = step.unwrap_or(10.0 * power);
    let mut ticks = vec![0.0];
    let mut next = step;
    while ticks.last().is_some_and(|last| *last < most * 0.999_999) {
        ticks.push(next);
        next += step;
    }
    ticks
}

/// Where the parts of a stacked bar start and end, from 0 upwards; negative parts count as 0.
pub fn stack(parts: &[f64]) -> Vec<(f64, f64)> {
    parts
        .iter()
        .scan(0.0, |base, part| {
            let start = *base;
            *base += part.max(0.0);
            Some((start, *base))
        })
        .collect()
}

/// As much of a name as has room in a picture, in pixels. All of it stands in the table of the picture.
pub fn shortened(name: &str, room: f64) -> String {
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

/// Heights as near as possible to those wished for, in the same order, with at least `gap` from one to the next between `top` and
/// `bottom`; without room for all of them, the first ones share the top.
pub fn apart(wished: &[f64], gap: f64, top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wished.len()).collect();
    let at = |index: &usize| wished.get(*index).copied().unwrap_or(top);
    order.sort_by(|a, b| at(a).total_cmp(&at(b)));
    let mut placed: Vec<f64> = Vec::with_capacity(order.len());
    for index in &order {
        let free = placed.last().map_or(top, |above| above + gap);
        placed.push(at(index).max(free));
    }
    // From the bottom up: whoever was pushed out moves back in, and those above make room.
    let mut floor = bottom;
    for place in placed.iter_mut().rev() {
        *place = place.min(floor).max(top);
        floor = *place - gap;
    }
    let mut heights = vec![top; wished.len()];
    for (index, place) in order.into_iter().zip(placed) {
        if let Some(height) = heights.get_mut(index) {
            *height = place;
        }
    }
    heights
}

/// A coordinate with two decimals, as SVG wants it.
pub fn round(value: f64) -> String {
    ((value * 100.0).round() / 100.0).to_string()
}
