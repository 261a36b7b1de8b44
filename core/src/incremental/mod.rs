//! Deserializers that are fed slices, and the two ways across.
//!
//! ```text
//!                  Buffered<I>
//!   Incremental ──────────────────► Deserializer     windows of the caller's buffer, then the slice that was received
//!               ◄──────────────────
//!                  Chunked<D, B>                      slices in hand, copied into the buffer of a receiver
//! ```
//!
//! An [`Incremental`] keeps what it needs of the bytes that it is fed, so its packets are its own.
//! One implementation serves both paths, and gives the same packets on both, however the bytes are cut:
//!
//! ```
//! use serde_json::Value;
//! use wharf::incremental::{Buffered, Fed, Incremental};
//! use wharf::{End, Event, Receiver};
//!
//! /// One JSON document a line.
//! #[derive(Default)]
//! struct MyJson {
//!     line: Vec<u8>,
//! }
//!
//! impl Incremental for MyJson {
//!     type Packet = Value;
//!     type Error = serde_json::Error;
//!
//!     fn feed(&mut self, bytes: &[u8]) -> Fed<Value, serde_json::Error> {
//!         let newline = bytes.iter().position(|&byte| byte == b'\n');
//!         self.line.extend_from_slice(&bytes[..newline.unwrap_or(bytes.len())]);
//!         let Some(at) = newline else { return Fed::More };
//!         let document = serde_json::from_slice(&self.line);
//!         self.line.clear();
//!         match document {
//!             Ok(packet) => Fed::Packet { packet, consumed: at + 1 },
//!             Err(error) => Fed::Reject { error, consumed: at + 1 },
//!         }
//!     }
//! }
//!
//! // Fed with slices ...
//! let mut json = MyJson::default();
//! assert!(matches!(json.feed(b"[1"), Fed::More));
//! assert!(matches!(json.feed(b"]\n2\n"), Fed::Packet { packet: Value::Array(_), consumed: 2 }));
//!
//! // ... or received into a buffer.
//! let mut receiver = Receiver::new(Buffered::new(MyJson::default()), [0; 64])?;
//! let mut socket = &b"[1]\n2\n"[..];
//! let mut documents = Vec::new();
//! let end = loop {
//!     match receiver.poll()? {
//!         Event::Packet(document) => documents.push(document.to_string()),
//!         Event::Receive(mut window) => {
//!             let count = std::io::Read::read(&mut socket, window.bytes())?;
//!             window.received(count);
//!         }
//!         Event::End(end) => break end,
//!     }
//! };
//! assert_eq!((documents, end), (vec!["[1]".into(), "2".into()], End::Clean));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod buffered;
mod chunked;

pub use self::buffered::Buffered;
pub use self::chunked::{Chunk, Chunked};

/// What came of the bytes that an [`Incremental`] was fed.
#[must_use]
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "callers must handle every outcome")]
pub enum Fed<P, E> {
    /// All of them were taken, and the packet isn't complete.
    More,
    /// A packet is complete.
    Packet {
        /// The packet.
        packet: P,
        /// How many of the bytes were taken; 0 if it was complete before them, and they had to show it.
        consumed: usize,
    },
    /// One packet was refused; the stream is still in step.
    Reject {
        /// Why.
        error: E,
        /// How many of the bytes were taken.
        consumed: usize,
    },
    /// The boundary is lost; nothing more is to be fed.
    Fatal {
        /// Why.
        error: E,
        /// How many of the bytes were taken.
        consumed: usize,
    },
}

/// A deserializer that is fed slices of the stream, one after another.
///
/// What comes of them must depend on the bytes alone, never on how they were cut.
pub trait Incremental {
    /// What it makes of the bytes.
    type Packet;
    /// Why it refuses a packet.
    type Error;

    /// Takes bytes from the front of `bytes`, which are at least one, up to the end of the packet.
    fn feed(&mut self, bytes: &[u8]) -> Fed<Self::Packet, Self::Error>;

    /// The stream has ended inside a packet: says what that makes of it, or `None` if it is truncated.
    ///
    /// # Errors
    ///
    /// Where the end completes a packet that is refused.
    fn end(&mut self) -> Option<Result<Self::Packet, Self::Error>> {
        None
    }
}
