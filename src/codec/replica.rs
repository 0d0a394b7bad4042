//! A workspace that several tabs change at once. All of them come to the same state, in whatever order they hear of each other's
//! changes, because each puts all changes into the one order of their keys.

use std::sync::Arc;

use super::merge::rebase;
use crate::model::{Change, Workspace};

/// The present state of a workspace and the changes that led to it since a state that is settled.
#[derive(Clone, Debug)]
pub struct Replica<K> {
    present: Workspace,
    /// Changes that have a place, in the order of their keys.
    placed: Vec<(K, Step)>,
    /// Own changes that have no place yet. They come after all others.
    waiting: Vec<Step>,
}

/// A change as it was meant, and as it was made to the state before it.
#[derive(Clone, Debug)]
struct Step {
    meant: Arc<Change>,
    made: Arc<Change>,
}

impl<K: Ord + Clone> Replica<K> {
    /// A replica in which nothing has happened since `settled`.
    pub fn new(settled: Workspace) -> Self {
        Self { present: settled, placed: Vec::new(), waiting: Vec::new() }
    }

    /// The state after all changes.
    pub fn present(&self) -> &Workspace {
        &self.present
    }

    /// The keys of the changes that have a place, in order.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &K> {
        self.placed.iter().map(|(key, _)| key)
    }

    /// Takes in a change of one's own that made the present state into `after`; it waits for its place.
    pub fn add(&mut self, change: Arc<Change>, after: Workspace) {
        self.present = after;
        self.waiting.push(Step { meant: change.clone(), made: change });
    }

    /// Gives the oldest change that waits its place; `key` comes after all others.
    pub fn place(&mut self, key: K) {
        if !self.waiting.is_empty() {
            self.placed.push((key, self.waiting.remove(0)));
        }
    }

    /// Takes in changes of others. What comes after them in the order is made again on top of them.
    ///
    /// `read` makes a change to the state it is given. What it cannot make is left out and given back with its key.
    pub fn hear<C, E>(
        &mut self,
        heard: impl IntoIterator<Item = (K, C)>,
        read: impl Fn(&C, &Workspace) -> Result<Change, E>,
    ) -> Vec<E> {
        let mut heard: Vec<(K, C)> = heard.into_iter().collect();
        heard.sort_by(|(one, _), (other, _)| one.cmp(other));
        let Some((first, _)) = heard.first() else { return Vec::new() };
        let (later, waiting) = self.rewind(self.placed.partition_point(|(key, _)| key < first));
        let mut later = later.into_iter().peekable();
        let mut faults = Vec::new();
        for (key, text) in heard {
            while let Some((own, step)) = later.next_if(|(own, _)| *own < key) {
                self.make(own, step.meant);
            }
            match read(&text, &self.present) {
                Ok(change) => self.make(key, Arc::new(change)),
                Err(fault) => faults.push(fault),
            }
        }
        self.make_again(later, waiting);
        faults
    }

    /// Takes the changes of these keys for settled: they come before all others from now on and are kept no longer.
    pub fn settle(&mut self, is_settled: impl Fn(&K) -> bool) {
        let unsettled = self.placed.iter().position(|(key, _)| !is_settled(key)).unwrap_or(self.placed.len());
        if self.placed.iter().skip(unsettled).any(|(key, _)| is_settled(key)) {
            let (later, waiting) = self.rewind(unsettled);
            let (first, then): (Vec<_>, Vec<_>) = later.into_iter().partition(|(key, _)| is_settled(key));
            self.make_again(first.into_iter().chain(then), waiting);
        }
        self.placed.retain(|(key, _)| !is_settled(key));
    }

    /// Takes back everything from the change at this place on.
    fn rewind(&mut self, from: usize) -> (Vec<(K, Step)>, Vec<Step>) {
        let (later, waiting) = (self.placed.split_off(from), std::mem::take(&mut self.waiting));
        for step in later.iter().map(|(_, step)| step).chain(&waiting).rev() {
            self.present = self.present.with(&step.made.inverse());
        }
        (later, waiting)
    }

    fn make_again(&mut self, later: impl Iterator<Item = (K, Step)>, waiting: Vec<Step>) {
        for (key, step) in later {
            self.make(key, step.meant);
        }
        for Step { meant, .. } in waiting {
            let made = Arc::new(rebase(&meant, &self.present));
            self.present = self.present.with(&made);
            self.waiting.push(Step { meant, made });
        }
    }

    fn make(&mut self, key: K, meant: Arc<Change>) {
        let made = Arc::new(rebase(&meant, &self.present));
        self.present = self.present.with(&made);
        self.placed.push((key, Step { meant, made }));
    }
}

#[cfg(test)]
mod tests {
    use std::{convert::Infallible, sync::Arc};

    use super::Replica;
    use crate::model::{Change, Currency, Profile, Workspace};

    fn start() -> Workspace {
        Workspace::new(1.into(), Profile::named("start", Currency::CNY))
    }

    /// Gives the workspace this name.
    fn naming(name: &str, base: &Workspace) -> Change {
        let after = Profile { name: name.to_owned(), ..(*base.profile).clone() };
        Change { profile: Some((base.profile.clone(), Arc::new(after))), ..Change::default() }
    }

    fn hear(replica: &mut Replica<u32>, heard: &[(u32, &'static str)]) {
        let faults = replica.hear(heard.iter().copied(), |name, base| Ok::<_, Infallible>(naming(name, base)));
        assert!(faults.is_empty());
    }

    fn name(replica: &Replica<u32>) -> &str {
        &replica.present().profile.name
    }

    fn act(replica: &mut Replica<u32>, name: &str) {
        let change = naming(name, replica.present());
        let after = replica.present().with(&change);
        replica.add(Arc::new(change), after);
    }

    #[test]
    fn what_is_heard_late_takes_its_place_in_the_order() {
        let mut replica = Replica::new(start());
        act(&mut replica, "five");
        replica.place(5);
        hear(&mut replica, &[(2, "two")]);
        assert_eq!(name(&replica), "five");
        hear(&mut replica, &[(9, "nine"), (7, "seven")]);
        assert_eq!(name(&replica), "nine");
        assert!(replica.keys().eq(&[2, 5, 7, 9]));
    }

    #[test]
    fn what_has_no_place_yet_comes_last() {
        let mut replica = Replica::new(start());
        act(&mut replica, "mine");
        hear(&mut replica, &[(3, "three")]);
        assert_eq!(name(&replica), "mine");
        replica.place(4);
        assert!(replica.keys().eq(&[3, 4]));
    }

    #[test]
    fn what_is_settled_comes_before_what_is_not() {
        let mut replica = Replica::new(start());
        hear(&mut replica, &[(1, "one"), (2, "two"), (5, "five")]);
        replica.settle(|key| *key != 2);
        assert_eq!(name(&replica), "two");
        assert!(replica.keys().eq(&[2]));
    }

    #[test]
    fn what_cannot_be_read_is_given_back_and_costs_nothing_else() {
        let mut replica = Replica::new(start());
        let read = |name: &&str, base: &Workspace| if *name == "?" { Err("?") } else { Ok(naming(name, base)) };
        assert_eq!(replica.hear([(1, "one"), (2, "?"), (3, "three")], read), ["?"]);
        assert_eq!(name(&replica), "three");
        assert!(replica.keys().eq(&[1, 3]));
    }
}
