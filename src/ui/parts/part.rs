//! A part of the workspace that travels: the deals that a filter leaves, with what they name.

use std::collections::BTreeSet;

use super::counted::LastFrame;
use crate::{
    model::{DealId, Workspace, WorkspaceId},
    store::Store,
    ui::filters::Scope,
};

/// The deals that a filter leaves, seen from its day; one that asks for a model leaves those that stand in it.
pub fn deals(workspace: &Workspace, scope: &Scope, last: LastFrame) -> BTreeSet<DealId> {
    let frame = last.of(workspace);
    let in_model = |id: &DealId| {
        let standing = workspace.deals.get(*id).map(|deal| deal.standing().model);
        scope.filter.model.is_none_or(|model| standing == Some(model))
    };
    let view = frame.view(scope.as_of, &scope.filter);
    view.rows().filter_map(|row| frame.deal(row)).filter(in_model).collect()
}

/// The part of the workspace with these deals, as a workspace of its own.
pub fn part(workspace: &Workspace, deals: &BTreeSet<DealId>, store: Store) -> Workspace {
    workspace.part(WorkspaceId::new(store.fresh()), |deal| deals.contains(&deal.id))
}
