//! The workspace as columns, as it was counted on the day of a view: what every page of numbers scans.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    metrics::Frame,
    model::Workspace,
    store::use_store,
    ui::{filters::Scope, timing},
};

/// The columns that were made last, kept while pages come and go: after an edit only a few of them are written anew.
#[derive(Clone, Copy, Debug)]
pub struct LastFrame(StoredValue<Arc<Frame>>);

impl LastFrame {
    /// Provides it; call it at the root of the page.
    pub fn provide() {
        provide_context(Self(StoredValue::default()));
    }

    /// The columns of `workspace`.
    pub fn of(self, workspace: &Workspace) -> Arc<Frame> {
        let frame = Arc::new(self.0.with_value(|last| last.renewed(workspace)));
        self.0.set_value(frame.clone());
        frame
    }
}

/// The columns that were made last; the page provides them at its root.
pub fn use_last_frame() -> LastFrame {
    expect_context()
}

/// A snapshot and its columns.
#[derive(Clone, Debug)]
pub struct Counted {
    /// The workspace with the models that held on the day of the view.
    pub workspace: Workspace,
    /// Its columns.
    pub frame: Arc<Frame>,
    /// When making them began, for the measure of what follows.
    pub since: f64,
}

/// The columns of the snapshot, followed, as it was counted on the day of the scope. They are renewed once per snapshot; another
/// filter only scans them again.
pub fn use_counted(scope: Memo<Scope>) -> Memo<Arc<Counted>> {
    let (store, last) = (use_store(), use_last_frame());
    let frame = Memo::new_with_compare(
        move |_| {
            let since = timing::moment();
            let (workspace, frame) = store.with(|workspace| (workspace.clone(), last.of(workspace)));
            Arc::new(Counted { workspace, frame, since })
        },
        made_anew,
    );
    let day = Memo::new(move |_| scope.with(|scope| scope.as_of));
    Memo::new_with_compare(
        move |_| {
            let now = frame.get();
            let then = now.workspace.as_counted_on(day.get());
            if then.models.same(&now.workspace.models) {
                return now;
            }
            Arc::new(Counted { frame: Arc::new(Frame::new(&then)), workspace: then, since: now.since })
        },
        made_anew,
    )
}

/// Whether a shared value was made anew.
pub fn made_anew<T>(before: Option<&Arc<T>>, after: Option<&Arc<T>>) -> bool {
    before.zip(after).is_none_or(|(before, after)| !Arc::ptr_eq(before, after))
}
