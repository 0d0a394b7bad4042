//! The clocks of the open deals, and what they are read against.

use std::collections::BTreeMap;

use loudou::{
    metrics::{
        Clock, Clocks, Diagnosis, Frame, Health, Mark, View,
        diagnosis::Facts,
        stall::{Origin, Yardsticks},
    },
    model::{Deal, FunnelModel, Workspace},
};
use serde_json::{Value, json};

use super::output::Money;

/// How many deals of a view have each mark, how each clock stands, and what is suspected of how many.
pub(crate) fn json(
    money: &Money,
    workspace: &Workspace,
    frame: &Frame,
    view: &View<'_>,
    yardsticks: &Yardsticks,
) -> Value {
    let rows: Vec<_> = view.rows().collect();
    let deals = frame.deals(&rows).filter_map(|id| workspace.deals.get(id));
    let open: Vec<(&Deal, Clocks)> = deals.filter_map(|deal| Some((&**deal, yardsticks.read(deal)?))).collect();
    let marked = |mark: Mark| open.iter().filter(|(_, clocks)| clocks.marks().contains(&mark)).count();
    let marks: BTreeMap<&str, usize> = Mark::ALL.into_iter().map(|mark| (mark.code(), marked(mark))).collect();
    let standing = |clock: Clock| {
        let count = |health| open.iter().filter(|(_, clocks)| clocks.health(clock) == health).count();
        json!({
            "healthy": count(Some(Health::Healthy)),
            "watch": count(Some(Health::Watch)),
            "ill": count(Some(Health::Ill)),
            "unknown": count(None),
        })
    };
    let name = |clock| match clock {
        Clock::Age => "age",
        Clock::Idle => "idle",
        Clock::Overdue => "overdue",
        Clock::Pushes => "pushes",
    };
    let clocks: BTreeMap<&str, Value> = Clock::ALL.into_iter().map(|clock| (name(clock), standing(clock))).collect();
    let mut suspected: BTreeMap<String, usize> = BTreeMap::new();
    for (deal, clocks) in &open {
        let diagnosis = Diagnosis::of(clocks, &Facts::of(workspace, deal, yardsticks.day()));
        for suspicion in diagnosis.into_iter().flat_map(|diagnosis| diagnosis.suspicions) {
            *suspected.entry(format!("{:?}", suspicion.ailment)).or_default() += 1;
        }
    }
    json!({
        "open": open.len(),
        "large": yardsticks.large().map(|amount| money.whole(amount.minor().into())),
        "marks": marks,
        "clocks": clocks,
        "suspected": suspected,
    })
}

/// Adds to the report of a model from when on a deal stands in each stage for too long.
pub(crate) fn add_thresholds(json: &mut Value, model: &FunnelModel, yardsticks: &Yardsticks) {
    for (place, stage) in model.stages.iter().enumerate() {
        let Some(threshold) = yardsticks.threshold(model.id, stage.id) else { continue };
        let origin = match threshold.origin {
            Origin::Model => "model",
            Origin::Won => "won",
            Origin::TooFew => "too_few",
        };
        json["stages"][place]["threshold"] = json!({
            "origin": origin,
            "watch": threshold.limits.watch,
            "ill": threshold.limits.ill,
            "won": threshold.won.len(),
            "undated": threshold.undated.len(),
        });
    }
}
