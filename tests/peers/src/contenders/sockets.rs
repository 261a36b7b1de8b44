//! Each driver of wharf, and what its users would otherwise take, over one kind of socket.

use std::io::{self, Read};
use std::thread::JoinHandle;

use ::wharf::{Framed, Framing, LengthPrefixed, Lines, Receiver, Width};
use futures_lite::future::block_on;
use wharf_drivers::{async_io_2, blocking, mio_1};

use super::{asynchronous, std_io};
use crate::net::{self, Socket, Transport};
use crate::rounds::Contender;
use crate::stream::{Stream, Wire};
use crate::tally::Tally;

/// Length of all buffers, where their owner lets one choose.
const BUFFER: usize = 128 * 1024;

/// Gives `$body` the socket as whichever type it has.
macro_rules! with {
    ($fed:expr, |$socket:ident| $body:expr) => {{
        let (socket, writer): (Socket, JoinHandle<()>) = $fed;
        let tally = match socket {
            Socket::Unix($socket) => $body,
            Socket::Tcp($socket) => $body,
        };
        writer.join().unwrap();
        tally
    }};
}

/// The same with mio's type of it.
macro_rules! with_mio {
    ($fed:expr, |$socket:ident| $body:expr) => {{
        let (socket, writer): (Socket, JoinHandle<()>) = $fed;
        let tally = match socket {
            Socket::Unix(socket) => {
                socket.set_nonblocking(true).unwrap();
                let $socket = mio::net::UnixStream::from_std(socket);
                $body
            }
            Socket::Tcp(socket) => {
                socket.set_nonblocking(true).unwrap();
                let $socket = mio::net::TcpStream::from_std(socket);
                $body
            }
        };
        writer.join().unwrap();
        tally
    }};
}

/// All that read `stream` over `transport`: the bare receive loop first.
pub fn over_sockets(stream: &Stream, transport: Transport) -> Vec<Contender<'_>> {
    let fed = move || net::fed(transport, stream.bytes);
    let wire = stream.wire;
    let floor = Contender::new("receive and look at nothing", move || {
        with!(fed(), |socket| net::drain(socket, &mut vec![0; BUFFER]).map(|()| stream.tally).unwrap())
    });
    let mut all = vec![floor];
    match wire {
        Wire::Lines | Wire::Length32 => {
            all.push(Contender::new("blocking: wharf", move || match wire {
                Wire::Lines => with!(fed(), |socket| wharf_blocking(socket, lines())),
                _ => with!(fed(), |socket| wharf_blocking(socket, length(Width::U32))),
            }));
            all.push(Contender::new("blocking: std BufReader, reused Vec", move || match wire {
                Wire::Lines => with!(fed(), |socket| std_io::read_until(socket, BUFFER)),
                _ => with!(fed(), |socket| std_io::length32(socket, BUFFER)),
            }));
            all.push(Contender::new("mio: wharf", move || match wire {
                Wire::Lines => with_mio!(fed(), |socket| wharf_mio(socket, lines())),
                _ => with_mio!(fed(), |socket| wharf_mio(socket, length(Width::U32))),
            }));
            all.push(Contender::new("mio: loop by hand", move || match wire {
                Wire::Lines => with_mio!(fed(), |socket| mio_by_hand(socket, line)),
                _ => with_mio!(fed(), |socket| mio_by_hand(socket, length32)),
            }));
        }
        Wire::Length64 => {}
    }
    if wire != Wire::Length32 {
        all.push(Contender::new("async-io: wharf", move || match wire {
            Wire::Lines => with!(fed(), |socket| wharf_async_io(socket, lines())),
            _ => with!(fed(), |socket| wharf_async_io(socket, length(Width::U64))),
        }));
        all.push(Contender::new("async-io: asynchronous-codec", move || match wire {
            Wire::Lines => {
                with!(fed(), |socket| { block_on(asynchronous::lines(async_io::Async::new(socket).unwrap())) })
            }
            _ => with!(fed(), |socket| block_on(asynchronous::length64(async_io::Async::new(socket).unwrap()))),
        }));
    }
    all
}

fn lines() -> Lines {
    Lines::new(BUFFER - 16)
}

fn length(width: Width) -> LengthPrefixed {
    LengthPrefixed::new(width, BUFFER - 16)
}

fn receiver<F: Framing>(framing: F) -> Receiver<Framed<F>, Box<[u8]>> {
    Receiver::new(Framed::new(framing), vec![0; BUFFER].into_boxed_slice()).unwrap()
}

/// wharf's blocking driver.
fn wharf_blocking<F: Framing>(socket: impl Read, framing: F) -> Tally {
    let (mut connection, mut tally) = (blocking::Connection::new(socket, receiver(framing), ()), Tally::default());
    while let Some(packet) = connection.recv().unwrap_or_else(|_| panic!("wharf cannot receive")) {
        tally.take(packet);
    }
    tally
}

/// wharf's async-io driver.
fn wharf_async_io<S, F: Framing>(socket: S, framing: F) -> Tally
where
    S: std::os::fd::AsFd,
    for<'s> &'s S: Read,
{
    let socket = async_io::Async::new(socket).unwrap();
    let mut connection = async_io_2::Connection::new(socket, receiver(framing), ());
    block_on(async {
        let mut tally = Tally::default();
        while let Some(packet) = connection.recv().await.unwrap_or_else(|_| panic!("wharf cannot receive")) {
            tally.take(packet);
        }
        tally
    })
}

/// A poll that waits for `socket` to be readable.
struct Poll {
    poll: mio::Poll,
    events: mio::Events,
}

impl Poll {
    fn new(socket: &mut impl mio::event::Source) -> Self {
        let poll = mio::Poll::new().unwrap();
        poll.registry().register(socket, mio::Token(0), mio::Interest::READABLE).unwrap();
        Self { poll, events: mio::Events::with_capacity(8) }
    }

    fn wait(&mut self) {
        self.poll.poll(&mut self.events, None).unwrap();
    }
}

/// wharf's mio driver.
fn wharf_mio<F: Framing>(mut socket: impl Read + mio::event::Source, framing: F) -> Tally {
    let mut poll = Poll::new(&mut socket);
    let (mut connection, mut tally) = (mio_1::Connection::new(socket, receiver(framing), ()), Tally::default());
    loop {
        match connection.recv().unwrap_or_else(|_| panic!("wharf cannot receive")) {
            mio_1::Received::Packet(packet) => tally.take(packet),
            mio_1::Received::WouldBlock => poll.wait(),
            mio_1::Received::Yield => {}
            mio_1::Received::End => return tally,
        }
    }
}

/// What one writes by hand: receive behind what is left, take all whole packets, move the rest to the front.
fn mio_by_hand(mut socket: impl Read + mio::event::Source, next: impl Fn(&[u8]) -> Option<(&[u8], usize)>) -> Tally {
    let mut poll = Poll::new(&mut socket);
    let (mut buffer, mut end, mut tally) = (vec![0; BUFFER], 0, Tally::default());
    loop {
        match socket.read(&mut buffer[end..]) {
            Ok(0) => return tally,
            Ok(count) => end += count,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                poll.wait();
                continue;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => panic!("{error}"),
        }
        let mut start = 0;
        while let Some((packet, len)) = next(&buffer[start..end]) {
            tally.take(packet);
            start += len;
        }
        buffer.copy_within(start..end, 0);
        end -= start;
    }
}

fn line(unread: &[u8]) -> Option<(&[u8], usize)> {
    let at = memchr::memchr(b'\n', unread)?;
    Some((&unread[..at], at + 1))
}

fn length32(unread: &[u8]) -> Option<(&[u8], usize)> {
    let (head, rest) = unread.split_first_chunk()?;
    let len = usize::try_from(u32::from_be_bytes(*head)).unwrap();
    Some((rest.get(..len)?, 4 + len))
}
