//! From the bytes of a file to text.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE, WINDOWS_1252};
use serde::{Deserialize, Serialize};

use super::shape::{EncodingReason, Guess};

/// The largest file that is read, in bytes. A larger one is refused: a browser tab would run out of memory on the way.
pub const LARGEST_FILE: usize = 64 << 20;

/// One NUL in so many bytes is dirt in a text; more of them make the file binary.
const BYTES_PER_NUL: usize = 500;

/// How the bytes of a text file stand for characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8, the common one.
    Utf8,
    /// UTF-16, low byte first: what Excel calls "Unicode text".
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// GB18030 with its subsets GBK and GB2312: Excel on a Chinese Windows.
    Gb18030,
    /// Windows-1252, which contains ISO-8859-1: Excel on a Western Windows.
    Windows1252,
}

/// What a file that is no delimited text looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileFormat {
    /// An Excel workbook (`.xlsx`): no text, but [`read`](super::read) takes it.
    Xlsx,
    /// An Excel workbook of before 2007 (`.xls`) or in binary form (`.xlsb`), or another OLE file.
    Xls,
    /// A ZIP archive that is not an Excel workbook.
    Zip,
    /// A gzip archive.
    Gzip,
    /// A PDF document.
    Pdf,
    /// A picture: PNG, JPEG or GIF.
    Image,
    /// A JSON document.
    Json,
    /// A web page, which some products export under the name `.xls`.
    Html,
    /// Bytes that are no text in any known encoding.
    Binary,
}

/// Why a file is refused as a whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Refusal {
    /// The file holds nothing, or nothing but blanks.
    #[error("the file is empty")]
    Empty,
    /// The file is larger than [`LARGEST_FILE`].
    #[error("the file has {bytes} bytes, more than {limit}")]
    TooLarge {
        /// Size of the file in bytes.
        bytes: usize,
        /// The largest size that is read, in bytes.
        limit: usize,
    },
    /// The file is something else than delimited text.
    #[error("the file is not delimited text: it looks like {format:?}")]
    WrongFormat {
        /// What it looks like.
        format: FileFormat,
    },
    /// The file has a header at most and not one row of data.
    #[error("the file has no rows of data")]
    NoRows,
    /// A workbook that needs a password.
    #[error("the workbook is protected by a password")]
    Encrypted,
    /// A workbook that cannot be taken apart: the file is damaged or was not downloaded whole.
    #[error("the workbook is damaged")]
    Damaged,
    /// A small file that would become too much in memory: made to harm, or simply more than a page can take.
    #[error("the workbook has more than {limit} {measure:?}")]
    Swollen {
        /// Of what there is too much.
        measure: Measure,
        /// How much is read.
        limit: usize,
    },
}

/// What a workbook can have too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Measure {
    /// Parts in its archive.
    Parts,
    /// Bytes once it is unpacked.
    Bytes,
    /// Columns of a sheet.
    Columns,
    /// Cells of a sheet, the empty ones between others among them.
    Cells,
    /// Bytes of text in the cells of a sheet.
    Text,
}

/// A file as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without its byte-order mark.
    pub text: String,
    /// The encoding that was used, and why.
    pub encoding: Guess<Encoding, EncodingReason>,
    /// Whether the file began with a byte-order mark.
    pub had_bom: bool,
    /// Lines, counted from 1, that hold bytes which mean nothing in the encoding and now read U+FFFD.
    pub replaced: Vec<u32>,
}

/// The text of a file in the encoding that `chosen` names, or in the one that fits when it names none.
///
/// The rule, first match wins: a byte-order mark; NUL bytes in every other place (UTF-16); valid UTF-8, where only the last
/// character may be cut; GB18030 when nearly all bytes above ASCII come in its pairs; else Windows-1252. A byte-order mark of
/// the chosen encoding is dropped. NUL characters, which some exports carry in notes, become U+FFFD and are reported.
///
/// # Errors
///
/// [`Refusal::Empty`], [`Refusal::TooLarge`], or [`Refusal::WrongFormat`] for a file that is no text.
///
/// # Examples
///
/// ```
/// use loudou::codec::csv::{Encoding, decode};
///
/// let decoded = decode(b"\xff\xfeA\0,\0B\0", None).unwrap();
/// assert_eq!((decoded.text.as_str(), decoded.encoding.value), ("A,B", Encoding::Utf16Le));
/// ```
pub fn decode(bytes: &[u8], chosen: Option<Encoding>) -> Result<Decoded, Refusal> {
    if bytes.len() > LARGEST_FILE {
        return Err(Refusal::TooLarge { bytes: bytes.len(), limit: LARGEST_FILE });
    }
    match magic(bytes) {
        Some(FileFormat::Xls) if is_encrypted(bytes) => return Err(Refusal::Encrypted),
        Some(format) => return Err(Refusal::WrongFormat { format }),
        None => {}
    }
    let bom = byte_order_mark(bytes);
    let encoding = match (chosen, bom) {
        (Some(value), _) => Guess { value, reason: EncodingReason::Chosen },
        (None, Some((value, _))) => Guess { value, reason: EncodingReason::ByteOrderMark },
        (None, None) => detect(bytes)?,
    };
    let body = match bom {
        Some((marked, length)) if marked == encoding.value => bytes.get(length..).unwrap_or_default(),
        _ => bytes,
    };
    let (text, _) = match encoding.value {
        Encoding::Utf8 => (String::from_utf8_lossy(body), false),
        Encoding::Utf16Le => UTF_16LE.decode_without_bom_handling(body),
        Encoding::Utf16Be => UTF_16BE.decode_without_bom_handling(body),
        Encoding::Gb18030 => GB18030.decode_without_bom_handling(body),
        Encoding::Windows1252 => WINDOWS_1252.decode_without_bom_handling(body),
    };
    let text = if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text.into_owned() };
    if text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    if let Some(format) = markup(&text) {
        return Err(Refusal::WrongFormat { format });
    }
    let replaced = lines_with_replacement(&text);
    Ok(Decoded { text, encoding, had_bom: bom.is_some(), replaced })
}

fn byte_order_mark(bytes: &[u8]) -> Option<(Encoding, usize)> {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => Some((Encoding::Utf8, 3)),
        [0xff, 0xfe, ..] => Some((Encoding::Utf16Le, 2)),
        [0xfe, 0xff, ..] => Some((Encoding::Utf16Be, 2)),
        [0x84, 0x31, 0x95, 0x33, ..] => Some((Encoding::Gb18030, 4)),
        _ => None,
    }
}

/// Whether the bytes are an Excel workbook.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    magic(bytes) == Some(FileFormat::Xlsx)
}

fn magic(bytes: &[u8]) -> Option<FileFormat> {
    const MARKS: [(&[u8], FileFormat); 8] = [
        (b"\xd0\xcf\x11\xe0", FileFormat::Xls),
        (b"PK\x05\x06", FileFormat::Zip),
        (b"\x1f\x8b", FileFormat::Gzip),
        (b"%PDF-", FileFormat::Pdf),
        (b"\x89PNG", FileFormat::Image),
        (b"\xff\xd8\xff", FileFormat::Image),
        (b"GIF8", FileFormat::Image),
        (b"\0asm", FileFormat::Binary),
    ];
    if bytes.starts_with(b"PK\x03\x04") {
        // Parts of a workbook are named `xl/…`; the names stand in clear in every local header and at the end of the archive.
        let holds = |name: &[u8]| bytes.windows(name.len()).any(|part| part == name);
        return Some(match (holds(b"xl/"), holds(b"xl/workbook.bin")) {
            (false, _) => FileFormat::Zip,
            (true, false) => FileFormat::Xlsx,
            (true, true) => FileFormat::Xls,
        });
    }
    MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)).map(|(_, format)| *format)
}

/// Whether an OLE file is the shell around a workbook with a password: its directory names the part that holds it.
fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".bytes().flat_map(|letter| [letter, 0]).collect();
    bytes.windows(name.len()).any(|part| part == name)
}

/// JSON and HTML are text, yet no table. One bracket is not enough evidence: a title row may begin with one.
fn markup(text: &str) -> Option<FileFormat> {
    let start = text.trim_start();
    let mut signs = start.chars().filter(|sign| !sign.is_whitespace());
    match (signs.next(), signs.next()) {
        (Some('{'), Some('"' | '}')) | (Some('['), Some('{' | '[' | '"' | ']')) => return Some(FileFormat::Json),
        (Some('<'), _) => {}
        _ => return None,
    }
    let opening: String = start.chars().take(16).flat_map(char::to_lowercase).collect();
    ["<!doctype", "<html", "<table", "<?xml", "<head", "<meta"]
        .iter()
        .any(|tag| opening.starts_with(tag))
        .then_some(FileFormat::Html)
}

fn detect(bytes: &[u8]) -> Result<Guess<Encoding, EncodingReason>, Refusal> {
    #[allow(clippy::naive_bytecount, reason = "no dependency for one pass over a file")]
    let nuls = bytes.iter().filter(|byte| **byte == 0).count();
    if nuls > bytes.len() / BYTES_PER_NUL {
        #[allow(clippy::naive_bytecount, reason = "as above")]
        let even = bytes.iter().step_by(2).filter(|byte| **byte == 0).count();
        let value = if even * 20 < nuls {
            Encoding::Utf16Le
        } else if even * 20 > nuls * 19 {
            Encoding::Utf16Be
        } else {
            return Err(Refusal::WrongFormat { format: FileFormat::Binary });
        };
        return Ok(Guess { value, reason: EncodingReason::NulPattern });
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => return Ok(Guess { value: Encoding::Utf8, reason: EncodingReason::ValidUtf8 }),
        Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => {
            return Ok(Guess { value: Encoding::Utf8, reason: EncodingReason::ValidUtf8 });
        }
        Err(_) => {}
    }
    if is_noise(bytes) {
        return Err(Refusal::WrongFormat { format: FileFormat::Binary });
    }
    if is_chinese(bytes) {
        return Ok(Guess { value: Encoding::Gb18030, reason: EncodingReason::ChinesePairs });
    }
    Ok(Guess { value: Encoding::Windows1252, reason: EncodingReason::LastResort })
}

/// Whether control characters are more than one byte in fifty; text has hardly any besides tabs and line ends.
fn is_noise(bytes: &[u8]) -> bool {
    let controls = bytes.iter().filter(|byte| **byte < 32 && !matches!(byte, b'\t' | b'\n' | b'\r')).count();
    controls > bytes.len() / 50
}

/// Whether the bytes above ASCII come as GB2312 pairs. In Western text they stand alone between letters, in Chinese text almost
/// all of them are pairs with both bytes from 0xA1 up.
fn is_chinese(bytes: &[u8]) -> bool {
    let (mut pairs, mut others, mut at) = (0usize, 0usize, 0usize);
    while let Some(byte) = bytes.get(at) {
        if *byte < 0x80 {
            at += 1;
            continue;
        }
        match (byte, bytes.get(at + 1)) {
            (0xa1..=0xf7, Some(0xa1..=0xfe)) => {
                pairs += 1;
                at += 2;
            }
            // A GBK or four-byte character: correct, and equally likely in a Western text.
            (0x81..=0xfe, Some(0x40..=0x7e | 0x80..=0xfe)) => {
                others += 1;
                at += 2;
            }
            _ => {
                others += 1;
                at += 1;
            }
        }
    }
    pairs > others * 3
}

fn lines_with_replacement(text: &str) -> Vec<u32> {
    if !text.contains('\u{fffd}') {
        return Vec::new();
    }
    (1..).zip(text.split('\n')).filter(|(_, line)| line.contains('\u{fffd}')).map(|(number, _)| number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(bytes: &[u8]) -> (String, Encoding, EncodingReason) {
        let decoded = decode(bytes, None).unwrap();
        (decoded.text, decoded.encoding.value, decoded.encoding.reason)
    }

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn each_encoding_is_found() {
        let text = "客户名称,金额\n北京某某公司,1200\n";
        assert_eq!(found(text.as_bytes()), (text.into(), Encoding::Utf8, EncodingReason::ValidUtf8));
        assert_eq!(found(&GB18030.encode(text).0), (text.into(), Encoding::Gb18030, EncodingReason::ChinesePairs));
        assert_eq!(found(&utf16(text, false)), (text.into(), Encoding::Utf16Le, EncodingReason::NulPattern));
        assert_eq!(found(&utf16(text, true)), (text.into(), Encoding::Utf16Be, EncodingReason::NulPattern));
        let western = "Société,Größe\nCafé Crème,Zürich naïve\n";
        assert_eq!(
            found(&WINDOWS_1252.encode(western).0),
            (western.into(), Encoding::Windows1252, EncodingReason::LastResort)
        );
    }

    #[test]
    fn a_byte_order_mark_decides_and_goes() {
        let mut bytes = b"\xef\xbb\xbf".to_vec();
        bytes.extend_from_slice("a,b".as_bytes());
        let decoded = decode(&bytes, None).unwrap();
        assert!(decoded.had_bom);
        assert_eq!(decoded.text, "a,b");
        let mut big = b"\xfe\xff".to_vec();
        big.extend(utf16("a,é", true));
        assert_eq!(found(&big), ("a,é".into(), Encoding::Utf16Be, EncodingReason::ByteOrderMark));
    }

    #[test]
    fn a_choice_overrides() {
        let decoded = decode("é".as_bytes(), Some(Encoding::Windows1252)).unwrap();
        assert_eq!(decoded.text, "Ã©");
        assert_eq!(decoded.encoding.reason, EncodingReason::Chosen);
    }

    #[test]
    fn damage_is_reported_by_line() {
        let decoded = decode(b"a,b\nc,\xc3", None).unwrap();
        assert_eq!((decoded.encoding.value, decoded.replaced), (Encoding::Utf8, vec![2]));
        let mut dirty = "note,x\n".repeat(200).into_bytes();
        dirty.extend_from_slice(b"a\0b,x\n");
        assert_eq!(decode(&dirty, None).unwrap().replaced, vec![201]);
    }

    #[test]
    fn what_is_no_table_is_refused_by_name() {
        let refused = |bytes: &[u8]| match decode(bytes, None) {
            Err(Refusal::WrongFormat { format }) => Some(format),
            _ => None,
        };
        assert_eq!(refused(b"\x89PNG\r\n\x1a\n\0\0"), Some(FileFormat::Image));
        assert_eq!(refused(b"PK\x03\x04....xl/workbook.xml"), Some(FileFormat::Xlsx));
        assert_eq!(refused(b"PK\x03\x04....xl/workbook.bin"), Some(FileFormat::Xls));
        assert_eq!(refused(b"PK\x03\x04....readme.txt"), Some(FileFormat::Zip));
        assert_eq!(refused(b"\xd0\xcf\x11\xe0...."), Some(FileFormat::Xls));
        let locked = [b"\xd0\xcf\x11\xe0".as_slice(), &utf16("EncryptedPackage", false)].concat();
        assert_eq!(decode(&locked, None), Err(Refusal::Encrypted));
        assert_eq!(refused(b"%PDF-1.7"), Some(FileFormat::Pdf));
        assert_eq!(refused(b"{\"format\":\"loudou\"}"), Some(FileFormat::Json));
        assert_eq!(refused(b" <!DOCTYPE html><html>"), Some(FileFormat::Html));
        assert_eq!(refused(&[0, 0, 1, 2, 0, 0, 3, 4, 0, 0, 9, 9]), Some(FileFormat::Binary));
        assert_eq!(decode(b"", None), Err(Refusal::Empty));
        assert_eq!(decode(b"\xef\xbb\xbf \r\n", None), Err(Refusal::Empty));
    }
}
