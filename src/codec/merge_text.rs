//! Texts with places to fill in, one text for each recipient of a campaign.
//!
//! `{customer}` stands for the customer's name. Where nothing is known, the text after a bar stands instead: `{contact|Sir or Madam}`;
//! without one, nothing stands there and [`Filled::missing`] says so. A brace of the text itself is written twice. Places have a
//! name in each language (`content/merge.json`), and either is understood whatever the language of the page; the user's own fields
//! of customers are places under their names, also where such a name is that of another place.

use serde::Deserialize;

use super::content::{Language, place_names};
use crate::model::{
    Contact, Customer, Person,
    message::{Piece, pieces},
};

/// Something that a text can say of its recipient.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The customer's full name.
    Customer,
    /// The customer's short name, or else the full one.
    ShortName,
    /// The contact's name.
    Contact,
    /// The contact's job title.
    JobTitle,
    /// The contact's phone.
    Phone,
    /// The contact's e-mail address.
    Email,
    /// Who looks after the customer.
    Owner,
    /// The customer's industry.
    Industry,
    /// The customer's size.
    Size,
    /// The customer's territory.
    Territory,
    /// The software in use.
    Software,
    /// What the customer needs.
    Needs,
    /// The campaign's name.
    Campaign,
    /// The name of the workspace.
    Company,
    /// The day.
    Today,
    /// A field of the user's own.
    #[serde(skip)]
    Custom(String),
}

/// Why a text is no template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No place has this name.
    #[error("no place is called {0}")]
    UnknownPlace(String),
    /// A place is opened and not closed; this is what stands after the brace, shortened.
    #[error("a brace is not closed before {0}")]
    Unclosed(String),
    /// A closing brace stands alone.
    #[error("a closing brace stands alone")]
    LoneBrace,
}

/// A text with places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Place { place: Place, fallback: Option<String> },
}

/// A text for one recipient.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// The text.
    pub text: String,
    /// Places that are empty in it: nothing is known and nothing else was written for that case.
    pub missing: Vec<Place>,
}

/// Whom a text is for, and what else it may speak of.
#[derive(Clone, Copy, Debug)]
pub struct Recipient<'a> {
    /// The customer.
    pub customer: &'a Customer,
    /// The person there.
    pub contact: Option<&'a Contact>,
    /// Who looks after the customer.
    pub owner: Option<&'a Person>,
    /// The campaign's name.
    pub campaign: &'a str,
    /// The name of the workspace.
    pub company: &'a str,
    /// The day, as the reader writes it.
    pub today: &'a str,
}

impl Place {
    /// The places of every customer with their names in the language, in the order in which they are offered.
    ///
    /// ```
    /// use loudou::codec::{content::Language, merge_text::Place};
    /// assert_eq!(Place::all(Language::English)[0], (Place::Customer, "customer"));
    /// assert_eq!(Place::all(Language::Chinese)[0], (Place::Customer, "客户"));
    /// ```
    pub fn all(language: Language) -> Vec<(Self, &'static str)> {
        place_names().into_iter().map(|(place, name)| (place, name.in_language(language))).collect()
    }

    /// The name of the place in the language.
    pub fn name(&self, language: Language) -> String {
        match self {
            Self::Custom(field) => field.clone(),
            place => {
                let known = Self::all(language).into_iter().find(|(known, _)| known == place);
                known.map_or_else(String::new, |(_, name)| name.to_owned())
            }
        }
    }
}

impl Template {
    /// Reads a text. `fields` are the names of the user's own fields of customers.
    ///
    /// # Errors
    /// Everything that is wrong with it, in order, each once.
    ///
    /// # Examples
    ///
    /// ```
    /// use loudou::codec::merge_text::{Fault, Template};
    /// assert!(Template::parse("Dear {contact|Sir or Madam}, {{really}}", &[]).is_ok());
    /// assert_eq!(Template::parse("{custmer}", &[]), Err(vec![Fault::UnknownPlace("custmer".to_owned())]));
    /// ```
    pub fn parse(text: &str, fields: &[String]) -> Result<Self, Vec<Fault>> {
        let names: Vec<_> = [Language::Chinese, Language::English].into_iter().flat_map(Place::all).collect();
        let place_of = |name: &str| {
            let own = fields.iter().find(|field| field.trim() == name).map(|field| Place::Custom(field.clone()));
            let folded = name.to_lowercase();
            own.or_else(|| names.iter().find(|(_, known)| *known == folded).map(|(place, _)| place.clone()))
        };
        let (mut parts, mut faults, mut plain) = (Vec::new(), Vec::new(), String::new());
        for (_, piece) in pieces(text) {
            match piece {
                Piece::Text(text) => plain.push_str(text),
                Piece::LoneBrace => faults.push(Fault::LoneBrace),
                Piece::Unclosed(rest) => faults.push(Fault::Unclosed(rest.trim().chars().take(12).collect())),
                Piece::Place { name, fallback } => match place_of(name) {
                    Some(place) => {
                        if !plain.is_empty() {
                            parts.push(Part::Text(std::mem::take(&mut plain)));
                        }
                        parts.push(Part::Place { place, fallback: fallback.map(str::to_owned) });
                    }
                    None => faults.push(Fault::UnknownPlace(name.to_owned())),
                },
            }
        }
        if !plain.is_empty() {
            parts.push(Part::Text(plain));
        }
        let mut seen = Vec::new();
        faults.retain(|fault| {
            !seen.contains(fault) && {
                seen.push(fault.clone());
                true
            }
        });
        if faults.is_empty() { Ok(Self(parts)) } else { Err(faults) }
    }

    /// The text for a recipient.
    ///
    /// # Examples
    ///
    /// ```
    /// use loudou::{codec::merge_text::{Recipient, Template}, model::Customer};
    ///
    /// let customer = Customer { industry: "Tooling".to_owned(), ..Customer::named(1.into(), "Harwell Inc.") };
    /// let recipient =
    ///     Recipient { customer: &customer, contact: None, owner: None, campaign: "", company: "", today: "" };
    /// let template = Template::parse("{contact|Hello}, {客户} in {industry}: {needs}", &[]).unwrap();
    /// let filled = template.fill(&recipient);
    /// assert_eq!(filled.text, "Hello, Harwell Inc. in Tooling: ");
    /// assert_eq!(filled.missing.len(), 1);
    /// ```
    pub fn fill(&self, recipient: &Recipient<'_>) -> Filled {
        let mut filled = Filled::default();
        for part in &self.0 {
            match part {
                Part::Text(text) => filled.text.push_str(text),
                Part::Place { place, fallback } => match (recipient.value(place).trim(), fallback) {
                    ("", Some(fallback)) => filled.text.push_str(fallback),
                    ("", None) => filled.missing.push(place.clone()),
                    (value, _) => filled.text.push_str(value),
                },
            }
        }
        filled
    }
}

impl<'a> Recipient<'a> {
    /// What stands in a place; empty while nobody knows.
    pub fn value(&self, place: &Place) -> &'a str {
        let customer = self.customer;
        let of_contact = |read: fn(&Contact) -> &String| self.contact.map_or("", |contact| read(contact).as_str());
        match place {
            Place::Customer => &customer.name,
            Place::ShortName if customer.short_name.trim().is_empty() => &customer.name,
            Place::ShortName => &customer.short_name,
            Place::Contact => of_contact(|contact| &contact.name),
            Place::JobTitle => of_contact(|contact| &contact.job_title),
            Place::Phone => of_contact(|contact| &contact.phone),
            Place::Email => of_contact(|contact| &contact.email),
            Place::Owner => self.owner.map_or("", |owner| owner.name.as_str()),
            Place::Industry => &customer.industry,
            Place::Size => &customer.size,
            Place::Territory => &customer.territory,
            Place::Software => &customer.software_in_use,
            Place::Needs => &customer.needs,
            Place::Campaign => self.campaign,
            Place::Company => self.company,
            Place::Today => self.today,
            Place::Custom(field) => customer.custom.get(field).map_or("", String::as_str),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<Fault> {
        Template::parse(text, &[]).err().unwrap_or_default()
    }

    #[test]
    fn every_place_has_two_names_of_its_own() {
        let mut names: Vec<_> = [Language::Chinese, Language::English].into_iter().flat_map(Place::all).collect();
        assert_eq!(names.len(), 30);
        names.sort_by_key(|(_, name)| *name);
        names.dedup_by_key(|(_, name)| *name);
        assert_eq!(names.len(), 30);
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert_eq!(faults("{a} {b|x} {a}"), ["a", "b"].map(|name| Fault::UnknownPlace(name.to_owned())));
        assert_eq!(faults("} {customer"), [Fault::LoneBrace, Fault::Unclosed("customer".to_owned())]);
        assert_eq!(faults("{customer}}"), [Fault::LoneBrace]);
        assert_eq!(faults("{customer|{short}}"), [Fault::Unclosed("customer|{sh".to_owned()), Fault::LoneBrace]);
        assert_eq!(faults("{}"), [Fault::UnknownPlace(String::new())]);
    }

    #[test]
    fn fields_of_the_users_own_are_places() {
        let mut customer = Customer::named(1.into(), "A");
        customer.custom.insert("ERP".to_owned(), "none".to_owned());
        let recipient =
            Recipient { customer: &customer, contact: None, owner: None, campaign: "", company: "", today: "" };
        let template = Template::parse("{{{ERP}}} {short} { Customer }", &["ERP".to_owned()]).unwrap();
        assert_eq!(template.fill(&recipient), Filled { text: "{none} A A".to_owned(), missing: vec![] });
    }
}
