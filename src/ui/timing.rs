//! How long things take until they are painted, kept as performance measures that `cargo xtask bench` reads.

use std::sync::Once;

use js_sys::{Function, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};

/// This moment on the page's own scale, in milliseconds since it was opened.
pub fn moment() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// Records how long it took from the opening of the page until its first view is painted; later calls change nothing.
pub fn first_page_stands() {
    static STANDS: Once = Once::new();
    STANDS.call_once(|| measure_until_painted("loudou:start", 0.0));
}

/// Records a measure from `start` until the next picture is on the screen.
///
/// The first frame callback runs before that picture is painted, the second one after it.
pub fn measure_until_painted(name: &'static str, start: f64) {
    request_animation_frame(move || {
        request_animation_frame(move || measure(name, start));
    });
}

/// Records a measure from `start` until now. A browser that keeps no measures only loses the figure.
pub fn measure(name: &str, start: f64) {
    // The bindings lack the call that takes a start in milliseconds.
    let measured = (|| {
        let performance = JsValue::from(window().performance()?);
        let measure: Function = Reflect::get(&performance, &"measure".into()).ok()?.dyn_into().ok()?;
        let options = Object::new();
        Reflect::set(&options, &"start".into(), &start.into()).ok()?;
        measure.call2(&performance, &name.into(), &options).ok()
    })();
    drop(measured);
}
