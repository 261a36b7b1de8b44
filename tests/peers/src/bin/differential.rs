//! The same bytes to wharf, `flatbuffers` and `planus`: who accepts, and what is read.
//!
//! `cargo run --release --bin differential -- 1000000` for as many corrupted packets.
//! Exits with a failure if the answers differ in a way that is not known and named here.

extern crate alloc;

#[path = "../peers.rs"]
mod peers;

use peers::{fb, ours, planus_full, theirs};
use std::{collections::BTreeMap, process::ExitCode};
use wharf::flat::{Error, Frame, Limits, verify_with};

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

fn main() -> ExitCode {
    let rounds = std::env::args().nth(1).and_then(|rounds| rounds.parse().ok()).unwrap_or(200_000);
    let value = ours::sample(4);
    let by_us = wharf::flat::to_vec(&value).unwrap();
    let mut builder = flatbuffers::FlatBufferBuilder::new();
    let offset = fb::root_as_foo_bar_container(&by_us).unwrap().unpack().pack(&mut builder);
    builder.finish(offset, None);
    let by_them = builder.finished_data().to_vec();

    let mut limits = Limits::default();
    // As the peer's verifier demands.
    limits.alignment = true;
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut unknown = 0;
    for round in 0..rounds {
        let mut bytes = if round % 2 == 0 { by_us.clone() } else { by_them.clone() };
        corrupt(&mut random, &mut bytes);
        let verified = verify_with::<ours::FooBarContainer>(&bytes, Frame::Plain, &limits);
        let lazy =
            wharf::flat::read::<ours::FooBarContainer, wharf::flat::Lazy>(&bytes).and_then(|root| ours::full(&root));
        let peer = fb::root_as_foo_bar_container(&bytes).map(theirs);
        let planus = planus_full(&bytes);

        let (known, what) = match (&verified, &peer) {
            (Ok(()), Ok(sum)) => (lazy == Ok(*sum), "flatbuffers: both accept".to_owned()),
            (Err(_), Err(_)) => (true, "flatbuffers: both refuse".to_owned()),
            // The peer takes a vtable of 0 or 2 bytes for an empty one.
            (Err(fault), Ok(_)) if fault.error == Error::Vtable => {
                (true, "flatbuffers alone accepts: vtable below 4 bytes".to_owned())
            }
            // An offset of zero leads to itself, which no writer means; C++ refuses it too.
            (Err(fault), Ok(_)) if fault.error == Error::NullOffset => {
                (true, "flatbuffers alone accepts: offset is zero".to_owned())
            }
            // The peer does not ask for a struct's alignment: its structs are arrays of bytes.
            (Err(fault), Ok(sum)) if fault.error == Error::Alignment => {
                let other = matches!(lazy, Err(Error::NullOffset | Error::Vtable));
                (other || lazy == Ok(*sum), "flatbuffers alone accepts: misaligned struct".to_owned())
            }
            (Err(fault), Ok(_)) => (false, format!("flatbuffers alone accepts: {}", fault.error)),
            (Ok(()), Err(error)) => {
                let error = format!("{error:?}");
                let error = error.split([' ', '{', '(']).next().unwrap_or_default().to_owned();
                // Vtables at odd places: the peer wants them even; nothing reads them so that it matters.
                (error == "Unaligned", format!("wharf alone accepts: flatbuffers says {error}"))
            }
        };
        *seen.entry(what.clone()).or_default() += 1;
        if !known {
            unknown += 1;
            *seen.entry(format!("UNKNOWN {what} {lazy:?}")).or_default() += 1;
        }

        let (known, what) = match (&lazy, &planus) {
            (Ok(a), Ok(b)) => (a == b, "planus: both accept".to_owned()),
            (Err(_), Err(_)) => (true, "planus: both refuse".to_owned()),
            (Ok(_), Err(error)) => {
                // It cannot reach a vtable that lies before the table's parent.
                let error = format!("{:?}", error.error_kind);
                (
                    error.starts_with("InvalidOffset") || error.starts_with("InvalidVtable"),
                    format!("wharf alone accepts: planus says {error:.20}"),
                )
            }
            (Err(Error::NullOffset), Ok(_)) => (true, "planus alone accepts: offset is zero".to_owned()),
            (Err(error), Ok(_)) => (false, format!("planus alone accepts: {error}")),
        };
        *seen.entry(what.clone()).or_default() += 1;
        if !known {
            unknown += 1;
            *seen.entry(format!("UNKNOWN {what}")).or_default() += 1;
        }
    }
    for (what, count) in seen {
        println!("{count:9}  {what}");
    }
    println!("{unknown} unknown differences in {rounds} packets");
    if unknown == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
