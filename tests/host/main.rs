//! What can be tested without a browser: the laws of the model, the codecs, the metrics and the storage.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod r#gen;
mod golden;
mod laws;
