//! What the sending side of each format writes, its receiving side reads.

use quickcheck::{Gen, QuickCheck};
use serde_json::Value;
use wharf::codec::{Cbor, Encode, Json, MessagePack};
use wharf::send::{Framer, SendError, Sender};
use wharf::{CborItems, Codec, Deserializer, End, Enframe, Framed, Framing, JsonDocuments, MessagePackItems};

use crate::json::Arbitrary;
use crate::trace::{Said, packet, trace};

/// Whether all values arrive that were sent in a row.
fn arrive<F, C>(make: impl Fn() -> F, codec: impl Fn() -> C, values: &[Arbitrary]) -> bool
where
    F: Framing + Enframe + Clone + 'static,
    C: Encode<Value> + for<'b> Codec<Packet<'b> = Value, Error: core::fmt::Debug> + Clone + 'static,
    <C as Encode<Value>>::Error: core::fmt::Debug,
{
    let mut sender = Sender::new(Framer::with_codec(make(), codec()), usize::MAX);
    let mut expected = Vec::new();
    for Arbitrary(value) in values {
        sender.enqueue(value).expect("there is room for it");
        expected.push(packet(value));
    }
    expected.push(Said::End(End::Clean));
    let sent: Vec<u8> = sender.chunks().flatten().copied().collect();
    let framed = Framed::with_codec(make(), codec());
    let len = framed.buffer_len(0);
    trace(framed, len, sent.chunks(501), true).said == expected
}

fn for_random_values(arrive: fn(Vec<Arbitrary>) -> bool) {
    QuickCheck::new().tests(100).rng(Gen::new(16)).quickcheck(arrive);
}

#[test]
fn sends_json_that_it_receives() {
    for_random_values(|values| arrive(|| JsonDocuments::new(1 << 16), Json::new, &values));
}

#[test]
fn sends_cbor_that_it_receives() {
    for_random_values(|values| arrive(|| CborItems::new(1 << 16), Cbor::new, &values));
}

#[test]
fn sends_messagepack_that_it_receives() {
    for_random_values(|values| arrive(|| MessagePackItems::new(1 << 16), MessagePack::new, &values));
}

#[test]
fn ends_every_json_document_with_a_line_feed() {
    let mut sender = Sender::new(Framer::with_codec(JsonDocuments::new(64), Json::new()), 64);
    for value in [Value::from(1), Value::from("a"), Value::from(true)] {
        sender.enqueue(&value).expect("there is room for it");
    }
    assert_eq!(sender.chunks().collect::<Vec<_>>().concat(), b"1\n\"a\"\ntrue\n");
}

#[test]
fn leaves_nothing_of_what_it_refuses_to_send() {
    let mut sender = Sender::new(Framer::with_codec(MessagePackItems::new(4), MessagePack::new()), 64);
    sender.enqueue(&Value::from("abc")).expect("4 bytes are within the limit");
    assert!(matches!(sender.enqueue(&Value::from("abcd")), Err(SendError::Refused(_))));
    assert_eq!(sender.chunks().collect::<Vec<_>>().concat(), b"\xa3abc");
}
