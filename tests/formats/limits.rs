//! Limits so small that random streams run into them everywhere.

use quickcheck::{Gen, QuickCheck};
use serde_json::Value;
use wharf::{CborItems, End, Framed, JsonDocuments, MessagePackItems};

use crate::json::Arbitrary;
use crate::trace::{Kind, Said, every_cut, packet, trace};

/// Random bytes out of `picks`, at every cut, with limits that `hostile` makes out of random numbers.
fn at_every_cut(picks: &'static [u8], hostile: fn(&[u8], u8, u8)) {
    let mut g = Gen::new(20);
    for _ in 0..1000 {
        let stream: Vec<u8> = <Vec<u8> as quickcheck::Arbitrary>::arbitrary(&mut g);
        let stream: Vec<u8> = stream.iter().map(|pick| picks[usize::from(*pick) % picks.len()]).collect();
        let small = |g: &mut Gen, most: u8| <u8 as quickcheck::Arbitrary>::arbitrary(g) % (most + 1);
        hostile(&stream, small(&mut g, 6), small(&mut g, 3));
    }
}

#[test]
fn json_says_the_same_at_every_cut_within_small_limits() {
    at_every_cut(b"{}[][]\"\"\\,: \n1at\xff", |stream, limit, depth| {
        let make = || Framed::new(JsonDocuments::new(limit.into()).max_depth(depth.into()));
        every_cut(&make, stream);
    });
}

#[test]
fn cbor_says_the_same_at_every_cut_within_small_limits() {
    let picks = b"\x00\x01\x18\x19\x1a\x1b\x41\x43\x58\x59\x5f\x61\x7f\x80\x81\x83\x98\x99\x9f\x9f\xa1\xa2\xbf\xbf\xc0\xd8\xf6\xff\xff\xff\xff";
    at_every_cut(picks, |stream, limit, depth| {
        let make = || {
            let items = CborItems::<3>::with_levels(limit.into()).max_depth(depth.into());
            Framed::new(items.expect("there is room for 3").max_skip(300))
        };
        every_cut(&make, stream);
    });
}

#[test]
fn messagepack_says_the_same_at_every_cut_within_small_limits() {
    let picks = b"\x00\x01\x80\x81\x83\x90\x91\x93\xa0\xa3\xaf\xc0\xc1\xc4\xc5\xc7\xcc\xcf\xd4\xd8\xd9\xdc\xdd\xde\xdf";
    at_every_cut(picks, |stream, limit, depth| {
        let make = || {
            let items = MessagePackItems::<3>::with_levels(limit.into()).max_depth(depth.into());
            Framed::new(items.expect("there is room for 3").max_skip(300))
        };
        every_cut(&make, stream);
    });
}

/// Levels of objects and arrays, also of empty ones.
fn levels(value: &Value) -> u32 {
    match value {
        Value::Array(items) => 1 + items.iter().map(levels).max().unwrap_or(0),
        Value::Object(pairs) => 1 + pairs.values().map(levels).max().unwrap_or(0),
        _ => 0,
    }
}

#[test]
fn refuses_each_json_document_over_a_limit_once_and_delivers_every_other() {
    fn hold(values: Vec<Arbitrary>, limit: u8, depth: u8, lines: bool) {
        let (limit, depth) = (usize::from(limit % 50), u32::from(depth % 5));
        let make = || Framed::new(JsonDocuments::new(limit).max_depth(depth));
        let (mut stream, mut expected) = (Vec::new(), Vec::new());
        for Arbitrary(value) in values {
            let document = serde_json::to_vec(&value).expect("a value can be written");
            let refused = document.len() > limit || levels(&value) > depth;
            expected.push((!refused).then(|| packet(&document[..])).ok_or(stream.len() as u64));
            stream.extend(document);
            stream.push(if lines { b'\n' } else { b' ' });
        }
        let said = trace(make(), limit + 1, stream.chunks(3), true).said;
        assert_eq!(said.len(), expected.len() + 1);
        for (said, expected) in said.iter().zip(expected) {
            match expected {
                Ok(packet) => assert_eq!(*said, packet),
                Err(at) => assert!(
                    matches!(said, Said::Reject(Kind::Limit | Kind::Depth, position) if *position == at),
                    "{said:?} at {at}"
                ),
            }
        }
        assert_eq!(said.last(), Some(&Said::End(End::Clean)));
    }
    QuickCheck::new().tests(300).rng(Gen::new(12)).quickcheck(hold as fn(Vec<Arbitrary>, u8, u8, bool));
}
