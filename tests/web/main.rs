//! Tests that need a real browser: `cargo xtask test --only web`.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "clippy knows a test by `#[test]`, which these cannot have"
)]

use leptos::mount::mount_to;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

/// An empty element of its own for a test to mount into.
fn section() -> HtmlElement {
    let document = web_sys::window().and_then(|window| window.document()).expect("a browser page");
    let section = document.create_element("section").expect("a valid name");
    document.body().expect("a body").append_child(&section).expect("room for a section");
    section.dyn_into().expect("an HTML element")
}

#[wasm_bindgen_test]
fn the_page_mounts_and_leaves_nothing_behind() {
    let section = section();

    let page = mount_to(section.clone(), loudou::ui::App);
    let heading = section.query_selector("h1").expect("a valid selector").expect("the page shows a heading");
    assert!(!heading.text_content().unwrap_or_default().trim().is_empty(), "the heading is empty");

    drop(page);
    assert_eq!(section.child_element_count(), 0, "unmounting left elements behind");
}
