use quickcheck::quickcheck;
use wharf::codec::{Field, Layout, LayoutError, Overlay, Value};
use wharf::{Codec, Encode, Endian, Framed, Raw};
use zerocopy::byteorder::little_endian::{F32, I64, U16};
use zerocopy::{Immutable, IntoBytes, KnownLayout, TryFromBytes, Unaligned};

const ALL: [Field; 13] = [
    Field::U8,
    Field::I8,
    Field::U16,
    Field::I16,
    Field::U32,
    Field::I32,
    Field::U64,
    Field::I64,
    Field::F32,
    Field::F64,
    Field::Bool,
    Field::Bytes(3),
    Field::Text(5),
];

const VALUES: [Value<'_>; 13] = [
    Value::U8(200),
    Value::I8(-2),
    Value::U16(0x0102),
    Value::I16(-3),
    Value::U32(0x0102_0304),
    Value::I32(-4),
    Value::U64(0x0102_0304_0506_0708),
    Value::I64(-5),
    Value::F32(1.5),
    Value::F64(-0.25),
    Value::Bool(true),
    Value::Bytes(b"\0\xFFz"),
    Value::Text("grü"),
];

/// As Python's `struct.pack` writes these values: `BbHhIiQqfd?3s5s`.
const BIG: &[u8] = b"\xC8\xFE\x01\x02\xFF\xFD\x01\x02\x03\x04\xFF\xFF\xFF\xFC\x01\x02\x03\x04\x05\x06\x07\x08\
    \xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFB\x3F\xC0\0\0\xBF\xD0\0\0\0\0\0\0\x01\0\xFFzgr\xC3\xBC\0";
const LITTLE: &[u8] = b"\xC8\xFE\x02\x01\xFD\xFF\x04\x03\x02\x01\xFC\xFF\xFF\xFF\x08\x07\x06\x05\x04\x03\x02\x01\
    \xFB\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\0\xC0\x3F\0\0\0\0\0\0\xD0\xBF\x01\0\xFFzgr\xC3\xBC\0";

#[test]
fn reads_and_writes_what_python_does() {
    for (endian, bytes) in [(Endian::Big, BIG), (Endian::Little, LITTLE)] {
        let mut layout = Layout::new(endian, ALL);
        assert_eq!(layout.size(), bytes.len());
        let mut payload = Vec::new();
        layout.encode(&VALUES[..], &mut payload).unwrap();
        assert_eq!(payload, bytes);
        let record = layout.decode(&mut payload).unwrap();
        assert!(record.iter().eq(VALUES));
        assert_eq!(record.get(12), Some(Value::Text("grü")));
        assert_eq!(record.get(13), None);
        assert_eq!(record.as_bytes(), bytes);
    }
}

#[test]
fn a_wrong_value_costs_one_record() {
    let mut layout = Layout::new(Endian::Big, vec![Field::U8, Field::Bool, Field::Text(3)]);
    assert_eq!(layout.decode(&mut [1, 2, 0, 0, 0]).unwrap_err(), LayoutError::Bool { index: 1 });
    let error = layout.decode(&mut [1, 1, b'a', 0xFF, 0]).unwrap_err();
    assert_eq!(error.to_string(), "field 2: text is not UTF-8 at byte 1 of the payload");
    assert_eq!(layout.decode(&mut [1, 1]).unwrap_err(), LayoutError::Length { wanted: 5, had: 2 });
    // A NUL inside belongs to the text; only those at the end fill it up.
    let mut payload = [1, 1, 0, b'a', 0];
    let record = layout.decode(&mut payload).unwrap();
    assert_eq!(record.get(2), Some(Value::Text("\0a")));
    let mut values = record.iter();
    assert_eq!(values.size_hint(), (3, Some(3)));
    values.next();
    assert_eq!(values.size_hint(), (2, Some(2)));
}

#[test]
fn values_that_do_not_fit_are_never_cut_off() {
    let mut layout = Layout::new(Endian::Big, [Field::U8, Field::Text(3), Field::Bytes(2)]);
    let (u8, text, bytes) = (Value::U8(1), Value::Text("abc"), Value::Bytes(b"xy"));
    let rows: [(&[Value<'_>], usize); 7] = [
        (&[u8, text], 2),
        (&[u8, text, bytes, u8], 3),
        (&[Value::I8(1), text, bytes], 0),
        (&[u8, Value::Text("abcd"), bytes], 1),
        (&[u8, Value::Text("ab\0"), bytes], 1),
        (&[u8, text, Value::Bytes(b"x")], 2),
        (&[u8, text, Value::Bytes(b"xyz")], 2),
    ];
    for (values, index) in rows {
        assert_eq!(layout.encode(values, &mut Vec::new()), Err(LayoutError::Value { index }), "{values:?}");
    }
    assert_eq!(layout.encode(&[u8, text, bytes], &mut Vec::new()), Ok(()));
}

#[test]
fn a_layout_without_bytes_has_no_framing() {
    assert!(Layout::new(Endian::Big, [Field::Text(0)]).framing().is_err());
    assert_eq!(Layout::new(Endian::Big, [Field::Bytes(usize::MAX), Field::U8]).size(), usize::MAX);
}

#[derive(TryFromBytes, IntoBytes, KnownLayout, Immutable, Unaligned, Debug, PartialEq)]
#[repr(u8)]
enum Kind {
    Cold = 2,
}

#[derive(TryFromBytes, IntoBytes, KnownLayout, Immutable, Unaligned, Debug, PartialEq)]
#[repr(C)]
struct Reading {
    kind: Kind,
    valid: bool,
    sensor: U16,
    value: F32,
    at: I64,
}

#[test]
fn lays_a_type_over_the_payload_in_place() {
    let reading = Reading { kind: Kind::Cold, valid: true, sensor: 7.into(), value: 1.5.into(), at: I64::new(-2) };
    let mut codec = Overlay::<Reading>::new();
    let mut payload = Vec::new();
    codec.encode(&reading, &mut payload).unwrap();
    let same: [Field; 5] = [Field::U8, Field::Bool, Field::U16, Field::F32, Field::I64];
    let values = [Value::U8(2), Value::Bool(true), Value::U16(7), Value::F32(1.5), Value::I64(-2)];
    let mut written = Vec::new();
    Layout::new(Endian::Little, same).encode(&values[..], &mut written).unwrap();
    assert_eq!(payload, written);

    let at = payload.as_ptr().addr();
    let lent = codec.decode(&mut payload).unwrap();
    assert_eq!(*lent, reading);
    assert_eq!(core::ptr::from_ref(lent).addr(), at, "lent where it lies");
    payload[0] = 3;
    assert_eq!(
        codec.decode(&mut payload).unwrap_err().to_string(),
        "a field of the payload has a value that its type does not"
    );
    assert_eq!(codec.decode(&mut payload[1..]).unwrap_err().to_string(), "payload of 15 bytes where the layout has 16");
}

quickcheck! {
    fn round_trips(number: i32, float: f64, bool: bool, text: String, little: bool) -> bool {
        let endian = if little { Endian::Little } else { Endian::Big };
        let text = text.trim_end_matches('\0');
        let mut layout = Layout::new(endian, vec![Field::I32, Field::F64, Field::Bool, Field::Text(text.len() + 2)]);
        let values = [Value::I32(number), Value::F64(float), Value::Bool(bool), Value::Text(text)];
        let mut payload = Vec::new();
        layout.encode(&values[..], &mut payload).unwrap();
        let record = layout.decode(&mut payload).unwrap();
        record.iter().zip(values).all(|(one, other)| one == other || float.is_nan())
    }

    fn records_are_the_same_at_every_cut(bytes: Vec<u8>) -> bool {
        let layout = Layout::new(Endian::Big, [Field::U16, Field::Bool, Field::U8]);
        let make = || Framed::with_codec(layout.framing().unwrap(), Raw);
        let whole = crate::drive::at_every_cut(make, &bytes);
        whole.len() == bytes.len() / 4 + 1
    }
}
