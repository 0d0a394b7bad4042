//! Which deals are in the list, and in which order: each worked out again only when what it hangs on changes.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    cell::Desk,
    sieve::{Chosen, Typed},
};
use crate::{
    i18n::use_i18n,
    metrics::Yardsticks,
    model::{Deal, DealId},
    store::use_store,
    ui::{components::data_table::Sort, parts::listing::order::sorted, settings::Settings},
};

/// The deals of the list.
#[derive(Clone, Copy)]
pub(super) struct Listed {
    /// Those ticked, in the order of their ids.
    ticked: Memo<Vec<Arc<Deal>>>,
    /// Whether what is typed lets each of those pass.
    found: Memo<Vec<bool>>,
    /// All that are listed, in the order to show.
    pub(super) rows: Memo<Vec<DealId>>,
}

impl Listed {
    /// Follows what is ticked, typed and sorted by. `picked` are the only deals to list, if another page picked some.
    pub(super) fn follow(
        picked: Signal<Option<Vec<DealId>>>,
        chosen: Memo<Chosen>,
        typed: Memo<Typed>,
        desk: Desk,
        yardsticks: Memo<Arc<Yardsticks>>,
    ) -> Self {
        let (i18n, store) = (use_i18n(), use_store());
        let settings: Settings = expect_context();
        // A deal ticked before may have changed, which comparing thousands of them would only find out slowly.
        let ticked = Memo::new_with_compare(
            move |_| {
                store.with(|workspace| {
                    picked.with(|picked| {
                        let list = |yardsticks: &Arc<Yardsticks>| {
                            chosen.with(|chosen| chosen.list(picked.as_deref(), workspace, yardsticks))
                        };
                        yardsticks.with(list)
                    })
                })
            },
            |_, _| true,
        );
        let found = Memo::new(move |_| {
            ticked.with(|deals| typed.with(|typed| store.with(|workspace| typed.marks(deals, workspace))))
        });
        // Typing keeps the order, so a key sorts nothing.
        let order = Memo::new(move |_| {
            let (yardsticks, language) = (yardsticks.get(), settings.language.get().tag());
            desk.columns.sort.with(|Sort { column, descending }| {
                store.with(|workspace| {
                    ticked.with(|deals| {
                        let values = deals.iter().map(|deal| column.value(deal, workspace, &yardsticks, i18n));
                        sorted(&values.enumerate().collect::<Vec<_>>(), *descending, language)
                    })
                })
            })
        });
        let rows = Memo::new(move |_| {
            ticked.with(|deals| {
                found.with(|found| {
                    let is_found = |place: &usize| found.get(*place).copied().unwrap_or_default();
                    let id = |place: usize| deals.get(place).map(|deal| deal.id);
                    order.with(|order| order.iter().copied().filter(is_found).filter_map(id).collect())
                })
            })
        });
        Self { ticked, found, rows }
    }

    /// Takes what `read` makes of the deals listed, in the order of their ids.
    pub(super) fn with<T>(self, read: impl FnOnce(&mut dyn Iterator<Item = &Arc<Deal>>) -> T) -> T {
        self.ticked.with(|deals| {
            let listed = |found: &Vec<bool>| {
                read(&mut deals.iter().zip(found).filter(|(_, found)| **found).map(|(deal, _)| deal))
            };
            self.found.with(listed)
        })
    }
}
