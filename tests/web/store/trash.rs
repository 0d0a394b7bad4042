//! What is deleted is kept apart, and comes back in this visit or the next.

use std::rc::Rc;

use loudou::{
    model::{Command, Rejection, WorkspaceId},
    storage::{Fault, MemoryStorage, Storage as _},
    store::{NotBack, Saving, Step},
};
use wasm_bindgen_test::wasm_bindgen_test;

use super::tab::{HERE, Tab, deal, filled, next_visit};

fn ids(tab: &Tab) -> Vec<String> {
    tab.trash().unwrap().into_iter().map(|one| one.id).collect()
}

#[wasm_bindgen_test]
fn a_deleted_deal_comes_back_in_the_next_visit() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::with_deals(&storage, "a", 3);
    let before = tab.workspace();
    let change = tab.dispatch(Command::RemoveDeal(deal(1))).unwrap();
    assert!(tab.is_in_trash(&change));
    let next = next_visit(&storage);
    let trash = next.trash().unwrap();
    let (_, summary) = trash[0].said.clone().unwrap();
    assert_eq!((trash.len(), summary.name.as_str(), summary.count), (1, "Deal 1", 1));
    let returned = next.put_back(&trash[0].id).unwrap();
    assert!(returned.change.is_some());
    assert_eq!((next.workspace(), ids(&next).len(), next.saving()), (before, 0, Saving::Saved));
    assert_eq!(next.put_back(&trash[0].id), Err(NotBack::Gone));
}

#[wasm_bindgen_test]
fn undo_and_redo_carry_a_deletion_out_of_the_trash_and_into_it() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::with_deals(&storage, "a", 3);
    tab.dispatch(Command::RemoveDeal(deal(1))).unwrap();
    let id = ids(&tab);
    assert_eq!((tab.undo(), ids(&tab).len()), (Step::Done, 0));
    assert_eq!((tab.redo(), ids(&tab)), (Step::Done, id.clone()));
    tab.put_back(&id[0]).unwrap();
    assert_eq!(ids(&tab).len(), 0);
    // Taking the return back is a deletion again.
    assert_eq!((tab.undo(), ids(&tab)), (Step::Done, id.clone()));
    assert_eq!(next_visit(&storage).trash().unwrap().len(), 1);
    assert_eq!((tab.redo(), ids(&tab).len()), (Step::Done, 0));
}

#[wasm_bindgen_test]
fn tabs_see_the_same_trash_and_what_is_rehearsed_leaves_none() {
    let storage = Rc::new(MemoryStorage::new());
    let one = Tab::with_deals(&storage, "one", 3);
    let two = Tab::opened(&storage, "two");
    one.rehearse(|| one.dispatch(Command::RemoveDeal(deal(0)))).unwrap();
    assert_eq!(ids(&one).len(), 0);
    one.dispatch(Command::RemoveDeal(deal(0))).unwrap();
    let there = ids(&one);
    assert_eq!(ids(&two), there);
    two.put_back(&there[0]).unwrap();
    one.catch_up();
    assert_eq!(one.workspace(), two.workspace());
    assert_eq!(ids(&one).len(), 0);
    // The one that deleted it takes nothing back that is back.
    assert_eq!(one.undo(), Step::Overtaken);
}

#[wasm_bindgen_test]
fn the_trash_gives_way_to_work() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::with_deals(&storage, "a", 3);
    tab.dispatch(Command::RemoveDeal(deal(0))).unwrap();
    assert_eq!(ids(&tab).len(), 1);
    // No room at all: the trash is given up, and the change is still not saved.
    storage.set_fault(Fault::FullAfter(0));
    tab.set_amount(1, 700);
    assert!(matches!(tab.saving(), Saving::Failed(_)));
    assert_eq!(storage.keys(&format!("loudou/w/{}/t/", WorkspaceId::from(HERE))).unwrap(), Vec::<String>::new());
    // Neither can a deletion be kept; it is carried out all the same and can be taken back.
    let change = tab.dispatch(Command::RemoveDeal(deal(2))).unwrap();
    assert!(!tab.is_in_trash(&change));
    storage.set_fault(Fault::None);
    assert_eq!(tab.undo(), Step::Done);
    assert_eq!(tab.saving(), Saving::Saved);
    assert_eq!(next_visit(&storage).workspace(), tab.workspace());
}

#[wasm_bindgen_test]
fn what_is_damaged_or_in_the_way_changes_nothing() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::with_deals(&storage, "a", 3);
    tab.dispatch(Command::RemoveDeal(deal(0))).unwrap();
    let model = tab.workspace().models.iter().next().unwrap().id;
    for number in [1, 2] {
        tab.dispatch(Command::RemoveDeal(deal(number))).unwrap();
    }
    tab.dispatch(Command::RemoveModel(model)).unwrap();
    let before = tab.workspace();
    let of_deal =
        tab.trash().unwrap().into_iter().find(|one| one.said.as_ref().is_some_and(|(_, s)| s.name == "Deal 0"));
    let id = of_deal.unwrap().id;
    let Err(NotBack::Refused(Rejection::InTheWay(obstacles))) = tab.put_back(&id) else { panic!("it came back") };
    assert_eq!(tab.name_in_trash(&obstacles[0]).as_deref(), Some("模型"));
    let key = format!("loudou/w/{}/t/{id}", WorkspaceId::from(HERE));
    assert!(storage.flip_bit(&key, 60, 3));
    assert!(matches!(tab.put_back(&id), Err(NotBack::Unreadable(_))));
    assert_eq!(tab.workspace(), before);
    tab.empty_trash(&[id]).unwrap();
    assert_eq!(ids(&tab).len(), 3);
    // A workspace takes its trash along.
    tab.create(filled(super::tab::ELSEWHERE, 1)).unwrap();
    assert_eq!(ids(&tab).len(), 0);
    tab.delete(HERE.into()).unwrap();
    assert_eq!(storage.keys(&format!("loudou/w/{}/", WorkspaceId::from(HERE))).unwrap(), Vec::<String>::new());
}
