//! A large change in parts, so that nobody has to read all of it at once.

use crate::model::Change;

/// Cuts a change into parts with at most so many deals each; everything else is in the first.
///
/// ```
/// use loudou::{codec::{content::Language, parts::{cut, join}}, model::{Change, Date, Profile, Workspace}, training::demo};
///
/// let company = demo::company(Language::English, Date::from_ymd_opt(2026, 11, 23).unwrap(), 7);
/// let empty = Workspace::new(company.id, Profile::clone(&company.profile));
/// let change = Change::between(&empty, &company);
/// let parts = cut(change.clone(), 100);
/// assert_eq!(parts.len(), company.deals.len().div_ceil(100));
/// assert!(parts.iter().all(|part| part.deals.len() <= 100));
/// let mut whole = Change::default();
/// parts.into_iter().for_each(|part| join(&mut whole, part));
/// assert_eq!(whole, change);
/// ```
pub fn cut(mut change: Change, deals: usize) -> Vec<Change> {
    let rest = change.deals.split_off(change.deals.len().min(deals));
    let mut parts = vec![change];
    let mut rest = rest.into_iter().peekable();
    while rest.peek().is_some() {
        parts.push(Change { deals: rest.by_ref().take(deals.max(1)).collect(), ..Change::default() });
    }
    parts
}

/// Adds the next part to those before it.
pub fn join(whole: &mut Change, part: Change) {
    let Change {
        profile,
        models,
        departments,
        people,
        quotas,
        products,
        targets,
        customers,
        campaigns,
        deals,
        activities,
        promises,
        handovers,
        interventions,
        problems,
        schemes,
    } = part;
    whole.profile = whole.profile.take().or(profile);
    whole.models.extend(models);
    whole.departments.extend(departments);
    whole.people.extend(people);
    whole.quotas.extend(quotas);
    whole.products.extend(products);
    whole.targets.extend(targets);
    whole.customers.extend(customers);
    whole.campaigns.extend(campaigns);
    whole.deals.extend(deals);
    whole.activities.extend(activities);
    whole.promises.extend(promises);
    whole.handovers.extend(handovers);
    whole.interventions.extend(interventions);
    whole.problems.extend(problems);
    whole.schemes.extend(schemes);
}
