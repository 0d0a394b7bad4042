//! Accessibility, judged by axe-core.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::browser::Browser;

/// Every violation on the page as it stands, as readable lines; none is a pass.
///
/// # Errors
/// When axe itself fails.
pub(crate) fn violations(browser: &Browser, axe: &str, page: &str) -> Result<Vec<String>> {
    // Without preload axe requests nothing; the script comes by the driver, which the page's policy does not concern.
    let script = format!(
        "{axe};\nreturn window.axe.run(document, {{ resultTypes: ['violations'], preload: false }}).then(result => result.violations)"
    );
    let found = browser.script(&script, &[]).with_context(|| format!("axe failed on {page}"))?;
    let found = found.as_array().context("axe gave no list")?;
    Ok(found.iter().flat_map(|violation| lines(page, violation)).collect())
}

fn lines<'a>(page: &'a str, violation: &'a Value) -> impl Iterator<Item = String> + 'a {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    violation["nodes"].as_array().into_iter().flatten().map(move |node| {
        format!("{page}: {} ({}): {}", text(&violation["id"]), text(&violation["help"]), text(&node["html"]))
    })
}
