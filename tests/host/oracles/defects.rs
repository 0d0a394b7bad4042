//! Mistakes seen in other programs' arithmetic, each as a test that ours does not make it. (Those about clocks of stalled deals,
//! gates, learned probabilities and several currencies concern other parts.)

use loudou::{
    metrics::{Conversion, Filter, Forecast, Frame, Period, Reason, Stock, conversion, forecast, stock},
    model::{Batch, Date, Deal, EventKind, Gate, StageId, Workspace},
};

use super::six_deals::{company, created, day, deal, entered, lost, model, six_deals, stage};

fn won() -> EventKind {
    EventKind::Won { gate: Gate::Met }
}

fn three_stages(deals: Vec<Deal>) -> Workspace {
    let stages = vec![stage(1, "Lead", 10), stage(2, "Talk", 25), stage(3, "Offer", 50)];
    company(Batch { models: vec![model(1, stages)], deals, ..Default::default() })
}

fn stock_of(workspace: &Workspace, as_of: Date, period: Option<Period>) -> Stock {
    let filter = Filter { period, ..Default::default() };
    stock(&Frame::new(workspace).view(as_of, &filter)).remove(0)
}

fn conversion_of(workspace: &Workspace, as_of: Date) -> Conversion {
    conversion(&Frame::new(workspace).view(as_of, &Filter::default())).remove(0)
}

fn forecast_of(workspace: &Workspace, as_of: Date) -> Forecast {
    forecast(&Frame::new(workspace).view(as_of, &Filter::default()))
}

#[test]
fn defect_1_lost_deals_are_not_forecast() {
    let gone = deal(
        1,
        created(1, Some(900), Some(day(2026, 5, 1)), Some(90)),
        Some(day(2026, 1, 1)),
        vec![(day(2026, 2, 1), lost())],
    );
    let forecast = forecast_of(&three_stages(vec![gone]), day(2026, 3, 1));
    assert_eq!(forecast, Forecast::default());
}

#[test]
fn defect_2_lost_deals_stay_in_every_stage_they_entered() {
    let talk = &conversion_of(&six_deals(), day(2026, 3, 31)).stages[1].cohort;
    assert_eq!((talk.entered(), talk.lost.len()), (4, 1));
}

#[test]
fn defect_2_a_second_entry_does_not_count_again() {
    let back = vec![
        (day(2026, 1, 2), entered(2)),
        (day(2026, 1, 3), entered(1)),
        (day(2026, 1, 4), entered(2)),
        (day(2026, 1, 5), lost()),
    ];
    let conversion = conversion_of(
        &three_stages(vec![deal(1, created(1, None, None, None), Some(day(2026, 1, 1)), back)]),
        day(2026, 2, 1),
    );
    let counts = conversion.stages.iter().map(|s| (s.cohort.passed.len(), s.cohort.lost.len(), s.cohort.open.len()));
    // Lead was passed once and for all; Talk was entered twice, counts once, and is lost after three days.
    assert_eq!(counts.collect::<Vec<_>>(), [(1, 0, 0), (0, 1, 0), (0, 0, 0)]);
    assert_eq!(conversion.stages[1].cohort.durations().median, Some(3));
}

#[test]
fn defect_2_the_first_stage_has_a_conversion() {
    let conversion = conversion_of(&six_deals(), day(2026, 3, 31));
    assert_eq!(conversion.stages[0].cohort.so_far().map(|rate| (rate.hits(), rate.of())), Some((4, 5)));
}

#[test]
fn defect_3_stages_keep_the_order_of_the_model() {
    let stages = vec![stage(3, "Thin", 10), stage(1, "Empty", 20), stage(2, "Fat", 30)];
    let fat = (1..=5).map(|id| deal(id, created(2, None, None, None), None, vec![]));
    let deals = fat.chain([deal(9, created(3, None, None, None), None, vec![])]).collect();
    let stock = stock_of(
        &company(Batch { models: vec![model(1, stages)], deals, ..Default::default() }),
        day(2026, 1, 1),
        None,
    );
    let sizes = stock.stages.iter().map(|stage| (stage.stage, stage.open.deals.len())).collect::<Vec<_>>();
    assert_eq!(sizes, [3, 1, 2].map(StageId::from).into_iter().zip([1, 0, 5]).collect::<Vec<_>>());
}

#[test]
fn defect_5_any_stage_has_a_probability_and_every_deal_counts() {
    let deals = (1..=250).map(|id| deal(id, created(2, Some(100), None, None), None, vec![])).collect();
    let stock = stock_of(&three_stages(deals), day(2026, 1, 1), None);
    assert_eq!((stock.open.deals.len(), stock.open.amount, stock.open.weighted), (250, 25_000, 6_250.0));
}

#[test]
fn defect_8_a_deal_of_probability_zero_weighs_nothing_and_changes_no_other() {
    let some = |id, percent| deal(id, created(1, Some(9_900), None, Some(percent)), None, vec![]);
    let stock = stock_of(&three_stages(vec![some(1, 100), some(2, 0)]), day(2026, 1, 1), None);
    assert_eq!(stock.open.weighted, 9_900.0);
}

#[test]
fn defect_9_what_happened_later_changes_no_earlier_number() {
    let then = vec![(day(2026, 2, 1), entered(2)), (day(2026, 3, 1), won())];
    let short = deal(1, created(1, None, None, None), Some(day(2026, 1, 1)), vec![]);
    let long = deal(1, created(1, None, None, None), Some(day(2026, 1, 1)), then);
    let [short, long] = [short, long].map(|deal| three_stages(vec![deal]));
    let before = day(2026, 1, 31);
    assert_eq!(conversion_of(&short, before), conversion_of(&long, before));
    assert_eq!(stock_of(&short, before, None), stock_of(&long, before, None));
    assert_ne!(conversion_of(&short, day(2026, 2, 1)), conversion_of(&long, day(2026, 2, 1)));
}

#[test]
fn defect_9_two_views_of_one_funnel_agree() {
    let (stock, forecast) =
        (stock_of(&six_deals(), day(2026, 3, 31), None), forecast_of(&six_deals(), day(2026, 3, 31)));
    let buckets = [&forecast.overdue, &forecast.without_date, &forecast.without_amount];
    let forecast: f64 =
        forecast.months.values().map(|month| &month.open).chain(buckets).map(|bucket| bucket.weighted).sum();
    assert_eq!(stock.open.weighted, forecast);
}

#[test]
fn defect_11_days_add_up_to_their_month() {
    let deals = (1..=20).map(|id| {
        let on = day(2026, 1, 25) + chrono::Days::new(u64::try_from(id).unwrap());
        deal(id, created(1, Some(100), None, None), Some(day(2026, 1, 1)), vec![(on, won())])
    });
    let workspace = three_stages(deals.collect());
    let won = |from, to| stock_of(&workspace, day(2026, 12, 31), Some(Period { from, to })).won.deals.len();
    let days: usize = day(2026, 2, 1).iter_days().take(28).map(|day| won(day, day)).sum();
    assert_eq!((days, won(day(2026, 2, 1), day(2026, 2, 28))), (14, 14));
}

#[test]
fn defect_12_a_win_without_date_is_listed_and_in_no_month() {
    let history = [created(1, Some(100), None, None), won()];
    let mut undated = deal(1, history[0].clone(), None, vec![]);
    let first = undated.history()[0].clone();
    undated.record(loudou::model::Event { id: 99.into(), kind: history[1].clone(), ..first }).unwrap();
    let workspace = three_stages(vec![undated]);
    let forecast = forecast_of(&workspace, day(2026, 1, 31));
    assert!(forecast.months.is_empty());
    assert_eq!(forecast.left_out.of(Reason::Undated).len(), 1);
    assert_eq!(stock_of(&workspace, day(2026, 1, 31), None).won.deals.len(), 1);
    let january = Period { from: day(2026, 1, 1), to: day(2026, 1, 31) };
    let stock = stock_of(&workspace, day(2026, 1, 31), Some(january));
    assert_eq!((stock.won.deals.len(), stock.left_out.of(Reason::Undated).len()), (0, 1));
}
