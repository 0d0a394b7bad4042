//! Companies that an illness has: made as the demo company is, on one model, with a [`Strain`].

use super::{Plan, make, strain::Strain};
use crate::{
    codec::content::{
        self, Language, Text,
        recipes::{self, Recipes},
    },
    model::{Date, Workspace},
    training::draw::Draw,
};

/// The models that these companies run: in both, the second stage is the one in which needs are found out, and two stages lie in the
/// middle zone.
const MODELS: [&str; 2] = ["software-regular", "key-account"];

/// A company under a strain as it stands on `today`: 12 sellers and one who left, 200 customers, 620 deals in two years. The seed also
/// says which model it runs.
pub(in crate::training) fn company(
    (language, today, seed): (Language, Date, u64),
    name: Text,
    strain: Strain,
) -> Workspace {
    let recipes = Recipes { company: name, ..recipes::recipes() };
    let profile = content::profile(language, name.in_language(language));
    let model = Draw::new(seed.rotate_left(48)).pick(&MODELS);
    let templates: Vec<_> = content::gallery(language).into_iter().filter(|template| template.slug == model).collect();
    let plan = Plan {
        customers: 200,
        deals: 620,
        opening_deals: 30,
        opening: -520,
        large: 0.0,
        left_on: -255,
        lesson: None,
        strain,
    };
    make((language, today, seed), &plan, &templates, &recipes, &profile).0
}
