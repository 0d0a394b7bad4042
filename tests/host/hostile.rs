//! Documents that somebody made to do harm: they are refused, or what stands in them is text like any other.

use loudou::codec::{
    document::{DocumentError, MAX_BYTES, ProblemKind, decode, encode},
    packet::{Contents, PacketError, pack, unpack},
};
use serde_json::Value;

use crate::r#gen::moment;

const DOCUMENT: &str = include_str!("fixtures/document/v1.json");

/// Texts that mean something to browsers, shells, spreadsheets, databases or the eye.
const PAYLOADS: [&str; 10] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "{{ name }}<$t>",
    "__proto__",
    "=HYPERLINK(\"https://example.org\")",
    "a\u{202e}fdp.exe\u{2066}b",
    "\u{0}\u{1}\u{7f}\u{feff}\u{2028}",
    "'; DROP TABLE deals; --",
    "../../%2e%2e/\\\\host\\c$",
];

/// The places of all texts of a tree.
fn texts(value: &Value, place: &mut Vec<String>, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(["", &place.join("/")].join("/")),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                place.push(index.to_string());
                texts(item, place, found);
                place.pop();
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                place.push(key.replace('~', "~0").replace('/', "~1"));
                texts(field, place, found);
                place.pop();
            }
        }
        _ => {}
    }
}

#[test]
fn a_payload_in_any_field_is_refused_or_kept_as_text() {
    let document: Value = serde_json::from_str(DOCUMENT).unwrap();
    let mut places = Vec::new();
    texts(&document, &mut Vec::new(), &mut places);
    assert!(places.len() > 150, "{}", places.len());
    let mut kept = 0;
    for (number, place) in places.iter().enumerate() {
        // Every field meets three of them, and every one of them many fields.
        for payload in (0..3).map(|turn| PAYLOADS[(number * 3 + turn) % PAYLOADS.len()]) {
            let mut hostile = document.clone();
            *hostile.pointer_mut(place).unwrap() = payload.into();
            let Ok(decoded) = decode(hostile.to_string().as_bytes()) else { continue };
            let again = encode(&decoded.workspace, moment());
            let back: Value = serde_json::from_str(&again).unwrap();
            let mut texts_back = Vec::new();
            texts(&back, &mut Vec::new(), &mut texts_back);
            if texts_back.iter().any(|place| back.pointer(place).and_then(Value::as_str) == Some(payload)) {
                kept += 1;
            }
            assert_eq!(decode(again.as_bytes()).unwrap().workspace, decoded.workspace, "{place}: {payload:?}");
        }
    }
    assert!(kept > 100, "only {kept} payloads were kept as text");
}

#[test]
fn keys_that_mean_something_elsewhere_mean_nothing_here() {
    for key in ["__proto__", "constructor", "toString", "$ref", "", "\u{0}"] {
        let mut document: Value = serde_json::from_str(DOCUMENT).unwrap();
        for place in ["", "/workspace", "/workspace/customers/0", "/workspace/deals/0"] {
            let fields = document.pointer_mut(place).and_then(Value::as_object_mut).unwrap();
            fields.insert(key.to_owned(), serde_json::json!({ "polluted": true }));
        }
        let decoded = decode(document.to_string().as_bytes()).unwrap();
        assert_eq!(decoded.workspace, decode(DOCUMENT.as_bytes()).unwrap().workspace, "{key:?}");
        let unknown = decoded.problems.iter().filter(|problem| problem.kind == ProblemKind::Unknown).count();
        assert_eq!(unknown, 4, "{key:?}: {:?}", decoded.problems);
    }
}

#[test]
fn depth_ends_no_program() {
    let deep =
        |open: &str, close: &str, core: &str| [open.repeat(100_000), core.into(), close.repeat(100_000)].concat();
    let lists = deep("[", "]", "");
    let objects = deep("{\"a\":", "}", "1");
    let open = "[".repeat(100_000);
    let inside = DOCUMENT.replacen("\"workspace\": {", &format!("\"workspace\": {{\"deep\": {lists},"), 1);
    assert_ne!(inside, DOCUMENT);
    for text in [lists, objects, open, inside] {
        assert!(matches!(decode(text.as_bytes()), Err(DocumentError::NotJson { .. })));
    }
}

#[test]
fn more_values_than_any_document_has_are_not_built() {
    let zeros = "0,".repeat(4_000_000);
    let empty = "[],".repeat(4_000_000);
    let keys = "\"\":0,".repeat(4_000_000);
    for (open, many, close) in [("[", zeros, "0]"), ("[", empty, "0]"), ("{", keys, "\"\":0}")] {
        let hostile = ["{\"format\":\"loudou\",\"version\":1,\"workspace\":", open, &many, close, "}"].concat();
        let Err(DocumentError::NotJson { message, .. }) = decode(hostile.as_bytes()) else { panic!("it was built") };
        assert_eq!(message, "too many values");
    }
}

#[test]
fn a_number_of_any_size_is_no_amount() {
    for number in ["1e400", "-1e400", "1e-400", &"9".repeat(100_000), "0.".repeat(2).as_str()] {
        let hostile = DOCUMENT.replacen("\"version\": 1", &format!("\"version\": {number}"), 1);
        assert!(decode(hostile.as_bytes()).is_err(), "{number:.20}");
    }
}

#[test]
fn size_is_looked_at_before_anything_is_read() {
    let large = vec![b' '; MAX_BYTES + 1];
    assert!(matches!(decode(&large), Err(DocumentError::TooLarge { .. })));
    // A packet of blanks that says it is a document: unpacking stops at the limit.
    let bomb = pack(&" ".repeat((64 << 20) + 1));
    assert!(bomb.len() < 100_000);
    assert_eq!(unpack(&bomb), Err(PacketError::TooLarge));
    assert!(matches!(unpack(&pack(&" ".repeat(1_000_000))), Ok(Contents::Document(_))));
}
