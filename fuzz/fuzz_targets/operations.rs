//! Whatever is asked of a receiver, and whenever, it says of the stream what its rules say.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wharf_tests::fuzz::operations(bytes));
