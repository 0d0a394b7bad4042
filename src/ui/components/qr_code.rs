//! A square code that cameras read.

use std::fmt::Write as _;

use leptos::prelude::*;
use qrcodegen::{QrCode as Code, QrCodeEcc};

/// The light border that a reader needs around the code, in modules.
const BORDER: i32 = 4;

/// A text as a square code, dark on light whatever the theme; nothing for a text that is too long for one.
#[component]
pub fn QrCode(
    /// The text.
    text: String,
    /// What it is, for who does not see it.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    // On a screen nothing of the code is worn off: the lowest correction makes the largest modules.
    let code = Code::encode_text(&text, QrCodeEcc::Low).ok()?;
    let side = code.size() + 2 * BORDER;
    Some(view! {
        <svg
            class="qr-code"
            viewBox=format!("0 0 {side} {side}")
            shape-rendering="crispEdges"
            role="img"
            aria-label=label
            data-testid="qr-code"
        >
            <path class="qr-code__modules" d=outline(&code)></path>
        </svg>
    })
}

/// Whether a text fits into a square code.
pub fn fits(text: &str) -> bool {
    Code::encode_text(text, QrCodeEcc::Low).is_ok()
}

/// A bar for every run of dark modules.
fn outline(code: &Code) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let start = x;
            while x < code.size() && code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                let (left, top, width) = (start + BORDER, y + BORDER, x - start);
                // Writing into a `String` cannot fail.
                let _infallible = write!(path, "M{left} {top}h{width}v1h-{width}z");
            }
            x += 1;
        }
    }
    path
}
