//! Fields of the user's own (自定义字段).

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike as _;

use super::{Customer, Deal, address, read_day};

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
            Self::Date {} => read_day(value).is_some(),
            Self::Choice { options } => options.iter().any(|option| option == value),
        }
    }

    /// What a person typed in the form that is kept; `None` when it does not fit. Numbers may come with wide digits and with
    /// commas, spaces or apostrophes between thousands.
    ///
    /// ```
    /// use loudou::model::CustomKind;
    /// assert_eq!(CustomKind::Number {}.read(" 12,000.50 "), Some("12000.50".to_owned()));
    /// assert_eq!(CustomKind::Number {}.read("1,5"), None);
    /// ```
    pub fn read(&self, typed: &str) -> Option<String> {
        let typed = typed.trim();
        let value = if *self == (Self::Number {}) { plain_number(typed)? } else { typed.to_owned() };
        (!value.is_empty() && self.accepts(&value)).then_some(value)
    }

    /// Where a value stands among the others of its kind: numbers by size, days by date, choices as they are offered. `None` for
    /// texts, which each language puts in its own order, and for what does not fit. Numbers that differ beyond the 15th digit are
    /// equal.
    pub fn place(&self, value: &str) -> Option<i64> {
        match self {
            Self::Number {} if is_decimal(value) => {
                // The bits of a float are in the order of its size once those of negative ones are turned over. Adding 0 makes
                // one zero of the two.
                let bits = (value.parse::<f64>().ok()? + 0.0).to_bits().cast_signed();
                Some(bits ^ ((bits >> 63).cast_unsigned() >> 1).cast_signed())
            }
            Self::Text {} | Self::Number {} => None,
            Self::Date {} => read_day(value).map(|day| day.num_days_from_ce().into()),
            Self::Choice { options } => {
                options.iter().position(|option| option == value).and_then(|place| i64::try_from(place).ok())
            }
        }
    }

    /// The kind that values seem to be of: numbers when all are, days when all are, one of a few when at most
    /// [`FEW`](Self::FEW) differ, text otherwise and when there is none.
    pub fn guess<'a>(values: impl Iterator<Item = &'a str> + Clone) -> Self {
        if values.clone().next().is_none() {
            return Self::Text {};
        }
        for kind in [Self::Number {}, Self::Date {}] {
            if values.clone().all(|value| kind.accepts(value)) {
                return kind;
            }
        }
        let mut options: BTreeSet<&str> = BTreeSet::new();
        for value in values {
            options.insert(value);
            if options.len() > Self::FEW || value.trim().is_empty() {
                return Self::Text {};
            }
        }
        Self::Choice { options: options.into_iter().map(str::to_owned).collect() }
    }

    /// As many different values as may be offered for choice without asking.
    pub const FEW: usize = 8;
}

/// A number without what people put between thousands; `None` when commas stand elsewhere, since they may part decimals.
fn plain_number(typed: &str) -> Option<String> {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{2212}' => '-',
        '\u{a0}' | '\u{202f}' | '\u{3000}' | '\'' => ' ',
        c => c,
    };
    let text: String = typed.chars().map(narrow).collect();
    let (whole, part) = text.split_once('.').map_or((text.as_str(), None), |(whole, part)| (whole, Some(part)));
    for between in [',', ' '] {
        let groups = whole.trim_start_matches('-').split(between).collect::<Vec<_>>();
        let (first, rest) = groups.split_first()?;
        let thousands = rest.iter().all(|group| group.len() == 3) && (1..=3).contains(&first.len());
        if rest.is_empty() || !thousands {
            continue;
        }
        let whole = whole.replace(between, "");
        return Some(part.map_or_else(|| whole.clone(), |part| [&whole, ".", part].concat()));
    }
    // `5.` and `.5` are halfway to a number while they are typed, and mean one.
    Some(match (whole.trim_start_matches('-'), part) {
        ("", Some(part)) => [whole, "0.", part].concat(),
        (_, Some("")) => whole.to_owned(),
        _ => text,
    })
}

fn is_decimal(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let plain = text.strip_prefix('-').unwrap_or(text);
    match plain.split_once('.') {
        Some((whole, part)) => digits(whole) && digits(part),
        None => digits(plain),
    }
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

impl CustomField {
    /// Stands in the name of every field of the user's own in addresses, and in that of no other column or filter.
    pub const MARK: char = ':';

    /// The name of the field in addresses: as a column, in an order of rows, as a filter.
    ///
    /// ```
    /// use loudou::model::{CustomField, CustomFieldOf};
    /// assert_eq!(CustomField::code(CustomFieldOf::Deal, "Plan"), "custom:Plan");
    /// assert_eq!(CustomField::code(CustomFieldOf::Customer, "No. of seats"), "customer:No%2E of seats");
    /// ```
    pub fn code(of: CustomFieldOf, name: &str) -> String {
        let whose = match of {
            CustomFieldOf::Deal => "custom",
            CustomFieldOf::Customer => "customer",
        };
        format!("{whose}{}{}", Self::MARK, address::escape(name))
    }

    /// What stands in the field at a deal and its customer.
    pub fn value<'a>(&self, deal: Option<&'a Deal>, customer: Option<&'a Customer>) -> Option<&'a str> {
        value(self.of, &self.name, deal, customer)
    }
}

/// What stands under a name at a deal or its customer.
pub(super) fn value<'a>(
    of: CustomFieldOf,
    name: &str,
    deal: Option<&'a Deal>,
    customer: Option<&'a Customer>,
) -> Option<&'a str> {
    let custom = match of {
        CustomFieldOf::Deal => &deal?.details.custom,
        CustomFieldOf::Customer => &customer?.custom,
    };
    custom.get(name).map(String::as_str)
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

    #[test]
    fn what_is_typed_is_read_or_refused() {
        let number = CustomKind::Number {};
        for (typed, kept) in [
            ("12", "12"),
            ("-1,234,567.80", "-1234567.80"),
            ("12 000", "12000"),
            ("12'000", "12000"),
            ("\u{ff11}\u{ff12}\u{ff0e}\u{ff15}", "12.5"),
            ("\u{2212}3", "-3"),
            (".5", "0.5"),
            ("-.5", "-0.5"),
            ("5.", "5"),
        ] {
            assert_eq!(number.read(typed).as_deref(), Some(kept), "{typed}");
        }
        for typed in ["", "-", ".", "1,5", "12,00", "1,2345", ",123", "1e3", "1.2.3", "1.000,5", "abc", "1 2"] {
            assert_eq!(number.read(typed), None, "{typed}");
        }
        assert_eq!(CustomKind::Date {}.read(" 2026-02-28 ").as_deref(), Some("2026-02-28"));
        assert_eq!(CustomKind::Date {}.read("2026-02-29"), None);
        assert_eq!(CustomKind::Text {}.read("  a b "), Some("a b".to_owned()));
        assert_eq!(CustomKind::Text {}.read("  "), None);
    }

    #[test]
    fn values_stand_in_the_order_of_their_kind() {
        let places = |kind: &CustomKind, values: &[&str]| values.iter().map(|v| kind.place(v)).collect::<Vec<_>>();
        let ascending = |kind: &CustomKind, values: &[&str]| {
            let places = places(kind, values);
            assert!(places.iter().all(Option::is_some), "{values:?}");
            assert!(places.is_sorted_by(|a, b| a < b), "{values:?}: {places:?}");
        };
        ascending(&CustomKind::Number {}, &["-100", "-12.5", "-12", "0", "0.01", "9", "10", "10.5", "123456789012"]);
        ascending(&CustomKind::Date {}, &["0999-01-01", "2025-12-31", "2026-01-01", "2026-10-02"]);
        let choice = CustomKind::Choice { options: ["low", "middle", "high"].map(str::to_owned).into() };
        ascending(&choice, &["low", "middle", "high"]);
        assert_eq!(CustomKind::Number {}.place("-0"), CustomKind::Number {}.place("0.00"));
        assert_eq!(CustomKind::Number {}.place("many"), None);
        assert_eq!(choice.place("none"), None);
        assert_eq!(CustomKind::Text {}.place("a"), None);
    }

    #[test]
    fn kinds_are_guessed_from_values() {
        let guess = |values: &[&str]| CustomKind::guess(values.iter().copied());
        let choice = |options: &[&str]| CustomKind::Choice { options: options.iter().map(|&o| o.to_owned()).collect() };
        assert_eq!(guess(&[]), CustomKind::Text {});
        assert_eq!(guess(&["1", "-2.5", "1"]), CustomKind::Number {});
        assert_eq!(guess(&["2026-01-05", "2025-12-31"]), CustomKind::Date {});
        assert_eq!(guess(&["2026-01-05", "soon"]), choice(&["2026-01-05", "soon"]));
        assert_eq!(guess(&["1", "2", "many"]), choice(&["1", "2", "many"]));
        assert_eq!(guess(&["b", "a", "b"]), choice(&["a", "b"]));
        assert_eq!(guess(&["a", " "]), CustomKind::Text {});
        let nine: Vec<String> = (0..9).map(|n| format!("v{n}")).collect();
        assert_eq!(CustomKind::guess(nine.iter().map(String::as_str)), CustomKind::Text {});
        assert!(matches!(CustomKind::guess(nine.iter().skip(1).map(String::as_str)), CustomKind::Choice { .. }));
    }
}
