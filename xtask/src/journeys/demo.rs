//! A look round the demo company.

use anyhow::{Result, ensure};

use super::Visit;

/// From the first screen by one click to a funnel with figures and a board with cards.
pub(super) fn first_visit(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    visit.browser.find("main svg")?;
    let text = visit.browser.text("main")?;
    let figures = text.split_whitespace().filter(|word| word.contains(|sign: char| sign.is_ascii_digit())).count();
    ensure!(figures >= 20, "the funnel page shows {figures} figures:\n{text}");

    visit.open("#/board")?;
    visit.browser.find(r#"[data-testid="deal-card"]"#)?;
    let columns = visit.count(r#"[data-testid="board-column"]"#)?;
    ensure!(columns >= 3, "the board has {columns} columns");
    let cards = visit.count(r#"[data-testid="deal-card"]"#)?;
    ensure!(cards >= 10, "the board shows {cards} cards");

    // The company is still there for a visitor who comes back.
    visit.reload()?;
    visit.browser.find(r#"[data-testid="deal-card"]"#)?;
    visit.saved()
}
