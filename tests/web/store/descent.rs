//! What a workspace descends from outlives the visit, and goes with the merge that brought it.

use std::{collections::BTreeSet, rc::Rc};

use leptos::prelude::*;
use loudou::{
    model::{Command, ExportId, WorkspaceId},
    storage::{MemoryStorage, Storage as _},
    store::Step,
};
use wasm_bindgen_test::wasm_bindgen_test;

use super::tab::{HERE, Tab, deal, next_visit, until};

fn exports(ids: impl IntoIterator<Item = u128>) -> BTreeSet<ExportId> {
    ids.into_iter().map(ExportId::from).collect()
}

#[wasm_bindgen_test]
fn a_workspace_descends_from_what_was_noted_in_any_tab_and_visit() {
    let storage = Rc::new(MemoryStorage::new());
    let one = Tab::with_deals(&storage, "one", 2);
    assert_eq!(one.descent(), Some(exports([])));
    let two = Tab::opened(&storage, "two");
    one.descend(HERE.into(), exports([1, 2]));
    two.descend(HERE.into(), exports([3]));
    assert_eq!(one.descent(), Some(exports([1, 2, 3])));
    assert!(!one.can_undo().get_untracked(), "handing out is no step");
    assert_eq!(next_visit(&storage).descent(), one.descent());
}

#[wasm_bindgen_test]
fn an_undone_merge_takes_back_what_it_said() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::with_deals(&storage, "a", 2);
    tab.descend(HERE.into(), exports([1]));
    let merge = tab.dispatch(Command::RemoveDeal(deal(1))).unwrap();
    tab.descend_by(&merge, exports([1, 5]));
    tab.set_amount(0, 500);
    assert_eq!((tab.undo(), tab.descent()), (Step::Done, Some(exports([1, 5]))));
    assert_eq!((tab.undo(), tab.descent()), (Step::Done, Some(exports([1]))));
    assert_eq!((tab.redo(), tab.descent()), (Step::Done, Some(exports([1, 5]))));
    assert_eq!((tab.undo(), tab.descent()), (Step::Done, Some(exports([1]))));
    assert_eq!(next_visit(&storage).descent(), Some(exports([1])));
}

#[wasm_bindgen_test]
async fn what_lacks_something_descends_from_nothing_for_good() {
    let storage = Rc::new(MemoryStorage::new());
    let tab = Tab::with_deals(&storage, "a", 2);
    tab.descend(HERE.into(), exports([1]));
    tab.set_amount(0, 500);
    let prefix = format!("loudou/w/{}/", WorkspaceId::from(HERE));
    let entry = storage.keys(&[&prefix, "j/"].concat()).unwrap().into_iter().next().unwrap();
    assert!(storage.flip_bit(&entry, 30, 1));
    let storage = Rc::new(storage.reopened());
    let next = Tab::opened(&storage, "next");
    assert_eq!(next.descent(), None);
    until("it is forgotten", || storage.keys(&[&prefix, "x/"].concat()).unwrap().is_empty()).await;
}
