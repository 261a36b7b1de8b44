//! The same bytes to wharf, `flatbuffers` and `planus`: who accepts, and what is read.
//!
//! `cargo run --release --bin differential -- 1000000` for as many corrupted packets.
//! Exits with a failure if the answers differ in a way that is not known and named here.

extern crate alloc;

mod features;
mod generated;
#[path = "../../peers.rs"]
mod peers;

use features::{Equipment, Monster};
use flatbuffers::InvalidFlatbuffer;
use peers::{fb, ours, planus_full, theirs};
use std::{collections::BTreeMap, process::ExitCode};
use wharf::flat::{Error, Fault, Frame, GreedyMutable, Lazy, Limits, read, read_with, to_vec, verify_with};

/// A small generator of numbers: xorshift64.
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 20) as usize % below
    }
}

fn corrupt(random: &mut Random, bytes: &mut Vec<u8>) {
    for _ in 0..=random.next(3) {
        let at = random.next(bytes.len());
        bytes[at] = match random.next(5) {
            0 => 0,
            1 => 0xff,
            2 => bytes[at].wrapping_add(1),
            3 => bytes[at] ^ (1 << random.next(8)),
            _ => random.next(256) as u8,
        };
    }
    if random.next(8) == 0 {
        bytes.truncate(random.next(bytes.len()));
    }
}

/// How often each answer was given, and how many were not known.
#[derive(Default)]
struct Tally {
    seen: BTreeMap<String, usize>,
    unknown: usize,
}

impl Tally {
    fn count(&mut self, schema: &str, (known, what): (bool, String)) {
        let mark = if known { "" } else { "UNKNOWN " };
        self.unknown += usize::from(!known);
        *self.seen.entry(format!("{mark}{schema}, {what}")).or_default() += 1;
    }
}

/// Wharf's verifier and reader beside `flatbuffers`, whose reader asks that its verifier was content.
fn beside_flatbuffers<V: PartialEq>(
    verified: &Result<(), Fault>,
    read: &Result<V, Error>,
    peer: &Result<V, InvalidFlatbuffer>,
) -> (bool, String) {
    let alone = "flatbuffers alone accepts";
    match (verified, peer) {
        (Ok(()), Ok(value)) => (read.as_ref() == Ok(value), "flatbuffers: both accept".to_owned()),
        (Err(_), Err(_)) => (true, "flatbuffers: both refuse".to_owned()),
        (Err(fault), Ok(value)) => match fault.error {
            // The peer takes a vtable of 0 or 2 bytes for an empty one.
            Error::Vtable => (true, format!("{alone}: vtable below 4 bytes")),
            // An offset of zero leads to itself, which no writer means; C++ refuses it too.
            Error::NullOffset => (true, format!("{alone}: offset is zero")),
            // The peer does not ask for a struct's alignment: its structs are arrays of bytes.
            Error::Alignment => {
                // What else is wrong comes after it.
                let other = matches!(read, Err(Error::NullOffset | Error::Vtable | Error::OutOfBounds));
                (other || read.as_ref() == Ok(value), format!("{alone}: misaligned struct"))
            }
            error => (false, format!("{alone}: {error}")),
        },
        (Ok(()), Err(error)) => {
            let error = format!("{error:?}");
            let error = error.split([' ', '{', '(']).next().unwrap_or_default();
            // Vtables at odd places: the peer wants them even; nothing reads them so that it matters.
            (error == "Unaligned", format!("wharf alone accepts: flatbuffers says {error}"))
        }
    }
}

/// Wharf's reader beside planus, which checks as it reads, too.
fn beside_planus<V: PartialEq>(read: &Result<V, Error>, planus: &planus::Result<V>) -> (bool, String) {
    match (read, planus) {
        (Ok(a), Ok(b)) => (a == b, "planus: both accept".to_owned()),
        (Err(_), Err(_)) => (true, "planus: both refuse".to_owned()),
        (Ok(_), Err(error)) => {
            let error = format!("{:?}", error.error_kind);
            let error = error.split([' ', '{', '(']).next().unwrap_or_default();
            let known = [
                // It cannot reach a vtable that lies before the table's parent.
                "InvalidOffset",
                "InvalidVtableLength",
                // Its enums and unions are closed.
                "UnknownEnumTag",
                "UnknownUnionTag",
            ];
            (known.contains(&error), format!("wharf alone accepts: planus says {error}"))
        }
        (Err(Error::NullOffset), Ok(_)) => (true, "planus alone accepts: offset is zero".to_owned()),
        // To it, a type without a value is no union; flatbuffers refuses it, too.
        (Err(Error::Union), Ok(_)) => (true, "planus alone accepts: union without its value".to_owned()),
        (Err(error), Ok(_)) => (false, format!("planus alone accepts: {error}")),
    }
}

/// FlatSharp's benchmark, by what a traversal sums up.
fn benchmark(bytes: &[u8], limits: &Limits, tally: &mut Tally) {
    let verified = verify_with::<ours::FooBarContainer>(bytes, Frame::Plain, limits);
    let read = read::<ours::FooBarContainer, Lazy>(bytes).and_then(|root| ours::full(&root));
    let peer = fb::root_as_foo_bar_container(bytes).map(theirs);
    tally.count("benchmark", beside_flatbuffers(&verified, &read, &peer));
    tally.count("benchmark", beside_planus(&read, &planus_full(bytes)));
}

/// `features.fbs`, by the whole value.
fn features(bytes: &[u8], limits: &Limits, tally: &mut Tally) {
    let verified = verify_with::<Monster>(bytes, Frame::Plain, limits);
    let read = read_with::<Monster, GreedyMutable>(bytes, Frame::Plain, limits);
    let peer = generated::fb::root_as_monster(bytes).map(features::by_flatbuffers);
    let answer = match (&verified, &peer) {
        // The value of a union whose type it does not know, the peer leaves alone, wherever it lies.
        (Err(fault), Ok(monster))
            if fault.error == Error::OutOfBounds
                && monster.has_union(|union| matches!(union, Some(Equipment::Other(_)))) =>
        {
            (fault.field == "equipped", "flatbuffers alone accepts: unknown union outside the bytes".to_owned())
        }
        // A union of type none must have neither type nor value, says the peer; flatc writes such a value.
        (Ok(()), Err(InvalidFlatbuffer::InconsistentUnion { .. })) => {
            let known = read.as_ref().is_ok_and(|monster| monster.has_union(Option::is_none));
            (known, "wharf alone accepts: union of type none that is not absent".to_owned())
        }
        _ => beside_flatbuffers(&verified, &read, &peer),
    };
    tally.count("features", answer);
    tally.count("features", beside_planus(&read, &features::by_planus(bytes)));
}

fn main() -> ExitCode {
    let rounds = std::env::args().nth(1).and_then(|rounds| rounds.parse().ok()).unwrap_or(200_000);
    let by_us = to_vec(&ours::sample(4)).unwrap();
    let mut builder = flatbuffers::FlatBufferBuilder::new();
    let offset = fb::root_as_foo_bar_container(&by_us).unwrap().unpack().pack(&mut builder);
    builder.finish(offset, None);
    let by_them = builder.finished_data().to_vec();
    let of_features = to_vec(&features::sample()).unwrap();
    let by_planus = features::again_by_planus(&of_features);

    let mut limits = Limits::default();
    // As the peer's verifier demands.
    limits.alignment = true;
    // Which the peers leave to the caller.
    limits.identifier = false;
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut tally = Tally::default();
    let mut packet = Vec::new();
    for round in 0..rounds {
        let sound = [&by_us, &of_features, &by_them, &by_planus][round % 4];
        packet.clone_from(sound);
        corrupt(&mut random, &mut packet);
        match round % 2 {
            0 => benchmark(&packet, &limits, &mut tally),
            _ => features(&packet, &limits, &mut tally),
        }
    }
    for (what, count) in &tally.seen {
        println!("{count:9}  {what}");
    }
    println!("{} unknown differences in {rounds} packets", tally.unknown);
    if tally.unknown == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
