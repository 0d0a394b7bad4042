//! Many texts in the order of a language: pinyin in Chinese, and 9 before 10 in both.
//!
//! The browser's collator knows the order, but it takes a tenth of a second over some ten thousand texts. It is therefore asked about
//! characters, of which there are few: each gets a place, and texts are compared place by place. That gives the collator's own order for
//! the characters in [`is_plain`], each of which counts as one letter wherever it stands. Where two texts differ only in case or accents,
//! where a text has other characters, and where two Chinese characters read otherwise together than alone (重庆 is *chóng*, not *zhòng*),
//! the collator has the word.

use std::{
    cell::RefCell,
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use js_sys::{Array, Function, Intl, Object, Reflect};
use rustc_hash::FxHashMap;
use wasm_bindgen::{JsCast, JsValue};

thread_local! {
    /// What the collators have said so far, by language.
    static KNOWN: RefCell<BTreeMap<String, Collation>> = RefCell::default();
}

/// The numbers of texts, each there once, in the order of `language`.
pub(super) fn in_order(language: &str, texts: &[&str]) -> Vec<usize> {
    KNOWN.with_borrow_mut(|known| {
        known.entry(language.to_owned()).or_insert_with(|| Collation::of(language)).in_order(texts)
    })
}

/// A text with its number.
type Numbered<'a> = (usize, &'a str);

/// The order of a language.
struct Collation {
    /// Tells all texts apart that differ.
    compare: Function,
    /// Does not look at case and accents.
    compare_letters: Function,
    /// The characters met so far, and how many of them were asked about.
    letters: Vec<char>,
    asked: usize,
    /// The place of each character by its code; 0 for one not asked about. Characters that differ in case or accents share one.
    places: Vec<u16>,
    /// Pairs of Chinese characters, and whether they have a place of their own together.
    pairs: FxHashMap<(char, char), bool>,
}

/// Whether a character is a Chinese one of the common block.
fn is_chinese(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// Stands between two characters that are to be read one by one; a collator sees nothing else in it.
const APART: char = '\u{34f}';

/// Whether a character counts as one letter, whatever stands around it: ASCII, accented letters of western languages, Chinese characters
/// and signs. Wide digits do not: Chinese has other places for them.
fn is_plain(c: char) -> bool {
    match c {
        'Æ' | 'æ' | 'ß' | '×' | '÷' | '\u{ff10}'..='\u{ff19}' => false,
        ' '..='~' | 'À'..='ÿ' | '\u{3001}'..='\u{3011}' | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff5e}' => true,
        _ => false,
    }
}

/// The first four places in one number, which stands in the same order and decides most comparisons.
fn beginning(places: &[u16]) -> u64 {
    let place = |at: usize| u64::from(places.get(at).copied().unwrap_or_default());
    place(0) << 48 | place(1) << 32 | place(2) << 16 | place(3)
}

impl Collation {
    fn of(language: &str) -> Self {
        let collator = |sensitivity: &str| {
            let options = Object::new();
            // Setting a property of a fresh object cannot fail.
            Reflect::set(&options, &"numeric".into(), &true.into()).ok();
            Reflect::set(&options, &"sensitivity".into(), &sensitivity.into()).ok();
            Intl::Collator::new(&Array::of1(&language.into()), &options).compare()
        };
        let places = vec![0; usize::from(u16::MAX) + 1];
        let mut collation = Self {
            compare: collator("variant"),
            compare_letters: collator("base"),
            letters: Vec::new(),
            asked: 0,
            places,
            pairs: FxHashMap::default(),
        };
        // Numbers of any digits stand at the place of 0.
        collation.meet("0");
        collation
    }

    fn in_order(&mut self, texts: &[&str]) -> Vec<usize> {
        let numbered = texts.iter().copied().enumerate();
        let (plain, others): (Vec<_>, Vec<_>) =
            numbered.partition(|(_, text)| text.chars().all(is_plain) && !self.reads_together(text));
        for (_, text) in &plain {
            self.meet(text);
        }
        self.learn();
        let mut places = Vec::with_capacity(plain.len() * 16);
        let mut keyed: Vec<_> = plain
            .into_iter()
            .map(|text| {
                let from = places.len();
                self.spell(text.1, &mut places);
                (beginning(places.get(from..).unwrap_or_default()), from, places.len(), text)
            })
            .collect();
        keyed.sort_unstable_by(|(begins, from, to, one), (other, since, until, two)| {
            let spelled = || places.get(*from..*to).cmp(&places.get(*since..*until));
            begins.cmp(other).then_with(spelled).then_with(|| self.ask(one.1, two.1))
        });
        let mut ordered: Vec<_> = keyed.into_iter().map(|(.., text)| text).collect();
        if !others.is_empty() {
            let sorted = self.sorted(others.iter().map(|(_, text)| *text));
            let numbers: FxHashMap<&str, usize> = others.into_iter().map(|(number, text)| (text, number)).collect();
            let others = sorted.into_iter().filter_map(|text| Some((*numbers.get(text)?, text))).collect();
            ordered = self.merged(ordered, others);
        }
        ordered.into_iter().map(|(number, _)| number).collect()
    }

    /// Whether two neighbours in a text have a place of their own together.
    fn reads_together(&mut self, text: &str) -> bool {
        if text.is_ascii() {
            return false;
        }
        let neighbours =
            text.chars().zip(text.chars().skip(1)).filter(|(one, two)| is_chinese(*one) && is_chinese(*two));
        neighbours.fold(false, |found, (one, two)| {
            let compare = &self.compare;
            let together = self.pairs.entry((one, two)).or_insert_with(|| {
                let pair = String::from_iter([one, two]);
                asked(compare, &pair, &String::from_iter([one, APART, two])) != Ordering::Equal
            });
            found || *together
        })
    }

    /// Adds the characters of a text that were not met before.
    fn meet(&mut self, text: &str) {
        for c in text.chars() {
            if let Some(place) = self.places.get_mut(c as usize)
                && *place == 0
            {
                // Any place tells that it is among the letters by now.
                *place = 1;
                self.letters.push(c);
            }
        }
    }

    /// Asks about the characters met since the last time.
    fn learn(&mut self) {
        if self.letters.len() == self.asked {
            return;
        }
        self.asked = self.letters.len();
        let letters: Vec<String> = self.letters.iter().map(ToString::to_string).collect();
        let (mut place, mut last) = (0, None);
        for letter in self.sorted(letters.iter().map(String::as_str)) {
            if last.is_none_or(|last| asked(&self.compare_letters, last, letter) != Ordering::Equal) {
                place += 1;
            }
            last = Some(letter);
            if let Some(known) = letter.chars().next().and_then(|c| self.places.get_mut(c as usize)) {
                *known = place;
            }
        }
    }

    /// Appends the places of a text's characters. A number stands at the place of 0, the one with fewer digits first.
    fn spell(&self, text: &str, places: &mut Vec<u16>) {
        let place = |byte: u32| self.places.get(byte as usize).copied().unwrap_or_default();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            if !c.is_ascii_digit() {
                places.push(place(c.into()));
                continue;
            }
            let mut digit = c;
            while digit == '0'
                && let Some(next) = chars.next_if(char::is_ascii_digit)
            {
                digit = next;
            }
            places.push(place('0'.into()));
            let length = places.len();
            places.extend([1, place(digit.into())]);
            while let Some(next) = chars.next_if(char::is_ascii_digit) {
                places.push(place(next.into()));
                if let Some(length) = places.get_mut(length) {
                    *length = length.saturating_add(1);
                }
            }
        }
    }

    /// The order of two texts that differ, as the collator has it.
    fn ask(&self, one: &str, two: &str) -> Ordering {
        if one == two { Ordering::Equal } else { asked(&self.compare, one, two).then_with(|| one.cmp(two)) }
    }

    /// Texts as the collator sorts them. The browser does it by itself, so that each goes over to it once.
    fn sorted<'a>(&self, texts: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
        let known: BTreeSet<&str> = texts.collect();
        let sorted: Array = known.iter().map(|text| JsValue::from_str(text)).collect();
        if let Some(sort) = Reflect::get(&sorted, &"sort".into()).ok().and_then(|sort| sort.dyn_into::<Function>().ok())
        {
            // A comparison of texts does not throw.
            sort.call1(&sorted, &self.compare).ok();
        }
        sorted.iter().filter_map(|text| known.get(text.as_string()?.as_str()).copied()).collect()
    }

    /// Two sorted lists of numbered texts as one.
    fn merged<'a>(&self, many: Vec<Numbered<'a>>, few: Vec<Numbered<'a>>) -> Vec<Numbered<'a>> {
        let mut merged = Vec::with_capacity(many.len() + few.len());
        let mut rest = many.as_slice();
        for text in few {
            let before = rest.partition_point(|other| self.ask(other.1, text.1) == Ordering::Less);
            let (smaller, larger) = rest.split_at(before);
            merged.extend_from_slice(smaller);
            merged.push(text);
            rest = larger;
        }
        merged.extend_from_slice(rest);
        merged
    }
}

/// What a collator says.
fn asked(compare: &Function, one: &str, two: &str) -> Ordering {
    // A comparison of texts does not throw.
    let said = compare.call2(&JsValue::NULL, &one.into(), &two.into()).ok().and_then(|said| said.as_f64());
    said.and_then(|said| said.partial_cmp(&0.0)).unwrap_or(Ordering::Equal)
}
