//! What a first visit costs on the wire.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, ensure};
use brotli::enc::{BrotliCompress, BrotliEncoderParams};

use crate::process::title;

/// Everything the first page needs, brotli quality 11.
const BUDGET: u64 = 300_000;

/// Prints every file's size and the sum of what the first page needs: all but the background worker's files.
///
/// # Errors
/// When the sum is over the budget.
pub(super) fn check(dist: &Path) -> Result<()> {
    title("Sizes in bytes: raw, brotli");
    let mut files = files(dist)?;
    files.sort();
    let (mut first_page, mut later) = (0, 0);
    for path in files {
        let content = fs::read(&path)?;
        let compressed = brotli_size(&content)?;
        let name = path.strip_prefix(dist)?.display().to_string();
        println!("{:>10} {compressed:>9}  {name}", content.len());
        *if name.starts_with("worker") { &mut later } else { &mut first_page } += compressed;
    }
    println!(
        "           {first_page:>9}  first page, budget {BUDGET}\n           {later:>9}  later (background worker)"
    );
    ensure!(
        first_page <= BUDGET,
        "the first page needs {first_page} bytes of brotli, {} over budget",
        first_page - BUDGET
    );
    Ok(())
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
