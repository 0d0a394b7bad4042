//! Locks between the tabs of this browser.

use std::{cell::Cell, future::Future, rc::Rc};

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};

/// Does `work` while no other tab of this origin does work under the same name. A tab that goes gives its lock back. Where the browser has
/// no locks, the work is done at once.
pub(crate) fn exclusively(name: &str, work: impl Future<Output = ()> + 'static) {
    let Some(locks) = Locks::of_browser() else {
        spawn_local(work);
        return;
    };
    // A refusal (a page that is being left) does nothing, and what was not done is tried again with the next change.
    locks.request(name, &[], |_| work).ok();
}

/// Does `work` like [`exclusively`] and waits for what comes of it; `None` when the page is being left.
pub(super) async fn held<T: 'static>(name: &str, work: impl Future<Output = T> + 'static) -> Option<T> {
    let Some(locks) = Locks::of_browser() else { return Some(work.await) };
    let outcome = Rc::new(Cell::new(None));
    let slot = outcome.clone();
    let done = locks.request(name, &[], |_| async move { slot.set(Some(work.await)) }).ok()?;
    JsFuture::from(done).await.ok()?;
    outcome.take()
}

/// Joins the tabs of this origin for as long as the page lives. When there is no other one, `first` is done before any may join. Tells
/// whether the browser has such locks; without them nothing is done.
pub(super) async fn join(name: &str, first: impl Future<Output = ()> + 'static) -> bool {
    let Some(locks) = Locks::of_browser() else { return false };
    let alone = locks.request(name, &[("ifAvailable", true.into())], |lock| async move {
        if !lock.is_null() {
            first.await;
        }
    });
    // Asked for in the same breath, so that nobody comes between; granted when whoever is first is done.
    let joined = Promise::new(&mut |resolve, _| {
        let hold = move |_| async move {
            resolve.call0(&JsValue::UNDEFINED).ok();
            std::future::pending::<()>().await;
        };
        locks.request(name, &[("mode", "shared".into())], hold).ok();
    });
    let Ok(alone) = alone else { return false };
    JsFuture::from(alone).await.is_ok() && JsFuture::from(joined).await.is_ok()
}

/// `navigator.locks`, which the library does not know as stable.
struct Locks {
    locks: JsValue,
    request: Function,
}

impl Locks {
    /// `None` where the browser has none: outside a secure context.
    fn of_browser() -> Option<Self> {
        let locks = Reflect::get(&window().navigator(), &"locks".into()).ok()?;
        let request = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
        Some(Self { locks, request })
    }

    /// Asks for a lock and does `work` while it is held, with the lock or with null.
    fn request<F: Future<Output = ()> + 'static>(
        &self,
        name: &str,
        options: &[(&str, JsValue)],
        work: impl FnOnce(JsValue) -> F + 'static,
    ) -> Result<Promise, JsValue> {
        let wanted = Object::new();
        for (option, value) in options {
            Reflect::set(&wanted, &(*option).into(), value)?;
        }
        let work = Closure::once_into_js(move |lock: JsValue| -> Promise {
            let work = work(lock);
            future_to_promise(async move {
                work.await;
                Ok(JsValue::UNDEFINED)
            })
        });
        self.request.call3(&self.locks, &name.into(), &wanted, &work)?.dyn_into()
    }
}
