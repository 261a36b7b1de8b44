//! One packet a datagram: what came is the whole of it.

use core::fmt;

use crate::{Codec, Deserializer, End, Error, ErrorKind, Found, Framing, Raw, Step};

/// Why a datagram isn't one packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DatagramError<E> {
    /// The packet goes on behind the datagram's end.
    Missing {
        /// Bytes that came.
        had: u64,
        /// Bytes that were missing at least.
        missing: u64,
    },
    /// Bytes follow the packet.
    Extra {
        /// How many.
        extra: u64,
    },
    /// The packet itself was refused.
    Refused(E),
}

impl<E: fmt::Display> fmt::Display for DatagramError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { had, missing } => {
                write!(f, "datagram of {had} bytes is short of a packet by at least {missing}")
            }
            Self::Extra { extra } => write!(f, "datagram has {extra} bytes behind its packet"),
            Self::Refused(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> core::error::Error for DatagramError<E> {}

/// Decodes a datagram that is exactly one packet, with a deserializer that has read nothing yet.
///
/// The end of the datagram is the end of the stream. A [`Datagrams`] does the same again and again.
///
/// # Errors
///
/// If the packet isn't complete, if bytes follow it, or if it is refused.
///
/// ```
/// use wharf::{DatagramError, Framed, Lines, decode_exact};
///
/// let mut datagram = *b"hello\n";
/// assert_eq!(decode_exact(&mut Framed::new(Lines::new(80)), &mut datagram), Ok(&b"hello"[..]));
///
/// let mut datagram = *b"hello\nworld";
/// let mut lines = Framed::new(Lines::new(80));
/// assert_eq!(decode_exact(&mut lines, &mut datagram), Err(DatagramError::Extra { extra: 5 }));
/// ```
pub fn decode_exact<'b, D: Deserializer>(
    deserializer: &'b mut D,
    datagram: &'b mut [u8],
) -> Result<D::Packet<'b>, DatagramError<D::Error>> {
    deserializer.adopt(0..datagram.len(), 0);
    deserializer.received(0);
    match deserializer.step(datagram) {
        Step::Packet(span) => {
            let extra = deserializer.retained().len() as u64;
            if extra > 0 {
                return Err(DatagramError::Extra { extra });
            }
            deserializer.view(datagram, span).map_err(DatagramError::Refused)
        }
        Step::Reject(error) | Step::Fatal(error) => Err(DatagramError::Refused(error)),
        Step::End(End::Truncated { had, missing }) => Err(DatagramError::Missing { had, missing }),
        Step::End(End::Clean | End::Fused) | Step::Receive { .. } => {
            Err(DatagramError::Missing { had: datagram.len() as u64, missing: 1 })
        }
    }
}

/// Decodes datagrams that are each exactly one packet of a framing, without an engine between.
///
/// No datagram has an effect on the next one.
///
/// ```
/// use wharf::{DatagramError, Datagrams, LengthPrefixed, Width};
///
/// let mut datagrams = Datagrams::new(LengthPrefixed::new(Width::U8, 100));
/// assert_eq!(datagrams.decode(&mut [2, b'h', b'i']), Ok(&b"hi"[..]));
/// assert_eq!(datagrams.decode(&mut [9, b'h', b'i']), Err(DatagramError::Missing { had: 3, missing: 7 }));
/// ```
#[derive(Debug, Clone)]
pub struct Datagrams<F, C = Raw> {
    /// As it was made; a framing may keep state where it has refused a packet.
    pristine: F,
    framing: F,
    codec: C,
}

impl<F: Framing + Clone> Datagrams<F> {
    /// Lends each datagram's payload as it lies in the buffer.
    pub fn new(framing: F) -> Self {
        Self::with_codec(framing, Raw)
    }
}

impl<F: Framing + Clone, C: Codec> Datagrams<F, C> {
    /// Lends each datagram's payload as `codec` reads it.
    pub fn with_codec(framing: F, codec: C) -> Self {
        Self { pristine: framing.clone(), framing, codec }
    }

    /// Decodes a datagram; the position of an error counts from its start.
    ///
    /// # Errors
    ///
    /// If the packet isn't complete, if bytes follow it, or if it is refused.
    pub fn decode<'b>(&'b mut self, datagram: &'b mut [u8]) -> Result<C::Packet<'b>, DatagramError<Error<C::Error>>> {
        let had = datagram.len() as u64;
        let mut start = 0;
        let refusal = loop {
            match self.framing.scan(&datagram[start..], 0, true) {
                Found::Packet { len, payload } => {
                    let extra = had - (start + len) as u64;
                    if extra > 0 {
                        return Err(DatagramError::Extra { extra });
                    }
                    let decoded = self.codec.decode(&mut datagram[start..][payload]);
                    return decoded
                        .map_err(|error| DatagramError::Refused(Error::new(ErrorKind::Payload(error), start as u64)));
                }
                Found::Fatal(error) | Found::Skip { error: Some(error), .. } => {
                    break DatagramError::Refused(Error::new(ErrorKind::Frame(error), start as u64));
                }
                Found::Skip { len, error: None, .. } => {
                    start += usize::try_from(len).map_or(datagram.len(), |len| len.min(datagram.len() - start));
                    if start == datagram.len() {
                        break DatagramError::Missing { had, missing: 1 };
                    }
                }
                Found::More { need } => {
                    let missing = ((start + need) as u64).saturating_sub(had).max(1);
                    break DatagramError::Missing { had, missing };
                }
            }
        };
        self.framing = self.pristine.clone();
        Err(refusal)
    }
}
