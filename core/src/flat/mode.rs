//! What a mode decides.

use super::{Error, Limits, Table};
use core::ops::Deref;

/// A deserialization mode: one of the six marker types, or [`Verified`](super::Verified) around one that
/// keeps the bytes.
///
/// Code that is generic over the mode takes a table's view, `MonsterView<'_, M>`, and turns what a
/// getter gives into a `Result` with [`Outcome::checked`].
/// The trait is sealed; its items beside [`Out`](Self::Out) and [`Packet`](Self::Packet) serve the
/// derived code.
pub trait Mode: sealed::Sealed + Sized + 'static {
    /// What is read at once when a packet is opened: a view, or the owned value.
    type Packet<'b, T: Table>;
    /// What a getter gives: `T`, or `Result<T, Error>` where the bytes are not known to be good.
    type Out<T>: Outcome<T>;

    #[doc(hidden)]
    type Error: Copy + Into<Error>;
    /// Keeps what is lent by reference.
    #[doc(hidden)]
    type Cell<T>: Default;
    /// Keeps what is lent by value.
    #[doc(hidden)]
    type Memo<T>: Default;
    /// How a boxed table is kept in a view: as itself where nothing is remembered.
    type Boxed<T>;
    #[doc(hidden)]
    type Pages<T>;
    /// How a remembered view is lent.
    type Ref<'s, T: 's>: Deref<Target = T>;
    /// How an element of a vector is lent.
    type Elem<'s, T: 's>: Deref<Target = T>;
    /// Proof that the mode reads bytes: cannot be made in the others.
    #[doc(hidden)]
    type Buffered: Copy;
    /// Proof that the mode owns values: cannot be made in the others.
    #[doc(hidden)]
    type Owned: Copy;
    #[doc(hidden)]
    type Store<B, O>;

    /// Opens the table that `verify` or the caller has found.
    #[doc(hidden)]
    fn open<'b, T: Table>(buf: &'b [u8], root: usize, limits: &Limits) -> Result<Self::Packet<'b, T>, Error>;
    /// Whether [`open`](Self::open) wants the packet verified first.
    #[doc(hidden)]
    const VERIFY: bool = false;

    /// Lends the packet's view to code that is generic over the mode.
    fn with<T: Table, R>(packet: &Self::Packet<'_, T>, read: impl for<'v> FnOnce(&T::View<'v, Self>) -> R) -> R;

    #[doc(hidden)]
    fn out<T>(result: Result<T, Self::Error>) -> Self::Out<T>;
    #[doc(hidden)]
    fn settle<T>(result: Result<T, Error>, fallback: impl FnOnce() -> T) -> Result<T, Self::Error>;
    #[doc(hidden)]
    fn remember<'s, T>(
        cell: &'s Self::Cell<T>,
        read: impl FnMut() -> Result<T, Self::Error>,
    ) -> Result<Self::Ref<'s, T>, Self::Error>;
    #[doc(hidden)]
    fn recall<T: Copy>(memo: &Self::Memo<T>, read: impl FnOnce() -> Result<T, Self::Error>) -> Result<T, Self::Error>;
    #[doc(hidden)]
    fn made<'s, T>(owned: Self::Owned, value: T) -> Self::Ref<'s, T>;
    #[doc(hidden)]
    fn made_elem<'s, T>(owned: Self::Owned, value: T) -> Self::Elem<'s, T>;
    #[doc(hidden)]
    fn kept<T>(value: &T) -> Self::Ref<'_, T>;
    #[doc(hidden)]
    fn transpose<T>(value: Self::Ref<'_, Option<T>>) -> Option<Self::Ref<'_, T>>;
    #[doc(hidden)]
    fn boxed<T>(value: T) -> Self::Boxed<T>;
    #[doc(hidden)]
    fn unbox<T>(value: Self::Ref<'_, Self::Boxed<T>>) -> Self::Ref<'_, T>;
    /// Looks into a boxed member of a union, in code that is generic over the mode.
    fn unboxed<T>(value: &Self::Boxed<T>) -> &T;
    #[doc(hidden)]
    fn pages<T>(count: usize, read: impl FnMut(usize) -> Result<T, Self::Error>) -> Self::Pages<T>;
    #[doc(hidden)]
    fn element<T>(
        pages: &Self::Pages<T>,
        index: usize,
        read: impl FnMut() -> Result<T, Self::Error>,
    ) -> Option<Result<Self::Elem<'_, T>, Self::Error>>;
    #[doc(hidden)]
    fn buffer<B, O>(buffered: Self::Buffered, fields: B) -> Self::Store<B, O>;
    #[doc(hidden)]
    fn owner<B, O>(owned: Self::Owned, value: O) -> Self::Store<B, O>;
    #[doc(hidden)]
    fn pick<'s, B: 's, O: Copy, R>(
        store: &'s Self::Store<B, O>,
        on_bytes: impl FnOnce(Self::Buffered, &'s B) -> R,
        on_value: impl FnOnce(Self::Owned, O) -> R,
    ) -> R;
}

pub(super) mod sealed {
    #[allow(unnameable_types, reason = "that is what seals")]
    pub trait Sealed {}
}

/// What a getter gives, brought to one form for code that is generic over the mode.
pub trait Outcome<T> {
    /// The value, or why it could not be read.
    ///
    /// # Errors
    ///
    /// What the getter found wrong; never in a mode whose getters are infallible.
    fn checked(self) -> Result<T, Error>;
}

impl<T> Outcome<T> for Result<T, Error> {
    #[inline(always)]
    fn checked(self) -> Self {
        self
    }
}

/// A plain value, from a mode whose getters cannot fail.
impl<T> Outcome<T> for T {
    #[inline(always)]
    fn checked(self) -> Result<T, Error> {
        Ok(self)
    }
}
