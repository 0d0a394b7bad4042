//! Rows in the order of what stands in one of their columns.

use std::{cmp::Ordering, collections::BTreeMap};

use js_sys::{Array, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::value::Value;

/// The rows by their values. Rows without a value stand last either way; equal ones keep their order.
pub fn sorted<K: Copy>(rows: &[(K, Value)], descending: bool, language: &str) -> Vec<K> {
    let places = places_of(rows.iter().map(|(_, value)| value), language);
    let mut keyed: Vec<_> = rows.iter().map(|(key, value)| (place(value, &places), *key)).collect();
    keyed.sort_by(|(a, _), (b, _)| match (a, b) {
        (None, None) => Ordering::Equal,
        (None, _) => Ordering::Greater,
        (_, None) => Ordering::Less,
        (Some(a), Some(b)) if descending => b.cmp(a),
        (Some(a), Some(b)) => a.cmp(b),
    });
    keyed.into_iter().map(|(_, key)| key).collect()
}

fn place(value: &Value, places: &BTreeMap<&str, usize>) -> Option<i64> {
    match value {
        Value::Unknown | Value::Misfit(_) => None,
        Value::Text(text) => places.get(text.as_str()).and_then(|place| i64::try_from(*place).ok()),
        Value::Ranked(rank, _) => i64::try_from(*rank).ok(),
        Value::Money(minor) => Some(*minor),
        Value::Share(share) => Some(share.basis_points().into()),
        Value::Day(day) => Some(chrono::Datelike::num_days_from_ce(day).into()),
        Value::Decimal(place, _) => Some(*place),
        Value::Number(number) => Some(*number),
    }
}

/// The place of each different text in the order of the language: pinyin in Chinese, and 9 before 10 in both.
///
/// The browser sorts the different texts once, so the many rows compare numbers.
fn places_of<'a>(values: impl Iterator<Item = &'a Value>, language: &str) -> BTreeMap<&'a str, usize> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for value in values {
        if let Value::Text(text) = value {
            places.entry(text).or_default();
        }
    }
    let texts: Array = places.keys().map(|text| JsValue::from_str(text)).collect();
    sort_in(language, &texts);
    for (place, text) in texts.iter().enumerate() {
        if let Some(known) = text.as_string().and_then(|text| places.get_mut(text.as_str())) {
            *known = place;
        }
    }
    places
}

fn sort_in(language: &str, texts: &Array) {
    let options = Object::new();
    // Setting a property of a fresh object cannot fail.
    Reflect::set(&options, &"numeric".into(), &true.into()).ok();
    let compare = Intl::Collator::new(&Array::of1(&language.into()), &options).compare();
    if let Some(sort) = Reflect::get(texts, &"sort".into()).ok().and_then(|sort| sort.dyn_into::<Function>().ok()) {
        // A comparison of texts does not throw.
        sort.call1(texts, &compare).ok();
    }
}
