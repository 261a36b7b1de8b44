//! Schemas that only their types give away: each does not compile, with the error in the comment.
//!
//! A scalar can't be required:
//! ```compile_fail,E0277
//! #[derive(wharf::flat::Table, Clone, Debug, PartialEq)]
//! struct T { #[flat(required)] number: u8 } // `u8` can't be required
//! ```
//! A table or struct says what its absence is:
//! ```compile_fail,E0277
//! #[derive(wharf::flat::Struct, Clone, Copy, Debug, PartialEq)]
//! struct Point { x: i32 }
//! #[derive(wharf::flat::Table, Clone, Debug, PartialEq)]
//! struct T { at: Point } // make it `Option<Point>`, or say `#[flat(required)]`
//! ```
//! A union has two numbers, and the field says so:
//! ```compile_fail,E0080
//! #[derive(wharf::flat::Union, Clone, Debug, PartialEq)]
//! enum U { Text(String), #[flat(unknown)] Unknown(u8) }
//! #[derive(wharf::flat::Table, Clone, Debug, PartialEq)]
//! struct T { any: Option<U> } // `any` holds unions: say #[flat(union)]
//! ```
//! ```compile_fail,E0080
//! #[derive(wharf::flat::Table, Clone, Debug, PartialEq)]
//! struct T { #[flat(union)] text: Option<String> } // `text` holds no union
//! ```
//! A vector is sorted by the key of its tables:
//! ```compile_fail,E0277
//! #[derive(wharf::flat::Table, Clone, Debug, PartialEq)]
//! struct Leaf { size: u8 }
//! #[derive(wharf::flat::Table, Clone, Debug, PartialEq)]
//! struct T { #[flat(sorted)] leaves: Vec<Leaf> } // `Leaf: Keyed` is not satisfied
//! ```
//! Vectors hold no vectors:
//! ```compile_fail,E0277
//! #[derive(wharf::flat::Table, Clone, Debug, PartialEq)]
//! struct T { rows: Vec<Vec<u8>> } // `Vec<u8>` can't be an element of a FlatBuffers vector
//! ```
//! A struct holds no text, and not itself:
//! ```compile_fail,E0277
//! #[derive(wharf::flat::Struct, Clone, Debug, PartialEq)]
//! struct S { name: String }
//! ```
//! ```compile_fail,E0072
//! #[derive(wharf::flat::Struct, Clone, Copy, Debug, PartialEq)]
//! struct S { inner: S } // recursive type has infinite size
//! ```
//! `force_align` only raises an alignment:
//! ```compile_fail,E0080
//! #[derive(wharf::flat::Struct, Clone, Copy, Debug, PartialEq)]
//! #[flat(force_align = 2)]
//! struct S { wide: u64 }
//! ```
//! A default has the field's type:
//! ```compile_fail,E0308
//! #[derive(wharf::flat::Table, Clone, Debug, PartialEq)]
//! struct T { #[flat(default = 300.0)] number: u8 }
//! ```
//! What is no FlatBuffers type is none in a field:
//! ```compile_fail,E0277
//! #[derive(wharf::flat::Table, Clone, Debug, PartialEq)]
//! struct T { pointer: Option<usize> } // `usize` is not a FlatBuffers type
//! ```
