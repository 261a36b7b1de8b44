//! Elements that lie behind an offset: strings and tables.
#![warn(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use super::{
    Budget, Error, Item, Mode, Verifier,
    item::{Kind, KindOf, Member},
    vector::{ElementKind, Last, NONE, RawVector},
    wire,
    write::{Out, Stop},
};
use core::cmp::Ordering;

/// The kind of an element that lies behind an offset: a string or a table.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct OffsetKind;

/// How a string or a table is lent out of a vector.
#[doc(hidden)]
pub trait OffsetElement<T: 'static>: Member<T> {
    type Element<'s, 'b: 's, M: Mode>;
    fn lend_element<'s, 'b: 's, M: Mode>(view: M::Elem<'s, Self::View<'b, M>>) -> Self::Element<'s, 'b, M>;
}

#[inline(always)]
fn place<'b, T: Item<Kind: Member<T>>>(
    raw: RawVector<'b>,
    index: usize,
    last: &mut Last<'b>,
) -> Result<<KindOf<T> as Kind<T>>::Place<'b>, Error> {
    let pos = wire::follow(raw.buf, raw.slot(index))?;
    KindOf::<T>::place_next(raw.buf, pos, last)
}

#[inline(always)]
fn element<'b, T: Item<Kind: Member<T>>, M: Mode>(
    raw: RawVector<'b>,
    index: usize,
    last: &mut Last<'b>,
    buffered: M::Buffered,
) -> Result<<KindOf<T> as Kind<T>>::View<'b, M>, M::Error> {
    let view = place::<T>(raw, index, last).and_then(|place| KindOf::<T>::view::<M>(place, buffered));
    M::settle(view, || KindOf::<T>::fallback::<M>(buffered))
}

impl<T: Item<Kind: OffsetElement<T>>> ElementKind<T> for OffsetKind {
    const STRIDE: usize = 4;
    const ALIGN: usize = 4;

    type View<'b, M: Mode> = <KindOf<T> as Kind<T>>::View<'b, M>;
    type Lent<'s, 'b: 's, M: Mode> = <KindOf<T> as OffsetElement<T>>::Element<'s, 'b, M>;
    type Borrowed<'b> = <KindOf<T> as Kind<T>>::Borrowed<'b>;
    type Edit<'b> = <KindOf<T> as Kind<T>>::Edit<'b>;
    type Memory<'b, M: Mode> = M::Pages<<KindOf<T> as Kind<T>>::View<'b, M>>;

    #[inline(always)]
    fn memory<'b, M: Mode>(raw: RawVector<'b>, buffered: M::Buffered) -> Self::Memory<'b, M> {
        let mut last: Last<'b> = NONE;
        M::pages(raw.count, |index| element::<T, M>(raw, index, &mut last, buffered))
    }
    #[inline(always)]
    fn lend<'s, 'b: 's, M: Mode>(
        raw: RawVector<'b>,
        memory: &'s Self::Memory<'b, M>,
        index: usize,
        last: &mut Last<'b>,
        buffered: M::Buffered,
    ) -> Option<Result<Self::Lent<'s, 'b, M>, M::Error>> {
        if index >= raw.count {
            return None;
        }
        let view = M::element(memory, index, || element::<T, M>(raw, index, last, buffered))?;
        Some(view.map(KindOf::<T>::lend_element::<M>))
    }
    #[inline(always)]
    fn own<'s, 'b: 's, M: Mode>(value: &'b T, owned: M::Owned) -> Self::Lent<'s, 'b, M> {
        KindOf::<T>::lend_element::<M>(M::made_elem(owned, KindOf::<T>::own::<M>(value, owned)))
    }
    #[inline]
    fn parse<'b>(raw: RawVector<'b>, index: usize, last: &mut Last<'b>, budget: &mut Budget) -> Result<T, Error> {
        KindOf::<T>::parse(place::<T>(raw, index, last)?, budget)
    }
    #[inline]
    fn parse_into<'b>(
        value: &mut T,
        raw: RawVector<'b>,
        index: usize,
        last: &mut Last<'b>,
        budget: &mut Budget,
    ) -> Result<(), Error> {
        KindOf::<T>::parse_into(value, place::<T>(raw, index, last)?, budget)
    }
    #[inline(always)]
    fn borrow<'b>(
        raw: RawVector<'b>,
        index: usize,
        last: &mut Last<'b>,
        budget: &mut Budget,
    ) -> Result<Self::Borrowed<'b>, Error> {
        KindOf::<T>::borrow(place::<T>(raw, index, last)?, budget)
    }
    fn check(verifier: &mut Verifier<'_>, raw: RawVector<'_>) -> Result<(), Error> {
        for index in 0..raw.count {
            let pos = verifier.follow(raw.slot(index))?;
            KindOf::<T>::check_at(verifier, pos)?;
        }
        Ok(())
    }
    fn max_size(items: &[T]) -> usize {
        items.iter().fold(0, |sum, item| sum.saturating_add(KindOf::<T>::size_at(item)))
    }
    fn put<'a>(items: &'a [T], out: &mut Out<'_, 'a>, at: usize, _: usize) -> Result<(), Stop> {
        for (index, item) in items.iter().enumerate() {
            let slot = at.saturating_add(index.saturating_mul(4));
            KindOf::<T>::put_linked(item, out, slot)?;
        }
        Ok(())
    }
    fn edit(buf: &mut [u8], at: usize, _: usize, index: usize) -> Result<Self::Edit<'_>, Error> {
        let pos = wire::follow(buf, at.saturating_add(index.saturating_mul(4)))?;
        KindOf::<T>::edit_at(buf, pos)
    }
    #[inline]
    fn order(a: &T, b: &T) -> Option<Ordering> {
        KindOf::<T>::order(a, b)
    }
}
