//! The ways into a workspace: the demo company, a funnel model to begin from, files that wait for the import.
//!
//! Each opens what it makes, keeps it in this browser and leaves the page where it is; the caller goes on to the funnel.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    codec::content::{self, IdSource, ModelTemplate},
    model::{Change, Currency, Date, Patch, Profile, Workspace, WorkspaceId},
    store::{ShelfError, Store, assembled},
    ui::{
        arriving::Files,
        background::{Desk, NoAnswer},
        settings::Language,
        wording::{I18n, import, storage},
    },
    worker::{Request, Response},
};

/// The demo company that everybody sees first.
const DEMO_SEED: u64 = 4;

/// A company that ships.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The demo company.
    Demo,
    /// The company of the case, which tells a story.
    Case,
}

/// Why nothing was opened.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum StartError {
    /// The background worker did not make it.
    #[error(transparent)]
    NoAnswer(#[from] NoAnswer),
    /// The browser did not keep it.
    #[error(transparent)]
    Shelf(#[from] ShelfError),
}

/// Files that were opened elsewhere and wait for the page where they belong.
#[derive(Debug, Clone, Copy)]
pub struct Incoming {
    /// For the import page.
    pub tables: Waiting,
    /// For the data page.
    pub documents: Waiting,
    /// Packs and results, for the trainer's part of the learning page.
    pub papers: Waiting,
}

impl Incoming {
    /// Starts without files and provides itself as context.
    pub fn provide() {
        let none = || Waiting(RwSignal::default());
        provide_context(Self { tables: none(), documents: none(), papers: none() });
    }
}

/// Files that wait for a page.
#[derive(Debug, Clone, Copy)]
pub struct Waiting(RwSignal<Files>);

impl Waiting {
    /// Leaves files, in place of those left before.
    pub fn leave(self, files: Files) {
        self.0.set(files);
    }

    /// Takes the files that wait; follows those that come.
    pub fn take(self) -> Files {
        self.0.track();
        // Taking them is no news to whoever follows.
        self.0.try_update_untracked(std::mem::take).unwrap_or_default()
    }
}

/// A packet that was opened as a file and waits for the page of shared workspaces.
#[derive(Debug, Clone, Copy)]
pub struct Packets(RwSignal<Vec<u8>>);

impl Packets {
    /// Starts without one and provides itself as context.
    pub fn provide() {
        provide_context(Self(RwSignal::default()));
    }

    /// Leaves a packet, in place of the one left before.
    pub fn leave(self, packet: Vec<u8>) {
        self.0.set(packet);
    }

    /// The packet that waits, empty for none; followed. It stays, so that the page finds it again when it is gone back to.
    pub fn waiting(self) -> Vec<u8> {
        self.0.get()
    }
}

/// Has a company that ships made as it stands on `today`, opens it and tells what came of it. Call it as part of a component:
/// the worker ends with that.
pub fn open_demo(
    store: Store,
    shown: Shown,
    language: Language,
    today: Date,
    on_done: impl FnOnce(Result<(), StartError>) + 'static,
) {
    let desk = Desk::new();
    let language = language.into();
    let request = match shown {
        Shown::Demo => Request::Demo { language, today, seed: DEMO_SEED },
        Shown::Case => Request::Case { language, today },
    };
    let on_answer = move |answer: Result<Response, NoAnswer>| {
        desk.stop();
        spawn_local(async move {
            on_done(match answer {
                Ok(Response::Demo { pieces, .. }) => {
                    // Each visit is a workspace of its own: what one trainee did to it is not what the next one finds.
                    let (company, _whole) = assembled(WorkspaceId::new(store.fresh()), &pieces).await;
                    store.bring(company, pieces).await.map_err(StartError::from)
                }
                Ok(_) => Err(NoAnswer::NotStarted.into()),
                Err(error) => Err(error.into()),
            });
        });
    };
    desk.ask(request, |_, _| (), on_answer);
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
    let change = Change { models: vec![patch], ..Default::default() };
    Ok(store.create(Workspace::new(WorkspaceId::new(store.fresh()), profile).with(&change))?)
}

/// Why nothing was opened, in words that say what to do.
pub fn refusal(i18n: I18n, error: &StartError) -> String {
    match error {
        StartError::NoAnswer(error) => import::no_answer(i18n, error).to_owned(),
        StartError::Shelf(error) => storage::shelf_error(i18n, error),
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
