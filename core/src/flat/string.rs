//! Strings.
#![warn(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use super::{
    Budget, Element, Error, Item, Mode, Verifier,
    element::{OffsetElement, OffsetKind},
    item::{Kind, Member, lent_by_value},
    wire::{self, TableRef},
    write::{Out, Spot, Stop},
};
use alloc::{borrow::ToOwned, string::String};
use core::str;

impl Item for String {
    type Kind = StringKind;
}

impl Element for String {
    type Kind = OffsetKind;
}

/// The kind of a string.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct StringKind;

#[inline(always)]
fn text(bytes: &[u8]) -> Result<&str, Error> {
    str::from_utf8(bytes).map_err(|_| Error::Utf8)
}

impl Kind<String> for StringKind {
    type Place<'b> = &'b [u8];
    type View<'b, M: Mode> = &'b str;
    type Lent<'s, 'b: 's, M: Mode> = &'b str;
    type Borrowed<'b> = &'b str;
    /// Text cannot change in place: it would change the size.
    type Edit<'b> = &'b str;

    lent_by_value!(String);

    #[inline(always)]
    fn locate(table: TableRef<'_>, slot: usize) -> Result<Option<&[u8]>, Error> {
        match table.target(slot)? {
            Some(pos) => wire::blob(table.buf, pos).map(Some),
            None => Ok(None),
        }
    }
    #[inline(always)]
    fn view<'b: 'b, M: Mode>(place: &'b [u8], _: M::Buffered) -> Result<&'b str, Error> {
        text(place)
    }
    #[inline(always)]
    fn fallback<'b, M: Mode>(_: M::Buffered) -> &'b str {
        ""
    }
    #[inline(always)]
    fn lend<'s, 'b: 's, M: Mode>(view: M::Ref<'s, &'b str>) -> &'b str {
        *view
    }
    #[inline(always)]
    fn own<M: Mode>(value: &String, _: M::Owned) -> &str {
        value
    }
    #[inline]
    fn parse(place: &[u8], budget: &mut Budget) -> Result<String, Error> {
        budget.spend(place.len())?;
        text(place).map(ToOwned::to_owned)
    }
    #[inline]
    fn parse_into(value: &mut String, place: &[u8], budget: &mut Budget) -> Result<(), Error> {
        budget.spend(place.len())?;
        value.clear();
        value.push_str(text(place)?);
        Ok(())
    }
    #[inline(always)]
    fn borrow<'b: 'b>(place: &'b [u8], budget: &mut Budget) -> Result<&'b str, Error> {
        budget.spend(place.len())?;
        text(place)
    }
    #[inline]
    fn check(verifier: &mut Verifier<'_>, table: TableRef<'_>, slot: usize) -> Result<bool, Error> {
        match verifier.target(table, slot)? {
            Some(pos) => Self::check_at(verifier, pos).map(|()| true),
            None => Ok(false),
        }
    }
    #[inline(always)]
    fn max_size(value: &String) -> usize {
        Self::size_at(value)
    }
    #[inline(always)]
    fn put<'a>(value: &'a String, out: &mut Out<'_, 'a>, spot: Spot, slot: usize) -> Result<(), Stop> {
        let at = out.at(spot, slot);
        Self::put_linked(value, out, at)
    }
    fn edit(buf: &mut [u8], table: usize, slot: usize) -> Result<Option<&str>, Error> {
        match Self::locate(TableRef::at(buf, table)?, slot)? {
            Some(place) => text(place).map(Some),
            None => Ok(None),
        }
    }
}

impl Member<String> for StringKind {
    #[inline(always)]
    fn place_at(buf: &[u8], pos: usize) -> Result<&[u8], Error> {
        wire::blob(buf, pos)
    }
    #[inline]
    fn check_at(verifier: &mut Verifier<'_>, pos: usize) -> Result<(), Error> {
        let bytes = wire::blob(verifier.buf, pos).map_err(|error| verifier.fail(pos, error))?;
        verifier.spend(pos, bytes.len())?;
        verifier.aligned(pos, 4)?;
        if text(bytes).is_err() {
            return Err(verifier.fail(pos, Error::Utf8));
        }
        if verifier.limits.terminated {
            let end = pos.saturating_add(4).saturating_add(bytes.len());
            if verifier.buf.get(end) != Some(&0) {
                return Err(verifier.fail(end, Error::Unterminated));
            }
        }
        Ok(())
    }
    #[inline(always)]
    fn put_linked<'a>(value: &'a String, out: &mut Out<'_, 'a>, at: usize) -> Result<(), Stop> {
        if out.shares(at, value)? {
            return Ok(());
        }
        let pos = out.string(value)?;
        out.link(at, pos)
    }
    #[inline(always)]
    fn size_at(value: &String) -> usize {
        value.len().saturating_add(8)
    }
    fn edit_at(buf: &mut [u8], pos: usize) -> Result<&str, Error> {
        text(wire::blob(buf, pos)?)
    }
}

impl OffsetElement<String> for StringKind {
    type Element<'s, 'b: 's, M: Mode> = &'b str;

    #[inline(always)]
    fn lend_element<'s, 'b: 's, M: Mode>(view: M::Elem<'s, &'b str>) -> &'b str {
        *view
    }
}
