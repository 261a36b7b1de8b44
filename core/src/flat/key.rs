//! Sorted vectors: an element found by its key, on the raw bytes.
#![warn(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use super::{
    Element, Error, InPlaceKind, Item, Mode, Scalar, Vector,
    item::Kind,
    string::StringKind,
    vector::{ElementKind as _, ElementOf},
    wire::{self, TableRef},
};
use alloc::string::String;
use core::cmp::Ordering;

/// A type that can be a key: a number, `bool`, an enum, flags or a string.
pub trait Key: Item {
    /// What one looks for: the scalar itself, or `str`.
    type Probe: ?Sized;

    /// The order of two keys; strings as their bytes.
    fn order(&self, other: &Self) -> Ordering;
    /// This key as something to look for.
    fn probe(&self) -> &Self::Probe;
    #[doc(hidden)]
    fn order_probe(a: &Self::Probe, b: &Self::Probe) -> Ordering;
    #[doc(hidden)]
    fn order_at(
        table: TableRef<'_>,
        slot: usize,
        default: Option<Self>,
        probe: &Self::Probe,
    ) -> Result<Ordering, Error>;
}

impl<T: Scalar + PartialOrd + Item<Kind = InPlaceKind>> Key for T {
    type Probe = T;

    #[inline]
    fn order(&self, other: &T) -> Ordering {
        self.partial_cmp(other).unwrap_or(Ordering::Equal)
    }
    #[inline]
    fn probe(&self) -> &T {
        self
    }
    #[inline]
    fn order_probe(a: &T, b: &T) -> Ordering {
        a.order(b)
    }
    #[inline]
    fn order_at(table: TableRef<'_>, slot: usize, default: Option<T>, probe: &T) -> Result<Ordering, Error> {
        let key = match <InPlaceKind as Kind<T>>::locate(table, slot)? {
            Some(bytes) => T::decode(bytes),
            None => default.unwrap_or(T::ZERO),
        };
        Ok(key.order(probe))
    }
}

impl Key for String {
    type Probe = str;

    #[inline]
    fn order(&self, other: &Self) -> Ordering {
        self.as_bytes().cmp(other.as_bytes())
    }
    #[inline]
    fn probe(&self) -> &str {
        self
    }
    #[inline]
    fn order_probe(a: &str, b: &str) -> Ordering {
        a.cmp(b)
    }
    #[inline]
    fn order_at(table: TableRef<'_>, slot: usize, _: Option<Self>, probe: &str) -> Result<Ordering, Error> {
        let key = <StringKind as Kind<Self>>::locate(table, slot)?.ok_or(Error::Missing)?;
        Ok(key.cmp(probe.as_bytes()))
    }
}

/// A table or struct with a key: one of its fields says `#[flat(key)]`.
pub trait Keyed: Element {
    /// The key's type.
    type Key: Key;

    /// Its key.
    fn key(&self) -> &Self::Key;
    /// The order of the key of the element that lies in a vector at byte `at`, and of `probe`.
    #[doc(hidden)]
    fn order_at(buf: &[u8], at: usize, probe: &<Self::Key as Key>::Probe) -> Result<Ordering, Error>;
}

/// [`Keyed::order_at`] of a table whose key is field `slot`.
#[doc(hidden)]
#[inline]
pub fn order_table<K: Key>(
    buf: &[u8],
    at: usize,
    slot: usize,
    default: Option<K>,
    probe: &K::Probe,
) -> Result<Ordering, Error> {
    let table = TableRef::at(buf, wire::follow(buf, at)?)?;
    K::order_at(table, slot, default, probe)
}

/// [`Keyed::order_at`] of a struct whose key begins at `offset`.
#[doc(hidden)]
#[inline]
pub fn order_struct<K: Key<Probe = K> + Scalar>(
    buf: &[u8],
    at: usize,
    offset: usize,
    probe: &K,
) -> Result<Ordering, Error> {
    let bytes = wire::span(buf, at.saturating_add(offset), K::SIZE)?;
    Ok(Key::order(&K::decode(bytes), probe))
}

impl<'b, E: Keyed, M: Mode> Vector<'b, E, M> {
    /// Finds an element by its key, in a vector that its writer has sorted.
    ///
    /// A binary search on the raw bytes: keys are compared where they lie, and no element is made
    /// but the one that is found. Where several have the key, any of them.
    pub fn find(&self, key: &<E::Key as Key>::Probe) -> M::Out<Option<ElementOf<'_, 'b, E, M>>> {
        M::out(self.search(key))
    }

    fn search(&self, key: &<E::Key as Key>::Probe) -> Result<Option<ElementOf<'_, 'b, E, M>>, M::Error> {
        let index = match self.raw() {
            Ok(raw) => {
                let stride = <E as Element>::Kind::STRIDE;
                let find = bisect(raw.count, |index| {
                    E::order_at(raw.buf, raw.at.saturating_add(index.saturating_mul(stride)), key)
                });
                M::settle(find, || None)?
            }
            Err(items) => items.binary_search_by(|item| <E::Key as Key>::order_probe(item.key().probe(), key)).ok(),
        };
        match index {
            Some(index) => self.read(index, &mut (usize::MAX, &[])).transpose(),
            None => Ok(None),
        }
    }
}

fn bisect(count: usize, mut order: impl FnMut(usize) -> Result<Ordering, Error>) -> Result<Option<usize>, Error> {
    let (mut low, mut high) = (0_usize, count);
    while low < high {
        let middle = low.midpoint(high);
        match order(middle)? {
            Ordering::Equal => return Ok(Some(middle)),
            Ordering::Less => low = middle.saturating_add(1),
            Ordering::Greater => high = middle,
        }
    }
    Ok(None)
}
