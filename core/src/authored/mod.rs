//! Deserializers written as an `async fn`: one run of it makes one packet.
//!
//! A run is given the connection's buffer before the first byte is read. It says where to write with
//! [`write_at`](Io::write_at), is told how many bytes were written there, looks at the buffer and changes it as it
//! likes, and ends with a packet and the bytes behind it, which are the first that the next run is given:
//!
//! ```
//! use serde_json::Value;
//! use wharf::authored::{At, Authored, Io, Outcome};
//! use wharf::storage::Storage;
//! use wharf::{Event, PollError};
//!
//! #[derive(Debug)]
//! enum Refusal {
//!     Json(serde_json::Error),
//!     TooLong,
//! }
//!
//! fn newline(bytes: &[u8]) -> Option<usize> {
//!     bytes.windows(2).position(|pair| pair == b"\r\n")
//! }
//!
//! /// One JSON document a line; a line fits into the buffer.
//! async fn my_json<B: Storage>(mut io: Io<B>) -> Outcome<Value, Refusal, B> {
//!     let (mut end, mut seen) = (0, 0_usize);
//!     while end < io.len() {
//!         end += io.write_at(At::Offset(end)).await;
//!         let from = seen.saturating_sub(1); // the CR may have come before its LF
//!         if let Some(at) = newline(&io[from..end]) {
//!             let line = from + at;
//!             return match serde_json::from_slice(&io[..line]) {
//!                 Ok(document) => io.packet(document, line + 2..end),
//!                 Err(error) => io.refuse(Refusal::Json(error), line + 2..end),
//!             };
//!         }
//!         seen = end;
//!     }
//!     // Too long: nothing of it may be taken for a packet, so it is skipped to its own end.
//!     loop {
//!         io[0] = io[end - 1];
//!         io.discard();
//!         end = 1 + io.write_at(At::Offset(1)).await;
//!         if let Some(at) = newline(&io[..end]) {
//!             return io.refuse(Refusal::TooLong, at + 2..end);
//!         }
//!     }
//! }
//!
//! let mut receiver = Authored::new(my_json, vec![0; 2 * 64 * 1024])?.into_receiver();
//! let mut socket = &b"{\"n\": 1}\r\n{]\r\n\"last\"\r\n"[..];
//! let (mut documents, mut refused) = (Vec::new(), 0);
//! loop {
//!     match receiver.poll() {
//!         Ok(Event::Packet(document)) => documents.push(document),
//!         Ok(Event::Receive(mut window)) => {
//!             let count = std::io::Read::read(&mut socket, window.bytes())?;
//!             window.received(count);
//!         }
//!         Ok(Event::End(_)) => break,
//!         Err(PollError::Reject(_)) => refused += 1,
//!         Err(error) => panic!("{error:?}"),
//!     }
//! }
//! assert_eq!((documents.len(), refused), (2, 1));
//! assert_eq!(documents[1], "last");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The same as a rule and a codec is shorter, finds its newline faster and needs half the storage; see the
//! [guide](crate::guide) for when to write which:
//!
//! ```
//! use serde_json::Value;
//! use wharf::{Codec, Ending, Framed, Lines};
//!
//! struct MyJson;
//!
//! impl Codec for MyJson {
//!     type Packet<'b> = Value;
//!     type Error = serde_json::Error;
//!
//!     fn decode<'b>(&'b mut self, payload: &'b mut [u8]) -> Result<Value, serde_json::Error> {
//!         serde_json::from_slice(payload)
//!     }
//! }
//!
//! let my_json = Framed::with_codec(Lines::new(64 * 1024 - 2).ending(Ending::CrLf), MyJson);
//! ```
//!
//! An async fn costs about twice what a framing does (`cargo run --release -p wharf --example authored_cost`), and
//! like it nothing is allocated once it runs: the runs take turns in one place.
//!
//! # Where bytes stand
//!
//! There is one buffer a connection. A run sees half of it; bytes that the run isn't to see yet stand in the other
//! half, or before and behind. The next run's half is laid around them, so that they stand already where its first
//! write wants them: packets that came together aren't moved. They are moved once where the storage ends, and
//! once a run for a deserializer that changes the buffer before its first write.
//!
//! A remainder that is larger than the window is given in parts, one a write, before anything is received.
//! A remainder of bytes of the deserializer's own ([`Remainder::Bytes`]) is kept as it is, and copied when it is
//! given; only if another remainder comes before it has been given whole, the two are joined in new memory.
//!
//! # What can go wrong
//!
//! | a run | outcome | the bytes that it was given |
//! |---|---|---|
//! | ends with [`Io::refuse`] | [`Reject`](crate::Step::Reject) | its remainder is kept |
//! | ends with [`Io::abort`] | [`Fatal`](crate::Step::Fatal) | its remainder is kept |
//! | writes at or beyond the end of the buffer, or before its start | fatal [`Failure::Position`] | kept |
//! | ends with a remainder as long as what it was given, or without a write | fatal [`Failure::NoProgress`] | kept |
//! | ends with a remainder outside the buffer | fatal [`Failure::Remainder`] | kept |
//! | awaits anything but [`write_at`](Io::write_at) | fatal [`Failure::ForeignAwait`] | kept |
//! | panics | the panic reaches the caller of `step`, which the next time says fatal [`Failure::Panicked`] | kept |
//! | drops or leaks its [`Io`] and waits | fatal [`Failure::ForeignAwait`] or [`Failure::BufferLost`] | kept unless leaked |
//! | is told of the end (a write of 0 bytes) and writes again | [`End::Truncated`](crate::End::Truncated) | kept |
//! | was given nothing when the stream ends | [`End::Clean`](crate::End::Clean), whatever it makes of that | |
//!
//! Kept bytes are the [remainder](crate::Receiver::remainder): those that were written without a gap last, unless the
//! run has [discarded](Io::discard) them, and all that no run was given. After a fatal failure, [`restart`](Authored::restart) begins a new run with them, and
//! [`into_parts`](Authored::into_parts) hands them on. A packet that is complete was lent before the next run
//! begins, so no failure of that one costs it.
//!
//! # Storage
//!
//! Any [`Storage`](crate::storage::Storage) will do, but the storage moves into the deserializer, and windows are
//! windows of it; so [`Receiver::lend`](crate::Receiver::lend) has nothing to lend, and a completion-based loop
//! copies with [`Receiver::feed`](crate::Receiver::feed). A [`Lease`](crate::storage::Lease) that has gone to
//! [rest](crate::Receiver::rest) is taken hold of when a window is wanted, and only then a run begins; a run that
//! was given nothing is dropped to let it rest. A run that fails before its first byte is then tried again with
//! that byte.

mod buffer;
mod io;
mod machine;
mod outcome;

pub use self::io::{Io, WriteAt};
pub use self::machine::Authored;
pub use self::outcome::{Accepted, At, Failure, Outcome, Refused, Remainder};
