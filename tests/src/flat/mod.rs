//! FlatBuffers: a schema that uses every feature, and what must hold of any bytes read with it.

#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod agree;
mod naive;
pub mod schema;
pub mod walk;

pub use self::agree::{agree, sort};
