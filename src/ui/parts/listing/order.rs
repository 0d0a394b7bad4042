//! Rows in the order of what stands in one of their columns.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use super::{collation::in_order, value::Value};

/// The rows by their values. Rows without a value stand last either way; equal ones keep their order.
pub fn sorted<K: Copy>(rows: &[(K, Value)], descending: bool, language: &str) -> Vec<K> {
    let places = places_of(rows.iter().map(|(_, value)| value), language);
    let mut keyed: Vec<_> = rows.iter().map(|(key, value)| (place(value, &places), *key)).collect();
    keyed.sort_by(|(a, _), (b, _)| known_first(*a, *b, descending, i64::cmp));
    keyed.into_iter().map(|(_, key)| key).collect()
}

/// The order of two values; one that is not there stands last either way.
pub fn known_first<T>(a: Option<T>, b: Option<T>, descending: bool, compare: fn(&T, &T) -> Ordering) -> Ordering {
    match (a, b) {
        (None, None) => Ordering::Equal,
        (None, _) => Ordering::Greater,
        (_, None) => Ordering::Less,
        (Some(a), Some(b)) if descending => compare(&b, &a),
        (Some(a), Some(b)) => compare(&a, &b),
    }
}

fn place(value: &Value, places: &FxHashMap<&str, usize>) -> Option<i64> {
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

/// The place of each different text in the order of the language. They are put in order once, so the many rows compare numbers.
fn places_of<'a>(values: impl Iterator<Item = &'a Value>, language: &str) -> FxHashMap<&'a str, usize> {
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    let mut texts = Vec::new();
    for value in values {
        if let Value::Text(text) = value
            && places.insert(text, 0).is_none()
        {
            texts.push(text.as_str());
        }
    }
    for (place, text) in in_order(language, texts).into_iter().enumerate() {
        places.insert(text, place);
    }
    places
}
