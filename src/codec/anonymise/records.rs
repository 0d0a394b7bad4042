//! Which text of which record is what.

use std::{collections::BTreeMap, sync::Arc};

use super::{Noun, Veil};
use crate::model::{
    Activity, AfterSale, Attribute, Campaign, Change, Contact, Cover, Criterion, CustomField, CustomFieldOf,
    CustomKind, Customer, Deal, DealDetails, Department, Event, EventKind, FunnelModel, Gate, Handover, HandoverItem,
    Intervention, LostReason, Measure, MeasureKind, Missing, Money, NextAction, Patch, Person, Playbook, Problem,
    Product, ProductLine, Profile, Promise, Quota, Record, RequiredField, Revision, Scheme, Segment, Settled, Stage,
    Table, Target, Wanted, Wish, Workspace, WorkspaceId,
};

/// The workspace with every text replaced.
pub(super) fn veiled(workspace: &Workspace, id: WorkspaceId, veil: &mut Veil<'_>) -> Workspace {
    let kinds = &workspace.profile.custom_fields;
    let profile = profile(&workspace.profile, veil);
    let change = Change {
        models: all(&workspace.models, |record| model(record, veil)),
        departments: all(&workspace.departments, |record| department(record, veil)),
        people: all(&workspace.people, |record| person(record, veil)),
        quotas: all(&workspace.quotas, |record| quota(record, veil)),
        products: all(&workspace.products, |record| product(record, veil)),
        targets: all(&workspace.targets, |record| target(record, kinds, veil)),
        customers: all(&workspace.customers, |record| customer(record, kinds, veil)),
        campaigns: all(&workspace.campaigns, |record| campaign(record, veil)),
        deals: workspace.deals.iter().filter_map(|record| deal(record, kinds, veil)).map(added).collect(),
        activities: all(&workspace.activities, |record| activity(record, veil)),
        promises: all(&workspace.promises, |record| promise(record, veil)),
        handovers: all(&workspace.handovers, |record| handover(record, veil)),
        interventions: all(&workspace.interventions, |record| intervention(record, veil)),
        problems: all(&workspace.problems, |record| problem(record, veil)),
        schemes: all(&workspace.schemes, |record| scheme(record, veil)),
        ..Change::default()
    };
    Workspace::new(id, profile).with(&change)
}

fn all<V: Record>(table: &Table<V>, mut make: impl FnMut(&V) -> V) -> Vec<Patch<V>> {
    table.iter().map(|record| added(make(record))).collect()
}

fn added<V: Record>(record: V) -> Patch<V> {
    Patch { id: record.id(), before: None, after: Some(Arc::new(record)) }
}

fn profile(profile: &Profile, veil: &mut Veil<'_>) -> Profile {
    let reason = |reason: &LostReason, veil: &mut Veil<'_>| LostReason {
        name: veil.text(Noun::Reason, &reason.name),
        needs_note: reason.needs_note,
    };
    let field = |field: &CustomField, veil: &mut Veil<'_>| CustomField {
        name: veil.text(Noun::Field, &field.name),
        of: field.of,
        kind: match &field.kind {
            CustomKind::Choice { options } => CustomKind::Choice { options: veil.texts(Noun::Choice, options) },
            kind => kind.clone(),
        },
    };
    Profile {
        name: veil.text(Noun::Company, &profile.name),
        currency: profile.currency,
        fiscal_year_start: profile.fiscal_year_start,
        sources: veil.texts(Noun::Source, &profile.sources),
        lost_reasons: profile.lost_reasons.iter().map(|one| reason(one, veil)).collect(),
        custom_fields: profile.custom_fields.iter().map(|one| field(one, veil)).collect(),
        views: Vec::new(),
        stalling: profile.stalling,
    }
}

fn model(model: &FunnelModel, veil: &mut Veil<'_>) -> FunnelModel {
    let cover = |cover: &Cover, veil: &mut Veil<'_>| Cover {
        name: cover.name.clone(),
        description: String::new(),
        segments: segments(&cover.segments, veil),
    };
    let revision = |revision: &Revision, veil: &mut Veil<'_>| Revision {
        until: revision.until,
        cover: revision.cover.as_ref().map(|one| cover(one, veil)),
        stages: stages(&revision.stages, veil),
        after_sale: revision.after_sale.as_ref().map(|one| after_sale(one, veil)),
    };
    FunnelModel {
        id: model.id,
        name: model.name.clone(),
        description: String::new(),
        stages: stages(&model.stages, veil),
        after_sale: model.after_sale.as_ref().map(|one| after_sale(one, veil)),
        segments: segments(&model.segments, veil),
        revisions: model.revisions.iter().map(|one| revision(one, veil)).collect(),
        retired: model.retired.clone(),
    }
}

fn stages(stages: &[Stage], veil: &mut Veil<'_>) -> Vec<Stage> {
    let criterion = |one: &Criterion, veil: &mut Veil<'_>| Criterion {
        id: one.id,
        text: veil.text(Noun::Criterion, &one.text),
        required: one.required,
    };
    let stage = |stage: &Stage| Stage {
        criteria: stage.criteria.iter().map(|one| criterion(one, veil)).collect(),
        tasks: Vec::new(),
        required_fields: stage.required_fields.iter().map(|field| required(field, veil)).collect(),
        playbook: Playbook::default(),
        ..stage.clone()
    };
    stages.iter().map(stage).collect()
}

fn required(field: &RequiredField, veil: &mut Veil<'_>) -> RequiredField {
    match field {
        RequiredField::Known(field) => RequiredField::Known(*field),
        RequiredField::Own { of, name } => RequiredField::Own { of: *of, name: veil.text(Noun::Field, name) },
    }
}

fn after_sale(after_sale: &AfterSale, veil: &mut Veil<'_>) -> AfterSale {
    AfterSale {
        name: veil.text(Noun::Criterion, &after_sale.name),
        return_visit_days: after_sale.return_visit_days,
        tasks: Vec::new(),
        playbook: Playbook::default(),
    }
}

fn segments(segments: &[Segment], veil: &mut Veil<'_>) -> Vec<Segment> {
    let segment = |segment: &Segment| Segment {
        name: veil.text(Noun::Target, &segment.name),
        who: veil.text(Noun::Text, &segment.who),
        action: veil.text(Noun::Text, &segment.action),
    };
    segments.iter().map(segment).collect()
}

fn department(department: &Department, veil: &mut Veil<'_>) -> Department {
    Department {
        id: department.id,
        name: veil.text(Noun::Department, &department.name),
        parent: department.parent,
        manager: veil.text(Noun::Person, &department.manager),
    }
}

fn person(person: &Person, veil: &mut Veil<'_>) -> Person {
    Person {
        name: veil.text(Noun::Person, &person.name),
        territory: veil.text(Noun::Territory, &person.territory),
        ..person.clone()
    }
}

fn quota(quota: &Quota, veil: &mut Veil<'_>) -> Quota {
    Quota { amount: veil.factor.of(quota.amount), ..*quota }
}

fn product(product: &Product, veil: &mut Veil<'_>) -> Product {
    Product {
        id: product.id,
        name: veil.text(Noun::Product, &product.name),
        series: veil.text(Noun::Series, &product.series),
        price: veil.money(product.price),
        active: product.active,
    }
}

fn target(target: &Target, fields: &[CustomField], veil: &mut Veil<'_>) -> Target {
    let wish = |wish: &Wish, veil: &mut Veil<'_>| {
        let words = |words: &[String], veil: &mut Veil<'_>| match &wish.attribute {
            Attribute::Custom { field } => {
                let kind = kind_of(fields, CustomFieldOf::Customer, field);
                words.iter().map(|word| value(kind, word, veil)).collect()
            }
            attribute => veil.texts(noun_of(attribute), words),
        };
        Wish {
            wanted: match &wish.wanted {
                Wanted::AnyOf { words: wanted } => Wanted::AnyOf { words: words(wanted, veil) },
                Wanted::Contains { words: wanted } => Wanted::Contains { words: words(wanted, veil) },
                wanted => wanted.clone(),
            },
            attribute: match &wish.attribute {
                Attribute::Custom { field } => Attribute::Custom { field: veil.text(Noun::Field, field) },
                attribute => attribute.clone(),
            },
            weight: wish.weight,
        }
    };
    Target {
        id: target.id,
        name: veil.text(Noun::Target, &target.name),
        wishes: target.wishes.iter().map(|one| wish(one, veil)).collect(),
        line: target.line,
    }
}

/// What the texts of an attribute are called.
fn noun_of(attribute: &Attribute) -> Noun {
    match attribute {
        Attribute::Industry => Noun::Industry,
        Attribute::Size => Noun::Size,
        Attribute::Territory => Noun::Territory,
        Attribute::Source => Noun::Source,
        Attribute::Tag => Noun::Tag,
        _ => Noun::Text,
    }
}

fn customer(customer: &Customer, fields: &[CustomField], veil: &mut Veil<'_>) -> Customer {
    let contact = |contact: &Contact, veil: &mut Veil<'_>| Contact {
        id: contact.id,
        name: veil.text(Noun::Contact, &contact.name),
        job_title: veil.text(Noun::Role, &contact.job_title),
        phone: veil.text(Noun::Phone, &contact.phone),
        email: veil.text(Noun::Email, &contact.email),
        role: veil.text(Noun::Role, &contact.role),
    };
    Customer {
        name: veil.text(Noun::Customer, &customer.name),
        short_name: veil.text(Noun::Customer, &customer.short_name),
        address: veil.text(Noun::Address, &customer.address),
        territory: veil.text(Noun::Territory, &customer.territory),
        industry: veil.text(Noun::Industry, &customer.industry),
        size: veil.text(Noun::Size, &customer.size),
        standing: veil.text(Noun::Text, &customer.standing),
        source: veil.text(Noun::Source, &customer.source),
        software_in_use: veil.text(Noun::Text, &customer.software_in_use),
        needs: veil.text(Noun::Text, &customer.needs),
        contacts: customer.contacts.iter().map(|one| contact(one, veil)).collect(),
        tags: veil.texts(Noun::Tag, &customer.tags),
        notes: veil.text(Noun::Text, &customer.notes),
        custom: custom(&customer.custom, CustomFieldOf::Customer, fields, veil),
        ..customer.clone()
    }
}

fn kind_of<'a>(fields: &'a [CustomField], of: CustomFieldOf, name: &str) -> Option<&'a CustomKind> {
    fields.iter().find(|field| field.of == of && field.name == name).map(|field| &field.kind)
}

fn custom(
    custom: &BTreeMap<String, String>,
    of: CustomFieldOf,
    fields: &[CustomField],
    veil: &mut Veil<'_>,
) -> BTreeMap<String, String> {
    let entry =
        |(name, text): (&String, &String)| (veil.text(Noun::Field, name), value(kind_of(fields, of, name), text, veil));
    custom.iter().map(entry).collect()
}

/// What stands in a field of the user's own: days stay, numbers become others, and what does not fit is a text.
fn value(kind: Option<&CustomKind>, text: &str, veil: &mut Veil<'_>) -> String {
    match kind {
        Some(kind @ CustomKind::Date {}) if kind.accepts(text) => text.to_owned(),
        Some(kind @ CustomKind::Number {}) if kind.accepts(text) => veil.text(Noun::Number, text),
        Some(kind @ CustomKind::Choice { .. }) if kind.accepts(text) => veil.text(Noun::Choice, text),
        _ => veil.text(Noun::Text, text),
    }
}

fn campaign(campaign: &Campaign, veil: &mut Veil<'_>) -> Campaign {
    Campaign {
        name: veil.text(Noun::Campaign, &campaign.name),
        channel: veil.text(Noun::Source, &campaign.channel),
        cost: veil.money(campaign.cost),
        message: veil.text(Noun::Text, &campaign.message),
        notes: veil.text(Noun::Text, &campaign.notes),
        ..campaign.clone()
    }
}

/// The same events as before in all that makes them follow each other, so that a deal always comes of it.
fn deal(deal: &Deal, fields: &[CustomField], veil: &mut Veil<'_>) -> Option<Deal> {
    let before = &deal.details;
    let line = |line: &ProductLine, veil: &Veil<'_>| ProductLine { price: veil.money(line.price), ..line.clone() };
    let details = DealDetails {
        title: veil.text(Noun::Deal, &before.title),
        lines: before.lines.iter().map(|one| line(one, veil)).collect(),
        competitors: veil.texts(Noun::Competitor, &before.competitors),
        obstacles: veil.text(Noun::Text, &before.obstacles),
        next_action: before.next_action.as_ref().map(|next| NextAction {
            what: veil.text(Noun::Text, &next.what),
            owner: next.owner,
            due: next.due,
        }),
        source: veil.text(Noun::Source, &before.source),
        reference: veil.text(Noun::Reference, &before.reference),
        tags: veil.texts(Noun::Tag, &before.tags),
        notes: veil.text(Noun::Text, &before.notes),
        custom: custom(&before.custom, CustomFieldOf::Deal, fields, veil),
        ..before.clone()
    };
    let history = deal.history().iter().map(|event| Event { kind: kind(&event.kind, veil), ..event.clone() });
    Deal::from_history(deal.id, details, history.collect()).ok()
}

fn kind(kind: &EventKind, veil: &mut Veil<'_>) -> EventKind {
    match kind {
        EventKind::Created { model, stage, owner, amount, expected_close, probability } => EventKind::Created {
            model: *model,
            stage: *stage,
            owner: *owner,
            amount: veil.money(*amount),
            expected_close: *expected_close,
            probability: *probability,
        },
        EventKind::Entered { stage, gate: passed } => EventKind::Entered { stage: *stage, gate: gate(passed, veil) },
        EventKind::EvidenceTicked { criterion, proof } => {
            EventKind::EvidenceTicked { criterion: *criterion, proof: veil.text(Noun::Text, proof) }
        }
        EventKind::AmountChanged { to } => EventKind::AmountChanged { to: veil.money(*to) },
        EventKind::Won { gate: passed } => EventKind::Won { gate: gate(passed, veil) },
        EventKind::Lost { reason, note } => {
            EventKind::Lost { reason: veil.text(Noun::Reason, reason), note: veil.text(Noun::Text, note) }
        }
        EventKind::Restaged { .. }
        | EventKind::Transferred { .. }
        | EventKind::EvidenceUnticked { .. }
        | EventKind::ExpectedCloseChanged { .. }
        | EventKind::OwnerChanged { .. }
        | EventKind::ProbabilityChanged { .. }
        | EventKind::Dormant { .. }
        | EventKind::Reopened { .. } => kind.clone(),
    }
}

fn gate(gate: &Gate, veil: &mut Veil<'_>) -> Gate {
    let Gate::Overridden { reason, missing } = gate else { return gate.clone() };
    let lacking = |missing: &Missing, veil: &mut Veil<'_>| match missing {
        Missing::Criterion(criterion) => Missing::Criterion(*criterion),
        Missing::Field(field) => Missing::Field(required(field, veil)),
    };
    let reason = veil.text(Noun::Text, reason);
    Gate::Overridden { reason, missing: missing.iter().map(|one| lacking(one, veil)).collect() }
}

fn activity(activity: &Activity, veil: &mut Veil<'_>) -> Activity {
    Activity {
        note: veil.text(Noun::Text, &activity.note),
        result: veil.text(Noun::Text, &activity.result),
        next_step: veil.text(Noun::Text, &activity.next_step),
        cost: veil.money(activity.cost),
        ..activity.clone()
    }
}

fn promise(promise: &Promise, veil: &mut Veil<'_>) -> Promise {
    let settled = |settled: &Settled, veil: &mut Veil<'_>| Settled {
        note: veil.text(Noun::Text, &settled.note),
        ..settled.clone()
    };
    Promise {
        text: veil.text(Noun::Text, &promise.text),
        settled: promise.settled.as_ref().map(|one| settled(one, veil)),
        ..promise.clone()
    }
}

fn handover(handover: &Handover, veil: &mut Veil<'_>) -> Handover {
    let item = |item: &HandoverItem, veil: &mut Veil<'_>| HandoverItem {
        note: veil.text(Noun::Text, &item.note),
        ..item.clone()
    };
    Handover {
        items: handover.items.iter().map(|one| item(one, veil)).collect(),
        note: veil.text(Noun::Text, &handover.note),
        ..handover.clone()
    }
}

fn intervention(intervention: &Intervention, veil: &mut Veil<'_>) -> Intervention {
    Intervention {
        name: veil.text(Noun::Text, &intervention.name),
        note: veil.text(Noun::Text, &intervention.note),
        ..intervention.clone()
    }
}

fn problem(problem: &Problem, veil: &mut Veil<'_>) -> Problem {
    Problem {
        id: problem.id,
        company: veil.text(Noun::Text, &problem.company),
        words: veil.texts(Noun::Text, &problem.words),
        problem: veil.text(Noun::Text, &problem.problem),
        questions: veil.texts(Noun::Text, &problem.questions),
        introduction: veil.text(Noun::Text, &problem.introduction),
    }
}

/// Targets in money keep their ratio to the amounts.
fn scheme(scheme: &Scheme, veil: &mut Veil<'_>) -> Scheme {
    let measure = |measure: &Measure| match (measure.kind, Money::from_minor(measure.target)) {
        (MeasureKind::WonAmount, Some(target)) => Measure { target: veil.factor.of(target).minor(), ..*measure },
        _ => *measure,
    };
    let measures = scheme.measures.iter().map(measure).collect();
    Scheme { name: veil.text(Noun::Text, &scheme.name), measures, ..scheme.clone() }
}
