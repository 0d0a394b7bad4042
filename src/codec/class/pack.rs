//! A pack of tasks, as a trainer makes it.

use crc32fast::Hasher;

use super::Outcome;
use crate::{
    codec::document::writer::Writer,
    model::{PackId, Timestamp, Workspace},
};

/// Seeds of tasks lie below.
const SEEDS: u64 = 1_000_000;

/// What a trainer gives out: tasks for everybody in the class, the same ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Pack {
    /// Its id: a sheet says which pack it answers.
    pub id: PackId,
    /// What it is called.
    pub title: String,
    /// What the trainer says about it.
    pub text: String,
    /// What is to be done, in this order.
    pub tasks: Vec<Task>,
    /// The time for all of it in minutes, from the opening on; `None` for no limit.
    pub minutes: Option<u16>,
    /// What the tasks that have no seed of their own are drawn from.
    pub seed: u32,
    /// Whether people work under code names.
    pub anonymous: bool,
}

/// Something to be done, by its kind and what tells one of the kind from another. A task without a seed takes one from its pack
/// ([`Pack::seed_of`]).
#[derive(Clone, Debug, PartialEq)]
pub enum Task {
    /// A lesson.
    Lesson {
        /// The name that it has among the lessons.
        lesson: String,
    },
    /// A round of the match-stick game.
    Matches {
        /// How hard, from 1.
        level: u8,
        /// Its own seed.
        seed: Option<u32>,
    },
    /// A round of the job fair.
    JobFair {
        /// Its own seed.
        seed: Option<u32>,
    },
    /// A funnel with a hidden illness.
    Drill {
        /// How hard, from 1.
        level: u8,
        /// Its own seed.
        seed: Option<u32>,
    },
    /// Rounds of the forecast contest.
    Contest {
        /// How many.
        rounds: u8,
        /// Its own seed.
        seed: Option<u32>,
    },
    /// A team over four quarters.
    Simulator {
        /// The name that it has among the scenarios.
        scenario: String,
        /// Its own seed.
        seed: Option<u32>,
    },
    /// A company to look at, with a question that is answered in words.
    Look {
        /// What is asked.
        question: String,
        /// Whose data it is about.
        company: Company,
    },
}

impl Task {
    /// Its own seed.
    pub const fn seed(&self) -> Option<u32> {
        match self {
            Self::Matches { seed, .. }
            | Self::JobFair { seed }
            | Self::Drill { seed, .. }
            | Self::Contest { seed, .. }
            | Self::Simulator { seed, .. } => *seed,
            Self::Lesson { .. } | Self::Look { .. } => None,
        }
    }

    /// Whether it ends in a score. An answer in words does not: people read it, and give [marks](super::Mark).
    pub const fn is_scored(&self) -> bool {
        !matches!(self, Self::Look { .. })
    }
}

/// A company that a question is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Company {
    /// One that ships, by its name.
    Shipped(String),
    /// One that came with the pack.
    Own {
        /// Its data.
        workspace: Box<Workspace>,
        /// When these were taken.
        exported: Timestamp,
    },
}

impl Pack {
    /// A pack without tasks.
    pub fn new(id: PackId, title: impl Into<String>, seed: u32) -> Self {
        let (title, text) = (title.into(), String::new());
        Self { id, title, text, tasks: Vec::new(), minutes: None, seed, anonymous: false }
    }

    /// The seed of the task at this place: its own, or one that comes from the pack's and the place, so that two tasks of a kind
    /// differ and everybody in the class has the same. Six digits, for they are called out in a class.
    ///
    /// ```
    /// use loudou::codec::class::{Pack, Task};
    ///
    /// let drill = Task::Drill { level: 1, seed: None };
    /// let tasks = vec![drill.clone(), drill, Task::Drill { level: 1, seed: Some(5) }];
    /// let pack = Pack { tasks, ..Pack::new(7.into(), "Monday", 4) };
    /// assert_ne!(pack.seed_of(0), pack.seed_of(1));
    /// assert_eq!(pack.seed_of(2), 5);
    /// ```
    pub fn seed_of(&self, place: u16) -> u32 {
        let own = self.tasks.get(usize::from(place)).and_then(Task::seed);
        own.unwrap_or_else(|| {
            // The last step of SplitMix64 (Steele, Lea and Flood 2014): neighbours come out far from each other.
            let mixed = (u64::from(self.seed) << 16 | u64::from(place)).wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            u32::try_from(((mixed ^ (mixed >> 31)) >> 32) % SEEDS).unwrap_or_default()
        })
    }

    /// What tells these tasks from others: a checksum of them and their seed. Another title, text or time makes no other edition, for
    /// the results remain comparable.
    pub fn edition(&self) -> u32 {
        let mut out = Writer::dense(0);
        out.list(&self.tasks);
        let mut hasher = Hasher::new();
        hasher.update(&self.seed.to_le_bytes());
        hasher.update(out.finish().as_bytes());
        hasher.finalize()
    }

    /// The score of a result that counts: an answer in words has none by itself, nor has a task that the pack does not have.
    pub fn score(&self, outcome: &Outcome) -> Option<u8> {
        let task = self.tasks.get(usize::from(outcome.task))?;
        outcome.score.filter(|_| task.is_scored())
    }

    /// Whether data of a company came with it.
    pub fn has_company(&self) -> bool {
        self.tasks.iter().any(|task| matches!(task, Task::Look { company: Company::Own { .. }, .. }))
    }
}
