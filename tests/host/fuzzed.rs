//! What fuzzing found stays mended: the functions of the fuzz targets over every input kept in `fuzz/found/`, one folder for each target.

#[path = "../../fuzz/harness.rs"]
mod harness;

use std::{fs, path::Path};

/// A fuzz target: its name, and what it does with bytes.
type Target = (&'static str, fn(&[u8]));

const TARGETS: [Target; 10] = [
    ("document", harness::document),
    ("table", harness::table),
    ("workbook", harness::workbook),
    ("packet", harness::packet),
    ("seal", harness::seal),
    ("journal", harness::journal),
    ("storage", harness::storage),
    ("model", harness::model),
    ("texts", harness::texts),
    ("address", harness::address),
];

#[test]
fn what_was_found_stays_mended() {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/found");
    for (name, target) in TARGETS {
        target(b"");
        for entry in fs::read_dir(found.join(name)).into_iter().flatten() {
            let path = entry.unwrap().path();
            println!("{}", path.display());
            target(&fs::read(path).unwrap());
        }
    }
}

#[test]
fn every_target_has_its_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let files = fs::read_dir(root.join("fuzz_targets")).unwrap().count();
    assert_eq!(files, TARGETS.len());
    for (name, _) in TARGETS {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
        assert!(root.join(format!("fuzz_targets/{name}.rs")).exists(), "{name}");
    }
}
