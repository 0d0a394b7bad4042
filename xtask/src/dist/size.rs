//! What a first visit costs on the wire.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, ensure};
use brotli::enc::{BrotliCompress, BrotliEncoderParams};

use super::{single, split};
use crate::process::title;

/// What everything the first page needs may weigh, brotli quality 11.
const BUDGET: u64 = 240_000;

/// Prints every file's size and the sum of what the first page needs: all but the parts that are fetched later, the rescue page and the
/// background worker's files. The journey of the first visit sees to it that nothing else is asked for.
///
/// # Errors
/// When the sum is over the budget.
pub(super) fn check(dist: &Path) -> Result<()> {
    title("Sizes in bytes: raw, brotli");
    let mut files = files(dist)?;
    // All of it once more, in one file that no visitor of a host is sent.
    files.retain(|path| !path.ends_with(single::FILE));
    files.sort();
    let (mut first_page, mut later) = (0, 0);
    for path in files {
        let content = fs::read(&path)?;
        let compressed = brotli_size(&content)?;
        let name = path.strip_prefix(dist)?;
        println!("{:>10} {compressed:>9}  {}", content.len(), name.display());
        *if is_later(name) { &mut later } else { &mut first_page } += compressed;
    }
    println!("           {first_page:>9}  first page, of {BUDGET} allowed");
    println!("           {later:>9}  later");
    ensure!(
        first_page <= BUDGET,
        "the first page needs {first_page} bytes of brotli, {} over the budget",
        first_page - BUDGET
    );
    Ok(())
}

/// Whether a file is asked for only once the first page stands.
fn is_later(name: &Path) -> bool {
    let name = name.to_string_lossy();
    ["worker", "service-worker", "manifest", "icons", "rescue", "tokens", split::PARTS]
        .iter()
        .any(|later| name.starts_with(later))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { found.extend(files(&path)?) } else { found.push(path) }
    }
    Ok(found)
}

fn brotli_size(mut content: &[u8]) -> Result<u64> {
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: content.len(), ..Default::default() };
    let mut compressed = Vec::new();
    BrotliCompress(&mut content, &mut compressed, &parameters)?;
    Ok(compressed.len().try_into()?)
}
