//! Tables.
#![warn(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use super::{
    Budget, Error, Item, Mode, Verifier,
    element::OffsetElement,
    item::{Kind, Member, lent_by_reference},
    shape::Layout,
    value::Requirable,
    wire::{self, TableRef},
    write::{Out, Spot, Stop},
};
use alloc::boxed::Box;
use core::cmp::Ordering;

/// A FlatBuffers table: the derive of the same name implements it for the struct that holds the
/// table's fields as owned values.
pub trait Table: Item<Kind = TableKind> + Clone {
    /// The table's name in the schema.
    const NAME: &'static str;
    /// The file identifier of packets whose root it is.
    const IDENTIFIER: Option<[u8; 4]>;
    #[doc(hidden)]
    const LAYOUT: &'static Layout;

    /// What reads the table, in mode `M`.
    type View<'b, M: Mode>;
    /// The table read greedily with its strings lent: one allocation a vector.
    type Borrowed<'b>;
    /// What changes the table's scalars and structs in place.
    type Edit<'b>;

    #[doc(hidden)]
    fn view<'b, M: Mode>(table: TableRef<'b>, buffered: M::Buffered) -> Result<Self::View<'b, M>, Error>;
    #[doc(hidden)]
    fn fallback<'b, M: Mode>(buffered: M::Buffered) -> Self::View<'b, M>;
    #[doc(hidden)]
    fn lend<M: Mode>(&self, owned: M::Owned) -> Self::View<'_, M>;
    #[doc(hidden)]
    fn parse(table: TableRef<'_>, budget: &mut Budget) -> Result<Self, Error>;
    #[doc(hidden)]
    fn parse_into(&mut self, table: TableRef<'_>, budget: &mut Budget) -> Result<(), Error>;
    #[doc(hidden)]
    fn borrow<'b>(table: TableRef<'b>, budget: &mut Budget) -> Result<Self::Borrowed<'b>, Error>;
    #[doc(hidden)]
    fn check(verifier: &mut Verifier<'_>, table: TableRef<'_>) -> Result<(), Error>;
    #[doc(hidden)]
    fn max_size(&self) -> usize;
    #[doc(hidden)]
    fn put<'a>(&'a self, out: &mut Out<'_, 'a>) -> Result<usize, Stop>;
    #[doc(hidden)]
    fn edit(buf: &mut [u8], pos: usize) -> Self::Edit<'_>;
    #[doc(hidden)]
    #[inline]
    fn order(&self, _: &Self) -> Option<Ordering> {
        None
    }
}

/// The kind of a table.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct TableKind;

impl<T: Table> Kind<T> for TableKind {
    type Place<'b> = TableRef<'b>;
    type View<'b, M: Mode> = T::View<'b, M>;
    type Lent<'s, 'b: 's, M: Mode> = M::Ref<'s, T::View<'b, M>>;
    type Borrowed<'b> = T::Borrowed<'b>;
    type Edit<'b> = T::Edit<'b>;

    lent_by_reference!(T);

    #[inline(always)]
    fn locate(table: TableRef<'_>, slot: usize) -> Result<Option<TableRef<'_>>, Error> {
        match table.target(slot)? {
            Some(pos) => TableRef::at(table.buf, pos).map(Some),
            None => Ok(None),
        }
    }
    #[inline(always)]
    fn view<'b: 'b, M: Mode>(place: TableRef<'b>, buffered: M::Buffered) -> Result<T::View<'b, M>, Error> {
        T::view::<M>(place, buffered)
    }
    #[inline(always)]
    fn fallback<'b, M: Mode>(buffered: M::Buffered) -> T::View<'b, M> {
        T::fallback::<M>(buffered)
    }
    #[inline(always)]
    fn lend<'s, 'b: 's, M: Mode>(view: M::Ref<'s, T::View<'b, M>>) -> M::Ref<'s, T::View<'b, M>> {
        view
    }
    #[inline(always)]
    fn own<M: Mode>(value: &T, owned: M::Owned) -> T::View<'_, M> {
        value.lend::<M>(owned)
    }
    #[inline]
    fn parse(place: TableRef<'_>, budget: &mut Budget) -> Result<T, Error> {
        budget.enter()?;
        let value = T::parse(place, budget)?;
        budget.leave();
        Ok(value)
    }
    fn parse_into(value: &mut T, place: TableRef<'_>, budget: &mut Budget) -> Result<(), Error> {
        budget.enter()?;
        value.parse_into(place, budget)?;
        budget.leave();
        Ok(())
    }
    #[inline(always)]
    fn borrow<'b: 'b>(place: TableRef<'b>, budget: &mut Budget) -> Result<T::Borrowed<'b>, Error> {
        budget.enter()?;
        let value = T::borrow(place, budget)?;
        budget.leave();
        Ok(value)
    }
    fn check(verifier: &mut Verifier<'_>, table: TableRef<'_>, slot: usize) -> Result<bool, Error> {
        match verifier.target(table, slot)? {
            Some(pos) => verifier.table::<T>(pos).map(|()| true),
            None => Ok(false),
        }
    }
    #[inline(always)]
    fn max_size(value: &T) -> usize {
        value.max_size()
    }
    #[inline(always)]
    fn put<'a>(value: &'a T, out: &mut Out<'_, 'a>, spot: Spot, slot: usize) -> Result<(), Stop> {
        let at = out.at(spot, slot);
        Self::put_linked(value, out, at)
    }
    fn edit(buf: &mut [u8], table: usize, slot: usize) -> Result<Option<T::Edit<'_>>, Error> {
        match TableRef::at(buf, table)?.target(slot)? {
            Some(pos) => {
                TableRef::at(buf, pos)?;
                Ok(Some(T::edit(buf, pos)))
            }
            None => Ok(None),
        }
    }
}

impl<T: Table> Member<T> for TableKind {
    #[inline(always)]
    fn place_at(buf: &[u8], pos: usize) -> Result<TableRef<'_>, Error> {
        TableRef::at(buf, pos)
    }
    #[inline(always)]
    fn place_next<'b>(buf: &'b [u8], pos: usize, last: &mut (usize, &'b [u8])) -> Result<TableRef<'b>, Error> {
        TableRef::at_next(buf, pos, last)
    }
    #[inline]
    fn check_at(verifier: &mut Verifier<'_>, pos: usize) -> Result<(), Error> {
        verifier.table::<T>(pos)
    }
    #[inline(always)]
    fn put_linked<'a>(value: &'a T, out: &mut Out<'_, 'a>, at: usize) -> Result<(), Stop> {
        let pos = value.put(out)?;
        out.link(at, pos)
    }
    #[inline]
    fn size_at(value: &T) -> usize {
        value.max_size()
    }
    fn edit_at(buf: &mut [u8], pos: usize) -> Result<T::Edit<'_>, Error> {
        TableRef::at(buf, pos)?;
        Ok(T::edit(buf, pos))
    }
    #[inline]
    fn order(a: &T, b: &T) -> Option<Ordering> {
        a.order(b)
    }
}

impl<T: Table> OffsetElement<T> for TableKind {
    type Element<'s, 'b: 's, M: Mode> = M::Elem<'s, T::View<'b, M>>;

    #[inline(always)]
    fn lend_element<'s, 'b: 's, M: Mode>(view: M::Elem<'s, T::View<'b, M>>) -> M::Elem<'s, T::View<'b, M>> {
        view
    }
}

/// The kind of a table in a box, as recursion asks for.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct BoxKind;

impl<T: Table> Item for Box<T> {
    type Kind = BoxKind;
}

impl<T: Table> Requirable for Box<T> {}

impl<T: Table> Kind<Box<T>> for BoxKind {
    type Place<'b> = TableRef<'b>;
    type View<'b, M: Mode> = M::Boxed<T::View<'b, M>>;
    type Lent<'s, 'b: 's, M: Mode> = M::Ref<'s, T::View<'b, M>>;
    type Borrowed<'b> = Box<T::Borrowed<'b>>;
    type Edit<'b> = T::Edit<'b>;

    lent_by_reference!(Box<T>);

    #[inline(always)]
    fn locate(table: TableRef<'_>, slot: usize) -> Result<Option<TableRef<'_>>, Error> {
        <TableKind as Kind<T>>::locate(table, slot)
    }
    #[inline(always)]
    fn view<'b: 'b, M: Mode>(place: TableRef<'b>, buffered: M::Buffered) -> Result<Self::View<'b, M>, Error> {
        T::view::<M>(place, buffered).map(M::boxed)
    }
    #[inline(always)]
    fn fallback<'b, M: Mode>(buffered: M::Buffered) -> Self::View<'b, M> {
        M::boxed(T::fallback::<M>(buffered))
    }
    #[inline(always)]
    fn lend<'s, 'b: 's, M: Mode>(view: M::Ref<'s, Self::View<'b, M>>) -> Self::Lent<'s, 'b, M> {
        M::unbox(view)
    }
    #[inline(always)]
    fn own<M: Mode>(value: &Box<T>, owned: M::Owned) -> Self::View<'_, M> {
        M::boxed(T::lend::<M>(value, owned))
    }
    #[inline]
    fn parse(place: TableRef<'_>, budget: &mut Budget) -> Result<Box<T>, Error> {
        <TableKind as Kind<T>>::parse(place, budget).map(Box::new)
    }
    fn parse_into(value: &mut Box<T>, place: TableRef<'_>, budget: &mut Budget) -> Result<(), Error> {
        <TableKind as Kind<T>>::parse_into(value, place, budget)
    }
    #[inline(always)]
    fn borrow<'b: 'b>(place: TableRef<'b>, budget: &mut Budget) -> Result<Self::Borrowed<'b>, Error> {
        <TableKind as Kind<T>>::borrow(place, budget).map(Box::new)
    }
    fn check(verifier: &mut Verifier<'_>, table: TableRef<'_>, slot: usize) -> Result<bool, Error> {
        <TableKind as Kind<T>>::check(verifier, table, slot)
    }
    #[inline]
    fn max_size(value: &Box<T>) -> usize {
        T::max_size(value)
    }
    #[inline]
    fn put<'a>(value: &'a Box<T>, out: &mut Out<'_, 'a>, spot: Spot, slot: usize) -> Result<(), Stop> {
        <TableKind as Kind<T>>::put(value, out, spot, slot)
    }
    fn edit(buf: &mut [u8], table: usize, slot: usize) -> Result<Option<T::Edit<'_>>, Error> {
        <TableKind as Kind<T>>::edit(buf, table, slot)
    }
}

impl<T: Table> Member<Box<T>> for BoxKind {
    #[inline(always)]
    fn place_at(buf: &[u8], pos: usize) -> Result<TableRef<'_>, Error> {
        TableRef::at(buf, pos)
    }
    fn check_at(verifier: &mut Verifier<'_>, pos: usize) -> Result<(), Error> {
        verifier.table::<T>(pos)
    }
    fn put_linked<'a>(value: &'a Box<T>, out: &mut Out<'_, 'a>, at: usize) -> Result<(), Stop> {
        <TableKind as Member<T>>::put_linked(value, out, at)
    }
    fn size_at(value: &Box<T>) -> usize {
        T::max_size(value)
    }
    fn edit_at(buf: &mut [u8], pos: usize) -> Result<T::Edit<'_>, Error> {
        <TableKind as Member<T>>::edit_at(buf, pos)
    }
}

/// Where the table behind the root offset at `at` lies.
#[inline]
pub(crate) fn root(buf: &[u8], at: usize) -> Result<usize, Error> {
    wire::follow(buf, at)
}

/// Reads the whole table, under the default limits: the copy constructor of every mode.
#[doc(hidden)]
pub fn to_owned<T: Table>(table: TableRef<'_>) -> Result<T, Error> {
    let mut budget = super::Limits::default().budget(table.buf.len());
    T::parse(table, &mut budget)
}
