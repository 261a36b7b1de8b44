//! Polling and stepping, feeding, protocol upgrades, and what misuse is told.

use wharf::{ConfigError, End, Event, FinalLine, Framed, LengthPrefixed, Lines, PollError, Ready, Receiver, Width};

use crate::{feed, lines, packet};

#[test]
fn both_forms_say_the_same() {
    let stream = b"one\nfar too long\n\ntwo\nrest";
    let (mut polled, mut stepped) = (lines(4), lines(4));
    let (mut left, mut said, mut steps) = (&stream[..], Vec::new(), Vec::new());
    loop {
        match polled.poll() {
            Ok(Event::Packet(line)) => said.push(format!("{line:?}")),
            Ok(Event::Receive(window)) if left.is_empty() => window.received(0),
            Ok(Event::Receive(window)) => left = &left[window.feed(&left[..3.min(left.len())])..],
            Ok(Event::End(End::Fused)) => break,
            Ok(Event::End(end)) => said.push(format!("{end:?}")),
            Err(error) => said.push(error.to_string()),
        }
    }
    let mut left = &stream[..];
    loop {
        match stepped.ready() {
            Ready::Packet => steps.push(format!("{:?}", stepped.packet().expect("any bytes will do"))),
            Ready::Receive => {
                let window = stepped.window().expect("a Vec is never at rest");
                let count = window.len().min(left.len());
                window[..count].copy_from_slice(&left[..count]);
                stepped.received(count);
                left = &left[count..];
            }
            Ready::End(End::Fused) => break,
            Ready::End(end) => steps.push(format!("{end:?}")),
            Ready::Reject(error) => steps.push(PollError::Reject(error).to_string()),
            Ready::Fatal(error) => steps.push(PollError::Fatal(error).to_string()),
        }
    }
    assert_eq!(said, steps);
    assert_eq!(said[1], "packet refused: packet exceeds the limit of 4 bytes at byte 4");
    assert_eq!(said[4], "Truncated { had: 4, missing: 1 }");
}

#[test]
fn feeding_takes_what_finds_room_and_nothing_while_a_packet_is_due() {
    let mut receiver = Receiver::new(Framed::new(Lines::new(3)), [0; 4]).expect("long enough");
    assert!(matches!(receiver.ready(), Ready::Receive));
    assert_eq!(receiver.feed(b""), Ok(0), "no bytes are not the end");
    assert_eq!(receiver.feed(b"ab\ncd\n"), Ok(4));
    assert!(matches!(receiver.ready(), Ready::Packet));
    assert_eq!(receiver.feed(b"d\n"), Ok(0), "the packet is due first");
    assert_eq!(packet(&mut receiver), b"ab");
    feed(&mut receiver, b"d\n");
    assert_eq!(packet(&mut receiver), b"cd");
    receiver.finish().expect("an array is never at rest");
    assert_eq!(receiver.feed(b"more"), Ok(0), "nothing comes behind the end");
    assert_eq!(receiver.ready(), Ready::End(End::Clean));
}

#[test]
fn a_window_that_is_dropped_or_scribbled_over_changes_nothing() {
    let mut receiver = lines(10);
    feed(&mut receiver, b"ab");
    for _ in 0..3 {
        let Ok(Event::Receive(mut window)) = receiver.poll() else { panic!("a window is due") };
        window.bytes().fill(b'\n');
    }
    assert_eq!(receiver.remainder(), b"ab");
    feed(&mut receiver, b"c\n");
    assert_eq!(packet(&mut receiver), b"abc");
}

#[test]
fn the_end_loses_no_packet_that_is_ready() {
    let mut receiver = lines(10);
    feed(&mut receiver, b"one\ntwo\nthr");
    assert!(matches!(receiver.ready(), Ready::Packet));
    receiver.finish().expect("a Vec is never at rest");
    assert_eq!(packet(&mut receiver), b"one");
    assert_eq!(packet(&mut receiver), b"two");
    assert_eq!(receiver.ready(), Ready::End(End::Truncated { had: 3, missing: 1 }));
    assert_eq!(receiver.ready(), Ready::End(End::Fused));
    // Said by a receive of 0 bytes that nobody asked for, too.
    let mut receiver = lines(10);
    feed(&mut receiver, b"one\n");
    assert!(matches!(receiver.ready(), Ready::Packet));
    receiver.received(0);
    assert_eq!(packet(&mut receiver), b"one");
    assert_eq!(receiver.ready(), Ready::End(End::Clean));
}

#[test]
fn a_switch_keeps_the_remainder_where_it_is() {
    let mut receiver = lines(40);
    feed(&mut receiver, b"UPGRADE\n\x02hi\x01");
    assert_eq!(packet(&mut receiver), b"UPGRADE");
    let (remainder, position) = (receiver.remainder().as_ptr(), receiver.position());
    assert_eq!((receiver.remainder(), position), (&b"\x02hi\x01"[..], 8));
    let next = Framed::new(LengthPrefixed::new(Width::U8, 9));
    let mut receiver = receiver.switch(next).expect("the buffer is long enough");
    assert_eq!((receiver.remainder().as_ptr(), receiver.position()), (remainder, position));
    assert_eq!(packet(&mut receiver), b"hi");
    feed(&mut receiver, b"!");
    assert_eq!(packet(&mut receiver), b"!");
    assert_eq!(receiver.position(), 13);
}

#[test]
fn errors_behind_a_switch_count_from_the_start_of_the_stream() {
    let mut receiver = lines(40);
    feed(&mut receiver, b"UPGRADE\n\x02hi\x09xxxxxxxxx");
    assert_eq!(packet(&mut receiver), b"UPGRADE");
    let next = Framed::new(LengthPrefixed::new(Width::U8, 3));
    let mut receiver = receiver.switch(next).expect("the buffer is long enough");
    assert_eq!(packet(&mut receiver), b"hi");
    let Ready::Reject(error) = receiver.ready() else { panic!("a body of 9 bytes is refused") };
    assert_eq!(error.position(), 11);
}

#[test]
fn a_switch_that_cannot_be_gives_everything_back() {
    let mut receiver = lines(10);
    feed(&mut receiver, b"ab");
    let error = receiver.switch(Framed::new(Lines::new(30))).expect_err("the buffer is too short");
    assert_eq!(error.reason, ConfigError::BufferTooSmall { needed: 31, had: 30 });
    assert_eq!(error.to_string(), "cannot switch deserializers: buffer of 30 bytes cannot hold a packet of 31");
    let mut receiver = error.receiver;
    feed(&mut receiver, b"c\n");
    assert_eq!(packet(&mut receiver), b"abc");
}

#[test]
fn the_end_of_the_stream_outlasts_a_switch() {
    let mut receiver = lines(10);
    feed(&mut receiver, b"one\ntwo");
    assert_eq!(packet(&mut receiver), b"one");
    receiver.finish().expect("a Vec is never at rest");
    let next = Framed::new(Lines::new(9).final_line(FinalLine::Packet));
    let mut receiver = receiver.switch(next).expect("the buffer is long enough");
    assert_eq!(packet(&mut receiver), b"two");
    assert_eq!(receiver.ready(), Ready::End(End::Clean));
    let mut receiver = receiver.switch(Framed::new(Lines::new(9))).expect("the buffer is long enough");
    assert_eq!(receiver.ready(), Ready::End(End::Clean), "said once by each deserializer");
    assert_eq!(receiver.ready(), Ready::End(End::Fused));
}

#[test]
fn parts_are_the_buffer_and_where_its_unread_bytes_are() {
    let mut receiver = lines(10);
    feed(&mut receiver, b"one\ntwo");
    assert_eq!(packet(&mut receiver), b"one");
    let parts = receiver.into_parts();
    assert_eq!(parts.storage[parts.unread], *b"two");
}

#[test]
#[should_panic(expected = "5 bytes received into a window of 4")]
fn receiving_more_than_the_window_panics() {
    let mut receiver = Receiver::new(Framed::new(Lines::new(3)), [0; 4]).expect("long enough");
    assert!(matches!(receiver.ready(), Ready::Receive));
    receiver.received(5);
}

#[test]
#[should_panic(expected = "1 bytes received into a window of 0")]
fn receiving_without_a_window_panics() {
    let mut receiver = lines(3);
    feed(&mut receiver, b"a\n");
    receiver.received(1);
}

#[test]
#[should_panic(expected = "no packet is ready to be lent")]
fn a_packet_is_lent_once() {
    let mut receiver = lines(3);
    feed(&mut receiver, b"a\nb\n");
    assert_eq!(packet(&mut receiver), b"a");
    let _ = receiver.packet();
}

#[test]
#[should_panic(expected = "a packet is ready and has not been taken")]
fn a_switch_over_a_packet_that_is_ready_panics() {
    let mut receiver = lines(3);
    feed(&mut receiver, b"a\n");
    assert!(matches!(receiver.ready(), Ready::Packet));
    let _ = receiver.switch(Framed::new(Lines::new(3)));
}

#[test]
#[should_panic(expected = "a packet is ready and has not been taken")]
fn taking_apart_over_a_packet_that_is_ready_panics() {
    let mut receiver = lines(3);
    feed(&mut receiver, b"a\n");
    assert!(matches!(receiver.ready(), Ready::Packet));
    let _ = receiver.into_parts();
}
