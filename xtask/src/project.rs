//! Where things are.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::process::output;

/// The repository.
pub(crate) fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// The release build.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// Reports, generated files and failure screenshots of a run.
pub(crate) fn scratch() -> Result<PathBuf> {
    let folder = root().join("target").join("xtask");
    fs::create_dir_all(&folder).with_context(|| format!("could not create {}", folder.display()))?;
    Ok(folder)
}

/// Pinned tools, shared by all clones of this user: `$LOUDOU_CACHE`, else `loudou` in the user's cache folder.
pub(crate) fn cache() -> Result<PathBuf> {
    if let Some(folder) = env::var_os("LOUDOU_CACHE") {
        return Ok(folder.into());
    }
    let user = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cache")));
    Ok(user.context("no home folder: set LOUDOU_CACHE to a folder for the tools")?.join("loudou"))
}

/// The cargo that runs this program.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// The WebAssembly that a build of a program in a profile wrote, before any tool has worked on it.
///
/// # Errors
/// When cargo does not say where it builds.
pub(crate) fn wasm(profile: &str, program: &str) -> Result<PathBuf> {
    let metadata = output(cargo().args(["metadata", "--no-deps", "--format-version", "1"]));
    let metadata: serde_json::Value = serde_json::from_str(&metadata.context("cargo metadata failed")?)?;
    let target = metadata["target_directory"].as_str().context("cargo metadata names no target folder")?;
    Ok(Path::new(target).join("wasm32-unknown-unknown").join(profile).join(format!("{program}.wasm")))
}

/// The version of a package in `Cargo.lock`.
///
/// # Errors
/// When the lock file cannot be read or does not hold the package.
pub(crate) fn locked_version(package: &str) -> Result<String> {
    let path = root().join("Cargo.lock");
    let lock = fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))?;
    version_in(&lock, package).with_context(|| format!("{package} is not in Cargo.lock"))
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    Some(lines.next()?.strip_prefix("version = \"")?.trim_end_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::version_in;

    #[test]
    fn reads_a_version_from_the_lock_file() {
        let lock =
            "[[package]]\nname = \"ab\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"b\"\nversion = \"2.3.4\"\n";
        assert_eq!(version_in(lock, "b").as_deref(), Some("2.3.4"));
        assert_eq!(version_in(lock, "c"), None);
    }
}
