//! What the derives refuse, with which words and where they point; what they write.

use crate::{bits, expand_or_stub, number, record, stub, table, union};
use proc_macro2::TokenStream;
use std::{env, fs, path::Path};
use syn::{DeriveInput, spanned::Spanned as _};

type Expand = fn(&DeriveInput) -> syn::Result<TokenStream>;

/// The source is refused with this message, which points at this part of it.
#[track_caller]
fn check(expand: Expand, source: &str, at: &str, message: &str) {
    let input: DeriveInput = syn::parse_str(source).unwrap();
    let error = expand(&input).expect_err(source);
    assert_eq!(error.to_string(), message);
    let whole = input.span().source_text().unwrap();
    assert!(whole.contains(at), "{at} is no part of {whole}");
    assert_eq!(error.span().source_text().as_deref(), Some(at));
}

#[test]
fn refuses_tables_that_are_no_schema() {
    let check = |source, at, message| check(table::expand, source, at, message);
    check("enum T { A }", "T", "a table is a struct with named fields");
    check("struct T(u8);", "T", "a table is a struct with named fields");
    check("struct T<X> { a: X }", "<X>", "a FlatBuffers type has no generic parameters");
    check(
        "struct T { #[flat(nonsense)] a: u8 }",
        "nonsense",
        "`nonsense` can't stand here; what can is id, default, required, deprecated, key, union, greedy, sorted, shared, force_align",
    );
    check(
        "#[flat(force_align = 4)] struct T { a: u8 }",
        "force_align",
        "`force_align` can't stand here; what can is file_identifier, crate",
    );
    check("struct T { #[flat(id = 0, id = 1)] a: u8 }", "id", "`id` is said twice");
    check(
        "struct T { #[flat(id = 0)] a: u8, b: u8 }",
        "b",
        "`b` has no id, while other fields have: give all an id, or none",
    );
    check("struct T { #[flat(id = 0)] a: u8, #[flat(id = 0)] b: u8 }", "0", "id 0 of `b` is taken by `a`");
    check(
        "struct T { #[flat(id = 0)] a: u8, #[flat(id = 2)] b: u8 }",
        "0",
        "id 1 is missing: ids are consecutive; keep the number of a dropped field with `deprecated`",
    );
    check("struct T { #[flat(id = 128)] a: u8 }", "128", "an id is at most 127");
    check(
        "struct T { #[flat(id = 0, union)] u: Option<U> }",
        "0",
        "union `u` has no room for its type, which takes the id before: start at 1",
    );
    check(
        "struct T { #[flat(id = 0)] a: u8, #[flat(id = 1, union)] u: Option<U> }",
        "1",
        "union `u` has no room for its type: id 0 is taken by `a`",
    );
    check("struct T { #[flat(required)] a: Option<u8> }", "required", "`a` can't be both required and an `Option`");
    check(
        "struct T { #[flat(required, default = 1)] a: u8 }",
        "required",
        "`a` is required, so it is never its default",
    );
    check(
        "struct T { #[flat(default = 1)] a: Option<u8> }",
        "default",
        "`a` can't have a default: only a scalar that is no `Option` has",
    );
    check(
        "struct T { #[flat(deprecated, key)] a: u8 }",
        "deprecated",
        "`a` is deprecated, so it is neither read nor written: drop its other attributes",
    );
    check(
        "struct T { #[flat(key)] a: Option<u8> }",
        "key",
        "`a` can't be the key: a key is a scalar or a `String`, and always there",
    );
    check("struct T { #[flat(key)] a: u8, #[flat(key)] b: u8 }", "key", "a table has one key");
    check("struct T { #[flat(sorted)] a: u8 }", "sorted", "`a` can't be sorted: it is no vector");
    check("struct T { #[flat(shared)] a: Vec<u8> }", "shared", "`a` can't be shared: it holds no strings");
    check("struct T { #[flat(force_align = 3)] a: Vec<u8> }", "3", "an alignment is 1, 2, 4, 8, 16 or 32");
    check(
        "struct T { #[flat(force_align = 8)] a: u8 }",
        "8",
        "`a` can't be aligned: only a vector can, or a struct's own type",
    );
    check("#[flat(file_identifier = \"MON\")] struct T { a: u8 }", "\"MON\"", "a file identifier is four bytes");
    let many = format!("struct T {{ {} }}", (0..129).map(|field| format!("f{field}: u8, ")).collect::<String>());
    check(&many, "f128", "a table has at most 128 fields, a union counting twice");
}

#[test]
fn refuses_structs_that_are_no_schema() {
    let check = |source, at, message| check(record::expand, source, at, message);
    check("struct S {}", "S", "a struct has at least one field");
    check("union S { a: u8 }", "S", "a struct is a struct with named fields");
    check("struct S { #[flat(id = 1)] a: u8 }", "id", "`id` can't stand here; what can is key");
    check("struct S { #[flat(key)] a: u8, #[flat(key)] b: u8 }", "key", "a struct has one key");
    check("#[flat(force_align = 64)] struct S { a: u8 }", "64", "an alignment is 1, 2, 4, 8, 16 or 32");
}

#[test]
fn refuses_enums_that_are_no_schema() {
    let check = |source, at, message| check(number::expand, source, at, message);
    check("#[repr(u8)] struct E;", "E", "a FlatBuffers enum is an enum");
    check("enum E { A, #[flat(unknown)] U(u8) }", "E", "say which integer the enum is on the wire, as in #[repr(u8)]");
    check(
        "#[repr(usize)] enum E { A, #[flat(unknown)] U(usize) }",
        "usize",
        "an enum can't be `usize` on the wire; what it can be is u8, i8, u16, i16, u32, i32, u64, i64",
    );
    check(
        "#[repr(u8)] enum E { A }",
        "E",
        "an enum is open: add a variant `#[flat(unknown)] Unknown(u8)` for numbers that the schema does not know",
    );
    check(
        "#[repr(u8)] enum E { A(u8) }",
        "A(u8)",
        "`A` holds a value: only the variant that says #[flat(unknown)] does",
    );
    check("#[repr(u8)] enum E { A = 1, B = 1 }", "B = 1", "`B` has the value of `A`");
    check("#[repr(u8)] enum E { A = X }", "X", "an enum's value is written as an integer literal");
    check(
        "#[repr(u8)] enum E { #[flat(unknown)] U }",
        "#[flat(unknown)] U",
        "the unknown variant holds the number, as in `Unknown(u8)`",
    );
    check(
        "#[repr(u8)] enum E { #[flat(unknown)] U(u8), #[flat(unknown)] V(u8) }",
        "#[flat(unknown)] V(u8)",
        "`U` is the unknown variant already",
    );
}

#[test]
fn refuses_flags_that_are_no_schema() {
    let check = |source, at, message| check(bits::expand, source, at, message);
    check("struct F(i8);", "F", "bit flags are a struct around one of u8, u16, u32, u64");
    check("#[flat(bits(A = 8))] struct F(u8);", "A", "`A` is bit 8, which a u8 has not");
    check("#[flat(bits(A = 1, B = 1))] struct F(u8);", "B", "`B` is bit 1, which is taken");
}

#[test]
fn refuses_unions_that_are_no_schema() {
    let check = |source, at, message| check(union::expand, source, at, message);
    check("struct U;", "U", "a FlatBuffers union is an enum");
    check("enum U { A }", "A", "`A` holds one table, struct or `String`");
    check("enum U { #[flat(tag = 0)] A(A) }", "0", "tag 0 says that there is no member: start at 1");
    check("enum U { #[flat(tag = 256)] A(A) }", "256", "a tag is at most 255");
    check("enum U { A(A), #[flat(tag = 1)] B(B) }", "1", "tag 1 of `B` is taken by `A`");
    check("enum U { #[flat(unknown, tag = 1)] A(u8) }", "unknown", "the unknown variant has no tag of its own");
    check(
        "enum U { A(A) }",
        "U",
        "a union is open: add a variant `#[flat(unknown)] Unknown(u8)` for types that the schema does not know",
    );
}

#[test]
fn writes_a_stub_beside_the_error() {
    let input: DeriveInput = syn::parse_str("#[flat(crate = other)] struct T { #[flat(key)] a: Option<u8> }").unwrap();
    let code = expand_or_stub(&input, table::expand, stub::table).to_string();
    assert!(code.contains("compile_error"));
    assert!(code.contains("impl other :: flat :: Table for T"));
    assert!(!code.contains("wharf"));
}

/// Compares an expansion with `expected/<name>.rs`; `UPDATE_EXPECTED=1` writes that file.
#[track_caller]
fn check_expansion(expand: Expand, name: &str, source: &str) {
    let code = expand(&syn::parse_str(source).unwrap()).unwrap();
    let code = prettyplease::unparse(&syn::parse2(code).unwrap());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("expected").join(name);
    if env::var_os("UPDATE_EXPECTED").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &code).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap();
    if let Some((line, (got, expected))) = code.lines().zip(expected.lines()).enumerate().find(|(_, (a, b))| a != b) {
        panic!("{name}:{}: expected\n{expected}\ngot\n{got}\nUPDATE_EXPECTED=1 accepts it", line + 1);
    }
    assert_eq!(code.len(), expected.len());
    assert!(!code.contains("unsafe"));
}

#[test]
fn expands_as_expected() {
    check_expansion(
        table::expand,
        "table.rs",
        "#[flat(file_identifier = \"DOOR\")]
        pub struct Door {
            /// Its name.
            #[flat(id = 0, key)] pub name: String,
            #[flat(id = 1, default = 90)] pub width: i32,
            #[flat(id = 2, deprecated)] pub color: u8,
            #[flat(id = 4, union)] pub lock: Option<Lock>,
            #[flat(id = 5, greedy)] pub open: bool,
            #[flat(id = 6, sorted)] rooms: Option<Vec<Room>>,
        }",
    );
    check_expansion(
        record::expand,
        "struct.rs",
        "#[flat(force_align = 16)] pub struct Point { #[flat(key)] pub x: f32, pub y: [u8; 3] }",
    );
    check_expansion(
        number::expand,
        "enum.rs",
        "#[repr(i8)] pub enum Mood { Grim = -1, Calm, #[flat(unknown)] Other(i8) }",
    );
    check_expansion(bits::expand, "flags.rs", "#[flat(bits(FLY, RUN = 4))] pub struct Ability(pub u16);");
    check_expansion(
        union::expand,
        "union.rs",
        "pub enum Lock { Key(Key), #[flat(tag = 7)] Code(String), #[flat(unknown)] Unknown(u8) }",
    );
}
