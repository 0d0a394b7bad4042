//! What moved adds up, on random companies, periods and filters, and is what the histories say.

use std::collections::BTreeMap;

use loudou::{
    metrics::{
        Filter, Frame, Period,
        movement::{Bucket, By, Flow, Group, Place, lines, matrix, promotion, waterfall},
        stock,
    },
    model::{Date, EventKind, Status, Workspace},
};
use proptest::{collection::vec, option, prelude::*};

use super::brute_force::{filters, later, plans, tell, workspace};

/// Where a period begins and how many days it has.
fn periods() -> impl Strategy<Value = Period> {
    (0..70_u64, 0..50_u64).prop_map(|(from, days)| Period { from: later(from), to: later(from + days) })
}

fn before(period: Period) -> Date {
    period.from.pred_opt().unwrap()
}

const ROWS: [By; 5] = [By::Company, By::Department, By::Person, By::Product, By::Source];

fn check_promotion(workspace: &Workspace, filter: &Filter, period: Period) {
    let frame = Frame::new(workspace);
    for by in ROWS {
        for table in promotion(&frame, filter, period, by) {
            for (group, stages) in &table.rows {
                for stage in stages {
                    assert_eq!(stage.residual(), 0, "{by:?} {group:?}");
                    let onward = stage.count(Flow::Promoted) + stage.count(Flow::Won);
                    assert!(stage.stays.len() <= onward);
                }
            }
            if by == By::Company {
                check_stock(&frame, filter, period, table.model, table.rows.get(&Group::Company));
            }
            if matches!(by, By::Department | By::Person | By::Source) {
                // Every deal is in one row at a time: the rows add up to the company's, but for what changed hands.
                let company = promotion(&frame, filter, period, By::Company);
                let company = company.into_iter().find(|other| other.model == table.model).unwrap();
                for flow in
                    [Flow::Opening, Flow::Created, Flow::Promoted, Flow::Won, Flow::Lost, Flow::FellBack, Flow::Closing]
                {
                    let sum = |rows: &BTreeMap<Group, Vec<_>>| -> usize {
                        rows.values()
                            .flatten()
                            .map(|stage: &loudou::metrics::movement::StageFlow| stage.count(flow))
                            .sum()
                    };
                    assert_eq!(sum(&table.rows), sum(&company.rows), "{by:?} {flow:?}");
                }
            }
        }
    }
}

/// Opening and closing are the stock of those days.
fn check_stock(
    frame: &Frame,
    filter: &Filter,
    period: Period,
    model: loudou::model::ModelId,
    stages: Option<&Vec<loudou::metrics::movement::StageFlow>>,
) {
    for (day, flow) in [(before(period), Flow::Opening), (period.to, Flow::Closing)] {
        let stock = stock(&frame.view(day, filter)).into_iter().find(|stock| stock.model == model).unwrap();
        for (place, stage) in stock.stages.iter().enumerate() {
            let counted = stages.map_or(0, |stages| stages[place].count(flow));
            assert_eq!(counted, stage.open.deals.len(), "{flow:?}");
        }
    }
}

fn check_matrix(workspace: &Workspace, filter: &Filter, period: Period) {
    let frame = Frame::new(workspace);
    let (then, now) = (frame.view(before(period), filter), frame.view(period.to, filter));
    let stocks = stock(&then).into_iter().zip(stock(&now));
    for (moved, (opening, closing)) in matrix(&then, &now).into_iter().zip(stocks) {
        for (place, (opening, closing)) in opening.stages.iter().zip(&closing.stages).enumerate() {
            assert_eq!(moved.from(Place::Stage(place)), opening.open.deals.len());
            assert_eq!(moved.to(Place::Stage(place)), closing.open.deals.len());
        }
        assert_eq!(moved.from(Place::Dormant), opening.dormant.deals.len());
        assert_eq!(moved.to(Place::Dormant), closing.dormant.deals.len());
    }
}

fn check_waterfall(workspace: &Workspace, filter: &Filter, period: Period, horizon: Option<Period>) {
    let frame = Frame::new(workspace);
    let change = waterfall(&frame.view(before(period), filter), &frame.view(period.to, filter), horizon);
    assert_eq!(change.residual(), 0);
    let open = |day: Date| -> i128 {
        let told = tell(workspace, day, filter);
        let told = told.iter().map(super::brute_force::Told::now);
        let counted = told.filter(|now| {
            now.is_open()
                && filter.model.is_none_or(|model| now.model == model)
                && horizon.is_none_or(|horizon| now.expected_close.is_some_and(|close| horizon.contains(close)))
        });
        counted.map(|now| now.amount.map_or(0, |amount| i128::from(amount.minor()))).sum()
    };
    assert_eq!(change.start.change, open(before(period)));
    assert_eq!(change.end.change, open(period.to));
    for (bucket, item) in &change.changes {
        let adds =
            matches!(bucket, Bucket::New | Bucket::PulledIn | Bucket::Increased | Bucket::Reopened | Bucket::TakenOver);
        assert!(if adds { item.change >= 0 } else { item.change <= 0 }, "{bucket:?} {}", item.change);
    }
    // What was won is the amount of the deals that were open at the beginning and are won at the end.
    let won = |day: Date| -> Vec<_> {
        tell(workspace, day, filter)
            .iter()
            .filter(|told| matches!(told.now().status, Status::Won { .. }))
            .map(|told| told.deal.id)
            .collect()
    };
    let won = won(period.to);
    if let Some(item) = change.changes.get(&Bucket::Won) {
        assert!(
            filter != &Filter { period: filter.period, ..Filter::default() }
                || frame.deals(&item.deals).all(|id| won.contains(&id))
        );
    }
}

fn check_lines(workspace: &Workspace, filter: &Filter, period: Period) {
    let frame = Frame::new(workspace);
    for lines in lines(period, |day| frame.view(day, filter)) {
        assert_eq!(lines.months.last().unwrap().on, period.to);
        for month in &lines.months {
            let stock =
                stock(&frame.view(month.on, filter)).into_iter().find(|stock| stock.model == lines.model).unwrap();
            let open: Vec<_> = stock.stages.iter().map(|stage| stage.open.deals.len()).collect();
            let amount: Vec<_> = stock.stages.iter().map(|stage| stage.open.amount).collect();
            assert_eq!((&month.open, &month.amount), (&open, &amount));
        }
    }
}

/// Every change of a stage in the period, told by the events alone.
fn moves(workspace: &Workspace, period: Period) -> (usize, usize, usize) {
    let (mut won, mut lost, mut created) = (0, 0, 0);
    for deal in workspace.deals.iter() {
        let mut open = false;
        for event in deal.history() {
            let counts = event.on.is_some_and(|on| period.contains(on));
            match event.kind {
                EventKind::Created { .. } => {
                    open = true;
                    created += usize::from(counts);
                }
                EventKind::Won { .. } => {
                    won += usize::from(counts && open);
                    open = false;
                }
                EventKind::Lost { .. } => {
                    lost += usize::from(counts && open);
                    open = false;
                }
                EventKind::Dormant { .. } => open = false,
                EventKind::Reopened { .. } => open = true,
                _ => {}
            }
        }
    }
    (won, lost, created)
}

proptest! {
    #[test]
    fn the_promotion_table_adds_up(plans in plans(), filter in filters(), period in periods()) {
        check_promotion(&workspace(plans), &filter, period);
    }

    #[test]
    fn the_promotion_table_counts_every_event(plans in plans(), period in periods()) {
        let workspace = workspace(plans);
        let tables = promotion(&Frame::new(&workspace), &Filter::default(), period, By::Company);
        let sum = |flow| tables.iter().flat_map(|table| table.rows.values().flatten()).map(|stage| stage.count(flow)).sum::<usize>();
        prop_assert_eq!((sum(Flow::Won), sum(Flow::Lost), sum(Flow::Created)), moves(&workspace, period));
    }

    #[test]
    fn the_matrix_adds_up(plans in plans(), filter in filters(), period in periods()) {
        check_matrix(&workspace(plans), &filter, period);
    }

    #[test]
    fn the_waterfall_adds_up(plans in plans(), filter in filters(), period in periods(), horizon in option::of(periods())) {
        check_waterfall(&workspace(plans), &filter, period, horizon);
    }

    #[test]
    fn the_lines_are_the_stock_of_each_month(plans in plans(), filter in filters(), period in periods()) {
        check_lines(&workspace(plans), &filter, period);
    }

    #[test]
    fn nothing_moves_in_no_time(plans in plans(), filter in filters(), days in vec(0..80_u64, 1)) {
        let workspace = workspace(plans);
        let frame = Frame::new(&workspace);
        let view = frame.view(later(days[0]), &filter);
        let change = waterfall(&view, &view, None);
        prop_assert!(change.changes.is_empty());
        for moved in matrix(&view, &view) {
            prop_assert!(moved.cells.keys().all(|(from, to)| from == to));
        }
    }
}
