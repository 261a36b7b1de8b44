//! The six modes.
//!
//! | mode | field is read | element is read | keeps the bytes | getter lends |
//! |---|---|---|---|---|
//! | [`Lazy`] | at every access | at every access | yes | a view made for the call |
//! | [`PropertyCache`] | at first access | at every access | yes | the remembered view |
//! | [`VectorCache`] | at first access | all at the vector's first access | yes | the remembered view |
//! | [`Progressive`] | at first access | at first access, in pages of 32 | yes | the remembered view |
//! | [`Greedy`], [`GreedyMutable`] | all at parse | all at parse | no | the owned value |
//!
//! What is as cheap to copy as to point at (scalars, strings, structs, nested buffers) is lent by
//! value, the rest by a reference that is the same at each access.
//! A struct is remembered by its place, which is found and checked once, and decoded from there.

use super::{
    Error, Lent, Limits, Mode, Table,
    cache::{NoCell, Rows, once},
    frozen::Frozen,
    mode::sealed,
    wire::TableRef,
};
use alloc::boxed::Box;
use core::{
    cell::{Cell, OnceCell},
    convert::Infallible,
};

/// Reads a field at every access, and remembers nothing: no heap, no state.
///
/// Views are `Copy + Send + Sync`.
/// Best where few fields are read, and each once or twice.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Lazy;

/// Reads a field at first access and remembers it; elements of vectors are read at every access.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct PropertyCache;

/// As [`PropertyCache`], and the first access of a vector makes all its elements.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct VectorCache;

/// Reads a field or element at first access and remembers it, elements in pages of 32.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Progressive;

/// Reads everything at once into an owned value that can be read but not changed.
///
/// The bytes are free as soon as the packet is opened.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Greedy;

/// Reads everything at once into an owned value: the schema's own struct.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct GreedyMutable;

/// `M` after one pass over the whole packet, so that its getters are infallible.
#[derive(Clone, Copy, Debug)]
pub struct Verified<M>(core::marker::PhantomData<M>);

/// What is shared by the modes that keep the bytes.
macro_rules! on_bytes {
    () => {
        type Buffered = ();
        type Owned = Infallible;
        type Store<B, O> = B;
        type Packet<'b, T: Table> = T::View<'b, Self>;

        #[inline]
        fn open<'b, T: Table>(buf: &'b [u8], root: usize, _: &Limits) -> Result<Self::Packet<'b, T>, Error> {
            T::view(TableRef::at(buf, root)?, ())
        }
        #[inline]
        fn with<T: Table, R>(packet: &Self::Packet<'_, T>, read: impl for<'v> FnOnce(&T::View<'v, Self>) -> R) -> R {
            read(packet)
        }
        #[inline(always)]
        fn buffer<B, O>((): (), fields: B) -> B {
            fields
        }
        #[inline(always)]
        fn owner<B, O>(owned: Infallible, _: O) -> B {
            match owned {}
        }
        #[inline(always)]
        fn made<'s, T>(owned: Infallible, _: T) -> Self::Ref<'s, T> {
            match owned {}
        }
        #[inline(always)]
        fn made_elem<'s, T>(owned: Infallible, _: T) -> Self::Elem<'s, T> {
            match owned {}
        }
        #[inline(always)]
        fn pick<'s, B: 's, O: Copy, R>(
            store: &'s B,
            on_bytes: impl FnOnce((), &'s B) -> R,
            _: impl FnOnce(Infallible, O) -> R,
        ) -> R {
            on_bytes((), store)
        }
    };
}

/// Getters of bytes that nobody has verified.
macro_rules! fallible {
    () => {
        type Error = Error;
        type Out<T> = Result<T, Error>;

        #[inline(always)]
        fn out<T>(result: Result<T, Error>) -> Result<T, Error> {
            result
        }
        #[inline(always)]
        fn settle<T>(result: Result<T, Error>, _: impl FnOnce() -> T) -> Result<T, Error> {
            result
        }
    };
}

/// Fields are made at every access.
macro_rules! forgets_fields {
    () => {
        type Cell<T> = NoCell<T>;
        type Memo<T> = NoCell<T>;
        type Boxed<T> = T;
        type Ref<'s, T: 's> = Lent<'s, T>;

        #[inline(always)]
        fn remember<'s, T>(
            _: &'s NoCell<T>,
            mut read: impl FnMut() -> Result<T, Self::Error>,
        ) -> Result<Lent<'s, T>, Self::Error> {
            read().map(Lent::Made)
        }
        #[inline(always)]
        fn recall<T: Copy>(_: &NoCell<T>, read: impl FnOnce() -> Result<T, Self::Error>) -> Result<T, Self::Error> {
            read()
        }
        #[inline(always)]
        fn kept<T>(value: &T) -> Lent<'_, T> {
            Lent::Kept(value)
        }
        #[inline(always)]
        fn transpose<T>(value: Self::Ref<'_, Option<T>>) -> Option<Self::Ref<'_, T>> {
            value.transpose()
        }
        #[inline(always)]
        fn boxed<T>(value: T) -> T {
            value
        }
        #[inline(always)]
        fn unbox<T>(value: Self::Ref<'_, Self::Boxed<T>>) -> Self::Ref<'_, T> {
            value
        }
        #[inline(always)]
        fn unboxed<T>(value: &Self::Boxed<T>) -> &T {
            value
        }
    };
}

/// Fields are remembered in a cell each.
macro_rules! remembers_fields {
    () => {
        type Cell<T> = OnceCell<T>;
        type Memo<T> = Cell<Option<T>>;
        type Boxed<T> = Box<T>;
        type Ref<'s, T: 's> = &'s T;

        #[inline(always)]
        fn remember<T>(cell: &OnceCell<T>, read: impl FnMut() -> Result<T, Self::Error>) -> Result<&T, Self::Error> {
            once(cell, read)
        }
        #[inline(always)]
        fn recall<T: Copy>(
            memo: &Cell<Option<T>>,
            read: impl FnOnce() -> Result<T, Self::Error>,
        ) -> Result<T, Self::Error> {
            match memo.get() {
                Some(value) => Ok(value),
                None => {
                    let value = read()?;
                    memo.set(Some(value));
                    Ok(value)
                }
            }
        }
        #[inline(always)]
        fn kept<T>(value: &T) -> &T {
            value
        }
        #[inline(always)]
        fn transpose<T>(value: Self::Ref<'_, Option<T>>) -> Option<Self::Ref<'_, T>> {
            value.as_ref()
        }
        #[inline(always)]
        fn boxed<T>(value: T) -> Box<T> {
            Box::new(value)
        }
        #[inline(always)]
        fn unbox<T>(value: Self::Ref<'_, Self::Boxed<T>>) -> Self::Ref<'_, T> {
            value
        }
        #[inline(always)]
        fn unboxed<T>(value: &Self::Boxed<T>) -> &T {
            value
        }
    };
}

/// Elements are made at every access.
macro_rules! forgets_elements {
    () => {
        type Pages<T> = NoCell<T>;
        type Elem<'s, T: 's> = Lent<'s, T>;

        #[inline(always)]
        fn pages<T>(_: usize, _: impl FnMut(usize) -> Result<T, Self::Error>) -> NoCell<T> {
            NoCell::default()
        }
        #[inline(always)]
        fn element<T>(
            _: &NoCell<T>,
            _: usize,
            mut read: impl FnMut() -> Result<T, Self::Error>,
        ) -> Option<Result<Lent<'_, T>, Self::Error>> {
            Some(read().map(Lent::Made))
        }
    };
}

/// Getters of bytes that have been verified; a failure cannot happen, and would read as the default.
macro_rules! infallible {
    () => {
        const VERIFY: bool = true;

        type Error = Infallible;
        type Out<T> = T;

        #[inline(always)]
        fn out<T>(result: Result<T, Infallible>) -> T {
            match result {
                Ok(value) => value,
                Err(never) => match never {},
            }
        }
        #[inline(always)]
        fn settle<T>(result: Result<T, Error>, fallback: impl FnOnce() -> T) -> Result<T, Infallible> {
            Ok(result.unwrap_or_else(|_| fallback()))
        }
    };
}

/// Elements are all made when the vector is.
macro_rules! makes_elements {
    () => {
        type Pages<T> = Box<[Result<T, Self::Error>]>;
        type Elem<'s, T: 's> = &'s T;

        fn pages<T>(count: usize, read: impl FnMut(usize) -> Result<T, Self::Error>) -> Self::Pages<T> {
            (0..count).map(read).collect()
        }
        #[inline(always)]
        fn element<T>(
            pages: &Self::Pages<T>,
            index: usize,
            _: impl FnMut() -> Result<T, Self::Error>,
        ) -> Option<Result<&T, Self::Error>> {
            Some(pages.get(index)?.as_ref().map_err(|error| *error))
        }
    };
}

/// Elements are remembered, in pages.
macro_rules! remembers_elements {
    () => {
        type Pages<T> = Rows<T>;
        type Elem<'s, T: 's> = &'s T;

        #[inline]
        fn pages<T>(count: usize, _: impl FnMut(usize) -> Result<T, Self::Error>) -> Rows<T> {
            Rows::new(count)
        }
        #[inline(always)]
        fn element<T>(
            pages: &Rows<T>,
            index: usize,
            read: impl FnMut() -> Result<T, Self::Error>,
        ) -> Option<Result<&T, Self::Error>> {
            Some(once(pages.slot(index)?, read))
        }
    };
}

macro_rules! modes_on_bytes {
    ($($mode:ident: $fields:ident, $elements:ident;)*) => {$(
        impl sealed::Sealed for $mode {}
        impl Mode for $mode {
            on_bytes!();
            fallible!();
            $fields!();
            $elements!();
        }
        impl sealed::Sealed for Verified<$mode> {}
        impl Mode for Verified<$mode> {
            on_bytes!();
            infallible!();
            $fields!();
            $elements!();
        }
    )*};
}

modes_on_bytes! {
    Lazy: forgets_fields, forgets_elements;
    PropertyCache: remembers_fields, forgets_elements;
    VectorCache: remembers_fields, makes_elements;
    Progressive: remembers_fields, remembers_elements;
}

/// What is shared by the modes that own values.
macro_rules! on_value {
    ($T:ident => $Packet:ty, $wrap:expr) => {
        type Buffered = Infallible;
        type Owned = ();
        type Store<B, O> = O;
        type Packet<'b, $T: Table> = $Packet;
        type Error = Infallible;
        type Out<T> = T;

        fn open<'b, T: Table>(buf: &'b [u8], root: usize, limits: &Limits) -> Result<Self::Packet<'b, T>, Error> {
            let mut budget = limits.budget(buf.len());
            T::parse(TableRef::at(buf, root)?, &mut budget).map($wrap)
        }
        #[inline]
        fn with<T: Table, R>(packet: &Self::Packet<'_, T>, read: impl for<'v> FnOnce(&T::View<'v, Self>) -> R) -> R {
            read(&T::lend(packet, ()))
        }
        #[inline(always)]
        fn out<T>(result: Result<T, Infallible>) -> T {
            match result {
                Ok(value) => value,
                Err(never) => match never {},
            }
        }
        #[inline(always)]
        fn settle<T>(result: Result<T, Error>, fallback: impl FnOnce() -> T) -> Result<T, Infallible> {
            Ok(result.unwrap_or_else(|_| fallback()))
        }
        #[inline(always)]
        fn buffer<B, O>(buffered: Infallible, _: B) -> O {
            match buffered {}
        }
        #[inline(always)]
        fn owner<B, O>((): (), value: O) -> O {
            value
        }
        #[inline(always)]
        fn made<'s, T>((): (), value: T) -> Lent<'s, T> {
            Lent::Made(value)
        }
        #[inline(always)]
        fn made_elem<'s, T>((): (), value: T) -> Lent<'s, T> {
            Lent::Made(value)
        }
        #[inline(always)]
        fn pick<'s, B: 's, O: Copy, R>(
            store: &'s O,
            _: impl FnOnce(Infallible, &'s B) -> R,
            on_value: impl FnOnce((), O) -> R,
        ) -> R {
            on_value((), *store)
        }
    };
}

impl sealed::Sealed for Greedy {}
impl Mode for Greedy {
    on_value!(T => Frozen<T>, Frozen::new);
    forgets_fields!();
    forgets_elements!();
}

impl sealed::Sealed for GreedyMutable {}
impl Mode for GreedyMutable {
    on_value!(T => T, core::convert::identity);
    forgets_fields!();
    forgets_elements!();
}
