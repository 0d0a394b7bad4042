//! A target profile made ready to look at many customers: its texts are folded once, not once per customer.

use super::target::{Answer, Match};
use crate::model::{Attribute, Customer, Level, Target, Trait, Wanted};

/// A target profile, ready to score customers.
#[derive(Clone, Debug)]
pub struct Screen {
    checks: Vec<Check>,
}

#[derive(Clone, Debug)]
struct Check {
    attribute: Attribute,
    test: Test,
    weight: u32,
}

/// What is wanted; the words are trimmed, folded and not empty.
#[derive(Clone, Debug)]
enum Test {
    AnyOf(Vec<String>),
    Contains(Vec<String>),
    AtLeast(Level),
    Between(f64, f64),
    Known,
}

impl Screen {
    /// The criteria of `target`.
    pub fn new(target: &Target) -> Self {
        let checks = target.wishes.iter().map(|wish| Check {
            attribute: wish.attribute.clone(),
            test: Test::new(&wish.wanted),
            weight: u32::from(wish.weight),
        });
        Self { checks: checks.collect() }
    }

    /// See [`score`](super::score()), which this is the work of.
    pub fn score(&self, customer: &Customer) -> Match {
        let mut buffer = String::new();
        let mut answers = Vec::with_capacity(self.checks.len());
        let (mut all, mut met, mut hoped) = (0, 0, 0);
        for check in &self.checks {
            let answer = check.test.answer(check.attribute.of(customer), &mut buffer);
            all += check.weight;
            match answer {
                Answer::Yes => met += check.weight,
                Answer::Unknown => hoped += check.weight,
                Answer::No => {}
            }
            answers.push(answer);
        }
        let share = |part: u32| (all > 0).then(|| f64::from(part) / f64::from(all));
        Match { score: share(met), best: share(met + hoped), answers }
    }
}

impl Test {
    fn new(wanted: &Wanted) -> Self {
        let folded = |words: &[String]| {
            let words = words.iter().map(|word| folded(word.trim()).collect::<String>());
            words.filter(|word| !word.is_empty()).collect()
        };
        match wanted {
            Wanted::AnyOf { words } => Self::AnyOf(folded(words)),
            Wanted::Contains { words } => Self::Contains(folded(words)),
            Wanted::AtLeast { level } => Self::AtLeast(*level),
            Wanted::Between { from, to } => {
                Self::Between(from.map_or(f64::NEG_INFINITY, f64::from), to.map_or(f64::INFINITY, f64::from))
            }
            Wanted::Known {} => Self::Known,
        }
    }

    fn answer(&self, found: Trait<'_>, buffer: &mut String) -> Answer {
        let yes = match (self, found) {
            (_, Trait::Unknown) => return Answer::Unknown,
            (Self::Known, _) => true,
            (Self::AtLeast(level), Trait::Level(found)) => found >= *level,
            (Self::AnyOf(words), Trait::Text(text)) => is_any(text, words),
            (Self::AnyOf(words), Trait::Labels(labels)) => labels.iter().any(|label| is_any(label, words)),
            (Self::Contains(words), Trait::Text(text)) => holds_any(text, words, buffer),
            (Self::Contains(words), Trait::Labels(labels)) => labels.iter().any(|l| holds_any(l, words, buffer)),
            (Self::Between(from, to), Trait::Text(text)) => match first_number(text) {
                Some(number) => (*from..=*to).contains(&number),
                None => return Answer::Unknown,
            },
            // A level is no text and a text no level.
            _ => false,
        };
        if yes { Answer::Yes } else { Answer::No }
    }
}

/// Small letters, character by character, so that a text and a word inside it fold alike wherever the word stands.
fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
}

fn is_any(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| folded(text.trim()).eq(word.chars()))
}

fn holds_any(text: &str, words: &[String], buffer: &mut String) -> bool {
    buffer.clear();
    buffer.extend(folded(text));
    words.iter().any(|word| buffer.contains(word))
}

/// The first number of a text; commas between groups of three digits are no end of it.
fn first_number(text: &str) -> Option<f64> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let digits = text.get(start..)?;
    let end = digits.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(digits.len());
    let number = digits.get(..end)?.trim_end_matches([',', '.']);
    number.replace(',', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_texts() {
        for (text, number) in [
            ("1,200", Some(1_200.0)),
            ("200-500 people", Some(200.0)),
            ("x 3.5.", Some(3.5)),
            ("many", None),
            ("", None),
        ] {
            assert_eq!(first_number(text), number, "{text}");
        }
    }

    #[test]
    fn a_word_folds_like_the_text_around_it() {
        // A capital sigma at the end of a word has a small form of its own in whole texts.
        let mut buffer = String::new();
        for (text, word) in [("ΟΔΟΣ", "οδοσ"), ("ΟΔΟΣ", "ΟΔΟΣ"), ("Straße", "STRAßE"), ("机械 A", "机械 a")]
        {
            let words = [folded(word).collect::<String>()];
            assert!(is_any(text, &words) && holds_any(&["x", text, "y"].concat(), &words, &mut buffer), "{text}");
        }
    }
}
