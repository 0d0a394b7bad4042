//! Target profiles (客户画像): what kind of customer one wants, as criteria with weights.

use super::{Customer, Level, Share, TargetId};

/// A property of a customer that a target profile asks about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attribute {
    /// Industry.
    Industry,
    /// Size.
    Size,
    /// Territory or region.
    Territory,
    /// How it reached us.
    Source,
    /// Standing in its industry.
    Standing,
    /// Management software now in use.
    Software,
    /// What it needs.
    Needs,
    /// Any of its labels.
    Tag,
    /// What it can afford.
    BuyingPower,
    /// How much it wants to buy.
    Intent,
    /// How well its need matches what we sell.
    Fit,
    /// How much attention it gets.
    Priority,
    /// A field of the user's own.
    Custom {
        /// The field's name.
        field: String,
    },
}

/// What a target profile wants of a property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// One of these texts, whatever the case.
    AnyOf {
        /// The texts.
        words: Vec<String>,
    },
    /// Any of these texts inside a longer one, whatever the case.
    Contains {
        /// The texts.
        words: Vec<String>,
    },
    /// This level or a higher one.
    AtLeast {
        /// The level.
        level: Level,
    },
    /// A number within these bounds, both included. The first number of a text counts: `200–500` is 200.
    Between {
        /// The lower bound.
        from: Option<u32>,
        /// The upper bound.
        to: Option<u32>,
    },
    /// Anything at all.
    Known {},
}

/// One criterion of a target profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// What is asked about.
    pub attribute: Attribute,
    /// What it should be.
    pub wanted: Wanted,
    /// How much it counts beside the others, at least 1.
    pub weight: u8,
}

/// A target profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Unique within the workspace.
    pub id: TargetId,
    /// Never blank.
    pub name: String,
    /// The criteria.
    pub wishes: Vec<Wish>,
    /// Customers that score at least so much are the segment (筛选).
    pub line: Share,
}

/// The property of a customer, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trait<'a> {
    /// Nobody wrote it down.
    Unknown,
    /// A text.
    Text(&'a str),
    /// Labels.
    Labels(&'a [String]),
    /// A level.
    Level(Level),
}

impl Attribute {
    /// Every attribute but the user's own fields.
    pub const COMMON: [Self; 12] = [
        Self::Industry,
        Self::Size,
        Self::Territory,
        Self::Source,
        Self::Standing,
        Self::Software,
        Self::Needs,
        Self::Tag,
        Self::BuyingPower,
        Self::Intent,
        Self::Fit,
        Self::Priority,
    ];

    /// Whether it is a level and no text.
    pub fn is_level(&self) -> bool {
        matches!(self, Self::BuyingPower | Self::Intent | Self::Fit | Self::Priority)
    }

    /// What a customer shows of it.
    pub fn of<'a>(&self, customer: &'a Customer) -> Trait<'a> {
        let level = |level: Option<Level>| level.map_or(Trait::Unknown, Trait::Level);
        let text = |text: &'a str| if text.trim().is_empty() { Trait::Unknown } else { Trait::Text(text) };
        match self {
            Self::Industry => text(&customer.industry),
            Self::Size => text(&customer.size),
            Self::Territory => text(&customer.territory),
            Self::Source => text(&customer.source),
            Self::Standing => text(&customer.standing),
            Self::Software => text(&customer.software_in_use),
            Self::Needs => text(&customer.needs),
            Self::Tag if customer.tags.is_empty() => Trait::Unknown,
            Self::Tag => Trait::Labels(&customer.tags),
            Self::BuyingPower => level(customer.buying_power),
            Self::Intent => level(customer.intent),
            Self::Fit => level(customer.fit),
            Self::Priority => level(customer.priority),
            Self::Custom { field } => customer.custom.get(field).map_or(Trait::Unknown, |value| text(value)),
        }
    }
}
