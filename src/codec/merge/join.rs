//! Brings the tables of all sides together.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Difference, Hindrance, Key, Merged, Misfit, Note, Opinion, Options, Remark, Standing, Value,
    fields::{Fields, Place},
    history::{disagree, tell, united},
    mend::mend,
    rules::rank,
    shown::Names,
    tables::{holders, put, stems},
    tree::Tree,
};
use crate::{
    codec::document::form::Form,
    model::{
        Activity, Change, Deal, DealDetails, Event, ModelId, Patch, Promise, Quota, Record, StageId, Status, Table,
        Workspace,
    },
};

/// The tables in the making.
struct Joining<'w> {
    sides: &'w [&'w Workspace],
    base: Option<&'w Workspace>,
    /// Whether each side comes from the common file.
    stems: Vec<bool>,
    digits: u32,
    /// The model of each stage.
    model_of: BTreeMap<StageId, ModelId>,
    fields: Fields<'w>,
    notes: Vec<Note>,
}

/// Makes one record of those that the sides have, told by their places.
type Join<'w, V> = fn(&mut Joining<'w>, &Place<'_>, &[(usize, &Arc<V>)], Option<&Arc<V>>) -> Option<V>;

/// The records of a table that stay, and those that go.
type Split<V> = (Vec<Patch<V>>, Vec<Patch<V>>);

/// See [`merge`](super::merge).
pub(super) fn joined(
    sides: &[&Workspace],
    base: Option<&Workspace>,
    options: &Options,
) -> Result<Merged, (usize, Misfit)> {
    let Some(first) = sides.first() else {
        let empty = Workspace::new(0.into(), crate::model::Profile::named("", crate::model::Currency::CNY));
        return Ok(Merged { workspace: empty, differences: Vec::new(), notes: Vec::new() });
    };
    let currency = first.profile.currency;
    for (place, side) in sides.iter().enumerate() {
        let found = side.profile.currency;
        if found != currency {
            let (found, expected) = (found.code().to_owned(), currency.code().to_owned());
            return Err((place, Misfit::Currency { found, expected }));
        }
    }
    let base = base.filter(|base| base.profile.currency == currency);
    let model_of = stages(sides, base)?;
    let mut joining = Joining {
        sides,
        base,
        stems: sides.iter().map(|side| base.is_some_and(|base| stems(side, base))).collect(),
        digits: currency.digits(),
        model_of,
        fields: Fields { options, names: Names(sides), differences: Vec::new() },
        notes: Vec::new(),
    };
    let (records, gone) = joining.tables();
    let profile = joining.profile();
    let id = sides.iter().map(|side| side.id).min().unwrap_or(first.id);
    let empty = Workspace::new(id, profile);
    let (workspace, pool) = (empty.with(&records), empty.with(&gone));
    let Joining { fields, mut notes, .. } = joining;
    let workspace = mend(workspace, &pool, sides, base, &mut notes);
    Ok(Merged { workspace, differences: fields.differences, notes })
}

/// The model of each stage; no two models may have one.
pub(super) fn stages(
    sides: &[&Workspace],
    base: Option<&Workspace>,
) -> Result<BTreeMap<StageId, ModelId>, (usize, Misfit)> {
    let mut model_of = BTreeMap::new();
    let all = sides.iter().copied().enumerate().chain(base.map(|base| (0, base)));
    for (place, side) in all {
        for model in side.models.iter() {
            let earlier = model.revisions.iter().flat_map(|revision| &revision.stages);
            for stage in model.stages.iter().chain(earlier) {
                if *model_of.entry(stage.id).or_insert(model.id) != model.id {
                    return Err((place, Misfit::Stage { stage: stage.name.clone() }));
                }
            }
        }
    }
    Ok(model_of)
}

impl<'w> Joining<'w> {
    fn profile(&mut self) -> crate::model::Profile {
        let says: Vec<_> = self.sides.iter().map(|side| Tree::of(&*side.profile, self.digits)).enumerate().collect();
        let base = self.base.map(|base| Tree::of(&*base.profile, self.digits));
        let place = Place { table: "profile", id: "", name: "" };
        let profile = self.fields.record(&place, &says, base.as_ref()).read(self.digits);
        profile
            .or_else(|| says.first()?.1.read(self.digits))
            .unwrap_or_else(|| crate::model::Profile::named("", crate::model::Currency::CNY))
    }

    /// All tables: the records that stay, and those that go.
    fn tables(&mut self) -> (Change, Change) {
        let (models, no_models) = self.table("models", |w| &w.models, |r| r.name.clone());
        let (departments, no_departments) = self.table("departments", |w| &w.departments, |r| r.name.clone());
        let (people, no_people) = self.table("people", |w| &w.people, |r| r.name.clone());
        let (quotas, no_quotas) = self.table("quotas", |w| &w.quotas, quota_name);
        let (products, no_products) = self.table("products", |w| &w.products, |r| r.name.clone());
        let (targets, no_targets) = self.table("targets", |w| &w.targets, |r| r.name.clone());
        let (customers, no_customers) = self.table("customers", |w| &w.customers, |r| r.name.clone());
        let (campaigns, no_campaigns) = self.table("campaigns", |w| &w.campaigns, |r| r.name.clone());
        let (deals, no_deals) = self.table_by("deals", |w| &w.deals, |r| r.details.title.clone(), Self::deal);
        let (activities, no_activities) = self.table("activities", |w| &w.activities, activity_name);
        let (promises, no_promises) = self.table("promises", |w| &w.promises, promise_name);
        let (handovers, no_handovers) = self.table("handovers", |w| &w.handovers, |r| r.begun.to_string());
        let (interventions, no_interventions) = self.table("interventions", |w| &w.interventions, |r| r.name.clone());
        let (problems, no_problems) = self.table("problems", |w| &w.problems, |r| r.problem.clone());
        let (schemes, no_schemes) = self.table("schemes", |w| &w.schemes, |r| r.name.clone());
        let kept = Change {
            profile: None,
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
        };
        let gone = Change {
            profile: None,
            models: no_models,
            departments: no_departments,
            people: no_people,
            quotas: no_quotas,
            products: no_products,
            targets: no_targets,
            customers: no_customers,
            campaigns: no_campaigns,
            deals: no_deals,
            activities: no_activities,
            promises: no_promises,
            handovers: no_handovers,
            interventions: no_interventions,
            problems: no_problems,
            schemes: no_schemes,
        };
        (kept, gone)
    }

    fn table<V: Record + Form>(
        &mut self,
        table: &'static str,
        pick: fn(&Workspace) -> &Table<V>,
        name: fn(&V) -> String,
    ) -> Split<V> {
        self.table_by(table, pick, name, Self::record)
    }

    fn table_by<V: Record>(
        &mut self,
        table: &'static str,
        pick: fn(&Workspace) -> &Table<V>,
        name: fn(&V) -> String,
        join: Join<'w, V>,
    ) -> Split<V> {
        let (mut kept, mut gone) = (Vec::new(), Vec::new());
        for (id, held) in holders(self.sides, pick) {
            let Some((_, first)) = held.first() else { continue };
            let alike = held.iter().all(|(_, other)| Arc::ptr_eq(first, other) || first == other);
            let everywhere = held.len() == self.sides.len();
            if alike && everywhere {
                kept.push(put((*first).clone()));
                continue;
            }
            let base = self.base.and_then(|base| pick(base).get(id));
            let (id, name) = (id.to_string(), name(first));
            let place = Place { table, id: &id, name: &name };
            let stays = everywhere || self.stays(&place, &held, base);
            let merged = if alike { None } else { join(self, &place, &held, base) };
            let merged = merged.map_or_else(|| put((*first).clone()), put);
            if stays { kept.push(merged) } else { gone.push(merged) }
        }
        (kept, gone)
    }

    /// Whether a record that not every side has stays: unless a side that comes from the common file removed it, and nobody changed it.
    fn stays<V: Record>(&mut self, place: &Place<'_>, held: &[(usize, &Arc<V>)], base: Option<&Arc<V>>) -> bool {
        let lacking: Vec<usize> =
            (0..self.sides.len()).filter(|side| held.iter().all(|(holder, _)| holder != side)).collect();
        let removing = |side: &usize| base.is_some() && self.stems.get(*side).copied().unwrap_or_default();
        let (gone, never): (Vec<usize>, Vec<usize>) = lacking.into_iter().partition(removing);
        let changed = held.iter().any(|(_, record)| Some(*record) != base);
        let by_rule = gone.is_empty() || changed;
        let conflict = changed && !gone.is_empty();
        let key = Key { table: place.table.to_owned(), id: place.id.to_owned(), field: String::new() };
        let chosen = self.fields.options.chosen(&key, conflict).filter(|side| *side < self.sides.len());
        let stays = chosen.map_or(by_rule, |side| held.iter().any(|(holder, _)| *holder == side));
        let options = [(gone, Value::Gone), (never, Value::Nothing)].into_iter().filter(|(sides, _)| !sides.is_empty());
        let mut options: Vec<_> = options.map(|(sides, value)| Opinion { sides, value }).collect();
        options.push(Opinion { sides: held.iter().map(|(side, _)| *side).collect(), value: Value::Record });
        let by_rule = if by_rule { Value::Record } else { Value::Gone };
        let name = place.name.to_owned();
        self.fields.differences.push(Difference { key, name, options, by_rule, chosen, conflict });
        stays
    }

    /// A record merged field by field.
    fn record<V: Record + Form>(
        &mut self,
        place: &Place<'_>,
        held: &[(usize, &Arc<V>)],
        base: Option<&Arc<V>>,
    ) -> Option<V> {
        let says: Vec<_> = held.iter().map(|(side, record)| (*side, Tree::of(&***record, self.digits))).collect();
        let base = base.map(|record| Tree::of(&**record, self.digits));
        let merged = self.fields.record(place, &says, base.as_ref()).read(self.digits);
        merged.or_else(|| {
            self.note(place, Remark::TakenWhole);
            let last = says.iter().map(|(_, tree)| tree).max_by(|a, b| rank(a).cmp(&rank(b)));
            last.and_then(|tree| tree.read(self.digits))
        })
    }

    /// A deal: its details field by field, its history event by event.
    fn deal(&mut self, place: &Place<'_>, held: &[(usize, &Arc<Deal>)], base: Option<&Arc<Deal>>) -> Option<Deal> {
        let details = |deal: &Deal| Tree::of_part(&deal.details, self.digits);
        let says: Vec<_> = held.iter().map(|(side, deal)| (*side, details(deal))).collect();
        let base = base.map(|deal| details(deal));
        let merged: Option<DealDetails> = self.fields.record(place, &says, base.as_ref()).read_part(self.digits);
        let details = merged.or_else(|| {
            self.note(place, Remark::TakenWhole);
            let last = says.iter().map(|(_, tree)| tree).max_by(|a, b| rank(a).cmp(&rank(b)));
            last.and_then(|tree| tree.read_part(self.digits))
        })?;
        let (_, first) = held.first()?;
        let histories = self.histories(place, held);
        if histories.iter().all(|history| Some(history) == histories.first()) {
            return Deal::from_history(first.id, details, histories.into_iter().next()?).ok();
        }
        let key = Key { table: place.table.to_owned(), id: place.id.to_owned(), field: "history".to_owned() };
        let by_rule = tell(first.id, details.clone(), united(&histories), &self.model_of)?;
        let conflict = !by_rule.left_out.is_empty() || disagree(&histories);
        let chosen = self.fields.options.chosen(&key, conflict);
        let chosen = chosen.and_then(|side| Some((side, held.iter().find(|(holder, _)| *holder == side)?.1)));
        let mut options: Vec<(&[Event], Opinion)> = Vec::new();
        for (side, deal) in held {
            match options.iter_mut().find(|(history, _)| *history == deal.history()) {
                Some((_, opinion)) => opinion.sides.push(*side),
                None => options.push((deal.history(), Opinion { sides: vec![*side], value: self.history_shown(deal) })),
            }
        }
        options.sort_by(|(one, _), (other, _)| {
            let key = |history: &[Event]| (history.len(), history.last().map(|event| event.id));
            key(one).cmp(&key(other))
        });
        self.fields.differences.push(Difference {
            key,
            name: place.name.to_owned(),
            options: options.into_iter().map(|(_, opinion)| opinion).collect(),
            by_rule: self.history_shown(&by_rule.deal),
            chosen: chosen.map(|(side, _)| side),
            conflict,
        });
        let (deal, left_out) = match chosen {
            None => (by_rule.deal, by_rule.left_out),
            Some((_, chosen)) => {
                let events = united(&histories).into_iter();
                let others = events.filter(|event| chosen.history().iter().all(|known| known.id != event.id));
                let deal = Deal::from_history(first.id, details, chosen.history().to_vec()).ok()?;
                (deal, others.map(|event| (event, Hindrance::OtherChosen)).collect())
            }
        };
        for (event, why) in left_out {
            let holds = |deal: &Deal| deal.history().iter().any(|known| known.id == event.id);
            let sides = held.iter().filter(|(_, deal)| holds(deal)).map(|(side, _)| *side).collect();
            let what = Tree::of(&event, self.digits).get("event").text().to_owned();
            self.note(place, Remark::EventLeftOut { event: event.id.to_string(), what, on: event.on, sides, why });
        }
        Some(deal)
    }

    /// The histories of all sides, with one form of each event. Events are not rewritten, but a field of the user's own that an event
    /// names may have got another name.
    fn histories(&mut self, place: &Place<'_>, held: &[(usize, &Arc<Deal>)]) -> Vec<Vec<Event>> {
        let mut forms: BTreeMap<_, Vec<(usize, &Event)>> = BTreeMap::new();
        for (side, deal) in held {
            for event in deal.history() {
                forms.entry(event.id).or_default().push((*side, event));
            }
        }
        let differ = |forms: &Vec<(usize, &Event)>| {
            forms.iter().any(|(_, event)| Some(*event) != forms.first().map(|(_, first)| *first))
        };
        forms.retain(|_, forms| differ(forms));
        let settled: BTreeMap<_, Event> = forms
            .into_iter()
            .filter_map(|(id, forms)| {
                let says: Vec<_> = forms.iter().map(|(side, event)| (*side, Tree::of(*event, self.digits))).collect();
                let tree = self.fields.one(place, &format!("history[{id}]"), &says, None);
                Some((id, tree.read(self.digits)?))
            })
            .collect();
        let settle = |event: &Event| settled.get(&event.id).unwrap_or(event).clone();
        held.iter().map(|(_, deal)| deal.history().iter().map(settle).collect()).collect()
    }

    fn history_shown(&self, deal: &Deal) -> Value {
        let standing = deal.standing();
        let models = self.sides.iter().filter_map(|side| side.models.get(standing.model));
        let stage = models.filter_map(|model| model.known_stage(standing.stage)).map(|stage| stage.name.clone()).max();
        Value::History {
            events: deal.history().len(),
            status: match standing.status {
                Status::Open => Standing::Open,
                Status::Won { .. } => Standing::Won,
                Status::Lost { .. } => Standing::Lost,
                Status::Dormant { .. } => Standing::Dormant,
            },
            stage: stage.unwrap_or_default(),
            amount: standing.amount.map(|amount| amount.to_decimal(self.digits)),
        }
    }

    fn note(&mut self, place: &Place<'_>, remark: Remark) {
        let key = Key { table: place.table.to_owned(), id: place.id.to_owned(), field: String::new() };
        self.notes.push(Note { key, name: place.name.to_owned(), remark });
    }
}

fn quota_name(quota: &Quota) -> String {
    quota.from.to_string()
}

fn activity_name(activity: &Activity) -> String {
    let note = activity.note.chars().take(40);
    [activity.on.to_string(), note.collect()].join(" ").trim_end().to_owned()
}

fn promise_name(promise: &Promise) -> String {
    let text = promise.text.chars().take(40);
    [promise.due.to_string(), text.collect()].join(" ").trim_end().to_owned()
}
