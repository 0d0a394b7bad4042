//! Records of one kind that rows of files join by name.

use std::collections::HashMap;

use super::name::{NameIndex, NameKind, NearMiss, keys};

/// The records that exist and those that files add. A name finds its record whatever its spelling.
#[derive(Debug)]
pub(super) struct Roster<R> {
    kind: NameKind,
    records: Vec<R>,
    names: Vec<String>,
    forms: Vec<String>,
    /// What each was before it was changed; nothing for those that are new or as they were.
    before: Vec<Option<R>>,
    by_key: HashMap<String, Vec<usize>>,
    /// The first record that is spelled so: most names of a file stand in it many times.
    by_name: HashMap<String, usize>,
    /// How many of the records existed before the import.
    pub(super) existing: usize,
    /// The names offered for decision: what existed, and what files of such records brought.
    index: NameIndex,
}

/// Where a name leads.
pub(super) enum Found {
    /// To this record, and whether the spelling differs.
    Certain(usize, bool),
    /// To no record; perhaps to one of these.
    New(Vec<NearMiss>),
}

impl<R: Clone + PartialEq> Roster<R> {
    pub(super) fn new(kind: NameKind, existing: Vec<(String, R)>) -> Self {
        let mut roster = Self {
            kind,
            records: Vec::new(),
            names: Vec::new(),
            forms: Vec::new(),
            before: Vec::new(),
            by_key: HashMap::new(),
            by_name: HashMap::new(),
            existing: existing.len(),
            index: NameIndex::new(kind, []),
        };
        for (name, record) in existing {
            roster.add(&name, record);
        }
        roster.offer();
        roster
    }

    /// From here on, all names known so far are offered for near ones.
    pub(super) fn offer(&mut self) {
        self.index = NameIndex::new(self.kind, self.names.iter().map(String::as_str));
    }

    pub(super) fn add(&mut self, name: &str, record: R) -> usize {
        let (key, form) = keys(self.kind, name);
        let place = self.records.len();
        self.by_key.entry(key).or_default().push(place);
        self.by_name.entry(name.to_owned()).or_insert(place);
        self.records.push(record);
        self.names.push(name.to_owned());
        self.forms.push(form);
        self.before.push(None);
        place
    }

    pub(super) fn find(&self, name: &str) -> Found {
        if let Some(place) = self.by_name.get(name) {
            return Found::Certain(*place, false);
        }
        let (key, form) = keys(self.kind, name);
        let places = self.by_key.get(&key).map_or(&[][..], Vec::as_slice);
        let fits = |place: &&usize| {
            self.forms.get(**place).is_some_and(|other| form.is_empty() || other.is_empty() || *other == form)
        };
        match places.iter().find(fits) {
            Some(place) => Found::Certain(*place, true),
            None => Found::New(self.index.near_misses(name)),
        }
    }

    pub(super) fn name(&self, place: usize) -> &str {
        self.names.get(place).map_or("", String::as_str)
    }

    pub(super) fn get(&self, place: usize) -> Option<&R> {
        self.records.get(place)
    }

    /// The record, to be changed.
    pub(super) fn change(&mut self, place: usize) -> Option<&mut R> {
        let record = self.records.get_mut(place)?;
        if place < self.existing {
            let before = self.before.get_mut(place)?;
            if before.is_none() {
                *before = Some(record.clone());
            }
        }
        Some(record)
    }

    /// Whether the record in this place is new or another than it was.
    fn is_changed(&self, place: usize) -> bool {
        let before = self.before.get(place).and_then(Option::as_ref);
        place >= self.existing || before.is_some_and(|before| self.records.get(place) != Some(before))
    }

    /// How many records are new, and how many of the old ones changed.
    pub(super) fn counts(&self) -> (usize, usize) {
        let updated = (0..self.existing).filter(|place| self.is_changed(*place)).count();
        (self.records.len() - self.existing, updated)
    }

    /// New and changed records.
    pub(super) fn into_changed(self) -> Vec<R> {
        let changed: Vec<bool> = (0..self.records.len()).map(|place| self.is_changed(place)).collect();
        self.records.into_iter().zip(changed).filter_map(|(record, changed)| changed.then_some(record)).collect()
    }
}
