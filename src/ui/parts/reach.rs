//! Whether somebody can be reached by what stands in a field for it. Odd texts are said while they are typed, and kept all the same:
//! a note beside a number is worth more than none.

use crate::{i18n::t_string, model::link::is_mail, ui::wording::I18n};

/// What is odd about an e-mail address.
pub fn odd_email(i18n: I18n, text: &str) -> Option<String> {
    let fine = text.trim().is_empty() || is_mail(text);
    (!fine).then(|| t_string!(i18n, contacts.odd_email).to_owned())
}

/// What is odd about a telephone number.
pub fn odd_phone(i18n: I18n, text: &str) -> Option<String> {
    let fine = text.trim().is_empty() || is_phone(text);
    (!fine).then(|| t_string!(i18n, contacts.odd_phone).to_owned())
}

/// Whether a text is a telephone number: five digits or more, with nothing but the usual signs between, and an extension perhaps.
fn is_phone(text: &str) -> bool {
    let text = text.to_lowercase();
    let number = ["ext.", "ext", "x", "\u{8f6c}"]
        .iter()
        .find_map(|sign| text.split_once(sign))
        .map_or(&*text, |(number, _)| number);
    let usual =
        |c: char| c.is_ascii_digit() || c.is_whitespace() || "+-()/.\u{ff08}\u{ff09}\u{2010}\u{2013}".contains(c);
    number.chars().all(usual) && number.chars().filter(char::is_ascii_digit).count() >= 5
}
