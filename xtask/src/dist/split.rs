//! Takes the program apart: one file with what the first page needs, and the parts that `src/ui/chunk.rs` fetches later.
//!
//! `wasm-split` works on the linker's output with its relocations (`build.rs` asks for them), before wasm-bindgen. Trunk knows nothing
//! of it, so the two files that it made of that output are replaced here.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};

use super::hash;
use crate::{
    process::{run, title},
    project,
    tools::PageTools,
};

/// The folder of the parts in `dist`.
pub(super) const PARTS: &str = "parts";

/// The script that fetches parts, as `wasm-split` names it.
const LOADER: &str = "__wasm_split.js";

/// The files of the whole program that Trunk wrote.
struct Whole {
    script: String,
    wasm: String,
}

/// Puts the program in parts in place of the whole one, in `dist` and in `html`.
///
/// # Errors
/// When a tool fails or its output is not what the steps expect.
pub(super) fn apart(tools: &PageTools, dist: &Path, html: &str) -> Result<String> {
    title("Taking the program apart");
    let whole = Whole::find(dist)?;
    let (split, bound) = (scratch("split")?, scratch("bound")?);
    run(tools.wasm_split().arg(project::wasm("release", "app")?).arg(&split).args([
        "--target",
        "web",
        "--out-name",
        "app",
    ]))?;
    run(tools
        .wasm_bindgen()
        .args(["--target", "web", "--keep-lld-exports", "--no-demangle", "--no-typescript", "--out-name", "app"])
        .arg("--out-dir")
        .arg(&bound)
        .arg(split.join("app.wasm")))?;

    fs::create_dir_all(dist.join(PARTS))?;
    let mut loader = read(&split.join(LOADER))?;
    for entry in fs::read_dir(&split)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(stem) = name.strip_suffix(".wasm").filter(|stem| *stem != "app") else { continue };
        let content = without_custom_sections(&fs::read(&path)?)?;
        // `split_work` is the part `work`, `chunk_3` is what several parts share.
        let named = format!("{PARTS}/{}-{}.wasm", stem.replace("split_", "").replace('_', "-"), hash::short(&content));
        loader = replaced(&loader, &format!("\"./{name}\""), &format!("\"./{named}\""))?;
        fs::write(dist.join(named), content)?;
    }
    let loader = replaced(&loader, "WebAssembly.instantiateStreaming(src, imports)", "instantiate(src, imports)")?;
    // Whoever leaves the page stops what it was fetching, which Firefox tells as an error.
    let loader = replaced(&loader, "console.error(e);", "if (e?.name !== \"AbortError\") console.error(e);")?;
    let loader = format!("{loader}{INSTANTIATE}");

    // The two scripts name each other, so one name is made from both and from the program.
    let (script, wasm) =
        (read(&bound.join("app.js"))?, without_custom_sections(&fs::read(bound.join("app_bg.wasm"))?)?);
    let version = hash::short(&[script.as_bytes(), loader.as_bytes(), &wasm].concat());
    let names = ["app", "parts"].map(|name| format!("{name}-{version}.js"));
    let [script_name, loader_name] = &names;
    let wasm_name = format!("app_bg-{version}.wasm");
    // Only where it is fetched from: the program itself knows the loader by its old name.
    let script = replaced(&script, &format!("from \"./{LOADER}\""), &format!("from \"./{loader_name}\""))?;
    let script = replaced(&script, "'app_bg.wasm'", &format!("'{wasm_name}'"))?;
    let loader = replaced(&loader, "\"./app.js\"", &format!("\"./{script_name}\""))?;

    let preload = format!(
        "<link rel=\"modulepreload\" href=\"./{loader_name}\" crossorigin=\"anonymous\" integrity=\"{}\">",
        hash::integrity(loader.as_bytes())
    );
    let html = whole.replace(dist, html, (script_name, script.as_bytes()), (&wasm_name, &wasm))?;
    fs::write(dist.join(loader_name), loader)?;
    replaced(&html, "</head>", &format!("{preload}</head>"))
}

/// A host may serve WebAssembly as it likes; wasm-bindgen's own start is as patient.
const INSTANTIATE: &str = r#"
async function instantiate(source, imports) {
    const response = await source;
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    if (response.headers.get("Content-Type")?.startsWith("application/wasm")) {
        return WebAssembly.instantiateStreaming(response, imports);
    }
    return WebAssembly.instantiate(await response.arrayBuffer(), imports);
}
"#;

impl Whole {
    fn find(dist: &Path) -> Result<Self> {
        let (mut script, mut wasm) = (None, None);
        for entry in fs::read_dir(dist)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            let ending = name.strip_prefix("app-").and_then(|rest| rest.rsplit_once('.')).map(|(_, ending)| ending);
            match ending {
                Some("wasm") => wasm = Some(name),
                Some("js") => script = Some(name),
                _ => {}
            }
        }
        Ok(Self {
            script: script.context("Trunk wrote no app-….js")?,
            wasm: wasm.context("Trunk wrote no app-….wasm")?,
        })
    }

    /// Writes the new files, removes the old ones, and says so in `html`, integrity included.
    fn replace(&self, dist: &Path, html: &str, script: (&str, &[u8]), wasm: (&str, &[u8])) -> Result<String> {
        let mut html = html.to_owned();
        for (old, (name, content)) in [(&self.wasm, wasm), (&self.script, script)] {
            let before = fs::read(dist.join(old))?;
            html = replaced(&html, &hash::integrity(&before), &hash::integrity(content))?;
            html = replaced(&html, old, name)?;
            fs::remove_file(dist.join(old))?;
            fs::write(dist.join(name), content)?;
        }
        Ok(html)
    }
}

/// Drops what a browser does not read: names, relocations, the linker's notes.
///
/// # Errors
/// When `wasm` is not a WebAssembly module.
pub(super) fn without_custom_sections(wasm: &[u8]) -> Result<Vec<u8>> {
    const CUSTOM: u8 = 0;
    let (head, mut rest) = wasm.split_at_checked(8).context("a WebAssembly file is too short")?;
    ensure!(head.starts_with(b"\0asm"), "a WebAssembly file does not begin like one");
    let mut kept = head.to_vec();
    while let [id, body @ ..] = rest {
        let (length, digits) = leb128(body)?;
        let (section, after) = rest.split_at_checked(1 + digits + length).context("a section is cut off")?;
        if *id != CUSTOM {
            kept.extend_from_slice(section);
        }
        rest = after;
    }
    Ok(kept)
}

/// An unsigned number of WebAssembly's binary format, and how many bytes it takes.
fn leb128(bytes: &[u8]) -> Result<(usize, usize)> {
    let mut value = 0;
    for (place, byte) in bytes.iter().enumerate().take(5) {
        value |= usize::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            return Ok((value, place + 1));
        }
    }
    anyhow::bail!("a section has no length")
}

fn replaced(text: &str, old: &str, new: &str) -> Result<String> {
    ensure!(text.contains(old), "expected {old:?} in the output of a tool");
    Ok(text.replace(old, new))
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))
}

/// An empty folder for what only lives during the build.
fn scratch(name: &str) -> Result<PathBuf> {
    let folder = project::scratch()?.join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::{leb128, without_custom_sections};

    #[test]
    fn custom_sections_go_and_the_rest_stays() {
        let head = b"\0asm\x01\0\0\0";
        let types = [1, 3, 1, 0x60, 0];
        let named = [&[0, 5, 4][..], b"name"].concat();
        let wasm = [&head[..], &named, &types, &named].concat();
        assert_eq!(without_custom_sections(&wasm).unwrap(), [&head[..], &types].concat());
        assert!(without_custom_sections(&wasm[..wasm.len() - 1]).is_err(), "cut off");
        assert!(without_custom_sections(b"<!doctype html>").is_err());
    }

    #[test]
    fn numbers_of_several_bytes() {
        // The example of the WebAssembly specification's encoding: 624485.
        assert_eq!(leb128(&[0xe5, 0x8e, 0x26]).unwrap(), (624_485, 3));
        assert!(leb128(&[0x80; 6]).is_err());
    }
}
