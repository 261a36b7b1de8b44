//! Opening a packet in the mode that the type names.

use super::{Error, Limits, Mode, Table, TableRef, verify::verify_with, wire};

/// How a packet begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Frame {
    /// With the offset of the root table.
    #[default]
    Plain,
    /// With its size: a `u32`, little-endian, that does not count its own four bytes.
    ///
    /// Alignment counts from the prefix, so the prefix stays with the packet.
    Prefixed,
}

impl Frame {
    /// The packet's bytes, prefix included, and where its root offset lies.
    #[inline(always)]
    pub(crate) fn open(self, packet: &[u8]) -> Result<(&[u8], usize), Error> {
        match self {
            Self::Plain => Ok((packet, 0)),
            Self::Prefixed => {
                let size = wire::u32_at(packet, 0).map_err(|_| Error::Prefix)?;
                let end = size.checked_add(4).ok_or(Error::Prefix)?;
                Ok((packet.get(..end).ok_or(Error::Prefix)?, 4))
            }
        }
    }
}

/// Reads `packet`, a FlatBuffer with root `T`, in mode `M`.
///
/// In the modes that keep the bytes this is constant time and allocates nothing; the greedy modes
/// read the whole packet, and [`Verified`](super::Verified) verifies it.
///
/// ```
/// use wharf::flat::{Greedy, Lazy, Table, Verified, read, to_vec};
///
/// #[derive(Table, Clone, Debug, PartialEq)]
/// struct Door { name: Option<String>, width: i32 }
///
/// let packet = to_vec(&Door { name: Some("gate".into()), width: 90 })?;
/// let lazy = read::<Door, Lazy>(&packet)?;
/// assert_eq!((lazy.name()?, lazy.width()?), (Some("gate"), 90));
/// let verified = read::<Door, Verified<Lazy>>(&packet)?;
/// assert_eq!((verified.name(), verified.width()), (Some("gate"), 90));
/// let greedy = read::<Door, Greedy>(&packet)?;
/// drop(packet);
/// assert_eq!((greedy.name.as_deref(), greedy.width), (Some("gate"), 90));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// What is wrong with the root table, or with anything in the packet in a mode that reads all.
#[inline]
pub fn read<T: Table, M: Mode>(packet: &[u8]) -> Result<M::Packet<'_, T>, Error> {
    read_with::<T, M>(packet, Frame::Plain, &Limits::default())
}

/// As [`read`], for a packet that begins with its size; bytes behind that size are left alone.
///
/// # Errors
///
/// As [`read`], and [`Error::Prefix`] if the prefix promises more than there is.
#[inline]
pub fn read_prefixed<T: Table, M: Mode>(packet: &[u8]) -> Result<M::Packet<'_, T>, Error> {
    read_with::<T, M>(packet, Frame::Prefixed, &Limits::default())
}

/// As [`read`], with all that can be chosen.
///
/// # Errors
///
/// As [`read`].
#[inline]
pub fn read_with<'b, T: Table, M: Mode>(
    packet: &'b [u8],
    frame: Frame,
    limits: &Limits,
) -> Result<M::Packet<'b, T>, Error> {
    if M::VERIFY {
        verify_with::<T>(packet, frame, limits)?;
    }
    let (buf, at) = frame.open(packet)?;
    if limits.identifier {
        identifier::<T>(buf, at)?;
    }
    M::open::<T>(buf, wire::follow(buf, at)?, limits)
}

/// Reads `packet` greedily, its strings and bytes lent: one allocation for each vector.
///
/// # Errors
///
/// As [`read`] in a greedy mode.
pub fn read_borrowed<T: Table>(packet: &[u8]) -> Result<T::Borrowed<'_>, Error> {
    read_borrowed_with::<T>(packet, Frame::Plain, &Limits::default())
}

/// As [`read_borrowed`], with all that can be chosen.
///
/// # Errors
///
/// As [`read_borrowed`].
pub fn read_borrowed_with<'b, T: Table>(
    packet: &'b [u8],
    frame: Frame,
    limits: &Limits,
) -> Result<T::Borrowed<'b>, Error> {
    let (buf, at) = frame.open(packet)?;
    if limits.identifier {
        identifier::<T>(buf, at)?;
    }
    T::borrow(TableRef::at(buf, wire::follow(buf, at)?)?, &mut limits.budget(buf.len()))
}

/// Reads `packet` greedily over `value`, whose strings and vectors keep their capacity.
///
/// # Errors
///
/// As [`read`] in a greedy mode; `value` then holds some of the packet and some of what it held.
pub fn parse_into<T: Table>(value: &mut T, packet: &[u8]) -> Result<(), Error> {
    parse_into_with(value, packet, Frame::Plain, &Limits::default())
}

/// As [`parse_into`], with all that can be chosen.
///
/// # Errors
///
/// As [`parse_into`].
pub fn parse_into_with<T: Table>(value: &mut T, packet: &[u8], frame: Frame, limits: &Limits) -> Result<(), Error> {
    let (buf, at) = frame.open(packet)?;
    if limits.identifier {
        identifier::<T>(buf, at)?;
    }
    value.parse_into(TableRef::at(buf, wire::follow(buf, at)?)?, &mut limits.budget(buf.len()))
}

/// Whether the packet has the schema's identifier, if the schema has one.
#[inline(always)]
pub(crate) fn identifier<T: Table>(buf: &[u8], at: usize) -> Result<(), Error> {
    match T::IDENTIFIER {
        Some(expected) if wire::bytes::<4>(buf, at.saturating_add(4)) != Ok(expected) => Err(Error::Identifier),
        _ => Ok(()),
    }
}
