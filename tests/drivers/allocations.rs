//! Counts heap: nothing per packet or per receive, and little per idle connection, in each driver.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use async_io::{Async, block_on};
use wharf::send::{Framer, Sender};
use wharf::storage::{Lease, Pool};
use wharf::{Delimited, Enframe, Fixed, Framed, Framing, LengthPrefixed, Lines, Receiver, Width};
use wharf_drivers::{async_io_2, blocking, mio_1};
use wharf_tests::drivers::{Driver, Outcome};
use wharf_tests::work::{CountingAllocator, so_far};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

type Pooled<F> = Receiver<Framed<F>, Lease>;

/// A connection of any driver, over a stream that never blocks.
enum Connection<F: Framing> {
    Blocking(blocking::Connection<UnixStream, Pooled<F>, Sender<Framer<F>>>),
    Mio(mio_1::Connection<mio::net::UnixStream, Pooled<F>, Sender<Framer<F>>>),
    AsyncIo(async_io_2::Connection<UnixStream, Pooled<F>, Sender<Framer<F>>>),
}

impl<F: Framing + Enframe + Clone> Connection<F> {
    fn open(driver: Driver, stream: UnixStream, framing: &F, pool: &Pool) -> Self {
        stream.set_nonblocking(true).unwrap();
        let receiver = Receiver::new(Framed::new(framing.clone()), pool.lease()).unwrap();
        let sender = Sender::new(Framer::new(framing.clone()), 4096);
        match driver {
            Driver::Blocking => Self::Blocking(blocking::Connection::new(stream, receiver, sender)),
            Driver::Mio => Self::Mio(mio_1::Connection::new(mio::net::UnixStream::from_std(stream), receiver, sender)),
            Driver::AsyncIo => {
                Self::AsyncIo(async_io_2::Connection::new(Async::new(stream).unwrap(), receiver, sender))
            }
        }
    }

    /// Receives a packet that is there; its length.
    fn recv(&mut self) -> usize {
        match self {
            Self::Blocking(connection) => connection.recv().unwrap().unwrap().len(),
            Self::Mio(connection) => loop {
                match connection.recv().unwrap() {
                    mio_1::Received::Packet(packet) => break packet.len(),
                    mio_1::Received::Yield => {}
                    outcome => panic!("{outcome:?}"),
                }
            },
            Self::AsyncIo(connection) => block_on(connection.recv()).unwrap().unwrap().len(),
        }
    }

    /// Receives where nothing is there.
    fn wait(&mut self) {
        let outcome = match self {
            Self::Blocking(connection) => Outcome::from(connection.recv()),
            Self::Mio(connection) => match connection.recv() {
                Ok(mio_1::Received::WouldBlock) => Outcome::Waits,
                outcome => panic!("{outcome:?}"),
            },
            Self::AsyncIo(connection) => match pin!(connection.recv()).poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(received) => Outcome::from(received),
                Poll::Pending => Outcome::Waits,
            },
        };
        assert!(matches!(outcome, Outcome::Waits | Outcome::Io(std::io::ErrorKind::WouldBlock)), "{outcome:?}");
    }

    fn send(&mut self, packet: &[u8]) {
        match self {
            Self::Blocking(connection) => connection.send(packet).map_err(|error| error.to_string()).unwrap(),
            Self::Mio(connection) => assert!(connection.send(packet).map_err(|error| error.to_string()).unwrap()),
            Self::AsyncIo(connection) => block_on(connection.send(packet)).map_err(|error| error.to_string()).unwrap(),
        }
    }

    fn send_bytes(&self, bytes: &[u8]) {
        match self {
            Self::Blocking(connection) => connection.stream().write_all(bytes),
            Self::Mio(connection) => { connection.stream() }.write_all(bytes),
            Self::AsyncIo(connection) => connection.stream().get_ref().write_all(bytes),
        }
        .unwrap();
    }

    fn rest(&mut self) {
        match self {
            Self::Blocking(connection) => connection.rest(),
            Self::Mio(connection) => connection.rest(),
            Self::AsyncIo(connection) => connection.rest(),
        }
    }
}

/// Packets go through a warm connection, several in a segment and one in pieces; nothing is allocated for them.
#[track_caller]
fn check_steady<F: Framing + Enframe + Clone>(framing: &F, len: usize) {
    const PACKETS: usize = 40;
    for driver in Driver::ALL {
        let pool = Pool::new(1024, 2);
        let (ours, mut theirs) = UnixStream::pair().unwrap();
        let mut connection = Connection::open(driver, ours, framing, &pool);
        let packet = vec![b'p'; len];
        let mut sender = Sender::new(Framer::new(framing.clone()), 64 * 1024);
        (0..PACKETS).for_each(|_| sender.enqueue(&packet).map_err(|_| "refused").unwrap());
        let bytes = sender.chunks().collect::<Vec<_>>().concat();
        let mut sent = vec![0; bytes.len() * 2];
        let mut before = 0;
        for round in 0..20 {
            if round == 4 {
                before = so_far().allocations;
            }
            theirs.write_all(&bytes[..bytes.len() - 3]).unwrap();
            for _ in 1..PACKETS {
                assert_eq!(connection.recv(), len);
            }
            connection.wait();
            for piece in bytes[bytes.len() - 3..].chunks(1) {
                connection.wait();
                theirs.write_all(piece).unwrap();
            }
            assert_eq!(connection.recv(), len);
            connection.wait();
            connection.send(&packet);
            let count = theirs.read(&mut sent).unwrap();
            assert!(count >= len);
        }
        let allocated = so_far().allocations - before;
        println!("{driver:?}: {allocated} allocations for {} packets", 16 * PACKETS);
        // async-io's reactor allocates a list of wakers each time that somebody has to wait.
        let wakers = if driver == Driver::AsyncIo { 16 * 2 } else { 0 };
        assert!(allocated <= wakers, "{driver:?}: {allocated} allocations");
    }
}

#[test]
fn nothing_is_allocated_per_packet_or_receive() {
    check_steady(&Lines::new(100), 64);
    check_steady(&Delimited::new(b"\r\n--", 100).unwrap(), 64);
    check_steady(&Fixed::new(64).unwrap(), 64);
    check_steady(&LengthPrefixed::new(Width::U32, 100), 64);
}

/// 10,000 connections, in pairs that talk to each other.
///
/// What is counted is what a connection owns on the heap besides its own struct, which is wherever the caller puts it;
/// what async-io registers for a socket, and for a task that waits for it, is measured first and told apart.
#[test]
fn an_idle_connection_holds_at_most_256_bytes_of_heap() {
    const PAIRS: usize = 5_000;
    let framing = LengthPrefixed::new(Width::U32, 60_000);
    for driver in Driver::ALL {
        let pool = Pool::new(64 * 1024, 1);
        let reactor = if driver == Driver::AsyncIo { registered_by_async_io() } else { 0 };
        let mut connections = Vec::with_capacity(2 * PAIRS);
        let start = so_far().live;
        for _ in 0..PAIRS {
            let (ours, theirs) = UnixStream::pair().unwrap();
            for stream in [ours, theirs] {
                connections.push(Connection::open(driver, stream, &framing, &pool));
            }
        }
        let check = |when: &str| {
            assert_eq!((pool.in_use(), pool.free()), (0, 0), "{driver:?} {when}");
            let held = (so_far().live - start) / (2 * PAIRS as isize);
            println!("{driver:?} {when}: {held} bytes, of which async-io's {reactor}");
            assert!((0..=256).contains(&(held - reactor)), "{driver:?} {when}: {held} bytes");
        };
        connections.iter_mut().for_each(Connection::wait);
        pool.trim();
        check("that has seen no traffic");

        // Packets of 1,000 bytes, one buffer for all.
        connections.iter_mut().for_each(|connection| connection.send(&[7; 1000]));
        for connection in &mut connections {
            assert_eq!(connection.recv(), 1000);
            connection.rest();
            connection.wait();
        }
        pool.trim();
        check("after traffic");

        connections.iter().for_each(|connection| connection.send_bytes(b"\0\0\0\x01!\0\0\0"));
        for connection in &mut connections {
            assert_eq!(connection.recv(), 1);
            connection.wait();
        }
        pool.trim();
        check("inside a head");
    }
    println!("size of a connection: {:?} bytes", sizes::<LengthPrefixed>());
    assert!(sizes::<LengthPrefixed>().iter().all(|size| *size <= 448));
}

fn sizes<F: Framing>() -> [usize; 3] {
    [
        size_of::<blocking::Connection<UnixStream, Pooled<F>, Sender<Framer<F>>>>(),
        size_of::<mio_1::Connection<mio::net::UnixStream, Pooled<F>, Sender<Framer<F>>>>(),
        size_of::<async_io_2::Connection<UnixStream, Pooled<F>, Sender<Framer<F>>>>(),
    ]
}

/// Bytes that async-io allocates for a socket and one task that waits for it.
fn registered_by_async_io() -> isize {
    let sockets: Vec<_> = (0..50).flat_map(|_| <[_; 2]>::from(UnixStream::pair().unwrap())).collect();
    let count = isize::try_from(sockets.len()).unwrap();
    let mut registered = Vec::with_capacity(sockets.len());
    // The first socket of the process starts the reactor.
    drop(Async::new(UnixStream::pair().unwrap().0).unwrap());
    let before = so_far().live;
    registered.extend(sockets.into_iter().map(|socket| Async::new(socket).unwrap()));
    for socket in &registered {
        assert!(pin!(socket.readable()).poll(&mut Context::from_waker(Waker::noop())).is_pending());
    }
    (so_far().live - before) / count
}
