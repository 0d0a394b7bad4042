//! A frame renewed after changes says what a new one says.

use loudou::{
    metrics::{
        Filter, Frame, conversion, forecast, gate_skips,
        movement::{By, promotion},
        sales_cycle, stock,
        tables::customer_status,
    },
    model::{Batch, Command, Date, Stamp, Timestamp, Workspace, apply},
};
use proptest::prelude::*;

use crate::{
    r#gen::{Mood, empty, first_day, steps},
    metrics_oracle::six_deals::{company, created, day, deal, entered, model, stage},
};

/// All that pages ask of a frame, in words.
fn told(frame: &Frame, workspace: &Workspace, day: Date) -> String {
    let filter = Filter::default();
    let view = frame.view(day, &filter);
    let period = loudou::metrics::Period { from: first_day(), to: day };
    let deals: Vec<_> = view.rows().map(|row| frame.deal(row)).collect();
    let mut sources = frame.sources().to_vec();
    sources.sort();
    let by_source = promotion(frame, &filter, period, By::Source).into_iter().map(|table| format!("{table:?}"));
    format!(
        "{deals:?} {sources:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        stock(&view),
        conversion(&view),
        sales_cycle(&view),
        forecast(&view),
        gate_skips(workspace, &view),
        customer_status(&view, workspace),
        by_source.collect::<Vec<_>>()
    )
}

fn session() -> impl Strategy<Value = (Workspace, Vec<(Command, Stamp)>)> {
    (empty(), steps(Mood::Tame, 40))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_renewed_frame_is_like_a_new_one((start, steps) in session(), days in 0_u64..60) {
        let day = first_day() + chrono::Days::new(days);
        let (mut workspace, mut frame) = (start.clone(), Frame::new(&start));
        for (command, stamp) in steps {
            let Ok(change) = apply(&workspace, command, stamp) else { continue };
            workspace = workspace.with(&change);
            frame = frame.renewed(&workspace);
            prop_assert_eq!(told(&frame, &workspace, day), told(&Frame::new(&workspace), &workspace, day));
        }
    }
}

/// Blocks that did not change are kept, so what lies beside a change must be right too.
#[test]
fn changes_in_long_lists_of_deals_are_found() {
    let number = |number: u128| {
        let amount = i64::try_from(number).ok();
        let history = vec![(day(2026, 1, 5), entered(2))];
        deal(number, created(1, amount, None, None), Some(day(2026, 1, 1)), history)
    };
    let model = model(1, vec![stage(1, "Lead", 10), stage(2, "Talk", 25), stage(3, "Offer", 50)]);
    let deals = (1..=3_000).map(|place| number(2 * place)).collect();
    let mut workspace = company(Batch { models: vec![model], deals, ..Default::default() });
    let mut frame = Frame::new(&workspace);
    let added = Batch { deals: vec![number(3_001)], ..Default::default() };
    let commands = [
        Command::MoveDeal { id: 4_000.into(), to: 3.into(), override_reason: None },
        Command::RemoveDeal(6_000.into()),
        Command::Import(Box::new(added)),
        Command::RemoveDeal(2.into()),
        Command::MoveDeal { id: 3_001.into(), to: 1.into(), override_reason: None },
    ];
    for (command, seed) in commands.into_iter().zip(1..) {
        let stamp = Stamp { on: day(2026, 2, 1), at: Timestamp::UNIX_EPOCH, by: None, seed: ulid::Ulid(seed << 80) };
        let change = apply(&workspace, command, stamp).unwrap();
        workspace = workspace.with(&change);
        frame = frame.renewed(&workspace);
        let today = day(2026, 3, 1);
        assert!(told(&frame, &workspace, today) == told(&Frame::new(&workspace), &workspace, today));
    }
}
