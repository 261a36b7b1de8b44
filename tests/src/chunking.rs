//! The harness that every deserializer must pass: however a stream is cut, it says the same.

use core::fmt::Debug;
use std::panic::Location;

use bytes::BytesMut;
use wharf::storage::{Pool, Storage};
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
        self.run_in(vec![0xEE; len], pieces, eof)
    }

    /// The same into `storage`, which goes to rest before every receive, as far as it can.
    ///
    /// # Panics
    ///
    /// As [`run`](Self::run).
    #[track_caller]
    pub fn run_in<'p, D, T, B>(
        &self,
        storage: B,
        pieces: impl IntoIterator<Item = &'p [u8]>,
        eof: bool,
    ) -> Transcript<T>
    where
        D: Deserializer<Error: Debug>,
        M: Fn() -> D,
        O: Fn(D::Packet<'_>) -> T,
        B: Storage,
    {
        let receiver = Receiver::new((self.make)(), storage).expect("the buffer is long enough");
        let mut run = Run { receiver, own: &self.own, said: Vec::new(), received: 0 };
        let mut open = run.settle();
        for mut piece in pieces {
            while open && !piece.is_empty() {
                piece = &piece[run.receive(piece)..];
                open = run.settle();
            }
        }
        if open && eof {
            run.receiver.finish().expect("there is a buffer");
            assert!(!run.settle(), "the end of the stream ends nothing");
        }
        let fatal = matches!(run.said.last(), Some(Said::Fatal(_)));
        let remainder = if fatal {
            Vec::new()
        } else {
            // What is at rest comes back with the window.
            if open && !eof {
                run.receiver.window().expect("there is a buffer");
            }
            run.receiver.remainder().to_vec()
        };
        Transcript { said: run.said, remainder, position: run.receiver.position() }
    }

    /// Checks that `stream` gives the same transcript whole, byte by byte, cut in two at every offset, in three at
    /// some and at random, in the smallest buffer and in larger ones, in every kind of storage, and that each of its
    /// beginnings does so, too, with the end of the stream behind it and without. Returns the transcript of the
    /// whole with its end.
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
        for seed in 0..8 {
            same(least, &random_cut(stream, seed), true, &whole, caller);
        }
        self.check_storage(stream, &whole);
        for at in 0..stream.len() {
            let head = &stream[..at];
            for eof in [false, true] {
                let expected = self.run(ample, [head], eof);
                same(least, &head.chunks(1).collect::<Vec<_>>(), eof, &expected, caller);
                same(ample, &[&head[..at / 2], &head[at / 2..]], eof, &expected, caller);
                let rested = self.run_in(Pool::new(least, 1).lease(), head.chunks(2), eof);
                assert!(rested == expected, "{caller}: at rest, eof {eof}:\n{rested:#?}\nwhole:\n{expected:#?}");
                if !eof {
                    // What has been said stands, whatever comes behind it.
                    assert!(whole.said.starts_with(&expected.said), "{caller}: said of the first {at} bytes, then not");
                }
            }
        }
        whole
    }

    /// Checks that what is said doesn't hang on where the bytes are kept.
    #[track_caller]
    fn check_storage<D, T>(&self, stream: &[u8], whole: &Transcript<T>)
    where
        D: Deserializer<Error: Debug>,
        M: Fn() -> D,
        O: Fn(D::Packet<'_>) -> T,
        T: Debug + PartialEq,
    {
        let least = (self.make)().buffer_len(0);
        let pool = Pool::new(least, 1);
        for len in [1, 2, 5, stream.len().max(1)] {
            let same = |storage: &str, got: Transcript<T>| {
                assert!(got == *whole, "pieces of {len} in {storage}:\n{got:#?}\nwhole:\n{whole:#?}");
            };
            same("a Box", self.run_in(vec![0xEE; least].into_boxed_slice(), stream.chunks(len), true));
            same("a slice", self.run_in(&mut vec![0xEE; least][..], stream.chunks(len), true));
            same("BytesMut", self.run_in(BytesMut::zeroed(least), stream.chunks(len), true));
            // What an earlier connection left behind is in it.
            same("a lease", self.run_in(pool.lease(), stream.chunks(len), true));
        }
        assert_eq!(pool.in_use(), 0, "a buffer of the pool is kept for ever");
    }
}

struct Run<'s, D: Deserializer, O, T, B> {
    receiver: Receiver<D, B>,
    own: &'s O,
    said: Vec<Said<T>>,
    received: u64,
}

impl<D: Deserializer<Error: Debug>, O: Fn(D::Packet<'_>) -> T, T, B: Storage> Run<'_, D, O, T, B> {
    /// Receives as much of `piece` as there is room for, with everything that may happen before a receive succeeds.
    fn receive(&mut self, piece: &[u8]) -> usize {
        self.receiver.rest();
        let window = self.receiver.window().expect("there is a buffer");
        assert!(!window.is_empty(), "an empty window after {} bytes", self.received);
        let count = window.len().min(piece.len());
        // A receive that fails may have scribbled over the window.
        window.fill(0xEE);
        assert!(matches!(self.receiver.ready(), Ready::Receive), "a window that is dropped changes nothing");
        self.receiver.window().expect("there is a buffer")[..count].copy_from_slice(&piece[..count]);
        self.receiver.received(count);
        self.received += count as u64;
        count
    }

    /// Goes on until bytes are wanted; false means that none ever will be.
    fn settle(&mut self) -> bool {
        // Each turn consumes a byte, or says something about one: more turns than that are a live-lock.
        let most = self.said.len() as u64 + 4 * self.received + 16;
        loop {
            assert!(self.said.len() as u64 <= most, "it says ever more about {} bytes", self.received);
            let said = match self.receiver.ready() {
                Ready::Receive => {
                    let held = self.receiver.retained().len() as u64;
                    let position = self.receiver.position();
                    assert_eq!(position + held, self.received, "position {position} and {held} bytes held");
                    return true;
                }
                Ready::Packet => {
                    assert!(matches!(self.receiver.ready(), Ready::Packet), "a packet is stepped over");
                    match self.receiver.packet() {
                        Ok(packet) => Said::Packet((self.own)(packet)),
                        Err(error) => Said::Reject(format!("{error:?}")),
                    }
                }
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

/// Cuts `stream` into pieces of 1 to 7 bytes, others for each seed.
fn random_cut(stream: &[u8], seed: u64) -> Vec<&[u8]> {
    // xorshift64*, which never comes to 0.
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut rest = stream;
    let mut pieces = Vec::new();
    while !rest.is_empty() {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        let len = 1 + usize::from((state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 56).to_le_bytes()[0]) % 7;
        let (piece, behind) = rest.split_at(len.min(rest.len()));
        pieces.push(piece);
        rest = behind;
    }
    pieces
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
