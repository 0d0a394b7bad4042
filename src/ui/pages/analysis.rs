//! The analysis: one tab for each question about the funnel, each number with its formula and the deals behind it. What is chosen
//! lives in the address.

mod calibration;
mod change;
mod conversion;
mod movement;
mod readings;
mod time;

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::View,
    model::{FunnelModel, StageId},
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
    Calibration,
}

impl Tab {
    const ALL: [Self; 5] = [Self::Conversion, Self::Time, Self::Movement, Self::Change, Self::Calibration];

    const fn code(self) -> &'static str {
        match self {
            Self::Conversion => "conversion",
            Self::Time => "time",
            Self::Movement => "movement",
            Self::Change => "change",
            Self::Calibration => "calibration",
        }
    }

    fn title(self, i18n: I18n) -> &'static str {
        match self {
            Self::Conversion => t_string!(i18n, analysis.conversion),
            Self::Time => t_string!(i18n, analysis.time),
            Self::Movement => t_string!(i18n, analysis.movement),
            Self::Change => t_string!(i18n, analysis.change),
            Self::Calibration => t_string!(i18n, analysis.calibration),
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
        <FilterBar scope=desk.scope/>
        <Tabs label=Signal::derive(move || t_string!(i18n, analysis.title).to_owned()) tabs value=tab on_change=choose>
            <div class="stack analysis">
                {move || match tab.get() {
                    Tab::Conversion => view! { <conversion::ConversionTab desk/> }.into_any(),
                    Tab::Time => view! { <time::TimeTab desk/> }.into_any(),
                    Tab::Movement => view! { <movement::MovementTab desk/> }.into_any(),
                    Tab::Change => view! { <change::ChangeTab desk/> }.into_any(),
                    Tab::Calibration => view! { <calibration::CalibrationTab desk/> }.into_any(),
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
