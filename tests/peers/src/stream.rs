//! The bytes that all contenders read, and the reader that hands them out.

use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use compio_buf::{BufResult, IoBufMut};
use tokio::io::ReadBuf;

use crate::tally::Tally;

/// How packets are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wire {
    /// Each ends with LF.
    Lines,
    /// A big-endian `u32` before each.
    Length32,
    /// A big-endian `u64` before each, for peers that know nothing else.
    Length64,
}

/// A stream of packets, as bytes.
#[derive(Debug, Clone)]
pub struct Stream {
    /// How packets are told apart.
    pub wire: Wire,
    /// The bytes on the wire; they live for ever, as some peers want it.
    pub bytes: &'static [u8],
    /// What there is to be read.
    pub tally: Tally,
    /// Length of the longest payload.
    pub longest: usize,
}

impl Stream {
    /// About `total` bytes of packets of about `size` bytes, a quarter more or less.
    pub fn new(wire: Wire, size: usize, total: usize) -> Self {
        let mut random = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = || {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(random >> 33).unwrap()
        };
        let (mut bytes, mut tally, mut longest) = (Vec::with_capacity(total + 2 * size), Tally::default(), 0);
        while bytes.len() < total {
            let len = size - size / 4 + next() % (size / 2 + 1);
            longest = longest.max(len);
            match wire {
                Wire::Lines => {}
                Wire::Length32 => bytes.extend_from_slice(&u32::try_from(len).unwrap().to_be_bytes()),
                Wire::Length64 => bytes.extend_from_slice(&(len as u64).to_be_bytes()),
            }
            let start = bytes.len();
            bytes.extend((0..len).map(|_| b' ' + u8::try_from(next() % 95).unwrap()));
            tally.take(&bytes[start..]);
            if wire == Wire::Lines {
                bytes.push(b'\n');
            }
        }
        Self { wire, bytes: bytes.leak(), tally, longest }
    }

    /// One line of `len` bytes.
    pub fn one_line(len: usize) -> Self {
        let mut bytes = vec![b'-'; len + 1];
        bytes[len] = b'\n';
        let mut tally = Tally::default();
        tally.take(&bytes[..len]);
        Self { wire: Wire::Lines, bytes: bytes.leak(), tally, longest: len }
    }

    /// A reader of these bytes, which gives at most `piece` of them at a time.
    pub fn memory(&self, piece: usize) -> Memory {
        Memory { bytes: self.bytes, piece }
    }
}

/// A reader over bytes in memory, in every world that a contender lives in.
#[derive(Debug, Clone)]
pub struct Memory {
    bytes: &'static [u8],
    piece: usize,
}

impl Memory {
    #[inline]
    fn piece(&mut self, room: usize) -> &'static [u8] {
        let (piece, rest) = self.bytes.split_at(self.piece.min(room).min(self.bytes.len()));
        self.bytes = rest;
        piece
    }
}

impl io::Read for Memory {
    #[inline]
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let piece = self.piece(buffer.len());
        buffer[..piece.len()].copy_from_slice(piece);
        Ok(piece.len())
    }
}

impl tokio::io::AsyncRead for Memory {
    fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        buffer.put_slice(self.get_mut().piece(buffer.remaining()));
        Poll::Ready(Ok(()))
    }
}

/// Only so that peers that frame both directions take it; nothing is written.
impl tokio::io::AsyncWrite for Memory {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

impl futures_lite::AsyncRead for Memory {
    fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        Poll::Ready(io::Read::read(self.get_mut(), buffer))
    }
}

impl compio_io::AsyncRead for Memory {
    async fn read<B: IoBufMut>(&mut self, mut buffer: B) -> BufResult<usize, B> {
        let room = buffer.buf_capacity();
        compio_io::AsyncRead::read(&mut self.piece(room), buffer).await
    }
}

impl embedded_io_async::ErrorType for Memory {
    type Error = Infallible;
}

impl embedded_io_async::Read for Memory {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Infallible> {
        let piece = self.piece(buffer.len());
        buffer[..piece.len()].copy_from_slice(piece);
        Ok(piece.len())
    }
}
