//! Tests that need a real browser: `cargo xtask test --only web`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod app;
mod charts;
mod clock;
mod format;
mod order;
mod route;
mod storage;
mod store;
mod typed;
mod virtual_list;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
