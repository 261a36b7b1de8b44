//! Converters: packets of one type from packets of another, in both directions.

use core::fmt;
#[cfg(feature = "alloc")]
use core::marker::PhantomData;

use crate::Codec;
#[cfg(feature = "alloc")]
use crate::Encode;

/// Converts each packet that a codec reads.
///
/// ```
/// use wharf::codec::Map;
/// use wharf::{Codec, Raw};
///
/// let mut sum = Map::new(Raw, |bytes: &[u8]| bytes.iter().map(|&byte| u32::from(byte)).sum::<u32>());
/// assert_eq!(sum.decode(&mut [1, 2, 3]), Ok(6));
/// ```
///
/// What it makes can't borrow from the buffer; a codec that does is written as a [`Codec`] around the other.
#[derive(Clone)]
pub struct Map<C, F> {
    codec: C,
    convert: F,
}

impl<C: Codec + 'static, F> Map<C, F> {
    /// Converts what `codec` reads with `convert`.
    pub fn new<R>(codec: C, convert: F) -> Self
    where
        F: FnMut(C::Packet<'_>) -> R,
    {
        Self { codec, convert }
    }
}

impl<C: Codec + 'static, R, F: FnMut(C::Packet<'_>) -> R> Codec for Map<C, F> {
    type Packet<'b>
        = R
    where
        Self: 'b;
    type Error = C::Error;

    fn decode<'b>(&'b mut self, payload: &'b mut [u8]) -> Result<R, C::Error> {
        self.codec.decode(payload).map(&mut self.convert)
    }
}

/// Converts each packet that a codec reads, or refuses it.
///
/// A refusal costs that one packet: the boundary was found before, so the next one is read as ever.
#[derive(Clone)]
pub struct TryMap<C, F> {
    codec: C,
    convert: F,
}

impl<C: Codec + 'static, F> TryMap<C, F> {
    /// Converts what `codec` reads with `convert`.
    pub fn new<R, E>(codec: C, convert: F) -> Self
    where
        F: FnMut(C::Packet<'_>) -> Result<R, E>,
    {
        Self { codec, convert }
    }
}

impl<C: Codec + 'static, R, E, F: FnMut(C::Packet<'_>) -> Result<R, E>> Codec for TryMap<C, F> {
    type Packet<'b>
        = R
    where
        Self: 'b;
    type Error = ConvertError<C::Error, E>;

    fn decode<'b>(&'b mut self, payload: &'b mut [u8]) -> Result<R, ConvertError<C::Error, E>> {
        let packet = self.codec.decode(payload).map_err(ConvertError::Codec)?;
        (self.convert)(packet).map_err(ConvertError::Converter)
    }
}

/// Converts each packet before an encoder writes it.
#[cfg(feature = "alloc")]
#[derive(Clone)]
pub struct MapSent<C, F, P> {
    codec: C,
    convert: F,
    converted: PhantomData<fn() -> P>,
}

#[cfg(feature = "alloc")]
impl<C, F, P> MapSent<C, F, P> {
    /// Has `codec` write what `convert` makes of a packet.
    pub fn new<Q: ?Sized>(codec: C, convert: F) -> Self
    where
        F: FnMut(&Q) -> P,
        C: Encode<P>,
    {
        Self { codec, convert, converted: PhantomData }
    }
}

#[cfg(feature = "alloc")]
impl<Q: ?Sized, P, C: Encode<P>, F: FnMut(&Q) -> P> Encode<Q> for MapSent<C, F, P> {
    type Error = C::Error;

    fn encode(&mut self, packet: &Q, payload: &mut alloc::vec::Vec<u8>) -> Result<(), C::Error> {
        self.codec.encode(&(self.convert)(packet), payload)
    }
}

/// Converts each packet before an encoder writes it, or refuses it.
#[cfg(feature = "alloc")]
#[derive(Clone)]
pub struct TryMapSent<C, F, P, E> {
    codec: C,
    convert: F,
    converted: PhantomData<fn() -> Result<P, E>>,
}

#[cfg(feature = "alloc")]
impl<C, F, P, E> TryMapSent<C, F, P, E> {
    /// Has `codec` write what `convert` makes of a packet.
    pub fn new<Q: ?Sized>(codec: C, convert: F) -> Self
    where
        F: FnMut(&Q) -> Result<P, E>,
        C: Encode<P>,
    {
        Self { codec, convert, converted: PhantomData }
    }
}

#[cfg(feature = "alloc")]
impl<Q: ?Sized, P, E, C: Encode<P>, F: FnMut(&Q) -> Result<P, E>> Encode<Q> for TryMapSent<C, F, P, E> {
    type Error = ConvertError<C::Error, E>;

    fn encode(&mut self, packet: &Q, payload: &mut alloc::vec::Vec<u8>) -> Result<(), Self::Error> {
        let packet = (self.convert)(packet).map_err(ConvertError::Converter)?;
        self.codec.encode(&packet, payload).map_err(ConvertError::Codec)
    }
}

/// Who refused a packet: the codec, or the converter around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there are these two")]
pub enum ConvertError<C, E> {
    /// The codec.
    Codec(C),
    /// The converter.
    Converter(E),
}

impl<C: fmt::Display, E: fmt::Display> fmt::Display for ConvertError<C, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Codec(error) => error.fmt(f),
            Self::Converter(error) => error.fmt(f),
        }
    }
}

impl<C: fmt::Debug + fmt::Display, E: fmt::Debug + fmt::Display> core::error::Error for ConvertError<C, E> {}

macro_rules! debug_without_function {
    ($($name:ident<$($param:ident),*>),*) => {
        $(impl<Codec: fmt::Debug, $($param),*> fmt::Debug for $name<Codec, $($param),*> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).field("codec", &self.codec).finish_non_exhaustive()
            }
        })*
    };
}

debug_without_function!(Map<F>, TryMap<F>);
#[cfg(feature = "alloc")]
debug_without_function!(MapSent<F, P>, TryMapSent<F, P, E>);
