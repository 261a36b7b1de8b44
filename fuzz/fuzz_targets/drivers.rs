//! Whatever each call of a socket does, the drivers deliver what the rule says of the stream, and send what was queued.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wharf_tests::fuzz::drivers(bytes));
