//! Words for tasks, times and what can be wrong.

use crate::{
    codec::{
        class::code::CodeError,
        content::{Language, lessons::lesson, scenarios::of_slug},
    },
    i18n::t_string,
    training::class::{Refusal, Task},
    ui::{
        format::Format,
        wording::{
            I18n,
            share::{ShareError, share_error},
        },
    },
};

/// What a task is called: its kind and which of the kind.
pub(super) fn task(i18n: I18n, language: Language, task: &Task) -> String {
    let kind = kind(i18n, task);
    let which = match task {
        Task::Lesson { lesson: slug } => {
            lesson(slug).map_or_else(|| slug.clone(), |lesson| lesson.title.in_language(language).to_owned())
        }
        Task::Matches { level, .. } | Task::Drill { level, .. } => {
            let level = *level;
            t_string!(i18n, learn.trainer.level_n, n = level).to_string()
        }
        Task::Contest { rounds, .. } => {
            let rounds = *rounds;
            t_string!(i18n, learn.trainer.rounds_n, n = rounds).to_string()
        }
        Task::Simulator { scenario, .. } => {
            of_slug(scenario).map_or_else(|| scenario.clone(), |known| known.name.in_language(language).to_owned())
        }
        Task::Look { question, .. } => question.clone(),
        Task::JobFair { .. } => return kind.to_owned(),
    };
    [kind, " · ", &which].concat()
}

/// The kind of a task.
pub(super) fn kind(i18n: I18n, task: &Task) -> &'static str {
    match task {
        Task::Lesson { .. } => t_string!(i18n, learn.trainer.kind_lesson),
        Task::Matches { .. } => t_string!(i18n, learn.trainer.kind_matches),
        Task::JobFair { .. } => t_string!(i18n, learn.trainer.kind_job_fair),
        Task::Drill { .. } => t_string!(i18n, learn.trainer.kind_drill),
        Task::Contest { .. } => t_string!(i18n, learn.trainer.kind_contest),
        Task::Simulator { .. } => t_string!(i18n, learn.trainer.kind_simulator),
        Task::Look { .. } => t_string!(i18n, learn.trainer.kind_look),
    }
}

/// Why a code or a file was not taken.
pub(super) fn code_error(i18n: I18n, format: Format, error: &CodeError) -> String {
    match error {
        CodeError::Link(error) => share_error(i18n, format, &ShareError::Link(*error)),
        CodeError::Packet(error) => share_error(i18n, format, &ShareError::Packet(*error)),
        CodeError::Document(error) => share_error(i18n, format, &ShareError::Document(error.clone())),
        CodeError::Locked => t_string!(i18n, learn.trainer.locked).to_owned(),
    }
}

/// Why a sheet does not belong on the board.
pub(super) fn refusal(i18n: I18n, refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::OtherPack { .. } => t_string!(i18n, learn.trainer.refused_pack),
        Refusal::OtherEdition => t_string!(i18n, learn.trainer.refused_edition),
        Refusal::NoSuchTask { .. } => t_string!(i18n, learn.trainer.refused_task),
        Refusal::NoWords { .. } => t_string!(i18n, learn.trainer.refused_words),
        Refusal::Backwards => t_string!(i18n, learn.trainer.refused_backwards),
    }
}

/// A length of time as a clock shows it: `4:05`, `1:04:05`; less than nothing is nothing.
pub(super) fn clock_time(seconds: i64) -> String {
    let seconds = seconds.max(0);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}
