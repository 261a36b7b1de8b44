//! The tool `packets`: what a user types, and what comes of it.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "whatever fails here fails the test")]

mod command_line;
mod connect;
mod exchange;
mod listen;
mod program;
mod read;
