//! Thin drivers that run wharf over real sockets: blocking, mio and async-io.
//!
//! Each is a `Connection` over any stream of its world, with a receiver, a sender, or both:
//!
//! ```
//! use std::os::unix::net::UnixStream;
//! use wharf::send::{Framer, Sender};
//! use wharf::{Framed, Lines, Receiver};
//! use wharf_drivers::blocking::Connection;
//!
//! let (ours, theirs) = UnixStream::pair()?;
//! let mut client = Connection::new(theirs, (), Sender::new(Framer::new(Lines::new(80)), 4096));
//! client.send("hello")?;
//! client.finish()?;
//!
//! let receiver = Receiver::new(Framed::new(Lines::new(80)), [0; 128])?;
//! let mut server = Connection::new(ours, receiver, ());
//! assert_eq!(server.recv()?, Some(&b"hello"[..])); // lent out of the buffer
//! assert_eq!(server.recv()?, None);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The three are the same file three times; what differs is what their worlds differ in:
//!
//! | feature | driver | a connection waits | for |
//! |---|---|---|---|
//! | `blocking` | [`blocking`] | in its thread | TCP, Unix sockets, pipes, files: any `Read` and `Write` |
//! | `mio` | [`mio_1`] | in the poll: readiness, a fairness budget, interests | TCP, Unix sockets, pipes |
//! | `async-io` | [`async_io_2`] | at an await, which may be dropped | TCP, Unix sockets, anything in `Async` |
//!
//! All retry `Interrupted`, leave everything as it was when a receive fails or would block, keep a deadline for each
//! packet (not for a quiet stream between two), and hold no buffer while they wait if it is leased from a
//! [`Pool`](wharf::storage::Pool). UDP is in [`datagram`].
#![forbid(unsafe_code)]
#![cfg_attr(
    not(any(feature = "blocking", feature = "mio", feature = "async-io")),
    allow(dead_code, unused_imports, reason = "without a driver there is nobody to use it")
)]
#![warn(clippy::print_stdout, clippy::print_stderr)]

pub mod datagram;
mod deadline;
mod error;
mod pump;

#[cfg(feature = "async-io")]
pub mod async_io_2;
#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(feature = "mio")]
pub mod mio_1;

pub use self::error::{RecvError, SendError};
