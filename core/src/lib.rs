//! Wharf receives packets.
#![no_std]
#![forbid(unsafe_code)]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

pub mod codec;
mod deserializer;
mod error;
mod framed;
pub mod framing;
mod receiver;
#[cfg(feature = "alloc")]
pub mod send;
pub mod storage;

#[cfg(feature = "alloc")]
pub use self::codec::Encode;
pub use self::codec::{Codec, Edit, Raw};
pub use self::deserializer::{Deserializer, End, Step};
pub use self::error::{ConfigError, Error, ErrorKind, FrameError};
pub use self::framed::{Batch, Framed, Span};
pub use self::framing::{
    Delimited, Endian, Ending, Enframe, FinalLine, Fixed, Found, Framing, LengthPrefixed, Lines, Width,
};
pub use self::receiver::{Event, Lent, Parts, PollError, Ready, Receiver, SwitchError, Window};
