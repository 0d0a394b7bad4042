//! What the palette offers, and what comes of choosing it.

use leptos::prelude::*;

use crate::{
    i18n::t_string,
    model::{ActivityKind, Workspace},
    search::{Found, Hit},
    store::Store,
    ui::{
        anywhere::{Anywhere, Deed},
        format::UNKNOWN,
        keys::{PLACES, page_name},
        parts::log_preset::{KINDS, Preset},
        route::{Navigation, Query, Route},
        settings::{Language, Settings, Theme},
        wording::{self, I18n},
    },
};

/// What an entry does.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    Go(Route, Query),
    Open(Deed),
    Log,
    LogKind(ActivityKind),
    Undo,
    Redo,
    Language,
    Theme,
}

/// One entry of the list.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub words: String,
    pub note: String,
    pub step: Step,
}

/// What can be done and where one can go, whatever the data.
pub(super) fn steps(i18n: I18n, store: Store) -> Vec<Entry> {
    let entry = |words: &str, note: &str, step| Entry { words: words.to_owned(), note: note.to_owned(), step };
    let step = |words: &str, step| entry(words, t_string!(i18n, palette.step), step);
    let page =
        |route: Route| entry(page_name(i18n, &route), t_string!(i18n, palette.page), Step::Go(route, Query::default()));
    let mut entries = vec![
        step(t_string!(i18n, palette.begin), Step::Open(Deed::Begin)),
        step(t_string!(i18n, palette.log), Step::Log),
    ];
    entries.extend(PLACES.into_iter().map(|(_, route)| page(route)));
    entries.extend([page(Route::Data), page(Route::Trash), page(Route::Welcome)]);
    if store.can_undo().get_untracked() {
        entries.push(step(t_string!(i18n, saving.undo), Step::Undo));
    }
    if store.can_redo().get_untracked() {
        entries.push(step(t_string!(i18n, saving.redo), Step::Redo));
    }
    entries.extend([
        step(t_string!(i18n, palette.keys_map), Step::Open(Deed::Keys)),
        step(t_string!(i18n, palette.theme), Step::Theme),
        step(t_string!(i18n, palette.language), Step::Language),
    ]);
    entries.extend(KINDS.map(|kind| {
        let name = wording::activity_kind(i18n, kind);
        step(&t_string!(i18n, palette.log_kind, kind = name).to_string(), Step::LogKind(kind))
    }));
    entries
}

/// The entry of a record that was found; `None` once it is gone.
pub(super) fn of_hit(i18n: I18n, workspace: &Workspace, hit: Hit) -> Option<Entry> {
    Some(match hit.found {
        Found::Deal(id) => {
            let deal = workspace.deals.get(id)?;
            let customer = workspace.customer_of(deal).map(|customer| customer.name.as_str());
            let stage = workspace.stage_of(deal).map(|(_, stage)| stage.name.as_str());
            Entry {
                words: deal.details.title.clone(),
                note: [customer, stage].into_iter().flatten().collect::<Vec<_>>().join(" · "),
                step: Step::Go(Route::Deal(id.to_string()), Query::default()),
            }
        }
        Found::Customer(id) => Entry {
            words: workspace.customers.get(id)?.name.clone(),
            note: t_string!(i18n, domain.field.customer).to_owned(),
            step: Step::Go(Route::Customer(id.to_string()), Query::default()),
        },
        Found::Contact(id, contact) => {
            let customer = workspace.customers.get(id)?;
            Entry {
                words: customer.contact(contact)?.name.clone(),
                note: t_string!(i18n, palette.contact, customer = customer.name.clone()).to_string(),
                step: Step::Go(Route::Customer(id.to_string()), Query::default()),
            }
        }
        Found::Person(id) => Entry {
            words: workspace.people.get(id).map_or_else(|| UNKNOWN.to_owned(), |person| person.name.clone()),
            note: t_string!(i18n, palette.person).to_owned(),
            step: Step::Go(Route::Deals, Query::default().with("owner", &id.to_string())),
        },
    })
}

/// Carries out what an entry does.
pub(super) fn carry_out(step: Step, store: Store, anywhere: Anywhere, navigation: Navigation, settings: Settings) {
    anywhere.close();
    match step {
        Step::Go(route, query) => navigation.go_with(&route, &query),
        Step::Open(deed) => anywhere.open(deed),
        Step::Log => anywhere.log(),
        Step::LogKind(kind) => anywhere.open(Deed::Log(Preset { kind, ..anywhere.subject() })),
        Step::Undo => drop(store.undo()),
        Step::Redo => drop(store.redo()),
        Step::Language => settings.language.update(|language| {
            *language = if *language == Language::Zh { Language::En } else { Language::Zh };
        }),
        Step::Theme => {
            settings.theme.set(if is_dark(settings.theme.get_untracked()) { Theme::Light } else { Theme::Dark });
        }
    }
}

/// Whether the page is dark now.
fn is_dark(theme: Theme) -> bool {
    match theme {
        Theme::Dark => true,
        Theme::Light => false,
        Theme::Auto => {
            let media = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
            media.is_some_and(|media| media.matches())
        }
    }
}
