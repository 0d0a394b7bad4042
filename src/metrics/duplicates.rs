//! Customers that may be the same company twice (客户重复), found without comparing each with all others.
//!
//! Every customer gets keys: its name without what does not count, that name with one letter or one word left out, its phone numbers, the
//! hosts of its mailboxes, its address. Only customers that share a key are compared. A key that a crowd shares tells nothing and is passed over;
//! but of a crowd with the same name, neighbours are compared.

mod keys;

use std::{collections::BTreeSet, sync::Arc};

use super::likeness::{Sign, likeness};
use crate::{
    model::{Customer, CustomerId, Table},
    naming::{Company, CompanyWords},
};
use keys::{Key, Known, keys};

/// From this confidence on, two customers are shown as perhaps the same.
const LIKELY: f64 = 0.84;
/// Names that are less alike than this are not the same company's, whatever else is the same.
const CONCEIVABLE: f64 = 0.5;
/// Keys that more customers share than this tell nothing.
const CROWD: usize = 40;

/// Two customers that may be the same company.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The one with the smaller id.
    pub one: CustomerId,
    /// The other one.
    pub two: CustomerId,
    /// How sure it is, above 0.84 and at most 1.
    pub confidence: f64,
    /// What speaks for it, and what differs all the same.
    pub signs: BTreeSet<Sign>,
}

/// A search that can be carried on in small portions.
#[derive(Clone, Debug)]
pub struct Search {
    about: &'static CompanyWords,
    customers: Vec<Arc<Customer>>,
    known: Vec<Known>,
    keys: Vec<(Key, u32)>,
    candidates: Vec<(u32, u32)>,
    phase: Phase,
    found: Vec<Pair>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Keys(usize),
    Candidates,
    Pairs(usize),
    Done,
}

impl Search {
    /// A search among these customers that has not begun.
    pub fn new(customers: &Table<Customer>, about: &'static CompanyWords) -> Self {
        Self {
            about,
            customers: customers.iter().cloned().collect(),
            known: Vec::with_capacity(customers.len()),
            keys: Vec::new(),
            candidates: Vec::new(),
            phase: Phase::Keys(0),
            found: Vec::new(),
        }
    }

    /// Looks at so many more customers or pairs of them; gives whether the search is over.
    pub fn go_on(&mut self, portion: usize) -> bool {
        match self.phase {
            Phase::Keys(from) => {
                let to = (from + portion.max(1)).min(self.customers.len());
                for (place, customer) in (0_u32..).zip(&self.customers).take(to).skip(from) {
                    let known = Known::new(customer, self.about);
                    keys(&known, |key| self.keys.push((key, place)));
                    self.known.push(known);
                }
                self.phase = if to == self.customers.len() { Phase::Candidates } else { Phase::Keys(to) };
            }
            Phase::Candidates => {
                self.keys.sort_unstable();
                self.keys.dedup();
                self.candidates = candidates(&self.keys);
                self.keys = Vec::new();
                self.phase = Phase::Pairs(0);
            }
            Phase::Pairs(from) => {
                let to = (from + portion.max(1)).min(self.candidates.len());
                let looked_at = self.candidates.get(from..to).unwrap_or_default();
                let found: Vec<_> = looked_at.iter().filter_map(|(one, two)| self.compare(*one, *two)).collect();
                self.found.extend(found);
                self.phase = if to == self.candidates.len() { Phase::Done } else { Phase::Pairs(to) };
            }
            Phase::Done => {}
        }
        self.phase == Phase::Done
    }

    /// The pairs found so far, the surest first; all of them once the search is over.
    pub fn into_pairs(mut self) -> Vec<Pair> {
        self.found.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then((a.one, a.two).cmp(&(b.one, b.two))));
        self.found
    }

    fn compare(&self, one: u32, two: u32) -> Option<Pair> {
        let at = |place: u32| Some((self.customers.get(place as usize)?, self.known.get(place as usize)?));
        let ((one, known), (two, other)) = (at(one)?, at(two)?);
        if one.not_same_as.contains(&two.id) || two.not_same_as.contains(&one.id) {
            return None;
        }
        let (confidence, signs) = same_company(known, other, self.about);
        let (one, two) = (one.id.min(two.id), one.id.max(two.id));
        (confidence >= LIKELY).then_some(Pair { one, two, confidence, signs })
    }
}

/// All pairs of customers that may be the same company and were not declared to be two, the surest first.
///
/// Names that differ in at most one letter, in the letters of one word, in legal form, place, accents or word order are found; others only when
/// phone, mail host or address speak for them too.
pub fn duplicates(customers: &Table<Customer>, about: &'static CompanyWords) -> Vec<Pair> {
    let mut search = Search::new(customers, about);
    while !search.go_on(usize::MAX / 2) {}
    search.into_pairs()
}

/// How sure it is that both are the same company, and what speaks for it.
fn same_company(one: &Known, two: &Known, about: &CompanyWords) -> (f64, BTreeSet<Sign>) {
    let mut alike = likeness(&one.company, &two.company, about);
    let short = |known: &Known, other: &Company| {
        known.short.as_ref().is_some_and(|short| short.core == other.core && short.core != known.company.core)
    };
    if alike.score < 0.93 && (short(one, &two.company) || short(two, &one.company)) {
        alike.score = 0.93;
        alike.signs = BTreeSet::from([Sign::ShortName]);
    }
    if alike.score < CONCEIVABLE {
        return (0.0, BTreeSet::new());
    }
    let evidence = [
        (Sign::Phone, 0.7, shared(&one.phones, &two.phones)),
        (Sign::MailHost, 0.5, shared(&one.hosts, &two.hosts)),
        (Sign::Address, 0.5, one.address.is_some() && one.address == two.address),
    ];
    let mut doubt = 1.0 - alike.score;
    for (sign, weight, speaks) in evidence {
        if speaks {
            doubt *= 1.0 - weight;
            alike.signs.insert(sign);
        }
    }
    (1.0 - doubt, alike.signs)
}

fn shared(one: &[String], two: &[String]) -> bool {
    one.iter().any(|text| two.contains(text))
}

/// The pairs of places that share a key, each once.
fn candidates(keys: &[(Key, u32)]) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    for crowd in keys.chunk_by(|(one, _), (two, _)| one == two) {
        let far = match crowd {
            _ if crowd.len() <= CROWD => crowd.len(),
            [(Key::Name(_), _), ..] => 1,
            _ => continue,
        };
        for (at, (_, one)) in crowd.iter().enumerate() {
            pairs.extend(crowd.iter().skip(at + 1).take(far).map(|(_, two)| (*one, *two)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
