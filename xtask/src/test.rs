//! `cargo xtask test`: everything that must hold, step by step, with times.

use std::{
    env,
    num::NonZero,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

use crate::{
    arguments::Arguments,
    dist,
    journeys::{self, Which},
    process::{Background, run, title},
    project,
    temporary::TemporaryFolder,
    tools::{self, BrowserTools, Kind, PageTools, WASM},
};

/// A part of the test run: its name for `--only`, what it checks, and how.
struct Step(&'static str, &'static str, fn(&mut Run) -> Result<()>);

/// What the steps share.
struct Run {
    /// The one browser for the journeys, if there is to be only one.
    browser: Option<Kind>,
    /// The release build, made while other steps run: for most of its time it keeps one core busy.
    release: Option<Background>,
}

const STEPS: [Step; 6] = [
    Step("fmt", "Formatting", |_| format()),
    Step("clippy", "Lints, host and WebAssembly", |_| clippy()),
    Step("host", "Tests and documentation examples on the host", |_| host()),
    Step("web", "Tests in a browser", |_| web()),
    Step("dist", "Release build and its size budget", |run| match run.release.take() {
        Some(release) => release.finish(),
        None => dist::build().map(drop),
    }),
    Step("e2e", "Journeys through the release build", |run| journeys(run.browser)),
];

/// Runs all steps, or the one named by `--only`, and ends with `N passed, M failed`. `--journey` runs the journeys whose name holds a
/// word, over the build that is there; `--browser` runs the journeys in that one only.
///
/// # Errors
/// When a step fails; the others are run all the same.
pub(crate) fn test(mut arguments: Arguments) -> Result<()> {
    let only = arguments.value("--only")?;
    let build = !arguments.flag("--no-build");
    let journey = arguments.value("--journey")?;
    let browser = arguments.value("--browser")?.map(|name| Kind::named(&name)).transpose()?;
    arguments.finish()?;
    if let Some(journey) = journey {
        return in_turn(browser, |_| Which::Named(&journey));
    }
    let steps: Vec<_> = STEPS.iter().filter(|step| only.as_deref().is_none_or(|only| only == step.0)).collect();
    if steps.is_empty() {
        bail!("no such step; there are {}", STEPS.map(|step| step.0).join(", "));
    }
    if only.as_deref() == Some("e2e") && build {
        dist::build()?;
    }

    let mut run = Run { browser, release: None };
    if only.is_none() {
        run.release = release_ahead()?;
    }
    let results: Vec<_> = steps.into_iter().map(|step| (step, perform(step, &mut run))).collect();
    title("Summary");
    for (step, (time, error)) in &results {
        let outcome = error.as_ref().map_or_else(|| "ok".to_owned(), |error| format!("FAILED: {error:#}"));
        println!("{:<7} {:>6.1} s  {}: {outcome}", step.0, time.as_secs_f64(), step.1);
    }
    let failed = results.iter().filter(|(_, (_, error))| error.is_some()).count();
    println!("{} passed, {failed} failed", results.len() - failed);
    if failed > 0 {
        // The count is the closing line: an error message after it would hide it.
        std::process::exit(1);
    }
    Ok(())
}

/// Starts the release build where there is a core for it, once the tools are there that other steps use as well.
fn release_ahead() -> Result<Option<Background>> {
    if thread::available_parallelism().map_or(1, NonZero::get) < 2 {
        return Ok(None);
    }
    PageTools::ensure()?;
    title("The release build, beside the first steps");
    let log = project::scratch()?.join("dist.log");
    Background::start(Command::new(env::current_exe()?).arg("dist"), log).map(Some)
}

fn perform(step: &Step, with: &mut Run) -> (Duration, Option<anyhow::Error>) {
    title(&format!("[{}] {}", step.0, step.1));
    let start = Instant::now();
    let error = (step.2)(with).err();
    if let Some(error) = &error {
        println!("FAILED: {error:#}");
    }
    println!("-- [{}] {:.1} s", step.0, start.elapsed().as_secs_f64());
    (start.elapsed(), error)
}

fn format() -> Result<()> {
    tools::lint_components()?;
    run(project::cargo().args(["fmt", "--all", "--check"]))
}

fn clippy() -> Result<()> {
    tools::lint_components()?;
    tools::wasm_target()?;
    run(project::cargo().args(["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    let page = [
        "clippy",
        "--locked",
        "--package",
        "loudou",
        "--lib",
        "--bins",
        // The library's own tests are linted on the host, which runs them.
        "--test",
        "web",
        "--target",
        WASM,
        // As it ships; the tests in a browser compile it without.
        "--features",
        "split",
        "--",
        "-D",
        "warnings",
    ];
    run(project::cargo().args(page))
}

fn host() -> Result<()> {
    // A changed snapshot must fail, not leave a file behind.
    run(project::cargo().env("INSTA_UPDATE", "no").args(["test", "--locked", "--workspace"]))
}

fn web() -> Result<()> {
    let page = PageTools::ensure()?;
    let browser = BrowserTools::ensure(Kind::Chromium)?;
    let folder = TemporaryFolder::new()?;
    run(folder
        .used_by(&mut project::cargo())
        .env("CHROMEDRIVER", browser.driver)
        // For all tests together, in seconds: some of them wait for the page's own pauses.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", page.test_runner())
        .args(["test", "--locked", "--package", "loudou", "--target", WASM, "--test", "web"]))
}

/// All journeys in the browser that was asked for. When none was: all in Chromium, and in Firefox those whose outcome hangs on the browser.
fn journeys(browser: Option<Kind>) -> Result<()> {
    in_turn(browser, |kind| if browser.is_some() || kind == Kind::Chromium { Which::All } else { Which::Across })
}

/// Runs journeys in one browser, or in each.
fn in_turn<'w>(browser: Option<Kind>, which: impl Fn(Kind) -> Which<'w>) -> Result<()> {
    let kinds = Kind::ALL.into_iter().filter(|kind| browser.is_none_or(|only| only == *kind));
    journeys::run(&project::dist(), &kinds.map(|kind| (kind, which(kind))).collect::<Vec<_>>())
}
