//! What the fuzz targets do with their bytes, one function each. Whatever the bytes, nothing may panic, and what opens must keep the
//! promises of its format. The host tests run the same functions over what was found; see `tests/host/fuzzed.rs`.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, reason = "a broken promise ends the run")]

use std::{
    io::{Cursor, Read as _, Write as _},
    sync::OnceLock,
};

use loudou::{
    codec::{
        book::{BookSheet, Cell, encode as encode_book},
        content::IdSource,
        csv::{
            DateOrder, DecimalMark, FileKind, Options, Reading, SourceFile, field_of, parse_boolean, parse_date,
            parse_number, plan, read, role_of,
        },
        document, journal, merge_text, model_draft, model_file, packet, share,
    },
    metrics::{Filter, Frame, conversion, stock},
    model::{
        Currency, Date, Profile, Stamp, Timestamp, Workspace, WorkspaceId,
        address::{self, query::Query},
        apply, link,
    },
    storage::{Archive, MemoryStorage, Piece, Progress, Storage as _, catalogue, pack},
};

const DOCUMENT: &str = include_str!("../tests/host/fixtures/document/v1.json");

fn stamp() -> Stamp {
    let at = Timestamp::UNIX_EPOCH;
    Stamp { on: at.date_naive(), at, by: None, seed: ulid::Ulid(1 << 100) }
}

/// The workspace that changes are made to.
fn base() -> &'static Workspace {
    static BASE: OnceLock<Workspace> = OnceLock::new();
    BASE.get_or_init(|| document::decode(DOCUMENT.as_bytes()).unwrap().workspace)
}

/// What opened can be counted, written and read again.
fn check(workspace: &Workspace) {
    let frame = Frame::new(workspace);
    let filter = Filter::default();
    let view = frame.view(Date::from_ymd_opt(2026, 11, 23).unwrap(), &filter);
    stock(&view);
    conversion(&view);
    let text = document::encode(workspace, Timestamp::UNIX_EPOCH);
    assert_eq!(document::decode(text.as_bytes()).unwrap().workspace, *workspace);
}

/// The JSON document.
pub(crate) fn document(bytes: &[u8]) {
    if let Ok(decoded) = document::decode(bytes) {
        check(&decoded.workspace);
    }
}

/// A table as text: the first byte says how it is read, the rest is the file.
pub(crate) fn table(bytes: &[u8]) {
    let Some((manner, bytes)) = bytes.split_first() else { return };
    let kinds = [FileKind::Deals, FileKind::Customers, FileKind::People, FileKind::Products];
    let kind = kinds.get(usize::from(manner & 7)).map(|kind| (0, *kind));
    let header = (manner & 8 != 0).then_some((manner & 16 != 0).then_some(1));
    import(bytes, &Reading { header, ..Reading::default() }, kind);
}

/// Every row is accounted for, and the model takes what was made of them.
fn import(bytes: &[u8], reading: &Reading, kind: Option<(usize, FileKind)>) {
    let Ok(sheet) = read(bytes, reading) else { return };
    let workspace = Workspace::new(WorkspaceId::from(1), Profile::named("Test", Currency::USD));
    let options = Options { kinds: kind.into_iter().collect(), ..Options::default() };
    let files = [SourceFile { name: "file.csv", sheet: &sheet }];
    let import = plan(&files, &options, &workspace, stamp(), &mut |_, _| true).unwrap();
    let file = import.summary.files.first().unwrap();
    assert_eq!(file.rows, file.imported + file.skipped);
    let change = apply(&workspace, import.command, stamp()).expect("the model takes what was planned");
    check(&workspace.with(&change));
}

/// A workbook: the first byte says which of its parts the rest is; otherwise the rest is the file.
pub(crate) fn workbook(bytes: &[u8]) {
    const PARTS: [&str; 5] = [
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
    ];
    let Some((part, bytes)) = bytes.split_first() else { return };
    match PARTS.get(usize::from(*part)) {
        Some(name) => import(&with_part(name, bytes), &Reading::default(), None),
        None => import(bytes, &Reading::default(), None),
    }
}

/// A whole workbook with one part replaced.
fn with_part(name: &str, bytes: &[u8]) -> Vec<u8> {
    static WHOLE: OnceLock<Vec<u8>> = OnceLock::new();
    let whole = WHOLE.get_or_init(|| {
        let headings = ["Deal Name", "Stage", "Close Date"].map(str::to_owned).to_vec();
        let row = vec![Cell::text("Alpha"), Cell::text("Proposal"), Cell::Day(Date::default())];
        let sheet = BookSheet { name: "Deals".to_owned(), headings, rows: vec![row] };
        encode_book(&[sheet], 2, Date::default(), &mut |_, _| {}).unwrap()
    });
    let mut from = zip::ZipArchive::new(Cursor::new(whole.as_slice())).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..from.len() {
        let mut part = from.by_index(place).unwrap();
        let mut contents = Vec::new();
        part.read_to_end(&mut contents).unwrap();
        let own = part.name().unwrap();
        to.start_file(own.clone(), zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(if own == name { bytes } else { &contents }).unwrap();
    }
    to.finish().unwrap().into_inner()
}

/// A link or a packet.
pub(crate) fn packet(bytes: &[u8]) {
    let of_link = std::str::from_utf8(bytes).ok().and_then(|text| share::bytes(text).ok());
    for bytes in [Some(bytes.to_vec()), of_link, Some(in_packet(0, bytes))].into_iter().flatten() {
        match packet::unpack(&bytes) {
            Ok(packet::Contents::Document(text)) => document(text.as_bytes()),
            Ok(packet::Contents::Locked(_)) | Err(_) => {}
        }
    }
}

/// A packet of version 1 around a body, with a checksum that agrees.
fn in_packet(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut head = b"LDU\x01".to_vec();
    head.push(kind);
    head.extend(u32::try_from(body.len()).unwrap().to_le_bytes());
    let checksum = crc32fast::hash(&[head.as_slice(), body].concat());
    head.extend(checksum.to_le_bytes());
    head.extend(body);
    head
}

/// A locked packet, at the least cost, opened with a passphrase that is wrong but by a miracle.
pub(crate) fn seal(bytes: &[u8]) {
    let cheap = [8, 0, 0, 0, 1];
    let body = [cheap.as_slice(), bytes].concat();
    if let Ok(packet::Contents::Locked(sealed)) = packet::unpack(&in_packet(1, &body)) {
        assert!(sealed.open("passphrase").is_err());
    }
    // Costs as the bytes have them, as far as they are cheap.
    if bytes.get(1..4) == Some(&[0; 3])
        && bytes.get(4).is_some_and(|passes| *passes < 3)
        && let Ok(packet::Contents::Locked(sealed)) = packet::unpack(&in_packet(1, bytes))
    {
        assert!(sealed.open("passphrase").is_err());
    }
}

/// An entry of the journal, and the pieces of a workspace with NUL between them, each whole or what stands under `deals`.
pub(crate) fn journal(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(change) = journal::decode_change(text, base()) {
        let again = journal::encode_change(&change);
        assert_eq!(journal::decode_change(&again, base()), Ok(change));
    }
    let piece = |text: &str| match text.strip_prefix(['{', '[']) {
        Some(_) if !text.contains("\"version\"") => format!("{{\"version\":2,\"deals\":{text}}}"),
        _ => text.to_owned(),
    };
    let pieces: Vec<(String, String)> =
        text.split('\0').enumerate().map(|(number, text)| (format!("deals-{number}"), piece(text))).collect();
    let (workspace, _problems) = journal::assemble(WorkspaceId::from(1), &pieces);
    let again = journal::pieces(&workspace);
    assert_eq!(journal::assemble(WorkspaceId::from(1), &again).0, workspace);
}

/// Texts under the keys of a workspace, with NUL between them. The first sign of each says under which key it lies and whether its frame
/// is whole.
pub(crate) fn storage(bytes: &[u8]) {
    const KEYS: [&str; 8] = ["head", "g/1.a/head", "g/1.a/0", "g/1.a/1", "g/2.b/head", "g/2.b/0", "j/a/1", "j/b/2"];
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let storage = MemoryStorage::new();
    for text in text.split('\0') {
        let Some(sign) = text.chars().next() else { continue };
        let (number, payload) = (u32::from(sign) as usize, &text[sign.len_utf8()..]);
        let key = KEYS[number % KEYS.len()];
        let framed = if (number / KEYS.len()).is_multiple_of(2) { in_frame(payload) } else { payload.to_owned() };
        storage.set(&format!("loudou/w/01J/{key}"), &framed).unwrap();
    }
    drop(pack::unpack(text, 1 << 20));
    catalogue::workspaces(&storage).unwrap();
    if let Ok((mut archive, opened)) = Archive::open(&storage, "c", "01J") {
        let texts: Vec<(&str, &str)> =
            opened.pieces.iter().map(|piece| (piece.name.as_str(), piece.text.as_str())).collect();
        journal::assemble(WorkspaceId::from(1), &texts);
        if archive.append("entry").is_ok() {
            let piece = Piece { name: "all".to_owned(), text: "all".to_owned() };
            if let Ok(mut compaction) = archive.compact(vec![piece], &[]) {
                while compaction.step(&mut archive) == Ok(Progress::More {}) {}
            }
            let (_, again) = Archive::open(&storage, "d", "01J").unwrap();
            assert!(again.journal.iter().any(|entry| entry.text == "entry"), "what was written is found again");
        }
    }
    catalogue::tidy(&storage).unwrap();
    catalogue::delete(&storage, "01J").unwrap();
}

/// A payload in a frame of version 1.
fn in_frame(payload: &str) -> String {
    let checksum = crc32fast::hash(&[1_u32.to_le_bytes().as_slice(), payload.as_bytes()].concat());
    format!("loudou/1 {checksum:08x} {}\n{payload}", payload.len())
}

/// A funnel model as a file and as a draft.
pub(crate) fn model(bytes: &[u8]) {
    if let Ok((model, _problems)) = model_file::decode(bytes, &mut IdSource::new(stamp().seed)) {
        let again = model_file::encode(&model);
        assert!(model_file::decode(again.as_bytes(), &mut IdSource::new(stamp().seed)).is_ok());
    }
    if let Ok(edited) =
        std::str::from_utf8(bytes).map_err(drop).and_then(|text| model_draft::decode(text).map_err(drop))
    {
        let again = model_draft::encode(&edited);
        assert!(model_draft::decode(&again).is_ok());
    }
}

/// What people type and paste: templates of texts, numbers, dates, headings, stages, addresses.
pub(crate) fn texts(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    drop(merge_text::Template::parse(text, &["Budget".to_owned()]));
    for line in text.lines() {
        field_of(line);
        role_of(line);
        parse_boolean(line);
        for mark in [DecimalMark::Point, DecimalMark::Comma] {
            if let Ok(number) = parse_number(line, mark) {
                number.units(2);
                number.measure();
            }
        }
        for order in [DateOrder::YearMonthDay, DateOrder::DayMonthYear, DateOrder::MonthDayYear, DateOrder::ExcelSerial]
        {
            parse_date(line, order).ok();
        }
        for href in [link::href(line), link::mail(line), link::dial(line)].into_iter().flatten() {
            let scheme = href.split(':').next().unwrap().to_ascii_lowercase();
            assert!(["http", "https", "mailto", "tel"].contains(&scheme.as_str()), "{href}");
        }
    }
}

/// The part of an address that is the page's own.
pub(crate) fn address(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let query = Query::parse(text);
    assert_eq!(Query::parse(&query.format()), query, "what is written reads the same");
    for (_, value) in query.iter() {
        address::read_list(value);
        let texts = address::read_texts(value);
        if let Some(written) = address::write_texts(&texts) {
            assert_eq!(address::read_texts(&written), texts);
        }
        address::read_range(value);
        address::is_beside(value);
    }
}
