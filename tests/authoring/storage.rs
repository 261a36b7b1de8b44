//! Where an async fn's buffer is while nothing comes.

use core::cell::Cell;
use core::future::Future;

use wharf::authored::{At, Authored, Failure, Io, Outcome, Remainder};
use wharf::incremental::{Chunk, Chunked};
use wharf::storage::{Lease, Pool, Storage};
use wharf::{Deserializer, End, ErrorKind, Event, Framed, Lines, PollError, Ready, Receiver, Step};
use wharf_tests::ways::line;

fn receiver<F, T>(pool: &Pool, run: F) -> Receiver<Authored<F, T, Lease, Vec<u8>>, [u8; 0]>
where
    F: FnMut(Io<Lease>) -> T,
    T: Future<Output = Outcome<Vec<u8>, (), Lease>>,
{
    Authored::new(run, pool.lease()).expect("a pool of buffers").into_receiver()
}

#[test]
fn an_idle_connection_holds_no_buffer() {
    let pool = Pool::new(64, 1);
    let mut receiver = receiver(&pool, line);
    assert_eq!(receiver.ready(), Ready::Receive);
    assert_eq!((pool.in_use(), receiver.is_at_rest()), (0, true), "none is needed before something comes");
    for packet in [&b"one"[..], b"two", b"three"] {
        let bytes = [packet, b"\n"].concat();
        assert_eq!(receiver.feed(&bytes).unwrap(), bytes.len());
        assert_eq!(receiver.ready(), Ready::Packet);
        assert_eq!(receiver.packet().unwrap(), packet);
        assert_eq!(receiver.ready(), Ready::Receive);
        assert_eq!((pool.in_use(), receiver.is_at_rest()), (1, false));
        receiver.rest();
        assert!(receiver.is_at_rest());
        assert_eq!(pool.in_use(), 0, "a run that was given nothing needs no buffer");
    }
}

#[test]
fn a_begun_packet_keeps_its_buffer() {
    let pool = Pool::new(64, 1);
    let mut receiver = receiver(&pool, line);
    assert_eq!(receiver.ready(), Ready::Receive);
    assert_eq!(receiver.feed(b"be").unwrap(), 2);
    assert_eq!(receiver.ready(), Ready::Receive);
    receiver.rest();
    assert_eq!((pool.in_use(), receiver.remainder()), (1, &b"be"[..]));
    assert_eq!(receiver.feed(b"gun\n").unwrap(), 4);
    assert_eq!(receiver.ready(), Ready::Packet);
    assert_eq!(receiver.packet().unwrap(), b"begun");
}

#[test]
fn an_exhausted_pool_costs_nothing() {
    let pool = Pool::new(64, 1);
    let (mut first, mut second) = (receiver(&pool, line), receiver(&pool, line));
    assert_eq!((first.ready(), second.ready()), (Ready::Receive, Ready::Receive));
    assert_eq!(first.feed(b"x").unwrap(), 1);
    assert!(second.feed(b"y\n").is_err());
    assert!(matches!(second.poll(), Err(PollError::Exhausted(_))));
    drop(first);
    assert_eq!(second.feed(b"y\n").unwrap(), 2);
    assert_eq!(second.ready(), Ready::Packet);
    assert_eq!(second.packet().unwrap(), b"y");
}

#[test]
fn a_stream_that_ends_at_rest_ends_cleanly() {
    let pool = Pool::new(64, 1);
    let mut receiver = receiver(&pool, line);
    assert_eq!(receiver.ready(), Ready::Receive);
    receiver.finish().unwrap();
    assert_eq!(receiver.ready(), Ready::End(End::Clean));
    assert_eq!(pool.in_use(), 0);
}

#[test]
fn a_run_that_fails_to_wake_says_so_when_something_comes() {
    async fn outside(mut io: Io<Lease>) -> Outcome<Vec<u8>, (), Lease> {
        io.write_at(At::Offset(99)).await;
        io.packet(Vec::new(), Remainder::None)
    }
    let pool = Pool::new(64, 1);
    let mut receiver = receiver(&pool, outside);
    assert_eq!(receiver.ready(), Ready::Receive);
    assert_eq!(receiver.window().unwrap().len(), 32, "a window is never empty");
    receiver.window().unwrap()[0] = b'x';
    receiver.received(1);
    let Ready::Fatal(error) = receiver.ready() else { panic!("the position is outside") };
    assert_eq!(*error.kind(), ErrorKind::Payload(Failure::Position { at: At::Offset(99), len: 32 }));
    assert_eq!(receiver.remainder(), b"x");
}

/// What a deserializer that is driven by hand says next.
fn say(deserializer: &mut impl Deserializer<Error: core::fmt::Display>) -> String {
    match deserializer.step(&mut []) {
        Step::Receive { at } => format!("receive {}", at.len()),
        Step::Packet(_) => "packet".to_owned(),
        Step::Reject(error) | Step::Fatal(error) => error.to_string(),
        Step::End(end) => format!("{end:?}"),
    }
}

#[test]
fn a_run_that_fails_to_wake_is_tried_again_when_a_byte_or_the_end_has_come() {
    let outside = "write position 99 is outside the buffer of 32 bytes at byte 1";
    for (count, outcome) in [(1, outside), (0, "Clean")] {
        let pool = Pool::new(64, 1);
        let mut first = true;
        let failing = |mut io: Io<Lease>| {
            let at = if core::mem::take(&mut first) { At::Start } else { At::Offset(99) };
            async move {
                io.write_at(at).await;
                io.packet::<Vec<u8>, &str>(Vec::new(), Remainder::None)
            }
        };
        let mut deserializer = Authored::new(failing, pool.lease()).expect("a pool of buffers");
        assert_eq!(say(&mut deserializer), "receive 0");
        deserializer.acquire().expect("a buffer");
        assert_eq!(say(&mut deserializer), "receive 32");
        deserializer.received(1);
        assert_eq!(say(&mut deserializer), "packet");
        deserializer.rest();
        assert_eq!(say(&mut deserializer), "receive 0");
        assert_eq!(say(&mut deserializer), "receive 0", "however often it is asked while it has no buffer");
        deserializer.acquire().expect("a buffer");
        assert_eq!(say(&mut deserializer), "receive 32", "it has no byte to fail with yet");
        deserializer.received(count);
        assert_eq!(say(&mut deserializer), outcome);
    }
}

#[test]
fn bytes_that_are_there_are_read_before_any_are_received() {
    const BYTES: [u8; 8] = *b"one\ntwo\n";
    let adopted = |pool: &Pool| {
        let mut lines = Authored::new(line, pool.lease()).expect("a pool of buffers");
        lines.adopt(0..BYTES.len(), 10);
        lines
    };
    let adopting = |pool: &Pool| Receiver::new(adopted(pool), BYTES).expect("it has a buffer of its own");
    let pool = Pool::new(64, 1);
    let mut receiver = adopting(&pool);
    assert_eq!((receiver.ready(), receiver.packet().expect("a line")), (Ready::Packet, b"one".to_vec()));
    drop(receiver);

    // As soon as there is a buffer to read them in, in both forms.
    let mut held = pool.lease();
    held.acquire().expect("a buffer");
    let (mut receiver, mut polled) = (adopting(&pool), adopting(&pool));
    assert_eq!(receiver.ready(), Ready::Receive);
    assert!(receiver.window().is_err());
    assert!(matches!(polled.poll(), Err(PollError::Exhausted(_))));
    drop(held);
    assert_eq!(receiver.window().map(|window| window.len()), Ok(0), "none is due");
    for expected in [b"one", b"two"] {
        assert_eq!((receiver.ready(), receiver.packet().expect("a line")), (Ready::Packet, expected.to_vec()));
    }
    drop(receiver);
    for expected in [b"one", b"two"] {
        assert!(matches!(polled.poll(), Ok(Event::Packet(packet)) if packet == expected));
    }
    drop(polled);

    // And where bytes are brought that have to wait.
    let mut held = pool.lease();
    held.acquire().expect("a buffer");
    let mut chunked = Chunked::new(adopted(&pool), BYTES).expect("it has a buffer of its own");
    let mut bytes = &b"three\n"[..];
    assert!(matches!(chunked.next(&mut bytes), Err(PollError::Exhausted(_))));
    drop(held);
    for expected in [&b"one"[..], b"two", b"three"] {
        assert!(matches!(chunked.next(&mut bytes), Ok(Chunk::Packet(packet)) if packet == expected));
    }
    assert!(matches!(chunked.next(&mut bytes), Ok(Chunk::More)));
}

#[test]
fn bytes_of_another_deserializer_are_kept_whether_or_not_the_buffer_has_room_for_them() {
    let stream = b"upgrade\none\nanother long line\na third long line\n";
    let switched = |buffer: Lease| {
        let mut receiver = Receiver::new(Framed::new(Lines::new(30)), [0; 64]).expect("long enough");
        assert_eq!(receiver.ready(), Ready::Receive);
        assert_eq!(receiver.feed(stream).expect("a buffer"), stream.len());
        assert_eq!((receiver.ready(), receiver.packet()), (Ready::Packet, Ok(&b"upgrade"[..])));
        receiver.switch(Authored::new(line, buffer).expect("room")).expect("between two packets")
    };
    for (len, awake) in [(256, true), (256, false), (36, true), (36, false)] {
        let pool = Pool::new(len, 1);
        let mut lease = pool.lease();
        if awake {
            lease.acquire().expect("a buffer");
        }
        let mut receiver = switched(lease);
        for expected in [&b"one"[..], b"another long line", b"a third long line"] {
            assert_eq!(receiver.ready(), Ready::Packet, "{len}, {awake}");
            assert_eq!(receiver.packet().expect("a line"), expected);
        }
    }
}

#[test]
fn only_a_buffer_that_goes_to_rest_takes_its_run_along() {
    fn runs_of<B: Storage>(storage: B) -> usize {
        let runs = Cell::new(0);
        let counted = |mut io: Io<B>| {
            runs.set(runs.get() + 1);
            async move {
                io.fill(b'.');
                io.write_at(At::FromEnd(2)).await;
                let packet = io.to_vec();
                io.packet::<_, ()>(packet, Remainder::None)
            }
        };
        let mut receiver = Authored::new(counted, storage).expect("there is room").into_receiver();
        for _ in 0..3 {
            assert_eq!(receiver.ready(), Ready::Receive);
            assert_eq!(receiver.window().expect("there is a buffer").len(), 2);
            receiver.rest();
        }
        assert_eq!(receiver.feed(b"ab").expect("there is a buffer"), 2);
        assert_eq!(receiver.ready(), Ready::Packet);
        assert_eq!(receiver.packet(), Ok(b"..ab".to_vec()), "prepared, also if anew");
        runs.get()
    }
    assert_eq!(runs_of(vec![0; 8]), 1);
    assert_eq!(runs_of(Pool::new(8, 1).lease()), 4);
}
