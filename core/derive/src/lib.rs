//! Derive macros for wharf's FlatBuffers: a schema as plain Rust types.
//!
//! Use them through `wharf::flat`, which documents what they make.
//! A derive goes through four steps, each a module: `ast` takes the input apart, `attr` reads
//! `#[flat(...)]`, `valid` refuses what is no schema, and one module a derive writes the code.
//! Where a schema is refused the macro still writes a stub of the trait, so that the one mistake
//! is not buried under others that follow from it.
#![forbid(unsafe_code)]

mod ast;
mod attr;
mod bits;
mod number;
mod record;
mod stub;
mod table;
mod union;
mod valid;
mod view;

#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// A FlatBuffers table from a struct with named fields.
///
/// On the struct: `#[flat(file_identifier = "MONS")]`, `#[flat(crate = path)]`.
/// On a field:
///
/// | attribute | the field |
/// |---|---|
/// | `id = 3` | has this number; on all fields or on none |
/// | `default = 100` | has this default (scalars) |
/// | `required` | must be present (all but scalars) |
/// | `deprecated` | keeps its number, is neither read nor written |
/// | `key` | is what vectors of this table are sorted by |
/// | `union` | is a union or a vector of unions, and has two numbers |
/// | `greedy` | is read when the table is, in every mode |
/// | `sorted` | is a vector that is written sorted by key |
/// | `shared` | is a string, or a vector of strings, of which equal ones are written once |
/// | `force_align = 16` | is a vector whose elements begin at such a multiple |
#[proc_macro_derive(Table, attributes(flat))]
pub fn derive_table(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    finish(&parse_macro_input!(input), table::expand, stub::table)
}

/// A FlatBuffers struct from a Rust struct with named fields of fixed size.
///
/// On the struct: `#[flat(force_align = 16)]`, `#[flat(crate = path)]`.
/// On one field: `#[flat(key)]`, if vectors of this struct are sorted by it (a scalar).
#[proc_macro_derive(Struct, attributes(flat))]
pub fn derive_struct(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    finish(&parse_macro_input!(input), record::expand, record::stub)
}

/// A FlatBuffers enum from a Rust enum with `#[repr(u8)]` or another fixed integer.
///
/// One variant says `#[flat(unknown)]` and holds the numbers that the schema does not know.
#[proc_macro_derive(Enum, attributes(flat))]
pub fn derive_enum(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    finish(&parse_macro_input!(input), number::expand, number::stub)
}

/// FlatBuffers bit flags from a struct around an unsigned integer.
///
/// `#[flat(bits(FLY, SWIM, RUN = 4))]` names the bits; unknown ones survive.
#[proc_macro_derive(Flags, attributes(flat))]
pub fn derive_flags(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    finish(&parse_macro_input!(input), bits::expand, bits::stub)
}

/// A FlatBuffers union from an enum whose variants each hold a table, a struct or a string.
///
/// Types count from 1 in order, or from `#[flat(tag = 5)]`.
/// One variant says `#[flat(unknown)]` and holds the types that the schema does not know.
#[proc_macro_derive(Union, attributes(flat))]
pub fn derive_union(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    finish(&parse_macro_input!(input), union::expand, union::stub)
}

fn finish(
    input: &DeriveInput,
    expand: fn(&DeriveInput) -> syn::Result<TokenStream>,
    stub: fn(&DeriveInput, &TokenStream) -> TokenStream,
) -> proc_macro::TokenStream {
    expand_or_stub(input, expand, stub).into()
}

fn expand_or_stub(
    input: &DeriveInput,
    expand: fn(&DeriveInput) -> syn::Result<TokenStream>,
    stub: fn(&DeriveInput, &TokenStream) -> TokenStream,
) -> TokenStream {
    match ast::without_self(input).and_then(|input| expand(&input)) {
        Ok(code) => code,
        Err(error) => {
            let mut code = error.to_compile_error();
            code.extend(stub(input, &attr::crate_path_or_default(input)));
            code
        }
    }
}
