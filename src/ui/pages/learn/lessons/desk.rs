//! What all parts of an open lesson work with.

use leptos::prelude::*;

use crate::{
    codec::content::Text,
    i18n::use_i18n,
    training::lesson::{Answer, Run, Verdict, solution},
    ui::{
        format::{Format, use_format},
        settings::{Settings, use_settings},
        wording::I18n,
    },
};

/// An open lesson. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) i18n: I18n,
    pub(super) format: Format,
    settings: Settings,
    /// Where somebody is in it.
    pub(super) run: RwSignal<Run>,
    /// What was said to the last answer on the open screen.
    pub(super) said: RwSignal<Option<Verdict>>,
    /// The answer that was shown on the open screen.
    pub(super) shown: RwSignal<Option<Answer>>,
}

impl Desk {
    /// A lesson where somebody is in it; call it in a component body.
    pub(super) fn new(run: Run) -> Self {
        Self {
            i18n: use_i18n(),
            format: use_format(),
            settings: use_settings(),
            run: RwSignal::new(run),
            said: RwSignal::new(None),
            shown: RwSignal::new(None),
        }
    }

    /// A text in the language of the page, followed.
    pub(super) fn text(self, text: Text) -> &'static str {
        text.in_language(self.settings.language.get().into())
    }

    /// The same as a signal.
    pub(super) fn words(self, text: Text) -> Signal<String> {
        Signal::derive(move || self.text(text).to_owned())
    }

    /// Opens another screen.
    pub(super) fn turn(self, turn: impl FnOnce(&mut Run)) {
        let before = self.run.with_untracked(Run::at);
        self.run.update(turn);
        if self.run.with_untracked(Run::at) != before {
            self.said.set(None);
            self.shown.set(None);
        }
    }

    /// Gives an answer to the task of the open screen.
    pub(super) fn answer(self, answer: &Answer) {
        self.shown.set(None);
        self.said.set(self.run.try_update(|run| run.answer(answer)).flatten());
    }

    /// Shows the answer of the open screen's task.
    pub(super) fn give_up(self) {
        self.said.set(None);
        self.shown.set(self.run.try_update(Run::give_up).flatten());
    }

    /// What a task begins with: its answer when it was done before, which is then all there is to show.
    pub(super) fn known(self) -> Option<Answer> {
        self.run.with_untracked(|run| {
            let mark = run.mark();
            run.screen().and_then(|screen| screen.task.as_ref()).filter(|_| mark.right || mark.shown).and_then(solution)
        })
    }

    /// Does something with the answer that is shown, now and whenever one is.
    pub(super) fn when_shown(self, mut show: impl FnMut(&Answer) + 'static) {
        if let Some(known) = self.known() {
            show(&known);
        }
        Effect::new(move || {
            self.shown.with(|shown| shown.as_ref().map(&mut show));
        });
    }
}
