//! Finds what a command needs and installs what is missing, pinned. Every installation is announced.

mod browsers;

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{
    process::{output, run, title},
    project,
};

pub(crate) use self::browsers::{BrowserTools, Kind};

const TRUNK: &str = "0.21.14";
const WASM_SPLIT: &str = "0.2.4";
const AXE: &str = "4.14.1";
/// The target of everything that runs in a browser.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// The programs that turn the sources into a page.
#[derive(Debug)]
pub(crate) struct PageTools {
    trunk: PathBuf,
    /// The folder of `wasm-bindgen` and `wasm-bindgen-test-runner`.
    wasm_bindgen: PathBuf,
    wasm_split: PathBuf,
}

impl PageTools {
    /// Finds or installs them.
    ///
    /// # Errors
    /// When something is missing and cannot be installed; the message says what to do.
    pub(crate) fn ensure() -> Result<Self> {
        wasm_target()?;
        Ok(Self {
            trunk: cargo_tool("trunk", TRUNK, &[], &["trunk"])?.join(executable("trunk")),
            wasm_bindgen: cargo_tool(
                "wasm-bindgen-cli",
                &project::locked_version("wasm-bindgen")?,
                &[],
                &["wasm-bindgen", "wasm-bindgen-test-runner"],
            )?,
            wasm_split: cargo_tool(
                "wasm_split_cli_support",
                WASM_SPLIT,
                &["--features", "build-binary"],
                &["wasm-split-cli"],
            )?
            .join(executable("wasm-split-cli")),
        })
    }

    /// Trunk, which will find our `wasm-bindgen` before any other and so downloads nothing.
    ///
    /// # Errors
    /// When `PATH` cannot be extended.
    pub(crate) fn trunk(&self) -> Result<Command> {
        let path = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths(std::iter::once(self.wasm_bindgen.clone()).chain(env::split_paths(&path)))?;
        let mut trunk = Command::new(&self.trunk);
        // Trunk takes NO_COLOR for a boolean flag of its own and refuses `NO_COLOR=1`.
        trunk.current_dir(project::root()).env("PATH", path).env_remove("NO_COLOR").arg("--skip-version-check");
        Ok(trunk)
    }

    /// The program that makes the JavaScript side of a WebAssembly file.
    pub(crate) fn wasm_bindgen(&self) -> Command {
        Command::new(self.wasm_bindgen.join(executable("wasm-bindgen")))
    }

    /// The program that takes a WebAssembly file apart.
    pub(crate) fn wasm_split(&self) -> Command {
        Command::new(&self.wasm_split)
    }

    /// The program that runs a WebAssembly test crate in a browser.
    pub(crate) fn test_runner(&self) -> PathBuf {
        self.wasm_bindgen.join(executable("wasm-bindgen-test-runner"))
    }
}

/// The text of `axe.min.js`, from the npm registry, kept in the cache. `None` when `LOUDOU_NO_AXE=1`.
///
/// # Errors
/// When npm is missing or the registry cannot be reached.
pub(crate) fn axe() -> Result<Option<String>> {
    if env::var_os("LOUDOU_NO_AXE").is_some_and(|value| value == "1") {
        println!("!! LOUDOU_NO_AXE=1: accessibility is NOT checked");
        return Ok(None);
    }
    let folder = project::cache()?.join(format!("axe-core-{AXE}"));
    let script = folder.join("package").join("axe.min.js");
    if !script.exists() {
        title(&format!("Fetching axe-core {AXE} into {}", folder.display()));
        let npm = on_path(&["npm", "npm.cmd"]).context(
            "axe-core comes from npm, which is not installed; LOUDOU_NO_AXE=1 leaves accessibility unchecked",
        )?;
        fs::create_dir_all(&folder)?;
        run(Command::new(npm).current_dir(&folder).args(["pack", "--silent", &format!("axe-core@{AXE}")]))?;
        run(Command::new("tar").current_dir(&folder).args([
            "-xzf",
            &format!("axe-core-{AXE}.tgz"),
            "package/axe.min.js",
        ]))?;
    }
    Ok(Some(fs::read_to_string(&script).with_context(|| format!("could not read {}", script.display()))?))
}

/// Rustfmt and Clippy, which a minimal toolchain lacks.
///
/// # Errors
/// When they are missing and rustup cannot add them.
pub(crate) fn lint_components() -> Result<()> {
    for (component, word) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if output(project::cargo().args([word, "--version"])).is_none() {
            title(&format!("Adding {component} to the Rust toolchain"));
            run(Command::new("rustup").args(["component", "add", component]))?;
        }
    }
    Ok(())
}

/// The standard library for the page's target.
///
/// # Errors
/// When it is missing and rustup cannot add it.
pub(crate) fn wasm_target() -> Result<()> {
    let mut rustc = Command::new("rustc");
    let libraries = output(rustc.current_dir(project::root()).args(["--print", "target-libdir", "--target", WASM]));
    if libraries.is_some_and(|folder| Path::new(folder.trim()).exists()) {
        return Ok(());
    }
    title(&format!("Adding the target {WASM} to the Rust toolchain"));
    run(Command::new("rustup").current_dir(project::root()).args(["target", "add", WASM]))
        .with_context(|| format!("the Rust target {WASM} is needed; rustup, or your distribution, provides it"))
}

/// The folder with the programs of a crate, installed into a folder of its own so that versions never mix.
fn cargo_tool(name: &str, version: &str, features: &[&str], programs: &[&str]) -> Result<PathBuf> {
    let folder = project::cache()?.join(format!("{name}-{version}"));
    let bin = folder.join("bin");
    if programs.iter().all(|program| bin.join(executable(program)).exists()) {
        return Ok(bin);
    }
    title(&format!("Installing {name} {version} into {} (once; takes some minutes)", folder.display()));
    let install = |locked: &[&str]| {
        let mut cargo = project::cargo();
        // A build folder shared with the project would rebuild the tool whenever flags differ.
        cargo.env_remove("CARGO_TARGET_DIR").args(["install", name, "--version", version, "--root"]).arg(&folder);
        cargo.args(features);
        run(cargo.args(locked))
    };
    if let Err(error) = install(&["--locked"]) {
        println!("{error:#}; once more with the newest versions of its dependencies");
        install(&[])?;
    }
    for program in programs {
        if !bin.join(executable(program)).exists() {
            bail!("{name} {version} was installed without {program}");
        }
    }
    Ok(bin)
}

fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0")
}

fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path: OsString = env::var_os("PATH")?;
    let folders: Vec<_> = env::split_paths(&path).collect();
    names.iter().find_map(|name| folders.iter().map(|folder| folder.join(executable(name))).find(|file| file.is_file()))
}

fn executable(name: &str) -> String {
    if name.contains('.') { name.to_owned() } else { format!("{name}{}", env::consts::EXE_SUFFIX) }
}
