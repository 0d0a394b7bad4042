//! The demo company: a software firm with two years of sales behind it, made from a seed. [`case`] is another one, with a story;
//! [`OFFERED`] are more of them, one for each illness.
//!
//! The same seed and day give the same workspace to the last id. Another day moves all dates along and nothing else; the other
//! language changes words and prices and nothing else.

mod after_sale;
mod calendar;
mod campaigns;
pub mod case;
mod companies;
mod course;
mod deals;
mod earlier;
mod lesson;
mod market;
mod offer;
mod promises;
mod quotas;
pub(super) mod sick;
pub mod simulated;
pub(super) mod strain;

use ulid::Ulid;

use self::{
    calendar::{Calendar, Workday},
    lesson::Lesson,
    strain::Strain,
};
pub use self::{
    companies::{OFFERED, Offered},
    earlier::earlier,
};
use super::draw::Draw;
use crate::{
    codec::content::{self, IdSource, Language, ModelTemplate, recipes::Recipes},
    model::{Change, Date, FunnelModel, Patch, Profile, Record, Workspace, WorkspaceId},
};

/// The seed of the company that the page shows: of those tried, the one whose funnel looks most like an ordinary one.
pub const SEED: u64 = 4;
/// The place of the seller who left.
const LEAVER: usize = 12;
/// The place of "referral" among the default sources.
const REFERRAL: usize = 4;

/// How large a company is, and what happened to it.
struct Plan<'a> {
    /// How many customers it knows.
    customers: usize,
    /// How many deals it has had.
    deals: usize,
    /// How many of them stood in the books on the first day, in any stage.
    opening_deals: usize,
    /// The first day of its books.
    opening: Workday,
    /// The share of deals that are large projects: these run through the second model.
    large: f64,
    /// The day on which the seller at the place of the leaver left; the earliest there is when nobody did.
    left_on: Workday,
    /// What its sellers learnt one day, if they did.
    lesson: Option<Lesson<'a>>,
    /// What is wrong with it.
    strain: Strain,
}

/// The demo company: 104 weeks.
const PLAN: Plan<'static> = Plan {
    customers: 220,
    deals: 630,
    opening_deals: 30,
    opening: -520,
    large: 0.18,
    left_on: -255,
    lesson: None,
    strain: Strain::NONE,
};

/// What all parts of the making share.
struct Demo<'a> {
    plan: &'a Plan<'a>,
    language: Language,
    calendar: Calendar,
    recipes: &'a Recipes,
    profile: &'a Profile,
    ids: IdSource,
}

/// The demo company as it stands on `today`: 12 sellers in 3 departments and one who left, about 220 customers, 630 deals on two
/// models with their histories and activities, two target profiles, three campaigns, quotas for six quarters and the promises of two
/// meetings. Nothing is dated after `today` but what is planned.
///
/// ```
/// use loudou::{codec::content::Language, model::Date, training::demo};
/// let today = Date::from_ymd_opt(2026, 11, 23).unwrap();
/// let company = demo::company(Language::English, today, demo::SEED);
/// assert_eq!(company.departments.len(), 3);
/// assert_eq!(company, demo::company(Language::English, today, demo::SEED));
/// ```
pub fn company(language: Language, today: Date, seed: u64) -> Workspace {
    let recipes = content::recipes::recipes();
    let profile = content::profile(language, recipes.company.in_language(language));
    let templates = content::of_the_demo(language);
    make((language, today, seed), &PLAN, &templates, &recipes, &profile).0
}

/// What every company begins with.
struct Beginning<'a> {
    draw: Draw,
    /// The first of its ids.
    id: WorkspaceId,
    models: Vec<FunnelModel>,
    demo: Demo<'a>,
}

/// The beginning of a company by its seed.
fn begin<'a>(
    (language, today, seed): (Language, Date, u64),
    plan: &'a Plan<'a>,
    templates: &[ModelTemplate],
    recipes: &'a Recipes,
    profile: &'a Profile,
) -> Beginning<'a> {
    let mut draw = Draw::new(seed);
    // Ids begin far below the largest one, so that counting on never wraps.
    let mut ids = IdSource::new(Ulid(draw.bits() >> 1));
    let id = ids.fresh();
    let models = templates.iter().map(|template| content::instantiate(template, &mut ids)).collect();
    let demo = Demo { plan, language, calendar: Calendar::new(today), recipes, profile, ids };
    Beginning { draw, id, models, demo }
}

/// A company by its plan, and ids for what is added to it.
fn make(
    (language, today, seed): (Language, Date, u64),
    plan: &Plan<'_>,
    templates: &[ModelTemplate],
    recipes: &Recipes,
    profile: &Profile,
) -> (Workspace, IdSource) {
    let Beginning { mut draw, id, models, mut demo } =
        begin((language, today, seed), plan, templates, recipes, profile);
    let departments = demo.departments();
    let people = demo.people(&departments);
    let products = demo.products();
    let accounts = demo.accounts(&mut draw, &people, plan.customers);
    let (mut deals, mut activities) = demo
        .deals(&mut draw, deals::Sides { models: &models, people: &people, products: &products, accounts: &accounts });
    let mut customers: Vec<_> = accounts.into_iter().map(|account| account.customer).collect();
    let targets = content::targets::examples(language, &mut demo.ids);
    // Draws of their own: they change nothing of what was drawn before.
    let mut draw = Draw::new(!seed);
    campaigns::leave_open(&mut draw, &mut customers);
    let campaigns = demo.campaigns(&mut draw, &targets, &customers, &mut deals);
    demo.care(&mut Draw::new(seed.rotate_left(32)), &models, &customers, &deals, &mut activities);
    let quotas = demo.quotas(today, &people, &deals);
    // Who learns a lesson promises what belongs to it.
    let mut promises = Vec::new();
    if plan.lesson.is_none() {
        promises = demo.promises(&mut Draw::new(seed.rotate_left(16)), &models, &people, &deals);
    }
    let change = Change {
        models: added(models),
        departments: added(departments),
        people: added(people),
        quotas: added(quotas),
        promises: added(promises),
        products: added(products),
        targets: added(targets),
        campaigns: added(campaigns),
        customers: added(customers),
        deals: added(deals),
        activities: added(activities),
        ..Change::default()
    };
    (Workspace::new(id, profile.clone()).with(&change), demo.ids)
}

fn added<V: Record>(records: Vec<V>) -> Vec<Patch<V>> {
    records.into_iter().map(|record| Patch { id: record.id(), before: None, after: Some(record.into()) }).collect()
}
