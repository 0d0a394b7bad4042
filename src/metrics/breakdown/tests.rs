use super::*;
use crate::{
    metrics::{Filter, Frame, Period, Reason, samples},
    model::{
        Activity, ActivityKind, Campaign, Change, Currency, Customer, Date, Deal, DealDetails, Event, EventKind,
        FunnelModel, Gate, Money, Patch, ProductLine, Profile, Stage, Timestamp, Workspace,
    },
};

fn day(day: u32) -> Date {
    Date::from_ymd_opt(2026, 5, day).unwrap()
}

fn model() -> FunnelModel {
    samples::model(vec![Stage { name: "Talk".into(), expected_days: 9, ..samples::stage(1, 50) }])
}

/// A deal that begins on the 2nd and closes on the 5th, if it does.
fn deal(id: u128, minor: i64, closes: Option<EventKind>, details: DealDetails) -> Deal {
    let created = EventKind::Created {
        model: 1.into(),
        stage: 1.into(),
        owner: None,
        amount: Money::from_minor(minor),
        expected_close: None,
        probability: None,
    };
    let events = [(2, Some(created)), (5, closes)].into_iter().filter_map(|(on, kind)| {
        let id = (id * 10 + u128::from(on)).into();
        kind.map(|kind| Event { id, on: Some(day(on)), at: Timestamp::UNIX_EPOCH, by: None, kind })
    });
    Deal::from_history(id.into(), DealDetails { title: "A".into(), ..details }, events.collect()).unwrap()
}

fn spent(id: u128, on: u32, deal: Option<u128>, minor: Option<i64>) -> Activity {
    Activity {
        id: id.into(),
        on: day(on),
        kind: ActivityKind::Visit,
        by: None,
        customer: None,
        deal: deal.map(Into::into),
        note: String::new(),
        result: String::new(),
        next_step: String::new(),
        satisfaction: None,
        minutes: None,
        cost: minor.and_then(Money::from_minor),
    }
}

fn put<V: crate::model::Record>(record: V) -> Patch<V> {
    Patch { id: record.id(), before: None, after: Some(record.into()) }
}

/// Two won deals and a lost one; the first two name a campaign of 100.00, the first two products and the second two competitors.
fn workspace() -> Workspace {
    let line = |product: u128| ProductLine { product: product.into(), units: 1, price: None };
    let won = || Some(EventKind::Won { gate: Gate::Met });
    let first = DealDetails { lines: vec![line(1), line(2), line(1)], campaign: Some(1.into()), ..Default::default() };
    let second = DealDetails {
        competitors: vec!["Bit ".into(), "Ant".into(), "Bit".into()],
        campaign: Some(1.into()),
        customer: Some(1.into()),
        ..Default::default()
    };
    let lost = EventKind::Lost { reason: " price".into(), note: String::new() };
    let fair = |id: u128, on: u32, minor| Campaign {
        starts: Some(day(on)),
        cost: Money::from_minor(minor),
        ..Campaign::named(id.into(), "Fair")
    };
    let change = Change {
        models: vec![put(model())],
        customers: vec![put(Customer { size: "small ".into(), ..Customer::named(1.into(), "A") })],
        campaigns: vec![put(fair(1, 1, 10_001)), put(fair(2, 3, 500)), put(fair(3, 30, 9_999))],
        deals: vec![
            put(deal(1, 20_000, won(), first)),
            put(deal(2, 40_000, won(), second)),
            put(deal(3, 7_000, Some(lost), DealDetails::default())),
        ],
        activities: vec![
            put(spent(1, 4, Some(1), Some(300))),
            put(spent(2, 4, Some(3), None)),
            put(spent(3, 4, None, Some(20))),
            put(spent(4, 28, Some(3), Some(1_000_000))),
        ],
        ..Change::default()
    };
    Workspace::new(1.into(), Profile::named("A", Currency::CNY)).with(&change)
}

fn by(dimension: Dimension) -> Breakdown {
    let frame = Frame::new(&workspace());
    let filter = Filter { period: Some(Period { from: day(1), to: day(20) }), ..Filter::default() };
    breakdown(&frame.view(day(20), &filter), dimension).remove(0)
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[test]
fn a_deal_with_several_products_is_in_each_line_and_once_in_the_total() {
    let by = by(Dimension::Product);
    let won: Vec<_> = by.lines.values().map(|line| line.won.amount).collect();
    assert_eq!(
        by.lines.keys().cloned().collect::<Vec<_>>(),
        [None, Some(1.into()), Some(2.into())].map(Value::Product)
    );
    assert_eq!((won, by.total.won.amount), (vec![40_000, 20_000, 20_000], 60_000));
    assert_eq!(by.several.len(), 1);
}

#[test]
fn competitors_are_told_apart_by_their_trimmed_names() {
    let by = by(Dimension::Competitor);
    assert_eq!(by.lines.keys().cloned().collect::<Vec<_>>(), ["", "Ant", "Bit"].map(text));
    assert_eq!(by.lines[&text("Bit")].won.deals.len(), 1);
    assert_eq!(by.several.len(), 1);
}

#[test]
fn a_campaign_is_shared_out_over_its_deals_to_the_last_unit() {
    let by = by(Dimension::Campaign);
    let line = &by.lines[&Value::Campaign(Some(1.into()))];
    assert_eq!(line.cost.known(), Some(10_001 + 300));
    assert_eq!(line.cost_per_win(), Some(10_301.0 / 2.0));
    // The lost deal has an activity of which nobody knows the cost; what it cost after the day of the view does not exist.
    let none = &by.lines[&Value::Campaign(None)];
    assert_eq!((none.cost.known(), none.cost_per_win()), (None, None));
    assert_eq!(none.cost.left_out.of(Reason::NoCost).len(), 1);
    // A fair that brought nobody and a visit that was for no deal; the fair of the 30th lies ahead.
    assert_eq!(by.unassigned, 520);
}

#[test]
fn a_cost_without_a_win_is_no_cost_per_win() {
    let size = by(Dimension::Size);
    assert_eq!(size.lines[&text("small")].cost.known(), Some(5_001));
    let frame = Frame::new(&workspace());
    let all = Filter::default();
    let made = breakdown(&frame.view(day(29), &all), Dimension::LostReason).remove(0);
    let lost = &made.lines[&text("price")];
    assert_eq!((lost.cost.known(), lost.cost_per_win()), (Some(1_000_000), None));
}

#[test]
fn only_lost_deals_have_a_reason_and_a_stage() {
    for (dimension, value) in
        [(Dimension::LostReason, text("price")), (Dimension::LostStage, Value::Stage(Some(1.into())))]
    {
        let by = by(dimension);
        assert_eq!(by.lines.keys().cloned().collect::<Vec<_>>(), [value]);
        assert_eq!((by.total.lost.amount, by.total.won.deals.len()), (7_000, 0));
    }
}

#[test]
fn losses_can_be_asked_for_by_competitor() {
    let frame = Frame::new(&workspace());
    let all = Filter::default();
    let table = |name| losses(&frame.view(day(20), &all), name).remove(0);
    assert_eq!(table(Some("")).total.deals.len(), 1);
    let none = table(Some("Bit"));
    assert_eq!((none.total.deals.len(), none.cells.len(), none.competitors[""]), (0, 0, 1));
}
