//! The words of the merge.

mod names;

use super::{I18n, activity_kind, level, record_kind};
use crate::{
    codec::merge::{self, FieldName, Hindrance, Key, Misfit, Remark, Spot, Standing, Value},
    i18n::t_string,
    model::{ActivityKind, Level, RecordKind, read_day},
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
        "promises" => RecordKind::Promise,
        "handovers" => RecordKind::Handover,
        "interventions" => RecordKind::Intervention,
        "problems" => RecordKind::Problem,
        "schemes" => RecordKind::Scheme,
        _ => return t_string!(i18n, data.merge.profile),
    };
    record_kind(i18n, kind)
}

/// A place in a record.
pub fn spot(i18n: I18n, key: &Key) -> String {
    match merge::spot(key) {
        Some(Spot::Whole) => t_string!(i18n, data.merge.whole).to_owned(),
        Some(Spot::Field(name)) => names::field(i18n, name).to_owned(),
        Some(Spot::Part(list, name)) => within(i18n, list, names::field(i18n, name)),
        Some(Spot::Element(list, name)) => within(i18n, list, &name),
        Some(Spot::Own(name)) => within(i18n, FieldName::Custom, &name),
        // No merge lists such a place.
        None => key.field.clone(),
    }
}

fn within(i18n: I18n, list: FieldName, part: &str) -> String {
    t_string!(i18n, data.merge.field.within, list = names::field(i18n, list), part = part.to_owned()).to_string()
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
            ("kind", "training") => t_string!(i18n, data.merge.training).to_owned(),
            ("kind", "ruleChange") => t_string!(i18n, data.merge.rule_change).to_owned(),
            ("kind", "other") => t_string!(i18n, data.merge.other_intervention).to_owned(),
            ("kind", word) => kind(i18n, word).to_owned(),
            ("stalling", "model") => t_string!(i18n, data.merge.stalling_model).to_owned(),
            ("stalling", "won") => t_string!(i18n, data.merge.stalling_won).to_owned(),
            ("of", "company") => t_string!(i18n, forecast.quota.company).to_owned(),
            ("span", "month") => t_string!(i18n, forecast.quota.by_month).to_owned(),
            ("span", "quarter") => t_string!(i18n, forecast.quota.by_quarter).to_owned(),
            ("span", "year") => t_string!(i18n, forecast.quota.by_year).to_owned(),
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

/// The kind of an activity, by its word in the document.
fn kind(i18n: I18n, word: &str) -> &'static str {
    let kind = match word {
        "visit" => ActivityKind::Visit,
        "call" => ActivityKind::Call,
        "demo" => ActivityKind::Demo,
        "email" => ActivityKind::Email,
        "sms" => ActivityKind::Sms,
        "meeting" => ActivityKind::Meeting,
        "returnVisit" => ActivityKind::ReturnVisit,
        "serviceRequest" => ActivityKind::ServiceRequest,
        _ => ActivityKind::Note,
    };
    activity_kind(i18n, kind)
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
