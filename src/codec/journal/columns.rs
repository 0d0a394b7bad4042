//! Records by column: all titles, then all owners, and so on, which packs into two thirds of what record after record takes.
//!
//! It works on JSON whatever it says, so no record declares its form twice. A list of objects becomes `{"rows": 2, "columns": {…}}` with one
//! column for each key. A column holds the values of those objects that have the key, and is one of
//!
//! | JSON | values |
//! |---|---|
//! | `[…]` | as they are |
//! | `{"words": […], "at": "AAB"}` | few different ones, and for each value the [sign](signs) of its word |
//! | `{"days": "…"}` | dates, as the days from the one before |
//! | `{"seconds": "…"}` | times in UTC, as the seconds from the one before |
//! | `{"ids": "…"}` | identifiers, as the difference from the one before |
//! | `{"texts": "a\|b"}` | texts, with bars between them |
//! | `{"lengths": "…", "of": column}` | lists: how long each is, and the elements of all of them |
//! | `{"columns": {…}}` | objects, in columns of their own |
//!
//! A key that only some objects have stands before `{"in": "…", "of": column}`, with runs of those without it and those with it in turn.
//! Everything in a text of numbers is written in [signs]. Objects come back with their keys in the order in which the columns stand, which
//! means nothing to whoever reads a record.

mod days;
mod read;
mod signs;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod write;

pub(super) use read::{Room, are_columns, ids, lay_out_ids, rows};
pub(super) use write::columns;
