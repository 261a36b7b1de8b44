//! What a getter lends: a view made for this call, or one that the parent remembers.

use core::{fmt, ops::Deref};

/// A view, either made for this call or borrowed from where it is kept; reads as `T`.
#[allow(clippy::exhaustive_enums, reason = "there is no third way")]
pub enum Lent<'s, T> {
    /// Made for this call.
    Made(T),
    /// Kept by the parent.
    Kept(&'s T),
}

impl<T> Deref for Lent<'_, T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        match self {
            Self::Made(value) => value,
            Self::Kept(value) => value,
        }
    }
}

impl<T: Copy> Lent<'_, T> {
    /// The view itself.
    #[inline]
    pub fn into_inner(self) -> T {
        *self
    }
}

impl<'s, T> Lent<'s, Option<T>> {
    #[inline(always)]
    pub(crate) fn transpose(self) -> Option<Lent<'s, T>> {
        match self {
            Self::Made(value) => value.map(Lent::Made),
            Self::Kept(value) => value.as_ref().map(Lent::Kept),
        }
    }
}

impl<T: Clone> Clone for Lent<'_, T> {
    #[inline]
    fn clone(&self) -> Self {
        match self {
            Self::Made(value) => Self::Made(value.clone()),
            Self::Kept(value) => Self::Kept(value),
        }
    }
}

impl<T: Copy> Copy for Lent<'_, T> {}

impl<T: fmt::Debug> fmt::Debug for Lent<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
