//! Where the modes keep what they have read.

use alloc::boxed::Box;
use core::{cell::OnceCell, marker::PhantomData};

/// Elements per page of a [`Progressive`](super::Progressive) vector.
pub const PAGE: usize = 32;

/// A cell that keeps nothing.
#[derive(Debug)]
pub struct NoCell<T>(PhantomData<fn() -> T>);

impl<T> Default for NoCell<T> {
    #[inline(always)]
    fn default() -> Self {
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

type Page<T> = Box<[OnceCell<T>]>;

/// Elements remembered one by one, room made for [`PAGE`] at a time.
#[derive(Debug)]
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
        let rest = match count.div_ceil(PAGE).saturating_sub(1) {
            0 => Box::default(),
            rest => cells(rest),
        };
        Self { count, first: OnceCell::new(), rest }
    }

    #[inline(always)]
    pub(crate) fn slot(&self, index: usize) -> Option<&OnceCell<T>> {
        match self.first.get().and_then(|page| page.get(index)) {
            Some(cell) => Some(cell),
            None => self.turn_to(index),
        }
    }

    /// [`slot`](Self::slot) in a page that is not made yet, or is not the first.
    #[inline(never)]
    fn turn_to(&self, index: usize) -> Option<&OnceCell<T>> {
        let number = index / PAGE;
        let page = match number.checked_sub(1) {
            None => &self.first,
            Some(number) => self.rest.get(number)?,
        };
        let page = page.get_or_init(|| {
            let left = self.count.saturating_sub(number.saturating_mul(PAGE));
            cells(left.min(PAGE))
        });
        page.get(index % PAGE)
    }
}

fn cells<T>(count: usize) -> Box<[OnceCell<T>]> {
    (0..count).map(|_| OnceCell::new()).collect()
}

/// `OnceCell::get_or_try_init`, which is not stable yet.
///
/// Through `set`, which is inlined: `get_or_init` is an outlined cold path in std, and would cost a
/// copy of each view.
#[inline(always)]
pub(crate) fn once<T, E>(cell: &OnceCell<T>, mut read: impl FnMut() -> Result<T, E>) -> Result<&T, E> {
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
