//! Loudou: a sales-funnel workbench that is a static web page.

pub mod codec;
pub mod metrics;
pub mod model;
pub mod storage;
pub mod training;
pub mod worker;

#[cfg(target_arch = "wasm32")]
pub mod store;
#[cfg(target_arch = "wasm32")]
pub mod ui;

#[cfg(target_arch = "wasm32")]
#[allow(missing_docs, unreachable_pub, clippy::all, clippy::pedantic, clippy::expect_used, reason = "generated code")]
mod translations {
    include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
}
/// The typed translations, generated from `locales/` by `build.rs`.
#[cfg(target_arch = "wasm32")]
pub use translations::i18n;
