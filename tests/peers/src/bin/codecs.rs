//! The same random streams to wharf and to tokio-util's codecs: which packets, which errors, which end.
//!
//! `cargo run --release -p wharf-peers --bin codecs -- 10000000` for as many streams for each of the three.
//! Exits with a failure if they differ in a way that is not known and named here.

use bytes::{Bytes, BytesMut};
use std::{collections::BTreeMap, process::ExitCode};
use tokio_util::codec::{AnyDelimiterCodec, Decoder, LengthDelimitedCodec, LinesCodec};
use wharf::codec::Utf8;
use wharf::{
    Codec, Delimited, Deserializer, End, Endian, FinalLine, Framed, Framing, LengthPrefixed, Lines, Raw, Ready,
    Receiver, Width,
};

/// A small generator of numbers: xorshift64.
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 20) as usize % below
    }

    fn stream(&mut self, from: &[u8]) -> Vec<u8> {
        (0..self.next(40)).map(|_| from[self.next(from.len())]).collect()
    }
}

/// What was said of a stream.
#[derive(Debug, Clone, PartialEq)]
enum Said {
    Packet(Vec<u8>),
    Error,
}

/// How it ended, and with which bytes of a packet.
#[derive(Debug, Clone, PartialEq)]
enum Ended {
    Clean,
    Inside(Vec<u8>),
    Lost,
}

/// Cuts a stream at random.
fn cut<'s>(random: &mut Random, mut stream: &'s [u8]) -> Vec<&'s [u8]> {
    let most = [1, 3, 8, 40][random.next(4)];
    let mut pieces = Vec::new();
    while !stream.is_empty() {
        let (piece, rest) = stream.split_at((1 + random.next(most)).min(stream.len()));
        pieces.push(piece);
        stream = rest;
    }
    pieces
}

fn ours<F: Framing, C: Codec>(framed: Framed<F, C>, pieces: &[&[u8]]) -> (Vec<Said>, Ended)
where
    for<'b> C::Packet<'b>: AsRef<[u8]>,
{
    let len = framed.buffer_len(0);
    let mut receiver = Receiver::new(framed, vec![0; len]).unwrap();
    let (mut said, mut pieces) = (Vec::new(), pieces.iter().copied());
    let mut piece: &[u8] = &[];
    loop {
        match receiver.ready() {
            Ready::Receive => {
                if piece.is_empty() {
                    piece = pieces.next().unwrap_or_default();
                }
                let window = receiver.window().unwrap();
                let count = window.len().min(piece.len());
                window[..count].copy_from_slice(&piece[..count]);
                receiver.received(count);
                piece = &piece[count..];
            }
            Ready::Packet => said.push(match receiver.packet() {
                Ok(packet) => Said::Packet(packet.as_ref().to_vec()),
                Err(_) => Said::Error,
            }),
            Ready::Reject(_) => said.push(Said::Error),
            Ready::Fatal(_) => {
                said.push(Said::Error);
                return (said, Ended::Lost);
            }
            Ready::End(End::Clean) => return (said, Ended::Clean),
            Ready::End(_) => return (said, Ended::Inside(receiver.remainder().to_vec())),
        }
    }
}

fn theirs<D: Decoder>(mut codec: D, pieces: &[&[u8]], own: impl Fn(D::Item) -> Vec<u8>) -> Vec<Said> {
    let (mut said, mut buffer) = (Vec::new(), BytesMut::new());
    for piece in pieces {
        buffer.extend_from_slice(piece);
        loop {
            match codec.decode(&mut buffer) {
                Ok(Some(item)) => said.push(Said::Packet(own(item))),
                Ok(None) => break,
                // After an error, FramedRead asks no more before more bytes come; here it is asked on, once a packet.
                Err(_) => said.push(Said::Error),
            }
            if said.len() > 100 {
                return said;
            }
        }
    }
    while said.len() < 100 {
        match codec.decode_eof(&mut buffer) {
            Ok(Some(item)) => said.push(Said::Packet(own(item))),
            Ok(None) => break,
            Err(_) => said.push(Said::Error),
        }
    }
    said
}

/// What came of a comparison: the name of the answer, or what differs.
type Answer = Result<&'static str, String>;

fn differ(stream: &[u8], ours: &(Vec<Said>, Ended), theirs: &[Said]) -> Answer {
    Err(format!("\"{}\": wharf {ours:?}, tokio-util {theirs:?}", stream.escape_ascii()))
}

fn lines(random: &mut Random) -> Answer {
    let (limit, stream) = (random.next(9), random.stream(b"\r\n\n\r\nab\xc3\xa4\xff"));
    let pieces = cut(random, &stream);
    let framing = Lines::new(limit).final_line(FinalLine::Packet);
    let (mut said, ended) = ours(Framed::with_codec(framing, Utf8), &pieces);
    let them = theirs(LinesCodec::new_with_max_length(limit), &pieces, String::into_bytes);
    // It takes a CR at the end of a line away, which counts.
    for said in &mut said {
        if let Said::Packet(line) = said {
            line.truncate(line.strip_suffix(b"\r").map_or(line.len(), <[u8]>::len));
        }
    }
    if said == them {
        return Ok("the same");
    }
    if stream.ends_with(b"\r") && said.last() == Some(&Said::Packet(Vec::new())) && said[..said.len() - 1] == them {
        return Ok("known: a CR alone at the end is no line to tokio-util");
    }
    differ(&stream, &(said, ended), &them)
}

fn delimited(random: &mut Random) -> Answer {
    let (limit, stream) = (random.next(9), random.stream(b";;;ab"));
    let pieces = cut(random, &stream);
    let (mut said, ended) = ours(Framed::with_codec(Delimited::new(b";", limit).unwrap(), Raw), &pieces);
    let codec = AnyDelimiterCodec::new_with_max_length(b";".to_vec(), b";".to_vec(), limit);
    let them = theirs(codec, &pieces, |item: Bytes| item.to_vec());
    // Its last packet needs no delimiter; ours is truncated.
    if let Ended::Inside(rest) = &ended {
        if !rest.is_empty() {
            said.push(Said::Packet(rest.clone()));
        }
    }
    if said == them { Ok("the same") } else { differ(&stream, &(said, ended), &them) }
}

fn length(random: &mut Random) -> Answer {
    let (limit, stream) = (random.next(9), random.stream(&[0, 0, 0, 0, 1, 1, 2, 3, 5, 8, 13, 0x80, 0xff]));
    let pieces = cut(random, &stream);
    let (width, bytes) =
        [(Width::U8, 1), (Width::U16, 2), (Width::U24, 3), (Width::U32, 4), (Width::U64, 8)][random.next(5)];
    let (before, little) = (random.next(3), random.next(2) == 0);
    let framing = LengthPrefixed::new(width, limit).before(before);
    let framing = if little { framing.endian(Endian::Little) } else { framing };
    let mut builder = LengthDelimitedCodec::builder();
    builder.length_field_length(bytes).length_field_offset(before).max_frame_length(limit);
    if little {
        builder.little_endian();
    }
    let us = ours(Framed::with_codec(framing, Raw), &pieces);
    let them = theirs(builder.new_codec(), &pieces, |item: BytesMut| item.to_vec());
    // To the first error: it has no second packet behind one.
    let to_error = |said: &[Said]| -> Vec<Said> {
        let end = said.iter().position(|said| *said == Said::Error).map_or(said.len(), |at| at + 1);
        said[..end].to_vec()
    };
    let (ours, theirs) = (to_error(&us.0), to_error(&them));
    match &us.1 {
        _ if ours == theirs => {
            let inside = matches!(&us.1, Ended::Inside(_)) && !ours.contains(&Said::Error);
            Ok(if inside { "known: a stream that ends behind a head is clean to tokio-util" } else { "the same" })
        }
        // It has no other way to say that a stream ends inside a packet.
        Ended::Inside(_) if [&ours[..], &[Said::Error]].concat() == theirs => Ok("the same"),
        _ => differ(&stream, &us, &them),
    }
}

fn main() -> ExitCode {
    let rounds = std::env::args().nth(1).and_then(|rounds| rounds.parse().ok()).unwrap_or(200_000_u64);
    let subjects: [(&str, fn(&mut Random) -> Answer); 3] =
        [("LinesCodec", lines), ("AnyDelimiterCodec", delimited), ("LengthDelimitedCodec", length)];
    let mut unknown = 0;
    for (name, subject) in subjects {
        let (mut random, mut seen) = (Random(0x9e37_79b9_7f4a_7c15), BTreeMap::<_, u64>::new());
        for _ in 0..rounds {
            match subject(&mut random) {
                Ok(what) => *seen.entry(what).or_default() += 1,
                Err(difference) => {
                    unknown += 1;
                    if unknown < 10 {
                        println!("{name}: UNKNOWN {difference}");
                    }
                }
            }
        }
        for (what, count) in seen {
            println!("{count:10}  {name}: {what}");
        }
    }
    println!("{unknown} unknown differences in {rounds} streams for each");
    if unknown == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
