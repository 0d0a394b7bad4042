//! Dragging something of a page with mouse, pen or finger.
//!
//! A mouse drags as soon as it moves with the button held; a finger drags after a short rest, so that it can still scroll. Whatever
//! has `data-drop` under the pointer takes what is dragged.

use std::time::Duration;

use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*};
use wasm_bindgen::JsCast;

/// How far a mouse moves before it drags, in pixels.
const SLOP: f64 = 5.0;
/// How long a finger rests before it drags.
const REST: Duration = Duration::from_millis(350);
/// How near to the edge of the row the pointer makes it scroll, in pixels.
const EDGE: f64 = 56.0;

/// What names the things that are dragged and the places that take them.
pub trait Name: Copy + PartialEq + Send + Sync + 'static {}

impl<T: Copy + PartialEq + Send + Sync + 'static> Name for T {}

/// A thing that is held down but not dragged yet.
#[derive(Clone, Copy, Debug)]
struct Press<K> {
    thing: K,
    at: (f64, f64),
    rest: Option<TimeoutHandle>,
}

/// The drag of a page. Copy it freely.
#[derive(Clone, Copy, Debug)]
pub struct Drag<K: Name, T: Name> {
    press: StoredValue<Option<Press<K>>>,
    dragged: RwSignal<Option<K>>,
    at: RwSignal<(f64, f64)>,
    over: RwSignal<Option<T>>,
    dropped: StoredValue<bool>,
    /// Reads the name of a place in `data-drop`.
    read: fn(&str) -> Option<T>,
    /// What scrolls sideways when the pointer comes to its edge.
    row: &'static str,
    on_drop: Callback<(K, T)>,
}

impl<K: Name, T: Name> Drag<K, T> {
    /// Listens to the pointer as long as the page is shown.
    pub fn listen(
        row: &'static str,
        read: fn(&str) -> Option<T>,
        on_drop: impl Fn(K, T) + Send + Sync + 'static,
    ) -> Self {
        let drag = Self {
            press: StoredValue::new(None),
            dragged: RwSignal::new(None),
            at: RwSignal::new((0.0, 0.0)),
            over: RwSignal::new(None),
            dropped: StoredValue::new(false),
            read,
            row,
            on_drop: Callback::new(move |(thing, place)| on_drop(thing, place)),
        };
        let pointed = window_event_listener(ev::pointermove, move |event| drag.on_move(&event));
        let ups = window_event_listener(ev::pointerup, move |_| drag.on_up());
        let cancels = window_event_listener(ev::pointercancel, move |_| drag.cancel());
        let keys = window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape" && drag.dragged.get_untracked().is_some() {
                drag.cancel();
            }
        });
        on_cleanup(move || {
            drag.cancel();
            pointed.remove();
            ups.remove();
            cancels.remove();
            keys.remove();
        });
        drag
    }

    /// What is being dragged.
    pub fn dragged(self) -> Signal<Option<K>> {
        self.dragged.into()
    }

    /// Where the pointer is.
    pub fn at(self) -> Signal<(f64, f64)> {
        self.at.into()
    }

    /// What would take it.
    pub fn over(self) -> Signal<Option<T>> {
        self.over.into()
    }

    /// Whether the click that is being handled ends a drag, and so opens nothing.
    pub fn ends_here(self) -> bool {
        self.dropped.try_update_value(std::mem::take).unwrap_or_default()
    }

    /// A pointer went down on a thing.
    pub fn press(self, thing: K, event: &ev::PointerEvent) {
        self.dropped.set_value(false);
        if event.button() != 0 || !event.is_primary() {
            return;
        }
        let at = (f64::from(event.client_x()), f64::from(event.client_y()));
        let rest = if event.pointer_type() == "mouse" {
            None
        } else {
            set_timeout_with_handle(move || self.begin(thing, at), REST).ok()
        };
        self.press.set_value(Some(Press { thing, at, rest }));
    }

    /// A finger that drags does not scroll.
    pub fn hold_scroll(self, event: &ev::TouchEvent) {
        if self.dragged.get_untracked().is_some() {
            event.prevent_default();
        }
    }

    /// A finger that rests on a thing drags it and calls no menu of the browser.
    pub fn hold_menu(self, event: &ev::MouseEvent) {
        if self.press.with_value(|press| press.is_some_and(|press| press.rest.is_some())) {
            event.prevent_default();
        }
    }

    fn begin(self, thing: K, at: (f64, f64)) {
        self.at.set(at);
        self.dragged.set(Some(thing));
        self.look(at);
    }

    fn on_move(self, event: &ev::PointerEvent) {
        let Some(press) = self.press.get_value() else { return };
        let at = (f64::from(event.client_x()), f64::from(event.client_y()));
        if self.dragged.get_untracked().is_some() {
            self.at.set(at);
            self.look(at);
            self.scroll_at_edge(at.0);
        } else if (at.0 - press.at.0).hypot(at.1 - press.at.1) > SLOP {
            if press.rest.is_some() {
                self.cancel();
            } else {
                self.begin(press.thing, at);
            }
        }
    }

    fn on_up(self) {
        let (dragged, over) = (self.dragged.get_untracked(), self.over.get_untracked());
        self.cancel();
        if let Some(thing) = dragged {
            self.dropped.set_value(true);
            if let Some(place) = over {
                self.on_drop.run((thing, place));
            }
        }
    }

    fn cancel(self) {
        if let Some(Some(Press { rest: Some(rest), .. })) = self.press.try_update_value(Option::take) {
            rest.clear();
        }
        if self.dragged.try_get_untracked().flatten().is_some() {
            self.dragged.set(None);
            self.over.set(None);
        }
    }

    fn look(self, at: (f64, f64)) {
        #[allow(clippy::cast_possible_truncation, reason = "positions on the screen are small")]
        let under = document().element_from_point(at.0 as f32, at.1 as f32);
        let zone = under.and_then(|element| element.closest("[data-drop]").ok().flatten());
        let over = zone.and_then(|zone| zone.get_attribute("data-drop")).and_then(|name| (self.read)(&name));
        if self.over.get_untracked() != over {
            self.over.set(over);
        }
    }

    fn scroll_at_edge(self, x: f64) {
        let Some(row) = document().query_selector(self.row).ok().flatten() else { return };
        let Ok(row) = row.dyn_into::<web_sys::HtmlElement>() else { return };
        let around = row.get_bounding_client_rect();
        if x < around.left() + EDGE {
            row.scroll_by_with_x_and_y(-16.0, 0.0);
        } else if x > around.right() - EDGE {
            row.scroll_by_with_x_and_y(16.0, 0.0);
        }
    }
}
