//! The board by mouse.

use anyhow::{Context, Result, ensure};

use super::Visit;
use crate::browser::key;

const COLUMN: &str = r#"[data-testid="board-column"]"#;
const CARD: &str = r#"[data-testid="deal-card"]"#;

/// Drags the first card of the second column back into the first one, which no gate forbids: the deal, and the names of the
/// column it left and of the one it entered.
pub(super) fn drag_back(visit: &Visit) -> Result<(String, String, String)> {
    visit.open("#/board")?;
    visit.browser.find(CARD)?;
    let script = "const columns = [...document.querySelectorAll(arguments[0])];
        const from = columns.findIndex((column, place) => place > 0 && column.querySelector(arguments[1]));
        return from < 0 ? null
            : [from, columns[from].querySelector(arguments[1]).dataset.deal, columns[from].dataset.stage, columns[from - 1].dataset.stage]";
    let found = visit.browser.script(script, &[COLUMN.into(), CARD.into()])?;
    let text = |place: usize| found[place].as_str().map(str::to_owned);
    let from = found[0].as_u64().context("no column but the first has a card")?;
    let (deal, left, entered) =
        text(1).zip(text(2)).zip(text(3)).map(|((deal, left), entered)| (deal, left, entered)).context("no names")?;
    let columns = visit.browser.all(COLUMN)?;
    let target = columns.get(usize::try_from(from)? - 1).context("no column before it")?;
    visit.browser.drag(&visit.browser.find(&format!(r#"[data-deal="{deal}"]"#))?, target)?;
    visit.stands_in(&deal, &entered)?;
    Ok((deal, left, entered))
}

/// A move by drag is taken back by Ctrl Z and made again by Ctrl Shift Z, and what is shown is what is stored.
pub(super) fn undo_by_key(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    let (deal, left, entered) = drag_back(visit)?;
    visit.saved()?;
    visit.browser.press(&[key::CONTROL, 'z'])?;
    visit.stands_in(&deal, &left)?;
    visit.saved()?;
    visit.reload()?;
    visit.stands_in(&deal, &left)?;

    let (deal, left, entered_again) = drag_back(visit)?;
    ensure!(entered_again == entered, "another card moved");
    visit.browser.press(&[key::CONTROL, 'z'])?;
    visit.stands_in(&deal, &left)?;
    visit.browser.press(&[key::CONTROL, 'y'])?;
    visit.stands_in(&deal, &entered)?;
    visit.reload()?;
    visit.stands_in(&deal, &entered)
}
