//! What moved adds up however the models were revised while deals were in them: on one frame, and on the frame of any day as it was
//! counted then.

use std::collections::BTreeSet;

use loudou::{
    metrics::{
        Filter, Frame, Period, Reason,
        movement::{By, Flow, Group, Place, lines, matrix, promotion, waterfall},
        stock,
    },
    model::{Date, Stamp, Timestamp, Workspace, apply},
};
use proptest::{collection::vec, option, prelude::*};

use super::brute_force::{filters, later, plans, workspace};
use crate::models_law::{Edit, command, edit};

/// Edits of models and moves of deals, with the days between them.
pub(super) fn edits() -> impl Strategy<Value = Vec<(Edit, u64)>> {
    vec((edit(), 0..9_u64), 1..20)
}

/// The workspace after the edits that are not refused, from the twentieth day on: in the midst of the histories.
pub(super) fn revised(start: Workspace, edits: &[(Edit, u64)]) -> Workspace {
    let (mut now, mut day) = (start, later(20));
    for ((edit, days), number) in edits.iter().zip(1_u128..) {
        day = day + chrono::Days::new(*days);
        let stamp =
            Stamp { on: day, at: Timestamp::UNIX_EPOCH, by: None, seed: ulid::Ulid((1 << 100) + (number << 32)) };
        let Some(command) = command(&now, edit, (1 << 90) + number) else { continue };
        if let Ok(change) = apply(&now, command, stamp) {
            now = now.with(&change);
        }
    }
    now
}

/// Everything that moved in the period adds up on this frame, and is the stock of its two days.
fn check(frame: &Frame, filter: &Filter, period: Period, horizon: Option<Period>) {
    let eve = period.from.pred_opt().unwrap();
    let (then, now) = (frame.view(eve, filter), frame.view(period.to, filter));
    let stocks = [&then, &now].map(stock);
    for by in [By::Company, By::Department, By::Person, By::Product, By::Source] {
        for (number, table) in promotion(frame, filter, period, by).into_iter().enumerate() {
            for (group, stages) in &table.rows {
                for stage in stages {
                    assert_eq!(stage.residual(), 0, "{by:?} {group:?} {:?}", stage.flows);
                }
            }
            if by == By::Company {
                for (stock, flow) in stocks.iter().zip([Flow::Opening, Flow::Closing]) {
                    for (place, stage) in stock[number].stages.iter().enumerate() {
                        let counted = table.rows.get(&Group::Company).map_or(0, |stages| stages[place].count(flow));
                        assert_eq!(counted, stage.open.deals.len(), "{flow:?}");
                    }
                }
            }
        }
    }
    for (moved, (opening, closing)) in matrix(&then, &now).into_iter().zip(stocks[0].iter().zip(&stocks[1])) {
        for (place, (opening, closing)) in opening.stages.iter().zip(&closing.stages).enumerate() {
            assert_eq!(moved.from(Place::Stage(place)), opening.open.deals.len());
            assert_eq!(moved.to(Place::Stage(place)), closing.open.deals.len());
        }
    }
    let change = waterfall(&then, &now, horizon);
    assert_eq!(change.residual(), 0);
    if horizon.is_none() {
        // Of all models together, or of the one that is asked for.
        for (stock, item) in stocks.iter().zip([&change.start, &change.end]) {
            let lost_sight: usize = stock.iter().map(|stock| stock.left_out.of(Reason::UnknownStage).len()).sum();
            if filter.model.is_some() || lost_sight == 0 {
                assert_eq!(item.change, stock.iter().map(|stock| stock.open.amount).sum::<i128>());
            }
        }
    }
    for lines in lines(period, |day| frame.view(day, filter)) {
        for month in &lines.months {
            let stock = stock(&frame.view(month.on, filter));
            let stock = stock.iter().find(|stock| stock.model == lines.model).unwrap();
            let open: Vec<_> = stock.stages.iter().map(|stage| stage.open.deals.len()).collect();
            assert_eq!(month.open, open);
        }
    }
}

/// The days on which a model took another form, each with the day before it.
fn turns(workspace: &Workspace) -> BTreeSet<Date> {
    let until = workspace.models.iter().flat_map(|model| model.revisions.iter().map(|revision| revision.until));
    until.flat_map(|day| [day, day.pred_opt().unwrap()]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_moved_adds_up_across_revisions(
        plans in plans(),
        edits in edits(),
        filter in filters(),
        (from, days) in (0..110_u64, 0..60_u64),
        horizon in option::of((0..120_u64, 0..60_u64)),
    ) {
        let now = revised(workspace(plans), &edits);
        let period = Period { from: later(from), to: later(from + days) };
        let horizon = horizon.map(|(from, days)| Period { from: later(from), to: later(from + days) });
        check(&Frame::new(&now), &filter, period, horizon);
        // As it was counted on the last day, and around every revision: with periods that end there, or go on beyond.
        let days = turns(&now).into_iter().chain([period.from, period.to]).collect::<BTreeSet<_>>();
        for day in days {
            let frame = Frame::new(&now.as_counted_on(day));
            check(&frame, &filter, period, horizon);
            check(&frame, &filter, Period { from: period.from.min(day), to: day }, horizon);
            // By that day every stage that histories name is known.
            for stock in stock(&frame.view(day, &filter)) {
                prop_assert_eq!(stock.left_out.of(Reason::UnknownStage), &[]);
            }
        }
    }
}
