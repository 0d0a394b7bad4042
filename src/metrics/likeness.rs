//! How alike the names of two companies are.

use std::collections::BTreeSet;

use crate::naming::{Company, CompanyWords};

/// What speaks for two customers being the same company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// The names differ in nothing that counts.
    SameName,
    /// The legal forms differ.
    OtherForm,
    /// Only one of the names says where, or they name different places.
    OtherPlace,
    /// The same words stand in another order.
    WordOrder,
    /// One of the names says more of what the company does.
    MoreWords,
    /// The names are spelled almost alike.
    Spelling,
    /// The name of one is the short name of the other.
    ShortName,
    /// A phone number is the same.
    Phone,
    /// E-mail addresses are of the same host, which is not open to everybody.
    MailHost,
    /// The address is the same.
    Address,
}

/// How alike two names are, 0 to 1, and why.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Likeness {
    /// 1 when they differ in nothing that counts; 0 when nothing speaks for it.
    pub score: f64,
    /// What speaks for it, and what differs all the same.
    pub signs: BTreeSet<Sign>,
}

/// A company's own words of fewer signs than this do not say for sure which one it is.
const TELLING: usize = 4;
/// A name of at least so many letters may have one wrong.
const ONE_WRONG: usize = 6;
/// A name of at least so many letters may have two wrong.
const TWO_WRONG: usize = 12;

/// How alike the names of two companies are. Which comes first makes no difference.
///
/// The names alone speak for the same company from about 0.84 on. Between 0.5 and that, something else must speak for it too.
pub fn likeness(one: &Company, two: &Company, about: &CompanyWords) -> Likeness {
    let (mut score, mut signs) = by_words(one, two, about);
    if score == 0.0 {
        return Likeness::default();
    }
    if one.core == two.core && one.form != two.form && !one.form.is_empty() && !two.form.is_empty() {
        score *= 0.95;
        signs.insert(Sign::OtherForm);
    }
    if one.regions != two.regions {
        let inside = |few: &Company, many: &Company| few.regions.iter().all(|region| many.regions.contains(region));
        score = if inside(one, two) || inside(two, one) { score * 0.96 } else { score.min(0.55) };
        signs.insert(Sign::OtherPlace);
    }
    Likeness { score, signs }
}

fn by_words(one: &Company, two: &Company, about: &CompanyWords) -> (f64, BTreeSet<Sign>) {
    let because = |score, sign| (score, BTreeSet::from([sign]));
    if one.core == two.core {
        return because(1.0, Sign::SameName);
    }
    if one.words.len() > 1 && sorted(&one.words) == sorted(&two.words) {
        return because(0.95, Sign::WordOrder);
    }
    if one.trade == two.trade {
        return because(by_descriptors(one, two, about), Sign::MoreWords);
    }
    let score = by_spelling(one, two);
    if score == 0.0 { (0.0, BTreeSet::new()) } else { because(score, Sign::Spelling) }
}

fn sorted(words: &[String]) -> Vec<&String> {
    let mut words: Vec<_> = words.iter().collect();
    words.sort_unstable();
    words
}

/// The likeness of two companies that only what they do tells apart.
fn by_descriptors(one: &Company, two: &Company, about: &CompanyWords) -> f64 {
    let (few, many) = if one.does.len() < two.does.len() { (&one.does, &two.does) } else { (&two.does, &one.does) };
    let own = about.without_nation(&one.trade);
    match few.iter().all(|word| many.contains(word)) {
        true if !few.is_empty() => 0.89,
        true if one.is_han() && own.chars().count() >= TELLING => 0.89,
        true => 0.8,
        false => 0.5,
    }
}

/// The likeness of two companies whose names are spelled differently.
fn by_spelling(one: &Company, two: &Company) -> f64 {
    if digits(&one.core) != digits(&two.core) || one.marks != two.marks {
        return 0.0;
    }
    let length = one.core.chars().count().max(two.core.chars().count());
    let alike = |wrong: usize| {
        let far_enough = wrong == 1 && length >= ONE_WRONG || wrong == 2 && length >= TWO_WRONG;
        #[expect(clippy::cast_precision_loss, reason = "names are short")]
        if far_enough { 1.0 - 0.9 * wrong as f64 / length as f64 } else { 0.0 }
    };
    if one.is_han() || two.is_han() {
        // The own words of Chinese companies are short and come first; another sign makes another company of them.
        let shared = one.trade.chars().zip(two.trade.chars()).take_while(|(one, two)| one == two).count();
        let long = shared >= TELLING && one.trade.chars().count().min(two.trade.chars().count()) >= ONE_WRONG;
        let wrong = if one.does == two.does { strsim::osa_distance(&one.trade, &two.trade) } else { usize::MAX };
        return match wrong {
            1 if long => alike(1),
            1 if length >= TELLING && !one.does.is_empty() => 0.6,
            _ => 0.0,
        };
    }
    if one.words.len() == two.words.len() {
        let differing = one.words.iter().zip(&two.words).filter(|(one, two)| one != two);
        differing.map(|(one, two)| wrong_letters(one, two)).sum::<Option<usize>>().map_or(0.0, alike)
    } else if one.core.chars().next() == two.core.chars().next() && length >= 8 {
        alike(strsim::osa_distance(&one.core, &two.core))
    } else {
        0.0
    }
}

/// How many letters of a word are wrong; `None` when it is another word.
fn wrong_letters(one: &str, two: &str) -> Option<usize> {
    let length = one.chars().count().max(two.chars().count());
    let allowed = match length {
        ..5 => 0,
        5..10 => 1,
        _ => 2,
    };
    let wrong = strsim::osa_distance(one, two);
    (one.chars().next() == two.chars().next() && wrong <= allowed).then_some(wrong)
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
