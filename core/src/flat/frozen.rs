//! An owned value that can be read but not changed.

use core::ops::Deref;

/// What [`Greedy`](super::Greedy) reads: an owned `T` behind a shared reference.
///
/// Changing a field does not compile:
///
/// ```compile_fail,E0594
/// # use wharf::flat::{Frozen, Greedy, Table, read, to_vec};
/// #[derive(Table, Clone, Debug, PartialEq)]
/// struct Door { open: bool }
/// let bytes = to_vec(&Door { open: false }).unwrap();
/// let mut door = read::<Door, Greedy>(&bytes).unwrap();
/// door.open = true; // cannot assign to data in dereference of `Frozen<Door>`
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Frozen<T>(T);

impl<T> Frozen<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(value)
    }

    /// Gives the value up to be changed: from [`Greedy`](super::Greedy) to
    /// [`GreedyMutable`](super::GreedyMutable), at no cost.
    #[inline]
    pub fn into_mut(self) -> T {
        self.0
    }
}

impl<T> Deref for Frozen<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        &self.0
    }
}
