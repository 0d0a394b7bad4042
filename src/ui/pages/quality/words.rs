//! The words of problems, signs and properties.

use crate::{
    i18n::t_string,
    metrics::{Problem, Sign},
    model::merge::{GivesWay, Property, Value},
    ui::wording::{self, I18n},
};

/// What is wrong, as a heading.
pub(super) fn problem(i18n: I18n, problem: Problem) -> &'static str {
    match problem {
        Problem::NoNextAction => t_string!(i18n, quality.problem.no_next_action),
        Problem::ActionOverdue => t_string!(i18n, quality.problem.action_overdue),
        Problem::CloseOverdue => t_string!(i18n, quality.problem.close_overdue),
        Problem::NoClose => t_string!(i18n, quality.problem.no_close),
        Problem::NoAmount => t_string!(i18n, quality.problem.no_amount),
        Problem::NoOwner => t_string!(i18n, quality.problem.no_owner),
        Problem::OwnerLeft => t_string!(i18n, quality.problem.owner_left),
        Problem::NoCustomer => t_string!(i18n, quality.problem.no_customer),
        Problem::Overslept => t_string!(i18n, quality.problem.overslept),
        Problem::UnknownStage => t_string!(i18n, quality.problem.unknown_stage),
        Problem::AmountDiffers => t_string!(i18n, quality.problem.amount_differs),
        Problem::Undated => t_string!(i18n, quality.problem.undated),
        Problem::SeveralSellers => t_string!(i18n, quality.problem.several_sellers),
        Problem::OtherSeller => t_string!(i18n, quality.problem.other_seller),
        Problem::CustomerNoOwner => t_string!(i18n, quality.problem.customer_no_owner),
        Problem::CustomerOwnerLeft => t_string!(i18n, quality.problem.customer_owner_left),
        Problem::NoContact => t_string!(i18n, quality.problem.no_contact),
        Problem::Unreachable => t_string!(i18n, quality.problem.unreachable),
        Problem::BadEmail => t_string!(i18n, quality.problem.bad_email),
    }
}

/// Why it matters and what to do, in a sentence or two.
pub(super) fn why(i18n: I18n, problem: Problem) -> &'static str {
    match problem {
        Problem::NoNextAction => t_string!(i18n, quality.why.no_next_action),
        Problem::ActionOverdue => t_string!(i18n, quality.why.action_overdue),
        Problem::CloseOverdue => t_string!(i18n, quality.why.close_overdue),
        Problem::NoClose => t_string!(i18n, quality.why.no_close),
        Problem::NoAmount => t_string!(i18n, quality.why.no_amount),
        Problem::NoOwner => t_string!(i18n, quality.why.no_owner),
        Problem::OwnerLeft => t_string!(i18n, quality.why.owner_left),
        Problem::NoCustomer => t_string!(i18n, quality.why.no_customer),
        Problem::Overslept => t_string!(i18n, quality.why.overslept),
        Problem::UnknownStage => t_string!(i18n, quality.why.unknown_stage),
        Problem::AmountDiffers => t_string!(i18n, quality.why.amount_differs),
        Problem::Undated => t_string!(i18n, quality.why.undated),
        Problem::SeveralSellers => t_string!(i18n, quality.why.several_sellers),
        Problem::OtherSeller => t_string!(i18n, quality.why.other_seller),
        Problem::CustomerNoOwner => t_string!(i18n, quality.why.customer_no_owner),
        Problem::CustomerOwnerLeft => t_string!(i18n, quality.why.customer_owner_left),
        Problem::NoContact => t_string!(i18n, quality.why.no_contact),
        Problem::Unreachable => t_string!(i18n, quality.why.unreachable),
        Problem::BadEmail => t_string!(i18n, quality.why.bad_email),
    }
}

/// What speaks for two customers being one, in a word or two.
pub(super) fn sign(i18n: I18n, sign: Sign) -> &'static str {
    match sign {
        Sign::SameName => t_string!(i18n, quality.sign.same_name),
        Sign::OtherForm => t_string!(i18n, quality.sign.other_form),
        Sign::OtherPlace => t_string!(i18n, quality.sign.other_place),
        Sign::WordOrder => t_string!(i18n, quality.sign.word_order),
        Sign::MoreWords => t_string!(i18n, quality.sign.more_words),
        Sign::Spelling => t_string!(i18n, quality.sign.spelling),
        Sign::ShortName => t_string!(i18n, quality.sign.short_name),
        Sign::Phone => t_string!(i18n, quality.sign.phone),
        Sign::MailHost => t_string!(i18n, quality.sign.mail_host),
        Sign::Address => t_string!(i18n, quality.sign.address),
    }
}

/// What the notes of a merged customer say about the values that gave way; empty when none did.
pub(super) fn remark(i18n: I18n, name: &str, gives_way: &[GivesWay]) -> String {
    // The heading names the customer already.
    let values = gives_way.iter().filter(|one| one.of != Property::Name).map(|one| {
        let value = match &one.value {
            Value::Text(text) => text.as_str(),
            Value::Level(level) => wording::level(i18n, *level),
        };
        t_string!(i18n, quality.line, field = property(i18n, &one.of), value = value).to_string()
    });
    let values: Vec<_> = values.collect();
    if gives_way.is_empty() {
        return String::new();
    }
    let heading = t_string!(i18n, quality.remark, name = name).to_string();
    std::iter::once(heading).chain(values).collect::<Vec<_>>().join("\n")
}

fn property(i18n: I18n, property: &Property) -> String {
    let of_contact =
        |field: &str, name: &str| t_string!(i18n, quality.of_contact, field = field, name = name).to_string();
    let own = match property {
        Property::Name => t_string!(i18n, quality.property.name),
        Property::ShortName => t_string!(i18n, quality.property.short_name),
        Property::Address => t_string!(i18n, quality.property.address),
        Property::Territory => t_string!(i18n, quality.property.territory),
        Property::Industry => t_string!(i18n, quality.property.industry),
        Property::Size => t_string!(i18n, quality.property.size),
        Property::Standing => t_string!(i18n, quality.property.standing),
        Property::BuyingPower => t_string!(i18n, quality.property.buying_power),
        Property::Source => t_string!(i18n, quality.property.source),
        Property::ReferredBy => t_string!(i18n, quality.property.referred_by),
        Property::SoftwareInUse => t_string!(i18n, quality.property.software),
        Property::Needs => t_string!(i18n, quality.property.needs),
        Property::Intent => t_string!(i18n, quality.property.intent),
        Property::Fit => t_string!(i18n, quality.property.fit),
        Property::Priority => t_string!(i18n, quality.property.priority),
        Property::ReviewOn => t_string!(i18n, quality.property.review_on),
        Property::Owner => t_string!(i18n, quality.property.owner),
        Property::JobTitle(name) => return of_contact(t_string!(i18n, quality.property.job_title), name),
        Property::Phone(name) => return of_contact(t_string!(i18n, quality.property.phone), name),
        Property::Email(name) => return of_contact(t_string!(i18n, quality.property.email), name),
        Property::Role(name) => return of_contact(t_string!(i18n, quality.property.role), name),
        Property::Custom(name) => name,
    };
    own.to_owned()
}
