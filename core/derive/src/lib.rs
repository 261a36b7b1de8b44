//! Derive macros for wharf's FlatBuffers tables and structs.
#![forbid(unsafe_code)]
