//! A workspace without names: for those who may see how a team sells and not to whom.
//!
//! Every text is replaced, the same one by the same everywhere of its kind, so that what belongs together still does. What stays: names
//! of funnel models and their stages, the currency, days and moments, histories, levels, numbers of minutes and units, ids, and days in
//! fields of the user's own. What goes altogether: kept views, and what models advise (descriptions, tasks, playbooks). Amounts stay
//! as they are or are all multiplied by the same factor, so that their ratios stay up to the rounding to minor units. Its document says
//! nothing of the exports that it comes from: their ids would lead to files with the names in them.

mod records;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Money, Workspace, WorkspaceId};

/// What a text stands for; its replacement says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Noun {
    /// The company whose workspace it is.
    Company,
    /// A customer.
    Customer,
    /// A person at a customer.
    Contact,
    /// A person of the team.
    Person,
    /// A department.
    Department,
    /// A product.
    Product,
    /// A family of products.
    Series,
    /// A deal.
    Deal,
    /// A campaign.
    Campaign,
    /// A target profile.
    Target,
    /// An industry.
    Industry,
    /// A territory.
    Territory,
    /// A size.
    Size,
    /// A source or channel.
    Source,
    /// A reason.
    Reason,
    /// A label.
    Tag,
    /// A competitor.
    Competitor,
    /// A job title or a role.
    Role,
    /// An address.
    Address,
    /// A promotion criterion, or what stands for the phase after the win.
    Criterion,
    /// A field of the user's own.
    Field,
    /// A choice of such a field.
    Choice,
    /// A reference to another system.
    Reference,
    /// Any other text.
    Text,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A number in a field of the user's own.
    Number,
}

impl Noun {
    /// Those that have a word, in the order of [`Words`].
    const WORDED: [Self; 24] = [
        Self::Company,
        Self::Customer,
        Self::Contact,
        Self::Person,
        Self::Department,
        Self::Product,
        Self::Series,
        Self::Deal,
        Self::Campaign,
        Self::Target,
        Self::Industry,
        Self::Territory,
        Self::Size,
        Self::Source,
        Self::Reason,
        Self::Tag,
        Self::Competitor,
        Self::Role,
        Self::Address,
        Self::Criterion,
        Self::Field,
        Self::Choice,
        Self::Reference,
        Self::Text,
    ];
}

/// The words of the replacements, in the language of whoever reads them, parted by `|`: company, customer, contact, person,
/// department, product, series, deal, campaign, target profile, industry, territory, size, source, reason, label, competitor, role,
/// address, criterion, field, choice, reference, text.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a>(pub &'a str);

/// By how much amounts are multiplied, in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Factor(u32);

impl Factor {
    /// Amounts stay as they are.
    pub const ONE: Self = Self(100);

    /// The factor of so many percent, from 1 to 1,000; `None` for others.
    pub const fn percent(percent: u32) -> Option<Self> {
        if percent >= 1 && percent <= 1_000 { Some(Self(percent)) } else { None }
    }

    /// An amount times the factor, to the nearest minor unit; what would be beyond all bounds stays at the bound.
    fn of(self, amount: Money) -> Money {
        let scaled = i128::from(amount.minor()) * i128::from(self.0);
        let half = if scaled < 0 { -50 } else { 50 };
        let most = i128::from(Money::MAX.minor());
        let minor = ((scaled + half) / 100).clamp(-most, most);
        i64::try_from(minor).ok().and_then(Money::from_minor).unwrap_or(amount)
    }
}

/// The workspace without names. Its id is `id`: it is one of its own.
///
/// No text of the result, but for what stays, is one of the original's: a replacement that happens to be one is passed over.
///
/// ```
/// use loudou::{codec::{anonymise::{Factor, Words, anonymise}, content::Language, document}, model::Date, training::demo};
///
/// let company = demo::company(Language::English, Date::from_ymd_opt(2026, 11, 23).unwrap(), 7);
/// let words = Words("Company|Customer|Contact|Seller");
/// let veiled = anonymise(&company, 7.into(), words, Factor::percent(50).unwrap());
/// assert_eq!(veiled.deals.len(), company.deals.len());
/// assert!(veiled.customers.iter().all(|customer| customer.name.starts_with("Customer ")));
/// let amounts = |of: &loudou::model::Workspace| of.deals.iter().filter_map(|deal| deal.standing().amount).map(|a| a.minor()).sum::<i64>();
/// let rounding = veiled.deals.len() as i64;
/// assert!((amounts(&veiled) * 2 - amounts(&company)).abs() <= rounding);
/// let text = document::encode(&veiled, chrono::DateTime::UNIX_EPOCH);
/// assert_eq!(document::decode(text.as_bytes()).unwrap().problems, []);
/// ```
pub fn anonymise(workspace: &Workspace, id: WorkspaceId, words: Words<'_>, factor: Factor) -> Workspace {
    let mut hearing = Veil { words, factor, originals: BTreeSet::new(), given: None };
    drop(records::veiled(workspace, id, &mut hearing));
    let mut veil = Veil { given: Some(Given::default()), ..hearing };
    records::veiled(workspace, id, &mut veil)
}

/// What was given for what.
#[derive(Debug, Default)]
struct Given {
    names: BTreeMap<(Noun, String), String>,
    numbers: BTreeMap<Noun, u64>,
}

/// Replaces texts; before it gives anything, it hears all of them.
struct Veil<'a> {
    words: Words<'a>,
    factor: Factor,
    originals: BTreeSet<String>,
    given: Option<Given>,
}

impl Veil<'_> {
    /// The replacement of a text; nothing stays nothing.
    fn text(&mut self, noun: Noun, text: &str) -> String {
        if text.trim().is_empty() {
            return String::new();
        }
        let Some(given) = &mut self.given else {
            self.originals.insert(text.to_owned());
            return String::new();
        };
        if let Some(name) = given.names.get(&(noun, text.to_owned())) {
            return name.clone();
        }
        let number = given.numbers.entry(noun).or_default();
        let name = loop {
            *number += 1;
            let name = written(self.words, noun, *number);
            if !self.originals.contains(&name) {
                break name;
            }
        };
        given.names.insert((noun, text.to_owned()), name.clone());
        name
    }

    fn texts(&mut self, noun: Noun, texts: &[String]) -> Vec<String> {
        let texts = texts.iter().map(|text| self.text(noun, text));
        texts.collect()
    }

    fn money(&self, amount: Option<Money>) -> Option<Money> {
        amount.map(|amount| self.factor.of(amount))
    }
}

/// The replacement with this number.
fn written(words: Words<'_>, noun: Noun, number: u64) -> String {
    match noun {
        Noun::Phone => format!("000 {:04} {:04}", number / 10_000, number % 10_000),
        Noun::Email => format!("mail{number}@example.com"),
        Noun::Number => number.to_string(),
        noun => {
            let place = Noun::WORDED.iter().position(|worded| *worded == noun);
            let word = place.and_then(|place| words.0.split('|').nth(place)).map_or("", str::trim);
            [word, &number.to_string()].join(" ").trim().to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_keep_their_ratios_up_to_rounding() {
        let scaled = |percent, minor| Factor::percent(percent).unwrap().of(Money::from_minor(minor).unwrap()).minor();
        assert_eq!(
            [scaled(100, 7), scaled(37, 1_000), scaled(37, -1_000), scaled(50, 1), scaled(50, -1)],
            [7, 370, -370, 1, -1]
        );
        assert_eq!(scaled(1_000, Money::MAX.minor()), Money::MAX.minor());
        assert_eq!((Factor::percent(0), Factor::percent(1_001)), (None, None));
    }

    #[test]
    fn a_replacement_is_no_original() {
        let mut veil = Veil {
            words: Words("Company|Customer"),
            factor: Factor::ONE,
            originals: BTreeSet::from(["Customer 1".to_owned(), "Customer 3".to_owned()]),
            given: Some(Given::default()),
        };
        let told = ["Customer 3", "Acme", "Customer 3", " ", "Acme"].map(|name| veil.text(Noun::Customer, name));
        assert_eq!(told, ["Customer 2", "Customer 4", "Customer 2", "", "Customer 4"]);
        assert_eq!(veil.text(Noun::Phone, "+86 10"), "000 0000 0001");
    }
}
