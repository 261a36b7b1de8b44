//! Embed it in your own loop.
//!
//! Everything that waits is yours. There are three shapes of loops, and one state machine in all of them.
//!
//! # A loop that blocks
//!
//! One call, [`poll`](crate::Receiver::poll), as on the [first page](crate).
//!
//! # A loop that is told when a socket is readable
//!
//! [`ready`](crate::Receiver::ready) is plain data, so nothing is borrowed across what you do next. An error, or a
//! socket that would block, changes nothing: come back later and do the same.
//!
//! ```
//! use std::io::{self, Read};
//! use wharf::storage::{Lease, Pool};
//! use wharf::{Framed, Lines, Ready, Receiver};
//!
//! struct Connection<S> {
//!     socket: S,
//!     receiver: Receiver<Framed<Lines>, Lease>,
//! }
//!
//! impl<S: Read> Connection<S> {
//!     /// The socket is readable: handles up to `budget` packets, and says whether there may be more.
//!     fn readable(&mut self, budget: usize, mut handle: impl FnMut(&[u8])) -> io::Result<bool> {
//!         for _ in 0..budget {
//!             match self.receiver.ready() {
//!                 Ready::Receive => match self.socket.read(self.receiver.window().map_err(io::Error::other)?) {
//!                     Ok(count) => self.receiver.received(count),
//!                     Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
//!                         self.receiver.rest(); // an idle connection holds no buffer
//!                         return Ok(false);
//!                     }
//!                     Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
//!                     Err(error) => return Err(error),
//!                 },
//!                 Ready::Packet => match self.receiver.packet() {
//!                     Ok(packet) => handle(packet),
//!                     Err(refused) => eprintln!("{refused}"),
//!                 },
//!                 Ready::Reject(refused) => eprintln!("{refused}"),
//!                 Ready::Fatal(error) => return Err(io::Error::new(io::ErrorKind::InvalidData, error)),
//!                 Ready::End(_) => return Ok(false),
//!             }
//!         }
//!         Ok(true)
//!     }
//! }
//! #
//! # struct Trickle(Vec<io::Result<&'static [u8]>>);
//! # impl Read for Trickle {
//! #     fn read(&mut self, window: &mut [u8]) -> io::Result<usize> {
//! #         let bytes = self.0.pop().unwrap_or(Err(io::ErrorKind::WouldBlock.into()))?;
//! #         window[..bytes.len()].copy_from_slice(bytes);
//! #         Ok(bytes.len())
//! #     }
//! # }
//!
//! let pool = Pool::new(1024, 8);
//! # let socket = Trickle(vec![Ok(b"rld\n"), Err(io::ErrorKind::WouldBlock.into()), Ok(b"hello\nwo")]);
//! let mut connection = Connection { socket, receiver: Receiver::new(Framed::new(Lines::new(80)), pool.lease())? };
//! let mut lines = Vec::new();
//! assert!(!connection.readable(100, |line| lines.push(line.to_vec()))?, "it would block");
//! assert!(!connection.readable(100, |line| lines.push(line.to_vec()))?);
//! assert_eq!(lines, [b"hello", b"world"]);
//! assert_eq!(pool.in_use(), 0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! An async loop is the same with an `await` where the socket is read. Its future may be dropped there: the window
//! was not received into, so it is offered again.
//!
//! # A loop that owns buffers while the kernel fills them
//!
//! [`lend`](crate::Receiver::lend) gives the whole buffer away, with the place to receive to;
//! [`restore`](crate::Receiver::restore) takes it back, whatever came of it.
//!
//! ```
//! use wharf::{Framed, Lines, Ready, Receiver};
//!
//! /// Stands for io_uring: owns the buffer until the operation is complete.
//! fn submit_and_wait(mut buffer: Vec<u8>, at: core::ops::Range<usize>) -> (Vec<u8>, usize) {
//!     buffer[at][..6].copy_from_slice(b"hello\n");
//!     (buffer, 6)
//! }
//!
//! let mut receiver = Receiver::new(Framed::new(Lines::new(80)), vec![0; 128])?;
//! assert_eq!(receiver.ready(), Ready::Receive);
//! let lent = receiver.lend()?;
//! let (buffer, count) = submit_and_wait(lent.buffer, lent.at);
//! receiver.restore(buffer);
//! receiver.received(count);
//! assert_eq!(receiver.ready(), Ready::Packet);
//! assert_eq!(receiver.packet(), Ok(&b"hello"[..]));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Bytes that are in hand already
//!
//! [`feed`](crate::Receiver::feed) copies them in; [`Chunked`](crate::incremental::Chunked) does nothing else.
