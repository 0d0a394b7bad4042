//! The ways into a workspace: the demo company, a funnel model to begin from, a file.
//!
//! Each opens what it makes, keeps it in this browser and leaves the page where it is; the caller goes on to the funnel.

use std::time::Duration;

use gloo_timers::future::sleep;
use leptos::prelude::*;

use crate::{
    codec::{
        content::{self, IdSource, ModelTemplate},
        document::{self, DocumentError},
    },
    i18n::t_string,
    model::{Currency, Date, Patch, Profile, Workspace, WorkspaceId},
    storage::SaveError,
    store::{ShelfError, Store},
    training::demo,
    ui::{file::OpenedFile, settings::Language, wording::I18n},
};

/// Long enough for the page to paint that it is busy.
const BREATH: Duration = Duration::from_millis(30);

/// Why nothing was opened.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum StartError {
    /// The file is no document that opens.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The browser did not keep it.
    #[error(transparent)]
    Shelf(#[from] ShelfError),
}

/// Files that were opened elsewhere and wait for the import page.
#[derive(Debug, Clone, Copy)]
pub struct Incoming(RwSignal<Vec<OpenedFile>>);

impl Incoming {
    /// Starts without files and provides itself as context.
    pub fn provide() -> Self {
        let incoming = Self(RwSignal::default());
        provide_context(incoming);
        incoming
    }

    /// Leaves files for the import page, in place of those left before.
    pub fn leave(self, files: Vec<OpenedFile>) {
        self.0.set(files);
    }

    /// Takes the files that wait.
    pub fn take(self) -> Vec<OpenedFile> {
        self.0.try_update(std::mem::take).unwrap_or_default()
    }
}

/// Makes the demo company as it stands on `today` and opens it.
///
/// # Errors
/// The browser did not keep it.
pub async fn open_demo(store: Store, language: Language, today: Date) -> Result<(), StartError> {
    sleep(BREATH).await;
    // Each visit is a workspace of its own: what one trainee did to it is not what the next one finds.
    let id = WorkspaceId::new(store.fresh());
    let company = demo::company(language.into(), today, demo::SEED);
    Ok(store.create(Workspace { id, ..company })?)
}

/// The funnel models to begin from.
pub fn templates(language: Language) -> Vec<ModelTemplate> {
    content::gallery(language.into())
}

/// The usual sources, lost reasons and currency of a new workspace.
pub fn usual_profile(language: Language, name: &str) -> Profile {
    content::profile(language.into(), name)
}

/// Begins a workspace with one funnel model and opens it.
///
/// # Errors
/// The browser did not keep it.
pub fn begin(
    store: Store,
    template: &ModelTemplate,
    name: &str,
    currency: Currency,
    language: Language,
) -> Result<(), StartError> {
    let model = content::instantiate(template, &mut IdSource::new(store.fresh()));
    let profile = Profile { currency, ..usual_profile(language, name) };
    let patch = Patch { id: model.id, before: None, after: Some(model.into()) };
    let change = crate::model::Change { models: vec![patch], ..Default::default() };
    Ok(store.create(Workspace::new(WorkspaceId::new(store.fresh()), profile).with(&change))?)
}

/// Opens a Loudou document as a workspace of this browser; beside the one it came from, if that is here too.
///
/// # Errors
/// The bytes are no document that opens, or the browser did not keep it.
pub async fn open_document(store: Store, bytes: &[u8]) -> Result<(), StartError> {
    sleep(BREATH).await;
    let workspace = document::decode(bytes)?.workspace;
    match store.create(workspace.clone()) {
        Err(ShelfError::Save(SaveError::Exists)) => {
            Ok(store.create(Workspace { id: WorkspaceId::new(store.fresh()), ..workspace })?)
        }
        outcome => Ok(outcome?),
    }
}

/// Why nothing was opened, in words that say what to do.
pub fn refusal(i18n: I18n, error: &StartError) -> String {
    match error {
        StartError::Document(error) => document_refusal(i18n, error),
        StartError::Shelf(ShelfError::Unsaved) => t_string!(i18n, welcome.error.unsaved).to_owned(),
        StartError::Shelf(ShelfError::Open(_)) => t_string!(i18n, welcome.error.not_opened).to_owned(),
        StartError::Shelf(ShelfError::Save(_)) => t_string!(i18n, welcome.error.not_kept).to_owned(),
    }
}

fn document_refusal(i18n: I18n, error: &DocumentError) -> String {
    match error {
        DocumentError::Empty => t_string!(i18n, welcome.error.empty).to_owned(),
        DocumentError::TooLarge { .. } => t_string!(i18n, welcome.error.too_large).to_owned(),
        DocumentError::NotText { at } => t_string!(i18n, welcome.error.not_text, at = *at).to_string(),
        DocumentError::NotJson { line, column, .. } => {
            t_string!(i18n, welcome.error.not_json, line = *line, column = *column).to_string()
        }
        DocumentError::NotLoudou => t_string!(i18n, welcome.error.not_loudou).to_owned(),
        DocumentError::NewerVersion { found, known } => {
            t_string!(i18n, welcome.error.newer, found = *found, known = *known).to_string()
        }
        DocumentError::Problems(problems) => {
            const NAMED: usize = 3;
            let places: Vec<_> = problems.iter().take(NAMED).map(|problem| problem.path.as_str()).collect();
            t_string!(i18n, welcome.error.problems, count = problems.len(), places = places.join(", ")).to_string()
        }
    }
}

impl From<Language> for content::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::Zh => Self::Chinese,
            Language::En => Self::English,
        }
    }
}
