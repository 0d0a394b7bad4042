//! Opens a JSON document as a workspace of its own.

use leptos::prelude::*;

use crate::{
    codec::document::{DocumentError, Problem},
    i18n::{t, t_string, use_i18n},
    store::{Shelf, ShelfError, Store, use_store},
    ui::{
        backups::{Backups, use_backups},
        components::progress::Progress,
        departure::arrived,
        file::{FileError, OpenedFile},
        format::use_format,
        reading::{Document, Reader},
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

/// Opens documents, one after the other, and remembers what came of the latest one. Copy it freely.
#[derive(Clone, Copy, Debug)]
pub struct Opening {
    store: Store,
    backups: Backups,
    reader: Reader,
    /// The names of the files that are being opened.
    under_way: RwSignal<Vec<String>>,
    /// Whether the first of them is read and only has to be kept.
    is_read: RwSignal<bool>,
    /// How often the user gave up.
    given_up: StoredValue<usize>,
    outcome: RwSignal<Option<Outcome>>,
}

impl Opening {
    /// Nothing was opened yet. Call it in a component body: what is being read when that goes is given up.
    pub fn new() -> Self {
        Self {
            store: use_store(),
            backups: use_backups(),
            reader: Reader::new(),
            under_way: RwSignal::default(),
            is_read: RwSignal::new(false),
            given_up: StoredValue::new(0),
            outcome: RwSignal::new(None),
        }
    }

    /// Whether there is anything to say; followed.
    pub fn said(self) -> bool {
        self.outcome.with(Option::is_some) || self.under_way.with(|names| !names.is_empty())
    }

    /// Opens a file as a new workspace, or says why not; then nothing changes. Tells whether it was opened.
    pub async fn take(self, file: Result<OpenedFile, FileError>) -> bool {
        match file {
            Ok(file) => self.open(file.name, file.bytes).await,
            Err(error) => {
                let (FileError::TooLarge { name, .. }
                | FileError::Unreadable { name }
                | FileError::NotDownloaded { name }) = &error;
                let failed = Outcome::Failed { file: name.clone(), cause: Cause::File(error.clone()) };
                self.outcome.try_set(Some(failed));
                false
            }
        }
    }

    /// Opens the contents of a file as a new workspace, or says why not; then nothing changes. Tells whether it was opened.
    pub async fn open(self, file: String, bytes: Vec<u8>) -> bool {
        self.outcome.try_set(None);
        self.under_way.try_update(|names| names.push(file.clone()));
        let Some(outcome) = self.keep(bytes).await else { return false };
        self.is_read.try_set(false);
        self.under_way.try_update(|names| {
            if let Some(place) = names.iter().position(|name| *name == file) {
                names.remove(place);
            }
        });
        let outcome = outcome.unwrap_or_else(|cause| Outcome::Failed { file, cause });
        let opened = matches!(outcome, Outcome::Opened { .. });
        self.outcome.try_set(Some(outcome));
        opened
    }

    /// `None` when it was given up meanwhile.
    async fn keep(self, bytes: Vec<u8>) -> Option<Result<Outcome, Cause>> {
        let turn = self.given_up.try_get_value()?;
        let read = self.reader.file(bytes).await;
        if self.given_up.try_get_value()? != turn {
            return None;
        }
        let Document { mut workspace, texts, warnings, lineage, .. } = match read {
            Ok(document) => document,
            Err(error) => return Some(Err(error.into())),
        };
        self.is_read.try_set(true);
        let is_taken = |shelves: &Vec<Shelf>| shelves.iter().any(|shelf| shelf.id == workspace.id);
        let is_copy = self.store.library().shelves().with_untracked(is_taken);
        if is_copy {
            workspace.id = self.store.fresh().0.into();
        }
        let (id, name) = (workspace.id, workspace.profile.name.clone());
        let kept = self.store.bring(workspace, texts).await;
        if kept.is_ok() {
            arrived(self.store, self.backups, id, &lineage);
        }
        Some(kept.map(|()| Outcome::Opened { workspace: name, is_copy, warnings }).map_err(Cause::from))
    }

    /// Gives up what is being read.
    fn give_up(self) {
        self.reader.give_up();
        self.given_up.update_value(|count| *count += 1);
        self.under_way.update(Vec::clear);
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
    let i18n = use_i18n();
    let name = Memo::new(move |_| opening.under_way.with(|names| names.first().cloned()));
    let named = move || name.get().unwrap_or_default();
    let reading = Signal::derive(move || t_string!(i18n, data.opening.reading, name = named()).to_string());
    let keeping = move || t_string!(i18n, data.opening.keeping, name = named()).to_string();
    let nobody_knows = Signal::derive(|| None::<f64>);
    view! {
        <Show when=move || name.with(Option::is_some)>
            <div data-testid="document-opening">
                {move || if opening.is_read.get() {
                    view! { <p class="coming muted" role="status">{keeping}</p> }.into_any()
                } else {
                    view! { <Progress label=reading share=nobody_knows on_cancel=move |()| opening.give_up()/> }.into_any()
                }}
            </div>
        </Show>
        <div aria-live="polite">{move || opening.outcome.get().map(said)}</div>
    }
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
