//! Vectors, and how their elements are read in each mode.
#![warn(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use super::{
    Budget, Error, FlatStr, Inline, Item, Mode, Verifier,
    edit::VectorMut,
    inline::room,
    item::{Kind, lent_by_reference},
    wire::{self, TableRef},
    write::{Out, Spot, Stop},
};
use alloc::{string::String, vec::Vec};
use core::{cmp::Ordering, fmt};

/// A type that a vector can hold: all of [`Item`] but vectors. Implemented by the derives.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be an element of a FlatBuffers vector",
    note = "elements are scalars, enums, flags, structs, strings, tables and unions; wrap a vector in a table"
)]
pub trait Element: Item {
    #[doc(hidden)]
    type Kind: ElementKind<Self>;
}

/// How elements of one kind lie in a vector, and what each mode makes of them.
///
/// Part of the contract between the derives and this crate, not for direct use.
#[doc(hidden)]
pub trait ElementKind<T: 'static>: 'static {
    const STRIDE: usize;
    const ALIGN: usize;
    const SLOTS: usize = 1;

    type View<'b, M: Mode>;
    type Lent<'s, 'b: 's, M: Mode>;
    type Borrowed<'b>;
    type Edit<'b>;
    /// What the vector remembers of its elements.
    type Memory<'b, M: Mode>;

    fn memory<'b, M: Mode>(raw: RawVector<'b>, buffered: M::Buffered) -> Self::Memory<'b, M>;
    fn lend<'s, 'b: 's, M: Mode>(
        raw: RawVector<'b>,
        memory: &'s Self::Memory<'b, M>,
        index: usize,
        last: &mut Last<'b>,
        buffered: M::Buffered,
    ) -> Option<Result<Self::Lent<'s, 'b, M>, M::Error>>;
    fn own<'s, 'b: 's, M: Mode>(value: &'b T, owned: M::Owned) -> Self::Lent<'s, 'b, M>;
    fn parse<'b>(raw: RawVector<'b>, index: usize, last: &mut Last<'b>, budget: &mut Budget) -> Result<T, Error>;
    #[inline]
    fn parse_into<'b>(
        value: &mut T,
        raw: RawVector<'b>,
        index: usize,
        last: &mut Last<'b>,
        budget: &mut Budget,
    ) -> Result<(), Error> {
        *value = Self::parse(raw, index, last, budget)?;
        Ok(())
    }
    fn borrow<'b>(
        raw: RawVector<'b>,
        index: usize,
        last: &mut Last<'b>,
        budget: &mut Budget,
    ) -> Result<Self::Borrowed<'b>, Error>;
    fn check(verifier: &mut Verifier<'_>, raw: RawVector<'_>) -> Result<(), Error>;
    /// An upper bound of the bytes that the elements take outside the vector.
    fn max_size(items: &[T]) -> usize;
    /// Writes the elements; `tags` is where the types of unions go.
    fn put<'a>(items: &'a [T], out: &mut Out<'_, 'a>, at: usize, tags: usize) -> Result<(), Stop>;
    fn edit(buf: &mut [u8], at: usize, tags: usize, index: usize) -> Result<Self::Edit<'_>, Error>;
    fn order(a: &T, b: &T) -> Option<Ordering>;
}

/// Where the vtable seen last lies, and its slots: the tables of a vector mostly share one.
#[doc(hidden)]
pub type Last<'b> = (usize, &'b [u8]);

/// No vtable yet: none can lie there.
pub(crate) const NONE: Last<'static> = (usize::MAX, &[]);

/// A vector in the bytes, its extent checked.
#[derive(Clone, Copy, Debug)]
pub struct RawVector<'b> {
    pub(crate) buf: &'b [u8],
    /// Where the first element lies.
    pub(crate) at: usize,
    pub(crate) count: usize,
    /// The types of a vector of unions.
    pub(crate) tags: &'b [u8],
}

impl<'b> RawVector<'b> {
    const EMPTY: Self = Self { buf: &[], at: 0, count: 0, tags: &[] };

    /// The vector at byte `pos`; constant time.
    #[inline(always)]
    pub(crate) fn at(buf: &'b [u8], pos: usize, stride: usize) -> Result<Self, Error> {
        let count = wire::u32_at(buf, pos)?;
        // No overflow: four bytes were read at `pos`.
        let at = pos.wrapping_add(4);
        wire::span(buf, at, count.checked_mul(stride).ok_or(Error::OutOfBounds)?)?;
        Ok(Self { buf, at, count, tags: &[] })
    }

    #[inline(always)]
    pub(crate) fn chunk<T: Inline>(self, index: usize) -> Option<&'b [u8]> {
        if index >= self.count {
            return None;
        }
        let at = self.at.wrapping_add(index.wrapping_mul(T::SIZE));
        wire::span(self.buf, at, T::LEAST).ok()
    }

    /// Where the offset of element `index`, which must be below the count, lies.
    #[inline(always)]
    pub(crate) fn slot(self, index: usize) -> usize {
        self.at.wrapping_add(index.wrapping_mul(4))
    }
}

/// A vector, read in mode `M`.
///
/// In the modes that keep the bytes it is a view of them.
/// Elements that lie in their place (scalars, enums, structs) are read where they lie in every
/// such mode: to remember them would cost more than to read them.
pub struct Vector<'b, E: Element, M: Mode> {
    store: M::Store<OnBytes<'b, E, M>, &'b [E]>,
}

struct OnBytes<'b, E: Element, M: Mode> {
    raw: RawVector<'b>,
    memory: <<E as Element>::Kind as ElementKind<E>>::Memory<'b, M>,
}

/// What an element of a vector is lent as.
pub type ElementOf<'s, 'b, E, M> = <<E as Element>::Kind as ElementKind<E>>::Lent<'s, 'b, M>;

impl<'b, E: Element, M: Mode> Vector<'b, E, M> {
    #[inline(always)]
    fn new(raw: RawVector<'b>, buffered: M::Buffered) -> Self {
        let memory = <E as Element>::Kind::memory::<M>(raw, buffered);
        Self { store: M::buffer(buffered, OnBytes { raw, memory }) }
    }

    /// How many elements it has.
    #[inline]
    pub fn len(&self) -> usize {
        M::pick(&self.store, |_, bytes| bytes.raw.count, |_, items: &[E]| items.len())
    }

    /// Whether it has no elements.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The element at `index`, `None` past the end; constant time.
    ///
    /// A mode that remembers elements lends the same one again.
    #[inline]
    pub fn get(&self, index: usize) -> Option<M::Out<ElementOf<'_, 'b, E, M>>> {
        self.read(index, &mut { NONE }).map(M::out)
    }

    #[inline(always)]
    pub(crate) fn read<'s>(
        &'s self,
        index: usize,
        last: &mut Last<'b>,
    ) -> Option<Result<ElementOf<'s, 'b, E, M>, M::Error>> {
        M::pick(
            &self.store,
            |buffered, bytes| <E as Element>::Kind::lend::<M>(bytes.raw, &bytes.memory, index, last, buffered),
            |owned, items: &'b [E]| Some(Ok(<E as Element>::Kind::own::<M>(items.get(index)?, owned))),
        )
    }

    /// Its elements, first to last.
    #[inline]
    pub fn iter(&self) -> VectorIter<'_, 'b, E, M> {
        VectorIter { vector: self, next: 0, count: self.len(), last: NONE }
    }

    #[inline]
    pub(crate) fn raw(&self) -> Result<RawVector<'b>, &'b [E]> {
        M::pick(&self.store, |_, bytes| Ok(bytes.raw), |_, items: &'b [E]| Err(items))
    }
}

impl<'b, M: Mode> Vector<'b, u8, M> {
    /// The bytes as they lie in the packet, or in the owned value.
    #[inline]
    pub fn as_bytes(&self) -> &'b [u8] {
        match self.raw() {
            Ok(raw) => wire::span(raw.buf, raw.at, raw.count).unwrap_or_default(),
            Err(items) => items,
        }
    }
}

impl<'b, M: Mode> Vector<'b, String, M> {
    /// The string at `index` without a check of its UTF-8, `None` past the end.
    #[inline]
    pub fn get_flat(&self, index: usize) -> Option<M::Out<FlatStr<'b>>> {
        Some(M::out(match self.raw() {
            Ok(raw) if index < raw.count => {
                let bytes = wire::follow(raw.buf, raw.slot(index)).and_then(|pos| wire::blob(raw.buf, pos));
                M::settle(bytes.map(FlatStr::new), FlatStr::default)
            }
            Ok(_) => return None,
            Err(items) => Ok(FlatStr::from(items.get(index)?.as_str())),
        }))
    }
}

impl<E: Element, M: Mode> fmt::Debug for Vector<'_, E, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vector").field("len", &self.len()).finish_non_exhaustive()
    }
}

impl<'s, 'b, E: Element, M: Mode> IntoIterator for &'s Vector<'b, E, M> {
    type Item = M::Out<ElementOf<'s, 'b, E, M>>;
    type IntoIter = VectorIter<'s, 'b, E, M>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The elements of a [`Vector`].
pub struct VectorIter<'s, 'b, E: Element, M: Mode> {
    vector: &'s Vector<'b, E, M>,
    next: usize,
    count: usize,
    /// The vtable of the table before: the tables of a vector mostly share one.
    last: Last<'b>,
}

impl<'s, 'b, E: Element, M: Mode> Iterator for VectorIter<'s, 'b, E, M> {
    type Item = M::Out<ElementOf<'s, 'b, E, M>>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let element = self.vector.read(self.next, &mut self.last)?;
        self.next = self.next.wrapping_add(1);
        Some(M::out(element))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let rest = self.count.saturating_sub(self.next);
        (rest, Some(rest))
    }
}

impl<E: Element, M: Mode> ExactSizeIterator for VectorIter<'_, '_, E, M> {}

impl<E: Element, M: Mode> fmt::Debug for VectorIter<'_, '_, E, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VectorIter").field("next", &self.next).finish_non_exhaustive()
    }
}

/// The kind of a vector as a field.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct VecKind;

impl<E: Element> Item for Vec<E> {
    type Kind = VecKind;
}

type Elem<E> = <E as Element>::Kind;

impl<E: Element> Kind<Vec<E>> for VecKind {
    const SLOTS: usize = Elem::<E>::SLOTS;
    const INLINE: [(usize, usize); 2] = [(4, 4), if Elem::<E>::SLOTS == 2 { (4, 4) } else { (0, 1) }];

    type Place<'b> = RawVector<'b>;
    type View<'b, M: Mode> = Vector<'b, E, M>;
    type Lent<'s, 'b: 's, M: Mode> = M::Ref<'s, Vector<'b, E, M>>;
    type Borrowed<'b> = Vec<<Elem<E> as ElementKind<E>>::Borrowed<'b>>;
    type Edit<'b> = VectorMut<'b, E>;

    lent_by_reference!(Vec<E>);

    #[inline(always)]
    fn locate(table: TableRef<'_>, slot: usize) -> Result<Option<RawVector<'_>>, Error> {
        if Elem::<E>::SLOTS == 1 {
            return match table.target(slot)? {
                Some(pos) => RawVector::at(table.buf, pos, Elem::<E>::STRIDE).map(Some),
                None => Ok(None),
            };
        }
        let tags = table.target(slot)?;
        let (tags, values) = match (tags, table.target(slot.wrapping_add(1))?) {
            (Some(tags), Some(values)) => (tags, values),
            (None, None) => return Ok(None),
            (Some(_), None) | (None, Some(_)) => return Err(Error::Union),
        };
        let mut raw = RawVector::at(table.buf, values, Elem::<E>::STRIDE)?;
        raw.tags = wire::blob(table.buf, tags)?;
        if raw.tags.len() == raw.count { Ok(Some(raw)) } else { Err(Error::UnionCount) }
    }
    #[inline(always)]
    fn view<'b: 'b, M: Mode>(place: RawVector<'b>, buffered: M::Buffered) -> Result<Vector<'b, E, M>, Error> {
        Ok(Vector::new(place, buffered))
    }
    #[inline(always)]
    fn fallback<'b, M: Mode>(buffered: M::Buffered) -> Vector<'b, E, M> {
        Vector::new(RawVector::EMPTY, buffered)
    }
    #[inline(always)]
    fn lend<'s, 'b: 's, M: Mode>(view: M::Ref<'s, Vector<'b, E, M>>) -> M::Ref<'s, Vector<'b, E, M>> {
        view
    }
    #[inline(always)]
    fn own<M: Mode>(value: &Vec<E>, owned: M::Owned) -> Vector<'_, E, M> {
        Vector { store: M::owner(owned, value) }
    }
    fn parse(place: RawVector<'_>, budget: &mut Budget) -> Result<Vec<E>, Error> {
        budget.spend(place.count.saturating_mul(Elem::<E>::STRIDE))?;
        // The elements were seen in the bytes, so their count is no larger than the packet.
        let (mut items, mut last) = (room(place.count), NONE);
        for index in 0..place.count {
            items.push(Elem::<E>::parse(place, index, &mut last, budget)?);
        }
        Ok(items)
    }
    fn parse_into(value: &mut Vec<E>, place: RawVector<'_>, budget: &mut Budget) -> Result<(), Error> {
        budget.spend(place.count.saturating_mul(Elem::<E>::STRIDE))?;
        value.truncate(place.count);
        let mut last = NONE;
        for (index, item) in value.iter_mut().enumerate() {
            Elem::<E>::parse_into(item, place, index, &mut last, budget)?;
        }
        for index in value.len()..place.count {
            value.push(Elem::<E>::parse(place, index, &mut last, budget)?);
        }
        Ok(())
    }
    fn borrow<'b: 'b>(place: RawVector<'b>, budget: &mut Budget) -> Result<Self::Borrowed<'b>, Error> {
        budget.spend(place.count.saturating_mul(Elem::<E>::STRIDE))?;
        // A copy of the budget, which the loop keeps in registers.
        let mut own = *budget;
        let (mut items, mut last) = (room(place.count), NONE);
        for index in 0..place.count {
            items.push(Elem::<E>::borrow(place, index, &mut last, &mut own)?);
        }
        *budget = own;
        Ok(items)
    }
    fn check(verifier: &mut Verifier<'_>, table: TableRef<'_>, slot: usize) -> Result<bool, Error> {
        let place = match <Self as Kind<Vec<E>>>::locate(table, slot) {
            Ok(Some(place)) => place,
            Ok(None) => return Ok(false),
            Err(error) => return Err(verifier.fail(table.field(slot).unwrap_or(table.pos), error)),
        };
        let pos = place.at.saturating_sub(4);
        verifier.spend(pos, place.count.saturating_mul(Elem::<E>::STRIDE).saturating_add(4))?;
        verifier.aligned(pos, 4)?;
        verifier.aligned(place.at, Elem::<E>::ALIGN)?;
        Elem::<E>::check(verifier, place)?;
        Ok(true)
    }
    fn max_size(value: &Vec<E>) -> usize {
        let stride = Elem::<E>::STRIDE.saturating_add(Elem::<E>::SLOTS.saturating_sub(1));
        let inline = stride.saturating_mul(value.len());
        inline.saturating_add(4 + 4 + 4 + 32).saturating_add(Elem::<E>::max_size(value))
    }
    #[inline(always)]
    fn presence(_: &Vec<E>) -> u128 {
        if Elem::<E>::SLOTS == 2 { 0b11 } else { 1 }
    }
    fn put<'a>(value: &'a Vec<E>, out: &mut Out<'_, 'a>, spot: Spot, slot: usize) -> Result<(), Stop> {
        let style = out.style();
        let mut tags = 0;
        let mut field = out.at(spot, slot);
        if Elem::<E>::SLOTS == 2 {
            tags = out.vector(value.len(), 1, 1)?;
            out.link(field, tags.saturating_sub(4))?;
            field = out.at(spot, slot.wrapping_add(1));
        }
        let at = out.vector(value.len(), Elem::<E>::STRIDE, Elem::<E>::ALIGN.max(style.align))?;
        out.link(field, at.saturating_sub(4))?;
        if style.shared {
            out.share_elements();
        }
        if style.sorted {
            let mut sorted: Vec<&E> = value.iter().collect();
            sorted.sort_by(|a, b| Elem::<E>::order(a, b).unwrap_or(Ordering::Equal));
            for (index, item) in sorted.into_iter().enumerate() {
                let at = at.saturating_add(index.saturating_mul(Elem::<E>::STRIDE));
                Elem::<E>::put(core::slice::from_ref(item), out, at, tags.saturating_add(index))?;
            }
            return Ok(());
        }
        Elem::<E>::put(value, out, at, tags)
    }
    fn edit(buf: &mut [u8], table: usize, slot: usize) -> Result<Option<VectorMut<'_, E>>, Error> {
        let Some(raw) = <Self as Kind<Vec<E>>>::locate(TableRef::at(buf, table)?, slot)? else {
            return Ok(None);
        };
        let (at, count) = (raw.at, raw.count);
        let tags = if Elem::<E>::SLOTS == 2 {
            TableRef::at(buf, table)?.target(slot)?.unwrap_or_default().saturating_add(4)
        } else {
            0
        };
        Ok(Some(VectorMut::new(buf, at, count, tags)))
    }
}
