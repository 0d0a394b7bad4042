//! `cargo xtask serve`: a local page that reloads when the sources change, or the release as it ships.

use anyhow::{Context, Result};

use crate::{arguments::Arguments, dist, process::run, project, static_server::StaticServer, tools::PageTools};

/// Builds and serves the page until interrupted.
///
/// # Errors
/// When a tool is missing or the first build cannot start.
pub(crate) fn serve(mut arguments: Arguments) -> Result<()> {
    let release = arguments.flag("--release");
    let port: u16 =
        arguments.value("--port")?.unwrap_or_else(|| "8080".into()).parse().context("--port takes a number")?;
    arguments.finish()?;

    if release {
        let server = StaticServer::start_at(dist::build()?, port, "/")?;
        println!("Serving {} on {}; Ctrl C ends it", project::dist().display(), server.page());
        server.serve_on();
        return Ok(());
    }
    // A folder of its own: dist/ stays what `cargo xtask dist` made.
    let folder = project::root().join("target").join("serve");
    let mut trunk = PageTools::ensure()?.trunk()?;
    trunk.args(["serve", "--address", "127.0.0.1", "--port", &port.to_string(), "--disable-address-lookup", "true"]);
    trunk.arg("--dist").arg(folder);
    for ignored in [".git", "target", "dist", "shots", "xtask", "tests", "benches"] {
        let path = project::root().join(ignored);
        if path.exists() {
            trunk.arg("--ignore").arg(path);
        }
    }
    println!("Serving on http://127.0.0.1:{port}/ once the first build is done; Ctrl C ends it");
    run(&mut trunk)
}
