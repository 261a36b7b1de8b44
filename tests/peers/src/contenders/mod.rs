//! The contenders: each reads a stream of packets to its end, as its users would, and tallies what it was given.
//!
//! Buffers are as long as the caller says, wherever the peer lets its users choose.

pub mod actix;
pub mod asynchronous;
pub mod compio;
pub mod embedded;
pub mod linereader;
pub mod sending;
pub mod sockets;
pub mod std_io;
pub mod tokio_io;
pub mod tokio_util;
pub mod waiting;
pub mod wharf;

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use crate::rounds::Contender;
use crate::stream::{Stream, Wire};

/// Runs a future that never has to wait, so that no executor is measured.
///
/// # Panics
///
/// If it waits.
pub fn run<T>(future: impl Future<Output = T>) -> T {
    let mut cx = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut cx) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("a reader over memory never waits"),
    }
}

/// All that read `stream` from memory, `piece` bytes a receive, with buffers of `buffer` bytes; wharf comes first.
pub fn over_memory(stream: &Stream, piece: usize, buffer: usize) -> Vec<Contender<'_>> {
    let memory = move || stream.memory(piece);
    match stream.wire {
        Wire::Lines => vec![
            Contender::new("wharf", move || wharf::lines(memory(), buffer)),
            Contender::new("wharf, batch", move || wharf::lines_batch(memory(), buffer)),
            Contender::new("wharf, &str", move || wharf::text_lines(memory(), buffer)),
            Contender::new("linereader", move || linereader::lines(memory(), buffer)),
            Contender::new("std read_until, reused Vec", move || std_io::read_until(memory(), buffer)),
            Contender::new("std lines()", move || std_io::lines(memory(), buffer)),
            Contender::new("tokio read_until, reused Vec", move || run(tokio_io::read_until(memory(), buffer))),
            Contender::new("tokio-util LinesCodec", move || run(tokio_util::lines(memory(), buffer))),
            Contender::new("tokio-util AnyDelimiterCodec", move || run(tokio_util::delimited(memory(), buffer))),
            Contender::new("actix-codec LinesCodec", move || run(actix::lines(memory()))),
            Contender::new("asynchronous-codec LinesCodec", move || run(asynchronous::lines(memory()))),
            Contender::new("framez Lines", move || run(embedded::lines(memory(), buffer))),
            Contender::new("compio LineDelimited", move || run(compio::lines(memory(), buffer))),
        ],
        Wire::Length32 => vec![
            Contender::new("wharf", move || wharf::length32(memory(), buffer)),
            Contender::new("wharf, batch", move || wharf::length32_batch(memory(), buffer)),
            Contender::new("std read_exact, reused Vec", move || std_io::length32(memory(), buffer)),
            Contender::new("tokio read_exact, reused Vec", move || run(tokio_io::length32(memory(), buffer))),
            Contender::new("tokio-util LengthDelimitedCodec", move || run(tokio_util::length32(memory(), buffer))),
            Contender::new("actix-codec, LengthDelimitedCodec", move || run(actix::length32(memory()))),
            Contender::new("compio LengthDelimited", move || run(compio::length32(memory(), buffer))),
        ],
        Wire::Length64 => vec![
            Contender::new("wharf", move || wharf::length64(memory(), buffer)),
            Contender::new("asynchronous-codec LengthCodec", move || run(asynchronous::length64(memory()))),
        ],
    }
}
