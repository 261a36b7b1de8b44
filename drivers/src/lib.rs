//! Thin drivers that run wharf over real sockets: blocking, mio and async-io.
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
