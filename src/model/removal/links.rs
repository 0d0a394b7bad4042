//! What a deletion takes off records that stay, and how it is put on them again: contacts of a customer, a deal that followed from the one
//! that went, a line of a handover, customers that were told apart, and whatever named a field of the user's own.

use std::{collections::BTreeMap, sync::Arc};

use super::{Obstacle, Plan};
use crate::model::{
    Change, ContactId, Customer, Deal, DealId, HandedOver, Handover, Patch, Profile, Record, RecordKind, SavedView,
    Table, Workspace,
};

/// Of customers that were written anew: those that went, and those that lost contacts. Of the latter the record before is the one after
/// with the contacts that it lost, so that nothing else comes back with them.
pub(super) fn without_contacts(patches: &[Patch<Customer>]) -> Vec<Patch<Customer>> {
    let lost = |patch: &Patch<Customer>| match (&patch.before, &patch.after) {
        (Some(_), None) => Some(patch.clone()),
        (Some(before), Some(after)) => {
            let mut whole = (**after).clone();
            let added = add_contacts(&mut whole, before, after);
            (added > 0).then(|| Patch { before: Some(Arc::new(whole)), ..patch.clone() })
        }
        (None, _) => None,
    };
    patches.iter().filter_map(lost).collect()
}

/// The contacts that went from customers that stay, as a part of a [`Summary`](super::Summary).
pub(super) fn contacts(patches: &[Patch<Customer>]) -> Option<(RecordKind, String, usize)> {
    let mut names = patches
        .iter()
        .filter_map(|patch| patch.before.as_ref().zip(patch.after.as_ref()))
        .flat_map(|(before, after)| before.contacts.iter().filter(|contact| after.contact(contact.id).is_none()));
    let first = names.next()?.name.clone();
    Some((RecordKind::Contact, first, 1 + names.count()))
}

/// The name of a contact that went.
pub(super) fn contact_name(patches: &[Patch<Customer>], id: ContactId) -> Option<String> {
    patches.iter().find_map(|patch| {
        let kept = patch.after.as_ref().is_some_and(|after| after.contact(id).is_some());
        let contact = patch.before.as_ref().filter(|_| !kept)?.contact(id)?;
        Some(contact.name.clone())
    })
}

/// All that comes back: `back`, the records that went, and the links of those that stayed. What stays away is counted in `plan`.
pub(super) fn mended(present: &Workspace, taken: &Change, mut back: Change, plan: &mut Plan) -> Change {
    back.profile = profile(present, taken, plan);
    let left = &mut plan.left;
    mend(&taken.models, &present.models, &mut back.models, left, |_, _, _, left| *left += 1);
    mend(&taken.departments, &present.departments, &mut back.departments, left, |_, _, _, left| *left += 1);
    mend(&taken.people, &present.people, &mut back.people, left, |_, _, _, left| *left += 1);
    mend(&taken.quotas, &present.quotas, &mut back.quotas, left, |_, _, _, left| *left += 1);
    mend(&taken.products, &present.products, &mut back.products, left, |_, _, _, left| *left += 1);
    mend(&taken.targets, &present.targets, &mut back.targets, left, |_, _, _, left| *left += 1);
    mend(&taken.campaigns, &present.campaigns, &mut back.campaigns, left, |_, _, _, left| *left += 1);
    mend(&taken.activities, &present.activities, &mut back.activities, left, |_, _, _, left| *left += 1);
    mend(&taken.promises, &present.promises, &mut back.promises, left, |_, _, _, left| *left += 1);
    mend(&taken.handovers, &present.handovers, &mut back.handovers, left, |now, before, after, _| {
        add_items(now, before, after);
    });
    mend(&taken.interventions, &present.interventions, &mut back.interventions, left, |_, _, _, left| *left += 1);
    mend(&taken.problems, &present.problems, &mut back.problems, left, |_, _, _, left| *left += 1);
    mend(&taken.schemes, &present.schemes, &mut back.schemes, left, |_, _, _, left| *left += 1);
    mend(&taken.customers, &present.customers, &mut back.customers, left, |now, before, after, left| {
        add_contacts(now, before, after);
        for other in before.not_same_as.iter().filter(|other| !after.not_same_as.contains(other)) {
            if !now.not_same_as.contains(other) {
                now.not_same_as.push(*other);
            }
        }
        add_values(&mut now.custom, &before.custom, &after.custom, left);
    });
    mend(&taken.deals, &present.deals, &mut back.deals, left, |now, before, after, left| {
        if before.details.follows != after.details.follows {
            match now.details.follows {
                None => now.details.follows = before.details.follows,
                Some(_) => *left += 1,
            }
        }
        add_values(&mut now.details.custom, &before.details.custom, &after.details.custom, left);
    });
    let then = present.with(&back);
    for patch in &mut back.customers {
        keep_if(patch, left, |customer: &mut Customer| {
            let before = customer.not_same_as.len();
            customer.not_same_as.retain(|other| then.customers.contains(*other));
            before - customer.not_same_as.len()
        });
    }
    for patch in &mut back.deals {
        keep_if(patch, left, |deal: &mut Deal| match deal.details.follows {
            Some(former) if !then.deals.contains(former) || leads_back(&then, former, deal.id) => {
                deal.details.follows = None;
                1
            }
            _ => 0,
        });
    }
    for patch in &mut back.handovers {
        keep_if(patch, left, |handover: &mut Handover| {
            let before = handover.items.len();
            handover.items.retain(|item| {
                let there = match item.what {
                    HandedOver::Customer(id) => then.customers.contains(id),
                    HandedOver::Deal(id) => then.deals.contains(id),
                };
                there && then.people.contains(item.to)
            });
            before - handover.items.len()
        });
    }
    back.handovers.sort_by_key(|patch| patch.id);
    back.customers.sort_by_key(|patch| patch.id);
    back.deals.sort_by_key(|patch| patch.id);
    back
}

/// Gives records that stayed what the deletion took off them: wholly where nothing has changed since, else by `merge`.
fn mend<V: Record>(
    taken: &[Patch<V>],
    present: &Table<V>,
    back: &mut Vec<Patch<V>>,
    left: &mut usize,
    merge: impl Fn(&mut V, &V, &V, &mut usize),
) {
    for patch in taken {
        let (Some(before), Some(after)) = (&patch.before, &patch.after) else { continue };
        let Some(now) = present.get(patch.id) else {
            *left += 1;
            continue;
        };
        let mended = if now == after {
            before.clone()
        } else if now == before {
            continue;
        } else {
            let mut mended = (**now).clone();
            merge(&mut mended, before, after, left);
            Arc::new(mended)
        };
        if mended != *now {
            back.push(Patch { id: patch.id, before: Some(now.clone()), after: Some(mended) });
        }
    }
}

/// Changes the record that a patch leaves behind, if it has to be changed.
fn keep_if<V: Record>(patch: &mut Patch<V>, left: &mut usize, cut: impl Fn(&mut V) -> usize) {
    let Some(after) = &patch.after else { return };
    let mut record = (**after).clone();
    let cuts = cut(&mut record);
    if cuts > 0 {
        *left += cuts;
        patch.after = Some(Arc::new(record));
    }
}

/// Adds the contacts that a customer had `before` and no longer had `after`, at their places; says how many.
fn add_contacts(now: &mut Customer, before: &Customer, after: &Customer) -> usize {
    let mut added = 0;
    for (place, contact) in before.contacts.iter().enumerate() {
        if after.contact(contact.id).is_none() && now.contact(contact.id).is_none() {
            now.contacts.insert(place.min(now.contacts.len()), contact.clone());
            added += 1;
        }
    }
    added
}

/// Adds the lines that a handover had `before` and no longer had `after`, at their places.
fn add_items(now: &mut Handover, before: &Handover, after: &Handover) {
    for (place, item) in before.items.iter().enumerate() {
        if after.item(item.what).is_none() && now.item(item.what).is_none() {
            now.items.insert(place.min(now.items.len()), item.clone());
        }
    }
}

/// Adds the values of fields that were there `before` and no longer `after`, where none has been written since.
fn add_values(
    now: &mut BTreeMap<String, String>,
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
    left: &mut usize,
) {
    for (name, value) in before.iter().filter(|(name, _)| !after.contains_key(*name)) {
        if now.contains_key(name) {
            *left += 1;
        } else {
            now.insert(name.clone(), value.clone());
        }
    }
}

/// The fields of the user's own that come back, and the views that named them.
fn profile(present: &Workspace, taken: &Change, plan: &mut Plan) -> Option<(Arc<Profile>, Arc<Profile>)> {
    let (before, after) = taken.profile.as_ref()?;
    let now = &present.profile;
    let mut mended = (**now).clone();
    for (place, field) in before.custom_fields.iter().enumerate() {
        if after.custom_field(field.of, &field.name).is_some() {
            continue;
        }
        match now.custom_field(field.of, &field.name) {
            None => mended.custom_fields.insert(place.min(mended.custom_fields.len()), field.clone()),
            Some(same) if same == field => {}
            Some(_) => {
                let name = field.name.clone();
                plan.obstacles.push(Obstacle::Taken { kind: RecordKind::CustomField, name });
            }
        }
    }
    let same = |view: &SavedView, other: &SavedView| view.page == other.page && view.name == other.name;
    for (was, cut) in before.views.iter().filter_map(|was| Some((was, after.views.iter().find(|cut| same(cut, was))?)))
    {
        if was == cut {
            continue;
        }
        match mended.views.iter_mut().find(|view| **view == *cut) {
            Some(view) => view.clone_from(was),
            None => plan.left += 1,
        }
    }
    (mended != **now).then(|| (now.clone(), Arc::new(mended)))
}

/// Whether the deals that `former` follows from lead to `id`.
fn leads_back(then: &Workspace, former: DealId, id: DealId) -> bool {
    let mut former = Some(former);
    // A circle that the deal is not part of ends after as many steps as there are deals.
    for _ in 0..=then.deals.len() {
        match former {
            None => return false,
            Some(found) if found == id => return true,
            Some(found) => former = then.deals.get(found).and_then(|deal| deal.details.follows),
        }
    }
    true
}
