//! Texts that carry a workspace: the JSON document that people exchange, and the pieces and changes that storage keeps.

pub mod document;
pub mod journal;
