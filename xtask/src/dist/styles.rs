//! One style sheet instead of many: the sources are one small file per component, the browser wants one request.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};

use super::hash;

/// Joins every style sheet that `html` links, in order, into one content-hashed file linked in place of the first.
///
/// # Errors
/// When `html` links no style sheet or one that is not in `dist`.
pub(super) fn join(dist: &Path, html: &str) -> Result<String> {
    let (html, files) = take_links(html)?;
    ensure!(!files.is_empty(), "index.html links no style sheet");
    let mut joined = String::new();
    for file in files {
        let path = dist.join(&file);
        joined +=
            &fs::read_to_string(&path).with_context(|| format!("index.html links {file}, which cannot be read"))?;
        joined.push('\n');
        fs::remove_file(path)?;
    }
    let name = format!("style-{}.css", hash::short(joined.as_bytes()));
    let link =
        format!("<link rel=\"stylesheet\" href=\"./{name}\" integrity=\"{}\">", hash::integrity(joined.as_bytes()));
    fs::write(dist.join(name), joined)?;
    Ok(html.replacen(PLACE, &link, 1))
}

/// Where the first link stood.
const PLACE: &str = "<!--styles-->";

fn take_links(html: &str) -> Result<(String, Vec<String>)> {
    let mut kept = String::new();
    let mut files = Vec::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<link rel=\"stylesheet\"") {
        let (attributes, after) = after.split_once('>').context("a <link> tag is not closed")?;
        let address = attributes.split_once("href=\"").and_then(|(_, address)| address.split_once('"'));
        let (address, _) = address.context("a style sheet link has no address")?;
        kept += before;
        if files.is_empty() {
            kept += PLACE;
        }
        files.push(address.trim_start_matches("./").to_owned());
        rest = after.trim_start();
    }
    Ok((kept + rest, files))
}

#[cfg(test)]
mod tests {
    use super::take_links;

    #[test]
    fn keeps_order_and_everything_else() {
        let html = "<a>\n<link rel=\"stylesheet\" href=\"./x.css\" integrity=\"i\"/>\n<link rel=\"stylesheet\" href=\"./y.css\">\n<b>";
        let (html, files) = take_links(html).unwrap();
        assert_eq!(html, "<a>\n<!--styles--><b>");
        assert_eq!(files, ["x.css", "y.css"]);
    }
}
