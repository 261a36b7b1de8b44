//! Storage that rests, is lent out, and is split off.

use bytes::BytesMut;
use wharf::storage::{Lease, Pool, Storage};
use wharf::{ConfigError, End, Framed, Lines, PollError, Ready, Receiver};

use crate::{LineReceiver, feed, lines, packet};

#[test]
fn a_lent_buffer_comes_back_with_what_was_received() {
    let mut receiver = lines(10);
    feed(&mut receiver, b"ab");
    assert!(matches!(receiver.ready(), Ready::Receive));
    let mut lent = receiver.lend().expect("a Vec is never at rest");
    let address = lent.buffer.as_ptr();
    lent.buffer[lent.at.clone()][..2].copy_from_slice(b"c\n");
    receiver.restore(lent.buffer);
    receiver.received(2);
    assert_eq!(receiver.storage().as_ptr(), address, "it is the same buffer");
    assert_eq!(packet(&mut receiver), b"abc");
    // An operation that was cancelled.
    assert!(matches!(receiver.ready(), Ready::Receive));
    let lent = receiver.lend().expect("a Vec is never at rest");
    receiver.restore(lent.buffer);
    feed(&mut receiver, b"d\n");
    assert_eq!(packet(&mut receiver), b"d");
    // Nothing is lent while a packet is due.
    feed(&mut receiver, b"e\n");
    assert!(matches!(receiver.ready(), Ready::Packet));
    let lent = receiver.lend().expect("a Vec is never at rest");
    assert!(lent.buffer.is_empty() && lent.at.is_empty());
    assert_eq!(packet(&mut receiver), b"e");
}

fn leased(pool: &Pool) -> LineReceiver<Lease> {
    Receiver::new(Framed::new(Lines::new(90)), pool.lease()).expect("long enough")
}

#[test]
fn a_lease_holds_no_buffer_while_idle_or_within_a_few_bytes() {
    let pool = Pool::new(100, 1);
    let mut receiver = leased(&pool);
    assert!(receiver.is_at_rest() && matches!(receiver.ready(), Ready::Receive));
    assert_eq!(pool.in_use(), 0, "asking takes no buffer");
    assert_eq!(receiver.feed(b""), Ok(0));
    assert_eq!(pool.in_use(), 0, "no bytes take no buffer");
    for unfinished in [0, 1, Lease::INLINE - 1, Lease::INLINE] {
        let line = vec![b'x'; unfinished];
        feed(&mut receiver, &[b"whole\n", &line[..]].concat());
        receiver.rest();
        assert_eq!(pool.in_use(), 1, "a packet is due");
        assert_eq!(packet(&mut receiver), b"whole");
        assert!(matches!(receiver.ready(), Ready::Receive));
        receiver.rest();
        assert!(receiver.is_at_rest(), "{unfinished} bytes are kept in the lease");
        assert_eq!((pool.in_use(), pool.free()), (0, 1));
        assert_eq!(receiver.retained().len(), unfinished);
        feed(&mut receiver, b"\n");
        assert_eq!(packet(&mut receiver), line);
        assert!(matches!(receiver.ready(), Ready::Receive));
        receiver.rest();
    }
    feed(&mut receiver, &[b'x'; Lease::INLINE + 1]);
    assert!(matches!(receiver.ready(), Ready::Receive));
    receiver.rest();
    assert_eq!((receiver.is_at_rest(), pool.in_use()), (false, 1), "more bytes need the buffer");
}

#[test]
fn a_connection_that_wakes_reads_nothing_of_another() {
    let pool = Pool::new(100, 1);
    let (mut one, mut two) = (leased(&pool), leased(&pool));
    for round in 0..10 {
        feed(&mut one, b"first half, ");
        assert!(matches!(one.ready(), Ready::Receive));
        one.rest();
        feed(&mut two, b"a line of another\nand half of its next");
        assert_eq!(
            packet(&mut two),
            if round == 0 { &b"a line of another"[..] } else { b"and half of its nexta line of another" }
        );
        assert!(matches!(two.ready(), Ready::Receive));
        two.rest();
        feed(&mut one, b"second half\n");
        assert_eq!(packet(&mut one), b"first half, second half");
        assert!(matches!(one.ready(), Ready::Receive));
        one.rest();
    }
    assert_eq!((pool.in_use(), pool.free()), (0, 1), "both had the same buffer");
}

#[test]
fn a_lease_that_is_parked_comes_back_whole() {
    let pool = Pool::new(100, 1);
    let mut lease = pool.lease();
    lease.acquire().expect("one is free");
    lease.bytes_mut()[10..70].fill(b'x');
    lease.park(10..70);
    assert_eq!((pool.in_use(), lease.bytes().len()), (0, 0));
    let mut other = pool.lease();
    other.acquire().expect("one is free");
    other.bytes_mut().fill(0);
    assert!(lease.acquire().is_err(), "the pool has one buffer");
    drop(other);
    lease.acquire().expect("one is free");
    assert_eq!(lease.bytes()[10..70], [b'x'; 60]);
}

#[test]
fn an_exhausted_pool_loses_nothing() {
    let pool = Pool::new(100, 1);
    let (mut one, mut two) = (leased(&pool), leased(&pool));
    feed(&mut two, b"half, ");
    assert!(matches!(two.ready(), Ready::Receive));
    two.rest();
    feed(&mut one, b"x\n");
    for _ in 0..2 {
        assert!(matches!(two.poll(), Err(PollError::Exhausted(_))));
        assert!(matches!(two.ready(), Ready::Receive));
        assert!(two.window().is_err() && two.feed(b"half\n").is_err() && two.finish().is_err());
    }
    let (two, next) = match two.switch(Framed::new(Lines::new(9))) {
        Ok(_) => panic!("what is retained needs a buffer"),
        Err(error) => {
            assert!(matches!(error.reason, ConfigError::Exhausted(_)));
            (error.receiver, error.next)
        }
    };
    assert_eq!(packet(&mut one), b"x");
    drop(one);
    let mut two = two.switch(next).expect("one is free");
    feed(&mut two, b"half\n");
    assert!(matches!(two.ready(), Ready::Reject(_)), "eleven bytes of a line of at most nine");
}

#[test]
fn the_end_of_a_connection_at_rest_needs_a_buffer_only_for_what_it_kept() {
    let pool = Pool::new(100, 0);
    let mut receiver = leased(&pool);
    assert!(matches!(receiver.ready(), Ready::Receive));
    receiver.rest();
    receiver.finish().expect("nothing is kept");
    assert_eq!(receiver.ready(), Ready::End(End::Clean));
}

#[test]
fn a_connection_that_ended_does_not_rest_before_its_bytes_are_read() {
    let pool = Pool::new(100, 1);
    let mut receiver = leased(&pool);
    feed(&mut receiver, b"unfin");
    assert!(matches!(receiver.ready(), Ready::Receive));
    receiver.finish().expect("there is a buffer");
    receiver.rest();
    assert_eq!(receiver.window(), Ok(&mut [][..]), "none is due");
    assert!(matches!(receiver.ready(), Ready::End(End::Truncated { had: 5, .. })));
}

#[test]
fn buffers_go_back_to_the_pool_with_their_connection() {
    let pool = Pool::new(100, 3);
    let receivers: Vec<_> = (0..3)
        .map(|_| {
            let mut receiver = leased(&pool);
            feed(&mut receiver, b"half");
            receiver
        })
        .collect();
    assert_eq!(pool.in_use(), 3);
    drop(receivers);
    assert_eq!((pool.in_use(), pool.free()), (0, 3));
    pool.trim();
    assert_eq!(pool.free(), 0);
}

#[test]
fn packets_are_split_off_bytes_mut_without_a_copy() {
    let buffer = BytesMut::zeroed(200 * 1024);
    let (start, end) = (buffer.as_ptr().addr(), buffer.as_ptr().addr() + buffer.len());
    let mut receiver = Receiver::new(Framed::new(Lines::new(100)), buffer).expect("long enough");
    let mut kept = Vec::new();
    for _ in 0..50 {
        feed(&mut receiver, b"first\nsecond\nthi");
        for expected in [&b"first"[..], b"second"] {
            assert!(matches!(receiver.ready(), Ready::Packet));
            let bytes = receiver.packet_bytes();
            assert!((start..end).contains(&bytes.as_ptr().addr()), "the packet lies where it was received");
            assert_eq!(bytes, expected);
            kept.push(bytes);
        }
        feed(&mut receiver, b"rd\n");
        assert_eq!(packet(&mut receiver), b"third");
    }
    assert!(kept.chunks(2).all(|pair| pair[0] == "first" && pair[1] == "second"), "none was written over");
}

#[test]
fn a_stream_far_longer_than_its_block_is_split_off_whole() {
    let mut receiver = Receiver::new(Framed::new(Lines::new(100)), BytesMut::zeroed(101)).expect("long enough");
    let mut kept = Vec::new();
    let stream: Vec<u8> = (0..20_000).flat_map(|number| format!("line {number}\n").into_bytes()).collect();
    let mut left = &stream[..];
    loop {
        match receiver.ready() {
            Ready::Receive if left.is_empty() => break,
            Ready::Receive => left = &left[receiver.feed(&left[..left.len().min(777)]).expect("never at rest")..],
            Ready::Packet => kept.push(receiver.packet_bytes()),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(kept.len(), 20_000);
    assert!(kept.iter().enumerate().all(|(number, line)| *line == format!("line {number}")));
}

#[test]
#[should_panic(expected = "isn't the one that was lent")]
fn a_shorter_buffer_is_not_taken_back() {
    let mut receiver = lines(3);
    assert!(matches!(receiver.ready(), Ready::Receive));
    let _ = receiver.lend();
    receiver.restore(vec![0; 2]);
}
