//! Makes merged records hold together: what is named is there, deals stand in stages that their models have, nothing is part of itself.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{Key, Note, Remark, rules::rank, tables::put, tree::Tree};
use crate::model::{
    Change, CustomerId, Deal, Department, Event, EventKind, FunnelModel, HandedOver, ModelId, QuotaOf, Record, Stage,
    StageId, Table, Workspace,
};

/// The workspace with all that it names. `pool` holds the records that were to go.
pub(super) fn mend(
    merged: Workspace,
    pool: &Workspace,
    sides: &[&Workspace],
    base: Option<&Workspace>,
    notes: &mut Vec<Note>,
) -> Workspace {
    let mut mending = Mending { workspace: merged, sides, base, notes };
    mending.bring_back(pool);
    mending.bring_contacts_back();
    mending.keep_stages();
    mending.restage();
    mending.open_circles();
    mending.workspace
}

struct Mending<'m> {
    workspace: Workspace,
    sides: &'m [&'m Workspace],
    base: Option<&'m Workspace>,
    notes: &'m mut Vec<Note>,
}

impl Mending<'_> {
    fn note(&mut self, table: &str, id: impl ToString, name: &str, remark: Remark) {
        let key = Key { table: table.to_owned(), id: id.to_string(), field: String::new() };
        self.notes.push(Note { key, name: name.to_owned(), remark });
    }

    /// Records that were to go and are named by others, over as many steps as that takes.
    fn bring_back(&mut self, pool: &Workspace) {
        loop {
            let mut named = Named::by(&self.workspace);
            named.models.extend(self.promised().into_iter().map(|(model, _)| model));
            let change = named.of(&self.workspace, pool);
            if change.is_empty() {
                return;
            }
            self.say_that_they_stay("models", &change.models, |record| &record.name);
            self.say_that_they_stay("departments", &change.departments, |record| &record.name);
            self.say_that_they_stay("people", &change.people, |record| &record.name);
            self.say_that_they_stay("products", &change.products, |record| &record.name);
            self.say_that_they_stay("targets", &change.targets, |record| &record.name);
            self.say_that_they_stay("customers", &change.customers, |record| &record.name);
            self.say_that_they_stay("campaigns", &change.campaigns, |record| &record.name);
            self.say_that_they_stay("deals", &change.deals, |record| &record.details.title);
            self.workspace = self.workspace.with(&change);
        }
    }

    fn say_that_they_stay<V: Record>(
        &mut self,
        table: &str,
        patches: &[crate::model::Patch<V>],
        name: fn(&V) -> &String,
    ) {
        for record in patches.iter().filter_map(|patch| patch.after.as_ref()) {
            self.note(table, record.id(), name(record), Remark::StaysNamed);
        }
    }

    /// Contacts that were taken out of a customer while a deal or a campaign names them.
    fn bring_contacts_back(&mut self) {
        let deals = self.workspace.deals.iter().filter_map(|deal| deal.details.customer.zip(deal.details.contact));
        let touches = self.workspace.campaigns.iter().flat_map(|campaign| &campaign.touches);
        let touches = touches.filter_map(|touch| Some((touch.customer, touch.contact?)));
        let named: BTreeSet<_> = deals.chain(touches).collect();
        for (customer, contact) in named {
            let Some(known) = self.workspace.customers.get(customer) else { continue };
            if known.contact(contact).is_some() {
                continue;
            }
            let forms = self.everywhere().filter_map(|side| side.customers.get(customer)?.contact(contact));
            let by_form = |contact: &&crate::model::Contact| Tree::of(*contact, 0);
            let Some(form) = forms.max_by_key(by_form).cloned() else { continue };
            let mut mended = (**known).clone();
            let name = form.name.clone();
            mended.contacts.push(form);
            self.workspace = self.workspace.with(&Change { customers: vec![put(mended)], ..Change::default() });
            let key =
                Key { table: "customers".to_owned(), id: customer.to_string(), field: format!("contacts[{contact}]") };
            self.notes.push(Note { key, name, remark: Remark::StaysNamed });
        }
    }

    fn everywhere(&self) -> impl Iterator<Item = &Workspace> {
        self.sides.iter().copied().chain(self.base)
    }

    /// The stages that promises name, with the model that has or had each on some side.
    fn promised(&self) -> BTreeSet<(ModelId, StageId)> {
        let stages: BTreeSet<_> = self.workspace.promises.iter().filter_map(|promise| promise.reaches).collect();
        let of = |stage: StageId| {
            let mut models = self.everywhere().flat_map(|side| side.models.iter());
            models.find(|model| model.known_stage(stage).is_some()).map(|model| (model.id, stage))
        };
        stages.into_iter().filter_map(of).collect()
    }

    /// Stages that histories, interventions and promises name and that the merged form of their model knows nothing of. An intervention
    /// may be about a stage that left without a trace but in an earlier form.
    fn keep_stages(&mut self) {
        let mut named: BTreeSet<(ModelId, StageId)> = BTreeSet::new();
        for deal in self.workspace.deals.iter() {
            let mut current = deal.standing().model;
            for event in deal.history() {
                if let EventKind::Created { model, .. } | EventKind::Transferred { model, .. } = event.kind {
                    current = model;
                }
                named.extend(event.kind.stage().map(|stage| (current, stage)));
            }
        }
        let marked = self.workspace.interventions.iter().map(|one| (one.model, one.stage)).chain(self.promised());
        let marked: BTreeSet<_> = marked.filter(|stage| !named.contains(stage)).collect();
        let named = named.into_iter().map(|place| (place, false)).chain(marked.into_iter().map(|place| (place, true)));
        for ((id, stage), left_is_fine) in named {
            let knows = |model: &FunnelModel| {
                model.reads_as(stage).is_some() || left_is_fine && model.known_stage(stage).is_some()
            };
            let Some(model) = self.workspace.models.get(id).filter(|model| !knows(model)) else { continue };
            let Some((form, before)) = self.form_of(id, stage) else { continue };
            let mut model = FunnelModel::clone(model);
            let place = before.iter().rev().find_map(|before| model.position(*before)).map_or(0, |place| place + 1);
            let name = form.name.clone();
            model.stages.insert(place, form);
            for gone in model.retired.iter_mut().filter(|gone| gone.stage == stage && gone.until.is_none()) {
                gone.until = Some(gone.on);
            }
            let of = model.name.clone();
            self.workspace = self.workspace.with(&Change { models: vec![put(model)], ..Change::default() });
            self.note("models", id, &of, Remark::StageStays { stage: name });
        }
    }

    /// The latest form of a stage on any side, and the stages before it there.
    fn form_of(&self, model: ModelId, stage: StageId) -> Option<(Stage, Vec<StageId>)> {
        let models = self.everywhere().filter_map(|side| side.models.get(model));
        let knowing = models.filter(|model| model.known_stage(stage).is_some());
        let last = knowing.max_by_key(|model| {
            let tree = Tree::of(&***model, 0);
            let (latest, revisions, size, _) = rank(&tree);
            // A side that still has the stage knows its place.
            (model.stage(stage).is_some(), latest.to_owned(), revisions, size, tree.clone())
        })?;
        let before = last.stages.iter().map(|stage| stage.id).take_while(|id| *id != stage).collect();
        Some((last.known_stage(stage)?.clone(), before))
    }

    /// Open deals in stages that left their model go where the model sends them.
    fn restage(&mut self) {
        let astray = |deal: &&Arc<Deal>| {
            let model = self.workspace.models.get(deal.standing().model);
            !deal.standing().is_closed() && model.is_some_and(|model| model.stage(deal.standing().stage).is_none())
        };
        let astray: Vec<Arc<Deal>> = self.workspace.deals.iter().filter(astray).cloned().collect();
        for deal in astray {
            let from = deal.standing().stage;
            let Some(model) = self.workspace.models.get(deal.standing().model).cloned() else { continue };
            let Some((to, last)) = model.reads_as(from).zip(deal.history().last()) else { continue };
            let left = model.gone().find(|gone| gone.stage == from).map(|gone| gone.on);
            let event = Event {
                id: numbered(&[deal.id.value().0, last.id.value().0, to.value().0]).into(),
                on: last.on.max(left),
                at: last.at,
                by: None,
                kind: EventKind::Restaged { stage: to },
            };
            let mut deal = Deal::clone(&deal);
            if deal.record(event).is_err() {
                continue;
            }
            let name = |stage| model.known_stage(stage).map(|stage| stage.name.clone()).unwrap_or_default();
            let remark = Remark::Restaged { from: name(from), to: name(to) };
            let (id, title) = (deal.id, deal.details.title.clone());
            self.workspace = self.workspace.with(&Change { deals: vec![put(deal)], ..Change::default() });
            self.note("deals", id, &title, remark);
        }
    }

    fn open_circles(&mut self) {
        let parents = self.workspace.departments.iter().filter_map(|d| Some((d.id, d.parent?)));
        for id in circles(parents.collect()) {
            let Some(department) = self.workspace.departments.get(id).cloned() else { continue };
            let opened = Department { parent: None, ..(*department).clone() };
            self.workspace = self.workspace.with(&Change { departments: vec![put(opened)], ..Change::default() });
            self.note("departments", id, &department.name, Remark::CircleOpened);
        }
        let formers = self.workspace.deals.iter().filter_map(|deal| Some((deal.id, deal.details.follows?)));
        for id in circles(formers.collect()) {
            let Some(deal) = self.workspace.deals.get(id).cloned() else { continue };
            let mut opened = (*deal).clone();
            opened.details.follows = None;
            self.workspace = self.workspace.with(&Change { deals: vec![put(opened)], ..Change::default() });
            self.note("deals", id, &deal.details.title, Remark::CircleOpened);
        }
    }
}

/// The last of each circle.
fn circles<I: Copy + Ord>(links: BTreeMap<I, I>) -> BTreeSet<I> {
    let mut cut = BTreeSet::new();
    let mut done: BTreeSet<I> = BTreeSet::new();
    for start in links.keys() {
        let mut way = Vec::new();
        let mut at = *start;
        while !done.contains(&at) && !way.contains(&at) {
            way.push(at);
            match links.get(&at) {
                Some(next) => at = *next,
                None => break,
            }
        }
        if let Some(entry) = way.iter().position(|passed| *passed == at).filter(|_| links.contains_key(&at)) {
            cut.extend(way.iter().skip(entry).max().copied());
        }
        done.extend(way);
    }
    cut
}

/// An id made of others, the same wherever it is made (FNV-1a of 128 bits).
fn numbered(parts: &[u128]) -> u128 {
    let bytes = parts.iter().flat_map(|part| part.to_be_bytes());
    bytes.fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, |hash: u128, byte| {
        (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    })
}

/// What records name.
#[derive(Default)]
struct Named {
    models: BTreeSet<ModelId>,
    departments: BTreeSet<crate::model::DepartmentId>,
    people: BTreeSet<crate::model::PersonId>,
    products: BTreeSet<crate::model::ProductId>,
    targets: BTreeSet<crate::model::TargetId>,
    customers: BTreeSet<CustomerId>,
    campaigns: BTreeSet<crate::model::CampaignId>,
    deals: BTreeSet<crate::model::DealId>,
}

impl Named {
    fn by(workspace: &Workspace) -> Self {
        let mut named = Self::default();
        named.departments.extend(workspace.departments.iter().filter_map(|department| department.parent));
        named.departments.extend(workspace.people.iter().filter_map(|person| person.department));
        for quota in workspace.quotas.iter() {
            match quota.of {
                QuotaOf::Company {} => {}
                QuotaOf::Department { department } => named.departments.extend([department]),
                QuotaOf::Person { person } => named.people.extend([person]),
            }
        }
        for customer in workspace.customers.iter() {
            named.people.extend(customer.owner);
            named.customers.extend(customer.referred_by);
            named.customers.extend(customer.not_same_as.iter().copied());
        }
        for campaign in workspace.campaigns.iter() {
            named.targets.extend(campaign.audience);
            named.customers.extend(campaign.touches.iter().map(|touch| touch.customer));
        }
        for promise in workspace.promises.iter() {
            named.people.extend([promise.person]);
            named.customers.extend(promise.customer);
            named.deals.extend(promise.deal);
        }
        for handover in workspace.handovers.iter() {
            named.people.extend([handover.from]);
            for item in &handover.items {
                named.people.extend([item.to]);
                match item.what {
                    HandedOver::Customer(customer) => named.customers.extend([customer]),
                    HandedOver::Deal(deal) => named.deals.extend([deal]),
                }
            }
        }
        for intervention in workspace.interventions.iter() {
            named.models.extend([intervention.model]);
            named.people.extend(intervention.people.iter().copied());
        }
        for activity in workspace.activities.iter() {
            named.people.extend(activity.by);
            named.customers.extend(activity.customer);
            named.deals.extend(activity.deal);
        }
        workspace.deals.iter().for_each(|deal| named.deal(deal));
        named
    }

    fn deal(&mut self, deal: &Deal) {
        let details = &deal.details;
        self.customers.extend(details.customer);
        self.people.extend(details.supporters.iter().copied());
        self.people.extend(details.next_action.as_ref().and_then(|action| action.owner));
        self.products.extend(details.lines.iter().map(|line| line.product));
        self.campaigns.extend(details.campaign);
        self.deals.extend(details.follows);
        for event in deal.history() {
            self.people.extend(event.by);
            match event.kind {
                EventKind::Created { model, owner, .. } => {
                    self.models.insert(model);
                    self.people.extend(owner);
                }
                EventKind::Transferred { model, .. } => self.models.extend([model]),
                EventKind::OwnerChanged { to } => self.people.extend(to),
                _ => {}
            }
        }
    }

    /// The records of `pool` that are named and are not in the workspace.
    fn of(&self, workspace: &Workspace, pool: &Workspace) -> Change {
        fn missing<V: Record>(
            named: &BTreeSet<V::Id>,
            here: &Table<V>,
            pool: &Table<V>,
        ) -> Vec<crate::model::Patch<V>> {
            let missing = pool.iter().filter(|record| named.contains(&record.id()) && !here.contains(record.id()));
            missing.map(|record| put(record.clone())).collect()
        }
        Change {
            models: missing(&self.models, &workspace.models, &pool.models),
            departments: missing(&self.departments, &workspace.departments, &pool.departments),
            people: missing(&self.people, &workspace.people, &pool.people),
            products: missing(&self.products, &workspace.products, &pool.products),
            targets: missing(&self.targets, &workspace.targets, &pool.targets),
            customers: missing(&self.customers, &workspace.customers, &pool.customers),
            campaigns: missing(&self.campaigns, &workspace.campaigns, &pool.campaigns),
            deals: missing(&self.deals, &workspace.deals, &pool.deals),
            ..Change::default()
        }
    }
}
