//! Target profiles in words.

use crate::{
    i18n::t_string,
    metrics::Answer,
    model::{Attribute, Customer, Trait, Wanted, Wish},
    ui::{
        components::tag::Tone,
        format::UNKNOWN,
        wording::{self, I18n},
    },
};

/// A property of a customer.
pub fn attribute(i18n: I18n, value: &Attribute) -> String {
    match value {
        Attribute::Industry => t_string!(i18n, targets.attribute.industry),
        Attribute::Size => t_string!(i18n, targets.attribute.size),
        Attribute::Territory => t_string!(i18n, targets.attribute.territory),
        Attribute::Source => t_string!(i18n, targets.attribute.source),
        Attribute::Standing => t_string!(i18n, targets.attribute.standing),
        Attribute::Software => t_string!(i18n, targets.attribute.software),
        Attribute::Needs => t_string!(i18n, targets.attribute.needs),
        Attribute::Tag => t_string!(i18n, targets.attribute.tag),
        Attribute::BuyingPower => t_string!(i18n, targets.attribute.buying_power),
        Attribute::Intent => t_string!(i18n, targets.attribute.intent),
        Attribute::Fit => t_string!(i18n, targets.attribute.fit),
        Attribute::Priority => t_string!(i18n, targets.attribute.priority),
        Attribute::Custom { field } => field,
    }
    .to_owned()
}

/// A criterion as a short sentence: `Size: between 300 and 1000`.
pub fn wish(i18n: I18n, value: &Wish) -> String {
    let list = |words: &[String]| words.join(t_string!(i18n, deals.joint));
    let bound = |bound: Option<u32>| bound.map(|bound| bound.to_string());
    let wanted = match &value.wanted {
        Wanted::AnyOf { words } => t_string!(i18n, targets.says.any_of, words = list(words)).to_string(),
        Wanted::Contains { words } => t_string!(i18n, targets.says.contains, words = list(words)).to_string(),
        Wanted::AtLeast { level } => {
            t_string!(i18n, targets.says.at_least, level = wording::level(i18n, *level)).to_string()
        }
        Wanted::Between { from, to } => match (bound(*from), bound(*to)) {
            (Some(from), Some(to)) => t_string!(i18n, targets.says.between, from = from, to = to).to_string(),
            (Some(from), None) => t_string!(i18n, targets.says.from, from = from).to_string(),
            (None, Some(to)) => t_string!(i18n, targets.says.to, to = to).to_string(),
            (None, None) => t_string!(i18n, targets.says.number).to_owned(),
        },
        Wanted::Known {} => t_string!(i18n, targets.says.known).to_owned(),
    };
    let attribute = attribute(i18n, &value.attribute);
    t_string!(i18n, targets.says.wish, attribute = attribute, wanted = wanted).to_string()
}

/// What a customer shows of a property; `—` when nobody wrote it down.
pub fn shown(i18n: I18n, attribute: &Attribute, customer: &Customer) -> String {
    match attribute.of(customer) {
        Trait::Unknown => UNKNOWN.to_owned(),
        Trait::Text(text) => text.to_owned(),
        Trait::Labels(labels) => labels.join(t_string!(i18n, deals.joint)),
        Trait::Level(level) => wording::level(i18n, level).to_owned(),
    }
}

/// What a customer says to a criterion.
pub fn answer(i18n: I18n, value: Answer) -> &'static str {
    match value {
        Answer::Yes => t_string!(i18n, targets.answer.yes),
        Answer::No => t_string!(i18n, targets.answer.no),
        Answer::Unknown => t_string!(i18n, targets.answer.unknown),
    }
}

/// The picture of an answer, which says it without its colour.
pub const fn symbol(value: Answer) -> icondata_core::Icon {
    match value {
        Answer::Yes => icondata_lu::LuCheck,
        Answer::No => icondata_lu::LuX,
        Answer::Unknown => icondata_lu::LuCircleHelp,
    }
}

/// The colour of an answer.
pub const fn tone(value: Answer) -> Tone {
    match value {
        Answer::Yes => Tone::Good,
        Answer::No => Tone::Neutral,
        Answer::Unknown => Tone::Warn,
    }
}
