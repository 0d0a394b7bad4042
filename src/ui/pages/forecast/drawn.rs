//! The draws: asked of the worker whenever what is asked for changes, and heard when they are done.

use std::sync::Arc;

use leptos::prelude::*;

use super::{SEED, Wish};
use crate::{
    i18n::use_i18n,
    metrics::simulation::{Outcomes, prospects},
    ui::{background::Desk, wording::import::no_answer},
    worker::{Request, Response},
};

/// How often every deal is drawn.
pub(super) const DRAWS: usize = 10_000;

/// What was drawn. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Drawn {
    /// What came of it; nothing until the first answer.
    pub(super) outcomes: RwSignal<Option<Arc<Outcomes>>>,
    /// How much is done; `None` while nothing is under way.
    pub(super) progress: RwSignal<Option<f64>>,
    /// Why there is no answer.
    pub(super) failure: RwSignal<Option<String>>,
    /// Deals that were drawn, and those without an amount.
    pub(super) deals: RwSignal<(usize, usize)>,
    /// The number of the latest question: earlier answers come too late.
    asked: StoredValue<u32>,
    worker: Desk,
}

impl Drawn {
    /// Gives up what is under way; the answer before stays.
    pub(super) fn cancel(self) {
        self.worker.stop();
        self.asked.update_value(|asked| *asked += 1);
        self.progress.set(None);
    }
}

/// Asks as often as something changes; call it in a component body.
pub(super) fn use_drawn(wish: Wish) -> Drawn {
    let i18n = use_i18n();
    let drawn = Drawn {
        outcomes: RwSignal::new(None),
        progress: RwSignal::new(None),
        failure: RwSignal::new(None),
        deals: RwSignal::new((0, 0)),
        asked: StoredValue::new(0),
        worker: Desk::new(),
    };
    Effect::new(move || {
        let (snapshot, basis, months) = (wish.counted.get(), wish.basis.get(), wish.months.get());
        let prospects = wish.scope.with(|scope| {
            let models: Vec<_> = snapshot.workspace.models.iter().map(AsRef::as_ref).collect();
            prospects(&snapshot.frame.view(scope.as_of, &scope.filter), &models, basis, months)
        });
        drawn.deals.set((prospects.deals(), prospects.without_amount));
        drawn.asked.update_value(|asked| *asked += 1);
        let number = drawn.asked.get_value();
        let is_latest = move || drawn.asked.try_get_value() == Some(number);
        drawn.progress.set(Some(0.0));
        #[expect(clippy::cast_precision_loss, reason = "a share of some thousands")]
        let on_progress = move |done: usize, total: usize| {
            if is_latest() {
                drawn.progress.set(Some(done as f64 / total.max(1) as f64));
            }
        };
        drawn.worker.ask(
            Request::Simulate { lots: prospects.into(), draws: DRAWS, seed: SEED },
            on_progress,
            move |answer| {
                if !is_latest() {
                    return;
                }
                drawn.progress.set(None);
                match answer {
                    Ok(Response::Simulate(outcomes)) => {
                        drawn.failure.set(None);
                        drawn.outcomes.set(Some(Arc::new((*outcomes).into())));
                    }
                    Ok(_) => {}
                    Err(why) => drawn.failure.set(Some(no_answer(i18n, &why).to_owned())),
                }
            },
        );
    });
    drawn
}
