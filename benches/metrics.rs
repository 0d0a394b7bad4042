//! How long the metrics take on the host: `cargo bench --bench metrics`.

use divan::{Bencher, black_box};
use loudou::{
    codec::content::{IdSource, Language, company_words, targets},
    metrics::{self, Filter, Frame, Screening},
    model::{
        Batch, Command, Currency, Customer, Date, Deal, DealDetails, Event, EventKind, FunnelModel, Gate, Money,
        Person, Profile, Share, Stage, Stamp, Timestamp, Workspace, apply,
    },
};

/// How many people share the deals.
const SELLERS: u32 = 12;
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
fn deal(number: u32, per_customer: u32) -> Deal {
    let mut state = number.wrapping_mul(0x9E37_79B9).wrapping_add(1);
    let mut below = |limit: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) % limit
    };
    let mut on = first_day() + chrono::Days::new(u64::from(below(1_050)));
    let created = EventKind::Created {
        model: 1.into(),
        stage: 1.into(),
        owner: Some(u128::from(number % SELLERS + 1).into()),
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
    let customer = Some(u128::from(number / per_customer + 1).into());
    let source = ["web", "fair", "phone"].get(below(3) as usize).copied().unwrap_or_default().into();
    let details = DealDetails { title: format!("Deal {number}"), customer, source, ..DealDetails::default() };
    Deal::from_history(u128::from(number).into(), details, history).unwrap_or_else(|fault| panic!("{fault:?}"))
}

fn seller(number: u32) -> Person {
    Person {
        id: u128::from(number).into(),
        name: format!("Seller {number}"),
        department: None,
        territory: String::new(),
        capacity: None,
        active: true,
    }
}

fn workspace(deals: u32, per_customer: u32) -> Workspace {
    let profile = Profile::named("Bench", Currency::CNY);
    let model = FunnelModel {
        id: 1.into(),
        name: "Six stages".into(),
        description: String::new(),
        stages: (1..=6).map(stage).collect(),
        after_sale: None,
        segments: vec![],
        revisions: vec![],
        retired: vec![],
    };
    let customers =
        (1..=deals / per_customer + 1).map(|id| Customer::named(u128::from(id).into(), format!("Customer {id}")));
    let batch = Batch {
        models: vec![model],
        people: (1..=SELLERS).map(seller).collect(),
        customers: customers.collect(),
        deals: (1..=deals).map(|number| deal(number, per_customer)).collect(),
        ..Batch::default()
    };
    let empty = Workspace::new(1.into(), profile);
    let stamp = Stamp { on: as_of(), at: Timestamp::UNIX_EPOCH, by: None, seed: ulid::Ulid(0) };
    let change = apply(&empty, Command::Import(Box::new(batch)), stamp).unwrap_or_else(|rule| panic!("{rule}"));
    empty.with(&change)
}

#[divan::bench(args = SIZES)]
fn frame(bencher: Bencher, deals: u32) {
    let workspace = workspace(deals, 3);
    bencher.bench_local(|| Frame::new(black_box(&workspace)));
}

#[divan::bench(args = SIZES)]
fn view(bencher: Bencher, deals: u32) {
    let (frame, filter) = (Frame::new(&workspace(deals, 3)), Filter::default());
    bencher.bench_local(|| frame.view(black_box(as_of()), &filter));
}

macro_rules! metrics {
    ($($metric:ident),*) => {$(
        #[divan::bench(args = SIZES)]
        fn $metric(bencher: Bencher, deals: u32) {
            let (frame, filter) = (Frame::new(&workspace(deals, 3)), Filter::default());
            let view = frame.view(as_of(), &filter);
            bencher.bench_local(|| metrics::$metric(black_box(&view)));
        }
    )*};
}

metrics!(stock, conversion, sales_cycle, forecast);

/// What the analysis tells apart: all deals in one line, the lost ones by stage and by reason.
#[divan::bench(args = SIZES)]
fn breakdown(bencher: Bencher, deals: u32) {
    let (frame, filter) = (Frame::new(&workspace(deals, 3)), Filter::default());
    let view = frame.view(as_of(), &filter);
    bencher.bench_local(|| {
        let by_stage = metrics::breakdown(black_box(&view), metrics::Dimension::LostStage);
        (by_stage, metrics::breakdown(&view, metrics::Dimension::Source), metrics::losses(&view, None))
    });
}

/// What the list of customers computes after an edit: 10,000 customers, 20,000 deals.
#[divan::bench]
fn customer_facts(bencher: Bencher) {
    let workspace = workspace(20_000, 2);
    bencher.bench_local(|| metrics::customer_facts(black_box(&workspace), as_of()));
}

/// A workspace, and the same after one deal moved.
fn edited(deals: u32) -> [Workspace; 2] {
    let before = workspace(deals, 3);
    let open = before.deals.iter().find(|deal| deal.standing().is_open() && deal.standing().stage != 6.into());
    let id = open.map_or(1.into(), |deal| deal.id);
    let command = Command::MoveDeal { id, to: 6.into(), override_reason: None };
    let stamp = Stamp { on: as_of(), at: Timestamp::UNIX_EPOCH, by: None, seed: ulid::Ulid(u128::MAX / 2) };
    let change = apply(&before, command, stamp).unwrap_or_else(|rule| panic!("{rule}"));
    let after = before.with(&change);
    [before, after]
}

/// The columns after an edit.
#[divan::bench(args = SIZES)]
fn renewed(bencher: Bencher, deals: u32) {
    let [before, after] = edited(deals);
    let frame = Frame::new(&before);
    bencher.bench_local(|| frame.renewed(black_box(&after)));
}

#[divan::bench(args = SIZES)]
fn gate_skips(bencher: Bencher, deals: u32) {
    let (workspace, filter) = (workspace(deals, 3), Filter::default());
    let frame = Frame::new(&workspace);
    let view = frame.view(as_of(), &filter);
    bencher.bench_local(|| metrics::gate_skips(&workspace, black_box(&view)));
}

/// What the funnel page computes after an edit, before it paints.
#[divan::bench(args = SIZES)]
fn funnel_page(bencher: Bencher, deals: u32) {
    let [before, after] = edited(deals);
    let (frame, filter) = (Frame::new(&before), Filter::default());
    let model = after.models.iter().next().cloned();
    bencher.bench_local(|| {
        let frame = frame.renewed(black_box(&after));
        let view = frame.view(as_of(), &filter);
        let (stock, conversion, cycle) =
            (metrics::stock(&view), metrics::conversion(&view), metrics::sales_cycle(&view));
        let medians: Vec<_> =
            conversion.iter().flat_map(|c| &c.stages).map(|stage| stage.cohort.durations().median).collect();
        let parts = stock.first().zip(conversion.first()).zip(cycle.first());
        let shape = model.as_ref().zip(parts).map(|(model, ((stock, conversion), cycle))| {
            metrics::shape::shape_of(model, (stock, conversion, cycle), None, None)
        });
        (shape, medians, stock, conversion, cycle)
    });
}

/// Ten thousand companies with names as companies have them, every tenth of them twice.
fn companies() -> Workspace {
    const SIGNS: &str = "华信明达东方恒力创新远大天地人和金海长城银河星光瑞丰泰康安平";
    const PLACES: [&str; 5] = ["北京", "上海", "深圳市", "杭州", ""];
    const DOES: [&str; 6] = ["科技", "机械制造", "电子", "贸易", "软件技术", "物流"];
    let mut state = 1_u32;
    let mut below = |limit: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % limit
    };
    let signs: Vec<char> = SIGNS.chars().collect();
    let syllables = |below: &mut dyn FnMut(usize) -> usize| {
        let syllable = |at: usize| ["ba", "ko", "ri", "nu", "sten", "mar", "vel", "dor", "ging", "lax"][at];
        (0..3).map(|_| syllable(below(10))).collect::<String>()
    };
    let customers = (1..=10_000_u32).map(|number| {
        let name = if number % 2 == 0 {
            let own: String = (0..3).map(|_| signs[below(signs.len())]).collect();
            [PLACES[below(5)], &own, DOES[below(6)], "有限公司"].concat()
        } else {
            [&syllables(&mut below), " ", &syllables(&mut below), " Systems Ltd"].concat()
        };
        let name = if number % 10 == 0 { name.replace("有限公司", "") } else { name };
        Customer::named(u128::from(number).into(), name)
    });
    let empty = workspace(0, 3);
    let stamp = Stamp { on: as_of(), at: Timestamp::UNIX_EPOCH, by: None, seed: ulid::Ulid(0) };
    let batch = Batch { customers: customers.collect(), ..Batch::default() };
    let change = apply(&empty, Command::Import(Box::new(batch)), stamp).unwrap_or_else(|rule| panic!("{rule}"));
    empty.with(&change)
}

/// What is wrong with 20,000 deals of 10,000 customers.
#[divan::bench]
fn quality(bencher: Bencher) {
    let workspace = workspace(20_000, 2);
    bencher.bench_local(|| metrics::quality(black_box(&workspace), as_of()));
}

#[divan::bench]
fn duplicates(bencher: Bencher) {
    let customers = companies().customers;
    bencher.bench_local(|| metrics::duplicates(black_box(&customers), company_words()));
}

/// What the page of target profiles computes at every key: 10,000 customers against one profile.
#[divan::bench]
fn screening(bencher: Bencher) {
    let pick =
        |texts: &[&str], number: u32| texts.get(number as usize % texts.len()).copied().unwrap_or_default().into();
    let customer = |number: u32| Customer {
        industry: pick(&["Machinery", "Retail", "Electronics", "Food and drink"], number),
        size: pick(&["Under 100 employees", "300–1,000 employees", "Over 1,000 employees"], number),
        needs: pick(
            &["Stock figures are wrong; the monthly count stops production for two days", "", "Product cost"],
            number / 2,
        ),
        software_in_use: pick(&["Spreadsheets", "Several systems that do not talk"], number / 3),
        standing: pick(&["Newcomer", "Among the top ten"], number / 5),
        ..Customer::named(u128::from(number).into(), format!("Customer {number}"))
    };
    let empty = Workspace::new(1.into(), Profile::named("Bench", Currency::CNY));
    let stamp = Stamp { on: as_of(), at: Timestamp::UNIX_EPOCH, by: None, seed: ulid::Ulid(0) };
    let batch = Batch { customers: (1..=10_000).map(customer).collect(), ..Batch::default() };
    let change = apply(&empty, Command::Import(Box::new(batch)), stamp).unwrap_or_else(|rule| panic!("{rule}"));
    let customers = empty.with(&change).customers;
    let targets = targets::examples(Language::English, &mut IdSource::new(ulid::Ulid(1)));
    bencher.bench_local(|| targets.first().map(|target| Screening::of(black_box(&customers), target)));
}

/// The agenda of a weekly meeting, with the thresholds it needs.
#[divan::bench(args = SIZES)]
fn meeting(bencher: Bencher, deals: u32) {
    let workspace = workspace(deals, 3);
    let week = metrics::Week { since: as_of() - chrono::Days::new(7), until: as_of() };
    bencher.bench_local(|| {
        let yardsticks = metrics::Yardsticks::new(black_box(&workspace), week.until, workspace.profile.stalling);
        metrics::meeting::meeting(&workspace, week, &yardsticks)
    });
}

/// Every card of a team of twelve.
#[divan::bench(args = SIZES)]
fn scorecards(bencher: Bencher, deals: u32) {
    let workspace = workspace(deals, 3);
    let frame = Frame::new(&workspace);
    let period = Some(metrics::Period { from: as_of() - chrono::Days::new(364), to: as_of() });
    let filter = Filter { period, ..Filter::default() };
    bencher.bench_local(|| {
        let found = metrics::scorecard::scorecards(black_box(&workspace), &frame, as_of(), &filter);
        found.map(|found| found.cards())
    });
}

/// Whose customers are whose, and what they may bring.
#[divan::bench(args = SIZES)]
fn balance(bencher: Bencher, deals: u32) {
    let workspace = workspace(deals, 3);
    let (frame, filter) = (Frame::new(&workspace), Filter::default());
    let everybody = workspace.people.iter().map(|person| person.id).collect();
    bencher.bench_local(|| {
        let view = frame.view(black_box(as_of()), &filter);
        metrics::balance::balance(&view, &workspace.people, &everybody)
    });
}
