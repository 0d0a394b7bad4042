//! `cargo xtask dist`: the release build as static files, with a content security policy and a size budget.
//!
//! Trunk compiles and gathers; the steps here take the program apart, join the styles, name by content, write the policy and what keeps
//! the page for when there is no network. Beside the page stands all of it in one file.

mod csp;
mod hash;
mod offline;
mod single;
mod size;
mod split;
mod styles;
mod worker;

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};

use crate::{
    process::{run, title},
    project,
    tools::PageTools,
};

/// Builds `dist/`: relative addresses only, every file but `index.html` and the rescue page named by its content, so that any static host
/// can serve it under any path and let browsers keep it for ever. Returns the folder.
///
/// # Errors
/// When the build fails, Trunk's output is not what the steps expect, or the first page is over its budget.
pub(crate) fn build() -> Result<PathBuf> {
    let tools = PageTools::ensure()?;
    title("Building the release page");
    let dist = project::dist();
    if dist.exists() {
        fs::remove_dir_all(&dist).with_context(|| format!("could not empty {}", dist.display()))?;
    }
    let mut trunk = tools.trunk()?;
    trunk.args(["build", "--release", "--features", "split", "--public-url", "./", "--dist"]).arg(&dist);
    run(&mut trunk)?;

    let index = dist.join("index.html");
    let html = fs::read_to_string(&index).context("Trunk wrote no index.html")?;
    let html = split::apart(&tools, &dist, &html)?;
    let html = styles::join(&dist, &html)?;
    let html = worker::rename(&dist, &html)?;
    let html = offline::announce(&dist, &html)?;
    let html = csp::allow_own_files_only(&html)?;
    fs::write(&index, html)?;

    remove_what_must_not_ship(&dist)?;
    offline::write(&dist)?;
    single::write(&tools, &dist)?;
    size::check(&dist)?;
    Ok(dist)
}

/// Trunk may leave its staging folder, and wasm-bindgen TypeScript declarations: no browser asks for them.
fn remove_what_must_not_ship(dist: &Path) -> Result<()> {
    for entry in fs::read_dir(dist)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') && path.is_dir() {
            fs::remove_dir_all(&path)?;
        } else if name.ends_with(".d.ts") || name.ends_with(".map") {
            fs::remove_file(&path)?;
        }
    }
    ensure!(dist.join("index.html").is_file(), "index.html is gone");
    Ok(())
}
