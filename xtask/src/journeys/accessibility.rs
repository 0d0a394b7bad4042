//! Axe on every page, in both languages and both themes, and no page wider than its window.

use anyhow::{Result, ensure};

use super::{Visit, visit::settings};

/// Tables scroll within the page; the page itself does not scroll sideways.
const FITS: &str = "const main = document.querySelector('main');
    return main.scrollWidth <= main.clientWidth + 1 && document.documentElement.scrollWidth <= innerWidth + 1";

/// No page with English data has a violation, light or dark, wide or narrow.
pub(super) fn in_english(visit: &Visit) -> Result<()> {
    every_page(visit, "en")
}

/// No page with Chinese data has a violation, light or dark, wide or narrow.
pub(super) fn in_chinese(visit: &Visit) -> Result<()> {
    every_page(visit, "zh")
}

fn every_page(visit: &Visit, language: &str) -> Result<()> {
    visit.settle(&settings(language, "light"))?;
    visit.open_demo()?;
    let pages = visit.pages()?;
    let mut found = Vec::new();
    for theme in ["light", "dark"] {
        visit.settle(&settings(language, theme))?;
        for (page, hash) in &pages {
            visit.open(hash)?;
            for (width, height) in [(1440, 900), (390, 844)] {
                visit.browser.resize(width, height)?;
                at_rest(visit)?;
                let name = format!("{page}, {theme}, {width} px");
                let checked = visit.check_accessibility(&name);
                found.extend(checked.err().map(|error| error.to_string()));
                if !visit.holds(FITS, &[])? {
                    found.push(format!("{name}: the page is wider than its window"));
                }
            }
        }
    }
    ensure!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

/// Waits until the page has painted what it was given and no transition runs: a colour half way has no contrast to judge.
fn at_rest(visit: &Visit) -> Result<()> {
    let script =
        "return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done()))).then(() =>
        Promise.allSettled(document.getAnimations().map(animation => animation.finished))).then(() => true)";
    visit.browser.script(script, &[]).map(drop)
}
