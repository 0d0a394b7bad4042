//! `loudou.html`: all of the page in one file, which opens from a disk without a host.
//!
//! A page of a folder may fetch nothing, so everything stands inside: styles and scripts as they are, both programs as base64 in blocks
//! that no browser runs. The program is whole here, since parts would have to be fetched. The worker starts from the page's own memory.
//! The rescue page is the same file with `#rescue` behind its address: its script comes first, and the program does not start then.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{csp, split::without_custom_sections};
use crate::{
    process::{run, title},
    project,
    tools::{PageTools, WASM},
};

/// The file in `dist`.
pub(super) const FILE: &str = "loudou.html";

/// What starts the page, after wasm-bindgen's script; in a block, so that no name meets one of that script.
const START: &str = r#"
if (!("rescue" in document.documentElement.dataset)) {
  const text = (id) => document.getElementById(id).textContent;
  const bytes = (id) => Uint8Array.from(atob(text(id)), (sign) => sign.charCodeAt(0));
  const worker = new Blob([
    bytes("loudou-worker-script"),
    "\nwasm_bindgen({ module_or_path: Uint8Array.from(atob(\"",
    text("loudou-worker-wasm"),
    "\"), (sign) => sign.charCodeAt(0)) });",
  ], { type: "text/javascript" });
  document.querySelector("meta[name=loudou-worker]").content = URL.createObjectURL(worker);
  const program = await __wbg_init({ module_or_path: bytes("loudou-wasm") });
  dispatchEvent(new CustomEvent("TrunkApplicationStarted", { detail: { wasm: program } }));
}
"#;

/// Builds the whole program and writes the file beside the finished page.
///
/// # Errors
/// When a build fails or the page is not what the steps expect.
pub(super) fn write(tools: &PageTools, dist: &Path) -> Result<()> {
    title("Making the single file");
    run(project::cargo().args([
        "build",
        "--locked",
        "--release",
        "--package",
        "loudou",
        "--bin",
        "app",
        "--target",
        WASM,
    ]))?;
    let bound = project::scratch()?.join("whole");
    if bound.exists() {
        fs::remove_dir_all(&bound)?;
    }
    run(tools
        .wasm_bindgen()
        .args(["--target", "web", "--no-demangle", "--no-typescript", "--out-name", "app", "--out-dir"])
        .arg(&bound)
        .arg(project::wasm("release", "app")?))?;
    let script = fs::read_to_string(bound.join("app.js"))?;
    let wasm = without_custom_sections(&fs::read(bound.join("app_bg.wasm"))?)?;
    let html = fs::read_to_string(dist.join("index.html"))?;
    let worker = [file_in(dist, "worker-", ".js")?, file_in(dist, "worker_bg-", ".wasm")?];
    let [worker_script, worker_wasm] = worker.map(fs::read);
    let blocks =
        [("loudou-wasm", wasm), ("loudou-worker-script", worker_script?), ("loudou-worker-wasm", worker_wasm?)];
    let single = compose(&html, &script, &blocks, |name| {
        fs::read(dist.join(name)).with_context(|| format!("index.html names {name}, which cannot be read"))
    })?;
    fs::write(dist.join(FILE), &single)?;
    println!("{:>10}            {FILE}", single.len());
    Ok(())
}

/// The page with everything inside.
fn compose(
    html: &str,
    script: &str,
    blocks: &[(&str, Vec<u8>)],
    read: impl Fn(&str) -> Result<Vec<u8>>,
) -> Result<String> {
    ensure!(!script.lines().any(|line| line.starts_with("import ")), "the program's script imports another one");
    let html = tags(html, "<link", ">", |tag| {
        let name = attribute(tag, "href").unwrap_or_default();
        match attribute(tag, "rel") {
            Some("stylesheet") => style(&String::from_utf8(read(name)?)?),
            Some("icon") => {
                let icon = STANDARD.encode(read(name)?);
                Ok(format!("<link rel=\"icon\" type=\"image/svg+xml\" href=\"data:image/svg+xml;base64,{icon}\">"))
            }
            // What is fetched ahead, and the manifest of a page that has a host.
            _ => Ok(String::new()),
        }
    })?;
    let html = tags(&html, "<meta", ">", |tag| match attribute(tag, "name") {
        Some("loudou-offline") => Ok(String::new()),
        Some("loudou-rescue") => Ok("<meta name=\"loudou-rescue\" content=\"#rescue\">".to_owned()),
        Some("loudou-worker") => Ok("<meta name=\"loudou-worker\" content=\"\">".to_owned()),
        _ if tag.contains("Content-Security-Policy") => Ok(String::new()),
        _ => Ok(tag.to_owned()),
    })?;
    let html = tags(&html, "<script", "</script>", |tag| match attribute(tag, "src") {
        Some(name) => inline("", &String::from_utf8(read(name)?)?),
        // Trunk's start, which fetches the program.
        None => Ok(String::new()),
    })?;
    let html = html.replace("href=\"./rescue.html\"", "href=\"#rescue\"");
    let [rescue_style, rescue_script] =
        ["rescue.css", "rescue.js"].map(|name| anyhow::Ok(String::from_utf8(read(name)?)?));
    let rescue = [&style(&rescue_style?)?, inline("", &rescue_script?)?.as_str()].concat();
    ensure!(html.matches("</head>").count() == 1, "index.html has no end of its head");
    let html = html.replace("</head>", &[&rescue, "</head>"].concat());
    let mut inside = String::new();
    for (id, bytes) in blocks {
        inside += &["<script type=\"text/plain\" id=\"", id, "\">", &STANDARD.encode(bytes), "</script>\n"].concat();
    }
    inside += &inline(" type=\"module\"", &[script, START].concat())?;
    ensure!(html.matches("</body>").count() == 1, "index.html has no end of its body");
    csp::allow_nothing_but_itself(&html.replace("</body>", &format!("{inside}</body>")))
}

/// A style sheet inside the page.
fn style(style: &str) -> Result<String> {
    ensure!(!style.contains("</"), "a style sheet would end its element");
    Ok(format!("<style>{style}</style>"))
}

/// A script inside the page.
fn inline(attributes: &str, script: &str) -> Result<String> {
    ensure!(!script.contains("</script") && !script.contains("<!--"), "a script would end its element");
    Ok(format!("<script{attributes}>{script}</script>"))
}

/// The text with every element from `start` to `end` replaced.
fn tags(html: &str, start: &str, end: &str, replace: impl Fn(&str) -> Result<String>) -> Result<String> {
    let mut written = String::new();
    let mut rest = html;
    while let Some(at) = rest.find(start) {
        let (before, from) = rest.split_at(at);
        let length = from.find(end).with_context(|| format!("{start} is not closed"))? + end.len();
        let (tag, after) = from.split_at(length);
        written += before;
        written += &replace(tag)?;
        rest = after;
    }
    Ok(written + rest)
}

/// An attribute of the first tag of a text, without the `./` of an address.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let head = tag.split_once('>').map_or(tag, |(head, _)| head);
    let value = head.split_once(&format!(" {name}=\""))?.1.split_once('"')?.0;
    Some(value.trim_start_matches("./"))
}

fn file_in(dist: &Path, start: &str, end: &str) -> Result<PathBuf> {
    for entry in fs::read_dir(dist)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.starts_with(start) && name.ends_with(end) {
            return Ok(dist.join(name));
        }
    }
    anyhow::bail!("{} has no {start}…{end}", dist.display())
}

#[cfg(test)]
mod tests {
    use super::compose;

    const PAGE: &str = "<head><meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"x\">\
        <meta name=\"loudou-worker\" content=\"./worker_loader-1.js\"><link rel=\"icon\" href=\"./i.svg\">\
        <script src=\"./boot.js\"></script><link rel=\"stylesheet\" href=\"./s.css\" integrity=\"y\">\
        <script type=\"module\">import init from './app.js'</script><link rel=\"modulepreload\" href=\"./app.js\">\
        <link rel=\"manifest\" href=\"./m\"><meta name=\"loudou-offline\" content=\"./s.js\">\
        <meta name=\"loudou-rescue\" content=\"./rescue.html\"></head><body><a href=\"./rescue.html\">R</a></body>";

    #[test]
    fn nothing_is_left_to_fetch() {
        let read = |name: &str| {
            Ok(match name {
                "boot.js" => b"boot()".to_vec(),
                "s.css" => b"a{}".to_vec(),
                "rescue.css" => b"b{}".to_vec(),
                "rescue.js" => b"rescue()".to_vec(),
                "i.svg" => b"<svg/>".to_vec(),
                other => panic!("{other} is asked for"),
            })
        };
        let html =
            compose(PAGE, "let wasm;\nexport { __wbg_init as default };", &[("b", vec![1, 2, 3])], read).unwrap();
        for gone in ["src=", "./", "modulepreload", "manifest", "integrity", "import init", "loudou-offline"] {
            assert!(!html.contains(gone), "{gone} is left in {html}");
        }
        for there in [
            "<style>a{}</style>",
            "<style>b{}</style><script>rescue()</script></head>",
            "<a href=\"#rescue\">",
            "content=\"#rescue\"",
            "<script>boot()</script>",
            "id=\"b\">AQID</script>",
            "worker-src blob:",
        ] {
            assert!(html.contains(there), "{there} is not in {html}");
        }
        assert_eq!(html.matches("sha256-").count(), 5);
        assert!(html.find("Content-Security-Policy") < html.find("<script"));
        assert!(compose(PAGE, "import * as a from \"./b.js\"", &[], read).is_err());
        assert!(compose(PAGE, "\"</script>\"", &[], read).is_err());
    }
}
