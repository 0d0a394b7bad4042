//! Files of the open workspace on their way to the person: named after it and the day, and said to be there.

use leptos::prelude::*;

use crate::{
    codec::{document, event_log},
    i18n::t_string,
    store::{Store, use_store},
    ui::{
        backups::{Backups, use_backups},
        clock::{self, Clock},
        components::{
            tag::Tone,
            toast::{Toasts, use_toasts},
        },
        departure::Departure,
        file,
        format::{Format, use_format},
        settings::{Settings, use_settings},
        wording::{I18n, document as words},
    },
};

/// Hands files out. Copy it freely.
#[derive(Clone, Copy)]
pub struct HandOut {
    i18n: I18n,
    format: Format,
    store: Store,
    toasts: Toasts,
    clock: Clock,
    settings: Settings,
    backups: Backups,
}

impl std::fmt::Debug for HandOut {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("HandOut").finish_non_exhaustive()
    }
}

/// Call it in a component body.
pub fn use_hand_out() -> HandOut {
    HandOut {
        i18n: crate::i18n::use_i18n(),
        format: use_format(),
        store: use_store(),
        toasts: use_toasts(),
        clock: clock::use_clock(),
        settings: use_settings(),
        backups: use_backups(),
    }
}

impl HandOut {
    /// Hands out a file that is named after the workspace, the day and this ending; whether the browser took it.
    pub fn file(self, ending: &str, mime: &str, contents: &[u8]) -> bool {
        let stem = self.store.peek(|workspace| file::stem(&workspace.profile.name));
        let name = [stem.as_str(), "-", &self.clock.today.get_untracked().to_string(), ".", ending].concat();
        self.named(&name, mime, contents)
    }

    /// Hands out a file of this name; whether the browser took it.
    pub fn named(self, name: &str, mime: &str, contents: &[u8]) -> bool {
        let i18n = self.i18n;
        match file::download(name, mime, contents) {
            Ok(()) => {
                self.toasts.say(t_string!(i18n, data.export.done, name = name).to_string(), Tone::Good);
                true
            }
            Err(error) => {
                self.toasts.say(words::file_error(i18n, self.format, &error), Tone::Bad);
                false
            }
        }
    }

    /// Hands out a table, or says that it could not be written.
    pub fn table(self, ending: &str, table: Result<String, csv::Error>) {
        let i18n = self.i18n;
        match table {
            Ok(table) => {
                self.file(ending, "text/csv;charset=utf-8", table.as_bytes());
            }
            Err(_never) => self.toasts.say(t_string!(i18n, data.export.not_written).to_owned(), Tone::Bad),
        }
    }

    /// Hands out the whole workspace as a document, which counts as a copy of it, and as a state that files may come from.
    pub fn document(self) {
        let departure = Departure::begin(self.store, self.backups);
        let lineage = departure.as_ref().map(|departure| departure.lineage().clone()).unwrap_or_default();
        let text = self.store.peek(|workspace| document::encode_from(workspace, clock::now(), &lineage));
        if !self.file("json", "application/json", text.as_bytes()) {
            return;
        }
        if let Some(id) = self.store.library().opened().get_untracked() {
            self.settings.note_copy(id, self.clock.today.get_untracked());
        }
        if let Some(departure) = departure {
            departure.done(self.store, self.backups);
        }
    }

    /// Hands out the histories of all deals as an event log.
    pub fn events(self) {
        self.table("events.csv", self.store.peek(event_log::encode));
    }
}
