//! The self-delimiting formats: JSON, CBOR and MessagePack.

mod cbor;
mod json;
mod messagepack;
mod sending;
mod trace;
mod walked;
