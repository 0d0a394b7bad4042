//! # Loudou: a sales-funnel workbench that is a static web page
//!
//! These docs are the architecture. What the product does and how to run it is in the README.
//!
//! ## Bird's eye
//!
//! A [`Workspace`](model::Workspace) is an immutable snapshot of everything a sales team keeps. A person's wish is a
//! [`Command`](model::Command); [`apply`](model::apply()) answers with a [`Change`](model::Change), the records it touches with
//! their value before and after, or with a [`Rejection`](model::Rejection). The store puts the next snapshot in place, wakes
//! the rows whose records changed, writes the change to the journal and keeps it for undo. Undo, the journal, other tabs and imports
//! all speak changes, so nothing can reach the data past the rules.
//!
//! Everything is computed in the browser from the snapshot: metrics are pure functions of (workspace, day, filter). There is no
//! server and no request to any other origin.
//!
//! ```text
//! file ─▶ worker (codec::csv) ─▶ Change ┐
//! click ─▶ Command ─▶ model::apply ─────┴─▶ store ─▶ snapshot ─▶ metrics ─▶ pages
//!                                            └─▶ codec::journal ─▶ storage (journal, generations)
//! ```
//!
//! ## Code map
//!
//! | module | job | may know |
//! |---|---|---|
//! | [`model`] | records, commands, histories, changes: the rules of the domain | nothing |
//! | [`naming`] | names that mean the same although they are spelled differently | nothing |
//! | [`search`] | finding records by what is typed, pinyin included | `model` |
//! | [`metrics`] | the numbers of the method, each with the deals it counts; what is wrong with the data | `model`, `naming`, `search` |
//! | [`codec`] | the JSON document, the merge of several, the journal, packets for links and locked files, shipped content, models as files and as drafts, CSV, the files that other products import, a workspace without names, texts of campaigns, what a class hands to each other | `model`, `naming` |
//! | [`training`] | the seeded demo companies, the case: a company with a story; lessons, games, drills on sick funnels, the forecast contest, the team simulator, a trainer's class, what was learnt | `model`, `metrics`, `codec` |
//! | [`storage`] | texts in local storage: a journal and generations of pieces; drafts; the trash; quarantine; the second copy and backups in the browser's database | nothing |
//! | [`worker`] | long work off the page: reading, merging and making files, drawing forecasts, making the companies that ship and backups | `model`, `metrics`, `training`, `codec`, `storage` |
//! | `store` | the reactive shell: the one snapshot, the one way to change it, undo, saving | the above but `training` |
//! | `ui` | routes, formats, components, charts, pages | everything |
//!
//! Beside the crate: `locales/` every word of the interface, `content/` funnel models, the recipes of the companies that ship and what names of
//! companies are made of, `style/` the only colours and sizes, `schema/` the JSON Schema of the document, `tests/host` what needs no browser, `tests/web` what does,
//! `xtask/` building, serving, measuring and the journeys through the finished page.
//!
//! ## Invariants
//!
//! - **Layers look down only**, as the table says. `model`, `naming`, `metrics`, `search`, `training` and `codec` know no browser, no clock
//!   and no chance of their own: today, ids and seeds are arguments. `tests/host/tidy.rs` enforces this and the next three.
//! - **Components and charts know no store**; pages do.
//! - **Words** for the user live in `locales/` and `content/`, **colours** in `style/tokens.css`.
//! - **No panic on data**: no `unwrap`, no `expect` outside tests; the hook in `main.rs` is for the program's own mistakes.
//! - **A deal stands where its history says**: the standing is the fold of the events, and only [`Deal::record`](model::Deal::record)
//!   adds one. Events are never rewritten; undo takes back the record as a whole.
//! - **What is shown as saved is stored**: one journal entry per change, written before the page says so. See [`storage`].
//! - **What was shared is looked at first**: a link, a locked file (`.loudou`) and a file beside the page open as a visit
//!   (`Store::visit`), which keeps nothing and refuses every command. Their formats are described in [`codec::packet`] and [`codec::seal`].
//! - **A text of a record becomes a link only in [`model::link`]**: web pages, mailboxes, telephones.
//! - **Nothing is repaired in silence**: importers and the opening of damaged storage list what they could not take.
//!
//! ## Decisions that are not obvious
//!
//! - *A stage that deals went through leaves its model only into another stage.* It then reads as that one wherever a place in the
//!   model is needed, while the histories go on naming it; open deals follow by an event that is no move. What was counted under
//!   an earlier form is counted so again in [`Workspace::as_counted_on`](model::Workspace::as_counted_on). See
//!   [`model::revision`].
//! - *Undated events.* Files often know that a deal stands in a stage but not since when. An event may have no day; it then lies
//!   before every dated one. It counts for stock and status, never for durations or periods.
//! - *The interface is a wasm32-only part of the crate.* Host builds and host tests compile no Leptos, so the domain is tested in
//!   seconds. `store` and `ui` are checked and tested for the browser's target.
//! - *The page ships in parts.* All pages in one WebAssembly file would weigh more than twice what a first page may. The release is
//!   split along the functions that the macro of `ui/chunk.rs` declares, by `wasm-split` on the linker's output: what a first visit
//!   shows, what daily work needs, and the rest. Leptos's own `#[lazy]` panics when a part does not come; here the page says so and asks again.
//! - *The importer and the demo generator run in the worker*, whose wasm is loaded on demand: the tables of `encoding_rs` and the
//!   random distributions stay off the first page.
//! - *A newer release waits.* The service worker answers from the files of one whole release and never changes over by itself, so that a
//!   page never mixes two and nobody's typing goes with a reload. `cargo xtask dist` writes the list of its files.
//! - *The single file has the whole program.* Parts would have to be fetched, which a page from a disk may not; its worker starts from a
//!   blob. See `xtask/src/dist/single.rs`.
//! - *Where a document comes from is no data.* The ids of handed-out states stand beside a workspace, not in it: exporting changes nothing, is no
//!   step to undo and wakes no other tab. They are a comfort: whoever loses them merges as without them. See [`storage::descent`] and
//!   [`codec::merge::origin`].
//! - *A change overtaken by another tab is not undone*: undo is refused for records that have since changed elsewhere, so that it
//!   can only take back one's own work.

pub mod codec;
pub mod metrics;
pub mod model;
pub mod naming;
pub mod search;
pub mod storage;
pub mod training;
pub mod worker;

#[cfg(target_arch = "wasm32")]
pub mod store;
#[cfg(target_arch = "wasm32")]
pub mod ui;

#[cfg(target_arch = "wasm32")]
#[allow(missing_docs, unreachable_pub, clippy::all, clippy::pedantic, clippy::expect_used, reason = "generated code")]
mod translations {
    include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
}
/// The typed translations, generated from `locales/` by `build.rs`.
#[cfg(target_arch = "wasm32")]
pub use translations::i18n;
