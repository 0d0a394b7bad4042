//! What a customer is found by.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::{
    model::Customer,
    naming::{Company, CompanyWords, normalise},
};

/// A key, as the hash of its text: two texts with the same hash cost one comparison more, and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// The whole name, or a short name.
    Name(u64),
    /// Anything else.
    Part(u64),
}

/// What is known of a customer, ready to compare.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) company: Company,
    /// The short name, when there is one.
    pub(super) short: Option<Company>,
    pub(super) phones: Vec<String>,
    pub(super) hosts: Vec<String>,
    pub(super) address: Option<String>,
}

/// Fewer digits than this are an extension, no phone number.
const PHONE_DIGITS: usize = 7;
/// A number may be written with or without the codes of country and area.
const PHONE_END: usize = 8;
/// A shorter address is that of a town.
const ADDRESS: usize = 6;
/// Names from this length on are found with a letter wrong.
const LONG: usize = 6;
/// Longer names are compared by their beginning.
const LONGEST: usize = 48;

impl Known {
    pub(super) fn new(customer: &Customer, about: &CompanyWords) -> Self {
        let short = (!customer.short_name.trim().is_empty()).then(|| Company::new(&customer.short_name, about));
        let address = normalise(&customer.address);
        let mut phones: Vec<_> = customer.contacts.iter().filter_map(|contact| phone(&contact.phone)).collect();
        let mut hosts: Vec<_> = customer.contacts.iter().filter_map(|contact| host(&contact.email, about)).collect();
        for texts in [&mut phones, &mut hosts] {
            texts.sort_unstable();
            texts.dedup();
        }
        Self {
            company: Company::new(&customer.name, about),
            short,
            phones,
            hosts,
            address: (address.chars().count() >= ADDRESS).then_some(address),
        }
    }
}

/// The last digits of a phone number.
fn phone(text: &str) -> Option<String> {
    let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= PHONE_DIGITS).then(|| digits.iter().skip(digits.len().saturating_sub(PHONE_END)).collect())
}

/// The host of a mailbox that not everybody can have.
fn host(email: &str, about: &CompanyWords) -> Option<String> {
    let host = email.rsplit_once('@')?.1.trim().to_lowercase();
    (host.contains('.') && !about.free_mail.contains(&host)).then_some(host)
}

/// Gives `take` every key of a customer.
pub(super) fn keys(known: &Known, mut take: impl FnMut(Key)) {
    let company = &known.company;
    take(Key::Name(hash("name", &company.core)));
    if let Some(short) = &known.short {
        take(Key::Name(hash("name", &short.core)));
    }
    take(Key::Part(hash("trade", &company.trade)));
    let core: Vec<char> = company.core.chars().take(LONGEST).collect();
    if core.len() >= LONG {
        take(Key::Part(hash("letters", core.as_slice())));
        for gap in 0..core.len() {
            take(Key::Part(hash_without(&core, gap)));
        }
    }
    // Signs of Chinese own words differ only where something else is the same.
    if let [word] = company.words.as_slice()
        && core.len() >= 2 * LONG - 2
        && !company.is_han()
    {
        take(Key::Part(hash("begins", word.chars().take(LONG - 1).collect::<String>().as_str())));
        take(Key::Part(hash("ends", word.chars().rev().take(LONG - 1).collect::<String>().as_str())));
    }
    if company.words.len() > 1 {
        let mut words: Vec<&String> = company.words.iter().collect();
        words.sort_unstable();
        take(Key::Part(hash("words", &words)));
        for gap in 0..company.words.len() {
            let rest: Vec<_> =
                company.words.iter().enumerate().filter(|(at, _)| *at != gap).map(|(_, word)| word).collect();
            take(Key::Part(hash("rest", &(gap, rest))));
        }
    }
    known.phones.iter().for_each(|phone| take(Key::Part(hash("phone", phone))));
    known.hosts.iter().for_each(|host| take(Key::Part(hash("host", host))));
    known.address.iter().for_each(|address| take(Key::Part(hash("address", address))));
}

fn hash<T: Hash + ?Sized>(kind: &str, text: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    kind.hash(&mut hasher);
    text.hash(&mut hasher);
    hasher.finish()
}

/// The hash of a name without one letter, as that of a name that never had it.
fn hash_without(letters: &[char], gap: usize) -> u64 {
    let mut rest = [' '; LONGEST];
    let kept = letters.iter().enumerate().filter(|(at, _)| *at != gap).map(|(_, letter)| *letter);
    let mut length = 0;
    for (place, letter) in rest.iter_mut().zip(kept) {
        *place = letter;
        length += 1;
    }
    hash("letters", rest.get(..length).unwrap_or_default())
}
