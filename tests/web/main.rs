//! Tests that need a real browser: `cargo xtask test --only web`.
#![cfg(target_arch = "wasm32")]

mod app;
mod charts;
mod clock;
mod format;
mod route;
mod storage;
mod store;
mod typed;
mod virtual_list;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
