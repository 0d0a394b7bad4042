//! Mounts the page. Host builds have nothing to mount.

fn main() {
    #[cfg(target_arch = "wasm32")]
    {
        std::panic::set_hook(Box::new(|panic| {
            console_error_panic_hook::hook(panic);
            show_crash(&panic.to_string());
        }));
        leptos::mount::mount_to_body(loudou::ui::App);
    }
}

/// Opens the `#crash` panel of `index.html`: after a panic nothing of the page answers any more, and a silent dead page
/// would leave the user typing into nothing. The panel's buttons live in `static/crash.js`, outside this program.
#[cfg(target_arch = "wasm32")]
fn show_crash(details: &str) {
    use wasm_bindgen::JsCast;

    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    if let Some(element) = document.get_element_by_id("crash-details") {
        element.set_text_content(Some(details));
    }
    let panel =
        document.get_element_by_id("crash").and_then(|panel| panel.dyn_into::<web_sys::HtmlDialogElement>().ok());
    if let Some(panel) = panel.filter(|panel| !panel.open())
        && panel.show_modal().is_err()
    {
        panel.set_open(true);
    }
}
