//! A model as a small picture.

use leptos::prelude::*;

use crate::model::Share;

/// The stages from top to bottom, as wide as what reaches them of what enters at the top; `promotion` holds their rates.
///
/// The promotion rates of most models would draw a needle, so widths are square roots: the area of a round funnel.
pub fn model_picture(promotion: &[Share]) -> AnyView {
    const WIDTH: f64 = 56.0;
    const HEIGHT: f64 = 64.0;
    #[expect(clippy::cast_precision_loss, reason = "stages are few")]
    let (count, last) = (promotion.len() as f64, (promotion.len().saturating_sub(1).max(1)) as f64);
    let step = HEIGHT / count;
    let mut share = 1.0_f64;
    let mut place = 0.0_f64;
    let mut bands = Vec::new();
    for rate in promotion {
        let top = share.sqrt() * WIDTH;
        share *= rate.as_f64();
        let bottom = share.sqrt() * WIDTH;
        let (from, to) = (place * step, (place + 1.0) * step - 1.5);
        let (left, low_left) = ((WIDTH - top) / 2.0, (WIDTH - bottom) / 2.0);
        let (right, low_right) = (WIDTH - left, WIDTH - low_left);
        let path = format!("M{left:.1} {from:.1}H{right:.1}L{low_right:.1} {to:.1}H{low_left:.1}Z");
        bands.push(view! { <path d=path style:--stage-position=(place / last).to_string()></path> });
        place += 1.0;
    }
    view! { <svg class="model-picture" viewBox="0 0 56 64" aria-hidden="true">{bands}</svg> }.into_any()
}
