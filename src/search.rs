//! Finds records by what a person types: parts of words, initials of words, and the pinyin of Chinese characters, in full or by
//! initials. Readings come from the crate `pinyin`, two of a character, so that 重 answers to `c` and to `z`.
//!
//! An [`Index`] is made once from a workspace; a search is one pass over it.

mod index;
mod needle;
mod sought;

pub use index::{Found, Hit, Index};
pub use needle::{Hay, Needle};
pub use sought::{Sought, folded};
