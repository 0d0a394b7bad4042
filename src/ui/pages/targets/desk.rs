//! The profile that is looked at: as it is stored, and as it is being typed.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    i18n::use_i18n,
    metrics::Screening,
    model::{Command, Target, TargetId},
    store::{Store, use_store},
    ui::{
        format::{Format, use_format},
        parts::{
            editor::Refusal,
            names::{Names, use_names},
        },
        wording::{self, I18n},
    },
};

/// Edits one target profile and scores all customers against it. Copy it freely.
#[derive(Clone, Copy, Debug)]
pub(super) struct Desk {
    pub(super) store: Store,
    pub(super) i18n: I18n,
    pub(super) format: Format,
    pub(super) names: Memo<Names>,
    stored: Memo<Option<Arc<Target>>>,
    typed: RwSignal<Option<Target>>,
    /// The profile with what is being typed.
    pub(super) shown: Memo<Option<Target>>,
    /// All customers against the profile as it is shown.
    pub(super) screening: Memo<Screening>,
}

impl Desk {
    /// A desk for the chosen profile; call it in a component body.
    pub(super) fn new(chosen: Memo<Option<TargetId>>) -> Self {
        let (store, names) = (use_store(), use_names());
        let typed = RwSignal::new(None::<Target>);
        let stored =
            Memo::new(move |_| store.with(|workspace| chosen.get().and_then(|id| workspace.targets.get(id).cloned())));
        let shown = Memo::new(move |_| {
            let stored = stored.get()?;
            typed.get().filter(|typed| typed.id == stored.id).or_else(|| Some((*stored).clone()))
        });
        let screening = Memo::new(move |_| {
            let screen = |target: &Target| names.with(|names| Screening::of(&names.customers, target));
            shown.with(|shown| shown.as_ref().map(screen)).unwrap_or_default()
        });
        Self { store, i18n: use_i18n(), format: use_format(), names, stored, typed, shown, screening }
    }

    /// Reads something of the stored profile, followed.
    pub(super) fn read<T: Default>(self, read: impl FnOnce(&Target) -> T) -> T {
        self.stored.with(|target| target.as_deref().map(read)).unwrap_or_default()
    }

    /// Reads something of the profile with what is being typed, followed.
    pub(super) fn see<T: Default>(self, read: impl FnOnce(&Target) -> T) -> T {
        self.shown.with(|target| target.as_ref().map(read)).unwrap_or_default()
    }

    /// Shows what a change would do before it is made.
    pub(super) fn preview(self, write: impl FnOnce(&mut Target)) {
        let Some(stored) = self.stored.get_untracked() else { return };
        let mut target = Arc::unwrap_or_clone(stored);
        write(&mut target);
        self.typed.set(Some(target));
    }

    /// Makes a change.
    pub(super) fn save(self, write: impl FnOnce(&mut Target)) -> Refusal {
        let before = self.stored.get_untracked()?;
        let mut target = (*before).clone();
        write(&mut target);
        let refused = if target == *before { None } else { self.store.dispatch(Command::PutTarget(target)).err() };
        self.typed.set(None);
        refused.map(|rule| self.store.peek(|workspace| wording::rejection(self.i18n, self.format, workspace, &rule)))
    }

    /// A label that follows the language.
    pub(super) fn label(self, words: fn(I18n) -> &'static str) -> Signal<String> {
        Signal::derive(move || words(self.i18n).to_owned())
    }
}
