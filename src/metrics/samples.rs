//! What the tests of several metrics begin with.

#![cfg(test)]

use crate::model::{
    Batch, Command, Currency, Date, FunnelModel, Playbook, Profile, Share, Stage, Stamp, Timestamp, Workspace, apply,
};

/// A stage that asks for nothing and takes 14 days.
pub(super) fn stage(id: u128, percent: u8) -> Stage {
    Stage {
        id: id.into(),
        name: format!("S{id}"),
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

/// Model 1, of these stages.
pub(super) fn model(stages: Vec<Stage>) -> FunnelModel {
    FunnelModel {
        id: 1.into(),
        name: "M".into(),
        description: String::new(),
        stages,
        after_sale: None,
        segments: vec![],
        revisions: vec![],
        retired: vec![],
    }
}

/// A workspace of these records.
pub(super) fn workspace(batch: Batch) -> Workspace {
    let empty = Workspace::new(1.into(), Profile::named("W", Currency::CNY));
    let stamp = Stamp { on: Date::default(), at: Timestamp::UNIX_EPOCH, by: None, seed: ulid::Ulid(1 << 90) };
    empty.with(&apply(&empty, Command::Import(Box::new(batch)), stamp).unwrap())
}
