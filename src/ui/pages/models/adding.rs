//! More models for the workspace: an empty one, or one from a file.

use leptos::prelude::*;

use crate::{
    codec::{
        content::IdSource,
        document::{DocumentError, Problem},
        model_file,
    },
    i18n::{t, t_string, use_i18n},
    model::{Command, FunnelModel, ModelId, Playbook, Rejection, Share, Stage},
    store::{Store, use_store},
    ui::{
        components::{
            button::Button,
            file_drop::FileDrop,
            tag::Tone,
            toast::{Toasts, use_toasts},
        },
        document::Places,
        file::{FileError, OpenedFile},
        format::{Format, use_format},
        parts::undo::{WayBack, use_way_back},
        route::{Navigation, Route, use_navigation},
        wording::{self, I18n, document as words},
    },
};

/// Adds models to the workspace. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Adding {
    i18n: I18n,
    format: Format,
    store: Store,
    navigation: Navigation,
    toasts: Toasts,
    way_back: WayBack,
}

impl Adding {
    /// Call it in a component body.
    pub(super) fn new() -> Self {
        Self {
            i18n: use_i18n(),
            format: use_format(),
            store: use_store(),
            navigation: use_navigation(),
            toasts: use_toasts(),
            way_back: use_way_back(),
        }
    }

    /// Adds a model, says so with a way back and opens a page of it; or says why not. Tells whether it was added.
    pub(super) fn add(self, model: FunnelModel, page: fn(ModelId) -> Route) -> bool {
        let Self { i18n, format, store, navigation, toasts, way_back } = self;
        let (id, name) = (model.id, model.name.clone());
        match store.dispatch(Command::AddModel(Box::new(model))) {
            Ok(change) => {
                way_back.offer(t_string!(i18n, models.added, name = name).to_string(), change);
                navigation.go(&page(id));
                true
            }
            Err(rejection) => {
                refuse(i18n, format, store, toasts, &rejection);
                false
            }
        }
    }
}

/// Says why a command was refused.
pub(super) fn refuse(i18n: I18n, format: Format, store: Store, toasts: Toasts, rejection: &Rejection) {
    toasts.say(store.peek(|workspace| wording::rejection(i18n, format, workspace, rejection)), Tone::Bad);
}

/// A model to begin with: one stage of the usual figures.
fn empty(i18n: I18n, ids: &mut IdSource) -> FunnelModel {
    let stage = Stage {
        id: ids.fresh(),
        name: t_string!(i18n, models.first_stage).to_owned(),
        zone: None,
        probability: Share::percent(10),
        promotion_rate: Share::percent(50),
        expected_days: 14,
        weight: None,
        criteria: Vec::new(),
        tasks: Vec::new(),
        required_fields: Vec::new(),
        playbook: Playbook::default(),
    };
    FunnelModel {
        id: ids.fresh(),
        name: t_string!(i18n, models.new_name).to_owned(),
        description: String::new(),
        stages: vec![stage],
        after_sale: None,
        segments: Vec::new(),
        revisions: Vec::new(),
        retired: Vec::new(),
    }
}

/// What came of a file that was not taken as it is.
#[derive(Clone, Debug, PartialEq)]
enum Outcome {
    /// The model was added without what these places say.
    Partly(String, Vec<Problem>),
    /// The browser could not read the file.
    Unread(String, FileError),
    /// It holds no model that could be added.
    Refused(String, DocumentError),
}

/// The ways to one more model.
#[component]
pub(super) fn More() -> impl IntoView {
    let (i18n, format, store, adding) = (use_i18n(), use_format(), use_store(), Adding::new());
    let outcome = RwSignal::new(None::<Outcome>);
    let begin = move |_| {
        let model = empty(i18n, &mut IdSource::new(store.fresh()));
        adding.add(model, |id| Route::ModelEditor(id.to_string()));
    };
    let take = move |file: Result<OpenedFile, FileError>| match file {
        Err(error) => {
            let (FileError::TooLarge { name, .. } | FileError::Unreadable { name } | FileError::NotDownloaded { name }) =
                &error;
            Some(Outcome::Unread(name.clone(), error))
        }
        Ok(file) => match model_file::decode(&file.bytes, &mut IdSource::new(store.fresh())) {
            // What was left out is said here, so the page stays.
            Ok((model, problems)) if !problems.is_empty() => {
                let name = model.name.clone();
                adding.add(model, |_| Route::Models).then_some(Outcome::Partly(name, problems))
            }
            Ok((model, _)) => {
                adding.add(model, |id| Route::Model(id.to_string()));
                None
            }
            Err(error) => Some(Outcome::Refused(file.name, error)),
        },
    };
    let on_opened = move |files: Vec<_>| outcome.set(files.into_iter().filter_map(take).next_back());
    let said = move |outcome: Outcome| {
        let (tone, heading, why, places) = match outcome {
            Outcome::Partly(name, problems) => {
                (Tone::Warn, t_string!(i18n, models.imported_but, name = name).to_string(), String::new(), problems)
            }
            Outcome::Unread(name, error) => {
                let why = words::file_error(i18n, format, &error);
                (Tone::Bad, t_string!(i18n, models.import_failed, name = name).to_string(), why, Vec::new())
            }
            Outcome::Refused(name, error) => {
                let why = match &error {
                    DocumentError::NotLoudou => t_string!(i18n, models.not_a_model).to_owned(),
                    error => words::document_error(i18n, format, error),
                };
                let places = if let DocumentError::Problems(problems) = error { problems } else { Vec::new() };
                (Tone::Bad, t_string!(i18n, models.import_failed, name = name).to_string(), why, places)
            }
        };
        view! {
            <div class="card notice" data-tone=tone.as_str() role="alert" data-testid="model-import-outcome">
                <h3>{heading}</h3>
                <p>{why}</p>
                <Places problems=places/>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="card stack" aria-labelledby="import-model">
            <div class="row">
                <Button icon=icondata_lu::LuPlus on_click=begin attr:data-testid="new-model">{t!(i18n, models.new_empty)}</Button>
            </div>
            <h2 id="import-model">{t!(i18n, models.import)}</h2>
            <p class="muted small">{t!(i18n, models.import_what)}</p>
            <FileDrop
                accept=".json"
                testid="import-model"
                on_opened
            />
            {move || outcome.get().map(said)}
        </section>
    }
    .into_any()
}
