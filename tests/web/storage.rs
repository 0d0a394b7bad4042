//! The browser's own local storage, in a browser.

use loudou::storage::{Archive, BrowserStorage, CAPACITY, Piece, Storage, StorageError, catalogue};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn a_workspace_comes_back() {
    let storage = BrowserStorage::open().unwrap();
    // Other tests of this browser may have left their settings.
    let before = storage.keys("loudou/").unwrap();
    let pieces = vec![Piece { name: "deals".into(), text: "漏斗".repeat(5_000) }];
    let mut archive = Archive::create(storage.clone(), "a", "web", "漏斗", pieces.clone()).unwrap();
    archive.append("one").unwrap();
    let (_, opened) = Archive::open(storage.clone(), "b", "web").unwrap();
    assert_eq!((opened.pieces, opened.journal.len(), opened.damage.len()), (pieces, 1, 0));
    catalogue::delete(&storage, "web").unwrap();
    assert_eq!(storage.keys("loudou/").unwrap(), before);
}

#[wasm_bindgen_test]
fn a_full_storage_says_so_and_keeps_the_old_text() {
    let storage = BrowserStorage::open().unwrap();
    storage.set("test/old", "old").unwrap();
    assert_eq!(storage.set("test/old", &"x".repeat(2 * CAPACITY)), Err(StorageError::Full));
    assert_eq!(storage.get("test/old").unwrap().as_deref(), Some("old"));
    storage.remove("test/old").unwrap();
}
