//! Tests that need a browser: run with the wasm-bindgen test runner.

#![cfg(target_arch = "wasm32")]

mod charts;
mod route;
mod virtual_list;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
