//! `cargo xtask endure`: what must never happen, looked for where it would: a browser that is killed again and again in the middle of edits,
//! and tabs that edit one workspace at once. Takes a quarter of an hour; not part of `cargo xtask test`.

mod kills;
mod page;
mod tabs;

use anyhow::{Context, Result};

use crate::{
    arguments::Arguments,
    dist,
    process::title,
    project,
    static_server::StaticServer,
    tools::{BrowserTools, Kind},
};

/// Kills the browser `--kills` times and makes `--operations` edits in two tabs and in three, over the release build or `--dist`.
///
/// # Errors
/// When an edit shown as saved is not there afterwards, or a store cannot be read.
pub(crate) fn endure(mut arguments: Arguments) -> Result<()> {
    let number = |text: Option<String>, usual: u64| text.map_or(Ok(usual), |text| text.parse());
    let kills = number(arguments.value("--kills")?, 200).context("--kills takes a number")?;
    let operations = number(arguments.value("--operations")?, 10_000).context("--operations takes a number")?;
    let seed = number(arguments.value("--seed")?, 1).context("--seed takes a number")?;
    let folder = arguments.value("--dist")?;
    let build = !arguments.flag("--no-build") && folder.is_none();
    arguments.finish()?;
    if build {
        dist::build()?;
    }
    let tools = BrowserTools::ensure(Kind::Chromium)?;
    let server = StaticServer::start(folder.map_or_else(project::dist, Into::into))?;
    if kills > 0 {
        title(&format!("A browser killed {kills} times in the middle of edits"));
        kills::endure(&tools, &server.page(), kills, &mut Chance(seed))?;
    }
    for tabs in [2, 3] {
        if operations > 0 {
            title(&format!("{operations} edits in {tabs} tabs at once"));
            tabs::endure(&tools, &server.page(), tabs, operations, seed)?;
        }
    }
    Ok(())
}

/// Numbers by chance, the same for the same seed (`SplitMix64`).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }
}
