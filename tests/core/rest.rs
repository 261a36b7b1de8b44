//! A receiver's buffer goes back to its pool whenever nothing in it is needed.

use wharf::storage::{Lease, Pool, Storage};
use wharf::{Deserializer, Framed, Lines, Ready, Receiver};

fn lines(pool: &Pool) -> Receiver<Framed<Lines>, Lease> {
    Receiver::new(Framed::new(Lines::new(60)), pool.lease()).expect("long enough")
}

#[test]
fn rests_behind_the_last_packet_and_behind_the_end() {
    let pool = Pool::new(64, 1);
    let mut receiver = lines(&pool);
    assert_eq!(receiver.ready(), Ready::Receive);
    assert_eq!(receiver.feed(b"one\n").unwrap(), 4);
    assert_eq!(receiver.ready(), Ready::Packet);
    receiver.rest();
    assert_eq!(pool.in_use(), 1, "the packet has not been lent yet");
    assert_eq!(receiver.packet().unwrap(), b"one");
    receiver.rest();
    assert_eq!(pool.in_use(), 0, "a caller may stop receiving here");

    assert_eq!(receiver.ready(), Ready::Receive);
    assert!(!receiver.window().unwrap().is_empty());
    receiver.received(0);
    assert!(matches!(receiver.ready(), Ready::End(_)));
    assert_eq!(pool.in_use(), 1);
    receiver.rest();
    assert_eq!(pool.in_use(), 0, "a peer that has only closed its half holds no buffer");
    assert!(matches!(receiver.ready(), Ready::End(_)));
}

#[test]
fn keeps_packets_that_have_not_been_read() {
    let pool = Pool::new(64, 1);
    let mut receiver = lines(&pool);
    assert_eq!(receiver.ready(), Ready::Receive);
    assert_eq!(receiver.feed(b"a\nb\nc").unwrap(), 5);
    for line in [b"a", b"b"] {
        receiver.rest();
        assert_eq!(receiver.ready(), Ready::Packet);
        assert_eq!(receiver.packet().unwrap(), line);
    }
    receiver.rest();
    assert_eq!(receiver.ready(), Ready::Receive);
    receiver.rest();
    assert_eq!(pool.in_use(), 0, "few bytes are kept in the lease");
    assert_eq!(receiver.feed(b"\n").unwrap(), 1);
    assert_eq!(receiver.ready(), Ready::Packet);
    assert_eq!(receiver.packet().unwrap(), b"c");
}

#[test]
fn lends_no_packet_of_a_buffer_that_rests() {
    let pool = Pool::new(64, 1);
    let mut receiver = lines(&pool);
    assert_eq!(receiver.ready(), Ready::Receive);
    assert_eq!(receiver.feed(b"one\n").unwrap(), 4);
    assert_eq!(receiver.batch().count(), 1);
    receiver.rest();
    assert!(receiver.is_at_rest());
    assert_eq!(receiver.batch().count(), 0);
}

#[test]
fn parts_of_a_receiver_at_rest_can_be_looked_at() {
    let pool = Pool::new(64, 1);
    let mut receiver = lines(&pool);
    assert_eq!(receiver.ready(), Ready::Receive);
    assert_eq!(receiver.feed(b"one\ntw").unwrap(), 6);
    assert_eq!(receiver.batch().count(), 1);
    assert_eq!(receiver.ready(), Ready::Receive);
    receiver.rest();
    let mut parts = receiver.into_parts();
    parts.storage.acquire().unwrap();
    assert_eq!(parts.storage.bytes()[parts.unread], *b"tw");

    let mut receiver = lines(&pool);
    drop(parts.storage);
    assert_eq!(receiver.ready(), Ready::Receive);
    assert_eq!(receiver.feed(b"one\n").unwrap(), 4);
    assert_eq!(receiver.batch().count(), 1);
    receiver.rest();
    let parts = receiver.into_parts();
    assert!(parts.storage.bytes()[parts.unread].is_empty());
}

#[test]
fn says_whether_it_may_be_received_ahead() {
    assert!(!Framed::new(Lines::new(60)).is_exact());
    assert!(Framed::new(Lines::new(60)).exact().is_exact());
}
