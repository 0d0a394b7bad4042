//! One customer made of two that are the same company (客户合并). Nothing that either says is lost.

use std::collections::{BTreeMap, btree_map::Entry};

use super::{Contact, ContactId, Customer, CustomerId, Level, RecordKind, Rejection, Workspace};

/// What becomes of two customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The customer that stays, with everything of both.
    pub customer: Customer,
    /// For each contact of the one that goes, the contact it is now.
    pub contacts: BTreeMap<ContactId, ContactId>,
}

/// A property that both customers have and in which they differ, so that the value of the one that goes has to give way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivesWay {
    /// Which property.
    pub of: Property,
    /// Its value at the customer that goes.
    pub value: Value,
}

/// A property of a customer or of one of its contacts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Property {
    /// Full name.
    Name,
    /// Short name.
    ShortName,
    /// Postal address.
    Address,
    /// Territory or region.
    Territory,
    /// Industry.
    Industry,
    /// Size.
    Size,
    /// Standing in its industry.
    Standing,
    /// What it can afford.
    BuyingPower,
    /// How it reached us.
    Source,
    /// Who recommended us to it.
    ReferredBy,
    /// Software now in use.
    SoftwareInUse,
    /// What it needs.
    Needs,
    /// How much it wants to buy.
    Intent,
    /// How well its need matches.
    Fit,
    /// How much attention it gets.
    Priority,
    /// When the priority is looked at again.
    ReviewOn,
    /// Who looks after it.
    Owner,
    /// The field of the user's own with this name.
    Custom(String),
    /// Job title of the contact with this name.
    JobTitle(String),
    /// Phone number of the contact with this name.
    Phone(String),
    /// E-mail address of the contact with this name.
    Email(String),
    /// Role in the decision of the contact with this name.
    Role(String),
}

/// A value that gives way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text, or the name of a person or a customer, or a date as `YYYY-MM-DD`.
    Text(String),
    /// High, medium or low.
    Level(Level),
}

/// The values of `gone` that give way to those of `keep`, in the order of their properties. Empty when one of them is not there.
pub fn giving_way(workspace: &Workspace, keep: CustomerId, gone: CustomerId) -> Vec<GivesWay> {
    let (Some(keep), Some(gone)) = (workspace.customers.get(keep), workspace.customers.get(gone)) else {
        return Vec::new();
    };
    let mut work = Work::default();
    work.fields((**keep).clone(), gone, workspace);
    let mut number = 0_u128;
    work.contacts(&keep.contacts, &gone.contacts, || {
        number += 1;
        number.into()
    });
    work.gives_way
}

/// What becomes of `keep` when `gone` is merged into it.
///
/// The values of `keep` win; empty ones are filled in from `gone`. What gives way stands in the notes: in the words of `remark`, or
/// as it is when that leaves it out; a level has no words here, so only the remark can say it. Contacts with the same name become one when a phone number or an e-mail address is the same, or when
/// one of them has neither. Tags, fields of the user's own and what is known not to be the same company are united. `fresh` gives ids for
/// contacts of `gone` whose id is taken.
///
/// # Errors
/// There is no such customer, or both are one.
pub fn merged(
    workspace: &Workspace,
    keep: CustomerId,
    gone: CustomerId,
    remark: &str,
    mut fresh: impl FnMut() -> ContactId,
) -> Result<Merged, Rejection> {
    if keep == gone {
        return Err(Rejection::SameCustomer);
    }
    let unknown = Rejection::Unknown(RecordKind::Customer);
    let keep = workspace.customers.get(keep).ok_or(unknown.clone())?;
    let gone = workspace.customers.get(gone).ok_or(unknown)?;
    let mut work = Work::default();
    let mut customer = work.fields((**keep).clone(), gone, workspace);
    let (contacts, places) = work.contacts(&keep.contacts, &gone.contacts, &mut fresh);
    customer.contacts = contacts;
    customer.referred_by = [keep.referred_by, gone.referred_by]
        .into_iter()
        .flatten()
        .find(|referrer| *referrer != keep.id && *referrer != gone.id);
    unite(&mut customer.tags, &gone.tags);
    unite(&mut customer.not_same_as, &gone.not_same_as);
    customer.not_same_as.retain(|other| *other != keep.id && *other != gone.id);
    add_note(&mut customer.notes, &gone.notes);
    add_note(&mut customer.notes, remark);
    for GivesWay { of, value } in work.gives_way {
        match (of, value) {
            (_, Value::Level(_)) => {}
            (Property::Custom(name), Value::Text(text)) if !customer.notes.contains(&text) => {
                add_note(&mut customer.notes, &[name.as_str(), ": ", text.as_str()].concat());
            }
            (_, Value::Text(text)) => add_note(&mut customer.notes, &text),
        }
    }
    Ok(Merged { customer, contacts: places })
}

/// Adds a paragraph, unless the notes have it already.
fn add_note(notes: &mut String, text: &str) {
    if text.trim().is_empty() || notes.contains(text) {
        return;
    }
    if notes.trim().is_empty() {
        notes.clear();
    } else {
        notes.push('\n');
    }
    notes.push_str(text);
}

fn unite<T: Clone + PartialEq>(all: &mut Vec<T>, more: &[T]) {
    for one in more {
        if !all.contains(one) {
            all.push(one.clone());
        }
    }
}

/// The values that give way while two customers become one.
#[derive(Default)]
struct Work {
    gives_way: Vec<GivesWay>,
}

impl Work {
    fn note(&mut self, of: Property, text: &str) {
        self.gives_way.push(GivesWay { of, value: Value::Text(text.to_owned()) });
    }

    /// Keeps a text, fills an empty one in, notes another one.
    fn text(&mut self, of: Property, kept: &mut String, other: &str) {
        if other.trim().is_empty() || kept.trim() == other.trim() {
            return;
        }
        if kept.trim().is_empty() {
            other.clone_into(kept);
        } else {
            self.note(of, other);
        }
    }

    fn level(&mut self, of: Property, kept: &mut Option<Level>, other: Option<Level>) {
        match (*kept, other) {
            (Some(kept), Some(other)) if kept != other => {
                self.gives_way.push(GivesWay { of, value: Value::Level(other) });
            }
            _ => *kept = kept.or(other),
        }
    }

    /// Everything but contacts and lists.
    fn fields(&mut self, mut kept: Customer, gone: &Customer, workspace: &Workspace) -> Customer {
        self.text(Property::Name, &mut kept.name, &gone.name);
        self.text(Property::ShortName, &mut kept.short_name, &gone.short_name);
        self.text(Property::Address, &mut kept.address, &gone.address);
        self.text(Property::Territory, &mut kept.territory, &gone.territory);
        self.text(Property::Industry, &mut kept.industry, &gone.industry);
        self.text(Property::Size, &mut kept.size, &gone.size);
        self.text(Property::Standing, &mut kept.standing, &gone.standing);
        self.level(Property::BuyingPower, &mut kept.buying_power, gone.buying_power);
        self.text(Property::Source, &mut kept.source, &gone.source);
        if let (Some(one), Some(other)) = (kept.referred_by, gone.referred_by)
            && one != other
            && one != gone.id
            && other != kept.id
            && let Some(referrer) = workspace.customers.get(other)
        {
            self.note(Property::ReferredBy, &referrer.name);
        }
        self.text(Property::SoftwareInUse, &mut kept.software_in_use, &gone.software_in_use);
        self.text(Property::Needs, &mut kept.needs, &gone.needs);
        self.level(Property::Intent, &mut kept.intent, gone.intent);
        self.level(Property::Fit, &mut kept.fit, gone.fit);
        self.level(Property::Priority, &mut kept.priority, gone.priority);
        match (kept.review_on, gone.review_on) {
            (Some(kept), Some(other)) if kept != other => self.note(Property::ReviewOn, &other.to_string()),
            (day, other) => kept.review_on = day.or(other),
        }
        match (kept.owner, gone.owner) {
            (Some(kept), Some(other)) if kept != other => {
                if let Some(person) = workspace.people.get(other) {
                    self.note(Property::Owner, &person.name);
                }
            }
            (owner, other) => kept.owner = owner.or(other),
        }
        for (name, value) in &gone.custom {
            match kept.custom.entry(name.clone()) {
                Entry::Occupied(mut known) => self.text(Property::Custom(name.clone()), known.get_mut(), value),
                Entry::Vacant(place) => {
                    place.insert(value.clone());
                }
            }
        }
        kept
    }

    /// The contacts of both, and where those of `gone` are among them.
    fn contacts(
        &mut self,
        keep: &[Contact],
        gone: &[Contact],
        mut fresh: impl FnMut() -> ContactId,
    ) -> (Vec<Contact>, BTreeMap<ContactId, ContactId>) {
        let (mut all, mut places) = (keep.to_vec(), BTreeMap::new());
        for contact in gone {
            if let Some(same) = all.iter_mut().find(|known| same_person(known, contact)) {
                let name = || contact.name.clone();
                self.text(Property::JobTitle(name()), &mut same.job_title, &contact.job_title);
                self.text(Property::Phone(name()), &mut same.phone, &contact.phone);
                self.text(Property::Email(name()), &mut same.email, &contact.email);
                self.text(Property::Role(name()), &mut same.role, &contact.role);
                places.insert(contact.id, same.id);
                continue;
            }
            let mut id = contact.id;
            while all.iter().chain(gone).any(|known| known.id == id && !std::ptr::eq(known, contact)) {
                id = fresh();
            }
            places.insert(contact.id, id);
            all.push(Contact { id, ..contact.clone() });
        }
        (all, places)
    }
}

/// Whether two contacts of one company are the same person.
fn same_person(one: &Contact, two: &Contact) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let phone = |contact: &Contact| Some(digits(&contact.phone)).filter(|digits| !digits.is_empty());
    let email = |contact: &Contact| Some(contact.email.trim().to_lowercase()).filter(|email| !email.is_empty());
    let bare = |contact: &Contact| contact.phone.trim().is_empty() && contact.email.trim().is_empty();
    let same = |one: Option<String>, two: Option<String>| one.is_some() && one == two;
    one.name.trim().to_lowercase() == two.name.trim().to_lowercase()
        && (bare(one) || bare(two) || same(phone(one), phone(two)) || same(email(one), email(two)))
}
