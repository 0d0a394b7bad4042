//! Records of one kind, in the order of their ids.

use std::{fmt, slice, sync::Arc};

/// A kind of record kept in a [`Table`].
pub trait Record: Clone + PartialEq + fmt::Debug {
    /// What identifies it.
    type Id: Copy + Ord + fmt::Debug + fmt::Display;

    /// Its identifier.
    fn id(&self) -> Self::Id;
}

/// Records that follow each other; what a change does not touch, tables share by whole chunks.
#[derive(Clone, Debug)]
pub struct Chunk<V: Record> {
    /// The ids again, so that looking for one does not visit the records.
    ids: Vec<V::Id>,
    records: Vec<Arc<V>>,
}

/// How many records a chunk holds at most: so few that copying one takes microseconds, so many that a large table has few.
pub const FULL: usize = 512;

impl<V: Record> Chunk<V> {
    /// The records, at least one and at most [`FULL`].
    pub fn records(&self) -> &[Arc<V>] {
        &self.records
    }

    fn of(id: V::Id, record: Arc<V>) -> Self {
        Self { ids: vec![id], records: vec![record] }
    }

    fn insert(&mut self, place: usize, id: V::Id, record: Arc<V>) {
        self.ids.insert(place, id);
        self.records.insert(place, record);
    }

    fn split_off(&mut self, place: usize) -> Self {
        Self { ids: self.ids.split_off(place), records: self.records.split_off(place) }
    }
}

/// Records of one kind in the order of their ids. A clone shares everything; a change copies the chunk that it is in.
#[derive(Clone, Debug)]
pub struct Table<V: Record>(Arc<Contents<V>>);

#[derive(Clone, Debug)]
struct Contents<V: Record> {
    /// None of them is empty.
    chunks: Vec<Arc<Chunk<V>>>,
    /// The first id of each chunk.
    firsts: Vec<V::Id>,
    /// How many records there are.
    len: usize,
}

impl<V: Record> Default for Table<V> {
    fn default() -> Self {
        Self(Arc::new(Contents { chunks: Vec::new(), firsts: Vec::new(), len: 0 }))
    }
}

impl<V: Record> PartialEq for Table<V> {
    fn eq(&self, other: &Self) -> bool {
        let alike = |(one, other): (&Arc<V>, &Arc<V>)| Arc::ptr_eq(one, other) || one == other;
        self.same(other) || (self.len() == other.len() && self.iter().zip(other.iter()).all(alike))
    }
}

impl<V: Record> Table<V> {
    /// The record with this id.
    pub fn get(&self, id: V::Id) -> Option<&Arc<V>> {
        let chunk = self.0.chunks.get(self.0.place(id)?)?;
        chunk.records.get(chunk.ids.binary_search(&id).ok()?)
    }

    /// Whether there is a record with this id.
    pub fn contains(&self, id: V::Id) -> bool {
        self.get(id).is_some()
    }

    /// All records in the order of their ids.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<V>> + ExactSizeIterator {
        Records { chunks: self.0.chunks.iter(), first: [].iter(), last: [].iter(), left: self.len() }
    }

    /// The records from a place on, counted from 0 in the order of their ids.
    pub fn iter_from(&self, mut place: usize) -> impl Iterator<Item = &Arc<V>> {
        let mut chunks = self.0.chunks.iter();
        let first = loop {
            let Some(chunk) = chunks.next() else { break [].iter() };
            match chunk.records.get(place..) {
                Some(records) => break records.iter(),
                None => place -= chunk.records.len(),
            }
        };
        first.chain(chunks.flat_map(|chunk| &chunk.records))
    }

    /// The records by chunks, in the order of their ids. The same chunk in two tables holds the same records.
    pub fn chunks(&self) -> &[Arc<Chunk<V>>] {
        &self.0.chunks
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.0.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether both are the very same table, so that nothing in them can differ.
    pub fn same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Adds a record or replaces the one with its id.
    pub(super) fn put(&mut self, record: impl Into<Arc<V>>) {
        Arc::make_mut(&mut self.0).put(record.into());
    }

    /// Takes a record out.
    pub(super) fn remove(&mut self, id: V::Id) -> Option<Arc<V>> {
        if self.contains(id) { Arc::make_mut(&mut self.0).remove(id) } else { None }
    }
}

impl<V: Record> Contents<V> {
    /// The chunk that holds an id, if any does; `None` for one before all others.
    fn place(&self, id: V::Id) -> Option<usize> {
        self.firsts.partition_point(|first| *first <= id).checked_sub(1)
    }

    fn put(&mut self, record: Arc<V>) {
        let id = record.id();
        let number = self.place(id).unwrap_or_default();
        let is_last = number + 1 >= self.chunks.len();
        let Some(chunk) = self.chunks.get_mut(number).map(Arc::make_mut) else {
            self.add(0, Chunk::of(id, record));
            self.len += 1;
            return;
        };
        match chunk.ids.binary_search(&id) {
            Ok(place) => {
                if let Some(known) = chunk.records.get_mut(place) {
                    *known = record;
                }
                return;
            }
            // Records that come one after the other fill their chunks.
            Err(FULL) if is_last => self.add(number + 1, Chunk::of(id, record)),
            Err(place) => {
                chunk.insert(place, id, record);
                let upper = (chunk.ids.len() > FULL).then(|| chunk.split_off(FULL / 2));
                self.renew_first(number);
                if let Some(upper) = upper {
                    self.add(number + 1, upper);
                }
            }
        }
        self.len += 1;
    }

    fn remove(&mut self, id: V::Id) -> Option<Arc<V>> {
        let number = self.place(id)?;
        let chunk = Arc::make_mut(self.chunks.get_mut(number)?);
        let place = chunk.ids.binary_search(&id).ok()?;
        chunk.ids.remove(place);
        let record = chunk.records.remove(place);
        self.len -= 1;
        if chunk.ids.is_empty() {
            self.chunks.remove(number);
            self.firsts.remove(number);
        } else {
            self.renew_first(number);
            self.join(number);
        }
        Some(record)
    }

    fn add(&mut self, number: usize, chunk: Chunk<V>) {
        if let Some(first) = chunk.ids.first() {
            self.firsts.insert(number, *first);
            self.chunks.insert(number, Arc::new(chunk));
        }
    }

    fn renew_first(&mut self, number: usize) {
        let first = self.chunks.get(number).and_then(|chunk| chunk.ids.first());
        if let Some((known, first)) = self.firsts.get_mut(number).zip(first) {
            *known = *first;
        }
    }

    /// Joins a chunk to the one before when both together fill no more than half a chunk.
    fn join(&mut self, number: usize) {
        let Some(before) = number.checked_sub(1) else { return };
        let both = self.chunks.get(before..=number).unwrap_or_default();
        if both.iter().map(|chunk| chunk.ids.len()).sum::<usize>() > FULL / 2 {
            return;
        }
        self.firsts.remove(number);
        let upper = self.chunks.remove(number);
        if let Some(lower) = self.chunks.get_mut(before).map(Arc::make_mut) {
            lower.ids.extend_from_slice(&upper.ids);
            lower.records.extend(upper.records.iter().cloned());
        }
    }
}

/// The records of a [`Table`], one after the other from either end.
struct Records<'a, V: Record> {
    chunks: slice::Iter<'a, Arc<Chunk<V>>>,
    first: slice::Iter<'a, Arc<V>>,
    last: slice::Iter<'a, Arc<V>>,
    left: usize,
}

impl<'a, V: Record> Iterator for Records<'a, V> {
    type Item = &'a Arc<V>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(record) = self.first.next() {
                self.left -= 1;
                return Some(record);
            }
            match self.chunks.next() {
                Some(chunk) => self.first = chunk.records.iter(),
                None => return self.last.next().inspect(|_| self.left -= 1),
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl<V: Record> DoubleEndedIterator for Records<'_, V> {
    fn next_back(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(record) = self.last.next_back() {
                self.left -= 1;
                return Some(record);
            }
            match self.chunks.next_back() {
                Some(chunk) => self.last = chunk.records.iter(),
                None => return self.first.next_back().inspect(|_| self.left -= 1),
            }
        }
    }
}

impl<V: Record> ExactSizeIterator for Records<'_, V> {}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::collections::BTreeMap;

    use proptest::{collection::vec, prelude::*};

    use super::{FULL, Record, Table};

    #[derive(Clone, Debug, PartialEq)]
    struct Entry(u32, u8);

    impl Record for Entry {
        type Id = u32;

        fn id(&self) -> u32 {
            self.0
        }
    }

    /// What is done to a table: a record put in, or a range of them taken out.
    #[derive(Clone, Debug)]
    enum Deed {
        Put(u32, u8),
        Remove(u32, u32),
        Fill(u32, u32),
    }

    fn deed() -> impl Strategy<Value = Deed> {
        prop_oneof![
            4 => (0_u32..3000, any::<u8>()).prop_map(|(id, value)| Deed::Put(id, value)),
            1 => (0_u32..3000, 0_u32..900).prop_map(|(from, count)| Deed::Remove(from, count)),
            1 => (0_u32..3000, 0_u32..900).prop_map(|(from, count)| Deed::Fill(from, count)),
        ]
    }

    fn is_sound(table: &Table<Entry>) -> bool {
        let chunks = table.chunks();
        let firsts = chunks.iter().filter_map(|chunk| chunk.ids.first().copied());
        chunks.iter().all(|chunk| {
            (1..=FULL).contains(&chunk.ids.len()) && chunk.ids.iter().eq(chunk.records().iter().map(|entry| &entry.0))
        }) && firsts.eq(table.0.firsts.iter().copied())
    }

    proptest! {
        #[test]
        fn a_table_is_an_ordered_map_and_its_clones_stay_as_they_were(deeds in vec(deed(), 1..60)) {
            let (mut table, mut map) = (Table::default(), BTreeMap::new());
            for deed in deeds {
                let (kept, before) = (table.clone(), map.clone());
                match deed {
                    Deed::Put(id, value) => {
                        table.put(Entry(id, value));
                        map.insert(id, Entry(id, value));
                    }
                    Deed::Remove(from, count) => (from..from + count).for_each(|id| {
                        prop_assert_eq_in(table.remove(id).as_deref(), map.remove(&id).as_ref());
                    }),
                    Deed::Fill(from, count) => (from..from + count).for_each(|id| {
                        table.put(Entry(id, 0));
                        map.insert(id, Entry(id, 0));
                    }),
                }
                prop_assert!(is_sound(&table));
                prop_assert!(table.iter().map(AsRef::as_ref).eq(map.values()));
                prop_assert!(table.iter().rev().map(AsRef::as_ref).eq(map.values().rev()));
                prop_assert!(kept.iter().map(AsRef::as_ref).eq(before.values()));
                prop_assert_eq!((table.len(), table.iter().len()), (map.len(), map.len()));
                prop_assert_eq!(table == kept, map == before);
                for id in [0, 1499, 2999, 3899] {
                    prop_assert_eq!(table.get(id).map(AsRef::as_ref), map.get(&id));
                }
            }
        }

        #[test]
        fn records_are_found_from_any_place_on(count in 0_u32..1400, gaps in vec(0_u32..1400, 0..9), place in 0_usize..1500) {
            let mut table = Table::default();
            (0..count).for_each(|id| table.put(Entry(id, 0)));
            for id in gaps {
                table.remove(id);
            }
            prop_assert!(table.iter_from(place).eq(table.iter().skip(place)));
        }

        #[test]
        fn both_ends_of_the_records_meet(count in 0_u32..1400, turns in vec(any::<bool>(), 1500)) {
            let mut table = Table::default();
            (0..count).for_each(|id| table.put(Entry(id, 0)));
            let (mut records, mut numbers) = (table.iter(), 0..count);
            for front in turns {
                let expected = if front { numbers.next() } else { numbers.next_back() };
                let met = if front { records.next() } else { records.next_back() };
                prop_assert_eq!(met.map(|entry| entry.0), expected);
                prop_assert_eq!(records.len(), numbers.len());
            }
        }
    }

    fn prop_assert_eq_in(one: Option<&Entry>, other: Option<&Entry>) {
        assert_eq!(one, other, "what is taken out is what was there");
    }

    #[test]
    fn a_change_copies_only_the_chunk_it_is_in() {
        let mut table = Table::default();
        (0..3000).for_each(|id| table.put(Entry(id, 0)));
        assert!(table.chunks().iter().rev().skip(1).all(|chunk| chunk.ids.len() == FULL), "filled one after the other");
        let mut next = table.clone();
        next.put(Entry(1000, 7));
        let shared = table.chunks().iter().zip(next.chunks()).filter(|(one, other)| std::sync::Arc::ptr_eq(one, other));
        assert_eq!(shared.count(), table.chunks().len() - 1);
        assert!(!table.same(&next) && table.get(1000).is_some_and(|entry| entry.1 == 0));
    }
}
