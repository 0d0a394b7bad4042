//! Which problems of the catalogue a customer is likely to have (需求发掘, method §7).

use std::sync::Arc;

use crate::model::{Customer, FunnelModel, Problem, StageId, Table, Zone};

/// Where in a customer's record a word was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Found {
    /// In the industry.
    Industry,
    /// In the size.
    Size,
    /// In the needs.
    Needs,
    /// In a tag.
    Tags,
}

/// A problem that a customer is likely to have, and why one thinks so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likely {
    /// The problem.
    pub problem: Arc<Problem>,
    /// The words found, each in the first place it stands in, in the order of the places; never empty.
    pub signs: Vec<(Found, String)>,
}

/// The problems of the catalogue whose words stand in the industry, the size, the needs or the tags of a customer: first those found in
/// the first of these places, then those with more words. Capitals make no difference. A word of Latin letters is found only where a
/// word begins, so that "art" is not in "parts"; a Chinese one anywhere. A problem without words is nobody's.
///
/// ```
/// use std::collections::BTreeSet;
/// use loudou::{
///     codec::content::{IdSource, Language, problems},
///     metrics::discovery::{Found, likely},
///     model::{Change, Currency, Customer, Patch, Profile, Workspace},
/// };
/// let shipped = problems::shipped(Language::English, &mut IdSource::new(ulid::Ulid(1 << 80)));
/// let put = |problem: loudou::model::Problem| Patch { id: problem.id, before: None, after: Some(problem.into()) };
/// let change = Change { problems: shipped.into_iter().map(put).collect(), ..Change::default() };
/// let workspace = Workspace::new(1.into(), Profile::named("Six deals", Currency::CNY)).with(&change);
/// let customer = Customer {
///     industry: "Auto parts".into(),
///     size: "Over 1,000 employees".into(),
///     ..Customer::named(1.into(), "Rivers Forging")
/// };
/// let found = likely(&workspace.problems, &customer);
/// let types: BTreeSet<&str> = found.iter().map(|likely| likely.problem.company.as_str()).collect();
/// assert_eq!(types.into_iter().collect::<Vec<_>>(), ["Automotive supplier", "Group with several companies"]);
/// assert_eq!(found[0].signs, [(Found::Industry, "auto parts".to_owned())]);
/// ```
pub fn likely(catalogue: &Table<Problem>, customer: &Customer) -> Vec<Likely> {
    let texts = [
        (Found::Industry, customer.industry.to_lowercase()),
        (Found::Size, customer.size.to_lowercase()),
        (Found::Needs, customer.needs.to_lowercase()),
        (Found::Tags, customer.tags.join("\n").to_lowercase()),
    ];
    let sign = |word: &String| {
        let sought = word.trim().to_lowercase();
        let (place, _) = texts.iter().find(|(_, text)| stands_in(text, &sought))?;
        Some((*place, word.trim().to_owned()))
    };
    let likely = |problem: &Arc<Problem>| {
        let mut signs: Vec<(Found, String)> = problem.words.iter().filter_map(sign).collect();
        signs.sort();
        (!signs.is_empty()).then(|| Likely { problem: problem.clone(), signs })
    };
    let mut found: Vec<Likely> = catalogue.iter().filter_map(likely).collect();
    let first = |likely: &Likely| likely.signs.first().map(|(place, _)| *place);
    found.sort_by_key(|likely| (first(likely), std::cmp::Reverse(likely.signs.len())));
    found
}

/// Whether a word stands in a text; both in small letters.
fn stands_in(text: &str, word: &str) -> bool {
    let begins = |at: usize| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let is_latin = word.starts_with(|first: char| first.is_ascii_alphanumeric());
        !is_latin || before.is_none_or(|before| !before.is_ascii_alphanumeric())
    };
    !word.is_empty() && text.match_indices(word).any(|(at, _)| begins(at))
}

/// Whether a stage is one in which needs are discovered: in the upper zone, or in the first half of its model.
///
/// ```
/// use loudou::{codec::content::{IdSource, Language, gallery, instantiate}, metrics::discovery::discovers};
/// let template = gallery(Language::English).into_iter().find(|template| template.slug == "solution").unwrap();
/// let model = instantiate(&template, &mut IdSource::new(ulid::Ulid(1)));
/// let stages: Vec<bool> = model.stages.iter().map(|stage| discovers(&model, stage.id)).collect();
/// assert_eq!(stages, [true, true, false, false]);
/// ```
pub fn discovers(model: &FunnelModel, stage: StageId) -> bool {
    let Some(place) = model.place(stage) else { return false };
    let is_upper = model.stages.get(place).is_some_and(|stage| stage.zone() == Zone::Upper);
    is_upper || place * 2 < model.stages.len()
}
