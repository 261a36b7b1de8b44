//! FlatBuffers in six deserialization modes, straight from the receive buffer.
//!
//! A schema is plain Rust types with derives; the same types read, verify, write and edit packets
//! that every FlatBuffers tool understands.
//! The mode is chosen where the packet is read, and one schema serves all.
//!
//! ```
//! use wharf::flat::{Enum, GreedyMutable, Lazy, Progressive, Struct, Table, Union, read, to_vec};
//!
//! #[derive(Struct, Clone, Copy, Debug, PartialEq)]
//! struct Vec3 { x: f32, y: f32, z: f32 }
//!
//! #[derive(Enum, Clone, Copy, Debug, PartialEq)]
//! #[repr(u8)]
//! enum Color { Red, Green, Blue, #[flat(unknown)] Unknown(u8) }
//!
//! #[derive(Table, Clone, Debug, PartialEq)]
//! struct Weapon {
//!     #[flat(key)] name: String,
//!     damage: i16,
//! }
//!
//! #[derive(Union, Clone, Debug, PartialEq)]
//! enum Equipment { Weapon(Weapon), Spell(String), #[flat(unknown)] Unknown(u8) }
//!
//! #[derive(Table, Clone, Debug, PartialEq)]
//! #[flat(file_identifier = "MONS")]
//! struct Monster {
//!     #[flat(required)] name: String,
//!     pos: Option<Vec3>,
//!     #[flat(default = 100)] hp: i16,
//!     #[flat(default = Color::Blue)] color: Color,
//!     #[flat(sorted)] weapons: Vec<Weapon>,
//!     #[flat(union)] equipped: Option<Equipment>,
//! }
//!
//! let orc = Monster {
//!     name: "Orc".into(),
//!     pos: Some(Vec3 { x: 1.0, y: 2.0, z: 3.0 }),
//!     hp: 80,
//!     color: Color::Green,
//!     weapons: vec![Weapon { name: "axe".into(), damage: 5 }, Weapon { name: "bow".into(), damage: 3 }],
//!     equipped: Some(Equipment::Spell("fog".into())),
//! };
//! let packet = to_vec(&orc)?;
//!
//! // Lazy: nothing is read but what is asked for.
//! let monster = read::<Monster, Lazy>(&packet)?;
//! assert_eq!(monster.hp()?, 80);
//! assert_eq!(monster.weapons()?.find("bow")?.unwrap().damage()?, 3);
//!
//! // Progressive: what was read is remembered.
//! let monster = read::<Monster, Progressive>(&packet)?;
//! assert!(std::ptr::eq(monster.weapons()?.get(0).unwrap()?, monster.weapons()?.get(0).unwrap()?));
//!
//! // Greedy: an owned value, and the packet's bytes are free.
//! let mut monster = read::<Monster, GreedyMutable>(&packet)?;
//! drop(packet);
//! monster.hp -= 10;
//! assert_eq!(monster.equipped, Some(Equipment::Spell("fog".into())));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Which mode when
//!
//! | you | take | it costs |
//! |---|---|---|
//! | read a few fields once, and drop the packet | [`Lazy`] | no heap; each access checks what it reads |
//! | ask for the same strings and tables again and again | [`PropertyCache`] | a cell for each field of a view |
//! | go over the same vectors again and again | [`Progressive`] | a block for each page of 32 elements touched |
//! | know that all elements will be touched | [`VectorCache`] | a block for each vector touched |
//! | keep the value, and want the buffer back | [`Greedy`] | a block for each string and vector |
//! | change the value | [`GreedyMutable`] | as `Greedy` |
//! | keep the value only while the bytes are there | [`read_borrowed`] | a block for each vector |
//! | receive many values of one kind, one after the other | [`parse_into`] | nothing, once capacities have grown |
//! | change a few numbers and forward the packet | [`edit`] | nothing |
//! | distrust the sender, and want getters without `Result` | [`Verified`] around one of the first four | one pass over the packet |
//! | keep or send the packet with its bytes | [`Packet`] | nothing beside the bytes |
//!
//! FlatSharp, from which the modes come, advises Greedy by default, since in C# a lazy string or
//! table is an object made at each access.
//! In Rust a lazy view is a few words on the stack, so the advice turns around: **begin with
//! [`Lazy`]**; it is the fastest to read each field once or twice and takes no heap.
//! What a repeated access costs is the check of a string's UTF-8 (about 5 ns for 36 bytes): a caching
//! mode does it once, and the getters that end in `_flat` not at all (see [`FlatStr`]).
//! Measured with 30 tables of FlatSharp's benchmark, one full traversal takes Lazy 1, Progressive 1.2
//! and Greedy 4 times as long as Lazy takes for one; for five traversals it is 5, 2.5 and 5.
//! So remembering pays from the second traversal on, and owning when the value outlives its bytes.
//! `tests/peers` prints the figures for your machine.
//!
//! Caching modes are neither `Sync` nor slower for it: give each thread a view of its own over the
//! shared bytes.
//!
//! # Fallible and infallible getters
//!
//! Nothing needs to be verified before it is read: a getter checks what it reads, in constant time,
//! and gives a `Result`. Under [`Verified`] the same getter gives the plain value:
//!
//! ```
//! use wharf::flat::{Lazy, Table, Verified, read, to_vec, verify};
//!
//! #[derive(Table, Clone, Debug, PartialEq)]
//! struct Door { name: Option<String> }
//!
//! let mut packet = to_vec(&Door { name: Some("gate".into()) })?;
//! assert_eq!(read::<Door, Verified<Lazy>>(&packet)?.name(), Some("gate"));
//! let text = packet.windows(4).position(|bytes| bytes == b"gate").unwrap();
//! packet[text] = 0xff;
//! assert!(read::<Door, Lazy>(&packet)?.name().is_err());
//! assert_eq!(verify::<Door>(&packet).unwrap_err().to_string(), "string is not UTF-8 in Door.name at byte 12");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Code for all modes
//!
//! Each table `T` has one view type, `TView<'b, M>`, with the mode as its parameter.
//! Code that is generic over the mode takes that view and turns what a getter gives into a `Result`:
//!
//! ```
//! use wharf::flat::{Error, Greedy, Lazy, Mode, Outcome as _, Progressive, Table, read, to_vec};
//!
//! #[derive(Table, Clone, Debug, PartialEq)]
//! struct Door { width: i32 }
//!
//! #[derive(Table, Clone, Debug, PartialEq)]
//! struct House { doors: Vec<Door> }
//!
//! fn total<M: Mode>(house: &HouseView<'_, M>) -> Result<i32, Error> {
//!     let mut sum = 0;
//!     for door in &*house.doors().checked()? {
//!         let door = door.checked()?;
//!         sum += door.width().checked()?;
//!     }
//!     Ok(sum)
//! }
//!
//! fn total_in<M: Mode>(packet: &[u8]) -> Result<i32, Error> {
//!     let house = read::<House, M>(packet)?;
//!     M::with(&house, |house: &HouseView<'_, M>| total(house))
//! }
//!
//! let packet = to_vec(&House { doors: vec![Door { width: 90 }, Door { width: 80 }] })?;
//! assert_eq!(total_in::<Lazy>(&packet)?, 170);
//! assert_eq!(total_in::<Progressive>(&packet)?, 170);
//! assert_eq!(total_in::<Greedy>(&packet)?, 170);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # A field greedy on its own
//!
//! `#[flat(greedy)]` reads a field when its table is read, in every mode; its getter is then
//! infallible and costs a load. It pays for what is asked for in an inner loop.
//! A fault in such a field surfaces where the table is made.
//!
//! # What does not compile
//!
//! What FlatSharp raises at run time does not compile here.
//! A view has no setters (a `NotMutableException` there):
//!
//! ```compile_fail,E0599
//! # use wharf::flat::{Lazy, Table, read, to_vec};
//! # #[derive(Table, Clone, Debug, PartialEq)]
//! # struct Door { width: i32 }
//! # let packet = to_vec(&Door { width: 1 }).unwrap();
//! let mut door = read::<Door, Lazy>(&packet).unwrap();
//! door.width_mut(); // only `edit` gives what has `width_mut`
//! ```
//!
//! And a view cannot be used once its buffer is received into (undefined there):
//!
//! ```compile_fail,E0502
//! # use wharf::flat::{Lazy, Table, read, to_vec};
//! # #[derive(Table, Clone, Debug, PartialEq)]
//! # struct Door { width: i32 }
//! # let mut buffer = to_vec(&Door { width: 1 }).unwrap();
//! let door = read::<Door, Lazy>(&buffer).unwrap();
//! buffer.fill(0); // the next packet arrives
//! door.width();
//! ```
//!
//! # What the derives make
//!
//! | for | beside the trait |
//! |---|---|
//! | table `T` | `TView<'b, M>` with a getter for each field and `to_owned`; `TRef<'b>`, greedy with strings lent; `TMut<'b>` with `field_mut` for each field |
//! | union `U` | `UView<'b, M>`, `URef<'b>`, `UMut<'b>`, enums like `U` |
//! | enum, flags | `From` the number and into it |
//!
//! Types of fields: the ten numbers, `bool`, enums, flags, structs, `String`, tables, `Box` of a
//! table, unions, [`Nested`] buffers, and `Vec` of all but vectors; [`Value`] says what each is when absent.
//! Structs hold numbers, `bool`, enums, flags, structs, and arrays of them.
//! Absent from this crate: 64-bit offsets, FlexBuffers, and tables of more than 128 fields.
//! Any table can be a root.

pub use cache::PAGE;
pub use codec::{FlatCodec, FlatEdit, FlatPackets, flat_packets, flat_sender};
pub use edit::{InPlace, VectorMut, edit, edit_with};
pub use error::{Error, Fault, WriteError};
pub use frame::{
    Frame, parse_into, parse_into_with, read, read_borrowed, read_borrowed_with, read_prefixed, read_with,
};
pub use frozen::Frozen;
pub use inline::{InPlaceKind, Inline, Scalar, Struct};
pub use item::Item;
pub use key::{Key, Keyed};
pub use lent::Lent;
pub use limits::{Budget, Limits};
pub use mode::{Mode, Outcome};
pub use modes::{Greedy, GreedyMutable, Lazy, Progressive, PropertyCache, VectorCache, Verified};
pub use nested::{Nested, NestedRef};
pub use packet::Packet;
pub use table::Table;
pub use text::FlatStr;
pub use union::Union;
pub use value::Value;
pub use vector::{Element, ElementOf, Vector, VectorIter};
pub use verify::{Verifier, verify, verify_with};
pub use wharf_derive::{Enum, Flags, Struct, Table, Union};
pub use wire::TableRef;
pub use write::{Writer, to_vec};

mod cache;
mod codec;
mod count;
mod edit;
mod element;
mod error;
mod frame;
mod frozen;
mod inline;
mod item;
mod key;
mod lent;
mod limits;
mod mode;
mod modes;
mod nested;
mod packet;
#[cfg(doctest)]
mod refused;
mod shape;
mod string;
mod table;
#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "tests")]
mod tests;
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
    pub use super::wire::TableRef;
    pub use super::{
        cache::{NoCell, Rows},
        edit::TableMut,
        element::{OffsetElement, OffsetKind},
        inline::{InPlaceKind, align_up, part, put_part},
        item::{BorrowedOf, EditOf, Kind, KindOf, Member, ViewOf},
        key::{order_struct, order_table},
        nested::NestedKind,
        shape::Layout,
        string::StringKind,
        table::{BoxKind, TableKind, to_owned},
        text::{Text, flat_field},
        union::{UnionKind, UnionRef},
        value::{Requirable, Required, owned_field},
        vector::{ElementKind, Last, RawVector, VecKind},
        write::{Out, Spot, Stop},
    };
}
