//! MessagePack objects one after another: where they end, what is refused, and what that costs.

use quickcheck::{Gen, QuickCheck};
use serde::Deserialize;
use serde_json::{Value, json};
use wharf::codec::{Encode, Lend, MessagePack, MessagePackError, MessagePackRef};
use wharf::{Codec, End, Enframe, FrameError, Framed, MessagePackItems};
use wharf_tests::Shown;

use crate::cbor::{bytes, item, there, truncated};
use crate::trace::{self, Kind, Said, check, every_cut, on_a_small_stack, packet};
use crate::walked::{self, Walked};

const CLEAN: Said = Said::End(End::Clean);

#[derive(Deserialize)]
struct Vectors {
    objects: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    format: String,
    hex: String,
    #[serde(default, deserialize_with = "there")]
    json: Option<Value>,
}

fn vectors() -> Vec<Vector> {
    let vectors: Vectors =
        serde_json::from_str(include_str!("../vectors/messagepack.json")).expect("the vectors are JSON");
    vectors.objects
}

/// Objects of at most 16 bytes and 3 levels; 200 bytes are skipped at most.
#[track_caller]
fn raw(hex: &str, expected: &[Said]) {
    let items = || MessagePackItems::<4>::with_levels(16).max_depth(3).expect("3 levels are fewer than 4");
    check(|| Framed::new(items().max_skip(200)), &bytes(hex), expected);
}

#[test]
fn finds_every_format_of_the_specification() {
    let make = || Framed::new(MessagePackItems::new(300));
    let (mut stream, mut expected) = (Vec::new(), Vec::new());
    for Vector { hex, .. } in vectors() {
        check(make, &bytes(&hex), &[item(&hex), CLEAN]);
        stream.extend(bytes(&hex));
        expected.push(item(&hex));
    }
    expected.push(CLEAN);
    assert_eq!(trace::trace(make(), 400, [&stream[..]], true).said, expected);
    assert_eq!(trace::trace(make(), 400, stream.chunks(1), true).said, expected);
}

#[test]
fn reads_every_format_of_the_specification() {
    for Vector { format, hex, json } in vectors() {
        let read = MessagePack::<Shown>::new().decode(&mut bytes(&hex));
        match (json, read) {
            (Some(json), Ok(Shown(read))) => assert_eq!(read, json, "{format}"),
            (None, Ok(_)) => {}
            (_, Err(error)) => panic!("{format}: {error}"),
        }
    }
}

#[test]
fn gives_up_on_the_byte_that_is_never_used() {
    raw("01 c1 02", &[item("01"), Said::Fatal(Kind::Malformed, 1)]);
    raw("01 82 a0 c1", &[item("01"), Said::Fatal(Kind::Malformed, 1)]);
    raw(&format!("dc0020 {} c1", "00".repeat(20)), &[Said::Reject(Kind::Limit, 0), Said::Fatal(Kind::Malformed, 0)]);
}

#[test]
fn says_how_much_is_missing_at_least() {
    raw("cd 00", &[truncated(2, 1)]);
    raw("93 01", &[truncated(2, 2)]);
    raw("81 01", &[truncated(2, 1)]);
    raw("a5 00", &[truncated(2, 4)]);
    raw("92 c7 05", &[truncated(3, 7)]);
    raw("d7", &[truncated(1, 9)]);
}

#[test]
fn accepts_objects_at_the_limit_and_refuses_longer_ones_once() {
    let long = |at| Said::Reject(Kind::Limit, at);
    for (head, count) in [("af", 15), ("9f", 15), ("d90e", 14), ("dc000d", 13), ("c70d05", 13), ("85", 10), ("87", 14)]
    {
        let whole = format!("{head}{}", "00".repeat(count));
        if bytes(&whole).len() <= 16 {
            raw(&format!("{whole}01"), &[item(&whole), item("01"), CLEAN]);
        }
    }
    for (head, count) in [("b0", 16), ("d90f", 15), ("dc000e", 14), ("c70e05", 14), ("88", 16), ("d805", 16)] {
        let whole = format!("{head}{}", "00".repeat(count));
        raw(&format!("01{whole}02"), &[item("01"), long(1), item("02"), CLEAN]);
    }
}

#[test]
fn keeps_what_an_oversize_object_holds_from_being_a_packet() {
    let long = Said::Reject(Kind::Limit, 0);
    raw(&format!("dc0020 {} 02", "91c3".repeat(32)), &[long.clone(), item("02"), CLEAN]);
    raw(
        &format!("9f {} 02", ["8191c3d90101c0".repeat(7), "82a16181c0c0a0c2".to_owned()].concat()),
        &[long, item("02"), CLEAN],
    );
}

#[test]
fn refuses_objects_that_are_too_deep_as_a_whole() {
    let deep = |at| Said::Reject(Kind::Depth, at);
    raw("919191 01 02", &[item("91919101"), item("02"), CLEAN]);
    raw("91919191919191 01 02", &[deep(0), item("02"), CLEAN]);
    raw("01 92 81 01 93 91 91 01 02 03 04 05", &[item("01"), deep(1), item("05"), CLEAN]);
}

#[test]
fn gives_up_on_lengths_beyond_belief() {
    let fatal = |at| Said::Fatal(Kind::Limit, at);
    raw("01 c5 00c5", &[item("01"), Said::Reject(Kind::Limit, 1), truncated(3, 197)]);
    raw("01 c5 00c6", &[item("01"), fatal(1)]);
    for head in ["c6", "c9", "db", "dd", "df"] {
        raw(&format!("{head} ffffffff"), &[fatal(0)]);
    }
}

struct Pairs;

impl Lend for Pairs {
    type Packet<'b> = (&'b str, &'b [u8]);
}

#[test]
fn stays_in_step_when_a_payload_is_refused() {
    let bad = |at| Said::Reject(Kind::Payload, at);
    let make = || Framed::with_codec(MessagePackItems::new(64), MessagePack::<Vec<u8>>::new());
    check(make, &bytes("9101 a161 91cd0100 9102"), &[packet([1]), bad(2), bad(4), packet([2]), CLEAN]);
    let make = || Framed::with_codec(MessagePackItems::new(64), MessagePackRef::<Pairs>::new());
    check(make, &bytes("92 a161 c40107 92 a1ff c400"), &[packet(("a", [7])), bad(6), CLEAN]);
}

#[test]
fn names_what_the_codec_refuses() {
    let read = |hex: &str| MessagePack::<Shown>::new().max_depth(2).decode(&mut bytes(hex));
    assert!(read("9191 01").is_ok());
    let object = |hex| match read(hex) {
        Err(MessagePackError::Object(error)) => error,
        other => panic!("{hex}: {other:?}"),
    };
    assert!(matches!(object("919191 01"), rmp_serde::decode::Error::DepthLimitExceeded));
    assert!(matches!(object("92 01"), rmp_serde::decode::Error::InvalidMarkerRead(_)));
    for trailing in ["c0 01", "c0 c0", "9101 a0", "01 c1"] {
        assert!(matches!(read(trailing), Err(MessagePackError::TrailingBytes)), "{trailing}");
    }
}

#[test]
fn reads_no_deeper_than_the_stack_is_long_behind_any_framing() {
    let read = MessagePack::<Shown>::new().decode(&mut b"\x91".repeat(1_000_000));
    assert!(matches!(read, Err(MessagePackError::Object(rmp_serde::decode::Error::DepthLimitExceeded))));
}

#[test]
fn checks_what_is_sent() {
    let items = MessagePackItems::<2>::with_levels(8);
    let head = |hex: &str| items.head(&bytes(hex), &mut []);
    for hex in ["00", "9101", "a7 00000000000000"] {
        assert_eq!(head(hex), Ok(0), "{hex}");
    }
    let one = FrameError::Malformed { expected: "exactly one MessagePack object" };
    for (hex, error) in [
        ("", one),
        ("0000", one),
        ("91", one),
        ("a8 0000000000000000", FrameError::LimitExceeded { limit: 8, needed: Some(9) }),
        ("91919100", FrameError::DepthExceeded { limit: 2 }),
        ("c1", FrameError::Malformed { expected: "a format byte other than c1" }),
    ] {
        assert_eq!(head(hex), Err(error), "{hex}");
    }
}

#[test]
fn has_no_room_for_more_levels_than_its_type_says() {
    assert!(MessagePackItems::<4>::with_levels(16).max_depth(4).is_ok());
    assert!(MessagePackItems::<4>::with_levels(16).max_depth(5).is_err());
}

#[test]
fn writes_structs_as_maps() {
    #[derive(serde::Serialize)]
    struct Message {
        compact: bool,
        schema: u8,
    }
    let mut payload = b"kept".to_vec();
    let message = Message { compact: true, schema: 0 };
    MessagePack::new().encode(&message, &mut payload).expect("a struct can be written");
    assert_eq!(payload[4..], bytes("82a7636f6d70616374c3a6736368656d6100"));
    let Ok(read) = MessagePack::<Value>::new().decode(&mut payload[4..]) else { panic!("it reads what it writes") };
    assert_eq!(read, json!({"compact": true, "schema": 0}));
}

/// The length of the first object by the table of the specification; `None` if it is too short.
fn naive(bytes: &[u8]) -> Result<Option<usize>, ()> {
    let Some(&first) = bytes.first() else { return Ok(None) };
    let number = |width: usize| {
        bytes.get(1..1 + width).map(|field| field.iter().fold(0, |number, byte| number << 8 | usize::from(*byte)))
    };
    let sized = |width, extra| number(width).map(|len| (1 + width + extra + len, 0));
    let counted = |width, each: usize| number(width).map(|count| (1 + width, each * count));
    let found = match first {
        0x80..=0x8f => Some((1, 2 * usize::from(first - 0x80))),
        0x90..=0x9f => Some((1, usize::from(first - 0x90))),
        0xa0..=0xbf => Some((1 + usize::from(first - 0xa0), 0)),
        0xc1 => return Err(()),
        0xc4 | 0xd9 => sized(1, 0),
        0xc5 | 0xda => sized(2, 0),
        0xc6 | 0xdb => sized(4, 0),
        0xc7 => sized(1, 1),
        0xc8 => sized(2, 1),
        0xc9 => sized(4, 1),
        0xcc | 0xd0 => Some((2, 0)),
        0xcd | 0xd1 | 0xd4 => Some((3, 0)),
        0xca | 0xce | 0xd2 => Some((5, 0)),
        0xcb | 0xcf | 0xd3 => Some((9, 0)),
        0xd5 => Some((4, 0)),
        0xd6 => Some((6, 0)),
        0xd7 => Some((10, 0)),
        0xd8 => Some((18, 0)),
        0xdc => counted(2, 1),
        0xdd => counted(4, 1),
        0xde => counted(2, 2),
        0xdf => counted(4, 2),
        _ => Some((1, 0)),
    };
    let Some((mut at, items)) = found else { return Ok(None) };
    for _ in 0..items {
        match bytes.get(at..).map(naive).transpose()?.flatten() {
            None => return Ok(None),
            Some(len) => at += len,
        }
    }
    Ok((at <= bytes.len()).then_some(at))
}

#[test]
fn agrees_with_a_naive_reader_on_random_bytes() {
    // Counts and lengths of 4 bytes are made short by the zeros that follow them.
    const PICKS: &[&[u8]] = &[
        b"\x00",
        b"\x7f",
        b"\x80",
        b"\x81",
        b"\x82",
        b"\x90",
        b"\x91",
        b"\x93",
        b"\xa0",
        b"\xa3",
        b"\xc0",
        b"\xc2",
        b"\xc4",
        b"\xc5\0",
        b"\xc6\0\0\0",
        b"\xc7",
        b"\xc8\0",
        b"\xc9\0\0\0",
        b"\xca",
        b"\xcb",
        b"\xcc",
        b"\xcd",
        b"\xd0",
        b"\xd3",
        b"\xd4",
        b"\xd5",
        b"\xd6",
        b"\xd9",
        b"\xda\0",
        b"\xdb\0\0\0",
        b"\xdc\0",
        b"\xdd\0\0\0",
        b"\xde\0",
        b"\xdf\0\0\0",
        b"\xe0",
        b"\xff",
        b"\xc1",
    ];
    fn agree(picks: Vec<u8>) {
        let stream: Vec<u8> = picks.iter().flat_map(|pick| PICKS[usize::from(*pick) % PICKS.len()]).copied().collect();
        let said = every_cut(&|| Framed::new(MessagePackItems::new(4500)), &stream).said;
        let mut at = 0;
        for said in said {
            let rest = &stream[at..];
            match (naive(rest), said) {
                (Ok(None), Said::End(End::Truncated { had, .. })) => assert_eq!(had, rest.len() as u64),
                (Ok(None), said) => assert_eq!((rest.len(), said), (0, CLEAN)),
                (Err(()), said) => assert_eq!(said, Said::Fatal(Kind::Malformed, at as u64)),
                (Ok(Some(len)), said) => {
                    assert_eq!(said, packet(&rest[..len]), "at {at} in {stream:02x?}");
                    at += len;
                }
            }
        }
    }
    QuickCheck::new().tests(300).rng(Gen::new(16)).quickcheck(agree as fn(Vec<u8>));
}

#[test]
fn finds_the_objects_that_rmp_serde_writes() {
    fn agree(values: Vec<crate::json::Arbitrary>) {
        let (mut stream, mut expected) = (Vec::new(), Vec::new());
        for crate::json::Arbitrary(value) in values {
            stream.extend(rmp_serde::to_vec_named(&value).expect("a value can be written"));
            expected.push(packet(Shown(value)));
        }
        expected.push(CLEAN);
        let make = || Framed::with_codec(MessagePackItems::new(stream.len()), MessagePack::<Shown>::new());
        for size in [1, 7, 1000] {
            assert_eq!(trace::trace(make(), stream.len() + 9, stream.chunks(size), true).said, expected);
        }
    }
    QuickCheck::new().tests(300).rng(Gen::new(16)).quickcheck(agree as fn(Vec<crate::json::Arbitrary>));
}

const MEGABYTE: usize = 1 << 20;

#[test]
fn looks_at_each_byte_once_but_for_heads() {
    let shapes: [(&str, Vec<u8>); 5] = [
        ("nested arrays", [b"\x91".repeat(MEGABYTE), b"\x00".to_vec()].concat()),
        ("nested maps", [b"\x81\x00".repeat(MEGABYTE / 16), b"\x00".to_vec()].concat()),
        ("a long string", [b"\xdb\x00\x10\x00\x00".to_vec(), b"\x91".repeat(MEGABYTE)].concat()),
        ("long heads", b"\xdd\0\0\0\x01\x01".repeat(MEGABYTE / 48)),
        ("small objects", b"\x92\x01\xa1a".repeat(MEGABYTE / 32)),
    ];
    for (shape, stream) in shapes {
        for limit in [MEGABYTE + 16, 100] {
            let walked = walked::byte_by_byte(Walked::new(MessagePackItems::new(limit), 4), &stream);
            assert!(walked <= 6 * stream.len() as u64, "{shape}: {walked} bytes looked at, limit {limit}");
        }
    }
}

#[test]
fn counts_ten_million_levels_on_a_small_stack() {
    on_a_small_stack(ten_million_levels);
}

fn ten_million_levels() {
    let stream = [&b"\x91".repeat(10_000_000)[..], b"\x00\x01"].concat();
    let said = trace::trace(Framed::new(MessagePackItems::new(1024)), 4096, stream.chunks(4096), true).said;
    assert_eq!(said, [Said::Reject(Kind::Depth, 0), item("01"), CLEAN]);
}
