//! Names for people who do not want theirs on the wall: `content/code_names.json`.

use serde::Deserialize;

use super::{Language, Text, read};

/// The code name that belongs to a number: a colour, an animal and two digits. One name in 64,000 is the same for two numbers drawn
/// evenly, so in a class of thirty two people share one less than once in a hundred classes.
///
/// ```
/// use loudou::codec::content::{Language, code_names::name};
///
/// assert_eq!(name(47, Language::English), "Blue whale 47");
/// assert_eq!(name(47, Language::Chinese), "蓝鲸 47");
/// // The same number is the same animal in both languages, whatever the number.
/// assert_eq!(name(u32::MAX, Language::English), name(u32::MAX, Language::English));
/// ```
pub fn name(number: u32, language: Language) -> String {
    let form: Form = read(include_str!("../../../content/code_names.json"));
    let number = usize::try_from(number).unwrap_or_default();
    let pick = |words: &[Text], number: usize| {
        let place = number.checked_rem(words.len()).unwrap_or_default();
        words.get(place).map_or("", |word| word.in_language(language))
    };
    let (digits, rest) = (number % 100, number / 100);
    let colour = pick(&form.colours, rest);
    let animal = pick(&form.animals, rest.checked_div(form.colours.len()).unwrap_or_default());
    let gap = match language {
        Language::Chinese => "",
        Language::English => " ",
    };
    format!("{colour}{gap}{animal} {digits:02}")
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct Form {
    colours: Vec<Text>,
    animals: Vec<Text>,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_of_the_names_are_the_same() {
        for language in [Language::Chinese, Language::English] {
            let names: BTreeSet<String> = (0..16 * 40).map(|number| name(number * 100, language)).collect();
            assert_eq!(names.len(), 16 * 40, "{language:?}");
            assert_eq!(name(16 * 40 * 100, language), name(0, language));
        }
    }
}
