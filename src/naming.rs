//! Names that mean the same although they are spelled differently.
//!
//! [`normalise`] takes away what makes no difference in any name; a [`Company`] also knows what makes none in a company's: its legal
//! form, the place it stands in, words such as "technology". Which words these are is data ([`CompanyWords`]), for they belong to
//! languages.

mod company;

pub use company::{Company, CompanyWords};

/// Whether a sign takes no place on the screen.
pub fn is_invisible(sign: char) -> bool {
    matches!(sign, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// A name with full-width letters made plain, invisible signs gone and case folded. Blanks and punctuation stay.
pub fn fold(name: &str) -> String {
    name.chars()
        .filter(|sign| !is_invisible(*sign))
        .map(|sign| match sign {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
            '\u{3000}' | '\u{a0}' => ' ',
            other => other,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// A name as it is compared: width and case folded, without blanks and punctuation; `+` and `#` stay, and so does a gap
/// between two digits, for `Plan 1.5` is not `Plan 15`. A name of punctuation only stays itself.
///
/// # Examples
///
/// ```
/// use loudou::naming::normalise;
///
/// assert_eq!(normalise("GTX Pro"), normalise("ｇｔｘ－PRO"));
/// assert_ne!(normalise("C++"), normalise("C#"));
/// ```
pub fn normalise(name: &str) -> String {
    let folded = fold(name);
    let mut key = String::with_capacity(folded.len());
    let mut gap = false;
    for sign in folded.chars() {
        if sign.is_alphanumeric() || matches!(sign, '+' | '#') {
            if gap && sign.is_ascii_digit() && key.ends_with(|last: char| last.is_ascii_digit()) {
                key.push(' ');
            }
            key.push(sign);
            gap = false;
        } else {
            gap = true;
        }
    }
    if key.is_empty() { folded.trim().to_owned() } else { key }
}

/// The words of a folded name: what stands between blanks and punctuation.
fn words(folded: &str) -> impl DoubleEndedIterator<Item = &str> {
    let border = |sign: char| !sign.is_alphanumeric() && sign != '+' && sign != '#';
    folded.split(border).filter(|word| !word.is_empty())
}

/// The letter without its accent, for letters of Latin alphabets; every other sign as it is.
fn without_accent(letter: char) -> &'static str {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => "o",
        'ř' => "r",
        'ś' | 'š' | 'ş' => "s",
        'ť' | 'ţ' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        _ => "",
    }
}

/// A folded name without accents.
fn plain_letters(folded: &str) -> String {
    let mut plain = String::with_capacity(folded.len());
    for letter in folded.chars() {
        match without_accent(letter) {
            "" => plain.push(letter),
            letters => plain.push_str(letters),
        }
    }
    plain
}

/// Whether a sign is written without gaps between words, as Chinese is.
fn is_han(sign: char) -> bool {
    matches!(sign, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost_that_counts() {
        assert_ne!(normalise("Plan 1.5"), normalise("Plan 15"));
        assert_eq!(normalise("???"), "???");
        assert_eq!(normalise("Plan\u{200b} 1"), "plan1");
    }

    #[test]
    fn accents_make_no_other_word() {
        assert_eq!(plain_letters(&fold("Société Générale Straße")), "societe generale strasse");
    }
}
