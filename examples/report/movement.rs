//! What moved in a period.

use std::collections::BTreeMap;

use loudou::{
    metrics::{
        Filter, Frame, Period,
        ledger::{self, Wanted},
        movement::{self, Bucket, By, Flow, Group, Item, Lines, Matrix, Place, Promotion, StageFlow},
    },
    model::{ModelId, Workspace},
};
use serde_json::{Value, json};

use super::output::{Money, rate};

/// Promotion tables, lines and matrix of every model.
pub(crate) fn by_model(
    money: &Money,
    workspace: &Workspace,
    frame: &Frame,
    filter: &Filter,
    period: Period,
) -> BTreeMap<ModelId, Value> {
    let mut models: BTreeMap<ModelId, Value> = BTreeMap::new();
    let rows = [
        ("company", By::Company),
        ("department", By::Department),
        ("person", By::Person),
        ("product", By::Product),
        ("source", By::Source),
    ];
    for (key, by) in rows {
        for table in movement::promotion(frame, filter, period, by) {
            models.entry(table.model).or_default()["promotion"][key] = promotion(workspace, &table);
        }
    }
    for of_model in movement::lines(period, |day| frame.view(day, filter)) {
        models.entry(of_model.model).or_default()["lines"] = lines(money, &of_model);
    }
    for of_model in ledger::ledger(&frame.view(period.to, filter)) {
        models.entry(of_model.model).or_default()["flows"] = flows(money, workspace, &of_model);
    }
    if let Some(eve) = period.from.pred_opt() {
        for of_model in movement::matrix(&frame.view(eve, filter), &frame.view(period.to, filter)) {
            models.entry(of_model.model).or_default()["matrix"] = matrix(money, workspace, &of_model);
        }
    }
    models
}

/// How the open amount changed; `null` when the period has no eve.
pub(crate) fn waterfall(money: &Money, frame: &Frame, filter: &Filter, period: Period) -> Value {
    let Some(eve) = period.from.pred_opt() else { return Value::Null };
    let change = movement::waterfall(&frame.view(eve, filter), &frame.view(period.to, filter), None);
    let item = |item: &Item| json!({ "deals": item.deals.len(), "change": money.whole(item.change) });
    let name = |bucket| match bucket {
        Bucket::New => "new",
        Bucket::PulledIn => "pulled_in",
        Bucket::Increased => "increased",
        Bucket::Reopened => "reopened",
        Bucket::TakenOver => "taken_over",
        Bucket::Decreased => "decreased",
        Bucket::PushedOut => "pushed_out",
        Bucket::HandedOver => "handed_over",
        Bucket::Lost => "lost",
        Bucket::Dormant => "dormant",
        Bucket::Won => "won",
    };
    let changes = change.changes.iter().map(|(bucket, changed)| (name(*bucket), item(changed)));
    json!({
        "start": item(&change.start),
        "changes": changes.collect::<Value>(),
        "end": item(&change.end),
        "residual": money.whole(change.residual()),
    })
}

fn promotion(workspace: &Workspace, table: &Promotion) -> Value {
    let name = |group: &Group| match group {
        Group::Company => Some(workspace.profile.name.clone()),
        Group::Department(id) => Some(workspace.departments.get((*id)?)?.name.clone()),
        Group::Person(id) => Some(workspace.people.get((*id)?)?.name.clone()),
        Group::Product(id) => Some(workspace.products.get((*id)?)?.name.clone()),
        Group::Source(source) => (!source.is_empty()).then(|| source.clone()),
    };
    let rows = table.rows.iter().map(|(group, stages)| {
        json!({ "name": name(group), "stages": stages.iter().map(|flow| stage(workspace, table, flow)).collect::<Vec<_>>() })
    });
    rows.collect()
}

fn stage(workspace: &Workspace, table: &Promotion, stage: &StageFlow) -> Value {
    let name = |flow| match flow {
        Flow::Opening => "opening",
        Flow::Created => "created",
        Flow::PromotedIn => "promoted_in",
        Flow::FellBackIn => "fell_back_in",
        Flow::Reopened => "reopened",
        Flow::TakenOver => "taken_over",
        Flow::ChangedIn => "changed_in",
        Flow::Promoted => "promoted",
        Flow::Won => "won",
        Flow::FellBack => "fell_back",
        Flow::Lost => "lost",
        Flow::Dormant => "dormant",
        Flow::HandedOver => "handed_over",
        Flow::ChangedOut => "changed_out",
        Flow::Skipped => "skipped",
        Flow::Closing => "closing",
    };
    let model = workspace.models.get(table.model);
    json!({
        "stage": model.and_then(|model| model.stage(stage.stage)).map(|stage| &stage.name),
        "flows": stage.flows.iter().map(|(flow, deals)| (name(*flow), deals.len())).collect::<Value>(),
        "residual": stage.residual(),
        "rate": rate(stage.promotion_rate()),
        "median_days": stage.median_days(),
    })
}

fn lines(money: &Money, lines: &Lines) -> Value {
    let months = lines.months.iter().map(|month| {
        json!({
            "month": month.month.to_string(),
            "on": month.on.to_string(),
            "open": month.open,
            "amount": month.amount.iter().map(|amount| money.whole(*amount)).collect::<Vec<_>>(),
            "won": month.won,
            "lost": month.lost,
        })
    });
    months.collect()
}

fn matrix(money: &Money, workspace: &Workspace, matrix: &Matrix) -> Value {
    let model = workspace.models.get(matrix.model);
    let name = |place| match place {
        Place::NotBegun => json!("not_begun"),
        Place::Elsewhere => json!("elsewhere"),
        Place::Stage(position) => {
            json!({ "stage": model.and_then(|model| model.stages.get(position)).map(|stage| &stage.name) })
        }
        Place::Dormant => json!("dormant"),
        Place::Won => json!("won"),
        Place::Lost => json!("lost"),
    };
    let cells = matrix.cells.iter().map(|((from, to), cell)| {
        json!({ "from": name(*from), "to": name(*to), "deals": cell.deals.len(), "amount": money.whole(cell.amount) })
    });
    cells.collect()
}

/// What flowed month by month, stage by stage in each list, and what each seller has; days are those since the beginning.
fn flows(money: &Money, workspace: &Workspace, of_model: &ledger::OfModel) -> Value {
    let sums = of_model.ledger.sums(&Wanted::default());
    let stages = sums.stages.len().max(1);
    let by_month = |counts: Vec<u32>| counts.chunks(stages).map(<[u32]>::to_vec).collect::<Vec<_>>();
    let sellers = of_model.owners.iter().zip(&sums.owners).map(|(owner, row)| {
        let name = owner.and_then(|id| workspace.people.get(id)).map(|person| person.name.as_str());
        let (open, won) = (money.whole(row.open_amount.into()), money.whole(row.won_amount.into()));
        json!({
            "name": name, "open": row.open, "open_amount": open, "won": row.won, "won_amount": won, "lost": row.lost,
            "win_rate": row.win_rate(),
        })
    });
    json!({
        "deals": of_model.ledger.deals(),
        "months": of_model.months.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "entries": by_month(sums.months.entries().collect()),
        "promotions": by_month(sums.months.promotions().collect()),
        "losses": by_month(sums.months.losses().collect()),
        "fallbacks": by_month(sums.months.backs().collect()),
        "median_days": sums.stages.iter().map(|stage| stage.median).collect::<Vec<_>>(),
        "median_cycle": sums.cycle,
        "sellers": sellers.collect::<Vec<_>>(),
    })
}
