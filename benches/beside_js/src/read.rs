//! The workload: one object with the names of stages, departments and sources, and the opportunities with their entries.

use jiter::{Jiter, JiterError, NumberInt, Peek};
use loudou::metrics::ledger::{Ground, Ledger, Line, Outcome, Whose};
use rustc_hash::FxHashMap;

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

/// Names with their numbers.
#[derive(Debug, Default)]
pub struct Names(FxHashMap<String, u16>);

/// How many sellers there are.
const OWNERS: u16 = 50;

/// Reads the file; `months` are the first moments of its months and the end of the last.
///
/// # Errors
/// When it is no such file; the message names the place.
pub fn read(text: &[u8], months: Vec<i64>) -> Result<Deals, String> {
    let mut file = File { json: Jiter::new(text), stages: Vec::new(), entries: Vec::new() };
    let read = file.deals(months).and_then(|deals| Ok(file.json.finish().map(|()| deals)?));
    read.map_err(|wrong| match wrong {
        Wrong::Json(error) => error.description(&file.json),
        Wrong::Meaning(what) => format!("{what} at {}", file.json.current_position()),
    })
}

/// Why a file cannot be read.
enum Wrong {
    Json(JiterError),
    Meaning(String),
}

impl From<JiterError> for Wrong {
    fn from(error: JiterError) -> Self {
        Self::Json(error)
    }
}

impl Names {
    /// Names in the order of their numbers.
    fn of(names: impl IntoIterator<Item = String>) -> Self {
        Self(names.into_iter().zip(0..).collect())
    }

    /// The number of a name.
    pub fn number(&self, name: &str) -> Option<u16> {
        self.0.get(name).copied()
    }

    fn known(&self, name: &str) -> Result<u16, Wrong> {
        self.number(name).ok_or_else(|| unknown(name))
    }
}

fn unknown(name: &str) -> Wrong {
    Wrong::Meaning(format!("unknown {name}"))
}

/// The keys of the file, of an opportunity and of an entry. What is not counted is not named here.
#[derive(Clone, Copy)]
enum Key {
    Stages,
    Probability,
    Departments,
    Sources,
    Opportunities,
    Owner,
    Department,
    Source,
    Amount,
    Events,
    Outcome,
    Closed,
    Stage,
    At,
    Other,
}

impl Key {
    fn of(key: &[u8]) -> Self {
        match key {
            b"stage" => Self::Stage,
            b"at" => Self::At,
            b"owner" => Self::Owner,
            b"department" => Self::Department,
            b"source" => Self::Source,
            b"amount" => Self::Amount,
            b"events" => Self::Events,
            b"outcome" => Self::Outcome,
            b"closed" => Self::Closed,
            b"stages" => Self::Stages,
            b"probability" => Self::Probability,
            b"departments" => Self::Departments,
            b"sources" => Self::Sources,
            b"opportunities" => Self::Opportunities,
            _ => Self::Other,
        }
    }
}

/// A file that is being read.
struct File<'a> {
    json: Jiter<'a>,
    stages: Vec<String>,
    /// The entries of the opportunity that is being read.
    entries: Vec<(u8, i64)>,
}

impl File<'_> {
    fn deals(&mut self, months: Vec<i64>) -> Result<Deals, Wrong> {
        let owners = Names::of((1..=OWNERS).map(|number| format!("rep-{number:02}")));
        let (mut deals, mut weights) = (Deals { owners, ..Deals::default() }, Vec::new());
        let mut key = self.json.next_object_bytes()?.map(Key::of);
        while let Some(this) = key {
            match this {
                Key::Stages => self.stages = self.names()?,
                Key::Probability => {
                    let mut next = self.json.next_array()?;
                    while let Some(peek) = next {
                        weights.push(self.int(peek)?);
                        next = self.json.array_step()?;
                    }
                }
                Key::Departments => deals.departments = Names::of(self.names()?),
                Key::Sources => deals.sources = Names::of(self.names()?),
                Key::Opportunities => {
                    let departments = u16::try_from(deals.departments.0.len()).unwrap_or(u16::MAX);
                    let ground =
                        Ground { months: months.clone(), weights: weights.clone(), owners: OWNERS, departments };
                    let ledger = Ledger::new(ground);
                    deals.ledger = ledger.ok_or_else(|| Wrong::Meaning("too many stages and months".to_owned()))?;
                    let mut next = self.json.next_array()?;
                    while next.is_some() {
                        self.opportunity(&mut deals)?;
                        next = self.json.array_step()?;
                    }
                }
                _ => self.json.next_skip()?,
            }
            key = self.json.next_key_bytes()?.map(Key::of);
        }
        Ok(deals)
    }

    fn names(&mut self) -> Result<Vec<String>, Wrong> {
        let mut names = Vec::new();
        let mut next = self.json.next_array()?;
        while next.is_some() {
            names.push(self.json.next_str()?.to_owned());
            next = self.json.array_step()?;
        }
        Ok(names)
    }

    fn int(&mut self, peek: Peek) -> Result<i64, Wrong> {
        match self.json.known_int(peek)? {
            NumberInt::Int(number) => Ok(number),
            #[allow(unreachable_patterns, reason = "there are big numbers when another package asks for them")]
            _ => Err(Wrong::Meaning("a number is too large".to_owned())),
        }
    }

    fn opportunity(&mut self, deals: &mut Deals) -> Result<(), Wrong> {
        let Deals { ledger, owners, departments, sources } = deals;
        let (mut owner, mut department, mut source, mut amount) = (None, None, None, None);
        let (mut outcome, mut closed) = (None, 0);
        self.entries.clear();
        let mut key = self.json.next_object_bytes()?.map(Key::of);
        while let Some(this) = key {
            match this {
                Key::Owner => owner = Some(owners.known(self.json.next_str()?)?),
                Key::Department => department = Some(departments.known(self.json.next_str()?)?),
                Key::Source => source = Some(sources.known(self.json.next_str()?)?),
                Key::Amount => {
                    let peek = self.json.peek()?;
                    amount = Some(self.int(peek)?);
                }
                Key::Events => self.events()?,
                Key::Outcome => {
                    outcome = Some(match self.json.next_str()? {
                        "won" => Outcome::Won,
                        "lost" => Outcome::Lost,
                        _ => Outcome::Open,
                    });
                }
                Key::Closed => match self.json.peek()? {
                    Peek::Null => self.json.known_null()?,
                    peek => closed = self.int(peek)?,
                },
                _ => self.json.next_skip()?,
            }
            key = self.json.next_key_bytes()?.map(Key::of);
        }
        let whose = owner.zip(department).zip(source);
        let whose = whose.map(|((owner, department), source)| Whose { owner, department, source });
        let line = amount.zip(outcome).map(|(amount, outcome)| Line { amount, outcome, closed });
        let missing = || Wrong::Meaning("an opportunity lacks something".to_owned());
        let (whose, line) = whose.zip(line).ok_or_else(missing)?;
        ledger.push(whose, line, &self.entries);
        Ok(())
    }

    fn events(&mut self) -> Result<(), Wrong> {
        let mut next = self.json.next_array()?;
        while next.is_some() {
            let (mut place, mut at) = (None, None);
            let mut key = self.json.next_object_bytes()?.map(Key::of);
            while let Some(this) = key {
                match this {
                    Key::Stage => {
                        let stage = self.json.next_str()?;
                        let known = self.stages.iter().position(|known| known == stage);
                        let known = known.and_then(|place| u8::try_from(place).ok());
                        place = Some(known.ok_or_else(|| unknown(stage))?);
                    }
                    Key::At => {
                        let peek = self.json.peek()?;
                        at = Some(self.int(peek)?);
                    }
                    _ => self.json.next_skip()?,
                }
                key = self.json.next_key_bytes()?.map(Key::of);
            }
            let entry =
                place.zip(at).ok_or_else(|| Wrong::Meaning("an entry without a stage or a moment".to_owned()))?;
            self.entries.push(entry);
            next = self.json.array_step()?;
        }
        Ok(())
    }
}
