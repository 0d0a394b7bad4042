//! The store over a storage that fails on demand: what is shown as saved is there, whatever happens.

mod bringing;
mod descent;
mod tab;
mod trash;
mod visit;

use std::{cell::RefCell, rc::Rc};

use gloo_timers::future::TimeoutFuture;
use leptos::{mount::mount_to, prelude::*, task::tick};
use loudou::{
    model::{Command, Deal, Money, WorkspaceId},
    storage::{Damaged, Fault, MemoryStorage, SaveError, Storage, StorageError},
    store::{Loss, Saving, ShelfError, Step},
};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;

use tab::{ELSEWHERE, FIRST_STAGE, HERE, Tab, deal, filled, head, journal, next_visit, until};

#[wasm_bindgen_test]
fn a_change_is_saved_and_found_by_the_next_visit() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::with_deals(&storage, "a", 3);
    assert_eq!(tab.saving(), Saving::Saved);
    tab.dispatch(Command::MoveDeal { id: deal(1), to: (FIRST_STAGE + 1).into(), override_reason: None }).unwrap();
    tab.set_amount(2, 4_200);
    assert_eq!(tab.saving(), Saving::Saved);
    let next = next_visit(&storage);
    assert_eq!(next.workspace(), tab.workspace());
    assert_eq!(next.library().losses().get_untracked(), []);
    assert_eq!(next.library().last_opened(), Some(HERE.into()));
}

#[wasm_bindgen_test]
fn a_refused_command_changes_and_writes_nothing() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::with_deals(&storage, "a", 1);
    let (before, writes) = (tab.workspace(), storage.writes());
    tab.dispatch(Command::MoveDeal { id: deal(0), to: FIRST_STAGE.into(), override_reason: None }).unwrap_err();
    tab.dispatch(Command::SetAmount { id: deal(0), to: Money::from_minor(100) }).unwrap();
    assert_eq!((tab.workspace(), storage.writes()), (before, writes));
    assert!(!tab.can_undo().get_untracked());
}

#[wasm_bindgen_test]
fn a_rehearsed_command_is_answered_and_changes_nothing() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::with_deals(&storage, "a", 1);
    let (before, writes) = (tab.workspace(), storage.writes());
    let stay = Command::MoveDeal { id: deal(0), to: FIRST_STAGE.into(), override_reason: None };
    tab.rehearse(|| tab.dispatch(stay)).unwrap_err();
    tab.rehearse(|| tab.dispatch(Command::RemoveDeal(deal(0)))).unwrap();
    assert_eq!((tab.workspace(), storage.writes()), (before, writes));
    assert!(!tab.can_undo().get_untracked());
    tab.dispatch(Command::RemoveDeal(deal(0))).unwrap();
    assert!(tab.can_undo().get_untracked());
}

#[wasm_bindgen_test]
fn undo_and_redo_are_kept_like_any_change() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::with_deals(&storage, "a", 2);
    let before = tab.workspace();
    tab.set_amount(0, 500);
    tab.dispatch(Command::RemoveDeal(deal(1))).unwrap();
    let after = tab.workspace();

    assert_eq!((tab.undo(), tab.undo(), tab.undo()), (Step::Done, Step::Done, Step::None));
    assert_eq!(tab.workspace(), before);
    assert_eq!(next_visit(&storage).workspace(), before);

    assert_eq!((tab.redo(), tab.redo(), tab.redo()), (Step::Done, Step::Done, Step::None));
    assert_eq!(tab.workspace(), after);
    assert_eq!(next_visit(&storage).workspace(), after);

    assert_eq!(tab.undo(), Step::Done);
    tab.set_amount(1, 900);
    assert!(!tab.can_redo().get_untracked(), "a new change leaves nothing to redo");
}

#[wasm_bindgen_test]
fn a_tab_takes_in_what_another_one_wrote() {
    let storage = Rc::new(MemoryStorage::new());
    let one = Tab::with_deals(&storage, "one", 2);
    let two = Tab::opened(&storage, "two");
    two.set_amount(1, 700);
    assert_eq!(one.amount(1), Some(100));
    one.catch_up();
    assert_eq!(one.amount(1), Some(700));
    // Writing catches up too, so no tab writes over what it has not seen.
    one.set_amount(0, 300);
    two.set_amount(1, 800);
    assert_eq!((two.amount(0), two.workspace()), (Some(300), next_visit(&storage).workspace()));
}

#[wasm_bindgen_test]
fn undo_leaves_what_another_tab_has_changed_since() {
    let storage = Rc::new(MemoryStorage::new());
    let one = Tab::with_deals(&storage, "one", 2);
    let two = Tab::opened(&storage, "two");
    one.set_amount(1, 200);
    one.set_amount(0, 300);
    two.set_amount(0, 700);
    assert_eq!(one.undo(), Step::Overtaken);
    assert_eq!((one.amount(0), one.amount(1)), (Some(700), Some(200)));
    assert_eq!(next_visit(&storage).amount(0), Some(700));
    // The step before it concerns a deal that nobody else touched.
    assert_eq!(one.undo(), Step::Done);
    assert_eq!((one.amount(0), one.amount(1)), (Some(700), Some(100)));
    assert_eq!(next_visit(&storage).workspace(), one.workspace());
}

#[wasm_bindgen_test]
fn a_full_storage_is_said_and_the_work_is_saved_once_there_is_room() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::with_deals(&storage, "a", 2);
    let saved = tab.workspace();
    storage.set_fault(Fault::FullAfter(0));
    tab.set_amount(0, 500);
    tab.set_amount(1, 600);
    assert_eq!(tab.saving(), Saving::Failed(SaveError::Storage(StorageError::Full)));
    assert!(tab.library().has_unsaved());
    assert_eq!((tab.amount(0), tab.amount(1)), (Some(500), Some(600)));
    assert_eq!(tab.undo(), Step::Done);
    assert_eq!(next_visit(&storage).workspace(), saved);

    storage.set_fault(Fault::None);
    tab.set_amount(0, 550);
    assert_eq!(tab.saving(), Saving::Saved);
    assert!(!tab.library().has_unsaved());
    assert_eq!((tab.amount(0), tab.amount(1)), (Some(550), Some(100)));
    assert_eq!(next_visit(&storage).workspace(), tab.workspace());
}

#[wasm_bindgen_test]
fn room_made_by_deleting_another_workspace_is_used_at_once() {
    let storage = Rc::new(MemoryStorage::with_capacity(20_000));
    let tab = Tab::fresh(&storage, "a");
    tab.create(filled(ELSEWHERE, 2)).unwrap();
    tab.create(filled(HERE, 2)).unwrap();
    let ballast = "x".repeat(20_000);
    let room = (0..20_000).rev().find(|size| storage.set("ballast", &ballast[..*size]).is_ok());
    assert!(room.is_some());
    tab.set_amount(0, 500);
    assert_eq!(tab.saving(), Saving::Failed(SaveError::Storage(StorageError::Full)));
    tab.delete(ELSEWHERE.into()).unwrap();
    assert_eq!(tab.saving(), Saving::Saved);
    assert_eq!(next_visit(&storage).amount(0), Some(500));
}

#[wasm_bindgen_test]
fn a_browser_without_storage_is_said_and_the_work_goes_on() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::with(&storage, "a", false);
    tab.create(filled(HERE, 1)).unwrap();
    tab.set_amount(0, 500);
    assert_eq!((tab.saving(), tab.amount(0)), (Saving::MemoryOnly, Some(500)));
}

#[wasm_bindgen_test]
fn a_storage_that_gets_blocked_is_said_and_the_work_goes_on() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::with_deals(&storage, "a", 1);
    storage.set_fault(Fault::Blocked);
    tab.set_amount(0, 500);
    assert_eq!(tab.saving(), Saving::Failed(SaveError::Storage(StorageError::Blocked)));
    assert_eq!(tab.amount(0), Some(500));
}

#[wasm_bindgen_test]
fn a_workspace_with_unsaved_changes_is_not_left() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::fresh(&storage, "a");
    tab.create(filled(ELSEWHERE, 1)).unwrap();
    tab.create(filled(HERE, 1)).unwrap();
    storage.set_fault(Fault::FullAfter(0));
    tab.set_amount(0, 500);
    let shown = tab.workspace();
    assert_eq!(tab.open(ELSEWHERE.into()), Err(ShelfError::Unsaved));
    assert_eq!(tab.create(filled(3, 1)), Err(ShelfError::Unsaved));
    assert_eq!((tab.workspace(), tab.library().opened().get_untracked()), (shown, Some(HERE.into())));
    storage.set_fault(Fault::None);
    tab.library().retry();
    tab.open(ELSEWHERE.into()).unwrap();
    assert_eq!(next_visit(&storage).amount(0), Some(500));
}

#[wasm_bindgen_test]
fn a_refused_creation_leaves_everything_as_it_was() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::with_deals(&storage, "a", 1);
    let (shown, keys) = (tab.workspace(), storage.keys("").unwrap());
    storage.set_fault(Fault::FullAfter(1));
    assert_eq!(tab.create(filled(ELSEWHERE, 1)), Err(ShelfError::Save(SaveError::Storage(StorageError::Full))));
    assert_eq!((tab.workspace(), storage.keys("").unwrap()), (shown, keys));
    assert_eq!(tab.library().opened().get_untracked(), Some(HERE.into()));
}

#[wasm_bindgen_test]
fn after_the_open_workspace_is_deleted_nothing_of_it_stands_in_the_way() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::with_deals(&storage, "a", 1);
    tab.set_amount(0, 500);
    tab.delete(HERE.into()).unwrap();
    assert_eq!((tab.saving(), tab.library().opened().get_untracked()), (Saving::Idle, None));
    // Its deals could once be changed by an undo, whose change then waited for a place for ever.
    assert_eq!(tab.undo(), Step::None);
    assert!(!tab.library().has_unsaved());
    tab.create(filled(ELSEWHERE, 1)).unwrap();
    assert_eq!(tab.saving(), Saving::Saved);
}

#[wasm_bindgen_test]
fn a_workspace_deleted_in_another_tab_is_said() {
    let storage = Rc::new(MemoryStorage::new());
    let one = Tab::with_deals(&storage, "one", 1);
    let two = Tab::opened(&storage, "two");
    two.delete(HERE.into()).unwrap();
    one.set_amount(0, 500);
    assert_eq!((one.saving(), one.amount(0)), (Saving::Failed(SaveError::Gone), Some(500)));
    assert_eq!(storage.keys("loudou/w/").unwrap(), Vec::<String>::new());
}

#[wasm_bindgen_test]
async fn a_long_journal_is_folded_and_nothing_is_lost() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::with_deals(&storage, "a", 600);
    let first = head(&storage, HERE);
    for number in 0..64 {
        tab.set_amount(number, 1_000);
    }
    assert_eq!(journal(&storage, HERE), 64);
    let mut edits = 0;
    until("the new generation is written", || head(&storage, HERE) != first).await;
    // Edits go on during the clean-up.
    while edits < 20 {
        edits += 1;
        tab.set_amount(599, edits);
        assert_eq!(next_visit(&storage).workspace(), tab.workspace());
        TimeoutFuture::new(50).await;
    }
    until("what was folded is removed", || journal(&storage, HERE) == 20).await;
    assert_eq!(next_visit(&storage).workspace(), tab.workspace());
    assert_eq!(next_visit(&storage).library().losses().get_untracked(), []);
}

#[wasm_bindgen_test]
async fn opening_another_workspace_during_a_compaction_mixes_nothing() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::fresh(&storage, "a");
    tab.create(filled(ELSEWHERE, 3)).unwrap();
    let elsewhere = tab.workspace();
    tab.create(filled(HERE, 600)).unwrap();
    for number in 0..64 {
        tab.set_amount(number, 1_000);
    }
    let here = tab.workspace();
    let pieces = storage.keys("").unwrap().len();
    until("the first piece of the new generation is written", || storage.keys("").unwrap().len() > pieces).await;
    tab.open(ELSEWHERE.into()).unwrap();
    TimeoutFuture::new(1_500).await;
    assert_eq!(tab.workspace(), elsewhere);
    let next = next_visit(&storage);
    assert_eq!(next.workspace(), here);
    next.open(ELSEWHERE.into()).unwrap();
    assert_eq!(next.workspace(), elsewhere);
    assert_eq!(next.library().losses().get_untracked(), []);
}

#[wasm_bindgen_test]
async fn two_tabs_that_both_fold_the_journal_lose_nothing() {
    let storage = Rc::new(MemoryStorage::new());
    let one = Tab::with_deals(&storage, "one", 600);
    let two = Tab::opened(&storage, "two");
    let first = head(&storage, HERE);
    for number in 0..64 {
        one.set_amount(number, 1_000);
    }
    for number in 0..10 {
        // Each is one more than the other tab knew when it decided to fold.
        two.set_amount(500 + number, 2_000);
        TimeoutFuture::new(150).await;
        one.catch_up();
    }
    until("a new generation is written and cleaned up", || {
        one.catch_up();
        two.catch_up();
        head(&storage, HERE) != first && journal(&storage, HERE) < 30
    })
    .await;
    TimeoutFuture::new(1_000).await;
    assert_eq!(one.workspace(), two.workspace());
    assert_eq!(next_visit(&storage).workspace(), one.workspace());
    assert_eq!(next_visit(&storage).amount(509), Some(2_000));
}

#[wasm_bindgen_test]
async fn what_waits_to_be_saved_survives_the_folding_of_another_tab() {
    let storage = Rc::new(MemoryStorage::new());
    let one = Tab::with_deals(&storage, "one", 600);
    let two = Tab::opened(&storage, "two");
    let first = head(&storage, HERE);
    storage.set_fault(Fault::FullAfter(0));
    one.set_amount(599, 4_000);
    assert!(one.library().has_unsaved());
    storage.set_fault(Fault::None);
    for number in 0..64 {
        two.set_amount(number, 1_000);
    }
    until("the other tab has folded the journal", || head(&storage, HERE) != first && journal(&storage, HERE) == 0)
        .await;
    one.catch_up();
    assert_eq!((one.amount(599), one.amount(0)), (Some(4_000), Some(1_000)));
    assert!(!one.library().has_unsaved());
    assert_eq!(journal(&storage, HERE), 1, "written once");
    two.catch_up();
    assert_eq!(two.workspace(), one.workspace());
    assert_eq!(next_visit(&storage).workspace(), one.workspace());
}

#[wasm_bindgen_test]
fn a_damaged_piece_is_named_and_the_rest_opens() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::with_deals(&storage, "a", 600);
    let whole = tab.workspace();
    let prefix = format!("loudou/w/{}/g/", WorkspaceId::from(HERE));
    let keys = storage.keys(&prefix).unwrap();
    // The pieces come in the order profile, models, deals-0, deals-1.
    let key = keys.iter().find(|key| key.ends_with("/3")).expect("a fourth piece");
    assert!(storage.flip_bit(key, 40, 3));
    let raw = storage.get(key).unwrap();

    let next = next_visit(&storage);
    let losses = next.library().losses().get_untracked();
    let Some(Loss::Stored(damage)) = losses.first() else { panic!("no loss is named: {losses:?}") };
    assert_eq!((&damage.key, &damage.what), (key, &Damaged::Piece("deals-1".to_owned())));
    assert_eq!(next.library().raw(damage.quarantine_key.as_ref().unwrap()), raw);
    let kept: Vec<_> = next.peek(|workspace| workspace.deals.iter().cloned().collect());
    assert_eq!(kept, whole.deals.iter().take(500).cloned().collect::<Vec<_>>());
    // Work goes on in what is left, and is saved.
    next.set_amount(0, 500);
    assert_eq!(next.saving(), Saving::Saved);
}

#[wasm_bindgen_test]
fn a_damaged_change_is_named_and_the_others_count() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::with_deals(&storage, "a", 3);
    tab.set_amount(0, 500);
    tab.set_amount(1, 600);
    tab.set_amount(2, 700);
    let prefix = format!("loudou/w/{}/j/", WorkspaceId::from(HERE));
    let second = storage.keys(&prefix).unwrap().into_iter().nth(1).unwrap();
    assert!(storage.flip_bit(&second, 30, 1));
    let next = next_visit(&storage);
    assert_eq!([next.amount(0), next.amount(1), next.amount(2)], [Some(500), Some(100), Some(700)]);
    assert_eq!(next.library().losses().get_untracked().len(), 1);
}

#[wasm_bindgen_test]
async fn a_row_is_woken_by_its_own_deal_alone() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::with_deals(&storage, "a", 2);
    let seen: Rc<RefCell<Vec<Option<i64>>>> = Rc::default();
    let place = document().create_element("div").unwrap().unchecked_into::<web_sys::HtmlElement>();
    let row = mount_to(place, {
        let (store, seen) = (tab.store, seen.clone());
        move || {
            let row = store.deal(deal(0));
            let amount = |deal: &Deal| deal.standing().amount.map(Money::minor);
            Effect::new(move || seen.borrow_mut().push(row.get().as_deref().and_then(amount)));
        }
    });
    tick().await;
    tab.set_amount(1, 900);
    tick().await;
    assert_eq!(*seen.borrow(), [Some(100)], "the other deal woke the row");
    tab.set_amount(0, 500);
    tick().await;
    tab.undo();
    tick().await;
    tab.dispatch(Command::RemoveDeal(deal(0))).unwrap();
    tick().await;
    assert_eq!(*seen.borrow(), [Some(100), Some(500), Some(100), None]);
    drop(row);
    tab.undo();
    tick().await;
    assert_eq!(seen.borrow().len(), 4, "a row that is gone was woken");
}
