//! Every framing says what its oracle says, at any cut and limit, in the smallest buffer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wharf_tests::fuzz::framings(bytes));
