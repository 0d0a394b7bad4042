//! Fields of the user's own (自定义字段).

use std::collections::BTreeMap;

use super::Date;

/// Which records have the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CustomFieldOf {
    /// Customers.
    Customer,
    /// Deals.
    Deal,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CustomKind {
    /// Any text.
    Text {},
    /// A decimal number such as `-12.5`.
    Number {},
    /// A day, `YYYY-MM-DD`.
    Date {},
    /// One of some texts.
    Choice {
        /// The texts, in the order in which they are offered.
        options: Vec<String>,
    },
}

impl CustomKind {
    /// Whether a value fits. Values are kept as text; an empty one is never kept.
    ///
    /// ```
    /// use loudou::model::CustomKind;
    /// assert!(CustomKind::Number {}.accepts("-12.50"));
    /// assert!(!CustomKind::Number {}.accepts("12,50"));
    /// assert!(CustomKind::Date {}.accepts("2026-02-28"));
    /// assert!(!CustomKind::Date {}.accepts("2026-02-29"));
    /// ```
    pub fn accepts(&self, value: &str) -> bool {
        match self {
            Self::Text {} => true,
            Self::Number {} => is_decimal(value),
            Self::Date {} => day(value).is_some(),
            Self::Choice { options } => options.iter().any(|option| option == value),
        }
    }
}

fn is_decimal(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let plain = text.strip_prefix('-').unwrap_or(text);
    match plain.split_once('.') {
        Some((whole, part)) => digits(whole) && digits(part),
        None => digits(plain),
    }
}

/// The day of a text in the one form that is kept.
fn day(text: &str) -> Option<Date> {
    text.parse::<Date>().ok().filter(|day| day.to_string() == text)
}

/// A field of the user's own. Values under names that no field has stay where they are, as texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomField {
    /// Unique among the fields of the same records, never blank.
    pub name: String,
    /// Which records have it.
    pub of: CustomFieldOf,
    /// What it holds.
    pub kind: CustomKind,
}

/// The first field whose value in `after` is new and does not fit. Values that were there `before` are left alone: files bring
/// what they bring, and the list of data problems shows it.
pub(super) fn misfit<'a>(
    fields: &'a [CustomField],
    of: CustomFieldOf,
    before: Option<&BTreeMap<String, String>>,
    after: &BTreeMap<String, String>,
) -> Option<&'a CustomField> {
    fields.iter().filter(|field| field.of == of).find(|field| {
        let new = after.get(&field.name).filter(|value| before.and_then(|b| b.get(&field.name)) != Some(value));
        new.is_some_and(|value| !field.kind.accepts(value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_fit_their_kind() {
        let choice = CustomKind::Choice { options: vec!["A".to_owned(), "B".to_owned()] };
        for (kind, value, fits) in [
            (CustomKind::Text {}, "anything", true),
            (CustomKind::Number {}, "0", true),
            (CustomKind::Number {}, "", false),
            (CustomKind::Number {}, "-", false),
            (CustomKind::Number {}, "1.", false),
            (CustomKind::Number {}, "1e3", false),
            (CustomKind::Date {}, "2026-1-5", false),
            (CustomKind::Date {}, "2026-01-05", true),
            (choice.clone(), "B", true),
            (choice, "b", false),
        ] {
            assert_eq!(kind.accepts(value), fits, "{kind:?} {value:?}");
        }
    }
}
