//! The visitor's own calendar.

use anyhow::{Context, Result, ensure};

use super::Visit;
use crate::routes;

/// The first and the last place on earth where a day begins: it is never the same date in both.
const PLACES: [&str; 2] = ["Pacific/Kiritimati", "Pacific/Niue"];

/// Today is the day on the visitor's wall, and what happened on a day happened on that day wherever it is looked at.
pub(super) fn days_are_calendar_days(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    let deal = routes::hash(&visit.browser, &visit.page, "deal")?;
    let mut histories = Vec::new();
    for place in PLACES {
        visit.browser.set_time_zone(place)?;
        visit.reload()?;
        let script = "const now = new Date(), two = number => String(number).padStart(2, '0');
            return [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-')";
        let on_the_wall = visit.browser.script(script, &[])?;
        let (file, _) = visit.export()?;
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let today = on_the_wall.as_str().context("the browser has no date")?;
        ensure!(name.contains(today), "in {place} it is {today}, but the export is called {name}");
        visit.open(&deal)?;
        histories.push(visit.browser.text(r#"[data-testid="deal-history"]"#)?);
    }
    ensure!(histories[0].contains(|sign: char| sign.is_ascii_digit()), "the history shows no date: {}", histories[0]);
    ensure!(histories[0] == histories[1], "{}\n\nis in {}:\n\n{}", histories[0], PLACES[1], histories[1]);
    Ok(())
}
