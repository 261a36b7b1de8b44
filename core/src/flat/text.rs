//! A string as it lies in the packet, its UTF-8 not yet checked.

use super::{
    Error, Mode,
    item::{Kind, KindOf},
    value::{Required, Value},
    wire::TableRef,
};
use alloc::string::String;
use core::{fmt, str};

/// A string of a packet whose UTF-8 has not been checked.
///
/// Checking is what reading a string costs (about 5 ns for 36 bytes); length, equality, order and
/// hash need none, and agree with those of `str`.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FlatStr<'b>(&'b [u8]);

impl<'b> FlatStr<'b> {
    #[inline(always)]
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    /// Its length in bytes.
    #[inline]
    pub fn len(self) -> usize {
        self.0.len()
    }

    /// Whether it has no bytes.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// Its bytes, without the closing zero.
    #[inline]
    pub fn as_bytes(self) -> &'b [u8] {
        self.0
    }

    /// The text; linear in its length.
    ///
    /// # Errors
    ///
    /// The bytes are not UTF-8. Never on a verified packet.
    #[inline]
    pub fn to_str(self) -> Result<&'b str, str::Utf8Error> {
        str::from_utf8(self.0)
    }
}

impl PartialEq<str> for FlatStr<'_> {
    #[inline]
    fn eq(&self, other: &str) -> bool {
        self.0 == other.as_bytes()
    }
}

impl PartialEq<&str> for FlatStr<'_> {
    #[inline]
    fn eq(&self, other: &&str) -> bool {
        self.0 == other.as_bytes()
    }
}

impl<'b> From<&'b str> for FlatStr<'b> {
    #[inline]
    fn from(text: &'b str) -> Self {
        Self(text.as_bytes())
    }
}

impl AsRef<[u8]> for FlatStr<'_> {
    #[inline]
    fn as_ref(&self) -> &[u8] {
        self.0
    }
}

impl fmt::Display for FlatStr<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for chunk in self.0.utf8_chunks() {
            f.write_str(chunk.valid())?;
            if !chunk.invalid().is_empty() {
                f.write_str("\u{fffd}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for FlatStr<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0.escape_ascii())
    }
}

/// A string field, for the getter that does not check its UTF-8.
#[doc(hidden)]
pub trait Text: Value {
    type Flat<'b>;
    fn flat(table: TableRef<'_>, slot: usize) -> Result<Self::Flat<'_>, Error>;
    fn flat_fallback<'b>() -> Self::Flat<'b>;
    fn own_flat(value: &Self::Owned) -> Self::Flat<'_>;
}

#[inline(always)]
fn flat(table: TableRef<'_>, slot: usize) -> Result<Option<FlatStr<'_>>, Error> {
    Ok(<KindOf<String> as Kind<String>>::locate(table, slot)?.map(FlatStr::new))
}

impl Text for Option<String> {
    type Flat<'b> = Option<FlatStr<'b>>;
    #[inline(always)]
    fn flat(table: TableRef<'_>, slot: usize) -> Result<Option<FlatStr<'_>>, Error> {
        flat(table, slot)
    }
    #[inline(always)]
    fn flat_fallback<'b>() -> Option<FlatStr<'b>> {
        None
    }
    #[inline(always)]
    fn own_flat(value: &Self) -> Option<FlatStr<'_>> {
        value.as_deref().map(FlatStr::from)
    }
}

impl Text for String {
    type Flat<'b> = FlatStr<'b>;
    #[inline(always)]
    fn flat(table: TableRef<'_>, slot: usize) -> Result<FlatStr<'_>, Error> {
        flat(table, slot).map(Option::unwrap_or_default)
    }
    #[inline(always)]
    fn flat_fallback<'b>() -> FlatStr<'b> {
        FlatStr::default()
    }
    #[inline(always)]
    fn own_flat(value: &Self) -> FlatStr<'_> {
        FlatStr::from(value.as_str())
    }
}

impl Text for Required<String> {
    type Flat<'b> = FlatStr<'b>;
    #[inline(always)]
    fn flat(table: TableRef<'_>, slot: usize) -> Result<FlatStr<'_>, Error> {
        flat(table, slot)?.ok_or(Error::Missing)
    }
    #[inline(always)]
    fn flat_fallback<'b>() -> FlatStr<'b> {
        FlatStr::default()
    }
    #[inline(always)]
    fn own_flat(value: &String) -> FlatStr<'_> {
        FlatStr::from(value.as_str())
    }
}

/// Reads a string field without a check of its UTF-8.
#[doc(hidden)]
#[inline(always)]
pub fn flat_field<V: Text, M: Mode>(table: TableRef<'_>, slot: usize) -> Result<V::Flat<'_>, M::Error> {
    M::settle(V::flat(table, slot), V::flat_fallback)
}
