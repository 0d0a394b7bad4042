//! The domain's words in the user's language. Each match is exhaustive: what nobody translated does not compile.

pub mod backups;
pub mod book;
pub mod clocks;
pub mod custom;
pub mod document;
pub mod import;
pub mod merge;
pub mod model;
pub mod share;
pub mod storage;
pub mod trash;

use leptos_i18n::I18nContext;

use crate::{
    i18n::{Locale, t_string},
    metrics::Category,
    model::{
        ActivityKind, CustomFieldOf, Field, FunnelModel, Level, Missing, RecordKind, Rejection, RequiredField, Status,
        Workspace, Zone,
    },
    ui::format::Format,
};

/// The translations' context.
pub type I18n = I18nContext<Locale>;

/// A kind of record, in the singular, as it stands within a sentence.
pub fn record_kind(i18n: I18n, value: RecordKind) -> &'static str {
    match value {
        RecordKind::Model => t_string!(i18n, domain.kind.model),
        RecordKind::Stage => t_string!(i18n, domain.kind.stage),
        RecordKind::Criterion => t_string!(i18n, domain.kind.criterion),
        RecordKind::Department => t_string!(i18n, domain.kind.department),
        RecordKind::Person => t_string!(i18n, domain.kind.person),
        RecordKind::Product => t_string!(i18n, domain.kind.product),
        RecordKind::Customer => t_string!(i18n, domain.kind.customer),
        RecordKind::Contact => t_string!(i18n, domain.kind.contact),
        RecordKind::Deal => t_string!(i18n, domain.kind.deal),
        RecordKind::Activity => t_string!(i18n, domain.kind.activity),
        RecordKind::Target => t_string!(i18n, domain.kind.target),
        RecordKind::Campaign => t_string!(i18n, domain.kind.campaign),
        RecordKind::Quota => t_string!(i18n, domain.kind.quota),
        RecordKind::Promise => t_string!(i18n, domain.kind.promise),
        RecordKind::Handover => t_string!(i18n, domain.kind.handover),
        RecordKind::Intervention => t_string!(i18n, domain.kind.intervention),
        RecordKind::Problem => t_string!(i18n, domain.kind.problem),
        RecordKind::Scheme => t_string!(i18n, domain.kind.scheme),
        RecordKind::CustomField => t_string!(i18n, domain.kind.custom_field),
        RecordKind::View => t_string!(i18n, domain.kind.view),
    }
}

/// A zone of the funnel.
pub fn zone(i18n: I18n, value: Zone) -> &'static str {
    match value {
        Zone::Upper => t_string!(i18n, domain.zone.upper),
        Zone::Middle => t_string!(i18n, domain.zone.middle),
        Zone::Lower => t_string!(i18n, domain.zone.lower),
    }
}

/// How sure an open deal is.
pub fn category(i18n: I18n, value: Category) -> &'static str {
    match value {
        Category::Commit => t_string!(i18n, funnel.commit),
        Category::BestCase => t_string!(i18n, funnel.best_case),
        Category::Pipeline => t_string!(i18n, funnel.pipeline),
    }
}

/// A level of fit, intent, priority or buying power.
pub fn level(i18n: I18n, value: Level) -> &'static str {
    match value {
        Level::High => t_string!(i18n, domain.level.high),
        Level::Medium => t_string!(i18n, domain.level.medium),
        Level::Low => t_string!(i18n, domain.level.low),
    }
}

/// A kind of activity.
pub fn activity_kind(i18n: I18n, value: ActivityKind) -> &'static str {
    match value {
        ActivityKind::Visit => t_string!(i18n, domain.activity.visit),
        ActivityKind::Call => t_string!(i18n, domain.activity.call),
        ActivityKind::Demo => t_string!(i18n, domain.activity.demo),
        ActivityKind::Email => t_string!(i18n, domain.activity.email),
        ActivityKind::Sms => t_string!(i18n, domain.activity.sms),
        ActivityKind::Meeting => t_string!(i18n, domain.activity.meeting),
        ActivityKind::ReturnVisit => t_string!(i18n, domain.activity.return_visit),
        ActivityKind::ServiceRequest => t_string!(i18n, domain.activity.service_request),
        ActivityKind::Note => t_string!(i18n, domain.activity.note),
    }
}

/// A field that a stage may require.
pub fn field(i18n: I18n, value: Field) -> &'static str {
    match value {
        Field::Amount => t_string!(i18n, domain.field.amount),
        Field::ExpectedClose => t_string!(i18n, domain.field.expected_close),
        Field::Owner => t_string!(i18n, domain.field.owner),
        Field::Customer => t_string!(i18n, domain.field.customer),
        Field::Contact => t_string!(i18n, domain.field.contact),
        Field::Products => t_string!(i18n, domain.field.products),
        Field::Competitors => t_string!(i18n, domain.field.competitors),
        Field::Obstacles => t_string!(i18n, domain.field.obstacles),
        Field::NextAction => t_string!(i18n, domain.field.next_action),
        Field::Source => t_string!(i18n, domain.field.source),
        Field::Fit => t_string!(i18n, domain.field.fit),
        Field::Supporters => t_string!(i18n, domain.field.supporters),
        Field::Campaign => t_string!(i18n, domain.field.campaign),
        Field::Tags => t_string!(i18n, domain.field.tags),
        Field::Notes => t_string!(i18n, domain.field.notes),
        Field::CustomerAddress => t_string!(i18n, domain.field.customer_address),
        Field::CustomerIndustry => t_string!(i18n, domain.field.customer_industry),
        Field::CustomerSize => t_string!(i18n, domain.field.customer_size),
        Field::CustomerNeeds => t_string!(i18n, domain.field.customer_needs),
        Field::CustomerIntent => t_string!(i18n, domain.field.customer_intent),
        Field::CustomerSoftware => t_string!(i18n, domain.field.customer_software),
        Field::CustomerTerritory => t_string!(i18n, domain.field.customer_territory),
        Field::CustomerStanding => t_string!(i18n, domain.field.customer_standing),
        Field::CustomerBuyingPower => t_string!(i18n, domain.field.customer_buying_power),
        Field::CustomerSource => t_string!(i18n, domain.field.customer_source),
        Field::CustomerFit => t_string!(i18n, domain.field.customer_fit),
        Field::CustomerPriority => t_string!(i18n, domain.field.customer_priority),
        Field::CustomerReviewOn => t_string!(i18n, domain.field.customer_review_on),
        Field::CustomerOwner => t_string!(i18n, domain.field.customer_owner),
        Field::CustomerTags => t_string!(i18n, domain.field.customer_tags),
        Field::CustomerNotes => t_string!(i18n, domain.field.customer_notes),
        Field::ContactJobTitle => t_string!(i18n, domain.field.contact_job_title),
        Field::ContactPhone => t_string!(i18n, domain.field.contact_phone),
        Field::ContactEmail => t_string!(i18n, domain.field.contact_email),
        Field::ContactRole => t_string!(i18n, domain.field.contact_role),
    }
}

/// A field that a stage requires; one of the customer says so.
pub fn required_field(i18n: I18n, value: &RequiredField) -> String {
    match value {
        RequiredField::Known(value) => field(i18n, *value).to_owned(),
        RequiredField::Own { of: CustomFieldOf::Deal, name } => name.clone(),
        RequiredField::Own { of: CustomFieldOf::Customer, name } => {
            t_string!(i18n, deals.of_customer, name = name.clone()).to_string()
        }
    }
}

/// Whether a deal is still worked on.
pub fn status(i18n: I18n, value: &Status) -> &'static str {
    match value {
        Status::Open => t_string!(i18n, domain.status.open),
        Status::Won { .. } => t_string!(i18n, domain.status.won),
        Status::Lost { .. } => t_string!(i18n, domain.status.lost),
        Status::Dormant { .. } => t_string!(i18n, domain.status.dormant),
    }
}

/// What the gate of a stage of `model` asks for.
pub fn missing(i18n: I18n, model: Option<&FunnelModel>, value: &Missing) -> String {
    match value {
        Missing::Field(value) => required_field(i18n, value),
        Missing::Criterion(id) => model
            .and_then(|model| model.known_criterion(*id))
            .map_or_else(|| record_kind(i18n, RecordKind::Criterion).to_owned(), |criterion| criterion.text.clone()),
    }
}

/// Why a command was refused, in a sentence that says what to do.
pub fn rejection(i18n: I18n, format: Format, workspace: &Workspace, value: &Rejection) -> String {
    let of_stage = |id| workspace.models.iter().find(|model| model.stage(id).is_some());
    let stage_name = |id| of_stage(id).and_then(|model| model.stage(id)).map(|s| s.name.clone()).unwrap_or_default();
    match value {
        Rejection::Unknown(kind) => t_string!(i18n, rejection.unknown, kind = record_kind(i18n, *kind)).to_string(),
        Rejection::Exists(RecordKind::CustomField) => t_string!(i18n, rejection.field_exists).to_string(),
        Rejection::Exists(kind) => t_string!(i18n, rejection.exists, kind = record_kind(i18n, *kind)).to_string(),
        Rejection::Blank(kind) => t_string!(i18n, rejection.blank, kind = record_kind(i18n, *kind)).to_string(),
        Rejection::BlankName => t_string!(i18n, rejection.blank_name).to_string(),
        Rejection::BlankLostReason => t_string!(i18n, rejection.blank_lost_reason).to_string(),
        Rejection::BlankNextAction => t_string!(i18n, rejection.blank_next_action).to_string(),
        Rejection::InUse { kind, by } => {
            let (kind, by) = (record_kind(i18n, *kind), *by);
            t_string!(i18n, rejection.in_use, count = by, kind = kind).to_string()
        }
        Rejection::StageInUse { stage, deals } => {
            let (stage, deals) = (stage_name(*stage), *deals);
            t_string!(i18n, rejection.stage_in_use, count = deals, stage = stage).to_string()
        }
        Rejection::NoStage => t_string!(i18n, rejection.no_stage).to_string(),
        Rejection::NobodyPasses(stage) => {
            t_string!(i18n, rejection.nobody_passes, stage = stage_name(*stage)).to_string()
        }
        Rejection::TwinStage(stage) => t_string!(i18n, rejection.twin_stage, stage = stage_name(*stage)).to_string(),
        Rejection::BlankSegment => t_string!(i18n, rejection.blank_segment).to_string(),
        Rejection::BlankAfterSale => t_string!(i18n, rejection.blank_after_sale).to_string(),
        Rejection::NoInterval => t_string!(i18n, rejection.no_interval).to_string(),
        Rejection::NoDuration(_) => t_string!(i18n, rejection.no_duration).to_string(),
        Rejection::Circle(RecordKind::Customer) => t_string!(i18n, rejection.referral_circle).to_string(),
        Rejection::Circle(kind) => t_string!(i18n, rejection.circle, kind = record_kind(i18n, *kind)).to_string(),
        Rejection::SameCustomer => t_string!(i18n, rejection.same_customer).to_string(),
        Rejection::GateClosed { stage, missing: things } => {
            let model = of_stage(*stage).map(AsRef::as_ref);
            let things: Vec<_> = things.iter().map(|thing| missing(i18n, model, thing)).collect();
            t_string!(i18n, rejection.gate_closed, stage = stage_name(*stage), missing = things.join(", ")).to_string()
        }
        Rejection::OverrideReason => t_string!(i18n, rejection.override_reason).to_string(),
        Rejection::NotOpen => t_string!(i18n, rejection.not_open).to_string(),
        Rejection::AlreadyOpen => t_string!(i18n, rejection.already_open).to_string(),
        Rejection::SameStage => t_string!(i18n, rejection.same_stage).to_string(),
        Rejection::LostReason => t_string!(i18n, rejection.lost_reason).to_string(),
        Rejection::LostNote => t_string!(i18n, rejection.lost_note).to_string(),
        Rejection::BeforeHistory { last } => {
            t_string!(i18n, rejection.before_history, last = format.date(*last)).to_string()
        }
        Rejection::WakeInPast => t_string!(i18n, rejection.wake_in_past).to_string(),
        Rejection::CurrencyInUse => t_string!(i18n, rejection.currency_in_use).to_string(),
        Rejection::Month => t_string!(i18n, rejection.month).to_string(),
        Rejection::Satisfaction => t_string!(i18n, rejection.satisfaction).to_string(),
        Rejection::CustomValue { field } => t_string!(i18n, rejection.custom_value, field = field.clone()).to_string(),
        Rejection::NoOptions => t_string!(i18n, rejection.no_options).to_string(),
        Rejection::NoWeight => t_string!(i18n, rejection.no_weight).to_string(),
        Rejection::EndsBeforeStart => t_string!(i18n, rejection.ends_before_start).to_string(),
        Rejection::MidMonth => t_string!(i18n, rejection.mid_month).to_string(),
        Rejection::BelowZero => t_string!(i18n, rejection.below_zero).to_string(),
        Rejection::Locked => t_string!(i18n, rejection.locked).to_string(),
        Rejection::BlankPromise => t_string!(i18n, rejection.blank_promise).to_string(),
        Rejection::NothingToReach => t_string!(i18n, rejection.nothing_to_reach).to_string(),
        Rejection::DueBeforeMade => t_string!(i18n, rejection.due_before_made).to_string(),
        Rejection::HandedOverTwice => t_string!(i18n, rejection.handed_over_twice).to_string(),
        Rejection::PersonTwice => t_string!(i18n, rejection.person_twice).to_string(),
        Rejection::BlankProblem => t_string!(i18n, rejection.blank_problem).to_string(),
        Rejection::MeasureTwice => t_string!(i18n, rejection.measure_twice).to_string(),
        Rejection::MeasureTarget => t_string!(i18n, rejection.measure_target).to_string(),
        Rejection::Weights { sum } => {
            t_string!(i18n, rejection.weights, sum = format.count(usize::try_from(*sum).unwrap_or(usize::MAX)))
                .to_string()
        }
        Rejection::StepsNotRising => t_string!(i18n, rejection.steps_not_rising).to_string(),
        Rejection::NoUnits => t_string!(i18n, rejection.no_units).to_string(),
        Rejection::InTheWay(obstacles) => {
            obstacles.iter().map(|one| trash::obstacle(i18n, one, None)).collect::<Vec<_>>().join(" ")
        }
        Rejection::ReadOnly => t_string!(i18n, rejection.read_only).to_string(),
    }
}
