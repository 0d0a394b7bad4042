//! The track record: what the forecasts of past month-ends said, and what came.

use loudou::{
    metrics::{
        Filter, Frame,
        backtest::{Group, Lookback, MoneyRecord, Past, Window, grade, month_ends, optimism, reliability},
        simulation::Basis,
    },
    model::{Date, Workspace},
};
use serde_json::{Value, json};

use super::output::{Money, left_out, rate};

/// How many month-ends are looked back on.
const ENDS: usize = 12;
/// How many months each forecast looks ahead.
const MONTHS: u32 = 3;
/// How often the deals of one are drawn.
const DRAWS: usize = 10_000;

/// The forecasts of the month-ends before `as_of`, on every basis.
pub(crate) fn json(
    money: &Money,
    workspace: &Workspace,
    frame: &Frame,
    as_of: Date,
    filter: &Filter,
    seed: u64,
) -> Value {
    // The period of a report says what came in it; what was known on an earlier day has none.
    let filter = Filter { period: None, ..filter.clone() };
    let mut lookback = Lookback::new(workspace.clone());
    let mut on = |basis| {
        let pasts: Vec<Past> =
            month_ends(as_of, ENDS).into_iter().map(|day| lookback.past(day, &filter, basis, MONTHS)).collect();
        let reliable = reliability(frame, as_of, &pasts);
        let graded = pasts.iter().filter_map(|past| {
            let window = Window::of(frame, as_of, &filter, past, MONTHS)?;
            Some(grade(&past.prospects, window.actual(), DRAWS, seed, &mut |_| ()))
        });
        let people = optimism(frame, as_of, &pasts).into_iter().map(|leaning| {
            let name = leaning.person.and_then(|id| workspace.people.get(id)).map(|person| person.name.clone());
            json!({ "name": name, "claims": group(&leaning.group), "undecided": leaning.undecided.len(), "slip": leaning.slip })
        });
        json!({
            "claims": reliable.all.as_ref().map(group),
            "brier": reliable.brier.map(|brier| json!({ "score": brier.score, "base": brier.base, "skill": brier.skill })),
            "bins": reliable.bins.iter().map(|bin| json!({ "from": bin.chances.0, "to": bin.chances.1, "claims": group(&bin.group) })).collect::<Vec<_>>(),
            "left_out": left_out(&reliable.left_out),
            "money": MoneyRecord::of(&graded.collect::<Vec<_>>()).map(|record| json!({
                "windows": record.windows,
                "inside": record.inside,
                "crps": money.main(record.crps),
                "error": money.main(record.error),
                "bias": money.main(record.bias),
                "actual": money.main(record.actual),
            })),
            "people": people.collect::<Vec<_>>(),
        })
    };
    json!({
        "month_ends": month_ends(as_of, ENDS).iter().map(ToString::to_string).collect::<Vec<_>>(),
        "months": MONTHS,
        "model": on(Basis::Model),
        "observed": on(Basis::Observed),
        "own": on(Basis::Own),
    })
}

fn group(group: &Group) -> Value {
    json!({ "deals": group.deals.len(), "said": group.said, "won": rate(Some(group.won)) })
}
