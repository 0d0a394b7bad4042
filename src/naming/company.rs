//! Names of companies.

use std::collections::{BTreeMap, BTreeSet};

use super::{fold, is_han, normalise, plain_letters, words};

/// The words in names of companies that say little about which company it is. All are folded and without blanks.
#[derive(Clone, Debug, Default)]
pub struct CompanyWords {
    /// Legal forms that are words of their own: `ltd`, `gmbh`.
    pub forms: BTreeSet<String>,
    /// Legal forms that end a word, as those of Chinese companies do; none before one that it ends.
    pub endings: Vec<String>,
    /// Legal forms that mean the same, each with the one that stands for all of them.
    pub same_forms: BTreeMap<String, String>,
    /// Words left out wherever they stand: `the`, `and`.
    pub fillers: BTreeSet<String>,
    /// Names of the nation, which mean nothing in brackets.
    pub nations: BTreeSet<String>,
    /// Names of places, each of at most four signs when written without gaps.
    pub regions: BTreeSet<String>,
    /// What may follow the name of a place.
    pub region_endings: Vec<String>,
    /// Words and signs that tell apart what is otherwise alike: first, second, north, south.
    pub numerals: BTreeSet<String>,
    /// What companies do, each with the word that stands for all that mean the same.
    pub descriptors: BTreeMap<String, String>,
    /// Hosts of mailboxes that anybody can have.
    pub free_mail: BTreeSet<String>,
}

/// No name of a place has more Chinese signs.
const LONGEST_PLACE: usize = 4;

/// The beginnings of a text up to so many signs, the shortest first, each with what follows it.
fn beginnings(text: &str, signs: usize) -> impl DoubleEndedIterator<Item = (&str, &str)> {
    let ends: Vec<usize> = text.char_indices().take(signs).map(|(at, sign)| at + sign.len_utf8()).collect();
    ends.into_iter().filter_map(|end| text.split_at_checked(end))
}

impl CompanyWords {
    /// A company's name as it is compared, without its legal form, and that form.
    pub fn split(&self, name: &str) -> (String, String) {
        // Points inside a legal form (`S.A.`, `B.V.`) are no borders between words.
        let folded = fold(name).replace('.', "");
        let mut parts: Vec<&str> = words(&folded).collect();
        let form = self.take_forms(&mut parts);
        let key = normalise(&parts.join(" "));
        if key.is_empty() {
            return (normalise(name), form);
        }
        if !form.is_empty() {
            return (key, form);
        }
        let (rest, form) = self.without_ending(&key);
        (rest.to_owned(), form)
    }

    /// Takes the legal forms off the end of a list of words, unless nothing else is in it.
    fn take_forms(&self, parts: &mut Vec<&str>) -> String {
        let kept = parts.iter().rposition(|word| !self.forms.contains(*word));
        kept.map_or_else(String::new, |last| parts.split_off(last + 1).concat())
    }

    /// A word without the legal forms it ends with, and those; at least two signs stay.
    fn without_ending<'a>(&self, word: &'a str) -> (&'a str, String) {
        let (mut rest, mut form) = (word, String::new());
        while let Some((shorter, ending)) = self.endings.iter().find_map(|ending| {
            let shorter = rest.strip_suffix(ending.as_str())?;
            (shorter.chars().nth(1).is_some()).then_some((shorter, ending))
        }) {
            form.insert_str(0, ending);
            rest = shorter;
        }
        (rest, form)
    }

    /// The name of a place that a word begins with, and what follows it.
    fn region_before<'a>(&self, word: &'a str) -> Option<(&str, &'a str)> {
        // A Latin word is the name of a place or is not.
        if !word.starts_with(is_han) {
            return self.regions.get(word).map(|region| (region.as_str(), ""));
        }
        let (region, rest) = beginnings(word, LONGEST_PLACE)
            .rev()
            .find_map(|(start, rest)| Some((self.regions.get(start)?.as_str(), rest)))?;
        let ending = self.region_endings.iter().find_map(|ending| rest.strip_prefix(ending.as_str()));
        Some((region, ending.unwrap_or(rest)))
    }

    /// What of these words tells apart companies that are otherwise alike: numbers in words, quarters of heaven, places.
    fn marks(&self, words: &[String]) -> Vec<String> {
        let is_mark = |word: &str| self.numerals.contains(word) || self.regions.contains(word);
        let mut marks = Vec::new();
        for word in words {
            if word.contains(is_han) {
                for (at, _) in word.char_indices() {
                    let starts = beginnings(word.get(at..).unwrap_or_default(), LONGEST_PLACE);
                    marks.extend(starts.filter(|(start, _)| is_mark(start)).map(|(start, _)| start.to_owned()));
                }
            } else if is_mark(word) {
                marks.push(word.clone());
            }
        }
        marks.sort_unstable();
        marks
    }

    /// A word without the name of the nation that it begins with.
    pub fn without_nation<'a>(&self, word: &'a str) -> &'a str {
        self.nations.iter().find_map(|nation| word.strip_prefix(nation.as_str())).unwrap_or(word)
    }
}

/// A company's name taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Company {
    /// The words that are its own, in their order, then what it does. No legal form, no place, no accents.
    pub words: Vec<String>,
    /// The words that are its own, joined; never empty.
    pub trade: String,
    /// What it does: the word that stands for each descriptor, in their order.
    pub does: Vec<String>,
    /// The places it stands in, in the order of the alphabet.
    pub regions: Vec<String>,
    /// Its legal form, or the one that stands for all that mean the same; empty without one.
    pub form: String,
    /// All but form and place, joined.
    pub core: String,
    /// What in it tells it from companies that are otherwise alike: numbers in words, quarters of heaven, places. In the order of the alphabet.
    pub marks: Vec<String>,
}

impl Company {
    /// Takes a name apart.
    pub fn new(name: &str, about: &CompanyWords) -> Self {
        let folded = plain_letters(&fold(name).replace('.', ""));
        let mut regions: Vec<&str> = Vec::new();
        let mut parts: Vec<&str> = Vec::new();
        for (place, text) in folded.split(['(', ')', '[', ']', '【', '】', '〔', '〕']).enumerate() {
            let inside: Vec<&str> = words(text).collect();
            // Every second piece stands in brackets.
            match inside.as_slice() {
                [one] if place % 2 == 1 && about.nations.contains(*one) => {}
                [one] if place % 2 == 1 && about.endings.iter().any(|ending| ending == one) => {}
                [one] if place % 2 == 1 && about.region_before(one).is_some_and(|(_, rest)| rest.is_empty()) => {
                    regions.extend(about.region_before(one).map(|(region, _)| region));
                }
                _ => parts.extend(inside),
            }
        }
        let mut form = about.take_forms(&mut parts);
        while let [_, .., last] = parts.as_slice()
            && about.endings.iter().any(|ending| ending == last)
        {
            form.insert_str(0, last);
            parts.pop();
        }
        if let Some(last) = parts.last_mut() {
            let (rest, ending) = about.without_ending(last);
            *last = rest;
            form.insert_str(0, &ending);
        }
        // The form of a company that is part of a group stands twice.
        form.insert_str(0, &about.take_forms(&mut parts));
        let own = |parts: &[&str]| parts.iter().any(|word| !about.fillers.contains(*word));
        if own(&parts) {
            parts.retain(|word| !about.fillers.contains(*word));
        }
        let whole = parts.clone();
        let usual = |word: &str| about.descriptors.get(word).map_or(word, String::as_str).to_owned();
        let stripped = take_regions(&mut parts, about);
        let (mut trade, mut does) = describe(&parts, about);
        if trade.iter().all(|word| about.nations.contains(word)) {
            // A bank of a place has no other name than that.
            (trade, does) = (whole.iter().map(|word| usual(word)).collect(), Vec::new());
        } else {
            regions.extend(stripped);
        }
        regions.sort_unstable();
        regions.dedup();
        let form = about.same_forms.get(&form).cloned().unwrap_or(form);
        let joined = trade.concat();
        let mut words = trade;
        words.extend(does.iter().cloned());
        let core = words.concat();
        let marks = about.marks(&words);
        let name = |text: String| if text.is_empty() { normalise(name) } else { text };
        Self {
            words,
            trade: name(joined),
            does,
            regions: regions.into_iter().map(str::to_owned).collect(),
            form,
            core: name(core),
            marks,
        }
    }

    /// Whether its own words are written without gaps.
    pub fn is_han(&self) -> bool {
        self.trade.contains(is_han)
    }
}

/// Takes the places off the beginning and the end; something else stays.
fn take_regions<'a>(parts: &mut Vec<&'a str>, about: &'a CompanyWords) -> Vec<&'a str> {
    let mut regions = Vec::new();
    while let Some((region, rest)) = parts.first().and_then(|first| about.region_before(first)) {
        if rest.is_empty() && parts.len() == 1 {
            break;
        }
        regions.push(region);
        if rest.is_empty() {
            parts.remove(0);
        } else if let Some(first) = parts.first_mut() {
            *first = rest;
        }
    }
    while let [_, .., last] = parts.as_slice()
        && !last.starts_with(is_han)
        && (about.regions.contains(*last) || about.nations.contains(*last))
    {
        regions.push(last);
        parts.pop();
    }
    regions
}

/// The words that are a company's own, and what it does by the words at the end. No own word when there is nothing but those.
fn describe(parts: &[&str], about: &CompanyWords) -> (Vec<String>, Vec<String>) {
    let mut trade: Vec<&str> = parts.to_vec();
    let mut does = Vec::new();
    while let Some(last) = trade.last_mut() {
        let found = if last.contains(is_han) {
            // The longest of the descriptors that end it.
            let ends =
                about.descriptors.iter().filter_map(|(word, known)| Some((last.strip_suffix(word.as_str())?, known)));
            ends.min_by_key(|(rest, _)| rest.len())
        } else {
            about.descriptors.get(*last).map(|known| ("", known))
        };
        let Some((rest, known)) = found else { break };
        does.insert(0, known.clone());
        if rest.is_empty() {
            trade.pop();
        } else {
            *last = rest;
        }
    }
    (trade.into_iter().map(str::to_owned).collect(), does)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::content::company_words;

    fn company(name: &str) -> (String, String, String, String) {
        let company = Company::new(name, company_words());
        (company.trade, company.does.join(" "), company.regions.join(" "), company.form)
    }

    fn parts(trade: &str, does: &str, regions: &str, form: &str) -> (String, String, String, String) {
        (trade.to_owned(), does.to_owned(), regions.to_owned(), form.to_owned())
    }

    #[test]
    fn chinese_names_come_apart() {
        assert_eq!(company("上海某某科技有限公司"), parts("某某", "科技", "上海", "ltd"));
        assert_eq!(company("某某（深圳）通讯集团股份有限公司"), parts("某某", "通信", "深圳", "group"));
        assert_eq!(company("广东省深圳市某某（中国）有限责任公司"), parts("某某", "", "广东 深圳", "ltd"));
        assert_eq!(company("上海银行"), parts("上海银行", "", "", ""));
        assert_eq!(company("中国银行股份有限公司"), parts("中国银行", "", "", "股份有限公司"));
        assert_eq!(company("公司"), parts("公司", "", "", ""));
        assert_eq!(company("ＡＢＣ科技"), parts("abc", "科技", "", ""));
    }

    #[test]
    fn english_names_come_apart() {
        assert_eq!(company("The Acme Technologies (China) Co., Ltd."), parts("acme", "technology", "", "ltd"));
        assert_eq!(company("Acme Shanghai Trading Pte Ltd"), parts("acmeshanghai", "trading", "", "ltd"));
        assert_eq!(company("Acme Trading Shanghai"), parts("acme", "trading", "shanghai", ""));
        assert_eq!(company("Société d'Énergie S.A."), parts("societedenergie", "", "", "sa"));
        assert_eq!(company("Global Software Ltd"), parts("globalsoftware", "", "", "ltd"));
        assert_eq!(company("???"), parts("???", "", "", ""));
        assert_eq!(company("Group Ltd"), parts("groupltd", "", "", ""));
    }
}
