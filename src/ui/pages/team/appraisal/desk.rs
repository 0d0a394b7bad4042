//! What the cards of an appraisal work with: the draft of the scheme, the quarter and the people.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    metrics::{
        Month, Row,
        appraisal::{Appraisal, Tried, appraisal, before, tried_out},
        quota::first_month,
    },
    model::{Money, PersonId, QuotaSpan, Scheme},
    ui::{
        filters::{Scope, use_wide_scope},
        format::{Format, UNKNOWN, use_format},
        parts::{
            behind::Opener,
            counted::{Counted, made_anew, use_counted},
        },
        route::{Navigation, Route, use_navigation},
    },
};

/// The key of the address that opens one sheet.
const SHEET: &str = "sheet";
/// The key of the address that chooses a quarter by its first month.
const QUARTER: &str = "quarter";
/// How many quarters that are over are looked at.
const QUARTERS: usize = 8;

/// Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    /// The scheme as it is kept.
    pub(super) kept: StoredValue<Arc<Scheme>>,
    /// The scheme as it is edited: all figures are of it.
    pub(super) draft: RwSignal<Scheme>,
    pub(super) format: Format,
    scope: Memo<Scope>,
    counted: Memo<Arc<Counted>>,
    navigation: Navigation,
    opener: Opener,
}

impl Desk {
    /// Call it in a component body.
    pub(super) fn new(scheme: Arc<Scheme>) -> Self {
        let scope = use_wide_scope();
        let counted = use_counted(scope);
        Self {
            draft: RwSignal::new(Scheme::clone(&scheme)),
            kept: StoredValue::new(scheme),
            format: use_format(),
            scope,
            counted,
            navigation: use_navigation(),
            opener: Opener::new(Signal::derive(move || Some(counted.get().frame.clone()))),
        }
    }

    /// The quarters to choose from, the latest first: that of today and those before it; followed.
    pub(super) fn quarters(self) -> Vec<Month> {
        let start = self.counted.with(|counted| counted.workspace.profile.fiscal_year_start);
        let this = first_month(self.scope.with(|scope| scope.as_of), start, QuotaSpan::Quarter);
        let months = QuotaSpan::Quarter.months();
        std::iter::successors(Some(this), |first| Some(before(*first, months))).take(QUARTERS + 1).collect()
    }

    /// The quarter of the sheets: the last one that is over, until somebody chooses; followed.
    pub(super) fn quarter(self) -> Option<Month> {
        let all = self.quarters();
        let wished = self.navigation.query.with(|query| query.get(QUARTER).map(str::to_owned));
        let is_wished = |first: &Month| Some(first.to_string()) == wished;
        all.iter().copied().find(is_wished).or_else(|| all.get(1).copied())
    }

    /// Chooses a quarter.
    pub(super) fn choose(self, quarter: &str) {
        self.navigation.set_query(QUARTER, Some(quarter));
    }

    /// The months of a quarter in words.
    pub(super) fn quarter_words(self, first: Month) -> String {
        let last = first.next().next();
        let from = if last.year == first.year {
            self.format.short_month(first.first_day())
        } else {
            self.format.month(first.first_day())
        };
        [from, self.format.month(last.first_day())].join(" – ")
    }

    /// The sheets of the quarter by the draft; call it in a component body.
    pub(super) fn sheets(self) -> Memo<Arc<Option<Appraisal>>> {
        Memo::new_with_compare(
            move |_| {
                let (counted, quarter) = (self.counted.get(), self.quarter());
                let as_of = self.scope.with(|scope| scope.as_of);
                let months = QuotaSpan::Quarter.months();
                Arc::new(
                    self.draft
                        .with(|draft| appraisal(&counted.workspace, &counted.frame, as_of, draft, quarter?, months)),
                )
            },
            made_anew,
        )
    }

    /// What the draft would have paid in past quarters; call it in a component body.
    pub(super) fn tried(self) -> Memo<Arc<Vec<Tried>>> {
        let incentive = Memo::new(move |_| self.draft.with(|draft| draft.incentive.clone()));
        Memo::new_with_compare(
            move |_| {
                let counted = self.counted.get();
                let as_of = self.scope.with(|scope| scope.as_of);
                let tried = incentive.with(|rule| tried_out(&counted.workspace, &counted.frame, as_of, rule, QUARTERS));
                Arc::new(tried)
            },
            made_anew,
        )
    }

    /// Whose sheet is asked for; followed.
    pub(super) fn wished(self) -> Option<PersonId> {
        self.navigation.query.with(|query| query.get(SHEET).and_then(|id| id.parse().ok()))
    }

    /// The address of a sheet, or of all of them; followed.
    pub(super) fn href(self, person: Option<PersonId>) -> String {
        let id = person.map(|person| person.to_string());
        self.navigation.query.with(|query| {
            let mut query = query.clone();
            query.set(SHEET, id.as_deref());
            Route::Team.href(&query)
        })
    }

    /// The name of a person; followed.
    pub(super) fn name(self, person: PersonId) -> String {
        let name = self.counted.with(|counted| counted.workspace.people.get(person).map(|person| person.name.clone()));
        name.unwrap_or_else(|| UNKNOWN.to_owned())
    }

    /// The currency's digits after the point.
    pub(super) fn digits(self) -> u32 {
        self.counted.with(|counted| counted.workspace.profile.currency.digits())
    }

    /// An amount in minor units, to the last of them.
    pub(super) fn money(self, minor: i128) -> String {
        let minor = i64::try_from(minor).ok().and_then(Money::from_minor).map(Money::minor);
        self.counted.with(|counted| {
            let currency = counted.workspace.profile.currency;
            self.format.money(minor, currency.code(), currency.digits(), false)
        })
    }

    /// An amount in minor units as a plain decimal for spreadsheets.
    pub(super) fn decimal(self, minor: i128) -> String {
        let money = i64::try_from(minor).ok().and_then(Money::from_minor);
        money.map(|money| money.to_decimal(self.digits())).unwrap_or_default()
    }

    /// A figure that opens the deals behind it; without any it is only the figure.
    pub(super) fn link(self, shown: String, title: String, rows: Vec<Row>) -> AnyView {
        if rows.is_empty() {
            return view! { <span>{shown}</span> }.into_any();
        }
        let open = move |_| self.opener.run(title.clone(), &rows, String::new());
        view! { <button type="button" class="link" on:click=open>{shown}</button> }.into_any()
    }

    /// Points; `—` without any.
    pub(super) fn points(self, points: Option<f64>) -> String {
        self.format.number(points, 1)
    }
}
