//! Conformance harness, oracles and case replay of wharf.
#![forbid(unsafe_code)]
