use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{Room, columns, days, ids, lay_out_ids, read::rows, signs};
use crate::codec::document::{DocumentError, ProblemKind, node::Node, parse};

fn value_of(node: &Node<'_>) -> Value {
    match node {
        Node::Null | Node::Taken => Value::Null,
        Node::Truth(truth) => json!(truth),
        Node::Number(number) => json!(number),
        Node::Text(text) => json!(text),
        Node::List(elements) => elements.iter().map(value_of).collect(),
        Node::Object(entries) => entries.iter().map(|(key, node)| (key.to_string(), value_of(node))).collect(),
    }
}

fn read(text: &str) -> Result<Value, DocumentError> {
    let mut room = Room::of(text);
    Ok(value_of(&rows(parse(text)?, &mut room)?))
}

fn fault(text: &str) -> (String, ProblemKind) {
    let Err(DocumentError::Problems(mut problems)) = read(text) else { panic!("{text} reads") };
    let problem = problems.remove(0);
    (problem.path, problem.kind)
}

/// Values as they come in records, and a few that do not.
fn single() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(|truth| json!(truth)),
        (-1_000_000..1_000_000_i32).prop_map(|number| json!(f64::from(number))),
        (0..200_u32, 0..10_u32).prop_map(|(whole, part)| json!(f64::from(whole) + f64::from(part) / 10.0)),
        "[abc]{0,2}".prop_map(|text| json!(text)),
        ".{0,8}".prop_map(|text| json!(text)),
        "[0-9A-HJKMNP-TV-Z]{26}".prop_map(|text| json!(text)),
        (0..1_u128 << 70).prop_map(|id| json!(ulid::Ulid(id).array_to_str(&mut [0; 26]))),
        (0..11_000_u32, 0..14_u32, 0..33_u32).prop_map(|(y, m, d)| json!(format!("{y:04}-{m:02}-{d:02}"))),
        (2024..2027_u32, 1..13_u32, 1..29_u32, 0..25_u32, 0..61_u32)
            .prop_map(|(y, m, d, h, s)| json!(format!("{y}-{m:02}-{d:02}T{h:02}:30:{s:02}Z"))),
    ]
}

/// Lists of one kind of value, which columns make short, and of all kinds.
fn several() -> impl Strategy<Value = Vec<Value>> {
    prop_oneof![
        prop::collection::vec(single(), 0..6),
        prop::collection::vec("20[0-2][0-9]-0[1-9]-[12][0-9]".prop_map(|text| json!(text)), 0..40),
        prop::collection::vec(prop_oneof![Just(json!("a")), Just(json!("b\"")), Just(json!(7.0))], 0..90),
    ]
}

fn tree() -> impl Strategy<Value = Value> {
    prop_oneof![4 => single(), 1 => several().prop_map(Value::from)].prop_recursive(4, 60, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::vec(object(inner.clone()), 0..8).prop_map(Value::from),
            object(inner),
        ]
    })
}

fn object(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    let key = prop_oneof![4 => "[ab]|in|of|columns|lengths|words|at|id", 1 => ".{0,3}"];
    prop::collection::btree_map(key, value, 0..6)
        .prop_map(|entries| Value::Object(entries.into_iter().collect::<Map<_, _>>()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_objects_come_back(list in prop::collection::vec(object(tree()), 0..24)) {
        let list = Value::from(list);
        let text = columns(&list.to_string());
        prop_assert_eq!(read(&text), Ok(list), "{}", text);
    }

    #[test]
    fn columns_of_one_kind_come_back(values in several()) {
        let list: Value = values.into_iter().map(|value| json!({ "v": value })).collect();
        let text = columns(&list.to_string());
        prop_assert_eq!(read(&text), Ok(list), "{}", text);
    }

    #[test]
    fn cut_and_changed_columns_never_panic(
        list in prop::collection::vec(object(tree()), 0..6),
        at in any::<prop::sample::Index>(),
        sign in prop::sample::select(vec!["", "A", "B", "/", "0", "[", "]", "{", "}", ",", ":", "\"", "\\", "|", "9"]),
    ) {
        let mut text = columns(&Value::from(list).to_string());
        let places: Vec<usize> = text.char_indices().map(|(place, _)| place).collect();
        let place = places[at.index(places.len())];
        let after = place + text[place..].chars().next().unwrap().len_utf8();
        text.replace_range(place..after, sign);
        drop(read(&text));
        if let Ok(mut node) = parse(&text) {
            drop(lay_out_ids(&mut node, &mut Room::of(&text)));
            ids(&node).for_each(drop);
        }
    }

    #[test]
    fn numbers_come_back(numbers in prop::collection::vec(any::<u128>().prop_flat_map(|most| 0..=most), 0..20)) {
        let (mut counts, mut steps, mut before) = (String::new(), String::new(), 0);
        for number in &numbers {
            signs::write(*number, &mut counts);
            signs::write_step(before, *number, &mut steps);
            before = *number;
        }
        let counted: Result<Vec<_>, _> = signs::Numbers::of(&counts).collect();
        prop_assert_eq!(counted.as_ref(), Ok(&numbers));
        let mut read = signs::Numbers::of(&steps);
        before = 0;
        for number in &numbers {
            before = read.step(before).unwrap().unwrap();
            prop_assert_eq!(before, *number);
        }
        prop_assert!(read.step(before).is_none());
    }
}

#[test]
fn columns_look_as_described() {
    let list = json!([
        { "id": "01ARZ3NDEKTSV4RRFFQ69G5300", "on": "2026-01-01", "what": "call", "tags": ["a"] },
        { "id": "01ARZ3NDEKTSV4RRFFQ69G5301", "on": "2026-01-03", "what": "call", "tags": [], "done": true },
        { "id": "01ARZ3NDEKTSV4RRFFQ69G5303", "on": "2026-01-02", "what": "call", "tags": ["b", "c"] },
    ]);
    let text = columns(&list.to_string());
    let expected = r#"{"rows":3,"columns":{"id":{"ids":"ggmqgzsu/+wxp2z1n96qn+x1CCE"},"on":{"days":"iyktBEB"},"tags":{"lengths":"BAC","of":{"texts":"a|b|c"}},"what":{"words":["call"],"at":"AAA"},"done":{"in":"BB","of":[true]}}}"#;
    assert_eq!(text, expected, "two days later and one back; one more and two more");
    assert_eq!(read(&text), Ok(list));
}

#[test]
fn what_does_not_fit_is_named() {
    let piece = |columns: &str| format!("{{\"rows\":2,\"columns\":{{\"a\":{columns}}}}}");
    for (columns, kind) in [
        ("[1]", ProblemKind::Uneven),
        ("[1,2,3]", ProblemKind::Uneven),
        (r#"{"texts":"a"}"#, ProblemKind::Uneven),
        (r#"{"days":"A-"}"#, ProblemKind::Word),
        (r#"{"days":"g"}"#, ProblemKind::Word),
        (r#"{"days":"////////////////////////////////A"}"#, ProblemKind::Word),
        (r#"{"words":["x"],"at":"AB"}"#, ProblemKind::Word),
        (r#"{"lengths":"B/","of":[1]}"#, ProblemKind::Word),
        (r#"{"lengths":"BB","of":[1]}"#, ProblemKind::Uneven),
        (r#"{"lengths":"B/////H","of":[1]}"#, ProblemKind::Uneven),
        (r#"{"in":"AD","of":[1,2,3]}"#, ProblemKind::Uneven),
        (r#"{"in":"CB","of":[1]}"#, ProblemKind::Uneven),
        (r#"{"in":"BBA","of":[1]}"#, ProblemKind::Uneven),
        (r#"{"later":"A"}"#, ProblemKind::Unknown),
    ] {
        assert_eq!(fault(&piece(columns)), ("a".to_owned(), kind), "{columns}");
    }
    let endless = r#"{"rows":9007199254740991,"columns":{}}"#;
    assert_eq!(fault(endless).1, ProblemKind::Uneven);
    assert_eq!(fault(r#"{"rows":-1,"columns":{}}"#).0, "rows");
    let inner = piece(r#"{"lengths":"BB","of":{"columns":{"b":[1]}}}"#);
    assert_eq!(fault(&inner), ("a.b".to_owned(), ProblemKind::Uneven));
}

#[test]
fn days_and_seconds_say_what_their_texts_say() {
    for text in ["0001-01-01", "2024-02-29", "9999-12-31"] {
        assert_eq!(days::day_of(text).and_then(days::day_text).as_deref(), Some(text));
    }
    for text in ["0000-01-01", "2023-02-29", "+026-01-01", "2026-1-01"] {
        assert_eq!(days::day_of(text).and_then(days::day_text), None, "{text}");
    }
    let time = "2026-11-23T08:30:59Z";
    assert_eq!(days::second_of(time).and_then(days::second_text).as_deref(), Some(time));
    for text in ["2026-11-23T08:30:60Z", "2026-11-23T24:00:00Z", "2026-11-23T08:30:00.5Z", "2026-11-23"] {
        assert_eq!(days::second_of(text), None, "{text}");
    }
}
