//! The forecast: what the open deals may bring until when, as a range with its odds and not as one number. The draws are made by the
//! background worker; what is asked for lives in the address.

mod drawn;
mod picture;

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::simulation::{Basis, horizon_end},
    model::Date,
    store::use_store,
    ui::{
        components::{
            explain::Explain,
            field::{Field, FieldKind, SelectField},
            progress::Progress,
            segmented::Segmented,
            stat::Stat,
        },
        filters::{FilterBar, Scope, use_wide_scope},
        format::{UNKNOWN, use_format},
        parts::{
            counted::use_counted,
            nothing::{NoRecords, NoWorkspace},
        },
        route::use_navigation,
        typed,
        wording::I18n,
    },
};

use drawn::{DRAWS, Drawn, use_drawn};
use picture::{Fan, Totals};

const BASES: [(&str, Basis); 3] = [("model", Basis::Model), ("observed", Basis::Observed), ("own", Basis::Own)];
/// How many months a horizon may have.
const HORIZONS: [u32; 4] = [3, 6, 12, 24];

/// The forecast page.
#[component]
pub fn ForecastPage() -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let opened = store.library().opened();
    let any = Memo::new(move |_| store.with(|workspace| !workspace.deals.is_empty()));
    let label = move |words: fn(I18n) -> &'static str| Signal::derive(move || words(i18n).to_owned());
    view! {
        <h1>{t!(i18n, forecast.title)}</h1>
        {move || match (opened.get().is_some(), any.get()) {
            (false, _) => view! { <NoWorkspace icon=icondata_lu::LuTelescope text=label(|i18n| t_string!(i18n, forecast.no_workspace))/> }.into_any(),
            (true, false) => view! { <NoRecords icon=icondata_lu::LuTelescope text=label(|i18n| t_string!(i18n, forecast.no_deals))/> }.into_any(),
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
    /// The amount to reach, in minor units.
    goal: Memo<Option<f64>>,
}

impl Wish {
    /// What the address asks for; call it in a component body.
    fn follow() -> Self {
        let (navigation, store) = (use_navigation(), use_store());
        let get = move |key: &'static str| navigation.query.with(|query| query.get(key).map(str::to_owned));
        let digits = move || store.with(|workspace| workspace.profile.currency.digits());
        Self {
            scope: use_wide_scope(),
            basis: Memo::new(move |_| {
                let code = get("basis");
                BASES.iter().find(|(key, _)| Some(*key) == code.as_deref()).map_or(Basis::Model, |(_, basis)| *basis)
            }),
            months: Memo::new(move |_| {
                let wished = get("months").and_then(|months| months.parse().ok());
                wished.filter(|months| HORIZONS.contains(months)).unwrap_or(6)
            }),
            #[expect(clippy::cast_precision_loss, reason = "an amount is bounded by 2⁵¹")]
            goal: Memo::new(move |_| {
                let amount = typed::amount(&get("goal")?, digits()).ok().flatten()?;
                Some(amount.minor() as f64)
            }),
        }
    }

    /// The last day of the horizon.
    fn end(self) -> Date {
        horizon_end(self.scope.with(|scope| scope.as_of), self.months.get())
    }
}

#[component]
fn Filled() -> impl IntoView {
    let i18n = use_i18n();
    let wish = Wish::follow();
    let counted = use_counted(wish.scope);
    let drawn = use_drawn(wish, counted);
    view! {
        <FilterBar scope=wish.scope all_models=true by_period=Signal::derive(move || wish.basis.get() == Basis::Observed)/>
        <Asked wish/>
        <div class="stack">
            <Show when=move || drawn.progress.get().is_some()>
                <Progress
                    label=Signal::derive(move || t_string!(i18n, forecast.drawing).to_owned())
                    share=Signal::derive(move || drawn.progress.get())
                    on_cancel=move |()| drawn.cancel()
                />
            </Show>
            {move || drawn.failure.get().map(|words| view! { <p class="card notice" data-tone="bad" role="alert">{words}</p> })}
            <Answers wish drawn/>
            <div class="forecast-page">
                <Fan wish drawn/>
                <Totals wish drawn/>
            </div>
        </div>
    }
}

/// What the chances come from, until when, and which amount is to be reached.
#[component]
fn Asked(wish: Wish) -> impl IntoView {
    let (i18n, store, navigation) = (use_i18n(), use_store(), use_navigation());
    let refusal = RwSignal::new(None::<String>);
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
    let goal = move || navigation.query.with(|query| query.get("goal").map(str::to_owned)).unwrap_or_default();
    let on_goal = move |text: String| {
        let digits = store.peek(|workspace| workspace.profile.currency.digits());
        match typed::amount(&text, digits) {
            Ok(amount) => {
                refusal.set(None);
                navigation.set_query("goal", amount.map(|_| text.trim()));
            }
            Err(_) => refusal.set(Some(t_string!(i18n, deals.not_an_amount).to_owned())),
        }
    };
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
            <Field
                label=Signal::derive(move || t_string!(i18n, funnel.target_amount).to_owned())
                kind=FieldKind::Money
                value=Signal::derive(goal)
                on_change=on_goal
                error=refusal
            />
        </div>
    }
    .into_any()
}

/// The answers in figures.
#[component]
fn Answers(wish: Wish, drawn: Drawn) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let money = move |minor: Option<f64>| minor.map_or_else(|| UNKNOWN.to_owned(), |minor| drawn.money(format, minor));
    let total = move |read: fn(&crate::metrics::simulation::Spread) -> f64| {
        drawn.outcomes.with(|outcomes| outcomes.as_ref().map(|outcomes| read(&outcomes.total)))
    };
    let without = move |read: fn(&crate::metrics::simulation::Spread) -> f64| {
        drawn.outcomes.with(|outcomes| outcomes.as_ref().map(|outcomes| read(&outcomes.without_largest)))
    };
    let chance = move || {
        let goal = wish.goal.get()?;
        drawn.outcomes.with(|outcomes| outcomes.as_ref().and_then(|outcomes| outcomes.chance(goal)))
    };
    let range = move |low: Option<f64>, high: Option<f64>| {
        t_string!(i18n, forecast.range, low = money(low), high = money(high)).to_string()
    };
    let formula = move || {
        let basis = match wish.basis.get() {
            Basis::Model => t_string!(i18n, forecast.model_what),
            Basis::Observed => t_string!(i18n, forecast.observed_what),
            Basis::Own => t_string!(i18n, forecast.own_what),
        };
        [&t_string!(i18n, forecast.formula, draws = format.count(DRAWS)).to_string(), " ", basis].concat()
    };
    let counted = move || t_string!(i18n, funnel.deals, count = format.count(drawn.deals.get().0)).to_string();
    let left_out = move || {
        let unknown = drawn.deals.get().1;
        (unknown > 0).then(|| [format.count(unknown).as_str(), t_string!(i18n, funnel.reason.no_amount)].join(" "))
    };
    let until = move || t_string!(i18n, forecast.until, day = format.date(wish.end())).to_string();
    view! {
        <div class="tiles" data-testid="forecast-answers">
            <Stat
                label=Signal::derive(until)
                figure=Signal::derive(move || money(total(|spread| spread.p50)))
                note=Signal::derive(move || range(total(|spread| spread.p10), total(|spread| spread.p90)))
            >
                <Explain
                    formula=Signal::derive(formula)
                    counted=Signal::derive(counted)
                    left_out=MaybeProp::derive(left_out)
                />
            </Stat>
            <Stat
                label=Signal::derive(move || t_string!(i18n, forecast.chance).to_owned())
                figure=Signal::derive(move || format.percent(chance(), 0))
                note=Signal::derive(move || match wish.goal.get() {
                    Some(goal) => t_string!(i18n, forecast.chance_note, goal = money(Some(goal))).to_string(),
                    None => t_string!(i18n, forecast.no_goal).to_owned(),
                })
            />
            <Stat
                label=Signal::derive(move || t_string!(i18n, forecast.without_largest).to_owned())
                figure=Signal::derive(move || money(without(|spread| spread.p50)))
                note=Signal::derive(move || range(without(|spread| spread.p10), without(|spread| spread.p90)))
            />
            <Stat
                label=Signal::derive(move || t_string!(i18n, forecast.mean).to_owned())
                figure=Signal::derive(move || money(total(|spread| spread.mean)))
                note=Signal::derive(move || t_string!(i18n, forecast.mean_note).to_owned())
            />
        </div>
    }
    .into_any()
}
