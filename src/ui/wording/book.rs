//! The words of the workbook that goes out.

use super::I18n;
use crate::{codec::book::Words, i18n::t_string};

/// Names of sheets and columns, and what stands in cells that hold a choice.
pub fn words(i18n: I18n) -> Words {
    Words {
        funnel: t_string!(i18n, data.book.funnel).to_owned(),
        deals: t_string!(i18n, data.book.deals).to_owned(),
        history: t_string!(i18n, data.book.history).to_owned(),
        customers: t_string!(i18n, data.book.customers).to_owned(),
        contacts: t_string!(i18n, data.book.contacts).to_owned(),
        activities: t_string!(i18n, data.book.activities).to_owned(),
        products: t_string!(i18n, data.book.products).to_owned(),
        people: t_string!(i18n, data.book.people).to_owned(),
        quotas: t_string!(i18n, data.book.quotas).to_owned(),
        stages: t_string!(i18n, data.book.stages).to_owned(),
        promises: t_string!(i18n, data.book.promises).to_owned(),
        interventions: t_string!(i18n, data.book.interventions).to_owned(),
        statuses: t_string!(i18n, data.book.statuses).to_owned(),
        activity_kinds: t_string!(i18n, data.book.activity_kinds).to_owned(),
        intervention_kinds: t_string!(i18n, data.book.intervention_kinds).to_owned(),
        events: t_string!(i18n, data.book.events).to_owned(),
        answers: t_string!(i18n, data.book.answers).to_owned(),
        company: t_string!(i18n, data.book.company).to_owned(),
    }
}
