//! A demo company as it stood on an earlier day, with nothing of what came later.
//!
//! Metrics look at any past day, but some records have no history: plans and product lines of deals, quotas, promises. They would tell
//! what became of a deal. So they are left out or made anew from what was known on the day.

use ulid::Ulid;

use super::{Demo, PLAN, added, calendar::Calendar};
use crate::{
    codec::content::{IdSource, Language, recipes},
    model::{
        Activity, Campaign, Change, Date, Deal, DealDetails, FunnelModel, Person, Record, Status, Table, Workspace,
    },
    training::draw::Draw,
};

/// The company `whole`, made by [`company`](super::company), as it stood at the end of `as_of`.
///
/// It knows the deals that had begun, with their histories until then; activities, touches of campaigns, and nothing later. Open deals
/// have plans for the days after `as_of`, drawn from `seed`; quotas and promises come from the past by the rules of the company. Product
/// lines, which have no history, are those of won deals only. So two companies with the same past and another future look the same.
///
/// ```
/// use loudou::{codec::content::Language, model::Date, training::demo::{SEED, company, earlier}};
/// let day = |text: &str| text.parse::<Date>().unwrap();
/// let whole = company(Language::English, day("2026-12-31"), SEED);
/// let then = earlier(&whole, Language::English, day("2026-11-19"), SEED);
/// assert!(then.deals.len() < whole.deals.len());
/// assert!(then.deals.iter().all(|deal| deal.last_day() <= Some(day("2026-11-19"))));
/// ```
pub fn earlier(whole: &Workspace, language: Language, as_of: Date, seed: u64) -> Workspace {
    let mut draw = Draw::new(seed.rotate_left(48));
    let recipes = recipes::recipes();
    let ids = IdSource::new(Ulid(draw.bits() >> 1));
    let calendar = Calendar::new(as_of);
    let mut demo = Demo { plan: &PLAN, language, calendar, recipes: &recipes, profile: &whole.profile, ids };
    let models: Vec<FunnelModel> = owned(&whole.models);
    let people: Vec<Person> = owned(&whole.people);
    let mut deals: Vec<Deal> = whole.deals.iter().filter_map(|deal| cut(deal, as_of)).collect();
    for deal in &mut deals {
        let standing = deal.standing();
        let model = models.iter().find(|model| model.id == standing.model);
        if let Some((model, owner)) = model.zip(standing.owner) {
            demo.plan(&mut draw, model, deal, owner);
        }
    }
    let quotas = demo.quotas(as_of, &people, &deals);
    let promises = demo.promises(&mut draw, &models, &people, &deals);
    let activities: Vec<Activity> = owned(&whole.activities).into_iter().filter(|one| one.on <= as_of).collect();
    let campaigns = owned(&whole.campaigns).into_iter().map(|mut campaign: Campaign| {
        campaign.touches.retain(|touch| touch.on <= as_of);
        campaign
    });
    let change = Change {
        quotas: added(quotas),
        promises: added(promises),
        campaigns: added(campaigns.collect()),
        deals: added(deals),
        activities: added(activities),
        ..Change::default()
    };
    let unchanged = Workspace {
        models: whole.models.clone(),
        departments: whole.departments.clone(),
        people: whole.people.clone(),
        products: whole.products.clone(),
        targets: whole.targets.clone(),
        customers: whole.customers.clone(),
        ..Workspace::new(whole.id, (*whole.profile).clone())
    };
    unchanged.with(&change)
}

fn owned<V: Record>(table: &Table<V>) -> Vec<V> {
    table.iter().map(|record| (**record).clone()).collect()
}

/// A deal with what had happened to it by the end of a day; `None` when it had not begun.
fn cut(deal: &Deal, as_of: Date) -> Option<Deal> {
    let history = deal.history().iter().take_while(|event| event.on <= Some(as_of)).cloned().collect();
    let details = DealDetails { obstacles: String::new(), next_action: None, ..deal.details.clone() };
    let mut then = Deal::from_history(deal.id, details, history).ok()?;
    // The amount of a deal that goes on may change, and its lines with it; a won one stays as it is.
    if !matches!(then.standing().status, Status::Won { .. }) {
        then.details.lines.clear();
    }
    Some(then)
}
