//! Passages through gates equal a plain reading of the histories, also where revisions of the models lie between.

use std::collections::BTreeMap;

use loudou::{
    metrics::{Filter, Frame, GateSkips, gate_skips},
    model::{Date, EventKind, FunnelModel, Gate, StageId, Workspace},
};
use proptest::{collection::vec, prelude::*};

use super::{
    brute_force::{counts, filters, later, plans, shown, tell, workspace},
    revisions::{edits, revised},
};

/// The passages out of one stage of one model, event by event: an event is a passage when the deal stood in that stage the moment
/// before, as the model reads its stages now, and stands further on after it, or is won.
fn passages(workspace: &Workspace, as_of: Date, filter: &Filter, model: &FunnelModel, stage: StageId) -> GateSkips {
    let mut found = GateSkips::default();
    for told in tell(workspace, as_of, filter) {
        for (number, event) in told.deal.history().iter().enumerate().take(told.path.len()).skip(1) {
            let before = &told.path[number - 1].1;
            let here = before.model == model.id && model.reads_as(before.stage) == Some(stage);
            let gate = match &event.kind {
                EventKind::Won { gate } => Some(gate),
                EventKind::Entered { stage: to, gate } if model.place(*to) > model.place(before.stage) => Some(gate),
                _ => None,
            };
            let list = match gate.filter(|_| here && counts(filter, event.on)) {
                Some(Gate::Met) => &mut found.met,
                Some(Gate::Overridden { .. }) => &mut found.overridden,
                Some(Gate::Unchecked) => &mut found.unchecked,
                None => continue,
            };
            list.push(told.deal.id);
        }
    }
    found
}

fn check(workspace: &Workspace, as_of: Date, filter: &Filter) {
    let frame = Frame::new(workspace);
    let mut expected = BTreeMap::new();
    for model in shown(workspace, filter) {
        for stage in &model.stages {
            let found = passages(workspace, as_of, filter, model, stage.id);
            if found != GateSkips::default() {
                expected.insert(stage.id, found);
            }
        }
    }
    let ours = gate_skips(workspace, &frame.view(as_of, filter));
    assert_eq!(ours, expected);
    for skips in ours.values() {
        let checked = skips.met.len() + skips.overridden.len();
        assert_eq!(
            skips.rate().map(|rate| (rate.hits(), rate.of())),
            (checked > 0).then_some((skips.overridden.len(), checked))
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn passages_are_what_the_histories_tell(plans in plans(), as_of in 0..90_u64, filter in filters()) {
        check(&workspace(plans), later(as_of), &filter);
    }

    #[test]
    fn passages_are_what_the_histories_tell_after_revisions(
        plans in plans(), edits in edits(), days in vec(0..120_u64, 1), filter in filters(),
    ) {
        check(&revised(workspace(plans), &edits), later(days[0]), &filter);
    }
}
