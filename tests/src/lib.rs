//! Conformance harness, oracles and case replay of wharf.
#![forbid(unsafe_code)]

mod shown;

pub use self::shown::Shown;
