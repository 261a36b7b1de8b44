//! Payloads of fixed layout, lent as a type.

use core::fmt;
use core::marker::PhantomData;

use zerocopy::{Immutable, KnownLayout, TryFromBytes, Unaligned};

use crate::{Codec, ConfigError, Fixed};

/// Lays a type over the payload, which is lent as `&T` without a copy.
///
/// The type says its byte order field by field, with the integers of [`zerocopy::byteorder`]; a `bool` or an `enum`
/// in it is checked. Where the layout is known only at run time, see [`Layout`](crate::codec::Layout).
///
/// ```
/// use wharf::codec::Overlay;
/// use wharf::{Event, Framed, Receiver};
/// use zerocopy::byteorder::big_endian::{U16, U32};
/// use zerocopy::{Immutable, IntoBytes, KnownLayout, TryFromBytes, Unaligned};
///
/// #[derive(TryFromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
/// #[repr(C)]
/// struct Reading {
///     sensor: U16,
///     valid: bool,
///     micrograms: U32,
/// }
///
/// let readings = Framed::with_codec(Overlay::<Reading>::framing()?, Overlay::<Reading>::new());
/// let mut receiver = Receiver::new(readings, [0; 1024])?;
/// if let Event::Receive(window) = receiver.poll()? {
///     window.feed(&[0, 7, 1, 0, 0, 2, 1]);
/// }
/// let Event::Packet(reading) = receiver.poll()? else { panic!() };
/// assert_eq!((reading.sensor.get(), reading.valid, reading.micrograms.get()), (7, true, 513));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Overlay<T> {
    layout: PhantomData<fn() -> T>,
}

impl<T> Overlay<T> {
    /// Lends payloads as `&T`.
    pub const fn new() -> Self {
        Self { layout: PhantomData }
    }

    /// The framing for packets that are one `T` each.
    ///
    /// # Errors
    ///
    /// If a `T` takes no bytes.
    pub fn framing() -> Result<Fixed, ConfigError> {
        Fixed::new(size_of::<T>())
    }
}

impl<T> Default for Overlay<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Clone for Overlay<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Overlay<T> {}

impl<T> fmt::Debug for Overlay<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Overlay")
    }
}

/// A payload that is no `T`: of another length, or with bytes that a field can't have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OverlayError {
    /// Length of a `T` in bytes.
    wanted: usize,
    had: usize,
}

impl fmt::Display for OverlayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { wanted, had } = self;
        if wanted == had {
            f.write_str("a field of the payload has a value that its type does not")
        } else {
            write!(f, "payload of {had} bytes where the layout has {wanted}")
        }
    }
}

impl core::error::Error for OverlayError {}

impl<T: TryFromBytes + KnownLayout + Immutable + Unaligned> Codec for Overlay<T> {
    type Packet<'b>
        = &'b T
    where
        T: 'b;
    type Error = OverlayError;

    #[inline]
    fn decode<'b>(&'b mut self, payload: &'b mut [u8]) -> Result<&'b T, OverlayError> {
        T::try_ref_from_bytes(payload).map_err(|_| OverlayError { wanted: size_of::<T>(), had: payload.len() })
    }
}

#[cfg(feature = "alloc")]
impl<T: zerocopy::IntoBytes + Immutable> crate::Encode<T> for Overlay<T> {
    type Error = core::convert::Infallible;

    fn encode(&mut self, packet: &T, payload: &mut alloc::vec::Vec<u8>) -> Result<(), Self::Error> {
        payload.extend_from_slice(packet.as_bytes());
        Ok(())
    }
}
