//! Funnel models: read, added, taken back.

use anyhow::{Result, ensure};

use super::Visit;
use crate::browser::key;

const NAME: &str = r#"[data-testid="model-name"]"#;
const OWN: &str = r#"[data-testid="own-models"] li"#;

/// A model that ships is read in full, joins the workspace, and leaves it by an undo.
pub(super) fn read_and_add(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    visit.open("#/models")?;
    visit.browser.find(OWN)?;
    let before = visit.count(OWN)?;
    visit.browser.click(r##"[data-testid="gallery"] a[href="#/model/telesales"]"##)?;
    let name = visit.browser.text(NAME)?;
    let stages = visit.count(".model__stage")?;
    ensure!(stages == 4, "{name} shows {stages} stages");
    for part in
        ["Needed to move on", "Tasks", "Strategy", "Questions to ask", "Phrases", "Material", "Objections and answers"]
    {
        let text = visit.browser.text(".model__stages")?;
        ensure!(text.matches(part).count() == stages, "not every stage has {part:?}");
    }
    visit.browser.click(r#"[data-testid="add-model"]"#)?;
    visit.until("the model of the workspace", "return /^#\\/model\\/[0-9A-Z]{26}$/.test(location.hash)", &[])?;
    ensure!(visit.browser.text(NAME)? == name, "another model was added");
    visit.saved()?;
    visit.open("#/models")?;
    ensure!(visit.count(OWN)? == before + 1, "the model is not among those of the workspace");
    visit.browser.press(&[key::CONTROL, 'z'])?;
    visit.until(
        "the model to leave",
        "return document.querySelectorAll(arguments[0]).length === arguments[1]",
        &[OWN.into(), before.into()],
    )
}
