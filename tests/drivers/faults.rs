//! A fault at every receive call and at every send call, in every driver: typed, and nothing is lost.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::fmt::Debug;
use std::io::{self, ErrorKind};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use async_io::{Async, block_on};
use wharf::authored::Authored;
use wharf::send::{Framer, Sender};
use wharf::storage::{Pool, Storage};
use wharf::{Delimited, Deserializer, Endian, Enframe, Fixed, Framed, Framing, LengthPrefixed, Lines, Receiver, Width};
use wharf_drivers::{RecvError, async_io_2, blocking, mio_1};
use wharf_tests::drivers::{Driver, Fault, Faulty, Outcome};
use wharf_tests::ways::line;

const RECEIVE_FAULTS: [Fault; 8] = [
    Fault::Fails(ErrorKind::Interrupted),
    Fault::Fails(ErrorKind::WouldBlock),
    Fault::Fails(ErrorKind::ConnectionReset),
    // How the system reports a peer that has vanished; not to be taken for "nothing yet".
    Fault::Fails(ErrorKind::TimedOut),
    Fault::Fails(ErrorKind::OutOfMemory),
    Fault::OneByte,
    Fault::Nothing,
    // A storm of signals.
    Fault::Storm,
];

const SEND_FAULTS: [Fault; 7] = [
    Fault::Fails(ErrorKind::Interrupted),
    Fault::Fails(ErrorKind::WouldBlock),
    Fault::Fails(ErrorKind::BrokenPipe),
    Fault::Fails(ErrorKind::TimedOut),
    Fault::OneByte,
    Fault::Nothing,
    // A storm of signals.
    Fault::Storm,
];

/// What comes out of `stream` until it ends, or has failed too often.
fn receive<F: Framing, B: Storage>(
    driver: Driver,
    stream: Faulty,
    framed: Framed<F>,
    storage: B,
) -> (Vec<Outcome>, Faulty) {
    let receiver = Receiver::new(framed, storage).unwrap();
    let mut outcomes = Vec::new();
    let mut goes_on = |outcome: Outcome| {
        let ended = outcome == Outcome::Ended;
        outcomes.push(outcome);
        assert!(outcomes.len() < 1000, "it goes on for ever");
        !ended
    };
    let stream = match driver {
        Driver::Blocking => {
            let mut connection = blocking::Connection::new(stream, receiver, ());
            while goes_on(connection.recv().into()) {}
            connection.into_parts().0
        }
        Driver::Mio => {
            let mut connection = mio_1::Connection::new(stream, receiver, ());
            loop {
                let outcome = match connection.recv() {
                    Ok(mio_1::Received::Packet(packet)) => Outcome::packet(packet),
                    Ok(mio_1::Received::WouldBlock) => Outcome::Waits,
                    Ok(mio_1::Received::Yield) => continue,
                    Ok(mio_1::Received::End) => Outcome::Ended,
                    Err(error) => Outcome::from(Err(error)),
                };
                if !goes_on(outcome) {
                    break;
                }
            }
            connection.into_parts().0
        }
        Driver::AsyncIo => {
            let mut connection = async_io_2::Connection::new(Async::new(stream).unwrap(), receiver, ());
            while goes_on(block_on(connection.recv()).into()) {}
            std::sync::Arc::into_inner(connection.into_parts().0).unwrap().into_inner().unwrap()
        }
    };
    (outcomes, stream)
}

/// Puts every fault at every receive call; `bytes` holds packets only.
#[track_caller]
fn check_receiving<F, B>(framing: F, bytes: &[u8], storage: impl Fn() -> B)
where
    F: Framing + Clone + Debug,
    B: Storage,
{
    let framed = || Framed::new(framing.clone()).min_receive(1);
    for driver in Driver::ALL {
        for piece in [1, 5, 1000] {
            let (whole, stream) = receive(driver, Faulty::new(bytes, piece, None), framed(), storage());
            assert!(whole.iter().rev().skip(1).all(|outcome| matches!(outcome, Outcome::Packet(_))), "{whole:?}");
            for (at, fault) in (0..stream.calls()).flat_map(|at| RECEIVE_FAULTS.map(|fault| (at, fault))) {
                let claim = format!("{driver:?}, {framing:?}, {piece} bytes a call, {fault:?} at call {at}");
                let (outcomes, stream) =
                    receive(driver, Faulty::new(bytes, piece, Some((at, fault))), framed(), storage());
                let (packets, others): (Vec<_>, Vec<_>) =
                    outcomes.iter().cloned().partition(|outcome| matches!(outcome, Outcome::Packet(_)));
                if fault == Fault::Nothing {
                    // The stream ended early: what had come is judged as if it had been all.
                    let (wanted, _) =
                        receive(driver, Faulty::new(&bytes[..stream.given()], 1000, None), framed(), storage());
                    assert_eq!(outcomes, wanted, "{claim}");
                    continue;
                }
                assert_eq!(packets, whole[..whole.len() - 1], "{claim}");
                let wanted = match (fault, driver) {
                    (Fault::Fails(ErrorKind::Interrupted) | Fault::OneByte | Fault::Storm, _) => vec![Outcome::Ended],
                    // With readiness it is waited again, and told to who waits himself.
                    (Fault::Fails(ErrorKind::WouldBlock), Driver::AsyncIo) => vec![Outcome::Ended],
                    (Fault::Fails(ErrorKind::WouldBlock), Driver::Mio) => vec![Outcome::Waits, Outcome::Ended],
                    (Fault::Fails(kind), _) => vec![Outcome::Io(kind), Outcome::Ended],
                    (Fault::Nothing, _) => unreachable!("seen above"),
                };
                assert_eq!(others, wanted, "{claim}");
            }
        }
    }
}

#[track_caller]
fn check_receiving_everywhere<F: Framing + Clone + Debug>(framing: F, bytes: &[u8]) {
    check_receiving(framing.clone(), bytes, || vec![0; 64]);
    let pool = Pool::new(64, 1);
    check_receiving(framing, bytes, || pool.lease());
    assert_eq!(pool.in_use(), 0);
}

#[test]
fn lines_lose_nothing() {
    check_receiving_everywhere(Lines::new(40), b"one\n\na line that no lease keeps at rest\ntwo\n");
}

#[test]
fn delimited_packets_lose_nothing() {
    check_receiving_everywhere(Delimited::new(b"--", 40).unwrap(), b"one--a-packet-that-no-lease-keeps-at-rest----");
}

#[test]
fn fixed_packets_lose_nothing() {
    check_receiving_everywhere(Fixed::new(7).unwrap(), b"0123456789abcdefghijklmnopqrstuvwxy");
}

#[test]
fn length_prefixed_packets_lose_nothing() {
    let mut bytes = b"\x03\0one\0\0\x23\0".to_vec();
    bytes.extend_from_slice(b"a packet that no lease keeps at rest");
    bytes[7] = 36;
    bytes.extend_from_slice(b"\x01\0!");
    check_receiving_everywhere(LengthPrefixed::new(Width::U16, 50).endian(Endian::Little), &bytes);
}

/// Sends three packets over `stream`, flushing again after each failure; what failed, and what arrived.
fn send<F: Enframe>(driver: Driver, stream: Faulty, framing: F) -> (Vec<ErrorKind>, Faulty) {
    let mut sender = Sender::new(Framer::new(framing), 1000);
    for packet in ["abcdefg", "ABCDEFG", "0123456"] {
        sender.enqueue(packet).map_err(|error| error.to_string()).unwrap();
    }
    let mut failures = Vec::new();
    let mut failed = |flushed: io::Result<()>| {
        let failed = flushed.map_err(|error| failures.push(error.kind())).is_err();
        assert!(failures.len() < 1000, "it fails for ever");
        failed
    };
    let stream = match driver {
        Driver::Blocking => {
            let mut connection = blocking::Connection::new(stream, (), sender);
            while failed(connection.flush()) {}
            connection.into_parts().0
        }
        Driver::Mio => {
            let mut connection = mio_1::Connection::new(stream, (), sender);
            let done = |flushed: io::Result<bool>| match flushed {
                Ok(true) => Ok(()),
                Ok(false) => Err(ErrorKind::WouldBlock.into()),
                Err(error) => Err(error),
            };
            while failed(done(connection.flush())) {}
            connection.into_parts().0
        }
        Driver::AsyncIo => {
            let mut connection = async_io_2::Connection::new(Async::new(stream).unwrap(), (), sender);
            while failed(block_on(connection.flush())) {}
            std::sync::Arc::into_inner(connection.into_parts().0).unwrap().into_inner().unwrap()
        }
    };
    (failures, stream)
}

#[test]
fn what_a_failing_send_did_not_take_stays_queued() {
    let framing = LengthPrefixed::new(Width::U8, 50);
    for driver in Driver::ALL {
        for piece in [1, 5, 1000] {
            let (failures, whole) = send(driver, Faulty::new(b"", piece, None), framing.clone());
            assert_eq!((failures, whole.sent()), (vec![], b"\x07abcdefg\x07ABCDEFG\x070123456".to_vec()));
            for (at, fault) in (0..whole.calls()).flat_map(|at| SEND_FAULTS.map(|fault| (at, fault))) {
                let claim = format!("{driver:?}, {piece} bytes a call, {fault:?} at call {at}");
                let (failures, stream) = send(driver, Faulty::new(b"", piece, Some((at, fault))), framing.clone());
                assert_eq!(stream.sent(), whole.sent(), "{claim}");
                let wanted = match (fault, driver) {
                    (Fault::Fails(ErrorKind::Interrupted) | Fault::OneByte | Fault::Storm, _) => vec![],
                    (Fault::Fails(ErrorKind::WouldBlock), Driver::AsyncIo) => vec![],
                    (Fault::Fails(kind), _) => vec![kind],
                    (Fault::Nothing, _) => vec![ErrorKind::WriteZero],
                };
                assert_eq!(failures, wanted, "{claim}");
            }
        }
    }
}

/// A blocking stream that signals interrupt for ever.
#[derive(Debug)]
struct Storm(u64);

impl io::Read for Storm {
    fn read(&mut self, at: &mut [u8]) -> io::Result<usize> {
        self.0 += 1;
        if self.0 == 1 {
            at[0] = b'x';
            return Ok(1);
        }
        Err(ErrorKind::Interrupted.into())
    }
}

impl blocking::Socket for Storm {
    fn set_read_timeout(&self, _timeout: Option<Duration>) -> io::Result<()> {
        Ok(())
    }

    fn shutdown_write(&self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn signals_give_a_peer_no_more_time() {
    let receiver = Receiver::new(Framed::new(Lines::new(40)), vec![0; 64]).unwrap();
    let mut connection = blocking::Connection::new(Storm(0), receiver, ());
    connection.set_packet_deadline(Some(Duration::from_millis(20)));
    assert_eq!(Outcome::from(connection.recv()), Outcome::Deadline { position: 0 });
}

#[test]
fn bytes_ahead_of_an_exhausted_pool_can_be_had() {
    let pool = Pool::new(64, 1);
    let mut other = pool.lease();
    other.acquire().unwrap();
    let receiver = Receiver::new(Framed::new(Lines::new(40)), pool.lease()).unwrap();
    let mut connection = blocking::Connection::new(Faulty::new(b"one\ntwo\n", 5, None), receiver, ());
    assert_eq!(Outcome::from(connection.recv()), Outcome::Exhausted);
    assert_eq!(connection.probed(), b"one\nt");
    assert_eq!(Outcome::from(connection.recv()), Outcome::Exhausted);
    assert_eq!(connection.probed(), b"one\nt", "not one more is taken from the stream");
    drop(other);
    assert_eq!(Outcome::from(connection.recv()), Outcome::packet("one"));
    assert_eq!(connection.probed(), b"");
    assert_eq!(Outcome::from(connection.recv()), Outcome::packet("two"));
}

#[test]
fn bytes_that_are_there_are_read_as_soon_as_there_is_a_buffer_though_nothing_comes() {
    for driver in Driver::ALL {
        let pool = Pool::new(64, 1);
        let mut lines = Authored::new(line, pool.lease()).unwrap();
        lines.adopt(0..4, 0);
        let receiver = Receiver::new(lines, *b"one\n").unwrap();
        let (ours, _theirs) = UnixStream::pair().unwrap();
        let mut held = pool.lease();
        held.acquire().unwrap();
        match driver {
            Driver::Blocking => {
                let mut connection = blocking::Connection::new(ours, receiver, ());
                assert!(matches!(connection.recv(), Err(RecvError::Exhausted(_))));
                drop(held);
                assert_eq!(connection.recv().unwrap().unwrap(), b"one");
            }
            Driver::Mio => {
                ours.set_nonblocking(true).unwrap();
                let mut connection = mio_1::Connection::new(mio::net::UnixStream::from_std(ours), receiver, ());
                assert!(matches!(connection.recv(), Err(RecvError::Exhausted(_))));
                drop(held);
                assert!(matches!(connection.recv(), Ok(mio_1::Received::Packet(packet)) if packet == b"one"));
            }
            Driver::AsyncIo => {
                let mut connection = async_io_2::Connection::new(Async::new(ours).unwrap(), receiver, ());
                assert!(matches!(block_on(connection.recv()), Err(RecvError::Exhausted(_))));
                drop(held);
                assert_eq!(block_on(connection.recv()).unwrap().unwrap(), b"one");
            }
        }
    }
}
