//! Write-through: scalars and structs changed in the packet itself.
//!
//! What is present can be changed; nothing can be made present or absent, and no size can change,
//! so a proxy edits a packet and forwards its bytes.
//!
//! In a packet that was made to harm, values and offsets may lie in each other's place: [`verify`](super::verify) does
//! not forbid it, and a change of one is then a change of the other. Whoever vouches for what it forwards verifies
//! after the last change, not before.
#![warn(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use super::{
    Element, Error, Frame, Inline, Table, Value,
    vector::ElementKind,
    wire::{self, TableRef},
};
use core::{fmt, marker::PhantomData};

/// A scalar, enum, flags or struct in its place in a packet.
pub struct InPlace<'b, T> {
    bytes: &'b mut [u8],
    value: PhantomData<T>,
}

impl<'b, T: Inline> InPlace<'b, T> {
    #[inline(always)]
    pub(crate) fn at(buf: &'b mut [u8], at: usize) -> Result<Self, Error> {
        // Without last padding: where a writer left it out, other fields may lie there.
        let end = at.checked_add(T::LEAST).ok_or(Error::OutOfBounds)?;
        let bytes = buf.get_mut(at..end).ok_or(Error::OutOfBounds)?;
        Ok(Self { bytes, value: PhantomData })
    }

    /// The value that the packet holds.
    #[inline]
    #[must_use]
    pub fn get(&self) -> T {
        T::decode(self.bytes)
    }

    /// Writes `value` into the packet.
    #[inline]
    pub fn set(&mut self, value: T) {
        value.encode(self.bytes);
    }

    /// Reads the value, lets `change` change it, and writes it back.
    #[inline]
    pub fn update(&mut self, change: impl FnOnce(&mut T)) {
        let mut value = self.get();
        change(&mut value);
        self.set(value);
    }
}

impl<T: Inline + fmt::Debug> fmt::Debug for InPlace<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("InPlace").field(&self.get()).finish()
    }
}

/// A vector in a packet, its elements to be changed in place.
pub struct VectorMut<'b, E> {
    buf: &'b mut [u8],
    at: usize,
    count: usize,
    /// Where the types of a vector of unions lie.
    tags: usize,
    element: PhantomData<fn() -> E>,
}

impl<'b, E: Element> VectorMut<'b, E> {
    pub(crate) fn new(buf: &'b mut [u8], at: usize, count: usize, tags: usize) -> Self {
        Self { buf, at, count, tags, element: PhantomData }
    }

    /// How many elements it has.
    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether it has no elements.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The element at `index`, to be changed in place; `None` past the end.
    #[inline]
    pub fn get_mut(
        &mut self,
        index: usize,
    ) -> Option<Result<<<E as Element>::Kind as ElementKind<E>>::Edit<'_>, Error>> {
        if index >= self.count {
            return None;
        }
        Some(<E as Element>::Kind::edit(self.buf, self.at, self.tags, index))
    }
}

impl<E> fmt::Debug for VectorMut<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VectorMut").field("len", &self.count).finish_non_exhaustive()
    }
}

/// A table in bytes that may be changed; what the derived `...Mut` types hold.
#[doc(hidden)]
#[derive(Debug)]
pub struct TableMut<'b> {
    buf: &'b mut [u8],
    pos: usize,
}

impl<'b> TableMut<'b> {
    /// The table at `pos`, which may be any.
    #[inline(always)]
    #[must_use]
    pub fn new(buf: &'b mut [u8], pos: usize) -> Self {
        Self { buf, pos }
    }

    /// The field of this slot, to be changed in place.
    ///
    /// # Errors
    ///
    /// It is absent or malformed.
    #[inline(always)]
    pub fn field<V: Value>(&mut self, slot: usize) -> Result<V::Edit<'_>, Error> {
        V::edit(self.buf, self.pos, slot)
    }

    /// The table as it now is.
    ///
    /// # Errors
    ///
    /// It is malformed.
    #[inline(always)]
    pub fn table(&self) -> Result<TableRef<'_>, Error> {
        TableRef::at(self.buf, self.pos)
    }
}

/// Opens a packet for changes in place.
///
/// ```
/// use wharf::flat::{GreedyMutable, Table, edit, read, to_vec};
///
/// #[derive(Table, Clone, Debug, PartialEq)]
/// struct Door { width: i32, open: bool }
///
/// let mut packet = to_vec(&Door { width: 90, open: true })?;
/// edit::<Door>(&mut packet)?.width_mut()?.set(120);
/// assert_eq!(read::<Door, GreedyMutable>(&packet)?, Door { width: 120, open: true });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// The root table is malformed, or the file identifier is another.
#[inline]
pub fn edit<T: Table>(packet: &mut [u8]) -> Result<T::Edit<'_>, Error> {
    edit_with::<T>(packet, Frame::Plain)
}

/// As [`edit`], for a packet that may begin with its size.
///
/// # Errors
///
/// As [`edit`], and [`Error::Prefix`].
#[inline]
pub fn edit_with<T: Table>(packet: &mut [u8], frame: Frame) -> Result<T::Edit<'_>, Error> {
    let (buf, at) = frame.open(packet)?;
    super::frame::identifier::<T>(buf, at)?;
    let root = wire::follow(buf, at)?;
    TableRef::at(buf, root)?;
    let len = buf.len();
    Ok(T::edit(packet.get_mut(..len).unwrap_or_default(), root))
}
