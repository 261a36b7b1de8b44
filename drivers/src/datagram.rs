//! Packets over UDP, one a datagram: with std's sockets, mio's and async-io's.
//!
//! ```
//! use std::net::UdpSocket;
//! use wharf::{Lines, Raw, send::Framer};
//! use wharf_drivers::datagram::Endpoint;
//!
//! let bind = || UdpSocket::bind("127.0.0.1:0");
//! let mut here = Endpoint::new(bind()?, Lines::new(80), Raw, Framer::new(Lines::new(80)));
//! let mut there = Endpoint::new(bind()?, Lines::new(80), Raw, Framer::new(Lines::new(80)));
//!
//! here.send_to("hello", there.socket().local_addr()?)?;
//! assert_eq!(there.recv_from()?.packet?, b"hello");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::fmt;
use std::io;
use std::net::SocketAddr;

use wharf::send::{Sender, Serializer};
use wharf::{Codec, DatagramError, Datagrams, Error, Framing};

use crate::{SendError, pump};

/// A datagram socket that receives and sends one packet a datagram.
///
/// Its buffer holds the longest packet that the framing allows and one byte more, by which a datagram that is longer
/// is told from one that just fits: the system would cut it off without a word.
#[derive(Debug)]
pub struct Endpoint<S, F, C, Z> {
    socket: S,
    datagrams: Datagrams<F, C>,
    buffer: Box<[u8]>,
    outgoing: Sender<Z>,
    /// A datagram that was serialized in several pieces, joined.
    joined: Vec<u8>,
}

/// What came in one datagram.
#[derive(Debug)]
#[expect(clippy::exhaustive_structs, reason = "callers take the parts")]
pub struct Datagram<P, E> {
    /// Who sent it.
    pub from: SocketAddr,
    /// Its packet, lent until it is dropped.
    pub packet: Result<P, Refused<E>>,
}

/// What came in one datagram, as a codec reads it.
pub type Received<'b, C> = Datagram<<C as Codec>::Packet<'b>, Error<<C as Codec>::Error>>;

/// Why there is no packet in a datagram; the next one isn't concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refused<E> {
    /// It is longer than the longest packet; the system has thrown the rest of it away.
    TooLong {
        /// Length of the longest packet in bytes.
        limit: usize,
    },
    /// It isn't exactly one packet.
    Decode(DatagramError<E>),
}

impl<E: fmt::Display> fmt::Display for Refused<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { limit } => write!(f, "datagram is longer than the longest packet of {limit} bytes"),
            Self::Decode(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> std::error::Error for Refused<E> {}

/// The longest datagram that IP can carry, in bytes.
const LONGEST: usize = 65_535;

impl<S, F: Framing + Clone, C: Codec, Z> Endpoint<S, F, C, Z> {
    /// Receives and sends over `socket`.
    pub fn new(socket: S, framing: F, codec: C, serializer: Z) -> Self {
        let buffer = vec![0; framing.max_len().min(LONGEST) + 1].into();
        let outgoing = Sender::new(serializer, 1);
        Self { socket, datagrams: Datagrams::with_codec(framing, codec), buffer, outgoing, joined: Vec::new() }
    }

    /// The socket.
    pub fn socket(&self) -> &S {
        &self.socket
    }

    /// The socket, to be registered where that is asked for.
    pub fn socket_mut(&mut self) -> &mut S {
        &mut self.socket
    }

    /// Reads the datagram that was received.
    fn decode(&mut self, (len, from): (usize, SocketAddr)) -> Received<'_, C> {
        let limit = self.buffer.len() - 1;
        let packet = if len > limit {
            Err(Refused::TooLong { limit })
        } else {
            self.datagrams.decode(&mut self.buffer[..len]).map_err(Refused::Decode)
        };
        Datagram { from, packet }
    }
}

impl<S, F, C, Z> Endpoint<S, F, C, Z> {
    /// Serializes `packet` as one datagram.
    fn encode<P: ?Sized>(&mut self, packet: &P) -> Result<(), SendError<Z::Error>>
    where
        Z: Serializer<P>,
    {
        // One that was given up on is not sent before this one.
        self.outgoing.sent(self.outgoing.len());
        self.outgoing.enqueue(packet).map_err(SendError::Queue)?;
        self.joined.clear();
        if self.outgoing.chunks().nth(1).is_some() {
            self.outgoing.chunks().for_each(|chunk| self.joined.extend_from_slice(chunk));
        }
        Ok(())
    }

    /// The datagram that was serialized.
    fn encoded(&self) -> &[u8] {
        if self.joined.is_empty() { self.outgoing.chunks().next().unwrap_or_default() } else { &self.joined }
    }
}

#[cfg(feature = "blocking")]
impl<F: Framing + Clone, C: Codec, Z> Endpoint<std::net::UdpSocket, F, C, Z> {
    /// Waits for a datagram.
    ///
    /// # Errors
    ///
    /// If the socket fails, or has a timeout and that is over.
    pub fn recv_from(&mut self) -> io::Result<Received<'_, C>> {
        let received = pump::attempt(|| self.socket.recv_from(&mut self.buffer))?;
        let received = received.ok_or(io::ErrorKind::WouldBlock)?;
        Ok(self.decode(received))
    }

    /// Sends `packet` to `to`.
    ///
    /// # Errors
    ///
    /// If the packet cannot be written, or the socket fails; it is then not sent.
    pub fn send_to<P: ?Sized>(&mut self, packet: &P, to: SocketAddr) -> Result<(), SendError<Z::Error>>
    where
        Z: Serializer<P>,
    {
        self.encode(packet)?;
        let sent = pump::attempt(|| self.socket.send_to(self.encoded(), to)).map_err(SendError::Io)?;
        sent.map(|_| ()).ok_or_else(|| SendError::Io(io::ErrorKind::WouldBlock.into()))
    }
}

#[cfg(feature = "mio")]
impl<F: Framing + Clone, C: Codec, Z> Endpoint<mio::net::UdpSocket, F, C, Z> {
    /// Takes a datagram; `None` where there is none now: wait until the poll says that the socket is readable.
    ///
    /// # Errors
    ///
    /// If the socket fails.
    pub fn recv_from(&mut self) -> io::Result<Option<Received<'_, C>>> {
        let received = pump::attempt(|| self.socket.recv_from(&mut self.buffer))?;
        Ok(received.map(|received| self.decode(received)))
    }

    /// Sends `packet` to `to`; returns whether there was room for it now. It is not kept to be sent later.
    ///
    /// # Errors
    ///
    /// If the packet cannot be written, or the socket fails; it is then not sent.
    pub fn send_to<P: ?Sized>(&mut self, packet: &P, to: SocketAddr) -> Result<bool, SendError<Z::Error>>
    where
        Z: Serializer<P>,
    {
        self.encode(packet)?;
        let sent = pump::attempt(|| self.socket.send_to(self.encoded(), to)).map_err(SendError::Io)?;
        Ok(sent.is_some())
    }
}

#[cfg(feature = "async-io")]
impl<F: Framing + Clone, C: Codec, Z> Endpoint<async_io::Async<std::net::UdpSocket>, F, C, Z> {
    /// Waits for a datagram; dropped while it waits, it loses none.
    ///
    /// # Errors
    ///
    /// If the socket fails.
    pub async fn recv_from(&mut self) -> io::Result<Received<'_, C>> {
        let received = loop {
            let socket = self.socket.get_ref();
            match pump::attempt(|| socket.recv_from(&mut self.buffer))? {
                Some(received) => break received,
                None => self.socket.readable().await?,
            }
        };
        Ok(self.decode(received))
    }

    /// Sends `packet` to `to`; dropped while it waits, it does not send it.
    ///
    /// # Errors
    ///
    /// If the packet cannot be written, or the socket fails; it is then not sent.
    pub async fn send_to<P: ?Sized>(&mut self, packet: &P, to: SocketAddr) -> Result<(), SendError<Z::Error>>
    where
        Z: Serializer<P>,
    {
        self.encode(packet)?;
        let socket = self.socket.get_ref();
        while pump::attempt(|| socket.send_to(self.encoded(), to)).map_err(SendError::Io)?.is_none() {
            self.socket.writable().await.map_err(SendError::Io)?;
        }
        Ok(())
    }
}
