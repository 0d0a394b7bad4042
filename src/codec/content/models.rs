//! The funnel models that ship: one file each, with everything that is advised in their stages.

use serde::Deserialize;

use super::{IdSource, Language, Text, read};
use crate::model::{AfterSale, Criterion, Field, FunnelModel, Playbook, Segment, Share, Stage, Zone};

const SOFTWARE_REGULAR: &str = include_str!("../../../content/models/software-regular.json");
const SOFTWARE_LARGE: &str = include_str!("../../../content/models/software-large.json");

/// In the order in which they are offered.
const ALL: [&str; 17] = [
    include_str!("../../../content/models/general.json"),
    SOFTWARE_REGULAR,
    SOFTWARE_LARGE,
    include_str!("../../../content/models/solution.json"),
    include_str!("../../../content/models/key-account.json"),
    include_str!("../../../content/models/telesales.json"),
    include_str!("../../../content/models/six-step.json"),
    include_str!("../../../content/models/seven-step.json"),
    include_str!("../../../content/models/buyer.json"),
    include_str!("../../../content/models/lead-to-deal.json"),
    include_str!("../../../content/models/four-step.json"),
    include_str!("../../../content/models/proposal-review.json"),
    include_str!("../../../content/models/consumer.json"),
    include_str!("../../../content/models/automotive.json"),
    include_str!("../../../content/models/nurture-finance.json"),
    include_str!("../../../content/models/nurture-manufacturing.json"),
    include_str!("../../../content/models/job-fair.json"),
];

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
    /// What follows once a deal is won, where that is part of the business.
    pub after_sale: Option<AfterSale>,
    /// Groups of customers with an action each, where the model nurtures.
    pub segments: Vec<Segment>,
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
    /// What to do and say in the stage.
    pub playbook: Playbook,
}

/// All funnel models that ship, in the order in which they are offered; the textbook one first.
///
/// ```
/// use loudou::codec::content::{Language, gallery};
/// let general = &gallery(Language::Chinese)[0];
/// assert_eq!((general.slug, general.name), ("general", "通用销售漏斗"));
/// ```
pub fn gallery(language: Language) -> Vec<ModelTemplate> {
    ALL.into_iter().filter_map(|json| template(json, language)).collect()
}

/// The two models that the demo company sells by: a program that needs no other carries no other.
pub fn of_the_demo(language: Language) -> Vec<ModelTemplate> {
    [SOFTWARE_REGULAR, SOFTWARE_LARGE].into_iter().filter_map(|json| template(json, language)).collect()
}

fn template(json: &'static str, language: Language) -> Option<ModelTemplate> {
    let model: Option<ModelForm> = read(json);
    Some(model?.template(language))
}

/// A funnel model made from a template, with fresh ids for itself, its stages and their criteria.
///
/// ```
/// use loudou::codec::content::{IdSource, Language, gallery, instantiate};
/// let mut ids = IdSource::new(ulid::Ulid(1 << 80));
/// let model = instantiate(&gallery(Language::English)[0], &mut ids);
/// assert_eq!(model.stages[0].name, "Prospect");
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
        after_sale: template.after_sale.clone(),
        segments: template.segments.clone(),
        revisions: Vec::new(),
        retired: Vec::new(),
    }
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
            required_fields: self.required_fields.iter().copied().map(Into::into).collect(),
            playbook: self.playbook.clone(),
        }
    }
}

/// A model as a file of `content/models/` writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ModelForm {
    id: &'static str,
    name: Text,
    story: Text,
    stages: Vec<StageForm>,
    #[serde(default)]
    after: Option<AfterForm>,
    #[serde(default)]
    segments: Vec<SegmentForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct AfterForm {
    name: Text,
    /// From the win, or from one return visit, to the next.
    days: u16,
    tasks: Vec<Text>,
    playbook: PlaybookForm,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct SegmentForm {
    name: Text,
    who: Text,
    action: Text,
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
    playbook: PlaybookForm,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct PlaybookForm {
    goal: Text,
    strategy: Text,
    questions: Vec<Text>,
    phrases: Vec<Text>,
    material: Vec<Text>,
    objections: Vec<(Text, Text)>,
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
    ContactJobTitle,
    ContactPhone,
    ContactEmail,
    ContactRole,
    CustomerNeeds,
    CustomerIntent,
    CustomerSoftware,
    CustomerSize,
    CustomerIndustry,
    Source,
    Fit,
    Products,
    Competitors,
    Obstacles,
    NextAction,
    Amount,
    ExpectedClose,
}

impl ModelForm {
    fn template(self, language: Language) -> ModelTemplate {
        ModelTemplate {
            slug: self.id,
            name: self.name.in_language(language),
            story: self.story.in_language(language),
            stages: self.stages.into_iter().map(|stage| stage.template(language)).collect(),
            after_sale: self.after.map(|after| after.after_sale(language)),
            segments: self.segments.into_iter().map(|segment| segment.segment(language)).collect(),
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
                    FieldForm::ContactJobTitle => Field::ContactJobTitle,
                    FieldForm::ContactPhone => Field::ContactPhone,
                    FieldForm::ContactEmail => Field::ContactEmail,
                    FieldForm::ContactRole => Field::ContactRole,
                    FieldForm::CustomerNeeds => Field::CustomerNeeds,
                    FieldForm::CustomerIntent => Field::CustomerIntent,
                    FieldForm::CustomerSoftware => Field::CustomerSoftware,
                    FieldForm::CustomerSize => Field::CustomerSize,
                    FieldForm::CustomerIndustry => Field::CustomerIndustry,
                    FieldForm::Source => Field::Source,
                    FieldForm::Fit => Field::Fit,
                    FieldForm::Products => Field::Products,
                    FieldForm::Competitors => Field::Competitors,
                    FieldForm::Obstacles => Field::Obstacles,
                    FieldForm::NextAction => Field::NextAction,
                    FieldForm::Amount => Field::Amount,
                    FieldForm::ExpectedClose => Field::ExpectedClose,
                })
                .collect(),
            playbook: self.playbook.playbook(language),
        }
    }
}

impl AfterForm {
    fn after_sale(self, language: Language) -> AfterSale {
        let text = |text: Text| text.in_language(language).to_owned();
        AfterSale {
            name: text(self.name),
            return_visit_days: self.days,
            tasks: self.tasks.into_iter().map(text).collect(),
            playbook: self.playbook.playbook(language),
        }
    }
}

impl SegmentForm {
    fn segment(self, language: Language) -> Segment {
        let text = |text: Text| text.in_language(language).to_owned();
        Segment { name: text(self.name), who: text(self.who), action: text(self.action) }
    }
}

impl PlaybookForm {
    fn playbook(self, language: Language) -> Playbook {
        let text = |text: Text| text.in_language(language).to_owned();
        let texts = |texts: Vec<Text>| texts.into_iter().map(text).collect();
        Playbook {
            goal: text(self.goal),
            strategy: text(self.strategy),
            questions: texts(self.questions),
            phrases: texts(self.phrases),
            material: texts(self.material),
            objections: self.objections.into_iter().map(|(says, answer)| (text(says), text(answer))).collect(),
        }
    }
}
