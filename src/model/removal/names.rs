//! What the records are called, and what each of them names.

use ulid::Ulid;

use crate::model::{
    Activity, Campaign, CampaignId, Customer, CustomerId, Deal, DealId, Department, DepartmentId, EventKind,
    FunnelModel, HandedOver, Handover, Intervention, ModelId, Person, PersonId, Problem, Product, ProductId, Promise,
    Quota, QuotaOf, Record, RecordKind, Scheme, Table, Target, TargetId, Workspace,
};

/// A record that says what it is.
pub trait Told: Record {
    /// Its kind.
    const KIND: RecordKind;

    /// Its name; a quota and a handover have none of their own.
    fn told(&self) -> &str;

    /// Tells of every record that it cannot be without and that `then` does not have.
    fn missing(&self, _then: &Workspace, _tell: &mut dyn FnMut(RecordKind, Ulid)) {}
}

/// Tells of a record that is named and not there.
fn look<V: Record<Id: Copy>>(
    table: &Table<V>,
    id: Option<V::Id>,
    value: impl Fn(V::Id) -> Ulid,
    kind: RecordKind,
    tell: &mut dyn FnMut(RecordKind, Ulid),
) {
    if let Some(id) = id.filter(|id| !table.contains(*id)) {
        tell(kind, value(id));
    }
}

fn look_for_person(then: &Workspace, id: Option<PersonId>, tell: &mut dyn FnMut(RecordKind, Ulid)) {
    look(&then.people, id, PersonId::value, RecordKind::Person, tell);
}

impl Told for FunnelModel {
    const KIND: RecordKind = RecordKind::Model;

    fn told(&self) -> &str {
        &self.name
    }
}

impl Told for Product {
    const KIND: RecordKind = RecordKind::Product;

    fn told(&self) -> &str {
        &self.name
    }
}

impl Told for Target {
    const KIND: RecordKind = RecordKind::Target;

    fn told(&self) -> &str {
        &self.name
    }
}

impl Told for Department {
    const KIND: RecordKind = RecordKind::Department;

    fn told(&self) -> &str {
        &self.name
    }

    fn missing(&self, then: &Workspace, tell: &mut dyn FnMut(RecordKind, Ulid)) {
        look(&then.departments, self.parent, DepartmentId::value, RecordKind::Department, tell);
    }
}

impl Told for Person {
    const KIND: RecordKind = RecordKind::Person;

    fn told(&self) -> &str {
        &self.name
    }

    fn missing(&self, then: &Workspace, tell: &mut dyn FnMut(RecordKind, Ulid)) {
        look(&then.departments, self.department, DepartmentId::value, RecordKind::Department, tell);
    }
}

impl Told for Quota {
    const KIND: RecordKind = RecordKind::Quota;

    fn told(&self) -> &'static str {
        ""
    }

    fn missing(&self, then: &Workspace, tell: &mut dyn FnMut(RecordKind, Ulid)) {
        match self.of {
            QuotaOf::Company {} => {}
            QuotaOf::Department { department } => {
                look(&then.departments, Some(department), DepartmentId::value, RecordKind::Department, tell);
            }
            QuotaOf::Person { person } => look_for_person(then, Some(person), tell),
        }
    }
}

impl Told for Customer {
    const KIND: RecordKind = RecordKind::Customer;

    fn told(&self) -> &str {
        &self.name
    }

    fn missing(&self, then: &Workspace, tell: &mut dyn FnMut(RecordKind, Ulid)) {
        look_for_person(then, self.owner, tell);
        look(&then.customers, self.referred_by, CustomerId::value, RecordKind::Customer, tell);
    }
}

impl Told for Campaign {
    const KIND: RecordKind = RecordKind::Campaign;

    fn told(&self) -> &str {
        &self.name
    }

    fn missing(&self, then: &Workspace, tell: &mut dyn FnMut(RecordKind, Ulid)) {
        look(&then.targets, self.audience, TargetId::value, RecordKind::Target, tell);
        for touch in &self.touches {
            look(&then.customers, Some(touch.customer), CustomerId::value, RecordKind::Customer, tell);
            if let (Some(customer), Some(contact)) = (then.customers.get(touch.customer), touch.contact)
                && customer.contact(contact).is_none()
            {
                tell(RecordKind::Contact, contact.value());
            }
        }
    }
}

impl Told for Deal {
    const KIND: RecordKind = RecordKind::Deal;

    fn told(&self) -> &str {
        &self.details.title
    }

    fn missing(&self, then: &Workspace, tell: &mut dyn FnMut(RecordKind, Ulid)) {
        let details = &self.details;
        look(&then.customers, details.customer, CustomerId::value, RecordKind::Customer, tell);
        if let (Some(customer), Some(contact)) = (then.customer_of(self), details.contact)
            && customer.contact(contact).is_none()
        {
            tell(RecordKind::Contact, contact.value());
        }
        look(&then.campaigns, details.campaign, CampaignId::value, RecordKind::Campaign, tell);
        for line in &details.lines {
            look(&then.products, Some(line.product), ProductId::value, RecordKind::Product, tell);
        }
        for person in &details.supporters {
            look_for_person(then, Some(*person), tell);
        }
        look_for_person(then, details.next_action.as_ref().and_then(|action| action.owner), tell);
        let mut model = self.standing().model;
        for event in self.history() {
            look_for_person(then, event.by, tell);
            match event.kind {
                EventKind::Created { model: first, owner, .. } => {
                    look_for_person(then, owner, tell);
                    model = first;
                }
                EventKind::Transferred { model: next, .. } => model = next,
                EventKind::OwnerChanged { to } => look_for_person(then, to, tell),
                _ => {}
            }
            let Some(stage) = event.kind.stage() else { continue };
            match then.models.get(model) {
                None => tell(RecordKind::Model, model.value()),
                Some(model) if model.reads_as(stage).is_none() => tell(RecordKind::Stage, stage.value()),
                Some(_) => {}
            }
        }
        let standing = self.standing();
        if let Some(model) = then.models.get(standing.model).filter(|_| !standing.is_closed())
            && model.stage(standing.stage).is_none()
        {
            tell(RecordKind::Stage, standing.stage.value());
        }
    }
}

impl Told for Activity {
    const KIND: RecordKind = RecordKind::Activity;

    fn told(&self) -> &str {
        self.note.lines().next().unwrap_or_default()
    }

    fn missing(&self, then: &Workspace, tell: &mut dyn FnMut(RecordKind, Ulid)) {
        look_for_person(then, self.by, tell);
        look(&then.customers, self.customer, CustomerId::value, RecordKind::Customer, tell);
        look(&then.deals, self.deal, DealId::value, RecordKind::Deal, tell);
    }
}

impl Told for Promise {
    const KIND: RecordKind = RecordKind::Promise;

    fn told(&self) -> &str {
        self.text.lines().next().unwrap_or_default()
    }

    fn missing(&self, then: &Workspace, tell: &mut dyn FnMut(RecordKind, Ulid)) {
        look_for_person(then, Some(self.person), tell);
        look(&then.deals, self.deal, DealId::value, RecordKind::Deal, tell);
        look(&then.customers, self.customer, CustomerId::value, RecordKind::Customer, tell);
        if let Some(stage) = self.reaches
            && !then.models.iter().any(|model| model.known_stage(stage).is_some())
        {
            tell(RecordKind::Stage, stage.value());
        }
    }
}

impl Told for Handover {
    const KIND: RecordKind = RecordKind::Handover;

    fn told(&self) -> &'static str {
        ""
    }

    fn missing(&self, then: &Workspace, tell: &mut dyn FnMut(RecordKind, Ulid)) {
        look_for_person(then, Some(self.from), tell);
        for item in &self.items {
            look_for_person(then, Some(item.to), tell);
            match item.what {
                HandedOver::Customer(id) => {
                    look(&then.customers, Some(id), CustomerId::value, RecordKind::Customer, tell);
                }
                HandedOver::Deal(id) => look(&then.deals, Some(id), DealId::value, RecordKind::Deal, tell),
            }
        }
    }
}

impl Told for Intervention {
    const KIND: RecordKind = RecordKind::Intervention;

    fn told(&self) -> &str {
        &self.name
    }

    fn missing(&self, then: &Workspace, tell: &mut dyn FnMut(RecordKind, Ulid)) {
        for person in &self.people {
            look_for_person(then, Some(*person), tell);
        }
        match then.models.get(self.model) {
            None => look(&then.models, Some(self.model), ModelId::value, RecordKind::Model, tell),
            Some(model) if model.known_stage(self.stage).is_none() => tell(RecordKind::Stage, self.stage.value()),
            Some(_) => {}
        }
    }
}

impl Told for Problem {
    const KIND: RecordKind = RecordKind::Problem;

    fn told(&self) -> &str {
        self.problem.lines().next().unwrap_or_default()
    }
}

impl Told for Scheme {
    const KIND: RecordKind = RecordKind::Scheme;

    fn told(&self) -> &str {
        &self.name
    }
}
