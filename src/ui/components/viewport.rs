//! How large an element is, as a signal.

use leptos::{html, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::ResizeObserver;

/// The inner width and height of an element in pixels, (0, 0) before it is in the page; follows its changes.
pub fn use_size(element: NodeRef<html::Div>) -> Signal<(f64, f64)> {
    let size = RwSignal::new((0.0, 0.0));
    let watching = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn FnMut()>)>);
    Effect::new(move || {
        let Some(element) = element.get() else { return };
        let watched = element.clone();
        let measure = move || {
            let measured = (f64::from(watched.client_width()), f64::from(watched.client_height()));
            if size.try_get_untracked().is_some_and(|known| known != measured) {
                size.set(measured);
            }
        };
        measure();
        let measure = Closure::<dyn FnMut()>::new(measure);
        if let Ok(observer) = ResizeObserver::new(measure.as_ref().unchecked_ref()) {
            observer.observe(&element);
            watching.set_value(Some((observer, measure)));
        }
    });
    on_cleanup(move || {
        if let Some(Some((observer, _))) = watching.try_update_value(Option::take) {
            observer.disconnect();
        }
    });
    size.into()
}
