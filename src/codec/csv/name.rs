//! Names that mean the same although they are spelled differently.

use serde::{Deserialize, Serialize};

use crate::{codec::content::company_words, naming::normalise};

/// Below this likeness, 0 to 1, two names are not offered as the same.
const LIKELY: f64 = 0.84;

/// What kind of names are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NameKind {
    /// Companies: the legal form may be missing on one side.
    Company,
    /// People, products and stages: every word counts.
    Other,
}

/// A name that may be the one looked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NearMiss {
    /// Its place among the candidates.
    pub candidate: usize,
    /// Likeness, 0 to 1; 1 is certain.
    pub likeness: f64,
}

/// Names prepared to be compared with many others.
#[derive(Clone, Debug)]
pub struct NameIndex {
    kind: NameKind,
    keys: Vec<(String, String)>,
}

impl NameIndex {
    /// The candidates, in their order.
    pub fn new<'a>(kind: NameKind, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        Self { kind, keys: candidates.into_iter().map(|name| keys(kind, name)).collect() }
    }

    /// Candidates that `name` may stand for, the likeliest first, at most three; a single certain one (likeness 1) when the names
    /// differ in nothing that counts.
    ///
    /// Companies are certain too when only one side has a legal form; with two different forms they are offered.
    ///
    /// # Examples
    ///
    /// ```
    /// use loudou::codec::csv::{NameIndex, NameKind};
    ///
    /// let products = NameIndex::new(NameKind::Other, ["GTX Basic", "GTX Pro"]);
    /// let found = products.near_misses("GTXPro");
    /// assert!(found[0].candidate == 1 && found[0].likeness == 1.0);
    /// ```
    pub fn near_misses(&self, name: &str) -> Vec<NearMiss> {
        let (key, form) = keys(self.kind, name);
        let mut found: Vec<NearMiss> = Vec::new();
        for (candidate, (other, other_form)) in self.keys.iter().enumerate() {
            let likeness = if key == *other {
                if form.is_empty() || other_form.is_empty() || form == *other_form { 1.0 } else { 0.99 }
            } else if comparable(&key, other) {
                strsim::jaro_winkler(&key, other).min(0.98)
            } else {
                continue;
            };
            if likeness >= LIKELY {
                found.push(NearMiss { candidate, likeness });
            }
        }
        found.sort_by(|one, two| two.likeness.total_cmp(&one.likeness).then(one.candidate.cmp(&two.candidate)));
        found.truncate(if found.first().is_some_and(|best| best.likeness >= 1.0) { 1 } else { 3 });
        found
    }
}

pub(super) fn keys(kind: NameKind, name: &str) -> (String, String) {
    match kind {
        NameKind::Company => company_words().split(name),
        NameKind::Other => (normalise(name), String::new()),
    }
}

/// Whether two different keys are worth a closer look: alike in length and beginning, with the same digits, because `Plan 1`
/// and `Plan 2` are alike and yet not the same.
fn comparable<'a>(one: &'a str, two: &'a str) -> bool {
    let (short, long) = if one.len() < two.len() { (one, two) } else { (two, one) };
    let digits = |key: &'a str| key.bytes().filter(u8::is_ascii_digit);
    long.len() <= short.len() * 2 && one.chars().next() == two.chars().next() && digits(one).eq(digits(two))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(kind: NameKind, name: &str, candidates: &[&str]) -> Option<(usize, bool)> {
        let found = NameIndex::new(kind, candidates.iter().copied()).near_misses(name);
        found.first().map(|miss| (miss.candidate, miss.likeness >= 1.0))
    }

    #[test]
    fn spelling_does_not_make_a_difference() {
        assert_eq!(best(NameKind::Other, "GTXPro", &["GTX Plus Pro", "GTX Pro"]), Some((1, true)));
        assert_eq!(best(NameKind::Other, "ＧＴＸ　Pro", &["gtx-pro"]), Some((0, true)));
    }

    #[test]
    fn near_names_are_offered_and_far_ones_not() {
        assert_eq!(best(NameKind::Company, "Betasolion", &["Acme", "Betasoloin"]), Some((1, false)));
        assert_eq!(best(NameKind::Company, "Zumgoity", &["Acme", "Betasoloin"]), None);
        assert_eq!(best(NameKind::Other, "Plan 1", &["Plan 2"]), None);
    }

    #[test]
    fn legal_forms() {
        assert_eq!(best(NameKind::Company, "Acme Inc.", &["Acme"]), Some((0, true)));
        assert_eq!(best(NameKind::Company, "Acme Inc.", &["Acme GmbH"]), Some((0, false)));
        assert_eq!(best(NameKind::Company, "北京某某股份有限公司", &["北京某某"]), Some((0, true)));
        assert_eq!(best(NameKind::Company, "Foo S.A.", &["FOO SA"]), Some((0, true)));
        assert_eq!(keys(NameKind::Company, "公司").0, "公司");
        assert_eq!(keys(NameKind::Company, "The Company").0, "the");
        assert_eq!(keys(NameKind::Company, "Group Ltd").0, "groupltd");
        assert_eq!(keys(NameKind::Company, "北京某某科技有限公司"), ("北京某某科技".to_owned(), "有限公司".to_owned()));
    }
}
