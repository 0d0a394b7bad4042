//! A lock that one tab holds at a time.

use std::future::Future;

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{future_to_promise, spawn_local};

/// Does `work` while no other tab of this origin does work under the same name. A tab that goes gives its lock back. Where the browser has
/// no locks, the work is done at once.
pub(crate) fn exclusively(name: &str, work: impl Future<Output = ()> + 'static) {
    let Some((locks, request)) = request() else {
        spawn_local(work);
        return;
    };
    let work = Closure::once_into_js(move || -> Promise {
        future_to_promise(async move {
            work.await;
            Ok(JsValue::UNDEFINED)
        })
    });
    // A refusal (a page that is being left) does nothing, and what was not done is tried again with the next change.
    request.call2(&locks, &name.into(), &work).ok();
}

/// `navigator.locks` and its `request`, which the library does not know as stable.
fn request() -> Option<(JsValue, Function)> {
    let locks = Reflect::get(&window().navigator(), &"locks".into()).ok()?;
    let request = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    Some((locks, request))
}
