//! The page as a whole.

use gloo_timers::future::TimeoutFuture;
use leptos::{
    mount::mount_to,
    prelude::{document, window},
    task::tick,
};
use wasm_bindgen_test::wasm_bindgen_test;

/// Mounts the page; it is gone when the handle is dropped.
fn open_page() -> impl Sized {
    mount_to(document().body().expect("a body"), loudou::ui::App)
}

/// Everything in the document, its head included.
fn nodes() -> u32 {
    document().query_selector_all("*").expect("a valid selector").length()
}

/// The heading of the page that is shown; what is kept is made whole before there is one.
async fn heading(place: &str) -> web_sys::Element {
    for _ in 0..200 {
        // The browser reports a new address in a task of its own.
        TimeoutFuture::new(0).await;
        tick().await;
        if let Some(heading) = document().query_selector("main h1").expect("a valid selector") {
            return heading;
        }
        TimeoutFuture::new(5).await;
    }
    panic!("{place} has no heading")
}

#[wasm_bindgen_test]
async fn the_page_mounts_and_leaves_nothing_behind() {
    let before = nodes();
    let page = open_page();
    let heading = heading("the page").await;
    assert!(!heading.text_content().unwrap_or_default().trim().is_empty(), "the heading is empty");
    drop(page);
    assert_eq!(nodes(), before, "unmounting left elements behind");
}

#[wasm_bindgen_test]
async fn fifty_visits_to_every_page_leave_nothing_behind() {
    let location = window().location();
    let before = nodes();
    for visit in 0..50 {
        let page = open_page();
        for address in [
            "#/",
            "#/board",
            "#/funnel",
            "#/deals",
            "#/models",
            "#/model/general",
            "#/data",
            "#/import",
            "#/settings",
            "#/shared?d=TERV",
            "#/nowhere",
        ] {
            location.set_hash(address).expect("an address");
            heading(&format!("{address} at visit {visit}")).await;
        }
        drop(page);
        assert_eq!(nodes(), before, "visit {visit} left elements behind");
    }
    // A page that is gone answers to nothing: a listener left behind would read signals that are gone, and panic.
    location.set_hash("#/board").expect("an address");
    tick().await;
    for event in ["hashchange", "storage", "beforeunload", "resize", "pagehide"] {
        let event = web_sys::Event::new(event).expect("an event");
        window().dispatch_event(&event).expect("a window");
    }
    window().dispatch_event(&web_sys::KeyboardEvent::new("keydown").expect("an event")).expect("a window");
    TimeoutFuture::new(50).await;
    assert_eq!(nodes(), before);
    location.set_hash("").expect("an address");
}
