//! Drive it by hand in a test.
//!
//! There is no socket to fake and no clock to stop: bytes go in, plain data comes out.
//!
//! ```
//! use wharf::{Deserializer, End, Framed, Lines, Step};
//!
//! let mut buffer = [0; 16];
//! let mut lines = Framed::new(Lines::new(15));
//!
//! // It says where to write ...
//! let Step::Receive { at } = lines.step(&mut buffer) else { panic!("nothing has come yet") };
//! assert_eq!(at, 0..16);
//! buffer[at][..7].copy_from_slice(b"one\ntwo");
//! // ... and is told how much was written.
//! lines.received(7);
//!
//! // A packet is described, then lent.
//! let Step::Packet(span) = lines.step(&mut buffer) else { panic!("a line has come") };
//! assert_eq!(lines.view(&mut buffer, span), Ok(&b"one"[..]));
//! assert_eq!(&buffer[lines.retained()], b"two");
//!
//! // The end of the stream is an input like any other.
//! let Step::Receive { .. } = lines.step(&mut buffer) else { panic!("the second line has no end") };
//! lines.received(0);
//! let Step::End(end) = lines.step(&mut buffer) else { panic!("it has ended") };
//! assert_eq!(end, End::Truncated { had: 3, missing: 1 });
//! ```
//!
//! However a stream is cut, what comes of it is the same. So a test runs every cut, and compares:
//!
//! ```
//! use wharf::incremental::{Chunk, Chunked};
//! use wharf::{Framed, Lines};
//!
//! fn lines(pieces: &[&[u8]]) -> Vec<Vec<u8>> {
//!     let mut receiver = Chunked::new(Framed::new(Lines::new(80)), [0; 81]).unwrap();
//!     let mut lines = Vec::new();
//!     for mut piece in pieces.iter().copied() {
//!         while let Chunk::Packet(line) = receiver.next(&mut piece).unwrap() {
//!             lines.push(line.to_vec());
//!         }
//!     }
//!     lines
//! }
//!
//! let stream = b"one\n\ntwo\nthree";
//! let whole = lines(&[stream]);
//! assert_eq!(whole, [&b"one"[..], b"", b"two"]);
//! for cut in 0..stream.len() {
//!     let (front, back) = stream.split_at(cut);
//!     assert_eq!(lines(&[front, back]), whole, "cut at {cut}");
//! }
//! ```
