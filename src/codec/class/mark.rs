//! What a trainer gives for an answer in words.

use super::Person;
use crate::model::Timestamp;

/// The points for somebody's answer to one question, or that they were taken back.
///
/// Of two marks for the same answer the one that was given last counts, whoever gave it; of two from the same moment the higher one, so
/// that all boards agree. That is why taking back is kept as well: a board that has not heard of it would bring the points again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Who answered.
    pub person: Person,
    /// The place of the question in its pack.
    pub task: u16,
    /// When it was given or taken back.
    pub given: Timestamp,
    /// 0–100; `None` when it was taken back.
    pub score: Option<u8>,
    /// The [checksum](words_check) of the answer that was read: a mark says nothing of words that came later.
    pub answer: u32,
}

impl Mark {
    /// Whether it counts against another one for the same question of the same person.
    ///
    /// ```
    /// use loudou::codec::class::{Mark, Person};
    ///
    /// let at = |time: &str, score| Mark {
    ///     person: Person::Code(47),
    ///     task: 6,
    ///     given: format!("2026-11-27T{time}:00Z").parse().unwrap(),
    ///     score,
    ///     answer: 1,
    /// };
    /// assert!(at("10:01", None).outdoes(&at("10:00", Some(90))));
    /// assert!(at("10:00", Some(90)).outdoes(&at("10:00", Some(80))));
    /// assert!(!at("10:00", Some(90)).outdoes(&at("10:00", Some(90))));
    /// ```
    pub fn outdoes(&self, other: &Self) -> bool {
        (self.given, self.score, self.answer) > (other.given, other.score, other.answer)
    }
}

/// What tells an answer in words from another.
pub fn words_check(words: &str) -> u32 {
    crc32fast::hash(words.as_bytes())
}
