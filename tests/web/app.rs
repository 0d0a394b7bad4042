//! The page as a whole.

use leptos::mount::mount_to_body;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn the_page_mounts_and_leaves_nothing_behind() {
    let document = web_sys::window().and_then(|window| window.document()).expect("a browser page");
    let before = document.query_selector_all("body *").expect("a valid selector").length();

    let page = mount_to_body(loudou::ui::App);
    let heading = document.query_selector("h1").expect("a valid selector").expect("the page shows a heading");
    assert!(!heading.text_content().unwrap_or_default().trim().is_empty(), "the heading is empty");

    drop(page);
    let after = document.query_selector_all("body *").expect("a valid selector").length();
    assert_eq!(after, before, "unmounting left elements behind");
}
