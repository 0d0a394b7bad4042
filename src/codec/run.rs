//! A run of the team simulator as a file: which scenario, which market, and what was decided in every week.
//!
//! ```json
//! {"format": "loudou-run", "version": 1, "scenario": "first-year", "seed": 7, "weeks": 52,
//!  "turns": [{"from": 0, "hours": {"prospecting": 6, "upper": 8, "middle": 12, "lower": 12, "coaching": 2}, "gate": "normal"}]}
//! ```
//!
//! Results are not in it: they are computed from the decisions, so that nobody has a result without having played for it. A turn holds
//! until the next one; what a turn does not name is none.

use serde::{Deserialize, Serialize};

use crate::model::Zone;

/// The word that tells a run from other JSON.
pub const FORMAT: &str = "loudou-run";
/// The version that is written, and the only one that can be read.
pub const VERSION: u32 = 1;
/// How many weeks a year of the simulator has.
pub const WEEKS: u32 = 52;

/// How a seller spends a week, in hours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Hours {
    /// Looking for customers.
    pub prospecting: u8,
    /// With deals of the upper zone.
    pub upper: u8,
    /// With deals of the middle zone.
    pub middle: u8,
    /// With deals of the lower zone.
    pub lower: u8,
    /// Practising with the manager what was learnt.
    pub coaching: u8,
}

impl Hours {
    /// All of them together.
    pub fn sum(self) -> u32 {
        [self.prospecting, self.upper, self.middle, self.lower, self.coaching].into_iter().map(u32::from).sum()
    }

    /// Those with the deals of a zone.
    pub const fn in_zone(self, zone: Zone) -> u8 {
        match zone {
            Zone::Upper => self.upper,
            Zone::Middle => self.middle,
            Zone::Lower => self.lower,
        }
    }
}

/// How much evidence a deal needs to go on to the next stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strictness {
    /// What the seller believes is enough.
    Loose,
    /// Most criteria are looked at.
    #[default]
    Normal,
    /// Nothing goes on without proof.
    Strict,
}

impl Strictness {
    /// All of them, the loosest first.
    pub const ALL: [Self; 3] = [Self::Loose, Self::Normal, Self::Strict];
}

/// What is decided for a week.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Decision {
    /// How each seller spends the week; what exceeds 40 hours is overtime.
    pub hours: Hours,
    /// What each channel of the scenario gets, in units of account; a channel that is not named gets nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub spend: Vec<u32>,
    /// The zone for which a training is bought.
    #[serde(with = "zone", skip_serializing_if = "Option::is_none")]
    pub training: Option<Zone>,
    /// How strict the gates are.
    pub gate: Strictness,
    /// How many sellers are hired.
    #[serde(skip_serializing_if = "is_zero")]
    pub hires: u8,
    /// What is taken off the price of deals that are signed this week, in percent.
    #[serde(skip_serializing_if = "is_zero")]
    pub discount: u8,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
const fn is_zero(number: &u8) -> bool {
    *number == 0
}

/// A decision and the week from which it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// The first week, 0 to 51.
    pub from: u32,
    /// What is decided for it and those that follow.
    #[serde(flatten)]
    pub decision: Decision,
}

/// What somebody decided, week by week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The scenario, by its slug.
    pub scenario: String,
    /// The seed of the market.
    pub seed: u32,
    /// One decision for each week that was played, at most [`WEEKS`].
    pub decisions: Vec<Decision>,
}

/// Why a text is no run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RunFault {
    /// It is no JSON, or other JSON.
    #[error("not a run of the simulator")]
    Foreign,
    /// It was written by a version that this one does not know.
    #[error("a run of another version")]
    Version,
    /// Its turns are not in the order of their weeks, or begin after the first or past the last one.
    #[error("turns out of order")]
    Order,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RunForm {
    format: String,
    version: u32,
    scenario: String,
    seed: u32,
    weeks: u32,
    turns: Vec<Turn>,
}

#[derive(Deserialize)]
struct Head {
    format: String,
    version: u32,
}

/// The file of a run.
///
/// ```
/// use loudou::codec::run::{Decision, Run, decode, encode};
/// let week = Decision { discount: 5, ..Decision::default() };
/// let run = Run { scenario: "first-year".to_owned(), seed: 7, decisions: vec![week; 3] };
/// let file = encode(&run);
/// // Weeks alike are one turn.
/// assert_eq!(file.matches("\"discount\":5").count(), 1);
/// assert_eq!(decode(file.as_bytes()), Ok(run));
/// ```
pub fn encode(run: &Run) -> String {
    let form = RunForm {
        format: FORMAT.to_owned(),
        version: VERSION,
        scenario: run.scenario.clone(),
        seed: run.seed,
        weeks: u32::try_from(run.decisions.len()).unwrap_or(WEEKS),
        turns: turns(&run.decisions),
    };
    serde_json::to_string(&form).unwrap_or_default()
}

/// Reads the file of a run.
///
/// # Errors
/// Why it is none, or none that can be played again.
pub fn decode(bytes: &[u8]) -> Result<Run, RunFault> {
    let head: Head = serde_json::from_slice(bytes).or(Err(RunFault::Foreign))?;
    if head.format != FORMAT {
        return Err(RunFault::Foreign);
    }
    if head.version != VERSION {
        return Err(RunFault::Version);
    }
    let form: RunForm = serde_json::from_slice(bytes).or(Err(RunFault::Foreign))?;
    let in_order = form.turns.windows(2).all(|pair| matches!(pair, [a, b] if a.from < b.from));
    let begins = form.turns.first().is_none_or(|turn| turn.from == 0) && (form.weeks == 0 || !form.turns.is_empty());
    let ends = form.weeks <= WEEKS && form.turns.last().is_none_or(|turn| turn.from < form.weeks);
    if !(in_order && begins && ends) {
        return Err(RunFault::Order);
    }
    Ok(Run { scenario: form.scenario, seed: form.seed, decisions: weekly(&form.turns, form.weeks) })
}

/// Weekly decisions as turns: a turn wherever something changes.
pub fn turns(decisions: &[Decision]) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    for (from, decision) in (0..).zip(decisions) {
        if turns.last().is_none_or(|turn| turn.decision != *decision) {
            turns.push(Turn { from, decision: decision.clone() });
        }
    }
    turns
}

/// Turns as decisions of the first `weeks` weeks; those before the first turn decide nothing.
pub fn weekly(turns: &[Turn], weeks: u32) -> Vec<Decision> {
    let of = |week| turns.iter().rfind(|turn| turn.from <= week).map(|turn| turn.decision.clone()).unwrap_or_default();
    (0..weeks).map(of).collect()
}

/// A zone by its name, where there is one.
mod zone {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use crate::model::Zone;

    const NAMES: [(Zone, &str); 3] = [(Zone::Upper, "upper"), (Zone::Middle, "middle"), (Zone::Lower, "lower")];

    #[expect(clippy::ref_option, reason = "serde asks in this form")]
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "the same; it is told where pointers are small")]
    pub(super) fn serialize<S: Serializer>(zone: &Option<Zone>, out: S) -> Result<S::Ok, S::Error> {
        match NAMES.iter().find(|(known, _)| Some(*known) == *zone) {
            Some((_, name)) => out.serialize_str(name),
            None => out.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(reader: D) -> Result<Option<Zone>, D::Error> {
        let Some(text) = Option::<String>::deserialize(reader)? else { return Ok(None) };
        let known = NAMES.iter().find(|(_, name)| *name == text);
        known.map(|(zone, _)| Some(*zone)).ok_or_else(|| D::Error::custom("no zone"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision() -> Decision {
        Decision {
            hours: Hours { prospecting: 6, upper: 8, middle: 12, lower: 12, coaching: 2 },
            spend: vec![0, 40],
            training: Some(Zone::Middle),
            gate: Strictness::Strict,
            hires: 1,
            discount: 10,
        }
    }

    #[test]
    fn runs_read_back() {
        let once = decision();
        let after = Decision { training: None, hires: 0, ..decision() };
        let decisions = vec![once, after.clone(), after, Decision::default()];
        let run = Run { scenario: "rival".to_owned(), seed: u32::MAX, decisions };
        assert_eq!(decode(encode(&run).as_bytes()), Ok(run.clone()));
        assert_eq!(turns(&run.decisions).len(), 3);
        let empty = Run { decisions: Vec::new(), ..run };
        assert_eq!(decode(encode(&empty).as_bytes()), Ok(empty));
    }

    #[test]
    fn refuses_what_is_no_run() {
        let file = encode(&Run { scenario: "a".to_owned(), seed: 1, decisions: vec![decision()] });
        assert_eq!(decode(b"{}"), Err(RunFault::Foreign));
        assert_eq!(decode(b"\xff"), Err(RunFault::Foreign));
        assert_eq!(decode(file.replace("loudou-run", "loudou").as_bytes()), Err(RunFault::Foreign));
        assert_eq!(decode(file.replace("\"version\":1", "\"version\":2").as_bytes()), Err(RunFault::Version));
        assert_eq!(decode(file.replace("\"from\":0", "\"from\":1").as_bytes()), Err(RunFault::Order));
        assert_eq!(decode(file.replace("\"weeks\":1", "\"weeks\":53").as_bytes()), Err(RunFault::Order));
        assert_eq!(decode(file.replace("middle\",", "nowhere\",").as_bytes()), Err(RunFault::Foreign));
    }
}
