//! `cargo xtask test`: everything that must hold, step by step, with times.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::{
    arguments::Arguments,
    dist, journeys,
    process::{run, title},
    project,
    temporary::TemporaryFolder,
    tools::{self, BrowserTools, Kind, PageTools, WASM},
};

/// A part of the test run: its name for `--only`, what it checks, and how, given the browsers for the journeys.
struct Step(&'static str, &'static str, fn(&[Kind]) -> Result<()>);

const STEPS: [Step; 6] = [
    Step("fmt", "Formatting", |_| format()),
    Step("clippy", "Lints, host and WebAssembly", |_| clippy()),
    Step("host", "Tests and documentation examples on the host", |_| host()),
    Step("web", "Tests in a browser", |_| web()),
    Step("dist", "Release build and its size budget", |_| dist::build().map(drop)),
    Step("e2e", "Journeys through the release build", |browsers| journeys_in(browsers, None)),
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
    let browsers: &[Kind] = browser.as_ref().map_or(&Kind::ALL, std::slice::from_ref);
    if let Some(journey) = journey {
        return journeys_in(browsers, Some(&journey));
    }
    let steps: Vec<_> = STEPS.iter().filter(|step| only.as_deref().is_none_or(|only| only == step.0)).collect();
    if steps.is_empty() {
        bail!("no such step; there are {}", STEPS.map(|step| step.0).join(", "));
    }
    if only.as_deref() == Some("e2e") && build {
        dist::build()?;
    }

    let results: Vec<_> = steps.into_iter().map(|step| (step, perform(step, browsers))).collect();
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

fn perform(step: &Step, browsers: &[Kind]) -> (Duration, Option<anyhow::Error>) {
    title(&format!("[{}] {}", step.0, step.1));
    let start = Instant::now();
    let error = (step.2)(browsers).err();
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
        "--tests",
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

fn journeys_in(browsers: &[Kind], only: Option<&str>) -> Result<()> {
    for kind in browsers {
        journeys::run(&project::dist(), *kind, only)?;
    }
    Ok(())
}
