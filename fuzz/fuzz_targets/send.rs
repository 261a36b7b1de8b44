//! The send queue sends the same bytes, whatever each write takes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wharf_tests::fuzz::send(bytes));
