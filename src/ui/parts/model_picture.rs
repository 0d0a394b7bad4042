//! A model as a small picture.

use leptos::prelude::*;

use crate::model::Share;

/// The stages from top to bottom, as wide as what reaches them of what enters at the top; `promotion` holds their rates. What follows
/// after the win is a band of its own below: it is no stage and has no width to be read.
///
/// The promotion rates of most models would draw a needle, so widths are square roots: the area of a round funnel.
pub fn model_picture(promotion: &[Share], after_sale: bool) -> AnyView {
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
    let after = after_sale.then(|| {
        view! {
            <path class="model-picture__way" d="M28 66v4m-2.5 -2.5l2.5 2.5l2.5 -2.5"></path>
            <rect class="model-picture__after" x="10" y="72.5" width="36" height="9" rx="4.5"></rect>
        }
    });
    let view_box = if after_sale { "0 0 56 83" } else { "0 0 56 64" };
    view! { <svg class="model-picture" viewBox=view_box aria-hidden="true">{bands}{after}</svg> }.into_any()
}
