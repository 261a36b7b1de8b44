//! Any value that can be written comes back as it was, in every mode, from as many bytes as were said to be enough.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wharf_tests::fuzz::values(bytes));
