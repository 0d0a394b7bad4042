//! Fields of the user's own in words.

use super::I18n;
use crate::{
    i18n::t_string,
    model::{CustomFieldOf, CustomKind},
};

/// What a field holds.
pub fn kind(i18n: I18n, value: &CustomKind) -> &'static str {
    match value {
        CustomKind::Text {} => t_string!(i18n, custom.kind.text),
        CustomKind::Number {} => t_string!(i18n, custom.kind.number),
        CustomKind::Date {} => t_string!(i18n, custom.kind.date),
        CustomKind::Choice { .. } => t_string!(i18n, custom.kind.choice),
    }
}

/// Whose fields they are.
pub fn of(i18n: I18n, value: CustomFieldOf) -> &'static str {
    match value {
        CustomFieldOf::Customer => t_string!(i18n, custom.of_customers),
        CustomFieldOf::Deal => t_string!(i18n, custom.of_deals),
    }
}

/// What to write instead of a value that does not fit.
pub fn misfit(i18n: I18n, value: &CustomKind) -> &'static str {
    match value {
        // A text takes everything but nothing.
        CustomKind::Text {} => t_string!(i18n, custom.not_a_text),
        CustomKind::Number {} => t_string!(i18n, custom.not_a_number),
        CustomKind::Date {} => t_string!(i18n, custom.not_a_date),
        CustomKind::Choice { .. } => t_string!(i18n, custom.not_a_choice),
    }
}
