//! Tests that run on the host, in one crate to keep linking short.
#![cfg(not(target_arch = "wasm32"))]

mod storage_faults;
