//! The workload: one object with the names of stages, departments and sources, and the opportunities with their entries.

use std::fmt;

use loudou::metrics::ledger::{Ground, Ledger, Line, Outcome, Whose};
use rustc_hash::FxHashMap;
use serde::{
    Deserialize,
    de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

/// The ledger of a file, in milliseconds, and the numbers of its names.
#[derive(Debug, Default)]
pub struct Deals {
    /// The flows.
    pub ledger: Ledger,
    /// The sellers, `rep-01` the first.
    pub owners: Names,
    /// The departments.
    pub departments: Names,
    /// The sources.
    pub sources: Names,
}

/// How many sellers there are.
const OWNERS: u16 = 50;

/// Reads the file; `months` are the first moments of its months and the end of the last.
///
/// # Errors
/// When it is no such file; the message names the line.
pub fn read(text: &str, months: Vec<i64>) -> Result<Deals, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let deals = reader.deserialize_map(Whole { months })?;
    reader.end()?;
    Ok(deals)
}

struct Whole {
    months: Vec<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Key {
    Stages,
    Probability,
    Departments,
    Sources,
    Opportunities,
    #[serde(other)]
    Other,
}

/// Names with their numbers.
#[derive(Debug, Default)]
pub struct Names(FxHashMap<String, u16>);

impl Names {
    /// Names in the order of their numbers.
    fn of(names: impl IntoIterator<Item = String>) -> Self {
        Self(names.into_iter().zip(0..).collect())
    }

    /// The number of a name.
    pub fn number(&self, name: &str) -> Option<u16> {
        self.0.get(name).copied()
    }
}

impl<'de> Visitor<'de> for Whole {
    type Value = Deals;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("an object with stages and opportunities")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Deals, A::Error> {
        let (mut stages, mut weights) = (Vec::<&str>::new(), Vec::new());
        let mut deals =
            Deals { owners: Names::of((1..=OWNERS).map(|number| format!("rep-{number:02}"))), ..Deals::default() };
        while let Some(key) = map.next_key()? {
            match key {
                Key::Stages => stages = map.next_value()?,
                Key::Probability => weights = map.next_value()?,
                Key::Departments => deals.departments = Names::of(map.next_value::<Vec<String>>()?),
                Key::Sources => deals.sources = Names::of(map.next_value::<Vec<String>>()?),
                Key::Opportunities => {
                    let departments = u16::try_from(deals.departments.0.len()).map_err(A::Error::custom)?;
                    let ground =
                        Ground { months: self.months.clone(), weights: weights.clone(), owners: OWNERS, departments };
                    deals.ledger = Ledger::new(ground).ok_or_else(|| A::Error::custom("too many stages and months"))?;
                    map.next_value_seed(Opportunities { deals: &mut deals, stages: &stages })?;
                }
                Key::Other => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(deals)
    }
}

struct Opportunities<'a> {
    deals: &'a mut Deals,
    stages: &'a [&'a str],
}

impl<'de> DeserializeSeed<'de> for Opportunities<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Opportunities<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a list of opportunities")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut entries = Vec::new();
        loop {
            entries.clear();
            let next = Opportunity { deals: self.deals, stages: self.stages, entries: &mut entries };
            if list.next_element_seed(next)?.is_none() {
                return Ok(());
            }
        }
    }
}

/// An opportunity, which goes into the ledger as it is read: nothing of it is moved about.
struct Opportunity<'a> {
    deals: &'a mut Deals,
    stages: &'a [&'a str],
    entries: &'a mut Vec<(u8, i64)>,
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Field {
    Owner,
    Department,
    Source,
    Amount,
    Events,
    Outcome,
    Closed,
    #[serde(other)]
    Other,
}

impl<'de> DeserializeSeed<'de> for Opportunity<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Opportunity<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("an opportunity")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { deals: Deals { ledger, owners, departments, sources }, stages, entries } = self;
        let number = |names: &Names, name: &str| names.number(name).ok_or_else(|| unknown(name));
        let (mut owner, mut department, mut source, mut amount) = (None, None, None, None);
        let (mut outcome, mut closed) = (None, None);
        while let Some(key) = map.next_key()? {
            match key {
                Field::Owner => owner = Some(number(owners, map.next_value()?)?),
                Field::Department => department = Some(number(departments, map.next_value()?)?),
                Field::Source => source = Some(number(sources, map.next_value()?)?),
                Field::Amount => amount = Some(map.next_value()?),
                Field::Events => map.next_value_seed(Entries { stages, entries })?,
                Field::Outcome => {
                    outcome = Some(match map.next_value()? {
                        "won" => Outcome::Won,
                        "lost" => Outcome::Lost,
                        _ => Outcome::Open,
                    });
                }
                Field::Closed => closed = map.next_value()?,
                Field::Other => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        let whose = Whose {
            owner: owner.ok_or_else(|| A::Error::missing_field("owner"))?,
            department: department.ok_or_else(|| A::Error::missing_field("department"))?,
            source: source.ok_or_else(|| A::Error::missing_field("source"))?,
        };
        let amount = amount.ok_or_else(|| A::Error::missing_field("amount"))?;
        let outcome = outcome.ok_or_else(|| A::Error::missing_field("outcome"))?;
        ledger.push(whose, Line { amount, outcome, closed: closed.unwrap_or_default() }, entries);
        Ok(())
    }
}

/// The entries of an opportunity, written into a list that is used again for the next one.
struct Entries<'a> {
    stages: &'a [&'a str],
    entries: &'a mut Vec<(u8, i64)>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    stage: &'a str,
    at: i64,
}

impl<'de> DeserializeSeed<'de> for Entries<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Entries<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a list of entries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(Entry { stage, at }) = list.next_element()? {
            let place = self.stages.iter().position(|known| *known == stage);
            let place = place.and_then(|place| u8::try_from(place).ok()).ok_or_else(|| unknown(stage))?;
            self.entries.push((place, at));
        }
        Ok(())
    }
}

fn unknown<E: Error>(what: &str) -> E {
    E::custom(format_args!("unknown {what}"))
}
