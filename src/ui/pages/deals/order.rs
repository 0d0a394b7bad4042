//! In what order deals are listed.

use std::{cmp::Ordering, collections::BTreeMap, sync::Arc};

use js_sys::{Array, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::{column::Field, value::Value};
use crate::{
    model::{Date, Deal, DealId, Workspace},
    ui::wording::I18n,
};

/// A column to sort by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct By {
    pub(super) field: Field,
    /// Largest first.
    pub(super) descending: bool,
}

/// The deals in order. Those without a value stand last either way; equal ones in the order of their ids.
pub(super) fn order(
    deals: &[&Arc<Deal>],
    workspace: &Workspace,
    by: &By,
    today: Date,
    i18n: I18n,
    language: &str,
) -> Vec<DealId> {
    let values: Vec<_> = deals.iter().map(|deal| by.field.value(deal, workspace, today, i18n)).collect();
    let places = places_of(&values, language);
    let mut keyed: Vec<_> = deals.iter().zip(&values).map(|(deal, value)| (key_of(value, &places), deal.id)).collect();
    keyed.sort_by(|(a, _), (b, _)| match (a, b) {
        (None, None) => Ordering::Equal,
        (None, _) => Ordering::Greater,
        (_, None) => Ordering::Less,
        (Some(a), Some(b)) if by.descending => b.cmp(a),
        (Some(a), Some(b)) => a.cmp(b),
    });
    keyed.into_iter().map(|(_, id)| id).collect()
}

fn key_of(value: &Value, places: &BTreeMap<&str, usize>) -> Option<i64> {
    match value {
        Value::Unknown | Value::Misfit(_) => None,
        Value::Text(text) => places.get(text.as_str()).and_then(|place| i64::try_from(*place).ok()),
        Value::Ranked(rank, _) => i64::try_from(*rank).ok(),
        Value::Number(place, _) => Some(*place),
        Value::Money(minor) => Some(*minor),
        Value::Share(share) => Some(share.basis_points().into()),
        Value::Day(day) => Some(chrono::Datelike::num_days_from_ce(day).into()),
        Value::Days(days) => Some(*days),
    }
}

/// The place of each different text in the order of the language: pinyin in Chinese, and 9 before 10 in both.
///
/// The browser sorts the different texts once, so the many rows compare numbers.
fn places_of<'a>(values: &'a [Value], language: &str) -> BTreeMap<&'a str, usize> {
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
