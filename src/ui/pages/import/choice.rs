//! Places of lists as the values of selects, and words that follow the language.

use leptos::prelude::*;

/// The element of a list that a select's value, its place, stands for.
pub(super) fn at<T: Copy>(list: &[T], value: &str) -> Option<T> {
    list.get(value.parse::<usize>().ok()?).copied()
}

/// The select's value for an element of a list; empty when it is not in it.
pub(super) fn place<T: PartialEq>(list: &[T], element: &T) -> String {
    list.iter().position(|other| other == element).map_or_else(String::new, |place| place.to_string())
}

/// Words that follow the language.
pub(super) fn says(words: impl Fn() -> &'static str + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(move || words().to_owned())
}
