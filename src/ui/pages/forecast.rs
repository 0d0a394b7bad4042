//! The forecast: what the open deals may bring until when, as a range with its odds and not as one number; and how well it held in the
//! past. The draws are made by the background worker; what is asked for lives in the address.

mod ahead;
mod asking;
mod drawn;
mod picture;
mod quotas;
mod record;
mod weighted;

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{
        Attainment, Month, attainment,
        simulation::{Basis, horizon_end},
    },
    model::Date,
    store::use_store,
    ui::{
        components::{field::SelectField, segmented::Segmented, tabs::Tabs},
        contesting::{HeldBack, use_contesting},
        filters::{FilterBar, Scope, use_wide_scope},
        format::Format,
        parts::{
            behind::Opener,
            counted::{Counted, use_counted},
            nothing::{NoRecords, NoWorkspace},
        },
        route::{Query, use_navigation},
        typed,
        wording::I18n,
    },
};

pub(super) use drawn::DRAWS;

const BASES: [(&str, Basis); 3] = [("model", Basis::Model), ("observed", Basis::Observed), ("own", Basis::Own)];
/// How many months a horizon may have.
const HORIZONS: [u32; 4] = [3, 6, 12, 24];
/// The same seed gives everybody the same answer to the same question.
pub(super) const SEED: u64 = 20_260_101;

/// What an address takes the chances from.
pub(super) fn basis_of(query: &Query) -> Basis {
    let code = query.get("basis");
    BASES.iter().find(|(key, _)| Some(*key) == code).map_or(Basis::Model, |(_, basis)| *basis)
}

/// How many months the horizon of an address has.
pub(super) fn months_of(query: &Query) -> u32 {
    let wished = query.get("months").and_then(|months| months.parse().ok());
    wished.filter(|months| HORIZONS.contains(months)).unwrap_or(6)
}

/// A part of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    Ahead,
    Record,
    Quotas,
}

impl Tab {
    const ALL: [Self; 3] = [Self::Ahead, Self::Record, Self::Quotas];

    const fn code(self) -> &'static str {
        match self {
            Self::Ahead => "ahead",
            Self::Record => "record",
            Self::Quotas => "quotas",
        }
    }

    fn title(self, i18n: I18n) -> &'static str {
        match self {
            Self::Ahead => t_string!(i18n, forecast.title),
            Self::Record => t_string!(i18n, forecast.track.title),
            Self::Quotas => t_string!(i18n, forecast.quota.title),
        }
    }
}

/// The forecast page.
#[component]
pub fn ForecastPage() -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let opened = store.library().opened();
    let any = Memo::new(move |_| store.with(|workspace| !workspace.deals.is_empty()));
    let contesting = use_contesting();
    let held = Memo::new(move |_| contesting.holds_back());
    let label = move |words: fn(I18n) -> &'static str| Signal::derive(move || words(i18n).to_owned());
    view! {
        <h1>{t!(i18n, forecast.title)}</h1>
        {move || match (opened.get().is_some(), any.get()) {
            (false, _) => view! { <NoWorkspace icon=icondata_lu::LuTelescope text=label(|i18n| t_string!(i18n, forecast.no_workspace))/> }.into_any(),
            (true, false) => view! { <NoRecords icon=icondata_lu::LuTelescope text=label(|i18n| t_string!(i18n, forecast.no_deals))/> }.into_any(),
            (true, true) if held.get() => view! { <HeldBack/> }.into_any(),
            (true, true) => view! { <Filled/> }.into_any(),
        }}
    }
}

/// What is asked for. Copy it freely.
#[derive(Clone, Copy)]
struct Wish {
    scope: Memo<Scope>,
    basis: Memo<Basis>,
    months: Memo<u32>,
    /// What the quotas of the filter's people ask of the months of the horizon, and what was won of it already.
    quota: Memo<Option<Attainment>>,
    /// The amount to reach, in minor units: the one in the address, or else what is left of the quota.
    goal: Memo<Option<f64>>,
    /// Whether the address says it.
    is_goal_written: Memo<bool>,
    counted: Memo<Arc<Counted>>,
    opener: Opener,
}

impl Wish {
    /// What the address asks for; call it in a component body.
    fn follow() -> Self {
        let (navigation, store) = (use_navigation(), use_store());
        let get = move |key: &'static str| navigation.query.with(|query| query.get(key).map(str::to_owned));
        let digits = move || store.with(|workspace| workspace.profile.currency.digits());
        let scope = use_wide_scope();
        let counted = use_counted(scope);
        let months = Memo::new(move |_| navigation.query.with(months_of));
        let quota = Memo::new(move |_| {
            let counted = counted.get();
            scope.with(|scope| {
                let first = Month::of(scope.as_of);
                attainment(&counted.workspace, &counted.frame, scope.as_of, &scope.filter, first, months.get())
            })
        });
        Self {
            scope,
            basis: Memo::new(move |_| navigation.query.with(basis_of)),
            months,
            quota,
            #[expect(clippy::cast_precision_loss, reason = "an amount is bounded by 2⁵¹")]
            goal: Memo::new(move |_| {
                let written = get("goal").and_then(|text| typed::amount(&text, digits()).ok().flatten());
                let left = || quota.with(|quota| quota.as_ref().map(Attainment::left).filter(|left| *left > 0.0));
                written.map(|amount| amount.minor() as f64).or_else(left)
            }),
            is_goal_written: Memo::new(move |_| get("goal").is_some()),
            counted,
            opener: Opener::new(Signal::derive(move || Some(counted.get().frame.clone()))),
        }
    }

    /// The last day of the horizon.
    fn end(self) -> Date {
        horizon_end(self.scope.with(|scope| scope.as_of), self.months.get())
    }

    /// An amount in minor units, in short form.
    fn money(self, format: Format, minor: f64) -> String {
        self.counted.with(|counted| {
            let currency = counted.workspace.profile.currency;
            #[expect(clippy::cast_possible_truncation, reason = "a shown amount; the cast saturates")]
            let whole = minor.round() as i64;
            format.money(whole, currency.code(), currency.digits(), true)
        })
    }

    /// What the basis says, in words.
    fn basis_words(self, i18n: I18n) -> &'static str {
        match self.basis.get() {
            Basis::Model => t_string!(i18n, forecast.model_what),
            Basis::Observed => t_string!(i18n, forecast.observed_what),
            Basis::Own => t_string!(i18n, forecast.own_what),
        }
    }
}

#[component]
fn Filled() -> impl IntoView {
    let (i18n, navigation) = (use_i18n(), use_navigation());
    let wish = Wish::follow();
    let tab = Memo::new(move |_| {
        let code = navigation.query.with(|query| query.get("tab").map(str::to_owned));
        Tab::ALL.into_iter().find(|tab| Some(tab.code()) == code.as_deref()).unwrap_or(Tab::Ahead)
    });
    let tabs = Tab::ALL.map(|tab| (tab, Signal::derive(move || tab.title(i18n).to_owned()))).to_vec();
    let choose = move |tab: Tab| navigation.set_query("tab", (tab != Tab::Ahead).then_some(tab.code()));
    view! {
        <FilterBar scope=wish.scope all_models=true by_period=Signal::derive(move || wish.basis.get() == Basis::Observed)/>
        <Tabs label=Signal::derive(move || t_string!(i18n, forecast.title).to_owned()) tabs value=tab on_change=choose>
            {move || match tab.get() {
                Tab::Ahead => view! { <ahead::Ahead wish/> }.into_any(),
                Tab::Record => view! { <record::Record wish/> }.into_any(),
                Tab::Quotas => view! { <quotas::Quotas wish/> }.into_any(),
            }}
        </Tabs>
    }
}

/// What the chances come from, and until when; beside them what only one tab asks for.
#[component]
fn Asked(wish: Wish, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    let (i18n, navigation) = (use_i18n(), use_navigation());
    let name = move |basis: Basis| {
        Signal::derive(move || {
            let words = match basis {
                Basis::Model => t_string!(i18n, forecast.by_model),
                Basis::Observed => t_string!(i18n, forecast.by_observed),
                Basis::Own => t_string!(i18n, forecast.by_own),
            };
            words.to_owned()
        })
    };
    let options = BASES.map(|(_, basis)| (basis, name(basis))).to_vec();
    let choose = move |basis: Basis| {
        let key = BASES.iter().find(|(_, one)| *one == basis).map(|(key, _)| *key);
        navigation.set_query("basis", key.filter(|key| *key != "model"));
    };
    let horizons = Signal::derive(move || {
        HORIZONS
            .map(|months| (months.to_string(), t_string!(i18n, forecast.months, months = months).to_string()))
            .to_vec()
    });
    view! {
        <div class="filter-bar no-print">
            <Segmented
                label=Signal::derive(move || t_string!(i18n, forecast.basis).to_owned())
                options
                value=wish.basis
                on_change=choose
            />
            <SelectField
                label=Signal::derive(move || t_string!(i18n, forecast.horizon).to_owned())
                options=horizons
                value=Signal::derive(move || wish.months.get().to_string())
                on_change=move |months: String| navigation.set_query("months", (months != "6").then_some(months.as_str()))
            />
            {children.map(|children| children())}
        </div>
    }
    .into_any()
}
