//! Framings that carry other payloads, and codecs that wrap codecs.
#![allow(clippy::unwrap_used, reason = "what cannot be is a failed test")]

mod allocations;
mod base64;
mod cobs;
mod compressed;
mod drive;
mod layout;
mod netstring;
mod scripted;
mod size_prefixed;
mod slip;
mod text;
