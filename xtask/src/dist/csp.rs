//! The content security policy: the page may load its own files, run its own WebAssembly, and nothing else.

use anyhow::{Context, Result, ensure};

use super::hash;

/// Writes the policy as the first thing after the character set, where it covers every script and style that follows.
///
/// Trunk's inline start script is allowed by its hash; `'unsafe-inline'` and `'unsafe-eval'` are not. Images may come from the page's
/// own memory (`blob:`): a chart becomes a PNG by way of one.
///
/// # Errors
/// When `html` has no character set line, or an inline style or event handler that the policy would silently disable.
pub(super) fn allow_own_files_only(html: &str) -> Result<String> {
    ensure!(!html.contains("<style"), "index.html has an inline <style>: the policy forbids it");
    ensure!(!html.contains(" style=\""), "index.html has a style attribute: the policy forbids it");
    let hashes = inline_scripts(html)?
        .iter()
        .fold(String::new(), |all, script| format!("{all} '{}'", hash::policy_source(script.as_bytes())));
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{hashes}; style-src 'self'; img-src 'self' blob:; \
         connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
    );
    with_policy(html, &policy)
}

/// The policy of the page in a single file: its own scripts and styles by their hashes, a worker and pictures from its own memory, and
/// no request at all.
///
/// # Errors
/// When `html` has no character set line, or what the policy would silently disable.
pub(super) fn allow_nothing_but_itself(html: &str) -> Result<String> {
    ensure!(!html.contains(" style=\""), "index.html has a style attribute: the policy forbids it");
    let sources = |texts: Vec<&str>| {
        texts.iter().fold(String::new(), |all, text| format!("{all} '{}'", hash::policy_source(text.as_bytes())))
    };
    let (scripts, styles) = (sources(inline_scripts(html)?), sources(elements(html, "style")?));
    let policy = format!(
        "default-src 'none'; script-src 'wasm-unsafe-eval'{scripts}; style-src{styles}; img-src data: blob:; \
         worker-src blob:; base-uri 'none'; form-action 'none'"
    );
    with_policy(html, &policy)
}

fn with_policy(html: &str, policy: &str) -> Result<String> {
    let start = "<meta charset=\"utf-8\">";
    let end = html.find(start).context("index.html has no <meta charset=\"utf-8\">")? + start.len();
    let (before, after) = html.split_at(end);
    Ok(format!("{before}\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">{after}"))
}

/// The text of every script element without an address, but for blocks of data that no browser runs.
fn inline_scripts(html: &str) -> Result<Vec<&str>> {
    let runs = |attributes: &str| !attributes.contains("src=") && !attributes.contains("type=\"text/plain\"");
    texts(html, "script", runs)
}

/// The text of every element of this name.
fn elements<'h>(html: &'h str, name: &str) -> Result<Vec<&'h str>> {
    texts(html, name, |_| true)
}

fn texts<'h>(html: &'h str, name: &str, wanted: impl Fn(&str) -> bool) -> Result<Vec<&'h str>> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once(&format!("<{name}")) {
        let (attributes, after) = after.split_once('>').with_context(|| format!("a <{name}> tag is not closed"))?;
        let end = format!("</{name}>");
        let (text, after) = after.split_once(&end).with_context(|| format!("a <{name}> element is not closed"))?;
        if wanted(attributes) {
            found.push(text);
        }
        rest = after;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::{allow_own_files_only, inline_scripts};

    const PAGE: &str =
        "<head><meta charset=\"utf-8\"><script src=\"a.js\"></script><script type=\"module\"></script></head>";

    #[test]
    fn inline_scripts_are_allowed_by_hash_only() {
        assert_eq!(inline_scripts(PAGE).unwrap(), [""]);
        let html = allow_own_files_only(PAGE).unwrap();
        assert!(
            html.contains(
                "script-src 'self' 'wasm-unsafe-eval' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; "
            )
        );
        assert!(!html.contains("unsafe-inline"));
        assert!(
            html.find("Content-Security-Policy") < html.find("<script"),
            "the policy must come before what it governs"
        );
    }

    #[test]
    fn refuses_what_the_policy_would_disable() {
        assert!(allow_own_files_only("<meta charset=\"utf-8\"><style>a{}</style>").is_err());
        assert!(allow_own_files_only("<meta charset=\"utf-8\"><p style=\"color:red\">").is_err());
        assert!(allow_own_files_only("<p>").is_err());
    }
}
