//! How long things take until they are painted, kept as performance measures that `cargo xtask bench` reads.

use leptos::prelude::*;

/// This moment on the page's own scale, in milliseconds since it was opened.
pub fn moment() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// Records a measure from `start` until the next picture is on the screen.
///
/// The first frame callback runs before that picture is painted, the second one after it.
pub fn measure_until_painted(name: &'static str, start: f64) {
    request_animation_frame(move || {
        request_animation_frame(move || measure(name, start));
    });
}

/// Records a measure from `start` until now.
pub fn measure(name: &str, start: f64) {
    let Some(performance) = window().performance() else { return };
    let options = web_sys::PerformanceMeasureOptions::new();
    options.set_start(&start.into());
    // A browser that keeps no measures only loses the figure.
    performance.measure_with_performance_measure_options(name, &options).ok();
}
