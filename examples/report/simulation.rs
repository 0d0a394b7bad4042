//! The forecast as a distribution, on every basis.

use loudou::{
    metrics::{
        View,
        simulation::{Basis, Spread, prospects, simulate},
    },
    model::Workspace,
};
use serde_json::{Value, json};

use super::output::Money;

/// How often the deals are drawn.
const DRAWS: usize = 10_000;
/// How many months ahead, the present one included.
const MONTHS: u32 = 12;

/// What the open deals of the view may bring.
pub(crate) fn json(money: &Money, workspace: &Workspace, view: &View, seed: u64) -> Value {
    let models: Vec<_> = workspace.models.iter().map(AsRef::as_ref).collect();
    let on = |basis| {
        let open = prospects(view, &models, basis, MONTHS);
        let outcomes = simulate(&open, DRAWS, seed, &mut |_| ());
        let months = outcomes
            .months
            .iter()
            .map(|((year, month), won)| json!({ "month": format!("{year:04}-{month:02}"), "won": spread(money, won) }));
        json!({
            "deals": open.deals(),
            "without_amount": open.without_amount,
            "months": months.collect::<Vec<_>>(),
            "total": spread(money, &outcomes.total),
            "without_largest": spread(money, &outcomes.without_largest),
        })
    };
    json!({
        "draws": DRAWS,
        "seed": seed,
        "model": on(Basis::Model),
        "observed": on(Basis::Observed),
        "own": on(Basis::Own),
    })
}

fn spread(money: &Money, spread: &Spread) -> Value {
    json!({
        "p10": money.main(spread.p10),
        "p50": money.main(spread.p50),
        "p90": money.main(spread.p90),
        "mean": money.main(spread.mean),
    })
}
