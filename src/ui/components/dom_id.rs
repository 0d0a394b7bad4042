//! Ids that tie elements together: a label to its field, a button to its popover.

use std::sync::atomic::{AtomicU32, Ordering};

/// An element id that no other element of the page has.
pub fn fresh() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let mut id = String::from("id");
    id.push_str(&NEXT.fetch_add(1, Ordering::Relaxed).to_string());
    id
}
