//! Values that lie in their place: scalars, enums, bit flags, structs, fixed arrays.
#![warn(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use super::{
    Element, Error, InPlace, Item, Limits, Mode, Verifier,
    item::{Kind, Member},
    vector::{ElementKind, Last, RawVector},
    wire::{self, TableRef},
    write::{Out, Spot, Stop},
};
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::fmt;

/// A value of fixed size that lies in its place, without an offset.
///
/// Implemented by the derives `Struct`, `Enum` and `Flags`, and for the scalars.
pub trait Inline: Copy + PartialEq + fmt::Debug + 'static {
    /// Its size in bytes, last padding included.
    const SIZE: usize;
    /// Its size in bytes without last padding, which some writers leave out.
    const LEAST: usize = Self::SIZE;
    /// Its alignment in bytes.
    const ALIGN: usize;

    /// Reads it from at least [`LEAST`](Self::LEAST) bytes; what is missing reads as zero.
    fn decode(bytes: &[u8]) -> Self;
    /// Writes it over the first [`SIZE`](Self::SIZE) bytes, padding as zero, or over the first
    /// [`LEAST`](Self::LEAST) if there are no more.
    fn encode(self, bytes: &mut [u8]);
    /// The order by the key, where it has one.
    #[doc(hidden)]
    #[inline]
    fn order_by_key(&self, _: &Self) -> Option<Ordering> {
        None
    }
}

/// An [`Inline`] value that may have a default: a number, `bool`, an enum or bit flags.
pub trait Scalar: Inline {
    /// The default where the schema names none: zero.
    const ZERO: Self;

    /// Whether the two have the same bits, any NaN being the same as any other.
    fn same(self, other: Self) -> bool;
}

/// A FlatBuffers struct; implemented by the derive of the same name.
pub trait Struct: Inline {
    /// Its name in the schema.
    const NAME: &'static str;
}

macro_rules! numbers {
    ($($number:ident)*) => {$(
        impl Inline for $number {
            const SIZE: usize = size_of::<Self>();
            const ALIGN: usize = Self::SIZE;

            #[inline(always)]
            fn decode(bytes: &[u8]) -> Self {
                match bytes.first_chunk() {
                    Some(bytes) => Self::from_le_bytes(*bytes),
                    None => Self::ZERO,
                }
            }
            #[inline(always)]
            fn encode(self, bytes: &mut [u8]) {
                if let Some(bytes) = bytes.first_chunk_mut() {
                    *bytes = self.to_le_bytes();
                }
            }
        }
        impl Item for $number {
            type Kind = InPlaceKind;
        }
        impl Element for $number {
            type Kind = InPlaceKind;
        }
    )*};
}

numbers!(u8 i8 u16 i16 u32 i32 u64 i64 f32 f64);

macro_rules! integers {
    ($($number:ident)*) => {$(
        impl Scalar for $number {
            const ZERO: Self = 0;
            #[inline(always)]
            fn same(self, other: Self) -> bool {
                self == other
            }
        }
    )*};
}

integers!(u8 i8 u16 i16 u32 i32 u64 i64);

macro_rules! floats {
    ($($number:ident)*) => {$(
        impl Scalar for $number {
            const ZERO: Self = 0.0;
            #[inline(always)]
            fn same(self, other: Self) -> bool {
                self.to_bits() == other.to_bits() || (self.is_nan() && other.is_nan())
            }
        }
    )*};
}

floats!(f32 f64);

impl Inline for bool {
    const SIZE: usize = 1;
    const ALIGN: usize = 1;

    #[inline(always)]
    fn decode(bytes: &[u8]) -> Self {
        u8::decode(bytes) != 0
    }
    #[inline(always)]
    fn encode(self, bytes: &mut [u8]) {
        u8::from(self).encode(bytes);
    }
}

impl Scalar for bool {
    const ZERO: Self = false;

    #[inline(always)]
    fn same(self, other: Self) -> bool {
        self == other
    }
}

impl Item for bool {
    type Kind = InPlaceKind;
}

impl Element for bool {
    type Kind = InPlaceKind;
}

/// A fixed array, inside a struct.
impl<T: Inline, const N: usize> Inline for [T; N] {
    const SIZE: usize = T::SIZE.saturating_mul(N);
    const LEAST: usize = Self::SIZE.saturating_sub(T::SIZE.saturating_sub(T::LEAST));
    const ALIGN: usize = T::ALIGN;

    #[inline(always)]
    fn decode(bytes: &[u8]) -> Self {
        core::array::from_fn(|index| T::decode(bytes.get(index.saturating_mul(T::SIZE)..).unwrap_or_default()))
    }
    #[inline(always)]
    fn encode(self, bytes: &mut [u8]) {
        for (index, value) in self.into_iter().enumerate() {
            value.encode(bytes.get_mut(index.saturating_mul(T::SIZE)..).unwrap_or_default());
        }
    }
}

/// Reads the part of a struct that starts at `offset`.
#[doc(hidden)]
#[inline(always)]
#[must_use]
pub fn part<T: Inline>(bytes: &[u8], offset: usize) -> T {
    T::decode(bytes.get(offset..offset.saturating_add(T::LEAST)).unwrap_or_default())
}

/// Writes the part of a struct that starts at `offset`.
#[doc(hidden)]
#[inline(always)]
pub fn put_part<T: Inline>(bytes: &mut [u8], offset: usize, value: T) {
    value.encode(bytes.get_mut(offset..).unwrap_or_default());
}

/// `offset` rounded up to a multiple of `align`.
#[doc(hidden)]
#[must_use]
pub const fn align_up(offset: usize, align: usize) -> usize {
    match offset.checked_next_multiple_of(align) {
        Some(offset) => offset,
        None => offset,
    }
}

/// The kind of every [`Inline`] value.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct InPlaceKind;

/// Decodes from a place that was found before; one look at its length is all that is left to check.
#[inline(always)]
fn decode<T: Inline>(place: &[u8]) -> T {
    T::decode(place.get(..T::LEAST).unwrap_or_default())
}

impl<T: Inline> Kind<T> for InPlaceKind {
    const INLINE: [(usize, usize); 2] = [(T::SIZE, T::ALIGN), (0, 1)];

    type Place<'b> = &'b [u8];
    type View<'b, M: Mode> = T;
    type Lent<'s, 'b: 's, M: Mode> = T;
    type Borrowed<'b> = T;
    type Edit<'b> = InPlace<'b, T>;
    // Its place, once found: to keep the value would cost more than to decode it again.
    type Cell<'b, M: Mode> = M::Memo<&'b [u8]>;
    type OptionCell<'b, M: Mode> = M::Memo<Option<&'b [u8]>>;

    #[inline(always)]
    fn get<'s, 'b: 's, M: Mode>(
        cell: &'s <Self as Kind<T>>::Cell<'b, M>,
        mut find: impl FnMut() -> Result<Option<&'b [u8]>, Error>,
        _: M::Buffered,
    ) -> Result<T, M::Error> {
        M::recall(cell, || M::settle(find().map(Option::unwrap_or_default), Default::default)).map(decode)
    }
    #[inline(always)]
    fn get_option<'s, 'b: 's, M: Mode>(
        cell: &'s <Self as Kind<T>>::OptionCell<'b, M>,
        mut find: impl FnMut() -> Result<Option<&'b [u8]>, Error>,
        _: M::Buffered,
    ) -> Result<Option<T>, M::Error> {
        Ok(M::recall(cell, || M::settle(find(), || None))?.map(decode))
    }
    #[inline(always)]
    fn locate(table: TableRef<'_>, slot: usize) -> Result<Option<&[u8]>, Error> {
        match table.field(slot) {
            None => Ok(None),
            Some(at) => {
                super::count::touch(at);
                wire::span(table.buf, at, T::LEAST).map(Some)
            }
        }
    }
    #[inline(always)]
    fn view<'b: 'b, M: Mode>(place: &'b [u8], _: M::Buffered) -> Result<T, Error> {
        Ok(T::decode(place))
    }
    #[inline(always)]
    fn fallback<'b, M: Mode>(_: M::Buffered) -> <Self as Kind<T>>::View<'b, M> {
        T::decode(&[])
    }
    #[inline(always)]
    fn lend<'s, 'b: 's, M: Mode>(view: M::Ref<'s, T>) -> <Self as Kind<T>>::Lent<'s, 'b, M> {
        *view
    }
    #[inline(always)]
    fn own<M: Mode>(value: &T, _: M::Owned) -> T {
        *value
    }
    #[inline(always)]
    fn parse(place: &[u8], _: &mut super::Budget) -> Result<T, Error> {
        Ok(T::decode(place))
    }
    #[inline(always)]
    fn borrow<'b: 'b>(place: &'b [u8], _: &mut super::Budget) -> Result<T, Error> {
        Ok(T::decode(place))
    }
    #[inline]
    fn check(verifier: &mut Verifier<'_>, table: TableRef<'_>, slot: usize) -> Result<bool, Error> {
        let Some(at) = table.field(slot) else {
            return Ok(false);
        };
        verifier.inline::<T>(at)?;
        Ok(true)
    }
    #[inline(always)]
    fn max_size(_: &T) -> usize {
        0
    }
    #[inline(always)]
    fn put<'a>(value: &'a T, out: &mut Out<'_, 'a>, spot: Spot, slot: usize) -> Result<(), Stop> {
        let at = out.at(spot, slot);
        value.encode(out.space(at, T::SIZE)?);
        Ok(())
    }
    #[inline]
    fn edit(buf: &mut [u8], table: usize, slot: usize) -> Result<Option<InPlace<'_, T>>, Error> {
        let Some(at) = TableRef::at(buf, table)?.field(slot) else {
            return Ok(None);
        };
        InPlace::at(buf, at).map(Some)
    }
}

/// A struct as the member of a union lies behind an offset.
impl<T: Struct> Member<T> for InPlaceKind {
    #[inline(always)]
    fn place_at(buf: &[u8], pos: usize) -> Result<&[u8], Error> {
        wire::span(buf, pos, T::LEAST)
    }
    fn check_at(verifier: &mut Verifier<'_>, pos: usize) -> Result<(), Error> {
        verifier.inline::<T>(pos)
    }
    #[inline(always)]
    fn put_linked<'a>(value: &'a T, out: &mut Out<'_, 'a>, at: usize) -> Result<(), Stop> {
        let pos = out.take(T::SIZE, T::ALIGN, 0)?;
        value.encode(out.space(pos, T::SIZE)?);
        out.link(at, pos)
    }
    fn size_at(_: &T) -> usize {
        T::SIZE.saturating_add(T::ALIGN)
    }
    fn edit_at(buf: &mut [u8], pos: usize) -> Result<InPlace<'_, T>, Error> {
        InPlace::at(buf, pos)
    }
}

impl<T: Inline> ElementKind<T> for InPlaceKind {
    const STRIDE: usize = T::SIZE;
    const ALIGN: usize = T::ALIGN;

    type View<'b, M: Mode> = T;
    type Lent<'s, 'b: 's, M: Mode> = T;
    type Borrowed<'b> = T;
    type Edit<'b> = InPlace<'b, T>;
    type Memory<'b, M: Mode> = ();

    #[inline(always)]
    fn memory<'b, M: Mode>(_: RawVector<'b>, _: M::Buffered) {}
    #[inline(always)]
    fn lend<'s, 'b: 's, M: Mode>(
        raw: RawVector<'b>,
        (): &'s (),
        index: usize,
        _: &mut Last<'b>,
        _: M::Buffered,
    ) -> Option<Result<T, M::Error>> {
        Some(Ok(T::decode(raw.chunk::<T>(index)?)))
    }
    #[inline(always)]
    fn own<'s, 'b: 's, M: Mode>(value: &'b T, _: M::Owned) -> T {
        *value
    }
    fn parse<'b>(raw: RawVector<'b>, index: usize, _: &mut Last<'b>, _: &mut super::Budget) -> Result<T, Error> {
        raw.chunk::<T>(index).map(T::decode).ok_or(Error::OutOfBounds)
    }
    fn borrow<'b>(
        raw: RawVector<'b>,
        index: usize,
        last: &mut Last<'b>,
        budget: &mut super::Budget,
    ) -> Result<T, Error> {
        <Self as ElementKind<T>>::parse(raw, index, last, budget)
    }
    #[inline]
    fn check(_: &mut Verifier<'_>, _: RawVector<'_>) -> Result<(), Error> {
        // The bytes are there, and every pattern of them is a value.
        Ok(())
    }
    fn max_size(_: &[T]) -> usize {
        0
    }
    fn put<'a>(items: &'a [T], out: &mut Out<'_, 'a>, at: usize, _: usize) -> Result<(), Stop> {
        let space = out.space(at, T::SIZE.saturating_mul(items.len()))?;
        for (value, bytes) in items.iter().zip(space.chunks_exact_mut(T::SIZE)) {
            value.encode(bytes);
        }
        Ok(())
    }
    fn edit(buf: &mut [u8], at: usize, _: usize, index: usize) -> Result<InPlace<'_, T>, Error> {
        InPlace::at(buf, at.saturating_add(index.saturating_mul(T::SIZE)))
    }
    #[inline]
    fn order(a: &T, b: &T) -> Option<Ordering> {
        a.order_by_key(b)
    }
}

/// Makes room for `count` elements that were seen in the bytes.
pub(crate) fn room<T>(count: usize) -> Vec<T> {
    Vec::with_capacity(count)
}

/// Checks that depend on how strict the reader is.
impl<'b> Verifier<'b> {
    #[inline]
    fn inline<T: Inline>(&mut self, at: usize) -> Result<(), Error> {
        let Limits { strict, .. } = self.limits;
        let size = if strict { T::SIZE } else { T::LEAST };
        if wire::span(self.buf, at, T::LEAST).is_err() {
            return Err(self.fail(at, Error::OutOfBounds));
        }
        if wire::span(self.buf, at, size).is_err() {
            return Err(self.fail(at, Error::Padding));
        }
        self.aligned(at, T::ALIGN)
    }
}
