//! Whether the archive that a workbook is can be unpacked without harm.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::codec::csv::encoding::{LARGEST_FILE, Measure, Refusal};

/// The most parts of a workbook; one with a hundred sheets has some three hundred.
const MOST_PARTS: usize = 4096;

/// The most bytes that the parts may have together: XML shrinks to a fifth or a tenth, so the largest file that is read may be a
/// little less dense than others.
const MOST_BYTES: usize = 6 * LARGEST_FILE;

/// How far into a part its first tag ends.
const HEAD: usize = 4096;

/// Unpacks every part once and keeps nothing: what the parts say of their own size is not believed.
///
/// A part that cannot be unpacked is no reason here, for it may be a picture that nobody needs; whoever needs it will say so.
pub(super) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    check_within(bytes, MOST_BYTES)
}

fn check_within(bytes: &[u8], most: usize) -> Result<(), Refusal> {
    let too_much = |measure, limit| Err(Refusal::Swollen { measure, limit });
    // Each part is listed at the end of the archive under this mark.
    if bytes.windows(4).filter(|mark| mark == b"PK\x01\x02").count() > MOST_PARTS {
        return too_much(Measure::Parts, MOST_PARTS);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_error| Refusal::Damaged)?;
    let (mut left, mut piece) = (most, vec![0; 1 << 16]);
    for place in 0..archive.len() {
        if archive.by_index_raw(place).is_ok_and(|part| part.encrypted()) {
            return Err(Refusal::Encrypted);
        }
        let Ok(mut part) = archive.by_index(place) else { continue };
        let (mut head, mut size) = (Vec::new(), 0);
        while let Ok(count @ 1..) = part.read(&mut piece) {
            size += count;
            if count > left {
                return too_much(Measure::Bytes, most);
            }
            left -= count;
            let kept = piece.get(..count.min(HEAD - head.len())).unwrap_or_default();
            head.extend_from_slice(kept);
        }
        if claimed(&head).is_some_and(|count| count > size) {
            return Err(Refusal::Damaged);
        }
    }
    Ok(())
}

/// How many texts a list of texts claims to have; room is made for all of them before the first is read.
fn claimed(head: &[u8]) -> Option<usize> {
    let head = String::from_utf8_lossy(head);
    let (_, value) = head.split_once("uniqueCount")?;
    let digits = value.trim_start_matches([' ', '\t', '\r', '\n', '=', '"', '\'']);
    let end = digits.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(digits.len());
    let digits = digits.get(..end).filter(|digits| !digits.is_empty())?;
    Some(digits.parse().unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let zeros = vec![b' '; 1 << 20];
        let names: Vec<String> = (0..3).map(|sheet| format!("xl/worksheets/sheet{sheet}.xml")).collect();
        let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), zeros.as_slice())).collect();
        let bomb = archive(&parts);
        assert!(bomb.len() < 1 << 14);
        let limit = 5 << 19;
        assert_eq!(check_within(&bomb, limit), Err(Refusal::Swollen { measure: Measure::Bytes, limit }));
        assert_eq!(check_within(&archive(&parts[..2]), limit), Ok(()));
    }

    #[test]
    fn a_crowd_of_parts_is_refused() {
        let names: Vec<String> = (0..=MOST_PARTS).map(|part| format!("xl/{part}")).collect();
        let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), [].as_slice())).collect();
        assert_eq!(check(&archive(&parts)), Err(Refusal::Swollen { measure: Measure::Parts, limit: MOST_PARTS }));
    }

    #[test]
    fn a_list_of_texts_cannot_claim_more_than_it_holds() {
        let list =
            |count: &str| archive(&[("xl/sharedStrings.xml", format!("<sst uniqueCount = '{count}'/>").as_bytes())]);
        assert_eq!(check(&list("3")), Ok(()));
        assert_eq!(check(&list("4000000000")), Err(Refusal::Damaged));
        assert_eq!(check(&list("99999999999999999999999")), Err(Refusal::Damaged));
    }

    #[test]
    fn half_an_archive_is_damaged() {
        let whole = archive(&[("xl/workbook.xml", b"<workbook/>")]);
        assert_eq!(check(&whole[..whole.len() / 2]), Err(Refusal::Damaged));
    }
}
