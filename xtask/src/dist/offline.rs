//! What makes the page an application that works without a network: a manifest, and a service worker that keeps the files of the release.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::{hash, single};
use crate::project;

const MANIFEST: &str = "manifest.webmanifest";
/// Pictures of the icon (`static/favicon.svg`) for systems that draw no SVG, and what each is for.
const PICTURES: [(&str, &str, &str); 3] = [
    ("icons/192.png", "192x192", "any"),
    ("icons/512.png", "512x512", "any"),
    // To its edges, with nothing that matters in the corners: the system cuts its own form out.
    ("icons/maskable-512.png", "512x512", "maskable"),
];
/// The picture of a home screen that knows no manifest.
const TOUCH: &str = "icons/touch-180.png";
/// Its name stays the same from release to release: that is how a browser finds the next one.
const WORKER: &str = "service-worker.js";

/// Writes the manifest and says in `html` where it and the service worker are.
///
/// # Errors
/// When `html` has no icon, or a picture of it is missing.
pub(super) fn announce(dist: &Path, html: &str) -> Result<String> {
    let icon = icon(html).context("index.html has no icon")?;
    let pictures = PICTURES.map(|(name, sizes, purpose)| {
        json!({ "src": format!("./{name}"), "sizes": sizes, "type": "image/png", "purpose": purpose })
    });
    let drawn = json!({ "src": icon, "sizes": "any", "type": "image/svg+xml", "purpose": "any" });
    let icons: Vec<_> = std::iter::once(drawn).chain(pictures).collect();
    for name in PICTURES.iter().map(|(name, ..)| *name).chain([TOUCH]) {
        ensure!(dist.join(name).is_file(), "{name} is not in the page");
    }
    let manifest = json!({
        "name": "Loudou 漏斗",
        "short_name": "Loudou 漏斗",
        "id": "./",
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "icons": icons,
    });
    fs::write(dist.join(MANIFEST), format!("{manifest:#}\n"))?;
    let told = format!(
        "<link rel=\"manifest\" href=\"./{MANIFEST}\"><link rel=\"apple-touch-icon\" href=\"./{TOUCH}\">\
         <meta name=\"loudou-offline\" content=\"./{WORKER}\"></head>"
    );
    ensure!(html.contains("</head>"), "index.html has no head");
    Ok(html.replacen("</head>", &told, 1))
}

/// Writes the service worker, which lists every file of the finished page. Its release is the hash of all that they hold.
///
/// # Errors
/// When a file cannot be read or the template is not the expected one.
pub(super) fn write(dist: &Path) -> Result<()> {
    let mut names = Vec::new();
    list(dist, "", &mut names)?;
    names.retain(|name| name != WORKER && name != single::FILE);
    names.sort();
    let mut all = Vec::new();
    for name in &names {
        all.extend(name.as_bytes());
        all.extend(fs::read(dist.join(name))?);
    }
    let files: Vec<String> =
        names.iter().map(|name| if name == "index.html" { "./".to_owned() } else { format!("./{name}") }).collect();
    let template = fs::read_to_string(project::root().join("static").join(WORKER))?;
    fs::write(dist.join(WORKER), filled(&template, &hash::short(&all), &files)?)?;
    Ok(())
}

fn filled(template: &str, release: &str, files: &[String]) -> Result<String> {
    for place in ["\"@release\"", "[\"@files\"]"] {
        ensure!(template.matches(place).count() == 1, "{WORKER} does not say {place} once");
    }
    let files = serde_json::to_string(files)?;
    Ok(template.replace("\"@release\"", &format!("\"{release}\"")).replace("[\"@files\"]", &files))
}

/// The names of all files of a folder, with slashes between.
fn list(folder: &Path, before: &str, names: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{before}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() { list(&entry.path(), &format!("{name}/"), names)? } else { names.push(name) }
    }
    Ok(())
}

fn icon(html: &str) -> Option<&str> {
    let link = html.split("<link").find(|link| link.contains("rel=\"icon\""))?;
    link.split_once("href=\"")?.1.split_once('"').map(|(address, _)| address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_service_worker_lists_the_release() {
        let template = include_str!("../../../static/service-worker.js");
        let worker = filled(template, "0123456789abcdef", &["./".to_owned(), "./parts/a.wasm".to_owned()]).unwrap();
        assert!(worker.contains("const RELEASE = \"0123456789abcdef\";"));
        assert!(worker.contains("const FILES = [\"./\",\"./parts/a.wasm\"];"));
        assert!(filled("const FILES = [];", "a", &[]).is_err());
    }

    #[test]
    fn the_pictures_have_the_sizes_they_say() {
        for (name, sizes) in PICTURES.map(|(name, sizes, _)| (name, sizes)).into_iter().chain([(TOUCH, "180x180")]) {
            let png = fs::read(project::root().join("static").join(name)).unwrap();
            let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
            assert_eq!((&png[1..4], format!("{}x{}", side(16), side(20)).as_str()), (&b"PNG"[..], sizes), "{name}");
        }
    }

    #[test]
    fn the_icon_is_found() {
        let html =
            "<link rel=\"modulepreload\" href=\"./a.js\"><link rel=\"icon\" href=\"./f-1.svg\" type=\"image/svg+xml\">";
        assert_eq!(icon(html), Some("./f-1.svg"));
    }
}
