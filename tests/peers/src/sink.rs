//! A writer that takes all it is given, and counts how often.

use std::io::{self, IoSlice, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::tally::Tally;

/// A writer into nothing, in every world that a contender lives in.
///
/// Each call stands for a system call; the bytes are added up, so that all contenders can be seen to send the same.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sink {
    /// Calls that wrote something.
    pub calls: u64,
    /// Bytes written.
    pub bytes: u64,
    check: u64,
}

impl Sink {
    fn take(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        // As much of the bytes as a system call would at least look at.
        self.check = bytes.iter().step_by(64).fold(self.check, |check, &byte| check + u64::from(byte));
    }

    /// What was written, as the packets that it was made of.
    pub fn tally(&self, packets: u64) -> Tally {
        Tally { packets, bytes: self.bytes, check: 0 }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.calls += 1;
        self.take(bytes);
        Ok(bytes.len())
    }

    fn write_vectored(&mut self, chunks: &[IoSlice<'_>]) -> io::Result<usize> {
        self.calls += 1;
        chunks.iter().for_each(|chunk| self.take(chunk));
        Ok(chunks.iter().map(|chunk| chunk.len()).sum())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl tokio::io::AsyncWrite for Sink {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Poll::Ready(self.get_mut().write(bytes))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

impl futures_lite::AsyncWrite for Sink {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Poll::Ready(self.get_mut().write(bytes))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
