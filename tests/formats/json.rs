//! JSON documents one after another: where they end, what is refused, and what that costs.

use crate::trace::{self, Kind, Said, check, every_cut, on_a_small_stack, packet};
use crate::walked::{self, Walked};
use quickcheck::{Gen, QuickCheck};
use serde::Deserialize;
use serde_json::{Value, json};
use wharf::codec::{Encode, Json};
use wharf::{Codec, End, Enframe, FrameError, Framed, JsonDocuments, Lines};

const CLEAN: Said = Said::End(End::Clean);

fn truncated(had: u64) -> Said {
    Said::End(End::Truncated { had, missing: 1 })
}

fn text(text: &str) -> Said {
    packet(text.as_bytes())
}

#[track_caller]
fn raw(stream: &str, expected: &[Said]) {
    check(|| Framed::new(JsonDocuments::new(16).max_depth(3)), stream.as_bytes(), expected);
}

#[test]
fn ends_nested_documents_and_strings_with_their_last_byte() {
    raw(r#"{}[]"""a"{"b":[1]}"#, &[text("{}"), text("[]"), text(r#""""#), text(r#""a""#), text(r#"{"b":[1]}"#), CLEAN]);
}

#[test]
fn ends_plain_values_before_a_delimiter_and_with_the_stream() {
    raw("1 2\n3\t4\r5", &[text("1"), text("2"), text("3"), text("4"), text("5"), CLEAN]);
    raw("1[]true{}null\"\"", &[text("1"), text("[]"), text("true"), text("{}"), text("null"), text("\"\""), CLEAN]);
    raw("-1.5e+7", &[text("-1.5e+7"), CLEAN]);
    // As serde_json's own stream has it: one token, which the codec refuses.
    raw("truefalse", &[text("truefalse"), CLEAN]);
}

#[test]
fn skips_white_space_between_documents_without_end() {
    raw(&" \t\r\n".repeat(100), &[CLEAN]);
    raw(&format!("{}1{}", "\n".repeat(99), " ".repeat(99)), &[text("1"), CLEAN]);
}

#[test]
fn keeps_brackets_and_quotes_in_strings_apart() {
    raw(r#"["]}{["]"#, &[text(r#"["]}{["]"#), CLEAN]);
    raw(r#""\"" "\\" "\\\"""#, &[text(r#""\"""#), text(r#""\\""#), text(r#""\\\"""#), CLEAN]);
}

#[test]
fn refuses_one_byte_that_no_document_begins_with() {
    let stray = |at| Said::Reject(Kind::Malformed, at);
    raw("{},[]", &[text("{}"), stray(2), text("[]"), CLEAN]);
    raw("]}:,1", &[stray(0), stray(1), stray(2), stray(3), text("1"), CLEAN]);
}

#[test]
fn refuses_what_is_no_document_up_to_a_delimiter() {
    let garbage = |at| Said::Reject(Kind::Malformed, at);
    raw("hello 1", &[garbage(0), text("1"), CLEAN]);
    raw("1 'a:b' 2", &[text("1"), garbage(2), Said::Reject(Kind::Malformed, 4), garbage(5), text("2"), CLEAN]);
    let make = || Framed::new(JsonDocuments::new(16));
    check(make, b"\xff\xfe\0[]", &[garbage(0), text("[]"), CLEAN]);
    check(make, b"\xef\xbb\xbf{}", &[garbage(0), text("{}"), CLEAN]);
    // However long it is, it is one.
    raw(&format!("{} 1", "x".repeat(40)), &[garbage(0), text("1"), CLEAN]);
}

#[test]
fn counts_brackets_whatever_their_kind() {
    raw(r#"{"a":[1}}"#, &[text(r#"{"a":[1}}"#), CLEAN]);
}

#[test]
fn accepts_documents_at_the_limit_and_refuses_longer_ones_once() {
    let long = Said::Reject(Kind::Limit, 0);
    for (document, len) in [("1234567890123456", 16), (r#""12345678901234""#, 16), ("[12345678901234]", 16)] {
        assert_eq!(document.len(), len);
        raw(document, &[text(document), CLEAN]);
        raw(&format!("{document}\n1"), &[text(document), text("1"), CLEAN]);
        let longer = document.replacen('4', "44", 1);
        raw(&longer, &[long.clone(), CLEAN]);
        raw(&format!("{longer} 1"), &[long.clone(), text("1"), CLEAN]);
    }
}

#[test]
fn keeps_what_an_oversize_document_holds_from_being_a_packet() {
    let long = Said::Reject(Kind::Limit, 0);
    raw(r#"["aaaaaaaaaaaaaaaa\"]{\"x\":1}\n{}\\"] [1]"#, &[long.clone(), text("[1]"), CLEAN]);
    raw(r#"[[[],{"a":"aaaaaaaaaaa"}],7,{"admin":true}] 2"#, &[long.clone(), text("2"), CLEAN]);
    raw(r#"{"a":"aaaaaaaaaaaaaaaa"#, &[long, truncated(22)]);
}

#[test]
fn refuses_documents_that_are_too_deep_as_a_whole() {
    let deep = |at| Said::Reject(Kind::Depth, at);
    raw("[[[]]]", &[text("[[[]]]"), CLEAN]);
    raw("[[[[]]]]1", &[deep(0), text("1"), CLEAN]);
    raw(r#"1 [[{"a":[1,{"]":[[]]}]},[]],2] 3"#, &[text("1"), deep(2), text("3"), CLEAN]);
}

#[test]
fn tells_a_truncated_document_from_a_clean_end() {
    raw("{", &[truncated(1)]);
    raw("1 [1,\"", &[text("1"), truncated(4)]);
    raw(r#""\"#, &[truncated(2)]);
}

#[test]
fn stays_in_step_when_a_payload_is_refused() {
    let make = || Framed::with_codec(JsonDocuments::new(64), Json::<Value>::new());
    let bad = |at| Said::Reject(Kind::Payload, at);
    check(
        make,
        br#"{"a":1]{"b":2}nul[1,]"\x"3"#,
        &[bad(0), packet(json!({"b": 2})), bad(14), bad(17), bad(21), packet(json!(3)), CLEAN],
    );
    check(make, b"\"\xff\"\"\n\"[]", &[bad(0), bad(3), packet(json!([])), CLEAN]);
}

#[derive(Deserialize)]
struct Vectors {
    documents: Vec<Vector>,
    refused: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    section: String,
    text: String,
}

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("../vectors/rfc8259.json")).expect("the vectors are JSON")
}

#[test]
fn reads_the_examples_of_rfc_8259() {
    let make = || Framed::with_codec(JsonDocuments::new(1024), Json::<Value>::new());
    for Vector { section, text } in vectors().documents {
        let value: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{section}: {error}"));
        check(make, text.as_bytes(), &[packet(&value), CLEAN]);
        check(make, format!("[] {text} 7").as_bytes(), &[packet(json!([])), packet(value), packet(json!(7)), CLEAN]);
    }
}

#[test]
fn refuses_what_rfc_8259_forbids_at_the_cost_of_one_document() {
    let make = || Framed::with_codec(JsonDocuments::new(64), Json::<Value>::new());
    for Vector { section, text } in vectors().refused {
        let said = every_cut(&make, format!("[1] {text} [2]").as_bytes()).said;
        let [first, Said::Reject(_, 4), last, CLEAN] = &said[..] else { panic!("{section}, {text}: {said:?}") };
        assert_eq!((first, last), (&packet(json!([1])), &packet(json!([2]))), "{section}, {text}");
    }
}

#[test]
fn reads_one_document_a_line_as_the_tutorial_does() {
    let make = Framed::<Lines, Json<Value>>::json_lines;
    let make = || make();
    let stream = b"{\"a\": 1}\r\nnot json\r\n[2]\n \r\n\"3\"\r\n{\"b\"";
    let bad = |at| Said::Reject(Kind::Payload, at);
    let expected = [packet(json!({"a": 1})), bad(10), packet(json!([2])), packet(json!("3")), truncated(4)];
    let said = every_cut(&make, stream).said;
    assert_eq!(said, expected);
}

#[test]
fn reads_no_deeper_than_the_stack_is_long_behind_any_framing() {
    let mut payload = b"[".repeat(1_000_000);
    assert!(Json::<Value>::new().decode(&mut payload).is_err());
}

#[test]
fn checks_what_is_sent() {
    let documents = JsonDocuments::new(8).max_depth(2);
    let head = |payload: &str| documents.head(payload.as_bytes(), &mut []);
    for payload in ["1", "{}", "\"a b\"", "[[1]]", "-1234567"] {
        assert_eq!(head(payload), Ok(0), "{payload}");
    }
    let limit = FrameError::LimitExceeded { limit: 8, needed: Some(9) };
    let one = FrameError::Malformed { expected: "exactly one JSON document" };
    for (payload, error) in [
        ("123456789", limit),
        ("[[[]]]", FrameError::DepthExceeded { limit: 2 }),
        ("", one),
        (" 1", one),
        ("1 ", one),
        ("1 2", one),
        ("{}{}", one),
        ("[", one),
        ("\"a", one),
        ("x", FrameError::Malformed { expected: "a JSON document" }),
    ] {
        assert_eq!(head(payload), Err(error), "{payload}");
    }
}

#[test]
fn writes_documents_without_a_line_feed() {
    let mut payload = b"kept".to_vec();
    Json::new().encode(&json!({"a": "b\nc", "d": [1.5, null]}), &mut payload).expect("a value can be written");
    assert_eq!(payload, br#"kept{"a":"b\nc","d":[1.5,null]}"#);
}

/// Where documents end, by the obvious means: of each prefix, by looking at all of it.
fn naive(stream: &[u8]) -> Vec<(usize, usize)> {
    let delimiter = |byte: u8| b" \t\r\n{}[],:\"".contains(&byte);
    let mut found = Vec::new();
    let mut start = 0;
    while start < stream.len() {
        let rest = &stream[start..];
        let end = match rest[0] {
            b'{' | b'[' | b'"' => (1..=rest.len()).find(|&len| whole(&rest[..len])),
            byte if !delimiter(byte) => Some(rest.iter().position(|&byte| delimiter(byte)).unwrap_or(rest.len())),
            _ => {
                start += 1;
                continue;
            }
        };
        let Some(len) = end else { break };
        if b"{[\"-0123456789tfn".contains(&rest[0]) {
            found.push((start, start + len));
        }
        start += len;
    }
    found
}

fn whole(bytes: &[u8]) -> bool {
    let (mut depth, mut quoted, mut escaped) = (0, false, false);
    for &byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => depth += 1,
            b'}' | b']' if !quoted => depth -= 1,
            _ => {}
        }
    }
    depth == 0 && !quoted
}

#[test]
fn agrees_with_a_naive_reader_on_random_bytes() {
    fn agree(picks: Vec<u8>) {
        let stream: Vec<u8> = picks.iter().map(|pick| b"{}[]\"\\,: \n1atx\xff"[usize::from(*pick) % 15]).collect();
        let make = || Framed::new(JsonDocuments::new(1000).max_depth(u32::MAX));
        let said = every_cut(&make, &stream).said;
        let packets: Vec<_> = said.into_iter().filter(|said| matches!(said, Said::Packet(_))).collect();
        let expected: Vec<_> = naive(&stream).into_iter().map(|(start, end)| packet(&stream[start..end])).collect();
        assert_eq!(packets, expected, "{}", stream.escape_ascii());
    }
    QuickCheck::new().tests(400).rng(Gen::new(24)).quickcheck(agree as fn(Vec<u8>));
}

/// A JSON value that quickcheck makes up.
#[derive(Debug, Clone)]
pub(crate) struct Arbitrary(pub(crate) Value);

impl quickcheck::Arbitrary for Arbitrary {
    fn arbitrary(g: &mut Gen) -> Self {
        fn value(g: &mut Gen, depth: u32) -> Value {
            let pick = u8::arbitrary(g) % if depth == 0 { 5 } else { 7 };
            match pick {
                0 => Value::Null,
                1 => bool::arbitrary(g).into(),
                2 => i64::arbitrary(g).into(),
                3 => f64::arbitrary(g).into(),
                4 => String::arbitrary(g).into(),
                5 => (0..u8::arbitrary(g) % 4).map(|_| value(g, depth - 1)).collect(),
                _ => {
                    let pairs = (0..u8::arbitrary(g) % 4).map(|_| (String::arbitrary(g), value(g, depth - 1)));
                    Value::Object(pairs.collect())
                }
            }
        }
        Self(value(g, 4))
    }
}

#[test]
fn finds_the_documents_that_serde_json_finds() {
    fn agree(values: Vec<Arbitrary>, pretty: bool) {
        let mut stream = Vec::new();
        for Arbitrary(value) in &values {
            let text = if pretty { serde_json::to_vec_pretty(value) } else { serde_json::to_vec(value) };
            stream.extend(text.expect("a value can be written"));
            stream.push(b' ');
        }
        let theirs: Result<Vec<Value>, _> = serde_json::Deserializer::from_slice(&stream).into_iter().collect();
        let mut expected: Vec<_> = theirs.expect("the stream is valid").into_iter().map(packet).collect();
        expected.push(CLEAN);
        let framed = || Framed::with_codec(JsonDocuments::new(stream.len()), Json::<Value>::new());
        for size in [1, 7, 1000] {
            assert_eq!(trace::trace(framed(), stream.len() + 1, stream.chunks(size), true).said, expected);
        }
    }
    QuickCheck::new().tests(100).rng(Gen::new(16)).quickcheck(agree as fn(Vec<Arbitrary>, bool));
}

const MEGABYTE: usize = 1 << 20;

#[test]
fn looks_at_each_byte_once_whatever_the_shape() {
    let shapes: [(&str, Vec<u8>); 8] = [
        ("backslashes", [b"\"", &b"\\".repeat(MEGABYTE)[..]].concat()),
        ("openers", b"[".repeat(MEGABYTE)),
        ("white space", b" ".repeat(MEGABYTE)),
        ("nested arrays", [b"[".repeat(MEGABYTE / 2), b"]".repeat(MEGABYTE / 2)].concat()),
        ("a number", b"1".repeat(MEGABYTE / 8)),
        ("quotes", b"\"".repeat(MEGABYTE / 8)),
        ("garbage", b"x,".repeat(MEGABYTE / 16)),
        ("small objects", b"[{\"a\":1}".repeat(MEGABYTE / 64)),
    ];
    for (shape, stream) in shapes {
        for (limit, depth) in [(MEGABYTE + 1, u32::MAX), (100, 4)] {
            let framing = Walked::new(JsonDocuments::new(limit).max_depth(depth), 0);
            let walked = walked::byte_by_byte(framing, &stream);
            assert!(walked <= 2 * stream.len() as u64, "{shape}: {walked} bytes looked at, limit {limit}");
        }
    }
}

#[test]
fn counts_ten_million_levels_on_a_small_stack() {
    on_a_small_stack(ten_million_levels);
}

fn ten_million_levels() {
    let levels = 10_000_000;
    let mut stream = b"[".repeat(levels);
    stream.extend(b"]".repeat(levels));
    stream.extend(b"[1]");
    let framed = Framed::new(JsonDocuments::new(1024));
    let said = trace::trace(framed, 4096, stream.chunks(4096), true).said;
    assert_eq!(said, [Said::Reject(Kind::Depth, 0), text("[1]"), CLEAN]);
}
