//! What a hostile peer may send: every format, cases with a written outcome, streams that grow, FlatBuffers that
//! cost more than they weigh.
//!
//! ```text
//! format.rs   every format that finds its own packets, behind one face
//! case.rs     a good packet, bad bytes, a good packet: what must come of them
//! cases.rs    the cases, by name
//! growth.rs   the same stream at any length, honest and at its worst
//! flat.rs     FlatBuffers whose bytes are read again and again
//! ```

mod case;
mod cases;
pub mod flat;
mod format;
mod growth;

pub use self::case::{Case, Kind, Outcome};
pub use self::cases::cases;
pub use self::format::{Format, Payload, Visitor};
pub use self::growth::{Corpus, corpora};
