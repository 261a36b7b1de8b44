//! Connections that wait: each contender with a stream that has a packet for it, or nothing yet.

use std::future::Future as _;
use std::io::{self, BufRead as _, Read};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use ::wharf::storage::{Lease, Pool};
use ::wharf::{Framed, Lines, Raw, Receiver};
use asynchronous_codec::LinesCodec as AsynchronousLines;
use futures_lite::{Stream, StreamExt as _};
use tokio::io::{AsyncBufReadExt as _, ReadBuf};
use tokio_util::codec::LinesCodec;
use wharf_drivers::mio_1;

/// Most bytes of a packet: 1 MiB.
pub const PACKET: usize = 1 << 20;

/// A stream that gives some bytes and then has no more for now.
#[derive(Debug, Clone)]
pub struct Quiet {
    left: &'static [u8],
}

impl Quiet {
    /// A stream that has `bytes` to give.
    pub fn new(bytes: &'static [u8]) -> Self {
        Self { left: bytes }
    }
}

impl Read for Quiet {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left.is_empty() { Err(io::ErrorKind::WouldBlock.into()) } else { self.left.read(buffer) }
    }
}

impl tokio::io::AsyncRead for Quiet {
    fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.left.is_empty() {
            return Poll::Pending;
        }
        let (now, later) = self.left.split_at(self.left.len().min(buffer.remaining()));
        buffer.put_slice(now);
        self.left = later;
        Poll::Ready(Ok(()))
    }
}

impl tokio::io::AsyncWrite for Quiet {
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

impl futures_lite::AsyncRead for Quiet {
    fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        if self.left.is_empty() { Poll::Pending } else { Poll::Ready(self.left.read(buffer)) }
    }
}

/// A connection that has read all that there is, and waits.
pub trait Waiting {}
impl<T> Waiting for T {}

/// One that makes a connection over a stream, reads what it has and leaves the connection to wait.
pub type Waiter = (&'static str, Box<dyn Fn(Quiet) -> Box<dyn Waiting>>);

/// All of them; `in_turn` of their connections have a packet under way at once.
pub fn all(in_turn: usize) -> Vec<Waiter> {
    let pool = Pool::new(PACKET + 64 * 1024, in_turn);
    vec![
        ("wharf, buffer from a pool", Box::new(move |stream| Box::new(wharf_pooled(stream, pool.lease())))),
        ("wharf, buffer of its own", Box::new(|stream| Box::new(wharf_boxed(stream, 8 * 1024)))),
        ("std BufReader, reused Vec", Box::new(|stream| Box::new(std_reader(stream)))),
        ("tokio BufReader, reused Vec", Box::new(|stream| Box::new(tokio_reader(stream)))),
        (
            "tokio-util LinesCodec",
            Box::new(|stream| Box::new(polled(tokio_util::codec::FramedRead::new(stream, LinesCodec::new())))),
        ),
        (
            "actix-codec LinesCodec",
            Box::new(|stream| Box::new(polled(actix_codec::Framed::new(stream, actix_codec::LinesCodec::default())))),
        ),
        (
            "asynchronous-codec LinesCodec",
            Box::new(|stream| Box::new(polled(asynchronous_codec::FramedRead::new(stream, AsynchronousLines)))),
        ),
    ]
}

/// Polls for packets until there is none for now.
fn polled<S: Stream + Unpin>(mut framed: S) -> S {
    let mut cx = Context::from_waker(Waker::noop());
    while framed.poll_next(&mut cx).is_ready() {}
    framed
}

fn drained<B: ::wharf::storage::Storage + Send>(
    stream: Quiet,
    receiver: Receiver<Framed<Lines, Raw>, B>,
) -> mio_1::Connection<Quiet, Receiver<Framed<Lines, Raw>, B>> {
    let mut connection = mio_1::Connection::new(stream, receiver, ());
    loop {
        match connection.recv() {
            Ok(mio_1::Received::WouldBlock) => return connection,
            Ok(mio_1::Received::End) => panic!("a quiet stream doesn't end"),
            Ok(_) => {}
            Err(_) => panic!("wharf refuses a packet"),
        }
    }
}

fn wharf_pooled(stream: Quiet, lease: Lease) -> impl Waiting + use<> {
    drained(stream, Receiver::new(Framed::new(Lines::new(PACKET)), lease).unwrap())
}

/// Its limit is its buffer: a longer line is refused and skipped.
fn wharf_boxed(stream: Quiet, buffer: usize) -> impl Waiting + use<> {
    let limit = if stream.left.is_empty() { buffer } else { PACKET };
    let storage = vec![0; limit + 1].into_boxed_slice();
    drained(stream, Receiver::new(Framed::new(Lines::new(limit)), storage).unwrap())
}

fn std_reader(stream: Quiet) -> impl Waiting + use<> {
    let (mut reader, mut line) = (io::BufReader::new(stream), Vec::new());
    while reader.read_until(b'\n', &mut line).is_ok() {
        line.clear();
    }
    (reader, line)
}

fn tokio_reader(stream: Quiet) -> impl Waiting + use<> {
    let (mut reader, mut line) = (tokio::io::BufReader::new(stream), Vec::new());
    let mut cx = Context::from_waker(Waker::noop());
    while pin!(reader.read_until(b'\n', &mut line)).poll(&mut cx).is_ready() {
        line.clear();
    }
    (reader, line)
}
