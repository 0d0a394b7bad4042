//! Texts as searches see them.

use std::char::ToLowercase;

/// A text as searches see it: trimmed, small letters, and the wide forms of letters, digits and signs as their plain ones.
pub fn folded(text: &str) -> String {
    text.trim().chars().flat_map(fold).collect()
}

fn fold(c: char) -> ToLowercase {
    let narrow = match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    narrow.to_lowercase()
}

/// A text that is searched for. Looking for it in another takes no memory, so that many can be looked through at every key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought(Vec<char>);

impl Sought {
    /// What a person searches for.
    pub fn of(text: &str) -> Self {
        Self(text.trim().chars().flat_map(fold).collect())
    }

    /// Whether nothing is searched for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether `text` holds it; every text holds nothing.
    pub fn is_in(&self, text: &str) -> bool {
        let Some(first) = self.0.first() else { return true };
        // Most places are not where it begins, which the first letter tells.
        let begins =
            |c: char| if c.is_ascii() { c.to_ascii_lowercase() == *first } else { fold(c).next() == Some(*first) };
        text.char_indices().filter(|(_, c)| begins(*c)).any(|(at, _)| {
            let mut here = text.get(at..).unwrap_or_default().chars().flat_map(fold);
            self.0.iter().all(|wanted| here.next() == Some(*wanted))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_case_nor_width_hides_a_text() {
        for (sought, text, found) in [
            ("gtx", "The GTX Pro", true),
            ("\u{ff27}tx\u{3000}p", "The GTX Pro", true),
            ("gtx pro", "GTX-Pro", false),
            ("", "", true),
            ("a", "", false),
            ("aab", "aaab", true),
            (" pro ", "Pro", true),
        ] {
            assert_eq!(Sought::of(sought).is_in(text), found, "{sought} in {text}");
            assert_eq!(folded(text).contains(&folded(sought)), found, "{sought} in {text}");
        }
    }
}
