//! The analysis: one tab for each question about the funnel, each number with its formula and the deals behind it. What is chosen
//! lives in the address.

mod breakdown;
mod calibration;
mod change;
mod conversion;
mod effort;
mod interventions;
mod movement;
mod periods;
mod readings;
mod time;

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{Row, View},
    model::{FunnelModel, Money, StageId},
    store::use_store,
    ui::{
        components::{field::SelectField, tabs::Tabs},
        filters::{FilterBar, Scope, use_scope},
        format::Format,
        parts::{
            behind::Opener,
            counted::{Counted, made_anew, use_counted},
            nothing::{NoRecords, NoWorkspace},
        },
        route::use_navigation,
        wording::I18n,
    },
};

/// A question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    Conversion,
    Time,
    Movement,
    Change,
    Breakdown,
    Periods,
    Effort,
    Calibration,
    Interventions,
}

impl Tab {
    const ALL: [Self; 9] = [
        Self::Conversion,
        Self::Time,
        Self::Movement,
        Self::Change,
        Self::Breakdown,
        Self::Periods,
        Self::Effort,
        Self::Calibration,
        Self::Interventions,
    ];

    const fn code(self) -> &'static str {
        match self {
            Self::Conversion => "conversion",
            Self::Time => "time",
            Self::Movement => "movement",
            Self::Change => "change",
            Self::Breakdown => "breakdown",
            Self::Periods => "periods",
            Self::Effort => "effort",
            Self::Calibration => "calibration",
            Self::Interventions => "interventions",
        }
    }

    fn title(self, i18n: I18n) -> &'static str {
        match self {
            Self::Conversion => t_string!(i18n, analysis.conversion),
            Self::Time => t_string!(i18n, analysis.time),
            Self::Movement => t_string!(i18n, analysis.movement),
            Self::Change => t_string!(i18n, analysis.change),
            Self::Breakdown => t_string!(i18n, analysis.breakdown.title),
            Self::Periods => t_string!(i18n, analysis.periods.title),
            Self::Effort => t_string!(i18n, analysis.effort.title),
            Self::Calibration => t_string!(i18n, analysis.calibration),
            Self::Interventions => t_string!(i18n, analysis.interventions.title),
        }
    }
}

/// The analysis page.
#[component]
pub fn AnalysisPage() -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let opened = store.library().opened();
    let any = Memo::new(move |_| store.with(|workspace| !workspace.deals.is_empty()));
    let label = move |words: fn(I18n) -> &'static str| Signal::derive(move || words(i18n).to_owned());
    view! {
        <h1>{t!(i18n, analysis.title)}</h1>
        {move || match (opened.get().is_some(), any.get()) {
            (false, _) => view! { <NoWorkspace icon=icondata_lu::LuChartLine text=label(|i18n| t_string!(i18n, analysis.no_workspace))/> }.into_any(),
            (true, false) => view! { <NoRecords icon=icondata_lu::LuChartLine text=label(|i18n| t_string!(i18n, analysis.no_deals))/> }.into_any(),
            (true, true) => view! { <Filled/> }.into_any(),
        }}
    }
}

#[component]
fn Filled() -> impl IntoView {
    let (i18n, navigation) = (use_i18n(), use_navigation());
    let desk = Desk::new();
    let tab = Memo::new(move |_| {
        let code = navigation.query.with(|query| query.get("tab").map(str::to_owned));
        Tab::ALL.into_iter().find(|tab| Some(tab.code()) == code.as_deref()).unwrap_or(Tab::Conversion)
    });
    let tabs = Tab::ALL.map(|tab| (tab, Signal::derive(move || tab.title(i18n).to_owned()))).to_vec();
    let choose = move |tab: Tab| navigation.set_query("tab", (tab != Tab::Conversion).then_some(tab.code()));
    view! {
        <FilterBar scope=desk.scope by_period=Signal::derive(move || !matches!(tab.get(), Tab::Periods | Tab::Interventions))/>
        <Tabs label=Signal::derive(move || t_string!(i18n, analysis.title).to_owned()) tabs value=tab on_change=choose>
            <div class="stack analysis">
                {move || match tab.get() {
                    Tab::Conversion => view! { <conversion::ConversionTab desk/> }.into_any(),
                    Tab::Time => view! { <time::TimeTab desk/> }.into_any(),
                    Tab::Movement => view! { <movement::MovementTab desk/> }.into_any(),
                    Tab::Change => view! { <change::ChangeTab desk/> }.into_any(),
                    Tab::Breakdown => view! { <breakdown::BreakdownTab desk/> }.into_any(),
                    Tab::Periods => view! { <periods::PeriodsTab desk/> }.into_any(),
                    Tab::Effort => view! { <effort::EffortTab desk/> }.into_any(),
                    Tab::Calibration => view! { <calibration::CalibrationTab desk/> }.into_any(),
                    Tab::Interventions => view! { <interventions::InterventionsTab desk/> }.into_any(),
                }}
            </div>
        </Tabs>
    }
}

/// What every tab works with. Copy it freely.
#[derive(Clone, Copy)]
struct Desk {
    scope: Memo<Scope>,
    counted: Memo<Arc<Counted>>,
    /// The model of the scope, as it was on the day of the view.
    model: Memo<Option<Arc<FunnelModel>>>,
    opener: Opener,
}

impl Desk {
    /// Call it in a component body.
    fn new() -> Self {
        let scope = use_scope();
        let counted = use_counted(scope);
        let model = Memo::new(move |_| {
            let id = scope.with(|scope| scope.filter.model)?;
            counted.with(|counted| counted.workspace.models.get(id).cloned())
        });
        let opener = Opener::new(Signal::derive(move || Some(counted.get().frame.clone())));
        Self { scope, counted, model, opener }
    }

    /// A metric of the scope, computed when the data or the scope changes; `None` when it has no figures.
    fn metric<T: Send + Sync + 'static>(
        self,
        metric: impl Fn(&View) -> Option<T> + Send + Sync + 'static,
    ) -> Memo<Option<Arc<T>>> {
        let compute = move |_: Option<&Option<Arc<T>>>| {
            let counted = self.counted.get();
            let metric = self.scope.with(|scope| metric(&counted.frame.view(scope.as_of, &scope.filter)));
            metric.map(Arc::new)
        };
        Memo::new_with_compare(compute, |before, after| match (before, after) {
            (Some(Some(before)), Some(Some(after))) => made_anew(Some(before), Some(after)),
            _ => true,
        })
    }

    /// A sum in minor units, in short form.
    fn amount(self, format: Format, minor: i128) -> String {
        self.counted.with(|counted| {
            let currency = counted.workspace.profile.currency;
            format.money(i64::try_from(minor).ok(), currency.code(), currency.digits(), true)
        })
    }

    /// An amount that is only shown, in minor units, in short form.
    fn money(self, format: Format, minor: f64) -> String {
        #[expect(clippy::cast_possible_truncation, reason = "a shown amount; the cast saturates")]
        let whole = minor.round() as i128;
        self.amount(format, whole)
    }

    /// An amount in minor units for spreadsheets: a plain decimal number; empty when nobody knows it.
    fn decimal(self, minor: Option<f64>) -> String {
        #[expect(clippy::cast_possible_truncation, reason = "amounts are bounded by 2^51; the cast saturates")]
        let whole = minor.and_then(|minor| Money::from_minor(minor.round() as i64));
        let digits = self.counted.with(|counted| counted.workspace.profile.currency.digits());
        whole.map(|money| money.to_decimal(digits)).unwrap_or_default()
    }

    /// A figure that opens the deals behind it; without any it is only the figure.
    fn link(self, shown: String, title: String, rows: Vec<Row>, left_out: String) -> AnyView {
        if rows.is_empty() {
            return view! { <span class="muted">{shown}</span> }.into_any();
        }
        let open = move |_| self.opener.run(title.clone(), &rows, left_out.clone());
        view! { <button type="button" class="link" on:click=open>{shown}</button> }.into_any()
    }

    /// The name of a stage of the model; followed.
    fn stage_name(self, position: usize) -> String {
        self.model.with(|model| {
            let stage = model.as_ref().and_then(|model| model.stages.get(position));
            stage.map(|stage| stage.name.clone()).unwrap_or_default()
        })
    }
}

/// Which stage of the model is looked at: kept in the address, the first one until somebody chooses.
fn use_stage(desk: Desk) -> Memo<usize> {
    let navigation = use_navigation();
    Memo::new(move |_| {
        let wished: Option<StageId> = navigation.query.with(|query| query.get("stage").and_then(|id| id.parse().ok()));
        desk.model
            .with(|model| model.as_ref().zip(wished).and_then(|(model, id)| model.position(id)).unwrap_or_default())
    })
}

/// The choice of a stage.
#[component]
fn ChooseStage(desk: Desk, stage: Memo<usize>) -> impl IntoView {
    let (i18n, navigation) = (use_i18n(), use_navigation());
    let stages = Signal::derive(move || {
        desk.model.with(|model| {
            let stages = model.iter().flat_map(|model| &model.stages);
            stages.map(|stage| (stage.id.to_string(), stage.name.clone())).collect::<Vec<_>>()
        })
    });
    let value = move || {
        let id = desk.model.with(|model| model.as_ref().and_then(|m| m.stages.get(stage.get())).map(|stage| stage.id));
        id.map(|id| id.to_string()).unwrap_or_default()
    };
    view! {
        <SelectField
            label=Signal::derive(move || t_string!(i18n, funnel.stage).to_owned())
            options=stages
            value=Signal::derive(value)
            on_change=move |id: String| navigation.set_query("stage", Some(id.as_str()))
        />
    }
}
