//! Checked little-endian reads, and the header of a table.
//!
//! ```text
//! table    [i32 distance back to the vtable][fields ...]
//! vtable   [u16 bytes of the vtable][u16 bytes of the table][u16 offset of field 0, 0 = absent] ...
//! string   [u32 bytes][bytes ...][0]
//! vector   [u32 count][elements ...]
//! offset   u32, forward from where it stands
//! ```
#![warn(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use super::Error;

/// The `N` bytes at `at`.
#[inline(always)]
pub(crate) fn bytes<const N: usize>(buf: &[u8], at: usize) -> Result<[u8; N], Error> {
    let end = at.checked_add(N).ok_or(Error::OutOfBounds)?;
    match buf.get(at..end) {
        Some(bytes) => bytes.try_into().map_err(|_| Error::OutOfBounds),
        None => Err(Error::OutOfBounds),
    }
}

/// The `len` bytes at `at`.
#[inline(always)]
pub(crate) fn span(buf: &[u8], at: usize, len: usize) -> Result<&[u8], Error> {
    let end = at.checked_add(len).ok_or(Error::OutOfBounds)?;
    buf.get(at..end).ok_or(Error::OutOfBounds)
}

#[inline(always)]
pub(crate) fn u32_at(buf: &[u8], at: usize) -> Result<usize, Error> {
    Ok(u32::from_le_bytes(bytes(buf, at)?) as usize)
}

/// Where the offset at `at` leads.
#[inline(always)]
pub(crate) fn follow(buf: &[u8], at: usize) -> Result<usize, Error> {
    super::count::touch(at);
    match u32_at(buf, at)? {
        0 => Err(Error::NullOffset),
        offset => at.checked_add(offset).ok_or(Error::OutOfBounds),
    }
}

/// The length-prefixed bytes at `at`.
#[inline(always)]
pub(crate) fn blob(buf: &[u8], at: usize) -> Result<&[u8], Error> {
    let rest = buf.get(at..).ok_or(Error::OutOfBounds)?;
    let (len, rest) = rest.split_first_chunk::<4>().ok_or(Error::OutOfBounds)?;
    rest.get(..u32::from_le_bytes(*len) as usize).ok_or(Error::OutOfBounds)
}

/// A table whose vtable has been found and bounds-checked once; a slot costs one comparison.
#[derive(Clone, Copy, Debug)]
pub struct TableRef<'b> {
    pub(crate) buf: &'b [u8],
    pub(crate) pos: usize,
    /// The vtable without its two header entries; even length.
    slots: &'b [u8],
}

impl<'b> TableRef<'b> {
    /// A table in which every field is absent.
    #[doc(hidden)]
    pub const EMPTY: Self = Self { buf: &[], pos: 0, slots: &[] };

    /// The table at byte `pos` of `buf`.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfBounds`] or [`Error::Vtable`]; constant time.
    #[inline(always)]
    pub fn at(buf: &'b [u8], pos: usize) -> Result<Self, Error> {
        let vtable = vtable_pos(buf, pos)?;
        Ok(Self { buf, pos, slots: slots(buf, vtable)? })
    }

    /// As [`at`](Self::at), for a run of tables that mostly share one vtable, remembered in `last`:
    /// its position and its slots, or `usize::MAX`, where none can lie, before the first.
    #[inline(always)]
    pub(crate) fn at_next(buf: &'b [u8], pos: usize, last: &mut (usize, &'b [u8])) -> Result<Self, Error> {
        let vtable = vtable_pos(buf, pos)?;
        if vtable != last.0 || vtable == usize::MAX {
            *last = (vtable, slots(buf, vtable)?);
        }
        Ok(Self { buf, pos, slots: last.1 })
    }

    /// Where the field of this slot lies in the buffer, if it is present.
    #[inline(always)]
    pub(crate) fn field(&self, slot: usize) -> Option<usize> {
        let at = slot.wrapping_mul(2);
        match self.slots.get(at..at.wrapping_add(2)) {
            Some(&[0, 0]) | None => None,
            // No overflow: `pos` lies in the buffer, and an offset is a u16; reads are checked.
            Some(&[low, high]) => Some(self.pos.wrapping_add(u16::from_le_bytes([low, high]) as usize)),
            Some(_) => None,
        }
    }

    /// Where the offset in this slot leads, if it is present.
    #[inline(always)]
    pub(crate) fn target(&self, slot: usize) -> Result<Option<usize>, Error> {
        match self.field(slot) {
            None => Ok(None),
            Some(at) => follow(self.buf, at).map(Some),
        }
    }

    /// Bytes of the vtable, and bytes of the table as the vtable tells them.
    pub(crate) fn sizes(&self) -> Result<(usize, usize), Error> {
        let vtable = vtable_pos(self.buf, self.pos)?;
        let inline = u16::from_le_bytes(bytes(self.buf, vtable.wrapping_add(2))?);
        Ok((self.slots.len().wrapping_add(4), usize::from(inline)))
    }
}

#[inline(always)]
fn vtable_pos(buf: &[u8], pos: usize) -> Result<usize, Error> {
    super::count::touch(pos);
    let back = i32::from_le_bytes(bytes(buf, pos)?);
    // A negative or overlong distance wraps to a position that no buffer reaches.
    Ok(pos.wrapping_sub(back as usize))
}

#[inline(always)]
fn slots(buf: &[u8], vtable: usize) -> Result<&[u8], Error> {
    let rest = buf.get(vtable..).ok_or(Error::OutOfBounds)?;
    let (len, rest) = rest.split_first_chunk::<2>().ok_or(Error::OutOfBounds)?;
    let len = usize::from(u16::from_le_bytes(*len));
    if len % 2 != 0 {
        return Err(Error::Vtable);
    }
    // Below 4 this wraps, and the range is refused.
    rest.get(2..len.wrapping_sub(2)).ok_or(Error::Vtable)
}
