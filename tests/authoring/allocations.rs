//! An async fn allocates when it is made, and never again.

use core::hint::black_box;

use wharf::authored::{At, Authored, Io, Outcome};
use wharf::{Event, PollError};
use wharf_tests::work::{CountingAllocator, so_far};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

async fn line(mut io: Io<Box<[u8]>>, prepare: bool) -> Outcome<usize, (), Box<[u8]>> {
    if prepare {
        io.fill(0);
    }
    let mut end = 0;
    loop {
        end += io.write_at(At::Offset(end)).await;
        if let Some(at) = io[..end].iter().position(|&byte| byte == b'\n') {
            return if at == 0 { io.refuse((), 1..end) } else { io.packet(at, at + 1..end) };
        }
    }
}

#[test]
fn nothing_is_allocated_per_packet_or_receive() {
    let stream = b"one\nand two\n\nand a third one\n".repeat(40);
    for prepare in [false, true] {
        for piece in [1, 7, 64, 200] {
            let storage = vec![0; 2 * 256].into_boxed_slice();
            let mut receiver = Authored::new(|io| line(io, prepare), storage).unwrap().into_receiver();
            let (mut packets, mut refused, mut left) = (0, 0, &stream[..]);
            let before = so_far().allocations;
            loop {
                match receiver.poll() {
                    Ok(Event::Packet(len)) => packets += black_box(len).min(1),
                    Ok(Event::Receive(window)) if left.is_empty() => window.received(0),
                    Ok(Event::Receive(window)) => left = &left[window.feed(&left[..piece.min(left.len())])..],
                    Ok(Event::End(_)) => break,
                    Err(PollError::Reject(_)) => refused += 1,
                    Err(error) => panic!("{error:?}"),
                }
            }
            assert_eq!(so_far().allocations - before, 0, "{prepare} {piece}");
            assert_eq!((packets, refused), (120, 40));
        }
    }
}
