//! What the fuzzers run: one function a machine, each from bytes alone, so that plain tests replay the seeds.

mod authored;
mod documents;
#[cfg(unix)]
mod drivers;
mod flat;
mod framings;
mod input;
mod operations;
mod send;
mod values;
mod wrappers;

pub use self::authored::authored;
pub use self::documents::documents;
#[cfg(unix)]
pub use self::drivers::drivers;
pub use self::flat::flat;
pub use self::framings::framings;
pub use self::operations::operations;
pub use self::send::send;
pub use self::values::values;
pub use self::wrappers::wrappers;

use self::input::Input;

/// A fuzz target: its name, which is its file's, and its body.
pub type Target = (&'static str, fn(&[u8]));

/// All of them.
pub const TARGETS: &[Target] = &[
    ("authored", authored),
    ("documents", documents),
    #[cfg(unix)]
    ("drivers", drivers),
    ("flat", flat),
    ("framings", framings),
    ("operations", operations),
    ("send", send),
    ("values", values),
    ("wrappers", wrappers),
];
