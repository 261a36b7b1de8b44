//! Conformance harness, oracles and case replay of wharf.
#![allow(
    clippy::exhaustive_enums,
    clippy::exhaustive_structs,
    clippy::missing_panics_doc,
    reason = "nobody depends on the tests, and panicking is how they fail"
)]

pub mod chunking;
#[cfg(unix)]
pub mod drivers;
pub mod flat;
pub mod fuzz;
pub mod hostile;
pub mod naive;
pub mod operations;
pub mod replay;
pub mod rule;
pub mod scripts;
#[cfg(unix)]
pub mod server;
#[cfg(unix)]
pub mod soak;
pub mod ways;
pub mod work;

mod shown;

pub use self::shown::Shown;
