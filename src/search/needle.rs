//! One text against what is sought.

use pinyin::ToPinyinMulti as _;

use super::folded;

/// A text to be searched, prepared.
#[derive(Clone, Debug)]
pub struct Hay {
    folded: Box<str>,
    /// What each character may be typed as, from the first Chinese one on; empty when there is none.
    chars: Box<[char]>,
    /// For each character, a bit for each letter that one of its readings begins with.
    initials: Box<[u32]>,
}

impl Hay {
    /// Prepares a text.
    pub fn new(text: &str) -> Self {
        let folded = folded(text).into_boxed_str();
        if folded.chars().all(|c| c.to_pinyin_multi().is_none()) {
            return Self { folded, chars: Box::default(), initials: Box::default() };
        }
        let chars: Box<[char]> = folded.chars().collect();
        let initials = chars.iter().map(|c| initials(*c)).collect();
        Self { folded, chars, initials }
    }
}

/// How many readings of a character count: the two commonest. Further ones are so rare that they find what nobody meant.
const READINGS: usize = 2;

/// The readings of a character, without tones; none for what is not Chinese. The first two that differ in more than their tone.
fn readings(c: char) -> impl Iterator<Item = &'static str> {
    let mut first = None;
    let plain = c.to_pinyin_multi().into_iter().flatten().map(pinyin::Pinyin::plain);
    plain.filter(move |reading| first.replace(*reading) != Some(*reading)).take(READINGS)
}

/// A bit for each letter that the character may be typed as.
fn initials(c: char) -> u32 {
    readings(c).filter_map(|reading| reading.bytes().next()).map(bit).fold(0, |a, b| a | b)
}

/// The bit of a small Latin letter; none for anything else.
fn bit(letter: u8) -> u32 {
    if letter.is_ascii_lowercase() { 1 << (letter - b'a') } else { 0 }
}

/// What is sought: words, all of which must be found.
#[derive(Clone, Debug)]
pub struct Needle {
    words: Vec<String>,
}

impl Needle {
    /// Takes in what a person typed.
    pub fn new(text: &str) -> Self {
        Self { words: folded(text).split_whitespace().map(str::to_owned).collect() }
    }

    /// Whether nothing is sought; then nothing is found.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How well a text answers, the smaller the better; `None` when it does not.
    ///
    /// For each word: 0 at the beginning of the text, 1 at the beginning of a word, 2 within one, 3 by pinyin at the beginning,
    /// 4 by pinyin within. The worst word counts.
    ///
    /// ```
    /// use loudou::search::{Hay, Needle};
    ///
    /// let rank = |sought: &str, text: &str| Needle::new(sought).rank(&Hay::new(text));
    /// assert_eq!(rank("acme", "Acme Corp"), Some(0));
    /// assert_eq!(rank("corp", "Acme Corp"), Some(1));
    /// assert_eq!(rank("cqcx", "重庆创新"), Some(3)); // chong qing chuang xin
    /// assert_eq!(rank("chuangx", "重庆创新"), Some(4));
    /// assert_eq!(rank("xyz", "重庆创新"), None);
    /// ```
    pub fn rank(&self, hay: &Hay) -> Option<u8> {
        self.words.iter().map(|word| rank(word, hay)).try_fold(0, |worst, rank| Some(worst.max(rank?)))
    }
}

fn rank(word: &str, hay: &Hay) -> Option<u8> {
    if let Some(at) = hay.folded.find(word) {
        let before = hay.folded.get(..at).and_then(|before| before.chars().next_back());
        return Some(match before {
            None => 0,
            Some(c) if !c.is_alphanumeric() => 1,
            Some(_) => 2,
        });
    }
    let first = *word.as_bytes().first()?;
    if hay.initials.is_empty() || !word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let begins = |(initials, c): (&u32, &char)| initials & bit(first) != 0 || *c == char::from(first);
    let starts = hay.initials.iter().zip(&hay.chars).enumerate().filter(|(_, start)| begins(*start));
    starts.map(|(at, _)| at).find(|at| spells(hay, *at, word.as_bytes())).map(|at| if at == 0 { 3 } else { 4 })
}

/// Whether `typed` is the pinyin of the characters from `at` on: initials, whole syllables or both; the last syllable may be cut.
fn spells(hay: &Hay, at: usize, typed: &[u8]) -> bool {
    let Some(letter) = typed.first() else { return true };
    let (Some(c), Some(initials)) = (hay.chars.get(at), hay.initials.get(at)) else { return false };
    if *initials == 0 {
        // Letters and digits stand for themselves, signs and blanks are not typed.
        let rest = if *c == char::from(*letter) { typed.get(1..) } else { None };
        return match rest {
            Some(rest) => spells(hay, at + 1, rest),
            None => !c.is_alphanumeric() && spells(hay, at + 1, typed),
        };
    }
    if initials & bit(*letter) == 0 {
        return false;
    }
    let goes_on = |taken: usize| typed.get(taken..).is_some_and(|rest| spells(hay, at + 1, rest));
    goes_on(1)
        || readings(*c).any(|reading| {
            let same = shared(reading, typed);
            let whole = reading.chars().count();
            // `zh`, `ch` and `sh` are initials too.
            let double = same >= 2 && reading.as_bytes().get(1) == Some(&b'h');
            (same == whole && goes_on(same)) || (same == typed.len()) || (double && goes_on(2))
        })
}

/// How many letters a syllable and what was typed have in common; ü is typed as v or u.
fn shared(syllable: &str, typed: &[u8]) -> usize {
    let same = |(c, byte): &(char, &u8)| match c {
        'ü' => matches!(byte, b'v' | b'u'),
        c => *c == char::from(**byte),
    };
    syllable.chars().zip(typed).take_while(same).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rank(sought: &str, text: &str) -> Option<u8> {
        Needle::new(sought).rank(&Hay::new(text))
    }

    #[test]
    fn plain_text_is_found_whatever_its_case_and_width() {
        assert_eq!(rank("ACME", "acme"), Some(0));
        assert_eq!(rank("ａｃｍｅ", "Acme"), Some(0));
        assert_eq!(rank("me", "Acme"), Some(2));
        assert_eq!(rank("华东", "上海华东机械"), Some(2));
        assert_eq!(rank("corp ac", "Acme Corp"), Some(1));
        assert_eq!(rank("corp x", "Acme Corp"), None);
        assert_eq!(rank(" ", "Acme"), Some(0));
    }

    #[test]
    fn pinyin_in_full_by_initials_and_mixed() {
        for sought in ["shhd", "shanghaihuadong", "shanghhd", "shh", "hdjx", "huadongj", "shanghaihuad", "jixie"] {
            assert!(rank(sought, "上海华东机械").is_some(), "{sought}");
        }
        for sought in ["bj", "shx", "hhd1", "shanghaix", "jixiex"] {
            assert_eq!(rank(sought, "上海华东机械"), None, "{sought}");
        }
    }

    #[test]
    fn every_reading_counts() {
        for (sought, text) in [
            ("cq", "重庆"),
            ("zq", "重庆"),
            ("cs", "长沙"),
            ("yh", "银行"),
            ("xm", "厦门"),
            ("nvz", "女装"),
            ("lvyou", "旅游"),
        ] {
            assert!(rank(sought, text).is_some(), "{sought} {text}");
        }
    }

    #[test]
    fn letters_and_signs_among_characters() {
        assert!(rank("zgerp", "中国 ERP 项目").is_some());
        assert!(rank("erpxm", "中国 ERP 项目").is_some());
        assert!(rank("gstb", "公司（淘宝）").is_some());
        assert_eq!(rank("gs淘", "公司淘宝"), None);
    }
}
