//! How long the metrics take on the host: `cargo bench --bench metrics`.

use divan::{Bencher, black_box};
use loudou::{
    metrics::{self, Filter, Frame},
    model::{
        Batch, Command, Currency, Customer, Date, Deal, DealDetails, Event, EventKind, FunnelModel, Gate, Money,
        Profile, Share, Stage, Stamp, Timestamp, Workspace, apply,
    },
};

/// The size of the Maven data, and a large company.
const SIZES: [u32; 2] = [8_800, 100_000];

fn main() {
    divan::main();
}

fn first_day() -> Date {
    Date::from_ymd_opt(2024, 1, 1).unwrap_or_default()
}

fn as_of() -> Date {
    Date::from_ymd_opt(2026, 11, 23).unwrap_or_default()
}

fn stage(number: u8) -> Stage {
    Stage {
        id: u128::from(number).into(),
        name: format!("Stage {number}"),
        zone: None,
        probability: Share::percent(number * 15),
        promotion_rate: Share::percent(60),
        expected_days: 14,
        weight: None,
        criteria: vec![],
        tasks: vec![],
        required_fields: vec![],
        playbook: loudou::model::Playbook::default(),
    }
}

/// A deal that goes through up to six stages, then is won, lost or still open: the same one for the same number.
fn deal(number: u32) -> Deal {
    let mut state = number.wrapping_mul(0x9E37_79B9).wrapping_add(1);
    let mut below = |limit: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) % limit
    };
    let mut on = first_day() + chrono::Days::new(u64::from(below(1_050)));
    let created = EventKind::Created {
        model: 1.into(),
        stage: 1.into(),
        owner: None,
        amount: Money::from_minor(i64::from(below(5_000_000))),
        expected_close: Some(on + chrono::Days::new(u64::from(below(300)))),
        probability: None,
    };
    let mut kinds = vec![created];
    for stage in 2..=6_u128 {
        match below(10) {
            0..=5 => kinds.push(EventKind::Entered { stage: stage.into(), gate: Gate::Met }),
            6..=8 => {
                kinds.push(EventKind::Lost { reason: "price".into(), note: String::new() });
                break;
            }
            _ => break,
        }
    }
    if kinds.len() == 6 && matches!(kinds.last(), Some(EventKind::Entered { .. })) {
        kinds.push(EventKind::Won { gate: Gate::Met });
    }
    let mut history = Vec::new();
    for (kind, place) in kinds.into_iter().zip(0_u128..) {
        let id = (u128::from(number) * 16 + place).into();
        history.push(Event { id, on: Some(on), at: Timestamp::UNIX_EPOCH, by: None, kind });
        on = on + chrono::Days::new(u64::from(below(30)));
    }
    let customer = Some(u128::from(number / 3 + 1).into());
    let source = ["web", "fair", "phone"].get(below(3) as usize).copied().unwrap_or_default().into();
    let details = DealDetails { title: format!("Deal {number}"), customer, source, ..DealDetails::default() };
    Deal::from_history(u128::from(number).into(), details, history).unwrap_or_else(|fault| panic!("{fault:?}"))
}

fn workspace(deals: u32) -> Workspace {
    let profile = Profile {
        name: "Bench".into(),
        currency: Currency::CNY,
        fiscal_year_start: 1,
        sources: vec![],
        lost_reasons: vec![],
    };
    let model = FunnelModel {
        id: 1.into(),
        name: "Six stages".into(),
        description: String::new(),
        stages: (1..=6).map(stage).collect(),
        segments: vec![],
        revisions: vec![],
        retired: vec![],
    };
    let customers = (1..=deals / 3 + 1).map(|id| Customer::named(u128::from(id).into(), format!("Customer {id}")));
    let batch = Batch {
        models: vec![model],
        customers: customers.collect(),
        deals: (1..=deals).map(deal).collect(),
        ..Batch::default()
    };
    let empty = Workspace::new(1.into(), profile);
    let stamp = Stamp { on: as_of(), at: Timestamp::UNIX_EPOCH, by: None, seed: ulid::Ulid(0) };
    let change = apply(&empty, Command::Import(Box::new(batch)), stamp).unwrap_or_else(|rule| panic!("{rule}"));
    empty.with(&change)
}

#[divan::bench(args = SIZES)]
fn frame(bencher: Bencher, deals: u32) {
    let workspace = workspace(deals);
    bencher.bench_local(|| Frame::new(black_box(&workspace)));
}

#[divan::bench(args = SIZES)]
fn view(bencher: Bencher, deals: u32) {
    let (frame, filter) = (Frame::new(&workspace(deals)), Filter::default());
    bencher.bench_local(|| frame.view(black_box(as_of()), &filter));
}

macro_rules! metrics {
    ($($metric:ident),*) => {$(
        #[divan::bench(args = SIZES)]
        fn $metric(bencher: Bencher, deals: u32) {
            let (frame, filter) = (Frame::new(&workspace(deals)), Filter::default());
            let view = frame.view(as_of(), &filter);
            bencher.bench_local(|| metrics::$metric(black_box(&view)));
        }
    )*};
}

metrics!(stock, conversion, sales_cycle, forecast);

/// What the funnel page computes after an edit.
#[divan::bench(args = SIZES)]
fn funnel_page(bencher: Bencher, deals: u32) {
    let (workspace, filter) = (workspace(deals), Filter::default());
    bencher.bench_local(|| {
        let frame = Frame::new(black_box(&workspace));
        let view = frame.view(as_of(), &filter);
        let flow = metrics::conversion(&view);
        let medians: Vec<_> =
            flow.iter().flat_map(|c| &c.stages).map(|stage| stage.cohort.durations().median).collect();
        (metrics::stock(&view), metrics::sales_cycle(&view), metrics::forecast(&view), medians, flow)
    });
}
