//! What goes in and out as text.

pub mod content;
