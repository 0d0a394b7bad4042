//! The words of the merge.

use super::{I18n, level, record_kind};
use crate::{
    codec::merge::{Hindrance, Misfit, Remark, Standing, Value},
    i18n::t_string,
    model::{Level, RecordKind, read_day},
    ui::format::{Format, UNKNOWN},
};

/// A kind of record, by the name of its table in the document.
pub fn table(i18n: I18n, value: &str) -> &'static str {
    let kind = match value {
        "models" => RecordKind::Model,
        "departments" => RecordKind::Department,
        "people" => RecordKind::Person,
        "quotas" => RecordKind::Quota,
        "products" => RecordKind::Product,
        "targets" => RecordKind::Target,
        "customers" => RecordKind::Customer,
        "campaigns" => RecordKind::Campaign,
        "deals" => RecordKind::Deal,
        "activities" => RecordKind::Activity,
        _ => return t_string!(i18n, data.merge.profile),
    };
    record_kind(i18n, kind)
}

/// A place in a record, by its name in the document; what has no word of its own keeps that name.
pub fn field(i18n: I18n, value: &str) -> String {
    let last = value.rsplit('.').next().unwrap_or(value);
    let words = match last.split('[').next().unwrap_or(last) {
        "" => t_string!(i18n, data.merge.whole),
        "name" => t_string!(i18n, quality.property.name),
        "shortName" => t_string!(i18n, quality.property.short_name),
        "address" => t_string!(i18n, quality.property.address),
        "territory" => t_string!(i18n, quality.property.territory),
        "industry" => t_string!(i18n, quality.property.industry),
        "size" => t_string!(i18n, quality.property.size),
        "standing" => t_string!(i18n, quality.property.standing),
        "buyingPower" => t_string!(i18n, quality.property.buying_power),
        "source" => t_string!(i18n, quality.property.source),
        "referredBy" => t_string!(i18n, quality.property.referred_by),
        "softwareInUse" => t_string!(i18n, quality.property.software),
        "needs" => t_string!(i18n, quality.property.needs),
        "intent" => t_string!(i18n, quality.property.intent),
        "fit" => t_string!(i18n, quality.property.fit),
        "priority" => t_string!(i18n, quality.property.priority),
        "reviewOn" => t_string!(i18n, quality.property.review_on),
        "owner" => t_string!(i18n, quality.property.owner),
        "contacts" => t_string!(i18n, quality.property.contacts),
        "tags" => t_string!(i18n, quality.property.tags),
        "notes" => t_string!(i18n, quality.property.notes),
        "jobTitle" => t_string!(i18n, quality.property.job_title),
        "phone" => t_string!(i18n, quality.property.phone),
        "email" => t_string!(i18n, quality.property.email),
        "role" => t_string!(i18n, quality.property.role),
        "title" => t_string!(i18n, domain.field.title),
        "customer" => t_string!(i18n, domain.field.customer),
        "supporters" => t_string!(i18n, domain.field.supporters),
        "lines" => t_string!(i18n, domain.field.products),
        "competitors" => t_string!(i18n, domain.field.competitors),
        "obstacles" => t_string!(i18n, domain.field.obstacles),
        "nextAction" => t_string!(i18n, domain.field.next_action),
        "campaign" => t_string!(i18n, domain.field.campaign),
        "follows" => t_string!(i18n, domain.field.follows),
        "reference" => t_string!(i18n, domain.field.reference),
        "department" => t_string!(i18n, domain.field.department),
        "amount" => t_string!(i18n, domain.field.amount),
        "history" => t_string!(i18n, data.merge.history),
        "stages" => t_string!(i18n, data.merge.stages),
        other => return other.to_owned(),
    };
    words.to_owned()
}

/// A value of a field.
pub fn value(i18n: I18n, format: Format, of: &str, value: &Value) -> String {
    match value {
        Value::Nothing => UNKNOWN.to_owned(),
        Value::Gone => t_string!(i18n, data.merge.gone).to_owned(),
        Value::Record => t_string!(i18n, data.merge.kept).to_owned(),
        Value::Truth(true) => t_string!(i18n, data.merge.yes).to_owned(),
        Value::Truth(false) => t_string!(i18n, data.merge.no).to_owned(),
        Value::Text(text) => match (of, text.as_str()) {
            ("buyingPower" | "intent" | "fit" | "priority", "high") => level(i18n, Level::High).to_owned(),
            ("buyingPower" | "intent" | "fit" | "priority", "medium") => level(i18n, Level::Medium).to_owned(),
            ("buyingPower" | "intent" | "fit" | "priority", "low") => level(i18n, Level::Low).to_owned(),
            (_, text) => read_day(text).map_or_else(|| text.to_owned(), |day| format.date(day)),
        },
        Value::History { events, status, stage, amount } => {
            let status = match status {
                Standing::Open => t_string!(i18n, domain.status.open),
                Standing::Won => t_string!(i18n, domain.status.won),
                Standing::Lost => t_string!(i18n, domain.status.lost),
                Standing::Dormant => t_string!(i18n, domain.status.dormant),
            };
            let count = *events;
            let events = t_string!(i18n, data.merge.events, count = count, n = format.count(count)).to_string();
            let amount = amount.as_deref().map_or_else(|| UNKNOWN.to_owned(), |amount| format.decimal(amount));
            [status, stage, &amount, &events].join(" · ")
        }
    }
}

/// Why a file is not merged.
pub fn misfit(i18n: I18n, value: &Misfit) -> String {
    match value {
        Misfit::Currency { found, expected } => {
            t_string!(i18n, data.merge.other_currency, found = found.clone(), expected = expected.clone()).to_string()
        }
        Misfit::Stage { stage } => t_string!(i18n, data.merge.other_model, stage = stage.clone()).to_string(),
    }
}

/// What had to be done so that the records hold together.
pub fn remark(i18n: I18n, format: Format, value: &Remark) -> String {
    match value {
        Remark::EventLeftOut { on, why, .. } => {
            let why = match why {
                Hindrance::SecondBeginning => t_string!(i18n, data.merge.why.beginning),
                Hindrance::Order => t_string!(i18n, data.merge.why.order),
                Hindrance::NotOpen => t_string!(i18n, data.merge.why.not_open),
                Hindrance::AlreadyOpen => t_string!(i18n, data.merge.why.already_open),
                Hindrance::SameStage => t_string!(i18n, data.merge.why.same_stage),
                Hindrance::OtherModel => t_string!(i18n, data.merge.why.other_model),
                Hindrance::OtherChosen => t_string!(i18n, data.merge.why.other_chosen),
            };
            t_string!(i18n, data.merge.event_left_out, day = format.date(*on), why = why).to_string()
        }
        Remark::StaysNamed => t_string!(i18n, data.merge.stays_named).to_owned(),
        Remark::StageStays { stage } => t_string!(i18n, data.merge.stage_stays, stage = stage.clone()).to_string(),
        Remark::Restaged { from, to } => {
            t_string!(i18n, data.merge.restaged, before = from.clone(), after = to.clone()).to_string()
        }
        Remark::CircleOpened => t_string!(i18n, data.merge.circle).to_owned(),
        Remark::TakenWhole => t_string!(i18n, data.merge.taken_whole).to_owned(),
    }
}
