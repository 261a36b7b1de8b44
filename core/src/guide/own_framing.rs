//! Write your own framing in 30 lines.
//!
//! A [`Framing`](crate::Framing) is asked one thing: where does the packet end that begins at `unread[0]`?
//! It answers with [`Found`](crate::Found), plain data. All that is hard is the business of
//! [`Framed`](crate::Framed): the cursor, compaction, windows, skipping, the end of the stream.
//!
//! RESP, the protocol of Redis, has lines whose first byte is their type, and bulk strings that announce a length:
//!
//! ```text
//! line = ("+" / "-" / ":") *octet CRLF
//! bulk = "$" length CRLF *octet CRLF
//! ```
//!
//! ```
//! use wharf::{Event, Found, FrameError, Framed, Framing, Receiver};
//!
//! struct Resp {
//!     limit: usize,
//! }
//!
//! impl Framing for Resp {
//!     fn scan(&mut self, unread: &[u8], seen: usize, _eof: bool) -> Found {
//!         // A head is short and found anew; of a line, only what came since the last call is looked at, and one
//!         // byte back: the CR may have come alone.
//!         let bulk = unread.first() == Some(&b'$');
//!         let (from, longest) = if bulk { (0, 24) } else { (seen.saturating_sub(1), self.limit) };
//!         let near = &unread[..unread.len().min(longest)];
//!         let line = match near[from.min(near.len())..].windows(2).position(|pair| pair == b"\r\n") {
//!             Some(at) => from + at + 2,
//!             None if unread.len() >= longest => return Found::Fatal(self.too_long(None)),
//!             None => return Found::More { need: unread.len() + 1 },
//!         };
//!         if !bulk {
//!             return Found::Packet { len: line, payload: 0..line - 2 };
//!         }
//!         let Some(body) = core::str::from_utf8(&unread[1..line - 2]).ok().and_then(|digits| digits.parse().ok()) else {
//!             return Found::Fatal(FrameError::Malformed { expected: "a length in decimal digits" });
//!         };
//!         let len = (line as u64).saturating_add(body).saturating_add(2);
//!         match usize::try_from(len) {
//!             Ok(len) if len > self.limit => {
//!                 Found::Skip { len: len as u64, error: Some(self.too_long(Some(len as u64))), more: false }
//!             }
//!             Ok(len) if unread.len() < len => Found::More { need: len },
//!             Ok(len) => Found::Packet { len, payload: line..len - 2 },
//!             Err(_) => Found::Fatal(self.too_long(Some(len))),
//!         }
//!     }
//!
//!     fn max_len(&self) -> usize {
//!         self.limit
//!     }
//! }
//!
//! impl Resp {
//!     fn too_long(&self, needed: Option<u64>) -> FrameError {
//!         FrameError::LimitExceeded { limit: self.limit as u64, needed }
//!     }
//! }
//!
//! let mut receiver = Receiver::new(Framed::new(Resp { limit: 64 }), [0; 64])?;
//! let mut packets = Vec::new();
//! for piece in b"+OK\r\n$5\r\nhello\r\n$99\r\n".chunks(1).chain([&[b'.'; 101][..], b":7\r\n"]) {
//!     let mut piece = piece;
//!     while !piece.is_empty() {
//!         match receiver.poll() {
//!             Ok(Event::Packet(packet)) => packets.push(String::from_utf8(packet.to_vec())?),
//!             Ok(Event::Receive(window)) => piece = &piece[window.feed(piece)..],
//!             Ok(Event::End(_)) => break,
//!             Err(refused) => packets.push(refused.to_string()),
//!         }
//!     }
//! }
//! while let Ok(Event::Packet(packet)) = receiver.poll() {
//!     packets.push(String::from_utf8(packet.to_vec())?);
//! }
//! let refused = "packet refused: packet of 106 bytes exceeds the limit of 64 at byte 16";
//! assert_eq!(packets, ["+OK", "hello", refused, ":7"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What to mind:
//!
//! - The answer depends on the bytes, not on how many of them have come: look no further than `max_len`, and refuse
//!   a packet for the same reason at every cut.
//! - `seen` bytes were looked at before in vain. A rule that begins there again is linear, also at one byte a receive.
//!   A head that isn't short and is needed again is remembered in a field of the framing's own.
//! - [`Found::Skip`](crate::Found::Skip) may throw away more than has come; nothing is kept of it.
//! - [`Found::Fatal`](crate::Found::Fatal) is for a lost boundary only. Whoever guesses where the next packet begins
//!   lets a peer smuggle packets in.
