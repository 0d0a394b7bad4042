//! Finds records by what a person types: parts of words, initials of words, and the pinyin of Chinese characters, in full or by
//! initials. Readings come from the crate `pinyin`, two of a character, so that 重 answers to `c` and to `z`.
//!
//! An [`Index`] is made once from a workspace; a search is one pass over it.

mod index;
mod needle;

pub use index::{Found, Hit, Index};
pub use needle::{Hay, Needle};

/// A text as searches see it: small letters, and the wide forms of letters, digits and signs as their plain ones.
pub fn folded(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    text.trim().chars().flat_map(|c| narrow(c).to_lowercase()).collect()
}
