//! Everything the page shows, computed together from one snapshot.

use std::sync::Arc;

use chrono::Days;
use leptos::prelude::*;

use crate::{
    metrics::{
        Attainment, Conversion, Filter, Forecast, Frame, GateSkips, Holding, Period, SalesCycle, Stock, attainment,
        bottleneck::{Bottleneck, bottleneck},
        conversion, forecast, gate_skips,
        movement::{By, Promotion, Waterfall, promotion, waterfall},
        quota::first_month,
        sales_cycle,
        shape::{Shape, shape_of},
        stock,
    },
    model::{FunnelModel, QuotaSpan, Workspace},
    ui::{
        filters::Scope,
        format::{Format, UNKNOWN},
        parts::{
            after_paint::after_paint,
            counted::{Counted, use_counted},
        },
        timing,
    },
};

/// The metrics of one model in one scope.
#[derive(Clone, Debug)]
pub struct Figures {
    /// Turns rows into deals.
    pub frame: Arc<Frame>,
    /// The model they are about.
    pub model: Arc<FunnelModel>,
    /// What stands where.
    pub stock: Stock,
    /// Who went on.
    pub conversion: Conversion,
    /// How long winning took.
    pub cycle: SalesCycle,
    /// What the quotas of the fiscal quarter ask of the people of the scope, over all models, and what came of it.
    pub quota: Option<Attainment>,
    /// Its four readings.
    pub shape: Shape,
    /// The currency's code and digits.
    pub currency: (String, u32),
    pub(super) workspace: Workspace,
    pub(super) scope: Scope,
}

/// What the page computes once the rest is painted.
#[derive(Clone, Debug)]
pub struct More {
    /// What is painted already.
    pub figures: Arc<Figures>,
    /// What may come.
    pub forecast: Forecast,
    /// How often gates were passed without being met.
    pub skips: GateSkips,
    /// The stage that costs most.
    pub bottleneck: Bottleneck,
    /// How the open amount changed since a week before.
    pub week: Waterfall,
    /// What moved since then.
    pub moves: Promotion,
}

/// The figures of the scope, followed; `None` when no model is there.
pub fn use_figures(scope: Memo<Scope>) -> Memo<Option<Arc<Figures>>> {
    let counted = use_counted(scope);
    Memo::new_with_compare(
        move |_| {
            let counted = counted.get();
            let figures = scope.with(|scope| compute(&counted, scope));
            timing::measure("loudou:funnel", counted.since);
            figures.map(Arc::new)
        },
        |before, after| match (before, after) {
            (Some(Some(before)), Some(Some(after))) => !Arc::ptr_eq(before, after),
            _ => true,
        },
    )
}

/// What is more to be said of the figures, a moment after them.
pub fn use_more(figures: Memo<Option<Arc<Figures>>>) -> Memo<Option<Arc<More>>> {
    let painted = after_paint(figures);
    Memo::new_with_compare(
        move |_| painted.get().and_then(|figures| More::of(figures).map(Arc::new)),
        |before, after| before.is_some() || after.is_some(),
    )
}

impl More {
    fn of(figures: Arc<Figures>) -> Option<Self> {
        let Figures { frame, model, conversion, shape, workspace, scope, .. } = &*figures;
        let view = frame.view(scope.as_of, &scope.filter);
        let week_ago = scope.as_of.checked_sub_days(Days::new(7))?;
        let since = Period { from: week_ago.succ_opt()?, to: scope.as_of };
        Some(Self {
            forecast: forecast(&view),
            skips: GateSkips::together(gate_skips(workspace, &view).values()),
            bottleneck: bottleneck(model, conversion, shape.velocity.levers.won_amount),
            week: waterfall(&frame.view(week_ago, &scope.filter), &view, None),
            moves: promotion(frame, &scope.filter, since, By::Company).pop()?,
            figures: figures.clone(),
        })
    }
}

fn compute(counted: &Counted, scope: &Scope) -> Option<Figures> {
    let Counted { workspace, frame, .. } = counted;
    let model = workspace.models.get(scope.filter.model?)?.clone();
    let currency = workspace.profile.currency;
    let view = frame.view(scope.as_of, &scope.filter);
    let (stock, conversion, cycle) = (stock(&view).pop()?, conversion(&view).pop()?, sales_cycle(&view).pop()?);
    let currency = (currency.code().to_owned(), currency.digits());
    let earlier =
        scope.filter.period.and_then(before).map(|period| Filter { period: Some(period), ..scope.filter.clone() });
    let before = earlier.as_ref().and_then(|filter| Some(frame.view(filter.period?.to, filter)));
    let quarter = first_month(scope.as_of, workspace.profile.fiscal_year_start, QuotaSpan::Quarter);
    let quota = attainment(workspace, frame, scope.as_of, &scope.filter, quarter, QuotaSpan::Quarter.months());
    let quota_left = quota.as_ref().map(Attainment::quota_left);
    let shape = shape_of(&model, (&stock, &conversion, &cycle), before.as_ref(), quota_left);
    let (frame, workspace, scope) = (frame.clone(), workspace.clone(), scope.clone());
    Some(Figures { frame, model, stock, conversion, cycle, quota, shape, currency, workspace, scope })
}

/// The days before a period, as many as it has.
fn before(period: Period) -> Option<Period> {
    let to = period.from.pred_opt()?;
    let days = (period.to - period.from).num_days();
    Some(Period { from: to.checked_sub_days(Days::new(u64::try_from(days).ok()?))?, to })
}

impl Figures {
    /// What some deals amount to, in short form; unknown when there are deals and none has an amount.
    pub fn amount(&self, format: Format, holding: &Holding) -> String {
        holding.known_amount().map_or_else(|| UNKNOWN.to_owned(), |amount| self.money(format, amount))
    }

    /// What some deals amount to, weighted, in short form; unknown when there are deals and none has an amount.
    pub fn weighted_amount(&self, format: Format, holding: &Holding) -> String {
        holding.known_amount().map_or_else(|| UNKNOWN.to_owned(), |_| self.weighted(format, holding.weighted))
    }

    /// A sum of money in short form.
    pub fn money(&self, format: Format, minor: i128) -> String {
        format.money(i64::try_from(minor).ok(), &self.currency.0, self.currency.1, true)
    }

    /// A weighted amount in short form.
    pub fn weighted(&self, format: Format, minor: f64) -> String {
        #[expect(clippy::cast_possible_truncation, reason = "a shown amount; the cast saturates")]
        let whole = minor.round() as i128;
        self.money(format, whole)
    }

    /// The name of a stage of the model.
    pub fn stage_name(&self, position: usize) -> String {
        self.model.stages.get(position).map(|stage| stage.name.clone()).unwrap_or_default()
    }
}
