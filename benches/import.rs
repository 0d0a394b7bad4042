//! How long an import of 50 MB takes on the host, step by step: `cargo bench --bench import`.
//!
//! The worker reads the file, plans the import and makes the change; the page takes the change in. In the browser each takes two to three
//! times as long.

use std::{fmt::Write as _, sync::OnceLock};

use divan::{Bencher, black_box};
use loudou::{
    codec::{
        csv::{Options, Reading, Sheet, SourceFile, plan, read},
        journal,
    },
    model::{Change, Command, Currency, Profile, Stamp, Timestamp, Workspace, apply},
};

const ROWS: u32 = 400_000;

fn main() {
    divan::main();
}

/// A file of deals with 125 bytes a row, the same at every run.
fn file() -> &'static str {
    static FILE: OnceLock<String> = OnceLock::new();
    FILE.get_or_init(|| {
        let mut text = String::from(
            "opportunity_id,deal_name,account,sales_agent,product,deal_stage,create_date,close_date,close_value,notes\n",
        );
        let mut random = 0x2545_F491_u32;
        let mut below = |limit: u32| {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (random >> 8) % limit
        };
        for number in 0..ROWS {
            let stage = ["Prospecting", "Engaging", "Proposal", "Won", "Lost"][below(5) as usize];
            let (account, agent, product) = (below(30_000), below(60), below(12));
            let (month, day, value) = (1 + below(9), 1 + below(28), below(90_000));
            let closed = if stage == "Won" || stage == "Lost" { format!("2025-{:02}-{day:02}", month + 3) } else { String::new() };
            writeln!(
                text,
                "D{number:07},Deal {number} of the year,上海东方物流集团 {account:05},Agent {agent:02},Product {product:02},{stage},\
                 2025-{month:02}-{day:02},{closed},{value},seen twice"
            )
            .unwrap_or_default();
        }
        text
    })
}

fn sheet() -> &'static Sheet {
    static SHEET: OnceLock<Sheet> = OnceLock::new();
    SHEET.get_or_init(|| whole(read(file().as_bytes(), &Reading::default())))
}

/// What a step gave; a bench has nothing to say of one that failed.
fn whole<T, E: std::fmt::Debug>(step: Result<T, E>) -> T {
    step.unwrap_or_else(|error| panic!("{error:?}"))
}

fn empty() -> Workspace {
    Workspace::new(1.into(), Profile::named("Test", Currency::USD))
}

fn stamp(seed: u128) -> Stamp {
    let at = Timestamp::UNIX_EPOCH;
    Stamp { on: at.date_naive(), at, by: None, seed: ulid::Ulid(seed << 100) }
}

fn planned(into: &Workspace, seed: u128) -> Command {
    let files = [SourceFile { name: "deals.csv", sheet: sheet() }];
    whole(plan(&files, &Options::default(), into, stamp(seed), &mut |_, _| true)).command
}

fn change() -> &'static Change {
    static CHANGE: OnceLock<Change> = OnceLock::new();
    CHANGE.get_or_init(|| whole(apply(&empty(), planned(&empty(), 1), stamp(1))))
}

#[divan::bench(sample_count = 3)]
fn read_50_mb(bencher: Bencher) {
    let bytes = file().as_bytes();
    bencher.bench(|| whole(read(black_box(bytes), &Reading::default())).rows.len());
}

#[divan::bench(sample_count = 3)]
fn plan_400_000_deals(bencher: Bencher) {
    sheet();
    bencher.bench(|| planned(&empty(), 1));
}

#[divan::bench(sample_count = 3)]
fn plan_the_same_once_more(bencher: Bencher) {
    let there = empty().with(change());
    bencher.bench(|| planned(&there, 2));
}

#[divan::bench(sample_count = 3)]
fn make_the_change(bencher: Bencher) {
    bencher.with_inputs(|| planned(&empty(), 1)).bench_values(|command| whole(apply(&empty(), command, stamp(1))));
}

#[divan::bench(sample_count = 3)]
fn send_the_change(bencher: Bencher) {
    let change = change();
    bencher.bench(|| journal::encode_change(change).len());
}

#[divan::bench(sample_count = 3)]
fn take_the_change_in(bencher: Bencher) {
    let text = journal::encode_change(change());
    println!("{} bytes of file, {} bytes of change", file().len(), text.len());
    bencher.bench(|| {
        let base = empty();
        let change = whole(journal::decode_change(&text, &base));
        base.with(&change).deals.len()
    });
}
