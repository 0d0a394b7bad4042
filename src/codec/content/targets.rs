//! Target profiles that ship as examples: `content/targets.json`.

use serde::Deserialize;

use super::{IdSource, Language, Text, read};
use crate::model::{Attribute, Level, Share, Target, Wanted, Wish};

/// Two target profiles of a software vendor, with fresh ids.
///
/// ```
/// use loudou::codec::content::{IdSource, Language, targets};
/// let mut ids = IdSource::new(ulid::Ulid(1 << 80));
/// let examples = targets::examples(Language::English, &mut ids);
/// assert_eq!(examples.len(), 2);
/// assert!(examples.iter().all(|target| target.wishes.len() >= 5));
/// ```
pub fn examples(language: Language, ids: &mut IdSource) -> Vec<Target> {
    let form: Form = read(include_str!("../../../content/targets.json"));
    form.targets.into_iter().map(|target| target.target(language, ids)).collect()
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct Form {
    targets: Vec<TargetForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct TargetForm {
    name: Text,
    /// Percent.
    line: u8,
    wishes: Vec<WishForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct WishForm {
    of: AttributeForm,
    wanted: WantedForm,
    weight: u8,
}

/// The properties that the examples ask about.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum AttributeForm {
    Industry,
    Size,
    Standing,
    Software,
    Needs,
    BuyingPower,
    Intent,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", bound(deserialize = "'de: 'static"))]
enum WantedForm {
    Contains(Vec<Text>),
    AtLeast(LevelForm),
    Between(Option<u32>, Option<u32>),
}

/// The levels that the examples ask for.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum LevelForm {
    Medium,
}

impl TargetForm {
    fn target(self, language: Language, ids: &mut IdSource) -> Target {
        Target {
            id: ids.fresh(),
            name: self.name.in_language(language).to_owned(),
            wishes: self.wishes.into_iter().map(|wish| wish.wish(language)).collect(),
            line: Share::percent(self.line),
        }
    }
}

impl WishForm {
    fn wish(self, language: Language) -> Wish {
        let attribute = match self.of {
            AttributeForm::Industry => Attribute::Industry,
            AttributeForm::Size => Attribute::Size,
            AttributeForm::Standing => Attribute::Standing,
            AttributeForm::Software => Attribute::Software,
            AttributeForm::Needs => Attribute::Needs,
            AttributeForm::BuyingPower => Attribute::BuyingPower,
            AttributeForm::Intent => Attribute::Intent,
        };
        let wanted = match self.wanted {
            WantedForm::Contains(words) => Wanted::Contains {
                words: words.into_iter().map(|word| word.in_language(language).to_owned()).collect(),
            },
            WantedForm::AtLeast(LevelForm::Medium) => Wanted::AtLeast { level: Level::Medium },
            WantedForm::Between(from, to) => Wanted::Between { from, to },
        };
        Wish { attribute, wanted, weight: self.weight }
    }
}
