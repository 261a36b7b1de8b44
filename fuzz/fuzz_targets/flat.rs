//! FlatBuffers of any bytes: all that reads, verifies, writes and edits them agrees, at any cut of their stream.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wharf_tests::fuzz::flat(bytes));
