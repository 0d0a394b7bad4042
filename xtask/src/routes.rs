//! The pages, as shots and journeys visit them.

use anyhow::{Context, Result};

use crate::browser::{Browser, until};

/// The frame around every page, there once the program has started and has opened the data.
pub(crate) const READY: &str = r#"[data-testid="app-ready"]"#;

/// On the welcome page: looks round the demo company.
pub(crate) const OPEN_DEMO: &str = r#"[data-testid="open-demo"]"#;

/// Every page that a visitor with data can open, by name. What stands in a list is found through that list.
pub(crate) const WITH_DATA: [&str; 45] = [
    "today",
    "board",
    "funnel",
    "analysis",
    "analysis-time",
    "analysis-movement",
    "analysis-change",
    "analysis-breakdown",
    "analysis-periods",
    "analysis-effort",
    "analysis-calibration",
    "analysis-interventions",
    "forecast",
    "forecast-record",
    "forecast-quotas",
    "coaching",
    "team",
    "team-handover",
    "team-conflicts",
    "team-scorecards",
    "team-appraisal",
    "deals",
    "deal",
    "won-deal",
    "customers",
    "customer",
    "targets",
    "campaigns",
    "campaign",
    "tables",
    "quality",
    "learn",
    "learn-games",
    "learn-drills",
    "learn-simulator",
    "learn-contest",
    "learn-trainer",
    "models",
    "model",
    "edit-model",
    "data",
    "trash",
    "import",
    "growing-out",
    "settings",
];

/// The page a new visitor meets.
pub(crate) const WELCOME: &str = "welcome";

/// Opens the demo company from the welcome page.
///
/// # Errors
/// When the welcome page does not offer it or it does not open.
pub(crate) fn open_demo(browser: &Browser) -> Result<()> {
    browser.click(OPEN_DEMO)?;
    until("the demo company to open", || {
        let there = browser.script("return location.hash.startsWith('#/funnel')", &[])?;
        Ok(there.as_bool().filter(|there| *there))
    })?;
    browser.find(SAVED).map(drop).context("the demo company was not saved")
}

/// Waits until everything shown is in the browser's storage.
pub(crate) const SAVED: &str = r#"[data-testid="saving"][data-state="saved"]"#;

/// A file field by its test id, or inside the element that has it.
pub(crate) fn file_field(id: &str) -> String {
    format!(r#"input[type="file"][data-testid="{id}"], [data-testid="{id}"] input[type="file"]"#)
}

/// The hash of a page's address; needs data for what stands in a list.
///
/// # Errors
/// When the list is empty.
pub(crate) fn hash(browser: &Browser, page: &str, route: &str) -> Result<String> {
    if route == "model" {
        return Ok("#/model/software-regular".to_owned());
    }
    if let Some((page @ ("analysis" | "forecast" | "team" | "learn"), tab)) = route.split_once('-') {
        return Ok(format!("#/{page}?tab={tab}"));
    }
    let list = match route {
        "deal" => "deals",
        "won-deal" => "deals?status=won",
        "customer" => "customers",
        "campaign" => "campaigns",
        "edit-model" => "models",
        route => return Ok(format!("#/{route}")),
    };
    browser.goto(&format!("{page}#/{list}"))?;
    let link = if route == "edit-model" {
        r#"[data-testid="own-models"] a"#
    } else {
        &format!(r##"main a[href*="#/{}/"]"##, route.trim_start_matches("won-"))
    };
    let link = browser.find(link).with_context(|| format!("the list of {list} has no link to one"))?;
    let address = browser.attribute(&link, "href")?.context("the link has no address")?;
    let hash = address.split_once('#').map(|(_, hash)| format!("#{hash}")).unwrap_or(address);
    Ok(hash.replace("#/model/", "#/edit-model/"))
}
