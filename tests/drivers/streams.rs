//! Halves, pipes, files, exhausted descriptors, and peers that never stop: what a scenario table over sockets leaves.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpListener;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::pin::pin;
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, Waker};

use async_io::{Async, block_on};
use wharf::send::{Framer, Sender};
use wharf::storage::Pool;
use wharf::{Framed, LengthPrefixed, Lines, Receiver, Width};
use wharf_drivers::mio_1::Received;
use wharf_drivers::{async_io_2, blocking, mio_1};
use wharf_tests::drivers::{Outcome, Tally, tcp_pair};

const PACKETS: u64 = 2_000;
const LIMIT: usize = 10_000;

fn framing() -> LengthPrefixed {
    LengthPrefixed::new(Width::U32, LIMIT)
}

fn receiver() -> Receiver<Framed<LengthPrefixed>, Vec<u8>> {
    Receiver::new(Framed::new(framing()), vec![0; 2 * LIMIT]).unwrap()
}

fn sender() -> Sender<Framer<LengthPrefixed>> {
    Sender::new(Framer::new(framing()), 4096)
}

fn lines() -> Receiver<Framed<Lines>, Vec<u8>> {
    Receiver::new(Framed::new(Lines::new(80)), vec![0; 128]).unwrap()
}

/// Gives `send` every packet in turn.
fn make_all(mut send: impl FnMut(&[u8])) {
    let (mut tally, mut packet) = (Tally::new(7), Vec::new());
    for number in 0..usize::try_from(PACKETS).unwrap() {
        tally.make(number * 37 % LIMIT, &mut packet);
        send(&packet);
    }
}

#[test]
fn halves_receive_in_one_thread_and_send_in_another() {
    let (ours, theirs) = tcp_pair();
    let halves = |stream: std::net::TcpStream| {
        let other = stream.try_clone().unwrap();
        blocking::Connection::new(stream, receiver(), sender()).split(other)
    };
    std::thread::scope(|scope| {
        for (mut receiving, mut sending) in [halves(ours), halves(theirs)] {
            scope.spawn(move || {
                make_all(|packet| sending.send(packet).map_err(|error| error.to_string()).unwrap());
                sending.finish().unwrap();
            });
            scope.spawn(move || {
                let mut tally = Tally::new(7);
                while let Some(packet) = receiving.recv().unwrap() {
                    tally.check(packet).unwrap();
                }
                assert_eq!(tally.count(), PACKETS);
            });
        }
    });
}

#[test]
fn halves_receive_in_one_task_and_send_in_another() {
    let (ours, theirs) = tcp_pair();
    let halves = |stream| async_io_2::Connection::new(Async::new(stream).unwrap(), receiver(), sender()).split();
    std::thread::scope(|scope| {
        for (mut receiving, mut sending) in [halves(ours), halves(theirs)] {
            scope.spawn(move || {
                make_all(|packet| block_on(sending.send(packet)).map_err(|error| error.to_string()).unwrap());
                block_on(sending.finish()).unwrap();
            });
            scope.spawn(move || {
                block_on(async {
                    let mut tally = Tally::new(7);
                    while let Some(packet) = receiving.recv().await.unwrap() {
                        tally.check(packet).unwrap();
                    }
                    assert_eq!(tally.count(), PACKETS);
                });
            });
        }
    });
}

/// Both halves of an async connection in one task, which drops whichever waits: nothing is lost either way.
#[test]
fn futures_that_are_dropped_for_one_another_lose_nothing() {
    let (ours, mut theirs) = UnixStream::pair().unwrap();
    let (mut receiving, mut sending) =
        async_io_2::Connection::new(Async::new(ours).unwrap(), receiver(), sender()).split();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // Sends back what it receives, in pieces of odd lengths.
            let (mut bytes, mut len) = (vec![0; 1000], 1);
            loop {
                len = len * 7 % 999 + 1;
                let count = theirs.read(&mut bytes[..len]).unwrap();
                if count == 0 {
                    break;
                }
                theirs.write_all(&bytes[..count]).unwrap();
            }
        });
        block_on(async {
            let (mut made, mut checked, mut packet) = (Tally::new(1), Tally::new(1), Vec::new());
            while checked.count() < PACKETS {
                if made.count() < PACKETS && sending.sender().len() < 4096 {
                    made.make(usize::try_from(made.count()).unwrap() * 37 % LIMIT, &mut packet);
                    sending.enqueue(&packet).map_err(|error| error.to_string()).unwrap();
                }
                let sends = !sending.sender().is_empty();
                let mut receive = pin!(receiving.recv());
                let mut flush = pin!(sending.flush());
                std::future::poll_fn(|cx| {
                    if let Poll::Ready(received) = receive.as_mut().poll(cx) {
                        checked.check(received.unwrap().unwrap()).unwrap();
                        return Poll::Ready(());
                    }
                    if !sends {
                        return Poll::Pending;
                    }
                    flush.as_mut().poll(cx).map(io::Result::unwrap)
                })
                .await;
            }
            sending.finish().await.unwrap();
        });
    });
}

#[test]
fn pipes_carry_packets_in_each_driver() {
    let written = |stream: &mut dyn Write| stream.write_all(b"one\ntwo\nthr").unwrap();
    let wanted = [Outcome::packet("one"), Outcome::packet("two"), Outcome::Truncated { had: 3, missing: 1 }];

    let (mut write, read) = mio::unix::pipe::new().unwrap();
    read.set_nonblocking(false).unwrap();
    written(&mut write);
    drop(write);
    let mut connection = blocking::Connection::new(read, lines(), ());
    assert_eq!(wanted.clone().map(|_| Outcome::from(connection.recv())), wanted);

    let (mut write, read) = mio::unix::pipe::new().unwrap();
    written(&mut write);
    drop(write);
    let mut connection = mio_1::Connection::new(read, lines(), ());
    let mut outcomes = Vec::new();
    for _ in &wanted {
        outcomes.push(match connection.recv() {
            Ok(Received::Packet(packet)) => Outcome::packet(packet),
            Ok(outcome) => panic!("{outcome:?}"),
            Err(error) => Outcome::from(Err(error)),
        });
    }
    assert_eq!(outcomes, wanted);

    let (mut write, read) = mio::unix::pipe::new().unwrap();
    written(&mut write);
    drop(write);
    let read = File::from(OwnedFd::from(read));
    let mut connection = async_io_2::Connection::new(Async::new(read).unwrap(), lines(), ());
    assert_eq!(wanted.clone().map(|_| Outcome::from(block_on(connection.recv()))), wanted);
}

#[test]
fn files_carry_packets_where_one_may_block() {
    let path = std::env::temp_dir().join(format!("wharf-packets-{}", std::process::id()));
    let mut connection = blocking::Connection::new(File::create(&path).unwrap(), (), sender());
    make_all(|packet| connection.send(packet).map_err(|error| error.to_string()).unwrap());
    drop(connection);
    let pool = Pool::new(2 * LIMIT, 1);
    let receiver = Receiver::new(Framed::new(framing()), pool.lease()).unwrap();
    let mut connection = blocking::Connection::new(File::open(&path).unwrap(), receiver, ());
    std::fs::remove_file(&path).unwrap();
    let mut tally = Tally::new(7);
    while let Some(packet) = connection.recv().unwrap() {
        tally.check(packet).unwrap();
    }
    assert_eq!((tally.count(), pool.in_use()), (PACKETS, 0));
}

/// A peer that always has more to say.
#[derive(Debug)]
struct Flood {
    ready: UnixStream,
    calls: AtomicU64,
}

impl Flood {
    fn new() -> Self {
        Self { ready: UnixStream::pair().unwrap().0, calls: AtomicU64::new(0) }
    }

    fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }
}

impl Read for &Flood {
    fn read(&mut self, at: &mut [u8]) -> io::Result<usize> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        at.iter_mut().enumerate().for_each(|(index, byte)| *byte = if index % 2 == 0 { b'x' } else { b'\n' });
        Ok(at.len() & !1)
    }
}

impl Read for Flood {
    fn read(&mut self, at: &mut [u8]) -> io::Result<usize> {
        (&*self).read(at)
    }
}

impl AsFd for Flood {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.ready.as_fd()
    }
}

#[test]
fn a_flood_leaves_others_their_turn_and_their_buffer() {
    let pool = Pool::new(128, 1);
    let receiver = || Receiver::new(Framed::new(Lines::new(80)), pool.lease()).unwrap();

    let mut connection = mio_1::Connection::new(Flood::new(), receiver(), ());
    for turn in 1..=3 {
        while let Received::Packet(packet) = connection.recv().unwrap() {
            assert_eq!(packet, b"x");
        }
        assert_eq!(connection.stream().calls(), 16 * turn);
        assert_eq!(pool.in_use(), 0);
    }

    let mut connection = async_io_2::Connection::new(Async::new(Flood::new()).unwrap(), receiver(), ());
    let mut turns = 0;
    {
        // A task that never waits for anything else.
        let mut task = pin!(async {
            for _ in 0..5_000 {
                assert_eq!(connection.recv().await.unwrap().unwrap(), b"x");
            }
        });
        block_on(std::future::poll_fn(|cx| {
            turns += 1;
            task.as_mut().poll(cx)
        }));
    }
    let calls = connection.stream().get_ref().calls();
    assert!(calls >= 70 && turns >= calls / 16, "{turns} turns for {calls} calls");
    let waits = pin!(connection.recv()).poll(&mut Context::from_waker(Waker::noop())).is_pending();
    assert!(!waits || pool.in_use() == 0);
}

#[test]
fn a_dead_connection_is_not_taken_for_a_quiet_one() {
    #[derive(Debug)]
    struct Vanished;
    impl Read for Vanished {
        fn read(&mut self, _at: &mut [u8]) -> io::Result<usize> {
            Err(ErrorKind::TimedOut.into())
        }
    }
    let mut connection = mio_1::Connection::new(Vanished, lines(), ());
    assert!(
        matches!(connection.recv(), Err(wharf_drivers::RecvError::Io(error)) if error.kind() == ErrorKind::TimedOut)
    );
}

/// Run in a process of its own, with few descriptors.
#[test]
#[ignore = "started by serves_on_when_descriptors_run_out"]
fn with_few_descriptors() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (mut clients, mut served) = (Vec::new(), Vec::new());
    let error = loop {
        let client = match std::net::TcpStream::connect(address) {
            Ok(client) => client,
            Err(error) => break error,
        };
        match listener.accept() {
            Ok((stream, _)) => {
                clients.push(client);
                served.push(blocking::Connection::new(stream, receiver(), sender()));
            }
            Err(error) => break error,
        }
        assert!(clients.len() < 1000, "descriptors do not run out");
    };
    assert_eq!(error.raw_os_error(), Some(24), "EMFILE");
    // Those that are connected are served as before, also one that cannot be cloned.
    for (client, connection) in clients.iter_mut().zip(&mut served) {
        client.write_all(b"\0\0\0\x02hi").unwrap();
        assert_eq!(connection.recv().unwrap().unwrap(), b"hi");
        let _ = connection.stream().try_clone().map(drop);
        connection.send("there").map_err(|error| error.to_string()).unwrap();
        let mut answer = [0; 9];
        client.read_exact(&mut answer).unwrap();
        assert_eq!(&answer, b"\0\0\0\x05there");
    }
    // And where one leaves, another finds room.
    drop((clients.pop(), served.pop()));
    let mut client = std::net::TcpStream::connect(address).unwrap();
    client.write_all(b"\0\0\0\x02hi").unwrap();
    loop {
        let mut connection = blocking::Connection::new(listener.accept().unwrap().0, receiver(), sender());
        // One that was given up while it waited to be accepted comes first.
        if let Some(packet) = connection.recv().unwrap() {
            break assert_eq!(packet, b"hi");
        }
    }
}

#[test]
fn serves_on_when_descriptors_run_out() {
    let ran = Command::new("sh")
        .args(["-c", "ulimit -n 64; exec \"$0\" --exact with_few_descriptors --ignored"])
        .arg(std::env::current_exe().unwrap())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success() && said.contains("1 passed"), "{said}{}", String::from_utf8_lossy(&ran.stderr));
}
