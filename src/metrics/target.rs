//! How well customers match a target profile (客户画像, method §3).

use super::screen::Screen;
use crate::model::{Customer, Level, Share, Target};

/// What a customer says to one wish of a target profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is as wished.
    Yes,
    /// It is otherwise.
    No,
    /// Nobody wrote it down; it counts as no until somebody does.
    Unknown,
}

/// How well a customer matches a target profile, wish by wish.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Weight of the wishes that are met ÷ weight of all, 0–1. `None` for a profile without wishes.
    pub score: Option<f64>,
    /// The score if all that is unknown turned out as wished, 0–1.
    pub best: Option<f64>,
    /// The answers, in the order of the wishes.
    pub answers: Vec<Answer>,
}

impl Match {
    /// Whether the customer belongs to the segment: its score is at least `line`.
    ///
    /// A score equal to the line passes, whatever the rounding: 2 of 3 equal wishes pass a line of 66.66 %.
    pub fn passes(&self, line: Share) -> bool {
        self.score.is_some_and(|score| score + 1e-9 >= line.as_f64())
    }

    /// The fit that the score proposes: high from the line on, medium from half of it, else low. Only a proposal: the fit of a
    /// customer is set by a person. `None` while unknown answers could still change it.
    pub fn fit(&self, line: Share) -> Option<Level> {
        let level = |score: f64| {
            if score + 1e-9 >= line.as_f64() {
                Level::High
            } else if score + 1e-9 >= line.as_f64() / 2.0 {
                Level::Medium
            } else {
                Level::Low
            }
        };
        let (now, best) = (level(self.score?), level(self.best?));
        (now == best).then_some(now)
    }
}

/// Scores a customer against a target profile: Σ weight of met wishes ÷ Σ weight.
///
/// # Examples
///
/// Of three wishes with weights 3, 2 and 1, the customer meets the first, misses the last, and the second is unknown:
///
/// ```
/// use loudou::{
///     metrics::{Answer, score},
///     model::{Attribute, Customer, Level, Share, Target, Wanted, Wish},
/// };
///
/// let wish = |attribute, wanted, weight| Wish { attribute, wanted, weight };
/// let target = Target {
///     id: 1.into(),
///     name: "Machine builders".to_owned(),
///     wishes: vec![
///         wish(Attribute::Industry, Wanted::AnyOf { words: vec!["machines".to_owned()] }, 3),
///         wish(Attribute::BuyingPower, Wanted::AtLeast { level: Level::Medium }, 2),
///         wish(Attribute::Size, Wanted::Between { from: Some(200), to: None }, 1),
///     ],
///     line: Share::percent(60),
/// };
/// let customer =
///     Customer { industry: "Machines".to_owned(), size: "120 people".to_owned(), ..Customer::named(1.into(), "A") };
/// let found = score(&target, &customer);
/// assert_eq!(found.answers, [Answer::Yes, Answer::Unknown, Answer::No]);
/// assert_eq!((found.score, found.best), (Some(0.5), Some(5.0 / 6.0)));
/// assert!(!found.passes(target.line));
/// ```
pub fn score(target: &Target, customer: &Customer) -> Match {
    Screen::new(target).score(customer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Attribute, Wanted, Wish};

    fn asked(attribute: Attribute, wanted: Wanted, customer: &Customer) -> Answer {
        let wishes = vec![Wish { attribute, wanted, weight: 1 }];
        let target = Target { id: 1.into(), name: "A".to_owned(), wishes, line: Share::ONE };
        score(&target, customer).answers[0]
    }

    #[test]
    fn every_kind_of_wish() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let customer = Customer {
            industry: "Machine Building".to_owned(),
            size: "about 1,200 people".to_owned(),
            tags: words(&["North", "key"]),
            intent: Some(Level::Medium),
            custom: [("erp".to_owned(), "none".to_owned())].into(),
            ..Customer::named(1.into(), "A")
        };
        let any_of = |list: &[&str]| Wanted::AnyOf { words: words(list) };
        let between = |from, to| Wanted::Between { from, to };
        let custom = |field: &str| Attribute::Custom { field: field.to_owned() };
        for (attribute, wanted, expected) in [
            (Attribute::Industry, any_of(&["machine building"]), Answer::Yes),
            (Attribute::Industry, any_of(&["machine"]), Answer::No),
            (Attribute::Industry, any_of(&[" "]), Answer::No),
            (Attribute::Industry, any_of(&[]), Answer::No),
            (Attribute::Industry, Wanted::Contains { words: words(&["machine"]) }, Answer::Yes),
            (Attribute::Size, between(Some(1_000), Some(2_000)), Answer::Yes),
            (Attribute::Size, between(Some(1_201), None), Answer::No),
            (Attribute::Industry, between(Some(1), None), Answer::Unknown),
            (Attribute::Tag, any_of(&["KEY"]), Answer::Yes),
            (Attribute::Tag, Wanted::Known {}, Answer::Yes),
            (Attribute::Intent, Wanted::AtLeast { level: Level::Medium }, Answer::Yes),
            (Attribute::Intent, Wanted::AtLeast { level: Level::High }, Answer::No),
            (Attribute::Fit, Wanted::AtLeast { level: Level::Low }, Answer::Unknown),
            (Attribute::Intent, any_of(&["medium"]), Answer::No),
            (custom("erp"), any_of(&["none"]), Answer::Yes),
            (custom("crm"), Wanted::Known {}, Answer::Unknown),
        ] {
            assert_eq!(asked(attribute.clone(), wanted.clone(), &customer), expected, "{attribute:?} {wanted:?}");
        }
    }

    #[test]
    fn fit_is_proposed_only_when_what_is_unknown_cannot_change_it() {
        let found = |score, best| Match { score, best, answers: Vec::new() };
        let line = Share::percent(60);
        assert_eq!(found(Some(0.6), Some(1.0)).fit(line), Some(Level::High));
        assert_eq!(found(Some(0.3), Some(0.59)).fit(line), Some(Level::Medium));
        assert_eq!(found(Some(0.29), Some(0.3)).fit(line), None);
        assert_eq!(found(Some(0.0), Some(0.2)).fit(line), Some(Level::Low));
        assert_eq!(found(None, None).fit(line), None);
    }
}
