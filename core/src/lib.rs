//! Wharf receives packets: it says where in the buffer to write, takes back a byte count, and lends each packet
//! out of the buffer that it was received into.
//!
//! It does no I/O, reads no clock and starts no thread, so it runs in any event loop, on bare metal, under a fuzzer,
//! and in a test by hand:
//!
//! ```
//! use std::io::Read;
//! use wharf::{Event, Framed, Lines, Receiver};
//!
//! let mut socket = &b"PING\nPONG\n"[..]; // or a TcpStream
//! let mut receiver = Receiver::new(Framed::new(Lines::new(1024)), [0; 4096])?;
//! let mut packets = 0;
//! loop {
//!     match receiver.poll()? {
//!         Event::Packet(line) => packets += usize::from(line.ends_with(b"NG")), // lent, not copied
//!         Event::Receive(mut window) => {
//!             let count = socket.read(window.bytes())?;
//!             window.received(count); // 0 is the end of the stream
//!         }
//!         Event::End(end) => break println!("{end:?}"),
//!     }
//! }
//! assert_eq!(packets, 2);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Who picks what:
//!
//! | the choice | is a | such as |
//! |---|---|---|
//! | where a packet ends | [`Framing`] | [`Lines`], [`Delimited`], [`Fixed`], [`LengthPrefixed`] |
//! | what its payload is | [`Codec`] | [`Raw`], [`Edit`], [`codec::Utf8`] |
//! | or all of it | a [`Deserializer`] | [`Framed`] (a framing and a codec), an [async fn](authored), one that is [fed](incremental), [`Bodies`] |
//! | where bytes are kept | [`Storage`](storage::Storage) | an array, a `Box<[u8]>`, `BytesMut`, a lease from a `Pool` |
//! | who calls recv | the caller | `wharf-drivers`: blocking, mio, async-io; or your own loop |
//!
//! The [guide] says which to write for a format of your own, and how to drive it.
//!
//! What it does not do: open sockets, resolve names, encrypt, compress by itself, retry, log, or time out.
//! Deadlines belong to whoever owns the clock; `wharf-drivers` keeps one per packet.
//!
//! # The twelve laws
//!
//! Every deserializer here keeps them; one shared harness, naive oracles, counted work and fuzzing prove them.
//!
//! 1. **Chunking is invisible.** However the bytes are cut, the packets, the errors, their positions and the
//!    remainder are the same.
//! 2. **Nothing is allocated** per receive or per packet.
//! 3. **Bytes are copied at most once, and only those of an unfinished packet**: compaction moves it to the front,
//!    at most once.
//! 4. **Time is linear** in the bytes received, also at one byte a receive.
//! 5. **Windows are never empty, and not tiny** unless the packet's own limit is near or an exact receive is asked
//!    for, so 0 always means the end.
//! 6. **Limits come first.** A declared length reserves nothing; limits that cannot fit the buffer are refused at
//!    construction. No peer makes anyone hold more than the buffer.
//! 7. **An oversize packet costs one error.** It is skipped in constant memory to its real end, and the next packet
//!    is delivered; no byte of it is ever taken for a packet.
//! 8. **Errors name what can be done**: go on ([`PollError::Reject`]) or close ([`PollError::Fatal`]); with the
//!    position in the stream, and owning their data.
//! 9. **The end is an input**, and typed: [`End::Clean`] or [`End::Truncated`], said once.
//! 10. **State changes only in `step` and `received`.** A dropped future, a timeout, an interrupted or blocked
//!     receive, or a panic in the caller's code costs no byte and no packet.
//! 11. **Peer bytes never panic**, and floods of empty packets, errors or tiny pieces cost a constant each. Misuse
//!     that types cannot prevent panics, and says so.
//! 12. **Idle holds nothing**: while nothing is retained, the buffer may be taken away, lent to another connection,
//!     or replaced.
//!
//! # Framings
//!
//! | framing | a packet ends | its limit counts | over the limit | at the end of the stream |
//! |---|---|---|---|---|
//! | [`Lines`] | at LF, CR LF, or either | the line without its ending | rejected, skipped to its ending | truncated, or a last packet |
//! | [`Delimited`] | at a delimiter | the payload | rejected, skipped to its delimiter | truncated |
//! | [`Fixed`] | after so many bytes | | cannot be | truncated |
//! | [`LengthPrefixed`] | where its head says | the body | rejected, skipped by its length; fatal beyond `max_skip` | truncated |
//! | [`JsonDocuments`] | with the document | the document | rejected, skipped to its end | truncated; ends a number |
//! | [`CborItems`], [`MessagePackItems`] | with the item | the item | rejected, skipped to its end; fatal beyond `max_skip` | truncated |
//! | [`Netstring`] | where its length says | the payload | rejected, skipped by its length; fatal beyond `max_skip` | truncated |
//! | [`SizePrefixed`] | where its size says | the buffer without its size | rejected, skipped by its size; fatal beyond `max_skip` | truncated |
//! | [`Cobs::framing`](codec::Cobs::framing), [`Slip::framing`](codec::Slip::framing) | at a zero, at an END; more of them are a gap | the frame as it was sent | rejected, skipped to its end | truncated |
//! | `ZlibStream`, `Bzip2Stream` | with the compressed stream | the stream, and what comes out | rejected, skipped to its end; fatal beyond `max_skip` | truncated |
//!
//! A length that is no number, or less than its own head, is fatal: nothing says where the next packet begins.
//!
//! # Features
//!
//! | feature | brings |
//! |---|---|
//! | `std` | vector instructions found at run time, errors with sources; on by default, implies `alloc` |
//! | `alloc` | `Box`, `Vec` and `BytesMut` storage, the pool, the send queue, deserializers as async fns |
//! | `json` | payloads as serde types, in JSON: [`codec::Json`] |
//! | `cbor` | the same in CBOR: [`codec::Cbor`] |
//! | `messagepack` | the same in MessagePack: [`codec::MessagePack`] |
//! | `flatbuffers` | FlatBuffers in six modes, with derive macros |
//! | `base64` | payloads in base64: [`codec::Base64`] |
//! | `checksum` | payloads with a SHA-256 or an HMAC-SHA256: [`codec::Sha256`], [`codec::HmacSha256`] |
//! | `zlib` | payloads and streams in zlib: [`codec::Zlib`], [`ZlibStream`] |
//! | `bzip2` | payloads and streams in bzip2: [`codec::Bzip2`], [`Bzip2Stream`] |
//! | `zerocopy` | payloads lent as types of fixed layout: [`codec::Overlay`] |
//!
//! Without `alloc`, everything works on arrays and slices. None of them changes what another does.
#![no_std]
#![forbid(unsafe_code)]
#![warn(clippy::alloc_instead_of_core, clippy::std_instead_of_alloc, clippy::std_instead_of_core)]
#![warn(clippy::print_stdout, clippy::print_stderr)]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

#[cfg(feature = "alloc")]
pub mod authored;
mod batch;
mod bodies;
pub mod codec;
#[cfg(any(feature = "zlib", feature = "bzip2"))]
mod compressed_stream;
mod datagram;
mod deserializer;
mod error;
#[cfg(feature = "flatbuffers")]
pub mod flat;
mod framed;
pub mod framing;
#[cfg(feature = "std")]
pub mod guide;
pub mod incremental;
mod receiver;
#[cfg(feature = "alloc")]
pub mod send;
mod stapled;
pub mod storage;

pub use self::batch::Batch;
pub use self::bodies::{Bodies, Direct, Part, PartSpan};
#[cfg(feature = "alloc")]
pub use self::codec::Encode;
pub use self::codec::{Codec, Edit, Raw};
#[cfg(feature = "bzip2")]
pub use self::compressed_stream::Bzip2Stream;
#[cfg(any(feature = "zlib", feature = "bzip2"))]
pub use self::compressed_stream::CompressedStream;
#[cfg(feature = "zlib")]
pub use self::compressed_stream::ZlibStream;
pub use self::datagram::{DatagramError, Datagrams, decode_exact};
pub use self::deserializer::{Deserializer, End, Step};
pub use self::error::{ConfigError, Error, ErrorKind, FrameError};
pub use self::framed::{Framed, Span};
pub use self::framing::{
    CborItems, Delimited, Endian, Ending, Enframe, FinalLine, Fixed, Found, Framing, JsonDocuments, LengthPrefixed,
    Lines, MessagePackItems, Netstring, SizePrefixed, Width,
};
pub use self::receiver::{Event, Lent, Parts, PollError, Ready, Receiver, SwitchError, Window};
pub use self::stapled::Stapled;
