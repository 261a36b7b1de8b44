//! Where an async fn's buffer is while nothing comes.

use core::cell::Cell;
use core::future::Future;

use wharf::authored::{At, Authored, Failure, Io, Outcome, Remainder};
use wharf::storage::{Lease, Pool, Storage};
use wharf::{End, ErrorKind, PollError, Ready, Receiver};

/// Lines without their LF.
async fn line(mut io: Io<Lease>) -> Outcome<Vec<u8>, (), Lease> {
    let mut end = 0;
    loop {
        end += io.write_at(At::Offset(end)).await;
        if let Some(at) = io[..end].iter().position(|&byte| byte == b'\n') {
            let packet = io[..at].to_vec();
            return io.packet(packet, at + 1..end);
        }
    }
}

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
