//! A workspace that was shared is only looked at, until a copy is kept.

use std::rc::Rc;

use leptos::prelude::GetUntracked as _;
use loudou::{
    model::{Command, Rejection},
    storage::{Fault, MemoryStorage, Storage as _},
    store::{Saving, ShelfError, Step},
};
use wasm_bindgen_test::wasm_bindgen_test;

use super::tab::{ELSEWHERE, HERE, Tab, deal, filled};

/// Everything in a storage.
fn contents(storage: &MemoryStorage) -> Vec<(String, Option<String>)> {
    let keys = storage.keys("").unwrap();
    keys.into_iter().map(|key| (key.clone(), storage.get(&key).unwrap())).collect()
}

#[wasm_bindgen_test]
fn a_visit_touches_nothing_that_is_kept() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::with_deals(&storage, "a", 2);
    tab.set_amount(0, 300);
    let (before, kept) = (contents(&storage), tab.workspace());

    // The very workspace that is kept here, as somebody else shared it.
    tab.visit(filled(HERE, 5)).unwrap();
    assert_eq!((tab.saving(), tab.workspace().deals.len()), (Saving::Visiting, 5));
    assert!(!tab.can_undo().get_untracked());
    let refused = tab.dispatch(Command::RemoveDeal(deal(1)));
    assert_eq!(refused, Err(Rejection::ReadOnly));
    assert_eq!(tab.rehearse(|| tab.dispatch(Command::RemoveDeal(deal(1)))), Err(Rejection::ReadOnly));
    assert_eq!(tab.adopt(|_| Ok::<_, Rejection>(loudou::model::Change::default())), Err(Rejection::ReadOnly));
    assert_eq!(tab.undo(), Step::None);
    tab.catch_up();
    tab.library().retry();
    assert!(!tab.library().keep_draft((HERE.into(), 1.into()), None));
    assert_eq!((tab.saving(), tab.workspace().deals.len()), (Saving::Visiting, 5));
    assert_eq!(contents(&storage), before);

    tab.leave_visited().unwrap();
    assert_eq!((tab.saving(), tab.workspace()), (Saving::Saved, kept));
    tab.set_amount(1, 700);
    assert_eq!(tab.amount(1), Some(700));
}

#[wasm_bindgen_test]
async fn a_copy_is_kept_beside_what_is_here() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::with_deals(&storage, "a", 2);
    tab.visit(filled(HERE, 5)).unwrap();
    tab.keep_visited().await.unwrap();
    assert_eq!((tab.saving(), tab.workspace().deals.len()), (Saving::Saved, 5));
    assert_ne!(tab.workspace().id, HERE.into());
    assert_eq!(tab.library().shelves().get_untracked().len(), 2);
    tab.set_amount(4, 900);
    assert_eq!(Tab::opened(&storage, "b").workspace().deals.len(), 2);

    // What is not here yet keeps its id, so that it is known again when files are merged.
    tab.visit(filled(ELSEWHERE, 1)).unwrap();
    tab.keep_visited().await.unwrap();
    assert_eq!(tab.workspace().id, ELSEWHERE.into());
    tab.keep_visited().await.unwrap();
    assert_eq!(tab.library().shelves().get_untracked().len(), 3);
}

#[wasm_bindgen_test]
fn a_visit_leaves_unsaved_work_alone() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::with_deals(&storage, "a", 2);
    storage.set_fault(Fault::FullAfter(0));
    tab.set_amount(0, 300);
    assert_eq!(tab.visit(filled(ELSEWHERE, 1)), Err(ShelfError::Unsaved));
    assert_eq!(tab.amount(0), Some(300));
}

#[wasm_bindgen_test]
fn a_first_visitor_leaves_an_empty_browser() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::fresh(&storage, "a");
    tab.visit(filled(ELSEWHERE, 1)).unwrap();
    tab.leave_visited().unwrap();
    assert_eq!((tab.saving(), tab.library().opened().get_untracked()), (Saving::Idle, None));
    assert_eq!(contents(&storage), []);
}
