//! What the peers' tools make of `features.fbs`, without comments and serde: `flatc --rust` 25.12.19, `planus rust` 1.3.0.
#![allow(warnings, clippy::all)]

#[rustfmt::skip]
mod flatbuffers;
#[rustfmt::skip]
mod planus;

pub use self::flatbuffers::features as fb;
pub use self::planus::features as planus_fb;
