//! Dragging something of a page with mouse, pen or finger.
//!
//! A mouse drags as soon as it moves with the button held; a pen or a finger drags after a short rest, so that it can still scroll. A
//! [`Grip`] is there to be dragged and nothing else: on it a finger drags at once. Whatever has `data-drop` under the pointer takes what
//! is dragged; Escape puts it back. Nothing moves by itself but what scrolls when the pointer comes to its edge.

use std::time::Duration;

use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*};
use wasm_bindgen::JsCast;

use crate::ui::components::icon::Icon;

/// How far a mouse moves before it drags, in pixels.
const SLOP: f64 = 5.0;
/// How long a finger rests before it drags.
const REST: Duration = Duration::from_millis(350);
/// How near to the edge of what scrolls the pointer makes it scroll, in pixels.
const EDGE: f64 = 56.0;
/// How far that is in a frame, in pixels.
const STEP: f64 = 8.0;

/// What names the things that are dragged and the places that take them.
pub trait Name: Copy + PartialEq + Send + Sync + 'static {}

impl<T: Copy + PartialEq + Send + Sync + 'static> Name for T {}

/// A thing that is held down but not dragged yet.
#[derive(Clone, Copy, Debug)]
struct Press<K> {
    thing: K,
    /// Which pointer: a second finger neither moves nor drops what the first one holds.
    pointer: i32,
    at: (f64, f64),
    rest: Option<TimeoutHandle>,
}

/// What scrolls when the pointer comes to its edge while something is dragged.
#[derive(Clone, Copy, Debug)]
pub enum Scrolls {
    /// A row, sideways.
    Row(&'static str),
    /// A page, up and down.
    Page(&'static str),
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
    scrolls: Scrolls,
    on_drop: Callback<(K, T)>,
}

impl<K: Name, T: Name> Drag<K, T> {
    /// Listens to the pointer as long as the page is shown.
    pub fn listen(
        scrolls: Scrolls,
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
            scrolls,
            on_drop: Callback::new(move |(thing, place)| on_drop(thing, place)),
        };
        let pointed = window_event_listener(ev::pointermove, move |event| drag.on_move(&event));
        let ups = window_event_listener(ev::pointerup, move |event| drag.on_up(&event));
        let cancels = window_event_listener(ev::pointercancel, move |event| {
            if drag.is_of(&event) {
                drag.cancel();
            }
        });
        let keys = window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape" && drag.dragged.get_untracked().is_some() {
                drag.cancel();
                // The button is still down: letting it go is no click either.
                drag.dropped.set_value(true);
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
        let waits = event.pointer_type() != "mouse";
        self.hold(thing, event, waits);
    }

    /// A pointer went down on the grip of a thing, which scrolls nothing.
    fn grip(self, thing: K, event: &ev::PointerEvent) {
        // What the grip lies on waits for a finger to rest; the press must not come to it as well.
        event.stop_propagation();
        self.hold(thing, event, false);
    }

    fn hold(self, thing: K, event: &ev::PointerEvent, waits: bool) {
        if event.button() != 0 || !event.is_primary() {
            return;
        }
        self.cancel();
        self.dropped.set_value(false);
        let at = (f64::from(event.client_x()), f64::from(event.client_y()));
        let rest = waits.then(|| set_timeout_with_handle(move || self.begin(thing, at), REST).ok()).flatten();
        self.press.set_value(Some(Press { thing, pointer: event.pointer_id(), at, rest }));
    }

    /// Whether it is the pointer that holds something.
    fn is_of(self, event: &ev::PointerEvent) -> bool {
        self.press.with_value(|press| press.is_some_and(|press| press.pointer == event.pointer_id()))
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
        self.scroll_on();
    }

    fn on_move(self, event: &ev::PointerEvent) {
        let Some(press) = self.press.get_value().filter(|press| press.pointer == event.pointer_id()) else { return };
        let at = (f64::from(event.client_x()), f64::from(event.client_y()));
        if self.dragged.get_untracked().is_some() {
            self.at.set(at);
            self.look(at);
        } else if (at.0 - press.at.0).hypot(at.1 - press.at.1) > SLOP {
            if press.rest.is_some() {
                self.cancel();
            } else {
                self.begin(press.thing, at);
            }
        }
    }

    fn on_up(self, event: &ev::PointerEvent) {
        if !self.is_of(event) {
            return;
        }
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

    /// Scrolls frame by frame as long as something is dragged: a pointer that waits at the edge sends no events.
    fn scroll_on(self) {
        if self.dragged.try_get_untracked().flatten().is_none() {
            return;
        }
        let at = self.at.get_untracked();
        if self.scroll_at_edge(at) {
            self.look(at);
        }
        request_animation_frame(move || self.scroll_on());
    }

    /// Whether the pointer is at an edge.
    fn scroll_at_edge(self, (x, y): (f64, f64)) -> bool {
        let (Scrolls::Row(css) | Scrolls::Page(css)) = self.scrolls;
        let Some(scroller) = document().query_selector(css).ok().flatten() else { return false };
        let Ok(scroller) = scroller.dyn_into::<web_sys::HtmlElement>() else { return false };
        let around = scroller.get_bounding_client_rect();
        let step = |at: f64, from: f64, to: f64| match () {
            () if at < from + EDGE => Some(-STEP),
            () if at > to - EDGE => Some(STEP),
            () => None,
        };
        let step = match self.scrolls {
            Scrolls::Row(_) => step(x, around.left(), around.right()).map(|right| (right, 0.0)),
            Scrolls::Page(_) => step(y, around.top(), around.bottom()).map(|down| (0.0, down)),
        };
        let Some((right, down)) = step else { return false };
        scroller.scroll_by_with_x_and_y(right, down);
        true
    }
}

/// What is dragged, beside the pointer.
#[component]
pub fn Ghost<K: Name, T: Name>(
    /// The drag of the page.
    drag: Drag<K, T>,
    /// What it looks like, for people who see it move.
    face: Callback<K, AnyView>,
) -> impl IntoView {
    let place = move || {
        let (x, y) = drag.at().get();
        format!("translate({x}px, {y}px)")
    };
    let dragged = Memo::new(move |_| drag.dragged().get());
    move || {
        dragged.get().map(|thing| {
            view! { <div class="ghost" aria-hidden="true" style:transform=place>{face.run(thing)}</div> }
        })
    }
}

/// What a thing is taken by. A picture for pointers: who comes with keys or a screen reader finds buttons beside it.
#[component]
pub fn Grip<K: Name, T: Name>(
    /// The drag of the page.
    drag: Drag<K, T>,
    /// What it belongs to.
    thing: K,
) -> impl IntoView {
    view! {
        <span class="grip" aria-hidden="true" data-testid="grip" on:pointerdown=move |event| drag.grip(thing, &event)>
            <Icon icon=icondata_lu::LuGripVertical/>
        </span>
    }
}
