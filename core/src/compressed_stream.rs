//! Compressed streams that follow one another.

use core::convert::Infallible;
use core::ops::Range;

use crate::codec::{Decompressor, Fed, Format, State};
use crate::{Codec, Deserializer, Error, ErrorKind, Found, FrameError, Framed, Framing, Raw, Span, Step};

/// Packets that are one complete compressed stream each, with nothing in between: no length, no delimiter.
///
/// ```text
/// packets = *stream      ; each tells its own end
/// ```
///
/// A stream is decompressed as its bytes come, each of them once, and `codec` reads what came out.
/// Both sides are bounded: `limit` counts the bytes on the wire, `output_limit` what comes out of them.
/// A stream over either costs one error; its end is then looked for without keeping anything, and if that isn't
/// found before [`max_skip`](Self::max_skip) more bytes came out, the error is fatal, said with the same reason.
/// A corrupt stream is fatal: only a stream tells where the next begins.
/// Bytes of a stream that isn't complete when no more come are a truncated packet.
///
/// Such packets are sent by [`Compressed`](crate::codec::Compressed).
///
/// ```
/// # #[cfg(feature = "zlib")] {
/// use wharf::codec::{Utf8, Zlib};
/// use wharf::{Encode, Event, Receiver, ZlibStream};
///
/// let mut bytes = Vec::new();
/// Zlib::new(80, Utf8).encode("one", &mut bytes)?;
/// Zlib::new(80, Utf8).encode("two", &mut bytes)?;
///
/// let mut receiver = Receiver::new(ZlibStream::new(128, 80, Utf8), [0; 1024])?;
/// if let Event::Receive(window) = receiver.poll()? {
///     window.feed(&bytes);
/// }
/// assert!(matches!(receiver.poll()?, Event::Packet("one")));
/// assert!(matches!(receiver.poll()?, Event::Packet("two")));
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct CompressedStream<Z, C = Raw> {
    engine: Framed<Boundary<Z>>,
    codec: C,
}

/// Packets that are one zlib stream each.
#[cfg(feature = "zlib")]
pub type ZlibStream<C = Raw> = CompressedStream<crate::codec::ZlibFormat, C>;

/// Packets that are one bzip2 stream each.
#[cfg(feature = "bzip2")]
pub type Bzip2Stream<C = Raw> = CompressedStream<crate::codec::Bzip2Format, C>;

impl<Z: Format, C: Codec> CompressedStream<Z, C> {
    /// Most bytes that are thrown away to find the end of a refused stream, unless [`max_skip`](Self::max_skip) says
    /// otherwise: 128 MiB, decompressed.
    pub const MAX_SKIP: u64 = 128 << 20;

    /// Streams of at most `limit` bytes, out of which at most `output_limit` bytes come, which `codec` then reads.
    ///
    /// Room for so many bytes is made when the first of them comes.
    pub fn new(limit: usize, output_limit: usize, codec: C) -> Self {
        let boundary = Boundary {
            decompressor: Decompressor::new(output_limit),
            limit: limit.max(1),
            max_skip: Self::MAX_SKIP,
            allowance: Self::MAX_SKIP,
            fed: 0,
            refused: None,
        };
        Self { engine: Framed::new(boundary), codec }
    }

    /// Sets how many decompressed bytes are thrown away, at most, to find the end of a refused stream.
    ///
    /// That is work without memory, and a hundred bytes can ask for it, so it is an allowance: what one refused
    /// stream uses up, the next one lacks, until as much has been received as a 1024th of it. With 0, the first
    /// refused stream that goes on is the end of the connection.
    #[must_use]
    pub fn max_skip(mut self, len: u64) -> Self {
        let boundary = self.engine.framing_mut();
        (boundary.max_skip, boundary.allowance) = (len, len);
        self
    }

    /// Frees what is kept from packet to packet, if the stream stands between two packets.
    pub fn shrink(&mut self) {
        if self.engine.is_between_packets() {
            self.engine.framing_mut().decompressor.shrink();
        }
    }
}

/// Finds the end of a compressed stream by decompressing it.
#[derive(Debug)]
struct Boundary<Z> {
    decompressor: Decompressor<Z>,
    /// Invariant: at least 1.
    limit: usize,
    max_skip: u64,
    /// Bytes that may come out of a refused stream now. Invariant: at most `max_skip`.
    allowance: u64,
    /// Unread bytes that have been decompressed.
    fed: usize,
    refused: Option<Refused>,
}

/// Bytes that may be thrown away more for each that was received: about what zlib makes of one at the most.
const EARNED: u64 = 1024;

/// A stream that was refused, and whose end has not yet been seen.
#[derive(Debug)]
struct Refused {
    reason: FrameError,
    /// Bytes of it that were thrown away: where it begins is so far back.
    skipped: u64,
    /// Bytes that came out of it since.
    output: u64,
    /// Its end can't be found.
    lost: bool,
}

impl<Z: Format> Boundary<Z> {
    /// A stream of `len` bytes has ended, of which `output` decompressed bytes were thrown away.
    fn settle(&mut self, len: u64, output: u64) {
        let left = self.allowance.saturating_sub(output);
        self.allowance = left.saturating_add(len.saturating_mul(EARNED)).min(self.max_skip);
    }

    /// Refuses the stream whose first `len` bytes are decompressed and no end.
    fn refuse(&mut self, len: usize, limit: usize, lost: bool) -> Found {
        let reason = FrameError::LimitExceeded { limit: limit as u64, needed: None };
        self.decompressor.discard();
        self.refused = Some(Refused { reason, skipped: len as u64, output: 0, lost });
        Found::Skip { len: len as u64, error: Some(reason), more: true }
    }

    /// Looks for the end of a stream that has been refused.
    fn skip(&mut self, unread: &[u8]) -> Found {
        let Some(refused) = &mut self.refused else { return Found::More { need: 1 } };
        let mut read = 0;
        while !refused.lost {
            let fed = self.decompressor.feed(&unread[read..]);
            refused.output += self.decompressor.discard() as u64;
            refused.lost = refused.output > self.allowance;
            match fed {
                _ if refused.lost => {}
                Fed::More if unread.is_empty() => return Found::More { need: 1 },
                Fed::More => {
                    refused.skipped += unread.len() as u64;
                    return Found::Skip { len: unread.len() as u64, error: None, more: true };
                }
                Fed::TooLong { read: more, then: State::Open } => read += more,
                Fed::Ended { read: more } | Fed::TooLong { read: more, then: State::Ended } => {
                    let (len, output) = ((read + more) as u64, refused.output);
                    let whole = refused.skipped + len;
                    self.refused = None;
                    self.settle(whole, output);
                    return Found::Skip { len, error: None, more: false };
                }
                Fed::Corrupt { .. } | Fed::TooLong { then: State::Corrupt, .. } => refused.lost = true,
            }
        }
        Found::Fatal(refused.reason)
    }
}

impl<Z: Format> Framing for Boundary<Z> {
    fn scan(&mut self, unread: &[u8], _seen: usize, _eof: bool) -> Found {
        if self.refused.is_some() {
            return self.skip(unread);
        }
        if unread.is_empty() {
            return Found::More { need: 1 };
        }
        if self.fed == 0 {
            self.decompressor.restart();
        }
        let near = &unread[..unread.len().min(self.limit)];
        let fed = core::mem::take(&mut self.fed);
        match self.decompressor.feed(&near[fed..]) {
            Fed::More if near.len() < self.limit => {
                self.fed = near.len();
                Found::More { need: near.len() + 1 }
            }
            Fed::More => self.refuse(near.len(), self.limit, false),
            Fed::Ended { read } => {
                self.settle((fed + read) as u64, 0);
                Found::Packet { len: fed + read, payload: 0..fed + read }
            }
            Fed::TooLong { read, then: State::Ended } => {
                let reason = FrameError::LimitExceeded { limit: self.decompressor.limit() as u64, needed: None };
                // The same as if its end had come later: nothing came out of it since it was refused.
                self.settle((fed + read) as u64, 0);
                Found::Skip { len: (fed + read) as u64, error: Some(reason), more: false }
            }
            Fed::TooLong { read, then } => self.refuse(fed + read, self.decompressor.limit(), then == State::Corrupt),
            Fed::Corrupt { .. } => Found::Fatal(FrameError::Malformed { expected: Z::EXPECTED }),
        }
    }

    fn max_len(&self) -> usize {
        self.limit
    }
}

impl<Z: Format, C: Codec> CompressedStream<Z, C> {
    /// The same error, where this deserializer stands: a refused stream that is lost began where it was refused.
    fn fatal(&self, error: Error<Infallible>) -> Error<C::Error> {
        match *error.kind() {
            ErrorKind::Frame(kind) => Error::new(ErrorKind::Frame(kind), self.position()),
            ErrorKind::Payload(never) => match never {},
        }
    }
}

impl<Z: Format, C: Codec> Deserializer for CompressedStream<Z, C> {
    type Span = Span;
    type Packet<'b>
        = C::Packet<'b>
    where
        Self: 'b;
    type Error = Error<C::Error>;

    fn buffer_len(&self, size_hint: usize) -> usize {
        self.engine.buffer_len(size_hint)
    }

    fn step(&mut self, buffer: &mut [u8]) -> Step<Span, Error<C::Error>> {
        match self.engine.step(buffer) {
            Step::Receive { at } => Step::Receive { at },
            Step::Packet(span) => Step::Packet(span),
            // It begins where the engine stands: what is thrown away comes after.
            Step::Reject(error) => Step::Reject(error.map_payload(|never| match never {})),
            Step::Fatal(error) => Step::Fatal(self.fatal(error)),
            Step::End(end) => Step::End(end),
        }
    }

    fn received(&mut self, count: usize) {
        self.engine.received(count);
    }

    fn view<'b>(&'b mut self, _buffer: &'b mut [u8], _span: Span) -> Result<C::Packet<'b>, Error<C::Error>> {
        let position = self.engine.packet_position();
        let output = self.engine.framing_mut().decompressor.output();
        self.codec.decode(output).map_err(|error| Error::new(ErrorKind::Payload(error), position))
    }

    fn retained(&self) -> Range<usize> {
        self.engine.retained()
    }

    fn is_between_packets(&self) -> bool {
        self.engine.is_between_packets()
    }

    fn position(&self) -> u64 {
        let lost = self.engine.framing().refused.as_ref().filter(|refused| refused.lost);
        // Nothing comes behind a stream that is lost, so all of it is where it began.
        self.engine.position() - lost.map_or(0, |lost| lost.skipped)
    }

    fn adopt(&mut self, unread: Range<usize>, position: u64) {
        self.engine.adopt(unread, position);
    }
}
