//! CBOR items one after another: where they end, what is refused, and what that costs.

use crate::trace::{self, Kind, Said, check, every_cut, on_a_small_stack, packet};
use crate::walked::{self, Walked};
use quickcheck::{Gen, QuickCheck};
use serde::Deserialize;
use serde_json::{Value, json};
use wharf::codec::{Cbor, CborError, Encode};
use wharf::{CborItems, Codec, ConfigError, End, Enframe, Error, ErrorKind, Found, FrameError, Framed, Framing};
use wharf_tests::Shown;

pub(crate) const CLEAN: Said = Said::End(End::Clean);

pub(crate) fn truncated(had: u64, missing: u64) -> Said {
    Said::End(End::Truncated { had, missing })
}

pub(crate) fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.bytes().filter(|byte| *byte != b' ').collect();
    let byte = |pair: &[u8]| u8::from_str_radix(core::str::from_utf8(pair).expect("hex is ASCII"), 16).expect("hex");
    digits.chunks(2).map(byte).collect()
}

pub(crate) fn item(hex: &str) -> Said {
    packet(&bytes(hex)[..])
}

/// Items of at most 16 bytes and 3 levels; 200 bytes are skipped at most, and there is room for 4 levels.
fn small() -> Framed<CborItems<4>> {
    let items = CborItems::with_levels(16).max_depth(3).expect("3 levels are fewer than 4");
    Framed::new(items.max_skip(200))
}

#[track_caller]
fn raw(hex: &str, expected: &[Said]) {
    check(small, &bytes(hex), expected);
}

#[derive(Deserialize)]
struct Vectors {
    well_formed: Vec<WellFormed>,
    too_short: Vec<Group>,
    malformed: Vec<Group>,
}

#[derive(Deserialize)]
struct WellFormed {
    hex: String,
    diagnostic: String,
    #[serde(default, deserialize_with = "there")]
    json: Option<Value>,
}

pub(crate) fn there<'de, D: serde::Deserializer<'de>>(value: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(value).map(Some)
}

#[derive(Deserialize)]
struct Group {
    why: String,
    hex: Vec<String>,
}

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("../vectors/rfc8949.json")).expect("the vectors are JSON")
}

#[test]
fn finds_the_examples_of_rfc_8949_one_after_another() {
    let make = || Framed::new(CborItems::new(100));
    let items = vectors().well_formed;
    assert_eq!(items.len(), 81);
    let (mut stream, mut expected) = (Vec::new(), Vec::new());
    for WellFormed { hex, .. } in &items {
        check(make, &bytes(hex), &[item(hex), CLEAN]);
        stream.extend(bytes(hex));
        expected.push(item(hex));
    }
    expected.push(CLEAN);
    check(make, &stream, &expected);
}

#[test]
fn reads_the_examples_of_rfc_8949() {
    for WellFormed { hex, diagnostic, json } in vectors().well_formed {
        let read = Cbor::<Shown>::new().decode(&mut bytes(&hex));
        if let Some(json) = json {
            assert_eq!(read, Ok(Shown(json)), "{diagnostic}");
        } else if !diagnostic.starts_with("simple") {
            // Those that JSON can't say are read nonetheless.
            assert!(read.is_ok(), "{diagnostic}: {read:?}");
        }
    }
}

#[test]
fn waits_for_what_rfc_8949_calls_too_short() {
    let make = || Framed::new(CborItems::new(100));
    for Group { why, hex } in vectors().too_short {
        for hex in hex {
            let had = bytes(&hex).len() as u64;
            let said = every_cut(&make, &bytes(&hex)).said;
            let refused = [Said::Fatal(Kind::Limit, 0)];
            let end = matches!(said[..], [Said::End(End::Truncated { had: h, .. })] if h == had);
            let huge =
                ["5affffffff", "5bffffffff", "7affffffff", "7b7fffffff"].iter().any(|huge| hex.starts_with(huge));
            assert!(end && !huge || huge && said == refused, "{why}: {hex}: {said:?}");
        }
    }
}

#[test]
fn gives_up_on_what_rfc_8949_calls_malformed() {
    let make = || Framed::new(CborItems::new(100));
    for Group { why, hex } in vectors().malformed {
        for hex in hex {
            let stream = [&b"\x01"[..], &bytes(&hex), b"\x02"].concat();
            let expected = [item("01"), Said::Fatal(Kind::Malformed, 1)];
            assert_eq!(every_cut(&make, &stream).said, expected, "{why}: {hex}");
        }
    }
}

#[test]
fn says_what_was_expected_where_a_byte_is_malformed() {
    #[track_caller]
    fn check(hex: &str, expected: &'static str) {
        let found = CborItems::new(100).scan(&bytes(hex), 0, false);
        assert_eq!(found, Found::Fatal(FrameError::Malformed { expected }), "{hex}");
    }
    check("ff", "a break only where an item of indefinite length may end");
    check("1f", "an argument of an integer or a tag");
    check("f81f", "a simple value of two bytes to be 32 or more");
    raw("f820 02", &[item("f820"), item("02"), CLEAN]);
}

#[test]
fn says_how_much_is_missing_at_least() {
    raw("19 01", &[truncated(2, 1)]);
    raw("83 01", &[truncated(2, 2)]);
    raw("bf 01", &[truncated(2, 2)]);
    raw("45 00", &[truncated(2, 4)]);
    raw("82 43 00", &[truncated(3, 3)]);
}

#[test]
fn accepts_items_at_the_limit_and_refuses_longer_ones_once() {
    let long = |at| Said::Reject(Kind::Limit, at);
    let zeros = |count: usize| "00".repeat(count);
    for (head, count) in [("4f", 15), ("8f", 15), ("5820", 32), ("9f", 14), ("d8204d", 13)] {
        let tail = if head == "9f" { "ff" } else { "" };
        let whole = format!("{head}{}{tail}", zeros(count));
        if bytes(&whole).len() == 16 {
            raw(&format!("{whole}01"), &[item(&whole), item("01"), CLEAN]);
        } else {
            raw(&format!("{whole}01"), &[long(0), item("01"), CLEAN]);
        }
    }
    raw(&format!("01 90 {} 02", zeros(16)), &[item("01"), long(1), item("02"), CLEAN]);
    raw(&format!("9f {} ff 02", zeros(15)), &[long(0), item("02"), CLEAN]);
    raw(&format!("bf {} ff 02", zeros(16)), &[long(0), item("02"), CLEAN]);
    raw(&format!("5f {} ff 02", "4100".repeat(8)), &[long(0), item("02"), CLEAN]);
    raw(&format!("c1 50 {} 02", zeros(16)), &[long(0), item("02"), CLEAN]);
}

#[test]
fn keeps_what_an_oversize_item_holds_from_being_a_packet() {
    let long = Said::Reject(Kind::Limit, 0);
    raw(&format!("98 20 {} 02", "81f5".repeat(32)), &[long.clone(), item("02"), CLEAN]);
    raw(&format!("9f 5818 {} 9f01ff bf0102ff ff 02", "01".repeat(24)), &[long.clone(), item("02"), CLEAN]);
    // Counted items inside of uncounted ones, and the other way round.
    let inner = "9f 82 01 9f ff 83 01 02 9f 81 00 ff ff";
    raw(&format!("8c {} 02", inner.repeat(12)), &[long.clone(), item("02"), CLEAN]);
    raw("98 20 01 02", &[long.clone(), truncated(4, 30)]);
    raw("58 20 01 02", &[long, truncated(4, 30)]);
}

#[test]
fn refuses_items_that_are_too_deep_as_a_whole() {
    let deep = |at| Said::Reject(Kind::Depth, at);
    raw("818181 01", &[item("81818101"), CLEAN]);
    raw("81818180 02", &[item("81818180"), item("02"), CLEAN]);
    raw("8181818101 02", &[deep(0), item("02"), CLEAN]);
    raw("c1c1c1c1c1c101 02", &[deep(0), item("02"), CLEAN]);
    raw("01 82 9f 81 a1 01 82 02 03 ff 04 05", &[item("01"), deep(1), item("05"), CLEAN]);
    raw("9f9f9f9fffffffff 02", &[deep(0), item("02"), CLEAN]);
    // Twenty levels, each with one more item behind the next level.
    raw(&format!("{} {} 02", "82".repeat(20), "01".repeat(21)), &[deep(0), item("02"), CLEAN]);
}

#[test]
fn gives_up_where_breaks_can_not_be_followed() {
    raw("9f9f9f9f9f ffffffffff", &[Said::Reject(Kind::Depth, 0), Said::Fatal(Kind::Depth, 0)]);
    raw("9f 81 9f 81 9f 81 9f ff ff ff ff 02", &[Said::Reject(Kind::Depth, 0), item("02"), CLEAN]);
    raw("9f9f9f9f ff 9f ff ffffff 02", &[Said::Reject(Kind::Depth, 0), item("02"), CLEAN]);
}

#[test]
fn gives_up_on_lengths_beyond_belief() {
    let fatal = |at| Said::Fatal(Kind::Limit, at);
    raw("01 58 c6", &[item("01"), Said::Reject(Kind::Limit, 1), truncated(2, 198)]);
    raw("01 58 c7", &[item("01"), fatal(1)]);
    raw("9b ffffffffffffffff", &[fatal(0)]);
    raw("bb ffffffffffffffff", &[fatal(0)]);
    raw("5b ffffffffffffffff", &[fatal(0)]);
    raw("db ffffffffffffffff 01", &[item("dbffffffffffffffff01"), CLEAN]);
    // In a refused item, too, whose beginning it names.
    raw("9f 5820 00", &[Said::Reject(Kind::Limit, 0), truncated(4, 31)]);
    let (zeros, long) = ("00".repeat(20), Said::Reject(Kind::Limit, 0));
    raw(&format!("9f {zeros} 59 1000"), &[long.clone(), fatal(0)]);
    raw(&format!("9f {} ff", "00".repeat(198)), &[long.clone(), CLEAN]);
    raw(&format!("9f {} ff", "00".repeat(199)), &[long, fatal(0)]);
}

#[test]
fn names_the_beginning_of_a_refused_item_that_goes_wrong() {
    let wrong = format!("01 9f {} 1c", "00".repeat(20));
    raw(&wrong, &[item("01"), Said::Reject(Kind::Limit, 1), Said::Fatal(Kind::Malformed, 1)]);
}

#[test]
fn refuses_what_the_codec_refuses_and_stays_in_step() {
    let make = || Framed::with_codec(CborItems::new(64), Cbor::<Vec<u8>>::new());
    let bad = |at| Said::Reject(Kind::Payload, at);
    check(make, &bytes("8101 6161 811a00010000 8102"), &[packet([1]), bad(1 + 1), bad(4), packet([2]), CLEAN]);
    let make = || Framed::with_codec(CborItems::new(64), Cbor::<String>::new());
    check(make, &bytes("61ff 6161"), &[bad(0), packet("a"), CLEAN]);
}

#[test]
fn names_what_the_codec_refuses() {
    let read = |hex: &str| Cbor::<Shown>::new().max_depth(2).decode(&mut bytes(hex)).expect_err("refused");
    assert_eq!(read("8101 02"), CborError::TrailingBytes { count: 1 });
    assert_eq!(read("82 01"), CborError::Truncated);
    assert_eq!(read("1c"), CborError::Syntax { offset: 0 });
    assert_eq!(read("818181 01"), CborError::DepthExceeded { limit: 2 });
    assert!(matches!(read("f0"), CborError::Type { .. }));
    assert!(Cbor::<Shown>::new().max_depth(2).decode(&mut bytes("8181 01")).is_ok());
    let error = Error::new(ErrorKind::Payload(CborError::TrailingBytes { count: 1 }), 7);
    assert_eq!(error.to_string(), "1 bytes behind the CBOR item at byte 7");
}

#[test]
fn reads_no_deeper_than_the_stack_is_long_behind_any_framing() {
    for head in [&b"\x81"[..], b"\x9f", b"\xc1", b"\xd9\xd9\xf7"] {
        let read = Cbor::<Shown>::new().decode(&mut head.repeat(1_000_000));
        assert!(matches!(read, Err(CborError::DepthExceeded { limit: 128 })), "{head:02x?}: {read:?}");
    }
}

#[test]
fn checks_what_is_sent() {
    let items = CborItems::<2>::with_levels(8);
    let head = |hex: &str| items.head(&bytes(hex), &mut []);
    for hex in ["00", "8101", "9f01ff", "47 00000000000000"] {
        assert_eq!(head(hex), Ok(0), "{hex}");
    }
    let one = FrameError::Malformed { expected: "exactly one CBOR data item" };
    for (hex, error) in [
        ("", one),
        ("0000", one),
        ("81", one),
        ("48 0000000000000000", FrameError::LimitExceeded { limit: 8, needed: Some(9) }),
        ("81818100", FrameError::DepthExceeded { limit: 2 }),
        ("5b ffffffffffffffff", FrameError::LimitExceeded { limit: 8, needed: Some(u64::MAX) }),
    ] {
        assert_eq!(head(hex), Err(error), "{hex}");
    }
    assert!(matches!(head("ff"), Err(FrameError::Malformed { .. })));
}

#[test]
fn writes_what_it_reads() {
    let value = json!({"a": [1, -2, 1.5, null, true], "b": {"c": "d"}});
    let mut payload = b"kept".to_vec();
    Cbor::new().encode(&value, &mut payload).expect("a value can be written");
    assert_eq!(Cbor::<Value>::new().decode(&mut payload[4..]), Ok(value));
}

#[test]
fn has_no_room_for_more_levels_than_its_type_says() {
    assert!(CborItems::<4>::with_levels(16).max_depth(4).is_ok());
    let error = CborItems::<4>::with_levels(16).max_depth(5).expect_err("5 levels are more than 4");
    assert!(matches!(error, ConfigError::Invalid { option: "max_depth", .. }));
}

/// Well-formedness, as RFC 8949 appendix C writes it: the length of the first item, `None` if it is too short.
fn naive(bytes: &[u8], breakable: bool) -> Result<Option<(usize, bool)>, ()> {
    let Some(&first) = bytes.first() else { return Ok(None) };
    let (major, info) = (first >> 5, first & 0x1f);
    let (mut at, mut value) = (1, u64::from(info));
    if (24..28).contains(&info) {
        let width = 1 << (info - 24);
        let Some(field) = bytes.get(1..1 + width) else { return Ok(None) };
        value = field.iter().fold(0, |value, byte| value << 8 | u64::from(*byte));
        at += width;
    }
    if (28..31).contains(&info) {
        return Err(());
    }
    if info == 31 {
        if major == 7 {
            return if breakable { Ok(Some((1, true))) } else { Err(()) };
        }
        if !(2..=5).contains(&major) {
            return Err(());
        }
        for index in 0.. {
            let chunk = bytes.get(at).copied();
            if let (2 | 3, Some(chunk)) = (major, chunk) {
                if chunk != 0xff && (chunk >> 5 != major || chunk & 0x1f == 31) {
                    return Err(());
                }
            }
            match naive(&bytes[at..], major != 5 || index % 2 == 0)? {
                None => return Ok(None),
                Some((len, true)) => return Ok(Some((at + len, false))),
                Some((len, false)) => at += len,
            }
        }
    }
    let items = match major {
        2 | 3 => {
            at += usize::try_from(value).expect("the lengths are short");
            0
        }
        4 => value,
        5 => 2 * value,
        6 => 1,
        7 if info == 24 && value < 32 => return Err(()),
        _ => 0,
    };
    for _ in 0..items {
        match bytes.get(at..).map(|rest| naive(rest, false)).transpose()?.flatten() {
            None => return Ok(None),
            Some((len, _)) => at += len,
        }
    }
    Ok((at <= bytes.len()).then_some((at, false)))
}

#[test]
fn agrees_with_a_naive_reader_on_random_bytes() {
    const PICKS: &[u8] = b"\x00\x01\x18\x19\x20\x40\x41\x42\x58\x5f\x60\x61\x7f\x80\x81\x82\x98\x9f\x9f\
        \xa0\xa1\xa2\xbf\xbf\xc0\xd8\xe0\xf4\xf8\xf9\xff\xff\xff\xff\x1c";
    fn agree(picks: Vec<u8>) {
        let stream: Vec<u8> = picks.iter().map(|pick| PICKS[usize::from(*pick) % PICKS.len()]).collect();
        let said = every_cut(&|| Framed::new(CborItems::new(3000)), &stream).said;
        let mut at = 0;
        for said in said {
            let rest = &stream[at..];
            match (naive(rest, false), said) {
                (Ok(None), Said::End(End::Truncated { had, .. })) => assert_eq!(had, rest.len() as u64),
                (Ok(None), said) => assert_eq!((rest.len(), said), (0, CLEAN)),
                (Err(()), Said::Fatal(kind, position)) => assert_eq!((kind, position), (Kind::Malformed, at as u64)),
                // A length may exceed the limit before the bytes that are malformed come.
                (Ok(Some((len, _))), said) => {
                    assert_eq!(said, packet(&rest[..len]), "at {at} in {stream:02x?}");
                    at += len;
                }
                (Err(()), said) => panic!("{said:?} at {at} in {stream:02x?}"),
            }
        }
    }
    QuickCheck::new().tests(300).rng(Gen::new(20)).quickcheck(agree as fn(Vec<u8>));
}

const MEGABYTE: usize = 1 << 20;

#[test]
fn looks_at_each_byte_once_but_for_heads() {
    let shapes: [(&str, Vec<u8>); 6] = [
        ("nested arrays", [b"\x81".repeat(MEGABYTE), b"\x00".to_vec()].concat()),
        ("nested tags", [b"\xc1".repeat(MEGABYTE / 8), b"\x00".to_vec()].concat()),
        ("an array without end", [b"\x9f".to_vec(), b"\x00".repeat(MEGABYTE / 8)].concat()),
        ("a long string", [b"\x5a\x00\x10\x00\x00".to_vec(), b"\x9f".repeat(MEGABYTE)].concat()),
        ("long heads", b"\x9b\0\0\0\0\0\0\0\x01\x01".repeat(MEGABYTE / 80)),
        ("small items", b"\x82\x01\x61a".repeat(MEGABYTE / 32)),
    ];
    for (shape, stream) in shapes {
        for limit in [MEGABYTE + 16, 100] {
            let walked = walked::byte_by_byte(Walked::new(CborItems::new(limit), 8), &stream);
            assert!(walked <= 10 * stream.len() as u64, "{shape}: {walked} bytes looked at, limit {limit}");
        }
    }
}

#[test]
fn counts_ten_million_levels_on_a_small_stack() {
    on_a_small_stack(ten_million_levels);
}

fn ten_million_levels() {
    for (head, levels) in [(b"\x81", 10_000_000), (b"\xc1", 1_000_000)] {
        let stream = [&head.repeat(levels)[..], b"\x00\x01"].concat();
        let said = trace::trace(Framed::new(CborItems::new(1024)), 4096, stream.chunks(4096), true).said;
        assert_eq!(said, [Said::Reject(Kind::Depth, 0), item("01"), CLEAN]);
    }
    let stream = b"\x9f".repeat(10_000_000);
    let said = trace::trace(Framed::new(CborItems::new(1024)), 4096, stream.chunks(4096), true).said;
    assert_eq!(said, [Said::Fatal(Kind::Depth, 0)]);
}
