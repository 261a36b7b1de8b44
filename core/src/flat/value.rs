//! What a field of a table is: an item that is optional, required, or has a default.
//!
//! | field | absent reads as | written when |
//! |---|---|---|
//! | a scalar, enum or flags `T` | the default | it is not the default |
//! | `Option<T>` | `None` | `Some` |
//! | `String`, `Vec<T>` | empty | not empty |
//! | `#[flat(required)] T` | an error | always |

use super::{
    Budget, Error, Item, Mode, Scalar, Verifier,
    item::{Kind, KindOf},
    wire::TableRef,
    write::{Out, Spot, Stop},
};
use alloc::{string::String, vec::Vec};
use core::marker::PhantomData;

/// A type that a table's field can have.
///
/// Part of the contract between the derives and this crate, not for direct use.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be a table's field as it stands: nothing says what it is when absent",
    note = "make it `Option<{Self}>`, or say `#[flat(required)]`"
)]
pub trait Value: Sized + 'static {
    /// The field's type in the owned struct.
    type Owned;
    /// The default's type; `()` where there is none.
    type Default: Copy;
    /// The default where the schema names none.
    const DEFAULT: Self::Default;
    #[doc(hidden)]
    const SLOTS: usize;
    #[doc(hidden)]
    const INLINE: [(usize, usize); 2];

    /// What the caching modes remember.
    type View<'b, M: Mode>;
    /// How a table keeps it.
    #[doc(hidden)]
    type Cell<'b, M: Mode>: Default;
    /// What the getter gives.
    type Get<'s, 'b: 's, M: Mode>;
    /// Greedy, with strings lent.
    type Borrowed<'b>;
    /// What write-through gives.
    type Edit<'b>;

    #[doc(hidden)]
    fn view<'b, M: Mode>(
        table: TableRef<'b>,
        slot: usize,
        default: Self::Default,
        buffered: M::Buffered,
    ) -> Result<Self::View<'b, M>, Error>;
    #[doc(hidden)]
    fn fallback<'b, M: Mode>(default: Self::Default, buffered: M::Buffered) -> Self::View<'b, M>;
    /// Reads the field as its mode has it: what every generated getter is.
    #[doc(hidden)]
    fn get<'s, 'b: 's, M: Mode>(
        cell: &'s Self::Cell<'b, M>,
        table: TableRef<'b>,
        slot: usize,
        default: Self::Default,
        buffered: M::Buffered,
    ) -> Result<Self::Get<'s, 'b, M>, M::Error>;
    #[doc(hidden)]
    fn lend<'s, 'b: 's, M: Mode>(view: M::Ref<'s, Self::View<'b, M>>) -> Self::Get<'s, 'b, M>;
    #[doc(hidden)]
    fn own<M: Mode>(value: &Self::Owned, owned: M::Owned) -> Self::View<'_, M>;
    #[doc(hidden)]
    fn parse(
        table: TableRef<'_>,
        slot: usize,
        default: Self::Default,
        budget: &mut Budget,
    ) -> Result<Self::Owned, Error>;
    #[doc(hidden)]
    fn parse_into(
        value: &mut Self::Owned,
        table: TableRef<'_>,
        slot: usize,
        default: Self::Default,
        budget: &mut Budget,
    ) -> Result<(), Error>;
    #[doc(hidden)]
    fn borrow<'b>(
        table: TableRef<'b>,
        slot: usize,
        default: Self::Default,
        budget: &mut Budget,
    ) -> Result<Self::Borrowed<'b>, Error>;
    #[doc(hidden)]
    fn check(verifier: &mut Verifier<'_>, table: TableRef<'_>, slot: usize) -> Result<(), Error>;
    #[doc(hidden)]
    fn max_size(value: &Self::Owned) -> usize;
    #[doc(hidden)]
    fn presence(value: &Self::Owned, default: Self::Default) -> u128;
    #[doc(hidden)]
    fn put<'a>(value: &'a Self::Owned, out: &mut Out<'_, 'a>, spot: Spot, slot: usize) -> Result<(), Stop>;
    #[doc(hidden)]
    #[inline]
    fn edit(buf: &mut [u8], table: usize, slot: usize) -> Result<Self::Edit<'_>, Error> {
        Self::try_edit(buf, table, slot)?.ok_or(Error::Absent)
    }
    #[doc(hidden)]
    fn try_edit(buf: &mut [u8], table: usize, slot: usize) -> Result<Option<Self::Edit<'_>>, Error>;
}

/// What is the same for a field that is never absent in its owned form.
macro_rules! never_absent {
    ($T:ty, $Item:ty) => {
        const SLOTS: usize = <KindOf<$Item> as Kind<$Item>>::SLOTS;
        const INLINE: [(usize, usize); 2] = <KindOf<$Item> as Kind<$Item>>::INLINE;

        type View<'b, M: Mode> = <KindOf<$Item> as Kind<$Item>>::View<'b, M>;
        type Get<'s, 'b: 's, M: Mode> = <KindOf<$Item> as Kind<$Item>>::Lent<'s, 'b, M>;
        type Borrowed<'b> = <KindOf<$Item> as Kind<$Item>>::Borrowed<'b>;
        type Edit<'b> = <KindOf<$Item> as Kind<$Item>>::Edit<'b>;

        #[inline(always)]
        fn lend<'s, 'b: 's, M: Mode>(view: M::Ref<'s, Self::View<'b, M>>) -> Self::Get<'s, 'b, M> {
            <KindOf<$Item> as Kind<$Item>>::lend::<M>(view)
        }
        #[inline(always)]
        fn own<M: Mode>(value: &$Item, owned: M::Owned) -> Self::View<'_, M> {
            <KindOf<$Item> as Kind<$Item>>::own::<M>(value, owned)
        }
        #[inline(always)]
        fn max_size(value: &$Item) -> usize {
            <KindOf<$Item> as Kind<$Item>>::max_size(value)
        }
        #[inline(always)]
        fn put<'a>(value: &'a $Item, out: &mut Out<'_, 'a>, spot: Spot, slot: usize) -> Result<(), Stop> {
            <KindOf<$Item> as Kind<$Item>>::put(value, out, spot, slot)
        }
        #[inline(always)]
        fn try_edit(buf: &mut [u8], table: usize, slot: usize) -> Result<Option<Self::Edit<'_>>, Error> {
            <KindOf<$Item> as Kind<$Item>>::edit(buf, table, slot)
        }
    };
}

impl<T: Scalar + Item<Kind = super::InPlaceKind>> Value for T {
    type Owned = T;
    type Default = T;
    const DEFAULT: T = T::ZERO;

    never_absent!(T, T);

    type Cell<'b, M: Mode> = M::Memo<T>;

    #[inline(always)]
    fn get<'s, 'b: 's, M: Mode>(
        cell: &'s M::Memo<T>,
        table: TableRef<'b>,
        slot: usize,
        default: T,
        buffered: M::Buffered,
    ) -> Result<T, M::Error> {
        M::recall(cell, || M::settle(<T as Value>::view::<M>(table, slot, default, buffered), || default))
    }
    #[inline(always)]
    fn view<'b, M: Mode>(table: TableRef<'b>, slot: usize, default: T, _: M::Buffered) -> Result<T, Error> {
        Ok(match <T::Kind as Kind<T>>::locate(table, slot)? {
            Some(bytes) => T::decode(bytes),
            None => default,
        })
    }
    #[inline(always)]
    fn fallback<'b, M: Mode>(default: T, _: M::Buffered) -> Self::View<'b, M> {
        default
    }
    #[inline(always)]
    fn parse(table: TableRef<'_>, slot: usize, default: T, _: &mut Budget) -> Result<T, Error> {
        Ok(match <T::Kind as Kind<T>>::locate(table, slot)? {
            Some(bytes) => T::decode(bytes),
            None => default,
        })
    }
    #[inline(always)]
    fn parse_into(
        value: &mut T,
        table: TableRef<'_>,
        slot: usize,
        default: T,
        budget: &mut Budget,
    ) -> Result<(), Error> {
        *value = <T as Value>::parse(table, slot, default, budget)?;
        Ok(())
    }
    #[inline(always)]
    fn borrow<'b>(table: TableRef<'b>, slot: usize, default: T, budget: &mut Budget) -> Result<T, Error> {
        <T as Value>::parse(table, slot, default, budget)
    }
    #[inline(always)]
    fn check(verifier: &mut Verifier<'_>, table: TableRef<'_>, slot: usize) -> Result<(), Error> {
        <T::Kind as Kind<T>>::check(verifier, table, slot).map(drop)
    }
    #[inline(always)]
    fn presence(value: &T, default: T) -> u128 {
        u128::from(!value.same(default))
    }
}

/// What may be absent.
impl<T: Item> Value for Option<T> {
    type Owned = Self;
    type Default = ();
    const DEFAULT: () = ();
    const SLOTS: usize = KindOf::<T>::SLOTS;
    const INLINE: [(usize, usize); 2] = KindOf::<T>::INLINE;

    type View<'b, M: Mode> = Option<<KindOf<T> as Kind<T>>::View<'b, M>>;
    type Cell<'b, M: Mode> = <KindOf<T> as Kind<T>>::OptionCell<'b, M>;
    type Get<'s, 'b: 's, M: Mode> = Option<<KindOf<T> as Kind<T>>::Lent<'s, 'b, M>>;
    type Borrowed<'b> = Option<<KindOf<T> as Kind<T>>::Borrowed<'b>>;
    type Edit<'b> = <KindOf<T> as Kind<T>>::Edit<'b>;

    #[inline(always)]
    fn get<'s, 'b: 's, M: Mode>(
        cell: &'s Self::Cell<'b, M>,
        table: TableRef<'b>,
        slot: usize,
        (): (),
        buffered: M::Buffered,
    ) -> Result<Self::Get<'s, 'b, M>, M::Error> {
        KindOf::<T>::get_option::<M>(cell, || KindOf::<T>::locate(table, slot), buffered)
    }
    #[inline(always)]
    fn view<'b, M: Mode>(
        table: TableRef<'b>,
        slot: usize,
        (): (),
        buffered: M::Buffered,
    ) -> Result<Self::View<'b, M>, Error> {
        match KindOf::<T>::locate(table, slot)? {
            Some(place) => KindOf::<T>::view::<M>(place, buffered).map(Some),
            None => Ok(None),
        }
    }
    #[inline(always)]
    fn fallback<'b, M: Mode>((): (), _: M::Buffered) -> Self::View<'b, M> {
        None
    }
    #[inline(always)]
    fn lend<'s, 'b: 's, M: Mode>(view: M::Ref<'s, Self::View<'b, M>>) -> Self::Get<'s, 'b, M> {
        M::transpose(view).map(KindOf::<T>::lend::<M>)
    }
    #[inline(always)]
    fn own<M: Mode>(value: &Self, owned: M::Owned) -> Self::View<'_, M> {
        value.as_ref().map(|value| KindOf::<T>::own::<M>(value, owned))
    }
    #[inline(always)]
    fn parse(table: TableRef<'_>, slot: usize, (): (), budget: &mut Budget) -> Result<Self, Error> {
        match KindOf::<T>::locate(table, slot)? {
            Some(place) => KindOf::<T>::parse(place, budget).map(Some),
            None => Ok(None),
        }
    }
    #[inline]
    fn parse_into(
        value: &mut Self,
        table: TableRef<'_>,
        slot: usize,
        (): (),
        budget: &mut Budget,
    ) -> Result<(), Error> {
        match (KindOf::<T>::locate(table, slot)?, &mut *value) {
            (Some(place), Some(value)) => KindOf::<T>::parse_into(value, place, budget)?,
            (Some(place), None) => *value = Some(KindOf::<T>::parse(place, budget)?),
            (None, _) => *value = None,
        }
        Ok(())
    }
    #[inline(always)]
    fn borrow<'b>(table: TableRef<'b>, slot: usize, (): (), budget: &mut Budget) -> Result<Self::Borrowed<'b>, Error> {
        match KindOf::<T>::locate(table, slot)? {
            Some(place) => KindOf::<T>::borrow(place, budget).map(Some),
            None => Ok(None),
        }
    }
    #[inline(always)]
    fn check(verifier: &mut Verifier<'_>, table: TableRef<'_>, slot: usize) -> Result<(), Error> {
        KindOf::<T>::check(verifier, table, slot).map(drop)
    }
    #[inline(always)]
    fn max_size(value: &Self) -> usize {
        value.as_ref().map_or(0, KindOf::<T>::max_size)
    }
    #[inline(always)]
    fn presence(value: &Self, (): ()) -> u128 {
        value.as_ref().map_or(0, KindOf::<T>::presence)
    }
    #[inline(always)]
    fn put<'a>(value: &'a Self, out: &mut Out<'_, 'a>, spot: Spot, slot: usize) -> Result<(), Stop> {
        match value {
            Some(value) => KindOf::<T>::put(value, out, spot, slot),
            None => Ok(()),
        }
    }
    #[inline(always)]
    fn try_edit(buf: &mut [u8], table: usize, slot: usize) -> Result<Option<Self::Edit<'_>>, Error> {
        KindOf::<T>::edit(buf, table, slot)
    }
}

/// A field that must be present: what `#[flat(required)]` makes of its type.
#[doc(hidden)]
#[derive(Debug)]
pub struct Required<T>(PhantomData<T>);

/// What can be required: all but scalars, which are never absent.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be required",
    note = "a scalar that is absent has its default; make it `Option<{Self}>` to tell absence"
)]
pub trait Requirable: Item {}

impl Requirable for String {}
impl<E: super::Element> Requirable for Vec<E> {}

impl<T: Requirable> Value for Required<T> {
    type Owned = T;
    type Default = ();
    const DEFAULT: () = ();

    never_absent!(T, T);

    type Cell<'b, M: Mode> = <KindOf<T> as Kind<T>>::Cell<'b, M>;

    #[inline(always)]
    fn get<'s, 'b: 's, M: Mode>(
        cell: &'s Self::Cell<'b, M>,
        table: TableRef<'b>,
        slot: usize,
        (): (),
        buffered: M::Buffered,
    ) -> Result<Self::Get<'s, 'b, M>, M::Error> {
        let find = || KindOf::<T>::locate(table, slot)?.ok_or(Error::Missing).map(Some);
        KindOf::<T>::get::<M>(cell, find, buffered)
    }
    #[inline(always)]
    fn view<'b, M: Mode>(
        table: TableRef<'b>,
        slot: usize,
        (): (),
        buffered: M::Buffered,
    ) -> Result<Self::View<'b, M>, Error> {
        KindOf::<T>::view::<M>(KindOf::<T>::locate(table, slot)?.ok_or(Error::Missing)?, buffered)
    }
    #[inline(always)]
    fn fallback<'b, M: Mode>((): (), buffered: M::Buffered) -> Self::View<'b, M> {
        KindOf::<T>::fallback::<M>(buffered)
    }
    #[inline(always)]
    fn parse(table: TableRef<'_>, slot: usize, (): (), budget: &mut Budget) -> Result<T, Error> {
        KindOf::<T>::parse(KindOf::<T>::locate(table, slot)?.ok_or(Error::Missing)?, budget)
    }
    #[inline]
    fn parse_into(value: &mut T, table: TableRef<'_>, slot: usize, (): (), budget: &mut Budget) -> Result<(), Error> {
        KindOf::<T>::parse_into(value, KindOf::<T>::locate(table, slot)?.ok_or(Error::Missing)?, budget)
    }
    #[inline(always)]
    fn borrow<'b>(table: TableRef<'b>, slot: usize, (): (), budget: &mut Budget) -> Result<Self::Borrowed<'b>, Error> {
        KindOf::<T>::borrow(KindOf::<T>::locate(table, slot)?.ok_or(Error::Missing)?, budget)
    }
    #[inline(always)]
    fn check(verifier: &mut Verifier<'_>, table: TableRef<'_>, slot: usize) -> Result<(), Error> {
        match KindOf::<T>::check(verifier, table, slot)? {
            true => Ok(()),
            false => Err(verifier.fail(table.pos, Error::Missing)),
        }
    }
    #[inline(always)]
    fn presence(_: &T, (): ()) -> u128 {
        // Also of a union that is none: it cannot be written, and must not be left out in silence.
        if Self::SLOTS == 2 { 0b11 } else { 1 }
    }
}

/// Strings and vectors that read as empty when absent.
macro_rules! empty_when_absent {
    ([$($generics:tt)*] $T:ty) => {
        impl<$($generics)*> Value for $T {
            type Owned = $T;
            type Default = ();
            const DEFAULT: () = ();

            never_absent!($T, $T);

            type Cell<'b, M: Mode> = <KindOf<$T> as Kind<$T>>::Cell<'b, M>;

            #[inline(always)]
            fn get<'s, 'b: 's, M: Mode>(cell: &'s Self::Cell<'b, M>, table: TableRef<'b>, slot: usize, (): (), buffered: M::Buffered) -> Result<Self::Get<'s, 'b, M>, M::Error> {
                <KindOf<$T> as Kind<$T>>::get::<M>(cell, || <KindOf<$T> as Kind<$T>>::locate(table, slot), buffered)
            }
            #[inline(always)]
            fn view<'b, M: Mode>(table: TableRef<'b>, slot: usize, (): (), buffered: M::Buffered) -> Result<Self::View<'b, M>, Error> {
                match <KindOf<$T> as Kind<$T>>::locate(table, slot)? {
                    Some(place) => <KindOf<$T> as Kind<$T>>::view::<M>(place, buffered),
                    None => Ok(<KindOf<$T> as Kind<$T>>::fallback::<M>(buffered)),
                }
            }
            #[inline(always)]
            fn fallback<'b, M: Mode>((): (), buffered: M::Buffered) -> Self::View<'b, M> {
                <KindOf<$T> as Kind<$T>>::fallback::<M>(buffered)
            }
            #[inline(always)]
            fn parse(table: TableRef<'_>, slot: usize, (): (), budget: &mut Budget) -> Result<$T, Error> {
                match <KindOf<$T> as Kind<$T>>::locate(table, slot)? {
                    Some(place) => <KindOf<$T> as Kind<$T>>::parse(place, budget),
                    None => Ok(Self::new()),
                }
            }
            #[inline]
            fn parse_into(value: &mut $T, table: TableRef<'_>, slot: usize, (): (), budget: &mut Budget) -> Result<(), Error> {
                match <KindOf<$T> as Kind<$T>>::locate(table, slot)? {
                    Some(place) => <KindOf<$T> as Kind<$T>>::parse_into(value, place, budget),
                    None => {
                        value.clear();
                        Ok(())
                    }
                }
            }
            #[inline(always)]
            fn borrow<'b>(table: TableRef<'b>, slot: usize, (): (), budget: &mut Budget) -> Result<Self::Borrowed<'b>, Error> {
                match <KindOf<$T> as Kind<$T>>::locate(table, slot)? {
                    Some(place) => <KindOf<$T> as Kind<$T>>::borrow(place, budget),
                    None => Ok(Self::Borrowed::default()),
                }
            }
            #[inline(always)]
            fn check(verifier: &mut Verifier<'_>, table: TableRef<'_>, slot: usize) -> Result<(), Error> {
                <KindOf<$T> as Kind<$T>>::check(verifier, table, slot).map(drop)
            }
            #[inline(always)]
            fn presence(value: &$T, (): ()) -> u128 {
                if value.is_empty() { 0 } else { <KindOf<$T> as Kind<$T>>::presence(value) }
            }
        }
    };
}

empty_when_absent!([] String);
empty_when_absent!([E: super::Element] Vec<E>);

/// Reads a field of an owned value.
#[doc(hidden)]
#[inline(always)]
pub fn owned_field<'s, 'b: 's, V: Value, M: Mode>(owned: M::Owned, value: &'b V::Owned) -> V::Get<'s, 'b, M> {
    V::lend::<M>(M::made(owned, V::own::<M>(value, owned)))
}
