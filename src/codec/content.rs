//! The words that ship with the product beside the interface's own: funnel models, default lists, the demo company's recipes.
//!
//! They lie in `content/` as JSON, every text as the pair `["中文", "English"]`, so that the two languages cannot differ in
//! structure or figures. The files are part of the build and read by tests, so reading them here cannot fail.

mod models;
pub mod recipes;
pub mod targets;

use serde::{Deserialize, Serialize};
use ulid::Ulid;

pub use models::{ModelTemplate, StageTemplate, gallery, instantiate, of_the_demo};

use super::merge_text::Place;
use crate::model::{Currency, LostReason, Profile};

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
