//! Texts as searches see them.

/// A text as searches see it: trimmed, small letters, and the wide forms of letters, digits and signs as their plain ones.
pub fn folded(text: &str) -> String {
    fold(text.trim().chars()).collect()
}

fn fold(chars: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let narrow = |c: char| match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    chars.flat_map(move |c| narrow(c).to_lowercase())
}

/// A text that is searched for. Looking for it in another takes no memory, so that many can be looked through at every key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought(Vec<char>);

impl Sought {
    /// What a person searches for.
    pub fn of(text: &str) -> Self {
        Self(fold(text.trim().chars()).collect())
    }

    /// Whether nothing is searched for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether `text` holds it; every text holds nothing.
    pub fn is_in(&self, text: &str) -> bool {
        let mut rest = text.chars();
        loop {
            let mut here = fold(rest.clone());
            if self.0.iter().all(|wanted| here.next() == Some(*wanted)) {
                return true;
            }
            if rest.next().is_none() {
                return false;
            }
        }
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
