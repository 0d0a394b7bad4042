//! The tour: a few steps over the visitor's own screen, each pointing at what it is about. It ends at any time, and whoever ended it is
//! not asked again.

use std::time::Duration;

use leptos::{ev, html, prelude::*};

use super::use_guided;
use crate::{
    codec::content::{
        Text,
        help::{TourStep, help},
    },
    i18n::{t, t_string, use_i18n},
    ui::{
        components::{
            button::{Button, Variant},
            dom_id,
        },
        format::use_format,
        route::{Route, use_navigation},
        settings::use_settings,
    },
};

/// How often the part that a step points at is looked for: pages are fetched, grow and are scrolled.
const LOOK: Duration = Duration::from_millis(150);

/// Where the part is on the screen, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Spot {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

/// The step that is shown, if any.
#[component]
pub(super) fn Tour() -> impl IntoView {
    let guided = use_guided();
    let step = Memo::new(move |_| guided.step.get().filter(|place| *place < help().tour.len()));
    let pressed = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" && guided.step.with_untracked(Option::is_some) {
            guided.end();
        }
    });
    on_cleanup(move || pressed.remove());
    move || step.get().and_then(|place| Some(view! { <Step place step=help().tour.get(place)?/> }))
}

#[component]
fn Step(place: usize, step: &'static TourStep) -> impl IntoView {
    let (i18n, format, settings, navigation) = (use_i18n(), use_format(), use_settings(), use_navigation());
    let guided = use_guided();
    let text = move |text: Text| text.in_language(settings.language.get().into());
    if let Some(page) = step.page {
        let (route, query) = Route::parse(page);
        if navigation.route.with_untracked(|here| *here != route) {
            navigation.go_with(&route, &query);
        }
    }
    let spot = RwSignal::new(None::<Spot>);
    // The part is brought into view once, and followed from then on.
    let is_found = StoredValue::new(false);
    let look = move || {
        let part = document().query_selector(step.at).ok().flatten();
        if let Some(part) = part.as_ref().filter(|_| !is_found.get_value()) {
            part.scroll_into_view_with_scroll_into_view_options(&gently());
            is_found.set_value(true);
        }
        let rect = part.map(|part| part.get_bounding_client_rect()).filter(|rect| rect.width() > 0.0);
        let found =
            rect.map(|rect| Spot { left: rect.left(), top: rect.top(), width: rect.width(), height: rect.height() });
        if spot.get_untracked() != found {
            spot.set(found);
        }
    };
    look();
    if let Ok(handle) = set_interval_with_handle(look, LOOK) {
        on_cleanup(move || handle.clear());
    }
    let card = NodeRef::<html::Section>::new();
    Effect::new(move || {
        if let Some(card) = card.get() {
            card.focus().ok();
        }
    });
    let all = help().tour.len();
    let is_last = place + 1 == all;
    let counted = move || {
        let (at, all) = (format.count(place + 1), format.count(all));
        t_string!(i18n, learn.tour.step_of, at = at, all = all).to_string()
    };
    let next = move |_| if is_last { guided.end() } else { guided.step.set(Some(place + 1)) };
    let ring = move || {
        spot.get().map(|Spot { left, top, width, height }| {
            let pixels = |value: f64| [value.round().to_string(), "px".to_owned()].concat();
            view! {
                <div
                    class="tour__ring"
                    aria-hidden="true"
                    style:left=pixels(left)
                    style:top=pixels(top)
                    style:width=pixels(width)
                    style:height=pixels(height)
                ></div>
            }
        })
    };
    // The card keeps out of the way of what it points at.
    let is_low = move || {
        let middle = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default() / 2.0;
        spot.with(|spot| spot.is_some_and(|spot| spot.top > middle))
    };
    let id = dom_id::fresh();
    view! {
        {ring}
        <section
            node_ref=card
            class="card tour__card"
            class:tour__card--high=is_low
            role="dialog"
            aria-labelledby=id.clone()
            tabindex="-1"
            data-testid="tour"
            data-step=place.to_string()
        >
            <p class="small muted">{counted}</p>
            <h2 id=id.clone()>{move || text(step.title)}</h2>
            <p>{move || text(step.words)}</p>
            <div class="tour__steps">
                <Button variant=Variant::Bare on_click=move |_| guided.end() attr:data-testid="tour-end">{t!(i18n, learn.tour.end)}</Button>
                <Button
                    disabled=place == 0
                    on_click=move |_| guided.step.set(place.checked_sub(1))
                >
                    {t!(i18n, learn.lessons.back)}
                </Button>
                <Button variant=Variant::Primary on_click=next attr:data-testid="tour-next">
                    {move || if is_last { t_string!(i18n, learn.tour.done) } else { t_string!(i18n, learn.lessons.next) }}
                </Button>
            </div>
        </section>
    }
    .into_any()
}

/// Without more movement than it takes.
fn gently() -> web_sys::ScrollIntoViewOptions {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    options
}
