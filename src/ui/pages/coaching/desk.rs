//! What the page works on.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::Days;
use leptos::prelude::*;

use crate::{
    i18n::use_i18n,
    metrics::{
        Week,
        meeting::{Agenda, meeting},
        stall::Yardsticks,
    },
    model::{DealId, DepartmentId, PersonId, Workspace},
    store::{Store, use_store},
    ui::{
        clock::use_clock,
        filters::ids,
        format::{Format, use_format},
        parts::{
            amounts::Amounts,
            mover::Mover,
            names::{Names, use_names},
        },
        route::{Query, use_navigation},
        wording::I18n,
    },
};

/// The key of the meeting's day in the address.
pub(super) const ON: &str = "on";
/// The key of the day of the meeting before.
pub(super) const SINCE: &str = "since";
/// The key of the departments that are shown.
pub(super) const DEPARTMENT: &str = "department";
/// The key of the people who are shown.
pub(super) const PERSON: &str = "person";

/// The agendas of all, by person.
type Agendas = BTreeMap<Option<PersonId>, Agenda>;

/// The meeting. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    /// From the last meeting to this one.
    pub(super) week: Memo<Week>,
    /// Whose agenda is shown: people in the order of their names, what belongs to nobody last.
    pub(super) shown: Memo<Vec<Option<PersonId>>>,
    agendas: Memo<Arc<Agendas>>,
    pub(super) names: Memo<Names>,
    pub(super) amounts: Amounts,
    pub(super) i18n: I18n,
    pub(super) format: Format,
    /// Says what was done and offers to undo; large, and so kept apart.
    pub(super) mover: StoredValue<Mover>,
    pub(super) store: Store,
}

impl Desk {
    /// The meeting of the address; call it in a component body.
    pub(super) fn follow() -> Self {
        let (store, navigation, clock, names) = (use_store(), use_navigation(), use_clock(), use_names());
        let week = Memo::new(move |_| navigation.query.with(|query| week(query, clock.today.get())));
        let agendas = Memo::new(move |_| {
            let week = week.get();
            store.with(|workspace| {
                let yardsticks = Yardsticks::new(workspace, week.until, workspace.profile.stalling);
                Arc::new(meeting(workspace, week, &yardsticks))
            })
        });
        let shown = Memo::new(move |_| {
            let wanted = navigation.query.with(|query| (ids(query, DEPARTMENT), ids(query, PERSON)));
            store.with(|workspace| agendas.with(|agendas| shown(workspace, agendas, &wanted.0, &wanted.1)))
        });
        let mover = StoredValue::new(Mover::new(Callback::new(|_| ())));
        let amounts = Amounts::of(names);
        Self { week, shown, agendas, names, amounts, i18n: use_i18n(), format: use_format(), mover, store }
    }

    /// The agenda of a person, followed.
    pub(super) fn agenda(self, person: Option<PersonId>) -> Memo<Agenda> {
        Memo::new(move |_| self.agenda_now(person))
    }

    /// The agenda of a person as it stands. Reactive.
    pub(super) fn agenda_now(self, person: Option<PersonId>) -> Agenda {
        self.agendas.with(|agendas| agendas.get(&person).cloned().unwrap_or_default())
    }

    /// Goes through the agendas that are shown. Reactive.
    pub(super) fn fold<T>(self, start: T, add: impl Fn(T, &Agenda) -> T) -> T {
        self.shown.with(|shown| {
            self.agendas.with(|agendas| shown.iter().filter_map(|person| agendas.get(person)).fold(start, add))
        })
    }

    /// Deals of all agendas that are shown, followed; each once, as it may have moved twice.
    pub(super) fn gather(self, of: impl Fn(&Agenda) -> Vec<DealId> + Send + Sync + 'static) -> Signal<Vec<DealId>> {
        Signal::derive(move || {
            let mut deals = self.fold(Vec::new(), |mut all: Vec<DealId>, agenda| {
                all.extend(of(agenda));
                all
            });
            deals.sort_unstable();
            deals.dedup();
            deals
        })
    }

    /// The name of a person, or of nobody.
    pub(super) fn person(self, person: Option<PersonId>) -> String {
        match person {
            Some(_) => self.names.with(|names| names.person(person)),
            None => crate::i18n::t_string!(self.i18n, coaching.of_nobody).to_owned(),
        }
    }
}

/// The days of the address: the meeting is today and the one before was a week earlier, unless it says otherwise. A meeting that would
/// be before the last one has no days.
fn week(query: &Query, today: chrono::NaiveDate) -> Week {
    let day = |key| query.get(key).and_then(|day| day.parse().ok());
    let until = day(ON).unwrap_or(today);
    let usual = until.checked_sub_days(Days::new(7)).unwrap_or(until);
    Week { since: day(SINCE).unwrap_or(usual), until }
}

fn shown(
    workspace: &Workspace,
    agendas: &Agendas,
    departments: &BTreeSet<DepartmentId>,
    people: &BTreeSet<PersonId>,
) -> Vec<Option<PersonId>> {
    let is_shown = |person: &Option<PersonId>| match person {
        Some(id) => {
            (departments.is_empty() || workspace.works_in(*id, departments))
                && (people.is_empty() || people.contains(id))
        }
        None => departments.is_empty() && people.is_empty(),
    };
    let mut shown: Vec<_> = agendas.keys().copied().filter(is_shown).collect();
    let name = |person: PersonId| workspace.people.get(person).map(|person| person.name.clone());
    shown.sort_by_cached_key(|person| (person.is_none(), person.and_then(name), *person));
    shown
}
