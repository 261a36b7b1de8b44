//! Thin drivers that run wharf over real sockets: blocking, mio and async-io.
#![forbid(unsafe_code)]
#![allow(
    clippy::std_instead_of_core,
    clippy::std_instead_of_alloc,
    reason = "sockets are in std, and so is all the rest"
)]

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
