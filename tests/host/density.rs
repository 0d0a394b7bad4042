//! How much of the storage a large company takes.

use loudou::{
    codec::{
        document,
        journal::{assemble, pieces},
    },
    storage::pack::pack,
};

// The company that is opened in the browser, too.
#[allow(unused_imports, reason = "its tests are compiled where it lives")]
#[path = "../../xtask/src/sample/company.rs"]
mod company;

fn pick<'a>(list: &[&'a str], place: u32) -> &'a str {
    list[place as usize % list.len()]
}

/// A fiftieth of the company takes less than a fiftieth of what leaves a fifth of the storage free.
#[test]
fn a_hundred_thousand_deals_fit() {
    let company = document::decode(company::document(2_000, 660).as_bytes()).unwrap().workspace;
    let pieces = pieces(&company);
    let mut units = 0;
    for (name, text) in &pieces {
        let packed = pack(text).unwrap().encode_utf16().count();
        println!("{name}: {} bytes, {packed} units", text.len());
        units += packed;
    }
    println!("{units} units for 2,000 deals");
    assert_eq!(assemble(company.id, &pieces), (company, Vec::new()));
    assert!(units * 50 < 4_000_000, "{units} units for 2,000 deals");
}
