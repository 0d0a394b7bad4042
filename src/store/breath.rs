//! Pauses in long work on the page, so that it stays quick meanwhile.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::document;

/// So many milliseconds the page works at a stretch: less than the time between two pictures.
const STRETCH: f64 = 12.0;

/// Knows since when the page has been at work.
#[derive(Debug)]
pub(crate) struct Breath(f64);

impl Breath {
    /// The work begins now.
    pub(crate) fn new() -> Self {
        Self(js_sys::Date::now())
    }

    /// Lets the browser do what waits, when the page has been at work for a while. A page that nobody sees goes on without a pause: there
    /// each would take a second.
    pub(crate) async fn take(&mut self) {
        if js_sys::Date::now() - self.0 >= STRETCH {
            if !document().hidden() {
                TimeoutFuture::new(0).await;
            }
            *self = Self::new();
        }
    }
}
