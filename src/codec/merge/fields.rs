//! Merges values field by field.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Difference, Key, Opinion, Options,
    rules::{Rule, rank, rule, together},
    shown::Names,
    tree::Tree,
};

/// What one side says, by its place.
pub(super) type Says = (usize, Tree);

/// The record that is being merged.
pub(super) struct Place<'p> {
    /// The table it stands in.
    pub(super) table: &'static str,
    /// Its id.
    pub(super) id: &'p str,
    /// What it is called.
    pub(super) name: &'p str,
}

/// Merges values and lists where they differ.
pub(super) struct Fields<'w> {
    pub(super) options: &'w Options,
    pub(super) names: Names<'w>,
    pub(super) differences: Vec<Difference>,
}

impl Fields<'_> {
    /// The record that the records of all sides make. `base` is `None` where nobody knows the record that they come from.
    pub(super) fn record(&mut self, place: &Place<'_>, says: &[Says], base: Option<&Tree>) -> Tree {
        self.object(place, "", says, base)
    }

    fn object(&mut self, place: &Place<'_>, path: &str, says: &[Says], base: Option<&Tree>) -> Tree {
        let trees = says.iter().map(|(_, tree)| tree).chain(base);
        let keys: BTreeSet<&str> = trees.flat_map(Tree::keys).collect();
        let groups: Vec<&[&str]> = together(place.table).filter(|_| path.is_empty()).collect();
        let mut merged: Vec<(String, Tree)> = Vec::new();
        for fields in &groups {
            let Some(first) = fields.first() else { continue };
            let part = |tree: &Tree| Tree::object(fields.iter().map(|key| ((*key).to_owned(), tree.get(key).clone())));
            let parts: Vec<Says> = says.iter().map(|(side, tree)| (*side, part(tree))).collect();
            if let Tree::Object(entries) = self.one(place, first, &parts, base.map(part).as_ref()) {
                merged.extend(entries);
            }
        }
        for key in keys.into_iter().filter(|key| !groups.iter().any(|fields| fields.contains(key))) {
            let values: Vec<Says> = says.iter().map(|(side, tree)| (*side, tree.get(key).clone())).collect();
            let field = if path.is_empty() { key.to_owned() } else { [path, ".", key].concat() };
            let rule = if path.is_empty() { rule(place.table, key) } else { Rule::One };
            let value = self.field(place, &field, rule, &values, base.map(|base| base.get(key)));
            merged.push((key.to_owned(), value));
        }
        Tree::object(merged)
    }

    fn field(&mut self, place: &Place<'_>, field: &str, rule: Rule, says: &[Says], base: Option<&Tree>) -> Tree {
        if let Some(((_, first), rest)) = says.split_first()
            && rest.iter().all(|(_, other)| other == first)
        {
            return first.clone();
        }
        if rule == Rule::One {
            return self.one(place, field, says, base);
        }
        if rule == Rule::Map {
            return self.object(place, field, says, base);
        }
        if let Some(list) = self.agreed(place, field, says, base) {
            return list;
        }
        match rule {
            Rule::Listed(keys) | Rule::Parts(keys) => {
                let name =
                    |element: &Tree| keys.iter().map(|key| element.get(key).text()).collect::<Vec<_>>().join("/");
                self.listed(place, field, says, base, &name, matches!(rule, Rule::Parts(_)))
            }
            Rule::Records => {
                self.listed(place, field, says, base, &|element| element.get("id").text().to_owned(), true)
            }
            _ => self.set(place, field, says, base),
        }
    }

    /// A list that only one side changed, or several alike: as it is there. Who changed nothing but its order gives way to who
    /// changed what is in it.
    fn agreed(&mut self, place: &Place<'_>, field: &str, says: &[Says], base: Option<&Tree>) -> Option<Tree> {
        let sorted = |list: &Tree| {
            let mut elements = list.elements().to_vec();
            elements.sort();
            elements
        };
        let unsaid = base.unwrap_or(&Tree::Absent);
        let before = sorted(unsaid);
        let differing = |tree: &&Tree| sorted(tree) != before;
        let changed: BTreeSet<&Tree> = says.iter().map(|(_, tree)| tree).filter(differing).collect();
        let taken = match (changed.first(), changed.len()) {
            (None, _) => {
                says.iter().map(|(_, tree)| tree).filter(|tree| *tree != unsaid).max_by(|a, b| rank(a).cmp(&rank(b)))?
            }
            (Some(one), 1) => one,
            _ => return None,
        };
        Some(self.decide(place, field, says, taken.clone(), false))
    }

    /// One value of several: the one of those who changed it, where that is known, else the last by [`rank`].
    pub(super) fn one(&mut self, place: &Place<'_>, field: &str, says: &[Says], base: Option<&Tree>) -> Tree {
        let unsaid = base.unwrap_or(&Tree::Absent);
        let changed: BTreeSet<&Tree> = says.iter().map(|(_, tree)| tree).filter(|tree| *tree != unsaid).collect();
        let by_rule = changed.iter().copied().max_by(|a, b| rank(a).cmp(&rank(b))).unwrap_or(unsaid);
        let conflict = changed.len() > 1;
        let first = says.first().map(|(_, tree)| tree);
        if says.iter().all(|(_, tree)| Some(tree) == first) {
            return by_rule.clone();
        }
        self.decide(place, field, says, by_rule.clone(), conflict)
    }

    /// What the rule takes, or the side that was chosen instead; listed either way.
    fn decide(&mut self, place: &Place<'_>, field: &str, says: &[Says], by_rule: Tree, conflict: bool) -> Tree {
        let key = Key { table: place.table.to_owned(), id: place.id.to_owned(), field: field.to_owned() };
        let side = self.options.chosen(&key, conflict);
        let chosen = side.and_then(|side| says.iter().find(|(other, _)| *other == side)).map(|(_, tree)| tree.clone());
        let mut opinions: BTreeMap<&Tree, Vec<usize>> = BTreeMap::new();
        for (side, tree) in says {
            opinions.entry(tree).or_default().push(*side);
        }
        let options =
            opinions.into_iter().map(|(tree, sides)| Opinion { sides, value: self.names.value(field, tree) }).collect();
        self.differences.push(Difference {
            key,
            name: place.name.to_owned(),
            options,
            by_rule: self.names.value(field, &by_rule),
            chosen: chosen.as_ref().and(side),
            conflict,
        });
        chosen.unwrap_or(by_rule)
    }

    /// All elements that any side has, but for those that some side took out since the common file.
    fn set(&mut self, place: &Place<'_>, field: &str, says: &[Says], base: Option<&Tree>) -> Tree {
        let known = base.map(Tree::elements).unwrap_or_default();
        let everywhere = |element: &&Tree| says.iter().all(|(_, tree)| tree.elements().contains(element));
        let mut elements: Vec<Tree> = known.iter().filter(everywhere).cloned().collect();
        let new: BTreeSet<&Tree> = says.iter().flat_map(|(_, tree)| tree.elements()).collect();
        elements.extend(new.into_iter().filter(|element| !known.contains(element)).cloned());
        self.decide(place, field, says, Tree::list(elements), false)
    }

    /// Elements that are told apart by name: those of the common file in its order, then the others by name.
    fn listed(
        &mut self,
        place: &Place<'_>,
        field: &str,
        says: &[Says],
        base: Option<&Tree>,
        name: &dyn Fn(&Tree) -> String,
        deep: bool,
    ) -> Tree {
        let known = named(base.unwrap_or(&Tree::Absent), name);
        let sides: Vec<(usize, BTreeMap<String, &Tree>)> =
            says.iter().map(|(side, tree)| (*side, named(tree, name).into_iter().collect())).collect();
        let mut order: Vec<String> = known.iter().map(|(name, _)| name.clone()).collect();
        let new: BTreeSet<&String> = sides.iter().flat_map(|(_, elements)| elements.keys()).collect();
        order.extend(new.into_iter().filter(|name| !known.iter().any(|(other, _)| other == *name)).cloned());
        let mut merged = Vec::new();
        for element in order {
            let before = base.map(|_| known.iter().find(|(other, _)| *other == element).map(|(_, tree)| *tree));
            let before = before.map(|tree| tree.unwrap_or(&Tree::Absent));
            let path = format!("{field}[{element}]");
            let of = |elements: &BTreeMap<String, &Tree>| {
                elements.get(&element).map_or(Tree::Absent, |tree| (*tree).clone())
            };
            let all: Vec<Says> = sides.iter().map(|(side, elements)| (*side, of(elements))).collect();
            let value =
                if deep { self.element(place, &path, all, before) } else { self.one(place, &path, &all, before) };
            if value != Tree::Absent {
                merged.push(value);
            }
        }
        Tree::list(merged)
    }

    /// An element that has fields of its own: it stays unless it was taken out since the common file and nobody changed it.
    fn element(&mut self, place: &Place<'_>, path: &str, all: Vec<Says>, before: Option<&Tree>) -> Tree {
        let before = before.filter(|tree| **tree != Tree::Absent);
        if before.is_some() && all.iter().any(|(_, tree)| *tree == Tree::Absent) {
            let whole = self.one(place, path, &all, before);
            let key = Key { table: place.table.to_owned(), id: place.id.to_owned(), field: path.to_owned() };
            if whole == Tree::Absent || self.options.chosen(&key, true).is_some() {
                return whole;
            }
        }
        let kept: Vec<Says> = all.into_iter().filter(|(_, tree)| *tree != Tree::Absent).collect();
        self.object(place, path, &kept, before)
    }
}

/// The elements of a list by name; one that has the name of an earlier one gets a number.
fn named<'t>(list: &'t Tree, name: &dyn Fn(&Tree) -> String) -> Vec<(String, &'t Tree)> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let numbered = |element| {
        let name = name(element);
        let count = seen.entry(name.clone()).or_default();
        *count += 1;
        (if *count == 1 { name } else { format!("{name}#{count}") }, element)
    };
    list.elements().iter().map(numbered).collect()
}
