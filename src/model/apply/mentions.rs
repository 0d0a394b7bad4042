//! Whatever names a field of the user's own by its name follows when it takes another one, and lets it go when it goes.

use std::{collections::BTreeMap, sync::Arc};

use super::Draft;
use crate::model::{
    Attribute, Campaign, CustomField, CustomFieldOf, Customer, Deal, FunnelModel, Profile, RequiredField, SavedView,
    Stage, Table, Target,
    address::{Query, read_list, write_list},
    message,
    table::Record,
};

/// A name that goes out of use.
#[derive(Clone, Copy)]
pub(super) struct Mention<'a> {
    pub(super) of: CustomFieldOf,
    pub(super) was: &'a str,
    /// The name instead; `None` when the field itself goes.
    pub(super) now: Option<&'a str>,
}

impl Draft {
    /// Rewrites every mention: values, kept views, gates of stages, and for fields of customers the wishes of target profiles and the
    /// messages of campaigns.
    ///
    /// A field that goes leaves the gates of stages as they are now, not those of earlier forms; a place of it in a message gives way
    /// to what stands there while nothing is known.
    pub(super) fn rewrite_mentions(&mut self, mention: Mention<'_>) {
        let mut profile = Profile::clone(&self.next.profile);
        let mut changed = false;
        for view in &mut profile.views {
            changed |= mention.in_view(view);
        }
        if changed {
            self.next.profile = profile.into();
        }
        rewrite(&mut self.next.models, |model| mention.in_model(model));
        match mention.of {
            CustomFieldOf::Deal => rewrite(&mut self.next.deals, |deal: &Deal| {
                let mut deal = mention.is_in(&deal.details.custom).then(|| deal.clone())?;
                mention.in_values(&mut deal.details.custom);
                Some(deal)
            }),
            CustomFieldOf::Customer => {
                rewrite(&mut self.next.customers, |customer: &Customer| {
                    let mut customer = mention.is_in(&customer.custom).then(|| customer.clone())?;
                    mention.in_values(&mut customer.custom);
                    Some(customer)
                });
                rewrite(&mut self.next.targets, |target| mention.in_target(target));
                rewrite(&mut self.next.campaigns, |campaign: &Campaign| {
                    let message = message::renamed(&campaign.message, mention.was, mention.now)?;
                    Some(Campaign { message, ..campaign.clone() })
                });
            }
        }
    }
}

/// Puts in the records that are not as they were.
fn rewrite<V: Record>(table: &mut Table<V>, change: impl Fn(&V) -> Option<V>) {
    let changed: Vec<V> = table.iter().map(Arc::as_ref).filter_map(change).collect();
    for record in changed {
        table.put(record);
    }
}

/// Puts one thing in the place of another, or takes it out; none is in the list twice then. Says whether it was there.
fn replace<T: PartialEq + Clone>(list: &mut Vec<T>, was: &T, now: Option<&T>) -> bool {
    if !list.contains(was) {
        return false;
    }
    for item in std::mem::take(list) {
        let item = if item == *was { now.cloned() } else { Some(item) };
        list.extend(item.filter(|item| !list.contains(item)));
    }
    true
}

impl Mention<'_> {
    fn is_in(self, custom: &BTreeMap<String, String>) -> bool {
        custom.contains_key(self.was)
    }

    /// A value that stands under the new name already stays; the renamed one goes.
    fn in_values(self, custom: &mut BTreeMap<String, String>) {
        if let (Some(value), Some(name)) = (custom.remove(self.was), self.now) {
            custom.entry(name.to_owned()).or_insert(value);
        }
    }

    /// The filter, the columns and the order of a view; says whether they changed.
    fn in_view(self, view: &mut SavedView) -> bool {
        let code = |name| CustomField::code(self.of, name);
        let (was, now) = (code(self.was), self.now.map(code));
        let mut query = Query::parse(&view.query);
        let before = query.clone();
        match &now {
            Some(now) => query.rename(&was, now),
            None => query.set(&was, None),
        }
        let mut columns = query.get("columns").map(read_list).unwrap_or_default();
        if replace(&mut columns, &was, now.as_ref()) {
            query.set("columns", write_list(&columns).as_deref());
        }
        if let Some(sort) = query.get("sort").map(str::to_owned) {
            let (sign, code) = sort.strip_prefix('-').map_or(("", sort.as_str()), |code| ("-", code));
            if code == was {
                query.set("sort", now.as_ref().map(|now| [sign, now].concat()).as_deref());
            }
        }
        let changed = query != before;
        if changed {
            view.query = query.format();
        }
        changed
    }

    fn in_model(self, model: &FunnelModel) -> Option<FunnelModel> {
        let mut changed = model.clone();
        for stage in &mut changed.stages {
            self.in_gate(stage);
        }
        if self.now.is_some() {
            for stage in changed.revisions.iter_mut().flat_map(|revision| &mut revision.stages) {
                self.in_gate(stage);
            }
        }
        (changed != *model).then_some(changed)
    }

    fn in_gate(self, stage: &mut Stage) {
        let field = |name: &str| RequiredField::Own { of: self.of, name: name.to_owned() };
        let (was, now) = (field(self.was), self.now.map(field));
        replace(&mut stage.required_fields, &was, now.as_ref());
    }

    fn in_target(self, target: &Target) -> Option<Target> {
        let is_meant = |attribute: &Attribute| matches!(attribute, Attribute::Custom { field } if field == self.was);
        if !target.wishes.iter().any(|wish| is_meant(&wish.attribute)) {
            return None;
        }
        let mut target = target.clone();
        match self.now {
            Some(now) => {
                for wish in target.wishes.iter_mut().filter(|wish| is_meant(&wish.attribute)) {
                    wish.attribute = Attribute::Custom { field: now.to_owned() };
                }
            }
            None => target.wishes.retain(|wish| !is_meant(&wish.attribute)),
        }
        Some(target)
    }
}
