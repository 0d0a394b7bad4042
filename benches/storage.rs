//! How long it takes on the host to store and to open a company larger than any: `cargo bench --bench storage`.

use std::{rc::Rc, sync::LazyLock};

use divan::{Bencher, black_box};
use loudou::{
    codec::{document, journal},
    model::Workspace,
    storage::{
        Archive, MemoryStorage, Piece,
        pack::{LIMIT, pack, pack_bytes, unpack, unpack_bytes},
    },
};
use miniz_oxide::deflate::compress_to_vec;

// The company that is opened in the browser, too.
#[allow(unused_imports, reason = "its tests are compiled where it lives")]
#[path = "../xtask/src/sample/company.rs"]
mod company;

const DEALS: u32 = 100_000;
const CUSTOMERS: u32 = 33_000;
const ID: &str = "company";

static COMPANY: LazyLock<Workspace> = LazyLock::new(|| {
    let text = company::document(DEALS, CUSTOMERS);
    document::decode(text.as_bytes())
        .map_or_else(|error| panic!("the company does not open: {error}"), |it| it.workspace)
});
static PIECES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| journal::pieces(&COMPANY));

/// Levels of deflate: the one that is used and those above it.
const LEVELS: [u8; 4] = [6, 7, 8, 9];

fn deflated_at(level: u8) -> usize {
    PIECES.iter().map(|(_, text)| compress_to_vec(text.as_bytes(), level).len()).sum()
}

fn main() {
    let packed: usize = PIECES.iter().filter_map(|(_, text)| Some(pack(text).ok()?.encode_utf16().count())).sum();
    let bytes: usize = PIECES.iter().map(|(_, text)| text.len()).sum();
    println!("{DEALS} deals: {} pieces of {bytes} bytes, {packed} units of 5,242,880 when packed", PIECES.len());
    for level in LEVELS {
        println!("level {level}: {} units", deflated_at(level) * 8 / 15);
    }
    divan::main();
}

fn pick<'a>(list: &[&'a str], place: u32) -> &'a str {
    list[place as usize % list.len()]
}

fn stored() -> Rc<MemoryStorage> {
    let storage = Rc::new(MemoryStorage::with_capacity(1 << 30));
    let pieces = PIECES.iter().map(|(name, text)| Piece { name: name.clone(), text: text.clone() }).collect();
    drop(Archive::create(Rc::clone(&storage), "tab", ID, "Company", pieces));
    storage
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn pieces(bencher: Bencher) {
    bencher.bench_local(|| journal::pieces(black_box(&COMPANY)));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn deflated_and_packed(bencher: Bencher) {
    bencher.bench_local(|| PIECES.iter().map(|(_, text)| pack(black_box(text)).map(|it| it.len())).collect::<Vec<_>>());
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn read_unpacked_and_inflated(bencher: Bencher) {
    let storage = stored();
    bencher.bench_local(|| {
        Archive::open(Rc::clone(&storage), "tab", black_box(ID)).map(|(_, opened)| opened.pieces.len())
    });
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn unpacked(bencher: Bencher) {
    let packed: Vec<_> = PIECES.iter().filter_map(|(_, text)| pack(text).ok()).collect();
    bencher
        .bench_local(|| packed.iter().map(|text| unpack_bytes(black_box(text)).map(|it| it.len())).collect::<Vec<_>>());
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn unpacked_and_inflated(bencher: Bencher) {
    let packed: Vec<_> = PIECES.iter().filter_map(|(_, text)| pack(text).ok()).collect();
    bencher.bench_local(|| {
        packed.iter().map(|text| unpack(black_box(text), LIMIT).map(|it| it.len())).collect::<Vec<_>>()
    });
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn packed(bencher: Bencher) {
    let bytes: Vec<_> = PIECES.iter().filter_map(|(_, text)| unpack_bytes(&pack(text).ok()?).ok()).collect();
    bencher.bench_local(|| bytes.iter().map(|bytes| pack_bytes(black_box(bytes)).len()).sum::<usize>());
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn assembled(bencher: Bencher) {
    bencher.bench_local(|| journal::assemble(COMPANY.id, black_box(&PIECES)));
}

#[divan::bench(args = LEVELS, sample_count = 3, sample_size = 1)]
fn deflated(bencher: Bencher, level: u8) {
    bencher.bench_local(|| deflated_at(black_box(level)));
}
