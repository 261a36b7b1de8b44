//! A good packet, bad bytes, a good packet: what must come of them.

use core::fmt;

use wharf::End;

use super::Format;
use crate::chunking::{Said, Subject, Transcript};

/// A case: what is sent, and what must come of it.
#[derive(Debug, Clone)]
pub struct Case {
    /// The format.
    pub format: Format,
    /// What is bad about the bytes.
    pub class: &'static str,
    /// The bad bytes, between two good packets unless the stream ends in them.
    pub bad: Vec<u8>,
    /// What must come of them.
    pub outcome: Outcome,
}

/// What must come of bad bytes, as it is written in the cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// They are packets, so many.
    Delivered(usize),
    /// One error, where they begin; both good packets are delivered.
    Refused(Kind),
    /// So many errors, one a packet, each where its packet begins, all of one length; both good packets are delivered.
    RefusedEach(usize, Kind),
    /// Nothing is said of them; both good packets are delivered.
    Nothing,
    /// The boundary is lost, where they begin; the good packet before them is delivered, and nothing behind.
    Lost(Kind),
    /// One error, then the boundary is lost, both where they begin.
    RefusedThenLost(Kind, Kind),
    /// The stream ends in them, so many bytes after the last packet; an error before, if they were refused.
    Ends(Option<Kind>, u64),
}

/// Why a packet is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as the errors are")]
pub enum Kind {
    Limit,
    Depth,
    Malformed,
    Payload,
}

/// The payload of the good packets.
const GOOD: &[u8] = b"good";

impl Case {
    /// Most bytes of a packet.
    pub const LIMIT: usize = 32;
    /// Most levels.
    pub const DEPTH: usize = 4;

    /// What the case is called.
    pub fn name(&self) -> String {
        format!("{}: {}", self.format.name(), self.class)
    }

    /// A good packet on the wire, and what is lent of it.
    pub fn good(&self) -> (Vec<u8>, Vec<u8>) {
        match self.format {
            Format::Fixed => (vec![b'g'; Self::LIMIT], vec![b'g'; Self::LIMIT]),
            Format::Json => (b"[\"good\"]".to_vec(), b"[\"good\"]".to_vec()),
            Format::Cbor => (b"\x82\x64good\x01".to_vec(), b"\x82\x64good\x01".to_vec()),
            Format::MessagePack => (b"\x92\xa4good\x01".to_vec(), b"\x92\xa4good\x01".to_vec()),
            Format::SizePrefixed => (b"\x04\0\0\0good".to_vec(), b"\x04\0\0\0good".to_vec()),
            format => (format.enclose(GOOD), GOOD.to_vec()),
        }
    }

    /// What is sent.
    pub fn stream(&self) -> Vec<u8> {
        let (good, _) = self.good();
        match self.outcome {
            Outcome::Ends(..) => [&good[..], &self.bad].concat(),
            _ => [&good[..], &self.bad, &good].concat(),
        }
    }

    /// Whether what was said is what is written.
    ///
    /// # Errors
    ///
    /// What was said instead.
    pub fn judge(&self, transcript: &Transcript<Vec<u8>>) -> Result<(), String> {
        let (good, lent) = self.good();
        let at = good.len() as u64;
        let told: Vec<Told> = transcript.said.iter().map(Told::of).collect();
        let good = || Told::Packet(lent.clone());
        let clean = Told::End(End::Clean);
        let expected = match self.outcome {
            Outcome::Delivered(count) => {
                // Which packets they are is what the oracles check; here it is that there are so many.
                let packets = told.iter().filter(|told| matches!(told, Told::Packet(_))).count();
                let ends = told.first() == Some(&good()) && told.ends_with(&[good(), clean]);
                return if packets == count + 2 && told.len() == count + 3 && ends { Ok(()) } else { Err(show(&told)) };
            }
            Outcome::Refused(kind) => vec![good(), Told::Reject(kind, at), good(), clean],
            Outcome::RefusedEach(count, kind) => {
                let each = (self.bad.len() / count) as u64;
                let rejects = (0..count as u64).map(|index| Told::Reject(kind, at + index * each));
                [good()].into_iter().chain(rejects).chain([good(), clean]).collect()
            }
            Outcome::Nothing => vec![good(), good(), clean],
            Outcome::Lost(kind) => vec![good(), Told::Fatal(kind, at)],
            Outcome::RefusedThenLost(kind, then) => vec![good(), Told::Reject(kind, at), Told::Fatal(then, at)],
            Outcome::Ends(refused, had) => {
                let missing = match told.last() {
                    Some(Told::End(End::Truncated { missing, .. })) if *missing > 0 => *missing,
                    _ => return Err(show(&told)),
                };
                let refused = refused.map(|kind| Told::Reject(kind, at));
                [good()].into_iter().chain(refused).chain([Told::End(End::Truncated { had, missing })]).collect()
            }
        };
        if told == expected { Ok(()) } else { Err(show(&told)) }
    }

    /// Checks the whole transcript at any cut and in any storage.
    ///
    /// # Errors
    ///
    /// What was said instead of what is written.
    pub fn check(&self) -> Result<(), String> {
        struct Check<'c>(&'c Case);
        impl super::Visitor for Check<'_> {
            type Out = Result<(), String>;

            fn visit<D>(self, make: impl Fn() -> D) -> Self::Out
            where
                D: for<'b> wharf::Deserializer<Packet<'b> = &'b [u8], Error: fmt::Debug> + 'static,
            {
                let stream = self.0.stream();
                let subject = Subject { make, own: |packet: &[u8]| packet.to_vec() };
                let least = (subject.make)().buffer_len(0);
                let whole = subject.run(least, [&stream[..]], true);
                self.0.judge(&whole)?;
                let same = |how: &str, got: &Transcript<Vec<u8>>| {
                    if *got == whole { Ok(()) } else { Err(format!("{how}: {:?}, not {:?}", got.said, whole.said)) }
                };
                let pool = wharf::storage::Pool::new(least, 1);
                for piece in [1, 2, 3, 7, 31, stream.len()] {
                    let pieces = || stream.chunks(piece);
                    same("in a Vec", &subject.run(least, pieces(), true))?;
                    same("in a long Vec", &subject.run(least + 100, pieces(), true))?;
                    same("in an array", &subject.run_in([0xEE; 256], pieces(), true))?;
                    same("in a Box", &subject.run_in(vec![0xEE; least].into_boxed_slice(), pieces(), true))?;
                    same("in a slice", &subject.run_in(&mut vec![0xEE; least][..], pieces(), true))?;
                    same("in BytesMut", &subject.run_in(bytes::BytesMut::zeroed(least), pieces(), true))?;
                    same("in a lease", &subject.run_in(pool.lease(), pieces(), true))?;
                }
                if pool.in_use() == 0 { Ok(()) } else { Err("a lease is kept".into()) }
            }
        }
        self.format.visit(Self::LIMIT, Self::DEPTH, Check(self))
    }
}

/// What was said, with the kind and the place of an error.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Told {
    Packet(Vec<u8>),
    Reject(Kind, u64),
    Fatal(Kind, u64),
    End(End),
}

impl Told {
    fn of(said: &Said<Vec<u8>>) -> Self {
        let kind = |error: &str| match error {
            error if error.contains("LimitExceeded") => Kind::Limit,
            error if error.contains("DepthExceeded") => Kind::Depth,
            error if error.contains("Malformed") => Kind::Malformed,
            _ => Kind::Payload,
        };
        let position = |error: &str| {
            let digits = error.rsplit("position: ").next().expect("it has a position");
            digits.trim_end_matches(" }").parse().expect("a number")
        };
        match said {
            Said::Packet(packet) => Self::Packet(packet.clone()),
            Said::Reject(error) => Self::Reject(kind(error), position(error)),
            Said::Fatal(error) => Self::Fatal(kind(error), position(error)),
            Said::End(end) => Self::End(*end),
        }
    }
}

/// What was said, short enough to be read.
fn show(told: &[Told]) -> String {
    let (shown, more) = told.split_at(told.len().min(6));
    format!("{shown:?} and {} more", more.len())
}
