//! Mounts the page. Host builds have nothing to mount.

fn main() {
    #[cfg(target_arch = "wasm32")]
    {
        console_error_panic_hook::set_once();
        leptos::mount::mount_to_body(loudou::ui::App);
    }
}
