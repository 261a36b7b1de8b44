//! Nested buffers: a whole FlatBuffer inside a vector of bytes.
#![warn(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use super::{
    Budget, Error, Item, Limits, Mode, Table, Verifier, WriteError, Writer,
    item::{Kind, lent_by_value},
    value::Requirable,
    wire::{self, TableRef},
    write::{Out, Spot, Stop},
};
use alloc::{borrow::ToOwned, vec::Vec};
use core::{fmt, marker::PhantomData};

/// A whole FlatBuffer with root `T`, kept as its bytes: the schema's `nested_flatbuffer`.
pub struct Nested<T> {
    bytes: Vec<u8>,
    root: PhantomData<fn() -> T>,
}

impl<T: Table> Nested<T> {
    /// Writes `value` into bytes of its own.
    ///
    /// # Errors
    ///
    /// As [`Writer::append`].
    pub fn new(value: &T) -> Result<Self, WriteError> {
        let mut bytes = Vec::new();
        Writer::new().append(value, &mut bytes)?;
        Ok(Self::from_bytes(bytes))
    }

    /// Takes bytes that are, or are thought to be, a FlatBuffer with root `T`.
    #[must_use]
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self { bytes, root: PhantomData }
    }

    /// The nested buffer, lent.
    #[inline]
    pub fn lend(&self) -> NestedRef<'_, T> {
        NestedRef { bytes: &self.bytes, root: PhantomData }
    }
}

impl<T> Clone for Nested<T> {
    fn clone(&self) -> Self {
        Self { bytes: self.bytes.clone(), root: PhantomData }
    }
}

impl<T> PartialEq for Nested<T> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl<T> Eq for Nested<T> {}

impl<T> fmt::Debug for Nested<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Nested").field(&self.bytes).finish()
    }
}

/// A nested buffer in its packet; it can be read in any mode, whatever the packet's.
pub struct NestedRef<'b, T> {
    bytes: &'b [u8],
    root: PhantomData<fn() -> T>,
}

impl<'b, T: Table> NestedRef<'b, T> {
    /// The nested bytes, without their count.
    #[inline]
    #[must_use]
    pub fn as_bytes(self) -> &'b [u8] {
        self.bytes
    }

    /// Opens the nested buffer in mode `M`; its identifier is not asked for.
    ///
    /// # Errors
    ///
    /// As [`read`](super::read).
    #[inline]
    pub fn read<M: Mode>(self) -> Result<M::Packet<'b, T>, Error> {
        let limits = Limits { identifier: false, ..Limits::default() };
        super::read_with::<T, M>(self.bytes, super::Frame::Plain, &limits)
    }
}

impl<T> Clone for NestedRef<'_, T> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for NestedRef<'_, T> {}

impl<T> PartialEq for NestedRef<'_, T> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl<T> fmt::Debug for NestedRef<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("NestedRef").field(&self.bytes).finish()
    }
}

impl<T: Table> Item for Nested<T> {
    type Kind = NestedKind;
}

impl<T: Table> Requirable for Nested<T> {}

/// The kind of a nested buffer.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct NestedKind;

/// What any nested root is aligned for.
const ALIGN: usize = 16;

impl<T: Table> Kind<Nested<T>> for NestedKind {
    type Place<'b> = &'b [u8];
    type View<'b, M: Mode> = NestedRef<'b, T>;
    type Lent<'s, 'b: 's, M: Mode> = NestedRef<'b, T>;
    type Borrowed<'b> = NestedRef<'b, T>;
    type Edit<'b> = &'b mut [u8];

    lent_by_value!(Nested<T>);

    #[inline(always)]
    fn locate(table: TableRef<'_>, slot: usize) -> Result<Option<&[u8]>, Error> {
        match table.target(slot)? {
            Some(pos) => wire::blob(table.buf, pos).map(Some),
            None => Ok(None),
        }
    }
    #[inline(always)]
    fn view<'b: 'b, M: Mode>(bytes: &'b [u8], _: M::Buffered) -> Result<NestedRef<'b, T>, Error> {
        Ok(NestedRef { bytes, root: PhantomData })
    }
    #[inline(always)]
    fn fallback<'b, M: Mode>(_: M::Buffered) -> NestedRef<'b, T> {
        NestedRef { bytes: &[], root: PhantomData }
    }
    #[inline(always)]
    fn lend<'s, 'b: 's, M: Mode>(view: M::Ref<'s, NestedRef<'b, T>>) -> NestedRef<'b, T> {
        *view
    }
    #[inline(always)]
    fn own<M: Mode>(value: &Nested<T>, _: M::Owned) -> NestedRef<'_, T> {
        value.lend()
    }
    fn parse(place: &[u8], budget: &mut Budget) -> Result<Nested<T>, Error> {
        budget.spend(place.len())?;
        Ok(Nested::from_bytes(place.to_owned()))
    }
    fn borrow<'b: 'b>(bytes: &'b [u8], budget: &mut Budget) -> Result<NestedRef<'b, T>, Error> {
        budget.spend(bytes.len())?;
        Ok(NestedRef { bytes, root: PhantomData })
    }
    fn check(verifier: &mut Verifier<'_>, table: TableRef<'_>, slot: usize) -> Result<bool, Error> {
        let Some(pos) = verifier.target(table, slot)? else {
            return Ok(false);
        };
        let bytes = wire::blob(verifier.buf, pos).map_err(|error| verifier.fail(pos, error))?;
        verifier.spend(pos, bytes.len())?;
        verifier.aligned(pos, 4)?;
        verifier.nested::<T>(bytes, pos.saturating_add(4))?;
        Ok(true)
    }
    fn max_size(value: &Nested<T>) -> usize {
        // `force_align` asks for up to 32.
        value.bytes.len().saturating_add(4 + 32)
    }
    fn put<'a>(value: &'a Nested<T>, out: &mut Out<'_, 'a>, spot: Spot, slot: usize) -> Result<(), Stop> {
        let field = out.at(spot, slot);
        let align = out.style().align.max(ALIGN);
        let at = out.vector(value.bytes.len(), 1, align)?;
        out.space(at, value.bytes.len())?.copy_from_slice(&value.bytes);
        out.link(field, at.saturating_sub(4))
    }
    fn edit(buf: &mut [u8], table: usize, slot: usize) -> Result<Option<&mut [u8]>, Error> {
        let Some(pos) = TableRef::at(buf, table)?.target(slot)? else {
            return Ok(None);
        };
        let len = wire::blob(buf, pos)?.len();
        let start = pos.saturating_add(4);
        buf.get_mut(start..start.saturating_add(len)).map(Some).ok_or(Error::OutOfBounds)
    }
}
