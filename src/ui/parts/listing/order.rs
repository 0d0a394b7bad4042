//! Rows in the order of what stands in one of their columns.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use super::{collation::in_order, value::Value};

/// The rows by their values. Rows without a value stand last either way; equal ones keep their order.
pub fn sorted<K: Copy, T: AsRef<str>>(rows: &[(K, Value<T>)], descending: bool, language: &str) -> Vec<K> {
    let keys = places_of(rows.iter().map(|(_, value)| value), language);
    let mut keyed: Vec<_> = keys.into_iter().zip(rows.iter().map(|(key, _)| *key)).collect();
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

/// The place of each value in the order; `None` for one that has none. Each different text is put in the order of the language once, so
/// the many rows compare numbers.
fn places_of<'a, T: AsRef<str> + 'a>(values: impl Iterator<Item = &'a Value<T>>, language: &str) -> Vec<Option<i64>> {
    let mut texts = Texts::default();
    let mut places: Vec<_> = values.map(|value| place(value, &mut texts)).collect();
    let of_texts = texts.places(language);
    for place in &mut places {
        if let Some(Place::Text(number)) = place {
            *place = of_texts.get(*number).copied().map(Place::Known);
        }
    }
    places.into_iter().map(|place| if let Some(Place::Known(place)) = place { Some(place) } else { None }).collect()
}

/// Where a value stands: known by itself, or that of the text of this number.
enum Place {
    Known(i64),
    Text(usize),
}

fn place<'a, T: AsRef<str>>(value: &'a Value<T>, texts: &mut Texts<'a>) -> Option<Place> {
    let known = match value {
        Value::Unknown | Value::Misfit(_) => return None,
        Value::Text(text) => return Some(Place::Text(texts.number(text.as_ref()))),
        Value::Ranked(rank, _) => i64::try_from(*rank).ok()?,
        Value::Money(minor) => *minor,
        Value::Share(share) => share.basis_points().into(),
        Value::Day(day) => chrono::Datelike::num_days_from_ce(day).into(),
        Value::Decimal(place, _) => *place,
        Value::Number(number) => *number,
    };
    Some(Place::Known(known))
}

/// Texts, each with a number, in the order in which they were met.
#[derive(Default)]
struct Texts<'a> {
    numbers: FxHashMap<&'a str, usize>,
    met: Vec<&'a str>,
}

impl<'a> Texts<'a> {
    fn number(&mut self, text: &'a str) -> usize {
        let next = self.met.len();
        let number = *self.numbers.entry(text).or_insert(next);
        if number == next {
            self.met.push(text);
        }
        number
    }

    /// The place of each text, by its number.
    fn places(self, language: &str) -> Vec<i64> {
        let mut places = vec![0; self.met.len()];
        for (number, place) in in_order(language, &self.met).into_iter().zip(0..) {
            if let Some(known) = places.get_mut(number) {
                *known = place;
            }
        }
        places
    }
}
