//! Files that are not what they seem.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, ensure};

use super::Visit;
use crate::{browser::until, routes};

/// More than the page reads: 256 MiB and one byte.
const TOO_LARGE: usize = (256 << 20) + 1;

/// Each bad file gets a message, on each page that opens such files, and what is stored stays as it was.
pub(super) fn change_nothing(visit: &Visit) -> Result<()> {
    visit.open_demo()?;
    let (good, _) = visit.export()?;
    let good = fs::read_to_string(&good)?;
    let folder = visit.folder.join("bad");
    fs::create_dir_all(&folder)?;
    let write = |name: &str, contents: &[u8]| -> Result<PathBuf> {
        let path = folder.join(name);
        fs::write(&path, contents).with_context(|| format!("could not write {}", path.display()))?;
        Ok(path)
    };
    let newer = good.replacen("\"version\": 1", "\"version\": 999", 1);
    ensure!(newer != good, "the export does not say its version");
    let binary: Vec<u8> = (0..20_000_u32).map(|place| (place.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let half = good.char_indices().nth(good.chars().count() / 2).map_or(0, |(at, _)| at);
    let documents = [
        write("truncated.json", &good.as_bytes()[..half])?,
        write("empty.json", b"")?,
        write("binary.json", &binary)?,
        write("nested.json", "[".repeat(1_000_000).as_bytes())?,
        write("nested-objects.json", "{\"workspace\":".repeat(200_000).as_bytes())?,
        write("other-format.json", br#"{"format":"something else","version":1,"workspace":{}}"#)?,
        write("list.json", b"[1, 2, 3]")?,
        write("newer.json", newer.as_bytes())?,
        write(
            "no-deals.json",
            br#"{"format":"loudou","version":1,"exported":"2026-01-01T00:00:00Z","workspace":{"deals":[{"id":7}]}}"#,
        )?,
    ];
    let tables = [write("empty.csv", b"")?, write("binary.csv", &binary)?, write("blank.csv", b"\n\n \n")?];
    let before = visit.stored()?;
    for file in &documents {
        refused(visit, "#/data", "open-document", "document-error", file, &before)?;
    }
    for file in &tables {
        refused(visit, "#/import", "import-file", "import-error", file, &before)?;
    }
    for (hash, field, message) in
        [("#/data", "open-document", "document-error"), ("#/import", "import-file", "import-error")]
    {
        visit.open(hash)?;
        visit.browser.find(&routes::file_field(field))?;
        let hand_over = "const input = document.querySelector(arguments[0]), transfer = new DataTransfer();
            transfer.items.add(new File([new Uint8Array(arguments[1])], 'large.json'));
            input.files = transfer.files;
            input.dispatchEvent(new Event('change', { bubbles: true }))";
        visit.browser.script(hand_over, &[routes::file_field(field).into(), TOO_LARGE.into()])?;
        says(visit, message, "a file of more than 256 MiB")?;
        ensure!(visit.stored()? == before, "a file that is too large changed what is stored");
    }
    Ok(())
}

fn refused(
    visit: &Visit,
    hash: &str,
    field: &str,
    message: &str,
    file: &std::path::Path,
    before: &serde_json::Value,
) -> Result<()> {
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    visit.open(hash)?;
    visit.reload()?;
    visit.give(field, file)?;
    says(visit, message, &name)?;
    ensure!(visit.count("dialog#crash[open]")? == 0, "{name} ended the program");
    ensure!(visit.stored()? == *before, "{name} changed what is stored");
    visit.reload()?;
    visit.saved().with_context(|| format!("after {name}"))
}

fn says(visit: &Visit, message: &str, name: &str) -> Result<()> {
    until(&format!("a message about {name}"), || {
        let said = visit.text_if_there(&format!(r#"[data-testid="{message}"]"#))?;
        Ok((!said.trim().is_empty()).then_some(()))
    })
}
