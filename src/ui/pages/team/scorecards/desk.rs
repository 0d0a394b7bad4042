//! What the table and the cards work with.

use std::sync::Arc;

use leptos::prelude::*;

use super::CARD;
use crate::{
    i18n::t_string,
    metrics::{
        Row,
        scorecard::{Measure, Of},
    },
    model::Money,
    ui::{
        filters::Scope,
        format::{Format, UNKNOWN, use_format},
        parts::{behind::Opener, counted::Counted},
        route::{Navigation, Route, use_navigation},
        wording::I18n,
    },
};

/// Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) scope: Memo<Scope>,
    counted: Memo<Arc<Counted>>,
    opener: Opener,
    navigation: Navigation,
    pub(super) format: Format,
}

impl Desk {
    /// Call it in a component body.
    pub(super) fn new(scope: Memo<Scope>, counted: Memo<Arc<Counted>>) -> Self {
        let opener = Opener::new(Signal::derive(move || Some(counted.get().frame.clone())));
        Self { scope, counted, opener, navigation: use_navigation(), format: use_format() }
    }

    /// The name of a person or a department; followed.
    pub(super) fn name(self, of: Of) -> String {
        let name = self.counted.with(|counted| match of {
            Of::Person(id) => counted.workspace.people.get(id).map(|person| person.name.clone()),
            Of::Department(id) => counted.workspace.departments.get(id).map(|department| department.name.clone()),
        });
        name.unwrap_or_else(|| UNKNOWN.to_owned())
    }

    /// The address of a card; followed.
    pub(super) fn href(self, of: Of) -> String {
        let id = match of {
            Of::Person(id) => id.to_string(),
            Of::Department(id) => id.to_string(),
        };
        self.navigation.query.with(|query| {
            let mut query = query.clone();
            query.set(CARD, Some(&id));
            Route::Team.href(&query)
        })
    }

    /// The address of all cards; followed.
    pub(super) fn home(self) -> String {
        self.navigation.query.with(|query| {
            let mut query = query.clone();
            query.set(CARD, None);
            Route::Team.href(&query)
        })
    }

    /// The name of a stage; followed.
    fn stage(self, measure: Measure) -> Option<String> {
        let Measure::Stage(id) = measure else { return None };
        let model = self.scope.with(|scope| scope.filter.model)?;
        self.counted.with(|counted| Some(counted.workspace.models.get(model)?.stage(id)?.name.clone()))
    }

    /// The name of a measure.
    pub(super) fn measure(self, i18n: I18n, measure: Measure) -> String {
        super::words::name(i18n, measure, self.stage(measure))
    }

    /// An amount in minor units, in short form.
    pub(super) fn money(self, minor: f64) -> String {
        #[expect(clippy::cast_possible_truncation, reason = "a shown amount; the cast saturates")]
        let minor = Money::from_minor(minor.round() as i64).map(Money::minor);
        self.counted.with(|counted| {
            let currency = counted.workspace.profile.currency;
            self.format.money(minor, currency.code(), currency.digits(), true)
        })
    }

    /// The period in words.
    pub(super) fn period(self, i18n: I18n) -> String {
        self.scope.with(|scope| match scope.filter.period {
            Some(period) => [self.format.date(period.from), self.format.date(period.to.min(scope.as_of))].join(" – "),
            None => t_string!(i18n, filters.all_time).to_owned(),
        })
    }

    /// Opens the deals behind a figure.
    pub(super) fn open(self, title: String, rows: &[Row], left_out: String) {
        self.opener.run(title, rows, left_out);
    }

    /// A figure that opens the deals behind it; without any it is only the figure.
    pub(super) fn link(self, shown: String, title: String, rows: Vec<Row>, left_out: String) -> AnyView {
        if rows.is_empty() {
            return view! { <span>{shown}</span> }.into_any();
        }
        let open = move |_| self.open(title.clone(), &rows, left_out.clone());
        view! { <button type="button" class="link" on:click=open>{shown}</button> }.into_any()
    }
}
