//! Where the modes keep what they have read.

use alloc::boxed::Box;
use core::{cell::OnceCell, fmt, marker::PhantomData};

/// Elements per page of a [`Progressive`](super::Progressive) vector.
pub const PAGE: usize = 32;

/// A cell that keeps nothing.
pub struct NoCell<T>(PhantomData<fn() -> T>);

impl<T> NoCell<T> {
    #[inline(always)]
    pub(crate) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T> Clone for NoCell<T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for NoCell<T> {}

impl<T> fmt::Debug for NoCell<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NoCell")
    }
}

type Page<T> = Box<[OnceCell<T>]>;

/// Elements remembered one by one, room made for [`PAGE`] at a time.
pub struct Rows<T> {
    count: usize,
    /// By itself, since most vectors have no other.
    first: OnceCell<Page<T>>,
    rest: Box<[OnceCell<Page<T>>]>,
}

impl<T> Rows<T> {
    /// Room for `count` elements, which the caller has seen in the bytes.
    #[inline]
    pub(crate) fn new(count: usize) -> Self {
        let rest = count.div_ceil(PAGE).saturating_sub(1);
        Self { count, first: OnceCell::new(), rest: (0..rest).map(|_| OnceCell::new()).collect() }
    }

    #[inline(always)]
    pub(crate) fn slot(&self, index: usize) -> Option<&OnceCell<T>> {
        let page = match index / PAGE {
            0 => &self.first,
            page => self.rest.get(page - 1)?,
        };
        let page = match page.get() {
            Some(page) => page,
            None => self.make(page, index / PAGE),
        };
        page.get(index % PAGE)
    }

    #[cold]
    fn make<'s>(&self, cell: &'s OnceCell<Page<T>>, page: usize) -> &'s Page<T> {
        let rest = self.count.saturating_sub(page.saturating_mul(PAGE));
        cell.get_or_init(|| (0..rest.min(PAGE)).map(|_| OnceCell::new()).collect())
    }
}

impl<T> fmt::Debug for Rows<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rows").field("count", &self.count).finish_non_exhaustive()
    }
}

/// `OnceCell::get_or_try_init`, which is not stable yet.
///
/// Through `set`, which is inlined: `get_or_init` is an outlined cold path in std, and would cost a
/// copy of each view.
#[inline(always)]
pub(crate) fn memo<T, E>(cell: &OnceCell<T>, mut read: impl FnMut() -> Result<T, E>) -> Result<&T, E> {
    if let Some(value) = cell.get() {
        return Ok(value);
    }
    // `read` cannot fill the cell: it sees the bytes alone.
    drop(cell.set(read()?));
    match cell.get() {
        Some(value) => Ok(value),
        None => {
            let value = read()?;
            Ok(cell.get_or_init(|| value))
        }
    }
}
