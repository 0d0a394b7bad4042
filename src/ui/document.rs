//! Opens a JSON document as a workspace of its own.

use leptos::prelude::*;

use crate::{
    codec::document::{Decoded, DocumentError, Problem, decode},
    i18n::{t, t_string, use_i18n},
    store::{ShelfError, Store, use_store},
    ui::{
        backups::{Backups, use_backups},
        departure::arrived,
        file::{FileError, OpenedFile},
        format::use_format,
        wording::{document as words, storage},
    },
};

/// How many places of a document are listed; the rest is counted.
const LISTED: usize = 50;

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
enum Outcome {
    Opened { workspace: String, is_copy: bool, warnings: Vec<Problem> },
    Failed { file: String, cause: Cause },
}

/// Why a document was not opened; nothing changed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
enum Cause {
    #[error(transparent)]
    File(FileError),
    #[error(transparent)]
    Document(#[from] DocumentError),
    #[error(transparent)]
    Shelf(#[from] ShelfError),
}

/// Opens documents and remembers what came of the latest one. Copy it freely.
#[derive(Clone, Copy, Debug)]
pub struct Opening {
    store: Store,
    backups: Backups,
    outcome: RwSignal<Option<Outcome>>,
}

impl Opening {
    /// Nothing was opened yet. Call it in a component body.
    pub fn new() -> Self {
        Self { store: use_store(), backups: use_backups(), outcome: RwSignal::new(None) }
    }

    /// Whether there is anything to say; followed.
    pub fn said(self) -> bool {
        self.outcome.with(Option::is_some)
    }

    /// Opens a file as a new workspace, or says why not; then nothing changes. Tells whether it was opened.
    pub fn take(self, file: Result<OpenedFile, FileError>) -> bool {
        match file {
            Ok(file) => self.open(file.name, &file.bytes),
            Err(error) => {
                let (FileError::TooLarge { name, .. }
                | FileError::Unreadable { name }
                | FileError::NotDownloaded { name }) = &error;
                self.outcome.set(Some(Outcome::Failed { file: name.clone(), cause: Cause::File(error.clone()) }));
                false
            }
        }
    }

    /// Opens the contents of a file as a new workspace, or says why not; then nothing changes. Tells whether it was opened.
    pub fn open(self, file: String, bytes: &[u8]) -> bool {
        let outcome = self.keep(bytes).unwrap_or_else(|cause| Outcome::Failed { file, cause });
        let opened = matches!(outcome, Outcome::Opened { .. });
        self.outcome.set(Some(outcome));
        opened
    }

    fn keep(self, bytes: &[u8]) -> Result<Outcome, Cause> {
        let Decoded { mut workspace, problems, lineage, .. } = decode(bytes)?;
        let is_copy = self
            .store
            .library()
            .shelves()
            .with_untracked(|shelves| shelves.iter().any(|shelf| shelf.id == workspace.id));
        if is_copy {
            workspace.id = self.store.fresh().0.into();
        }
        let (id, name) = (workspace.id, workspace.profile.name.clone());
        self.store.create(workspace)?;
        arrived(self.store, self.backups, id, &lineage);
        Ok(Outcome::Opened { workspace: name, is_copy, warnings: problems })
    }
}

impl Default for Opening {
    fn default() -> Self {
        Self::new()
    }
}

/// Says what came of the latest document.
#[component]
pub fn Opened(
    /// Who opened it.
    opening: Opening,
) -> impl IntoView {
    view! { <div aria-live="polite">{move || opening.outcome.get().map(said)}</div> }
}

fn said(outcome: Outcome) -> AnyView {
    let (i18n, format) = (use_i18n(), use_format());
    match outcome {
        Outcome::Opened { workspace, is_copy, warnings } => {
            let count = warnings.len();
            let heard = move || t_string!(i18n, data.open.warnings, count = count, n = format.count(count)).to_string();
            view! {
                <section class="card notice" data-tone="good" data-testid="document-opened">
                    <h3>{move || t_string!(i18n, data.open.opened, name = workspace.clone()).to_string()}</h3>
                    {is_copy.then(|| view! { <p>{t!(i18n, data.open.again)}</p> })}
                    {(count > 0).then(|| view! { <p>{heard}</p> })}
                    <Places problems=warnings/>
                </section>
            }
            .into_any()
        }
        Outcome::Failed { file, cause } => {
            let places = match &cause {
                Cause::Document(DocumentError::Problems(problems)) => problems.clone(),
                _ => Vec::new(),
            };
            let why = move || match &cause {
                Cause::File(error) => words::file_error(i18n, format, error),
                Cause::Document(error) => words::document_error(i18n, format, error),
                Cause::Shelf(error) => storage::shelf_error(i18n, error),
            };
            view! {
                <section class="card notice" data-tone="bad" role="alert" data-testid="document-error">
                    <h3>{move || t_string!(i18n, data.open.failed, name = file.clone()).to_string()}</h3>
                    <p>{why}</p>
                    <Places problems=places/>
                    <p class="muted">{t!(i18n, data.open.unchanged)}</p>
                </section>
            }
            .into_any()
        }
    }
}

/// Places of a document and what is wrong there.
#[component]
pub fn Places(
    /// What is wrong, each with its place.
    problems: Vec<Problem>,
) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let rest = problems.len().saturating_sub(LISTED);
    let place = |problem: Problem| {
        let path = problem.path.clone();
        let path = move || if path.is_empty() { t_string!(i18n, data.document.whole).to_owned() } else { path.clone() };
        view! { <li><code>{path}</code>" "{move || words::problem_kind(i18n, format, &problem.kind)}</li> }
    };
    let more = (rest > 0).then(|| {
        view! { <li>{move || t_string!(i18n, data.document.more, count = rest, n = format.count(rest)).to_string()}</li> }
    });
    view! { <ul class="notice__places">{problems.into_iter().take(LISTED).map(place).collect_view()}{more}</ul> }
}
