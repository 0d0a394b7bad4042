//! From metrics to JSON; the keys are documented in the program's header.

use std::collections::BTreeMap;

use chrono::Months;
use loudou::{
    metrics::{
        Category, Cohort, Conversion, Filter, Forecast, Frame, Holding, LeftOut, Period, Rate, Reason, SalesCycle,
        Stock, Yardsticks, conversion, forecast, gate_skips, sales_cycle, stock,
    },
    model::{Date, ModelId, Workspace},
};
use serde_json::{Value, json};

use super::{clocks, movement, readings, record, simulation};

/// Days since the entry after which the incidence is reported.
const GRID: [u32; 9] = [7, 14, 30, 60, 90, 120, 180, 270, 365];

/// What is asked for.
pub(crate) struct Question {
    /// The day of the report.
    pub(crate) as_of: Date,
    /// The first day of the period; without it, everything counts.
    pub(crate) from: Option<Date>,
    /// The only model to report.
    pub(crate) model: Option<ModelId>,
    /// Wins that the target takes; without it, as many as the period had.
    pub(crate) wins: Option<f64>,
    /// What the draws of the forecast begin with.
    pub(crate) seed: u64,
}

/// Every metric that the question asks for.
pub(crate) fn json(workspace: &Workspace, question: &Question) -> Value {
    let digits = i32::try_from(workspace.profile.currency.digits()).unwrap_or_default();
    let money = Money { unit: 10_f64.powi(digits) };
    let as_of = question.as_of;
    let year = as_of.checked_sub_months(Months::new(12)).and_then(|day| day.succ_opt()).unwrap_or(as_of);
    let period = Period { from: question.from.unwrap_or(year), to: as_of };
    let filter = Filter { model: question.model, period: question.from.map(|_| period), ..Filter::default() };
    let earlier = question.from.and_then(|_| before(period));
    let filter_before = Filter { period: earlier, ..filter.clone() };
    let frame = Frame::new(workspace);
    let view = frame.view(as_of, &filter);
    let view_before = earlier.map(|earlier| frame.view(earlier.to, &filter_before));
    let gates = gate_skips(workspace, &view);
    let yardsticks = Yardsticks::new(workspace, as_of, workspace.profile.stalling);
    let moved = movement::by_model(&money, workspace, &frame, &filter, period);
    let figures = stock(&view).into_iter().zip(conversion(&view)).zip(sales_cycle(&view));
    let models = figures.map(|((stock, conversion), cycle)| {
        let mut json = money.model(workspace, &stock, &conversion, &cycle);
        if let Some(model) = workspace.models.get(stock.model) {
            let wins = question.wins.unwrap_or_else(|| number(stock.won.deals.len()));
            readings::add(&mut json, &money, model, &view, view_before.as_ref(), (&stock, &conversion), wins);
            readings::add_gates(&mut json, model, &gates);
            clocks::add_thresholds(&mut json, model, &yardsticks);
        }
        json["moved"] = moved.get(&stock.model).cloned().unwrap_or_default();
        json
    });
    json!({
        "workspace": workspace.profile.name,
        "currency": workspace.profile.currency.code(),
        "as_of": as_of.to_string(),
        "from": question.from.map(|day| day.to_string()),
        "records": {
            "models": workspace.models.len(),
            "departments": workspace.departments.len(),
            "people": workspace.people.len(),
            "products": workspace.products.len(),
            "customers": workspace.customers.len(),
            "deals": workspace.deals.len(),
            "activities": workspace.activities.len(),
        },
        "models": models.collect::<Vec<_>>(),
        "clocks": clocks::json(&money, workspace, &frame, &view, &yardsticks),
        "waterfall": movement::waterfall(&money, &frame, &filter, period),
        "forecast": money.forecast(&forecast(&view)),
        "simulation": simulation::json(&money, workspace, &view, question.seed),
        "track_record": record::json(&money, workspace, &frame, as_of, &filter, question.seed),
    })
}

/// The period of the same length that ends on the eve of this one.
fn before(period: Period) -> Option<Period> {
    let to = period.from.pred_opt()?;
    Some(Period { from: to.checked_sub_signed(period.to - period.from)?, to })
}

/// A count as a number.
#[expect(clippy::cast_precision_loss, reason = "counts of deals stay far below 2⁵³")]
pub(crate) fn number(count: usize) -> f64 {
    count as f64
}

/// Writes amounts.
pub(crate) struct Money {
    /// Minor units in a main one.
    unit: f64,
}

impl Money {
    /// Minor units in the main unit.
    pub(crate) fn main(&self, minor: f64) -> f64 {
        minor / self.unit
    }

    /// Whole minor units in the main unit.
    #[expect(clippy::cast_precision_loss, reason = "JSON numbers are floating-point numbers to most readers")]
    pub(crate) fn whole(&self, minor: i128) -> f64 {
        self.main(minor as f64)
    }

    fn model(&self, workspace: &Workspace, stock: &Stock, conversion: &Conversion, cycle: &SalesCycle) -> Value {
        let model = workspace.models.get(stock.model);
        let stages = model.iter().flat_map(|model| &model.stages).zip(&stock.stages).zip(&conversion.stages);
        let stages = stages.map(|((stage, stock), conversion)| {
            json!({
                "id": stage.id.to_string(),
                "name": stage.name,
                "probability": stage.probability.as_f64(),
                "expected_days": conversion.expected_days,
                "stock": self.holding(&stock.open),
                "dormant": self.holding(&stock.dormant),
                "conversion": cohort(&conversion.cohort),
            })
        });
        json!({
            "id": stock.model.to_string(),
            "name": model.map(|model| &model.name),
            "stages": stages.collect::<Vec<_>>(),
            "open": self.holding(&stock.open),
            "dormant": self.holding(&stock.dormant),
            "won": self.holding(&stock.won),
            "lost": self.holding(&stock.lost),
            "left_out": left_out(&stock.left_out),
            "overall": cohort(&conversion.overall),
            "product_so_far": conversion.product_so_far(),
            "product_of_decided": conversion.product_of_decided(),
            "sales_cycle": {
                "deals": cycle.deals.len(),
                "median": cycle.median,
                "mean": cycle.mean,
                "left_out": left_out(&cycle.left_out),
            },
        })
    }

    fn holding(&self, holding: &Holding) -> Value {
        json!({
            "deals": holding.deals.len(),
            "customers": holding.customers,
            "units": holding.units,
            "amount": self.whole(holding.amount),
            "weighted": self.main(holding.weighted),
            "left_out": left_out(&holding.left_out),
        })
    }

    fn forecast(&self, forecast: &Forecast) -> Value {
        let months = forecast.months.iter().map(|(month, figures)| {
            json!({
                "month": month.to_string(),
                "open": self.holding(&figures.open),
                "categories": self.categories(&figures.categories),
                "won": self.holding(&figures.won),
            })
        });
        json!({
            "months": months.collect::<Vec<_>>(),
            "categories": self.categories(&forecast.categories),
            "overdue": self.holding(&forecast.overdue),
            "without_date": self.holding(&forecast.without_date),
            "without_amount": self.holding(&forecast.without_amount),
            "left_out": left_out(&forecast.left_out),
        })
    }

    fn categories(&self, categories: &BTreeMap<Category, Holding>) -> Value {
        let name = |category| match category {
            Category::Commit => "commit",
            Category::BestCase => "best_case",
            Category::Pipeline => "pipeline",
        };
        categories.iter().map(|(category, holding)| (name(*category), self.holding(holding))).collect()
    }
}

fn cohort(cohort: &Cohort) -> Value {
    let (incidence, durations) = (cohort.incidence(), cohort.durations());
    let after = |days| {
        let chances = incidence.at(days);
        json!({ "days": days, "passed": chances.passed, "lost": chances.lost, "open": chances.open })
    };
    let estimated = incidence.ultimate().map(|chances| {
        json!({
            "horizon": incidence.horizon(),
            "passed": chances.passed,
            "lost": chances.lost,
            "open": chances.open,
        })
    });
    json!({
        "entered": cohort.entered(),
        "passed": cohort.passed.len(),
        "lost": cohort.lost.len(),
        "open": cohort.open.len(),
        "too_few": cohort.too_few(),
        "so_far": rate(cohort.so_far()),
        "of_decided": rate(cohort.of_decided()),
        "lost_so_far": rate(cohort.lost_so_far()),
        "lost_of_decided": rate(cohort.lost_of_decided()),
        "estimated": estimated,
        "incidence": incidence.horizon().map(|_| GRID.map(after)),
        "durations": {
            "lower_quartile": durations.lower_quartile,
            "median": durations.median,
            "upper_quartile": durations.upper_quartile,
            "mean": durations.mean,
            "mean_to_pass": durations.mean_to_pass,
        },
        "without_duration": cohort.without_duration.len(),
        "left_out": left_out(&cohort.left_out),
    })
}

pub(crate) fn rate(rate: Option<Rate>) -> Value {
    rate.map_or(Value::Null, |rate| {
        let interval = rate.interval();
        json!({
            "value": rate.value(),
            "hits": rate.hits(),
            "of": rate.of(),
            "low": interval.low,
            "high": interval.high,
        })
    })
}

pub(crate) fn left_out(left_out: &LeftOut) -> Value {
    let name = |reason| match reason {
        Reason::NoAmount => "no_amount",
        Reason::NoCustomer => "no_customer",
        Reason::NoUnits => "no_units",
        Reason::Undated => "undated",
        Reason::OutsidePeriod => "outside_period",
        Reason::EnteredMidway => "entered_midway",
        Reason::UnknownStage => "unknown_stage",
        Reason::NoCost => "no_cost",
        Reason::Undecided => "undecided",
    };
    left_out.iter().map(|(reason, rows)| (name(reason), rows.len())).collect()
}
