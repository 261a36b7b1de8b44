//! FlatBuffers in six deserialization modes, straight from the receive buffer.
pub use error::{Error, Fault, WriteError};
pub use lent::Lent;
pub use limits::{Budget, Limits};
pub use cache::PAGE;
pub use edit::{InPlace, VectorMut, edit, edit_with};
pub use frame::{Frame, parse_into, parse_into_with, read, read_borrowed, read_borrowed_with, read_prefixed, read_with};
pub use frozen::Frozen;
pub use inline::{InPlaceKind, Inline, Scalar, Struct};
pub use item::Item;
pub use key::{Key, Keyed};
pub use mode::{Greedy, GreedyMutable, Lazy, Mode, Outcome, Progressive, PropertyCache, VectorCache, Verified};
pub use nested::{Nested, NestedRef};
pub use packet::Packet;
pub use table::Table;
pub use text::FlatStr;
pub use union::Union;
pub use value::Value;
pub use vector::{Element, ElementOf, Vector, VectorIter};
pub use verify::{Verifier, verify, verify_with};
pub use wire::TableRef;
pub use write::{Writer, to_vec};
pub use wharf_derive::{Enum, Flags, Struct, Table, Union};

mod cache;
mod count;
mod edit;
mod error;
mod frame;
mod frozen;
mod inline;
mod item;
mod key;
mod lent;
mod limits;
mod mode;
mod nested;
mod packet;
mod string;
#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "tests")]
mod tests;
mod table;
mod text;
mod union;
mod value;
mod vector;
mod verify;
mod wire;
mod write;

/// What derived code is made of. Not for direct use; it may change in any release.
#[doc(hidden)]
pub mod __private {
    pub use super::{
        cache::{NoCell, Rows},
        edit::TableMut,
        inline::{InPlaceKind, align_up, part, put_part},
        item::{BorrowedOf, EditOf, Kind, KindOf, Member, ViewOf},
        nested::NestedKind,
        string::StringKind,
        table::{BoxKind, TableKind, to_owned},
        union::{UnionKind, UnionRef},
        value::{Requirable, Required, Text, field, flat_field, owned_field},
        vector::{ElementKind, OffsetElement, OffsetKind, RawVector, VecKind},
        write::{Layout, Out, Spot, Stop},
    };
    pub use super::wire::TableRef;
}
