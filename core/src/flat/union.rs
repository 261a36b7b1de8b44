//! Unions: a value of one of several types, and the number that says which.
#![warn(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use super::{
    Budget, Element, Error, Item, Mode, Verifier,
    item::{Kind, lent_by_reference},
    value::Requirable,
    vector::{ElementKind, Last, RawVector},
    wire::{self, TableRef},
    write::{Out, Spot, Stop},
};
use core::cmp::Ordering;

/// A FlatBuffers union: the derive of the same name implements it for an enum.
///
/// A type that the schema does not know is kept as its number.
pub trait Union: Item<Kind = UnionKind> + Element<Kind = UnionKind> + Clone + Requirable {
    /// Its name in the schema.
    const NAME: &'static str;

    /// What reads the member, in mode `M`.
    type View<'b, M: Mode>;
    /// The member read greedily with its strings lent.
    type Borrowed<'b>;
    /// What changes the member in place.
    type Edit<'b>;

    #[doc(hidden)]
    fn view<'b, M: Mode>(place: UnionRef<'b>, buffered: M::Buffered) -> Result<Self::View<'b, M>, Error>;
    #[doc(hidden)]
    fn fallback<'b, M: Mode>(buffered: M::Buffered) -> Self::View<'b, M>;
    #[doc(hidden)]
    fn lend<M: Mode>(&self, owned: M::Owned) -> Self::View<'_, M>;
    #[doc(hidden)]
    fn parse(place: UnionRef<'_>, budget: &mut Budget) -> Result<Self, Error>;
    #[doc(hidden)]
    fn borrow<'b>(place: UnionRef<'b>, budget: &mut Budget) -> Result<Self::Borrowed<'b>, Error>;
    /// Verifies the member; `false` if its type is unknown.
    #[doc(hidden)]
    fn check(verifier: &mut Verifier<'_>, tag: u8, pos: usize) -> Result<bool, Error>;
    #[doc(hidden)]
    fn max_size(&self) -> usize;
    /// Writes the member behind an offset at `at`.
    #[doc(hidden)]
    fn put<'a>(&'a self, out: &mut Out<'_, 'a>, at: usize) -> Result<(), Stop>;
    #[doc(hidden)]
    fn edit(buf: &mut [u8], tag: u8, pos: usize) -> Result<Self::Edit<'_>, Error>;

    /// The number that says which type the member has; 0 is none.
    fn tag(&self) -> u8;
}

/// A present union: its type, and where its value lies.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct UnionRef<'b> {
    pub tag: u8,
    pub buf: &'b [u8],
    pub pos: usize,
}

/// The kind of a union.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct UnionKind;

/// The type at `slot`, and the field of the value.
#[inline(always)]
fn halves(table: TableRef<'_>, slot: usize) -> Result<(u8, Option<usize>), Error> {
    let tag = match table.field(slot) {
        Some(at) => {
            super::count::touch(at);
            u8::from_le_bytes(wire::bytes(table.buf, at)?)
        }
        None => 0,
    };
    Ok((tag, table.field(slot.wrapping_add(1))))
}

impl<U: Union> Kind<U> for UnionKind {
    const SLOTS: usize = 2;
    const INLINE: [(usize, usize); 2] = [(1, 1), (4, 4)];

    type Place<'b> = UnionRef<'b>;
    type View<'b, M: Mode> = U::View<'b, M>;
    type Lent<'s, 'b: 's, M: Mode> = M::Ref<'s, U::View<'b, M>>;
    type Borrowed<'b> = U::Borrowed<'b>;
    type Edit<'b> = U::Edit<'b>;

    lent_by_reference!(U);

    #[inline(always)]
    fn locate(table: TableRef<'_>, slot: usize) -> Result<Option<UnionRef<'_>>, Error> {
        match halves(table, slot)? {
            // flatc writes a value without a type where it was told none: there is none.
            (0, _) => Ok(None),
            (_, None) => Err(Error::Union),
            (tag, Some(at)) => Ok(Some(UnionRef { tag, buf: table.buf, pos: wire::follow(table.buf, at)? })),
        }
    }
    #[inline(always)]
    fn view<'b: 'b, M: Mode>(place: UnionRef<'b>, buffered: M::Buffered) -> Result<U::View<'b, M>, Error> {
        U::view::<M>(place, buffered)
    }
    #[inline(always)]
    fn fallback<'b, M: Mode>(buffered: M::Buffered) -> U::View<'b, M> {
        U::fallback::<M>(buffered)
    }
    #[inline(always)]
    fn lend<'s, 'b: 's, M: Mode>(view: M::Ref<'s, U::View<'b, M>>) -> M::Ref<'s, U::View<'b, M>> {
        view
    }
    #[inline(always)]
    fn own<M: Mode>(value: &U, owned: M::Owned) -> U::View<'_, M> {
        value.lend::<M>(owned)
    }
    #[inline]
    fn parse(place: UnionRef<'_>, budget: &mut Budget) -> Result<U, Error> {
        U::parse(place, budget)
    }
    #[inline]
    fn borrow<'b: 'b>(place: UnionRef<'b>, budget: &mut Budget) -> Result<U::Borrowed<'b>, Error> {
        U::borrow(place, budget)
    }
    fn check(verifier: &mut Verifier<'_>, table: TableRef<'_>, slot: usize) -> Result<bool, Error> {
        let (tag, value) = match halves(table, slot) {
            Ok(halves) => halves,
            Err(error) => return Err(verifier.fail(table.pos, error)),
        };
        match (tag, value) {
            (0, None) => Ok(false),
            (0, Some(at)) if verifier.limits.strict => Err(verifier.fail(at, Error::Union)),
            (0, Some(_)) => Ok(false),
            (_, None) => Err(verifier.fail(table.pos, Error::Union)),
            (tag, Some(at)) => check::<U>(verifier, tag, at).map(|()| true),
        }
    }
    #[inline]
    fn max_size(value: &U) -> usize {
        value.max_size()
    }
    #[inline]
    fn presence(value: &U) -> u128 {
        if value.tag() == 0 { 0 } else { 0b11 }
    }
    fn put<'a>(value: &'a U, out: &mut Out<'_, 'a>, spot: Spot, slot: usize) -> Result<(), Stop> {
        let tag = out.at(spot, slot);
        out.bytes(tag, [value.tag()])?;
        let at = out.at(spot, slot.wrapping_add(1));
        value.put(out, at)
    }
    fn edit(buf: &mut [u8], table: usize, slot: usize) -> Result<Option<U::Edit<'_>>, Error> {
        match <Self as Kind<U>>::locate(TableRef::at(buf, table)?, slot)? {
            Some(UnionRef { tag, pos, .. }) => U::edit(buf, tag, pos).map(Some),
            None => Ok(None),
        }
    }
}

/// Verifies the member behind the offset at `at`.
fn check<U: Union>(verifier: &mut Verifier<'_>, tag: u8, at: usize) -> Result<(), Error> {
    let pos = verifier.follow(at)?;
    if U::check(verifier, tag, pos)? || !verifier.limits.strict {
        return Ok(());
    }
    Err(verifier.fail(at, Error::UnknownTag))
}

#[inline(always)]
fn place(raw: RawVector<'_>, index: usize) -> Result<UnionRef<'_>, Error> {
    let tag = raw.tags.get(index).copied().ok_or(Error::OutOfBounds)?;
    let pos = if tag == 0 { 0 } else { wire::follow(raw.buf, raw.slot(index))? };
    Ok(UnionRef { tag, buf: raw.buf, pos })
}

#[inline(always)]
fn element<'b, U: Union, M: Mode>(
    raw: RawVector<'b>,
    index: usize,
    buffered: M::Buffered,
) -> Result<U::View<'b, M>, M::Error> {
    let view = place(raw, index).and_then(|place| U::view::<M>(place, buffered));
    M::settle(view, || U::fallback::<M>(buffered))
}

impl<U: Union> ElementKind<U> for UnionKind {
    const STRIDE: usize = 4;
    const ALIGN: usize = 4;
    const SLOTS: usize = 2;

    type View<'b, M: Mode> = U::View<'b, M>;
    type Lent<'s, 'b: 's, M: Mode> = M::Elem<'s, U::View<'b, M>>;
    type Borrowed<'b> = U::Borrowed<'b>;
    type Edit<'b> = U::Edit<'b>;
    type Memory<'b, M: Mode> = M::Pages<U::View<'b, M>>;

    #[inline(always)]
    fn memory<'b, M: Mode>(raw: RawVector<'b>, buffered: M::Buffered) -> Self::Memory<'b, M> {
        M::pages(raw.count, |index| element::<U, M>(raw, index, buffered))
    }
    #[inline(always)]
    fn lend<'s, 'b: 's, M: Mode>(
        raw: RawVector<'b>,
        memory: &'s Self::Memory<'b, M>,
        index: usize,
        _: &mut Last<'b>,
        buffered: M::Buffered,
    ) -> Option<Result<Self::Lent<'s, 'b, M>, M::Error>> {
        if index >= raw.count {
            return None;
        }
        M::element(memory, index, || element::<U, M>(raw, index, buffered))
    }
    #[inline(always)]
    fn own<'s, 'b: 's, M: Mode>(value: &'b U, owned: M::Owned) -> Self::Lent<'s, 'b, M> {
        M::made_elem(owned, value.lend::<M>(owned))
    }
    #[inline]
    fn parse<'b>(raw: RawVector<'b>, index: usize, _: &mut Last<'b>, budget: &mut Budget) -> Result<U, Error> {
        U::parse(place(raw, index)?, budget)
    }
    #[inline]
    fn borrow<'b>(
        raw: RawVector<'b>,
        index: usize,
        _: &mut Last<'b>,
        budget: &mut Budget,
    ) -> Result<U::Borrowed<'b>, Error> {
        U::borrow(place(raw, index)?, budget)
    }
    fn check(verifier: &mut Verifier<'_>, raw: RawVector<'_>) -> Result<(), Error> {
        for (index, tag) in raw.tags.iter().enumerate() {
            if *tag != 0 {
                check::<U>(verifier, *tag, raw.slot(index))?;
            }
        }
        Ok(())
    }
    fn max_size(items: &[U]) -> usize {
        items.iter().fold(0, |sum, item| sum.saturating_add(item.max_size()))
    }
    fn put<'a>(items: &'a [U], out: &mut Out<'_, 'a>, at: usize, tags: usize) -> Result<(), Stop> {
        for (index, item) in items.iter().enumerate() {
            out.bytes(tags.saturating_add(index), [item.tag()])?;
            let slot = at.saturating_add(index.saturating_mul(4));
            if item.tag() == 0 {
                out.bytes(slot, [0; 4])?;
            } else {
                item.put(out, slot)?;
            }
        }
        Ok(())
    }
    fn edit(buf: &mut [u8], at: usize, tags: usize, index: usize) -> Result<U::Edit<'_>, Error> {
        let tag = u8::from_le_bytes(wire::bytes(buf, tags.saturating_add(index))?);
        let slot = at.saturating_add(index.saturating_mul(4));
        let pos = if tag == 0 { 0 } else { wire::follow(buf, slot)? };
        U::edit(buf, tag, pos)
    }
    #[inline]
    fn order(_: &U, _: &U) -> Option<Ordering> {
        None
    }
}
