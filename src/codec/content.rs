//! The words that ship with the product beside the interface's own: funnel models, default lists, the demo company's recipes.
//!
//! They lie in `content/` as JSON, every text as the pair `["中文", "English"]`, so that the two languages cannot differ in
//! structure or figures. The files are part of the build and read by tests, so reading them here cannot fail.

pub mod recipes;

use serde::{Deserialize, Serialize};
use ulid::Ulid;

use crate::model::{Criterion, Currency, Field, FunnelModel, LostReason, Playbook, Profile, Share, Stage, Zone};

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

/// A funnel model that ships, to begin from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelTemplate {
    /// Names the template in addresses and code, the same in all languages: `software-regular`.
    pub slug: &'static str,
    /// The model's name.
    pub name: &'static str,
    /// When to use it, in a sentence or two.
    pub story: &'static str,
    /// At least one stage, first to last.
    pub stages: Vec<StageTemplate>,
}

/// A stage of a [`ModelTemplate`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageTemplate {
    /// The stage's name.
    pub name: &'static str,
    /// The zone, where the model is told in zones.
    pub zone: Option<Zone>,
    /// Assumed chance that a deal in this stage is won.
    pub probability: Share,
    /// Assumed share of the deals in this stage that go on past it.
    pub promotion_rate: Share,
    /// Days a healthy deal spends in the stage.
    pub expected_days: u16,
    /// Promotion criteria, each with whether it is required.
    pub criteria: Vec<(&'static str, bool)>,
    /// What the seller does in the stage.
    pub tasks: Vec<&'static str>,
    /// Fields that must be filled before a deal leaves forward.
    pub required_fields: Vec<Field>,
}

/// All funnel models that ship, in the order in which they are offered; the textbook one first.
///
/// ```
/// use loudou::codec::content::{Language, gallery};
/// let general = &gallery(Language::Chinese)[0];
/// assert_eq!((general.slug, general.name), ("general", "通用销售漏斗"));
/// ```
pub fn gallery(language: Language) -> Vec<ModelTemplate> {
    let models: Vec<ModelForm> = read(include_str!("../../content/models.json"));
    models.into_iter().map(|model| model.template(language)).collect()
}

/// The template with this slug; `None` when none ships.
pub fn template(slug: &str, language: Language) -> Option<ModelTemplate> {
    gallery(language).into_iter().find(|template| template.slug == slug)
}

/// A funnel model made from a template, with fresh ids for itself, its stages and their criteria.
///
/// ```
/// use loudou::codec::content::{IdSource, Language, instantiate, template};
/// let mut ids = IdSource::new(ulid::Ulid(1 << 80));
/// let model = instantiate(&template("consumer", Language::English).unwrap(), &mut ids);
/// assert_eq!(model.stages[0].name, "Awareness");
/// assert_ne!(model.stages[0].id, model.stages[1].id);
/// ```
pub fn instantiate(template: &ModelTemplate, ids: &mut IdSource) -> FunnelModel {
    let id = ids.fresh();
    let stages = template.stages.iter().map(|stage| stage.instantiate(ids)).collect();
    FunnelModel {
        id,
        name: template.name.to_owned(),
        description: template.story.to_owned(),
        stages,
        revisions: Vec::new(),
    }
}

/// The profile of a new workspace: the usual sources and lost reasons in the language, and the currency that goes with it.
pub fn profile(language: Language, name: impl Into<String>) -> Profile {
    let defaults: DefaultsForm = read(include_str!("../../content/defaults.json"));
    let text = |text: Text| text.in_language(language).to_owned();
    let reason = |(name, needs_note)| LostReason { name: text(name), needs_note };
    Profile {
        name: name.into(),
        currency: match language {
            Language::Chinese => Currency::CNY,
            Language::English => Currency::USD,
        },
        fiscal_year_start: 1,
        sources: defaults.sources.into_iter().map(text).collect(),
        lost_reasons: defaults.lost_reasons.into_iter().map(reason).collect(),
    }
}

/// Reads a file of `content/`. It was compiled in and a test reads it, so there is always a value.
fn read<T: Deserialize<'static> + Default>(json: &'static str) -> T {
    serde_json::from_str(json).unwrap_or_default()
}

impl StageTemplate {
    fn instantiate(&self, ids: &mut IdSource) -> Stage {
        let criterion =
            |&(text, required): &(&str, bool)| Criterion { id: ids.fresh(), text: text.to_owned(), required };
        let criteria = self.criteria.iter().map(criterion).collect();
        Stage {
            id: ids.fresh(),
            name: self.name.to_owned(),
            zone: self.zone,
            probability: self.probability,
            promotion_rate: self.promotion_rate,
            expected_days: self.expected_days,
            weight: None,
            criteria,
            tasks: self.tasks.iter().map(|&task| task.to_owned()).collect(),
            required_fields: self.required_fields.clone(),
            playbook: Playbook::default(),
        }
    }
}

/// A model as `content/models.json` writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ModelForm {
    id: &'static str,
    name: Text,
    story: Text,
    stages: Vec<StageForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct StageForm {
    name: Text,
    #[serde(default)]
    zone: Option<ZoneForm>,
    /// Percent.
    probability: u8,
    /// Percent.
    promotion: u8,
    days: u16,
    #[serde(default)]
    criteria: Vec<(Text, bool)>,
    #[serde(default)]
    tasks: Vec<Text>,
    #[serde(default)]
    fields: Vec<FieldForm>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ZoneForm {
    Upper,
    Middle,
    Lower,
}

/// The fields that a shipped model requires.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum FieldForm {
    Customer,
    Contact,
    Amount,
    ExpectedClose,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct DefaultsForm {
    sources: Vec<Text>,
    lost_reasons: Vec<(Text, bool)>,
}

impl ModelForm {
    fn template(self, language: Language) -> ModelTemplate {
        ModelTemplate {
            slug: self.id,
            name: self.name.in_language(language),
            story: self.story.in_language(language),
            stages: self.stages.into_iter().map(|stage| stage.template(language)).collect(),
        }
    }
}

impl StageForm {
    fn template(self, language: Language) -> StageTemplate {
        StageTemplate {
            name: self.name.in_language(language),
            zone: self.zone.map(|zone| match zone {
                ZoneForm::Upper => Zone::Upper,
                ZoneForm::Middle => Zone::Middle,
                ZoneForm::Lower => Zone::Lower,
            }),
            probability: Share::percent(self.probability),
            promotion_rate: Share::percent(self.promotion),
            expected_days: self.days,
            criteria: self
                .criteria
                .into_iter()
                .map(|(text, required)| (text.in_language(language), required))
                .collect(),
            tasks: self.tasks.into_iter().map(|task| task.in_language(language)).collect(),
            required_fields: self
                .fields
                .into_iter()
                .map(|field| match field {
                    FieldForm::Customer => Field::Customer,
                    FieldForm::Contact => Field::Contact,
                    FieldForm::Amount => Field::Amount,
                    FieldForm::ExpectedClose => Field::ExpectedClose,
                })
                .collect(),
        }
    }
}
