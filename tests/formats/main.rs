//! The self-delimiting formats: JSON, CBOR and MessagePack.

mod cbor;
mod json;
mod limits;
mod made;
mod messagepack;
mod sending;
mod trace;
mod walked;
