//! CBOR items that quickcheck makes up: each is delivered, or refused once, and ciborium finds the same.

use crate::cbor::CLEAN;
use crate::trace::{self, Kind, Said, every_cut, packet};
use quickcheck::{Arbitrary, Gen, QuickCheck};
use wharf::{CborItems, Framed};
use wharf_tests::Shown;

/// An item that quickcheck makes up, with its depth, and that of the levels that only a break ends.
#[derive(Debug, Clone)]
struct Made {
    bytes: Vec<u8>,
    depth: usize,
}

impl Made {
    fn scalar(g: &mut Gen) -> Self {
        let scalars: &[&[u8]] = &[
            b"\x00",
            b"\x18\x2a",
            b"\x19\xff\xff",
            b"\x3b1234567\xff",
            b"\xf9\x9f\xff",
            b"\xf8\xff",
            b"\xf6",
            b"\x43\xff\x9f\x81",
            b"\x62ab",
            b"\x58\x05\xff\xff\xff\xff\xff",
            b"\xfb\x9f\x9f\x9f\x9f\xff\xff\xff\xff",
        ];
        Self { bytes: g.choose(scalars).expect("there are some").to_vec(), depth: 0 }
    }

    fn item(g: &mut Gen, room: u32) -> Self {
        if room == 0 || u8::arbitrary(g) % 3 == 0 {
            return Self::scalar(g);
        }
        let count = u8::arbitrary(g) % 4;
        let (head, tail, items): (Vec<u8>, &[u8], u8) = match u8::arbitrary(g) % 6 {
            0 => (vec![0x80 | count], b"", count),
            1 => (vec![0x98, count], b"", count),
            2 => (vec![0xa0 | count], b"", 2 * count),
            3 => (vec![0xd8, 0xff], b"", 1),
            4 => (vec![0x9f], b"\xff", count),
            _ => (vec![0xbf], b"\xff", 2 * count),
        };
        let items: Vec<_> = (0..items).map(|_| Self::item(g, room - 1)).collect();
        let inner = items.iter().map(|item| item.depth).max().unwrap_or(0);
        // An empty array opens no level.
        let depth = if items.is_empty() && tail.is_empty() { 0 } else { 1 + inner };
        let bytes = [head, items.into_iter().flat_map(|item| item.bytes).collect(), tail.to_vec()].concat();
        Self { bytes, depth }
    }
}

impl Arbitrary for Made {
    fn arbitrary(g: &mut Gen) -> Self {
        Self::item(g, 6)
    }
}

#[test]
fn refuses_each_item_over_a_limit_once_and_delivers_every_other() {
    fn hold(items: Vec<Made>, limit: u8, depth: u8) {
        let (limit, depth) = (usize::from(limit % 60), usize::from(depth % 6));
        let make = || Framed::new(CborItems::<8>::with_levels(limit).max_depth(depth).expect("there is room for 8"));
        let stream: Vec<u8> = items.iter().flat_map(|item| item.bytes.clone()).collect();
        let mut said = trace::trace(make(), limit + 9, stream.chunks(3), true).said.into_iter();
        if stream.len() < 200 {
            every_cut(&make, &stream);
        }
        let mut position = 0;
        for Made { bytes, depth: levels } in items {
            let said = said.next().expect("something is said about every item");
            if bytes.len() <= limit && levels <= depth {
                assert_eq!(said, packet(&bytes[..]));
            } else {
                let refused = matches!(said, Said::Reject(Kind::Limit | Kind::Depth, at) if at == position);
                assert!(refused, "{said:?} at {position}, limit {limit}, depth {depth}: {bytes:02x?}");
            }
            position += bytes.len() as u64;
        }
        assert_eq!(said.next(), Some(CLEAN));
    }
    QuickCheck::new().tests(300).rng(Gen::new(8)).quickcheck(hold as fn(Vec<Made>, u8, u8));
}

#[test]
fn finds_the_items_that_ciborium_writes_and_reads() {
    fn agree(made: Vec<Made>) {
        let stream: Vec<u8> = made.iter().flat_map(|item| item.bytes.clone()).collect();
        let mut rest = &stream[..];
        let mut theirs = Vec::new();
        while !rest.is_empty() {
            let before = rest;
            let value: Result<Shown, _> = ciborium::from_reader(&mut rest);
            if value.is_err() {
                // It reads simple values that it doesn't know, and text, by other rules than well-formedness.
                return;
            }
            theirs.push(packet(&before[..before.len() - rest.len()]));
        }
        theirs.push(CLEAN);
        let ours = trace::trace(Framed::new(CborItems::new(1 << 16)), 1 << 17, stream.chunks(7), true).said;
        assert_eq!(ours, theirs);
    }
    QuickCheck::new().tests(500).rng(Gen::new(4)).quickcheck(agree as fn(Vec<Made>));
}
