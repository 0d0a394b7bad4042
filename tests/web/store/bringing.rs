//! Large workspaces that are kept a piece at a time.

use std::{cell::RefCell, rc::Rc};

use leptos::{prelude::*, task::spawn_local};
use loudou::{
    codec::journal::{self, pieces},
    model::WorkspaceId,
    storage::{Archive, Fault, MemoryStorage, Piece, SaveError, Storage as _, StorageError},
    store::{ShelfError, assembled, cut},
};
use wasm_bindgen_test::wasm_bindgen_test;

use super::tab::{ELSEWHERE, HERE, Tab, filled, next_visit, until};

#[wasm_bindgen_test]
async fn a_workspace_in_pieces_is_kept_whole() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::fresh(&storage, "a");
    let workspace = filled(HERE, 1_200);
    let texts = cut(&workspace).await;
    assert_eq!(texts, pieces(&workspace));
    assert_eq!(assembled(HERE.into(), &texts).await, (workspace.clone(), Vec::new()));
    tab.bring(workspace.clone(), texts).await.unwrap();
    assert_eq!(tab.workspace(), workspace);
    assert_eq!(next_visit(&storage).workspace(), workspace);
    // Another one whose pieces nobody knows, and one with another name than in its pieces.
    let other = filled(ELSEWHERE, 3);
    tab.bring(other.clone(), Vec::new()).await.unwrap();
    tab.set_amount(1, 500);
    assert_eq!(tab.amount(1), Some(500));
    let mut renamed = filled(3, 3);
    let texts = pieces(&renamed);
    let mut profile = (*renamed.profile).clone();
    "copy".clone_into(&mut profile.name);
    renamed.profile = profile.into();
    tab.bring(renamed.clone(), texts).await.unwrap();
    let next = Tab::fresh(&Rc::new(storage.reopened()), "next");
    next.open(3.into()).unwrap();
    assert_eq!(next.workspace(), renamed);
}

#[wasm_bindgen_test]
async fn what_is_open_can_be_worked_with_meanwhile() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::with_deals(&storage, "a", 3);
    let done = Rc::new(RefCell::new(None));
    let (store, slot, big) = (tab.store, done.clone(), filled(ELSEWHERE, 3_000));
    let expected = big.clone();
    spawn_local(async move {
        let outcome = store.bring(big, Vec::new()).await;
        *slot.borrow_mut() = Some(outcome);
    });
    until("the first piece is written", || storage.keys("").unwrap().iter().any(|key| key.contains(&of(ELSEWHERE))))
        .await;
    if done.borrow().is_none() {
        assert_eq!(tab.workspace().id, HERE.into());
        tab.set_amount(0, 700);
    }
    until("it is kept", || done.borrow().is_some()).await;
    assert_eq!(*done.borrow(), Some(Ok(())));
    assert_eq!(tab.workspace(), expected);
    let next = next_visit(&storage);
    assert!(next.amount(0).is_some_and(|amount| [100, 700].contains(&amount)));
    next.open(ELSEWHERE.into()).unwrap();
    assert_eq!(next.workspace(), expected);
}

#[wasm_bindgen_test]
async fn what_is_refused_leaves_everything_as_it_was() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::with_deals(&storage, "a", 1);
    let (shown, keys) = (tab.workspace(), storage.keys("").unwrap());
    for writes in [0, 1, 4] {
        storage.set_fault(Fault::FullAfter(writes));
        let refused = tab.bring(filled(ELSEWHERE, 1_200), Vec::new()).await;
        assert_eq!(refused, Err(ShelfError::Save(SaveError::Storage(StorageError::Full))));
        assert_eq!((tab.workspace(), storage.keys("").unwrap()), (shown.clone(), keys.clone()));
    }
    storage.set_fault(Fault::FullAfter(0));
    tab.set_amount(0, 500);
    assert_eq!(tab.bring(filled(ELSEWHERE, 1), Vec::new()).await, Err(ShelfError::Unsaved));
    storage.set_fault(Fault::None);
    tab.library().retry();
    tab.bring(filled(ELSEWHERE, 1), Vec::new()).await.unwrap();
    // The same once more.
    assert_eq!(tab.bring(filled(ELSEWHERE, 1), Vec::new()).await, Err(ShelfError::Save(SaveError::Exists)));
    assert_eq!(next_visit(&storage).amount(0), Some(500));
}

#[wasm_bindgen_test]
async fn what_a_kill_left_of_a_new_workspace_goes_at_the_next_start() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::with_deals(&storage, "a", 1);
    let kept = storage.keys("").unwrap();
    let elsewhere = filled(ELSEWHERE, 1_200);
    let pieces = journal::pieces(&elsewhere).into_iter().map(|(name, text)| Piece { name, text }).collect();
    storage.set_fault(Fault::StopAfter(3));
    assert!(Archive::create(storage.clone(), "b", &elsewhere.id.to_string(), "", pieces).is_err());
    storage.set_fault(Fault::None);
    assert_eq!(storage.keys("").unwrap().len(), kept.len() + 3);
    tab.library().prepare().await;
    until("the leftovers are gone", || storage.keys("").unwrap() == kept).await;
    assert_eq!(tab.library().shelves().get_untracked().len(), 1);
}

fn of(id: u128) -> String {
    WorkspaceId::from(id).to_string()
}
