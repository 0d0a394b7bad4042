//! The scenarios of the team simulator: `content/scenarios.json`.
//!
//! Money in them is in *units of account*, whole numbers, the same in both languages; a scenario says what a unit is worth in yuan and
//! in dollars. So results of a class compare whatever language each of its members plays in.

use serde::Deserialize;

use super::{Language, Text, read};
use crate::{
    codec::run::{Decision, Turn},
    model::{Money, Zone},
};

/// A member of the team at the beginning.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct SellerRecipe {
    /// The name.
    pub name: Text,
    /// How well upper, middle and lower zone are sold; 1 is an ordinary seller.
    pub skills: [f64; 3],
    /// What a week costs, in units.
    pub salary: i64,
}

/// What a stage of the model asks for.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageRecipe {
    /// Its zone, as the model has it.
    #[serde(with = "ZoneForm")]
    pub zone: Zone,
    /// The days that the model expects.
    pub days: u16,
    /// Hours with the customer until it is decided, half of the time.
    pub hours: f64,
    /// The share of customers with a real need that an ordinary seller brings past it.
    pub pass: f64,
}

#[derive(Deserialize)]
#[serde(remote = "Zone", rename_all = "kebab-case")]
enum ZoneForm {
    Upper,
    Middle,
    Lower,
}

/// What is sold.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct GoodsRecipe {
    /// Its name.
    pub name: Text,
    /// What it is about, for the titles of deals.
    pub topic: Text,
    /// Its family.
    pub series: Text,
    /// List price of one piece, in units; a multiple of 20, so that any discount leaves a whole number.
    pub price: i64,
    /// How many pieces a deal has, half of the time.
    pub pieces: f64,
}

/// Where leads come from.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OriginRecipe {
    /// The place of its name among the usual sources.
    pub source: usize,
    /// Leads in an ordinary week: without doing anything, by an hour of prospecting, or at most for a channel.
    pub leads: f64,
    /// The share of them with a real need.
    pub real: f64,
}

/// A channel that can be paid for.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelRecipe {
    /// What comes of it.
    pub origin: OriginRecipe,
    /// What must be spent in a week for the first 63 % of what it can bring, in units.
    pub scale: u32,
    /// The most that it takes in a week, in units.
    pub most: u32,
    /// How much it wears out: at 1, spending the scale every week halves what it brings.
    pub wear: f64,
}

/// A competitor that comes up during the year.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct RivalRecipe {
    /// Its name.
    pub name: Text,
    /// The week of its arrival, from 0.
    pub week: i32,
    /// How many weeks it stays.
    pub weeks: i32,
    /// The share of the deals with a real need that it takes at each gate below the upper zone.
    pub strength: f64,
}

/// What trainings do.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrainingRecipe {
    /// What one costs, in units.
    pub price: i64,
    /// What it adds to the skill of everybody in its zone.
    pub gain: f64,
    /// Weeks of drills; the gain comes after the last of them.
    pub weeks: i32,
    /// Hours that a week of drills takes from each seller.
    pub hours: f64,
}

/// What hiring means.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HiringRecipe {
    /// What finding one seller costs, in units.
    pub price: i64,
    /// Weeks until the first day.
    pub wait: i32,
    /// Weeks from the first day until the work is known.
    pub ramp: i32,
    /// What a week of a new seller costs, in units.
    pub salary: i64,
    /// Sellers at most, all together.
    pub most: usize,
}

/// A text for each zone of the funnel.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct ZoneTexts {
    /// Upper funnel.
    pub upper: Text,
    /// Middle funnel.
    pub middle: Text,
    /// Lower funnel.
    pub lower: Text,
}

impl ZoneTexts {
    /// That of a zone.
    pub const fn of(&self, zone: Zone) -> Text {
        match zone {
            Zone::Upper => self.upper,
            Zone::Middle => self.middle,
            Zone::Lower => self.lower,
        }
    }
}

/// A company, its market and a year to be decided.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Names it in files and addresses.
    pub slug: &'static str,
    /// Its name.
    pub name: Text,
    /// Where the company stands.
    pub story: Text,
    /// What is to be done.
    pub task: Text,
    /// The name of the company.
    pub company: Text,
    /// The funnel model, by its slug in the gallery.
    pub model: &'static str,
    /// The seed of the market that a class plays.
    pub seed: u32,
    /// What a unit of account is, in yuan and in dollars.
    pub unit: (i32, i32),
    /// How many weeks the company has sold before the year begins.
    pub before: i32,
    /// What is to be won in a quarter, in units; the quotas say so.
    pub target: i64,
    /// What delivering costs, in percent of the list price.
    pub cost: i64,
    /// How much a discount helps: at 1, ten percent off wins one deal in ten more.
    pub lift: f64,
    /// The team.
    pub sellers: Vec<SellerRecipe>,
    /// The stages of the model, in their order: what is to be known of them without the model, so that who plays needs none.
    pub stages: Vec<StageRecipe>,
    /// The price list.
    pub goods: Vec<GoodsRecipe>,
    /// Leads that come by themselves.
    pub inbound: OriginRecipe,
    /// Leads by the hours of prospecting.
    pub prospecting: OriginRecipe,
    /// What can be paid for, in the order of [`Decision::spend`].
    pub channels: Vec<ChannelRecipe>,
    /// Competitors that come up.
    pub rivals: Vec<RivalRecipe>,
    /// Leads of each week of the year against an ordinary one, in percent.
    pub season: Vec<u32>,
    /// What trainings for each zone are called.
    pub training_names: ZoneTexts,
    /// Trainings.
    pub training: TrainingRecipe,
    /// Hiring.
    pub hiring: HiringRecipe,
    /// What the company does every week as long as nobody decides otherwise.
    pub standing: Decision,
    /// A good way through the year, found by search on other markets than the one that is played.
    pub good: Vec<Turn>,
}

impl Scenario {
    /// An amount in units as money of the language's currency; `None` beyond the bound of money.
    pub fn money(&self, units: i64, language: Language) -> Option<Money> {
        let unit = match language {
            Language::Chinese => self.unit.0,
            Language::English => self.unit.1,
        };
        Money::from_minor(units.checked_mul(100 * i64::from(unit))?)
    }

    /// The place among the usual sources of leads by their place in the counts of a week: those that come by themselves, those of
    /// prospecting, then the channels.
    pub fn source(&self, origin: usize) -> usize {
        let channels = self.channels.iter().map(|channel| &channel.origin);
        let mut origins = [&self.inbound, &self.prospecting].into_iter().chain(channels);
        origins.nth(origin).map_or(0, |recipe| recipe.source)
    }
}

/// All scenarios, the easiest first.
///
/// ```
/// use loudou::codec::content::{Language, scenarios};
/// let all = scenarios::shipped();
/// assert_eq!(all[0].slug, "first-year");
/// assert_eq!(all[0].money(10, Language::Chinese).unwrap().minor(), 100_000);
/// ```
pub fn shipped() -> Vec<Scenario> {
    let form: Form = read(include_str!("../../../content/scenarios.json"));
    form.scenarios
}

/// The scenario of this slug.
pub fn of_slug(slug: &str) -> Option<Scenario> {
    shipped().into_iter().find(|scenario| scenario.slug == slug)
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct Form {
    scenarios: Vec<Scenario>,
}
