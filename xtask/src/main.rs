//! `cargo xtask`: builds, serves, tests, photographs and measures Loudou. Installs what it needs, pinned, and says so.

mod arguments;
mod axe;
mod bench;
mod browser;
mod dist;
mod endure;
mod journeys;
mod process;
mod project;
mod routes;
mod sample;
mod serve;
mod shots;
mod static_server;
mod temporary;
mod test;
mod tools;
mod webdriver;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::arguments::Arguments;

const USAGE: &str = "\
cargo xtask <command>

  serve [--release] [--port N]      build the page, serve it on 127.0.0.1 (default port 8080), reload on change;
                                    --release serves what `dist` makes, without reload
  test [--only STEP] [--browser B] [--no-build]
                                    every check; STEP is one of fmt, clippy, host, web, dist, e2e; B is chromium or
                                    firefox, for all of e2e in that one (else all in Chromium, and in Firefox what
                                    hangs on the browser); --no-build lets e2e use the dist folder as it is
  dist                              the release build in dist/, to copy to any path of any static host, and in one file
                                    (dist/loudou.html)
  shots [--out DIR] [--route R] [--url-query Q] [--no-build]
                                    screenshots of every page × zh/en × light/dark × 390/1440 px (default ./shots)
  bench [--only host|browser|beside-js] [--no-build]
                                    times on the host, then in the browser against the limits
  endure [--kills N] [--operations N] [--seed N] [--no-build] [--dist DIR]
                                    kills the browser in the middle of edits (200 times), edits in two and three tabs at
                                    once (10,000 times each): nothing may be lost

Everything that is missing is installed first, pinned, under the user's cache folder (LOUDOU_CACHE overrides it).";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut arguments = Arguments::new(std::env::args().skip(1));
    match arguments.command().as_deref() {
        Some("serve") => serve::serve(arguments),
        Some("test") => test::test(arguments),
        Some("dist") => {
            arguments.finish()?;
            dist::build().map(drop)
        }
        Some("shots") => shots::shots(arguments),
        Some("bench") => bench::bench(arguments),
        Some("endure") => endure::endure(arguments),
        Some("help" | "--help" | "-h") => {
            println!("{USAGE}");
            Ok(())
        }
        Some(other) => bail!("unknown command `{other}`\n\n{USAGE}"),
        None => bail!("which command?\n\n{USAGE}"),
    }
}
