//! The words that ship with the product beside the interface's own: funnel models, default lists, the demo company's recipes, lessons, help,
//! the trainer's guide.
//!
//! They lie in `content/` as JSON, every text as the pair `["中文", "English"]`, so that the two languages cannot differ in
//! structure or figures; what names of companies are made of (`company_names.json`) is the same whatever the language of the page.
//! The files are part of the build and read by tests, so reading them here cannot fail.

pub mod code_names;
pub mod drills;
pub mod guide;
pub mod help;
pub mod lessons;
mod models;
pub mod problems;
pub mod recipes;
pub mod scenarios;
pub mod targets;

use std::{collections::BTreeMap, sync::OnceLock};

use serde::{Deserialize, Serialize};
use ulid::Ulid;

pub use models::{ModelTemplate, StageTemplate, gallery, instantiate, of_the_demo};

use super::merge_text::Place;
use crate::{
    model::{Currency, LostReason, Profile},
    naming::CompanyWords,
};

/// A language that the content is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// 中文
    Chinese,
    /// English
    English,
}

/// A text in both languages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Text(&'static str, &'static str);

impl Text {
    /// The text in one language.
    pub const fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::Chinese => self.0,
            Language::English => self.1,
        }
    }
}

/// Hands out fresh ids, counting on from a random one.
#[derive(Clone, Debug)]
pub struct IdSource(u128);

impl IdSource {
    /// Counts on from `base`, which is the first id handed out.
    pub const fn new(base: Ulid) -> Self {
        Self(base.0)
    }

    /// An id that this source has not given yet.
    pub fn fresh<Id: From<u128>>(&mut self) -> Id {
        let id = Id::from(self.0);
        self.0 = self.0.wrapping_add(1);
        id
    }
}

/// The profile of a new workspace: the usual sources and lost reasons in the language, and the currency that goes with it.
pub fn profile(language: Language, name: impl Into<String>) -> Profile {
    let defaults: DefaultsForm = read(include_str!("../../content/defaults.json"));
    let text = |text: Text| text.in_language(language).to_owned();
    let reason = |(name, needs_note)| LostReason { name: text(name), needs_note };
    let currency = match language {
        Language::Chinese => Currency::CNY,
        Language::English => Currency::USD,
    };
    Profile {
        sources: defaults.sources.into_iter().map(text).collect(),
        lost_reasons: defaults.lost_reasons.into_iter().map(reason).collect(),
        ..Profile::named(name, currency)
    }
}

/// The words in names of companies that say little about which company it is. Read once.
pub fn company_words() -> &'static CompanyWords {
    static WORDS: OnceLock<CompanyWords> = OnceLock::new();
    WORDS.get_or_init(|| {
        let form: CompanyNamesForm = read(include_str!("../../content/company_names.json"));
        let texts = |list: Vec<&str>| list.into_iter().map(str::to_owned).collect();
        let in_order = |list: Vec<&str>| list.into_iter().map(str::to_owned).collect();
        let by_first = |groups: Vec<Vec<&str>>| {
            let of_group = |group: Vec<&str>| {
                let first = (*group.first().unwrap_or(&"")).to_owned();
                group.into_iter().map(move |word| (word.to_owned(), first.clone())).collect::<Vec<_>>()
            };
            groups.into_iter().flat_map(of_group).collect::<BTreeMap<_, _>>()
        };
        CompanyWords {
            forms: texts(form.forms),
            endings: in_order(form.endings),
            same_forms: by_first(form.same_forms),
            fillers: texts(form.fillers),
            nations: texts(form.nations),
            regions: texts(form.regions),
            region_endings: in_order(form.region_endings),
            numerals: texts(form.numerals),
            descriptors: by_first(form.descriptors),
            free_mail: texts(form.free_mail),
        }
    })
}

/// The places of merge texts with their names.
pub(super) fn place_names() -> Vec<(Place, Text)> {
    let form: MergeForm = read(include_str!("../../content/merge.json"));
    form.places
}

/// Reads a file of `content/`. It was compiled in and a test reads it, so there is always a value.
fn read<T: Deserialize<'static> + Default>(json: &'static str) -> T {
    serde_json::from_str(json).unwrap_or_default()
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct MergeForm {
    places: Vec<(Place, Text)>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct DefaultsForm {
    sources: Vec<Text>,
    lost_reasons: Vec<(Text, bool)>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct CompanyNamesForm {
    forms: Vec<&'static str>,
    endings: Vec<&'static str>,
    same_forms: Vec<Vec<&'static str>>,
    fillers: Vec<&'static str>,
    nations: Vec<&'static str>,
    regions: Vec<&'static str>,
    region_endings: Vec<&'static str>,
    numerals: Vec<&'static str>,
    descriptors: Vec<Vec<&'static str>>,
    free_mail: Vec<&'static str>,
}
