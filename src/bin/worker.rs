//! The background worker: long work runs here so that the page never freezes.

fn main() {
    #[cfg(target_arch = "wasm32")]
    console_error_panic_hook::set_once();
}
