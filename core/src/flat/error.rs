//! Why bytes are not the FlatBuffer that the schema promises.

use core::{convert::Infallible, fmt};

/// Why a read was refused.
///
/// One byte and `Copy`, so that a fallible getter costs no more than an infallible one.
/// [`verify`](super::verify) says also which table, field and byte: see [`Fault`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Error {
    /// The bytes end before what is read does.
    OutOfBounds,
    /// A table's vtable is shorter than its header, of odd length, or outside the bytes.
    Vtable,
    /// An offset is zero: it leads to itself.
    NullOffset,
    /// A field that the schema calls required is absent.
    Missing,
    /// A string is not UTF-8.
    Utf8,
    /// A string does not end in a zero byte.
    Unterminated,
    /// A union has a type without a value, or (strict) a value without a type.
    Union,
    /// A vector of unions has types and values of different counts.
    UnionCount,
    /// A union's type is unknown (strict only; otherwise it is kept as a number).
    UnknownTag,
    /// A struct is cut short of its padding (strict only).
    Padding,
    /// A value does not lie at a multiple of its alignment (on request only).
    Alignment,
    /// Tables are nested deeper than the limit.
    Depth,
    /// More work than the limit allows for this many bytes: data is shared too often.
    Work,
    /// The size prefix does not match the bytes at hand.
    Prefix,
    /// The file identifier is not the schema's.
    Identifier,
    /// The field is absent, so there is nothing to write over.
    Absent,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OutOfBounds => "bytes end inside a value",
            Self::Vtable => "malformed vtable",
            Self::NullOffset => "offset is zero",
            Self::Missing => "required field is absent",
            Self::Utf8 => "string is not UTF-8",
            Self::Unterminated => "string does not end in a zero byte",
            Self::Union => "union type and value do not match",
            Self::UnionCount => "vector of unions has types and values of different counts",
            Self::UnknownTag => "unknown union type",
            Self::Padding => "struct without its padding",
            Self::Alignment => "misaligned value",
            Self::Depth => "tables are nested too deeply",
            Self::Work => "data is shared more often than the work limit allows",
            Self::Prefix => "size prefix does not match the bytes",
            Self::Identifier => "file identifier does not match",
            Self::Absent => "field is absent",
        })
    }
}

impl core::error::Error for Error {}

impl From<Infallible> for Error {
    #[inline]
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

/// What [`verify`](super::verify) found wrong, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Fault {
    /// What is wrong.
    pub error: Error,
    /// The table's name in the schema; empty before the root table is reached.
    pub table: &'static str,
    /// The field's name in the schema; empty for the table itself.
    pub field: &'static str,
    /// Bytes from the start of the packet to the faulty item.
    pub offset: usize,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { error, table, field, offset } = self;
        match (table.is_empty(), field.is_empty()) {
            (true, _) => write!(f, "{error} at byte {offset}"),
            (false, true) => write!(f, "{error} in table {table} at byte {offset}"),
            (false, false) => write!(f, "{error} in {table}.{field} at byte {offset}"),
        }
    }
}

impl core::error::Error for Fault {}

impl From<Fault> for Error {
    #[inline]
    fn from(fault: Fault) -> Self {
        fault.error
    }
}

/// Why a value could not be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WriteError {
    /// The buffer is too small; `needed` bytes are always enough.
    BufferTooSmall {
        /// An upper bound of the packet's length, in bytes.
        needed: usize,
    },
    /// The packet would pass the 2 GiB that an offset can span.
    TooLarge,
    /// A union holds a type that this schema does not know, so its value is not at hand.
    /// 0 is none, in a union that is required.
    UnknownTag(u8),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BufferTooSmall { needed } => {
                write!(f, "buffer too small: {needed} bytes are enough")
            }
            Self::TooLarge => f.write_str("packet exceeds 2147483647 bytes"),
            Self::UnknownTag(tag) => write!(f, "union of unknown type {tag} can't be written"),
        }
    }
}

impl core::error::Error for WriteError {}
