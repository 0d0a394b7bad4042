//! The look back: what each past month-end said is made here, one in a moment so that the page stays awake; the draws are the
//! worker's.

use std::{sync::Arc, time::Duration};

use leptos::prelude::*;

use super::super::{
    SEED, Wish,
    asking::{Asking, share},
};
use crate::{
    i18n::use_i18n,
    metrics::{
        Filter,
        backtest::{
            Grade, Lookback, MoneyRecord, Optimism, Past, Reliability, Window, month_ends, optimism, reliability,
        },
        simulation::Basis,
    },
    model::Date,
    store::use_store,
    ui::{background::NoAnswer, parts::counted::Counted},
    worker::{Request, Response},
};

/// How many month-ends are looked back on.
pub(super) const MONTH_ENDS: usize = 24;
/// How often the deals of each are drawn.
pub(super) const DRAWS: usize = 4_000;

/// What looking back came to.
pub(super) struct Found {
    /// How well the chances held.
    pub(super) chances: Reliability,
    /// Who says more than comes.
    pub(super) sellers: Vec<Optimism>,
    /// Each month-end whose months are over, with what it said and what came; empty until the worker has answered.
    pub(super) money: Vec<(Window, Grade)>,
}

impl Found {
    /// The money in one record.
    pub(super) fn money_record(&self) -> Option<MoneyRecord> {
        MoneyRecord::of(&self.money.iter().map(|(_, grade)| *grade).collect::<Vec<_>>())
    }
}

/// The look back of the page. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Looked {
    /// What came of it; nothing until the first answer.
    pub(super) found: RwSignal<Option<Arc<Found>>>,
    /// The question.
    pub(super) asking: Asking,
}

/// A look back under way.
struct Way {
    number: u32,
    counted: Arc<Counted>,
    lookback: Lookback,
    as_of: Date,
    /// The days to come, the next one last, each with the filter as seen from it.
    days: Vec<(Date, Filter)>,
    basis: Basis,
    months: u32,
    pasts: Vec<Past>,
    windows: Vec<(Window, usize)>,
}

/// Looks back as often as something changes; call it in a component body.
pub(super) fn use_looked(wish: Wish) -> Looked {
    let (i18n, store) = (use_i18n(), use_store());
    let looked = Looked { found: RwSignal::new(None), asking: Asking::new() };
    let fail = Callback::new(move |why: NoAnswer| looked.asking.failed(i18n, &why));
    Effect::new(move || {
        let (counted, basis, months) = (wish.counted.get(), wish.basis.get(), wish.months.get());
        let workspace = store.with(Clone::clone);
        let fiscal_year = workspace.profile.fiscal_year_start;
        let (as_of, mut days) = wish.scope.with(|scope| {
            // The period moves along: what counts as observed on a past day is what was the period then.
            let seen = |day| Filter { period: scope.span.period(day, fiscal_year), ..scope.filter.clone() };
            let days = month_ends(scope.as_of, MONTH_ENDS).into_iter().map(|day| (day, seen(day)));
            (scope.as_of, days.collect::<Vec<_>>())
        });
        days.reverse();
        let number = looked.asking.begin();
        let lookback = Lookback::new(workspace);
        let (pasts, windows) = (Vec::new(), Vec::new());
        step(looked, Way { number, counted, lookback, as_of, days, basis, months, pasts, windows }, fail);
    });
    looked
}

/// Makes the next month-end and comes back in a moment, or asks for the draws after the last one.
fn step(looked: Looked, mut way: Way, fail: Callback<NoAnswer>) {
    if !looked.asking.is_latest(way.number) {
        return;
    }
    let Some((day, filter)) = way.days.pop() else { return ask(looked, way, fail) };
    let past = way.lookback.past(day, &filter, way.basis, way.months);
    // Month-ends before the first deal say nothing.
    if !past.claims.is_empty() {
        let window = Window::of(&way.counted.frame, way.as_of, &filter, &past, way.months);
        way.windows.extend(window.map(|window| (window, way.pasts.len())));
        way.pasts.push(past);
    }
    looked.asking.progress.set(Some(share(MONTH_ENDS - way.days.len(), MONTH_ENDS) / 2.0));
    set_timeout(move || step(looked, way, fail), Duration::ZERO);
}

/// Asks for the draws of all month-ends, and judges.
fn ask(looked: Looked, way: Way, fail: Callback<NoAnswer>) {
    let Way { number, counted, as_of, pasts, windows, .. } = way;
    let chances = reliability(&counted.frame, as_of, &pasts);
    let sellers = optimism(&counted.frame, as_of, &pasts);
    let lots =
        windows.iter().filter_map(|(window, past)| Some((pasts.get(*past)?.prospects.clone().into(), window.actual())));
    let request = Request::Grade { windows: lots.collect(), draws: DRAWS, seed: SEED };
    let on_progress =
        move |done: usize, total: usize| looked.asking.go_on(number, f64::midpoint(1.0, share(done, total)));
    looked.asking.worker.ask(request, on_progress, move |answer| {
        if !looked.asking.is_latest(number) {
            return;
        }
        looked.asking.progress.set(None);
        match answer {
            Ok(Response::Grade(marks)) => {
                looked.asking.answered();
                let money = windows.into_iter().map(|(window, _)| window).zip(marks.into_iter().map(Grade::from));
                looked.found.set(Some(Arc::new(Found { chances, sellers, money: money.collect() })));
            }
            Ok(_) => {}
            Err(why) => fail.run(why),
        }
    });
}
