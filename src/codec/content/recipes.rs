//! The words from which the demo company is made: `content/demo.json`.

use serde::Deserialize;

use super::{Language, Text, read};
use crate::model::{ActivityKind, Zone};

/// A territory with the cities in it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct Territory {
    /// Its name.
    pub name: Text,
    /// Cities of customers.
    pub cities: Vec<Text>,
}

/// An industry with what its companies call themselves.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct Industry {
    /// Its name.
    pub name: Text,
    /// The middle part of company names.
    pub kinds: Vec<Text>,
}

/// A product on the price list.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct ProductRecipe {
    /// Its name.
    pub name: Text,
    /// What it is about, for the titles of deals.
    pub topic: Text,
    /// Its family.
    pub series: Text,
    /// List price of one unit in yuan and in dollars.
    pub price: (i32, i32),
}

impl ProductRecipe {
    /// List price in minor units of the language's currency.
    pub fn price_in(&self, language: Language) -> i64 {
        minor(self.price, language)
    }
}

/// Whole yuan or dollars in minor units of the language's currency.
fn minor((yuan, dollars): (i32, i32), language: Language) -> i64 {
    100 * i64::from(match language {
        Language::Chinese => yuan,
        Language::English => dollars,
    })
}

/// What sellers plan next, by zone of the funnel.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct ActionRecipes {
    /// Upper funnel.
    pub upper: Vec<Text>,
    /// Middle funnel.
    pub middle: Vec<Text>,
    /// Lower funnel.
    pub lower: Vec<Text>,
}

impl ActionRecipes {
    /// Those of a zone.
    pub fn of(&self, zone: Zone) -> &[Text] {
        match zone {
            Zone::Upper => &self.upper,
            Zone::Middle => &self.middle,
            Zone::Lower => &self.lower,
        }
    }
}

/// What sellers write down after a contact of one kind.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct ActivityRecipe {
    /// The kind.
    #[serde(with = "KindForm")]
    pub kind: ActivityKind,
    /// Notes to choose from, those of the beginning of a deal first.
    pub notes: Vec<Text>,
}

#[derive(Deserialize)]
#[serde(remote = "ActivityKind", rename_all = "kebab-case")]
enum KindForm {
    Visit,
    Call,
    Demo,
    Email,
    Sms,
    Meeting,
    ReturnVisit,
    ServiceRequest,
    Note,
}

/// A campaign of the company.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct CampaignRecipe {
    /// Its name.
    pub name: Text,
    /// The place of its channel among the usual sources.
    pub channel: usize,
    /// Its first working day, counted from today.
    pub starts: i32,
    /// How many working days it lasts.
    pub days: i32,
    /// What it cost, in yuan and in dollars.
    pub cost: (i32, i32),
    /// The place of the target profile that is its audience; none addresses everybody.
    pub audience: Option<usize>,
    /// The share of the audience that was touched, if it is over.
    pub reached: f64,
    /// The share of the deals that began soon after a touch and came from it.
    pub brought: f64,
    /// The text with places, line by line.
    pub message: Vec<Text>,
}

impl CampaignRecipe {
    /// The cost in minor units of the language's currency.
    pub fn cost_in(&self, language: Language) -> i64 {
        minor(self.cost, language)
    }
}

/// Everything the demo company says. Lists are chosen from; `{…}` in a text is filled in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
#[expect(missing_docs, reason = "the fields are named after the lists of the file and say no more than it does")]
pub struct Recipes {
    pub company: Text,
    pub departments: Vec<Text>,
    pub managers: Vec<Text>,
    pub sellers: Vec<Text>,
    pub territories: Vec<Territory>,
    pub streets: Vec<Text>,
    pub address: Text,
    pub brand_heads: Vec<Text>,
    pub brand_tails: Vec<Text>,
    pub industries: Vec<Industry>,
    pub company_name: Text,
    pub short_name: Text,
    pub sizes: Vec<Text>,
    pub standings: Vec<Text>,
    pub software: Vec<Text>,
    pub needs: Vec<Text>,
    pub surnames: Vec<Text>,
    pub given: Vec<Text>,
    pub full_name: Text,
    pub phone: Text,
    pub job_titles: Vec<Text>,
    pub roles: Vec<Text>,
    pub tags: Vec<Text>,
    pub products: Vec<ProductRecipe>,
    pub titles: Vec<Text>,
    pub large_titles: Vec<Text>,
    pub competitors: Vec<Text>,
    pub obstacles: Vec<Text>,
    pub proofs: Vec<Text>,
    pub overrides: Vec<Text>,
    pub lost_notes: Vec<Text>,
    pub actions: ActionRecipes,
    pub activities: Vec<ActivityRecipe>,
    pub campaigns: Vec<CampaignRecipe>,
    pub results: Vec<Text>,
}

/// What is different in the company of the case: `content/case.json`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct CaseRecipes {
    /// Its name.
    pub company: Text,
    /// Its heads of departments.
    pub managers: Vec<Text>,
    /// Its sellers.
    pub sellers: Vec<Text>,
    /// Its price list.
    pub products: Vec<ProductRecipe>,
    /// Why deals were lost after a first visit that showed the product.
    pub lost_reason: Text,
    /// What sellers wrote after such a visit.
    pub showing: Vec<Text>,
    /// What they write after a first visit that asks.
    pub asking: Vec<Text>,
    /// Why deals went on without what the gate asks for.
    pub overrides: Vec<Text>,
    /// What sellers promise at the weekly meeting.
    pub promises: Vec<Text>,
    /// What came of promises that were not kept.
    pub unkept: Vec<Text>,
    /// The name of the training.
    pub training: Text,
    /// What was done in it.
    pub training_note: Text,
}

/// The recipes of the company of the case.
pub fn case() -> CaseRecipes {
    read(include_str!("../../../content/case.json"))
}

/// The recipes of the demo company.
pub fn recipes() -> Recipes {
    read(include_str!("../../../content/demo.json"))
}
