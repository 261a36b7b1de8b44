//! Batches: several packets of one window lent at once.

use wharf::{Edit, Framed, Lines, PollError, Ready, Receiver};

/// A receiver that has been fed `stream`.
fn fed(stream: &[u8]) -> Receiver<Framed<Lines>, [u8; 64]> {
    let mut receiver = Receiver::new(Framed::new(Lines::new(8)), [0; 64]).expect("it fits");
    assert_eq!(receiver.ready(), Ready::Receive);
    assert_eq!(receiver.feed(stream), Ok(stream.len()));
    receiver
}

fn all(receiver: &mut Receiver<Framed<Lines>, [u8; 64]>) -> Vec<Vec<u8>> {
    receiver.batch().map(|line| line.expect("no line is refused").to_vec()).collect()
}

#[test]
fn all_whole_packets_are_lent_at_once() {
    let mut receiver = fed(b"one\ntwo\n\nthr");
    let lines: Vec<_> = receiver.batch().map(|line| line.expect("no line is refused")).collect();
    assert_eq!(lines, [&b"one"[..], b"two", b""]);
    assert_eq!(receiver.remainder(), b"thr");
}

#[test]
fn a_packet_that_was_found_before_comes_first() {
    let mut receiver = fed(b"one\ntwo\n");
    assert_eq!(receiver.ready(), Ready::Packet);
    assert_eq!(all(&mut receiver), [b"one", b"two"]);
}

#[test]
fn packets_that_are_not_yielded_are_kept() {
    let mut receiver = fed(b"one\ntwo\nthree\n");
    assert_eq!(receiver.ready(), Ready::Packet);
    assert!(receiver.batch().take(0).next().is_none());
    assert_eq!(receiver.batch().next(), Some(Ok(&b"one"[..])), "nor is one that was found before lost");
    assert_eq!(receiver.ready(), Ready::Packet);
    assert_eq!(receiver.packet(), Ok(&b"two"[..]));
    assert_eq!(all(&mut receiver), [b"three"]);
}

#[test]
fn there_is_none_while_more_bytes_are_asked_for() {
    let mut receiver = fed(b"one\ntw");
    assert_eq!(all(&mut receiver), [b"one"]);
    assert_eq!(receiver.ready(), Ready::Receive);
    assert!(receiver.batch().next().is_none());
    assert_eq!(receiver.feed(b"o\n"), Ok(2));
    assert_eq!(all(&mut receiver), [b"two"]);
}

#[test]
fn a_refused_packet_costs_one_error_amid_the_others() {
    let mut receiver = fed(b"one\nfar too long\ntwo\n");
    let mut batch = receiver.batch();
    assert_eq!(batch.next(), Some(Ok(&b"one"[..])));
    let Some(Err(PollError::Reject(error))) = batch.next() else { panic!("the second line is too long") };
    assert_eq!(error.position(), 4);
    assert_eq!(batch.next(), Some(Ok(&b"two"[..])));
    assert_eq!(batch.next(), None);
}

#[test]
fn a_window_that_is_offered_stays_where_it_is() {
    let framed = Framed::new(Lines::new(8)).aligned(8).expect("a power of two");
    let mut receiver = Receiver::new(framed, [0; 64]).expect("it fits");
    for _ in 0..3 {
        assert_eq!(receiver.ready(), Ready::Receive);
        assert!(receiver.batch().next().is_none());
        assert!(receiver.batch().next().is_none());
        assert_eq!(receiver.feed(b"one\n"), Ok(4));
        assert_eq!(receiver.batch().next(), Some(Ok(&b"one"[..])));
        assert!(receiver.batch().next().is_none());
    }
}

#[test]
fn no_codec_is_applied() {
    let mut receiver = Receiver::new(Framed::with_codec(Lines::new(8), Edit), [0; 16]).expect("it fits");
    assert_eq!(receiver.ready(), Ready::Receive);
    assert_eq!(receiver.feed(b"one\n"), Ok(4));
    assert_eq!(receiver.batch().next(), Some(Ok(&b"one"[..])));
}
