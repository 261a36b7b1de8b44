//! Exact receives, aligned payloads, batches.

use std::collections::VecDeque;

use wharf::{
    Delimited, Deserializer, End, Ending, Fixed, Framed, Framing, LengthPrefixed, Lines, PollError, Ready, Receiver,
    Step, Width,
};

use crate::{feed, lines, packet};

/// Receives `stream` with windows as they are offered, and checks that none goes beyond the packet that it is for.
#[track_caller]
fn check_exact<F: Framing>(framing: F, packets: &[&[u8]]) {
    let len = framing.max_len();
    let mut receiver = Receiver::new(Framed::new(framing).exact(), vec![0; len]).expect("long enough");
    let mut packets: VecDeque<&[u8]> = packets.iter().copied().collect();
    let mut left = packets.pop_front().expect("at least one");
    let mut lent = 0;
    loop {
        match receiver.ready() {
            Ready::Receive if left.is_empty() && packets.is_empty() => break,
            Ready::Receive => {
                if left.is_empty() {
                    assert!(receiver.is_between_packets(), "the packet before is not complete");
                    left = packets.pop_front().expect("at least one");
                }
                let window = receiver.window().expect("a Vec is never at rest");
                assert!(window.len() <= left.len(), "a window of {} where {} bytes are left", window.len(), left.len());
                let count = window.len();
                window.copy_from_slice(&left[..count]);
                receiver.received(count);
                left = &left[count..];
            }
            Ready::Packet => {
                assert!(left.is_empty() && receiver.remainder().is_empty(), "a byte beyond the packet");
                receiver.packet().expect("any bytes will do");
                lent += 1;
            }
            Ready::Reject(_) => lent += 1,
            other => panic!("{other:?}"),
        }
    }
    assert!(lent > 0);
}

#[test]
fn a_packet_says_where_it_began() {
    let mut receiver = Receiver::new(Framed::new(Lines::new(9)), vec![0; 12]).expect("long enough");
    feed(&mut receiver, b"one\ntwo\n");
    for (line, position) in [(&b"one"[..], 0), (b"two", 4)] {
        assert!(matches!(receiver.ready(), Ready::Packet));
        assert_eq!(receiver.packet().expect("any bytes will do"), line);
        assert_eq!(receiver.deserializer().packet_position(), position);
    }
}

#[test]
fn an_exact_receive_takes_no_byte_beyond_the_packet() {
    check_exact(Lines::new(5), &[b"abc\n", b"\n", b"too long\n", b"ok\n"]);
    check_exact(Lines::new(5).ending(Ending::CrLf), &[b"a\r\n", b"\r\n", b"abc\r\r\r\n", b"ok\r\n"]);
    check_exact(Delimited::new("aab", 4).expect("not empty"), &[b"xaab", b"aaaab", b"xxxxxxaaaaab", b"aab"]);
    check_exact(Fixed::new(3).expect("not 0"), &[b"abc", b"def"]);
    let prefixed = |width| LengthPrefixed::new(width, 5);
    check_exact(prefixed(Width::U32), &[b"\0\0\0\x03abc", b"\0\0\0\0", b"\0\0\0\x06abcdef", b"\0\0\0\x01z"]);
    check_exact(prefixed(Width::Varint), &[b"\x03abc", b"\x80\0", b"\x86\x80\0abcdef", b"\x01z"]);
    check_exact(prefixed(Width::U8).before(2).after(3), &[b"hh\x02ttt!!", b"hh\0ttt", b"hh\x06tttabcdef"]);
}

#[test]
fn aligned_payloads_begin_at_a_multiple() {
    for align in [1, 2, 4, 8, 16, 64] {
        for skew in 0..5 {
            let engine = Framed::new(LengthPrefixed::new(Width::U8, 40)).aligned(align).expect("a power of two");
            let mut memory = vec![0; engine.buffer_len(200) + skew];
            let mut receiver = Receiver::new(engine, &mut memory[skew..]).expect("long enough");
            let mut expected = Vec::new();
            for len in [3_u8, 0, 8, 1, 40, 7, 39, 5].repeat(8) {
                let body: Vec<u8> = (0..len).collect();
                feed(&mut receiver, &[&[len][..], &body].concat());
                assert!(matches!(receiver.ready(), Ready::Packet));
                let lent = receiver.packet().expect("any bytes will do");
                assert_eq!(lent.as_ptr().addr() % align, 0, "align {align}, skew {skew}, len {len}");
                assert_eq!(lent, body);
                expected.push(body);
            }
        }
    }
    assert!(Framed::new(Lines::new(1)).aligned(3).is_err());
    assert!(Framed::new(Lines::new(1)).aligned(0).is_err());
}

#[test]
fn each_byte_that_is_moved_is_counted_and_none_is_moved_for_nothing() {
    // Half a line behind one that was read, with less room than is wanted: moved.
    let mut receiver = Receiver::new(Framed::new(Lines::new(15)), [0; 16]).expect("long enough");
    feed(&mut receiver, b"first line\nsec");
    assert_eq!((receiver.ready(), receiver.packet()), (Ready::Packet, Ok(&b"first line"[..])));
    feed(&mut receiver, b"ond line\n");
    assert_eq!((receiver.ready(), receiver.deserializer().moved()), (Ready::Packet, 3));

    // As much room behind it as is wanted: not moved.
    let mut engine = Framed::new(LengthPrefixed::new(Width::U16, 14)).exact();
    let mut buffer = [0; 16];
    buffer[8..12].copy_from_slice(b"\0\x06ab");
    engine.adopt(8..12, 8);
    assert!(matches!(engine.step(&mut buffer), Step::Receive { at } if at == (12..16)));
    assert_eq!(engine.moved(), 0);

    // At the front already, of a buffer that is shorter than was asked for: not moved.
    let mut engine = Framed::new(Lines::new(15));
    engine.adopt(0..3, 0);
    assert!(matches!(engine.step(&mut buffer[..8]), Step::Receive { at } if at == (3..8)));
    assert_eq!(engine.moved(), 0);

    // A payload that is aligned moves alone.
    let mut receiver = Receiver::new(
        Framed::new(LengthPrefixed::new(Width::U16, 14)).aligned(4).expect("a power of two"),
        vec![0; 32],
    )
    .expect("long enough");
    feed(&mut receiver, b"\0\x05abcde");
    assert_eq!((receiver.ready(), receiver.deserializer().moved()), (Ready::Packet, 5));
}

#[test]
fn packets_of_one_window_are_aligned_too() {
    let engine = Framed::new(LengthPrefixed::new(Width::U8, 40)).aligned(8).expect("a power of two");
    let mut receiver = Receiver::new(engine, vec![0; 4096]).expect("long enough");
    let bodies: Vec<Vec<u8>> = (0..40).map(|len| (0..len).collect()).collect();
    let stream: Vec<u8> =
        bodies.iter().flat_map(|body| [&[u8::try_from(body.len()).expect("short")][..], body].concat()).collect();
    feed(&mut receiver, &stream);
    for body in bodies {
        assert!(matches!(receiver.ready(), Ready::Packet));
        let lent = receiver.packet().expect("any bytes will do");
        assert_eq!((lent.as_ptr().addr() % 8, lent), (0, &body[..]));
    }
}

#[test]
fn a_batch_lends_all_packets_and_errors_in_order() {
    let mut receiver = lines(5);
    assert_eq!(receiver.batch().count(), 0);
    feed(&mut receiver, b"one\ntwo longer\n\nthree\nfo");
    {
        let mut batch = receiver.batch();
        let one = batch.next().expect("a line").expect("a good one");
        let Some(Err(PollError::Reject(error))) = batch.next() else { panic!("the second is too long") };
        assert_eq!(error.position(), 4);
        // The first is still lent.
        assert_eq!(one, b"one");
    }
    // What was not yielded is kept, also where the two-step form goes on.
    assert!(matches!(receiver.ready(), Ready::Packet));
    let rest: Vec<Vec<u8>> = receiver.batch().map(|line| line.expect("good ones").to_vec()).collect();
    assert_eq!(rest, [&b""[..], b"three"]);
    assert_eq!(receiver.batch().count(), 0);
    feed(&mut receiver, b"ur\n");
    assert_eq!(packet(&mut receiver), b"four");
    assert_eq!(receiver.position(), 27);
}

#[test]
fn a_batch_at_the_end_leaves_the_end_to_be_said() {
    for (stream, end) in [(&b"one\ntwo\n"[..], End::Clean), (b"one\ntwo\nth", End::Truncated { had: 2, missing: 1 })] {
        let mut receiver = lines(9);
        feed(&mut receiver, stream);
        assert!(matches!(receiver.ready(), Ready::Packet));
        receiver.finish().expect("a Vec is never at rest");
        assert_eq!(receiver.batch().count(), 2);
        assert_eq!(receiver.ready(), Ready::End(end));
        assert_eq!(receiver.batch().count(), 0);
        assert_eq!(receiver.ready(), Ready::End(End::Fused));
    }
}

#[test]
fn a_batch_says_a_lost_boundary_once() {
    let framing = LengthPrefixed::new(Width::U8, 3).max_skip(3);
    let mut receiver = Receiver::new(Framed::new(framing), vec![0; 40]).expect("long enough");
    feed(&mut receiver, b"\x01a\x09b\x01c");
    let said: Vec<_> = receiver.batch().map(|said| said.map(<[u8]>::to_vec)).collect();
    assert!(matches!(&said[..], [Ok(a), Err(PollError::Fatal(error))] if a == b"a" && error.position() == 2));
    assert_eq!(receiver.ready(), Ready::End(End::Fused));
}
