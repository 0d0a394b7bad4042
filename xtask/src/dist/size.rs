//! What a first visit costs on the wire.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, ensure};
use brotli::enc::{BrotliCompress, BrotliEncoderParams};

use crate::process::title;

/// What everything the first page needs ought to weigh, brotli quality 11. Not met yet: all pages are in one wasm file.
const GOAL: u64 = 300_000;

/// What it may weigh until then. It only goes down.
const CEILING: u64 = 730_000;

/// Prints every file's size and the sum of what the first page needs: all but the background worker's files.
///
/// # Errors
/// When the sum is over the ceiling.
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
    println!("           {first_page:>9}  first page, goal {GOAL}, ceiling {CEILING}");
    println!("           {later:>9}  later (background worker)");
    if first_page > GOAL {
        println!("           {:>9}  over the goal", first_page - GOAL);
    }
    ensure!(
        first_page <= CEILING,
        "the first page needs {first_page} bytes of brotli, {} over the ceiling",
        first_page - CEILING
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
