//! The guide: which of the three ways to write a deserializer, and how to drive it.
//!
//! - [`own_framing`]: write your own framing in 30 lines;
//! - [`own_loop`]: embed it in your own loop;
//! - [`by_hand`]: drive it by hand in a test.
//!
//! # Which of the three ways
//!
//! | your format | write |
//! |---|---|
//! | is lines, delimited, of a fixed length, or has its length in a head | nothing: there is a [framing](crate::framing) |
//! | says where a packet ends, by whatever rule | a [`Framing`](crate::Framing) |
//! | has a payload of a type of its own | a [`Codec`](crate::Codec), on top of any framing |
//! | is easiest told from top to bottom: read this, then that, then as much as it says | an [async fn](crate::authored) |
//! | must find its bytes at places of your choice, in a buffer that you prepare | an [async fn](crate::authored) |
//! | comes out of a parser that wants to be fed slices and keeps them | an [`Incremental`](crate::incremental) |
//! | has bodies that are larger than any buffer | nothing, for length-prefixed ones: [`Bodies`](crate::Bodies) |
//! | needs what none of these do | a [`Deserializer`](crate::Deserializer), by hand |
//!
//! | | [`Framing`](crate::Framing) | async fn | by hand |
//! |---|---|---|---|
//! | you write | where a packet ends | how one is read | all of it |
//! | lines for the protocol below | 15 | 15 | 80 |
//! | the packet is | lent out of the buffer, or what a codec makes | a value | as you like |
//! | costs a packet | 1 | about 2 | as you write it |
//! | storage | the longest packet | twice the longest packet | as you like |
//! | where bytes land | the engine says | anywhere in the buffer | anywhere |
//! | linear at any cut | with `seen` | with your own variables | with your own fields |
//! | too long packets skipped, exact receive, alignment, batches | given | written by you | written by you |
//! | heap | none | when it is made | none |
//!
//! (`cargo run --release -p wharf --example authored_cost` measures the third row of the two.)
//!
//! # The same protocol, three times
//!
//! ```text
//! packet = length body      ; one byte, and so many
//! ```
//!
//! As a framing:
//!
//! ```
//! use wharf::{Found, Framed, Framing};
//!
//! struct Short;
//!
//! impl Framing for Short {
//!     fn scan(&mut self, unread: &[u8], _seen: usize, _eof: bool) -> Found {
//!         let len = 1 + unread.first().map_or(0, |&len| usize::from(len));
//!         if unread.is_empty() || unread.len() < len {
//!             return Found::More { need: len };
//!         }
//!         Found::Packet { len, payload: 1..len }
//!     }
//!
//!     fn max_len(&self) -> usize {
//!         1 + 255
//!     }
//! }
//!
//! # fn check<D: wharf::Deserializer>(deserializer: D, owned: impl Fn(D::Packet<'_>) -> Vec<u8>) {
//! #     use wharf::{End, Event, Receiver};
//! #     let stream = b"\x05hello\x00\x01!\x07unfin";
//! #     let len = deserializer.buffer_len(0);
//! #     let mut receiver = Receiver::new(deserializer, vec![0; len]).unwrap();
//! #     let (mut packets, mut pieces) = (Vec::new(), stream.chunks(1));
//! #     let end = loop {
//! #         match receiver.poll() {
//! #             Ok(Event::Packet(packet)) => packets.push(owned(packet)),
//! #             Ok(Event::Receive(window)) => match pieces.next() {
//! #                 Some(piece) => assert_eq!(window.feed(piece), 1),
//! #                 None => window.received(0),
//! #             },
//! #             Ok(Event::End(end)) => break end,
//! #             Err(_) => panic!("refused"),
//! #         }
//! #     };
//! #     assert_eq!(packets, [&b"hello"[..], b"", b"!"]);
//! #     assert!(matches!(end, End::Truncated { had: 6, .. }));
//! #     assert_eq!(receiver.remainder(), b"\x07unfin");
//! # }
//! check(Framed::new(Short), |body: &[u8]| body.to_vec());
//! ```
//!
//! As an async fn:
//!
//! ```
//! use core::convert::Infallible;
//! use wharf::authored::{At, Authored, Io, Outcome};
//! use wharf::storage::Storage;
//!
//! async fn short<B: Storage>(mut io: Io<B>) -> Outcome<Vec<u8>, Infallible, B> {
//!     let mut end = 0;
//!     while end < 1 {
//!         end += io.write_at(At::Start).await;
//!     }
//!     let len = 1 + usize::from(io[0]);
//!     while end < len {
//!         end += io.write_at(At::Offset(end)).await;
//!     }
//!     let body = io[1..len].to_vec();
//!     io.packet(body, len..end)
//! }
//!
//! # fn check<D: wharf::Deserializer>(deserializer: D, owned: impl Fn(D::Packet<'_>) -> Vec<u8>) {
//! #     use wharf::{End, Event, Receiver};
//! #     let stream = b"\x05hello\x00\x01!\x07unfin";
//! #     let len = deserializer.buffer_len(0);
//! #     let mut receiver = Receiver::new(deserializer, vec![0; len]).unwrap();
//! #     let (mut packets, mut pieces) = (Vec::new(), stream.chunks(1));
//! #     let end = loop {
//! #         match receiver.poll() {
//! #             Ok(Event::Packet(packet)) => packets.push(owned(packet)),
//! #             Ok(Event::Receive(window)) => match pieces.next() {
//! #                 Some(piece) => assert_eq!(window.feed(piece), 1),
//! #                 None => window.received(0),
//! #             },
//! #             Ok(Event::End(end)) => break end,
//! #             Err(_) => panic!("refused"),
//! #         }
//! #     };
//! #     assert_eq!(packets, [&b"hello"[..], b"", b"!"]);
//! #     assert!(matches!(end, End::Truncated { had: 6, .. }));
//! #     assert_eq!(receiver.remainder(), b"\x07unfin");
//! # }
//! check(Authored::new(short, vec![0; 2 * 256]).unwrap(), |body| body);
//! ```
//!
//! By hand:
//!
//! ```
//! use core::convert::Infallible;
//! use core::ops::Range;
//! use wharf::{Deserializer, End, Error, Step};
//!
//! #[derive(Default)]
//! struct Short {
//!     /// First unread byte.
//!     start: usize,
//!     /// One past the last received byte.
//!     end: usize,
//!     /// Length of the window last offered.
//!     offered: usize,
//!     /// Stream position of `start`.
//!     position: u64,
//!     eof: bool,
//!     ended: bool,
//! }
//!
//! impl Short {
//!     /// Bytes of the packet that begins at `start`, as far as is known.
//!     fn need(&self, buffer: &[u8]) -> usize {
//!         if self.start == self.end { 1 } else { 1 + usize::from(buffer[self.start]) }
//!     }
//!
//!     fn end(&mut self, need: usize) -> End {
//!         let had = self.end - self.start;
//!         match core::mem::replace(&mut self.ended, true) {
//!             true => End::Fused,
//!             false if had == 0 => End::Clean,
//!             false => End::Truncated { had: had as u64, missing: (need - had) as u64 },
//!         }
//!     }
//! }
//!
//! impl Deserializer for Short {
//!     type Span = (usize, usize);
//!     type Packet<'b> = &'b [u8];
//!     type Error = Error<Infallible>;
//!
//!     fn buffer_len(&self, size_hint: usize) -> usize {
//!         size_hint.max(256)
//!     }
//!
//!     fn step(&mut self, buffer: &mut [u8]) -> Step<(usize, usize), Error> {
//!         let (start, had, need) = (self.start, self.end - self.start, self.need(buffer));
//!         if had >= need {
//!             self.start += need;
//!             self.position += need as u64;
//!             return Step::Packet((start + 1, start + need));
//!         }
//!         if self.eof {
//!             return Step::End(self.end(need));
//!         }
//!         if had == 0 || buffer.len() - start < need {
//!             buffer.copy_within(start..self.end, 0); // an unfinished packet, at most once a receive
//!             (self.start, self.end) = (0, had);
//!         }
//!         self.offered = buffer.len() - self.end;
//!         Step::Receive { at: self.end..buffer.len() }
//!     }
//!
//!     fn received(&mut self, count: usize) {
//!         assert!(count <= self.offered, "{count} bytes received into a window of {}", self.offered);
//!         self.offered = 0;
//!         self.end += count;
//!         self.eof |= count == 0;
//!     }
//!
//!     fn view<'b>(&'b mut self, buffer: &'b mut [u8], (start, end): (usize, usize)) -> Result<&'b [u8], Error> {
//!         Ok(&buffer[start..end])
//!     }
//!
//!     fn retained(&self) -> Range<usize> {
//!         self.start..self.end
//!     }
//!
//!     fn position(&self) -> u64 {
//!         self.position
//!     }
//!
//!     fn adopt(&mut self, unread: Range<usize>, position: u64) {
//!         (self.start, self.end, self.position) = (unread.start, unread.end, position);
//!     }
//! }
//!
//! # fn check<D: wharf::Deserializer>(deserializer: D, owned: impl Fn(D::Packet<'_>) -> Vec<u8>) {
//! #     use wharf::{End, Event, Receiver};
//! #     let stream = b"\x05hello\x00\x01!\x07unfin";
//! #     let len = deserializer.buffer_len(0);
//! #     let mut receiver = Receiver::new(deserializer, vec![0; len]).unwrap();
//! #     let (mut packets, mut pieces) = (Vec::new(), stream.chunks(1));
//! #     let end = loop {
//! #         match receiver.poll() {
//! #             Ok(Event::Packet(packet)) => packets.push(owned(packet)),
//! #             Ok(Event::Receive(window)) => match pieces.next() {
//! #                 Some(piece) => assert_eq!(window.feed(piece), 1),
//! #                 None => window.received(0),
//! #             },
//! #             Ok(Event::End(end)) => break end,
//! #             Err(_) => panic!("refused"),
//! #         }
//! #     };
//! #     assert_eq!(packets, [&b"hello"[..], b"", b"!"]);
//! #     assert!(matches!(end, End::Truncated { had: 6, .. }));
//! #     assert_eq!(receiver.remainder(), b"\x07unfin");
//! # }
//! check(Short::default(), |body: &[u8]| body.to_vec());
//! ```
//!
//! Each of these examples is run on the same stream, cut at every byte, and says the same.

pub mod by_hand;
pub mod own_framing;
pub mod own_loop;
