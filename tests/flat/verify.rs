//! One broken packet for each fault, told with table, field and byte.
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::std_instead_of_core,
    unnameable_types,
    unreachable_pub,
    reason = "a test"
)]

use wharf::flat::{
    Error, Fault, Frame, Greedy, GreedyMutable, Lazy, Limits, Nested, Struct, Table, Union, WriteError, read, to_vec,
    verify, verify_with,
};

#[derive(Struct, Clone, Copy, Debug, PartialEq)]
struct Pair {
    wide: u64,
    narrow: u8,
}

#[derive(Table, Clone, Debug, PartialEq, Default)]
struct Leaf {
    size: u32,
}

#[derive(Union, Clone, Debug, PartialEq)]
enum Any {
    Leaf(Leaf),
    Text(String),
    #[flat(unknown)]
    Unknown(u8),
}

#[derive(Union, Clone, Debug, PartialEq)]
enum Last {
    Pair(Pair),
    #[flat(unknown)]
    Unknown(u8),
}

#[derive(Table, Clone, Debug, PartialEq)]
struct Strict {
    #[flat(required)]
    text: String,
    #[flat(union, required)]
    last: Last,
}

#[derive(Table, Clone, Debug, PartialEq, Default)]
struct Root {
    text: Option<String>,
    pair: Option<Pair>,
    leaf: Option<Leaf>,
    #[flat(union)]
    any: Option<Any>,
    #[flat(union)]
    many: Option<Vec<Any>>,
    nested: Option<Nested<Leaf>>,
    leaves: Option<Vec<Leaf>>,
}

/// A packet by hand: root offset, the root table with these slots, its fields, then the rest.
///
/// ```text
/// 0 root offset   4 vtable (4 + 2 * 9)   26 padding   28 soffset   32 fields ...
/// ```
fn packet(slots: [u16; 9], rest: &[u8]) -> Vec<u8> {
    let mut bytes = vec![28, 0, 0, 0];
    bytes.extend(22_u16.to_le_bytes());
    bytes.extend(u16::try_from(4 + rest.len().min(60)).unwrap().to_le_bytes());
    bytes.extend(slots.iter().flat_map(|slot| slot.to_le_bytes()));
    bytes.extend([0, 0]);
    bytes.extend(24_i32.to_le_bytes());
    bytes.extend(rest);
    bytes
}

#[track_caller]
fn check(bytes: &[u8], limits: &Limits, error: Error, field: &str, offset: usize) {
    let fault = verify_with::<Root>(bytes, Frame::Plain, limits).unwrap_err();
    let Fault { error: got, field: got_field, offset: got_offset, .. } = fault;
    assert_eq!((got, got_field, got_offset), (error, field, offset), "{fault}");
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

#[test]
fn tells_each_fault() {
    let (lenient, strict) = (Limits::default(), Limits::strict());
    let text = |rest: &[u8]| packet([4, 0, 0, 0, 0, 0, 0, 0, 0], rest);
    check(&text(&words(&[0])), &lenient, Error::NullOffset, "text", 32);
    check(&text(&words(&[400])), &lenient, Error::OutOfBounds, "text", 432);
    check(&text(&words(&[4, 9])), &lenient, Error::OutOfBounds, "text", 36);
    check(&text(&words(&[4, 1, 0xff])), &lenient, Error::Utf8, "text", 36);
    check(&text(&words(&[4, 4, 0x6161_6161])), &lenient, Error::Unterminated, "text", 44);
    let mut open = lenient;
    open.terminated = false;
    verify_with::<Root>(&text(&words(&[4, 4, 0x6161_6161])), Frame::Plain, &open).unwrap();

    // A struct whose last padding is missing: fine, unless strict.
    let pair = packet([0, 4, 0, 0, 0, 0, 0, 0, 0], &[1, 0, 0, 0, 0, 0, 0, 0, 9]);
    verify_with::<Root>(&pair, Frame::Plain, &lenient).unwrap();
    assert_eq!(read::<Root, Lazy>(&pair).unwrap().pair().unwrap(), Some(Pair { wide: 1, narrow: 9 }));
    let mut size = strict;
    size.alignment = false;
    check(&pair, &size, Error::Vtable, "", 32);
    check(&packet([0, 4, 0, 0, 0, 0, 0, 0, 0], &[1; 8]), &lenient, Error::OutOfBounds, "pair", 32);
    let mut shifted = packet([0, 4, 0, 0, 0, 0, 0, 0, 0], &[1; 16]);
    verify_with::<Root>(&shifted, Frame::Plain, &strict).unwrap();
    shifted[4 + 4 + 2] = 5;
    shifted.push(0);
    let mut aligned = lenient;
    aligned.alignment = true;
    check(&shifted, &aligned, Error::Alignment, "pair", 33);
    let mut moved = packet([0, 4, 0, 0, 0, 0, 0, 0, 0], &[1; 16]);
    moved[0] += 1;
    moved.insert(4, 0);
    verify_with::<Root>(&moved, Frame::Plain, &lenient).unwrap();
    check(&moved, &strict, Error::Alignment, "", 29);

    // A table that is said to end before its head, or one byte behind the packet.
    for size in [3, 5] {
        let mut sized = packet([0; 9], &[]);
        sized[6] = size;
        verify_with::<Root>(&sized, Frame::Plain, &lenient).unwrap();
        check(&sized, &strict, Error::Vtable, "", 28);
    }

    // Unions: a type without a value, a value without a type, an unknown type.
    let mut any = lenient;
    check(&packet([0, 0, 0, 4, 0, 0, 0, 0, 0], &[1]), &any, Error::Union, "any", 28);
    let untyped = packet([0, 0, 0, 0, 4, 0, 0, 0, 0], &words(&[4, 4]));
    verify_with::<Root>(&untyped, Frame::Plain, &any).unwrap();
    assert!(read::<Root, Lazy>(&untyped).unwrap().any().unwrap().is_none());
    any.strict = true;
    check(&untyped, &any, Error::Union, "any", 32);
    let unknown = packet([0, 0, 0, 8, 4, 0, 0, 0, 0], &words(&[4, 9]));
    verify_with::<Root>(&unknown, Frame::Plain, &lenient).unwrap();
    let view = read::<Root, Lazy>(&unknown).unwrap();
    assert!(matches!(*view.any().unwrap().unwrap(), AnyView::Unknown(9)));
    check(&unknown, &any, Error::UnknownTag, "any", 32);
    check(&packet([0, 0, 0, 0, 0, 4, 0, 0, 0], &words(&[4, 0])), &lenient, Error::Union, "many", 32);
    let counts = packet([0, 0, 0, 0, 0, 4, 8, 0, 0], &words(&[8, 12, 1, 1, 0]));
    check(&counts, &lenient, Error::UnionCount, "many", 32);

    // Vectors and nested buffers.
    check(&packet([0, 0, 0, 0, 0, 0, 0, 0, 4], &words(&[4, u32::MAX])), &lenient, Error::OutOfBounds, "leaves", 32);
    check(&packet([0, 0, 0, 0, 0, 0, 0, 0, 4], &words(&[4, 1, 0])), &lenient, Error::NullOffset, "leaves", 40);
    let nested = packet([0, 0, 0, 0, 0, 0, 0, 4, 0], &words(&[4, 8, 4, 0x7fff_ffff]));
    let fault = verify::<Root>(&nested).unwrap_err();
    assert_eq!(fault.to_string(), "bytes end inside a value in table Leaf at byte 44");

    // The root itself.
    check(&[], &lenient, Error::OutOfBounds, "", 0);
    check(&[0, 0, 0, 0], &lenient, Error::NullOffset, "", 0);
    let mut odd = packet([0; 9], &[]);
    odd[4] = 5;
    check(&odd, &lenient, Error::Vtable, "", 28);
    odd[4] = 2;
    check(&odd, &lenient, Error::Vtable, "", 28);
}

#[test]
fn verifies_what_it_writes_strictly() {
    let root = Root {
        text: Some("text".into()),
        pair: Some(Pair { wide: 1, narrow: 2 }),
        leaf: Some(Leaf { size: 3 }),
        any: Some(Any::Text("any".into())),
        many: Some(vec![Any::Leaf(Leaf { size: 4 }), Any::Text(String::new())]),
        nested: Some(Nested::new(&Leaf { size: 5 }).unwrap()),
        leaves: Some(vec![Leaf { size: 0 }; 3]),
    };
    verify_with::<Root>(&to_vec(&root).unwrap(), Frame::Plain, &Limits::strict()).unwrap();
    let unknown = Root { any: Some(Any::Unknown(9)), ..Root::default() };
    assert_eq!(to_vec(&unknown), Err(WriteError::UnknownTag(9)));
}

#[test]
fn a_prefix_is_held_against_the_length() {
    let fault = verify_with::<Root>(&[9, 0, 0, 0, 1], Frame::Prefixed, &Limits::default()).unwrap_err();
    assert_eq!(fault.to_string(), "size prefix does not match the bytes at byte 0");
}

#[test]
fn asks_for_what_is_required() {
    let fault = verify::<Strict>(&packet([0; 9], &[])).unwrap_err();
    assert_eq!(fault.to_string(), "required field is absent in Strict.text at byte 28");
    assert_eq!(read::<Strict, Lazy>(&packet([0; 9], &[])).unwrap().text(), Err(Error::Missing));
    assert_eq!(read::<Strict, Greedy>(&packet([0; 9], &[])), Err(Error::Missing));
}

#[test]
fn writes_what_is_required() {
    for text in ["", "text"] {
        let value = Strict { text: text.into(), last: Last::Pair(Pair { wide: 1, narrow: 9 }) };
        let bytes = to_vec(&value).unwrap();
        verify_with::<Strict>(&bytes, Frame::Plain, &Limits::strict()).unwrap();
        assert_eq!(read::<Strict, GreedyMutable>(&bytes), Ok(value));
    }
    for unknown in [0, 9] {
        let value = Strict { text: "text".into(), last: Last::Unknown(unknown) };
        assert_eq!(to_vec(&value), Err(WriteError::UnknownTag(unknown)));
    }
}

#[test]
fn a_struct_at_the_end_may_lack_its_padding_unless_strict() {
    // Fields: text, tag, value; the string, then the struct without the seven bytes behind `narrow`.
    let mut rest = words(&[12, 1, 12, 0]);
    rest.extend(words(&[0]));
    rest.extend([1, 0, 0, 0, 0, 0, 0, 0, 9]);
    let bytes = packet([4, 8, 12, 0, 0, 0, 0, 0, 0], &rest);
    let value = Strict { text: String::new(), last: Last::Pair(Pair { wide: 1, narrow: 9 }) };
    assert_eq!(read::<Strict, GreedyMutable>(&bytes), Ok(value));
    let mut limits = Limits::default();
    verify_with::<Strict>(&bytes, Frame::Plain, &limits).unwrap();
    limits.strict = true;
    let fault = verify_with::<Strict>(&bytes, Frame::Plain, &limits).unwrap_err();
    assert_eq!((fault.error, fault.field), (Error::Padding, "last"));
}

#[test]
fn errors_read_as_sentences() {
    for error in [
        Error::OutOfBounds,
        Error::Vtable,
        Error::NullOffset,
        Error::Missing,
        Error::Utf8,
        Error::Unterminated,
        Error::Union,
        Error::UnionCount,
        Error::UnknownTag,
        Error::Padding,
        Error::Alignment,
        Error::Depth,
        Error::Work,
        Error::Prefix,
        Error::Identifier,
        Error::Absent,
    ] {
        let text = error.to_string();
        assert!(text.starts_with(char::is_lowercase) && !text.ends_with('.'), "{text}");
    }
    assert_eq!(size_of::<Error>(), 1);
    assert_eq!(size_of::<Result<f64, Error>>(), 8 + align_of::<f64>());
}
