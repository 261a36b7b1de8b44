//! The source's contract: what a deserializer written as an async fn may do, and what comes of it.
//!
//! Each claim names the test of EasyNetwork's `TestBufferedStreamDataConsumer` that it mirrors, where there is one.

use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::Poll;

use wharf::authored::{At, Authored, Failure, Io, Outcome, Remainder};
use wharf::{ConfigError, End, ErrorKind, Framed, Lines, Ready, Receiver};

type Bytes = Vec<u8>;
type Run = Outcome<Bytes, &'static str, Bytes>;

/// What came of a stream.
#[derive(Debug, PartialEq)]
enum Said {
    /// A window of this length is offered.
    Window(usize),
    Packet(&'static str),
    Reject(&'static str, u64),
    Fatal(Failure<&'static str>, u64),
    End(End),
}
use Said::{Fatal, Packet, Reject, Window};

/// A receiver whose deserializer sees `len` bytes.
macro_rules! receiver {
    ($len:expr, $run:expr) => {
        Authored::new($run, vec![0; 2 * $len]).unwrap().into_receiver()
    };
}

/// What is said now.
macro_rules! said {
    ($receiver:expr) => {
        match $receiver.ready() {
            Ready::Receive => Window($receiver.window().unwrap().len()),
            Ready::Packet => Packet(String::from_utf8($receiver.packet().unwrap()).unwrap().leak()),
            Ready::Reject(error) => match *error.kind() {
                ErrorKind::Payload(Failure::Refused(why)) => Reject(why, error.position()),
                _ => panic!("{error:?}"),
            },
            Ready::Fatal(error) => match *error.kind() {
                ErrorKind::Payload(failure) => Fatal(failure, error.position()),
                _ => panic!("{error:?}"),
            },
            Ready::End(end) => Said::End(end),
        }
    };
}

/// Receives `bytes`, which all have room.
macro_rules! receive {
    ($receiver:expr, $bytes:expr) => {
        assert_eq!($receiver.feed($bytes).unwrap(), $bytes.len())
    };
}

mod faults;

/// One packet a write at the front; what is behind its first `len` bytes is left.
async fn first<const LEN: usize>(mut io: Io<Bytes>) -> Run {
    let mut end = 0;
    while end < LEN {
        end += io.write_at(At::Offset(end)).await;
    }
    let packet = io[..LEN].to_vec();
    io.packet(packet, LEN..end)
}

#[test]
fn refuses_storage_without_room_for_a_byte() {
    // get_write_buffer____protocol_create_buffer_validation____empty_byte_buffer; a read-only one doesn't compile.
    let error = Authored::new(first::<1>, vec![0; 1]).unwrap_err();
    assert_eq!(error, ConfigError::BufferTooSmall { needed: 2, had: 1 });
}

#[test]
fn makes_a_packet_of_one_write() {
    // next____oneshot, next____no_buffer
    let mut receiver = receiver!(8, first::<5>);
    assert_eq!(receiver.remainder(), b"");
    assert_eq!(said!(receiver), Window(8));
    receive!(receiver, b"hello");
    assert_eq!(said!(receiver), Packet("hello"));
    assert_eq!((receiver.remainder(), receiver.position()), (&b""[..], 5));
    assert_eq!(said!(receiver), Window(8));
}

#[test]
fn a_buffer_shows_its_length_and_none_of_its_bytes() {
    let mut receiver = receiver!(8, |mut io: Io<Bytes>| async move {
        io.write_at(At::Start).await;
        let shown = format!("{io:?}").into_bytes();
        io.packet(shown, Remainder::None)
    });
    assert_eq!(said!(receiver), Window(8));
    receive!(receiver, b"secret");
    assert_eq!(said!(receiver), Packet("Io { len: 8, .. }"));
}

#[test]
fn offers_the_same_window_until_something_is_received() {
    // get_write_buffer twice; a partial write that isn't confirmed is overwritten
    let mut receiver = receiver!(8, first::<5>);
    assert_eq!(said!(receiver), Window(8));
    receiver.window().unwrap()[0] = b'x';
    assert_eq!(said!(receiver), Window(8));
    receive!(receiver, b"hello");
    assert_eq!(said!(receiver), Packet("hello"));
}

#[test]
fn gives_a_remainder_in_the_buffer_to_the_next_run() {
    // next____with_remainder[buffer view]
    let mut receiver = receiver!(16, first::<5>);
    assert_eq!(said!(receiver), Window(16));
    receive!(receiver, b"helloworld!");
    assert_eq!(said!(receiver), Packet("hello"));
    assert_eq!((receiver.remainder(), receiver.position()), (&b"world!"[..], 5));
    assert_eq!(said!(receiver), Packet("world"));
    assert_eq!(said!(receiver), Window(15));
    assert_eq!(receiver.remainder(), b"!");
    assert_eq!(receiver.deserializer().moved(), 0, "packets that came together are read where they lie");
}

#[test]
fn gives_a_remainder_of_its_own_to_the_next_run() {
    // next____with_remainder[external]
    async fn own(mut io: Io<Bytes>) -> Run {
        let end = io.write_at(At::Start).await;
        let (packet, remainder) = (io[..3].to_vec(), io[3..end].to_vec());
        io.packet(packet, remainder)
    }
    let mut receiver = receiver!(16, own);
    assert_eq!(said!(receiver), Window(16));
    receive!(receiver, b"onetwo");
    assert_eq!(said!(receiver), Packet("one"));
    assert_eq!((receiver.remainder(), receiver.position()), (&b"two"[..], 3));
    assert_eq!(said!(receiver), Packet("two"));
    assert_eq!((said!(receiver), receiver.position()), (Window(16), 6));
}

#[test]
fn keeps_a_remainder_that_the_next_run_writes_over() {
    // next____remainder_buffer_overlapping
    async fn zeroing(mut io: Io<Bytes>) -> Run {
        io.fill(0);
        let end = io.write_at(At::Start).await;
        assert!(io[end..].iter().all(|&byte| byte == 0), "the buffer was prepared");
        let packet = io[..2].to_vec();
        io.packet(packet, 2..end)
    }
    let mut receiver = receiver!(12, zeroing);
    assert_eq!(said!(receiver), Window(12));
    receive!(receiver, b"hello world!");
    for packet in ["he", "ll", "o ", "wo", "rl", "d!"] {
        assert_eq!(said!(receiver), Packet(packet));
    }
    assert_eq!((said!(receiver), receiver.remainder()), (Window(12), &b""[..]));
}

#[test]
fn takes_several_writes_for_one_packet() {
    // next____several_attempts, next____move_buffer_start_after_updating_it, next____no_buffer (0 bytes in hand)
    let mut receiver = receiver!(10, first::<10>);
    assert_eq!(said!(receiver), Window(10));
    receive!(receiver, b"hello");
    assert_eq!(said!(receiver), Window(5));
    assert_eq!(receiver.feed(b"").unwrap(), 0, "no bytes in hand are not the end of the stream");
    assert_eq!(said!(receiver), Window(5));
    receive!(receiver, b"wor");
    assert_eq!(said!(receiver), Window(2));
    assert_eq!(receiver.remainder(), b"hellowor");
    receive!(receiver, b"ld");
    assert_eq!(said!(receiver), Packet("helloworld"));
}

/// Writes at each of the positions in turn, and makes a packet of the counts and the whole buffer.
async fn at_each(mut io: Io<Bytes>, prepared: &'static [u8], positions: &'static [At], left: &'static [u8]) -> Run {
    io.fill(b'.');
    io[..prepared.len()].copy_from_slice(prepared);
    let mut packet = Vec::new();
    for &at in positions {
        let count = io.write_at(at).await;
        packet.extend_from_slice(format!("{count} ").as_bytes());
    }
    packet.extend_from_slice(&io);
    io.packet(packet, left.to_vec())
}

#[test]
fn writes_where_the_run_says() {
    // next____buffer_start_on_first_yield[____several_writes], …_on_subsequent_yields, …negative_buffer_start
    let mut receiver = receiver!(10, |io| at_each(io, b"Hello", &[At::Offset(5), At::FromEnd(3)], b""));
    assert_eq!(said!(receiver), Window(5));
    receive!(receiver, b"Wo");
    assert_eq!(said!(receiver), Window(3));
    receive!(receiver, b"rld");
    assert_eq!(said!(receiver), Packet("2 3 HelloWorld"));

    let mut receiver = receiver!(20, |io| at_each(io, b"", &[At::FromEnd(10), At::FromEnd(5)], b"Bye"));
    assert_eq!(said!(receiver), Window(10));
    receive!(receiver, b"Hello");
    assert_eq!(said!(receiver), Window(5));
    receive!(receiver, b"World");
    assert_eq!(said!(receiver), Packet("5 5 ..........HelloWorld"));
    // The next run is given the remainder at its own first position, and then offers its second window.
    assert_eq!(receiver.remainder(), b"Bye");
    assert_eq!(said!(receiver), Window(5));
    receive!(receiver, b"World");
    assert_eq!(said!(receiver), Packet("3 5 ..........Bye..World"));
}

#[test]
fn puts_a_remainder_in_place_without_a_copy_at_any_position() {
    async fn offset(mut io: Io<Bytes>, at: At, front: usize) -> Run {
        let count = io.write_at(at).await;
        let packet = io[front..front + 2].to_vec();
        io.packet(packet, front + 2..front + count)
    }
    for (at, front) in [(At::Start, 0), (At::Offset(7), 7), (At::FromEnd(12), 8)] {
        let mut receiver = receiver!(20, |io| offset(io, at, front));
        assert_eq!(said!(receiver), Window(20 - front));
        receive!(receiver, b"aabbccddee");
        for packet in ["aa", "bb", "cc", "dd", "ee"] {
            assert_eq!(said!(receiver), Packet(packet), "{at:?}");
        }
        assert_eq!(receiver.deserializer().moved(), 0, "{at:?}");
    }
}

#[test]
fn each_byte_that_is_moved_is_counted_and_none_is_moved_for_nothing() {
    // Lies where there is no room left for a whole packet behind it.
    let mut receiver = receiver!(8, first::<3>);
    assert_eq!(said!(receiver), Window(8));
    receive!(receiver, b"abcdefgh");
    assert_eq!((said!(receiver), said!(receiver), said!(receiver)), (Packet("abc"), Packet("def"), Window(6)));
    receive!(receiver, b"ijk");
    assert_eq!((said!(receiver), receiver.deserializer().moved()), (Packet("ghi"), 0));
    assert_eq!((said!(receiver), receiver.deserializer().moved()), (Window(6), 2));

    // Stands where it is wanted.
    let mut receiver = receiver!(100, |mut io: Io<Bytes>| async move {
        let end = 64 + io.write_at(At::Offset(64)).await;
        io.packet(Vec::new(), 64..end - 1)
    });
    assert_eq!(said!(receiver), Window(36));
    receive!(receiver, b"ab");
    assert_eq!((said!(receiver), said!(receiver)), (Packet(""), Packet("")));
    assert_eq!(receiver.deserializer().moved(), 0);

    /// Writes over the whole buffer before it receives.
    async fn prepared(mut io: Io<Bytes>) -> Run {
        io.fill(b'.');
        first::<3>(io).await
    }
    // Moved to where it is written, and not out of the way before: it isn't in it, be that in front or behind.
    let mut receiver = receiver!(8, prepared);
    assert_eq!(said!(receiver), Window(8));
    receive!(receiver, b"abcde");
    assert_eq!((said!(receiver), said!(receiver)), (Packet("abc"), Window(6)));
    assert_eq!(receiver.deserializer().moved(), 2);
    let mut runs = 0;
    let mut receiver = receiver!(8, |io: Io<Bytes>| {
        runs += 1;
        let last = runs == 4;
        async move { if last { prepared(io).await } else { first::<3>(io).await } }
    });
    assert_eq!(said!(receiver), Window(8));
    receive!(receiver, b"abcdefgh");
    assert_eq!((said!(receiver), said!(receiver), said!(receiver)), (Packet("abc"), Packet("def"), Window(6)));
    receive!(receiver, b"ijk");
    assert_eq!((said!(receiver), said!(receiver)), (Packet("ghi"), Window(6)));
    assert_eq!(receiver.deserializer().moved(), 2);
}

#[test]
fn counts_a_remainder_as_the_first_bytes_written() {
    // next____move_buffer_start_in_case_of_remainder: there, the remainder and new bytes may be counted at once
    let mut receiver = receiver!(20, |io| at_each(io, b"", &[At::Start, At::Offset(5)], b"World"));
    assert_eq!(said!(receiver), Window(20));
    receive!(receiver, b"first");
    assert_eq!(said!(receiver), Window(15));
    receive!(receiver, b"and second");
    assert_eq!(said!(receiver), Packet("5 10 firstand second....."));
    assert_eq!(said!(receiver), Window(15), "the remainder was the first write");
    receive!(receiver, b"Hello");
    assert_eq!(said!(receiver), Packet("5 5 WorldHello.........."));
}

#[test]
fn gives_a_remainder_in_parts_if_it_is_larger_than_the_window() {
    /// Takes the whole buffer, or two bytes at its end.
    async fn alternating(mut io: Io<Bytes>, narrow: bool) -> Run {
        let at = if narrow { At::FromEnd(2) } else { At::Start };
        let count = io.write_at(at).await;
        let front = if narrow { io.len() - 2 } else { 0 };
        let packet = io[front..front + 1].to_vec();
        io.packet(packet, front + 1..front + count)
    }
    let mut runs = 0;
    let mut receiver = receiver!(8, |io| {
        runs += 1;
        alternating(io, runs % 3 != 1)
    });
    assert_eq!(said!(receiver), Window(8));
    receive!(receiver, b"abcdefgh");
    for (packet, left) in [("a", "bcdefgh"), ("b", "cdefgh"), ("c", "defgh"), ("d", "efgh"), ("e", "fgh")] {
        assert_eq!(said!(receiver), Packet(packet));
        assert_eq!(receiver.remainder(), left.as_bytes());
    }
    for packet in ["f", "g", "h"] {
        assert_eq!(said!(receiver), Packet(packet));
    }
    assert_eq!(receiver.remainder(), b"");
}

#[test]
fn keeps_the_order_of_remainders_of_its_own_that_are_larger_than_the_buffer() {
    async fn expanding(mut io: Io<Bytes>) -> Run {
        let count = io.write_at(At::Start).await;
        match &io[..count] {
            b"!" => io.packet(b"!".to_vec(), b"0123456789".to_vec()),
            _ => {
                let packet = io[..1].to_vec();
                let rest = io[1..count].to_vec();
                if packet[0] % 2 == 0 { io.packet(packet, rest) } else { io.packet(packet, 1..count) }
            }
        }
    }
    let mut receiver = receiver!(4, expanding);
    assert_eq!(said!(receiver), Window(4));
    receive!(receiver, b"!");
    assert_eq!(said!(receiver), Packet("!"));
    for packet in ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"] {
        assert_eq!(said!(receiver), Packet(packet));
    }
    assert_eq!(said!(receiver), Window(4));
}

#[test]
fn tells_a_run_of_the_end_of_the_stream() {
    async fn last_word(mut io: Io<Bytes>) -> Run {
        let mut end = 0;
        loop {
            match io.write_at(At::Offset(end)).await {
                0 => break,
                count => end += count,
            }
        }
        let packet = io[..end].to_vec();
        io.packet(packet, Remainder::None)
    }
    let mut runs = 0;
    let mut receiver = receiver!(8, |io| {
        runs += 1;
        last_word(io)
    });
    assert_eq!(said!(receiver), Window(8));
    receive!(receiver, b"abc");
    assert_eq!(said!(receiver), Window(5));
    receiver.received(0);
    assert_eq!(said!(receiver), Packet("abc"));
    assert_eq!(said!(receiver), Said::End(End::Clean));
    assert_eq!(said!(receiver), Said::End(End::Fused));
    drop(receiver);
    assert_eq!(runs, 1, "none begins where there is nothing left to read");

    // Nothing had come: whatever the run makes of that, the stream ends cleanly.
    let mut receiver = receiver!(8, last_word);
    assert_eq!(said!(receiver), Window(8));
    receiver.received(0);
    assert_eq!(said!(receiver), Said::End(End::Clean));
}

#[test]
fn a_run_that_asks_again_after_the_end_is_truncated() {
    let mut receiver = receiver!(8, first::<5>);
    assert_eq!(said!(receiver), Window(8));
    receive!(receiver, b"hellowor");
    assert_eq!(said!(receiver), Packet("hello"));
    assert_eq!(said!(receiver), Window(5));
    receiver.received(0);
    assert_eq!(said!(receiver), Said::End(End::Truncated { had: 3, missing: 1 }));
    assert_eq!((said!(receiver), receiver.remainder()), (Said::End(End::Fused), &b"wor"[..]));
}

#[test]
fn packets_that_are_there_come_before_the_end() {
    let mut receiver = receiver!(8, first::<2>);
    assert_eq!(said!(receiver), Window(8));
    receive!(receiver, b"aabbc");
    receiver.finish().unwrap();
    assert_eq!(said!(receiver), Packet("aa"));
    assert_eq!(said!(receiver), Packet("bb"));
    assert_eq!(said!(receiver), Said::End(End::Truncated { had: 1, missing: 1 }));
}

#[test]
fn a_write_that_is_given_up_loses_nothing() {
    /// Gives the first write up: at once, or when its bytes have come.
    async fn gives_up(mut io: Io<Bytes>, at_once: bool) -> Run {
        let mut polls = 0;
        {
            let mut write = pin!(io.write_at(At::Start));
            poll_fn(|context| {
                polls += 1;
                if polls == 2 {
                    return Poll::Ready(());
                }
                let _ = write.as_mut().poll(context);
                if at_once { Poll::Ready(()) } else { Poll::Pending }
            })
            .await;
        }
        let end = io.write_at(At::Start).await;
        let packet = io[..end].to_vec();
        io.packet(packet, Remainder::None)
    }
    for at_once in [true, false] {
        let mut receiver = receiver!(8, |io| gives_up(io, at_once));
        assert_eq!(said!(receiver), Window(8));
        receive!(receiver, b"hello");
        assert_eq!(said!(receiver), Packet("hello"));
        assert_eq!(receiver.position(), 5);
    }
}

#[test]
fn takes_over_from_a_framing_and_hands_on_to_one() {
    let mut receiver = Receiver::new(Framed::new(Lines::new(14)), vec![0; 32]).unwrap();
    assert_eq!(receiver.ready(), Ready::Receive);
    receive!(receiver, b"upgrade\nonetwoback\n");
    assert_eq!(receiver.ready(), Ready::Packet);
    assert_eq!(receiver.packet().unwrap(), b"upgrade");

    let mut receiver = receiver.switch(Authored::new(first::<3>, vec![0; 16]).unwrap()).unwrap();
    assert_eq!((receiver.remainder(), receiver.position()), (&b"onetwoback\n"[..], 8));
    assert_eq!(said!(receiver), Packet("one"));
    assert_eq!(said!(receiver), Packet("two"));
    assert_eq!((receiver.remainder(), receiver.position()), (&b"back\n"[..], 14));

    // Its bytes are in a buffer of its own, and another deserializer would look for them in the receiver's.
    let refused = receiver.switch(Framed::new(Lines::new(14))).unwrap_err();
    let expected = "one that reads from the receiver's buffer";
    assert_eq!(refused.reason, ConfigError::Invalid { option: "deserializer", expected });

    let position = refused.receiver.position();
    let parts = refused.receiver.into_parts().deserializer.into_parts().unwrap();
    let mut lines = Framed::new(Lines::new(14));
    wharf::Deserializer::adopt(&mut lines, parts.unread, position);
    let mut receiver = Receiver::new(lines, parts.storage).unwrap();
    assert_eq!(receiver.ready(), Ready::Packet);
    assert_eq!(receiver.packet().unwrap(), b"back");
}

#[test]
fn is_send_if_its_parts_are() {
    fn assert_send<T: Send>(_: &T) {}
    assert_send(&receiver!(8, first::<5>));
}
