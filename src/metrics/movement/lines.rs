//! How many opportunities stood in each stage, month by month (method §5.5, 机会管线分析).

use crate::{
    metrics::{Month, Period, View, view::Status},
    model::{Date, ModelId},
};

/// One model at the end of one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineMonth {
    /// The month.
    pub month: Month,
    /// Its last day, or the last day of the period.
    pub on: Date,
    /// Open deals in each stage, first to last.
    pub open: Vec<usize>,
    /// Their amount in minor units; unknown ones add nothing.
    pub amount: Vec<i128>,
    /// Deals won in the month that still are on its last day.
    pub won: usize,
    /// Deals lost in the month that still are on its last day.
    pub lost: usize,
}

/// The lines of one model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lines {
    /// The model.
    pub model: ModelId,
    /// The months, oldest first.
    pub months: Vec<LineMonth>,
}

/// The stock at the end of every month of `period`, one set of lines for each model of the filter.
///
/// `view` gives, for a day, the view of that day: each month is read on its own last day, with the owners of that day.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::metrics::{Filter, Frame, Period, movement::lines};
/// let frame = Frame::new(&six_deals());
/// let all = Filter::default();
/// let quarter = Period { from: day(2026, 1, 1), to: day(2026, 3, 31) };
/// let lines = lines(quarter, |on| frame.view(on, &all)).remove(0);
/// let open: Vec<_> = lines.months.iter().map(|month| month.open.clone()).collect();
/// assert_eq!(open, [[1, 2, 1], [0, 2, 1], [1, 2, 1]]);
/// assert_eq!(lines.months[1].won + lines.months[1].lost, 2);
/// ```
pub fn lines<'a>(period: Period, view: impl Fn(Date) -> View<'a>) -> Vec<Lines> {
    let mut all: Vec<Lines> = Vec::new();
    for (month, on) in month_ends(period) {
        let view = view(on);
        for (place, (number, model)) in view.models().enumerate() {
            let mut of_month = LineMonth {
                month,
                on,
                open: vec![0; model.stages.len()],
                amount: vec![0; model.stages.len()],
                won: 0,
                lost: 0,
            };
            let here = view.states.iter().filter_map(|state| Some((state, state.stage?)));
            for (state, stage) in here.filter(|(_, stage)| stage.model == number) {
                let in_month =
                    |day: Option<Date>| day.is_some_and(|day| Month::of(day) == month && period.contains(day));
                match state.status {
                    Status::Open => {
                        if let (Some(open), Some(amount)) =
                            (of_month.open.get_mut(stage.position), of_month.amount.get_mut(stage.position))
                        {
                            *open += 1;
                            *amount += state.amount.map_or(0, |amount| i128::from(amount.minor()));
                        }
                    }
                    Status::Won(day) if in_month(day) => of_month.won += 1,
                    Status::Lost(day) if in_month(day) => of_month.lost += 1,
                    Status::Won(_) | Status::Lost(_) | Status::Dormant(_) => {}
                }
            }
            if all.len() <= place {
                all.push(Lines { model: model.id, months: Vec::new() });
            }
            if let Some(lines) = all.get_mut(place) {
                lines.months.push(of_month);
            }
        }
    }
    all
}

/// The last day of every month of a period, the last one no later than the period's own end.
pub(crate) fn month_ends(period: Period) -> impl Iterator<Item = (Month, Date)> {
    let mut next = Some(period.from);
    std::iter::from_fn(move || {
        let day = next.filter(|day| *day <= period.to)?;
        let month = Month::of(day);
        let following = month.next().first_day()?;
        next = Some(following);
        Some((month, following.pred_opt()?.min(period.to)))
    })
}
