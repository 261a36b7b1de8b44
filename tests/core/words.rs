//! What errors say, and what a look at a value prints: where, how much, and none of the bytes.
#![allow(clippy::unwrap_used, missing_docs, unnameable_types, reason = "a test")]

use std::error::Error as _;
use std::fmt::{Debug, Display};
use std::marker::PhantomData;

use wharf::authored::{At, Failure};
use wharf::codec::{
    Base64, Bzip2, Cbor, CborError, ConvertError, Edit, Json, JsonRef, Layout, LayoutError, Lend, Map, MessagePack,
    MessagePackError, MessagePackRef, Overlay, Raw, Utf8, WrapError, Zlib,
};
use wharf::flat::{self, FlatCodec, FlatEdit, Lazy};
use wharf::incremental::{Chunk, Chunked};
use wharf::send::{SendError, SerializeError};
use wharf::storage::{Exhausted, Pool, Storage};
use wharf::{
    Codec, ConfigError, DatagramError, Encode, End, Endian, Error, ErrorKind, Event, FrameError, Framed, Lines,
    PollError, Receiver,
};

#[derive(Debug, Clone, PartialEq, Eq)]
struct Refused;

impl Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("refused")
    }
}

impl std::error::Error for Refused {}

/// The error of a pool that is empty.
fn exhausted() -> Exhausted {
    let pool = Pool::new(16, 0);
    pool.lease().acquire().unwrap_err()
}

/// Each says its words, alone and as any error, and brings no source that repeats them.
#[track_caller]
fn check<E: std::error::Error + 'static>(error: E, words: &str) {
    assert_eq!(error.to_string(), words);
    let any: Box<dyn std::error::Error> = Box::new(error);
    assert_eq!(any.to_string(), words);
    assert!(!words.ends_with('.'), "no full stop");
}

#[test]
fn errors_of_framings_say_what_where_and_how_much() {
    let limit = FrameError::LimitExceeded { limit: 8, needed: None };
    check(limit, "packet exceeds the limit of 8 bytes");
    check(FrameError::LimitExceeded { limit: 8, needed: Some(9) }, "packet of 9 bytes exceeds the limit of 8");
    check(FrameError::DepthExceeded { limit: 3 }, "packet exceeds the limit of 3 levels");
    check(FrameError::Malformed { expected: "a digit" }, "malformed packet: expected a digit");
    let framing: Error<Refused> = Error::new(ErrorKind::Frame(limit), 12);
    check(framing.clone(), "packet exceeds the limit of 8 bytes at byte 12");
    check(PollError::Reject(framing.clone()), "packet refused: packet exceeds the limit of 8 bytes at byte 12");
    check(PollError::Fatal(framing), "stream out of step: packet exceeds the limit of 8 bytes at byte 12");
    check(PollError::<Error>::Exhausted(exhausted()), "all buffers of the pool are in use");
    check(exhausted(), "all buffers of the pool are in use");
    check(ConfigError::Exhausted(exhausted()), "all buffers of the pool are in use");
    check(ConfigError::BufferTooSmall { needed: 9, had: 8 }, "buffer of 8 bytes cannot hold a packet of 9");
    check(ConfigError::Invalid { option: "align", expected: "a power of two" }, "align must be a power of two");
    check(
        DatagramError::<Refused>::Missing { had: 3, missing: 2 },
        "datagram of 3 bytes is short of a packet by at least 2",
    );
    check(DatagramError::<Refused>::Extra { extra: 4 }, "datagram has 4 bytes behind its packet");
    check(DatagramError::Refused(Refused), "refused");
}

#[test]
fn errors_of_codecs_say_what_where_and_how_much() {
    let payload = Error::new(ErrorKind::Payload(Refused), 7);
    check(payload.clone(), "refused at byte 7");
    let length = payload.map_payload(|error| LayoutError::Length { wanted: error.to_string().len(), had: 3 });
    check(length, "payload of 3 bytes where the layout has 7 at byte 7");
    let frame: Error<Refused> = Error::new(ErrorKind::Frame(FrameError::DepthExceeded { limit: 1 }), 5);
    check(frame.map_payload(|_| exhausted()), "packet exceeds the limit of 1 levels at byte 5");
    check(LayoutError::Bool { index: 2 }, "field 2 is neither true nor false");
    check(LayoutError::Value { index: 1 }, "field 1 cannot hold its value");
    check(
        WrapError::<Refused>::Malformed { expected: "a zero", offset: 4 },
        "malformed payload: expected a zero at byte 4 of it",
    );
    check(WrapError::<Refused>::LimitExceeded { limit: 64 }, "unwrapped payload exceeds the limit of 64 bytes");
    check(WrapError::<Refused>::Checksum, "checksum is not that of the payload");
    check(WrapError::Inner(Refused), "refused");
    check(ConvertError::<_, Refused>::Codec(exhausted()), "all buffers of the pool are in use");
    check(ConvertError::<Exhausted, _>::Converter(Refused), "refused");
    check(CborError::Truncated, "CBOR item ends early");
    check(CborError::Syntax { offset: 2 }, "malformed CBOR at byte 2 of the payload");
    check(CborError::Type { message: "a map".into() }, "CBOR item of another type: a map");
    check(CborError::DepthExceeded { limit: 9 }, "CBOR item exceeds the limit of 9 levels");
    check(CborError::Unwritable { message: "no".into() }, "value can't be written as CBOR: no");
    check(MessagePackError::TrailingBytes, "bytes behind the MessagePack object");
    let error = Utf8::read(b"abc\xff").unwrap_err();
    assert_eq!((error.encoding(), error.offset()), ("UTF-8", 3));
    check(error, "text is not UTF-8 at byte 3 of the payload");
}

#[test]
fn an_error_of_another_crate_is_the_source_and_is_said() {
    let error = MessagePack::<u8>::new().decode(&mut [0xc0]).unwrap_err();
    assert!(error.to_string().starts_with("MessagePack object of another type: "), "{error}");
    assert!(error.source().is_some());
    assert!(MessagePackError::TrailingBytes.source().is_none());
}

#[test]
fn a_value_that_cannot_be_written_says_why() {
    struct Unwritable;

    impl serde::Serialize for Unwritable {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("out of ink"))
        }
    }

    let mut written = Vec::new();
    let error = Cbor::<Unwritable>::new().encode(&Unwritable, &mut written).unwrap_err();
    assert_eq!(error, CborError::Unwritable { message: "out of ink".into() });
}

#[test]
fn errors_of_the_sending_side_say_what_and_how_much() {
    check(SendError::<Refused>::Full { queued: 5, limit: 6 }, "send queue is full: 5 bytes of 6");
    check(SendError::Refused(Refused), "packet not sent: refused");
    check(SerializeError::Payload(Refused), "refused");
    let frame = FrameError::LimitExceeded { limit: 1, needed: Some(2) };
    check(SerializeError::<Refused>::Frame(frame), "packet of 2 bytes exceeds the limit of 1");
    check(flat::WriteError::BufferTooSmall { needed: 40 }, "buffer too small: 40 bytes are enough");
    check(flat::WriteError::TooLarge, "packet exceeds 2147483647 bytes");
    check(flat::WriteError::UnknownTag(9), "union of unknown type 9 can't be written");
}

#[test]
fn errors_of_deserializers_as_async_fns_say_what_went_wrong() {
    check(Failure::Refused(Refused), "refused");
    let position = Failure::<Refused>::Position { at: At::Offset(9), len: 8 };
    check(position, "write position 9 is outside the buffer of 8 bytes");
    let position = Failure::<Refused>::Position { at: At::FromEnd(9), len: 8 };
    check(position, "write position -9 is outside the buffer of 8 bytes");
    let position = Failure::<Refused>::Position { at: At::Start, len: 0 };
    check(position, "write position 0 is outside the buffer of 0 bytes");
    check(Failure::<Refused>::NoProgress, "deserializer ended without consuming a byte");
    check(Failure::<Refused>::ForeignAwait, "deserializer awaits something other than received bytes");
    let remainder = Failure::<Refused>::Remainder { start: 2, end: 9, len: 8 };
    check(remainder, "remainder 2..9 is outside the buffer of 8 bytes");
    check(Failure::<Refused>::Panicked, "deserializer panicked");
    check(Failure::<Refused>::BufferLost, "deserializer kept the buffer");
}

struct Key;

impl Lend for Key {
    type Packet<'b> = &'b str;
}

/// Codecs of types that can be neither cloned nor printed can be, for they hold no value of the type.
#[track_caller]
fn check_codec<C: Clone + Debug + Default>(codec: C, printed: &str) {
    let copy = codec.clone();
    assert_eq!(format!("{codec:?} {copy:?}"), format!("{printed} {printed}"));
    assert!(!format!("{:?}", C::default()).is_empty());
}

#[test]
fn codecs_are_cloned_and_printed_whatever_their_type() {
    struct Opaque;
    check_codec(Json::<Opaque>::new(), "Json");
    check_codec(JsonRef::<Key>::new(), "JsonRef");
    check_codec(Cbor::<Opaque>::new().max_depth(3), "Cbor { max_depth: 3, .. }");
    check_codec(MessagePack::<Opaque>::new().max_depth(4), "MessagePack { max_depth: 4, .. }");
    check_codec(MessagePackRef::<Key>::new().max_depth(5), "MessagePackRef { max_depth: 5, .. }");
    check_codec(Overlay::<Opaque>::new(), "Overlay");
    let layout = Layout::new(Endian::Big, [wharf::codec::Field::U8]);
    assert_eq!(format!("{:?}", layout.clone()), format!("{layout:?}"));
    let map = Map::new(Base64::standard(Raw), |_: &[u8]| PhantomData::<Opaque>);
    assert_eq!(format!("{map:?}"), format!("Map {{ codec: {:?}, .. }}", Base64::standard(Raw)));
    assert!(format!("{:?}", Zlib::new(9, Raw)).contains("ZlibFormat"));
    assert!(format!("{:?}", Bzip2::new(9, Raw)).contains("Bzip2Format"));
    let flat = FlatCodec::<Opaque, Lazy>::default();
    assert_eq!(format!("{flat:?}"), format!("FlatCodec {{ limits: {:?}, .. }}", flat::Limits::default()));
    assert!(format!("{:?}", FlatEdit::<u8>::default()).starts_with("FlatEdit"));
}

#[test]
fn default_codecs_are_the_new_ones() {
    assert_eq!(Cbor::<u8>::default().decode(&mut [24, 200]), Ok(200));
    assert_eq!(Json::<u8>::default().decode(&mut b"7".to_vec()).unwrap(), 7);
    assert_eq!(JsonRef::<Key>::default().decode(&mut b"\"a\"".to_vec()).unwrap(), "a");
    assert_eq!(MessagePack::<u8>::default().decode(&mut [7]).unwrap(), 7);
    assert_eq!(MessagePackRef::<Key>::default().decode(&mut [0xa1, b'a']).unwrap(), "a");
    assert_eq!(*Overlay::<u8>::default().decode(&mut [9]).unwrap(), 9);
}

#[test]
fn depth_that_a_codec_allows_goes_with_its_clone() {
    let shallow = MessagePackRef::<Nested>::new().max_depth(2);
    let deep = MessagePackRef::<Nested>::new();
    for (codec, reads) in [(&shallow, false), (&deep, true)] {
        assert_eq!(codec.clone().decode(&mut [0x91, 0x91, 0x91, 0xc0]).is_ok(), reads);
    }
    let shallow = MessagePack::<Vec<Vec<Vec<()>>>>::new().max_depth(2);
    let deep = MessagePack::<Vec<Vec<Vec<()>>>>::new();
    for (codec, reads) in [(&shallow, false), (&deep, true)] {
        assert_eq!(codec.clone().decode(&mut [0x91, 0x91, 0x91, 0xc0]).is_ok(), reads);
    }
}

struct Nested;

impl Lend for Nested {
    type Packet<'b> = Vec<Vec<Vec<()>>>;
}

#[test]
fn a_payload_that_is_edited_is_the_payload_itself() {
    let mut payload = *b"abc";
    Edit.decode(&mut payload).unwrap()[1] = b'-';
    assert_eq!(&payload, b"a-c");
    let mut written = b"head ".to_vec();
    Raw.encode("body", &mut written).unwrap();
    assert_eq!(written, b"head body");
}

#[test]
fn events_print_packets_and_no_buffer() {
    let mut receiver = Receiver::new(Framed::new(Lines::new(8)), [b'#'; 16]).unwrap();
    let Ok(event @ Event::Receive(_)) = receiver.poll() else { panic!("no window") };
    assert_eq!(format!("{event:?}"), "Receive(..)");
    assert_eq!(receiver.feed(b"a\n").unwrap(), 2);
    assert_eq!(format!("{:?}", receiver.poll().unwrap()), "Packet([97])");
    receiver.finish().unwrap();
    assert_eq!(format!("{:?}", receiver.poll().unwrap()), "End(Clean)");

    let mut chunked = Chunked::new(Framed::new(Lines::new(8)), [b'#'; 16]).unwrap();
    let mut bytes = &b"a\n"[..];
    assert_eq!(format!("{:?}", chunked.next(&mut bytes).unwrap()), "Packet([97])");
    assert_eq!(format!("{:?}", chunked.next(&mut bytes).unwrap()), "More");
    chunked.finish().unwrap();
    let end: Chunk<'_, _> = chunked.next(&mut bytes).unwrap();
    assert_eq!(format!("{end:?}"), format!("End({:?})", End::Clean));
}

#[test]
fn pools_and_leases_print_how_much_and_no_bytes() {
    let pool = Pool::new(16, 2);
    let mut lease = pool.lease();
    assert_eq!(lease.pool().buffer_len(), 16);
    assert_eq!(format!("{lease:?}"), "Lease { held: 0, .. }");
    lease.acquire().unwrap();
    assert_eq!(format!("{lease:?}"), "Lease { held: 16, .. }");
    assert_eq!(format!("{pool:?}"), "Pool { buffer_len: 16, max: 2, in_use: 1, .. }");
    lease.rest(2..5);
    assert_eq!(format!("{lease:?}"), "Lease { held: 3, .. }");
    assert_eq!(format!("{pool:?}"), "Pool { buffer_len: 16, max: 2, in_use: 0, .. }");

    let pool = Pool::new(1024, 1);
    let mut lease = pool.lease();
    lease.acquire().unwrap();
    lease.park(100..900);
    assert_eq!(format!("{lease:?}"), "Lease { held: 800, .. }");
    assert_eq!(pool.in_use(), 0, "parked bytes are kept elsewhere");
}
