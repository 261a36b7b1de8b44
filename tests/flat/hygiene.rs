//! Derived code stands on absolute paths: std's names may be other things, and the crate renamed.
#![allow(
    clippy::unwrap_used,
    clippy::std_instead_of_alloc,
    clippy::use_self,
    clippy::print_stderr,
    clippy::std_instead_of_core,
    unnameable_types,
    unreachable_pub,
    reason = "a test"
)]

use wharf as elsewhere;

/// Everything that derived code might have leaned on, taken.
#[allow(dead_code, unused_macros, unreachable_pub, unnameable_types, missing_docs, reason = "only the names matter")]
mod shadowed {
    struct Option;
    struct Result;
    struct Vec;
    struct String;
    struct Box;
    struct Some;
    struct None;
    struct Ok;
    struct Err;
    struct PhantomData;
    struct Default;
    struct Infallible;
    trait Clone {}
    trait Copy {}
    trait From {}
    trait Into {}
    trait Debug {}
    trait PartialEq {}
    trait Iterator {}
    trait Table {}
    trait Value {}
    trait Mode {}
    struct Error;
    struct Lazy;
    mod core {}
    mod std {}
    mod alloc {}
    mod wharf {}
    macro_rules! assert {
        ($($tokens:tt)*) => {
            compile_error!("not mine")
        };
    }
    macro_rules! panic {
        ($($tokens:tt)*) => {
            compile_error!("not mine")
        };
    }

    #[derive(
        ::std::clone::Clone, ::std::marker::Copy, ::std::fmt::Debug, ::std::cmp::PartialEq, ::wharf::flat::Struct,
    )]
    #[flat(crate = super::elsewhere)]
    pub struct Point {
        pub bytes: i32,
        pub offset: [u8; 3],
    }

    #[derive(
        ::std::clone::Clone, ::std::marker::Copy, ::std::fmt::Debug, ::std::cmp::PartialEq, ::wharf::flat::Enum,
    )]
    #[flat(crate = super::elsewhere)]
    #[repr(u16)]
    pub enum Number {
        Some,
        #[flat(unknown)]
        Ok(u16),
    }

    #[derive(
        ::std::clone::Clone, ::std::marker::Copy, ::std::fmt::Debug, ::std::cmp::PartialEq, ::wharf::flat::Flags,
    )]
    #[flat(crate = super::elsewhere, bits(OK, ERR))]
    pub struct Bits(pub u32);

    #[derive(::std::clone::Clone, ::std::fmt::Debug, ::std::cmp::PartialEq, ::wharf::flat::Union)]
    #[flat(crate = super::elsewhere)]
    pub enum Either {
        Err(Point),
        None(::std::string::String),
        Loop(::std::boxed::Box<Thing>),
        #[flat(unknown)]
        Unknown(u8),
    }

    #[derive(::std::clone::Clone, ::std::fmt::Debug, ::std::cmp::PartialEq, ::wharf::flat::Table)]
    #[flat(crate = super::elsewhere)]
    pub struct Thing {
        #[flat(key)]
        pub name: ::std::string::String,
        pub value: ::std::option::Option<Point>,
        pub table: Number,
        pub fields: Bits,
        #[flat(union)]
        pub store: ::std::option::Option<Either>,
        #[flat(sorted)]
        pub kids: ::std::vec::Vec<Thing>,
        #[flat(greedy, default = 3)]
        pub owned: i8,
        pub r#type: u8,
        pub out: ::std::option::Option<::std::boxed::Box<Self>>,
    }
}

use shadowed::{Bits, Either, Number, Point, Thing};
use wharf::flat::{GreedyMutable, Progressive, read, to_vec};

#[test]
fn derives_under_shadowed_names_and_a_renamed_crate() {
    let leaf = |name: &str| Thing {
        name: name.into(),
        value: Some(Point { bytes: 1, offset: [1, 2, 3] }),
        table: Number::Some,
        fields: Bits::ERR,
        store: Some(Either::None("x".into())),
        kids: Vec::new(),
        owned: 4,
        r#type: 5,
        out: None,
    };
    let inner = Either::Loop(Box::new(leaf("inner")));
    let thing = Thing {
        store: Some(inner),
        kids: vec![leaf("a"), leaf("b")],
        out: Some(Box::new(leaf("out"))),
        ..leaf("root")
    };
    let bytes = to_vec(&thing).unwrap();
    assert_eq!(read::<Thing, GreedyMutable>(&bytes).unwrap(), thing);
    let view = read::<Thing, Progressive>(&bytes).unwrap();
    assert_eq!((view.r#type().unwrap(), view.owned()), (5, 4));
    assert_eq!(view.kids().unwrap().find("b").unwrap().unwrap().name().unwrap(), "b");
}

#[test]
fn an_empty_table_is_a_table() {
    #[derive(wharf::flat::Table, Clone, Debug, PartialEq, Default)]
    struct Empty {}
    let bytes = to_vec(&Empty {}).unwrap();
    assert_eq!(read::<Empty, GreedyMutable>(&bytes).unwrap(), Empty {});
    wharf::flat::verify::<Empty>(&bytes).unwrap();
}
