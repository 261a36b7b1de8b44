//! What the drivers' errors say, and what a connection waits for.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

use std::error::Error;
use std::io::{self, Write as _};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use mio::{Events, Poll, Token};
use wharf::send::{Framer, Sender};
use wharf::storage::{Pool, Storage as _};
use wharf::{DatagramError, FrameError, Framed, Lines, Receiver};
use wharf_drivers::datagram::Refused;
use wharf_drivers::mio_1::{Connection, Received};
use wharf_drivers::{RecvError, SendError};

#[track_caller]
fn check(error: impl Error + 'static, words: &str) {
    let error: Box<dyn Error> = Box::new(error);
    assert_eq!(error.to_string(), words);
}

#[test]
fn errors_say_what_where_and_how_much() {
    let reset = || io::Error::from(io::ErrorKind::ConnectionReset);
    let long = FrameError::LimitExceeded { limit: 8, needed: None };
    check(RecvError::<FrameError>::Io(reset()), "cannot receive: connection reset");
    check(RecvError::Reject(long), "packet refused: packet exceeds the limit of 8 bytes");
    check(RecvError::Fatal(long), "stream out of step: packet exceeds the limit of 8 bytes");
    let truncated = RecvError::<FrameError>::Truncated { had: 3, missing: 2 };
    check(truncated, "stream ended inside a packet: 3 bytes came, at least 2 were missing");
    let late = RecvError::<FrameError>::Deadline { allowed: Duration::from_secs(5), position: 12 };
    check(late, "packet at byte 12 did not become whole in 5s");
    let exhausted = Pool::new(16, 0).lease().acquire().unwrap_err();
    check(RecvError::<FrameError>::Exhausted(exhausted), "all buffers of the pool are in use");
    check(SendError::<FrameError>::Io(reset()), "cannot send: connection reset");
    let full = wharf::send::SendError::<FrameError>::Full { queued: 1, limit: 2 };
    check(SendError::Queue(full), "send queue is full: 1 bytes of 2");
    check(Refused::<FrameError>::TooLong { limit: 9 }, "datagram is longer than the longest packet of 9 bytes");
    check(Refused::Decode(DatagramError::Refused(long)), "packet exceeds the limit of 8 bytes");
}

#[test]
fn a_mio_connection_waits_for_what_it_has_to_do_and_for_nothing_else() {
    let (ours, mut theirs) = UnixStream::pair().unwrap();
    ours.set_nonblocking(true).unwrap();
    let receiver = Receiver::new(Framed::new(Lines::new(8)), [0; 16]).unwrap();
    let sender = Sender::new(Framer::new(Lines::new(8)), 64);
    let mut connection = Connection::new(mio::net::UnixStream::from_std(ours), receiver, sender);
    connection.set_budget(0);
    let (mut poll, mut events) = (Poll::new().unwrap(), Events::with_capacity(4));
    let mut ready = |poll: &mut Poll| {
        poll.poll(&mut events, Some(Duration::ZERO)).unwrap();
        events
            .iter()
            .fold((false, false), |(read, write), event| (read || event.is_readable(), write || event.is_writable()))
    };
    theirs.write_all(b"a\n").unwrap();
    connection.register(poll.registry(), Token(0), false).unwrap();
    assert_eq!(ready(&mut poll), (false, false), "nothing to do");
    connection.register(poll.registry(), Token(0), true).unwrap();
    assert_eq!(ready(&mut poll), (true, false), "a line is there, and nothing is queued");
    connection.sender_mut().enqueue(b"b").unwrap();
    connection.register(poll.registry(), Token(0), true).unwrap();
    assert_eq!(ready(&mut poll), (true, true));
    connection.register(poll.registry(), Token(0), false).unwrap();
    assert_eq!(ready(&mut poll), (false, true), "what is queued is to be sent");
    connection.sender_mut().sent(2);
    connection.register(poll.registry(), Token(0), false).unwrap();
    assert_eq!(ready(&mut poll), (false, false), "nothing to do any more");
    assert_eq!(connection.receiver_mut().position(), 0, "no byte was received");
    assert!(matches!(connection.recv(), Ok(Received::Packet(b"a"))), "a budget is at least one call");
}
