// The worked example of the metrics' documentation and of their tests: one model, Lead (10 %), Talk (25 %), Offer (50 %), and six
// deals in the first quarter of 2026. Included by path, so that every example runs on the same figures.

use loudou::model::{
    Batch, Command, Currency, Date, Deal, DealDetails, Event, EventKind, FunnelModel, Gate, ModelId, Money, Playbook,
    Profile, Share, Stage, StageId, Stamp, Timestamp, Workspace, apply,
};

pub(crate) fn day(year: i32, month: u32, day: u32) -> Date {
    Date::from_ymd_opt(year, month, day).unwrap()
}

pub(crate) fn stage(id: u128, name: &str, percent: u8) -> Stage {
    Stage {
        id: StageId::from(id),
        name: name.into(),
        zone: None,
        probability: Share::percent(percent),
        promotion_rate: Share::percent(50),
        expected_days: 14,
        weight: None,
        criteria: vec![],
        tasks: vec![],
        required_fields: vec![],
        playbook: Playbook::default(),
    }
}

pub(crate) fn model(id: u128, stages: Vec<Stage>) -> FunnelModel {
    FunnelModel {
        id: ModelId::from(id),
        name: format!("Model {id}"),
        description: String::new(),
        stages,
        after_sale: None,
        segments: vec![],
        revisions: vec![],
        retired: vec![],
    }
}

/// A deal that began in this stage of model 1, with what happened to it since.
pub(crate) fn deal(id: u128, created: EventKind, began: Option<Date>, then: Vec<(Date, EventKind)>) -> Deal {
    let first = std::iter::once((began, created));
    let events = first.chain(then.into_iter().map(|(on, kind)| (Some(on), kind))).zip(1..);
    let events = events.map(|((on, kind), number)| Event {
        id: (id * 1_000 + number).into(),
        on,
        at: Timestamp::UNIX_EPOCH,
        by: None,
        kind,
    });
    let details = DealDetails { title: format!("Deal {id}"), ..Default::default() };
    Deal::from_history(id.into(), details, events.collect()).unwrap()
}

pub(crate) fn created(
    stage: u128,
    amount: Option<i64>,
    expected_close: Option<Date>,
    percent: Option<u8>,
) -> EventKind {
    EventKind::Created {
        model: ModelId::from(1),
        stage: StageId::from(stage),
        owner: None,
        amount: amount.and_then(Money::from_minor),
        expected_close,
        probability: percent.map(Share::percent),
    }
}

pub(crate) fn entered(stage: u128) -> EventKind {
    EventKind::Entered { stage: StageId::from(stage), gate: Gate::Met }
}

pub(crate) fn lost() -> EventKind {
    EventKind::Lost { reason: "price".into(), note: String::new() }
}

pub(crate) fn company(batch: Batch) -> Workspace {
    let profile = Profile::named("Six deals", Currency::CNY);
    let empty = Workspace::new(1.into(), profile);
    let stamp = Stamp { on: day(2026, 1, 1), at: Timestamp::UNIX_EPOCH, by: None, seed: ulid::Ulid(0) };
    let change = apply(&empty, Command::Import(Box::new(batch)), stamp).unwrap();
    empty.with(&change)
}

pub(crate) fn six_deals() -> Workspace {
    let won = EventKind::Won { gate: Gate::Met };
    let deals = vec![
        deal(
            1,
            created(1, Some(100_000), None, None),
            Some(day(2026, 1, 1)),
            vec![(day(2026, 1, 11), entered(2)), (day(2026, 1, 31), entered(3)), (day(2026, 2, 20), won)],
        ),
        deal(
            2,
            created(1, Some(300_000), None, None),
            Some(day(2026, 1, 5)),
            vec![(day(2026, 1, 20), entered(2)), (day(2026, 2, 1), lost())],
        ),
        deal(
            3,
            created(1, Some(200_000), Some(day(2026, 4, 15)), None),
            Some(day(2026, 1, 10)),
            vec![(day(2026, 2, 10), entered(2))],
        ),
        deal(
            4,
            created(1, Some(400_000), Some(day(2026, 3, 15)), Some(80)),
            Some(day(2026, 2, 1)),
            vec![(day(2026, 2, 15), entered(3))],
        ),
        deal(5, created(1, None, None, None), Some(day(2026, 3, 1)), vec![]),
        deal(6, created(2, Some(50_000), None, None), None, vec![]),
    ];
    let stages = vec![stage(1, "Lead", 10), stage(2, "Talk", 25), stage(3, "Offer", 50)];
    company(Batch { models: vec![model(1, stages)], deals, ..Default::default() })
}
