//! A company of usual size: bringing it in, opening the page, moving a card.
//!
//! Here the page itself measures: it records `performance.measure` entries named `loudou:…`, from the visitor's act to the paint that
//! shows its effect.

use anyhow::{Context, Result};

use super::{Scenario, Stage, Timed};
use crate::routes;

const CONFIRM_IMPORT: &str = r#"[data-testid="import-confirm"]:not([disabled])"#;
const IMPORTED: &str = r#"[data-testid="import-done"]"#;
/// The one measure that is taken here and not by the page.
const IMPORT: &str = "bench:import";
const CARD: &str = r#"[data-testid="deal-card"]"#;
const COLUMN: &str = r#"[data-testid="board-column"]"#;

/// In this order: each builds on the data the first one leaves.
pub(super) const SCENARIOS: [Scenario; 4] = [
    Scenario { title: "import end to end", limit: 2_000.0, rounds: 1, brings_data: true, act: import },
    Scenario { title: "start to painted board", limit: 700.0, rounds: 5, brings_data: false, act: start },
    Scenario { title: "drop of a card to painted board", limit: 50.0, rounds: 5, brings_data: false, act: move_card },
    Scenario { title: "funnel after an edit", limit: 30.0, rounds: 5, brings_data: false, act: funnel_after_edit },
];

/// Watches an import from the outside: from the choice of the file until its preview can be confirmed, and from the click until
/// what came of it is painted. The time in which a person would look at the preview is left out.
const WATCH_IMPORT: &str = "
    const [field, confirm, done, name] = arguments, now = () => performance.now();
    const painted = work => requestAnimationFrame(() => requestAnimationFrame(work));
    const appears = (css, work) => new MutationObserver((_, observer) => {
        if (document.querySelector(css) === null) return;
        observer.disconnect();
        painted(work);
    }).observe(document.body, { childList: true, subtree: true, attributes: true });
    let chosen, ready, clicked;
    document.querySelector(field).addEventListener('change', () => { chosen = now(); }, { capture: true, once: true });
    appears(confirm, () => { ready ??= now(); });
    document.addEventListener('click', event => { if (event.target.closest(confirm)) { clicked = now(); ready ??= clicked; } }, true);
    appears(done, () => performance.measure(name, { start: 0, duration: (ready - chosen) + (now() - clicked) }));";

/// Imports the CSV file.
pub(super) fn import(stage: &Stage) -> Result<Vec<Timed>> {
    let time = stage.timed(IMPORT, || {
        stage.browser.goto(&format!("{}#/import", stage.page))?;
        let field = routes::file_field("import-file");
        stage.browser.find(&field)?;
        let names = [field.as_str(), CONFIRM_IMPORT, IMPORTED, IMPORT].map(Into::into);
        stage.browser.script(WATCH_IMPORT, &names)?;
        stage.browser.type_into(&field, &stage.csv.display().to_string())?;
        stage.browser.click(CONFIRM_IMPORT)?;
        stage.browser.find(IMPORTED).map(drop)
    });
    Ok(vec![(String::new(), time?)])
}

fn start(stage: &Stage) -> Result<Vec<Timed>> {
    let time = stage.timed("loudou:start", || {
        // By way of another page: from the same one only the hash would change.
        stage.browser.goto("about:blank")?;
        stage.browser.goto(&format!("{}#/board", stage.page))?;
        stage.browser.find(routes::READY).map(drop)
    });
    Ok(vec![(String::new(), time?)])
}

fn move_card(stage: &Stage) -> Result<Vec<Timed>> {
    Ok(vec![(String::new(), stage.timed("loudou:move", || drag_a_card(stage))?)])
}

fn funnel_after_edit(stage: &Stage) -> Result<Vec<Timed>> {
    let time = stage.timed("loudou:funnel", || {
        stage.browser.goto(&format!("{}#/board", stage.page))?;
        drag_a_card(stage)?;
        stage.browser.goto(&format!("{}#/funnel", stage.page))
    });
    Ok(vec![(String::new(), time?)])
}

/// Drags the first card there is to the column beside its own.
pub(super) fn drag_a_card(stage: &Stage) -> Result<()> {
    stage.browser.find(&format!("{COLUMN} {CARD}"))?;
    let script = "const columns = [...document.querySelectorAll(arguments[0])];
        return columns.findIndex(column => column.querySelector(arguments[1]))";
    let place = stage.browser.script(script, &[COLUMN.into(), CARD.into()])?;
    let place = usize::try_from(place.as_u64().context("no column has a card")?)?;
    let columns = stage.browser.all(COLUMN)?;
    let target = columns.get(place + 1).or_else(|| columns.get(place.checked_sub(1)?));
    let card = stage.browser.find(&format!("{COLUMN} {CARD}"))?;
    stage.browser.drag(&card, target.context("the board has fewer than two columns")?)
}
