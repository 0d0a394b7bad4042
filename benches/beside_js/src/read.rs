//! The workload: one object with the names of stages, departments and sources, and the opportunities with their entries.

use std::fmt;

use loudou::metrics::ledger::{Ground, Ledger, Line, Outcome, Whose};
use rustc_hash::FxHashMap;
use serde::{
    Deserialize,
    de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor},
};
use smallvec::SmallVec;

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
                Key::Other => drop(map.next_value::<serde::de::IgnoredAny>()?),
            }
        }
        Ok(deals)
    }
}

struct Opportunities<'a> {
    deals: &'a mut Deals,
    stages: &'a [&'a str],
}

/// An opportunity. What is not counted is not named here.
#[derive(Deserialize)]
struct Opportunity<'a> {
    owner: &'a str,
    department: &'a str,
    source: &'a str,
    amount: i64,
    #[serde(borrow)]
    events: SmallVec<[Entry<'a>; 8]>,
    outcome: &'a str,
    closed: Option<i64>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    stage: &'a str,
    at: i64,
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
        let Deals { ledger, owners, departments, sources } = self.deals;
        let unknown = |what: &str| A::Error::custom(format_args!("unknown {what}"));
        let mut entries = Vec::new();
        while let Some(Opportunity { owner, department, source, amount, events, outcome, closed }) =
            list.next_element()?
        {
            entries.clear();
            for Entry { stage, at } in events {
                let place = self.stages.iter().position(|known| *known == stage);
                entries.push((place.and_then(|place| u8::try_from(place).ok()).ok_or_else(|| unknown(stage))?, at));
            }
            let outcome = match outcome {
                "won" => Outcome::Won,
                "lost" => Outcome::Lost,
                _ => Outcome::Open,
            };
            let number = |names: &Names, name: &str| names.number(name).ok_or_else(|| unknown(name));
            let whose = Whose {
                owner: number(owners, owner)?,
                department: number(departments, department)?,
                source: number(sources, source)?,
            };
            ledger.push(whose, Line { amount, outcome, closed: closed.unwrap_or_default() }, &entries);
        }
        Ok(())
    }
}
