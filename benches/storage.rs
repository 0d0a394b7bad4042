//! How long it takes on the host to store and to open a company larger than any: `cargo bench --bench storage`.

use std::{
    collections::BTreeMap,
    rc::Rc,
    sync::LazyLock,
    time::{Duration, Instant},
};

use divan::{Bencher, black_box};
use loudou::{
    codec::{document, journal},
    model::Workspace,
    storage::{
        Archive, MemoryStorage, Offer, Piece, Progress, Sum,
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

/// A step of putting the company together, and one of keeping it anew: the longest of each. In a browser each is about three times as long.
fn longest_steps() -> [Duration; 2] {
    let pieces = PIECES.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    let mut assembly = journal::Assembly::new(COMPANY.id, pieces);
    let put_together = longest(|| assembly.step());
    let storage = Rc::new(MemoryStorage::with_capacity(1 << 30));
    let offers = journal::cuts(&COMPANY).map(|cut| Offer::new(cut.name(), None, move || cut.text()));
    let Ok((mut archive, mut first)) = Archive::begin(storage, "tab", ID, "Company", offers) else {
        return [put_together, Duration::ZERO];
    };
    [put_together, longest(|| matches!(first.step(&mut archive), Ok(Progress::More)))]
}

fn longest(mut step: impl FnMut() -> bool) -> Duration {
    let (mut longest, mut more) = (Duration::ZERO, true);
    while more {
        let start = Instant::now();
        more = step();
        longest = longest.max(start.elapsed());
    }
    longest
}

fn main() {
    let packed: usize = PIECES.iter().filter_map(|(_, text)| Some(pack(text).ok()?.encode_utf16().count())).sum();
    let bytes: usize = PIECES.iter().map(|(_, text)| text.len()).sum();
    println!("{DEALS} deals: {} pieces of {bytes} bytes, {packed} units of 5,242,880 when packed", PIECES.len());
    for level in LEVELS {
        println!("level {level}: {} units", deflated_at(level) * 8 / 15);
    }
    let [put_together, kept] = longest_steps();
    println!("longest step: {put_together:?} of putting it together, {kept:?} of keeping it");
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

/// After one edit: whatever has not changed is neither written out nor compared text by text.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn compacted_after_an_edit(bencher: Bencher) {
    let compact = |archive: &mut Archive<Rc<MemoryStorage>>, sums: &BTreeMap<String, Sum>| {
        let sums = sums.clone();
        let offers = journal::cuts(&COMPANY).map(move |cut| {
            let sum = sums.get(&cut.name()).copied();
            Offer::new(cut.name(), sum, move || cut.text())
        });
        let Ok(mut compaction) = archive.compact(offers, &[]) else { return BTreeMap::new() };
        while let Ok(Progress::More) = compaction.step(archive) {}
        compaction.sums().clone()
    };
    let Ok((mut archive, _)) = Archive::open(stored(), "tab", ID) else { return };
    let mut sums = compact(&mut archive, &BTreeMap::new());
    sums.remove("deals-7");
    bencher.bench_local(|| compact(&mut archive, black_box(&sums)).len());
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
