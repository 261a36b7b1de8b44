//! The harness that every deserializer must pass: however a stream is cut, it says the same.

use core::fmt::Debug;
use std::panic::Location;

use wharf::{Deserializer, End, Ready, Receiver};

/// One thing that a deserializer said. Errors are told by their `Debug` form, which has their position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said<T> {
    /// A packet, made into an owned value.
    Packet(T),
    /// A refused packet.
    Reject(String),
    /// A lost boundary; nothing follows.
    Fatal(String),
    /// The end; nothing follows.
    End(End),
}

/// All that a deserializer said about a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcript<T> {
    /// What it said, in order.
    pub said: Vec<Said<T>>,
    /// What was received and belongs to nothing that was said; empty behind a fatal error, where it depends on how
    /// much had been received when the error was noticed.
    pub remainder: Vec<u8>,
    /// Where the remainder begins, in bytes from the stream's start.
    pub position: u64,
}

impl<T> Transcript<T> {
    /// The packets, in order.
    pub fn packets(&self) -> impl Iterator<Item = &T> {
        self.said.iter().filter_map(|said| if let Said::Packet(packet) = said { Some(packet) } else { None })
    }
}

/// A deserializer under test: how one is made, and how its packets are owned.
#[derive(Debug, Clone, Copy)]
pub struct Subject<M, O> {
    /// Makes a fresh one.
    pub make: M,
    /// Makes a packet an owned value.
    pub own: O,
}

impl<M, O> Subject<M, O> {
    /// Receives `pieces` one after another into a buffer of `len` bytes; each is cut further where the window is
    /// shorter.
    ///
    /// # Panics
    ///
    /// If a law is broken that one run can show: a window is empty, a question asked twice has two answers, a byte
    /// is unaccounted for, or nothing is ever asked for again.
    #[track_caller]
    pub fn run<'p, D, T>(&self, len: usize, pieces: impl IntoIterator<Item = &'p [u8]>, eof: bool) -> Transcript<T>
    where
        D: Deserializer<Error: Debug>,
        M: Fn() -> D,
        O: Fn(D::Packet<'_>) -> T,
    {
        let receiver = Receiver::new((self.make)(), vec![0xEE; len]).expect("the buffer is long enough");
        let mut run = Run { receiver, own: &self.own, said: Vec::new(), received: 0 };
        let mut open = run.settle();
        for mut piece in pieces {
            while open && !piece.is_empty() {
                let window = run.receiver.window().expect("a Vec is never at rest");
                assert!(!window.is_empty(), "an empty window after {} bytes", run.received);
                let count = window.len().min(piece.len());
                // A receive that fails may have scribbled over the window.
                window.fill(0xEE);
                assert_eq!(run.receiver.ready_name(), "Receive", "a window that is dropped changes nothing");
                run.receiver.window().expect("a Vec is never at rest")[..count].copy_from_slice(&piece[..count]);
                run.receiver.received(count);
                run.received += count as u64;
                piece = &piece[count..];
                open = run.settle();
            }
        }
        if open && eof {
            run.receiver.finish().expect("a Vec is never at rest");
            assert!(!run.settle(), "the end of the stream ends nothing");
        }
        let fatal = matches!(run.said.last(), Some(Said::Fatal(_)));
        let remainder = if fatal { Vec::new() } else { run.receiver.remainder().to_vec() };
        Transcript { said: run.said, remainder, position: run.receiver.position() }
    }

    /// Checks that `stream` gives the same transcript whole, byte by byte, cut in two at every offset and in
    /// three at some, in the smallest buffer and in larger ones, and that each of its beginnings does so, too, with
    /// the end of the stream behind it and without. Returns the transcript of the whole with its end.
    ///
    /// # Panics
    ///
    /// If any two differ.
    #[track_caller]
    pub fn check<D, T>(&self, stream: &[u8]) -> Transcript<T>
    where
        D: Deserializer<Error: Debug>,
        M: Fn() -> D,
        O: Fn(D::Packet<'_>) -> T,
        T: Debug + PartialEq,
    {
        let least = (self.make)().buffer_len(0);
        let ample = least + stream.len() + 1;
        let whole = self.run(ample, [stream], true);
        let same = |len: usize, pieces: &[&[u8]], eof: bool, expected: &Transcript<T>, caller: &Location<'_>| {
            let cut: Vec<usize> = pieces.iter().map(|piece| piece.len()).collect();
            let got = self.run(len, pieces.iter().copied(), eof);
            let stream = pieces.concat();
            assert!(
                got == *expected,
                "{caller}: cut {cut:?} in a buffer of {len}, eof {eof}, of \"{}\":\n{got:#?}\nwhole:\n{expected:#?}",
                stream.escape_ascii()
            );
        };
        let caller = Location::caller();
        for len in [least, least + 1, ample] {
            same(len, &[stream], true, &whole, caller);
            same(len, &stream.chunks(1).collect::<Vec<_>>(), true, &whole, caller);
            same(len, &stream.chunks(3).collect::<Vec<_>>(), true, &whole, caller);
            for at in 1..stream.len() {
                let (head, tail) = stream.split_at(at);
                same(len, &[head, tail], true, &whole, caller);
                let (middle, tail) = tail.split_at(tail.len() / 2);
                same(len, &[head, middle, tail], true, &whole, caller);
            }
        }
        for at in 0..stream.len() {
            let head = &stream[..at];
            for eof in [false, true] {
                let expected = self.run(ample, [head], eof);
                same(least, &head.chunks(1).collect::<Vec<_>>(), eof, &expected, caller);
                same(ample, &[&head[..at / 2], &head[at / 2..]], eof, &expected, caller);
                if !eof {
                    // What has been said stands, whatever comes behind it.
                    assert!(whole.said.starts_with(&expected.said), "{caller}: said of the first {at} bytes, then not");
                }
            }
        }
        whole
    }
}

struct Run<'s, D: Deserializer, O, T> {
    receiver: Receiver<D, Vec<u8>>,
    own: &'s O,
    said: Vec<Said<T>>,
    received: u64,
}

impl<D: Deserializer<Error: Debug>, O: Fn(D::Packet<'_>) -> T, T> Run<'_, D, O, T> {
    /// Goes on until bytes are wanted; false means that none ever will be.
    fn settle(&mut self) -> bool {
        // Each turn consumes a byte, or says something about one: more turns than that are a live-lock.
        let most = self.said.len() as u64 + 4 * self.received + 16;
        loop {
            assert!(self.said.len() as u64 <= most, "it says ever more about {} bytes", self.received);
            let said = match self.receiver.ready() {
                Ready::Receive => {
                    let held = self.receiver.remainder().len() as u64;
                    let position = self.receiver.position();
                    assert!(position + held <= self.received, "{position} + {held} of {} bytes", self.received);
                    return true;
                }
                Ready::Packet => match self.receiver.packet() {
                    Ok(packet) => Said::Packet((self.own)(packet)),
                    Err(error) => Said::Reject(format!("{error:?}")),
                },
                Ready::Reject(error) => Said::Reject(format!("{error:?}")),
                Ready::Fatal(error) => {
                    self.said.push(Said::Fatal(format!("{error:?}")));
                    self.assert_fused();
                    return false;
                }
                Ready::End(end) => {
                    self.said.push(Said::End(end));
                    self.assert_fused();
                    return false;
                }
            };
            self.said.push(said);
        }
    }

    fn assert_fused(&mut self) {
        for _ in 0..2 {
            assert!(matches!(self.receiver.ready(), Ready::End(End::Fused)), "the end is said once");
        }
    }
}

/// The name of what a receiver says.
trait ReadyName {
    fn ready_name(&mut self) -> &'static str;
}

impl<D: Deserializer> ReadyName for Receiver<D, Vec<u8>> {
    fn ready_name(&mut self) -> &'static str {
        match self.ready() {
            Ready::Receive => "Receive",
            Ready::Packet => "Packet",
            Ready::Reject(_) => "Reject",
            Ready::Fatal(_) => "Fatal",
            Ready::End(_) => "End",
        }
    }
}

/// All ways to cut a stream of `len` bytes, as the lengths of the pieces; 2 to the power of `len - 1` of them.
pub fn every_cut(len: usize) -> impl Iterator<Item = Vec<usize>> {
    let cuts = u32::try_from(len.saturating_sub(1)).expect("short streams only");
    (0..1_u64 << cuts).map(move |mask| {
        let mut pieces = Vec::new();
        let mut begun = 0;
        for at in 1..=len {
            if at == len || mask >> (at - 1) & 1 == 1 {
                pieces.push(at - begun);
                begun = at;
            }
        }
        pieces
    })
}

/// Cuts `stream` into pieces of these lengths.
pub fn cut<'s>(stream: &'s [u8], lens: &[usize]) -> Vec<&'s [u8]> {
    let mut rest = stream;
    let mut pieces = Vec::new();
    for &len in lens {
        let (piece, behind) = rest.split_at(len.min(rest.len()));
        pieces.push(piece);
        rest = behind;
    }
    pieces.push(rest);
    pieces
}
