//! What stands in the fields of the user's own, and which values a filter lets through.

use std::collections::BTreeMap;

use crate::{
    model::{CustomField, CustomFieldOf, CustomKind, Customer, Deal, Workspace},
    search::Sought,
};

/// How a field is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FieldUse {
    /// Records with a value.
    pub values: usize,
    /// Those of them whose value does not fit the kind.
    pub misfits: usize,
}

impl FieldUse {
    /// What records hold under a name, seen as values of a kind.
    pub fn of(workspace: &Workspace, of: CustomFieldOf, name: &str, kind: &CustomKind) -> Self {
        values(workspace, of, name).fold(Self::default(), |used, value| Self {
            values: used.values + 1,
            misfits: used.misfits + usize::from(!kind.accepts(value)),
        })
    }
}

/// The values that records hold under a name, in the order of their ids.
pub fn values<'a>(workspace: &'a Workspace, of: CustomFieldOf, name: &'a str) -> impl Iterator<Item = &'a str> {
    records(workspace, of).filter_map(move |custom| custom.get(name)).map(String::as_str)
}

/// How many records have a value under both names: those that would lose one when the one field took the other's name.
pub fn under_both(workspace: &Workspace, of: CustomFieldOf, a: &str, b: &str) -> usize {
    records(workspace, of).filter(|custom| custom.contains_key(a) && custom.contains_key(b)).count()
}

/// A name under which records hold values although no field has it; files bring such names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LooseName {
    /// The field that could be made of it, with the kind guessed from the values.
    pub field: CustomField,
    /// Records with a value.
    pub values: usize,
}

/// The names without a field, those of customers first, each in the order of its letters.
pub fn loose_names(workspace: &Workspace) -> Vec<LooseName> {
    let of_one = |of| {
        let known = |name: &str| workspace.profile.fields_of(of).any(|field| field.name == name);
        let mut loose: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, value) in records(workspace, of).flatten() {
            // Most names are met again and again: asking the ones found first is cheaper than asking the fields.
            if let Some(values) = loose.get_mut(name.as_str()) {
                values.push(value);
            } else if !known(name) {
                loose.insert(name, vec![value]);
            }
        }
        loose.into_iter().filter(|(name, _)| !name.trim().is_empty()).map(move |(name, values)| {
            let kind = CustomKind::guess(values.iter().copied());
            LooseName { field: CustomField { name: name.to_owned(), of, kind }, values: values.len() }
        })
    };
    of_one(CustomFieldOf::Customer).chain(of_one(CustomFieldOf::Deal)).collect()
}

fn records(workspace: &Workspace, of: CustomFieldOf) -> impl Iterator<Item = &BTreeMap<String, String>> {
    let customers = (of == CustomFieldOf::Customer).then(|| workspace.customers.iter()).into_iter().flatten();
    let deals = (of == CustomFieldOf::Deal).then(|| workspace.deals.iter()).into_iter().flatten();
    customers.map(|customer| &customer.custom).chain(deals.map(|deal| &deal.details.custom))
}

/// Which values of a field are wanted. A record without a value is never among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CustomFilter {
    /// One of some.
    AnyOf(Vec<String>),
    /// Those that hold a text.
    Holding(Sought),
    /// From one place in the order of the kind to another, both included; see [`CustomKind::place`].
    Between {
        /// The first; `None` for no least value.
        from: Option<i64>,
        /// The last; `None` for no largest value.
        to: Option<i64>,
    },
}

impl CustomFilter {
    /// The values between two others of the kind; `None` when neither is a value of it.
    pub fn between(kind: &CustomKind, from: &str, to: &str) -> Option<Self> {
        let (from, to) = (kind.place(from), kind.place(to));
        (from.is_some() || to.is_some()).then_some(Self::Between { from, to })
    }

    /// Whether a value of the kind is wanted.
    pub fn lets_pass(&self, kind: &CustomKind, value: Option<&str>) -> bool {
        value.is_some_and(|value| match self {
            Self::AnyOf(wanted) => wanted.iter().any(|wanted| wanted == value),
            Self::Holding(sought) => sought.is_in(value),
            Self::Between { from, to } => kind
                .place(value)
                .is_some_and(|place| from.is_none_or(|from| from <= place) && to.is_none_or(|to| place <= to)),
        })
    }
}

/// What is wanted in a field of the user's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomWish {
    /// The field.
    pub field: CustomField,
    /// Which values are wanted.
    pub wanted: CustomFilter,
}

impl CustomWish {
    /// Whether a deal or its customer has what is wanted.
    pub fn is_met(&self, deal: Option<&Deal>, customer: Option<&Customer>) -> bool {
        self.wanted.lets_pass(&self.field.kind, self.field.value(deal, customer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Batch, Change, Command, Currency, Profile, Stamp, apply};

    fn workspace(values: &[&[(&str, &str)]]) -> Workspace {
        let mut profile = Profile::named("Test", Currency::CNY);
        profile.custom_fields.push(CustomField {
            name: "Seats".to_owned(),
            of: CustomFieldOf::Customer,
            kind: CustomKind::Number {},
        });
        let workspace = Workspace::new(1.into(), profile);
        let customers = values.iter().zip(1_u128..).map(|(values, id)| {
            let mut customer = Customer::named(id.into(), format!("C{id}"));
            customer.custom = values.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
            customer
        });
        let batch = Batch { customers: customers.collect(), ..Batch::default() };
        let stamp = Stamp {
            on: crate::model::Date::default(),
            at: crate::model::Timestamp::default(),
            by: None,
            seed: ulid::Ulid::default(),
        };
        let change: Change = apply(&workspace, Command::Import(Box::new(batch)), stamp).unwrap();
        workspace.with(&change)
    }

    #[test]
    fn uses_and_misfits_are_counted() {
        let workspace = workspace(&[&[("Seats", "12")], &[("Seats", "a dozen"), ("Chairs", "3")], &[]]);
        let used = |name, kind| FieldUse::of(&workspace, CustomFieldOf::Customer, name, &kind);
        assert_eq!(used("Seats", CustomKind::Number {}), FieldUse { values: 2, misfits: 1 });
        assert_eq!(used("Seats", CustomKind::Text {}), FieldUse { values: 2, misfits: 0 });
        assert_eq!(used("Tables", CustomKind::Number {}), FieldUse::default());
        assert_eq!(FieldUse::of(&workspace, CustomFieldOf::Deal, "Seats", &CustomKind::Text {}), FieldUse::default());
        assert_eq!(under_both(&workspace, CustomFieldOf::Customer, "Seats", "Chairs"), 1);
    }

    #[test]
    fn loose_names_come_with_a_guess() {
        let workspace = workspace(&[
            &[("Seats", "12"), ("Since", "2026-01-02"), ("Rank", "A")],
            &[("Seats", "many"), ("Since", "2025-03-04"), ("Rank", "B")],
            &[("Rank", "A")],
        ]);
        let found = loose_names(&workspace);
        let told: Vec<_> = found.iter().map(|l| (l.field.name.as_str(), l.values, &l.field.kind)).collect();
        let ranks = CustomKind::Choice { options: vec!["A".to_owned(), "B".to_owned()] };
        assert_eq!(told, [("Rank", 3, &ranks), ("Since", 2, &CustomKind::Date {})]);
    }

    #[test]
    fn filters_let_through_what_is_wanted() {
        let number = CustomKind::Number {};
        let filter = CustomFilter::between(&number, "9", "").unwrap();
        for (value, passes) in [("9", true), ("10", true), ("8.99", false), ("many", false)] {
            assert_eq!(filter.lets_pass(&number, Some(value)), passes, "{value}");
        }
        assert!(!filter.lets_pass(&number, None));
        assert_eq!(CustomFilter::between(&number, "", "x"), None);
        let filter = CustomFilter::between(&CustomKind::Date {}, "2026-01-01", "2026-01-31").unwrap();
        assert!(filter.lets_pass(&CustomKind::Date {}, Some("2026-01-31")));
        assert!(!filter.lets_pass(&CustomKind::Date {}, Some("2026-02-01")));
        let text = CustomKind::Text {};
        assert!(CustomFilter::Holding(Sought::of("ACME")).lets_pass(&text, Some("the acme corporation")));
        assert!(CustomFilter::AnyOf(vec!["a".to_owned()]).lets_pass(&text, Some("a")));
        assert!(!CustomFilter::AnyOf(vec!["a".to_owned()]).lets_pass(&text, Some("ab")));
    }
}
