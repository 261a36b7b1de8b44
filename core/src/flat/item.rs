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
    /// How a table keeps an item that is always there.
    type Cell<'b, M: Mode>: Default;
    /// How a table keeps an item that may be absent.
    type OptionCell<'b, M: Mode>: Default;
    /// Greedy, with strings lent.
    type Borrowed<'b>;
    /// What write-through gives.
    type Edit<'b>;

    fn locate(table: TableRef<'_>, slot: usize) -> Result<Option<Self::Place<'_>>, Error>;
    fn view<'b, M: Mode>(place: Self::Place<'b>, buffered: M::Buffered) -> Result<Self::View<'b, M>, Error>;
    fn fallback<'b, M: Mode>(buffered: M::Buffered) -> Self::View<'b, M>;
    fn lend<'s, 'b: 's, M: Mode>(view: M::Ref<'s, Self::View<'b, M>>) -> Self::Lent<'s, 'b, M>;
    /// Lends the item as the mode has it: kept, or found now. What is not there reads as the fallback.
    fn get<'s, 'b: 's, M: Mode>(
        cell: &'s Self::Cell<'b, M>,
        find: impl FnMut() -> Result<Option<Self::Place<'b>>, Error>,
        buffered: M::Buffered,
    ) -> Result<Self::Lent<'s, 'b, M>, M::Error>;
    fn get_option<'s, 'b: 's, M: Mode>(
        cell: &'s Self::OptionCell<'b, M>,
        find: impl FnMut() -> Result<Option<Self::Place<'b>>, Error>,
        buffered: M::Buffered,
    ) -> Result<Option<Self::Lent<'s, 'b, M>>, M::Error>;
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

/// How a [`Kind`] is kept whose views are lent by value.
macro_rules! lent_by_value {
    ($T:ty) => {
        $crate::flat::item::lent!($T, Memo, |memo, read| M::recall(memo, read), |memo, read| M::recall(memo, read));
    };
}

/// How a [`Kind`] is kept whose views are lent by reference, so that the same one is lent again.
macro_rules! lent_by_reference {
    ($T:ty) => {
        $crate::flat::item::lent!(
            $T,
            Cell,
            |cell, read| M::remember(cell, read).map(<Self as Kind<$T>>::lend::<M>),
            |cell, read| Ok(M::transpose(M::remember(cell, read)?).map(<Self as Kind<$T>>::lend::<M>))
        );
    };
}

macro_rules! lent {
    ($T:ty, $Cell:ident, |$cell:ident, $read:ident| $get:expr, |$option:ident, $reads:ident| $get_option:expr) => {
        type Cell<'b, M: Mode> = M::$Cell<<Self as Kind<$T>>::View<'b, M>>;
        type OptionCell<'b, M: Mode> = M::$Cell<Option<<Self as Kind<$T>>::View<'b, M>>>;

        #[inline(always)]
        fn get<'s, 'b: 's, M: Mode>(
            $cell: &'s <Self as Kind<$T>>::Cell<'b, M>,
            mut find: impl FnMut() -> Result<Option<<Self as Kind<$T>>::Place<'b>>, Error>,
            buffered: M::Buffered,
        ) -> Result<<Self as Kind<$T>>::Lent<'s, 'b, M>, M::Error> {
            let $read = || {
                let view = match find() {
                    Ok(Some(place)) => <Self as Kind<$T>>::view::<M>(place, buffered),
                    Ok(None) => Ok(<Self as Kind<$T>>::fallback::<M>(buffered)),
                    Err(error) => Err(error),
                };
                M::settle(view, || <Self as Kind<$T>>::fallback::<M>(buffered))
            };
            $get
        }
        #[inline(always)]
        fn get_option<'s, 'b: 's, M: Mode>(
            $option: &'s <Self as Kind<$T>>::OptionCell<'b, M>,
            mut find: impl FnMut() -> Result<Option<<Self as Kind<$T>>::Place<'b>>, Error>,
            buffered: M::Buffered,
        ) -> Result<Option<<Self as Kind<$T>>::Lent<'s, 'b, M>>, M::Error> {
            let $reads = || {
                let view = match find() {
                    Ok(Some(place)) => <Self as Kind<$T>>::view::<M>(place, buffered).map(Some),
                    Ok(None) => Ok(None),
                    Err(error) => Err(error),
                };
                M::settle(view, || None)
            };
            $get_option
        }
    };
}

pub(crate) use {lent, lent_by_reference, lent_by_value};

/// An item that can lie behind an offset by itself: an element of a vector, a member of a union.
#[doc(hidden)]
pub trait Member<T: 'static>: Kind<T> {
    fn place_at(buf: &[u8], pos: usize) -> Result<Self::Place<'_>, Error>;
    #[inline(always)]
    fn place_next<'b>(buf: &'b [u8], pos: usize, _: &mut (usize, &'b [u8])) -> Result<Self::Place<'b>, Error> {
        Self::place_at(buf, pos)
    }
    fn check_at(verifier: &mut Verifier<'_>, pos: usize) -> Result<(), Error>;
    /// Writes the item behind the offset at `at`.
    fn put_linked<'a>(value: &'a T, out: &mut Out<'_, 'a>, at: usize) -> Result<(), Stop>;
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
