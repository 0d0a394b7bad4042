//! Journeys of a visitor through the release build, each in a fresh browser under a sub path.
//!
//! A journey is a function over a [`Visit`]; add it to [`JOURNEYS`]. After each one the runner also checks what holds for
//! all: no request to another origin, no violation of the content security policy, no error on the console.

mod accessibility;
mod after_sale;
mod again;
mod backups;
mod bad_files;
mod balance;
mod board;
mod capacity;
mod case;
mod class;
mod clocks;
mod customers;
mod demo;
mod drills;
mod fields;
mod file_copy;
mod first_page;
mod games;
mod gates;
mod import;
mod keyboard;
mod language;
mod leaving;
mod lessons;
mod market;
mod meeting;
mod merge;
mod models;
mod numbers;
mod offline;
mod opening;
mod parts;
mod planning;
mod quality;
mod quick;
mod rescue;
mod scores;
mod share;
mod simulator;
mod storage;
mod tables;
mod time_zone;
mod trash;
mod typing;
mod visit;

use std::{
    fs,
    num::NonZero,
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Instant,
};

use anyhow::{Context, Result, anyhow, ensure};

use crate::{
    browser::Browser,
    project,
    static_server::StaticServer,
    tools::{self, BrowserTools, Kind},
};

pub(crate) use visit::Visit;

type Journey = fn(&Visit) -> Result<()>;

const JOURNEYS: &[(&str, Journey)] = &[
    ("opens under a sub path", first_page::opens_under_a_sub_path),
    ("first page is accessible", first_page::is_accessible),
    ("crash panel works without the program", first_page::crash_panel_works),
    ("first page does without the parts", parts::first_page_does_without),
    ("a part that does not come is asked for again", parts::asked_for_again),
    ("first visit to the demo company", demo::first_visit),
    ("the case is told in five steps", case::told),
    ("undo by key", board::undo_by_key),
    ("import, move, reload, export, delete, open", import::there_and_back),
    ("a file that comes in once more", again::once_more),
    ("files from anywhere", again::from_anywhere),
    ("tables as a workbook and back", import::workbook_there_and_back),
    ("two people's files become one", merge::two_files),
    ("a merge finds what its files started from", merge::finds_the_common_file),
    ("keyboard only", keyboard::from_skip_link_to_deal),
    ("Chinese throughout", language::chinese_throughout),
    ("English throughout", language::english_throughout),
    ("what is typed survives leaving", typing::survives_leaving),
    ("what is wrong is said while it is typed", typing::said_while_typed),
    ("a model is read, added and taken back", models::read_and_add),
    ("gates hold on all paths", gates::hold_on_all_paths),
    ("keys", quick::keys),
    ("an activity is logged in two keystrokes", quick::log),
    ("search by pinyin", quick::search_by_pinyin),
    ("today", quick::today),
    ("a stalled deal says why, and what to do", clocks::marked_diagnosed_planned),
    ("what to ask on a first visit", clocks::first_visit),
    ("a year in the simulator, from its first week to its debrief", simulator::a_year),
    ("a data problem is put right in place", quality::fixed_in_place),
    ("two customers become one", quality::two_become_one),
    ("a team is balanced and brought back", balance::rebalanced),
    ("a team is balanced in Chinese", balance::rebalanced_in_chinese),
    ("a conflict of sellers is settled in place", balance::conflict_settled),
    ("the tables add up, and views of them are kept", tables::totals_and_views),
    ("the funnel sheet is printed on A4", tables::printed),
    ("what moved adds up", numbers::movement_adds_up),
    ("lines of breakdowns add up", numbers::breakdowns_add_up),
    ("two periods and the effort", numbers::periods_and_effort),
    ("charts have tables", numbers::charts_have_tables),
    ("charts are taken as pictures", numbers::pictures_are_taken),
    ("the forecast has odds", numbers::forecast_has_odds),
    ("the forecast is judged by what came", numbers::forecast_is_judged),
    ("a weekly meeting and the one after it, in English", meeting::in_english),
    ("a weekly meeting and the one after it, in Chinese", meeting::in_chinese),
    ("every lesson is learnt", lessons::every_lesson),
    ("a lesson by somebody who does not know", lessons::not_knowing),
    ("a lesson by finger", lessons::by_finger),
    ("help for a page, and the tour", lessons::help_and_tour),
    ("match-sticks burn and a fair is held", games::sticks_and_fair),
    ("a forecast is made before a quarter ends", games::forecast_contest),
    ("a quota is what the forecast is to reach", numbers::quota_is_to_be_reached),
    ("everybody has a card beside the team", scores::cards),
    ("a stage before and after a training", scores::intervention),
    ("a scheme is tried out before it is kept", scores::appraisal),
    ("a drill is looked at, answered and done again", drills::answered_twice),
    ("three drills in a row", drills::three_in_a_row),
    ("a sick company is looked round, in Chinese", drills::looked_round_in_chinese),
    ("a quota round", planning::quota_round),
    ("a leaver hands over", planning::handover),
    ("a customer from the search to the next purchase", customers::from_search_to_next_purchase),
    ("from a win to the next deal", after_sale::from_win_to_next_deal),
    ("a weight, fits taken over and given back", market::profiles),
    ("a campaign from audience to list", market::campaign),
    ("a pack goes out and its result comes back", class::pack_there_and_back),
    ("thirty results become a board", class::thirty_results),
    ("a model is revised while deals are in it", models::revise_with_deals),
    ("a draft of a model outlives a reload", models::draft_outlives_reload),
    ("a model goes out and comes in", models::out_and_in),
    ("days are calendar days", time_zone::days_are_calendar_days),
    ("fields of one's own are made and used", fields::made_and_used),
    ("fields of one's own of customers follow into a kept view", fields::of_customers),
    ("fields of one's own are asked for at gates", fields::asked_at_gates),
    ("damaged storage opens as far as it can", storage::damaged),
    ("what is damaged or forgotten is put right from the second copy", storage::kept_twice),
    ("full storage is said and nothing is lost", storage::full),
    ("what is deleted is put back after a reload", trash::put_back_after_a_reload),
    ("the trash gives way to work", trash::gives_way_to_work),
    ("a file follows every change", file_copy::follows_every_change),
    ("a missing copy is said calmly", file_copy::reminds_calmly),
    ("a backup comes back beside the data and in its place", backups::there_and_back),
    ("a deleted workspace comes back", backups::of_deleted),
    ("a damaged backup is named", backups::damaged),
    ("the rescue page takes all out and puts it back", rescue::there_and_back),
    ("the rescue page in Chinese", rescue::in_chinese),
    ("room is said in time", capacity::said_in_time),
    ("closed deals go into a file", capacity::archived),
    ("a large document opens while the page goes on", opening::large_document),
    ("what a kill left of a new workspace goes", opening::leftovers),
    ("bad files change nothing", bad_files::change_nothing),
    ("a link is looked at, and kept as a copy", share::link_is_looked_at),
    ("a locked link and file open with their passphrase", share::locked),
    ("a file beside the page is looked at", share::file_beside),
    ("files go on from here when this is too small", leaving::growing_out),
    ("a document with less in it", leaving::less_in_it),
    ("the funnel is printed on one page", leaving::one_page),
    ("works without a network after the first visit", offline::after_first_visit),
    ("a newer release is said and loses nothing", offline::newer_release),
    ("two copies under two paths of one host keep apart", offline::two_paths),
    ("the single file opens from a disk", offline::single_file),
    ("every page is accessible in English", accessibility::in_english),
    ("every page is accessible in Chinese", accessibility::in_chinese),
];

/// Those whose outcome hangs on the browser: what it stores, loads, downloads, keeps offline and prints, how it hears keys and the mouse,
/// and what it tells assistive technology. A run of all checks plays these in every browser, and the rest in one.
const ACROSS: [&str; 25] = [
    "opens under a sub path",
    "first page is accessible",
    "crash panel works without the program",
    "a part that does not come is asked for again",
    "first visit to the demo company",
    "undo by key",
    "import, move, reload, export, delete, open",
    "tables as a workbook and back",
    "two people's files become one",
    "keyboard only",
    "Chinese throughout",
    "what is typed survives leaving",
    "what is wrong is said while it is typed",
    "keys",
    "search by pinyin",
    "the funnel sheet is printed on A4",
    "charts are taken as pictures",
    "days are calendar days",
    "full storage is said and nothing is lost",
    "bad files change nothing",
    "a link is looked at, and kept as a copy",
    "a locked link and file open with their passphrase",
    "works without a network after the first visit",
    "a newer release is said and loses nothing",
    "the single file opens from a disk",
];

/// Which journeys are run.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Which<'w> {
    /// All of them.
    All,
    /// Those whose outcome hangs on the browser.
    Across,
    /// Those whose name holds this.
    Named(&'w str),
}

impl Which<'_> {
    fn holds(self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::Across => ACROSS.contains(&name),
            Self::Named(word) => name.contains(word),
        }
    }
}

/// A journey in a browser.
struct Turn {
    kind: Kind,
    name: &'static str,
    journey: Journey,
}

/// What all turns share.
struct Ground {
    browsers: Vec<BrowserTools>,
    server: StaticServer,
    axe: Option<String>,
}

/// Runs journeys over `dist`, in each browser those that are asked of it: two at a time where there are two cores, since a browser
/// waits as often as it works.
///
/// # Errors
/// When a journey fails; all are run first, and each failure leaves a screenshot.
pub(crate) fn run(dist: &Path, asked: &[(Kind, Which<'_>)]) -> Result<()> {
    ensure!(dist.join("index.html").is_file(), "{} holds no release build", dist.display());
    let browsers = asked.iter().map(|(kind, _)| BrowserTools::ensure(*kind)).collect::<Result<_>>()?;
    let ground = Ground { browsers, server: StaticServer::start(dist.to_owned())?, axe: tools::axe()? };
    let turns: Vec<_> = asked.iter().flat_map(|(kind, which)| turns(*kind, *which)).collect();
    ensure!(!turns.is_empty(), "no journey has such a name");
    println!("{} journeys", turns.len());
    let next = AtomicUsize::new(0);
    let failed = Mutex::new(Vec::new());
    let lanes = thread::available_parallelism().map_or(1, NonZero::get).min(2);
    thread::scope(|scope| {
        for _ in 0..lanes {
            scope.spawn(|| {
                while let Some(turn) = turns.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if !turn.passes(&ground) {
                        failed.lock().unwrap_or_else(PoisonError::into_inner).push(turn.title());
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    println!("{} of {} journeys passed", turns.len() - failed.len(), turns.len());
    ensure!(failed.is_empty(), "failed: {}", failed.join(", "));
    Ok(())
}

fn turns(kind: Kind, which: Which<'_>) -> impl Iterator<Item = Turn> {
    let wanted = JOURNEYS.iter().filter(move |(name, _)| which.holds(name));
    wanted.map(move |(name, journey)| Turn { kind, name, journey: *journey })
}

impl Turn {
    fn title(&self) -> String {
        format!("{} in {}", self.name, self.kind.name())
    }

    /// Takes the journey and says how it went.
    fn passes(&self, ground: &Ground) -> bool {
        let start = Instant::now();
        let result = self.take(ground);
        let word = if result.is_ok() { "ok    " } else { "FAILED" };
        let trouble = result.err().map(|error| format!("\n  {error:#}")).unwrap_or_default();
        println!("{word} {} ({:.1} s){trouble}", self.title(), start.elapsed().as_secs_f64());
        trouble.is_empty()
    }

    fn take(&self, ground: &Ground) -> Result<()> {
        let tools = ground.browsers.iter().find(|tools| tools.kind == self.kind);
        let browser = Browser::open(tools.context("the browser was not looked for")?, true)?;
        let visit = Visit::new(browser, ground.server.page(), self.folder()?, ground.axe.clone());
        let result = (self.journey)(&visit).and_then(|()| check_what_always_holds(&visit, ground.server.origin()));
        result.map_err(|error| match evidence(&visit) {
            Ok(evidence) => anyhow!("{error:#}\n  {evidence}"),
            Err(none) => anyhow!("{error:#}\n  no screenshot: {none:#}"),
        })
    }

    /// A folder of its own with nothing in it.
    fn folder(&self) -> Result<PathBuf> {
        let folder = project::scratch()?.join("journeys").join(self.title().replace(' ', "-"));
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder).with_context(|| format!("could not create {}", folder.display()))?;
        Ok(folder)
    }
}

/// A screenshot of where it went wrong, and what the console says.
fn evidence(visit: &Visit) -> Result<String> {
    let picture = visit.folder.join("failed.png");
    fs::write(&picture, visit.browser.screenshot()?)
        .with_context(|| format!("could not write {}", picture.display()))?;
    let mut lines = vec![format!("screenshot: {}", picture.display())];
    lines.extend(visit.browser.console()?.iter().map(|line| format!("console: {line}")));
    Ok(lines.join("\n  "))
}

fn check_what_always_holds(visit: &Visit, origin: &str) -> Result<()> {
    check_requests(visit, origin)?;
    let console = visit.browser.console()?;
    let bad = |line: &&String| line.starts_with("SEVERE") || line.contains("Content Security Policy");
    let bad: Vec<_> = console.iter().filter(bad).map(String::as_str).collect();
    ensure!(bad.is_empty(), "the console has errors:\n  {}", bad.join("\n  "));
    Ok(())
}

/// The page has asked nobody but its own host since the last check.
fn check_requests(visit: &Visit, origin: &str) -> Result<()> {
    let own =
        |address: &String| address.starts_with(origin) || address.starts_with("blob:") || address.starts_with("data:");
    let foreign: Vec<_> = visit.browser.requests()?.into_iter().filter(|address| !own(address)).collect();
    ensure!(foreign.is_empty(), "the page asked other origins: {}", foreign.join(", "));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{ACROSS, JOURNEYS, Which};

    #[test]
    fn every_name_is_that_of_a_journey() {
        let names: Vec<_> = JOURNEYS.iter().map(|(name, _)| *name).collect();
        assert!(ACROSS.iter().all(|name| names.contains(name)), "{ACROSS:?}");
        assert!(names.iter().all(|name| Which::All.holds(name) && Which::Named(name).holds(name)));
        assert_eq!(names.iter().filter(|name| Which::Across.holds(name)).count(), ACROSS.len());
    }
}
