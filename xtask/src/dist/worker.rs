//! Names the background worker's files by their content, which Trunk does for the page only: a browser that kept the
//! worker of an earlier release would otherwise answer a newer page.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};

use super::{hash, split::without_custom_sections};

/// What `index.html` says before and what the page reads at run time.
const ADDRESS: &str = "content=\"./worker_loader.js\"";

/// Renames the worker's three files and writes the loader's new name into `html`.
///
/// # Errors
/// When Trunk's file names or the loader's text are not the expected ones.
pub(super) fn rename(dist: &Path, html: &str) -> Result<String> {
    let path = dist.join("worker_bg.wasm");
    let wasm = fs::read(&path).context("Trunk wrote no worker_bg.wasm")?;
    fs::write(&path, without_custom_sections(&wasm)?)?;
    let wasm = hashed(dist, "worker_bg.wasm", "worker_bg", "wasm", None)?;
    // The script names its own WebAssembly only as a default that the loader always overrides.
    let script = hashed(dist, "worker.js", "worker", "js", None)?;
    let replacements = [("worker_bg.wasm", wasm.as_str()), ("worker.js", script.as_str())];
    let loader = hashed(dist, "worker_loader.js", "worker_loader", "js", Some(replacements))?;
    ensure!(html.contains(ADDRESS), "index.html does not say where the worker is: {ADDRESS}");
    Ok(html.replace(ADDRESS, &format!("content=\"./{loader}\"")))
}

fn hashed(dist: &Path, file: &str, stem: &str, extension: &str, replace: Option<[(&str, &str); 2]>) -> Result<String> {
    let mut content = fs::read(dist.join(file)).with_context(|| format!("Trunk wrote no {file}"))?;
    if let Some(replacements) = replace {
        let mut text = String::from_utf8(content).with_context(|| format!("{file} is not text"))?;
        for (old, new) in replacements {
            ensure!(text.contains(old), "{file} does not load {old}");
            text = text.replace(old, new);
        }
        content = text.into_bytes();
    }
    let name = format!("{stem}-{}.{extension}", hash::short(&content));
    fs::write(dist.join(&name), content)?;
    fs::remove_file(dist.join(file))?;
    Ok(name)
}
