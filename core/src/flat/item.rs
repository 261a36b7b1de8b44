//! What a field can hold, when it is present.

use super::{
    Budget, Error, Mode, Verifier,
    wire::TableRef,
    write::{Out, Spot, Stop},
};

/// A type that a table's field can hold: a scalar, enum, flags, struct, string, vector, table,
/// union or nested buffer. Implemented by the derives.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a FlatBuffers type",
    note = "derive `wharf::flat::Table`, `Struct`, `Enum`, `Flags` or `Union` for it"
)]
pub trait Item: Sized + 'static {
    #[doc(hidden)]
    type Kind: Kind<Self>;
}

/// How items of one kind lie in a table, and what each mode makes of them.
///
/// Part of the contract between the derives and this crate, not for direct use.
#[doc(hidden)]
pub trait Kind<T: 'static>: 'static {
    /// How many slots of the vtable: two for what has a type beside the value.
    const SLOTS: usize = 1;
    /// Bytes and alignment of what lies in the table, for each slot.
    const INLINE: [(usize, usize); 2] = [(4, 4), (0, 1)];

    /// A present item, bounds-checked.
    type Place<'b>: Copy;
    /// What the caching modes remember.
    type View<'b, M: Mode>;
    /// What a getter lends.
    type Lent<'s, 'b: 's, M: Mode>;
    /// Greedy, with strings lent.
    type Borrowed<'b>;
    /// What write-through gives.
    type Edit<'b>;

    fn locate(table: TableRef<'_>, slot: usize) -> Result<Option<Self::Place<'_>>, Error>;
    fn view<'b, M: Mode>(place: Self::Place<'b>, buffered: M::Buffered) -> Result<Self::View<'b, M>, Error>;
    fn fallback<'b, M: Mode>(buffered: M::Buffered) -> Self::View<'b, M>;
    fn lend<'s, 'b: 's, M: Mode>(view: M::Ref<'s, Self::View<'b, M>>) -> Self::Lent<'s, 'b, M>;
    fn own<M: Mode>(value: &T, owned: M::Owned) -> Self::View<'_, M>;
    fn parse(place: Self::Place<'_>, budget: &mut Budget) -> Result<T, Error>;
    #[inline]
    fn parse_into(value: &mut T, place: Self::Place<'_>, budget: &mut Budget) -> Result<(), Error> {
        *value = Self::parse(place, budget)?;
        Ok(())
    }
    fn borrow<'b>(place: Self::Place<'b>, budget: &mut Budget) -> Result<Self::Borrowed<'b>, Error>;
    /// Verifies the field, and says whether it is present.
    fn check(verifier: &mut Verifier<'_>, table: TableRef<'_>, slot: usize) -> Result<bool, Error>;
    /// An upper bound of the bytes outside the table.
    fn max_size(value: &T) -> usize;
    /// Which slots a present value takes.
    #[inline(always)]
    fn presence(_: &T) -> u128 {
        1
    }
    fn put<'a>(value: &'a T, out: &mut Out<'_, 'a>, spot: Spot, slot: usize) -> Result<(), Stop>;
    fn edit(buf: &mut [u8], table: usize, slot: usize) -> Result<Option<Self::Edit<'_>>, Error>;
}

/// An item that can lie behind an offset by itself: an element of a vector, a member of a union.
#[doc(hidden)]
pub trait Member<T: 'static>: Kind<T> {
    fn place_at(buf: &[u8], pos: usize) -> Result<Self::Place<'_>, Error>;
    #[inline(always)]
    fn place_next<'b>(buf: &'b [u8], pos: usize, _: &mut (usize, &'b [u8])) -> Result<Self::Place<'b>, Error> {
        Self::place_at(buf, pos)
    }
    fn check_at(verifier: &mut Verifier<'_>, pos: usize) -> Result<(), Error>;
    fn put_at<'a>(value: &'a T, out: &mut Out<'_, 'a>) -> Result<usize, Stop>;
    /// Writes the item behind the offset at `at`.
    #[inline(always)]
    fn put_linked<'a>(value: &'a T, out: &mut Out<'_, 'a>, at: usize) -> Result<(), Stop> {
        let pos = Self::put_at(value, out)?;
        out.link(at, pos)
    }
    fn size_at(value: &T) -> usize;
    fn edit_at(buf: &mut [u8], pos: usize) -> Result<Self::Edit<'_>, Error>;
    /// Order by the schema's key, where it has one.
    #[inline]
    fn order(_: &T, _: &T) -> Option<core::cmp::Ordering> {
        None
    }
}

/// The kind of an item.
#[doc(hidden)]
pub type KindOf<T> = <T as Item>::Kind;
/// What the caching modes remember of an item.
#[doc(hidden)]
pub type ViewOf<'b, T, M> = <KindOf<T> as Kind<T>>::View<'b, M>;
/// An item read greedily, its strings lent.
#[doc(hidden)]
pub type BorrowedOf<'b, T> = <KindOf<T> as Kind<T>>::Borrowed<'b>;
/// An item to be changed in place.
#[doc(hidden)]
pub type EditOf<'b, T> = <KindOf<T> as Kind<T>>::Edit<'b>;
