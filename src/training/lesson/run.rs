//! Going through a lesson: which screen is open, what was answered, how far it is.

use super::task::{Answer, Verdict, judge, solution};
use crate::codec::content::lessons::{Lesson, Screen};

/// What was done on one screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// It was open.
    pub seen: bool,
    /// Answers that were given until the right one, that one included.
    pub tries: u8,
    /// The right answer was given.
    pub right: bool,
    /// The answer was shown instead.
    pub shown: bool,
}

impl Mark {
    /// Hundredths that a task is worth: all on the first try, half on the second, a quarter later, nothing when the answer was shown.
    const fn worth(self) -> u32 {
        match (self.right && !self.shown, self.tries) {
            (false, _) => 0,
            (true, 0 | 1) => 100,
            (true, 2) => 50,
            (true, _) => 25,
        }
    }
}

/// Somebody in a lesson.
///
/// ```
/// use loudou::{
///     codec::content::lessons::lesson,
///     training::lesson::{Run, solution},
/// };
/// let lesson = lesson("matches").unwrap();
/// let mut run = Run::new(lesson);
/// while !run.is_finished() {
///     if let Some(right) = run.screen().and_then(|screen| screen.task.as_ref()).and_then(solution) {
///         run.answer(&right);
///     }
///     run.next();
/// }
/// assert_eq!((run.score(), run.done()), (Some(100), lesson.screens.len()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    lesson: &'static Lesson,
    at: usize,
    marks: Vec<Mark>,
}

impl Run {
    /// Begins a lesson on its first screen.
    pub fn new(lesson: &'static Lesson) -> Self {
        let mut run = Self { lesson, at: 0, marks: vec![Mark::default(); lesson.screens.len()] };
        run.go(0);
        run
    }

    /// Goes on with a lesson as [`Run::code`] wrote it. What does not fit the lesson is begun anew: the lesson may have changed since.
    ///
    /// ```
    /// use loudou::{codec::content::lessons::lesson, training::lesson::Run};
    /// let mut run = Run::new(lesson("funnel").unwrap());
    /// run.next();
    /// assert_eq!(Run::resume(lesson("funnel").unwrap(), &run.code()), run);
    /// assert_eq!(Run::resume(lesson("funnel").unwrap(), "?").at(), 0);
    /// ```
    pub fn resume(lesson: &'static Lesson, code: &str) -> Self {
        let read = || {
            let (at, marks) = code.split_once(':')?;
            Some((at.parse().ok()?, marks.split('.').map(read_mark).collect::<Option<Vec<_>>>()?))
        };
        let Some((at, marks)) = read().filter(|(_, marks)| marks.len() == lesson.screens.len()) else {
            return Self::new(lesson);
        };
        let mut run = Self { lesson, at: 0, marks };
        run.go(at);
        run
    }

    /// What was done so far and the open screen, as a short text for [`Run::resume`].
    pub fn code(&self) -> String {
        let write = |mark: &Mark| {
            let state = match mark {
                Mark { shown: true, .. } => "s",
                Mark { right: true, .. } => "r",
                Mark { seen: true, .. } => "v",
                _ => "n",
            };
            [state.to_owned(), mark.tries.to_string()].concat()
        };
        [self.at.to_string(), self.marks.iter().map(write).collect::<Vec<_>>().join(".")].join(":")
    }

    /// The lesson.
    pub const fn lesson(&self) -> &'static Lesson {
        self.lesson
    }

    /// The place of the open screen.
    pub const fn at(&self) -> usize {
        self.at
    }

    /// The open screen; `None` in a lesson without screens.
    pub fn screen(&self) -> Option<&'static Screen> {
        self.lesson.screens.get(self.at)
    }

    /// What was done on the open screen.
    pub fn mark(&self) -> Mark {
        self.marks.get(self.at).copied().unwrap_or_default()
    }

    /// Opens a screen; beyond the last one it is the last one.
    pub fn go(&mut self, at: usize) {
        self.at = at.min(self.marks.len().saturating_sub(1));
        if let Some(mark) = self.marks.get_mut(self.at) {
            mark.seen = true;
        }
    }

    /// Opens the next screen, if there is one.
    pub fn next(&mut self) {
        self.go(self.at + 1);
    }

    /// Opens the screen before, if there is one.
    pub fn back(&mut self) {
        self.go(self.at.saturating_sub(1));
    }

    /// Gives an answer to the task of the open screen. `None` when there is none, or when it is an answer to something else. Once a
    /// task is right or its answer was shown, further answers are judged but count no more.
    pub fn answer(&mut self, answer: &Answer) -> Option<Verdict> {
        let verdict = judge(self.screen()?.task.as_ref()?, answer)?;
        let mark = self.marks.get_mut(self.at)?;
        if !mark.right && !mark.shown {
            mark.tries = mark.tries.saturating_add(1);
            mark.right = verdict.right;
        }
        Some(verdict)
    }

    /// Shows the answer of the open screen's task, which is then worth nothing, unless it was answered before.
    pub fn give_up(&mut self) -> Option<Answer> {
        let right = solution(self.screen()?.task.as_ref()?)?;
        let mark = self.marks.get_mut(self.at)?;
        mark.shown = !mark.right;
        Some(right)
    }

    /// The first screen that is not done; `None` when all are.
    pub fn first_open(&self) -> Option<usize> {
        (0..self.marks.len()).find(|at| !self.is_done(*at))
    }

    /// How many screens are done: seen, and their task answered or shown.
    pub fn done(&self) -> usize {
        (0..self.marks.len()).filter(|at| self.is_done(*at)).count()
    }

    /// Whether all screens are done.
    pub fn is_finished(&self) -> bool {
        self.first_open().is_none()
    }

    /// How well the tasks went, from 0 to 100; `None` while a screen is not done.
    pub fn score(&self) -> Option<u8> {
        if !self.is_finished() {
            return None;
        }
        let tasks = self.lesson.screens.iter().zip(&self.marks).filter(|(screen, _)| screen.task.is_some());
        let (worth, tasks) = tasks.fold((0_u32, 0_u32), |(worth, tasks), (_, mark)| (worth + mark.worth(), tasks + 1));
        // A lesson without tasks was read, and that is all there is to it.
        u8::try_from(worth.checked_div(tasks).unwrap_or(100)).ok()
    }

    fn is_done(&self, at: usize) -> bool {
        let (Some(screen), Some(mark)) = (self.lesson.screens.get(at), self.marks.get(at)) else { return false };
        mark.seen && (screen.task.is_none() || mark.right || mark.shown)
    }
}

/// What [`Run::code`] wrote of one screen.
fn read_mark(code: &str) -> Option<Mark> {
    let mut letters = code.chars();
    let state = letters.next()?;
    let tries = letters.as_str().parse().ok()?;
    let mark = Mark { tries, ..Mark::default() };
    Some(match state {
        's' => Mark { seen: true, shown: true, ..mark },
        'r' => Mark { seen: true, right: true, ..mark },
        'v' => Mark { seen: true, ..mark },
        'n' => Mark::default(),
        _ => return None,
    })
}
