//! Compressed payloads, with a bound on what comes out of them.

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use crate::codec::WrapError;
use crate::send::{Outgoing, Serializer};
use crate::{Codec, Encode, Raw};

/// A compressed format whose streams tell their own end.
///
/// Implemented by [`ZlibFormat`](crate::codec::ZlibFormat) and [`Bzip2Format`](crate::codec::Bzip2Format).
pub trait Format: Default + fmt::Debug {
    /// What [`decompress`](Self::decompress) wants, as an error says it.
    const EXPECTED: &'static str;

    /// Begins with a new stream.
    fn restart(&mut self);

    /// Goes on with a stream, as far as `input` and the room in `output` allow.
    ///
    /// `output` has room. Asked again after an end or an error, it says nothing that makes sense.
    fn decompress(&mut self, input: &[u8], output: &mut [u8]) -> Progress;

    /// Appends one whole stream of `input` to `output`.
    fn compress(&mut self, input: &[u8], level: u8, output: &mut Vec<u8>);
}

/// How far [`Format::decompress`] came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "formats make it")]
pub struct Progress {
    /// Bytes read.
    pub read: usize,
    /// Bytes written.
    pub written: usize,
    /// What comes next.
    pub state: State,
}

/// Where a compressed stream stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a stream goes on, ends, or fails")]
pub enum State {
    /// It goes on.
    Open,
    /// It has ended behind what was read.
    Ended,
    /// It can't be read any further.
    Corrupt,
}

/// Decompresses stream after stream into room of its own.
#[derive(Debug)]
pub(crate) struct Decompressor<Z> {
    format: Z,
    limit: usize,
    /// Empty, or one byte longer than the limit, so that one byte too many is seen.
    output: Vec<u8>,
    /// Bytes of the output that are there. Invariant: `len <= output.len()`.
    len: usize,
}

/// What [`Decompressor::feed`] found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fed {
    /// All was read, and the stream goes on.
    More,
    /// The stream ended behind so many bytes.
    Ended { read: usize },
    /// More came out than the limit, after so many bytes; what comes next.
    TooLong { read: usize, then: State },
    /// It can't be read further than about so many bytes.
    Corrupt { read: usize },
}

impl<Z: Format> Decompressor<Z> {
    pub(crate) fn new(limit: usize) -> Self {
        Self { format: Z::default(), limit, output: Vec::new(), len: 0 }
    }

    pub(crate) fn limit(&self) -> usize {
        self.limit
    }

    /// Begins with a new stream.
    pub(crate) fn restart(&mut self) {
        self.format.restart();
        self.len = 0;
    }

    /// What has come out of the stream.
    pub(crate) fn output(&mut self) -> &mut [u8] {
        &mut self.output[..self.len]
    }

    /// Forgets what has come out of the stream, and says how much that was.
    pub(crate) fn discard(&mut self) -> usize {
        core::mem::take(&mut self.len)
    }

    /// Frees what is kept from stream to stream.
    pub(crate) fn shrink(&mut self) {
        *self = Self::new(self.limit);
    }

    pub(crate) fn feed(&mut self, input: &[u8]) -> Fed {
        if self.output.is_empty() {
            // Zeroed memory of that size is not touched before it is written to.
            self.output = vec![0; self.limit.saturating_add(1)];
        }
        let mut read = 0;
        loop {
            let progress = self.format.decompress(&input[read..], &mut self.output[self.len..]);
            read += progress.read;
            self.len += progress.written;
            // First: whether the limit was exceeded must not depend on how much was read ahead.
            if self.len > self.limit {
                return Fed::TooLong { read, then: progress.state };
            }
            match progress.state {
                State::Ended => return Fed::Ended { read },
                State::Corrupt => return Fed::Corrupt { read },
                // There is room left, so all that could come out of the input has.
                State::Open if read == input.len() => return Fed::More,
                State::Open if progress.read == 0 && progress.written == 0 => return Fed::Corrupt { read },
                State::Open => {}
            }
        }
    }
}

/// Compressed payloads: each is one complete stream of the format, which `inner` reads decompressed.
///
/// For payloads whose end a framing finds; where streams follow one another on the wire with nothing in between,
/// see [`CompressedStream`](crate::CompressedStream). As a [`Serializer`] it sends such streams.
///
/// No more comes out of a payload than the limit: a bomb costs one packet, and work in proportion to the limit.
/// The room for it is made once, and kept for the next packet.
#[derive(Debug)]
pub struct Compressed<Z, C = Raw> {
    decompressor: Decompressor<Z>,
    level: u8,
    /// What is to be compressed.
    plain: Vec<u8>,
    inner: C,
}

impl<Z: Format, C> Compressed<Z, C> {
    /// Decompresses payloads to at most `output_limit` bytes, which `inner` then reads.
    ///
    /// Room for so many bytes is made when the first packet comes.
    pub fn new(output_limit: usize, inner: C) -> Self {
        Self { decompressor: Decompressor::new(output_limit), level: 6, plain: Vec::new(), inner }
    }

    /// Sets how hard to compress what is sent: from 1, fast, to 9, small; 6 if it isn't set.
    #[must_use]
    pub fn level(mut self, level: u8) -> Self {
        self.level = level.clamp(1, 9);
        self
    }

    /// Frees what is kept from packet to packet.
    pub fn shrink(&mut self) {
        self.decompressor.shrink();
        self.plain = Vec::new();
    }
}

impl<Z: Format, C: Codec> Codec for Compressed<Z, C> {
    type Packet<'b>
        = C::Packet<'b>
    where
        Self: 'b;
    type Error = WrapError<C::Error>;

    fn decode<'b>(&'b mut self, payload: &'b mut [u8]) -> Result<C::Packet<'b>, Self::Error> {
        self.decompressor.restart();
        match self.decompressor.feed(payload) {
            Fed::Ended { read } if read == payload.len() => {}
            Fed::Ended { read } => {
                return Err(WrapError::Malformed { expected: "nothing behind the end", offset: read });
            }
            Fed::More => return Err(WrapError::Malformed { expected: Z::EXPECTED, offset: payload.len() }),
            Fed::Corrupt { read } => return Err(WrapError::Malformed { expected: Z::EXPECTED, offset: read }),
            Fed::TooLong { .. } => return Err(WrapError::LimitExceeded { limit: self.decompressor.limit() as u64 }),
        }
        self.inner.decode(self.decompressor.output()).map_err(WrapError::Inner)
    }
}

impl<Z: Format, P: ?Sized, C: Encode<P>> Encode<P> for Compressed<Z, C> {
    type Error = WrapError<C::Error>;

    fn encode(&mut self, packet: &P, payload: &mut Vec<u8>) -> Result<(), Self::Error> {
        self.plain.clear();
        self.inner.encode(packet, &mut self.plain).map_err(WrapError::Inner)?;
        let limit = self.decompressor.limit();
        if self.plain.len() > limit {
            return Err(WrapError::LimitExceeded { limit: limit as u64 });
        }
        self.decompressor.format.compress(&self.plain, self.level, payload);
        Ok(())
    }
}

/// Sends each packet as one stream, with nothing before or behind it.
impl<Z: Format, P: ?Sized, C: Encode<P>> Serializer<P> for Compressed<Z, C> {
    type Error = WrapError<C::Error>;

    fn serialize(&mut self, packet: &P, out: &mut Outgoing<'_>) -> Result<(), Self::Error> {
        self.encode(packet, out.bytes())
    }
}
