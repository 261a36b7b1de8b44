//! What a run may not do: a packet refused costs itself, the rest ends the stream, and no byte is lost.

use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::Poll;
use std::panic::{AssertUnwindSafe, catch_unwind};

use wharf::authored::{At, Authored, Failure, Io, Remainder};
use wharf::{End, ErrorKind, Ready};

use super::{Bytes, Fatal, Packet, Reject, Run, Said, Window, at_each, first};

#[test]
fn refuses_one_packet_and_goes_on_with_the_remainder() {
    // next____protocol_parse_error[view, external]
    async fn refusing(mut io: Io<Bytes>, own: bool) -> Run {
        let end = io.write_at(At::Start).await;
        let remainder = if own { io[3..end].to_vec().into() } else { Remainder::Range(3..end) };
        if &io[..3] == b"bad" {
            return io.refuse("bad", remainder);
        }
        let packet = io[..3].to_vec();
        io.packet(packet, remainder)
    }
    for own in [false, true] {
        let mut receiver = receiver!(16, |io| refusing(io, own));
        assert_eq!(said!(receiver), Window(16));
        receive!(receiver, b"onebadtwo");
        assert_eq!(said!(receiver), Packet("one"));
        assert_eq!(said!(receiver), Reject("bad", 3));
        assert_eq!(receiver.remainder(), b"two");
        assert_eq!(said!(receiver), Packet("two"));
    }
}

#[test]
fn ends_the_stream_where_the_boundary_is_lost() {
    async fn aborting(mut io: Io<Bytes>) -> Run {
        let end = io.write_at(At::Start).await;
        io.abort("out of step", 1..end)
    }
    let mut receiver = receiver!(16, aborting);
    assert_eq!(said!(receiver), Window(16));
    receive!(receiver, b"abc");
    assert_eq!(said!(receiver), Fatal(Failure::Refused("out of step"), 0));
    assert_eq!((said!(receiver), receiver.remainder()), (Said::End(End::Fused), &b"bc"[..]));
}

#[test]
fn a_position_outside_the_buffer_is_fatal_and_costs_nothing() {
    // get_write_buffer____buffer_start_set_to_end, which repeats for ever there
    for at in [At::Offset(8), At::Offset(usize::MAX), At::FromEnd(0), At::FromEnd(9), At::FromEnd(usize::MAX)] {
        let mut receiver = receiver!(8, |io| at_each(io, b"", &[At::Start], b""));
        assert_eq!(said!(receiver), Window(8));
        drop(receiver);
        // While the next run starts, the packet before it is safe.
        let mut first_run = true;
        let mut receiver = receiver!(8, move |mut io: Io<Bytes>| {
            let at = if core::mem::take(&mut first_run) { At::Start } else { at };
            async move {
                let end = io.write_at(at).await;
                let packet = io[..3].to_vec();
                io.packet(packet, 3..end)
            }
        });
        assert_eq!(said!(receiver), Window(8));
        receive!(receiver, b"onetwo");
        assert_eq!(said!(receiver), Packet("one"));
        assert_eq!(said!(receiver), Fatal(Failure::Position { at, len: 8 }, 3));
        assert_eq!((receiver.remainder(), receiver.position()), (&b"two"[..], 3));
        assert_eq!(said!(receiver), Said::End(End::Fused));
        // Recoverable: the bytes are there, for this deserializer or another.
        receiver.deserializer_mut().restart();
        assert_eq!(said!(receiver), Fatal(Failure::Position { at, len: 8 }, 3));
        let parts = receiver.into_parts().deserializer.into_parts().unwrap();
        assert_eq!(&parts.storage[parts.unread], b"two");
    }
    for at in [At::Offset(7), At::FromEnd(1), At::FromEnd(8)] {
        let mut receiver = receiver!(8, |io| at_each(io, b"", core::slice::from_ref(Box::leak(Box::new(at))), b""));
        assert!(matches!(said!(receiver), Window(1 | 8)), "{at:?} is inside");
    }
}

#[test]
fn a_run_that_consumes_nothing_is_fatal() {
    // zero-progress packets, which never stop there; next____generator_did_not_yield
    async fn consumes_nothing(mut io: Io<Bytes>) -> Run {
        let end = io.write_at(At::Start).await;
        io.packet(b"again".to_vec(), 0..end)
    }
    async fn never_writes(io: Io<Bytes>) -> Run {
        io.packet(b"again".to_vec(), Remainder::None)
    }
    async fn makes_up_the_same(mut io: Io<Bytes>) -> Run {
        io.write_at(At::Start).await;
        io.packet(b"again".to_vec(), b"abc".to_vec())
    }
    let mut receiver = receiver!(8, consumes_nothing);
    assert_eq!(said!(receiver), Window(8));
    receive!(receiver, b"abc");
    assert_eq!(said!(receiver), Fatal(Failure::NoProgress, 0));
    assert_eq!(receiver.remainder(), b"abc");

    let mut receiver = receiver!(8, never_writes);
    assert_eq!(said!(receiver), Fatal(Failure::NoProgress, 0));

    let mut receiver = receiver!(8, makes_up_the_same);
    assert_eq!(said!(receiver), Window(8));
    receive!(receiver, b"abc");
    assert_eq!(said!(receiver), Packet("again"), "bytes of its own may be of any length");
    assert_eq!(said!(receiver), Fatal(Failure::NoProgress, 0), "but not for ever");
}

#[test]
fn the_end_of_the_stream_is_no_progress() {
    /// Leaves one byte more than it was given.
    async fn grows(mut io: Io<Bytes>) -> Run {
        let mut end = io.write_at(At::Start).await;
        end += io.write_at(At::Offset(end)).await;
        let remainder = [&io[..end], b"x"].concat();
        io.packet(b"again".to_vec(), remainder)
    }
    let mut receiver = receiver!(8, grows);
    assert_eq!(said!(receiver), Window(8));
    receive!(receiver, b"ab");
    assert_eq!(said!(receiver), Window(6));
    receive!(receiver, b"c");
    assert_eq!(said!(receiver), Packet("again"));
    assert_eq!(said!(receiver), Window(4));
    receiver.received(0);
    assert_eq!(said!(receiver), Fatal(Failure::NoProgress, 0), "it would go on for ever");
}

#[test]
fn bytes_of_a_write_that_was_given_up_are_no_progress() {
    async fn gives_up(mut io: Io<Bytes>) -> Run {
        let mut polls = 0;
        {
            let mut write = pin!(io.write_at(At::Start));
            poll_fn(|context| {
                polls += 1;
                if polls == 2 { Poll::Ready(()) } else { write.as_mut().poll(context).map(|_| ()) }
            })
            .await;
        }
        let end = io.write_at(At::Start).await;
        io.packet(b"again".to_vec(), 0..end)
    }
    let mut receiver = receiver!(8, gives_up);
    assert_eq!(said!(receiver), Window(8));
    receive!(receiver, b"hello");
    assert_eq!(said!(receiver), Fatal(Failure::NoProgress, 0), "they were given once, and not twice");
    assert_eq!(receiver.remainder(), b"hello");
}

#[test]
fn a_remainder_outside_the_buffer_is_fatal_and_costs_nothing() {
    for (start, end) in [(5, 9), (2, 1), (9, 9), (usize::MAX, usize::MAX)] {
        let mut receiver = receiver!(8, move |mut io: Io<Bytes>| async move {
            io.write_at(At::Start).await;
            io.packet(Vec::new(), start..end)
        });
        assert_eq!(said!(receiver), Window(8));
        receive!(receiver, b"abc");
        assert_eq!(said!(receiver), Fatal(Failure::Remainder { start, end, len: 8 }, 0));
        assert_eq!(receiver.remainder(), b"abc");
    }
}

#[test]
fn an_await_of_something_else_is_fatal_and_costs_nothing() {
    async fn elsewhere(mut io: Io<Bytes>) -> Run {
        let end = io.write_at(At::Start).await;
        core::future::pending::<()>().await;
        io.packet(Vec::new(), end..end)
    }
    async fn without_its_buffer(mut io: Io<Bytes>) -> Run {
        io.write_at(At::Start).await;
        drop(io);
        core::future::pending().await
    }
    async fn leaks_its_buffer(mut io: Io<Bytes>) -> Run {
        io.write_at(At::Start).await;
        core::mem::forget(io);
        core::future::pending().await
    }
    let mut receiver = receiver!(8, elsewhere);
    assert_eq!(said!(receiver), Window(8));
    receive!(receiver, b"abc");
    assert_eq!(said!(receiver), Fatal(Failure::ForeignAwait, 0));
    assert_eq!(receiver.remainder(), b"abc");

    let mut receiver = receiver!(8, without_its_buffer);
    assert_eq!(said!(receiver), Window(8));
    receive!(receiver, b"abc");
    assert_eq!(said!(receiver), Fatal(Failure::ForeignAwait, 0));
    assert_eq!(receiver.remainder(), b"abc");

    let mut receiver = receiver!(8, leaks_its_buffer);
    assert_eq!(said!(receiver), Window(8));
    receive!(receiver, b"abc");
    assert_eq!(said!(receiver), Fatal(Failure::ForeignAwait, 0));
    receiver.deserializer_mut().restart();
    assert_eq!(said!(receiver), Said::End(End::Fused), "there is no buffer to go on with");
}

#[test]
fn a_panic_reaches_the_caller_and_costs_nothing() {
    // next____generator_raised[before yield, after yield]: there, all received bytes are lost
    for before in [true, false] {
        let mut runs = 0;
        let mut receiver = receiver!(8, move |mut io: Io<Bytes>| {
            runs += 1;
            let due = runs == 2;
            async move {
                assert!(!(due && before), "before the first write");
                let end = io.write_at(At::Start).await;
                assert!(!due, "after the first write");
                let packet = io[..3].to_vec();
                io.packet(packet, 3..end)
            }
        });
        assert_eq!(said!(receiver), Window(8));
        receive!(receiver, b"onetwo");
        assert_eq!(said!(receiver), Packet("one"));
        catch_unwind(AssertUnwindSafe(|| receiver.ready())).unwrap_err();
        assert_eq!(said!(receiver), Fatal(Failure::Panicked, 3));
        assert_eq!((said!(receiver), receiver.remainder()), (Said::End(End::Fused), &b"two"[..]));
        receiver.deserializer_mut().restart();
        assert_eq!(said!(receiver), Packet("two"), "the third run doesn't panic");
    }
}

#[test]
#[should_panic(expected = "9 bytes received into a window of 8")]
fn a_count_beyond_the_window_panics() {
    // next____nbytes_too_big, next____error_negative_nbytes (no such type), next____get_buffer_not_called
    let mut receiver = receiver!(8, first::<5>);
    assert_eq!(said!(receiver), Window(8));
    receiver.received(9);
}
