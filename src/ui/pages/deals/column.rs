//! The columns of the list, and what a deal has in each of them.

use std::borrow::Cow;

use crate::{
    i18n::t_string,
    metrics::{Clock, Clocks, Health, Mark, Yardsticks},
    model::{CustomFieldOf, Date, Deal, Profile, Share, Status, Workspace},
    ui::{
        components::tag::Tone,
        parts::{
            clocks::{self, mark_tone},
            listing::{column::ListField, own::Own, value::Value},
        },
        wording::{self, I18n},
    },
};

/// Whose fields of the user's own are columns and filters.
pub(super) const OWN: &[CustomFieldOf] = &[CustomFieldOf::Deal, CustomFieldOf::Customer];

/// A column, in the order in which they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Customer,
    Stage,
    Status,
    Owner,
    Department,
    Amount,
    Weighted,
    ExpectedClose,
    Probability,
    Fit,
    Source,
    Products,
    Created,
    InStage,
    Idle,
    Overdue,
    Pushes,
    Mark,
    LastEvent,
    NextAction,
    Due,
    Reference,
    Competitors,
    Obstacles,
    Campaign,
    Tags,
    /// A field of the user's own, of the deal or of its customer.
    Own(Own),
}

impl ListField for Field {
    const ALL: &[Self] = &[
        Self::Title,
        Self::Customer,
        Self::Stage,
        Self::Status,
        Self::Owner,
        Self::Department,
        Self::Amount,
        Self::Weighted,
        Self::ExpectedClose,
        Self::Probability,
        Self::Fit,
        Self::Source,
        Self::Products,
        Self::Created,
        Self::InStage,
        Self::Idle,
        Self::Overdue,
        Self::Pushes,
        Self::Mark,
        Self::LastEvent,
        Self::NextAction,
        Self::Due,
        Self::Reference,
        Self::Competitors,
        Self::Obstacles,
        Self::Campaign,
        Self::Tags,
    ];

    const USUAL: &[Self] = &[
        Self::Title,
        Self::Customer,
        Self::Stage,
        Self::Owner,
        Self::Amount,
        Self::ExpectedClose,
        Self::InStage,
        Self::Mark,
        Self::NextAction,
    ];

    fn all(profile: &Profile) -> Vec<Self> {
        Self::ALL.iter().cloned().chain(Own::all(profile, OWN).map(Self::Own)).collect()
    }

    fn code(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Title => "title",
            Self::Customer => "customer",
            Self::Stage => "stage",
            Self::Status => "status",
            Self::Owner => "owner",
            Self::Department => "department",
            Self::Amount => "amount",
            Self::Weighted => "weighted",
            Self::ExpectedClose => "close",
            Self::Probability => "probability",
            Self::Fit => "fit",
            Self::Source => "source",
            Self::Products => "products",
            Self::Created => "created",
            Self::InStage => "days",
            Self::Idle => "idle",
            Self::Overdue => "overdue",
            Self::Pushes => "pushes",
            Self::Mark => "mark",
            Self::LastEvent => "last",
            Self::NextAction => "next",
            Self::Due => "due",
            Self::Reference => "reference",
            Self::Competitors => "competitors",
            Self::Obstacles => "obstacles",
            Self::Campaign => "campaign",
            Self::Tags => "tags",
            Self::Own(own) => return own.code().into(),
        })
    }

    fn heading(&self, i18n: I18n) -> String {
        let words = match self {
            Self::Title => t_string!(i18n, domain.field.title),
            Self::Customer => t_string!(i18n, domain.field.customer),
            Self::Stage => t_string!(i18n, domain.field.stage),
            Self::Status => t_string!(i18n, domain.field.status),
            Self::Owner => t_string!(i18n, domain.field.owner),
            Self::Department => t_string!(i18n, domain.field.department),
            Self::Amount => t_string!(i18n, domain.field.amount),
            Self::Weighted => t_string!(i18n, common.weighted),
            Self::ExpectedClose => t_string!(i18n, domain.field.expected_close),
            Self::Probability => t_string!(i18n, domain.field.probability),
            Self::Fit => t_string!(i18n, domain.field.fit),
            Self::Source => t_string!(i18n, domain.field.source),
            Self::Products => t_string!(i18n, domain.field.products),
            Self::Created => t_string!(i18n, domain.field.created),
            Self::InStage => t_string!(i18n, deals.in_stage),
            Self::Idle => t_string!(i18n, deals.idle),
            Self::Overdue => t_string!(i18n, deals.overdue),
            Self::Pushes => t_string!(i18n, deals.pushes),
            Self::Mark => t_string!(i18n, clocks.mark.title),
            Self::LastEvent => t_string!(i18n, deals.last_event),
            Self::NextAction => t_string!(i18n, domain.field.next_action),
            Self::Due => t_string!(i18n, deals.due),
            Self::Reference => t_string!(i18n, domain.field.reference),
            Self::Competitors => t_string!(i18n, domain.field.competitors),
            Self::Obstacles => t_string!(i18n, domain.field.obstacles),
            Self::Campaign => t_string!(i18n, domain.field.campaign),
            Self::Tags => t_string!(i18n, domain.field.tags),
            Self::Own(own) => return own.heading(i18n, CustomFieldOf::Deal),
        };
        words.to_owned()
    }

    fn width(&self) -> &'static str {
        match self {
            Self::Title => "minmax(12rem, 2fr)",
            Self::Customer | Self::Products => "minmax(9.5rem, 1.5fr)",
            Self::NextAction => "minmax(8rem, 1.5fr)",
            Self::Stage
            | Self::Department
            | Self::Source
            | Self::Reference
            | Self::Competitors
            | Self::Obstacles
            | Self::Campaign
            | Self::Tags => "minmax(8.5rem, 1fr)",
            Self::Own(_) => Own::WIDTH,
            Self::Owner => "minmax(7.5rem, 1fr)",
            Self::Status | Self::Fit | Self::Mark => "minmax(6rem, 0.6fr)",
            Self::Amount | Self::Weighted => "minmax(7rem, 0.8fr)",
            Self::ExpectedClose | Self::Created | Self::LastEvent | Self::Due => "minmax(9.5rem, 0.6fr)",
            Self::Probability | Self::InStage | Self::Idle | Self::Overdue | Self::Pushes => "minmax(6.75rem, 0.4fr)",
        }
    }

    fn numeric(&self) -> bool {
        match self {
            Self::Amount
            | Self::Weighted
            | Self::Probability
            | Self::InStage
            | Self::Idle
            | Self::Overdue
            | Self::Pushes => true,
            Self::Own(own) => own.numeric(),
            _ => false,
        }
    }

    fn editable(&self) -> bool {
        match self {
            Self::Amount | Self::ExpectedClose | Self::Owner | Self::NextAction | Self::Due => true,
            Self::Own(own) => own.field().of == CustomFieldOf::Deal,
            _ => false,
        }
    }
}

impl Field {
    /// Whether [`tone`] may say something of it.
    pub(super) fn is_noticed(&self) -> bool {
        matches!(self, Self::Status | Self::ExpectedClose | Self::Due | Self::Own(_)) || self.is_of_clocks()
    }

    /// Whether it shows a clock of the deal, so that it changes with the yardsticks and not only with the deal.
    pub(super) fn is_of_clocks(&self) -> bool {
        matches!(self, Self::InStage | Self::Idle | Self::Overdue | Self::Pushes | Self::Mark)
    }

    /// The clock that it shows.
    fn clock(&self) -> Option<Clock> {
        match self {
            Self::InStage => Some(Clock::Age),
            Self::Idle => Some(Clock::Idle),
            Self::Overdue => Some(Clock::Overdue),
            Self::Pushes => Some(Clock::Pushes),
            _ => None,
        }
    }

    /// What a deal has in this column.
    pub(super) fn value<'a>(
        &self,
        deal: &'a Deal,
        workspace: &'a Workspace,
        yardsticks: &Yardsticks,
        i18n: I18n,
    ) -> Value<Cow<'a, str>> {
        if let Some(clock) = self.clock() {
            return yardsticks
                .read(deal)
                .and_then(|clocks| counted(&clocks, clock))
                .map_or(Value::Unknown, Value::Number);
        }
        let (standing, details) = (deal.standing(), &deal.details);
        let owner = || workspace.people.get(standing.owner?);
        match self {
            Self::Title => Value::text(&details.title),
            Self::Customer => Value::text(workspace.customer_of(deal).map_or("", |customer| &customer.name)),
            Self::Stage => stage(deal, workspace),
            Self::Status => {
                Value::Ranked(status_rank(&standing.status), wording::status(i18n, &standing.status).into())
            }
            Self::Owner => Value::text(owner().map_or("", |person| &person.name)),
            Self::Department => {
                let department = owner().and_then(|person| workspace.departments.get(person.department?));
                Value::text(department.map_or("", |department| &department.name))
            }
            Self::Amount => standing.amount.map_or(Value::Unknown, |amount| Value::Money(amount.minor())),
            Self::Weighted => weighted(deal, workspace).map_or(Value::Unknown, Value::Money),
            Self::ExpectedClose => Value::day(standing.expected_close),
            Self::Probability => chance(deal, workspace).map_or(Value::Unknown, Value::Share),
            Self::Fit => Value::level(i18n, details.fit),
            Self::Source => Value::text(&details.source),
            Self::Products => {
                let names = details.lines.iter().filter_map(|line| workspace.products.get(line.product));
                let names: Vec<_> = names.map(|product| product.name.as_str()).collect();
                Value::made(names.join(t_string!(i18n, deals.joint)))
            }
            Self::Created => Value::day(deal.history().first().and_then(|event| event.on)),
            Self::Mark => marks(i18n, &yardsticks.read(deal).map(|clocks| clocks.marks()).unwrap_or_default()),
            // Told above.
            Self::InStage | Self::Idle | Self::Overdue | Self::Pushes => Value::Unknown,
            Self::LastEvent => Value::day(deal.last_day()),
            Self::NextAction => Value::text(details.next_action.as_ref().map_or("", |action| &action.what)),
            Self::Due => Value::day(details.next_action.as_ref().and_then(|action| action.due)),
            Self::Reference => Value::text(&details.reference),
            Self::Competitors => Value::made(details.competitors.join(t_string!(i18n, deals.joint))),
            Self::Obstacles => Value::text(&details.obstacles),
            Self::Campaign => {
                let campaign = details.campaign.and_then(|id| workspace.campaigns.get(id));
                Value::text(campaign.map_or("", |campaign| &campaign.name))
            }
            Self::Tags => Value::made(details.tags.join(t_string!(i18n, deals.joint))),
            Self::Own(own) => own.value(own.of_deal(deal, workspace)),
        }
    }
}

/// The chance of winning: won 100 %, lost and sleeping 0, open by the seller's own probability or else the stage's.
/// `None` when the model has since lost the stage.
fn chance(deal: &Deal, workspace: &Workspace) -> Option<Share> {
    let standing = deal.standing();
    match standing.status {
        Status::Won { .. } => Some(Share::ONE),
        Status::Lost { .. } | Status::Dormant { .. } => Some(Share::ZERO),
        Status::Open => workspace.chance_of(standing),
    }
}

/// Amount × chance in minor units, rounded to the nearest one.
pub(super) fn weighted(deal: &Deal, workspace: &Workspace) -> Option<i64> {
    let whole = i128::from(Share::ONE.basis_points());
    let product = i128::from(deal.standing().amount?.minor()) * i128::from(chance(deal, workspace)?.basis_points());
    i64::try_from((product + whole / 2).div_euclid(whole)).ok()
}

fn stage<'a>(deal: &Deal, workspace: &'a Workspace) -> Value<Cow<'a, str>> {
    let place = workspace.models.iter().position(|model| model.id == deal.standing().model);
    match (place, workspace.stage_of(deal)) {
        (Some(place), Some((model, stage))) => {
            let rank = place * 1000 + model.place(stage.id).unwrap_or_default();
            Value::Ranked(rank, stage.name.as_str().into())
        }
        _ => Value::Unknown,
    }
}

const fn status_rank(status: &Status) -> usize {
    match status {
        Status::Open => 0,
        Status::Dormant { .. } => 1,
        Status::Won { .. } => 2,
        Status::Lost { .. } => 3,
    }
}

/// What a clock of a deal has counted; days that are still to come and a close that was never put off count as nothing.
fn counted(clocks: &Clocks, clock: Clock) -> Option<i64> {
    let count = match clock {
        Clock::Age => clocks.age?.days,
        Clock::Idle => clocks.idle?.days,
        Clock::Overdue => clocks.overdue?.days,
        Clock::Pushes => clocks.pushes.times,
    };
    Some(count.into())
}

/// The gravest first, and among equals those with more marks.
fn marks<'a>(i18n: I18n, marks: &[Mark]) -> Value<Cow<'a, str>> {
    let Some(first) = marks.first() else { return Value::Unknown };
    let place = Mark::ALL.iter().position(|mark| mark == first).unwrap_or_default();
    Value::Ranked(place * 10 + (Mark::ALL.len() - marks.len()), wording::clocks::marks(i18n, marks).into())
}

/// What is to be noticed in a cell: a value that does not fit its field; of an open deal, a clock that is not healthy and a date that
/// has passed.
pub(super) fn tone(field: &Field, deal: &Deal, workspace: &Workspace, yardsticks: &Yardsticks) -> Tone {
    let standing = deal.standing();
    if let Field::Own(own) = field {
        return own.tone(own.of_deal(deal, workspace));
    }
    if *field == Field::Status {
        return match standing.status {
            Status::Won { .. } => Tone::Good,
            Status::Lost { .. } => Tone::Bad,
            Status::Open => Tone::Accent,
            Status::Dormant { .. } => Tone::Neutral,
        };
    }
    if field.is_of_clocks() {
        return clocks_tone(field, yardsticks.read(deal).as_ref());
    }
    let passed = |day: Option<Date>| day.is_some_and(|day| day < yardsticks.day());
    let late = standing.is_open()
        && match field {
            Field::ExpectedClose => passed(standing.expected_close),
            Field::Due => passed(deal.details.next_action.as_ref().and_then(|action| action.due)),
            _ => false,
        };
    if late { Tone::Warn } else { Tone::Neutral }
}

fn clocks_tone(field: &Field, clocks: Option<&Clocks>) -> Tone {
    let Some(clocks) = clocks else { return Tone::Neutral };
    let Some(clock) = field.clock() else {
        return clocks.marks().first().map_or(Tone::Neutral, |mark| mark_tone(*mark));
    };
    match clocks.health(clock) {
        None | Some(Health::Healthy) => Tone::Neutral,
        Some(health) => clocks::tone(health),
    }
}
