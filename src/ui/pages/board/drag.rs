//! Dragging a card with mouse, pen or finger.
//!
//! A mouse drags as soon as it moves with the button held; a finger drags after a short rest on the card, so that it can still
//! scroll. Whatever has `data-drop` under the pointer takes the card.

use std::time::Duration;

use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*};
use wasm_bindgen::JsCast;

use crate::{
    model::DealId,
    ui::parts::mover::{Mover, Target},
};

/// How far a mouse moves before it drags, in pixels.
const SLOP: f64 = 5.0;
/// How long a finger rests before it drags.
const REST: Duration = Duration::from_millis(350);
/// How near to the edge of the board the pointer makes it scroll, in pixels.
const EDGE: f64 = 56.0;

/// A card that is held down but not dragged yet.
#[derive(Clone, Copy, Debug)]
struct Press {
    deal: DealId,
    at: (f64, f64),
    rest: Option<TimeoutHandle>,
}

/// The drag of a board. Copy it freely.
#[derive(Clone, Copy, Debug)]
pub struct Drag {
    press: StoredValue<Option<Press>>,
    dragged: RwSignal<Option<DealId>>,
    at: RwSignal<(f64, f64)>,
    over: RwSignal<Option<Target>>,
    dropped: StoredValue<bool>,
    mover: Mover,
}

impl Drag {
    /// Listens to the pointer as long as the board is shown.
    pub fn listen(mover: Mover) -> Self {
        let drag = Self {
            press: StoredValue::default(),
            dragged: RwSignal::new(None),
            at: RwSignal::new((0.0, 0.0)),
            over: RwSignal::new(None),
            dropped: StoredValue::new(false),
            mover,
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

    /// The card being dragged.
    pub fn dragged(self) -> Signal<Option<DealId>> {
        self.dragged.into()
    }

    /// Where the pointer is.
    pub fn at(self) -> Signal<(f64, f64)> {
        self.at.into()
    }

    /// What would take the card.
    pub fn over(self) -> Signal<Option<Target>> {
        self.over.into()
    }

    /// Whether the click that is being handled ends a drag, and so opens nothing.
    pub fn ends_here(self) -> bool {
        self.dropped.try_update_value(std::mem::take).unwrap_or_default()
    }

    /// A pointer went down on a card.
    pub fn press(self, deal: DealId, event: &ev::PointerEvent) {
        self.dropped.set_value(false);
        if event.button() != 0 || !event.is_primary() {
            return;
        }
        let at = (f64::from(event.client_x()), f64::from(event.client_y()));
        let rest = if event.pointer_type() == "mouse" {
            None
        } else {
            set_timeout_with_handle(move || self.begin(deal, at), REST).ok()
        };
        self.press.set_value(Some(Press { deal, at, rest }));
    }

    /// A finger that drags does not scroll.
    pub fn hold_scroll(self, event: &ev::TouchEvent) {
        if self.dragged.get_untracked().is_some() {
            event.prevent_default();
        }
    }

    /// A finger that rests on a card drags it and calls no menu of the browser.
    pub fn hold_menu(self, event: &ev::MouseEvent) {
        if self.press.with_value(|press| press.is_some_and(|press| press.rest.is_some())) {
            event.prevent_default();
        }
    }

    fn begin(self, deal: DealId, at: (f64, f64)) {
        self.at.set(at);
        self.dragged.set(Some(deal));
        self.look(at);
    }

    fn on_move(self, event: &ev::PointerEvent) {
        let Some(press) = self.press.get_value() else { return };
        let at = (f64::from(event.client_x()), f64::from(event.client_y()));
        if self.dragged.get_untracked().is_some() {
            self.at.set(at);
            self.look(at);
            scroll_at_edge(at.0);
        } else if (at.0 - press.at.0).hypot(at.1 - press.at.1) > SLOP {
            if press.rest.is_some() {
                self.cancel();
            } else {
                self.begin(press.deal, at);
            }
        }
    }

    fn on_up(self) {
        let (dragged, over) = (self.dragged.get_untracked(), self.over.get_untracked());
        self.cancel();
        if let Some(deal) = dragged {
            self.dropped.set_value(true);
            if let Some(target) = over {
                self.mover.go(deal, target);
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
        let over = zone.and_then(|zone| zone.get_attribute("data-drop")).and_then(|name| read(&name));
        if self.over.get_untracked() != over {
            self.over.set(over);
        }
    }
}

/// The name of a target in `data-drop`.
pub fn name(target: Target) -> String {
    match target {
        Target::Stage(stage) => stage.to_string(),
        Target::Won => "won".to_owned(),
        Target::Lost => "lost".to_owned(),
        Target::Dormant => "dormant".to_owned(),
        Target::Open => "open".to_owned(),
    }
}

fn read(name: &str) -> Option<Target> {
    let outcome = [Target::Won, Target::Lost, Target::Dormant].into_iter().find(|target| self::name(*target) == name);
    outcome.or_else(|| name.parse().ok().map(Target::Stage))
}

fn scroll_at_edge(x: f64) {
    let Some(board) = document().query_selector(".board__columns").ok().flatten() else { return };
    let Ok(board) = board.dyn_into::<web_sys::HtmlElement>() else { return };
    let around = board.get_bounding_client_rect();
    if x < around.left() + EDGE {
        board.scroll_by_with_x_and_y(-16.0, 0.0);
    } else if x > around.right() - EDGE {
        board.scroll_by_with_x_and_y(16.0, 0.0);
    }
}
