//! The draws: asked of the worker whenever what is asked for changes, and heard when they are done.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    SEED, Wish,
    asking::{Asking, share},
};
use crate::{
    i18n::use_i18n,
    metrics::simulation::{Outcomes, prospects},
    worker::{Request, Response},
};

/// How often every deal is drawn.
pub(in crate::ui::pages) const DRAWS: usize = 10_000;

/// What was drawn. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Drawn {
    /// What came of it; nothing until the first answer.
    pub(super) outcomes: RwSignal<Option<Arc<Outcomes>>>,
    /// The question.
    pub(super) asking: Asking,
    /// Deals that were drawn, and those without an amount.
    pub(super) deals: RwSignal<(usize, usize)>,
}

/// Asks as often as something changes; call it in a component body.
pub(super) fn use_drawn(wish: Wish) -> Drawn {
    let i18n = use_i18n();
    let drawn = Drawn { outcomes: RwSignal::new(None), asking: Asking::new(), deals: RwSignal::new((0, 0)) };
    let asking = drawn.asking;
    Effect::new(move || {
        let (snapshot, basis, months) = (wish.counted.get(), wish.basis.get(), wish.months.get());
        let prospects = wish.scope.with(|scope| {
            let models: Vec<_> = snapshot.workspace.models.iter().map(AsRef::as_ref).collect();
            prospects(&snapshot.frame.view(scope.as_of, &scope.filter), &models, basis, months)
        });
        drawn.deals.set((prospects.deals(), prospects.without_amount));
        let number = asking.begin();
        let on_progress = move |done: usize, total: usize| asking.go_on(number, share(done, total));
        asking.worker.ask(
            Request::Simulate { lots: prospects.into(), draws: DRAWS, seed: SEED },
            on_progress,
            move |answer| {
                if !asking.is_latest(number) {
                    return;
                }
                asking.progress.set(None);
                match answer {
                    Ok(Response::Simulate(outcomes)) => {
                        asking.answered();
                        drawn.outcomes.set(Some(Arc::new((*outcomes).into())));
                    }
                    Ok(_) => {}
                    Err(why) => asking.failed(i18n, &why),
                }
            },
        );
    });
    drawn
}
