//! Millions of random streams to each framing and its oracle, and to JSON documents and serde_json: `oracles --help`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it tells what it did")]

use std::process::ExitCode;
use std::time::Instant;

use serde_json::Value;
use wharf::codec::Json;
use wharf::{Deserializer, End, Endian, Ending, FinalLine, Framed, JsonDocuments, Width};
use wharf_tests::chunking::{Said, Subject};
use wharf_tests::naive::{LengthRule, LineRule};
use wharf_tests::rule::{Rule, told};

const HELP: &str = "\
Sends random streams, cut at random, to each framing and to its oracle, and to JSON documents and serde_json, and
compares what they say: packets, errors, positions, and the end.

Usage: oracles [CASES]

  CASES   streams for each of the five [100000]

Exits with 1 at the first that differ.";

/// Random numbers: xorshift64.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 20) % limit as u64).unwrap_or(0)
    }

    fn choose<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    fn bool(&mut self) -> bool {
        self.below(2) == 0
    }

    fn stream(&mut self, bytes: &[u8]) -> Vec<u8> {
        (0..self.below(40)).map(|_| self.choose(bytes)).collect()
    }

    fn cut<'s>(&mut self, mut stream: &'s [u8]) -> Vec<&'s [u8]> {
        let most = self.choose(&[1, 3, 8, 40]);
        let mut pieces = Vec::new();
        while !stream.is_empty() {
            let (piece, rest) = stream.split_at((1 + self.below(most)).min(stream.len()));
            pieces.push(piece);
            stream = rest;
        }
        pieces
    }
}

/// Options and bytes that collide: short limits, few values.
type Make = fn(&mut Random) -> (Rule, Vec<u8>);

const FRAMINGS: [(&str, Make); 4] = [
    ("lines", |random| {
        let rule = LineRule {
            limit: random.below(9),
            ending: random.choose(&[Ending::Lf, Ending::CrLf, Ending::Any]),
            final_line: random.choose(&[FinalLine::Packet, FinalLine::Truncated]),
            keep_ending: random.bool(),
        };
        (Rule::Lines(rule), random.stream(b"\r\n\n\r\nabaab"))
    }),
    ("delimited", |random| {
        let delimiters: [&[u8]; 7] = [b"\n", b"\r\n", b"aa", b"aba", b"\n\n\n", b"\r\n\r\n", b"ab\nab"];
        let delimiter = random.choose(&delimiters).to_vec();
        (Rule::Delimited { delimiter, limit: random.below(9) }, random.stream(b"\r\n\n\r\nabaab"))
    }),
    ("fixed", |random| (Rule::Fixed { len: 1 + random.below(9) }, random.stream(b"ab"))),
    ("length-prefixed", |random| {
        let rule = LengthRule {
            width: random.choose(&[Width::U8, Width::U16, Width::U24, Width::U32, Width::U64, Width::Varint]),
            endian: random.choose(&[Endian::Big, Endian::Little]),
            before: random.below(3),
            after: random.below(3),
            counts_head: random.bool(),
            adjust: random.choose(&[-3, -1, 0, 0, 0, 1, 3]),
            limit: random.below(9),
            max_skip: random.choose(&[12, 1 << 30]),
        };
        (Rule::LengthPrefixed(rule), random.stream(&[0, 0, 0, 0, 1, 1, 2, 3, 5, 8, 13, 0x80, 0x81, 0xff]))
    }),
];

/// Streams, and what was said of them that was compared.
#[derive(Debug, Default)]
struct Compared {
    packets: u64,
    others: u64,
}

fn framing(random: &mut Random, make: Make, compared: &mut Compared) -> Result<(), String> {
    let (rule, stream) = make(random);
    let subject = Subject { make: || Framed::new(rule.framing()), own: |packet: &[u8]| packet.to_vec() };
    let len = (subject.make)().buffer_len(0) + random.choose(&[0, 1, 50]);
    let transcript = subject.run(len, random.cut(&stream), true);
    let (said, expected) = (told(&transcript), rule.expected(&stream));
    let packets = transcript.packets().count() as u64;
    compared.packets += packets;
    compared.others += said.len() as u64 - packets;
    if said == expected {
        return Ok(());
    }
    Err(format!("{rule:?} over \"{}\": {said:?}, the oracle says {expected:?}", stream.escape_ascii()))
}

/// Up to the first document that serde_json refuses, both find the same.
fn json(random: &mut Random, compared: &mut Compared) -> Result<(), String> {
    const PIECES: [&[u8]; 24] = [
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b"\"",
        b"\\",
        b" ",
        b"\n",
        b"1",
        b"-0.5e3",
        b"true",
        b"null",
        b"false",
        b"\"a\"",
        b"\"\\\"\"",
        b"{}",
        b"[]",
        b"[1,2]",
        b"{\"a\":1}",
        b"\"\\u00e4\"",
        b"\xc3\xa4",
        b"x",
    ];
    let mut stream = Vec::new();
    for _ in 0..random.below(16) {
        stream.extend_from_slice(random.choose(&PIECES));
    }
    let make = || Framed::with_codec(JsonDocuments::new(1000), Json::<Value>::new());
    let subject = Subject { make, own: |value: Value| value };
    let transcript = subject.run(1001, random.cut(&stream), true);
    let mut said = transcript.said.iter();
    for expected in serde_json::Deserializer::from_slice(&stream).into_iter::<Value>() {
        let said = said.next();
        let same = match (&expected, said) {
            (Ok(expected), Some(Said::Packet(value))) => {
                compared.packets += 1;
                expected == value
            }
            // A bracket of the wrong kind is waited for, and refused when the document ends.
            (Err(_), Some(Said::Reject(_) | Said::End(End::Truncated { .. }))) => true,
            _ => false,
        };
        if !same {
            return Err(format!("\"{}\": {said:?}, serde_json says {expected:?}", stream.escape_ascii()));
        }
        if expected.is_err() {
            compared.others += 1;
            return Ok(());
        }
    }
    compared.others += 1;
    match said.next() {
        Some(Said::End(End::Clean)) => Ok(()),
        said => Err(format!("\"{}\": {said:?}, serde_json says it is the end", stream.escape_ascii())),
    }
}

fn compare(name: &str, cases: u64, mut one: impl FnMut(&mut Random, &mut Compared) -> Result<(), String>) -> bool {
    let (mut random, mut compared, begun) = (Random(0x9e37_79b9_7f4a_7c15), Compared::default(), Instant::now());
    for case in 0..cases {
        if let Err(difference) = one(&mut random, &mut compared) {
            eprintln!("{name}, case {case}: {difference}");
            return false;
        }
    }
    let Compared { packets, others } = compared;
    println!(
        "{name}: {cases} streams, {packets} packets and {others} errors and ends the same, 0 differ ({:.0?})",
        begun.elapsed()
    );
    true
}

fn main() -> ExitCode {
    let argument = std::env::args().nth(1);
    let cases = match argument.as_deref().map(str::parse) {
        None => 100_000,
        Some(Ok(cases)) => cases,
        Some(Err(_)) => {
            println!("{HELP}");
            return ExitCode::from(2);
        }
    };
    let mut same = true;
    for (name, make) in FRAMINGS {
        same &= compare(name, cases, |random, compared| framing(random, make, compared));
    }
    same &= compare("JSON documents and serde_json", cases, json);
    ExitCode::from(u8::from(!same))
}
