//! Loudou's [`Ledger`] as a module of WebAssembly, to be timed beside JavaScript on the same deals: the text of a JSON file is read into
//! it, and every sum of the workload is computed anew for a filter. `bench.mjs` is the module's other half.

mod numbers;
mod read;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use numbers::numbers;
pub use read::{Deals, Names, read};
