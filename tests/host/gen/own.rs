//! Random fields of the user's own, and what names them: values, gates, views, messages.

use std::collections::BTreeMap;

use loudou::model::{
    CustomField, CustomFieldOf, CustomKind, Field, RequiredField,
    address::{Query, write_list},
};
use proptest::{collection::vec, option, prelude::*, sample::select};

use super::records::text;

fn field() -> impl Strategy<Value = Field> {
    select(vec![
        Field::Amount,
        Field::ExpectedClose,
        Field::Owner,
        Field::Customer,
        Field::Contact,
        Field::Products,
        Field::NextAction,
        Field::Fit,
        Field::CustomerNeeds,
        Field::ContactPhone,
    ])
}

/// A field that a stage may require, of the user's own now and then.
pub(super) fn required_field() -> impl Strategy<Value = RequiredField> {
    prop_oneof![
        3 => field().prop_map(RequiredField::Known),
        1 => (field_of(), field_name()).prop_map(|(of, name)| RequiredField::Own { of, name }),
    ]
}

/// The query of a view, with fields of the user's own as filter, columns and order now and then.
pub(super) fn view_query() -> impl Strategy<Value = String> {
    let code = || (field_of(), field_name()).prop_map(|(of, name)| CustomField::code(of, &name));
    let columns = vec(prop_oneof![Just("title".to_owned()), code()], 0..4);
    let sort = (any::<bool>(), code()).prop_map(|(down, code)| [if down { "-" } else { "" }, &code].concat());
    let own = (vec(code(), 0..2), columns, option::of(sort)).prop_map(|(filters, columns, sort)| {
        let mut query = Query::default();
        query.set("columns", write_list(&columns).as_deref());
        for code in &filters {
            query.set(code, Some("1..2"));
        }
        query.set("sort", sort.as_deref());
        query.format()
    });
    prop_oneof![1 => text(), 2 => own]
}

/// A message, with fields of the user's own as places now and then.
pub(super) fn message() -> impl Strategy<Value = String> {
    let piece = prop_oneof![2 => text(), 1 => field_name().prop_map(|name| ["{", &name, "}"].concat())];
    let with_fallback = field_name().prop_map(|name| ["{{x}} { ", &name, " |you}"].concat());
    vec(prop_oneof![3 => piece, 1 => with_fallback], 0..4).prop_map(|pieces| pieces.concat())
}

pub(super) fn custom() -> impl Strategy<Value = BTreeMap<String, String>> {
    let name = prop_oneof![3 => field_name(), 1 => text()];
    let value = prop_oneof![2 => select(vec!["1", "2026-01-05", "A"]).prop_map(str::to_owned), 1 => text()];
    proptest::collection::btree_map(name, value, 0..3)
}

/// A name from a small pool, so that values meet their fields.
pub(super) fn field_name() -> impl Strategy<Value = String> {
    select(vec!["f", "g", "字段"]).prop_map(str::to_owned)
}

pub(super) fn field_of() -> impl Strategy<Value = CustomFieldOf> {
    select(vec![CustomFieldOf::Customer, CustomFieldOf::Deal])
}

pub(super) fn custom_field() -> impl Strategy<Value = CustomField> {
    let kind = prop_oneof![
        Just(CustomKind::Text {}),
        Just(CustomKind::Number {}),
        Just(CustomKind::Date {}),
        vec(select(vec!["A".to_owned(), "B".to_owned(), " ".to_owned()]), 0..3)
            .prop_map(|options| CustomKind::Choice { options }),
    ];
    (field_name(), field_of(), kind).prop_map(|(name, of, kind)| CustomField { name, of, kind })
}
